"""Refilling: a translation as the Markdown that stands in a segment's place."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from pipeline.errors import UnfitError
from pipeline.formats import one_line
from pipeline.formats.markdown import comments, events, titles
from pipeline.formats.markdown.fields import cover
from pipeline.hypertext import fit as hypertext
from pipeline.late import regex
from pipeline.model.article import Segment

_WORD: Final = regex(r"[^\W\d_]")
_NUMBERED: Final = regex(r"\d{1,9}(?=[.)](?:\s|\Z))")
_SIGN: Final = regex(r"[-+*#>=~_|:\[]")
_ALERT: Final = regex(r"\[!\w+\]")
_TAG: Final = regex(r"<(/?)([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])[^>]*?(/?)>")
_TAG_START: Final = regex(r"""<(?:[^<>"']|"[^"]*+"|'[^']*+')*+>[ \t]*""")
_GAP: Final = regex(r"(?:\r\n?|\n)[ \t>]*")
_TAG_LINE: Final = regex(rf"{_TAG_START.pattern}({_GAP.pattern})")
_PIPE_LINE: Final = regex(rf"\|[ \t]*({_GAP.pattern})")
_LOOSE_TAG: Final = regex(r"<[A-Za-z/!?]")
_ESCAPE: Final = regex(r"\\[!-/:-@\[-`{-~]")
_TRAILING: Final = regex(r"\\+\Z")
_PIPE: Final = regex(r"(?<!\\)\|")
_BRACKET: Final = regex(r"\\.|[\[\]]")
_CLOSING_SIGNS: Final = regex(r"(?<![^\s])#+\Z")
_BREAK_TAG: Final = regex(r"<br ?/?>", re.IGNORECASE)
_NOTHING: Final = "&#32;"
"""A line that is empty, and is no empty line."""

_SURE_PLACES: Final = frozenset({"run", "cell", "heading"})
_SIGNS: Final = bytes([*range(10), *range(11, 32), 127, *b"|#{}<`\\"])
"""What could part a cell, end a heading or go on in the next line; so could the line
ends in `_ENDS`."""

_ENDS: Final = ("\x85", "\u2028", "\u2029")
_BEGINNING: Final = (
    r"^(?:[^\W\d_]|[0-9]+ |\*{1,3}[^\W_]|\[[^\W_][^\[\]:\x00-\x1f\x7f|#{}<`\\]*\]\()"
)
_SURE: Final = regex(
    rf"{_BEGINNING}[^\x00-\x1f\x7f\x85\u2028\u2029|#{{}}<`\\]*+(?<! )$", re.MULTILINE
)
"""A line that begins a paragraph wherever a block may begin, and has none of them."""

_SURE_WITHOUT_SIGNS: Final = regex(rf"{_BEGINNING}.*+(?<! )$", re.MULTILINE)
"""The same where none is in the text, which is seen sooner than it is looked for."""

_TITLES: Final = frozenset({"title", "link-title", "image-title"})
_VOID: Final = frozenset(
    "area base br col embed hr img input link meta source track wbr".split(),
)


def fit(segment: Segment, msgstr: str) -> str:
    """
    The raw characters that put a translation in a segment's place.

    Characters that would begin a list, a heading or the like are escaped. Raises
    UnfitError where an empty line, an open code span or tag, or a lost link reference
    would change more than the text.
    """
    text = one_line(msgstr)
    try:
        return _fitted(segment, text)
    except UnfitError:
        # What is odd may stand where it stood.
        if text == segment.text:
            return segment.raw
        raise


def takes_lines(segment: Segment) -> bool:
    """Whether what are `sure_lines` stands in its place as it is."""
    return (
        segment.place in _SURE_PLACES
        and "\n" not in segment.raw
        and "\r" not in segment.raw
    )


def sure_lines(texts: Iterable[str]) -> frozenset[str]:
    """
    Lines that fit as they are, and leave the blocks of any text as they are.

    What blocks there are is told by how lines begin, and by pipes and signs of headings
    (CommonMark, "Appendix: A parsing strategy").
    """
    # All texts at once: a question each takes twice as long.
    text = "\n".join(texts)
    data = text.encode("utf-8", "surrogatepass")
    has_signs = len(data.translate(None, _SIGNS)) < len(data)
    if has_signs or any(end in text for end in _ENDS):
        return frozenset(_SURE.findall(text))
    return frozenset(_SURE_WITHOUT_SIGNS.findall(text))


def _fitted(segment: Segment, text: str) -> str:
    kind, *labels = segment.place.split("\n")
    if kind == "html":
        return _html(segment, labels[0], text)
    if kind == "comment":
        return comments.fit(text)
    if kind in _TITLES:
        return titles.encoded(text)
    text = _TRAILING.sub(_evened, text) if text.endswith("\\") else text
    _refuse_loose_ends(segment, text)
    if kind == "alt":
        return _balanced(text) + "".join(f"][{label}" for label in labels)
    _refuse_lost_labels(text, labels)
    if kind == "cell":
        # Any backslash before the cell's end would make that a character.
        tail = " " if text.endswith("\\") else ""
        return _start(_PIPE.sub("\\\\|", text)) + tail
    if kind == "underlined" and "`" not in text:
        # In a line above `---` some programs see the head of a table.
        text = _PIPE.sub("&#124;", text)
    if kind in {"heading", "underlined"}:
        # Behind the signs of a heading no other block can begin.
        heading = _heading_end(text)
        return heading if kind == "heading" else _start(heading)
    if kind == "break":
        newline = "\r\n" if "\r\n" in segment.raw else "\n"
        first, *others = _lines(text)
        lines = [_start(first), *(_start(line, "a\n") for line in others)]
        return f"\\{newline}{segment.indent}".join(lines)
    if text[0] == "|" and (pipe := _PIPE_LINE.match(segment.raw)):
        # Right below a table, only a line with nothing else in it ends the table.
        return f"|{pipe[1]}{_start(text[1:].lstrip() or _NOTHING, 'a' + pipe[1])}"
    return _start(text)


def _html(segment: Segment, place: str, text: str) -> str:
    """
    The text as HTML, with a line break where the source has one that matters.

    A line with nothing but a tag begins a block of HTML, and one with a part of a tag
    begins a paragraph.
    """
    raw = segment.raw
    fitted = hypertext.fit(place, segment.text, text)
    if place.startswith("attribute"):
        gap = _GAP.search(raw)
        if gap is None:
            return fitted
        head, _, tail = fitted.partition(" ")
        if tail:
            return f"{head}{gap[0]}{tail}"
        return f"{head[:-1]}{gap[0]}{head[-1]}" if head[0] in "\"'" else head + gap[0]
    line, tag = _TAG_LINE.match(raw), _TAG_START.match(fitted)
    if line is None or tag is None:
        return fitted
    return f"{tag[0].rstrip()}{line[1]}{fitted[tag.end() :]}"


def _start(text: str, above: str = "") -> str:
    """The line below `above`, escaped if it would begin another block."""
    if _WORD.match(text):
        return text
    if number := _NUMBERED.match(text):
        return f"{number[0]}\\{text[number.end() :]}"
    # Below a paragraph, `:` begins a definition and `=` makes a heading; `|` may begin
    # a table, and `[!` an alert.
    if (
        text[0] not in ":=|"
        and not _ALERT.match(text)
        and events.is_paragraph(above + cover(text))
    ):
        return text
    escaped = f"\\{text}"
    if _SIGN.match(text) and events.is_paragraph(above + cover(escaped)):
        return escaped
    raise UnfitError(
        f"the translation begins with `{text[:8]}`, which begins another block",
        hint="begin it with a word",
    )


def _lines(text: str) -> Iterator[str]:
    """The text, parted at its `<br>` tags."""
    start = 0
    source = text.encode()
    for kind, begin, end in events.inline(cover(text)):
        if kind == "InlineHtml" and _BREAK_TAG.fullmatch(source[begin:end].decode()):
            line = source[start:begin].decode().strip(" \t")
            yield _TRAILING.sub(_evened, line) if line else _NOTHING
            start = end
    yield source[start:].decode().strip(" \t") or _NOTHING


def _heading_end(text: str) -> str:
    """The text of a heading without what would close it or set attributes."""
    if text.endswith("#") and (closing := _CLOSING_SIGNS.search(text)):
        return f"{text[: closing.start()]}\\{closing[0]}"
    if text.endswith("}") and not cover(text).endswith("m"):
        return f"{text[:-1]}&#125;"
    return text


def _evened(match: re.Match[str]) -> str:
    # An odd backslash at the end would escape what comes after the segment.
    return match[0] + "\\" * (len(match[0]) % 2)


def _balanced(alt: str) -> str:
    """The text of an image, its brackets escaped unless they come in pairs."""
    depth = 0
    for match in _BRACKET.finditer(alt):
        depth += {"[": 1, "]": -1}.get(match[0], 0)
        if depth < 0:
            break
    if depth == 0:
        return alt
    return _BRACKET.sub(
        lambda match: match[0] if len(match[0]) > 1 else f"\\{match[0]}",
        alt,
    )


def _refuse_lost_labels(text: str, labels: list[str]) -> None:
    if not labels:
        return
    folded = text.casefold()
    for label in labels:
        if f"[{label}]".casefold() not in folded:
            raise UnfitError(
                f"the link `[{label}]` is lost",
                hint=f"keep it as `[translated words][{label}]`",
            )


def _refuse_loose_ends(segment: Segment, text: str) -> None:
    if "`" not in text and "<" not in text:
        return
    for end in _loose_ends(text) - _loose_ends(segment.text):
        raise UnfitError(f"`{end}` is not closed in the translation")


@lru_cache(maxsize=256)
def _loose_ends(text: str) -> frozenset[str]:
    """Backticks, tags and angle brackets that have no other half."""
    covered = cover(text)
    source = covered.encode()
    rest = []
    tags: list[str] = []
    loose = set()
    end = 0
    for kind, start, stop in events.inline(covered):
        if kind not in {"Code", "InlineHtml"}:
            continue
        rest.append(source[end:start])
        end = stop
        tag = _TAG.fullmatch(source[start:stop].decode())
        if kind == "Code" or tag is None or tag[3] or tag[2].lower() in _VOID:
            continue
        name = tag[2].lower()
        if not tag[1]:
            tags.append(name)
        elif name in tags:
            tags.remove(name)
        else:
            loose.add(f"</{name}>")
    rest.append(source[end:])
    words = _ESCAPE.sub("", b" ".join(rest).decode())
    loose.update(f"<{name}>" for name in tags)
    loose.update(_LOOSE_TAG.findall(words))
    loose.update("`" for _ in range("`" in words))
    return frozenset(loose)
