"""Catalogs of the pseudo-locales: made in memory, never on the disk."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.catalog import Catalog, Message


def pseudo_catalog(template: Sequence[Message], locale: str) -> Catalog:
    """Every message in pseudo-translation; page addresses stay as they are."""
    header = Message("", (f"Language: {locale}\nPlural-Forms: {_PLURALS}\n",))
    return Catalog(header, tuple(_pseudo(m, locale) for m in template))


_PLURALS = "nplurals=2; plural=(n != 1);"


def _pseudo(message: Message, locale: str) -> Message:
    if message.msgctxt == "slug":
        return message
    forms = [message.msgid]
    if message.msgid_plural is not None:
        forms.append(message.msgid_plural)
    # The engines are heavy, and most builds have no pseudo-locale.
    from pipeline.engines.pseudo import pseudolocalize

    texts = tuple(pseudolocalize(form, locale) for form in forms)
    return replace(message, msgstrs=texts)
