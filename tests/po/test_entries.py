"""What is expected, because the catalog before had it, is read as anything else is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import CatalogError
from pipeline.po.compose import compose
from pipeline.po.parse import cut
from tests.po.catalogs import HEADER, catalogs, with_header

PIECES = (
    *('"', "\\", "\n", "\n\n", '"\n"', '"\n\n', "#", "#~ ", "#| ", " ", "x", "ş"),
    *('msgid "1"\n', 'msgctxt "1"\n', 'msgstr "', '\\"', "\\n", "\\q", "\r", "\0"),
)


def read(text):
    """Every entry with its line; or what is wrong."""
    try:
        messages = [span.message for span in cut(text, path="x.po")]
    except CatalogError as error:
        return str(error), error.line, error.hint
    return [(message, message.line) for message in messages]


def expecting(before, text):
    """What is read of a text, where the one before it was this."""
    read(HEADER)
    read(before)
    return read(text)


def line_by_line(text):
    """What is read of it where no tool has written its lines like this."""
    return read("\n".join(line and f" {line}" for line in text.split("\n")))


@st.composite
def changed(draw, text):
    """The text with some characters more, fewer or twice."""
    for _ in range(draw(st.integers(1, 3))):
        start, end = sorted(draw(st.integers(0, len(text))) for _ in range(2))
        put = draw(st.sampled_from((*PIECES, text[start:end])))
        rest = end if draw(st.booleans()) else start
        text = text[:start] + put + text[rest:]
    return text


@given(catalogs(), st.data())
@settings(max_examples=300, deadline=None)
def test_what_was_read_before_changes_nothing(catalog, data):
    before = compose(catalog)
    text = data.draw(changed(before))
    assert expecting(before, text) == expecting(HEADER, text) == line_by_line(text)
    assert expecting(text, before) == line_by_line(before)


@pytest.mark.parametrize(
    "strings",
    [
        '"bir"',
        '""',
        '""\n"bir "\n"iki"',
        r'"bir \"iki\" \\ üç\n"',
        '""\n' + '"bir iki üç "\n' * 999 + '""',
        f'"{"bir " * 9999}"',
        '"bir\n',
        '"bir\n"',
        '"bir\\"\n"iki"',
        '"bir"iki"',
        '"bir" "iki"',
        '"bir"\n"',
        '"bir"\n"\n"iki"',
        r'"\q"',
        '"bir"\nmsgid "two"\nmsgstr ""',
        '"bir"\nmsgstr "iki"',
        "",
    ],
)
@pytest.mark.parametrize("end", ["\n\n", "\n", "", "\n# note\n"])
def test_every_msgstr_is_read_as_it_is(strings, end):
    after = f'{end}msgid "last"\nmsgstr ""\n'
    for rest in (end, after):
        text = with_header(f'#. hint\nmsgid "one"\nmsgstr {strings}{rest}')
        before = with_header(f'#. hint\nmsgid "one"\nmsgstr "bir"{after}')
        meant = line_by_line(text)
        assert expecting(before, text) == expecting(HEADER, text) == meant


def test_what_is_the_same_is_in_memory_once():
    entries = (
        '#: source/a.md\nmsgid "one two"\nmsgstr "bir iki"\n\nmsgid "b"\nmsgstr ""\n'
    )
    first = with_header(entries)
    other = first.replace("bir iki", "eins zwei").replace(
        "Language: tr", "Language: de"
    )
    _, (one, _), _ = read(first)
    _, (two, _), _ = read(other)
    assert one.msgid is two.msgid
    assert (one.msgstr, two.msgstr) == ("bir iki", "eins zwei")


def test_an_entry_that_is_known_and_there_twice_is_refused():
    entry = 'msgid "one"\nmsgstr "bir"\n'
    read(with_header(f'{entry}\nmsgid "two"\nmsgstr ""\n'))
    message, line, _ = read(with_header(f"{entry}\n{entry}"))
    assert (message.count("already"), line) == (1, HEADER.count("\n") + 5)


def test_entries_with_forms_are_expected_anew():
    plural = 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\nmsgstr[1] "y"\n'
    two = with_header(f'msgid "c"\nmsgstr "d"\n\n{plural}')
    read(two)
    message, *_ = read(two.replace("nplurals=2", "nplurals=3"))
    assert "the entry has 2 plural forms" in message
