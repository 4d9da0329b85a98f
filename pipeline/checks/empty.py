"""A translation that is there and says nothing."""

import unicodedata
from collections.abc import Iterator

from pipeline.characters import NO_LETTER
from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity


class Empty:
    """Finds translations of blanks and invisible characters only."""

    name = "empty"
    severity = Severity.ERROR
    signs = frozenset({NO_LETTER})
    only_of_unlike = True
    explanation = (
        "The translation has only spaces or invisible characters. Translate the text, "
        "or empty the field: it then counts as untranslated."
    )
    good = (
        Example("tr", "Wash your hands.", "Ellerinizi yıkayın."),
        Example("ar", "Wash your hands.", "اغسل يديك."),
        Example("ja", " ", " "),
    )
    bad = (
        Example("tr", "Wash your hands.", "   "),
        Example("de", "Wash your hands.", "\N{NO-BREAK SPACE}"),
        Example("ja", "Wash your hands.", "\N{ZERO WIDTH SPACE}"),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        del context
        return compare_pairs(message, _compare)


def _compare(source: str, msgstr: str) -> Iterator[Remark]:
    if _is_blank(msgstr) and not _is_blank(source):
        yield Remark("the translation has only blanks; translate it or leave it empty")


def _is_blank(text: str) -> bool:
    return all(
        character.isspace() or unicodedata.category(character) in {"Cc", "Cf", "Mn"}
        for character in text
    )
