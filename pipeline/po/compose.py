"""
A catalog as the text of a PO file: byte for byte what GNU `msgcat --width=79` writes.

Written is also what `msgcat` 0.21 would lose: flags that it does not know, the isolates
around a reference with spaces (gettext has them since 0.22), and what is said of an
entry of which only the first plural form is missing.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from pipeline.late import regex
from pipeline.model.catalog import Catalog, Message
from pipeline.po.wrap import WIDTH, wrap

# The formats that gettext 0.21 knows, in the order in which it writes their flags.
_FORMATS: Final = (
    "c objc python python-brace java java-printf csharp javascript scheme lisp elisp "
    "librep ruby sh awk lua object-pascal smalltalk qt qt-plural kde kde-kuit boost "
    "tcl perl perl-brace php gcc-internal gfc-internal ycp"
).split()
_FLAGS: Final = {
    flag: rank
    for rank, flag in enumerate(
        (
            "fuzzy",
            *(f"{no}{name}-format" for name in _FORMATS for no in ("", "no-")),
            "range:",
            "no-wrap",
        ),
    )
}

_LINE_END: Final = regex(r"\r\n?|\n")


def compose(catalog: Catalog) -> str:
    """The text of a catalog; `parse(compose(c)) == as_written(c)`."""
    written = as_written(catalog)
    return compose_entries((written.header, *written.messages))


def compose_entries(messages: Iterable[Message]) -> str:
    """The text of entries as they stand, each with its line end."""
    return "\n".join(f"{compose_entry(message)}\n" for message in messages)


def as_written(catalog: Catalog) -> Catalog:
    """
    The catalog that will be read from what is written of this one.

    Obsolete entries come last, and are left out if they hold no translation.
    """
    written = [entry_as_written(message) for message in catalog.messages]
    living = (message for message in written if message and not message.obsolete)
    obsolete = (message for message in written if message and message.obsolete)
    header = entry_as_written(catalog.header) or catalog.header
    return Catalog(header, (*living, *obsolete))


def entry_as_written(message: Message) -> Message | None:
    """
    The entry that will be read from what is written of this one.

    Flags stand in gettext's order, a text that is missing cannot be fuzzy, no place is
    named twice, and each line of a comment is one comment. One that ends with a
    backslash gets a space: to gettext's tools, the next line would be a part of it.
    """
    if _is_as_written(message):
        return message
    if message.obsolete and not any(message.msgstrs):
        return None
    flags = _sorted_flags(message)
    if message.obsolete:
        flags = tuple(flag for flag in flags if not flag.startswith("range:"))
    references = tuple(dict.fromkeys(_trimmed(place) for place in message.references))
    written = replace(
        message,
        comments=_lines(message.comments),
        extracted=_lines(message.extracted),
        references=references,
        flags=flags,
    )
    return message if written == message else written


def _is_as_written(message: Message) -> bool:
    """Whether it is plainly so; nearly all are, and `replace` takes its time."""
    if message.flags or message.obsolete or len(message.references) > 1:
        return False
    for place in message.references:
        if place.startswith("./"):
            return False
    for lines in (message.extracted, message.comments):
        for line in lines:
            if line.endswith("\\") or "\n" in line or "\r" in line:
                return False
    return True


def _sorted_flags(message: Message) -> tuple[str, ...]:
    flags = dict.fromkeys(message.flags)
    if not message.obsolete and not any(message.msgstrs):
        flags.pop("fuzzy", None)
    if len(flags) < 2:  # noqa: PLR2004 - one flag is sorted
        return tuple(flags)
    unknown = len(_FLAGS)
    return tuple(
        sorted(
            flags,
            key=lambda flag: _FLAGS.get(
                "range:" if flag.startswith("range:") else flag,
                unknown,
            ),
        ),
    )


def _trimmed(reference: str) -> str:
    while reference.startswith("./"):
        reference = reference[2:]
    return reference


def _lines(comments: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        f"{line} " if line.endswith("\\") else line
        for comment in comments
        for line in _LINE_END.split(comment)
    )


def compose_entry(message: Message) -> str:
    """The lines of one entry as it stands, without the last line end."""
    mark = "#~ " if message.obsolete else ""
    flags = message.flags
    lines = [f"# {comment}" if comment else "#" for comment in message.comments]
    lines += [f"#. {comment}" if comment else "#." for comment in message.extracted]
    lines += _reference_lines(message.references)
    if flags:
        lines.append(f"#, {', '.join(flags)}")
    if message.previous:
        before = "#~| " if message.obsolete else "#| "
        for keyword in ("msgctxt", "msgid", "msgid_plural"):
            text = getattr(message.previous, keyword)
            if text is not None:
                lines += wrap(keyword, text, prefix=before, flags=flags)
    if message.msgctxt is not None:
        lines += wrap("msgctxt", message.msgctxt, prefix=mark, flags=flags)
    lines += wrap("msgid", message.msgid, prefix=mark, flags=flags)
    if message.msgid_plural is None:
        lines += wrap("msgstr", message.msgstr, prefix=mark, flags=flags)
    else:
        lines += wrap("msgid_plural", message.msgid_plural, prefix=mark, flags=flags)
        for index, text in enumerate(message.msgstrs):
            lines += wrap(f"msgstr[{index}]", text, prefix=mark, flags=flags)
    return "\n".join(lines)


def _reference_lines(references: tuple[str, ...]) -> list[str]:
    """The `#:` lines; their width is counted in bytes, as gettext does."""
    lines: list[str] = []
    line, width = "#:", 2
    for reference in references:
        place = _isolated(reference)
        size = len(place.encode()) + 1
        if line != "#:" and width + size > WIDTH:
            lines.append(line)
            line, width = "#:", 2
        line += f" {place}"
        width += size
    return [*lines, line] if references else lines


def _isolated(reference: str) -> str:
    """A place whose file name holds spaces stands in U+2068 and U+2069."""
    if " " not in reference and "\t" not in reference:
        return reference
    name, colon, number = reference.rpartition(":")
    if colon and number.isascii() and number.isdigit():
        return f"\u2068{name}\u2069:{number}"
    return f"\u2068{reference}\u2069"
