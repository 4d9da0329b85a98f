"""
What in a text is not language: merge fields, code, tags, links, addresses.

A translation must carry each of them over unchanged. `find` works on the text as a
catalog holds it, whatever the format: Markdown, HTML and plain text may all be meant.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pipeline.characters import KEPT, WWW, ZEROS, signs
from pipeline.late import dataclass, made_open, regex

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
"""What the address of a link may begin with."""

_BLANK: Final = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One part of a text that is carried over as it is."""

    kind: str
    """`field`, `code`, `tag`, `link`, `url`, `email` or `phone`."""

    raw: str
    start: int
    end: int
    target: str = ""
    """Of a link: where it leads; of a reference link: its label in brackets."""


_new_placeholder: Final = made_open(Placeholder)

# Each expression is compiled when a text has what it begins with, and stops at the next
# character that could begin it again, so that no text is read more than a few times.
# What may be left open for long (code spans, comments) is closed in `_scan`.
_TAG: Final = regex(
    r"""
    (?P<comment><!--)
    | <(?P<autolink>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+)>
    | <(?P<automail>[\w.!\#$%&'*+/=?^{|}~-]++@[A-Za-z0-9.-]++)>
    | (?P<tag></?[A-Za-z][A-Za-z0-9:-]*+(?=[\s/>])
        [^<>"']*+(?:"[^"]*+"[^<>"']*+|'[^']*+'[^<>"']*+)*+>
        | <[!?][A-Za-z\[][^<>]*+>)
    """,
    re.VERBOSE,
)
_LINK: Final = regex(
    r"""
    \]\(\s*+(?P<target><[^<>\n]*+>
        | (?:\{\{[^{}\n]*+\}\}|[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*+\))*+)
      (?:\s++(?:"[^"]*+"|'[^']*+'|\([^()]*+\)))?+\s*+\)
    | \](?P<label>\[[^\[\]\n]{1,99}+\])
    """,
    re.VERBOSE,
)
_BRACED: Final = regex(
    r"""
    (?P<field>\{\{\{[^{}\n]*+\}\}\} | \{\{[^{}\n]*+\}\} | \{%[^{}\n]*+\}(?<=%\})
        | \$?\{[ \t]*+(?:[^\W\d][\w.-]*+|\d*+)(?:\[[^\[\]{}\n]*+\])?+
            (?:![rsa])?+(?::[^{}\s]*+)?+[ \t]*+\}
        | \{[#.][\w-]++\})
    """,
    re.VERBOSE,
)
# %NAME% is no field where it may be letters of an address (RFC 3986, 2.1): if it begins
# with two hexadecimal digits that are all of it, as in %C4%B0, or that stand right
# behind such two, as the second ones of %C4%B0STANBUL%20.
_PERCENT: Final = regex(
    r"""
    (?P<field>%%[^\W\d][\w.]{0,60}+%%
        | %(?:(?<![0-9%]%)|(?<=%[0-9A-Fa-f]{2}%))
            (?:\([^\W\d]\w*+\)[#0+-]?[0-9]*+(?:\.[0-9]++)?[sdiufgxr]
            | (?![0-9A-F]{2}(?:%|(?<=%[0-9A-Fa-f]{2}%[0-9A-F]{2}))) [A-Z][A-Z0-9_]++%
            | [0-9]{1,2}\$[#0+-]?[0-9]*+(?:\.[0-9]++)?(?:hh?|ll?|z)?[A-Za-z@]
            | (?:0[0-9]{1,2}|\.[0-9]{1,3}|[0-9]{1,2}(?=l))?
              (?:hh?|ll?|z)?[sdiufxXc@](?![A-Za-z0-9_])))
    """,
    re.VERBOSE,
)
_URL: Final = regex(
    r"(?P<url>(?:(?<![A-Za-z0-9])(?:https?|ftp)://|(?<![\w@./-])(?:www\.|mailto:|tel:))"
    r"""[^\s<>"'`{}|\[\]\\^«»\u2018-\u201f\u060c\u061b\u061f]++)"""
)
_WIDE: Final = (range(0x3000, 0xA000), range(0xAC00, 0xD7B0), range(0xFF00, 0xFFF0))
"""Chinese, Japanese, Korean: they end an address, and take long to compile in a set."""

