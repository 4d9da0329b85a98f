"""What an edition and the library around it say of themselves."""

import pickle
from datetime import UTC, date, datetime

import pytest

from pipeline.model.page import State
from tests.render.shelf import edition, library


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2026, 5, 4), date(2026, 5, 4)),
        (datetime(2026, 5, 4, 23, tzinfo=UTC), date(2026, 5, 4)),
        ("2026-05-04", date(2026, 5, 4)),
        ("2026-05-04T23:00:00Z", date(2026, 5, 4)),
        ("last week", None),
        (None, None),
        (20.5, None),
    ],
)
def test_a_day_is_read_from_what_the_front_matter_has(value, day):
    assert edition(date=value).day == day


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        (["hair", " scalp\ncare ", ""], ("hair", "scalp care")),
        ("hair, scalp", ("hair", "scalp")),
        (7, ()),
        (None, ()),
    ],
)
def test_tags_are_a_list_or_words_with_commas(value, tags):
    assert edition(tags=value).tags == tags


def test_versions_stand_in_the_order_of_the_site_with_the_source_first():
    shelf = library(*(edition(locale=tag) for tag in ("ar", "en-XB", "tr", "en")))
    found = [each.locale for each in shelf.versions("articles/scalp")]
    assert found == ["en", "tr", "ar", "en-XB"]
    assert shelf.locales == ("en", "tr", "ar", "en-XB")


def test_a_language_with_mails_alone_has_no_list():
    shelf = library(edition(), edition("mail/m", "tr", kind="mail"))
    assert shelf.locales == ("en",)
    assert shelf.pages("tr") == ()


def test_only_whole_translations_are_alternates():
    shelf = library(
        edition(),
        edition(locale="tr", state=State.PARTIAL),
        edition(locale="ar", state=State.FALLBACK),
    )
    assert [each.locale for each in shelf.alternates("articles/scalp")] == ["en"]


def test_a_library_can_be_sent_to_another_process():
    shelf = library(edition(), edition(locale="tr"))
    copy = pickle.loads(pickle.dumps(shelf))
    assert copy == shelf
    assert copy.find("articles/scalp", "tr") == shelf.find("articles/scalp", "tr")
