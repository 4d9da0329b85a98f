"""How large a picture is, from the first bytes of its file."""

from pathlib import Path
from typing import Final

_MOST: Final = 100_000
"""Pixels on a side; what claims more is broken."""


def picture_size(path: Path) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no picture, or a broken one."""
    import imagesize

    try:
        with path.open("rb") as file:
            width, height = imagesize.get(file)
    except Exception:  # noqa: BLE001 - whatever a broken picture makes it raise
        return None
    if not (1 <= width <= _MOST and 1 <= height <= _MOST):
        return None
    return round(width), round(height)
