from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.merge import merge
from pipeline.model.catalog import Catalog, Message, Previous
from pipeline.po.compose import as_written
from pipeline.po.header import new_catalog_header

TODAY = "2026-11-22"
DATE = "POT-Creation-Date: 2026-11-22 10"


def header(date="2026-11-22 10:00+0000", forms="nplurals=2; plural=(n != 1);"):
    return new_catalog_header(
        project="Clinic",
        bugs="info@clinic.example",
        team="Clinic <info@clinic.example>",
        language="tr",
        plural_forms=forms,
        creation_date=date,
    )


OLD_HEADER = header("2026-01-01 09:00+0000")


def merged(template, old=(), elsewhere=(), **changes):
    catalog = Catalog(changes.pop("old_header", OLD_HEADER), tuple(old))
    return merge(
        template,
        catalog,
        header=changes.pop("header", header()),
        elsewhere={message.key: message for message in elsewhere},
        today=changes.pop("today", TODAY),
    )


def counts(result):
    return {
        name: getattr(result, name)
        for name in ("new", "changed", "moved", "kept", "obsolete")
        if getattr(result, name)
    }


def only(result):
    (message,) = result.catalog.messages
    return message


FIVE = Message("Take 5 mg a day.", ("Günde 5 mg alın.",))
FIFTY = Message("Take 50 mg a day.")


# New.


def test_a_first_catalog_has_the_new_header_and_empty_entries():
    result = merge([FIFTY], None, header=header(), today=TODAY)
    assert result.catalog == Catalog(header(), (FIFTY,))
    assert counts(result) == {"new": 1}


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("nplurals=1; plural=0;", ("",)),
        ("nplurals=6; plural=n;", ("",) * 6),
        ("nplurals=INTEGER; plural=EXPRESSION;", ("", "")),
    ],
)
def test_a_new_entry_has_as_many_forms_as_the_header_says(forms, expected):
    day = Message("%d day", ("", ""), msgid_plural="%d days")
    result = merge([day], None, header=header(forms=forms), today=TODAY)
    assert only(result).msgstrs == expected


def test_the_order_is_the_templates():
    old = [Message("b", ("B",)), Message("x", ("X",)), Message("a", ("A",))]
    result = merged([Message("a"), Message("c!"), Message("b")], old)
    assert [m.msgid for m in result.catalog] == ["a", "c!", "b", "x"]


# Kept.


def test_an_entry_keeps_what_the_translator_wrote():
    old = replace(FIVE, comments=("asked the doctor",), flags=("fuzzy", "no-wrap"))
    there = replace(old, references=("source/y.md",), extracted=("?",))
    here = replace(old, references=("source/x.md",), extracted=("title",))
    new = replace(here, msgstrs=("",), comments=(), flags=())
    result = merged([new], [there])
    assert only(result) == here
    assert counts(result) == {"kept": 1}


def test_the_template_says_which_formats_there_are():
    new = Message("%(n)s", flags=("python-format",))
    old = Message("%(n)s", ("%(n)s",), flags=("fuzzy", "c-format"))
    assert only(merged([new], [old])).flags == ("fuzzy", "python-format")


def test_flags_that_say_the_same_stay_in_their_order():
    new = Message("%(n)s", flags=("python-format",))
    old = Message("%(n)s", ("%(n)s",), flags=("python-format", "fuzzy"))
    assert only(merged([new], [old])).flags == ("python-format", "fuzzy")


def test_a_previous_text_goes_when_the_entry_is_not_fuzzy():
    old = replace(FIVE, previous=Previous("Take 4 mg."))
    assert only(merged([FIVE], [old])).previous is None
    fuzzy = replace(old, flags=("fuzzy",))
    assert only(merged([FIVE], [fuzzy])) == fuzzy


def test_an_untranslated_entry_stays_with_its_comments():
    old = Message("a", ("",), comments=("what is this?",))
    result = merged([Message("a")], [old])
    assert only(result) == old
    assert counts(result) == {"kept": 1}


def test_a_changed_plural_of_an_untranslated_entry_is_just_taken_over():
    old = Message("day", ("", ""), msgid_plural="days", comments=("?",))
    result = merged([Message("day")], [old])
    assert only(result) == Message("day", comments=("?",))
    assert counts(result) == {"kept": 1}


