"""The words that the scripts of the review page say, in the page's own language."""

from collections.abc import Mapping
from typing import Final

from pipeline.model.catalog import Catalog

_SCRIPTS: Final = "static/"
"""What a reference begins with where a script needs the words."""


def script_words(catalog: Catalog | None) -> Mapping[str, tuple[str, ...]]:
    """What a catalog has for the scripts, by its English: a form, or one per plural."""
    return {
        message.msgid: message.msgstrs
        for message in (catalog.messages if catalog else ())
        if message.is_usable
        and any(each.startswith(_SCRIPTS) for each in message.references)
    }
