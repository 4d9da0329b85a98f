"""An article: a text cut into spans that are either left alone or translated."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Final, TypeAlias

from pipeline.late import dataclass, made_open

CONTEXT_ROLES = frozenset(
    {
        "title",
        "description",
        "slug",
        "subject",
        "preheader",
        "alt",
        "section",
        "tag",
    },
)
"""The roles that are also a message's msgctxt; every other segment has none."""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Characters of the source that no translation ever touches."""

    raw: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of one block: in a draft or a preview, its state and its entry."""

    state: str
    """`untranslated`, `fuzzy`, `translated` or `approved`."""

    entry: str
    """Where the message is: `locales/tr/LC_MESSAGES/articles/x.po:12`."""

    locale: str = ""
    """On a page that is translated in part, the language of a block that is not; then
    nothing else is said of it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One translatable span."""

    raw: str
    """The exact characters of the source, markup and escapes included."""

    text: str
    """What a translator reads, on one line wherever the format allows it: the msgid."""

    line: int
    """Where it begins in the file, counted from 1."""

    role: str
    """What it is, in a translator's words: `title`, `heading 2`, `list item`."""

    place: str = ""
    """The syntax around it, in the format's own words; only the format reads it."""

    indent: str = ""
    """What each continuation line of `raw` begins with (a quote, a list)."""

    notes: tuple[str, ...] = ()
    """Further extracted comments, such as an author's note to the translator."""

    mark: Mark | None = None
    """Set in drafts, in previews, and on pages that are translated in part."""

    @property
    def context(self) -> str | None:
        """The msgctxt."""
        return self.role if self.role in CONTEXT_ROLES else None


new_segment: Final = made_open(Segment)
"""`Segment`, made faster; every field has to be given, by position. Every segment of
an article is made anew for each locale."""

Span: TypeAlias = Verbatim | Segment


@dataclass(frozen=True, slots=True)
class Article:
    """A text of one format, cut; the raw spans, joined, are the text."""

    path: str
    """Below the site's root, with slashes: `source/articles/x.md`."""

    domain: str
    """The path below `source/` without its suffix: `articles/x`."""

    format: str
    """The name of the format that cut it."""

    spans: tuple[Span, ...]

    meta: Mapping[str, object] = field(default_factory=dict)
    """Front matter by key, unknown keys included; localized articles hold the
    translated values."""

    @property
    def segments(self) -> Iterator[Segment]:
        """The translatable spans, in the order of the text."""
        return (span for span in self.spans if isinstance(span, Segment))

    @property
    def stem(self) -> str:
        """The file's name without suffix: the slug where none is given."""
        return self.domain.rpartition("/")[2]

    @property
    def kind(self) -> str:
        """`article` or `mail`."""
        return str(self.meta.get("kind") or "article")

    @property
    def is_draft(self) -> bool:
        """Whether its author holds it back."""
        return self.meta.get("draft") is True
