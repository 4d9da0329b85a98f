"""
`dist/release.json`: the set of files that belong together, and what must be pulled.

It is written last, so a build that was cut off is told from a whole one: a file that
differs from its digest, or is missing, or stands here no longer. It ends with a digest
of itself. Of each page and mail that is out it names the record of its sentences.
"""

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain
from typing import Final

from pipeline.late import regex
from pipeline.model.page import Output, State
from pipeline.model.site import Site

OWNED: Final = ("site", "mail", "release")
"""The folders of `dist/` in which a build owns every file."""


def digest(data: bytes | bytearray) -> str:
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
) -> bytes:
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
        "files": {_below(path): files[path] for path in sorted(files)},
    }
    return written(document)


def written(document: Mapping[str, object]) -> bytes:
    """
    A document as it is written: a line for each entry of its lists and tables.

    What is to be a list may be an iterator, and is not all in memory then.
    """
    text = bytearray()
    before = "{\n"
    for key, value in document.items():
        text += f"{before}{_json(key)}: ".encode()
        for piece in _pieces(value):
            text += piece.encode()
        before = ",\n"
    text += release_end(text)
    return bytes(text)


def release_again(
    data: bytes,
    digests: Mapping[str, tuple[str, str]],
    outputs: Iterable[tuple[Output, Output]],
) -> bytes | None:
    """
    The document with some digests and outputs that are others now, each after the old.

    The same bytes as `release_document` gives; None where the document is not of these.
    """
    if not is_whole(data):
        return None
    text = data.rpartition(_END)[0]
    lines = [
        *((_line(path, old), _line(path, new)) for path, (old, new) in digests.items()),
        *((_json(_entry(old)), _json(_entry(new))) for old, new in outputs),
    ]
    for old, new in lines:
        before, now = (f"\n  {each}".encode() for each in (old, new))
        if text.count(before) != 1:
            return None
        text = text.replace(before, now)
    return text + release_end(text)


def release_turned(
    data: bytes,
    digests: Mapping[str, str | None],
    outputs: Iterable[tuple[Output, Output]],
) -> bytes | None:
    """
    The document where files came and went as well; what is gone has no digest.

    The same bytes as `release_document` gives; None where the document is not of these.
    """
    if not is_whole(data):
        return None
    head, *texts = _LISTS.split(data.rpartition(_END)[0].decode())
    if len(texts) != len(_LISTED):
        return None
    pages, mails, _, files = map(_entries, texts)
    changed = {_json(_entry(old)): _json(_entry(new)) for old, new in outputs}
    if not changed.keys() <= {*pages, *mails}:
        return None
    pages, mails = ([changed.get(each, each) for each in e] for e in (pages, mails))
    for path, digest in digests.items():
        _put(files, path, digest)
    text = bytearray(head.encode())
    parts = (
        _enclosed("[", each, "]") for each in (pages, mails, _pulled(pages, mails))
    )
    for key, part in zip(_LISTED, (*parts, _enclosed("{", files, "}")), strict=True):
        text += f',\n"{key}": '.encode()
        text += "".join(part).encode()
    return bytes(text + release_end(text))


_LISTED: Final = ("pages", "mails", "recalled", "files")
_LISTS: Final = regex(f',\n"(?:{"|".join(_LISTED)})": ')


def _entries(text: str) -> list[str]:
    """The entries of a list or a table, as they are written."""
    inner = text[1:-1].removesuffix("\n ").removeprefix("\n  ")
    return inner.split(",\n  ") if inner else []


def _put(files: list[str], path: str, digest: str | None) -> None:
    """Name another digest of a file in its place, or nothing where it is gone."""

    def name(line: str) -> str:
        return str(json.loads(line.rpartition(': "')[0]))

    place = bisect_left(files, _below(path), key=name)
    is_there = place < len(files) and name(files[place]) == _below(path)
    files[place : place + is_there] = [_line(path, digest)] if digest else []


def _pulled(pages: Iterable[str], mails: Iterable[str]) -> Iterator[str]:
    """The entries of what must be pulled."""
    for entry in chain(pages, mails):
        if f'"state": "{State.RECALLED}"' in entry:
            values = json.loads(entry)
            if values["state"] == State.RECALLED:
                yield _json({key: values[key] for key in ("article", "locale", "path")})


def _line(path: str, digest: str) -> str:
    return f"{_json(_below(path))}: {_json(digest)}"


def is_whole(data: bytes) -> bool:
    """Whether a release is, to the byte, as it was written."""
    text, found, _ = data.rpartition(_END)
    return bool(found) and text + release_end(text) == data


_END: Final = b',\n"digest": '


def release_end(text: bytes | bytearray) -> bytes:
    """What a release ends with: a digest of all before it."""
    return _END + f'"{digest(text)}"\n}}\n'.encode()


def _pieces(value: object) -> Iterator[str]:
    """A line for each entry, so that a diff of two releases can be read."""
    if isinstance(value, list | Iterator):
        yield from _enclosed("[", map(_json, value), "]")
    elif isinstance(value, dict):
        entries = (f"{_json(k)}: {_json(each)}" for k, each in value.items())
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
