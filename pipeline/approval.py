"""
Approvals: who let which pair of source and translation go out.

An approval is bound to the pair. Editing either side voids it, and reverting the edit
restores it, because nothing but the pair itself is compared.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import blake2b

from pipeline.errors import StoreError
from pipeline.model.catalog import Message


@dataclass(frozen=True, slots=True)
class Approval:
    """One line of `locales/<locale>/reviews/<domain>.jsonl`."""

    msgctxt: str | None
    msgid: str
    """The source text that was approved."""

    translation: str
    """The digest of the translation's forms."""

    reviewer: str
    date: str
    """`YYYY-MM-DD`."""

    role: str = ""
    kind: str = "human"
    """`human`, or `human after machine` where the draft was a machine's."""

    note: str = ""
    msgid_plural: str | None = None


def translation_digest(message: Message) -> str:
    """A digest of every form of the translation, the same on every machine."""
    digest = blake2b(digest_size=16)
    for form in message.msgstrs:
        data = form.encode()
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Approvals:
    """What was ever approved of one domain in one locale, oldest first."""

    lines: tuple[Approval, ...] = ()

    def of(self, message: Message) -> Approval | None:
        """The newest approval of exactly this pair."""
        if not message.is_usable:
            return None
        digest = translation_digest(message)
        pair = (message.msgctxt, message.msgid, message.msgid_plural, digest)
        for line in reversed(self.lines):
            if (line.msgctxt, line.msgid, line.msgid_plural, line.translation) == pair:
                return line
        return None


def compose_approval(approval: Approval) -> str:
    """One JSON line, with its line end."""
    values = {
        key: value
        for key, value in asdict(approval).items()
        if value not in ("", None) or key == "msgctxt"
    }
    return json.dumps(values, ensure_ascii=False) + "\n"


def parse_approvals(text: str, *, path: str) -> Approvals:
    """
    The approvals of a file. Raises StoreError with path and line.

    A last line without its end is what a crash left of an append: it is passed over.
    """
    lines = text.split("\n")
    torn = lines.pop()
    found = [
        _approval(line, path=path, line=number)
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
    if torn.strip():
        # Not acknowledged to anybody, so not an approval, unless it is whole.
        with suppress(StoreError):
            found.append(_approval(torn, path=path, line=len(lines) + 1))
    return Approvals(tuple(found))


_REQUIRED = ("msgid", "translation", "reviewer", "date")
_OPTIONAL = ("msgctxt", "msgid_plural", "role", "kind", "note")


def _approval(text: str, *, path: str, line: int) -> Approval:
    try:
        values = json.loads(text)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise StoreError(
            "not an approval: the line is not a JSON object",
            path=path,
            line=line,
            hint="restore the file from git; it is only ever appended to",
        )
    for key in _REQUIRED:
        if not isinstance(values.get(key), str):
            raise StoreError(f"the approval lacks {key!r}", path=path, line=line)
    known = {key: values[key] for key in (*_REQUIRED, *_OPTIONAL) if key in values}
    known.setdefault("msgctxt", None)
    return Approval(**known)
