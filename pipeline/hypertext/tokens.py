"""
The door to turbohtml: what the HTML standard makes of a text, by character offsets.

Tokens are those of the standard's tokenizer, so that markup in the wild is read as
browsers read it. What it drops (`</>`, a tag that the file ends in) is in no token.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from pipeline.late import dataclass, regex

if TYPE_CHECKING:
    from turbohtml import Token, TokenType

VOID: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split(),
)
RAW: Final = frozenset("noscript pre script style template".split())
"""Blocks whose content is left alone."""

EMBEDDED: Final = frozenset(
    "audio canvas iframe math object svg textarea video".split(),
)
"""Elements whose content is left alone, and that may stand within a sentence."""

BLOCKS: Final = frozenset(
    """
    address article aside base blockquote body caption center col colgroup dd details
    dialog dir div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5
    h6 head header hgroup hr html legend li link main menu meta nav ol optgroup option p
    search section select summary table tbody td tfoot th thead title tr ul
    """.split(),
)
"""Elements that a sentence does not go across; every other one is inline."""

ELEMENTS: Final = frozenset(
    "a abbr address area article aside audio b base bdi bdo big blockquote body br "
    "button canvas caption center cite code col colgroup data datalist dd del "
    "details dfn dialog div dl dt em embed fieldset figcaption figure font footer "
    "form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img "
    "input ins kbd label legend li link main map mark marquee math menu meta meter "
    "nav nobr noscript object ol optgroup option output p param path picture pre "
    "progress q rp rt ruby s samp script search section select slot small source "
    "span strike strong style sub summary sup svg table tbody td template textarea "
    "tfoot th thead time title tr track tt u ul use var video wbr".split(),
)
"""Those of the HTML standard, the obsolete ones as far as they are seen."""

_ATTRIBUTE: Final = regex(
    r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?+""",
)

_PLAIN: Final = regex(
    r"""
    (?P<text>[^<&\0\r]+)
    | </(?P<end>[a-z][a-z0-9]*)>
    | <!--(?!-?>)(?P<comment>(?:[^-<&\0\r]|-(?!-))*+)-->
    | <(?P<start>[a-z][a-z0-9]*)(?P<named>(?:[ \n][a-z][a-z-]*="[^"<&\0\r]*")*+)>
    """,
    re.VERBOSE,
)
"""A token that everybody reads as the standard does."""

_NAMED: Final = regex(r"""([a-z-]+)="([^"]*)\"""")
_TURNING: Final = frozenset(
    """
    iframe math noembed noframes noscript plaintext script style svg textarea title xmp
    """.split(),
)
"""Elements within which the tokenizer reads otherwise."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A token, and where it stands."""

    kind: str
    """`text`, `reference`, `start`, `end`, `comment` or `other`."""

    start: int
    end: int
    name: str = ""
    """Of a tag."""

    data: str = ""
    """What a reference stands for, and what a comment says."""

    attributes: tuple[tuple[str, str], ...] = ()
    is_closed: bool = False
    """Whether a start tag ends in `/>`, which means something in SVG and MathML."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """The value of an attribute, and where it stands between its quotes."""

    name: str
    value: str
    start: int
    end: int
    quote: str
    """Empty where there are none."""


def tokens(text: str) -> Iterator[Piece]:
    """The tokens of a text, in their order."""
    plain = _plain_tokens(text)
    return _tokens(text) if plain is None else iter(plain)


def _plain_tokens(text: str) -> list[Piece] | None:
    """
    The tokens of a text whose markup is of the plainest kind; None for any other.

    Loading turbohtml takes longer than building a page, and of most articles in
    Markdown this is all the markup.
    """
    found: list[Piece] = []
    at = 0
    while at < len(text):
        match = _PLAIN.match(text, at)
        if match is None:
            return None
        start, at, kind = at, match.end(), str(match.lastgroup)
        said = match[kind]
        if kind in {"text", "comment"}:
            found.append(Piece(kind, start, at, data=said))
        elif kind == "end":
            found.append(Piece(kind, start, at, said))
        else:
            name, named = match["start"], tuple(_NAMED.findall(match["named"]))
            if name in _TURNING or len(dict(named)) < len(named):
                return None
            found.append(Piece("start", start, at, name, attributes=named))
    return found


def _tokens(text: str) -> Iterator[Piece]:
    from turbohtml import tokenize

    # Offsets stay the same, and every line end is one that the tokenizer counts.
    even = text.replace("\r\n", " \n").replace("\r", "\n")
    starts = [0, *accumulate(len(line) + 1 for line in even.split("\n"))]
    text_token: tuple[Token, int] | None = None
    for token in tokenize(even, resolve_references=False, capture_source=True):
        start = starts[token.line - 1] + token.col
        if text_token is not None:
            yield _text_piece(even, *text_token, limit=start)
            text_token = None
        if token.source is None:
            text_token = token, start
        else:
            yield _piece(token, start, start + len(token.source))
    if text_token is not None:
        yield _text_piece(even, *text_token, limit=len(even))


def attributes(text: str, piece: Piece) -> Iterator[Attribute]:
    """The attributes of a start tag that have a value."""
    known = dict(reversed(piece.attributes))
    for match in _ATTRIBUTE.finditer(
        text, piece.start + 1 + len(piece.name), piece.end
    ):
        raw, name = match[2], match[1].lower()
        if raw is None or name not in known:
            continue
        quote = raw[0] if raw[0] in "\"'" else ""
        start, end = match.start(2) + len(quote), match.end(2) - len(quote)
        # What the tokenizer read otherwise is left alone.
        value = unescape(text[start:end])
        if value == known.pop(name):
            yield Attribute(name, value, start, end, quote)


def body(text: str) -> str:
    """What is inside `<body>` once a browser has read the text."""
    from turbohtml import parse

    found = parse(text, positions=False).find("body")
    return found.inner_html if found is not None else ""


def _text_piece(even: str, token: "Token", start: int, *, limit: int) -> Piece:
    data = token.data or ""
    # Text that something was dropped from goes up to the next token.
    is_whole = even.startswith(data, start)
    return _piece(token, start, start + len(data) if is_whole else limit)


@cache
def _kinds() -> "dict[TokenType, str]":
    from turbohtml import TokenType

    return {
        TokenType.TEXT: "text",
        TokenType.CHARACTER_REFERENCE: "reference",
        TokenType.START_TAG: "start",
        TokenType.END_TAG: "end",
        TokenType.COMMENT: "comment",
    }


def _piece(token: "Token", start: int, end: int) -> Piece:
    return Piece(
        _kinds().get(token.type, "other"),
        start,
        end,
        token.tag or "",
        token.data or "",
        tuple(token.attrs or ()),
        token.self_closing,
    )
