"""The address of a page: letters that it cannot have are not lost without a word."""

import unicodedata
from collections.abc import Iterator

from pipeline.checks import CheckContext, Example, Remark
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.slugs import slugify


class Slug:
    """Reads the entry of a page's address; no other message has anything for it."""

    name = "slug"
    severity = Severity.WARNING
    explanation = (
        "An address has Latin letters, digits and hyphens; what has no Latin letter is "
        "left out of it. Write the words in Latin letters, or leave the entry empty: "
        "the page then has the address of the English file."
    )
    good = (
        Example("tr", "scalp", "Saçlı deri bakımı", "slug"),
        Example("ar", "scalp", "ziraat-al-shaar", "slug"),
        Example("de", "scalp", "pflege-der-kopfhaut", "slug"),
    )
    bad = (
        Example("ar", "scalp", "زراعة الشعر", "slug"),
        Example("ar", "scalp", "زراعة الشعر بتقنية FUE", "slug"),
        Example("ru", "scalp", "уход", "slug"),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        if message.msgctxt != "slug":
            return
        text = message.msgstr
        if any(_is_lost(char, context.locale) for char in set(text)):
            found = slugify(text, locale=context.locale) or slugify(
                message.msgid, locale=context.locale
            )
            yield Remark(
                f"the address has letters that are not Latin; it will be “{found}”: "
                "write them in Latin letters, or leave it empty"
            )


def _is_lost(char: str, locale: str) -> bool:
    is_letter = unicodedata.category(char)[0] in "LN"
    return is_letter and not slugify(char, locale=locale)
