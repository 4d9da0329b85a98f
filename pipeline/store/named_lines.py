"""The lines of a text by the names that they begin with, found where they stand."""

from collections.abc import ItemsView, Iterable, Iterator, Mapping
from sys import intern
from typing import Final, TypeVar, cast

K = TypeVar("K")
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
            return self._with(there({**self._places, **later}))
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
            places = self._placed()
            self._places = there({**places, **self._later}) if self._later else places
            self._later = {}
            self._found.clear()
        return self._places

    def _placed(self) -> dict[K, int | str]:
        """Where each line of the text begins; by no calls for each, as `_named` is."""
        text, (start, end) = self._text, self._span
        further = range(1, self._columns)
        places: dict[K, int | str] = {}
        while start < end:
            tab = text.index(b"\t", start)
            for _ in further:
                tab = text.index(b"\t", tab + 1)
            name = text[start:tab].decode("utf-8", "surrogatepass")
            if further:
                key = cast("K", tuple([intern(each) for each in name.split("\t")]))
            else:
                key = cast("K", intern(name))
            places[key] = tab + 1
            start = text.find(b"\n", tab) + 1
        return places

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


def there(places: dict[K, T | None]) -> dict[K, T]:
    """Those that are not gone."""
    return {key: place for key, place in places.items() if place is not None}


class _Pairs(ItemsView[K, str]):
    _mapping: Lines[K]

    def __iter__(self) -> Iterator[tuple[K, str]]:
        return self._mapping.each()