_FIGURE: Final = r"0-9\u0660-\u0669\u06f0-\u06f9"
_PHONE: Final = regex(
    rf"(?P<phone>(?<![\w+])(?:\+|00(?=[1-9]))[ ]?\(?[{_FIGURE}]"
    rf"[{_FIGURE} ().\u00a0\u2011/-]{{6,22}}(?<=[{_FIGURE}])(?![{_FIGURE}]))"
)
_BY_SIGN: Final = {
    "\\": regex(r"(?P<escape>\\[\\`<\[\]*])"),
    "`": regex(r"(?P<code>`+)"),
    "<": _TAG,
    "]": _LINK,
    "*": regex(r"(?P<field>\*\|[^|*\n]{1,99}+\|\*)"),
    "%": _PERCENT,
    **dict.fromkeys("{$", _BRACED),
    **dict.fromkeys("+0", _PHONE),
    **dict.fromkeys("hfwmt", _URL),
}
# Where one may begin: each branch has its first letter at its head, so that `re` skips
# what lies between, and the long expressions are tried at few places only.
_CANDIDATE: Final = regex(
    r"\\|`|<|\]|\{|%|\$\{|\*\||\+|00|https?://|ftp://|www\.|mailto:|tel:"
)
_SIGNS: Final = frozenset({*"\\`<]{%|+:", WWW, ZEROS})
"""What a candidate has, or has behind it."""

SIGNS: Final = _SIGNS | {"@"}
"""What any placeholder has."""

FIELD_SIGNS: Final = frozenset("{%|")
"""What a merge field has."""

_EMAIL: Final = regex(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)+",
)
_RUNS: Final = regex(r"`+")
_ESCAPED: Final = regex(r"\\.")
_CLOSING: Final = regex(r"(?<=[^\s(\[{\"'])`(?!\w)|``")
_QUOTED: Final = regex(r"(?<!\w)`[^`'\n]+'")
_PHONE_DIGITS: Final = 8
"""A country code and a short number; less is more likely an amount."""


@lru_cache(maxsize=KEPT)
def find(text: str) -> tuple[Placeholder, ...]:
    """The placeholders of a text, in their order, none within another."""
    there = signs(text)
    found = () if _SIGNS.isdisjoint(there) else tuple(_scan(text))
    return _with_emails(text, found) if "@" in there else found


@lru_cache(maxsize=KEPT)
def carried(text: str) -> tuple[tuple[str, str], ...]:
    """
    Kind and text of each placeholder, in their order.

    Where they are those of the source, most checks of placeholders have nothing to say.
    """
    return tuple([(each.kind, each.raw) for each in find(text)])


@lru_cache(maxsize=KEPT)
def blank(text: str) -> str:
    """The text with U+FFFC, as often as needed, in the place of each placeholder."""
    found = find(text)
    if not found:
        return text
    parts = []
    end = 0
    for placeholder in found:
        parts += [text[end : placeholder.start], _BLANK * len(placeholder.raw)]
        end = placeholder.end
    return "".join([*parts, text[end:]])


@lru_cache(maxsize=KEPT)
def fields(text: str) -> tuple[str, ...]:
    """The merge fields, those inside tags and link targets too, but none of code."""
    if FIELD_SIGNS.isdisjoint(signs(text)):
        return ()
    return tuple(_fields(text))


def _fields(text: str) -> Iterator[str]:
    for placeholder in find(text):
        if placeholder.kind == "field":
            yield placeholder.raw
        elif placeholder.kind in {"tag", "link", "url"} and (
            "{" in placeholder.raw or "%" in placeholder.raw or "*" in placeholder.raw
        ):
            # Without the delimiters, which would find the same placeholder again.
            position = 1
            while match := _next(placeholder.raw, position):
                if match.lastgroup == "field":
                    yield match["field"]
                position = match.end()


