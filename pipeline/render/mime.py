"""
A message for `.eml`: headers and two bodies, written so that nothing can slip between.

The headers are written here and not by `email.message`, whose encoder on CPython before
3.11.10 and 3.12.5 lets an encoded word in a subject write further headers
(CVE-2024-6923). A text that is not plain ASCII, or that looks like an encoded word, is
encoded whole (RFC 2047); what was written is parsed again and compared.
"""

import hashlib
from base64 import b64encode
from binascii import a2b_qp, b2a_qp
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from email.header import decode_header, make_header
from email.headerregistry import HeaderRegistry
from email.parser import BytesParser, HeaderParser
from functools import lru_cache
from itertools import groupby
from typing import Final

from pipeline.errors import SourceError
from pipeline.late import dataclass, regex
from pipeline.mailboxes import is_unsubscribe, parse_mailbox
from pipeline.placeholders import fields

_WORD: Final = 36
"""Bytes of text in one encoded word, so that its line has at most 76 characters."""

_LINE: Final = 76
_FIRST: Final = ("From", "To", "Subject", "Date", "Message-ID")
_LINE_END: Final = regex(r"\r?\n")
_FIELD_END: Final = regex(r"\r\n(?![ \t])")
_FIELDS: Final = regex(
    r"(?:(?:^|\r\n)[A-Za-z-]++: [!-~][ -~]*+(?:\r\n [!-~][ -~]*+)*+)+"
)
"""Header fields, each of which begins with its name and goes on behind a blank."""

_PLAIN: Final = regex(r"[\x20-\x7e]*")
_QUOTABLE: Final = regex(r"[!-<>@-^`-~]{1,60}")
"""What quoted-printable has as it is in an encoded word (RFC 2047, 4.2): no blank."""

_LOSES_BLANKS: Final = regex(r"[()\\]")
"""Beside an encoded word; only the slower of Python's two readers keeps the blank."""

_LONGEST: Final = 300
"""Characters of a word beside a merge field; a line of a header has at most 998."""

_BEFORE_BLANK: Final = regex(r" *[^ ]+| +")
_CONTROL: Final = regex(r" *[\x00-\x1f\x7f\x85\u2028\u2029]+ *")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the headers say."""

    subject: str
    locale: str
    sender: str = ""
    to: str = ""
    unsubscribe: tuple[str, ...] = ()
    date: str = ""
    """As RFC 5322 writes it, or nothing."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a message says in one language."""

    locale: str
    subject: str
    text: str
    html: str
    kind: str = ""
    """`original`, `human` or `automated`; nothing where that is not known."""


def message(envelope: Envelope, *, text: str, html: str, path: str = "") -> bytes:
    """
    The message: `multipart/alternative`, plain text first (RFC 2046 §5.1.4).

    The same texts give the same bytes. Raises SourceError, naming `path`, where the
    headers would not be read back as they were meant.
    """
    digest = _digest(text, html, repr(envelope))
    kind, body = _alternative(digest, text=text, html=html)
    headers = _headers(envelope, digest, kind)
    return _written(headers, body, envelope, path)


def multilingual(
    envelope: Envelope, preface: str, versions: Sequence[Version], *, path: str = ""
) -> bytes:
    """
    The message in several languages: `multipart/multilingual` (RFC 8255).

    The preface is for programs that do not know it; the versions stand behind it as
    messages with subjects of their own, the language of the envelope first. Raises
    SourceError as `message` does.
    """
    subjects = dict.fromkeys(version.subject for version in versions)
    envelope = replace(envelope, subject=" / ".join(subjects))
    digest = _digest(preface, repr(versions), repr(envelope))
    parts = [_text_part("plain", preface)]
    parts += [_version_part(version, envelope.sender, path) for version in versions]
    kind, body = _multipart("multilingual", digest, parts)
    return _written(_headers(envelope, digest, kind), body, envelope, path)


def _version_part(version: Version, sender: str, path: str) -> bytes:
    digest = _digest("part", repr(version))
    kind, body = _alternative(digest, text=version.text, html=version.html)
    inner = Envelope(version.subject, version.locale, sender)
    headers = [
        *_headers(inner, digest, kind),
        ("Content-Translation-Type", version.kind),
    ]
    shown = [(k, v) for k, v in headers if v and k not in {"Message-ID", "X-Unsent"}]
    outer = [
        "Content-Type: message/rfc822",
        "Content-Disposition: inline",
        f"Content-Language: {version.locale}",
        *([f"Content-Translation-Type: {version.kind}"] if version.kind else []),
        "",
        "",
    ]
    return "\r\n".join(outer).encode() + _written(shown, body, inner, path)


