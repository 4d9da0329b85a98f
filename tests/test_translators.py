from dataclasses import replace

import pytest

from pipeline.approval import pair_of
from pipeline.errors import StoreError
from pipeline.model.catalog import Catalog, Message
from pipeline.translators import (
    Translators,
    compose_translated,
    first_seen,
    last_translator,
    parse_translators,
    translated,
)

ENTRY = Message("Take 5 mg.", ("5 mg alın.",))
DAY = "2026-03-01"


def line(message=ENTRY, translator="Translator"):
    return translated(message, translator=translator, date=DAY)


def headed(name, *messages):
    header = Message("", (f"Last-Translator: {name}\n",))
    return Catalog(header, messages)


def test_lines_are_read_as_they_were_written():
    plural = Message("%d day", ("%d gün", "%d gün"), "ctx", "%d days")
    lines = (line(), line(plural, "Çevirmen"), line(translator=""))

    text = "".join(f"{compose_translated(each)}\n" for each in lines)

    assert parse_translators(text, path="x.jsonl") == Translators(lines)


def test_what_a_crash_left_of_an_append_is_passed_over():
    text = compose_translated(line()) + '\n{"msgid": "Tak'

    assert parse_translators(text, path="x.jsonl") == Translators((line(),))


@pytest.mark.parametrize(
    "bad", ["no json", "[]", "{}", '{"msgid": 1}', "<<<<<<< HEAD", "[" * 100_000]
)
def test_a_broken_line_is_refused_with_its_number(bad):
    with pytest.raises(StoreError) as caught:
        parse_translators(f"{compose_translated(line())}\n{bad}\n", path="x.jsonl")

    assert (caught.value.path, caught.value.line) == ("x.jsonl", 2)


def test_a_number_is_no_name():
    text = compose_translated(line()).replace('"Translator"', "5")

    with pytest.raises(StoreError):
        parse_translators(f"{text}\n", path="x.jsonl")


def test_only_another_person_may_approve():
    known = Translators((line(),))

    assert known.may_approve(ENTRY, "Reviewer")
    assert not known.may_approve(ENTRY, "translator")


def test_where_nobody_is_known_nobody_may_approve():
    assert not Translators().may_approve(ENTRY, "Reviewer")
    assert not Translators((line(translator=""),)).may_approve(ENTRY, "Reviewer")


def test_a_name_that_was_told_later_counts_beside_none():
    known = Translators((line(translator=""), line()))

    assert known.may_approve(ENTRY, "Reviewer")


def test_of_two_translators_neither_may_approve_in_whatever_order_they_stand():
    lines = (line(), line(translator="Second person"))

    for known in (Translators(lines), Translators(lines[::-1])):
        assert known.of(ENTRY) == ("Second person", "Translator")
        assert not known.may_approve(ENTRY, "Second person")
        assert not known.may_approve(ENTRY, "Translator")
        assert known.may_approve(ENTRY, "Reviewer")


@pytest.mark.parametrize("flags", [("fuzzy",), ()])
def test_a_draft_is_nobodys_yet(flags):
    entry = replace(ENTRY, flags=flags)

    found = [*first_seen(headed("x", entry), Translators(), translator="x", date=DAY)]

    assert len(found) == (not flags)


def test_what_was_seen_is_not_seen_again():
    catalog = headed("x", ENTRY, replace(ENTRY, msgid="Other.", obsolete=True))

    first = [*first_seen(catalog, Translators(), translator="x", date=DAY)]
    again = [*first_seen(catalog, Translators((*first,)), translator="y", date=DAY)]

    assert [each.msgid for each in first] == ["Take 5 mg.", "Other."]
    assert again == []


def test_a_copy_is_of_those_who_wrote_it_elsewhere():
    elsewhere = {pair_of(ENTRY): ("One", "Two")}

    found = first_seen(
        headed("x", ENTRY), Translators(), translator="x", date=DAY, elsewhere=elsewhere
    )

    assert [each.translator for each in found] == ["One", "Two"]


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Translator <t@clinic.example>", "Translator <t@clinic.example>"),
        ("FULL NAME <EMAIL@ADDRESS>", ""),
        ("Automatically generated", ""),
        ("Team  <team@clinic.example>", ""),
        ("", ""),
    ],
)
def test_a_header_says_who_saved_last_or_nothing(name, known):
    team = ("Team <team@clinic.example>", "")

    assert last_translator(headed(name), stand_ins=team) == known
