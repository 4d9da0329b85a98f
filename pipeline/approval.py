"""
Approvals: who let which pair of source and translation go out.

An approval is bound to the pair. Editing either side voids it, and reverting the edit
restores it, because nothing but the pair itself is compared.

A withdrawal takes back what was approved of a pair before. Which lines were there
before is not told by their order, which a merge in git may change: each line names
the withdrawals that its author had seen, and a withdrawal ends every approval that does
not know of it. So two branches, merged in whatever order, agree, and where one withdrew
what the other approved meanwhile, the pair is not approved.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, field
from hashlib import blake2b
from typing import Final, TypeAlias

from pipeline.errors import StoreError
from pipeline.late import dataclass
from pipeline.model.catalog import Message

Pair: TypeAlias = tuple[str | None, str, str | None, str]
"""(msgctxt, msgid, msgid_plural, digest of the translation): what is approved."""


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
    overrides: tuple[str, ...] = ()
    """The checks that found an error or a warning, and were overridden."""

    after: tuple[str, ...] = ()
    """The withdrawals of this pair that the reviewer knew of."""

    @property
    def pair(self) -> Pair:
        """What it is an approval of."""
        return (self.msgctxt, self.msgid, self.msgid_plural, self.translation)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """
    A line that takes back every approval of a pair that does not know of it.

    Its digest has another key than an approval's. A program that knows no withdrawals
    refuses the file for it, and so publishes nothing that was withdrawn.
    """

    msgctxt: str | None
    msgid: str
    withdrawn: str
    """The digest of the translation's forms."""

    reviewer: str
    date: str
    role: str = ""
    note: str = ""
    msgid_plural: str | None = None
    after: tuple[str, ...] = ()

    @property
    def pair(self) -> Pair:
        """What it takes the approvals of back."""
        return (self.msgctxt, self.msgid, self.msgid_plural, self.withdrawn)

    @property
    def name(self) -> str:
        """What other lines call it: a digest of all that it says."""
        line = compose_approval(self).encode()
        return blake2b(line, digest_size=8).hexdigest()


def translation_digest(message: Message) -> str:
    """A digest of every form of the translation, the same on every machine."""
    found = _new_digest()
    for text in message.msgstrs:
        form = text.encode()
        found.update(len(form).to_bytes(8, "big") + form)
    return found.hexdigest()


_new_digest: Final = blake2b(digest_size=16).copy
"""To copy an empty one takes half as long as to make one."""


def pair_of(message: Message) -> Pair:
    """The pair of an entry as it is now."""
    digest = translation_digest(message)
    return (message.msgctxt, message.msgid, message.msgid_plural, digest)


@dataclass(frozen=True, slots=True)
class Approvals:
    """What was ever approved of one domain in one locale, in the file's order."""

    lines: tuple[Approval, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    _valid: dict[Pair, Approval] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        ended = _Ended(self.withdrawals)
        for line in self.lines:
            before = self._valid.get(line.pair)
            newest = before is None or before.date <= line.date
            if newest and not ended.ends(line):
                self._valid[line.pair] = line

    def of(self, message: Message) -> Approval | None:
        """The newest approval of exactly this pair that was not withdrawn."""
        if not self._valid or not message.is_usable:
            return None
        return self._valid.get(pair_of(message))

    def has(self, message: Message) -> bool:
        """Whether this pair was approved, and not withdrawn."""
        return self.of(message) is not None

    def seen(self, message: Message) -> tuple[str, ...]:
        """The names of this pair's withdrawals, for a new line to know of them."""
        pair = pair_of(message)
        names = {each.name: each for each in self.withdrawals if each.pair == pair}
        # What another withdrawal knows of need not be named again.
        known = {name for each in names.values() for name in each.after}
        return tuple(sorted(names.keys() - known))

    @property
    def stamp(self) -> bytes:
        """One for all that it says."""
        return repr((self.lines, self.withdrawals)).encode()


class _Ended:
    """Which approvals were taken back."""

    def __init__(self, withdrawals: Iterable[Withdrawal]) -> None:
        self._named: dict[Pair, dict[str, Withdrawal]] = {}
        for each in withdrawals:
            self._named.setdefault(each.pair, {})[each.name] = each

    def ends(self, line: Approval) -> bool:
        """Whether there is a withdrawal that the approval does not know of."""
        named = self._named.get(line.pair)
        return named is not None and not named.keys() <= _known(line.after, named)


def _known(after: Iterable[str], named: Mapping[str, Withdrawal]) -> set[str]:
    """The withdrawals that a line knows of, by what those it names knew."""
    known: set[str] = set()
    waiting = list(after)
    while waiting:
        name = waiting.pop()
        if name not in known:
            known.add(name)
            waiting += named[name].after if name in named else ()
    return known


def compose_approval(line: Approval | Withdrawal) -> str:
    """One JSON line, with its line end."""
    values = {
        key: value
        for key, value in asdict(line).items()
        if value not in ("", None, ()) or key == "msgctxt"
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
        _line(line, path=path, line=number)
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
    if torn.strip():
        # Not acknowledged to anybody, so not an approval, unless it is whole.
        with suppress(StoreError):
            found.append(_line(torn, path=path, line=len(lines) + 1))
    return Approvals(
        tuple(each for each in found if isinstance(each, Approval)),
        tuple(each for each in found if isinstance(each, Withdrawal)),
    )


_REQUIRED: Final = ("msgid", "reviewer", "date")
_LISTS: Final = ("overrides", "after")


def _line(text: str, *, path: str, line: int) -> Approval | Withdrawal:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise StoreError(
            "not an approval: the line is not a JSON object",
            path=path,
            line=line,
            hint="restore the file from git; it is only ever appended to",
        )
    what = Withdrawal if "withdrawn" in values else Approval
    required = ("withdrawn" if what is Withdrawal else "translation", *_REQUIRED)
    for key in required:
        if not isinstance(values.get(key), str):
            raise StoreError(f"the approval lacks {key!r}", path=path, line=line)
    if not values["reviewer"].strip():
        raise StoreError("the approval names no reviewer", path=path, line=line)
    known: dict[str, object] = {"msgctxt": None}
    for key in what.__dataclass_fields__:
        value = values.get(key)
        if value is None or key.startswith("_"):
            continue
        is_list = key in _LISTS and isinstance(value, list)
        texts = value if is_list else [value]
        if (key in _LISTS) != is_list or not all(isinstance(t, str) for t in texts):
            raise StoreError(f"the approval's {key!r} is unfit", path=path, line=line)
        known[key] = tuple(value) if is_list else value
    return what(**known)  # type: ignore[arg-type]  # judged above, key by key
