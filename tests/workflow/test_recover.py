"""What `recover` gives back, and the file that it makes of it."""

import os
from dataclasses import replace

import pytest

from pipeline.po.parse import parse
from pipeline.store.catalogs import update_catalog
from tests.builders import TURKISH, entry_of, make_site, po_path, publish

WASH = "Wash your hair after 3 days."
NEW = "Saçınızı 3 gün sonra nazikçe yıkayın."


def save(root, text, msgid=WASH, **changes):
    """A translator's save, with an editor of her own."""
    path = po_path(root)
    catalog = parse(path.read_text(encoding="utf-8"), path=str(path))
    entry = replace(entry_of(catalog, msgid), msgstrs=(text,), **changes)
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    update_catalog(copy, lambda each: each.with_message(entry), root=root)
    copy.replace(path)


@pytest.fixture
def saved(turkish):
    """A site in which one translation was replaced after it was read."""
    assert publish(turkish, "check").code == 0
    save(turkish, NEW)
    assert publish(turkish, "check").code == 0
    return turkish


def entries(root, *args):
    ran = publish(root, "recover", *args, "--json")
    assert ran.code == 0, ran.err
    assert ran.json["errors"] == []
    return ran.json["entries"]


def test_every_text_of_an_entry_is_given_back_the_newest_first(saved):
    (entry,) = entries(saved, "--msgid", "wash YOUR")

    texts = entry.pop("texts")
    assert entry == {
        "locale": "tr",
        "domain": "articles/scalp",
        "msgctxt": None,
        "msgid": WASH,
    }
    assert [text["msgstrs"] for text in texts] == [[NEW], [TURKISH[WASH]]]
    assert [text["how"] for text in texts] == ["read by check", "written"]
    assert {text["state"] for text in texts} == {"translated"}
    assert texts[0]["seen"] >= texts[1]["seen"]


def test_without_a_choice_every_entry_is_shown_in_its_order(saved):
    found = [entry["msgid"] for entry in entries(saved)]

    assert found == list(TURKISH)


def test_a_table_shows_people_the_same(saved):
    said = publish(saved, "recover", "scalp", "--msgid", "Wash").out

    assert "tr articles/scalp" in said
    assert said.index("nazikçe") < said.index(TURKISH[WASH])
    assert said.count("Wash your hair") == 1
    assert said.endswith("2 translations found\n")


def test_a_text_that_a_write_replaced_is_given_back(turkish):
    source = turkish / "source/articles/scalp.md"
    source.write_text(source.read_text().replace("5 mg", "50 mg"))
    assert publish(turkish, "extract").code == 0

    old, new = entries(turkish, "--msgid", "in the evening")

    assert old["texts"][0]["msgstrs"] == ["Akşamları 5 mg alın."]
    assert new["texts"][0]["how"] == "written by extract"
    assert new["texts"][0]["state"] == "fuzzy"


def test_an_article_that_is_gone_is_still_known(saved):
    (saved / "source/articles/scalp.md").unlink()

    assert len(entries(saved, "articles/scalp")) == len(TURKISH)


def test_an_unknown_article_names_the_known_ones(saved):
    ran = publish(saved, "recover", "articles/none", "--json")

    assert ran.code == 2
    assert "known are articles/scalp, messages" in ran.json["errors"][0]["hint"]


def test_only_the_languages_asked_for_are_shown(saved):
    make_site(saved, {"publish.toml": CONFIG_OF_TWO})

    assert entries(saved, "--lang", "ar") == []
    assert len(entries(saved, "--lang", "tr")) == len(TURKISH)


CONFIG_OF_TWO = """\
title = "Test clinic"
base_url = "https://clinic.example/health/"
locales = ["tr", "ar"]
"""


def test_without_a_journal_nothing_is_found_and_none_is_made(tmp_path):
    root = make_site(tmp_path)

    assert entries(root) == []
    assert not (root / ".publish").exists()


def test_nothing_is_changed(saved):
    before = po_path(saved).stat(), po_path(saved).read_bytes()
    entries(saved)

    assert (po_path(saved).stat(), po_path(saved).read_bytes()) == before


def test_a_damaged_journal_is_said(saved):
    file = saved / ".publish/journal.sqlite"
    file.write_bytes(b"x" * 5000)
    ran = publish(saved, "recover")

    assert ran.code == 0
    assert "note: .publish/journal.sqlite was damaged: it is kept as" in ran.out


# Into a file.


def lost(root, *args, code=0):
    file = root / "lost.po"
    ran = publish(root, "recover", "scalp", "--lang", "tr", "-o", str(file), *args)
    assert ran.code == code, ran.err
    return file, ran


def test_what_the_catalog_lost_becomes_a_file(saved):
    save(saved, "Bir\nsatır daha.", "Do not scratch.")
    publish(saved, "check")
    save(saved, "Kaşımayın!", "Do not scratch.", flags=("fuzzy",))
    publish(saved, "check")
    file, ran = lost(saved)

    catalog = parse(file.read_text(encoding="utf-8"), path="lost.po")
    assert "has what the catalog does not hold any more" in ran.out
    assert [m.msgid for m in catalog.messages] == [WASH, "Do not scratch."]
    assert all(m.is_fuzzy for m in catalog.messages)
    scratch = entry_of(catalog, "Do not scratch.")
    assert scratch.msgstr == "Bir\nsatır daha."
    assert scratch.comments[0].startswith("read by check on 20")
    assert scratch.comments[1].startswith("written on 20")
    assert scratch.comments[1].endswith(": Kaşımayın.")
    assert catalog.fields()["Language"] == "tr"


def test_a_catalog_that_is_gone_is_given_back_whole(saved):
    po_path(saved).unlink()
    file, _ = lost(saved)

    catalog = parse(file.read_text(encoding="utf-8"), path="lost.po")
    assert {m.msgid for m in catalog.messages} == TURKISH.keys()


def test_where_nothing_is_lost_no_file_is_made(turkish):
    publish(turkish, "check")
    file, ran = lost(turkish)

    assert "is not written: its catalog holds everything" in ran.out
    assert not file.exists()


def test_a_file_that_is_there_is_not_written_over(saved):
    (saved / "lost.po").write_text("mine")
    file, ran = lost(saved, code=2)

    assert "is there already" in ran.err
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("-o", "x.po"), "one article in one language"),
        (("scalp", "messages", "-o", "x.po"), "one article in one language"),
        (
            ("scalp", "-o", "{root}/locales/tr/LC_MESSAGES/x.po"),
            "taken for a catalog of the site",
        ),
    ],
)
def test_a_file_for_which_there_is_no_place_is_refused(saved, args, said):
    given = [arg.format(root=saved) for arg in args]
    ran = publish(saved, "recover", *given)

    assert ran.code == 2
    assert said in ran.err
    assert not os.path.lexists("x.po")
