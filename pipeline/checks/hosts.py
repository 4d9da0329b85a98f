"""Hosts that pretend: an address that looks like the source's and leads elsewhere."""

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Final

from pipeline import confusables
from pipeline.characters import KEPT, WWW
from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import find

_HOST: Final = regex(
    r"""(?://|\\\\)(?P<user>[^/\\?\#\s"'<>()]*@)?(?P<host>[^/\\?\#\s"'<>():@]+)
        |(?<![\w.@/-])(?P<bare>www\.[^/\\?\#\s"'<>():@]+)
        |@(?P<mail>[\w.-]+\.\w{2,})""",
    re.VERBOSE,
)
_HINTS: Final = ("//", "@", "www.", "\\\\")
_KINDS: Final = frozenset({"link", "url", "tag", "email"})
_PUNYCODE: Final = "xn--"
_LONGEST: Final = 63
"""Characters of a label, at most (RFC 1035)."""


class Hosts:
    """Looks at every host of the translation that is none of the source's."""

    name = "hosts"
    severity = Severity.ERROR
    signs = frozenset({"/", "@", "\\", WWW})
    only_of_carried = True
    only_of_unlike = True
    explanation = (
        "A link leads to a host that looks like another one: letters of two alphabets, "
        "punycode (xn--), or 1 for l. Copy the link from the source."
    )
    good = (
        Example(
            "tr",
            "See https://clinic.example/a.",
            "Bakınız: https://clinic.example/a.",
        ),
        Example("ru", "See https://пример.example.", "См. https://пример.example."),
    )
    bad = (
        Example(
            "tr",
            "See https://clinic.example/a.",
            "Bakınız: https://clіnic.example/a.",
        ),
        Example(
            "de",
            "See https://clinic.example/a.",
            "Siehe https://c1inic.example/a.",
        ),
        Example(
            "ar",
            "See https://clinic.example/a.",
            "انظر https://xn--clnic-2ve.example/a.",
        ),
        Example(
            "fr",
            "See https://clinic.example/a.",
            "Voir https://clinic.example@other.example/a.",
        ),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        if not any(hint in text for text in message.msgstrs for hint in _HINTS):
            return iter(())
        return compare_pairs(message, partial(_compare, ours=context.hosts))


def _compare(source: str, msgstr: str, ours: frozenset[str]) -> Iterator[Remark]:
    found = _hosts(msgstr)
    if found == _hosts(source):
        return
    known = {host for host, _ in _hosts(source)} | ours
    for host, user in dict.fromkeys(found):
        if host not in known:
            text = _pretence(host, user, known)
            if text:
                yield Remark(text)


@lru_cache(maxsize=KEPT)
def _hosts(text: str) -> tuple[tuple[str, str], ...]:
    """Every host in lower case, and what stands before an @ in front of it."""
    return tuple(_find_hosts(text))


def _find_hosts(text: str) -> Iterator[tuple[str, str]]:
    for placeholder in find(text):
        if placeholder.kind in _KINDS:
            for match in _HOST.finditer(placeholder.raw):
                host = match["host"] or match["bare"] or match["mail"]
                yield host.lower().strip("."), (match["user"] or "").rstrip("@")


def _pretence(host: str, user: str, known: set[str]) -> str:
    """What is wrong with a host that the source does not have; nothing if plain."""
    if "." in user:
        return f"the link leads to {host}, not to {user}, which only stands before an @"
    shown = _decoded(host)
    like = next(
        (
            each
            for each in sorted(known)
            if confusables.skeleton(each) == confusables.skeleton(shown)
        ),
        "",
    )
    if like:
        return f"the host {host} looks like {like} and is another one; copy the source"
    if shown != host:
        return f"the host {host} is shown as {shown}; it is not in the source"
    for label in host.split("."):
        if len(found := confusables.scripts(label)) > 1:
            alphabets = " and ".join(found)
            return (
                f"the host {host} has {alphabets} letters in one word; copy the source"
            )
        if not label.isascii() and confusables.looks_latin(label):
            return f"the host {host} only looks like Latin letters; copy the source"
    return ""


def _decoded(host: str) -> str:
    """The host as it is shown, its punycode (RFC 3492) decoded."""
    labels = []
    for label in host.split("."):
        try:
            is_coded = label.startswith(_PUNYCODE) and len(label) <= _LONGEST
            coded = label.removeprefix(_PUNYCODE).encode("ascii") if is_coded else b""
            labels.append((coded.decode("punycode") if is_coded else "") or label)
        except (UnicodeError, ValueError, OverflowError):
            labels.append(label)
    return ".".join(labels)
