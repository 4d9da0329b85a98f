"""Filling: translations in the places of an article's segments, or refused."""

from collections.abc import (
    Callable,
    Collection,
    Container,
    Hashable,
    Iterable,
    Sequence,
)
from functools import lru_cache
from typing import Final, TypeAlias, cast

from pipeline import frontmatter
from pipeline.errors import SourceError, UnfitError
from pipeline.formats import Format, compose
from pipeline.model.article import Article, Segment, Span, new_segment
from pipeline.model.catalog import Key, Message

_MOST_GUILTY: Final = 20
"""Messages that are looked for one by one; a text with more is not worth the time."""


Place: TypeAlias = tuple[int, Segment, Key, bool]
"""Where a translation goes: the number of the span, the segment, the key of its
message, and whether the format `takes_lines` there. There are too many for a class."""


class Filling:
    """The segments of one article that are replaced, and the messages refused."""

    def __init__(self, article: Article, kind: Format, *, is_settled: bool) -> None:
        self.article = article
        self.format = kind
        self.refused: dict[Key, tuple[Message, UnfitError]] = {}
        self.spans: list[Span] = list(article.spans)
        """All, with those that are replaced."""

        self.filled: dict[int, Message] = {}
        """What stands in those, by their numbers."""

        self._is_sure = is_settled

    def put(self, places: Sequence[tuple[Place, Message]]) -> None:
        """Fit translations into their places, or refuse them everywhere."""
        sure = self._sure_lines(message.msgstrs[0] for _, message in places)
        for (number, segment, key, takes_lines), message in places:
            if self.refused and key in self.refused:
                continue
            raw = text = message.msgstrs[0]
            if not (takes_lines and text in sure):
                try:
                    raw = self.format.fit(segment, text)
                except UnfitError as error:
                    self._refuse(key, message, error)
                    continue
                text = _on_one_line(text)
                # A value of the front matter that is one line stays one, in quotes.
                is_head = frontmatter.owns(segment) and "\n" not in segment.raw
                self._is_sure = self._is_sure and is_head
            self.filled[number] = message
            self.spans[number] = new_segment(
                raw,
                text,
                segment.line,
                segment.role,
                segment.place,
                segment.indent,
                segment.notes,
                segment.mark,
            )

    def _sure_lines(self, texts: Iterable[str]) -> Container[str]:
        find: Callable[[Iterable[str]], Container[str]] | None = getattr(
            self.format, "sure_lines", None
        )
        return find(texts) if find else ()

    def keep_shape(self) -> None:
        """Refuse the messages that change the block structure."""
        if not self.filled or self._is_sure:
            return
        kind = cast("Hashable", self.format)  # each is a frozen object
        shape = _shape(kind, compose(self.article))
        messages = {message.key: message for message in self.filled.values()}
        if self._keeps(shape, messages):
            return
        found: list[Key] = []
        self._find_guilty(shape, list(messages), found)
        for key in found:
            self._refuse(key, messages.pop(key), _of_structure())
        # What no message does alone, some may do together.
        if not self._keeps(shape, messages):
            for key, message in messages.items():
                self._refuse(key, message, _of_structure())

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

    def _keeps(self, shape: tuple[str, ...], keys: Collection[Key]) -> bool:
        """Whether the text has this shape with these messages and no others."""
        spans, shown = list(self.article.spans), set(keys)
        for number, message in self.filled.items():
            if message.key in shown:
                spans[number] = self.spans[number]
        try:
            return self.format.shape("".join(span.raw for span in spans)) == shape
        except SourceError:
            return False

    def _refuse(self, key: Key, message: Message, error: UnfitError) -> None:
        self.refused[key] = message, error
        for number in [n for n, each in self.filled.items() if each.key == key]:
            del self.filled[number]
            self.spans[number] = self.article.spans[number]


def _on_one_line(msgstr: str) -> str:
    """A translation as the segment's text: its line breaks as blanks."""
    text = msgstr.strip(" \t\r\n")
    if "\n" in text:
        text = " ".join(line.strip(" \t\r") for line in text.split("\n"))
    return text


def _of_structure() -> UnfitError:
    return UnfitError(
        "the translation would change the structure of the text",
        hint="write it like the source: one block, with the same markup",
    )


@lru_cache(maxsize=4)
def _shape(kind: Format, text: str) -> tuple[str, ...]:
    """A source's shape is asked for in every locale."""
    return kind.shape(text)
