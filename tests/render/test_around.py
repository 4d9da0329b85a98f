"""Where what is said of others is the same, and only there, the page is."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.model.page import State
from pipeline.render.around import Around
from pipeline.render.pages import render_page
from tests.render.shelf import edition, library, theme

SCALP = "articles/scalp"
LINK = '<p><a href="food.md#meals">Food</a></p>'
OTHERS = {
    "tr": {"domain": SCALP, "locale": "tr"},
    "sleep": {"domain": "articles/sleep", "tags": ["Hair"], "description": "Rest."},
    "food": {"domain": "articles/food", "html": "<h2>Meals</h2>"},
    "far": {"domain": "articles/zeta", "tags": ["Hair"]},
    "last": {"domain": "articles/zz"},
}


def told_apart(values):
    """An edition with a version, as builds give it: of what its text was made of."""
    return replace(edition(**values), version=repr(sorted(values.items())))


def seen(changes, **own):
    """The page of an article among others, and what it says of those in short."""
    values = {name: OTHERS[name] | changes.get(name, {}) for name in OTHERS}
    shelf = library(
        edition(html=LINK, tags=["Hair"], section="Care", **own),
        *(told_apart(each) for each in values.values() if each.get("there", True)),
        paths={
            f"source/{each['domain']}.md": each["domain"] for each in values.values()
        },
    )
    (page,) = (each for each in shelf.versions(SCALP) if each.locale == "en")
    made = render_page(page, shelf, theme())
    return made.html, Around(shelf, theme()).of(page, made.targets)


@pytest.mark.parametrize(
    "changes",
    [
        {"tr": {"slug": "kafa"}},
        {"tr": {"state": State.PARTIAL}},
        {"tr": {"there": False}},
        {"food": {"slug": "eating"}},
        {"food": {"title": "Eating"}},
        {"food": {"description": "At eight."}},
        {"food": {"there": False, "domain": "articles/food"}},
        {"sleep": {"tags": ["hair"]}, "far": {"tags": ["hair"]}},
        {"sleep": {"date": "2026-01-01"}},
    ],
)
def test_what_changes_the_page_changes_what_is_said_of_others(changes):
    page, around = seen({})
    other_page, other_around = seen(changes)

    assert other_page != page
    assert other_around != around


@pytest.mark.parametrize(
    "changes",
    [
        {"far": {"tags": []}},
        {"last": {"there": False}},
        {"last": {"title": "Another", "slug": "another"}},
        {"sleep": {"html": "<p>Another text.</p>"}},
        {"tr": {"title": "Another"}},
    ],
)
def test_what_the_page_does_not_show_is_not_said_of_others(changes):
    assert seen(changes) == seen({})


CHANGES: dict[str, list[object]] = {
    "slug": ["other", "x y"],
    "title": ["Another"],
    "state": [State.PARTIAL, State.FALLBACK],
    "there": [False],
    "tags": [[], ["Hair"], ["hair", "Care"]],
    "section": ["Care", "Life"],
    "description": ["Said."],
    "date": ["2026-01-01", None],
    "kind": ["mail"],
    "html": ["<h2>Other meals</h2>"],
    "kept": ["2026-01-01"],
}
CHANGE = st.sampled_from(
    [
        {name: {key: value}}
        for name in OTHERS
        for key, values in CHANGES.items()
        for value in values
    ]
)


@settings(max_examples=100, deadline=None)
@given(changes=st.lists(CHANGE, max_size=2), others=st.lists(CHANGE, max_size=2))
def test_where_the_same_is_said_of_others_the_page_is_the_same(changes, others):
    try:
        page, around = seen(together(changes))
        other_page, other_around = seen(together(others))
    except SourceError:
        return  # a link leads to a mail, or to a heading that is another

    assert around != other_around or page == other_page


def together(changes):
    found: dict[str, dict[str, object]] = {}
    for change in changes:
        for name, values in change.items():
            found[name] = found.get(name, {}) | values
    return found


def test_a_mail_says_nothing_of_neighbours():
    mail = edition("mail/card", kind="mail", tags=["Hair"])
    other = edition("articles/sleep", tags=["Hair"], date=None)

    alone, among = library(mail), library(mail, other)

    assert Around(among, theme()).of(mail, ()) == Around(alone, theme()).of(mail, ())
