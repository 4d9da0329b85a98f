"""
Tables whose lines are read when somebody asks for them.

A build after a small edit asks for a few of thousands, and writes the others as they
are.
"""

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping
from io import BytesIO
from itertools import chain
from typing import Final, TypeVar, cast

K = TypeVar("K")
V = TypeVar("V")


_FEW: Final = 8
"""Lines that are looked for in a text before it is taken apart, which takes as long."""


class Lines(Mapping[K, str]):
    """The lines of a text by the names before them, found where they stand."""

    def __init__(
        self, text: bytes, start: int, end: int, *, columns: int, later: Mapping[K, str]
    ) -> None:
        """
        What stands in a text from `start`, where a line begins, to `end`, where one
        has ended. A key is the text before the first tab, or a tuple of several
        `columns`. `later` are lines that stand elsewhere, and hold instead.
        """
        self._text = text
        self._span = start, end
        self._columns = columns
        self._later = later
        self._found: dict[K, str | None] = {}
        self._all: dict[K, str] | None = None

    def __getitem__(self, key: K) -> str:
        line = self._later.get(key)
        if line is None:
            line = self._before(key)
        if line is None:
            raise KeyError(key)
        return line

    def __iter__(self) -> Iterator[K]:
        return iter(self._apart())

    def __len__(self) -> int:
        return len(self._apart())

    def items(self) -> ItemsView[K, str]:
        """Every line, without looking for each."""
        return self._apart().items()

    def but(self, later: Mapping[K, str]) -> "Lines[K]":
        """The same with some lines that are others now."""
        start, end = self._span
        later = {**self._later, **later}
        if self._all is not None:
            later = {**self._all, **later}
        return Lines(self._text, start, end, columns=self._columns, later=later)

    def with_text(self, text: str) -> Iterator[K]:
        """The keys of lines in which a text stands."""
        if self._all is not None:
            yield from (key for key, line in self._all.items() if text in line)
            return
        # Whoever goes on asks for lines meanwhile, so that all may be taken apart.
        whole, later, (start, end) = self._text, self._later, self._span
        sought = text.encode("utf-8", "surrogatepass")
        while (place := whole.find(sought, start, end)) >= 0:
            first = whole.rfind(b"\n", 0, place) + 1
            start = whole.find(b"\n", place, end) + 1
            key, line = self._cut(whole[first : start - 1])
            if key not in later and text in line:
                yield key
        yield from (key for key, line in later.items() if text in line)

    def _before(self, key: K) -> str | None:
        if self._all is not None:
            return self._all.get(key)
        if key in self._found:
            return self._found[key]
        if len(self._found) == _FEW:
            return self._apart().get(key)
        found = self._found[key] = self._sought(key)
        return found

    def _sought(self, key: K) -> str | None:
        name = "\t".join(key) if isinstance(key, tuple) else str(key)
        start, end = self._span
        sought = f"\n{name}\t".encode("utf-8", "surrogatepass")
        if not self._text.startswith(sought[1:], start, end):
            start = self._text.find(sought, start, end) + 1
            if not start:
                return None
        line = self._text[start : self._text.find(b"\n", start, end)]
        return self._cut(line)[1]

    def _apart(self) -> dict[K, str]:
        if self._all is None:
            start, end = self._span
            stream = BytesIO(self._text)
            stream.seek(start)
            lines: dict[K, str] = {}
            while stream.tell() < end:
                key, line = self._cut(stream.readline()[:-1])
                lines[key] = line
            self._all = {**lines, **self._later}
            self._text, self._span, self._later = b"", (0, 0), {}
            self._found.clear()
        return self._all

    def _cut(self, line: bytes) -> tuple[K, str]:
        *names, text = line.decode("utf-8", "surrogatepass").split("\t", self._columns)
        key = names[0] if self._columns == 1 else tuple(names)
        return cast("K", key), text


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
        old = self._lines
        new = old.but(lines) if isinstance(old, Lines) else {**old, **lines}
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
