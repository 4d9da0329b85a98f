"""What each command says to people."""

import shlex
import subprocess
from pathlib import Path

import pytest

from tests.builders import ARTICLE, make_site, po_path, publish, put, translate

SCALP = "locales/tr/LC_MESSAGES/articles/scalp.po"


def words(ran):
    """Everything on standard output, tables unfolded as far as blanks go."""
    return " ".join(ran.out.split())


def test_extract_counts_what_changed_and_what_did_not(turkish):
    put(turkish, {"source/articles/two.md": "# Two\n\nWords.\n"})

    said = words(publish(turkish, "extract"))

    assert "language catalog new changed moved kept obsolete" in said
    assert "tr articles/two 3 0 0 0 0" in said
    assert "1 catalog changed, 2 up to date" in said


def test_extract_says_that_an_article_was_renamed(turkish):
    articles = turkish / "source/articles"
    (articles / "scalp.md").rename(articles / "washing.md")

    said = words(publish(turkish, "extract"))

    assert "articles/scalp is now articles/washing" in said


def test_extract_check_says_what_would_change(turkish):
    changed = ARTICLE.replace("Do not scratch", "Never scratch")
    put(turkish, {"source/articles/scalp.md": changed})

    ran = publish(turkish, "extract", "--check")

    assert ran.code == 1
    assert "1 template in locales/_pot would change" in words(ran)
    assert "1 catalog would change, 1 up to date" in words(ran)


def test_check_shows_source_translation_what_is_wrong_and_where(turkish):
    translate(turkish, {"Take 5 mg in the evening.": "Akşamları 50 mg alın."})

    ran = publish(turkish, "check")

    said = words(ran)
    assert "where source translation what is wrong" in said
    assert "Take 5 mg in the evening. Akşamları 50 mg alın." in said
    assert "error (numbers):" in said
    assert "2 catalogs: 1 error, 0 warnings" in said


def test_check_shortens_long_texts(turkish):
    long = "Kaşımayın. " * 30
    translate(turkish, {"Do not scratch.": long})

    assert "…" in publish(turkish, "check").out


def test_build_says_what_is_out_and_why_the_rest_is_not(turkish):
    translate(turkish, {"Do not scratch.": ""})

    said = words(publish(turkish, "build"))

    assert "en: 1 page, 0 mails" in said
    assert "tr: 0 pages, 0 mails" in said
    assert "tr articles/scalp held 1 untranslated of 6" in said
    assert "publish explain ARTICLE" in said


def test_build_says_which_strings_of_templates_are_not_translated(turkish):
    said = words(publish(turkish, "build"))

    assert "note: locales/tr/LC_MESSAGES/messages.po:" in said
    assert "strings of templates/ are not translated" in said


def test_explain_says_for_each_message_what_to_do(turkish):
    translate(turkish, {"Do not scratch.": "Kaşımayın."}, flags=("fuzzy",))
    translate(turkish, {"Sleep on your back.": ""})

    ran = publish(turkish, "explain", "scalp")

    said = words(ran)
    assert ran.code == 3
    assert "en: published, dist/site/en/scalp/index.html" in said
    assert "tr: held: 1 untranslated, 1 fuzzy of 6" in said
    assert "Do not scratch. fuzzy review it and clear the fuzzy flag" in said
    assert "Sleep on your back. untranslated translate it" in said


def test_status_has_a_bar_and_numbers_for_each_article(turkish):
    translate(turkish, {"Do not scratch.": ""})

    lines = publish(turkish, "status").out.splitlines()

    (row,) = (line for line in lines if "articles/scalp" in line)
    assert row.split() == [
        "articles/scalp",
        "held",
        "██████████",
        "6",
        "30",
        "0",
        "5",
        "0",
        "1",
    ]
    assert any(line.strip().startswith("all ") for line in lines)


def test_status_without_languages_says_where_to_add_them(tmp_path):
    make_site(tmp_path, {"publish.toml": ""})

    ran = publish(tmp_path, "status")

    assert ran.code == 0
    assert "no languages are configured: add them to `locales`" in ran.out


def test_approve_says_how_many_and_what_it_refused(turkish):
    translate(turkish, {"Take 5 mg in the evening.": "Akşamları 50 mg alın."})

    ran = publish(turkish, "approve", "--reviewer", "Reviewer")

    assert ran.code == 1
    assert "Akşamları 50 mg alın." in words(ran)
    assert "5 approved, 1 refused" in words(ran)


@pytest.mark.parametrize("name", ["my-site", "Kliniğim İzmir", 'a\'b "c" $HOME'])
def test_init_says_a_next_step_that_a_shell_understands(tmp_path, name):
    ran = publish(tmp_path, "init", name, "--lang", "tr")

    after = ran.out.partition("Next: ")[2].partition(" && ")[0]
    there = subprocess.run(
        ["sh", "-c", f"{after} && pwd"], capture_output=True, text=True, check=True
    )
    assert ran.code == 0
    assert Path(there.stdout.rstrip("\n")) == tmp_path / name
    assert shlex.split(after)[0] == "cd"


def test_a_catalog_that_cannot_be_read_is_said_with_its_line(turkish):
    path = po_path(turkish)
    path.write_bytes(path.read_bytes()[:-30])

    ran = publish(turkish, "status")

    assert ran.code == 1
    assert ran.err.startswith(f"publish: {SCALP}:")
    assert len(ran.err.splitlines()) == 1