def test_a_changed_plural_makes_an_entry_fuzzy():
    old = Message("%d day", ("%d gün", "%d günü"), msgid_plural="%d days")
    new = Message("%d day", ("", ""), msgid_plural="%d whole days")
    result = merged([new], [old])
    assert only(result) == replace(
        new,
        msgstrs=("%d gün", "%d günü"),
        flags=("fuzzy",),
        previous=Previous("%d day", msgid_plural="%d days"),
    )
    assert counts(result) == {"changed": 1}


def test_a_plural_that_is_new_takes_the_one_text_for_each_form():
    new = Message("day", ("", ""), msgid_plural="days")
    message = only(merged([new], [Message("day", ("gün",))]))
    assert (message.msgstrs, message.is_fuzzy) == (("gün", "gün"), True)


def test_a_plural_that_is_gone_leaves_the_first_form():
    old = Message("day", ("gün", "günler"), msgid_plural="days")
    message = only(merged([Message("day")], [old]))
    assert (message.msgstrs, message.is_fuzzy) == (("gün",), True)


def test_the_only_form_that_has_a_text_is_not_lost_with_the_plural():
    old = Message("day", ("", "günler"), msgid_plural="days")
    message = only(merged([Message("day")], [old]))
    assert (message.msgstrs, message.is_fuzzy) == (("günler",), True)


def test_an_obsolete_entry_comes_back():
    old = replace(FIVE, obsolete=True, comments=("sure",))
    result = merged([replace(FIVE, msgstrs=("",))], [old])
    assert only(result) == replace(FIVE, comments=("sure",))
    assert counts(result) == {"kept": 1}


def test_an_obsolete_entry_comes_back_fuzzy_if_a_form_is_missing():
    old = Message("day", ("gün",) * 3, msgid_plural="days", obsolete=True)
    new = Message("day", ("", ""), msgid_plural="days")
    message = only(merged([new], [old]))
    assert (message.msgstrs, message.is_fuzzy) == (("gün", "gün"), True)


# Moved.


def test_a_text_that_moved_brings_its_translation_as_it_was():
    there = replace(FIVE, obsolete=True, comments=("sure",), references=("y.md",))
    result = merged([Message(FIVE.msgid, references=("x.md",))], elsewhere=[there])
    assert only(result) == replace(FIVE, comments=("sure",), references=("x.md",))
    assert counts(result) == {"moved": 1}


def test_a_fuzzy_text_that_moved_stays_fuzzy():
    there = replace(FIVE, flags=("fuzzy",), previous=Previous("Take 4 mg a day."))
    assert only(merged([Message(FIVE.msgid)], elsewhere=[there])) == there


def test_a_text_that_is_not_translated_elsewhere_is_new():
    result = merged([Message("a")], elsewhere=[Message("a", ("",))])
    assert counts(result) == {"new": 1}


def test_an_entry_that_waits_for_its_translation_takes_the_one_elsewhere():
    waiting = Message(FIVE.msgid, ("",), comments=("who knows?",))
    result = merged([Message(FIVE.msgid)], [waiting], [replace(FIVE, comments=("I",))])
    assert only(result) == replace(FIVE, comments=("who knows?", "I"))
    assert counts(result) == {"moved": 1}


def test_ones_own_translation_comes_before_one_elsewhere():
    here, there = replace(FIFTY, msgstrs=("x",)), replace(FIFTY, msgstrs=("y",))
    assert only(merged([FIFTY], [here], [there])).msgstr == "x"


# Carried over.


def test_a_similar_text_gives_its_translation_to_be_checked():
    old = Message("Wash your hair gently.", ("Saçınızı nazikçe yıkayın.",))
    new = Message("Wash your hair very gently.", references=("source/x.md",))
    result = merged([new], [old])
    carried, left = result.catalog.messages
    assert carried == replace(
        new,
        msgstrs=old.msgstrs,
        comments=(
            "publish 2026-11-22: carried over from a similar text (89 %); check it",
        ),
        flags=("fuzzy",),
        previous=Previous(old.msgid),
    )
    assert left == replace(old, obsolete=True)
    assert counts(result) == {"changed": 1, "obsolete": 1}


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (
            "Take 5 mg a day.",
            "Take 50 mg a day.",
            "; the numbers differ; check it",
        ),
        (
            "Take 5 mg a day.",
            "Take 5 µg a day.",
            "; the units differ; check it",
        ),
        (
            "Take two tablets a day.",
            "Take three tablets a day.",
            "; the numbers differ; check it",
        ),
        ("Take 2 tablets a day.", "Take two tablets a day.", " %); check it"),
        (
            "Rest for 2 days after it.",
            "Rest for 2 weeks after it.",
            "; the units differ; check it",
        ),
        (
            "Drink water with it.",
            "Avoid water with it.",
            "; a negation differs; check it",
        ),
        ("You may drink it.", "You may not drink it.", "a negation differs; check it"),
        ("You can drink it.", "You can’t drink it.", "a negation differs; check it"),
        (
            "Wait 6 hours with it.",
            "Do not wait 12 hours with it.",
            "the numbers differ; a negation differs; check it",
        ),
        ("Take 5 mg a day.", "Take 5 mg each day.", "(91 %); check it"),
    ],
)
def test_the_comment_warns_of_other_numbers_and_negations(before, now, said):
    result = merged([Message(now)], [Message(before, ("çeviri",))])
    assert result.catalog.messages[0].comments[-1].endswith(said)


