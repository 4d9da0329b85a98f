"""How large a picture is, from the first bytes of its file."""

from pathlib import Path
from typing import Final

from pipeline.hypertext.tokens import tokens
from pipeline.late import regex

_MOST: Final = 100_000
"""Pixels on a side; what claims more is broken."""

_HEAD: Final = 65_536
"""Bytes of a drawing in which its first tag is looked for."""

_LENGTH: Final = regex(r"([0-9]*\.?[0-9]+(?:e[+-]?[0-9]{1,2})?)([a-z]*)")
_PIXELS: Final = {
    "": 1.0,
    "px": 1.0,
    "in": 96.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "q": 96 / 101.6,
}
"""Of a unit (CSS Values and Units, 6.2); others tell how large the place is."""

_BETWEEN: Final = regex(r"[\s,]+")
_SIDES: Final = 4
"""Numbers of a `viewBox`, of which the last two are width and height."""


def picture_size(path: Path) -> tuple[int, int] | None:
    """Width and height in pixels; None for what is no picture, or a broken one."""
    try:
        with path.open("rb") as file:
            if path.suffix.lower() == ".svg":
                width, height = _drawn(file.read(_HEAD).decode("utf-8-sig", "replace"))
            else:
                import imagesize

                width, height = imagesize.get(file)
    except Exception:  # noqa: BLE001 - whatever a broken picture makes it raise
        return None
    if not (0 < width <= _MOST and 0 < height <= _MOST):
        return None
    return max(1, round(width)), max(1, round(height))


def _drawn(text: str) -> tuple[float, float]:
    """
    The size of a drawing (SVG 2, 8.2): what its first tag says, or is in view there.

    Of one side alone the other follows; nothing is (0, 0). Raises StopIteration for
    what is no drawing.
    """
    starts = (piece for piece in tokens(text) if piece.kind == "start")
    opened = next(first for first in starts if first.name.rpartition(":")[2] == "svg")
    said = {name.lower(): value for name, value in opened.attributes}
    width, height = (_length(said.get(side, "")) for side in ("width", "height"))
    box = _BETWEEN.split(said.get("viewbox", "").strip())
    if (width and height) or len(box) != _SIDES:
        return width, height
    wide, high = map(float, box[2:])
    if width:
        return width, width * high / wide
    if height:
        return height * wide / high, height
    return wide, high


def _length(value: str) -> float:
    """In pixels; 0 where it is none, or depends on where the drawing stands."""
    found = _LENGTH.fullmatch(value.strip().lower())
    return float(found[1]) * _PIXELS.get(found[2], 0.0) if found else 0.0
