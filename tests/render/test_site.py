import re

from pipeline.render.library import Redirect
from pipeline.render.site import render_lists, render_robots, render_signs, render_site
from tests.render.shelf import edition, library, theme

ENGLISH = edition()
TURKISH = edition(locale="tr", slug="sacli-deri")
SHELF = library(
    ENGLISH,
    TURKISH,
    redirects=(
        Redirect("tr", "eski", "articles/scalp"),
        Redirect("tr", "x", "articles/gone"),
    ),
)


def test_what_belongs_to_no_article_is_rendered_once():
    assert [file.path for file in render_site(SHELF, theme())] == [
        "index.html",
        "tr/eski/index.html",
        "404.html",
        "en/404.html",
        "tr/404.html",
    ]
    assert list(dict(render_lists("tr", SHELF, theme()))) == [
        "tr/index.html",
        "tr/feed.xml",
    ]
    assert list(dict(render_signs(SHELF))) == [
        "sitemap.xml",
        "_redirects",
        "redirects.nginx",
        "robots.txt",
    ]


def test_drafts_have_nothing_for_crawlers_and_servers():
    drafts = library(ENGLISH, TURKISH, drafts=True)
    paths = [file.path for file in render_site(drafts, theme())]
    assert paths == ["index.html"]
    assert list(dict(render_lists("tr", drafts, theme()))) == ["tr/index.html"]
    assert list(dict(render_signs(drafts))) == ["sitemap.xml"]


def test_the_same_library_gives_the_same_bytes():
    files = [list(render_site(SHELF, theme())) for _ in range(2)]
    assert files[0] == files[1]
    signs = [dict(render_signs(SHELF)) for _ in range(2)]
    assert signs[0] == signs[1]
    lists = [dict(render_lists("tr", SHELF, theme())) for _ in range(2)]
    assert lists[0] == lists[1]


def test_a_page_for_lost_ways_has_absolute_links_for_it_is_shown_at_any_depth():
    pages = {file.path: file.html for file in render_site(SHELF, theme())}
    html = pages["tr/404.html"]
    assert '<html lang="tr"' in html
    assert '<meta name="robots" content="noindex">' in html
    links = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert links
    top = "https://clinic.example/health/"
    assert all(link.startswith((top, "#")) for link in links)
    assert f"{top}tr/" in links


def test_robots_are_told_of_the_sitemap():
    assert render_robots(SHELF).splitlines() == [
        "User-agent: *",
        "Allow: /",
        "",
        "Sitemap: https://clinic.example/health/sitemap.xml",
    ]
