"""A zip whose bytes follow from what is in it alone: no clock, no rights, one order."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo, is_zipfile

from pipeline.store.files import make_folder, plain_causes

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say."""

_UNIX: Final = 3
_RIGHTS: Final = 0o100644 << 16


def is_archive(path: Path) -> bool:
    """Whether it is a file, and a zip."""
    # What is no file, such as a pipe, might never end.
    return path.is_file() and is_zipfile(path)


def write_archive(
    path: Path, entries: Iterable[tuple[str, bytes]], *, root: Path | None = None
) -> None:
    """
    Write a zip of these entries, in their order, in the place of what was there.

    Raises StoreError, and what `entries` raises: then what was there is as it was.
    """
    make_folder(path.parent, root=root)
    beside = path.parent / f".publish-{os.urandom(8).hex()}.tmp"
    with plain_causes("cannot be written", path, root):
        try:
            with ZipFile(beside, "x") as archive:
                for name, data in entries:
                    info = ZipInfo(name, _FIRST_DAY)
                    info.create_system = _UNIX
                    info.external_attr = _RIGHTS
                    info.compress_type = ZIP_DEFLATED
                    archive.writestr(info, data)
            beside.replace(path)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
