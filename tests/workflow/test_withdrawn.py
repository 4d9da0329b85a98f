"""What stands at the address of a page that was recalled."""

import json

import pytest

from tests.builders import ARTICLE, CONFIG, publish, put, translate
from tests.workflow.test_build import dist, output, page

NOTICE = CONFIG + '\n[[class]]\nglobs = ["**"]\nrecall = "notice"\n'


@pytest.fixture
def recalled(turkish):
    """A page that was out under two addresses, and became fuzzy."""
    put(turkish, {"publish.toml": NOTICE})
    publish(turkish, "build")
    translate(turkish, {"scalp": "sacli-deri"})
    publish(turkish, "build")
    translate(turkish, {"Do not scratch.": "Kaşımayın."}, flags=("fuzzy",))
    return turkish


@pytest.mark.parametrize("slug", ["scalp", "sacli-deri"])
def test_every_address_that_it_had_says_that_it_is_withdrawn(recalled, slug):
    ran = publish(recalled, "build", "--json")

    assert ran.code == 3
    assert output(ran)["state"] == "recalled"
    html = page(recalled, slug=slug)
    assert "withdrawn" in html
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html
    assert 'href="../../en/scalp/index.html"' in html


def test_nothing_of_its_text_is_left(recalled):
    publish(recalled, "build")

    for text in ("bakımı", "Kaşımayın", "Saçınızı"):
        assert not any(text.encode() in data for data in dist(recalled).values())


def test_what_must_be_pulled_is_named_though_a_notice_stands_there(recalled):
    publish(recalled, "build")

    assert (
        b'"recalled": [\n  {"article": "articles/scalp"'
        in (recalled / "dist/release.json").read_bytes()
    )
    assert publish(recalled, "verify", str(recalled / "dist")).code == 0


def test_a_notice_makes_way_for_the_page_when_it_is_reviewed(recalled):
    publish(recalled, "build")
    translate(recalled, {"Do not scratch.": "Kaşımayın."})

    publish(recalled, "build")

    assert "Kaşımayın." in page(recalled, slug="sacli-deri")
    assert 'http-equiv="refresh"' in page(recalled, slug="scalp")


def test_a_deleted_article_leads_to_the_list(recalled):
    (recalled / "source/articles/scalp.md").unlink()
    put(recalled, {"source/articles/other.md": ARTICLE})

    publish(recalled, "build")

    assert 'href="../../index.html"' in page(recalled)
    assert 'href="../index.html"' in page(recalled, "en")


def test_without_the_setting_the_address_is_empty(recalled):
    put(recalled, {"publish.toml": CONFIG})

    publish(recalled, "build")

    assert not (recalled / "dist/site/tr").exists()


def test_building_again_changes_nothing(recalled):
    publish(recalled, "build")
    before = dist(recalled)

    ran = publish(recalled, "build", "--json")

    assert ran.json["written"] == ran.json["removed"] == []
    assert dist(recalled) == before


def test_what_was_never_out_leaves_no_trace(site):
    put(site, {"publish.toml": NOTICE})
    translate(site, {"Do not scratch.": "Kaşımayın."})

    publish(site, "build")

    assert not (site / "dist/site/tr").exists()


def test_pages_of_a_language_that_the_site_drops_are_recalled(turkish):
    publish(turkish, "build")
    config = CONFIG.replace('locales = ["tr"]', "locales = []")
    put(turkish, {"publish.toml": config})

    publish(turkish, "build")

    release = json.loads((turkish / "dist/release.json").read_bytes())
    assert not (turkish / "dist/site/tr").exists()
    assert release["recalled"] == [
        {
            "article": "articles/scalp",
            "locale": "tr",
            "path": "site/tr/scalp/index.html",
        }
    ]
    history = (turkish / "locales/tr/published.jsonl").read_text()
    assert '"recalled"' in history.splitlines()[-1]
    assert publish(turkish, "verify", str(turkish / "dist")).code == 0
    publish(turkish, "build")
    assert (turkish / "locales/tr/published.jsonl").read_text() == history
