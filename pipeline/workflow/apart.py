"""Where what a command brings elsewhere may not go: the folders of the site itself."""

import os
from pathlib import Path
from typing import Final

from pipeline.errors import UsageError
from pipeline.model.site import Site
from pipeline.store.archive import is_archive
from pipeline.store.config import FILE
from pipeline.workflow.release import OWNED
from pipeline.workflow.released import NAME

_FILLED: Final = (".publish", "locales", "memory", "source", "templates")
"""What people, and the program for itself, have in the site."""

_BUILT: Final = tuple(f"dist/{name}" for name in (*OWNED, "draft", NAME))
"""What builds make. There is room for more beside it."""


_CONFIGS: Final = (FILE, "pyproject.toml")
"""Where a site may have its configuration: there must not come to be a second one."""


def require_apart(site: Site, folder: Path, *, hint: str) -> None:
    """Raise UsageError for a folder of the site, for its root, and for one above it."""
    root, place = _real(site.root), _real(folder)
    if _is_in(root, place, (*_FILLED, "dist")) or root.is_relative_to(place):
        raise _needed("folder", folder, hint)


def require_beside(site: Site, folder: Path, *, hint: str) -> None:
    """
    Raise UsageError for a folder that people or builds fill, and for `dist/` itself.

    One of its own in `dist/` may be filled, and so may the site's root and what is
    above it: a site often lies within that of another generator.
    """
    root, place = _real(site.root), _real(folder)
    if _is_in(root, place, (*_FILLED, *_BUILT)) or place == _real(root / "dist"):
        raise _needed("folder", folder, hint)


def require_free(site: Site, archive: Path, *, hint: str) -> None:
    """
    Raise UsageError for a zip in the place of something else.

    That is a file of the site, one in its folders, and any other that is no zip.
    """
    root = _real(site.root)
    # A link is replaced where it lies; what it leads to is most likely meant.
    for place in (_real(archive), _real(archive.parent) / archive.name):
        if _is_in(root, place, (*_FILLED, *_BUILT, *_CONFIGS)):
            raise _needed("place", archive, hint)
    if os.path.exists(archive) and not is_archive(archive):  # noqa: PTH110 - Path raises where a folder may not be read
        raise UsageError("there is a file that is no zip", path=str(archive), hint=hint)


def _real(path: str | Path) -> Path:
    return Path(os.path.realpath(path))


def _is_in(root: Path, place: Path, names: tuple[str, ...]) -> bool:
    return any(place.is_relative_to(_real(root / name)) for name in names)


def _needed(what: str, path: Path, hint: str) -> UsageError:
    return UsageError(f"the site needs this {what} itself", path=str(path), hint=hint)
