"""
The Format protocol: how a kind of text is cut, refilled and shown.

Laws, for every text `t` and format `f` (tests/test_laws.py):

- `compose(f.parse(t)) == t`
- `f.fit(s, s.text)` leaves `f.to_html` as it was (soft line breaks aside)
- `f.shape` of an article and of its localization are equal, or `fit` refused
"""

from html import escape, unescape
from typing import Final, Protocol

from pipeline.cldr import direction
from pipeline.errors import SourceError, UnfitError
from pipeline.late import regex
from pipeline.model.article import Article, Mark, Segment
from pipeline.model.catalog import Key
from pipeline.once import once
from pipeline.placeholders import blank

MAX_CHARACTERS: Final = 5_000_000
"""A longer text is refused: no article is, and every stage holds it whole."""

MAX_LINE: Final = 1_000_000
"""Characters; a longer line is data, and no text."""

MAX_DEPTH: Final = 100
"""Blocks and markup within one another; more is refused."""

_FIRST_WORD: Final = regex(
    r"[^\W\d_]+[.,;:!?]?(?: |\Z)|(?:[0-9]+ )?\*{0,2}[A-Za-z]+\*{0,2}(?: |\Z)",
)
"""A word at the beginning that no placeholder can hold: each has a mark in it."""

_BREAK: Final = regex(r"(?<![ \t])[ \t]*+(?:\r\n?|\n)[ \t]*")
_EMPTY_LINE: Final = regex(r"(?>\r\n?|\n)[ \t]*[\r\n]")


class Format(Protocol):
    """One kind of article."""

    name: str
    suffixes: tuple[str, ...]
    """Lower case, with the dot."""

    def parse(self, text: str, *, path: str, domain: str) -> Article:
        """Cut a text. Raises SourceError with path and line."""

    def fit(self, segment: Segment, msgstr: str) -> str:
        """
        The raw characters that put `msgstr` in the segment's place.

        What is plainly text is escaped; raises UnfitError where that is not certain.
        """

    def shape(self, text: str) -> tuple[str, ...]:
        """The block structure of a text, for comparison only."""

    # A format may also have `takes_lines(segment)` and `sure_lines(texts)`: in such a
    # segment `fit` gives such lines, of those texts, back as they are, and no text
    # changes its shape by them. Where that holds for all translations of an article, no
    # shape is looked at.

    def declare(self, article: Article, locale: str) -> Article:
        """The article saying of itself what language it is in, if its format can."""

    def to_html(self, article: Article) -> str:
        """
        The body as an HTML fragment.

        The segments of role `title` are left out: the page shows the title itself.
        A segment with a mark stands between the two parts of `around`. The result is
        not trusted: `render/gate.py` decides what of it reaches a page.
        """

    def to_plain(self, text: str) -> str:
        """A msgid or msgstr of this format without its inline markup."""


def compose(article: Article) -> str:
    """The text of an article: its raw spans, joined."""
    return "".join(span.raw for span in article.spans)


def around(mark: Mark) -> tuple[str, str]:
    """What is written before and after a marked block, in HTML."""
    if mark.locale:
        return f"<span{_language(mark.locale)}>", "</span>"
    state, entry = escape(mark.state), escape(mark.entry)
    return f'<mark data-state="{state}" data-entry="{entry}">', "</mark>"


def in_language(rest: str, mark: Mark) -> str:
    """
    The rest of a tag, after the text of an attribute, with the language of that text.

    Nothing is added where no quote ends the text.
    """
    if not mark.locale or rest[:1] not in {"'", '"'}:
        return rest
    return f"{rest[:1]}{_language(mark.locale)}{rest[1:]}"


def _language(locale: str) -> str:
    return f' lang="{escape(locale)}" dir="{direction(locale)}"'


@once
def translatable(article: Article) -> tuple[tuple[int, Segment, Key], ...]:
    """
    The segments that are translated.

    Each has its number among the spans and the key of its message.
    """
    return tuple(
        [
            (number, span, (span.context, span.text))
            for number, span in enumerate(article.spans)
            if isinstance(span, Segment) and is_translatable(span)
        ]
    )


def is_translatable(segment: Segment) -> bool:
    """Whether there are words in it, besides merge fields, code, tags, addresses."""
    text = segment.text
    # Looking for placeholders is a third of an extraction, and mostly in vain.
    return (
        text.partition(" ")[0].isalpha()
        or _FIRST_WORD.match(text) is not None
        or any(map(str.isalpha, unescape(blank(text))))
    )


def one_line(msgstr: str) -> str:
    """
    The translation with its line breaks as blanks.

    Raises UnfitError where it is empty, or an empty line would end its block.
    """
    text = msgstr.strip(" \t\r\n")
    if not text:
        raise UnfitError("the translation is empty")
    if "\n" not in text and "\r" not in text:
        return text
    if _EMPTY_LINE.search(text):
        raise UnfitError(
            "the translation has an empty line",
            hint="write it as one paragraph",
        )
    return _BREAK.sub(" ", text)


def refuse_oversized(text: str, *, path: str) -> None:
    """Raise SourceError for a text or line that is too long, or is no Unicode text."""
    if len(text) > MAX_CHARACTERS:
        raise SourceError(
            f"the text has over {MAX_CHARACTERS:,} characters",
            path=path,
            hint="split the article, and keep data out of it",
        )
    if len(text) > MAX_LINE:
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > MAX_LINE:
                raise SourceError(
                    f"the line has over {MAX_LINE:,} characters",
                    path=path,
                    line=number,
                    hint="break the line, and keep data out of the article",
                )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise SourceError(
            f"the text has a half character (U+{ord(text[error.start]):04X})",
            path=path,
            line=text.count("\n", 0, error.start) + 1,
            hint="save the file as UTF-8",
        ) from None
