import json

import pytest

from pipeline.store.catalogs import update_catalog
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


TWO = CONFIG + "[review]\ntwo_person = true\n"


def saved_by(root, name, texts=None, domain="articles/scalp"):
    """What Poedit does: texts, and who saved them."""
    path = po_path(root, domain)
    update_catalog(
        path, lambda found: found.with_fields(Last_Translator=name), root=root
    )
    translate(root, texts or {}, domain=domain)


def translators(root, domain="articles/scalp"):
    path = root / "locales/tr/translators" / f"{domain}.jsonl"
    if not path.exists():
        return {}
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {line["msgid"]: line["translator"] for line in lines}


@pytest.mark.parametrize("name", ["Translator", "TRANSLATOR <t@clinic.example>"])
def test_nobody_approves_what_they_alone_translated(turkish, name):
    put(turkish, {"publish.toml": TWO})
    saved_by(turkish, name)

    ran = publish(turkish, "approve", "--reviewer", "Translator", "--json")
    other = approve(turkish)

    assert (ran.code, ran.json["approved"]) == (1, 0)
    assert {f["check"] for f in ran.json["refused"]} == {"two_person"}
    assert name in ran.json["refused"][0]["message"]
    assert (other.code, other.json["approved"]) == (0, 6)


def test_a_note_is_no_second_person(turkish):
    put(turkish, {"publish.toml": TWO})
    saved_by(turkish, "Reviewer")

    assert approve(turkish, "--note", "I am sure").json["approved"] == 0


def test_who_is_not_known_may_be_anybody_until_it_is_said(turkish):
    put(turkish, {"publish.toml": TWO})

    unknown = approve(turkish)
    same = approve(turkish, "--translator", "reviewer")
    put(turkish, {"locales/tr/translators/articles/scalp.jsonl": ""})
    said = approve(turkish, "--translator", "Translator")

    assert unknown.json["approved"] == same.json["approved"] == 0
    assert "not known" in unknown.json["refused"][0]["message"]
    assert said.json["approved"] == 6


def test_the_team_that_stands_in_for_a_translator_is_nobody(turkish):
    put(turkish, {"publish.toml": 'team = "Team <t@clinic.example>"\n' + TWO})
    saved_by(turkish, "Team <t@clinic.example>")

    assert approve(turkish).json["approved"] == 0


def test_a_later_save_by_another_takes_over_no_text_that_was_seen(turkish):
    put(turkish, {"publish.toml": TWO})
    saved_by(turkish, "Reviewer")
    publish(turkish, "extract")
    saved_by(turkish, "Second person", {"Do not scratch.": "Hiç kaşımayın."})

    ran = approve(turkish)

    assert ran.json["approved"] == 1
    assert [line["msgid"] for line in reviews(turkish)] == ["Do not scratch."]


def test_a_text_that_was_copied_from_elsewhere_is_still_its_translators(turkish):
    put(turkish, {"publish.toml": TWO})
    saved_by(turkish, "Reviewer")
    publish(turkish, "extract")
    put(turkish, {"source/articles/two.md": "# Two\n\nDo not scratch.\n"})
    publish(turkish, "extract")
    copied = {"Do not scratch.": "Kaşımayın."}
    saved_by(turkish, "Second person", copied, domain="articles/two")

    ran = approve(turkish, "two")

    assert ran.json["approved"] == 0
    assert translators(turkish, "articles/two") == {"Do not scratch.": "Reviewer"}


def test_a_text_that_moved_within_one_extraction_is_still_its_translators(turkish):
    put(turkish, {"publish.toml": TWO})
    saved_by(turkish, "Reviewer")
    text = (turkish / "source/articles/scalp.md").read_text("utf-8")
    put(
        turkish,
        {
            "source/articles/scalp.md": text.replace("- Do not scratch.\n", ""),
            "source/articles/two.md": "# Two\n\nDo not scratch.\n",
        },
    )
    publish(turkish, "extract")

    assert translators(turkish, "articles/two") == {"Do not scratch.": "Reviewer"}


