import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import registry
from pipeline.check import check as check_catalog
from pipeline.checks import Check, CheckContext
from pipeline.foreign import hidden_hosts, hidden_tags
from pipeline.model.catalog import Catalog, Message
from pipeline.model.finding import Severity
from pipeline.screening import alike

CHECKS = registry.checks()
EVERY = [chr(code) for code in range(1, sys.maxunicode + 1)]

ALIKE = [
    ("Wash your hands.", "Ellerinizi yıkayın."),
    ("Take it (in the evening)!", "Akşamları alın (yemekten sonra)."),
    ("Take 2 tablets daily.", "Günde 2 tablet alın."),
    ("Wait 12 hours", "12 saat bekleyin"),
    ("Wait 12 hours, then 5 days, or 5.", "12 saat bekleyin, 5 gün, ya da 5."),
    ("5 mg", "5 mg"),
    ("Wait 5 hours. Then wash.", "5 saat bekleyin. Yıkayın."),
    ("Take **5 mg** or 1 tablet.", "1 tablet ya da **5 mg** alın."),
    ("Wait 5 days, or 2 weeks.", "Vänta 5 dagar, eller 2 veckor."),
    ("Between day 2 and 8; not after 3, please", "بين 2 و 8؛ ليس بعد 3، من"),
    ("After 57 days", "57 بعد ذلك اليوم الذي لا يعود"),
    (
        "**Note:** read [more](https://clinic.example/a).",
        "**Not:** [b](https://clinic.example/a)",
    ),
    ("Soap and/or water: wash & wait.", "Sabun ve/veya su: yıkayın ve bekleyin."),
    ("Wait 12 hours.", "انتظر 12 ساعة."),
    ("Once", "一日"),
    ("A <b>word</b>, {name}", "Bir <b>söz</b> {name}"),
    ("%s of {{ total }}", "%s / {{ total }}"),
    ("Wash.", "(Yıkayın.)"),
]
UNLIKE = [
    ("Wait 12 hours", "21 saat bekleyin"),
    ("Wait 12 hours", "12 gün bekleyin"),
    ("Take 5 mg daily", "Günde 5 ml alın"),
    ("Take 5 mg daily", "Günde 5 mg /kg alın"),
    ("5 million hairs", "5 saç"),
    ("5 hairs", "5 gün saç"),
    ("Wait 5 days here", "5 pt bekleyin"),
    ("Take 5 mg and 6 ml.", "6 mg ve 5 ml."),
    ("5 mg. Then 6 ml.", "5 ml. 6 mg."),
    ("57 hairs", "57 ب المئة من الشعر"),
    ("5 per day", "5 mg/gün"),
    ("A pulse of 80 mm Hg is fine for most.", "80 mm için çok iyi olur bu"),
    ("The swelling is 10 mm wide.", "Şişlik 10 mm Hg kadar olur."),
    ("It helps about 10 people here.", "يساعد نحو 10 في المئة من الناس"),
    ("Of 30 patients, all were well.", "من 30 في المائة كانوا بخير"),
    ("Take 5 in the evening", "Akşamları 05 alın"),
    ("Read [more](a.md).", "[Devamını](b.md) okuyun."),
    ("Read more.", "[Devamı](a.md)"),
    ("See https://clinic.example/", "https://clinic.example/"),
    ("Read more.", "Devamı: www.evil.example"),
    ("Read more.", "Devamı: WwW.evil.example"),
    ("Read more.", "Devamı:tel:5"),
    ("On March 4 and 5", "4 Mart ve 5"),
    ("On 4 March", "4 Nisan"),
    ("A <b>word</b>", "Bir <i>söz</i>"),
    ("A <b>word</b>", "Bir <b x=y>söz</b>"),
    ("{name}", "{ad}"),
    ("5%s", "5%s"),
    ("[a](b)", "([a](b))"),
    ("Wash.", " "),
    ("Wash.", "\N{ZERO WIDTH SPACE}"),
    ("Wash.", "\N{ARABIC FATHA}"),
    ("٥", "٥"),
    ("5%", "%5"),
    ("(5) 10", "(5) 10"),
]
PIECES = (
    *("Take", "it", "daily", "Alın", "günde", "أول", "一日", "graft", "s", "m", "g"),
    *(
        "days",
        "gün",
        "saat",
        "hours",
        "mg",
        "ml",
        "/kg",
        "million",
        "milyon",
        "per cent",
        "weeks",
        "minutes",
        "veckor",
        "international unit",
    ),
    *(
        "Yüzde",
        "in",
        "pt",
        "em",
        "ب",
        "May",
        "of March",
        "12",
        "21",
        "5",
        "100",
        "012",
        "0",
        "(212)",
        "°C",
    ),
    *("5550100", "1 500", "1,5", "5-10", "-5", "5%", "½", "٥", "３", "2 pm", "14:00"),
    *("[a](b)", "[a](c)", "[a 5](b)", "[x](https://h.example/a)", "[x](//h.example)"),
    *("[x](https://h.example)", "[x](javascript:a)", "](b)", "[", "]", "(", ")", "!"),
    *(
        ":",
        "tel:",
        "tel:**",
        "**Note:**",
        "https://h.example/",
        "www.a.example",
        "Www.a",
    ),
    *(
        "//a",
        "a/b",
        "/ ",
        "& ",
        "&amp;",
        "*",
        "_",
        "`",
        "<b>",
        "</b>",
        "{a}",
        "%s",
        "=",
    ),
    *(
        "\\",
        "|",
        "a@b.example",
        "+90 212 555 01 00",
        "\u200b",
        "\u202e",
        "\u00a0",
        "\0",
    ),
    *("\x03", "\x01", "“", "'", "?", "\n", "\t", "…", "–", "I.U.", "بال", "W"),
)
BETWEEN = st.sampled_from((" ", " ", " ", " ", "", ", ", ". ", "\n", "،", "* ", "_"))
WORDS = st.sampled_from(("kelime", "graft", "كلمة", "m"))
LOCALES = st.sampled_from(("tr", "de", "ar", "ja", "es", "de-CH", "sv", "fr"))


