"""
A message for `.eml`: headers and two bodies, written so that nothing can slip between.

The headers are written here and not by `email.message`, whose encoder on CPython before
3.11.10 and 3.12.5 lets an encoded word in a subject write further headers
(CVE-2024-6923). A text that is not plain ASCII, or that looks like an encoded word, is
encoded whole (RFC 2047); what was written is parsed again and compared.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.quoprimime import body_encode
from email.utils import parseaddr
from typing import Final

from pipeline.errors import SourceError

_WORD: Final = 36
"""Bytes of text in one encoded word, so that its line has at most 76 characters."""

_PARTS: Final = ["multipart/alternative", "text/plain", "text/html"]
_LINE: Final = 76
_PLAIN: Final = re.compile(r"[\x20-\x7e]*")
_UNBROKEN: Final = re.compile(r"(?:\{\{[\x20-\x7e]*?\}\}|[^ ])+")
_LONE_FIELD: Final = re.compile(
    r"(?:^|(?<=[^ ]) )(\{\{ ?[A-Za-z0-9_.]{1,40} ?\}\})(?: (?=[^ ])|$)"
)
_MAILBOX: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_HOST: Final = re.compile(r"[A-Za-z0-9.-]+")
_CONTROL: Final = re.compile(r" *[\x00-\x1f\x7f\x85\u2028\u2029]+ *")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the headers say."""

    subject: str
    locale: str
    sender: str = ""
    to: str = ""
    unsubscribe: str = ""
    date: str = ""
    """As RFC 5322 writes it, or nothing."""


def message(envelope: Envelope, *, text: str, html: str, path: str = "") -> bytes:
    """
    The message: `multipart/alternative`, plain text first (RFC 2046 §5.1.4).

    The same texts give the same bytes. Raises SourceError, naming `path`, where the
    headers would not be read back as they were meant.
    """
    content = "\0".join((text, html, repr(envelope)))
    digest = hashlib.blake2b(content.encode(), digest_size=16).hexdigest()
    boundary = f"=_{digest}"
    headers = _headers(envelope, digest, boundary)
    lines = [*(f"{name}: {value}" for name, value in headers), ""]
    for kind, body in (("plain", text), ("html", html)):
        lines += [
            f"--{boundary}",
            f"Content-Type: text/{kind}; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            "",
            _quoted_printable(body),
        ]
    lines += [f"--{boundary}--", ""]
    data = "\r\n".join("\n".join(lines).split("\n")).encode("ascii")
    _require_as_meant(data, [name for name, _ in headers], envelope, path)
    return data


def header_text(text: str) -> str:
    """A text as a header can hold it: one line, no control characters."""
    return _CONTROL.sub(" ", text).strip()


def _headers(envelope: Envelope, digest: str, boundary: str) -> list[tuple[str, str]]:
    sender = parseaddr(envelope.sender)[1]
    host = sender.rpartition("@")[2]
    headers = [
        ("From", _address(envelope.sender)),
        ("To", _address(envelope.to)),
        ("Subject", _encoded(header_text(envelope.subject), len("Subject: "))),
        ("Date", envelope.date),
        ("Message-ID", f"<{digest}@{host if _HOST.fullmatch(host) else 'localhost'}>"),
        ("Content-Language", envelope.locale),
        *_unsubscribe(envelope.unsubscribe),
        ("X-Unsent", "1"),
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/alternative;\n boundary="{boundary}"'),
    ]
    return [(name, value) for name, value in headers if value]


def _unsubscribe(address: str) -> list[tuple[str, str]]:
    """RFC 2369; one click (RFC 8058) is for https alone."""
    address = header_text(address)
    if not address or not _PLAIN.fullmatch(address) or set("<>,") & set(address):
        return []
    headers = [("List-Unsubscribe", f"<{address}>")]
    if address.startswith("https://"):
        headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return headers


def _address(text: str) -> str:
    """A mailbox, `Name <address>`, with its name encoded where it must be."""
    text = header_text(text)
    if "{{" in text and _PLAIN.fullmatch(text) and "=?" not in text:
        return text  # The sending system writes the address.
    name, address = parseaddr(text)
    if not _MAILBOX.fullmatch(address):
        return ""
    if not name:
        return address
    if _PLAIN.fullmatch(name) and "=?" not in name:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{address}>'
    return f"{_encoded(name, len('From: '))} <{address}>"


def _encoded(text: str, used: int) -> str:
    """
    Unstructured header text, folded; as encoded words where it is not plain.

    Merge fields that stand between blanks stay as they are, so that a sending system
    finds them in the file.
    """
    if _PLAIN.fullmatch(text) and "=?" not in text and "  " not in text:
        return _folded(_UNBROKEN.findall(text), used)
    pieces = _LONE_FIELD.split(text)
    return "\n ".join(
        piece if place % 2 else _encoded_words(piece)
        for place, piece in enumerate(pieces)
        if piece
    )


def _encoded_words(text: str) -> str:
    words: list[str] = []
    chunk = b""
    for character in text:
        data = character.encode("utf-8", "replace")
        if len(chunk) + len(data) > _WORD:
            words.append(chunk.decode())
            chunk = b""
        chunk += data
    words.append(chunk.decode())
    return "\n ".join(f"=?utf-8?b?{b64encode(w.encode()).decode()}?=" for w in words)


def _folded(words: Sequence[str], used: int) -> str:
    lines: list[str] = []
    line = ""
    for word in words:
        room = _LINE - (used if not lines else 1)
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n ".join([*lines, line])


def _quoted_printable(body: str) -> str:
    data = body.replace("\r\n", "\n").replace("\r", "\n")
    octets = data.encode("utf-8", "replace").decode("latin-1")
    return str(body_encode(octets))


def _require_as_meant(
    data: bytes, names: list[str], envelope: Envelope, path: str
) -> None:
    parsed = message_from_bytes(data)
    subject = str(make_header(decode_header(parsed["Subject"] or "")))
    if (
        parsed.keys() != names
        or re.sub(r"\r?\n", "", subject) != header_text(envelope.subject)
        or [part.get_content_type() for part in parsed.walk()] != _PARTS
    ):
        raise SourceError(
            "the mail's headers would not be read as they were meant",
            path=path or None,
            hint="write the subject as plain words",
        )
