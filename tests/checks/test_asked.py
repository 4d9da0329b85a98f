"""A check is asked less than it could say, and nothing that was asked for is missed."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import registry
from pipeline.characters import signs
from pipeline.check import check as check_catalog
from pipeline.checks import PLURAL, CheckContext, GroupCheck
from pipeline.model.catalog import Catalog, Message
from pipeline.model.finding import Severity
from pipeline.placeholders import carried

PIECES = (
    *(
        "Take",
        " it",
        " daily",
        ". ",
        "Alın",
        "günde",
        "günlük",
        "أول",
        " اليوم",
        "一日",
    ),
    *("5 mg", "50 mg", "½", " 1/2 ", "٥", "３", "2 pm", "14.00", "3/4/2026", "March 4"),
    *("0212 555 01 00", "0212 555 00 01", "+90 212 555 01 00", "00"),
    *("https://clinic.example/", "https://clіnic.example/", "www.a.example", "//a\\\\"),
    *(
        "[a](b)",
        "[a](c)",
        "](",
        "[",
        "]",
        "(",
        ")",
        "］(",
        "（",
        "]\n(a/",
        "a@b.example",
    ),
    *("*", "**", "_", "~~", "`", "`a`", "`b`", "<b>", "</b>", "<i", "<script>", "\\"),
    *("{a}", "{b}", "%s", "%(n)s", "{{ a }}", "*|A|*", "|", "&", "&amp;", "&#53;", ":"),
    *("](javascript:", "=data:", "\u200b", "\u202e", "\u2068", "\u00ad", "\ue000"),
    *(
        "ve ve ",
        "Türkiyede ",
        "5de ",
        "{ad}in ",
        "Iki ",
        "a’b'c ",
        "değil ",
        "m?",
        "a,",
    ),
    *("  ", " \n", "\n ", "\u00a0", "к", "ș", "ＡＢ", "not "),
    *("“", "”", "«", '"', "'", "’", "}in", "«", "『", "?", "!", "¿", " ", "\n", "\t"),
)
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)
LINKED = st.lists(
    st.sampled_from(
        ("[", "a", " ", "+90 212 555", "](", "b)", "] (", "(c)", "*", "x:/")
    )
).map(lambda pieces: re.sub(r"[\[\]()]", "", "".join(pieces)) + "[d *e*](https://f/)")
LOCALES = st.sampled_from(("tr", "de", "ar", "ja", "es", "fr"))


def messages():
    """Pairs that are alike as often as not, some of them with a plural."""
    plain = st.builds(lambda a, b: Message(a, (b,)), TEXTS, TEXTS)
    alike = st.builds(lambda a, b: Message(a, (f"{a}{b}",)), TEXTS, TEXTS)
    plural = st.builds(
        lambda a, b, c, d: Message(a, (c, d), msgid_plural=b),
        *(TEXTS, TEXTS, TEXTS, TEXTS),
    )
    return plain | alike | plural


def found(message: Message, context: CheckContext):
    return list(
        check_catalog(
            Catalog(Message(""), (message,)),
            checks=tuple(registry.checks().values()),
            context=context,
            file="a.po",
        )
    )


@given(messages(), LOCALES)
def test_a_check_has_nothing_to_say_of_texts_without_its_signs(message, locale):
    texts = (message.msgid, message.msgid_plural or "", *message.msgstrs)
    there = frozenset().union(*map(signs, texts))
    if message.msgid_plural is not None:
        there |= {PLURAL}
    for check in registry.checks().values():
        wanted = getattr(check, "signs", None)
        if wanted is not None and wanted.isdisjoint(there):
            assert list(check(message, CheckContext(locale))) == []


@given(messages(), LOCALES)
def test_a_check_of_carried_things_has_nothing_to_say_where_they_are_the_same(
    message, locale
):
    if message.msgid_plural is None and carried(message.msgid) == carried(
        message.msgstr
    ):
        for check in registry.checks().values():
            if getattr(check, "only_of_carried", False):
                assert list(check(message, CheckContext(locale))) == []


@settings(deadline=None)  # expressions are compiled at the first question
@given(st.lists(messages(), min_size=1, max_size=5), LOCALES)
def test_a_check_that_has_nothing_to_say_of_many_says_nothing_of_each(many, locale):
    context = CheckContext(locale)
    sources = [each.msgid for each in many]
    sources += [each.msgid_plural for each in many if each.msgid_plural]
    texts = [text for each in many for text in each.msgstrs]
    for check in registry.checks().values():
        itself = getattr(check, "itself", check)
        if isinstance(itself, GroupCheck) and not itself.may_speak(
            "\n".join(sources), "\n".join(texts), context
        ):
            assert [remark for each in many for remark in check(each, context)] == []


@given(st.lists(messages(), min_size=1, max_size=5), LOCALES)
def test_what_is_found_in_many_is_what_is_found_in_each(many, locale):
    context = CheckContext(locale, usual={})
    together = check_catalog(
        Catalog(Message(""), tuple(many)),
        checks=tuple(registry.checks().values()),
        context=context,
        file="a.po",
    )
    alone = [one for each in many for one in found(each, context)]
    assert [each for each in together if each.msgid is not None] == [
        each for each in alone if each.msgid is not None
    ]


@given(LINKED, LINKED)
def test_brackets_of_whole_links_alone_are_well_whatever_the_source_has(source, msgstr):
    check = registry.checks()["markup"]
    context = CheckContext("tr", least=Severity.ERROR)
    assert list(check(Message(source, (f"{source}{msgstr}",)), context)) == []


@given(messages(), LOCALES)
def test_where_errors_alone_are_asked_for_they_are_those_of_all_findings(
    message, locale
):
    context = CheckContext(locale)
    errors = [
        each for each in found(message, context) if each.severity is Severity.ERROR
    ]
    assert found(message, replace(context, least=Severity.ERROR)) == errors
