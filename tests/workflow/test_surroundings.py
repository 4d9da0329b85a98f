"""Few pages are asked what they say of others after an edit of one article."""

import pytest

from pipeline.render.around import Around
from tests.builders import make_site, publish, put
from tests.workflow.test_incremental import TWO, clean_copy, edit, fill, outcome

NAMES = "abcdefghij"


def article(name, text="Rest."):
    day = NAMES.index(name) + 10
    return (
        f"---\ntitle: Title {name}\ndate: 2026-03-{day}\ntags: [Hair]\n---\n\n{text}\n"
    )


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "site"
    articles = {f"source/{name}.md": article(name) for name in NAMES}
    articles["source/a.md"] = article("a", "Read [this](e.md).")
    articles["source/b.md"] = article("b", "Look at ![it](p.png).")
    make_site(root, {"publish.toml": TWO, **articles, "source/p.png": b"png"})
    publish(root, "extract")
    fill(root)
    assert publish(root, "build").code == 0
    return root


@pytest.fixture
def asked(monkeypatch):
    """The pages that were asked, by locale and domain."""
    seen = set()
    of = Around.of

    def noted(self, edition, targets):
        seen.add(f"{edition.locale}/{edition.domain}")
        return of(self, edition, targets)

    monkeypatch.setattr(Around, "of", noted)
    return seen


def build(root, asked):
    """The pages in Turkish that were asked in a build that is as a clean one."""
    asked.clear()
    found = outcome(root)
    seen = {name.partition("/")[2] for name in asked if name.startswith("tr/")}
    assert found == outcome(clean_copy(root, root.with_name("clean")))
    return seen


def test_of_an_article_that_leaves_those_beside_it_are_asked(root, asked):
    edit(root / "source/f.md", "Rest.", "Rest well.")

    # Lists begin with the newest, `j`.
    assert build(root, asked) == {*"ghi"}


def test_the_last_ones_of_a_list_name_its_first(root, asked):
    edit(root / "source/j.md", "Rest.", "Rest well.")

    assert build(root, asked) == {"a", "b", "articles/scalp"}


def test_those_that_link_it_are_asked(root, asked):
    edit(root / "source/e.md", "Rest.", "Rest well.")

    assert build(root, asked) == {"a", *"fgh"}


@pytest.mark.parametrize("change", ["tags: [Hair]", "tags: [Skin]"])
def test_where_tags_come_or_go_all_are_asked(root, asked, change):
    put(root, {"source/e.md": article("e").replace("tags: [Hair]", "tags: [Scalp]")})
    if change == "tags: [Hair]":
        build(root, asked)
        put(root, {"source/e.md": article("e")})

    assert build(root, asked) >= set(NAMES) - {"e"}


def test_a_new_article_and_one_that_is_gone_are_seen(root, asked):
    (root / "source/d.md").unlink()
    assert set(build(root, asked)) < set(NAMES)

    put(root, {"source/k.md": article("d").replace("Title d", "Title k")})
    assert set(build(root, asked)) < set(NAMES)
