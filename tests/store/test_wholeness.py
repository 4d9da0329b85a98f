import struct

import pytest

from pipeline.store.wholeness import is_cut_off
from tests.payload_site import picture


def segment(code: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, code, len(data) + 2) + data


def box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", len(data) + 8, kind) + data


SCAN = b"\x12\xff\x00\x34\xff\xd0\x56"
THUMBNAIL = segment(0xE1, b"Exif\0\0\xff\xd8\xff\xda\xff\xd9")
JPEG = (
    b"\xff\xd8"
    + THUMBNAIL
    + b"\xff"  # filling
    + segment(0xC0, b"\x08\0\x01\0\x01\x01")
    + segment(0xDA, b"\x01\x01\0\0\x3f\0")
    + SCAN
    + b"\xff\xd9"
)
GIF = (
    b"GIF89a\x01\0\x01\0\x80\0\0"
    + bytes(6)
    + b"\x21\xfe\x03abc\0"
    + b"\x2c\0\0\0\0\x01\0\x01\0\x80"
    + bytes(6)
    + b"\x02\x02\x44\x01\0;"
)
WEBP = b"RIFF" + struct.pack("<I", 20) + b"WEBPVP8L" + bytes(12)
AVIF = box(b"ftyp", b"avif\0\0\0\0") + box(b"meta", bytes(4)) + box(b"mdat", b"abc")
LARGE = AVIF + struct.pack(">I4sQ", 1, b"mdat", 20) + b"abcd"
OPEN = AVIF + struct.pack(">I4s", 0, b"mdat") + b"to the end"
WHOLE = {
    "png": picture(),
    "jpeg": JPEG,
    "gif": GIF,
    "webp": WEBP,
    "avif": AVIF,
    "avif, large box": LARGE,
}


@pytest.mark.parametrize("data", WHOLE.values(), ids=WHOLE)
def test_a_whole_picture_is_not_cut_off_whatever_stands_behind_it(data, tmp_path):
    path = tmp_path / "x"
    path.write_bytes(data)
    assert not is_cut_off(path)
    if not data.startswith(AVIF[:12]):
        path.write_bytes(data + b"a camera's own data")
        assert not is_cut_off(path)


@pytest.mark.parametrize("data", WHOLE.values(), ids=WHOLE)
def test_a_picture_without_its_last_bytes_is_cut_off(data, tmp_path):
    path = tmp_path / "x"
    for lost in (2, 3, 4):
        path.write_bytes(data[:-lost])
        assert is_cut_off(path)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF",
        b"%PDF-1.7",
        b"<svg",
        GIF[:-1],
        GIF[:-1] + b"?",
        WEBP[:-1],
        OPEN,
        b"\xff\xd8\xff\xe0\0\x03ano mark",
    ],
    ids=[
        "empty",
        "three letters",
        "pdf",
        "svg",
        "gif without a trailer",
        "gif with an unknown block",
        "webp without its filling",
        "avif with an open box",
        "jpeg against the standard",
    ],
)
def test_where_nothing_is_known_to_be_missing_nothing_is_told(data, tmp_path):
    path = tmp_path / "x"
    path.write_bytes(data)
    assert not is_cut_off(path)


def test_a_jpeg_that_ends_before_its_first_scan_is_cut_off_though_its_thumbnail_ends(
    tmp_path,
):
    path = tmp_path / "x.jpg"
    path.write_bytes(b"\xff\xd8" + THUMBNAIL)
    assert is_cut_off(path)


def test_a_file_that_is_not_there_is_not_cut_off(tmp_path):
    assert not is_cut_off(tmp_path / "none.png")
