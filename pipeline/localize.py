"""Localization: an article with the accepted translations in their places."""

from collections.abc import (
    Callable,
    Collection,
    Hashable,
    Iterable,
    Mapping,
    Sequence,
)
from dataclasses import replace
from functools import lru_cache
from typing import Final, cast

from pipeline import frontmatter
from pipeline.cldr import bcp47_locale
from pipeline.errors import SourceError, UnfitError
from pipeline.formats import Format, compose, is_translatable
from pipeline.frontmatter import TRANSLATED
from pipeline.late import dataclass
from pipeline.model.article import Article, Mark, Segment, Span, new_segment
from pipeline.model.catalog import Catalog, Key, Message

_OF_META = frozenset({*TRANSLATED, "tag"})
"""The roles of segments that are values of an article, too."""

_FEW = 4
"""Articles of which is remembered what they ask for."""

_MOST_GUILTY = 20
"""Messages that are looked for one by one; a text with more is not worth the time."""


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
    accept: Callable[[Message], bool],
    mark: Callable[[Segment, Message | None], Mark | None] | None = None,
    left: Mark | None = None,
) -> Localized:
    """
    The article with every message that `accept` accepts in the place of its source.

    The result has the block structure of the source, or the translations that would
    change it are refused. Where `mark` is given it says what a draft shows around each
    segment of the body; where `left` is given it is put around each that stands in the
    source's words. Values of the front matter change with their segments, and a
    format that can says that it is in the language of the catalog now.
    """
    asked = _asked(article)
    messages = [
        (number, segment, catalog.find(msgid, msgctxt))
        for number, segment, (msgctxt, msgid) in asked.segments
    ]
    filling = _Filling(article, format, is_settled=asked.is_settled)
    for number, segment, message in messages:
        if message is not None and not message.obsolete and accept(message):
            filling.put(number, segment, message)
    filling.keep_shape()
    spans = filling.spans()
    if mark is not None:
        for number, source, message in messages:
            if not frontmatter.owns(source):
                spans[number] = _marked(spans[number], mark(source, message))
    missing = {number for number, _, _ in messages} - filling.numbers
    if left is not None:
        for number in missing:
            spans[number] = _marked(spans[number], left)
    meta = _meta(article, asked.of_meta, spans, format)
    localized = replace(article, spans=tuple(spans), meta=meta)
    language = catalog.fields().get("Language") if filling.is_filled else ""
    if language:
        localized = format.declare(localized, bcp47_locale(language))
    return Localized(
        localized,
        tuple(filling.refused.values()),
        _roles_left(article, missing),
        filling.is_filled,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of every catalog for one article."""

    article: Article
    segments: tuple[tuple[int, Segment, Key], ...]
    """Those with words, each with its place among the spans and the key of its
    message."""

    of_meta: tuple[tuple[int, Segment], ...]
    """Those that are values of the article, too."""

    is_settled: bool
    """Whether its front matter stays what it is, whatever the words."""


_known: Final[dict[int, _Asked]] = {}
"""Of the last articles, by identity: each is asked for in every locale."""


def _asked(article: Article) -> _Asked:
    known = _known.get(id(article))
    if known is not None and known.article is article:
        return known
    segments = [
        (number, span)
        for number, span in enumerate(article.spans)
        if isinstance(span, Segment)
    ]
    asked = _Asked(
        article,
        tuple(
            (number, segment, (segment.context, segment.text))
            for number, segment in segments
            if is_translatable(segment)
        ),
        tuple(each for each in segments if each[1].role in _OF_META),
        frontmatter.is_settled(compose(article)),
    )
    if len(_known) >= _FEW:
        _known.clear()
    _known[id(article)] = asked
    return asked


class _Filling:
    """The segments of one article that are replaced, and the messages refused."""

    def __init__(self, article: Article, kind: Format, *, is_settled: bool) -> None:
        self.article = article
        self.format = kind
        self.refused: dict[Key, tuple[Message, UnfitError]] = {}
        self._segments: dict[int, Segment] = {}
        self._numbers: dict[Key, list[int]] = {}
        self._messages: dict[Key, Message] = {}
        self._fits_surely: Callable[[Segment, str], bool] = getattr(
            kind, "fits_surely", _is_never_sure
        )
        self._is_sure = is_settled

    def put(self, number: int, segment: Segment, message: Message) -> None:
        """Fit a translation into a segment, or refuse it everywhere."""
        key = (message.msgctxt, message.msgid)
        if key in self.refused:
            return
        self._messages[key] = message
        raw = text = message.msgstrs[0]
        if not self._fits_surely(segment, text):
            try:
                raw = self.format.fit(segment, text)
            except UnfitError as error:
                self._refuse(key, error)
                return
            text = text.strip(" \t\r\n")
            if "\n" in text:
                text = " ".join(line.strip(" \t\r") for line in text.split("\n"))
            # A value of the front matter that is one line stays one, in quotes.
            is_head = frontmatter.owns(segment) and "\n" not in segment.raw
            self._is_sure = self._is_sure and is_head
        self._segments[number] = new_segment(
            raw,
            text,
            segment.line,
            segment.role,
            segment.place,
            segment.indent,
            segment.notes,
            segment.mark,
        )
        self._numbers.setdefault(key, []).append(number)

    @property
    def is_filled(self) -> bool:
        """Whether any segment is replaced."""
        return bool(self._numbers)

    @property
    def numbers(self) -> set[int]:
        """The places of the segments that are replaced."""
        return {number for each in self._numbers.values() for number in each}

    def spans(self) -> list[Span]:
        return self._filled(list(self._numbers))

    def keep_shape(self) -> None:
        """Refuse the messages that change the block structure."""
        if not self._numbers or self._is_sure:
            return
        kind = cast("Hashable", self.format)  # each is a frozen object
        shape = _shape(kind, compose(self.article))
        if self._keeps(shape, list(self._numbers)):
            return
        found: list[Key] = []
        self._find_guilty(shape, list(self._numbers), found)
        self._refuse_all(found)
        # What no message does alone, some may do together.
        if not self._keeps(shape, list(self._numbers)):
            self._refuse_all(list(self._numbers))

    def _find_guilty(
        self,
        shape: tuple[str, ...],
        keys: list[Key],
        found: list[Key],
    ) -> None:
        if not keys or len(found) > _MOST_GUILTY or self._keeps(shape, keys):
            return
        if len(keys) == 1:
            found += keys
            return
        middle = len(keys) // 2
        self._find_guilty(shape, keys[:middle], found)
        self._find_guilty(shape, keys[middle:], found)

    def _keeps(self, shape: tuple[str, ...], keys: list[Key]) -> bool:
        text = "".join(span.raw for span in self._filled(keys))
        try:
            return self.format.shape(text) == shape
        except SourceError:
            return False

    def _filled(self, keys: list[Key]) -> list[Span]:
        spans = list(self.article.spans)
        for key in keys:
            for number in self._numbers[key]:
                spans[number] = self._segments[number]
        return spans

    def _refuse_all(self, keys: list[Key]) -> None:
        for key in keys:
            self._refuse(
                key,
                UnfitError(
                    "the translation would change the structure of the text",
                    hint="write it like the source: one block, with the same markup",
                ),
            )

    def _refuse(self, key: Key, error: UnfitError) -> None:
        self.refused[key] = self._messages[key], error
        self._numbers.pop(key, None)


def _is_never_sure(segment: Segment, msgstr: str) -> bool:
    del segment, msgstr
    return False


@lru_cache(maxsize=4)
def _shape(kind: Format, text: str) -> tuple[str, ...]:
    """A source's shape is asked for in every locale."""
    return kind.shape(text)


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