def test_what_was_seen_is_not_written_again(turkish):
    put(turkish, {"publish.toml": TWO})
    saved_by(turkish, "Translator")
    publish(turkish, "extract")
    path = turkish / "locales/tr/translators/articles/scalp.jsonl"
    before = path.read_bytes()

    publish(turkish, "extract")
    approve(turkish)

    assert path.read_bytes() == before


def test_nothing_is_recorded_where_one_person_is_enough(turkish):
    saved_by(turkish, "Translator")
    publish(turkish, "extract")
    approve(turkish)

    assert not (turkish / "locales/tr/translators").exists()


def test_one_class_may_need_two_persons(turkish):
    rules = '[[class]]\nglobs = ["articles/scalp"]\ntwo_person = true\n'
    put(turkish, {"publish.toml": CONFIG + rules})
    put(turkish, {"source/articles/two.md": "# Two\n"})
    publish(turkish, "extract")
    translate(turkish, {"Two": "İki"}, domain="articles/two")

    ran = approve(turkish)

    assert ran.json["approved"] == 1
    assert not reviews(turkish)


def test_broken_lines_about_translators_approve_nothing(turkish):
    put(turkish, {"publish.toml": TWO})
    put(turkish, {"locales/tr/translators/articles/scalp.jsonl": "[]\n"})

    ran = approve(turkish)

    assert ran.code == 1
    assert ran.json["errors"][0]["path"].endswith("translators/articles/scalp.jsonl")
    assert not reviews(turkish)


def test_an_approval_names_the_checks_that_it_overrides(turkish):
    translate(turkish, {DOSE: "Akşamları 50 mg alın?"})

    approve(turkish, "--note", "The English is wrong")

    lines = {line["msgid"]: line for line in reviews(turkish)}
    assert {"numbers", "punctuation"} <= {*lines[DOSE]["overrides"]}
    assert "overrides" not in lines["Do not scratch."]


def test_a_warning_refuses_nothing_here_and_is_named(turkish):
    translate(turkish, {DOSE: "Akşamları 5 mg alın?"})

    ran = approve(turkish)

    lines = {line["msgid"]: line for line in reviews(turkish)}
    assert (ran.code, ran.json["approved"]) == (0, 6)
    assert lines[DOSE]["overrides"] == ["punctuation"]


def test_one_message_can_be_approved_alone(turkish):
    ran = approve(turkish, "--message", DOSE)

    assert ran.json["approved"] == 1
    assert [line["msgid"] for line in reviews(turkish)] == [DOSE]


def test_a_message_that_is_not_there_is_refused(turkish):
    ran = approve(turkish, "--message", "No such text.")

    assert ran.code == 2
    assert "No such text." in ran.json["errors"][0]["message"]


def test_what_was_taken_back_is_not_approved_until_it_is_approved_again(turkish):
    approve(turkish)
    taken = approve(turkish, "--withdraw", "scalp", "--message", DOSE, "--note", "No")
    nothing = approve(turkish, "--withdraw", "scalp", "--message", DOSE)
    tally = publish(turkish, "status", "--json").json["locales"][0]["articles"][0]
    again = approve(turkish)

    assert (taken.code, taken.json["withdrawn"], taken.json["approved"]) == (0, 1, 0)
    assert nothing.json["withdrawn"] == 0
    assert tally["approved"] == 5
    assert again.json["approved"] == 1


def test_to_take_back_needs_the_names_of_articles(turkish):
    approve(turkish)

    ran = approve(turkish, "--withdraw")

    assert ran.code == 2
    assert len(reviews(turkish)) == 6


def test_an_approval_needs_the_name_of_somebody(turkish):
    ran = publish(turkish, "approve", "--reviewer", " ", "--json")

    assert ran.code == 2


@pytest.mark.parametrize("name", ["Öğr. Gör.\nSahte", 'A "quoted" name', "د. ليلى"])
def test_a_name_may_be_of_any_letters_and_stays_one_line(turkish, name):
    ran = publish(turkish, "approve", "--reviewer", name, "--json")

    assert ran.code == 0
    assert {line["reviewer"] for line in reviews(turkish)} == {name}
