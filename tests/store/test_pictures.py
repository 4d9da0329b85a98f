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
    ],
)
def test_a_picture_tells_its_size_and_nothing_else_does(data, size, tmp_path):
    path = tmp_path / "picture"
    path.write_bytes(data)
    assert picture_size(path) == size


@pytest.mark.parametrize(
    ("tag", "size"),
    [
        ('<svg viewBox="0 0 800 400">', (800, 400)),
        ("<svg viewBox='-5 0, 100.5,50.2'>", (100, 50)),
        ('<svg width="800" viewBox="0 0 800 400">', (800, 400)),
        ('<svg height="100" viewBox="0 0 800 400">', (200, 100)),
        ('<svg width="100%" height="100%" viewBox="0 0 30 20">', (30, 20)),
        ('<svg width="10em" height="5em" viewBox="0 0 30 20">', (30, 20)),
        ('<svg width="1in" height="2.54cm">', (96, 96)),
        ('<svg width="72pt" height="10MM">', (96, 38)),
        ('<svg WIDTH="0.2" height="2">', (1, 2)),
        (
            '<svg:svg xmlns:svg="http://www.w3.org/2000/svg" width="9" height="8">',
            (9, 8),
        ),
        ('<!DOCTYPE svg PUBLIC "-//W3C" "a.dtd">\n<svg width="9" height="8">', (9, 8)),
        ('<!-- <svg width="1" height="1"> -->\n<svg width="9" height="8">', (9, 8)),
        ("<svg>", None),
        ('<svg width="300">', None),
        ('<svg width="wide" height="high"/>', None),
        ('<svg viewBox="0 0 0 400">', None),
        ('<svg viewBox="0 0 a b">', None),
        ('<svg width="1e99" height="1">', None),
        ("<svg", None),
        ('<html width="3" height="3">', None),
    ],
)
def test_a_drawing_tells_its_size_in_its_first_tag(tag, size, tmp_path):
    path = tmp_path / "chart.SVG"
    inner = '<rect width="24" height="3"/><image height="30" width="9"/>'
    path.write_text(f'\ufeff<?xml version="1.0"?>\n{tag}{inner}</svg>', "utf-8")
    assert picture_size(path) == size


def test_a_picture_that_is_not_there_has_no_size(tmp_path):
    assert picture_size(tmp_path / "none.png") is None
