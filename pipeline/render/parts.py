"""The parts of an article that links name: its headings, by all the names they have."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from pipeline.render.faults import no_anchor
from pipeline.render.gate import admit
from pipeline.render.headings import Heading
from pipeline.render.library import Edition, Library
from pipeline.slugs import composed, heading_id, quoted

_KNOWN: Final = 32
"""Bodies of which the headings are remembered."""

TEXT: Final = "content"
"""The anchor of the text, on every page."""

OF_EVERY_PAGE: Final = frozenset({"", "top", TEXT})
"""Anchors that no heading makes; the first two are the top of a page in HTML."""


def part_of(
    edition: Edition, library: Library, target: Edition, fragment: str, url: str
) -> str:
    """Where on its page a link to a part of another article leads; the anchor or ""."""
    known = anchors(library, target)
    fragment = fragment if fragment in known else composed(fragment)
    is_known = fragment in known or fragment in OF_EVERY_PAGE
    if not is_known and not may_be_older(edition, target):
        raise no_anchor(edition, target, fragment, url, known)
    anchor = known.get(fragment)
    return f"#{quoted(anchor)}" if anchor else ""


def anchors(library: Library, edition: Edition) -> Mapping[str, str]:
    """The anchors of an edition by every name that a link may know them under."""
    edition = library.whole(edition)
    headings = _headings(edition.html, edition.article.path)
    return by_name(library, edition, headings)


@lru_cache(maxsize=_KNOWN)
def _headings(html: str, path: str) -> tuple[Heading, ...]:
    """The headings of a body, which all languages and several links ask for."""
    return admit(html, path=path).headings


def by_name(
    library: Library, edition: Edition, headings: tuple[Heading, ...]
) -> dict[str, str]:
    """
    Own ids, the author's ids, and those of the source's headings by position.

    Where there are more or fewer, which is which is not known: they lead to the text.
    So does the title, which is a heading in the article, and none of its page's text.
    """
    names: dict[str, str] = {}
    source = library.find(edition.domain, library.site.source_locale)
    if source is not None and not source.is_same(edition):
        body = library.whole(source).html
        originals = _headings(body, source.article.path)
        names = {name: TEXT for each in originals for name in (each.id, each.author_id)}
        if len(originals) == len(headings):
            pairs = zip(originals, headings, strict=True)
            names = {original.id: heading.id for original, heading in pairs}
    names |= {heading.author_id: heading.id for heading in headings}
    names.pop("", None)
    names |= {heading.id: heading.id for heading in headings}
    for each in (edition, source or edition):
        names.setdefault(heading_id(each.heading, ()), TEXT)
    return names


def may_be_older(*editions: Edition) -> bool:
    """Whether a link, or what it leads to, may be of a time when headings differed."""
    return any(edition.kept for edition in editions)
