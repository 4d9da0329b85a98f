"""What is made once for many pages is what each of them would make for itself."""

from itertools import permutations

import pytest

from pipeline.model.page import State
from pipeline.render.addresses import page_path, page_url
from pipeline.render.cards import card_view, near_card
from pipeline.render.lists import filed_view, link_view
from pipeline.render.topics import topics_of
from pipeline.render.versions import language_view, page_alternates, page_languages
from pipeline.render.views import article_site, site_view
from tests.render.shelf import SITE, catalog, edition, library, theme

STATES = (State.PUBLISHED, State.PARTIAL, State.FALLBACK)
LOCALES = ("en", "tr", "ar")


def article(name, *states):
    return [
        edition(
            f"articles/{name}", locale, state=state, slug=slug, tags=["Hair", "Ünye"]
        )
        for locale, state, slug in zip(
            LOCALES, states, (name, f"{name}-ı", name), strict=True
        )
    ]


@pytest.fixture(params=permutations(STATES))
def shelf(request):
    others = article("b", *STATES[:1] * 3) + article("c", *reversed(request.param))
    return library(*article("a", *request.param), *others)


def test_the_languages_of_a_page_are_linked_from_it(shelf):
    for page in (*shelf.editions, *reversed(shelf.editions)):
        shown = [
            language_view(each, page.locale, start=page_path(page))
            for each in shelf.versions(page.domain)
            if shelf.text_locale(each) == each.locale or each is page
        ]
        assert page_languages(page, shelf) == tuple(shown)


def test_the_alternates_of_a_page_are_those_of_its_article(shelf):
    for page in (*shelf.editions, *reversed(shelf.editions)):
        whole = [
            (each.locale, page_url(shelf, each))
            for each in shelf.versions(page.domain)
            if each.state is State.PUBLISHED
        ]
        default = [("x-default", url) for tag, url in whole if tag == "en"]
        is_one = page.state is State.PUBLISHED
        shown = [(each.locale, each.url) for each in page_alternates(page, shelf)]
        assert shown == (whole + default if is_one else [])


def test_a_card_is_the_same_on_all_pages_of_others_in_its_language(shelf):
    for page, other in permutations(shelf.editions, 2):
        if page.locale == other.locale:
            card = card_view(other, shelf, start=page_path(page))
            assert near_card(other, shelf) == card


def test_topics_and_the_site_are_seen_from_a_page_as_from_all_of_its_language(shelf):
    look = theme()
    for page in shelf.editions:
        start = page_path(page)
        topics = topics_of(shelf).of(page)
        links = tuple(link_view(topic, start=start) for topic in topics)
        assert filed_view(page, shelf).tags == links
        site = site_view(shelf, look, page.locale, path=start)
        assert article_site(shelf, look, page.locale) == site


def test_another_theme_may_call_the_site_otherwise(shelf):
    named = theme(tr=catalog({SITE.title: "Klinik"}, msgctxt="title"))
    titles = [article_site(shelf, each, "tr").title for each in (theme(), named)]
    assert titles == ["Clinic Library", "Klinik"]
