import pytest

from tests.builders import ARTICLE, CONFIG, po_path, publish, put, translate


def explained(root, *options, locale="tr"):
    ran = publish(root, "explain", "articles/scalp", *options, "--json")
    found = [page for page in ran.json["pages"] if page["locale"] == locale]
    return ran, found[0]


def test_what_is_out_has_nothing_that_holds_it(turkish):
    ran, page = explained(turkish)

    assert ran.code == 0
    assert (page["state"], page["why"], page["messages"]) == ("published", "", [])
    assert (ran.json["written"], ran.json["removed"]) == ([], [])


def test_each_message_that_holds_it_is_named_with_place_and_next_step(turkish):
    translate(turkish, {"Do not scratch.": "Kaşımayın."}, flags=("fuzzy",))
    translate(turkish, {"Sleep on your back.": ""})
    translate(turkish, {"Take 5 mg in the evening.": "Akşamları 50 mg alın."})

    ran, page = explained(turkish)

    found = {each["msgid"]: each for each in page["messages"]}
    assert ran.code == 1
    assert {msgid: each["state"] for msgid, each in found.items()} == {
        "Take 5 mg in the evening.": "error",
        "Do not scratch.": "fuzzy",
        "Sleep on your back.": "untranslated",
    }
    dose = found["Take 5 mg in the evening."]
    assert "50 mg" in dose["what"]
    assert dose["to_do"] == "correct it"
    assert dose["file"] == "locales/tr/LC_MESSAGES/articles/scalp.po"
    lines = po_path(turkish).read_text("utf-8").splitlines()
    assert lines[dose["line"] - 1] == 'msgid "Take 5 mg in the evening."'


def test_what_is_not_approved_says_who_can_help(turkish):
    put(turkish, {"publish.toml": CONFIG + '[review]\nrequire = "approved"\n'})

    ran, page = explained(turkish)

    assert ran.code == 3
    assert {each["state"] for each in page["messages"]} == {"not approved"}
    assert "publish approve" in page["messages"][0]["to_do"]


def test_it_says_the_same_as_the_build(turkish):
    translate(turkish, {"Do not scratch.": ""})

    _, page = explained(turkish)
    built = publish(turkish, "build", "--json").json["pages"]

    (same,) = (each for each in built if each["locale"] == "tr")
    del page["messages"], page["comments"]
    assert page == {**same, "changed": False}


def test_english_is_explained_too(site):
    _, page = explained(site, locale="en")

    assert (page["state"], page["messages"]) == ("published", [])


def test_an_authors_draft_is_explained_by_its_front_matter(turkish):
    text = ARTICLE.replace("date:", "draft: true\ndate:")
    put(turkish, {"source/articles/scalp.md": text})

    ran, page = explained(turkish)

    assert ran.code == 0
    assert page["why"] == "draft: true in source/articles/scalp.md"


def test_a_mail_is_explained_among_the_mails(site):
    mail = "---\nkind: mail\nsubject: Your visit\n---\n\nHello.\n"
    put(site, {"source/mail/visit.md": mail})

    ran = publish(site, "explain", "visit", "--json")

    assert ran.json["pages"] == []
    assert [each["locale"] for each in ran.json["mails"]] == ["en", "tr"]
    assert ran.json["mails"][0]["path"] == "dist/mail/en/visit.eml"


@pytest.mark.parametrize("other", [False, True])
def test_an_article_that_cannot_be_read_is_explained_by_that(turkish, other):
    put(turkish, {"source/articles/scalp.md": b"\xff"})
    if other:
        put(turkish, {"source/articles/another.md": b"\xff"})

    ran = publish(turkish, "explain", "articles/scalp", "--json")

    (error,) = ran.json["errors"]
    assert (ran.code, error["path"], error["line"]) == (
        1,
        "source/articles/scalp.md",
        1,
    )


def test_a_broken_catalog_is_what_holds_it(turkish):
    po_path(turkish).write_bytes(po_path(turkish).read_bytes()[:-30])

    ran, page = explained(turkish)

    assert ran.code == 1
    assert page["state"] == "held"
    assert "articles/scalp.po:" in page["why"]


def test_only_the_locales_asked_for_are_explained(turkish):
    ran, _ = explained(turkish, "--lang", "tr")

    assert [page["locale"] for page in ran.json["pages"]] == ["en", "tr"]
