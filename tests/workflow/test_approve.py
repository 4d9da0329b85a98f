import json

import pytest

from tests.builders import (
    CONFIG,
    TURKISH,
    catalog,
    po_path,
    publish,
    put,
    translate,
)

DOSE = "Take 5 mg in the evening."


def reviews(root, domain="articles/scalp", locale="tr"):
    path = root / "locales" / locale / "reviews" / f"{domain}.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def approve(root, *args):
    return publish(root, "approve", "--reviewer", "Reviewer", *args, "--json")


def test_every_usable_entry_is_approved_with_who_and_when(turkish, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")

    ran = approve(turkish, "--role", "Dermatologist")

    lines = reviews(turkish)
    assert (ran.code, ran.json["approved"]) == (0, 6)
    assert {line["msgid"] for line in lines} == set(TURKISH)
    assert {(ln["reviewer"], ln["role"], ln["date"], ln["kind"]) for ln in lines} == {
        ("Reviewer", "Dermatologist", "1970-01-02", "human")
    }


def test_what_is_fuzzy_or_empty_is_passed_over(turkish):
    translate(turkish, {"Do not scratch.": "Kaşımayın."}, flags=("fuzzy",))
    translate(turkish, {"Sleep on your back.": ""})

    assert approve(turkish).json["approved"] == 4


def test_what_is_approved_already_is_not_approved_again(turkish):
    approve(turkish)
    before = reviews(turkish)

    ran = approve(turkish)

    assert (ran.code, ran.json["approved"]) == (0, 0)
    assert reviews(turkish) == before


def test_an_edited_translation_is_approved_anew_and_the_old_line_stays(turkish):
    approve(turkish)
    translate(turkish, {"Do not scratch.": "Hiç kaşımayın."})

    ran = approve(turkish)

    assert ran.json["approved"] == 1
    assert len(reviews(turkish)) == 7


def test_an_error_of_a_check_is_refused_and_the_rest_is_approved(turkish):
    translate(turkish, {DOSE: "Akşamları 50 mg alın."})

    ran = approve(turkish)

    (finding,) = ran.json["refused"]
    assert (ran.code, ran.json["approved"]) == (1, 5)
    assert (finding["msgid"], finding["check"]) == (DOSE, "numbers")
    assert DOSE not in {line["msgid"] for line in reviews(turkish)}


def test_a_note_lets_it_pass_and_stays_with_it(turkish):
    translate(turkish, {DOSE: "Akşamları 50 mg alın."})

    ran = approve(turkish, "--note", "The English is wrong")

    (line,) = (line for line in reviews(turkish) if line["msgid"] == DOSE)
    assert ran.code == 0
    assert line["note"] == "The English is wrong"


def test_only_the_articles_named_are_approved(turkish):
    put(turkish, {"source/articles/two.md": "# Two\n\nWords of two.\n"})
    publish(turkish, "extract")
    words = {"Two": "İki", "Words of two.": "İkinin sözleri."}
    translate(turkish, words, domain="articles/two")

    ran = approve(turkish, "two")

    assert ran.json["approved"] == 2
    assert reviews(turkish) == []
    assert len(reviews(turkish, "articles/two")) == 2


def test_the_strings_of_templates_can_be_approved(turkish):
    (first, *_) = (m for m in catalog(turkish, "messages").living if not m.msgid_plural)
    translate(turkish, {first.msgid: f"[{first.msgid}]"}, domain="messages")

    ran = approve(turkish, "messages")

    assert ran.json["approved"] == 1
    assert reviews(turkish, "messages")[0]["msgid"] == first.msgid


def test_what_a_machine_wrote_is_known_as_such(turkish):
    path = po_path(turkish)
    text = path.read_text("utf-8").replace(
        "#. list item\n",
        "# publish 2026-01-01: machine (deep:google)\n#. list item\n",
        1,
    )
    path.write_text(text, "utf-8")

    approve(turkish)

    kinds = {line["msgid"]: line["kind"] for line in reviews(turkish)}
    assert kinds["Do not scratch."] == "human after machine"
    assert kinds["Sleep on your back."] == "human"


def test_a_broken_catalog_stops_nothing_else(turkish):
    put(turkish, {"source/articles/two.md": "# Two\n\nWords of two.\n"})
    publish(turkish, "extract")
    translate(turkish, {"Two": "İki"}, domain="articles/two")
    po_path(turkish).write_bytes(po_path(turkish).read_bytes()[:-30])

    ran = approve(turkish)

    assert (ran.code, ran.json["approved"]) == (1, 1)
    assert ran.json["errors"][0]["path"].endswith("articles/scalp.po")


def test_an_article_that_cannot_be_read_is_said_and_not_unknown(turkish):
    put(turkish, {"source/articles/bad.md": b"\xff"})

    ran = approve(turkish, "bad")

    assert ran.code == 1
    assert ran.json["errors"][0]["path"] == "source/articles/bad.md"


def test_two_persons_cannot_be_told_apart_here(turkish):
    put(turkish, {"publish.toml": CONFIG + "[review]\ntwo_person = true\n"})

    ran = approve(turkish)

    assert ran.code == 2
    assert "two_person" in ran.json["errors"][0]["message"]
    assert reviews(turkish) == []


@pytest.mark.parametrize("name", ["Öğr. Gör.\nSahte", 'A "quoted" name', "د. ليلى"])
def test_a_name_may_be_of_any_letters_and_stays_one_line(turkish, name):
    ran = publish(turkish, "approve", "--reviewer", name, "--json")

    assert ran.code == 0
    assert {line["reviewer"] for line in reviews(turkish)} == {name}
