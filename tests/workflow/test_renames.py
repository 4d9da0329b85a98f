import pytest

from pipeline.model.catalog import Message
from pipeline.workflow.renames import renamed
from tests.builders import (
    ARTICLE,
    CONFIG,
    TURKISH,
    entry,
    make_site,
    po_path,
    publish,
    put,
    translate,
)


def messages(*texts):
    return [Message(text) for text in texts]


def test_most_of_the_messages_are_enough():
    vanished = {"old": messages("one", "two", "three")}

    assert renamed(vanished, {"new": messages("one", "two", "other")}) == {"old": "new"}
    assert renamed(vanished, {"new": messages("one", "b", "c", "d")}) == {}


def test_the_most_alike_are_paired():
    vanished = {"a": messages("1", "2", "3"), "b": messages("2", "3", "4")}
    added = {"x": messages("2", "3", "4"), "y": messages("1", "2", "3")}

    assert renamed(vanished, added) == {"a": "y", "b": "x"}


def test_each_is_paired_once():
    added = {"x": messages("1"), "y": messages("1")}

    assert renamed({"a": messages("1")}, added) == {"a": "x"}
    assert renamed({"a": messages("1"), "b": messages("1")}, {"x": messages("1")}) == {
        "a": "x"
    }


def test_the_address_says_nothing_about_the_content():
    slug = Message("x", msgctxt="slug")

    assert renamed({"a": [slug, Message("1")]}, {"b": [slug, Message("2")]}) == {}
    assert renamed({"a": [slug]}, {"b": [slug]}) == {}


def test_what_is_empty_has_no_name_to_follow():
    assert renamed({"a": []}, {"b": []}) == {}
    assert renamed({}, {}) == {}


def rename(root, new, old="articles/scalp"):
    source = root / "source" / f"{old}.md"
    target = root / "source" / f"{new}.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)


def test_everything_goes_along_in_every_locale(tmp_path):
    make_site(tmp_path, {"publish.toml": CONFIG.replace('"tr"', '"tr", "pt-BR"')})
    publish(tmp_path, "extract")
    translate(tmp_path, TURKISH)
    translate(tmp_path, {"Do not scratch.": "Não coce."}, locale="pt_BR")
    publish(tmp_path, "approve", "--reviewer", "Reviewer")
    rename(tmp_path, "care/washing")

    ran = publish(tmp_path, "extract")

    assert ran.code == 0
    kept = entry(tmp_path, "Do not scratch.", domain="care/washing", locale="pt_BR")
    assert kept.msgstr == "Não coce."
    assert kept.references == ("source/care/washing.md",)
    for folder in ("tr", "pt_BR"):
        assert not po_path(tmp_path, locale=folder).exists()
        reviews = tmp_path / "locales" / folder / "reviews"
        assert (reviews / "care/washing.jsonl").exists()
        assert not (reviews / "articles/scalp.jsonl").exists()
    assert not (tmp_path / "locales/_pot/articles/scalp.pot").exists()


def test_approvals_still_count_under_the_new_name(turkish):
    put(turkish, {"publish.toml": CONFIG + '[review]\nrequire = "approved"\n'})
    publish(turkish, "approve", "--reviewer", "Reviewer")
    rename(turkish, "articles/washing")
    publish(turkish, "extract")

    assert publish(turkish, "build").code == 0


def test_its_old_address_leads_to_the_new_one_and_it_is_not_recalled(turkish):
    publish(turkish, "build")
    rename(turkish, "articles/washing")
    publish(turkish, "extract")

    ran = publish(turkish, "build", "--json")

    states = {(page["article"], page["state"]) for page in ran.json["pages"]}
    old = (turkish / "dist/site/tr/scalp/index.html").read_text("utf-8")
    assert states == {("articles/washing", "published")}
    assert "washing" in old


def test_a_second_build_adds_nothing_to_the_history(turkish):
    publish(turkish, "build")
    rename(turkish, "articles/washing")
    publish(turkish, "extract")
    publish(turkish, "build")
    before = (turkish / "locales/tr/published.jsonl").read_bytes()
    (turkish / ".publish/build.json").unlink()

    publish(turkish, "build")

    assert (turkish / "locales/tr/published.jsonl").read_bytes() == before


def test_a_new_article_under_the_old_name_is_an_article_of_its_own(turkish):
    publish(turkish, "build")
    rename(turkish, "articles/washing")
    publish(turkish, "extract")
    publish(turkish, "build")
    put(turkish, {"source/articles/scalp.md": "# Another scalp\n\nOther words.\n"})
    publish(turkish, "extract")
    publish(turkish, "build")
    before = (turkish / "locales/en/published.jsonl").read_bytes()
    (turkish / ".publish/build.json").unlink()

    publish(turkish, "build")

    assert entry(turkish, "Other words.").msgstr == ""
    assert (turkish / "locales/en/published.jsonl").read_bytes() == before
    assert "Other words." in (turkish / "dist/site/en/scalp/index.html").read_text()
    assert (turkish / "dist/site/en/washing/index.html").exists()


def test_two_that_change_their_names_with_each_other_keep_their_words(turkish):
    text = "# Second\n\nAltogether other words.\n\nAnd some more of them.\n"
    put(turkish, {"source/articles/second.md": text})
    publish(turkish, "extract")
    translate(
        turkish, {"Altogether other words.": "Bambaşka sözcükler."}, domain=SECOND
    )
    put(turkish, {"source/articles/second.md": ARTICLE})
    put(turkish, {"source/articles/scalp.md": text})

    publish(turkish, "extract")

    assert entry(turkish, "Do not scratch.", domain=SECOND).msgstr == "Kaşımayın."
    assert entry(turkish, "Altogether other words.").msgstr == ("Bambaşka sözcükler.")


SECOND = "articles/second"


def test_check_says_that_it_would_be_renamed_and_moves_nothing(turkish):
    rename(turkish, "articles/washing")
    before = sorted(path for path in (turkish / "locales").rglob("*"))

    ran = publish(turkish, "extract", "--check")

    assert ran.code == 1
    assert "articles/scalp is now articles/washing" in ran.out
    assert sorted(path for path in (turkish / "locales").rglob("*")) == before


@pytest.mark.parametrize("broken", ["catalog", "template"])
def test_what_cannot_be_read_is_not_moved_and_not_lost(turkish, broken):
    path = po_path(turkish)
    if broken == "template":
        path = turkish / "locales/_pot/articles/scalp.pot"
    data = path.read_bytes()[:-30]
    path.write_bytes(data)
    rename(turkish, "articles/washing")

    ran = publish(turkish, "extract")

    assert ran.code == 1
    assert path.read_bytes() == data
    assert "Traceback" not in ran.err
