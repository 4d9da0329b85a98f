"""
The catalogs of the review page, brought up to date: `python -m tests.review.make_words`.

What is to be translated is read out of its templates and scripts by Babel; translations
that are there stay, what is new is empty, what is gone goes.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.extract import extract

from pipeline.cldr import direction, plural_forms
from pipeline.model.catalog import Catalog, Message
from pipeline.po.compose import compose
from pipeline.po.parse import parse
from pipeline.review.views import UI_LOCALES

HERE: Final = Path(__file__).parents[2] / "pipeline" / "review"
KEYWORDS: Final = {"_": None, "ngettext": (1, 2)}
SOURCES: Final = {
    "templates": ("*.html", "jinja2.ext:babel_extract"),
    "static": ("*.js", "javascript"),
}


def catalogs() -> dict[str, str]:
    """Each catalog as it should be, by its language."""
    asked = tuple(wanted())
    return {
        language: _made(language, asked) for language in UI_LOCALES if language != "en"
    }


def path_of(language: str) -> Path:
    """Where the catalog of a language is."""
    return HERE / "locales" / language / "LC_MESSAGES" / "review.po"


def wanted() -> Iterator[Message]:
    """What the templates and the scripts say, each once, with every place."""
    found: dict[str, Message] = {}
    for folder, (pattern, method) in SOURCES.items():
        for path in sorted((HERE / folder).glob(pattern)):
            reference = f"{folder}/{path.name}"
            for text, plural in _texts(path.read_bytes(), method):
                known = found.get(text)
                places = known.references if known else ()
                found[text] = Message(
                    text,
                    msgid_plural=plural or (known.msgid_plural if known else None),
                    references=(*dict.fromkeys((*places, reference)),),
                    flags=("python-format",) if "%(" in text else (),
                )
    yield from found.values()


def _texts(source: bytes, method: str) -> Iterator[tuple[str, str | None]]:
    for _, texts, _, _ in extract(method, BytesIO(source), keywords=KEYWORDS):
        yield (texts[0], texts[1]) if isinstance(texts, tuple) else (texts, None)


def _made(language: str, asked: tuple[Message, ...]) -> str:
    path = path_of(language)
    text = path.read_text(encoding="utf-8") if path.exists() else _empty(language)
    old = parse(text, path=path.name)
    forms = int(plural_forms(language).partition("=")[2].partition(";")[0])
    messages = []
    for message in asked:
        count = 1 if message.msgid_plural is None else forms
        known = old.find(message.msgid, message.msgctxt)
        msgstrs = (
            known.msgstrs if known and len(known.msgstrs) == count else ("",) * count
        )
        messages.append(
            Message(
                message.msgid,
                msgstrs=msgstrs,
                msgid_plural=message.msgid_plural,
                references=message.references,
                flags=message.flags,
            )
        )
    return compose(Catalog(old.header, tuple(messages)))


def _empty(language: str) -> str:
    fields = (
        "Project-Id-Version: publish\n",
        f"Language: {language}\n",
        "MIME-Version: 1.0\n",
        "Content-Type: text/plain; charset=UTF-8\n",
        "Content-Transfer-Encoding: 8bit\n",
        f"Plural-Forms: {plural_forms(language)}\n",
    )
    return compose(Catalog(Message("", msgstrs=("".join(fields),))))


def main() -> int:
    """Write them."""
    for language, text in catalogs().items():
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        left = sum(not each.is_usable for each in parse(text, path=path.name).messages)
        sys.stdout.write(f"{path}: {left} to translate, {direction(language)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
