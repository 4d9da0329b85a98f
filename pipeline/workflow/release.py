"""
`dist/release.json`: the set of files that belong together, and what must be pulled.

It is written last, so a build that was cut off is told from a whole one: a file that
differs from its digest, or is missing, or stands here no longer. It ends with a digest
of itself. Of each page and mail that is out it names the record of its sentences.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain
from typing import Final, NamedTuple

from pipeline.model.page import Output, State
from pipeline.model.site import Site

OWNED: Final = ("site", "mail", "release")
"""The folders of `dist/` in which a build owns every file."""


def digest(data: bytes | bytearray | memoryview) -> str:
    """How the release names the content of a file."""
    return blake2b(data, digest_size=16).hexdigest()


def record_path(locale: str, domain: str) -> str:
    """Where the record of an article in a locale lies, below `dist/`."""
    return f"release/{locale}/{domain}.json"


def release_document(
    site: Site,
    pages: Sequence[Output],
    mails: Sequence[Output],
    files: Mapping[str, str],
) -> bytearray:
    """
    The document, the same for the same set in whatever order it was built.

    `files` gives the digest of each by path; in the document paths are below `dist/`.
    """
    locales = {tag: n for n, tag in enumerate((site.source_locale, *site.locales))}

    def place(output: Output) -> tuple[str, int, str]:
        # A language that was dropped has only what must be pulled.
        place = locales.get(output.locale, len(locales))
        return output.article, place, output.locale

    pages, mails = sorted(pages, key=place), sorted(mails, key=place)
    document: dict[str, object] = {
        "title": site.title,
        "base_url": site.base_url,
        "pages": map(_entry, pages),
        "mails": map(_entry, mails),
        "recalled": (
            {"article": each.article, "locale": each.locale, "path": _below(each.path)}
            for each in chain(pages, mails)
            if each.state is State.RECALLED
        ),
        "files": _Pairs((_below(path), files[path]) for path in sorted(files)),
    }
    return written(document)


class _Pairs(NamedTuple):
    """A table, entry by entry."""

    each: Iterator[tuple[str, object]]


def written(document: Mapping[str, object]) -> bytearray:
    """
    A document as it is written: a line for each entry of its lists and tables.

    What is to be a list may be an iterator, and a table `_Pairs`: not all of it is in
    memory then.
    """
    text = bytearray()
    before = "{\n"
    for key, value in document.items():
        text += f"{before}{_json(key)}: ".encode()
        for piece in _pieces(value):
            text += piece.encode()
        before = ",\n"
    text += release_end(text)
    return text


class _Cut(NamedTuple):
    """A place in a document, and what stands there from now on."""

    start: int
    end: int
    name: str
    """What comes first of two in one place."""

    text: bytes


def release_again(
    data: bytes,
    digests: Mapping[str, str | None],
    outputs: Iterable[tuple[Output, Output]],
) -> bytearray | None:
    """
    The document of a set of which some files and outputs are others now.

    What is gone has no digest; each output stands after what it was. The same bytes as
    `release_document` gives; None where the document is not of these. It is never taken
    apart: that of a large site has many megabytes.
    """
    # No text has an end of line in it: it is two signs in JSON.
    marks = [data.find(f',\n"{key}": '.encode()) for key in _LISTED]
    if not is_whole(data) or marks != sorted(marks) or marks[0] < 0:
        return None
    first, _, middle, last = marks
    cuts = [_instead(data[first:middle], first, *pair) for pair in outputs]
    if None in cuts:
        return None
    listed = sorted(filter(None, cuts))
    text = bytearray()
    _cut(text, data, listed, (0, middle))
    text += _listed("recalled", _pulled(data, listed, (first, middle))).encode()
    start, end = data.index(b"{", last) + 1, data.rindex(_END) - len(_CLOSED)
    text += data[last:start]
    files = (_named(data, path, value, (start, end)) for path, value in digests.items())
    _cut(text, data, sorted(files), (start, end))
    if text.endswith(b","):
        del text[-1]
    text += _CLOSED
    text += release_end(text)
    return text


_LISTED: Final = ("pages", "mails", "recalled", "files")
_CLOSED: Final = b"\n }"


def _instead(part: bytes, start: int, old: Output, new: Output) -> _Cut | None:
    """An output in the place of another; None where that is not there, or twice."""
    line, now = (f"\n  {_json(_entry(each))}".encode() for each in (old, new))
    place = part.find(line)
    if place < 0 or part.find(line, place + 1) >= 0:
        return None
    return _Cut(start + place, start + place + len(line), "", now)


def _named(data: bytes, path: str, digest: str | None, span: tuple[int, int]) -> _Cut:
    """The line of a file in its place among others; none for one that is gone."""
    low, high = span
    place, name = (low, low), _below(path)
    while low < high:
        # The line in the middle of those that are left.
        start = data.rfind(b"\n", low, (low + high) // 2 + 1)
        end = data.find(b"\n", start + 1, high)
        end = high if end < 0 else end
        there = str(json.loads(data[start:end].rpartition(b': "')[0]))
        if there == name:
            place = start, end
            break
        low, high = (end, high) if there < name else (low, start)
        place = low, low
    line = f"\n  {_line(path, digest)}," if digest else ""
    return _Cut(*place, name, line.encode())


def _cut(
    text: bytearray, data: bytes, cuts: Iterable[_Cut], span: tuple[int, int]
) -> None:
    """Add to a text what stands in a span of a document but for some cuts."""
    view, (place, last) = memoryview(data), span
    for cut in cuts:
        text += view[place : cut.start]
        if cut.start == last and cut.text and text[-1:] not in b",{":
            text += b","  # It was the last line until now.
        text += cut.text
        place = cut.end
    text += view[place:last]


def _pulled(
    data: bytes, cuts: Iterable[_Cut], span: tuple[int, int]
) -> Iterator[object]:
    """The entries of what must be pulled."""
    lines = {cut.start: cut.text for cut in cuts}
    sought = f'"state": "{State.RECALLED}"'.encode()
    place, end = span
    while (place := data.find(sought, place, end)) >= 0:
        start, place = data.rfind(b"\n", 0, place), data.find(b"\n", place)
        lines.setdefault(start, data[start:place].rstrip(b","))
    for start in sorted(lines):
        values = json.loads(lines[start])
        if values["state"] == State.RECALLED:
            yield {key: values[key] for key in ("article", "locale", "path")}


def _listed(key: str, entries: Iterator[object]) -> str:
    """A list as it is written."""
    return f",\n{_json(key)}: " + "".join(_pieces(entries))


def _line(path: str, digest: str) -> str:
    return f"{_json(_below(path))}: {_json(digest)}"


def is_whole(data: bytes) -> bool:
    """Whether a release is, to the byte, as it was written."""
    end = data.rfind(_END)
    return end >= 0 and data[end:] == release_end(memoryview(data)[:end])


_END: Final = b',\n"digest": '


def release_end(text: bytes | bytearray | memoryview) -> bytes:
    """What a release ends with: a digest of all before it."""
    return _END + f'"{digest(text)}"\n}}\n'.encode()


def _pieces(value: object) -> Iterator[str]:
    """A line for each entry, so that a diff of two releases can be read."""
    if isinstance(value, list | Iterator):
        yield from _enclosed("[", map(_json, value), "]")
    elif isinstance(value, dict | _Pairs):
        pairs = value.each if isinstance(value, _Pairs) else value.items()
        entries = (f"{_json(k)}: {_json(each)}" for k, each in pairs)
        yield from _enclosed("{", entries, "}")
    else:
        yield _json(value)


def _enclosed(start: str, entries: Iterable[str], end: str) -> Iterator[str]:
    yield start
    before = ""
    for entry in entries:
        yield f"{before}\n  {entry}"
        before = ","
    yield f"\n {end}"


# Indented by the library it takes many times as long.
_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def _entry(output: Output) -> dict[str, object]:
    entry = output.as_json()
    del entry["changed"]
    entry["path"] = _below(output.path)
    if output.state in _OUT:
        entry["record"] = record_path(output.locale, output.article)
    return entry


_OUT: Final = frozenset({State.PUBLISHED, State.FALLBACK, State.PARTIAL})


def _below(path: str) -> str:
    return path.removeprefix("dist/")
