"""
The rekey stage: translations that follow their text through a change of the rules.

When this program cuts texts in another way, a msgid may change though the reader sees
the same words: other markup, other blanks, another context. The translation is still
that of these words, and stays as usable as it was. Only a catalog whose template was
made by older rules is treated so; a change by an author is for a person to judge.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pipeline.model.catalog import Catalog, Message
from pipeline.po.header import EXTRACTION

_FIELD = "X-Publish-Extraction"


def is_outdated(template: Catalog | None) -> bool:
    """Whether a template was made by older rules than ours."""
    if template is None:
        return False
    version = template.fields().get(_FIELD, "")
    return int(version if version.isdecimal() else 0) < EXTRACTION


def rekeyed(
    old: Catalog,
    template: Sequence[Message],
    plain: Callable[[str], str],
) -> Catalog:
    """
    The catalog with new keys where the words are the same.

    `plain` takes a msgid's markup away. An entry of the template that the catalog does
    not have, or has without a translation, takes the entry whose msgid reads the same
    and that the template has no longer: one in the same context first, a usable one
    before a fuzzy one.
    """
    wanted = {message.key for message in template}
    known = {message.key for message in old.messages if any(message.msgstrs)}
    sources: dict[tuple[str | None, str], Message] = {}
    gone = [m for m in old.messages if m.key not in wanted and any(m.msgstrs)]
    for message in sorted(gone, key=lambda one: (not one.is_usable, one.obsolete)):
        words = _words(message, plain)
        sources.setdefault((message.msgctxt, words), message)
        sources.setdefault(("", words), message)
    found: dict[Message, list[Message]] = {}
    for message in template:
        words = "" if message.key in known else _words(message, plain)
        source = sources.get((message.msgctxt, words)) or sources.get(("", words))
        if words and source is not None and source.msgid_plural == message.msgid_plural:
            found.setdefault(source, []).append(message)
    return old.with_messages(_replaced(old, found)) if found else old


def _replaced(old: Catalog, found: dict[Message, list[Message]]) -> Iterator[Message]:
    taken = {message.key for messages in found.values() for message in messages}
    for message in old.messages:
        if message in found:
            for one in found[message]:
                yield replace(
                    message, msgid=one.msgid, msgctxt=one.msgctxt, obsolete=False
                )
        elif message.key not in taken:
            yield message


def _words(message: Message, plain: Callable[[str], str]) -> str:
    if message.msgctxt == "slug":
        return ""
    return " ".join(plain(message.msgid).split())
