"""The pages of tags and sections."""

import re

from pipeline.render.pages import render_index, render_page
from pipeline.render.sitemap import render_sitemap
from pipeline.render.topic_pages import render_topic_page, topic_face, topic_pages
from tests.render.shelf import edition, library, theme

TOP = "https://clinic.example/health/"


def shelf(**values):
    return library(
        edition("articles/a", title="Zebra", tags=["Hair"], section="Care"),
        edition("articles/b", title="Apple", tags=["Hair", "Sleep"]),
        edition("articles/a", "tr", title="Çay", tags=["Saç"], section="Bakım"),
        edition("articles/b", "tr", title="Cilt", tags=["Saç", "Uyku"]),
        **values,
    )


def pages(books):
    made = (render_topic_page(page, books, theme()) for page in topic_pages(books))
    return {page.path: page.html for page in made}


def test_there_is_a_page_for_each_topic_and_a_list_of_each_kind():
    assert list(pages(shelf())) == [
        *(f"en/{name}/index.html" for name in ("sections", "sections/care")),
        *(f"en/{name}/index.html" for name in ("tags", "tags/hair", "tags/sleep")),
        *(f"tr/{name}/index.html" for name in ("sections", "sections/care")),
        *(f"tr/{name}/index.html" for name in ("tags", "tags/hair", "tags/sleep")),
    ]


def test_its_articles_stand_by_the_alphabet():
    html = pages(shelf())["tr/tags/hair/index.html"]
    assert re.findall(r'<h3><a href="([^"]*)">(\w+)', html) == [
        ("../../b-tr/index.html", "Cilt"),
        ("../../a-tr/index.html", "Çay"),
    ]
    assert "<h1><bdi>Saç</bdi></h1>" in html


def test_its_addresses_are_told_in_every_language():
    html = pages(shelf())["tr/tags/hair/index.html"]
    assert f'<link rel="canonical" href="{TOP}tr/tags/hair/">' in html
    assert re.findall(r'hreflang="([\w-]+)" href="([^"]*)"', html) == [
        ("en", f"{TOP}en/tags/hair/"),
        ("tr", f"{TOP}tr/tags/hair/"),
        ("x-default", f"{TOP}en/tags/hair/"),
    ]
    assert '<a href="../../../en/tags/hair/index.html" lang="en"' in html


def test_networks_are_told_of_it_in_its_language():
    html = pages(shelf())["tr/tags/hair/index.html"]
    found = dict(re.findall(r'<meta property="og:([\w:]+)" content="([^"]*)">', html))
    assert found == {
        "type": "website",
        "title": "Saç",
        "description": "Articles on this topic: Saç",
        "url": f"{TOP}tr/tags/hair/",
        "site_name": "Clinic Library",
        "locale": "tr_TR",
        "locale:alternate": "en_US",
    }
    assert '<meta name="description" content="Articles on this topic: Saç">' in html


def test_a_sign_in_its_name_is_written_once():
    books = library(edition(tags=["Hair & <skin>"]))
    html = pages(books)["en/tags/hair-skin/index.html"]
    assert 'content="Articles on this topic: Hair &amp; &lt;skin&gt;"' in html
    assert '"og:title" content="Hair &amp; &lt;skin&gt;"' in html


def test_the_sitemap_lists_them_with_their_alternates():
    text = dict(render_sitemap(shelf()))["sitemap.xml"].decode()
    for path in ("tr/tags/", "tr/tags/hair/", "en/sections/care/"):
        assert f"<loc>{TOP}{path}</loc>" in text
        assert f'hreflang="x-default" href="{TOP}en{path[2:]}"' in text


def test_a_draft_tells_search_engines_of_none():
    books = shelf(drafts=True)
    assert "hreflang=" not in re.sub("<nav.*?</nav>", "", str(pages(books)))
    assert "tags" not in str(dict(render_sitemap(books)))


def test_a_page_and_the_index_link_them():
    books = shelf()
    turkish = books.find("articles/a", "tr")
    assert turkish is not None
    page = render_page(turkish, books, theme()).html
    index = render_index("tr", books, theme()).html
    assert '<a href="../sections/care/index.html"><bdi>Bakım</bdi></a>' in page
    assert '<a href="../tags/hair/index.html"><bdi>Saç</bdi></a>' in page
    assert '<a href="sections/care/index.html"><bdi>Bakım</bdi></a>' in index
    assert re.findall(r'href="tags/(\w+)/', index) == ["hair", "sleep"]


def test_markup_in_a_tag_is_text():
    books = library(edition("a", tags=["<b>Hair</b> & {{ 7*7 }}"]))
    assert "&lt;b&gt;Hair&lt;/b&gt; &amp; {{ 7*7 }}" in str(pages(books))
    assert "<b>Hair" not in str(pages(books))


def test_a_name_in_the_sources_words_says_so():
    books = library(
        edition("a", tags=["Hair"]),
        edition("a", "ar", tags=["غذاء"], kept="2026-01-01"),
    )
    html = pages(books)["ar/tags/hair/index.html"]
    assert '<h1 lang="en" dir="ltr"><bdi>Hair</bdi></h1>' in html


def test_what_a_page_shows_is_another_where_a_card_is():
    one = [topic_face(page, shelf()) for page in topic_pages(shelf())]
    other = library(*shelf().editions, edition("articles/c", tags=["Sleep"]))
    two = [topic_face(page, other) for page in topic_pages(other)]
    changed = [first != second for first, second in zip(one, two, strict=True)]
    assert changed == [False, False, True, False, True] + [False] * 5
