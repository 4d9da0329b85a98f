from collections.abc import Iterator
from dataclasses import replace

import pytest

from pipeline.check import check, nplurals
from pipeline.checks import Check, CheckContext, Remark
from pipeline.checks.numbers import Numbers
from pipeline.checks.unchanged import Unchanged
from pipeline.checks.unsafe import Unsafe
from pipeline.model.catalog import Catalog, Message
from pipeline.model.finding import Finding, Severity

PLURALS = {
    "tr": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && "
    "n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);",
}
CHECKS: tuple[Check, ...] = (Numbers(), Unchanged(), Unsafe())


def header(**fields: str) -> Message:
    lines = {"Language": "tr", "Plural-Forms": PLURALS["tr"]}
    lines |= {name.replace("_", "-"): value for name, value in fields.items()}
    text = "".join(f"{name}: {value}\n" for name, value in lines.items() if value)
    return Message("", (text,), line=3)


def find(
    *messages: Message,
    locale: str = "tr",
    head: Message | None = None,
    checks: tuple[Check, ...] = CHECKS,
) -> list[Finding]:
    return list(
        check(
            Catalog(head or header(), messages),
            checks=checks,
            context=CheckContext(locale),
            file="locales/tr/LC_MESSAGES/a.po",
        ),
    )


def test_a_finding_says_where_it_is():
    (finding,) = find(Message("5 mg", ("50 mg",), msgctxt="title", line=7))
    assert finding == Finding(
        check="numbers",
        severity=Severity.ERROR,
        message="number 5 mg in the source is 50 mg here; correct it",
        file="locales/tr/LC_MESSAGES/a.po",
        line=7,
        locale="tr",
        msgctxt="title",
        msgid="5 mg",
        msgstr="50 mg",
    )


def test_a_fuzzy_message_is_checked():
    assert len(find(Message("5 mg", ("50 mg",), flags=("fuzzy",)))) == 1


def test_obsolete_and_untranslated_messages_are_not_checked():
    assert find(Message("5 mg", ("50 mg",), obsolete=True), Message("5 mg")) == []


def test_a_remark_may_weigh_less_than_its_check():
    head = header(Language="sv", Plural_Forms="nplurals=2; plural=(n != 1);")
    (finding,) = find(Message("2 days", ("två dagar",)), locale="sv", head=head)
    assert finding.severity is Severity.WARNING


def test_a_slug_is_checked_for_safety_only():
    slug = Message("hair-loss 5", ("hair-loss <script>",), msgctxt="slug")
    assert [finding.check for finding in find(slug)] == ["unsafe"]


@pytest.mark.parametrize("locale", ["en-XA", "en-XB"])
def test_pseudo_locales_are_not_checked(locale):
    assert find(Message("5 mg", ("50 mg",)), locale=locale) == []


def test_a_check_is_silenced_beside_the_string():
    comments = ("publish: ignore=numbers the dose differs by country",)
    assert find(Message("5 mg", ("50 mg",), comments=comments)) == []


def test_several_checks_are_silenced_at_once():
    comments = ("publish: ignore=numbers,unsafe as agreed",)
    assert find(Message("5", ("6 <script>",), comments=comments)) == []


def test_another_check_is_not_silenced():
    comments = ("publish: ignore=unchanged a name",)
    (finding,) = find(Message("5 mg", ("50 mg",), comments=comments))
    assert finding.check == "numbers"


def test_silencing_without_a_reason_is_told():
    comments = ("publish: ignore=numbers",)
    (finding,) = find(Message("5 mg", ("50 mg",), comments=comments))
    assert (finding.check, finding.severity) == ("ignore", Severity.WARNING)
    assert "without a reason" in finding.message


@pytest.mark.parametrize("names", ["number", ""])
def test_silencing_what_does_not_exist_names_the_checks(names):
    comments = (f"publish: ignore={names} since ever",)
    (finding,) = find(Message("5 mg", ("5 mg",), comments=comments))
    assert (finding.check, finding.severity) == ("ignore", Severity.WARNING)
    assert finding.message.endswith("numbers, unchanged, unsafe")


def test_other_comments_silence_nothing():
    comments = ("publish: please", "ignore=numbers", "publish the numbers")
    assert len(find(Message("5 mg", ("50 mg",), comments=comments))) == 1


@pytest.mark.parametrize(
    "value",
    [
        "nplurals=2; plural=(n != 1);",
        "nplurals=2; plural=n != 1;",
        "nplurals=2; plural=(n>1);",
        "nplurals=1; plural=0;",
    ],
)
def test_the_three_turkish_headers_pass(value):
    assert find(head=header(Plural_Forms=value)) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"Plural_Forms": ""}, "the header has no Plural-Forms"),
        ({"Plural_Forms": "nplurals=INTEGER; plural=EXPRESSION;"}, "cannot be read"),
        ({"Plural_Forms": "nplurals=2; plural=exit(1);"}, "cannot be read"),
        ({"Plural_Forms": "nplurals=3; plural=(n%10);"}, "is not that of tr"),
        ({"Plural_Forms": "nplurals=2; plural=(n%10);"}, "is not that of tr"),
        ({"Language": ""}, "the header has no Language"),
        ({"Language": "de"}, "write “Language: tr”"),
        ({"Language": "tr_TR"}, "write “Language: tr”"),
    ],
)
def test_an_odd_header_is_a_warning(fields, said):
    (finding,) = find(head=header(**fields))
    assert (finding.check, finding.severity) == ("header", Severity.WARNING)
    assert (finding.msgid, finding.line) == (None, 3)
    assert said in finding.message


def test_a_fuzzy_header_is_a_warning():
    (finding,) = find(head=replace(header(), flags=("fuzzy",)))
    assert (finding.check, finding.severity) == ("header", Severity.WARNING)


def test_gettexts_spelling_of_the_language_is_expected():
    head = header(Language="pt_BR", Plural_Forms="nplurals=2; plural=(n > 1);")
    assert find(locale="pt-BR", head=head) == []


def test_another_formula_of_as_many_forms_passes_where_one_header_is_usual():
    head = header(Language="ar", Plural_Forms="nplurals=6; plural=n%6;")
    assert find(locale="ar", head=head) == []
    head = header(Language="ar", Plural_Forms="nplurals=2; plural=n>1;")
    assert len(find(locale="ar", head=head)) == 1


@pytest.mark.parametrize(
    ("value", "count"),
    [(PLURALS["tr"], 2), (PLURALS["ar"], 6), ("nplurals=1; plural=0;", 1), ("", 2)],
)
def test_the_header_says_how_many_forms_there_are(value, count):
    assert nplurals(Catalog(header(Plural_Forms=value))) == count


class Whole:
    """A check that says what it was given."""

    name = "whole"
    severity = Severity.INFO
    explanation = "Shows the message."

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        yield Remark(f"{message.msgstrs} {context.locale}")


def test_a_check_sees_the_whole_message():
    message = Message("a", ("b", ""), msgid_plural="c")
    (finding,) = find(message, checks=(Whole(),))
    assert finding.message == "('b', '') tr"