@st.composite
def translations(draw):
    """Messages of which many are alike, and of the rest many nearly so."""
    source, text = "", ""
    for piece in draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6)):
        change = draw(st.integers(0, 19))
        here = draw(WORDS) if piece.isalpha() and change < 8 else piece
        if change == 19:
            here = draw(st.sampled_from(("", *PIECES)))
        source += piece + draw(BETWEEN)
        text += here + draw(BETWEEN)
    return Message(source, (text,))


@st.composite
def counted(draw):
    """Messages with many numbers, whose translation has them in another order."""
    there, here = [], []
    for _ in range(draw(st.integers(1, 4))):
        number = draw(st.sampled_from(NUMBERS))
        unit, behind = draw(st.sampled_from(UNITS)), draw(st.sampled_from(BEHIND))
        other = draw(st.sampled_from((unit, unit, unit, *UNITS)))
        there.append(f"{number} {unit}{behind}")
        here.append(f"{number} {other}{behind}")
    return Message(" ".join(there), (" ".join(draw(st.permutations(here))),))


NUMBERS = ("2", "5", "5", "12", "*5", "_5", "0", "05")
UNITS = ("days", "weeks", "mg", "ml", "gün", "saat", "önce", "IU", "in", "pt", "em")
BEHIND = ("", ".", ",", "!", "*", "_", ";", "،", "\n", " /kg", "./kg", ".5", " million")
MESSAGES = st.lists(translations() | counted(), min_size=1, max_size=8)


def is_only_of_unlike(check: Check) -> bool:
    names = ("only_of_unlike", "errors_only_of_unlike")
    return any(getattr(check, name, False) for name in names)


def is_alike(source: str, text: str) -> bool:
    (found,) = alike([Message(source, (text,))])
    return found


@pytest.mark.parametrize(("source", "text"), ALIKE)
def test_words_with_the_same_numbers_links_and_brackets_are_alike(source, text):
    assert is_alike(source, text)


