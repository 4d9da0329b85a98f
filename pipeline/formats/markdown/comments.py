"""
Comments in blocks of code, for those that an author asks to have translated.

A comment is a line of its own, or stands at the end of a line whose quotes are in
pairs before it. Lines of comment below one another are one text. What sign begins a
comment is known by the language of the fence.
"""

from collections.abc import Iterator
from typing import Final

from pipeline.errors import UnfitError
from pipeline.late import dataclass, regex

_LANGUAGES: Final = {
    "#": "bash console coffee conf dockerfile elixir fish hcl ini julia make makefile "
    "nginx nix perl php powershell ps1 py py3 python python3 r rb ruby sh shell tcl "
    "terraform tf toml yaml yml zsh",
    "//": "c c# c++ cc cpp cs csharp dart go golang groovy java javascript js json5 "
    "jsonc jsx kotlin kt objc php proto rs rust sass scala scss swift ts tsx "
    "typescript zig",
    "--": "ada haskell hs lua plsql postgresql sql",
    ";": "asm clj clojure el ini lisp scheme",
    "%": "erlang latex matlab tex",
}
_SIGNS: Final = {
    language: tuple(
        sign for sign, names in _LANGUAGES.items() if language in names.split()
    )
    for names in _LANGUAGES.values()
    for language in names.split()
}
_LANGUAGE: Final = regex(r"[\s,{]*(?:\.?([\w+#-]+))?")
_QUOTES: Final = "\"'`"
_MOST_TRIES: Final = 20
"""Signs in a line that are looked at."""


@dataclass(frozen=True, slots=True)
class Comment:
    """The words of a comment: from a place in one line to one in this or another."""

    line: int
    start: int
    last: int
    end: int
    text: str


def find(info: str, lines: list[str]) -> Iterator[Comment]:
    """The comments in the lines of a block whose fence says `info`."""
    language = _LANGUAGE.match(info)
    signs = _SIGNS.get((language[1] or "").lower() if language else "", ())
    group: list[Comment] = []
    for number, line in enumerate(lines):
        found = _comment(line, number, signs)
        if group and not (found and _continues(lines, group[-1], found)):
            yield _joined(group)
            group = []
        if found:
            group.append(found)
    if group:
        yield _joined(group)


def fit(text: str) -> str:
    """A translation, on one line, as a comment's words."""
    if text.endswith("\\"):
        raise UnfitError(
            "the translation ends with a backslash, which would go on to the next line",
        )
    return text


def _joined(group: list[Comment]) -> Comment:
    first, last = group[0], group[-1]
    text = " ".join(comment.text for comment in group)
    return Comment(first.line, first.start, last.line, last.end, text)


def _comment(line: str, number: int, signs: tuple[str, ...]) -> Comment | None:
    for sign in signs:
        start = _sign(line, sign)
        if start < 0:
            continue
        begin = start + len(line[start:]) - len(line[start:].lstrip(f"{sign[0]}! \t"))
        end = len(line.rstrip())
        if begin < end and not line.startswith("#!"):
            return Comment(number, begin, number, end, line[begin:end])
    return None


def _sign(line: str, sign: str) -> int:
    """Where a comment begins in a line; -1 where none does."""
    start = -1
    for _ in range(_MOST_TRIES):
        start = line.find(sign, start + 1)
        if start < 0:
            break
        before = line[:start]
        after = line[start + len(sign) :].lstrip(sign[0] + "!")
        is_apart = not before or before[-1] in " \t"
        if is_apart and after[:1] in {"", " ", "\t"} and _is_closed(before):
            return start
    return -1


def _is_closed(code: str) -> bool:
    return all(code.count(quote) % 2 == 0 for quote in _QUOTES)


def _continues(lines: list[str], last: Comment, found: Comment) -> bool:
    """Whether a comment is a further line of the one above it."""
    above, below = lines[last.last], lines[found.line]
    return (
        found.line == last.last + 1
        and last.start == found.start
        and above[: last.start] == below[: found.start]
        and not any(map(str.isalnum, above[: last.start]))
    )
