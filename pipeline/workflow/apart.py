"""Where what a command brings elsewhere may not go: the folders of the site itself."""

import os
from pathlib import Path
from typing import Final

from pipeline.errors import UsageError
from pipeline.model.site import Site

_OWN: Final = (".publish", "dist", "locales", "memory", "source", "templates")


def require_apart(site: Site, folder: Path, *, hint: str) -> None:
    """Raise UsageError for a folder of the site, for its root, and for one above it."""
    root, place = (Path(os.path.realpath(each)) for each in (site.root, folder))
    is_own = any(place.is_relative_to(os.path.realpath(root / name)) for name in _OWN)
    if is_own or root.is_relative_to(place):
        raise UsageError(
            "the site needs this folder itself", path=str(folder), hint=hint
        )
