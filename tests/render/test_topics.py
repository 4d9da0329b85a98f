"""Tags and sections: what joins articles, their names, and what has several."""

from pipeline.model.page import State
from pipeline.render.topics import SECTIONS, TAGS, topics_of
from tests.render.shelf import edition, library


def names(topics, locale, kind=TAGS):
    return [topic.name for topic in topics.of_kind(locale, kind)]


def test_articles_are_joined_by_the_tag_of_the_source():
    topics = topics_of(
        library(
            edition("a", tags=["Hair", "Sleep"]),
            edition("b", tags=["hair"]),
            edition("a", "tr", tags=["Saç", "Uyku"]),
            edition("b", "tr", tags=["Saçlar"]),
        )
    )
    hair = topics.find("tr", TAGS, "hair")
    assert hair is not None
    assert hair.domains == ("a", "b")
    assert hair.path == "tr/tags/hair/index.html"


def test_the_name_that_most_articles_have_is_shown_and_others_are_told():
    topics = topics_of(
        library(
            *(edition(d, tags=["Hair"]) for d in "abc"),
            edition("a", "tr", tags=["Kıl"]),
            edition("b", "tr", tags=["Saç"]),
            edition("c", "tr", tags=["Saç"]),
        )
    )
    assert names(topics, "tr") == ["Saç"]
    assert topics.notes == (
        "tr: the tag hair has several names: “Saç” (2), “Kıl” (1); “Saç” is shown",
    )


def test_tags_stand_in_the_order_of_the_locales_alphabet():
    words = ["İğne", "Isı", "Çay", "Cilt", "Şiş", "Saç"]
    english = [f"t{place}" for place, _ in enumerate(words)]
    topics = topics_of(
        library(edition("a", tags=english), edition("a", "tr", tags=words))
    )
    assert names(topics, "tr") == ["Cilt", "Çay", "Isı", "İğne", "Saç", "Şiş"]


def test_only_pages_that_are_published_in_full_are_listed():
    fallback = edition("a", "tr", tags=["Hair"], state=State.FALLBACK)
    topics = topics_of(library(edition("a", tags=["Hair"]), fallback))
    assert topics.find("tr", TAGS, "hair") is None
    assert topics.of(fallback) == ()


def test_a_page_that_is_not_listed_links_the_list_that_others_make():
    fallback = edition("a", "tr", tags=["Hair"], state=State.FALLBACK)
    topics = topics_of(
        library(
            edition("a", tags=["Hair"]),
            edition("b", tags=["Hair"]),
            fallback,
            edition("b", "tr", tags=["Saç"]),
        )
    )
    assert [topic.name for topic in topics.of(fallback)] == ["Saç"]


def test_an_older_text_does_not_say_what_todays_tags_mean():
    kept = edition("a", "tr", tags=["Beslenme"], kept="2026-01-01")
    topics = topics_of(library(edition("a", tags=["Hair"]), kept))
    found = topics.find("tr", TAGS, "hair")
    assert found is not None
    assert (found.name, found.name_locale) == ("Hair", "en")


def test_a_section_is_a_topic_before_the_tags():
    english = edition("a", section="Care", tags=["Hair", "Hair", ""])
    topics = topics_of(library(english))
    assert [t.path for t in topics.of(english)] == [
        "en/sections/care/index.html",
        "en/tags/hair/index.html",
    ]
    assert topics.locales(SECTIONS) == ("en",)


def test_tags_may_be_one_text_and_mails_have_no_topics():
    topics = topics_of(
        library(
            edition("a", tags="Hair, Sleep"), edition("m", kind="mail", tags=["Card"])
        )
    )
    assert names(topics, "en") == ["Hair", "Sleep"]


def test_what_has_no_latin_letter_keeps_its_own_in_its_address():
    topics = topics_of(library(edition("a", tags=["頭皮", "Тест ПЦР", "İğne"])))
    assert [t.path for t in topics.of_kind("en", TAGS)] == [
        "en/tags/igne/index.html",
        "en/tags/тест-пцр/index.html",
        "en/tags/頭皮/index.html",
    ]


def test_what_has_neither_letter_nor_digit_has_no_page():
    assert topics_of(library(edition("a", tags=["!", "♥"]))).by_locale == {}


def test_a_library_without_topics_has_none():
    topics = topics_of(library(edition("a")))
    assert (topics.by_locale, topics.notes, topics.locales(TAGS)) == ({}, (), ())
