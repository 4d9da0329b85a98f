"""
Tables whose lines are read when somebody asks for them.

A build after a small edit asks for a few of thousands, and writes the others as they
are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeVar

from pipeline.store.named_lines import Lines, there

K = TypeVar("K")
V = TypeVar("V")


class Table(Mapping[K, V]):
    """Values by key, each kept as one line of text until it is asked for."""

    def __init__(
        self,
        parse: Callable[[str], V],
        lines: Mapping[K, str] | None = None,
        values: Mapping[K, V] | None = None,
        parsed: Mapping[K, V] | None = None,
    ) -> None:
        """
        No key may have a line as well as a value; `parsed` are values of lines that
        were read already.
        """
        self._parse = parse
        self._lines = {} if lines is None else lines
        self._values = {} if values is None else values
        self._parsed: dict[K, V] = dict(parsed or {})
        """Of the lines."""

    def __getitem__(self, key: K) -> V:
        found = self._parsed.get(key) or self._values.get(key)
        if found is None:
            found = self._parsed[key] = self._parse(self._lines[key])
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._lines or key in self._values

    def __iter__(self) -> Iterator[K]:
        return chain(self._lines, self._values)

    def __len__(self) -> int:
        return len(self._lines) + len(self._values)

    def read(self, key: K) -> V | None:
        """What a key has, if it is there; what is read for this alone is not kept."""
        found = self._parsed.get(key) or self._values.get(key)
        if found is None and key in self._lines:
            found = self._parse(self._lines[key])
        return found

    def line(self, key: K) -> str | None:
        """The line of a key; None where it has a value, or is not there."""
        return self._lines.get(key)

    def but(self, changed: Mapping[K, V]) -> "Table[K, V]":
        """The table with some values that are others now."""
        same = (key for key in self._lines if key not in changed)
        lines = _some(self._lines, same)
        return Table(self._parse, lines, {**self._values, **changed})

    def of(self, values: Mapping[K, V]) -> "Table[K, V]":
        """A table of these values, with the lines of those that it has."""
        same = {
            key: None
            for key in self._lines
            if key in values and self.read(key) == values[key]
        }
        rest = {key: value for key, value in values.items() if key not in same}
        return Table(self._parse, _some(self._lines, same), rest)

    def among(self, keys: Iterable[K]) -> "Table[K, V]":
        """The table of these keys alone, which all have lines, in their order."""
        lines = _some(self._lines, keys)
        parsed = {key: each for key, each in self._parsed.items() if key in lines}
        return Table(self._parse, lines, parsed=parsed)

    def apart(self, keys: Iterable[K]) -> "Table[K, V]":
        """As `among`, without the text in which the lines stand."""
        return Table(self._parse, {key: self._lines[key] for key in keys})

    def with_lines(self, lines: Mapping[K, str | None]) -> "Table[K, V]":
        """The table with some lines that are others now, or gone."""
        parsed = {key: each for key, each in self._parsed.items() if key not in lines}
        values = {key: each for key, each in self._values.items() if key not in lines}
        old = self._lines
        new = old.but(lines) if isinstance(old, Lines) else there({**old, **lines})
        return Table(self._parse, new, values, parsed)

    def each(self) -> Iterator[tuple[K, V]]:
        """Every key and value; what is read for this alone is not kept."""
        for key, line in self._lines.items():
            yield key, self._parsed.get(key) or self._parse(line)
        yield from self._values.items()

    def with_text(self, text: str) -> Iterator[K]:
        """The keys of lines in which a text stands, and of all that have no line."""
        if isinstance(self._lines, Lines):
            yield from self._lines.with_text(text)
        else:
            yield from (key for key, line in self._lines.items() if text in line)
        yield from self._values

    def lines(self, compose: Callable[[V], str]) -> Iterator[tuple[K, str]]:
        """Every line; those of values are composed."""
        yield from self._lines.items()
        yield from ((key, compose(value)) for key, value in self._values.items())


def _some(lines: Mapping[K, str], keys: Iterable[K]) -> Mapping[K, str]:
    """Of some lines those of these keys, in their order. Raises KeyError."""
    if isinstance(lines, Lines):
        return lines.among(keys)
    return {key: lines[key] for key in keys}
