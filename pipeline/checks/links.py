"""Links and addresses: the reader gets where the author sent her."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from html import unescape
from typing import Final
from urllib.parse import urlsplit

from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import find

_ATTRIBUTE: Final = re.compile(
    r"""[\s/"'](href|src|srcset|action|cite|poster|background)\s*=\s*
        (?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE | re.VERBOSE,
)
# What browsers drop from an address, so that `java&#9;script:` is seen as what it is.
_IGNORED: Final = re.compile(r"[\x00-\x20\x7f]")
_UNSAFE_SCHEMES: Final = ("javascript:", "data:", "vbscript:", "file:", "blob:")


class Links:
    """Compares link targets, mail addresses and phone numbers."""

    name = "links"
    severity = Severity.ERROR
    explanation = (
        "Links, mail addresses and phone numbers stay as they are in the source; only "
        "the text that is shown for a link is translated. Copy the target exactly."
    )
    good = (
        Example(
            "tr",
            "Read [more](https://clinic.example/scalp).",
            "[Devamını](https://clinic.example/scalp) okuyun.",
        ),
        Example("ar", "Call +90 212 555 01 00.", "اتصل على +٩٠ ٢١٢ ٥٥٥ ٠١ ٠٠."),
        Example(
            "de", "Write to a@clinic.example.", "Schreiben Sie an a@clinic.example."
        ),
    )
    bad = (
        Example(
            "tr",
            "Read [more](https://clinic.example/scalp).",
            "[Devamını](https://other.example/scalp) okuyun.",
        ),
        Example("ar", "Call +90 212 555 01 00.", "اتصل على +90 212 555 01 01."),
        Example(
            "de", "Write to a@clinic.example.", "Schreiben Sie an b@clinic.example."
        ),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        return compare_pairs(message, partial(_compare, hosts=context.hosts))


def _compare(source: str, msgstr: str, hosts: frozenset[str]) -> Iterator[Remark]:
    there, here = list(_addresses(source)), list(_addresses(msgstr))
    if there == here:
        return
    expected, found = Counter(there), Counter(here)
    missing = list(expected - found)
    added = list(found - expected)
    for kind, value in missing:
        others = [other for other_kind, other in added if other_kind == kind]
        if not others:
            yield Remark(f"the {kind} {value} of the source is missing here; add it")
            continue
        other = next(
            (each for each in others if _host(each) == _host(value)), others[0]
        )
        added.remove((kind, other))
        yield _changed(kind, value, other, hosts)
    for kind, value in added:
        yield _added(kind, value, hosts)


def _changed(kind: str, value: str, other: str, hosts: frozenset[str]) -> Remark:
    if _runs(other):
        return Remark(f"the link {other} can run code; write {value} as in the source")
    if kind == "link" and _host(value) != _host(other):
        return Remark(
            f"the link {value} leads to another host here, {other}; write it as in the "
            "source",
            _if_ours(other, hosts),
        )
    return Remark(
        f"the {kind} {value} is {other} here; write it as in the source",
        _if_ours(other, hosts) if kind == "link" else None,
    )


def _added(kind: str, value: str, hosts: frozenset[str]) -> Remark:
    if _runs(value):
        return Remark(f"the link {value} can run code; take it out")
    return Remark(
        f"the {kind} {value} is not in the source; take it out",
        _if_ours(value, hosts) if kind == "link" else None,
    )


def _addresses(text: str) -> Iterator[tuple[str, str]]:
    """Kind and value of every link and address, as a browser understands it."""
    for placeholder in find(text):
        raw = placeholder.raw
        if placeholder.kind == "link" and raw.startswith("<") and "@" in raw:
            yield "mail address", placeholder.target.removeprefix("mailto:").lower()
        elif placeholder.kind == "link":
            yield "link", _cleaned(placeholder.target)
        elif placeholder.kind == "url":
            yield "link", _cleaned(raw)
        elif placeholder.kind == "email":
            yield "mail address", raw.lower()
        elif placeholder.kind == "phone":
            yield "phone number", _digits(raw)
        elif placeholder.kind == "tag":
            for match in _ATTRIBUTE.finditer(raw):
                yield "link", _cleaned(match[2] or match[3] or match[4] or "")


def _cleaned(target: str) -> str:
    return _IGNORED.sub("", unescape(target))


def _digits(phone: str) -> str:
    digits = (str(int(character)) for character in phone if character.isdecimal())
    return "+" + "".join(digits).removeprefix("00")


def _host(target: str) -> str | None:
    """The host in lower case, empty for a relative link; None if unclear."""
    try:
        # Browsers take a backslash for a slash.
        return (urlsplit(target.replace("\\", "/")).hostname or "").lower()
    except ValueError:
        return None


def _runs(target: str) -> bool:
    return target.lower().startswith(_UNSAFE_SCHEMES)


def _if_ours(target: str, hosts: frozenset[str]) -> Severity | None:
    is_web = target.lower().startswith(("https://", "http://"))
    return Severity.WARNING if is_web and _host(target) in hosts else None
