"""
Whether the file of a picture is all there, by what its container says of its length.

Nothing is decoded: a copy that was interrupted leaves a header that tells the size, and
a picture that is grey from some line on.
"""

import mmap
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_MARK: Final = 0xFF
_SCAN: Final = 0xDA
_TRAILER: Final = ord(";")
_IMAGE: Final = ord(",")
_EXTENSION: Final = ord("!")
_HEAD_OF_BOX: Final = 8
_BOXES: Final = 64
"""Boxes at the top of an AVIF that are looked at; there are a handful."""


def is_cut_off(path: Path) -> bool:
    """
    Whether a PNG, JPEG, GIF, WebP or AVIF ends before its picture does; what is no such
    file, or cannot be read, is not.
    """
    try:
        with (
            path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
        ):
            ends = _reader(data[:16])
            return ends is not None and not ends(data)
    except (OSError, ValueError):  # an empty file cannot be mapped
        return False


def _reader(start: bytes) -> Callable[[mmap.mmap], bool] | None:
    if start.startswith(_PNG):
        return _png_ends
    if start.startswith(b"\xff\xd8\xff"):
        return _jpeg_ends
    if start[:6] in {b"GIF87a", b"GIF89a"}:
        return _gif_ends
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return _riff_ends
    if start[4:12] in {b"ftypavif", b"ftypavis"}:
        return _boxes_end
    return None


def _png_ends(data: mmap.mmap) -> bool:
    """Chunk by chunk up to IEND (PNG, 5.3); what stands behind it is not asked for."""
    place = len(_PNG)
    while place + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        if kind == b"IEND":
            return True
        place += 12 + length
    return False


def _jpeg_ends(data: mmap.mmap) -> bool:
    """
    Whether there is an EOI behind the first scan (ITU-T T.81, B.1.1).

    The segments before it may hold a small picture with an EOI of its own.
    """
    place = 2
    while place + 4 <= len(data):
        mark, code, length = struct.unpack_from(">BBH", data, place)
        if mark != _MARK:
            return True  # Not as the standard has it: nothing is known.
        if code == _MARK:
            place += 1
            continue
        place += 2 + length
        if code == _SCAN:
            return data.find(b"\xff\xd9", place) >= 0
    return False


def _gif_ends(data: mmap.mmap) -> bool:
    """Block by block up to the trailer (GIF89a, 27), a byte that some files lack."""
    place = 13 + _colours(data[10:11])
    while place < len(data):
        kind = data[place]
        if kind == _TRAILER:
            return True
        if kind == _IMAGE:
            place += 11 + _colours(data[place + 9 : place + 10])
        elif kind == _EXTENSION:
            place += 2
        else:
            return True
        while place < len(data) and data[place]:
            place += 1 + data[place]
        place += 1
    return place == len(data)


def _colours(flags: bytes) -> int:
    """The bytes of a table of colours, if there is one."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _riff_ends(data: mmap.mmap) -> bool:
    """By the length of the file in its head; the last byte may be one of filling."""
    (length,) = struct.unpack_from("<I", data, 4)
    return bool(length + 7 <= len(data))


def _boxes_end(data: mmap.mmap) -> bool:
    """Box by box (ISO/IEC 14496-12, 4.2); one of length 0 goes to the end."""
    place = 0
    for _ in range(_BOXES):
        if place + _HEAD_OF_BOX > len(data):
            return place == len(data)
        (length,) = struct.unpack_from(">I", data, place)
        if length == 1 and place + 16 <= len(data):
            (length,) = struct.unpack_from(">Q", data, place + 8)
        if length < _HEAD_OF_BOX:
            return True
        place += length
    return True
