"""
Tables whose lines are read when somebody asks for them.

A build after a small edit asks for a few of thousands, and writes the others as they
are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeVar

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
        self._lines = lines or {}
        self._values = values or {}
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

    def but(self, changed: Mapping[K, V]) -> "Table[K, V]":
        """The table with some values that are others now."""
        lines = {key: line for key, line in self._lines.items() if key not in changed}
        return Table(self._parse, lines, {**self._values, **changed})

    def of(self, values: Mapping[K, V]) -> "Table[K, V]":
        """A table of these values, with the lines of those that it has."""
        same = {
            key: line
            for key, line in self._lines.items()
            if key in values and self.read(key) == values[key]
        }
        rest = {key: value for key, value in values.items() if key not in same}
        return Table(self._parse, same, rest)

    def among(self, keys: Iterable[K]) -> "Table[K, V]":
        """The table of these keys alone, which all have lines, in their order."""
        lines = {key: self._lines[key] for key in keys}
        parsed = {key: each for key, each in self._parsed.items() if key in lines}
        return Table(self._parse, lines, parsed=parsed)

    def with_lines(self, lines: Mapping[K, str]) -> "Table[K, V]":
        """The table with some lines that are others now."""
        parsed = {key: each for key, each in self._parsed.items() if key not in lines}
        values = {key: each for key, each in self._values.items() if key not in lines}
        return Table(self._parse, {**self._lines, **lines}, values, parsed)

    def each(self) -> Iterator[tuple[K, V]]:
        """Every key and value; what is read for this alone is not kept."""
        for key, line in self._lines.items():
            yield key, self._parsed.get(key) or self._parse(line)
        yield from self._values.items()

    def with_text(self, text: str) -> Iterator[K]:
        """The keys of lines in which a text stands, and of all that have no line."""
        yield from (key for key, line in self._lines.items() if text in line)
        yield from self._values

    def lines(self, compose: Callable[[V], str]) -> Iterator[tuple[K, str]]:
        """Every line; those of values are composed."""
        yield from self._lines.items()
        yield from ((key, compose(value)) for key, value in self._values.items())
