"""
Tables whose lines are read when somebody asks for them.

A build after a small edit asks for a few of thousands, and writes the others as they
are.
"""

from collections.abc import (
    Callable,
    ItemsView,
    Iterable,
    Iterator,
    Mapping,
)
from itertools import chain
from sys import intern
from typing import Final, TypeVar, cast

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")


_FEW: Final = 8
"""Lines that are looked for in a text before it is taken apart, which takes as long."""


class Lines(Mapping[K, str]):
    """
    The lines of a text by the names before them, found where they stand.

    However many are asked for, none is in memory besides the text.
    """

    def __init__(
        self,
        text: bytes,
        start: int,
        end: int,
        *,
        columns: int,
        later: Mapping[K, str | None],
    ) -> None:
        """
        What stands in a text from `start`, where a line begins, to `end`, where one
        has ended. A key is the text before the first tab, or a tuple of several
        `columns`. `later` are lines that stand elsewhere, and hold instead;
        what has none is gone.
        """
        self._text = text
        self._span = start, end
        self._columns = columns
        self._later = later
        self._found: dict[K, str | None] = {}
        self._places: dict[K, int | str] | None = None
        """Of every line: where it begins behind its name, or what it says if later."""

    def __getitem__(self, key: K) -> str:
        line = self._line(key)
        if line is None:
            raise KeyError(key)
        return line

    def __contains__(self, key: object) -> bool:
        if self._places is not None:
            return key in self._places
        return self._line(cast("K", key)) is not None

    def __iter__(self) -> Iterator[K]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def items(self) -> ItemsView[K, str]:
        """Every line, without looking for each."""
        return _Pairs(self)

    def each(self) -> Iterator[tuple[K, str]]:
        """Every name and line, one after the other."""
        for key, place in self._all().items():
            yield key, self._read(place)

    def but(self, later: Mapping[K, str | None]) -> "Lines[K]":
        """The same with some lines that are others now, or gone."""
        if self._places is not None:
            return self._with(_there({**self._places, **later}))
        start, end = self._span
        later = {**self._later, **later}
        return Lines(self._text, start, end, columns=self._columns, later=later)

    def among(self, keys: Iterable[K]) -> "Lines[K]":
        """These lines alone, in this order. Raises KeyError."""
        places = self._all()
        return self._with({key: places[key] for key in keys})

    def with_text(self, text: str) -> Iterator[K]:
        """The keys of lines in which a text stands."""
        sought = text.encode("utf-8", "surrogatepass")
        start, end = self._span
        while (place := self._text.find(sought, start, end)) >= 0:
            first = self._text.rfind(b"\n", 0, place) + 1
            start = self._text.find(b"\n", place, end) + 1
            key, begin = self._named(first)
            # It may stand in the name as well, or there alone.
            is_said = place >= begin or self._text.find(sought, begin, start - 1) >= 0
            if is_said and self._holds(key, begin):
                yield key
        later = self._later if self._places is None else self._places
        for key, line in later.items():
            if isinstance(line, str) and text in line:
                yield key

    def _holds(self, key: K, begin: int) -> bool:
        """Whether a line of the text is one of these, and no later one holds."""
        if self._places is None:
            return key not in self._later
        return self._places.get(key) == begin

    def _with(self, places: dict[K, int | str]) -> "Lines[K]":
        made: Lines[K] = Lines(self._text, *self._span, columns=self._columns, later={})
        made._places = places
        return made

    def _line(self, key: K) -> str | None:
        if self._places is not None:
            place = self._places.get(key)
            return None if place is None else self._read(place)
        if key in self._later:
            return self._later[key]
        if key not in self._found:
            if len(self._found) == _FEW:
                self._all()
                return self._line(key)
            self._found[key] = self._sought(key)
        return self._found[key]

    def _sought(self, key: K) -> str | None:
        name = "\t".join(key) if isinstance(key, tuple) else str(key)
        start, end = self._span
        sought = f"\n{name}\t".encode("utf-8", "surrogatepass")
        if not self._text.startswith(sought[1:], start, end):
            start = self._text.find(sought, start, end) + 1
            if not start:
                return None
        return self._read(start + len(sought) - 1)

    def _read(self, place: int | str) -> str:
        if isinstance(place, str):
            return place
        line = self._text[place : self._text.find(b"\n", place)]
        return line.decode("utf-8", "surrogatepass")

    def _all(self) -> dict[K, int | str]:
        if self._places is None:
            start, end = self._span
            places: dict[K, int | str] = {}
            while start < end:
                key, place = self._named(start)
                places[key] = place
                start = self._text.find(b"\n", place) + 1
            self._places = _there({**places, **self._later})
            self._later = {}
            self._found.clear()
        return self._places

    def _named(self, start: int) -> tuple[K, int]:
        """The key of a line, and where what it says begins."""
        end = start - 1
        for _ in range(self._columns):
            end = self._text.index(b"\t", end + 1)
        name = self._text[start:end].decode("utf-8", "surrogatepass")
        # Others have the same names, and other columns.
        if self._columns == 1:
            return cast("K", intern(name)), end + 1
        return cast("K", tuple(map(intern, name.split("\t")))), end + 1


def _there(places: dict[K, T | None]) -> dict[K, T]:
    """Those that are not gone."""
    return {key: place for key, place in places.items() if place is not None}


class _Pairs(ItemsView[K, str]):
    _mapping: Lines[K]

    def __iter__(self) -> Iterator[tuple[K, str]]:
        return self._mapping.each()


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
        new = old.but(lines) if isinstance(old, Lines) else _there({**old, **lines})
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
