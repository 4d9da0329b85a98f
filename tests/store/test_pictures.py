import struct
import zlib

import pytest

from pipeline.store.pictures import picture_size


def png(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    crc = struct.pack(">I", zlib.crc32(head))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + crc


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"/>'


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(640, 480), (640, 480)),
        (SVG, (96, 48)),
        (b"GIF89a" + struct.pack("<HH", 3, 2), (3, 2)),
        (b"", None),
        (b"%PDF-1.7", None),
        (png(640, 480)[:18], None),
        (png(0, 480), None),
        (png(2_000_000_000, 480), None),
        (b'<svg width="wide" height="high"/>', None),
        (b"<svg", None),
    ],
)
def test_a_picture_tells_its_size_and_nothing_else_does(data, size, tmp_path):
    path = tmp_path / "picture"
    path.write_bytes(data)
    assert picture_size(path) == size


def test_a_picture_that_is_not_there_has_no_size(tmp_path):
    assert picture_size(tmp_path / "none.png") is None