def test_ones_own_vanished_text_comes_before_a_nearer_one_elsewhere():
    near = Message("Take 50 mg a day!", ("başka",))
    result = merged([FIFTY], [FIVE], [near])
    assert result.catalog.messages[0].msgstr == FIVE.msgstr
    assert merged([FIFTY], [], [near]).catalog.messages[0].msgstr == "başka"


def test_an_obsolete_text_may_be_carried_over():
    result = merged([FIFTY], [replace(FIVE, obsolete=True)])
    assert counts(result) == {"changed": 1}
    assert [m.obsolete for m in result.catalog] == [False, True]


def test_a_text_that_is_still_there_is_not_carried_over():
    result = merged([FIVE, FIFTY], [FIVE])
    assert counts(result) == {"kept": 1, "new": 1}


def test_what_is_not_similar_is_new():
    assert counts(merged([Message("Close the door.")], [FIVE])) == {
        "new": 1,
        "obsolete": 1,
    }


def test_comments_go_with_the_text_but_not_what_silences_a_check():
    old = replace(FIVE, comments=("from a leaflet", "publish: ignore=numbers see note"))
    first, second = merged([FIFTY], [old]).catalog.messages[0].comments
    assert first == "from a leaflet"
    assert second.startswith("publish 2026-11-22")


def test_a_fuzzy_text_is_compared_by_what_it_was_translated_from():
    old = Message("Sleep.", ("x",), flags=("fuzzy",), previous=Previous(FIVE.msgid))
    carried = merged([FIFTY], [old]).catalog.messages[0]
    assert carried.previous == Previous(FIVE.msgid)


def test_a_fuzzy_text_that_is_again_what_it_was_names_no_previous_one():
    old = replace(
        FIVE, msgid="Take 50 mg a day.", flags=("fuzzy",), previous=Previous(FIVE.msgid)
    )
    carried = merged([replace(FIVE, msgstrs=("",))], [old]).catalog.messages[0]
    assert carried.is_fuzzy
    assert carried.previous is None
    assert carried.comments == (
        "publish 2026-11-22: carried over from the same text; check it",
    )


def test_another_context_is_another_text():
    title = replace(FIVE, msgctxt="title", msgstrs=("",))
    carried = merged([title], [FIVE]).catalog.messages[0]
    assert carried.is_fuzzy
    assert carried.previous == Previous(FIVE.msgid)


@pytest.mark.parametrize("place", ["old", "elsewhere"])
def test_a_slug_is_never_carried_over(place):
    slug = Message("take-5-mg-a-day", ("gunde-5-mg-alin",), msgctxt="slug")
    other = Message("take-50-mg-a-day", msgctxt="slug")
    assert counts(merged([other], **{place: [slug]})).get("new") == 1
    text = replace(slug, msgctxt=None)
    assert counts(merged([other], **{place: [text]})).get("new") == 1
    body = replace(other, msgctxt=None)
    assert counts(merged([body], **{place: [slug]})).get("new") == 1


def test_the_same_slug_moves_with_its_article():
    slug = Message("dose", ("doz",), msgctxt="slug")
    result = merged([replace(slug, msgstrs=("",))], elsewhere=[slug])
    assert only(result) == slug


def test_a_plural_is_carried_over_in_all_its_forms():
    old = Message("%d day left", ("%d gün", "%d günler"), msgid_plural="%d days left")
    new = Message("%d days left", ("", ""), msgid_plural="%d days are left")
    carried = merged([new], [old]).catalog.messages[0]
    assert carried.msgstrs == old.msgstrs
    assert carried.previous == Previous("%d day left", msgid_plural="%d days left")


# Obsolete.


