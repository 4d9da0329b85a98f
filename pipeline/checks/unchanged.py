"""A translation that is the source again."""

from collections.abc import Iterator
from typing import Final

from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import blank

_WORD: Final = regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS: Final = frozenset("aeiouy")
_MARKS: Final = '*_~.,:;!?()[]{}"“”‘’„«»…'
# Of names, too: the University of Vienna, Ludwig van Beethoven.
_PARTICLES: Final = frozenset(
    "a al and da das de del den der di do dos du el en et für la le of the und v van "
    "vol von y".split(),
)


class Unchanged:
    """Finds source text where a translation should be."""

    name = "unchanged"
    severity = Severity.WARNING
    explanation = (
        "The translation is the same as the source. Translate it; if it must stay as "
        "it is, say so beside it: # publish: ignore=unchanged REASON."
    )
    good = (
        Example("tr", "Wash your hair gently.", "Saçınızı nazikçe yıkayın."),
        Example("de", "Minoxidil", "Minoxidil"),
        Example("ar", "5 mg", "5 mg"),
    )
    bad = (
        Example("tr", "Wash your hair gently.", "Wash your hair gently."),
        Example("ar", "Wash your hair gently.", "Wash your hair gently."),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        if _language(context.locale) == _language(context.source_locale):
            return iter(())
        return compare_pairs(message, _compare)


def _compare(source: str, msgstr: str) -> Iterator[Remark]:
    if source.strip() == msgstr.strip() and _has_language(source):
        yield Remark("the translation is the same as the source; translate it")


def _has_language(text: str) -> bool:
    """Whether there are words beyond placeholders and names."""
    tokens = (token.strip(_MARKS) for token in blank(text).split())
    words = [token for token in tokens if _WORD.fullmatch(token)]
    # A capital inside a sentence is taken for a name; the first word may be any.
    common = [word for word in words if word.islower() and word not in _PARTICLES]
    # Units (mg, ml) have no vowel.
    spoken = [word for word in common if len(word) > 1 and _VOWELS.intersection(word)]
    return len(words) > 1 and bool(spoken)


def _language(locale: str) -> str:
    return locale.partition("-")[0]