def _scan(text: str) -> Iterator[Placeholder]:
    closings: dict[int, int] | None = None
    uncommented = len(text)
    position = 0
    while match := _next(text, position):
        start, end = match.span()
        kind = match.lastgroup or ""
        target = ""
        if kind == "code":
            if closings is None:
                closings = {} if quotes_with_backticks(text) else _closings(text)
            if start not in closings:
                position = end
                continue
            end = closings[start]
        elif kind == "comment":
            closed = text.find("-->", end, uncommented)
            if closed < 0:
                uncommented, position = start, end
                continue
            kind, end = "tag", closed + 3
        elif kind in {"target", "label", "autolink", "automail"}:
            kind, target = "link", _target(match, kind)
        elif kind == "url":
            end = start + len(_without_closers(match["url"]))
        elif kind == "escape" or (kind == "phone" and not _is_phone(match[0])):
            position = end
            continue
        yield _new_placeholder(kind, text[start:end], start, end, target)
        position = end


def _next(text: str, position: int) -> re.Match[str] | None:
    """What is found first from a position on."""
    while candidate := _CANDIDATE.search(text, position):
        position = candidate.start()
        match = _BY_SIGN[text[position]].match(text, position)
        if match and match.lastgroup == "url" and not match[0].isascii():
            match = _URL.match(text, position, _narrow_end(text, *match.span()))
        if match:
            return match
        position += 1
    return None


def _narrow_end(text: str, start: int, end: int) -> int:
    """Where the first wide character stands; the end, if there is none."""
    signs_there = enumerate(map(ord, text[start:end]), start)
    wide = (place for place, sign in signs_there if any(sign in w for w in _WIDE))
    return next(wide, end)


def quotes_with_backticks(text: str) -> bool:
    """
    Whether backticks are opening quotes and apostrophes closing ones, `so'.

    Old programs quote like this (GNU coding standards, "Quote Characters").
    """
    return (
        "`" in text
        and "'" in text
        and not _CLOSING.search(text)
        and _QUOTED.search(text) is not None
    )


def loose_backticks(text: str) -> int:
    """How many runs of backticks open no code span and close none."""
    if "`" not in text:
        return 0
    return len(_RUNS.findall(_ESCAPED.sub("", blank(text))))


def _target(match: re.Match[str], kind: str) -> str:
    value = match[kind]
    if kind == "automail":
        return f"mailto:{value}"
    return value[1:-1] if value.startswith("<") else value


def _closings(text: str) -> dict[int, int]:
    """Where the code span ends that each run of backticks could open."""
    after: dict[int, int] = {}
    closings = {}
    for run in reversed(list(_RUNS.finditer(text))):
        length = run.end() - run.start()
        if length in after:
            closings[run.start()] = after[length]
        after[length] = run.end()
    return closings


def _is_phone(raw: str) -> bool:
    return sum(character.isdigit() for character in raw) >= _PHONE_DIGITS


def _without_closers(url: str) -> str:
    """A bare URL without the punctuation of the sentence around it."""
    end = len(url)
    open_parentheses = url.count("(") - url.count(")")
    while end and url[end - 1] in ".,;:!?*_~)]»":
        if url[end - 1] == ")":
            if open_parentheses >= 0:
                break
            open_parentheses += 1
        end -= 1
    return url[:end]


def _with_emails(text: str, found: tuple[Placeholder, ...]) -> tuple[Placeholder, ...]:
    emails = []
    end = 0
    for placeholder in (*found, None):
        stop = placeholder.start if placeholder else len(text)
        emails += [
            Placeholder("email", match[0], *match.span())
            for match in _EMAIL.finditer(text, end, stop)
        ]
        if placeholder:
            emails.append(placeholder)
            end = placeholder.end
    return tuple(emails)
