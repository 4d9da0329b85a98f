"""Links and addresses: the reader gets where the author sent her."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache, partial
from html import unescape
from typing import Final
from urllib.parse import urlsplit

from pipeline.characters import KEPT, WWW, ZEROS
from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import find

_ATTRIBUTE: Final = regex(
    r"""[\s/"'](href|src|srcset|action|cite|poster|background)\s*=\s*
        (?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE | re.VERBOSE,
)
# What browsers drop from an address, so that `java&#9;script:` is seen as what it is.
_IGNORED: Final = regex(r"[\x00-\x20\x7f]")
_PROTOCOL: Final = regex(r"https?://", re.IGNORECASE)
_ENCYCLOPEDIAS: Final = (
    "wikipedia.org",
    "wiktionary.org",
    "wikibooks.org",
    "wikisource.org",
)
_UNSAFE_SCHEMES: Final = ("javascript:", "data:", "vbscript:", "file:", "blob:")


class Links:
    """Compares link targets, mail addresses and phone numbers."""

    name = "links"
    severity = Severity.ERROR
    signs = frozenset({"<", "]", "+", ":", "@", WWW, ZEROS})
    only_of_carried = True
    only_of_unlike = True
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
        return compare_pairs(message, partial(_compare, context=context))


def _compare(source: str, msgstr: str, context: CheckContext) -> Iterator[Remark]:
    there, here = _addresses(source), _addresses(msgstr)
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
        yield _changed(kind, value, other, context)
    for kind, value in added:
        yield _added(kind, value, context.hosts)


def _changed(kind: str, value: str, other: str, context: CheckContext) -> Remark:
    hosts = context.hosts
    if _runs(other):
        return Remark(f"the link {other} can run code; write {value} as in the source")
    if kind == "link" and _is_same_page(value, other, context):
        return Remark(
            f"the link {value} is {other} here; does it lead to the same?",
            Severity.WARNING,
        )
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


@lru_cache(maxsize=KEPT)
def _addresses(text: str) -> tuple[tuple[str, str], ...]:
    """Kind and value of every link and address, as a browser understands it."""
    return tuple(_find_addresses(text))


def _find_addresses(text: str) -> Iterator[tuple[str, str]]:
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


def _is_same_page(value: str, other: str, context: CheckContext) -> bool:
    """
    Whether it is the page of the source by https, or its edition in the locale.

    Such editions have the language in the host (`tr.wikipedia.org`) or as a part of the
    path (`/tr-tr/`); an encyclopedia's also have the name of their article.
    """
    if value.startswith("http://") and other == f"https{value[4:]}":
        return True
    if not _PROTOCOL.match(value) or not _PROTOCOL.match(other):
        return False
    here, there = _editions(context.locale), _editions(context.source_locale)
    host, path = _host_and_path(value)
    other_host, other_path = _host_and_path(other)
    own, _, domain = host.partition(".")
    other_own, _, other_domain = other_host.partition(".")
    if own in there and other_own in here and domain == other_domain:
        return domain in _ENCYCLOPEDIAS
    parts, other_parts = path.split("/"), other_path.split("/")
    return (
        host == other_host
        and len(parts) == len(other_parts)
        and sum(part.lower() in there for part in parts) == 1
        and all(
            part == other_part or (part.lower() in there and other_part.lower() in here)
            for part, other_part in zip(parts, other_parts, strict=True)
        )
    )


def _editions(locale: str) -> tuple[str, ...]:
    """What an edition in this locale may be called: `en`, `en-us`, `en_us`."""
    language = locale.partition("-")[0].lower()
    lowered = locale.lower()
    usual = f"{language}-{'us' if language == 'en' else language}"
    if language == "ja":
        usual = "ja-jp"
    return (language, lowered, lowered.replace("-", "_"), usual)


def _host_and_path(target: str) -> tuple[str, str]:
    _, _, rest = target.partition("://")
    host, _, path = rest.partition("/")
    return host.lower(), path


def _runs(target: str) -> bool:
    return target.lower().startswith(_UNSAFE_SCHEMES)


def _if_ours(target: str, hosts: frozenset[str]) -> Severity | None:
    is_web = target.lower().startswith(("https://", "http://"))
    return Severity.WARNING if is_web and _host(target) in hosts else None
