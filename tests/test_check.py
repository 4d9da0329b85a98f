from collections.abc import Iterator
from dataclasses import replace

import pytest

from pipeline.check import check, nplurals, usual_translations
from pipeline.checks import Check, CheckContext, Remark
from pipeline.checks.header import Header
from pipeline.checks.inconsistent import Inconsistent
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


def test_no_comment_lets_in_a_link_to_a_place_that_the_source_does_not_have():
    comments = ("publish: ignore=unsafe it is right so",)
    text = "[x](https://evil.example/) y"
    (found,) = find(Message("x y", (text,), comments=comments))

    assert (found.check, found.severity) == ("ignore", Severity.ERROR)
    assert "lets in no link to evil.example, which" in found.message


def test_no_comment_lets_in_markup_that_the_source_does_not_have():
    comments = ("publish: ignore=markup it is right so",)
    found = find(Message("x y", ("<i title='z'>x</i> y",), comments=comments))

    (error,) = (each for each in found if each.severity is Severity.ERROR)
    assert (error.check, "lets in no <i>, which" in error.message) == ("ignore", True)


def test_a_tag_that_only_a_browser_reads_is_an_error_whatever_is_silenced():
    comments = ("publish: ignore=markup,links,hosts,unsafe it is right so",)
    text = "`<u>x</u>` y"
    for each in (comments, ()):
        found = find(Message("x y", (text,), comments=each))
        errors = [f.message for f in found if f.severity is Severity.ERROR]
        assert [message.split("”")[0] for message in errors] == [
            "a browser reads “<u>",
            "a browser reads “</u>",
        ]


def test_another_check_is_not_silenced():
    comments = ("publish: ignore=unchanged a name",)
    (finding,) = find(Message("5 mg", ("50 mg",), comments=comments))
    assert finding.check == "numbers"


def test_without_a_reason_nothing_is_silenced():
    comments = ("publish: ignore=numbers",)
    told, number = find(Message("5 mg", ("50 mg",), comments=comments))
    assert (told.check, told.severity) == ("ignore", Severity.WARNING)
    assert "not silenced without a reason" in told.message
    assert (number.check, number.severity) == ("numbers", Severity.ERROR)


@pytest.mark.parametrize("names", ["number", ""])
def test_silencing_what_does_not_exist_names_the_checks(names):
    comments = (f"publish: ignore={names} since ever",)
    (finding,) = find(Message("5 mg", ("5 mg",), comments=comments))
    assert (finding.check, finding.severity) == ("ignore", Severity.WARNING)
    assert finding.message.endswith("numbers, unchanged, unsafe")


def test_other_comments_silence_nothing():
    comments = ("publish: please", "ignore=numbers", "publish the numbers")
    assert len(find(Message("5 mg", ("50 mg",), comments=comments))) == 1


def test_the_header_is_given_to_its_check_alone():
    head = header(Language="de 5 mg")
    (finding,) = find(head=head, checks=(*CHECKS, Header()))[:1]
    assert (finding.check, finding.severity) == ("header", Severity.WARNING)
    assert (finding.msgid, finding.line) == (None, 3)


def test_the_check_of_the_header_is_silenced_beside_it():
    head = replace(header(Language="de"), comments=("publish: ignore=header theirs",))
    assert find(head=head, checks=(Header(),)) == []


def twins(*msgstrs: str, flags: tuple[str, ...] = ()) -> tuple[Message, ...]:
    texts = "Call the clinic at once."
    return tuple(
        Message(texts, (msgstr,), msgctxt=str(number), flags=flags)
        for number, msgstr in enumerate(msgstrs)
    )


def test_one_sentence_in_several_contexts_is_held_against_the_usual_one():
    found = find(*twins("Arayın.", "Ara!", "Arayın."), checks=(Inconsistent(),))
    assert [finding.msgctxt for finding in found] == ["1"]


def test_of_several_translations_in_as_many_places_the_first_is_the_usual_one():
    catalog = Catalog(header(), twins("Arayın.", "Ara!"))
    assert set(usual_translations([catalog]).values()) == {"Arayın."}


def test_the_usual_translation_is_that_of_all_the_catalogs():
    first, *others = (Catalog(header(), twins(each)) for each in ("Ara!", "A", "A"))
    key = ("0", "Call the clinic at once.")
    assert usual_translations([first, *others]) == {key: "A"}


def test_a_word_may_be_another_one_in_another_context():
    messages = (Message("Open", ("Aç",), "verb"), Message("Open", ("Açık",), "state"))
    assert usual_translations([Catalog(header(), messages)]) == {}


def test_what_is_translated_alike_or_fuzzy_has_no_usual_translation():
    catalog = Catalog(header(), (*twins("A", "A"), *twins("B", flags=("fuzzy",))))
    assert usual_translations([catalog]) == {}


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


class Loud:
    """Says of every message what it was made with."""

    name = "loud"
    explanation = ""

    def __init__(self, severity: Severity, remark: Severity | None) -> None:
        self.severity = severity
        self.remark = remark

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        del message, context
        yield Remark("heard", self.remark)


def severities(severity, remark, least):
    findings = check(
        Catalog(header(), (Message("a", ("b",)),)),
        checks=(Loud(severity, remark),),
        context=CheckContext("tr", least=least),
        file="a.po",
    )
    return [finding.severity for finding in findings]


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("remark", Severity)
def test_a_remark_weighs_no_more_than_its_check(severity, remark):
    (found,) = severities(severity, remark, Severity.INFO)
    assert severity.reaches(found)


@pytest.mark.parametrize("least", Severity)
@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("remark", [None, *Severity])
def test_what_weighs_less_than_is_asked_for_is_left_out(severity, remark, least):
    every = severities(severity, remark, Severity.INFO)
    assert severities(severity, remark, least) == [
        each for each in every if each.reaches(least)
    ]


def test_a_silence_that_names_nothing_is_no_error():
    message = Message("5 mg", ("5 mg",), comments=("publish: ignore=nothing so",))
    findings = check(
        Catalog(header(), (message,)),
        checks=CHECKS,
        context=CheckContext("tr", least=Severity.ERROR),
        file="a.po",
    )
    assert list(findings) == []
