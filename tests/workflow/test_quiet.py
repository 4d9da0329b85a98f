"""What concerns no other page is built alone, and what comes out is the same."""

import gc
import shutil
import time

import pytest

from pipeline.store.stamps import RACY
from pipeline.store.state import BuildState
from pipeline.workflow import build, whole
from tests.builders import po_path, publish
from tests.workflow.test_incremental import (
    add,
    clean_copy,
    damage_the_bodies,
    edit,
    edit_a_picture,
    edit_a_template,
    edit_heading,
    edit_text,
    edit_the_entry_of_a_heading,
    forbid_a_word,
    make_fuzzy,
    note_something,
    outcome,
    pristine,
    remove,
    remove_outputs,
    rename_a_tag,
)

__all__ = ["pristine"]


def edit_entry(root, article, locale):
    edit(po_path(root, article, locale), "Uyku on", "Uyku uyku on")


@pytest.fixture
def loud(monkeypatch):
    """The kinds of the builds that looked at the whole site."""
    seen = []
    run = whole.whole_build

    def noted(assembly):
        seen.append(assembly.kind)
        return run(assembly)

    monkeypatch.setattr(whole, "whole_build", noted)
    return seen


@pytest.fixture
def root(pristine, tmp_path):
    root = tmp_path / "site"
    shutil.copytree(pristine, root)
    # What was saved in the tick before a build may have been saved after it looked.
    time.sleep(RACY / 1e9 * 1.2)
    publish(root, "build")
    return root


def require_as_clean(root, loud):
    """The outcome of a build is that of a clean one; whether it was quiet."""
    loud.clear()
    found = outcome(root)
    is_quiet = not loud
    assert found == outcome(clean_copy(root, root.with_name("clean")))
    return is_quiet


@pytest.mark.parametrize(
    "change", [edit_entry, note_something, edit_the_entry_of_a_heading]
)
def test_an_edit_of_a_text_is_quiet(root, loud, change):
    change(root, "articles/sleep", "tr")

    assert require_as_clean(root, loud)


def test_what_links_to_a_part_follows_quietly(root, loud):
    edit_the_entry_of_a_heading(root, "articles/sleep", "tr")

    assert require_as_clean(root, loud)
    page = (root / "dist/site/tr/scalp/index.html").read_text("utf-8")
    assert "#late-at-night" in page


def test_a_text_that_was_kept_and_is_damaged_is_made_again(root, loud):
    damage_the_bodies(root, "", "")
    edit_the_entry_of_a_heading(root, "articles/sleep", "tr")

    assert require_as_clean(root, loud)


@pytest.mark.parametrize(
    "change",
    [
        edit_text,
        edit_heading,
        make_fuzzy,
        rename_a_tag,
        forbid_a_word,
        edit_a_template,
        remove_outputs,
        remove,
        add,
        edit_a_picture,
    ],
)
def test_what_others_show_is_not(root, loud, change):
    change(root, "articles/sleep", "tr")

    assert not require_as_clean(root, loud)


def test_in_an_article_that_is_held_the_reason_follows_quietly(root, loud):
    edit_text(root, "articles/scalp", "tr")
    publish(root, "build")
    edit(root / "source/articles/scalp.md", "A comb", "A red comb")

    assert require_as_clean(root, loud)
    release = (root / "dist/release.json").read_text("utf-8")
    assert release.count("2 untranslated of") == 2
    assert publish(root, "verify").code == 0


def test_where_a_note_tells_a_line_of_an_article_all_is_looked_at(root, loud):
    edit(root / "source/articles/scalp.md", "## First days", "\n\n## First days")

    assert not require_as_clean(root, loud)
    # It is of a picture that cannot be read.
    assert "source/articles/scalp.md:15: " in publish(root, "build").out


def test_behind_a_link_everything_is_looked_at(root, loud):
    folder = root / "locales/tr/LC_MESSAGES"
    folder.rename(root.with_name("catalogs"))
    folder.symlink_to(root.with_name("catalogs"))
    publish(root, "build")
    edit_entry(root, "articles/sleep", "tr")
    edit(root / "source/articles/food.md", "Eat at", "Always eat at")
    loud.clear()

    publish(root, "build")

    assert loud
    page = (root / "dist/site/tr/sleep/index.html").read_text("utf-8")
    assert "Uyku uyku" in page


def test_a_draft_is_quiet_as_well(root, loud):
    publish(root, "build", "--draft")
    loud.clear()
    edit_entry(root, "articles/sleep", "tr")

    publish(root, "build", "--draft")

    assert not loud
    assert "Uyku uyku" in (root / "dist/draft/site/tr/sleep/index.html").read_text(
        "utf-8"
    )


def test_the_other_languages_of_a_build_for_one_stay(root, loud):
    publish(root, "build", "--lang", "tr")
    loud.clear()
    edit_entry(root, "articles/sleep", "tr")
    before = (root / "dist/site/ar/sleep/index.html").read_bytes()

    publish(root, "build", "--lang", "tr")

    assert not loud
    assert (root / "dist/site/ar/sleep/index.html").read_bytes() == before
    assert publish(root, "verify").code == 0


@pytest.mark.parametrize("most", [0, 2000])
def test_whoever_looks_at_the_outputs_one_that_was_touched_is_made_anew(
    root, loud, monkeypatch, most
):
    monkeypatch.setattr(build, "_MANY", most)
    edit_entry(root, "articles/sleep", "tr")
    assert require_as_clean(root, loud)
    note_something(root, "articles/sleep", "tr")
    (root / "dist/site/tr/scalp/index.html").write_text("touched")

    assert not require_as_clean(root, loud)


def test_a_further_build_after_a_quiet_one_has_nothing_to_do(root):
    edit_entry(root, "articles/sleep", "tr")
    publish(root, "build")
    before = {path: path.stat().st_mtime_ns for path in root.glob("dist/**/*")}

    publish(root, "build")
    shutil.rmtree(root / ".publish/ledger")
    publish(root, "build")

    assert {path: path.stat().st_mtime_ns for path in root.glob("dist/**/*")} == before


def test_of_the_last_build_a_loud_one_has_no_stamps_in_memory(root, monkeypatch):
    def states():
        gc.collect()
        return [each for each in gc.get_objects() if type(each) is BuildState]

    others, seen = {id(each): each for each in states()}, []
    run = whole.whole_build

    def noted(assembly):
        seen.append([each for each in states() if id(each) not in others])
        return run(assembly)

    monkeypatch.setattr(whole, "whole_build", noted)
    edit_a_template(root, "", "")

    publish(root, "build")

    assert seen == [[]]
