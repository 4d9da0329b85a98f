"""What an extraction does not look at again would not have changed."""

import shutil
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.store import catalogs, extracted
from pipeline.store.catalogs import read_catalog
from pipeline.store.config import read_site
from pipeline.store.stamps import RACY
from pipeline.workflow import merging
from pipeline.workflow.extract import extract
from tests.builders import TURKISH, entry_of, make_site, po_path, publish, translate

CONFIG = """\
title = "Test clinic"
base_url = "https://clinic.example/health/"
locales = ["tr", "de"]
"""
NAMES = ("one", "two", "three")
SENTENCES = (
    "Wash your hair after 3 days.",
    "Wash your hair gently after 5 days.",
    "Do not scratch.",
    "Sleep on your back for a week.",
    "Take one tablet in the evening.",
)


def settle():
    """Wait until no later edit can hide behind the time of an earlier one."""
    time.sleep(RACY / 1e9 * 1.2)


def tree(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted((root / "locales").rglob("*"))
        if path.is_file()
    }


def source(root, name):
    return root / "source" / f"{name}.md"


def write(root, name, sentences, *, draft=False):
    head = "---\ndraft: true\n---\n" if draft else ""
    body = "\n\n".join([f"# {name.title()}", *sentences])
    source(root, name).write_text(f"{head}{body}\n", encoding="utf-8")


def fill(root, locale, name, numbers, flags):
    """A translator saves a catalog."""
    path = po_path(root, name, locale)
    if not path.exists():
        return
    catalog = read_catalog(path, root=root)
    catalogs.write_catalog(
        path,
        catalog.with_messages(
            replace(message, msgstrs=(f"{locale} {message.msgid}",), flags=flags)
            if number in numbers
            else message
            for number, message in enumerate(catalog.messages)
        ),
        root=root,
    )


def remove(root, path):
    (root / path).unlink(missing_ok=True)


def rename(root, old, new):
    if source(root, old).exists():
        source(root, old).replace(source(root, new))


names = st.sampled_from(NAMES)
locales = st.sampled_from(["tr", "de"])
edits = st.one_of(
    st.builds(
        lambda name, sentences, draft: (
            lambda root: write(root, name, sentences, draft=draft)
        ),
        names,
        st.lists(st.sampled_from(SENTENCES), max_size=4),
        st.sampled_from([False, False, False, True]),
    ),
    st.builds(
        lambda locale, name, numbers, flags: (
            lambda root: fill(root, locale, name, numbers, flags)
        ),
        locales,
        names,
        st.sets(st.integers(0, 7)),
        st.sampled_from([(), (), ("fuzzy",)]),
    ),
    st.builds(lambda name: lambda root: remove(root, f"source/{name}.md"), names),
    st.builds(lambda one, two: lambda root: rename(root, one, two), names, names),
    st.builds(
        lambda locale, name: (
            lambda root: remove(root, f"locales/{locale}/LC_MESSAGES/{name}.po")
        ),
        locales,
        names,
    ),
    st.builds(
        lambda name: lambda root: remove(root, f"locales/_pot/{name}.pot"), names
    ),
)
steps = st.lists(
    st.tuples(
        st.lists(edits, min_size=1, max_size=3),
        st.sampled_from([("tr", "de"), ("tr", "de"), ("tr",)]),
    ),
    min_size=1,
    max_size=4,
)


def reported(report):
    return (
        {(c.locale, c.domain): c for c in report.domains},
        sorted(report.templates_written),
        sorted(report.renamed),
        sorted(str(error) for error in report.errors),
    )


@given(steps)
@settings(max_examples=8, deadline=None)
def test_an_extraction_is_what_one_that_reads_everything_is(tmp_path_factory, history):
    knowing = make_site(tmp_path_factory.mktemp("knowing"), {"publish.toml": CONFIG})
    (knowing / "source/articles/scalp.md").unlink()
    for name in NAMES:
        write(knowing, name, SENTENCES[:2])
    ignorant = Path(shutil.copytree(knowing, tmp_path_factory.mktemp("x") / "site"))
    now = datetime(2026, 11, 22, tzinfo=UTC)
    for changes, wanted in [([], ("tr", "de")), *history]:
        now += timedelta(days=1)
        for change in changes:
            change(knowing)
            change(ignorant)
        for _ in range(2):  # the second time, nothing was written the moment before
            settle()
            (ignorant / extracted.FILE).unlink(missing_ok=True)
            reports = [
                reported(extract(read_site(root), locales=wanted, now=now))
                for root in (knowing, ignorant)
            ]
            assert reports[0] == reports[1]
            assert tree(knowing) == tree(ignorant)


@pytest.fixture
def counted(monkeypatch):
    """The names of the catalogs that are read."""
    read: list[str] = []

    def counting(path, *, root):
        read.append(path.name)
        return read_catalog(path, root=root)

    monkeypatch.setattr(merging, "read_catalog", counting)
    return read


@pytest.fixture
def settled(turkish):
    make_site(turkish, {"source/articles/other.md": "# Other\n\nWords.\n"})
    for _ in range(2):
        settle()
        assert publish(turkish, "extract").code == 0
    return turkish


def test_what_did_not_change_is_not_read_again(settled, counted):
    assert publish(settled, "extract").code == 0
    assert counted == []


def test_only_a_changed_article_is_read_again(settled, counted):
    settle()
    write(settled, "articles/other", ["Other words."])
    assert publish(settled, "extract").code == 0
    assert {*counted} == {"other.po", "other.pot"}


def test_a_text_without_translation_takes_one_that_becomes_free_elsewhere(settled):
    make_site(settled, {"source/articles/other.md": "# Other\n\nDo not scratch.\n"})
    # Two articles have the text, and one of them its translation.
    publish(settled, "extract")
    other = read_catalog(po_path(settled, "articles/other"), root=settled)
    assert entry_of(other, "Do not scratch.").msgstr == ""
    for _ in range(2):
        settle()
        publish(settled, "extract")

    scalp = settled / "source/articles/scalp.md"
    scalp.write_text(scalp.read_text("utf-8").replace("- Do not scratch.\n", ""))
    publish(settled, "extract")

    other = read_catalog(po_path(settled, "articles/other"), root=settled)
    assert entry_of(other, "Do not scratch.").msgstr == TURKISH["Do not scratch."]


def test_a_broken_memory_of_the_last_time_does_no_harm(settled, counted):
    (settled / extracted.FILE).write_text('{"key": 1, "sources"', encoding="utf-8")
    assert publish(settled, "extract").code == 0
    assert "scalp.po" in counted


def test_an_edit_right_after_an_extraction_is_seen(settled):
    path = po_path(settled)
    for word in ("Bir", "İki", "Üç"):
        translate(settled, {"Do not scratch.": word})
        publish(settled, "extract")
        scalp = settled / "source/articles/scalp.md"
        text = scalp.read_text("utf-8")
        scalp.write_text(text.replace("Do not scratch", "Do not scratch x"), "utf-8")
        publish(settled, "extract")
        scalp.write_text(text, "utf-8")
        publish(settled, "extract")
        catalog = read_catalog(path, root=settled)
        assert entry_of(catalog, "Do not scratch.").msgstr == word
