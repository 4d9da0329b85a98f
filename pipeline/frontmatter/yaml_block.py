"""YAML front matter, by libyaml's nodes, whose marks say where each value stands."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NoReturn

from pipeline.errors import SourceError
from pipeline.frontmatter.keys import MAX_DEPTH, TRANSLATED, Block, Value
from pipeline.frontmatter.plain_yaml import read_plain
from pipeline.late import regex

if TYPE_CHECKING:
    import yaml

_FIRST: Final = 2
"""The line of the file that the first line between the fences is."""

_TEXT_TAG: Final = "tag:yaml.org,2002:str"
_OPENERS: Final = "[{-?:"
_UNREAD: Final = (ValueError, OverflowError, LookupError, AttributeError)
"""What the constructors of dates and numbers let through of Python's own errors."""

_UNPRINTABLE: Final = regex(
    '["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]',
)


def read(block: str, *, path: str) -> Block:
    """The keys of a YAML mapping. Raises SourceError with path and line."""
    return read_plain(block) or _read(block, path)


def _read(block: str, path: str) -> Block:
    import yaml

    _refuse_tricks(block, path)
    loader = yaml.CSafeLoader(block)
    try:
        node = loader.get_single_node()
        lines = _lines(node, path)
        data = {
            name.value: _constructed(loader, name.value, value, path)
            for name, value in (node.value if node else ())
        }
    except yaml.YAMLError as error:
        _refuse(error, path)
    finally:
        loader.dispose()
    return Block(data, tuple(_values(block, node, path)), lines)


def quoted(text: str) -> str:
    """A double-quoted scalar that YAML reads as exactly this text."""
    return f'"{_UNPRINTABLE.sub(_escaped, text)}"'


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    return f"\\{char}" if char in '"\\' else f"\\u{ord(char):04x}"


def _refuse_tricks(block: str, path: str) -> None:
    import yaml

    # Composing recurses in C, without a guard; parsing into events does not.
    if "*" not in block and sum(map(block.count, _OPENERS)) <= MAX_DEPTH:
        return
    depth = 0
    try:
        for event in yaml.parse(block, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH or isinstance(event, yaml.AliasEvent):
                raise SourceError(
                    "the front matter uses an alias"
                    if isinstance(event, yaml.AliasEvent)
                    else f"the front matter is nested over {MAX_DEPTH} levels deep",
                    path=path,
                    line=_FIRST + _line(event),
                    hint="write the text itself",
                )
    except yaml.YAMLError as error:
        _refuse(error, path)


def _line(event: "yaml.Event") -> int:
    return event.start_mark.line if event.start_mark else 0


def _refuse(error: "yaml.YAMLError", path: str) -> NoReturn:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None)
    raise SourceError(
        f"the front matter is not YAML: {problem or error}",
        path=path,
        line=_FIRST + (mark.line if mark else 0),
        hint="put a value that holds `: ` or begins with a special character in quotes",
    ) from None


def _constructed(
    loader: "yaml.CSafeLoader", key: str, node: "yaml.Node", path: str
) -> object:
    """What a value is; most are texts, which need no constructor."""
    if node.tag == _TEXT_TAG:
        return node.value
    try:
        return loader.construct_document(node)
    except _UNREAD as error:
        cause = str(error) if isinstance(error, ValueError) else "it is no such value"
        raise SourceError(
            f"`{key}` has a value that cannot be read: {cause}",
            path=path,
            line=_FIRST + _unread(node).start_mark.line,
            hint="write a date as 2026-03-31, and put a text in quotes",
        ) from None


def _unread(node: "yaml.Node") -> "yaml.Node":
    """The value within a value that cannot be read, or itself."""
    for part in node.value if isinstance(node.value, list) else ():
        for each in part if isinstance(part, tuple) else (part,):
            if not _is_read(each):
                return _unread(each)
    return node


def _is_read(node: "yaml.Node") -> bool:
    import yaml

    try:
        # The loader itself would take what it failed at for a part of itself.
        yaml.constructor.SafeConstructor().construct_document(node)
    except _UNREAD:
        return False
    except yaml.YAMLError:
        pass  # Something else is wrong with it.
    return True


def _lines(node: "yaml.Node | None", path: str) -> dict[str, int]:
    """Where each key stands; raises SourceError for what is not plain keys."""
    import yaml

    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise SourceError(
            "the front matter is not a list of `key: value` lines",
            path=path,
            line=_FIRST + node.start_mark.line,
        )
    lines: dict[str, int] = {}
    for name, _ in node.value:
        line = _FIRST + name.start_mark.line
        if name.tag != _TEXT_TAG:
            raise SourceError(
                f"the front matter's key `{name.value}` is not a text",
                path=path,
                line=line,
                hint="put it in quotes",
            )
        if name.value in lines:
            raise SourceError(
                f"`{name.value}` is given twice, on line {lines[name.value]} too",
                path=path,
                line=line,
            )
        lines[name.value] = line
    return lines


def _values(block: str, node: "yaml.Node | None", path: str) -> Iterator[Value]:
    import yaml

    for name, value in node.value if node else ():
        if name.value in TRANSLATED:
            yield from _value(block, name.value, value, path)
        elif name.value == "tags" and isinstance(value, yaml.SequenceNode):
            for item in value.value:
                yield from _value(block, "tag", item, path)


def _value(block: str, role: str, node: "yaml.Node", path: str) -> Iterator[Value]:
    if node.tag != _TEXT_TAG or not node.value.strip():
        return
    start = node.start_mark.index
    line = _FIRST + node.start_mark.line
    # A block scalar's mark is behind its last line break, which stays.
    raw = block[start : node.end_mark.index].rstrip()
    if raw.startswith(("&", "!")):
        raise SourceError(
            f"the {role} has an anchor or a tag, which a translation would lose",
            path=path,
            line=line,
            hint="write the text itself",
        )
    yield Value(role, node.value, start, start + len(raw), line)
