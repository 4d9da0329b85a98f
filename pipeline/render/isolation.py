"""
Doses, telephone numbers, Latin words and merge fields of HTML, kept in their order.

`runs.py` finds them, and `bdi` sets them apart, with its direction where they have no
letter to tell it by: the rule of `dir=auto` (HTML, "the dir attribute") takes no digit
for the sign of a direction. What a merge field will be filled with is not known, so it
is set apart in every language.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from pipeline.cldr import direction
from pipeline.late import regex
from pipeline.render.marks import marked
from pipeline.render.notation import MAY_BEGIN, MAY_RUN, MERE_NUMBER
from pipeline.render.runs import Kind, Run, find, is_written_back

_TAG_OR_TEXT: Final = regex(r"(<[^>]*>)|([^<]+)")
_FIELD: Final = regex(r"\{\{(?:\{[^{}<>]{1,200}\}|[^{}<>]{1,200})\}\}")
_TAG: Final = regex(r"(<[^>]*>)")
_INLINE: Final = (
    "a|abbr|b|bdi|cite|del|dfn|em|i|ins|mark|q|s|small|span|strong|sub|sup|time|u|var"
)
_BLOCK: Final = regex(rf"<(?!/?(?:{_INLINE})[ >])[^>]*>")
"""A tag that no run goes across."""

_BEGINNING: Final = regex(rf">(?:[^<{MAY_BEGIN}]++|{MERE_NUMBER})*+(?=[^<])")
"""A text, up to the first sign in it that may be of a run."""

_FROM_LEFT: Final = regex(r'<([a-z][a-z0-9]*)[^>]* dir="ltr"[^>]*>')
_ALT: Final = regex(r' alt="([^"]+)"')
_RAISED: Final = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOWERED: Final = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")

_CODE: Final = regex(r"<(pre|code|kbd|samp)>((?:(?!</\1>).)*)", re.DOTALL)

_ALM: Final = "\N{ARABIC LETTER MARK}"
_AMOUNT: Final = '<bdi dir="ltr">'
_OPENED: Final = {
    Kind.AMOUNT: _AMOUNT,
    Kind.PHRASE: "<bdi>",
    Kind.BACK: '<bdi dir="rtl">',
    Kind.FIELD: "<bdi>",
    Kind.ADDRESS: "<bdi>",
}
_CLOSED: Final = "</bdi>"


def isolate(html: str, *, locale: str) -> str:
    """Admitted HTML with such runs in `bdi`; only the text between tags is touched."""
    if direction(locale) == "rtl":
        if not MAY_RUN.search(html):
            return html
        if ' alt="' in html:
            # Programs for mail show it where they load no pictures.
            html = _ALT.sub(
                lambda match: f' alt="{marked(match[1], locale=locale)}"', html
            )
        if ' dir="ltr"' not in html:
            return _isolated(html, locale)
        parts = _parted(html)
        return "".join(
            _with_fields(part) if is_left else _isolated(part, locale)
            for part, is_left in parts
        )
    return _with_fields(html) if "{{" in html else html


def _with_fields(html: str) -> str:
    if "{{" not in html:
        return html
    return _TAG_OR_TEXT.sub(
        lambda match: match[1] or _FIELD.sub(r"<bdi>\g<0></bdi>", match[2]), html
    )


def _parted(html: str) -> Iterator[tuple[str, bool]]:
    """The parts of some HTML, and whether each is said to run from left to right."""
    end = 0
    while opened := _FROM_LEFT.search(html, end):
        yield html[end : opened.start()], False
        depth = 1
        start, end = opened.span()
        for tag in re.finditer(rf"<(/?){opened[1]}(?=[ >/])", html[end:]):
            depth += -1 if tag[1] else 1
            if not depth:
                end += tag.start()
                break
        yield html[start:end], True
    yield html[end:], False


def _isolated(html: str, locale: str) -> str:
    # The sign before it makes of the beginning a place behind a tag, like any other.
    html = f">{html}"
    made: list[str] = []
    at, found = 1, _BEGINNING.search(html)
    while found is not None:
        start = _block_start(html, found.start(), at)
        following = _BLOCK.search(html, found.end())
        end = following.start() if following else len(html)
        made += [html[at:start], _with_runs(html[start:end], locale)]
        at, found = end, _BEGINNING.search(html, end)
    return "".join([*made, html[at:]])


def _block_start(html: str, end: int, first: int) -> int:
    """Where the block begins that has the text behind a tag, not before `first`."""
    while (end := html.rfind("<", first, end)) >= 0:
        if tag := _BLOCK.match(html, end):
            return tag.end()
    return first


def _with_runs(piece: str, locale: str) -> str:
    """A piece without tags of blocks."""
    if "<" not in piece:
        return _with_elements(piece, find(piece, locale))
    parts = _TAG.split(piece)
    texts = parts[::2]
    if "<su" in piece:
        _raise(parts, texts)
    return _set_apart(parts, find("".join(texts), locale))


def _with_elements(text: str, runs: Iterator[Run]) -> str:
    """A text without tags, with these runs of it in elements."""
    made: list[str] = []
    at = 0
    for run in runs:
        if run.kind == Kind.RANGE:
            made += [text[at : run.start], _ALM]
            at = run.start
            continue
        made += [text[at : run.start], _OPENED[run.kind]]
        at = run.start
        for start, end in run.amounts:
            made += [text[at:start], _AMOUNT, text[start:end], _CLOSED]
            at = end
        made += [text[at : run.end], _CLOSED]
        at = run.end
    return "".join([*made, text[at:]])


def _raise(parts: list[str], texts: list[str]) -> None:
    """Numbers above and below the line by their own signs, each as long as before."""
    for place in range(1, len(parts), 2):
        name = parts[place][:5]
        if name[:2] == "<a" and place > 1 and not parts[place - 1]:
            # The number of a footnote.
            name = parts[place - 2][:5]
        if name in {"<sup>", "<sup "}:
            texts[(place + 1) // 2] = parts[place + 1].translate(_RAISED)
        elif name in {"<sub>", "<sub "}:
            texts[(place + 1) // 2] = parts[place + 1].translate(_LOWERED)


def _set_apart(parts: list[str], runs: Iterator[Run]) -> str:
    """Texts and tags in turns, with these runs of the texts in elements."""
    starts = [0]
    for text in parts[::2]:
        starts.append(starts[-1] + len(text))
    inserted: dict[tuple[int, int], str] = {}
    for run in runs:
        if run.kind == Kind.RANGE:
            _insert(inserted, _place(starts, run.start), _ALM)
            continue
        for first, last in _spans(parts, starts, run.start, run.end):
            opened = _OPENED[run.kind]
            _insert(inserted, first, opened)
            for start, end in run.amounts:
                inner = _place(starts, start), _place(starts, end, is_end=True)
                if inner[0][0] == inner[1][0] and first <= inner[0] <= inner[1] <= last:
                    _insert(inserted, inner[0], _AMOUNT)
                    _insert(inserted, inner[1], _CLOSED)
            _insert(inserted, last, _CLOSED)
    if not inserted:
        return "".join(parts)
    return _with(parts, inserted)


def _insert(
    inserted: dict[tuple[int, int], str], place: tuple[int, int], tag: str
) -> None:
    inserted[place] = inserted.get(place, "") + tag


def _with(parts: list[str], inserted: dict[tuple[int, int], str]) -> str:
    made: list[str] = []
    part = end = 0
    for (at, offset), tag in sorted(inserted.items()):
        if at != part:
            made += [parts[part][end:], *parts[part + 1 : at]]
            part, end = at, 0
        made += [parts[part][end:offset], tag]
        end = offset
    return "".join([*made, parts[part][end:], *parts[part + 1 :]])


def _place(starts: list[int], offset: int, *, is_end: bool = False) -> tuple[int, int]:
    """The part that has the character at an offset, and its place in it."""
    low = bisect_right(starts, offset - is_end, hi=len(starts) - 1) - 1
    return 2 * low, offset - starts[low]


_Span = tuple[tuple[int, int], tuple[int, int]]


def _spans(parts: list[str], starts: list[int], start: int, end: int) -> list[_Span]:
    """Where elements may begin and end so that they nest: one, or one in each part."""
    first, last = _place(starts, start), _place(starts, end, is_end=True)
    if first[0] == last[0]:
        return [(first, last)]
    closed, opened = _open_ends(parts[first[0] + 1 : last[0] : 2])
    while closed and not first[1] and _is_tag(parts, first[0] - 1, "<"):
        # The tag before, and what is before that, if there is nothing between the two.
        first = first[0] - 1, 0
        closed -= 1
        if closed and not parts[first[0] - 1]:
            first = first[0] - 1, 0
    while (
        opened and last[1] == len(parts[last[0]]) and _is_tag(parts, last[0] + 1, "</")
    ):
        last = last[0] + 1, len(parts[last[0] + 1])
        opened -= 1
        if opened and not parts[last[0] + 1]:
            last = last[0] + 1, 0
    if not opened and not closed:
        return [(first, last)]
    spans: list[_Span] = []
    for at in range(0, len(parts), 2):
        to = min(end - starts[at // 2], len(parts[at]))
        from_ = max(start - starts[at // 2], 0)
        words = parts[at][from_:to] if from_ < to else ""
        if words.strip():
            from_ += len(words) - len(words.lstrip())
            spans.append(((at, from_), (at, to)))
    return spans


def _open_ends(tags: list[str]) -> tuple[int, int]:
    """How many of these tags close what is before them, and open what is after them."""
    closed = opened = 0
    for tag in tags:
        if not tag.startswith("</"):
            opened += 1
        elif opened:
            opened -= 1
        else:
            closed += 1
    return closed, opened


def _is_tag(parts: list[str], at: int, beginning: str) -> bool:
    if not 0 < at < len(parts):
        return False
    return parts[at].startswith("<") and parts[at].startswith("</") == (
        beginning == "</"
    )


def isolate_code(html: str, *, locale: str) -> str:
    """Admitted HTML whose code says that it runs from left to right, where it does."""
    if direction(locale) != "rtl":
        return html
    return _CODE.sub(_from_left, html)


def _from_left(code: re.Match[str]) -> str:
    is_plain = not is_written_back(code[2])
    return f'<{code[1]} dir="ltr">{code[2]}' if is_plain else code[0]
