"""The header of a catalog: what other programs read before any of its texts."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pipeline import cldr
from pipeline.checks import CheckContext, Example, Remark
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity

_FORMULA: Final = regex(r"[n\d\s()!=<>&|%?:+*/-]+")
# What gettext's tools write into a new file for a person to fill in.
_UNFILLED: Final = {
    "Project-Id-Version": regex(r"PACKAGE(?: VERSION)?|.*\bVERSION"),
    "PO-Revision-Date": regex(r"YEAR-.*"),
    "POT-Creation-Date": regex(r"YEAR-.*"),
    "Last-Translator": regex(r"FULL NAME.*|.*EMAIL@ADDRESS.*"),
    "Language-Team": regex(r"LANGUAGE.*|.*LL@li\.org.*"),
    "Content-Type": regex(r".*charset=CHARSET.*"),
    "Content-Transfer-Encoding": regex("ENCODING"),
}
_OTHERS: Final = {
    1: frozenset("az fa hu ka kk ky tk tt ug uz".split()),
    3: frozenset({"ca", "es", "fr", "it", "pt"}),
}
"""Counts that are in use besides: gettext's older one form, CLDR's newer `many`."""

_DATES: Final = ("POT-Creation-Date", "PO-Revision-Date")
_DATE: Final = regex(r"\d{4}-[01]\d-[0-3]\d[ T][0-2]\d:[0-5]\d(?::\d\d)?[+-]\d{4}")
_FIELDS: Final = frozenset(
    {"Project-Id-Version", "Report-Msgid-Bugs-To", "Last-Translator", "Language-Team"}
    | {"Language", "Plural-Forms", *_DATES}
    | {"MIME-Version", "Content-Type", "Content-Transfer-Encoding"},
)
"""The fields of gettext's manual ("The Format of PO Files"); others begin with X-."""


class Header:
    """Reads the entry with the empty msgid; no other message has anything for it."""

    name = "header"
    severity = Severity.WARNING
    explanation = (
        "The header at the top of the file names another language or other plural "
        "forms than its place says, or has fields that nobody filled in. Correct it."
    )
    good = (
        Example(
            "tr",
            "",
            "Project-Id-Version: clinic\nLanguage: tr\nMIME-Version: 1.0\n"
            "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
            "Plural-Forms: nplurals=2; plural=(n > 1);\n",
        ),
        Example(
            "ja",
            "",
            "Project-Id-Version: clinic\nLanguage: ja\nMIME-Version: 1.0\n"
            "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
            "Plural-Forms: nplurals=1; plural=0;\n",
        ),
    )
    bad = (
        Example(
            "tr",
            "",
            "Language: de\nPlural-Forms: nplurals=2; plural=(n != 1);\n",
        ),
        Example(
            "ru",
            "",
            "Language: ru\nPlural-Forms: nplurals=2; plural=(n != 1);\n",
        ),
        Example(
            "de",
            "",
            "Last-Translator: FULL NAME <EMAIL@ADDRESS>\nLanguage: de\n"
            "Plural-Forms: nplurals=2; plural=(n != 1);\n",
        ),
    )

    def may_speak(self, sources: str, texts: str, context: CheckContext) -> bool:
        del texts, context
        return "" in sources.split("\n")

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        if message.msgid:
            return iter(())
        return _remarks(message, context.locale)


def _remarks(header: Message, locale: str) -> Iterator[Remark]:
    if header.is_fuzzy:
        yield Remark(
            "the header is fuzzy, which only a template's may be; take the flag off"
        )
    lines = (line.partition(":") for line in header.msgstr.split("\n"))
    pairs = [(name.strip(), value.strip()) for name, colon, value in lines if colon]
    fields = dict(pairs)
    for text in (
        _language_remark(fields.get("Language", ""), locale),
        _plural_remark(fields.get("Plural-Forms", ""), locale),
    ):
        if text:
            yield Remark(text)
    counts = Counter(name for name, _ in pairs)
    for name in (name for name, count in counts.items() if count > 1):
        yield Remark(f"the header has {name} twice; keep one of them")
    yield from _field_remarks(fields)


def _language_remark(language: str, locale: str) -> str:
    expected = cldr.gettext_locale(locale)
    if not locale:
        named = f"names {language}, which is no known language" if language else ""
        return (
            f"the header {named or 'has no Language'}; write it as “Language: pt_BR”, "
            "or name it with --lang"
        )
    if not language:
        return f"the header has no Language; write “Language: {expected}”"
    if language != expected:
        return f"the header says Language {language}; write “Language: {expected}”"
    return ""


def _plural_remark(value: str, locale: str) -> str:
    if not locale:
        return ""
    if not value:
        return (
            "the header has no Plural-Forms; write "
            f"“Plural-Forms: {cldr.plural_forms(locale)}”"
        )
    count, formula = cldr.plural_rule(value)
    if not count or not _FORMULA.fullmatch(formula):
        return (
            f"the header's Plural-Forms “{value}” cannot be read; write "
            f"“{cldr.plural_forms(locale)}”"
        )
    if not _is_accepted(count, formula, locale):
        return (
            f"the header's Plural-Forms “{value}” is not that of {locale}; "
            f"“{cldr.plural_forms(locale)}” is usual"
        )
    return ""


def _is_accepted(count: int, formula: str, locale: str) -> bool:
    """
    Whether the number of forms is the locale's; its formula has many spellings.

    Where several headers are in use, one of them it must be.
    """
    accepted = cldr.ACCEPTED_PLURAL_FORMS.get(locale.partition("-")[0])
    if accepted is None:
        language = locale.partition("-")[0]
        return count == _usual_count(locale) or language in _OTHERS.get(count, ())
    rules = (cldr.plural_rule(each) for each in accepted)
    return (count, _bare(formula)) in {(rule[0], _bare(rule[1])) for rule in rules}


def _bare(formula: str) -> str:
    """The formula without blanks and outer parentheses."""
    bare = "".join(formula.split())
    return bare[1:-1] if bare.startswith("(") and bare.endswith(")") else bare


@lru_cache(maxsize=64)
def _usual_count(locale: str) -> int:
    return cldr.plural_rule(cldr.plural_forms(locale))[0]


def _field_remarks(fields: dict[str, str]) -> Iterator[Remark]:
    """What holds nobody up, and still shows that nobody looked after the header."""
    for name, value in fields.items():
        unfilled = _UNFILLED.get(name)
        if unfilled and unfilled.fullmatch(value):
            yield Remark(
                f"nobody has filled in {name} of the header: it says “{value}”",
                Severity.INFO,
            )
        elif name in _DATES and value and not _DATE.fullmatch(value):
            yield Remark(
                f"{name} of the header is “{value}”; write it as 2026-03-04 10:00+0000",
                Severity.INFO,
            )
        elif name not in _FIELDS and not name.lower().startswith("x-"):
            yield Remark(
                f"{name} is no field of a header; is it misspelled? X- begins others",
                Severity.INFO,
            )
    # A header of two lines is somebody's own, and short on purpose.
    if "Content-Type" not in fields and "Project-Id-Version" in fields:
        yield Remark(
            "the header has no Content-Type; write "
            "“Content-Type: text/plain; charset=UTF-8”",
            Severity.INFO,
        )
    charset = fields.get("Content-Type", "").rpartition("charset=")[2].strip().lower()
    if charset not in {"", "utf-8", "utf8", "charset"}:
        yield Remark(f"the header's charset is {charset}; write UTF-8, and save it so")
