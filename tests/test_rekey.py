from dataclasses import replace

import pytest

from pipeline.formats.markdown import Markdown
from pipeline.merge import merge
from pipeline.model.catalog import Catalog, Message
from pipeline.rekey import is_outdated, rekeyed


def template(*fields: str) -> Catalog:
    return Catalog(Message("", ("".join(f"{field}\n" for field in fields),)))


def catalog(*messages: Message) -> Catalog:
    return Catalog(Message("", ("Language: tr\n",)), messages)


def keys(old: Catalog, *wanted: Message) -> list[tuple[str | None, str, str, bool]]:
    result = rekeyed(old, wanted, Markdown().to_plain)
    return [(m.msgctxt, m.msgid, m.msgstr, m.is_usable) for m in result.messages]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (None, False),
        (template(), True),
        (template("X-Publish-Extraction: 0"), True),
        (template("X-Publish-Extraction: 1"), True),
        (template("X-Publish-Extraction: what"), True),
        (template("X-Publish-Extraction: 2"), False),
        (template("X-Publish-Extraction: 3"), False),
    ],
)
def test_a_template_says_which_rules_made_it(found, expected):
    assert is_outdated(found) is expected


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("A *word*", "A **word**"),
        ("A  word\nhere", "A word here"),
        ("A [word](x)", "A word"),
        ("A & b", "A &amp; b"),
        ("A word", 'A <span lang="la">word</span>'),
    ],
)
def test_a_text_that_reads_the_same_keeps_its_translation(before, now):
    old = catalog(Message(before, ("Bir sözcük",)))

    assert keys(old, Message(now)) == [(None, now, "Bir sözcük", True)]


def test_what_is_fuzzy_stays_fuzzy():
    old = catalog(Message("*A*", ("Bir",), flags=("fuzzy",)))

    assert keys(old, Message("A")) == [(None, "A", "Bir", False)]


def test_a_text_with_other_words_is_left_alone():
    old = catalog(Message("A", ("Bir",)), Message("*C*", ("",)))

    assert rekeyed(old, [Message("B"), Message("C")], Markdown().to_plain) is old


def test_a_translation_under_the_new_key_comes_first():
    old = catalog(Message("*A*", ("eski",)), Message("A", ("yeni",)))

    assert rekeyed(old, [Message("A")], Markdown().to_plain) is old


def test_an_empty_entry_under_the_new_key_gives_way():
    old = catalog(Message("A"), Message("*A*", ("Bir",)))

    assert keys(old, Message("A")) == [(None, "A", "Bir", True)]


def test_the_same_context_comes_first_and_a_usable_entry_before_a_fuzzy_one():
    old = catalog(
        Message("*A*", ("alt",), msgctxt="alt"),
        Message("**A**", ("fuzzy",), flags=("fuzzy",)),
        Message("`A`", ("usable",)),
        Message("A!", ("eski",), obsolete=True),
    )

    assert keys(old, Message("A")) == [
        ("alt", "*A*", "alt", True),
        (None, "**A**", "fuzzy", False),
        (None, "A", "usable", True),
        (None, "A!", "eski", False),
    ]


def test_a_text_that_has_a_context_now_keeps_its_translation():
    old = catalog(Message("A", ("Bir",)))

    assert keys(old, Message("A", msgctxt="alt"), Message("*A*", msgctxt="title")) == [
        ("alt", "A", "Bir", True),
        ("title", "*A*", "Bir", True),
    ]


def test_an_obsolete_entry_comes_back():
    old = catalog(Message("*A*", ("Bir",), obsolete=True))

    assert keys(old, Message("A")) == [(None, "A", "Bir", True)]


def test_addresses_and_plurals_are_left_alone():
    old = catalog(
        Message("a", ("bir",), msgctxt="slug"),
        Message("*B*", ("bir", "iki"), msgid_plural="*C*"),
    )

    wanted = [Message("*a*", msgctxt="slug"), Message("B")]

    assert rekeyed(old, wanted, Markdown().to_plain) is old


def test_the_merge_keeps_what_was_rekeyed():
    old = catalog(Message("*A*", ("Bir",), comments=("note",)))
    wanted = (Message("A", references=("source/x.md",)),)

    merged = merge(
        wanted,
        rekeyed(old, wanted, Markdown().to_plain),
        header=old.header,
        today="2026-11-22",
    )

    assert merged.kept == 1
    assert merged.catalog.messages == (
        replace(wanted[0], msgstrs=("Bir",), comments=("note",)),
    )