@pytest.mark.parametrize(("source", "text"), UNLIKE)
def test_all_else_is_looked_at_more_closely(source, text):
    assert not is_alike(source, text)


def test_a_message_with_plural_forms_is_not_alike():
    assert alike([Message("a", ("b",), msgid_plural="c")]) == [False]
    assert alike([Message("a", ("b", "c"))]) == [False]


def test_each_message_of_many_has_its_own_answer():
    pairs = [*ALIKE, *UNLIKE, *ALIKE]
    found = alike([Message(source, (text,)) for source, text in pairs])
    assert found == [pair in ALIKE for pair in pairs]
    assert alike([]) == []


def test_what_stands_between_the_texts_cannot_stand_in_one():
    assert alike([Message("a\0b", ("a",)), Message("b", ("c",))]) == [False, False]
    assert alike([Message("a", ("b",)), Message("b", ("c\x03",))]) == [False, False]


def test_texts_in_a_script_that_is_not_known_are_unlike():
    many = [Message("Wash your hands.", ("Լվացեք ձեռքերը",))] * 90
    assert not any(alike(many))
    assert all(alike([Message("5", ("5",))] * 300))


def test_more_numbers_than_are_remembered_are_told_apart():
    many = [Message(f"a {n} b", (f"c {n} d",)) for n in range(1, 20_000)]
    assert all(alike(many))
    assert not is_alike("a 7 b", "c 8 d")


def test_nothing_blank_is_like_a_text():
    blank = [
        each
        for each in EVERY
        if each.isspace() or unicodedata.category(each) in {"Cc", "Cf", "Mn"}
    ]
    assert [each for each in blank if is_alike("Wash.", each)] == []


def test_no_sign_that_a_check_asks_for_may_stand_anywhere():
    plain = {
        each
        for each in map(chr, range(1, 0x3000))
        if is_alike("a b", f"a{each}{each}b")
    }
    for name, check in CHECKS.items():
        wanted = getattr(check, "signs_of_errors", getattr(check, "signs", plain))
        if is_only_of_unlike(check):
            assert not plain & wanted, name


@settings(deadline=None)  # expressions are compiled at the first question
@given(MESSAGES, LOCALES)
def test_a_check_of_unlike_texts_has_nothing_to_say_of_alike_ones(messages, locale):
    for message, are_alike in zip(messages, alike(messages), strict=True):
        if are_alike and message.msgstr:
            for check in CHECKS.values():
                remarks = [*check(message, CheckContext(locale))]
                if getattr(check, "only_of_unlike", False):
                    assert remarks == []
                elif is_only_of_unlike(check):
                    assert all(each.severity for each in remarks)


@settings(deadline=None)  # expressions are compiled at the first question
@given(MESSAGES, LOCALES, st.sampled_from((Severity.ERROR, Severity.INFO)))
def test_what_is_found_is_what_each_check_says_of_each_message(messages, locale, least):
    context = CheckContext(locale, usual={}, least=least)
    found = check_catalog(
        Catalog(Message(""), tuple(messages)),
        checks=tuple(each for name, each in CHECKS.items() if name != "header"),
        context=context,
        file="a.po",
    )
    expected = [
        (message.msgid, *finding)
        for message in messages
        if message.msgstr
        for finding in said(message, context)
    ]
    assert [
        (each.msgid, each.check, each.severity)
        for each in found
        if not each.message.startswith(("a browser reads", "a page may have"))
    ] == expected


def said(message: Message, context: CheckContext):
    """Name and severity of all that the checks say, each of them asked."""
    for name, check in CHECKS.items():
        if name != "header":
            for remark in check(message, context):
                severity = remark.severity or check.severity
                if severity.reaches(context.least):
                    yield name, severity


@settings(deadline=None)  # expressions are compiled at the first question
@given(MESSAGES)
def test_no_alike_text_has_what_only_a_browser_reads(messages):
    for message, are_alike in zip(messages, alike(messages), strict=True):
        if are_alike:
            assert not [*hidden_hosts(message, frozenset())]
            assert not [*hidden_tags(message, frozenset())]
