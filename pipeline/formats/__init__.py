"""
The Format protocol: how a kind of text is cut, refilled and shown.

Laws, for every text `t` and format `f` (tests/test_laws.py):

- `compose(f.parse(t)) == t`
- `f.fit(s, s.text)` leaves `f.to_html` as it was (soft line breaks aside)
- `f.shape` of an article and of its localization are equal, or `fit` refused
"""

from typing import Protocol

from pipeline.model.article import Article, Segment


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

    def to_html(self, article: Article) -> str:
        """
        The body as an HTML fragment.

        The segments of role `title` are left out: the page shows the title itself.
        A segment with a mark is wrapped in
        `<mark data-state="STATE" data-entry="ENTRY">`. The result is not trusted:
        `render/gate.py` decides what of it reaches a page.
        """

    def to_plain(self, text: str) -> str:
        """A msgid or msgstr of this format without its inline markup."""


def compose(article: Article) -> str:
    """The text of an article: its raw spans, joined."""
    return "".join(span.raw for span in article.spans)
