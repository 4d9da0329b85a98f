"""
Whether two programs say the same on the pages of an article.

Compared is what readers and search engines are told: the head with all addresses, the
data as JSON-LD, each text with the element that it stands in, each link of the body. The
folder that Hugo leaves in its addresses is not; nor are the rule for scripts, which allows
our data by their digest, and the minutes of reading, which each counts in its own way.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote

_VOID: Final = frozenset({"br", "hr", "img", "link", "meta"})
_FOLDER: Final = re.compile(r"/part-\d+")
_ISOLATE: Final = re.compile(r"</?bdi\b[^>]*>")
_SCRIPTS: Final = "Content-Security-Policy"
_MINUTES: Final = re.compile(r"^\d+ ")


@dataclass
class _Reader(HTMLParser):
    """What a page says, in its order."""

    found: list[tuple[str, ...]] = field(default_factory=list)
    within: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self.within.append(tag)
        if tag == "meta" and values.get("http-equiv") != _SCRIPTS:
            self.found.append((tag, *map(_plain, sorted(values.values()))))
        elif tag == "link" and values["rel"] in {"canonical", "alternate"}:
            kind = values.get("hreflang", values.get("type", ""))
            address = values["href"] if "hreflang" in values else ""
            self.found.append((tag, values["rel"], kind, _plain(address)))
        elif tag == "a":
            address = values["href"]
            kept = address.startswith(("#", "https:"))
            self.found.append((tag, _plain(address) if kept else ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Of drawings, which say nothing."""

    def handle_endtag(self, tag: str) -> None:
        del tag
        self.within.pop()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text:
            return
        place = self.within[-1] if self.within else ""
        if place == "script":
            self.found.append((place, json.dumps(json.loads(text), sort_keys=True)))
        else:
            self.found.append(
                (place, _MINUTES.sub("", text) if place == "li" else text)
            )


def _plain(address: str) -> str:
    return _FOLDER.sub("", unquote(address))


def said(html: str) -> list[tuple[str, ...]]:
    """Every fact of a page, each with the element that says it."""
    reader = _Reader()
    reader.feed(_FOLDER.sub("", _ISOLATE.sub("", html)))
    reader.close()
    return reader.found


def differences(ours: Path, theirs: Path) -> Iterator[str]:
    """What only one of two pages says."""
    first, second = (said(path.read_text("utf-8")) for path in (ours, theirs))
    for fact in first:
        if fact in second:
            second.remove(fact)
        else:
            yield f"only {ours}: {fact}"
    yield from (f"only {theirs}: {fact}" for fact in second)
