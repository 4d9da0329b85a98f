"""Where few pages come, go or are others in lists, a build looks at nothing else."""

import shutil
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.stamps import RACY
from pipeline.workflow import patching
from pipeline.workflow.loud import LoudError
from tests.builders import make_site, po_path, publish
from tests.store.test_pictures import png
from tests.workflow.test_incremental import (
    FEW,
    THREE,
    clean_copy,
    edit,
    edit_date,
    edit_slug,
    edit_title,
    fill,
    make_fuzzy,
    make_sharp,
    outcome,
    translate_all,
)
from tests.workflow.test_quiet import loud, require_as_clean

__all__ = ["loud"]

NAMES = "abcdefghijkl"
DAYS = "abcdefghi"
"""Those that have a date, the last of them the newest."""


def article(name):
    day = f"date: 2026-03-1{DAYS.index(name)}\n" if name in DAYS else ""
    section = f"section: {'Surgery' if name < 'f' else 'Life'}\n"
    tags = f"tags: [Hair{', Sleep' if name in 'bdfh' else ''}]\n"
    other = NAMES[(NAMES.index(name) * 5 + 3) % len(NAMES)]
    part = "#a-part" if name in "ag" else ""
    return (
        f"---\ntitle: Title {name}\n{day}{section}{tags}---\n\nRest {name}.\n\n"
        f"## A part\n\nRead [this]({other}.md{part}).\n\n![It](p.png)\n"
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A site of which all is translated."""
    root = tmp_path_factory.mktemp("whole") / "site"
    articles = {f"source/{name}.md": article(name) for name in NAMES}
    make_site(root, {"publish.toml": THREE, **articles, "source/p.png": png(1, 1)})
    (root / "source/articles/scalp.md").unlink()
    publish(root, "extract")
    fill(root)
    assert publish(root, "build").code == 0
    return root


@pytest.fixture
def root(whole, tmp_path):
    root = tmp_path / "site"
    shutil.copytree(whole, root)
    time.sleep(RACY / 1e9 * 1.2)
    publish(root, "build")
    return root


def edit_text(root, name, locale):
    del locale
    edit(root / f"source/{name}.md", "Rest ", "Rest well ")


def undo_it(root, name, locale):
    del locale
    edit(root / f"source/{name}.md", "Rest well ", "Rest ")


def edit_part(root, name, locale):
    del locale
    edit(root / f"source/{name}.md", "## A part", "## Another part")


def show_no_picture(root, name, locale):
    del locale
    edit(root / f"source/{name}.md", "![It](p.png)", "")


def rename_in_translation(root, name, locale):
    edit(po_path(root, name, locale), 'msgstr "Title', 'msgstr "A new title')


def rename_a_tag(root, name, locale):
    edit(po_path(root, name, locale), 'msgstr "Hair"', 'msgstr "Saç"')


def move_to_life(root, name, locale):
    del locale
    edit(root / f"source/{name}.md", "section: Surgery", "section: Life")


@pytest.mark.parametrize("name", NAMES)
def test_of_an_article_that_leaves_its_translations_all_follows(root, loud, name):
    edit_text(root, name, "")

    assert require_as_clean(root, loud)
    assert publish(root, "verify").code == 0


@pytest.mark.parametrize("name", ["a", "k"])
def test_another_process_makes_the_same_lists(root, loud, monkeypatch, name):
    monkeypatch.setattr(patching, "_MANY", 0)
    edit_text(root, name, "")

    assert require_as_clean(root, loud)
    assert publish(root, "verify").code == 0


def test_where_lists_fail_in_the_other_process_all_is_looked_at(
    root, loud, monkeypatch
):
    monkeypatch.setattr(patching, "_MANY", 0)
    monkeypatch.setattr(patching.Patching, "_listed", fail)
    edit_text(root, "a", "")

    assert not require_as_clean(root, loud)


def fail(*_):
    raise LoudError


def test_it_comes_back_as_it_was(root, loud):
    before = outcome(root)[3]
    edit_text(root, "c", "")
    edit_text(root, "d", "")
    assert require_as_clean(root, loud)
    undo_it(root, "d", "")
    undo_it(root, "c", "")

    assert require_as_clean(root, loud)
    after = outcome(root)[3]
    assert {path: data for path, data in after.items() if "/published" not in path} == {
        path: data for path, data in before.items() if "/published" not in path
    }


def test_an_article_without_a_date_comes_to_its_place_in_the_alphabet(root, loud):
    make_fuzzy(root, "k", "tr")
    assert require_as_clean(root, loud)
    make_sharp(root, "k", "tr")

    assert require_as_clean(root, loud)


@pytest.mark.parametrize("change", [edit_title, rename_in_translation])
def test_another_title_is_seen_wherever_it_is_shown(root, loud, change):
    change(root, "d", "tr")

    assert require_as_clean(root, loud)


@pytest.mark.parametrize("change", [rename_a_tag, move_to_life, edit_slug])
def test_where_more_may_follow_all_is_looked_at(root, loud, change):
    change(root, "d", "tr")

    assert not require_as_clean(root, loud)


def test_the_last_article_of_a_language_takes_its_lists_along(root, loud):
    for name in NAMES:
        make_fuzzy(root, name, "tr")

    assert not require_as_clean(root, loud)


def test_a_further_build_has_nothing_to_do(root):
    edit_text(root, "c", "")
    publish(root, "build")
    time.sleep(RACY / 1e9 * 1.2)

    assert "\n0 files written, 0 removed\n" in publish(root, "build").out


def test_what_is_still_to_be_reviewed_is_told_by_the_exit_code(root, loud):
    edit_text(root, "c", "")
    assert publish(root, "build").code == 3
    undo_it(root, "c", "")

    assert publish(root, "build").code == 0
    assert not loud


EDITS = (
    edit_text, undo_it, edit_part, show_no_picture, edit_title, rename_in_translation,
    rename_a_tag, edit_date, edit_slug, make_fuzzy, make_sharp, translate_all, edit_text,
    undo_it, move_to_life,
)  # fmt: skip
STEPS = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(EDITS),
            st.sampled_from(NAMES),
            st.sampled_from(("tr", "ar", "de")),
        ),
        min_size=1,
        max_size=2,
    ),
    min_size=1,
    max_size=4,
)


@FEW
@given(steps=STEPS)
def test_after_any_of_them_all_is_as_after_a_clean_build(
    steps, whole, tmp_path_factory
):
    root = tmp_path_factory.mktemp("turned") / "site"
    shutil.copytree(whole, root)
    publish(root, "build")
    for step in steps:
        for change, name, locale in step:
            change(root, name, locale)
        clean = clean_copy(root, root.with_name("clean"))

        assert outcome(root) == outcome(clean)
