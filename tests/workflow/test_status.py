import pytest

from tests.builders import CONFIG, make_site, po_path, publish, put, translate


def rows(ran, locale="tr"):
    (found,) = (each for each in ran.json["locales"] if each["locale"] == locale)
    return {row.pop("article"): row for row in found["articles"]}


def test_each_article_is_counted_in_segments_and_words(site):
    translate(site, {"Do not scratch.": "Kaşımayın."})
    translate(site, {"Sleep on your back.": "Sırtüstü uyuyun."}, flags=("fuzzy",))

    assert rows(publish(site, "status", "--json"))["articles/scalp"] == {
        "state": "held",
        "segments": 6,
        "words": 30,
        "approved": 0,
        "translated": 1,
        "fuzzy": 1,
        "untranslated": 4,
    }


def test_the_strings_of_templates_have_a_row_without_a_state(site):
    row = rows(publish(site, "status", "--json"))["messages"]

    assert row["state"] == ""
    assert row["untranslated"] == row["segments"] > 0


def test_approved_ones_are_translated_ones(turkish):
    publish(turkish, "approve", "--reviewer", "Reviewer")

    row = rows(publish(turkish, "status", "--json"))["articles/scalp"]

    assert (row["approved"], row["translated"], row["segments"]) == (6, 6, 6)
    assert row["state"] == "published"


def test_it_is_as_the_build_would_have_it(turkish):
    publish(turkish, "build")
    translate(turkish, {"Do not scratch.": ""})

    assert rows(publish(turkish, "status", "--json"))["articles/scalp"]["state"] == (
        "recalled"
    )


def test_what_the_source_says_now_is_counted(turkish):
    path = turkish / "source/articles/scalp.md"
    path.write_text(path.read_text("utf-8") + "\nNew words here.\n", "utf-8")

    row = rows(publish(turkish, "status", "--json"))["articles/scalp"]

    assert (row["segments"], row["untranslated"], row["state"]) == (7, 1, "held")


def test_locales_come_in_the_order_of_the_configuration(tmp_path):
    make_site(tmp_path, {"publish.toml": CONFIG.replace('"tr"', '"tr", "pt-BR", "ar"')})

    everything = publish(tmp_path, "status", "--json")
    one = publish(tmp_path, "status", "--lang", "pt-BR", "--json")

    assert [each["locale"] for each in everything.json["locales"]] == [
        "tr",
        "pt-BR",
        "ar",
    ]
    assert [each["locale"] for each in one.json["locales"]] == ["pt-BR"]


def test_an_authors_draft_is_not_counted(turkish):
    put(turkish, {"source/articles/two.md": "---\ndraft: true\n---\n# Two\n"})

    assert "articles/two" not in rows(publish(turkish, "status", "--json"))


@pytest.mark.parametrize("path", ["locales/tr/LC_MESSAGES/articles/scalp.po"])
def test_a_broken_catalog_is_an_error_and_its_article_is_held(turkish, path):
    po_path(turkish).write_bytes(b"msgid")

    ran = publish(turkish, "status", "--json")

    (error,) = ran.json["errors"]
    assert (ran.code, error["path"]) == (1, path)
    assert rows(ran)["articles/scalp"]["state"] == "held"


def test_nothing_is_written(site):
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*.po*")}

    publish(site, "status")

    assert {path: path.stat().st_mtime_ns for path in site.rglob("*.po*")} == before
    assert not (site / "dist").exists()
