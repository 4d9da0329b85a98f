"""A word that stands twice in a row, which the eye passes over."""

import re
from collections.abc import Iterator
from functools import cache, partial
from typing import Final

from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity

# Small words that no grammar doubles; `die die`, `nous nous`, `yavaş yavaş` are right.
_WORDS: Final = {
    "ar": "في من على إلى عن أو مع",
    "de": "und oder mit von für ist auf bei zum zur ein eine einen nicht auch wie wird",
    "en": "the a an of to and or in for with is are be it",
    "es": "el la los las de del y o en un una por con para se es que",
    "fa": "را در به از با که برای و",
    "fr": "le la les des du et ou un une dans par pour sur avec est que qui de",
    "it": "il lo la i gli le di del e o in un una per con che è",
    "nl": "de het een en of van in voor met op is",
    "pt": "o os as de do da e ou em um uma por com para",
    "ru": "и в на с не из для от по или что к",
    "tr": "ve veya için ile de da bir olarak gibi bu",
    "uk": "і в на з не із для від по або що",
}
_ALLOWED: Final = {"tr": frozenset({"bir", "bu", "da", "de"}), "nl": frozenset({"of"})}


class Doubled:
    """Finds small words that are written twice."""

    name = "doubled"
    severity = Severity.WARNING
    explanation = "A small word stands twice in a row. Take one of them out."
    good = (
        Example("tr", "Slowly.", "Yavaş yavaş."),
        Example("de", "Those that help.", "Die, die helfen."),
        Example("fr", "We wash.", "Nous nous lavons."),
    )
    bad = (
        Example("tr", "Soap and water.", "Sabun ve ve su."),
        Example("de", "Soap and water.", "Seife und und Wasser."),
        Example("ar", "In the morning.", "في في الصباح."),
    )

    def may_speak(self, sources: str, texts: str, context: CheckContext) -> bool:
        del sources
        twice = _twice(context.locale.partition("-")[0])
        return any(map(texts.__contains__, twice))

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        language = context.locale.partition("-")[0]
        twice = _twice(language)
        # A look for plain texts is a hundred times cheaper than the pattern.
        if not any(any(map(text.__contains__, twice)) for text in message.msgstrs):
            return iter(())
        return compare_pairs(message, partial(_compare, pattern=_pattern(language)))


def _compare(source: str, msgstr: str, pattern: re.Pattern[str]) -> Iterator[Remark]:
    match = pattern.search(msgstr)
    if match and match[0] not in source:
        yield Remark(f"“{match[0]}”: the word stands twice; take one out")


@cache
def _twice(language: str) -> tuple[str, ...]:
    """The small words of a language, each as it stands twice in a row."""
    words = _WORDS.get(language, "").split()
    return tuple(f"{word}{gap}{word}" for word in words for gap in " \n")


@cache
def _pattern(language: str) -> re.Pattern[str]:
    known = set(_WORDS[language].split()) - _ALLOWED.get(language, frozenset())
    names = "|".join(sorted(known))
    return re.compile(rf"(?<![\w'’-])({names})[ \n]\1(?![\w'’-])")
