"""Extraction: the messages of an article, as its catalog's template holds them."""

from typing import Final

from pipeline.formats import translatable
from pipeline.late import made_open
from pipeline.model.article import Article
from pipeline.model.catalog import Key, Message

_NAMES = {
    "subject": "mail subject",
    "preheader": "mail preheader",
    "alt": "alt text of an image",
}
_new_message: Final = made_open(Message)
_UNTRANSLATED: Final = ("",)
_SLUG_NOTE = (
    "page address: lower case letters, digits and hyphens;"
    " leave empty to keep the English one"
)


def extract(article: Article) -> tuple[Message, ...]:
    """
    The messages of an article, untranslated, in the order of its text.

    Equal texts of one context are one message; its first extracted comment says what
    it is, in all of its places. Segments without words have none. The page's address,
    which is in no text, follows title and description.
    """
    roles: dict[Key, tuple[str, ...]] = {}
    notes: dict[Key, dict[str, None]] = {}
    for _, segment, key in translatable(article):
        role = _NAMES.get(segment.role, segment.role)
        known = roles.get(key, ())
        if role not in known:
            roles[key] = (*known, role)
        if segment.notes:
            notes.setdefault(key, {}).update(dict.fromkeys(segment.notes))
    references = (article.path,)
    messages = [
        _new_message(
            msgid,
            _UNTRANSLATED,
            msgctxt,
            None,
            (),
            (", ".join(names), *notes.get((msgctxt, msgid), ())),
            references,
            (),
            None,
            False,  # noqa: FBT003 - positional for speed
            0,
        )
        for (msgctxt, msgid), names in roles.items()
    ]
    heads = [
        number
        for number, message in enumerate(messages, 1)
        if message.msgctxt in {"title", "description"}
    ]
    messages.insert(max(heads, default=0), _slug(article))
    return tuple(messages)


def _slug(article: Article) -> Message:
    return Message(
        article.stem,
        msgctxt="slug",
        extracted=(_SLUG_NOTE,),
        references=(article.path,),
    )