def test_a_vanished_translation_stays_as_obsolete():
    old = replace(FIVE, references=("source/x.md",), extracted=("paragraph",))
    result = merged([], [replace(old, comments=("sure",), flags=("fuzzy",))])
    assert only(result) == replace(
        FIVE, comments=("sure",), flags=("fuzzy",), obsolete=True
    )
    assert counts(result) == {"obsolete": 1}


def test_a_vanished_entry_without_translation_is_dropped():
    result = merged([], [Message("a", ("",)), Message("b", ("",), obsolete=True)])
    assert result.catalog.messages == ()
    assert counts(result) == {}


def test_an_obsolete_entry_stays_and_is_not_counted_again():
    old = replace(FIVE, obsolete=True, extracted=("kept as it is",))
    result = merged([], [old])
    assert only(result) == old
    assert counts(result) == {}


# The header.


def test_the_header_stays_if_no_msgid_changed():
    fields = "POT-Creation-Date: 2026-01-01\nX-Own:  yes \n"
    odd = Message("", (fields,), comments=("by the team",))
    result = merged([FIVE], [FIVE], old_header=odd)
    assert result.catalog.header == odd


def test_the_creation_date_moves_with_a_msgid_and_nothing_else_does():
    result = merged([FIFTY], [FIVE])
    moved = OLD_HEADER.msgstr.replace("POT-Creation-Date: 2026-01-01 09", DATE)
    assert result.catalog.header == replace(OLD_HEADER, msgstrs=(moved,))


def test_a_creation_date_that_is_not_there_is_not_added():
    odd = Message("", ("Language: tr\n",))
    assert merged([FIFTY], [FIVE], old_header=odd).catalog.header == odd
    assert merged([FIFTY], [FIVE], header=odd).catalog.header == OLD_HEADER


# The law.

TEXTS = [
    "Take 5 mg a day.",
    "Take 50 mg a day.",
    "Take 5 mg each day!",
    "Do not take 5 mg a day.",
    "Wash your hair.",
    "Wash your hair now.",
]
texts = st.sampled_from(TEXTS)
contexts = st.sampled_from([None, None, "title", "slug"])
fills = st.sampled_from(["", "çeviri", "başka"])


@st.composite
def entries(draw, obsolete=None):
    plural = draw(st.sampled_from([None, None, "many", "several"]))
    gone = draw(st.booleans()) if obsolete is None else obsolete
    first = draw(fills) or ("eski" if gone else "")
    return Message(
        draw(texts),
        (first, draw(fills)) if plural else (first,),
        msgctxt=draw(contexts),
        msgid_plural=plural,
        comments=draw(st.sampled_from([(), ("note",), ("publish: ignore=x y",)])),
        references=() if gone else ("./source/x.md", "source/x.md"),
        flags=draw(st.sampled_from([(), ("fuzzy",), ("c-format", "fuzzy")])),
        previous=draw(st.none() | st.builds(Previous, texts)),
        obsolete=gone,
    )


def unique(strategy):
    return st.lists(strategy, max_size=6, unique_by=lambda message: message.key)


@given(unique(entries(obsolete=False)), unique(entries()), unique(entries()))
@settings(max_examples=100, deadline=None)
def test_merging_twice_gives_an_equal_catalog(template, old, elsewhere):
    template = [replace(m, msgstrs=tuple("" for _ in m.msgstrs)) for m in template]
    once = merged(template, old, elsewhere)
    again = merge(
        template,
        once.catalog,
        header=header("2027-01-01 00:00+0000"),
        elsewhere={message.key: message for message in elsewhere},
        today="2027-01-01",
    )
    assert again.catalog == once.catalog
    assert again.kept == len(template)
    # ... and so it is after the catalog was on the disk.
    saved = as_written(once.catalog)
    later = merge(template, saved, header=header(), today="2027-01-01")
    assert as_written(later.catalog) == saved


@given(unique(entries(obsolete=False)), unique(entries()))
@settings(max_examples=100, deadline=None)
def test_no_translation_is_lost_and_none_becomes_usable(template, old):
    template = [replace(m, msgstrs=tuple("" for _ in m.msgstrs)) for m in template]
    result = merged(template, old)
    after = {message.key: message for message in result.catalog}
    assert len(after) == len(result.catalog.messages)
    for message in old:
        if any(message.msgstrs):
            first = next(filter(None, message.msgstrs))
            assert first in after[message.key].msgstrs
    usable = {m.key for m in old if m.is_translated and not m.is_fuzzy}
    assert all(m.key in usable for m in result.catalog if m.is_usable)
