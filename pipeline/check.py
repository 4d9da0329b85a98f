"""The stage `check`: a catalog in, findings out."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from pipeline import cldr
from pipeline.characters import WWW, signs
from pipeline.checks import Check, CheckContext, Remark
from pipeline.inquiry import Inquiry, inquiry_of
from pipeline.late import regex
from pipeline.model.catalog import Catalog, Key, Message
from pipeline.model.finding import Finding, Severity
from pipeline.restructured import as_markdown, is_restructured
from pipeline.screening import alike

_OF_HEADER: Final = frozenset({"header"})
"""All that is asked of the entry with the empty msgid."""

_IGNORE: Final = "ignore"
_MARKUP: Final = "markup"
_LINKS: Final = "links"
_GUARDS: Final = frozenset({"hosts", _LINKS, _MARKUP, "unsafe"})
"""What looks at the links that a translation would bring into a page."""

_HIDING: Final = frozenset({"<", "@", "/", WWW})
"""Signs of which one is in whatever a browser reads as a tag or a link."""

_NONE: Final[frozenset[str]] = frozenset()
_GROUP: Final = 256
"""Messages that are looked at together: those of most articles."""

_SILENCE: Final = regex(r"\s*publish:\s*ignore\s*=\s*(?P<names>[\w,-]*)(?P<reason>.*)")
_DEFAULT_NPLURALS: Final = 2
_SENTENCE: Final = 3
"""Spaces, at least, in what is taken for a sentence."""


def check(
    catalog: Catalog,
    *,
    checks: Sequence[Check],
    context: CheckContext,
    file: str,
) -> Iterator[Finding]:
    """
    The findings on every living message that has a translation, fuzzy or not.

    Those on the header come first; what weighs less than the `least` of the context is
    left out. Pseudo-locales are not checked.
    """
    if context.locale in cldr.PSEUDO_LOCALES:
        return
    if context.usual is None and _has_twins(catalog):
        context = replace(context, usual=usual_translations((catalog,)))
    inquiry = inquiry_of(tuple(checks), context.least)
    for finding in _header_findings(catalog.header, inquiry.checks, context):
        yield replace(finding, file=file, locale=context.locale)
    messages = [
        each
        for each in catalog.messages
        # Nearly all have a first form, and need no look at others.
        if not each.obsolete and (each.msgstrs[0] or any(each.msgstrs))
    ]
    for start in range(0, len(messages), _GROUP):
        for message, finding in _found(
            messages[start : start + _GROUP], inquiry, context
        ):
            yield replace(
                finding,
                file=file,
                line=message.line,
                locale=context.locale,
                msgctxt=message.msgctxt,
                msgid=message.msgid,
                msgstr=message.msgstr,
            )


def _found(
    messages: Sequence[Message], inquiry: Inquiry, context: CheckContext
) -> Iterator[tuple[Message, Finding]]:
    """What is found in some messages; much is seen of all of them at once."""
    quiet = inquiry.quiet(messages, context)
    for message, is_alike in zip(messages, alike(messages), strict=True):
        if not is_alike or message.comments or inquiry.of_alike:
            found = _message_findings(
                message, inquiry, context, quiet=quiet, is_alike=is_alike
            )
            for finding in found:
                yield message, finding


def nplurals(catalog: Catalog) -> int:
    """How many plural forms a message has, as the header says; 2 if it says nothing."""
    return _nplurals(catalog.header.msgstr)


@lru_cache(maxsize=64)
def _nplurals(header: str) -> int:
    """Of a locale many catalogs have one header."""
    fields = Catalog(Message("", (header,))).fields()
    count, _ = cldr.plural_rule(fields.get("Plural-Forms", ""))
    return count or _DEFAULT_NPLURALS


def _message_findings(
    message: Message,
    inquiry: Inquiry,
    context: CheckContext,
    *,
    quiet: frozenset[str],
    is_alike: bool,
) -> list[Finding]:
    found: list[Finding] = []
    silenced: set[str] = set()
    if message.comments:
        for names, reason in _silences(message):
            if reason:
                silenced.update(names)
            if Severity.WARNING.reaches(inquiry.least):
                found += _silence_findings(names, reason, inquiry.known)
    # What is silenced is looked at for what it must not let in.
    is_alike = is_alike and not silenced
    if not is_alike:
        if is_restructured(message):
            message, quiet = as_markdown(message), _NONE
        found += _unsilenced(message, context, silenced)
    for each in inquiry.of(message, is_alike=is_alike):
        if each.name not in silenced and each.name not in quiet:
            for remark in each(message, context):
                found += _weighed(remark, each, context.least)
    return found


def _unsilenced(
    message: Message, context: CheckContext, silenced: set[str]
) -> Iterator[Finding]:
    """What no comment beside a message lets in, whatever it silences."""
    if silenced and not silenced.isdisjoint(_GUARDS):
        yield from _let_in(message, context, silenced)
    if not all(_HIDING.isdisjoint(signs(text)) for text in message.msgstrs):
        yield from _hidden(message, context)


def _let_in(
    message: Message, context: CheckContext, silenced: Collection[str]
) -> Iterator[Finding]:
    """What a silenced check would let into a page: errors that nothing silences."""
    # Few messages silence these checks.
    from pipeline.foreign import foreign, foreign_markup

    found = ", ".join(foreign(message, context.hosts))
    if found:
        yield Finding(
            _IGNORE,
            Severity.ERROR,
            f"“publish: ignore=” lets in no link to {found}, which the source does not "
            "have; take it out, or list the host under `links.hosts`",
        )
    found = ", ".join(foreign_markup(message)) if _MARKUP in silenced else ""
    if found:
        yield Finding(
            _IGNORE,
            Severity.ERROR,
            f"“publish: ignore=” lets in no {found}, which the source does not have; "
            "take it out",
        )


def _hidden(message: Message, context: CheckContext) -> Iterator[Finding]:
    """What only browsers read as a tag or a link: errors that nothing silences."""
    from pipeline.foreign import hidden_hosts, hidden_tags

    for host in hidden_hosts(message, context.hosts):
        yield Finding(
            _LINKS,
            Severity.ERROR,
            f"a page may have a link to {host} here, and the source does not have it; "
            "take it out, or list the host under `links.hosts`",
        )

    for tag in hidden_tags(message, context.hosts):
        yield Finding(
            _MARKUP,
            Severity.ERROR,
            f"a browser reads “{tag}” as a tag, and the source does not have it; take "
            "it out",
        )


def _weighed(remark: Remark, check: Check, least: Severity) -> Iterator[Finding]:
    """What a check says, if it weighs enough."""
    severity = remark.severity or check.severity
    if not check.severity.reaches(severity):
        # What a check is not asked for in a build must not hold a page elsewhere.
        severity = check.severity
    if severity.reaches(least):
        yield Finding(check.name, severity, remark.message)


def _silences(message: Message) -> Iterator[tuple[list[str], str]]:
    """Names and reason of every `publish: ignore=NAME reason` beside the message."""
    for comment in message.comments:
        match = _SILENCE.match(comment) if "publish:" in comment else None
        if match:
            names = [name for name in match["names"].split(",") if name]
            yield names, match["reason"].strip()


def _silence_findings(
    names: Sequence[str],
    reason: str,
    known: Collection[str],
) -> Iterator[Finding]:
    choice = ", ".join(sorted(known))
    if not names:
        yield Finding(
            _IGNORE,
            Severity.WARNING,
            f"“publish: ignore=” names no check; name one of {choice}",
        )
    for name in names:
        if name not in known:
            yield Finding(
                _IGNORE,
                Severity.WARNING,
                f"no check is named “{name}”; the checks are {choice}",
            )
    if names and not reason:
        yield Finding(
            _IGNORE,
            Severity.WARNING,
            f"{', '.join(names)} is not silenced without a reason; write why after it",
        )


def _header_findings(
    header: Message, checks: Sequence[Check], context: CheckContext
) -> Iterator[Finding]:
    silenced = {name for names, why in _silences(header) if why for name in names}
    for each in checks:
        if each.name in _OF_HEADER - silenced:
            for remark in each(header, context):
                for finding in _weighed(remark, each, context.least):
                    yield replace(finding, line=header.line)


def _has_twins(catalog: Catalog) -> bool:
    """Whether a text stands in several contexts of it."""
    return _are_twins(tuple([each.msgid for each in catalog.living]))


@lru_cache(maxsize=4)
def _are_twins(texts: tuple[str, ...]) -> bool:
    """The same for every locale of an article."""
    return len(set(texts)) < len(texts)


def usual_translations(catalogs: Iterable[Catalog]) -> dict[Key, str]:
    """
    How a text is usually translated, for those that are translated in several ways.

    That is the one in most places, of several such the first. A text of few words may
    be another word in another context; a sentence is the same in every one.
    """
    first: dict[Key, Message] = {}
    found: dict[Key, Counter[str]] = {}
    keys: dict[Key, set[Key]] = {}
    for catalog in catalogs:
        for message in catalog.living:
            if message.msgid_plural is None and message.is_usable:
                is_sentence = message.msgid.count(" ") >= _SENTENCE
                key = (None if is_sentence else message.msgctxt, message.msgid)
                one = first.setdefault(key, message)
                if one is message:
                    continue
                # Nearly every text is in one place, and there is nothing to count.
                if key not in found:
                    found[key], keys[key] = Counter([one.msgstr]), {one.key}
                found[key][message.msgstr] += 1
                keys[key].add(message.key)
    return {
        each: counts.most_common(1)[0][0]
        for key, counts in found.items()
        if len(counts) > 1
        for each in keys[key]
    }
