"""A build with nothing to do does nothing, and one with anything to do does it."""

import os

import pytest

from tests.builders import ARTICLE, CONFIG, po_path, publish, put, translate

PAST = 1_700_000_000_000_000_000


@pytest.fixture
def settled(turkish):
    """A site that was built, with nothing left to do."""
    publish(turkish, "build")
    for path in (*turkish.glob("source/**/*"), *turkish.glob("locales/**/*")):
        os.utime(path, ns=(PAST, PAST))
    assert publish(turkish, "build").code == 0
    return turkish


def is_skipped(root, *options):
    """Whether a build looks at nothing: a lock that it cannot have does not matter."""
    lock = root / ".publish/lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    try:
        return publish(root, "build", *options).code in {0, 3}
    finally:
        lock.rmdir()


def test_a_build_with_nothing_to_do_is_skipped(settled):
    assert is_skipped(settled)


def test_it_reports_what_the_last_one_reported(settled):
    first = publish(settled, "build", "--json").json
    translate(settled, {"Do not scratch.": ""})
    held = publish(settled, "build", "--json")
    again = publish(settled, "build", "--json")

    assert first["pages"][0]["changed"] is False
    assert (held.code, again.code) == (3, 3)
    assert [{**page, "changed": False} for page in held.json["pages"]] == (
        again.json["pages"]
    )
    assert (again.json["written"], again.json["removed"]) == ([], [])


def edit_a_catalog(root):
    translate(root, {"Do not scratch.": "Asla kaşımayın."})


def edit_an_article(root):
    put(root, {"source/articles/scalp.md": ARTICLE.replace("5 mg", "6 mg")})


def add_an_article(root):
    put(root, {"source/articles/two.md": "# Two\n\nWords.\n"})


def remove_an_article(root):
    (root / "source/articles/scalp.md").unlink()


def edit_the_configuration(root):
    put(root, {"publish.toml": CONFIG.replace("Test", "Other")})


def add_a_template(root):
    put(root, {"templates/partials/notice.html": "<p>Notice</p>\n"})


def add_a_glossary(root):
    put(root, {"locales/tr/glossary.csv": "term,translation\nscalp,saçlı deri\n"})


def approve(root):
    publish(root, "approve", "--reviewer", "Reviewer")


def lose_a_page(root):
    (root / "dist/site/tr/scalp/index.html").unlink()


def change_a_page(root):
    (root / "dist/site/tr/scalp/index.html").write_bytes(b"other")


def lose_the_release(root):
    (root / "dist/release.json").unlink()


def lose_the_state(root):
    (root / ".publish/build.json").unlink()


def keep_size_and_change_the_time_alone(root):
    po_path(root).touch()


CHANGES = [
    edit_a_catalog,
    edit_an_article,
    add_an_article,
    remove_an_article,
    edit_the_configuration,
    add_a_template,
    add_a_glossary,
    approve,
    lose_a_page,
    change_a_page,
    lose_the_release,
    lose_the_state,
    keep_size_and_change_the_time_alone,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__)
def test_after_any_change_it_looks_again(settled, change):
    change(settled)

    assert not is_skipped(settled)


def test_other_options_are_another_build(settled):
    assert not is_skipped(settled, "--lang", "en")
    assert not is_skipped(settled, "--draft")


def test_another_present_is_another_build(settled, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")

    assert not is_skipped(settled)


def test_after_an_error_it_looks_again(settled):
    translate(settled, {"Take 5 mg in the evening.": "Akşamları 50 mg alın."})
    failed = publish(settled, "build")

    assert failed.code == 1
    assert not is_skipped(settled)
    assert publish(settled, "build").code == 1


def test_a_draft_and_a_build_do_not_mind_each_other(settled):
    publish(settled, "build", "--draft")

    assert is_skipped(settled)
    assert is_skipped(settled, "--draft")
