"""
A model in the form of Firefox's, of a few kilobytes, that has learnt nothing.

The weights are drawn by chance, always the same ones, so what it says is no language;
but fxtranslate reads and runs it like any other. The form is Marian's (binary models of
version 1) with SentencePiece's vocabulary.
"""

import hashlib
import random
import struct
from collections.abc import Sequence
from pathlib import Path

FLOAT, BYTES, INTGEMM = 0x404, 0x101, 0x4101
WIDTH = 64
LETTERS = "▁abcdefghijklmnopqrstuvwxyz0123456789.,[]XABCDEFGH"
CONTROL, UNKNOWN, NORMAL = 3, 2, 1


def model(seed: int = 7) -> bytes:
    """The weights, for an encoder and a decoder of one layer each."""
    chance = random.Random(seed)
    size = len(LETTERS) + 2
    settings = (
        f"dim-emb: {WIDTH}\ntransformer-heads: 2\nenc-depth: 1\ndec-depth: 1\n"
        f"transformer-dim-ffn: {WIDTH}\ndim-vocabs:\n  - {size}\n  - {size}\n\0"
    ).encode()
    items: list[tuple[str, int, tuple[int, ...], bytes]]
    items = [("special:model.yml", BYTES, (len(settings),), settings)]

    def numbers(name: str, width: int = WIDTH) -> None:
        drawn = (chance.uniform(-0.5, 0.5) for _ in range(width))
        items.append((name, FLOAT, (1, width), struct.pack(f"<{width}f", *drawn)))

    def weights(name: str, rows: int = WIDTH) -> None:
        data = chance.randbytes(rows * WIDTH) + struct.pack("<f", 127.0)
        items.append((name, INTGEMM, (rows, WIDTH), data))
        scale = struct.pack("<f", 127.0)
        items.append((f"{name}_QuantMultA", FLOAT, (1, 1), scale))

    for name in ("encoder_Wemb", "decoder_Wemb"):
        weights(name, size)
        # The output's scale is a number of one byte and what it is divided by.
        scale = b"\1" + struct.pack("<f", 127.0)
        items[-1] = (f"{name}_QuantMultA", INTGEMM, (1, 1), scale)
    for layer in ("encoder_l1_self", "decoder_l1_context"):
        for part in "qkvo":
            weights(f"{layer}_W{part}")
            numbers(f"{layer}_b{part}")
    for layer in ("encoder_l1_ffn", "decoder_l1_ffn"):
        for part in "12":
            weights(f"{layer}_W{part}")
            numbers(f"{layer}_b{part}")
    weights("decoder_l1_rnn_W")
    weights("decoder_l1_rnn_Wf")
    numbers("decoder_l1_rnn_bf")
    for layer in (
        *("encoder_l1_self_Wo", "encoder_l1_ffn_ffn", "decoder_l1_rnn_ffn"),
        *("decoder_l1_context_Wo", "decoder_l1_ffn_ffn"),
    ):
        numbers(f"{layer}_ln_scale")
        numbers(f"{layer}_ln_bias")
    numbers("decoder_ff_logit_out_b", size)
    return _binary(items)


def vocabulary() -> bytes:
    """A piece for each letter, as SentencePiece writes it (protocol buffers)."""
    pieces = [("</s>", 0.0, CONTROL), ("<unk>", 0.0, UNKNOWN)]
    pieces += [(letter, -1.0, NORMAL) for letter in LETTERS]
    return b"".join(_field(1, _piece(*piece)) for piece in pieces)


def files(pair: str, seed: int = 7) -> dict[str, bytes]:
    """A whole model by the names that Mozilla gives its files."""
    short = pair.replace("-", "")
    return {
        f"model.{short}.intgemm.alphas.bin": model(seed),
        f"vocab.{short}.spm": vocabulary(),
    }


def make(folder: Path, pair: str = "en-tr", seed: int = 7) -> Path:
    """A folder with a whole model."""
    folder.mkdir(parents=True)
    for name, data in files(pair, seed).items():
        (folder / name).write_bytes(data)
    return folder


def packed(data: bytes) -> bytes:
    """The data as zstd, in blocks that are not compressed (RFC 8878, 3.1.1)."""
    blocks = [data[at : at + 65_536] for at in range(0, len(data), 65_536)] or [b""]
    frame = b"\x28\xb5\x2f\xfd" + b"\xa0" + struct.pack("<I", len(data))
    for number, block in enumerate(blocks, 1):
        is_last = number == len(blocks)
        frame += struct.pack("<I", len(block) << 3 | is_last)[:3] + block
    return frame


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _binary(items: Sequence[tuple[str, int, tuple[int, ...], bytes]]) -> bytes:
    heads = names = shapes = body = b""
    for name, kind, shape, data in items:
        whole = data + b"\0" * (-len(data) % 256)
        spelled = name.encode() + b"\0"
        heads += struct.pack("<QQQQ", len(spelled), kind, len(shape), len(whole))
        names += spelled
        shapes += struct.pack(f"<{len(shape)}i", *shape)
        body += whole
    top = struct.pack("<QQ", 1, len(items)) + heads + names + shapes
    gap = -(len(top) + 8) % 256
    return top + struct.pack("<Q", gap) + b"\0" * gap + body


def _piece(text: str, score: float, kind: int) -> bytes:
    spelled = _field(1, text.encode())
    return spelled + b"\x15" + struct.pack("<f", score) + b"\x18" + bytes([kind])


def _field(number: int, data: bytes) -> bytes:
    assert len(data) < 128
    return bytes([number << 3 | 2, len(data)]) + data
