"""Localization: an article with the accepted translations in their places."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from pipeline import frontmatter
from pipeline.cldr import bcp47_locale
from pipeline.errors import UnfitError
from pipeline.formats import Format, compose, translatable
from pipeline.frontmatter import TRANSLATED
from pipeline.late import dataclass
from pipeline.localize.filling import Filling, Place
from pipeline.model.article import Article, Mark, Segment, Span
from pipeline.model.catalog import Catalog, Message
from pipeline.once import once

_OF_META = frozenset({*TRANSLATED, "tag"})
"""The roles of segments that are values of an article, too."""


@dataclass(frozen=True, slots=True)
class Localized:
    """An article in another locale, and what could not be put into it."""

    article: Article
    refused: tuple[tuple[Message, UnfitError], ...] = ()
    """Accepted messages that would have broken the text; their source remains."""

    left: frozenset[str] = frozenset()
    """The roles of the front matter's values, and the title's, that stand in the
    source's words."""

    is_filled: bool = True
    """Whether anything is in the words of the catalog."""


def localize(
    article: Article,
    catalog: Catalog,
    *,
    format: Format,  # noqa: A002 - it is what the family is called
    accept: Callable[[Message], bool] | None = None,
    mark: Callable[[Segment, Message | None], Mark | None] | None = None,
    left: Mark | None = None,
) -> Localized:
    """
    The article with every message that `accept` accepts in the place of its source.

    Without `accept` that is every message of the catalog that is not obsolete. The
    result has the block structure of the source, or the translations that would change
    it are refused. Where `mark` is given it says what a draft shows around each segment
    of the body; where `left` is given it is put around each that stands in the source's
    words. Values of the front matter change with their segments, and a format that can
    says that it is in the language of the catalog now.
    """
    asked = _asked(article, format)
    entries = catalog.by_key
    filling = Filling(article, format, is_settled=asked.is_settled)
    accepted = [
        (place, message)
        for place in asked.places
        if (message := entries.get(place[2])) is not None
        and not message.obsolete
        and (accept is None or accept(message))
    ]
    filling.put(accepted)
    filling.keep_shape()
    spans = filling.spans
    if mark is not None:
        for number, source, key, _ in asked.places:
            if not frontmatter.owns(source):
                spans[number] = _marked(spans[number], mark(source, entries.get(key)))
    missing = asked.numbers - filling.filled.keys()
    if left is not None:
        for number in missing:
            spans[number] = _marked(spans[number], left)
    meta = _meta(article, asked.of_meta, spans, format)
    localized = replace(article, spans=tuple(spans), meta=meta)
    language = catalog.fields().get("Language") if filling.filled else ""
    if language:
        localized = format.declare(localized, bcp47_locale(language))
    return Localized(
        localized,
        tuple(filling.refused.values()),
        _roles_left(article, missing),
        bool(filling.filled),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of every catalog for one article."""

    places: tuple[Place, ...]
    numbers: frozenset[int]
    """Of the spans with words."""

    of_meta: tuple[tuple[int, Segment], ...]
    """The segments that are values of the article, too."""

    is_settled: bool
    """Whether its front matter stays what it is, whatever the words."""


@once
def _asked(article: Article, kind: Format) -> _Asked:
    takes_lines = getattr(kind, "takes_lines", _takes_none)
    wanted = translatable(article)
    return _Asked(
        tuple([(*each, takes_lines(each[1])) for each in wanted]),
        frozenset([number for number, _, _ in wanted]),
        tuple(
            [
                (number, span)
                for number, span in enumerate(article.spans)
                if isinstance(span, Segment) and span.role in _OF_META
            ]
        ),
        frontmatter.is_settled(compose(article)),
    )


def _takes_none(segment: Segment) -> bool:
    del segment
    return False


def _roles_left(article: Article, missing: Collection[int]) -> frozenset[str]:
    """Which values that lists and headers show are not translated."""
    if not missing:
        return frozenset()
    first: dict[str, int] = {}
    for number, span in enumerate(article.spans):
        if isinstance(span, Segment) and span.role in TRANSLATED:
            first.setdefault(span.role, number)
    return frozenset(role for role, number in first.items() if number in missing)


def _marked(span: Span, mark: Mark | None) -> Span:
    return replace(span, mark=mark) if isinstance(span, Segment) else span


def _meta(
    source: Article,
    segments: Iterable[tuple[int, Segment]],
    spans: Sequence[Span],
    kind: Format,
) -> Mapping[str, object]:
    """The values by key, with the translations of those that were replaced."""
    meta = dict(source.meta)
    fixed: set[str] = set()
    tags: list[str] = []
    for number, before in segments:
        after = cast("Segment", spans[number])
        is_head = frontmatter.owns(before)
        if is_head and before.role == "tag":
            tags.append(after.text)
        elif before.role in TRANSLATED and before.role not in fixed:
            # The head's value comes first, whether it was replaced or not.
            if is_head:
                fixed.add(before.role)
            if after.raw != before.raw:
                plain = after.text if is_head else kind.to_plain(after.text)
                meta[before.role] = plain
    if tags:
        meta["tags"] = tags
    return meta
