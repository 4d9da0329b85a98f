from xml.etree import ElementTree as ET

from pipeline.model.page import State
from pipeline.render.sitemap import render_sitemap
from tests.render.shelf import edition, library

NAME = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
TOP = "https://clinic.example/health"
ENGLISH = edition()
TURKISH = edition(locale="tr", slug="sacli-deri")


def addresses(data: bytes | bytearray) -> dict[str, list[str | None]]:
    """The alternates of each address."""
    link = "{http://www.w3.org/1999/xhtml}link"
    return {
        url.findtext("s:loc", "", NAME).removeprefix(TOP): [
            each.get("hreflang") for each in url.iter(link)
        ]
        for url in ET.fromstring(data)
    }


def test_the_sitemap_lists_every_version_with_all_its_alternates():
    fallback = edition("articles/dose", "tr", state=State.FALLBACK)
    shelf = library(ENGLISH, TURKISH, edition("articles/dose"), fallback)
    assert addresses(dict(render_sitemap(shelf))["sitemap.xml"]) == {
        "/": ["en", "tr", "x-default"],
        "/en/": ["en", "tr", "x-default"],
        "/tr/": ["en", "tr", "x-default"],
        "/en/scalp/": ["en", "tr", "x-default"],
        "/tr/sacli-deri/": ["en", "tr", "x-default"],
        "/en/dose/": ["en", "x-default"],
    }


def test_more_addresses_than_one_file_may_have_stand_in_several():
    shelf = library(ENGLISH, TURKISH)
    whole = addresses(dict(render_sitemap(shelf))["sitemap.xml"])
    files = dict(render_sitemap(shelf, most=3))
    index = ET.fromstring(files.pop("sitemap.xml"))
    assert index.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}sitemapindex"
    assert [each.text for each in index.iter(f"{{{NAME['s']}}}loc")] == [
        f"{TOP}/sitemap-1.xml",
        f"{TOP}/sitemap-2.xml",
    ]
    assert [len(addresses(text)) for text in files.values()] == [3, 2]
    assert whole == addresses(files["sitemap-1.xml"]) | addresses(
        files["sitemap-2.xml"]
    )
