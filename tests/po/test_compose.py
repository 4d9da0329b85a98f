from dataclasses import replace

import pytest
from hypothesis import given, settings

from pipeline.model.catalog import Catalog, Message, Previous
from pipeline.po.compose import as_written, compose, compose_entry, entry_as_written
from pipeline.po.parse import parse
from tests.po.catalogs import HEADER, catalogs, msgcat, needs_gettext, with_header

HEAD = Message("", ("Content-Type: text/plain; charset=UTF-8\n",))


@given(catalogs())
@settings(max_examples=80, deadline=None)
def test_what_is_composed_is_read_as_it_was_meant(catalog):
    assert parse(compose(catalog), path="x.po") == as_written(catalog)


@given(catalogs())
@settings(max_examples=50, deadline=None)
def test_what_is_written_is_written_so_again(catalog):
    written = as_written(catalog)
    assert as_written(written) == written
    assert compose(written) == compose(catalog)


@needs_gettext
@given(catalogs())
@settings(max_examples=100, deadline=None)
def test_a_catalog_is_what_msgcat_makes_of_it(catalog):
    text = compose(catalog)
    assert msgcat(text) == text


ENTRIES = """\
# A translator's note.
#
#   indented
#. type: paragraph
#: source/articles/x.md source/articles/a-much-longer-name-than-that.md
#: source/mail/y.md
#, fuzzy, python-format
#| msgctxt "alt"
#| msgid "old"
msgctxt "title"
msgid "new"
msgstr "yeni"

#, no-wrap
msgid ""
"this line is longer than seventy-nine columns, and a flag says not to wrap it\\n"
"another\\n"
msgstr "kısa\\n"

msgid "one day"
msgid_plural "%d days"
msgstr[0] "bir gün"
msgstr[1] "%d gün"

msgid ""
"https://clinic.example/a-path/that-is-long/and-then-some-more?"
"with=a&query=and-a#fragment"
msgstr ""
"“Saç ekimi” nedir? — Ne kadar sürer, ve sonrasında nelere dikkat etmek "
"gerekir… Doktorunuza sorun."

# why it went
#, fuzzy
#~| msgid "older"
#~ msgid "gone"
#~ msgstr "gitti"
"""


def test_every_part_of_an_entry_has_its_place():
    text = with_header(ENTRIES)
    assert compose(parse(text, path="x.po")) == text


@needs_gettext
def test_the_sample_is_what_msgcat_writes():
    text = with_header(ENTRIES)
    assert msgcat(text) == text


def entry(**parts):
    return compose_entry(Message("a", ("b",), **parts))


def test_a_place_with_spaces_stands_in_isolates():
    assert entry(references=("my file.md:3", "b c.md")) == (
        '#: \u2068my file.md\u2069:3 \u2068b c.md\u2069\nmsgid "a"\nmsgstr "b"'
    )


def test_an_unknown_flag_is_kept_at_the_end():
    written = entry_as_written(Message("a", ("b",), flags=("x-own", "fuzzy")))
    assert written is not None
    assert written.flags == ("fuzzy", "x-own")


def test_a_missing_text_is_not_fuzzy():
    written = entry_as_written(Message("a", ("",), flags=("fuzzy",)))
    assert written == Message("a", ("",))


def test_a_text_of_which_only_the_first_form_is_missing_stays_fuzzy():
    message = Message("a", ("", "b"), msgid_plural="c", flags=("fuzzy",))
    assert entry_as_written(message) == message


def test_an_obsolete_entry_without_translation_is_left_out():
    catalog = Catalog(HEAD, (Message("a", ("",), obsolete=True), Message("b", ("c",))))
    assert as_written(catalog).messages == (Message("b", ("c",)),)


def test_an_obsolete_entry_names_no_range():
    written = entry_as_written(
        Message("a", ("b",), flags=("range: 0..2",), obsolete=True),
    )
    assert written is not None
    assert written.flags == ()


def test_each_line_of_a_comment_is_a_comment():
    message = Message("a", ("b",), comments=("one\r\ntwo\rthree\n",), extracted=("",))
    written = entry_as_written(message)
    assert written is not None
    assert compose_entry(written).startswith("# one\n# two\n# three\n#\n#.\n")


def test_a_comment_does_not_draw_the_next_line_to_it():
    written = entry_as_written(Message("a", ("b",), comments=("C:\\",)))
    assert written == Message("a", ("b",), comments=("C:\\ ",))


def test_no_place_is_named_twice_or_from_here():
    written = entry_as_written(
        Message("a", ("b",), references=("././x.md", "x.md", "y.md", "y.md")),
    )
    assert written is not None
    assert written.references == ("x.md", "y.md")


def test_an_entry_without_a_change_is_the_same_object():
    message = Message("a", ("b",), flags=("fuzzy", "c-format"))
    assert entry_as_written(message) is message


@pytest.mark.parametrize("keyword", ["msgctxt", "msgid", "msgid_plural"])
def test_every_previous_text_is_written(keyword):
    text = entry(previous=replace(Previous(), **{keyword: "old"}))
    assert text.startswith(f'#| {keyword} "old"\n')


def test_the_header_comes_first():
    assert compose(parse(HEADER, path="x.po")) == HEADER


def test_one_place_that_is_named_twice_is_written_once():
    place = "source/a.md"

    written = entry_as_written(Message("a", ("b",), references=(place, place)))

    assert written is not None
    assert written.references == (place,)
