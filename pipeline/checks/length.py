"""How long a translation is: one that stops in the middle, or says far more."""

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Final

from pipeline.characters import KEPT, letter_count
from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import blank

_SHORTEST: Final = {"ar": 0.55, "fa": 0.62, "he": 0.55, "ja": 0.32, "ko": 0.35}
_SHORTEST_CHINESE: Final = 0.2
_LONG_LANGUAGES: Final = frozenset("de el es fr it nl pl pt ro ru uk".split())
_SHORTEST_LONG: Final = 0.72
_SHORTEST_OTHER: Final = 0.66
"""Letters for one of English. In public catalogs one translation in 200 has fewer."""

_MOST: Final = 3.0
_ENOUGH: Final = 45
"""Shorter texts vary too much to say anything."""

_SENTENCE: Final = regex(r"[^\W\d_](?:[.!?]+[\"'”’»)]*(?=\s+[A-Z\ufffc]|\s*\Z))")
_OTHER_SENTENCE: Final = regex(
    r"[.!?؟۔](?=[\s\"'”’»)]|\Z)|[。！？]|[:;؛:：]|\n",
)
_MANY: Final = 4
_TARGET_ENDS: Final = "。．.！？!?：:…)）」』\ufffc"
_JAPANESE_OPEN: Final = regex(
    r"(?:[をにはがのとでてへもやりしッっ、，]|また|から|ため|よう|する場)\Z"
)


class Length:
    """Compares how much source and translation say."""

    name = "length"
    severity = Severity.WARNING
    explanation = (
        "The translation is far shorter or far longer than its source: a sentence may "
        "be missing, or may have come from another text. Read both to the end."
    )
    good = (
        Example(
            "tr",
            "Wash your hair gently with lukewarm water every morning.",
            "Saçınızı her sabah ılık suyla nazikçe yıkayın.",
        ),
        Example(
            "ja",
            "Wash your hair gently with lukewarm water every morning.",
            "毎朝ぬるま湯で髪をやさしく洗ってください。",
        ),
        Example(
            "de",
            "Wash your hair gently with lukewarm water every morning.",
            "Waschen Sie Ihr Haar jeden Morgen sanft mit lauwarmem Wasser.",
        ),
    )
    bad = (
        Example(
            "tr",
            "Wash your hair gently with lukewarm water every morning.",
            "Saçınızı her sabah ılık",
        ),
        Example(
            "de",
            "Do not scratch. Call us if it swells. Sleep with your head raised.",
            "Nicht kratzen. Rufen Sie uns an.",
        ),
        Example(
            "ar",
            "Wash your hair gently with lukewarm water every morning.",
            "اغسل شعرك",
        ),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        language = context.locale.partition("-")[0]
        if len(message.msgid) < _ENOUGH or language == context.source_locale:
            return iter(())
        return compare_pairs(message, partial(_compare, language=language))


def _compare(source: str, msgstr: str, language: str) -> Iterator[Remark]:
    size, least = len(source), _shortest(language)
    is_usual = 1.3 * least * size < len(msgstr) < (_MOST - 1) * size
    if is_usual and language != "ja" and source.count(".") < _MANY:
        return
    plain_source, plain = blank(source), blank(msgstr)
    length, other = letter_count(plain_source), letter_count(plain)
    if length < _ENOUGH or not other:
        return
    if other < least * length:
        yield Remark(
            f"{other} letters for {length} of the source: is it whole? read to the end"
        )
    elif other > _MOST * length:
        yield Remark(
            f"{other} letters for {length} of the source: is it of another text?"
        )
    elif _loses_sentences(plain_source, plain):
        yield Remark("the source has more sentences; translate each of them")
    elif language == "ja" and _is_open(plain_source, plain):
        yield Remark("the sentence stops in the middle; translate it to its end")


def _shortest(language: str) -> float:
    if language in {"zh", "yue"}:
        return _SHORTEST_CHINESE
    if language in _LONG_LANGUAGES:
        return _SHORTEST_LONG
    return _SHORTEST.get(language, _SHORTEST_OTHER)


@lru_cache(maxsize=KEPT)
def _sentences(source: str) -> int:
    return sum(1 for _ in _SENTENCE.finditer(source))


def _loses_sentences(source: str, msgstr: str) -> bool:
    """Whether many sentences have become few, whatever marks part them."""
    count = _sentences(source)
    if count < _MANY:
        return False
    return sum(1 for _ in _OTHER_SENTENCE.finditer(msgstr)) * 2 < count


def _is_open(source: str, msgstr: str) -> bool:
    """Whether a Japanese text ends as no sentence does, where the source has ended."""
    end = msgstr.rstrip(" \n*_\"'”’")
    if source.rstrip()[-1:] not in {".", "!", "?"} or end[-1:] in _TARGET_ENDS:
        return False
    return "。" in end or _JAPANESE_OPEN.search(end) is not None
