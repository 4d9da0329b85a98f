"""
TOML front matter, by tomllib, which says no positions.

A translatable value is found where its key begins a line before the first table:
`key = "text"`, and `tags = [...]` of such texts on one line. That each was found where
it stands is proven by reading the lines again with other texts in their places.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Final

from pipeline.errors import SourceError
from pipeline.frontmatter.keys import MAX_DEPTH, TRANSLATED, Block, Value
from pipeline.late import regex

_FIRST: Final = 2
"""The line of the file that the first line between the fences is."""

_KEY: Final = regex(r"""[ \t]*["']?([\w-]+)["']?[ \t]*=[ \t]*""")
_STRING: Final = regex(r""""(?!"")(?:[^"\\\n]|\\.)*"|'(?!'')[^'\n]*'""")
_LINE: Final = regex(r" *\(at (?:line (\d+), column \d+|end of document)\)")
_UNPRINTABLE: Final = regex('["\\\\\x00-\x1f\x7f]')


def read(block: str, *, path: str) -> Block:
    """The keys of a TOML document. Raises SourceError with path and line."""
    if block.count("[") + block.count("{") > MAX_DEPTH:
        raise SourceError("the front matter has too many brackets", path=path, line=1)
    try:
        data = tomllib.loads(block)
    except (tomllib.TOMLDecodeError, ValueError) as error:
        found = _LINE.search(str(error))
        raise SourceError(
            f"the front matter is not TOML: {_LINE.sub('', str(error))}",
            path=path,
            line=_FIRST - 1 + int(found[1]) if found and found[1] else _FIRST,
        ) from None
    lines: dict[str, int] = {}
    values = tuple(_values(block, lines))
    _prove(block, data, values, path)
    return Block(data, values, lines)


def quoted(text: str) -> str:
    """A basic string that TOML reads as exactly this text."""
    return f'"{_UNPRINTABLE.sub(_escaped, text)}"'


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    return f"\\{char}" if char in '"\\' else f"\\u{ord(char):04x}"


def _values(block: str, lines: dict[str, int]) -> Iterator[Value]:
    start = 0
    for number, text in enumerate(block.split("\n"), _FIRST):
        if text.lstrip().startswith("["):
            return
        key = _KEY.match(text)
        if key is not None and key[1] not in lines:
            lines[key[1]] = number
            yield from _line_values(key, text, start, number)
        start += len(text) + 1


def _line_values(
    key: re.Match[str],
    text: str,
    start: int,
    number: int,
) -> Iterator[Value]:
    if key[1] in TRANSLATED:
        role, strings = key[1], [_STRING.match(text, key.end())]
    elif key[1] == "tags":
        role, strings = "tag", list(_STRING.finditer(text, key.end()))
    else:
        return
    for string in filter(None, strings):
        value = tomllib.loads(f"x = {string[0]}")["x"]
        if value.strip():
            yield Value(
                role,
                value,
                start + string.start(),
                start + string.end(),
                number,
            )


def _prove(
    block: str,
    data: dict[str, object],
    values: tuple[Value, ...],
    path: str,
) -> None:
    """Raise SourceError unless the values are the keys' texts, and nothing else is."""
    parts: list[str] = []
    end = 0
    for number, place in enumerate(values):
        parts += [block[end : place.start], quoted(f"text {number}")]
        end = place.end
    again = tomllib.loads("".join([*parts, block[end:]]))
    names = iter(f"text {number}" for number in range(len(values)))
    for key, value in data.items():
        if key not in TRANSLATED and key != "tags":
            continue
        if again[key] != _renamed(value, names):
            raise SourceError(
                f"`{key}` is written in a way that cannot be translated",
                path=path,
                hint='write it on one line: key = "text", or tags = ["one", "two"]',
            )


def _renamed(value: object, names: Iterator[str]) -> object:
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    return next(names, None) if isinstance(value, str) and value.strip() else value
