"""
How the lists of a site stand where a few articles came or went, told in short.

The order of a large site names each of its pages, and is the longest that there is to
say of a build after which hardly any of them stands elsewhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

Shelves: TypeAlias = Mapping[str, Mapping[str, Sequence[str]]]
"""The articles of a locale by section, in the order of its lists."""

Move: TypeAlias = tuple[str, str, Sequence[str], Sequence[tuple[int, str]]]
"""Of a locale and a section: who went, and who came, each to its place from then on."""


def moves_between(before: Shelves, now: Shelves) -> list[Move] | None:
    """What makes of some shelves others; None where that is not told by moves."""
    found: list[Move] = []
    for locale, sections in now.items():
        for section, shelf in sections.items():
            old = before.get(locale, {}).get(section, ())
            if old is shelf:
                continue
            there, here = set(old), set(shelf)
            gone = [domain for domain in old if domain not in here]
            come = [each for each in enumerate(shelf) if each[1] not in there]
            if gone or come:
                found.append((locale, section, gone, come))
    try:
        is_all = moved(before, found) == now
    except KeyError:  # A section that is new.
        return None
    return found if is_all else None


def moved(before: Shelves, moves: Iterable[Move]) -> Shelves:
    """The shelves after some moves. Raises KeyError where one has no shelf."""
    found = {locale: {**sections} for locale, sections in before.items()}
    for locale, section, gone, come in moves:
        leaving = frozenset(gone)
        shelf = [each for each in found[locale][section] if each not in leaving]
        for place, domain in come:
            shelf.insert(place, domain)
        found[locale][section] = shelf
    return found
