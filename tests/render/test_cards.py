"""The cards of lists: made once, as long as they say the same."""

from dataclasses import replace

from pipeline.render.cards import Cards, card_face, card_view, learn_cards
from pipeline.render.pages import render_index
from tests.render.shelf import edition, library, theme


def shelf(title="Apple", **values):
    return library(
        edition("articles/a", title="Zebra"),
        edition("articles/b", title=title),
        **values,
    )


def filled(books, known=None, *folders):
    """The list of a library, and what is known of its cards afterwards."""
    cards = Cards("en", load=lambda: known or {})
    learn_cards(books, cards)
    html = render_index("en", books, theme(*folders)).html
    return html, cards


def marked(cards, mark):
    """The texts, each with a mark in it."""
    return {
        site: {face: text + mark.encode() for face, text in texts.items()}
        for site, texts in cards.texts().items()
    }


def test_a_card_whose_text_is_known_is_not_filled():
    html, cards = filled(shelf())
    again, same = filled(shelf(), marked(cards, "!"))

    assert cards.are_more
    assert not same.are_more
    assert again.count("!") == html.count("!") + 2


def test_a_card_that_says_something_else_is():
    _, cards = filled(shelf())
    html, more = filled(shelf("Pear"), marked(cards, "(known)"))

    assert more.are_more
    assert html.count("(known)") == 1
    assert "Pear" in html


def test_where_the_site_is_seen_in_another_way_nothing_is_known():
    _, cards = filled(shelf())

    html, _ = filled(shelf(drafts=True), marked(cards, "(known)"))

    assert "(known)" not in html


def test_a_template_that_asks_for_more_is_filled_each_time(tmp_path):
    for text in (
        "<li>{{ loop.index }}</li>",
        "{% include 'builtin/partials/card.html' %}",
    ):
        own = tmp_path / "partials/card.html"
        own.parent.mkdir(exist_ok=True)
        own.write_text(text)

        html, cards = filled(shelf(), None, str(tmp_path))

        assert not cards.are_more
        assert html.count("<li") >= 2


def test_a_list_without_that_template_sees_the_same(tmp_path):
    (tmp_path / "index.html").write_text(
        "{% extends 'builtin/index.html' %}{% block main %}{{ super() }}"
        "{% for section in sections %}{{ section.cards | map(attribute='title') | join }}"
        "{% for card in section.cards %}[{{ card.url }}]{% endfor %}{% endfor %}"
        "{% endblock %}"
    )

    html, cards = filled(shelf(), None, str(tmp_path))
    again, _ = filled(shelf(), marked(cards, ""), str(tmp_path))

    assert "AppleZebra" in html or "ZebraApple" in html
    assert "[../en/a/index.html]" in html or "[a/index.html]" in html
    assert again == html


def test_what_nobody_asks_for_is_forgotten():
    _, cards = filled(shelf())
    ((site, texts),) = cards.texts().items()
    old = {f"old {number}": b"" for number in range(9)}

    _, now = filled(shelf("Pear"), {site: texts | old})

    assert len(now.texts()[site]) == 2


def test_the_face_is_another_where_a_card_is():
    one = edition("articles/a", title="Zebra")
    others = [
        edition("articles/a", title="Other"),
        edition("articles/a", title="Zebra", slug="z"),
        edition("articles/a", title="Zebra", description="Black and white"),
        edition("articles/a", title="Zebra", date="2026-01-02"),
    ]

    assert card_face(one) not in map(card_face, others)
    assert card_face(one) == card_face(edition("articles/a", title="Zebra"))


def beside(folder, cards, partial, site=None):
    """What pages show, one after another, each with one of these cards."""
    (folder / "x.html").write_text("{% include 'partials/card.html' %}")
    (folder / "partials").mkdir(exist_ok=True)
    (folder / "partials/card.html").write_text(partial)
    shown = theme(str(folder))
    return [
        shown.render("x.html", "en", {"card": each, "site": site}) for each in cards
    ]


def some_cards(count):
    books = shelf()
    (first, *_) = books.editions
    card = card_view(first, books, start="en/x/index.html")
    return [replace(card, title=f"Title {number}") for number in range(count)]


def test_a_card_that_stands_on_many_pages_says_the_same_on_each(tmp_path):
    cards = some_cards(600)
    once = beside(tmp_path, cards, "{{ card.title }} {{ site }}", "here")
    again = beside(tmp_path, cards[:50] * 3, "{{ card.title }} {{ site }}", "there")
    assert once == [f"Title {n} here" for n in range(600)]
    assert again == [f"Title {n} there" for n in range(50)] * 3


def test_a_card_that_shows_more_than_itself_is_filled_on_each_page(tmp_path):
    page = "{% for n in marks %}{% include 'partials/card.html' %} {% endfor %}"
    (tmp_path / "x.html").write_text(page)
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials/card.html").write_text("{{ card.title }}{{ n }}")
    (card,) = some_cards(1)
    values = {"card": card, "site": "s", "marks": range(100)}
    shown = theme(str(tmp_path)).render("x.html", "en", values)
    assert shown.split() == [w for n in range(100) for w in ("Title", f"0{n}")]


def test_cards_that_have_no_hash_are_filled(tmp_path):
    cards = [{"title": f"Title {number}"} for number in range(50)]
    shown = beside(tmp_path, cards * 2, "{{ card.title }}")
    assert shown == [f"Title {n}" for n in range(50)] * 2
