from datetime import date
from xml.etree import ElementTree as ET

from pipeline.model.catalog import Catalog
from pipeline.model.page import State
from pipeline.render.feeds import MOST_ENTRIES, is_in_feed, may_be_in_feed, render_feed
from pipeline.render.library import Edition
from pipeline.render.pages import render_index
from tests.render.shelf import catalog, edition, library, theme

ATOM = {"a": "http://www.w3.org/2005/Atom"}
ENGLISH = edition()
TURKISH = edition(
    locale="tr",
    slug="sacli-deri",
    title="Saç & <b>deri</b>",
    description="Kısa.",
    tags=["saç"],
    author="Klinik",
)


def feed(*editions: Edition, locale: str = "tr", **catalogs: Catalog) -> ET.Element:
    text = render_feed(locale, library(*editions), theme(**catalogs))
    assert text is not None
    return ET.fromstring(text.encode())


def found(element: ET.Element, path: str) -> str | None:
    return element.findtext(path, None, ATOM)


def test_a_feed_lists_the_articles_of_its_language():
    root = feed(ENGLISH, TURKISH)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "tr"
    assert found(root, "a:updated") == "2026-05-04T00:00:00Z"
    links = {each.get("rel"): each.get("href") for each in root.findall("a:link", ATOM)}
    assert links == {
        "alternate": "https://clinic.example/health/tr/",
        "self": "https://clinic.example/health/tr/feed.xml",
    }
    (entry,) = root.findall("a:entry", ATOM)
    assert found(entry, "a:title") == TURKISH.heading
    assert found(entry, "a:summary") == "Kısa."
    assert found(entry, "a:author/a:name") == "Klinik"
    assert [e.get("term") for e in entry.findall("a:category", ATOM)] == ["saç"]
    address = "https://clinic.example/health/tr/sacli-deri/"
    assert [e.get("href") for e in entry.findall("a:link", ATOM)] == [address]


def test_an_entry_keeps_its_name_under_another_address_and_title():
    names = {
        found(feed(edition(locale="tr", slug=slug, title=slug)), "a:entry/a:id")
        for slug in ("eski", "yeni")
    }
    assert len(names) == 1
    assert found(feed(ENGLISH, locale="en"), "a:entry/a:id") not in names


def test_a_review_makes_an_entry_new():
    root = feed(edition(locale="tr", reviewed="2026-06-01"))
    assert found(root, "a:entry/a:published") == "2026-05-04T00:00:00Z"
    assert found(root, "a:entry/a:updated") == "2026-06-01T00:00:00Z"


def test_a_later_change_makes_an_entry_new():
    root = feed(edition(locale="tr", reviewed="2026-06-01", updated=date(2026, 7, 1)))
    assert found(root, "a:entry/a:updated") == "2026-07-01T00:00:00Z"


def test_the_newest_come_first_and_not_too_many():
    days = range(1, MOST_ENTRIES + 6)
    editions = [
        edition(f"articles/a{day}", "tr", date=date.fromordinal(700_000 + day))
        for day in days
    ]
    titles = [found(e, "a:title") for e in feed(*editions).findall("a:entry", ATOM)]
    assert len(titles) == MOST_ENTRIES
    assert titles[0] == f"A{days[-1]} tr"


def test_what_is_in_another_language_or_without_a_date_is_no_news():
    fallback = edition("articles/dose", "tr", state=State.FALLBACK)
    undated = edition("articles/old", "tr", date=None)
    assert render_feed("tr", library(ENGLISH, fallback, undated), theme()) is None


def test_drafts_have_no_feed():
    assert render_feed("tr", library(TURKISH, drafts=True), theme()) is None


def test_pages_name_the_feed_where_there_is_one():
    shelf = library(ENGLISH, edition("articles/old", "tr", date=None))
    link = '<link rel="alternate" type="application/atom+xml" href="feed.xml"'
    assert link in render_index("en", shelf, theme()).html
    assert link not in render_index("tr", shelf, theme()).html


def test_the_title_is_that_of_the_site_in_the_language():
    root = feed(TURKISH, tr=catalog({"Clinic Library": "Klinik"}, msgctxt="title"))
    assert found(root, "a:title") == "Klinik"


def dated(day: int) -> Edition:
    return edition(f"articles/a{day}", "tr", date=date.fromordinal(700_000 + day))


def test_what_is_older_than_all_that_a_full_feed_lists_is_not_in_it():
    newest = [dated(day) for day in range(2, MOST_ENTRIES + 2)]
    text = render_feed("tr", library(*newest), theme())
    assert text is not None

    assert [may_be_in_feed(dated(day), text) for day in (1, 2, 3)] == [
        False,
        True,
        True,
    ]
    assert is_in_feed(newest[0], text, library(*newest))
    assert not is_in_feed(dated(1), text, library(*newest))


def test_where_a_feed_is_not_full_whatever_has_a_date_is_in_it():
    text = render_feed("tr", library(dated(2)), theme())
    assert text is not None

    undated = edition("articles/old", "tr", date=None)
    assert may_be_in_feed(dated(1), text)
    assert not may_be_in_feed(undated, text)
