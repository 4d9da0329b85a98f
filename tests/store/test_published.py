import pytest

from pipeline.errors import SourceError, StoreError
from pipeline.store.published import (
    Event,
    History,
    append_history,
    published_path,
    read_history,
)

OUT = Event("articles/x", "published", "x", "2026-01-01")
MOVED = Event("articles/x", "published", "y", "2026-01-02")
BACK = Event("articles/x", "recalled", "y", "2026-01-03")
CALLED = Event(
    "articles/x", "renamed", renamed_to="articles/new name", date="2026-01-04"
)


def test_what_was_never_out_has_no_history(tmp_path):
    assert read_history(tmp_path, "tr") == History()


def test_what_is_appended_is_read_back_oldest_first(tmp_path):
    append_history(tmp_path, "tr", [OUT])
    append_history(tmp_path, "tr", [MOVED, BACK, CALLED])

    assert read_history(tmp_path, "tr").events == (OUT, MOVED, BACK, CALLED)


def test_a_locale_is_spelled_as_gettext_does(tmp_path):
    append_history(tmp_path, "pt-BR", [OUT])

    path = tmp_path / "locales/pt_BR/published.jsonl"
    assert path.exists()
    assert published_path(tmp_path, "pt-BR") == path


def test_a_line_is_text_that_a_person_can_read(tmp_path):
    append_history(tmp_path, "tr", [Event("articles/saç", "published", "sac")])

    text = published_path(tmp_path, "tr").read_text("utf-8")
    assert text == (
        '{"article": "articles/saç", "event": "published", "slug": "sac",'
        ' "kind": "article"}\n'
    )


def test_the_newest_line_says_how_an_article_stands():
    assert History((OUT,)).last() == {"articles/x": OUT}
    assert History((OUT, BACK)).last() == {"articles/x": BACK}


def test_every_address_that_was_given_away_is_known():
    history = History((OUT, MOVED, OUT, BACK))

    assert history.slugs() == {"articles/x": ("x", "y")}


def test_the_addresses_of_tags_are_no_articles():
    care = Event("tags/care", "listed", date="2026-01-01", kind="topic")
    history = History((OUT, care, Event("sections/x", "listed"), care))

    assert history.listed() == ("tags/care", "sections/x")
    assert history.last() == {"articles/x": OUT}
    assert history.slugs() == {"articles/x": ("x",)}


def test_a_mail_has_no_address():
    mail = Event("mail/x", "published", "x", kind="mail")

    assert History((mail,)).slugs() == {}
    assert History((mail,)).last() == {"mail/x": mail}


def test_a_renamed_article_keeps_its_history():
    history = History((OUT, CALLED))

    assert history.last() == {"articles/new name": OUT}
    assert history.slugs() == {"articles/new name": ("x",)}


def test_an_article_may_get_its_old_name_back():
    back = Event("articles/new name", "renamed", renamed_to="articles/x")

    assert History((OUT, CALLED, back)).last() == {"articles/x": OUT}
    assert History((OUT, CALLED, MOVED, back)).slugs() == {"articles/x": ("y", "x")}


def test_a_new_article_under_an_old_name_has_its_own_history():
    new = Event("articles/x", "published", "again", "2026-02-01")

    history = History((OUT, CALLED, new))

    assert history.last() == {"articles/new name": OUT, "articles/x": new}
    assert history.slugs() == {"articles/new name": ("x",), "articles/x": ("again",)}


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b"1",
        b'"x"',
        b'{"article": "a"}',
        b'{"event": "published"}',
        b"<<<<<<< HEAD",
    ],
)
def test_what_is_no_event_is_refused_with_its_line(tmp_path, line):
    append_history(tmp_path, "tr", [OUT])
    path = published_path(tmp_path, "tr")
    path.write_bytes(path.read_bytes() + b"\n" + line + b"\n")

    with pytest.raises(StoreError) as caught:
        read_history(tmp_path, "tr")

    assert (caught.value.path, caught.value.line) == ("locales/tr/published.jsonl", 3)


def test_bytes_that_are_not_utf_8_are_refused_with_their_line(tmp_path):
    append_history(tmp_path, "tr", [OUT])
    path = published_path(tmp_path, "tr")
    path.write_bytes(path.read_bytes() + b"\xff\n")

    with pytest.raises(SourceError) as caught:
        read_history(tmp_path, "tr")

    assert caught.value.line == 2


def test_a_torn_last_line_is_passed_over(tmp_path):
    append_history(tmp_path, "tr", [OUT])
    path = published_path(tmp_path, "tr")
    path.write_bytes(path.read_bytes() + b'{"article": "articles/z", "ev')

    assert read_history(tmp_path, "tr").events == (OUT,)


def test_a_whole_last_line_counts_without_its_end(tmp_path):
    append_history(tmp_path, "tr", [OUT, MOVED])
    path = published_path(tmp_path, "tr")
    path.write_bytes(path.read_bytes().rstrip(b"\n"))

    assert read_history(tmp_path, "tr").events == (OUT, MOVED)


def test_who_was_last_under_an_address_is_known_by_the_name_of_today():
    history = History(
        (
            Event("articles/a", "published", "first"),
            Event("articles/b", "published", "first"),
            Event("mail/c", "published", "first", kind="mail"),
            Event("articles/a", "renamed", renamed_to="articles/b"),
            Event("articles/b", "renamed", renamed_to="articles/d"),
            Event("articles/a", "published", "first"),
            Event("articles/a", "published", "second"),
        )
    )
    known = {"articles/a", "articles/d"}
    assert history.last_under("first", known) == "articles/a"
    assert history.last_under("first", known - {"articles/a"}) == "articles/d"
    assert history.last_under("second", known) == "articles/a"
    assert history.last_under("first", {"articles/b"}) is None
