"""
The words of the review page itself: its catalogs, and the one that a browser asks for.

The page is written in English; each other language is one catalog in `locales/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.cldr import direction
from pipeline.po.parse import decode, parse

LANGUAGES: Final = {
    "en": "English",
    "tr": "Türkçe",
    "ar": "العربية",
    "de": "Deutsch",
}
"""The languages that the page itself speaks, each by its own name."""

FOLDER: Final = Path(__file__).parent / "locales"
SCRIPTS: Final = "static/"
"""What a reference begins with where a script needs the words."""

_MOST_WISHES: Final = 20
"""Languages of one Accept-Language that are looked at; a browser names a handful."""


@dataclass(frozen=True, slots=True)
class Words:
    """The page's words in one of its languages."""

    locale: str
    dir: str
    texts: Mapping[str, str]
    """What stands in the templates, by its English."""

    script: Mapping[str, tuple[str, ...]]
    """What the scripts say, by its English: one form, or one for each plural."""

    def gettext(self, text: str) -> str:
        """The text in this language; in English where it has none."""
        return self.texts.get(text, text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """English forms: numbers are spoken of by the scripts, which know plurals."""
        return self.gettext(one if number == 1 else many)


@cache
def words(locale: str) -> Words:
    """
    The words of one of the page's languages, read once.

    Raises CatalogError where the catalog that comes with the program is damaged.
    """
    texts: dict[str, str] = {}
    script: dict[str, tuple[str, ...]] = {}
    path = FOLDER / f"{locale}.po"
    if path.exists():
        name = f"pipeline/review/locales/{locale}.po"
        catalog = parse(decode(path.read_bytes(), path=name), path=name)
        for message in catalog.messages:
            if not message.is_usable:
                continue
            if message.msgid_plural is None:
                texts[message.msgid] = message.msgstr
            if any(each.startswith(SCRIPTS) for each in message.references):
                script[message.msgid] = message.msgstrs
    return Words(locale, direction(locale), texts, script)


def chosen(asked: str | None, accepted: str) -> str:
    """
    The page's language: the one asked for, else the browser's first that is here.

    `asked` is what the menu set; `accepted` is the header Accept-Language, in which
    a language without a weight weighs 1 and one of weight 0 is not wanted (RFC 9110).
    """
    if asked in LANGUAGES:
        return str(asked)
    wishes: list[tuple[float, str]] = []
    for wish in accepted.split(",", _MOST_WISHES)[:_MOST_WISHES]:
        tag, _, parameter = wish.partition(";")
        weight = _weight(parameter)
        language = tag.strip().partition("-")[0].lower()
        if weight > 0 and language in LANGUAGES:
            wishes.append((weight, language))
    best = max(wishes, key=lambda wish: wish[0], default=(0.0, "en"))
    return best[1]


def _weight(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(max(float(value.strip()), 0.0), 1.0)
    except ValueError:
        return 0.0
