"""The stage `check`: a catalog in, findings out."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from pipeline import cldr
from pipeline.checks import Check, CheckContext
from pipeline.model.catalog import Catalog, Key, Message
from pipeline.model.finding import Finding, Severity
from pipeline.restructured import as_markdown, is_restructured

_OF_HEADER: Final = frozenset({"header"})
"""All that is asked of the entry with the empty msgid."""

_IGNORE: Final = "ignore"
_SAFETY: Final = frozenset({"unsafe"})
"""All that is looked for in a slug, which is folded to ASCII anyway."""

_SILENCE: Final = re.compile(
    r"\s*publish:\s*ignore\s*=\s*(?P<names>[\w,-]*)(?P<reason>.*)"
)
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

    Those on the header come first. Pseudo-locales are not checked.
    """
    if context.locale in cldr.PSEUDO_LOCALES:
        return
    if context.usual is None and _has_twins(catalog):
        context = replace(context, usual=usual_translations((catalog,)))
    for finding in _header_findings(catalog.header, checks, context):
        yield replace(finding, file=file, locale=context.locale)
    safety = tuple(each for each in checks if each.name in _SAFETY)
    for message in catalog.living:
        if any(message.msgstrs):
            asked = safety if message.msgctxt == "slug" else checks
            for finding in _message_findings(message, asked, context, checks):
                yield replace(
                    finding,
                    file=file,
                    line=message.line,
                    locale=context.locale,
                    msgctxt=message.msgctxt,
                    msgid=message.msgid,
                    msgstr=message.msgstr,
                )


def nplurals(catalog: Catalog) -> int:
    """How many plural forms a message has, as the header says; 2 if it says nothing."""
    count, _ = cldr.plural_rule(catalog.fields().get("Plural-Forms", ""))
    return count or _DEFAULT_NPLURALS


def _message_findings(
    message: Message,
    checks: Sequence[Check],
    context: CheckContext,
    known: Sequence[Check],
) -> Iterator[Finding]:
    if message.comments:
        silenced = set()
        for names, reason in _silences(message):
            if reason:
                silenced.update(names)
            known_names = frozenset(each.name for each in known)
            yield from _silence_findings(names, reason, known_names)
        if silenced:
            checks = [each for each in checks if each.name not in silenced]
    if is_restructured(message):
        message = as_markdown(message)
    for each in checks:
        for remark in each(message, context):
            yield Finding(each.name, remark.severity or each.severity, remark.message)


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
                yield Finding(
                    each.name,
                    remark.severity or each.severity,
                    remark.message,
                    line=header.line,
                )


def _has_twins(catalog: Catalog) -> bool:
    """Whether a text stands in several contexts of it."""
    texts = [message.msgid for message in catalog.living]
    return len(set(texts)) < len(texts)


def usual_translations(catalogs: Iterable[Catalog]) -> dict[Key, str]:
    """
    How a text is usually translated, for those that are translated in several ways.

    That is the one in most places, of several such the first. A text of few words may
    be another word in another context; a sentence is the same in every one.
    """
    found: dict[Key, Counter[str]] = {}
    keys: dict[Key, set[Key]] = {}
    for catalog in catalogs:
        for message in catalog.living:
            if message.msgid_plural is None and message.is_usable:
                is_sentence = message.msgid.count(" ") >= _SENTENCE
                key = (None if is_sentence else message.msgctxt, message.msgid)
                found.setdefault(key, Counter())[message.msgstr] += 1
                keys.setdefault(key, set()).add(message.key)
    return {
        each: counts.most_common(1)[0][0]
        for key, counts in found.items()
        if len(counts) > 1
        for each in keys[key]
    }