def addressed(data: bytes, *, to: str, date: str) -> bytes:
    """
    A message of ours, made ready to be sent to one mailbox at one time.

    Its identifier is new, because mail programs show a message with a known one once.
    Raises SourceError where the headers would not be read back as they were meant.
    """
    head, _, body = data.decode("ascii").partition("\r\n\r\n")
    fields = dict(field.split(": ", 1) for field in _FIELD_END.split(head))
    host = fields["Message-ID"].rpartition("@")[2].rstrip(">")
    fields |= {
        "To": _address(to),
        "Date": date,
        "Message-ID": f"<{_digest(to, date, head)}@{host}>",
    }
    fields.pop("X-Unsent", None)
    first = [name for name in _FIRST if name in fields]
    names = [*first, *(name for name in fields if name not in _FIRST)]
    written = _lines(f"{name}: {fields[name]}" for name in names)
    parsed = HeaderParser().parsestr(written)
    if parsed.keys() != names or parsed.get_payload():
        raise SourceError("the mail's headers would not be read as they were meant")
    return f"{written}\r\n\r\n{body}".encode("ascii")


def subject_of(data: bytes) -> str:
    """The subject of a message, as it is read."""
    head = data.partition(b"\r\n\r\n")[0].decode("ascii", "replace")
    return _decoded(HeaderParser().parsestr(head)["Subject"] or "")


def subject_of_first(data: bytes) -> str:
    """The subject of a message; of one in several languages, that of the first."""
    parsed = BytesParser().parsebytes(data)
    subjects = [part["Subject"] for part in parsed.walk() if part["Subject"]]
    has_several = parsed.get_content_subtype() == "multilingual"
    return _decoded(subjects[1 if has_several else 0])


def _decoded(header: str) -> str:
    if "=?" not in header:
        return _LINE_END.sub("", header)
    if _LOSES_BLANKS.search(header):
        return str(HeaderRegistry()("Subject", _LINE_END.sub("", header)))
    return _LINE_END.sub("", str(make_header(decode_header(header))))


def header_text(text: str) -> str:
    """A text as a header can hold it: one line, no control characters."""
    return (text if text.isprintable() else _CONTROL.sub(" ", text)).strip()


def _headers(envelope: Envelope, digest: str, kind: str) -> list[tuple[str, str]]:
    headers = [
        ("From", _address(envelope.sender)),
        ("To", _address(envelope.to)),
        ("Subject", _encoded(header_text(envelope.subject), len("Subject: "))),
        ("Date", envelope.date),
        ("Message-ID", f"<{digest}@{_host(envelope.sender)}>"),
        ("Content-Language", envelope.locale),
        *_unsubscribe(envelope.unsubscribe),
        ("X-Unsent", "1"),
        ("MIME-Version", "1.0"),
        ("Content-Type", kind),
    ]
    return [(name, value) for name, value in headers if value]


def _digest(*texts: str) -> str:
    content = "\0".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _alternative(digest: str, *, text: str, html: str) -> tuple[str, bytes]:
    """The type and the body of a text in two forms."""
    return _multipart(
        "alternative",
        digest,
        [_text_part("plain", text), _text_part("html", html)],
    )


def _multipart(kind: str, digest: str, parts: Sequence[bytes]) -> tuple[str, bytes]:
    """The type and the body of parts; no line of theirs can be the boundary."""
    boundary = f"=_{digest}"  # `=_` is nowhere in quoted-printable
    line = b"--" + boundary.encode()
    pieces = [b"%b\r\n%b\r\n" % (line, part) for part in parts]
    body = b"".join([*pieces, line, b"--\r\n"])
    return f'multipart/{kind};\r\n boundary="{boundary}"', body


