"""What a reader sees, hears or is shown of a page by a search engine."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

SPOKEN = ("alt", "title", "aria-label", "placeholder")
SHOWN = ("description", "og:title", "og:description", "og:site_name", "twitter:title")
UNSEEN = ("script", "style", "template")


class _Reader(HTMLParser):
    """Collects texts; an element's texts are not joined with its neighbours'."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.data: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in UNSEEN:
            self._open.append(tag)
        self.texts += [values[name] or "" for name in SPOKEN if values.get(name)]
        if tag == "meta" and (values.get("name") or values.get("property")) in SHOWN:
            self.texts.append(values.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._open:
            self.texts.append(data)
        elif data.lstrip().startswith('{"@context"'):
            self.data.append(data)


def texts(html: str) -> list[str]:
    """Every text of a page, in its order, those for search engines included."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    for data in reader.data:
        reader.texts += _spoken_data(json.loads(data))
    return [" ".join(text.split()) for text in reader.texts if text.strip()]


def _spoken_data(value: object, key: str = "") -> list[str]:
    """The texts of structured data: names, descriptions, questions and answers."""
    if isinstance(value, dict):
        return [t for k, each in value.items() for t in _spoken_data(each, k)]
    if isinstance(value, list):
        return [text for each in value for text in _spoken_data(each, key)]
    if isinstance(value, str) and key in {"name", "description", "text", "headline"}:
        return [re.sub(r"<[^>]+>", " ", value)]
    return []


def text_of(html: str) -> str:
    """All of it as one line, without the signs that only isolate directions."""
    joined = " ".join(texts(html))
    return squeezed(joined)


def squeezed(text: str) -> str:
    """Letters and signs alone: where markup put a blank does not matter."""
    return re.sub(r"[\s\u2066-\u2069\u00ad]+", "", text)


def words(file: Path) -> list[str]:
    """The texts of a page, an HTML mail or a text mail."""
    content = file.read_text("utf-8")
    if file.suffix == ".html":
        return texts(content)
    return [" ".join(line.split()) for line in content.splitlines() if line.strip()]
