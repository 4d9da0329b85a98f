"""The cards of lists, from one build to the next."""

import pytest

from pipeline.render.cards import Cards, learn_cards
from pipeline.render.pages import render_index
from pipeline.workflow.cards import keep_cards, known_cards
from tests.render.shelf import edition, library, theme


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def listed(root, key="key"):
    """Whether the cards of a list were known, which are from now on."""
    books = library(edition("articles/a"), edition("articles/b"))
    cards = known_cards(root, "build", "en", key)
    learn_cards(books, cards)
    render_index("en", books, theme())
    keep_cards(root, "build", key, cards)
    return not cards.are_more


def test_cards_are_known_the_second_time(root):
    assert not listed(root)
    assert listed(root)


def test_with_another_key_they_are_not(root):
    listed(root)

    assert not listed(root, "other")


@pytest.mark.parametrize("size", [0, 10, 60, -300, -10, -1])
def test_half_of_what_was_kept_is_nothing(root, size):
    listed(root)
    (path,) = (root / "cache/publish").iterdir()
    path.write_bytes(path.read_bytes()[:size])

    assert not listed(root)


def test_the_texts_come_back_as_they_were(root):
    books = library(edition("articles/a", title="Çığ & \x1c\u2028 ="))
    cards = known_cards(root, "build", "en", "key")
    learn_cards(books, cards)
    render_index("en", books, theme())
    keep_cards(root, "build", "key", cards)

    again = known_cards(root, "build", "en", "key")

    assert again.load is not None
    assert again.load() == cards.texts() != {}


def test_where_no_list_is_made_nothing_is_read_or_kept(root):
    cards = known_cards(root, "build", "en", "key")
    keep_cards(root, "build", "key", cards)

    assert isinstance(cards, Cards)
    assert not (root / "cache").exists()
