"""
Catalogs on the disk: `locales/<locale>/LC_MESSAGES/<domain>.po` and the templates.

A catalog is written only after its text was read back and found to say the same, and
never over a file that cannot be read or that somebody saved in the meantime.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Final

from pipeline.errors import CatalogError, PublishError, StoreError
from pipeline.late import dataclass
from pipeline.model.catalog import Catalog, Key, Message
from pipeline.po.compose import (
    as_written,
    compose,
    compose_entries,
    compose_entry,
    entry_as_written,
)
from pipeline.po.limits import MAX_BYTES
from pipeline.po.parse import BOM, Span, clean, cut, decode, parse
from pipeline.store.files import (
    read_bytes,
    replace_exactly,
    saved_meanwhile,
    shown,
)
from pipeline.store.journal import Journal, Version

_BETWEEN: Final = "\n\n"


def catalog_path(root: Path, locale_folder: str, domain: str) -> Path:
    """
    Where the catalog of a domain lies; `locale_folder` is gettext's form (`pt_BR`).

    Raises CatalogError where one of them would leave its folder.
    """
    folder = _inside(locale_folder)
    if len(folder.parts) != 1:
        raise _outside(locale_folder)
    return Path(root, "locales", folder, "LC_MESSAGES", f"{_inside(domain)}.po")


def template_path(root: Path, domain: str) -> Path:
    """Where the template of a domain lies. Raises CatalogError as `catalog_path`."""
    return root / "locales" / "_pot" / f"{_inside(domain)}.pot"


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if (
        str(path) != name
        or path.is_absolute()
        or {".", ".."} & {*path.parts}
        or not path.parts
        or any(character in name for character in "\0\n\r\\")
    ):
        raise _outside(name)
    return path


def _outside(name: str) -> CatalogError:
    return CatalogError(
        f"{name!r} is no name for a catalog",
        hint="a domain is an article's path below source/, without its suffix",
    )


def read_catalog(path: Path, *, root: Path) -> Catalog:
    """The catalog of a file. Raises CatalogError with its line, or StoreError."""
    name = shown(path, root)
    data = read_bytes(path, root=root, most=MAX_BYTES)
    return parse(decode(data, path=name), path=name)


def write_catalog(
    path: Path,
    catalog: Catalog,
    *,
    root: Path,
    base: Catalog | None = None,
    journal: Journal | None = None,
    unsynced: set[Path] | None = None,
) -> bool:
    """
    Make the file hold `catalog`; whether its bytes had to change.

    What it holds now and what it is about to hold goes into the journal first: into
    that of the command, or into one that is opened for this alone. `unsynced` is that
    of `replace_exactly`.

    A new file, and one that equals what `msgcat` writes, equals it afterwards; in any
    other the bytes of untouched entries stay, and so do a byte order mark and the line
    ends. `base` is what was read before: where the file does not hold it any more,
    BusyError is raised, for somebody saved. Raises CatalogError where the file cannot
    be read, or where the text would not be read back as it is meant, and StoreError.
    """
    name = shown(path, root)
    file = _existing(path, root, name)
    if base is not None and (file is None or file.catalog != base):
        raise saved_meanwhile(name)
    if file is not None and file.catalog == catalog:
        return False
    if file is None:
        text, meant = _new_text(catalog, name)
    elif compose(file.catalog) == file.text:
        text, meant = compose(catalog), as_written(catalog)
        _verify(text, meant, name)
    else:
        text, meant = file.with_entries_of(catalog), _as_spliced(file, catalog)
        _verify(text, meant, name)
    data = file.encoded(text) if file else text.encode()
    held = Version(file.data, file.catalog) if file else None
    if held is not None and held.data == data:
        return False
    _journal(journal, path, held, Version(data, meant), root=root)
    of = held.data if held else None
    replace_exactly(path, data, of=of, root=root, unsynced=unsynced)
    return True


def _journal(
    journal: Journal | None,
    path: Path,
    held: Version | None,
    meant: Version,
    *,
    root: Path,
) -> None:
    try:
        if journal is not None:
            journal.before_writing(path, held, meant)
        else:
            with Journal(root) as own:
                own.before_writing(path, held, meant)
    except StoreError as error:
        raise type(error)(
            f"is left as it was, for its words would not be safe: {error.path}: "
            f"{error.message}",
            path=shown(path, root),
            hint=error.hint,
        ) from error


def update_catalog(
    path: Path,
    change: Callable[[Catalog], Catalog],
    *,
    root: Path,
    journal: Journal | None = None,
) -> Catalog:
    """
    Read a catalog, change it, write it; what the file holds afterwards.

    Raises as `read_catalog` and `write_catalog` do.
    """
    base = read_catalog(path, root=root)
    changed = change(base)
    write_catalog(path, changed, root=root, base=base, journal=journal)
    return changed


@dataclass(frozen=True, slots=True)
class _File:
    """A catalog file as it is."""

    data: bytes
    text: str
    """Without byte order mark, with `\\n` as line end."""

    spans: tuple[Span, ...]
    has_bom: bool
    has_crlf: bool

    @property
    def catalog(self) -> Catalog:
        header, *messages = (span.message for span in self.spans)
        return Catalog(header, tuple(messages))

    def encoded(self, text: str) -> bytes:
        if self.has_crlf:
            text = text.replace("\n", "\r\n")
        return (BOM * self.has_bom + text).encode()

    def with_entries_of(self, catalog: Catalog) -> str:
        """The text with other entries: those that it holds already stay as they are."""
        raw = {span.message.key: span for span in self.spans}
        gaps = dict(self._gaps())
        entries: list[tuple[str, str]] = []
        for message in (catalog.header, *catalog.messages):
            span = raw.get(message.key)
            gap = gaps.get(message.key, _BETWEEN)
            if span and span.message == message:
                entries.append((self.text[span.start : span.end], gap))
            elif written := entry_as_written(message):
                entries.append((compose_entry(written), gap))
        last, _ = entries.pop()
        head = self.text[: self.spans[0].start]
        tail = self.text[self.spans[-1].end :]
        return head + "".join(body + gap for body, gap in entries) + last + tail

    def _gaps(self) -> Iterator[tuple[Key, str]]:
        """What stands between each entry and the next."""
        for one, other in pairwise(self.spans):
            yield one.message.key, self.text[one.end : other.start]


def _existing(path: Path, root: Path, name: str) -> _File | None:
    if not path.exists():
        return None
    data = read_bytes(path, root=root, most=MAX_BYTES)
    raw = decode(data, path=name)
    crlf = raw.count("\r\n")
    text = clean(raw)
    return _File(
        data,
        text,
        tuple(cut(text, path=name)),
        has_bom=data.startswith(BOM.encode()),
        has_crlf=crlf * 2 > text.count("\n"),
    )


def _as_spliced(file: _File, catalog: Catalog) -> Catalog:
    """What should be read from `with_entries_of`."""
    held = {span.message.key: span.message for span in file.spans}

    def meant(message: Message) -> Message | None:
        if held.get(message.key) == message:
            return message
        return entry_as_written(message)

    messages = (meant(message) for message in catalog.messages)
    return Catalog(
        meant(catalog.header) or catalog.header,
        tuple(message for message in messages if message),
    )


def _new_text(catalog: Catalog, name: str) -> tuple[str, Catalog]:
    """The text of a new file and what will be read from it, verified."""
    header = entry_as_written(catalog.header) or catalog.header
    has_plurals = any(message.msgid_plural is not None for message in catalog.messages)
    if not catalog.messages or has_plurals or "charset=UTF-8" not in header.msgstr:
        text, meant = compose(catalog), as_written(catalog)
        _verify(text, meant, name)
        return text, meant
    # Entries are read one by one, and without plurals the header says nothing of them:
    # what was verified below one header holds below any other.
    try:
        entries, messages = _entries(catalog.messages)
        return f"{_head(header)}\n{entries}", Catalog(header, messages)
    except CatalogError as error:
        raise CatalogError(error.message, path=name, hint=error.hint) from error


@lru_cache(maxsize=64)
def _head(header: Message) -> str:
    """A header, verified; that of all new catalogs of a locale. Raises CatalogError."""
    text = compose_entries([header])
    _verify(text, Catalog(header), "")
    return text


@lru_cache(maxsize=2)
def _entries(messages: tuple[Message, ...]) -> tuple[str, tuple[Message, ...]]:
    """
    The text of a new catalog's entries and what will be read from it, verified.

    Kept, because the template of a new article and its catalogs in all locales have
    the same ones. Raises CatalogError.
    """
    header = Message("", ("Content-Type: text/plain; charset=UTF-8\n",))
    meant = as_written(Catalog(header, messages))
    text = compose_entries(meant.messages)
    _verify(f"{_head(header)}\n{text}", meant, "")
    return text, meant.messages


def _verify(text: str, meant: Catalog, name: str) -> None:
    """Refuse a text that would not be read as it is meant."""
    try:
        read = parse(decode(text.encode(), path=name), path=name)
    except (PublishError, UnicodeEncodeError) as error:
        why = error.message if isinstance(error, PublishError) else str(error)
        raise _unwritable(name, why) from error
    if read == meant:
        return
    for one, other in zip(
        (meant.header, *meant.messages),
        (read.header, *read.messages),
        strict=False,
    ):
        if one != other:
            raise _unwritable(name, f"the entry {one.msgid[:40]!r} would change")
    raise _unwritable(name, "an entry would be lost")


def _unwritable(name: str, why: str) -> CatalogError:
    return CatalogError(
        f"cannot be written, because it would not be read back as it is meant: {why}",
        path=name,
        hint="nothing was changed; look for control characters in that text",
    )
