from dataclasses import replace

import pytest

from pipeline.render.library import Listed, Redirect
from pipeline.render.moved import moves, render_tables
from pipeline.render.pages import render_redirect
from tests.render.shelf import SITE, edition, library, theme

ENGLISH = edition()
TURKISH = edition(locale="tr", slug="sacli-deri", title="Saçlı deri")


def shelf_with(*redirects: Redirect):
    mail = edition("mail/m", "tr", kind="mail")
    return library(ENGLISH, TURKISH, mail, redirects=redirects)


def test_an_old_address_leads_to_the_new_one():
    shelf = shelf_with(Redirect("tr", "eski", "articles/scalp"))
    (move,) = moves(shelf)
    file = render_redirect(move, shelf, theme())
    assert file.path == "tr/eski/index.html"
    assert 'content="0; url=../sacli-deri/index.html"' in file.html
    canonical = "https://clinic.example/health/tr/sacli-deri/"
    assert f'<link rel="canonical" href="{canonical}">' in file.html


def test_search_engines_may_read_where_a_page_moved_to():
    shelf = shelf_with(Redirect("tr", "eski", "articles/scalp"))
    (move,) = moves(shelf)
    assert 'name="robots"' not in render_redirect(move, shelf, theme()).html


@pytest.mark.parametrize(
    "redirect",
    [
        Redirect("tr", "sacli-deri", "articles/scalp"),
        Redirect("tr", "eski", "articles/gone"),
        Redirect("tr", "eski", "mail/m"),
    ],
)
def test_an_old_address_without_a_new_one_leads_nowhere(redirect):
    shelf = shelf_with(redirect)
    assert not list(moves(shelf))
    assert render_tables(shelf) == {}


def test_servers_get_tables_of_old_addresses():
    shelf = shelf_with(
        Redirect("tr", "eski", "articles/scalp"),
        Redirect("tr", "saç", "articles/scalp"),
        Redirect("tr", "x", "articles/gone"),
    )
    assert render_tables(shelf) == {
        "_redirects": (
            "/health/tr/eski/ /health/tr/sacli-deri/ 301\n"
            "/health/tr/sa%C3%A7/ /health/tr/sacli-deri/ 301\n"
        ),
        "redirects.nginx": (
            '"/health/tr/eski/" "/health/tr/sacli-deri/";\n'
            '"/health/tr/saç/" "/health/tr/sacli-deri/";\n'
        ),
    }


def test_letters_in_the_address_of_the_site_are_encoded_once():
    site = replace(SITE, base_url="https://clinic.example/sa%C4%9Fl%C4%B1k/")
    shelf = replace(shelf_with(Redirect("tr", "eski", "articles/scalp")), site=site)
    new = "/sa%C4%9Fl%C4%B1k/tr/sacli-deri/"

    tables = render_tables(shelf)

    assert tables["_redirects"] == f"/sa%C4%9Fl%C4%B1k/tr/eski/ {new} 301\n"
    assert tables["redirects.nginx"] == f'"/sağlık/tr/eski/" "{new}";\n'


def test_a_tag_that_no_article_has_leads_to_the_list_of_tags():
    shelf = library(
        edition(tags=["Hair"]),
        edition("articles/b", "tr", tags=["Hair"]),
        listed=(Listed("en", "tags", "hair"), Listed("en", "tags", "teeth")),
    )
    (move,) = moves(shelf)
    file = render_redirect(move, shelf, theme())
    assert file.path == "en/tags/teeth/index.html"
    assert 'content="0; url=../index.html"' in file.html
    canonical = "https://clinic.example/health/en/tags/"
    assert f'<link rel="canonical" href="{canonical}">' in file.html
    assert "<title>Clinic Library</title>" in file.html
    assert (
        "/health/en/tags/teeth/ /health/en/tags/ 301"
        in (render_tables(shelf)["_redirects"])
    )


def test_where_no_tag_is_left_their_addresses_lead_to_the_list_of_articles():
    shelf = library(
        edition(),
        listed=(
            Listed("en", "sections", "care"),
            Listed("en", "sections", "diet"),
            Listed("de", "tags", "haar"),
        ),
    )
    found = {move.path: move.target for move in moves(shelf)}
    assert found == {
        "en/sections/care/index.html": "en/index.html",
        "en/sections/diet/index.html": "en/index.html",
        "en/sections/index.html": "en/index.html",
    }
