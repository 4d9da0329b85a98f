"""
The inline markup of reStructuredText as Markdown has it, for catalogs of Sphinx.

Checks then know one markup only. What is made is never written anywhere: a link and its
target, code and prose are told apart, and nothing more.
"""

import re
from dataclasses import replace
from typing import Final

from pipeline.late import regex
from pipeline.model.catalog import Message

# Each alternative begins with a backtick or a colon and ends at the next backtick.
_INLINE: Final = regex(
    r"""
    (?P<literal>``(?!`).+?``(?!`))
    | (?<![\w:]):(?P<role>[A-Za-z][\w.+-]*+(?::[A-Za-z][\w.+-]*+)*+):
      `(?P<content>[^`]++)`
    | (?<![`\w\\])`(?!`)(?P<words>[^`]++)`(?P<reference>__?(?!\w))?
    """,
    re.VERBOSE | re.DOTALL,
)
_TARGET: Final = regex(r"(?P<words>.*?)\s*<(?P<target>[^<>]+)>\s*\Z", re.DOTALL)
_BLANK: Final = regex(r"\s")
_SIGN: Final = regex(
    r"(?<![\w:]):[A-Za-z][\w.+-]*+(?::[A-Za-z][\w.+-]*+)*+:`|`__?(?!\w)"
)
_PROSE: Final = frozenset(
    {"abbr", "dfn", "emphasis", "guilabel", "kbd", "menuselection", "strong", "sub"}
    | {"subscript", "sup", "superscript", "term", "title", "title-reference"},
)
"""Roles whose content is language (Sphinx, "Roles"); keyboards have it, too."""

_CODE: Final = frozenset(
    {"code", "command", "envvar", "file", "literal", "mailheader", "makevar"}
    | {"manpage", "math", "mimetype", "program", "raw", "regexp", "samp"},
)


def is_restructured(message: Message) -> bool:
    """Whether a message is reStructuredText, by its reference or by its markup."""
    for reference in message.references:
        if ".rst" in reference:
            return True
    return "`" in message.msgid and _SIGN.search(message.msgid) is not None


def as_markdown(message: Message) -> Message:
    """The message with every text as Markdown would have it."""
    texts = [*message.msgstrs, message.msgid, message.msgid_plural or ""]
    if not any("`" in text for text in texts):
        return message
    plural = message.msgid_plural
    return replace(
        message,
        msgid=_converted(message.msgid),
        msgid_plural=None if plural is None else _converted(plural),
        msgstrs=tuple(_converted(text) for text in message.msgstrs),
    )


def _converted(text: str) -> str:
    return _INLINE.sub(_inline, text) if "`" in text else text


def _inline(match: re.Match[str]) -> str:
    if match["literal"]:
        return match[0]
    content = match["content"] or match["words"]
    split = _TARGET.match(content)
    role = match["role"]
    if role in _CODE:
        return f"`{content}`"
    if role in _PROSE:
        return split["words"] if split else content
    if split and (role or match["reference"]):
        return f"[{split['words']}](<{split['target']}>)"
    if not role and (split or "<" in content or ">" in content):
        # Half a link, or what stands between two: it stays as it is to be found.
        return match[0]
    if not role and not match["reference"] and not _BLANK.search(content):
        return match[0]
    # `:ref:`target`` says its words elsewhere; a translator may write them out.
    return f"[](<{content}>)" if role else content
