"""The stage `check`: a catalog in, findings out."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from pipeline import cldr
from pipeline.checks import Check, CheckContext
from pipeline.model.catalog import Catalog, Message
from pipeline.model.finding import Finding, Severity
from pipeline.restructured import as_markdown, is_restructured

_HEADER: Final = "header"
_IGNORE: Final = "ignore"
_SAFETY: Final = frozenset({"unsafe"})
"""All that is looked for in a slug, which is folded to ASCII anyway."""

_PLURAL_FORMS: Final = re.compile(
    r"\s*nplurals\s*=\s*(?P<count>[1-9]\d?)\s*;\s*plural\s*=\s*(?P<formula>[^;]+);?\s*",
)
_FORMULA: Final = re.compile(r"[n\d\s()!=<>&|%?:+*/-]+")
_SILENCE: Final = re.compile(
    r"\s*publish:\s*ignore\s*=\s*(?P<names>[\w,-]*)(?P<reason>.*)"
)
_DEFAULT_NPLURALS: Final = 2


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
    for finding in _header_findings(catalog, context):
        yield replace(finding, file=file, locale=context.locale)
    known = frozenset(each.name for each in checks)
    for message in catalog.living:
        if any(message.msgstrs):
            for finding in _message_findings(message, checks, context, known):
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
    match = _PLURAL_FORMS.fullmatch(catalog.fields().get("Plural-Forms", ""))
    return int(match["count"]) if match else _DEFAULT_NPLURALS


def _message_findings(
    message: Message,
    checks: Sequence[Check],
    context: CheckContext,
    known: Collection[str],
) -> Iterator[Finding]:
    silenced = set()
    for names, reason in _silences(message):
        silenced.update(names)
        yield from _silence_findings(names, reason, known)
    if is_restructured(message):
        message = as_markdown(message)
    for each in checks:
        if each.name in silenced:
            continue
        if message.msgctxt == "slug" and each.name not in _SAFETY:
            continue
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
            f"{', '.join(names)} is silenced without a reason; write why after it",
        )


def _header_findings(catalog: Catalog, context: CheckContext) -> Iterator[Finding]:
    fields = catalog.fields()
    for text in (
        _flag_remark(catalog.header),
        _language_remark(fields.get("Language", ""), context.locale),
        _plural_remark(fields.get("Plural-Forms", ""), context.locale),
    ):
        if text:
            yield Finding(_HEADER, Severity.WARNING, text, line=catalog.header.line)


def _flag_remark(header: Message) -> str:
    if header.is_fuzzy:
        return "the header is fuzzy, which only a template's may be; take the flag off"
    return ""


def _language_remark(language: str, locale: str) -> str:
    expected = cldr.gettext_locale(locale)
    if not language:
        return f"the header has no Language; write “Language: {expected}”"
    if language != expected:
        return f"the header says Language {language}; write “Language: {expected}”"
    return ""


def _plural_remark(value: str, locale: str) -> str:
    match = _PLURAL_FORMS.fullmatch(value)
    if not value:
        return (
            "the header has no Plural-Forms; write "
            f"“Plural-Forms: {cldr.plural_forms(locale)}”"
        )
    if match is None or not _FORMULA.fullmatch(match["formula"]):
        return (
            f"the header's Plural-Forms “{value}” cannot be read; write "
            f"“{cldr.plural_forms(locale)}”"
        )
    if not _is_accepted(match["count"], match["formula"], locale):
        return (
            f"the header's Plural-Forms “{value}” is not that of {locale}; "
            f"“{cldr.plural_forms(locale)}” is usual"
        )
    return ""


def _is_accepted(count: str, formula: str, locale: str) -> bool:
    """
    Whether the number of forms is the locale's; its formula has many spellings.

    Where several headers are in use, one of them it must be.
    """
    accepted = cldr.ACCEPTED_PLURAL_FORMS.get(locale.partition("-")[0])
    if accepted is None:
        return count == _usual_count(locale)
    return (count, _bare(formula)) in {
        (match["count"], _bare(match["formula"]))
        for each in accepted
        if (match := _PLURAL_FORMS.fullmatch(each))
    }


def _bare(formula: str) -> str:
    """The formula without blanks and outer parentheses."""
    bare = "".join(formula.split())
    return bare[1:-1] if bare.startswith("(") and bare.endswith(")") else bare


@lru_cache(maxsize=64)
def _usual_count(locale: str) -> str:
    match = _PLURAL_FORMS.fullmatch(cldr.plural_forms(locale))
    return match["count"] if match else ""