def _text_part(kind: str, text: str) -> bytes:
    """A part of text; what is written is read back."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    data = text.encode("utf-8", "replace")
    written = b2a_qp(data, quotetabs=False, istext=True)
    if a2b_qp(written) != data:  # pragma: no cover - the library would be broken
        raise ValueError("quoted-printable is not read back as it was written")
    head = (
        f"Content-Type: text/{kind}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    return head.encode() + written.replace(b"\n", b"\r\n")


def _written(
    headers: Sequence[tuple[str, str]], body: bytes, envelope: Envelope, path: str
) -> bytes:
    """The message as bytes, once its headers are read back as they were meant."""
    head = _lines(f"{name}: {value}" for name, value in headers)
    if not _is_as_meant(head, [name for name, _ in headers], envelope):
        raise SourceError(
            "the mail's headers would not be read as they were meant",
            path=path or None,
            hint="write the subject as plain words",
        )
    return b"%b\r\n\r\n%b" % (head.encode("ascii"), body)


def _lines(fields: Iterable[str]) -> str:
    """Header fields with the line ends of mail, also where they are folded."""
    return "\n".join(fields).replace("\r\n", "\n").replace("\n", "\r\n")


@lru_cache(maxsize=16)
def _unsubscribe(addresses: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """RFC 2369; one click (RFC 8058) is for https alone."""
    usable = [address for address in addresses if is_unsubscribe(address)]
    if not usable:
        return ()
    named = ",\r\n ".join(f"<{address}>" for address in usable)
    header = ("List-Unsubscribe", named)
    if not any(address.startswith("https://") for address in usable):
        return (header,)
    return header, ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")


@lru_cache(maxsize=16)
def _host(sender: str) -> str:
    box = parse_mailbox(header_text(sender))
    return box.host if box else "localhost"


@lru_cache(maxsize=16)
def _address(text: str) -> str:
    """A mailbox, `Name <address>`, with its name encoded where it must be."""
    text = header_text(text)
    if "{{" in text and _PLAIN.fullmatch(text) and "=?" not in text:
        return text  # The sending system writes the address.
    box = parse_mailbox(text)
    if box is None:
        return ""
    if not box.name:
        return box.address
    if _PLAIN.fullmatch(box.name) and "=?" not in box.name:
        quoted = box.name.replace("\\", "\\\\").replace('"', '\\"')
        return _with_address(f'"{quoted}"', box.address)
    name = _encoded(box.name, len("From: "), is_phrase=True)
    return _with_address(name, box.address)


def _with_address(name: str, address: str) -> str:
    last = name.rpartition("\n")[2]
    room = _LINE - (len("From: ") if last == name else 0)
    gap = " " if len(f"{last} <{address}>") <= room else "\n "
    return f"{name}{gap}<{address}>"


def _encoded(text: str, used: int, *, is_phrase: bool = False) -> str:
    """
    Unstructured header text, folded; as encoded words where it is not plain.

    In a phrase, the name of a mailbox, such words hold no braces (RFC 2047, 5).

    A word that has a merge field stays as it is, with the signs beside it, so that a
    sending system finds the field in the file. Where letters that have to be encoded
    touch the field, it does so if the field has no blank.
    """
    kept = fields(text)
    words = _words(text, kept)
    quotable = () if is_phrase else kept
    is_marked = "=?" in text
    if _PLAIN.fullmatch(text) and not is_marked and all(words):
        return _folded(words, used)

    def stays(word: str) -> bool:
        return (
            len(word) <= _LONGEST
            and _PLAIN.fullmatch(word) is not None
            and any(each in word for each in kept)
        )

    runs = [(is_kept, [*run]) for is_kept, run in groupby(words, key=stays)]
    if is_marked or [""] in [run for _, run in runs]:
        runs = [(False, words)]
    return "\n ".join(
        "\n ".join(run) if is_kept else _encoded_words(" ".join(run), quotable)
        for is_kept, run in runs
    )


def _words(text: str, kept: Sequence[str]) -> list[str]:
    """What stands between blanks; a blank within a merge field is no such one."""
    if not kept:
        return text.split(" ")
    found = [""]
    for piece in _parted(text, kept):
        if piece in kept:
            found[-1] += piece
        else:
            first, *others = piece.split(" ")
            found[-1] += first
            found += others
    return found


def _parted(text: str, kept: Sequence[str]) -> list[str]:
    """A text, cut before and behind each of its merge fields."""
    found: list[str] = []
    end = 0
    for field in kept:
        start = text.find(field, end)
        if start >= 0:
            found += [text[end:start], field]
            end = start + len(field)
    return [*found, text[end:]]


def _encoded_words(text: str, kept: Sequence[str] = ()) -> str:
    """
    A text as encoded words, parted before blanks where that is possible.

    Some Pythons read a blank between two of them in a name: there it hurts least.
    """
    words: list[str] = []
    rest = ""
    for piece in _parted(text, kept):
        if piece in kept and _QUOTABLE.fullmatch(piece):
            words += [*_in_base64(rest), f"=?utf-8?q?{piece}?="]
            rest = ""
        else:
            rest += piece
    return "\n ".join([*words, *_in_base64(rest)])


def _in_base64(text: str) -> Iterator[str]:
    chunk = b""
    for piece in _BEFORE_BLANK.findall(text):
        data = piece.encode("utf-8", "replace")
        if chunk and len(chunk) + len(data) > _WORD:
            yield _word_of(chunk)
            chunk = b""
        if len(data) <= _WORD:
            chunk += data
            continue
        for character in piece:
            letter = character.encode("utf-8", "replace")
            if len(chunk) + len(letter) > _WORD:
                yield _word_of(chunk)
                chunk = b""
            chunk += letter
    if chunk:
        yield _word_of(chunk)


def _word_of(chunk: bytes) -> str:
    return f"=?utf-8?b?{b64encode(chunk).decode()}?="


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


def _is_as_meant(head: str, names: list[str], envelope: Envelope) -> bool:
    if not head.isascii():
        return False
    if _FIELDS.fullmatch(head):
        # All programs read such lines alike, so none has to be asked.
        fields = [field.split(": ", 1) for field in _FIELD_END.split(head)]
        found = [name for name, _ in fields]
        subject = dict(fields).get("Subject", "")
    else:
        parsed = HeaderParser().parsestr(head)
        found = [] if parsed.get_payload() else parsed.keys()
        subject = parsed["Subject"] or ""
    return found == names and _decoded(subject) == header_text(envelope.subject)
