from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.errors import CatalogError, CharsetError
from pipeline.model.catalog import Message, Previous
from pipeline.po.compose import as_written, compose
from pipeline.po.parse import cut, decode, parse
from tests.po.catalogs import HEADER, catalogs, with_header

FIRST = HEADER.count("\n") + 2
"""The line of the first entry below the header."""


def read(entries):
    return parse(with_header(entries), path="x.po").messages


def one(entry):
    (message,) = read(entry)
    return message


def refused(entries):
    with pytest.raises(CatalogError) as caught:
        read(entries)
    assert caught.value.path == "x.po"
    return caught.value


# What tools write.


def test_an_entry_is_read_with_all_its_parts():
    assert one(
        "# note\n#. type: title\n#: source/a.md source/b.md:3\n#, fuzzy, no-wrap\n"
        '#| msgctxt "alt"\n#| msgid "old"\n'
        'msgctxt "title"\nmsgid "new"\nmsgstr "yeni"\n',
    ) == Message(
        "new",
        ("yeni",),
        msgctxt="title",
        comments=("note",),
        extracted=("type: title",),
        references=("source/a.md", "source/b.md:3"),
        flags=("fuzzy", "no-wrap"),
        previous=Previous("old", "alt"),
    )


@pytest.mark.parametrize("count", range(1, 7))
def test_one_to_six_plural_forms_are_read(count):
    header = HEADER.replace("nplurals=2", f"nplurals={count}")
    forms = "".join(f'msgstr[{index}] "form {index}"\n' for index in range(count))
    text = f'{header}\nmsgid "a"\nmsgid_plural "b"\n{forms}'
    (message,) = parse(text, path="x.po").messages
    assert message.msgstrs == tuple(f"form {index}" for index in range(count))


@pytest.mark.parametrize(
    ("line", "flags"),
    [
        ("#,fuzzy,c-format", ("fuzzy", "c-format")),
        ("#, fuzzy c-format", ("fuzzy", "c-format")),
        ("#= c-format\n#, fuzzy", ("c-format", "fuzzy")),
        ("#, fuzzy\n#, fuzzy", ("fuzzy",)),
        ("#, range: 0..5, fuzzy", ("range: 0..5", "fuzzy")),
        ("#,", ()),
    ],
)
def test_flags_are_read_in_every_form(line, flags):
    assert one(f'{line}\nmsgid "a"\nmsgstr ""\n').flags == flags


@pytest.mark.parametrize(
    ("line", "places"),
    [
        ("#: a.md:1\tb.md", ("a.md:1", "b.md")),
        ("#: \u2068my file.md\u2069:3 b.md", ("my file.md:3", "b.md")),
        ("#: a \u2068b c\u2069", ("a", "b c")),
        ("#: \u2068never closed", ("never", "closed")),
        ("#:", ()),
    ],
)
def test_references_are_read_with_spaces_in_isolates(line, places):
    assert one(f'{line}\nmsgid "a"\nmsgstr ""\n').references == places


def test_a_comment_needs_no_space_and_keeps_its_own():
    text = '#note\n#\n#   deep \n#.x\n#!y\nmsgid "a"\nmsgstr ""\n'
    message = one(text)
    assert message.comments == ("note", "", "  deep ", "!y")
    assert message.extracted == ("x",)


def test_comments_before_a_blank_line_belong_to_the_next_entry():
    assert one('# one\n\n# two\nmsgid "a"\nmsgstr ""\n').comments == ("one", "two")


def test_obsolete_entries_are_read():
    text = (
        '# why\n#, fuzzy\n#~| msgid "o"\n#~ msgctxt "alt"\n#~ msgid "a"\n#~ msgstr ""\n'
        '#~ "b"\n#~ msgid "c"\n#~ msgstr "d"\n\n#~ # inner\n#~\n#~ msgid "e"\n'
        '#~ msgid_plural "f"\n#~ msgstr[0] "g"\n'
    )
    assert read(text) == (
        Message(
            "a",
            ("b",),
            msgctxt="alt",
            comments=("why",),
            flags=("fuzzy",),
            previous=Previous("o"),
            obsolete=True,
        ),
        Message("c", ("d",), obsolete=True),
        Message("e", ("g",), msgid_plural="f", comments=("inner",), obsolete=True),
    )


def test_a_previous_text_may_take_several_lines():
    message = one('#| msgid ""\n#| "one "\n#| "two"\n#|\nmsgid "a"\nmsgstr "b"\n')
    assert message.previous == Previous("one two")


@pytest.mark.parametrize(
    "entry",
    [
        '  msgid "a"\n\tmsgstr "b"\n',
        'msgid"a"\nmsgstr  "b" \n',
        'msgid\n"a"\nmsgstr\n"b"\n',
        'msgid "a"\n\nmsgstr "b"\n',
        'msgid "" "a"\nmsgstr "" "b" ""\n',
        'msgid "a"\nmsgstr "b"',
        '\n\n\nmsgid "a"\nmsgstr "b"\n\n\n',
    ],
)
def test_spaces_and_line_ends_may_be_other_than_usual(entry):
    assert one(entry) == Message("a", ("b",))


def test_plural_keywords_may_hold_spaces():
    entry = 'msgid "a"\nmsgid_plural "b"\nmsgstr [ 0 ] "c"\nmsgstr[1]"d"\n'
    assert one(entry).msgstrs == ("c", "d")


def test_entries_need_no_blank_line_between_them():
    entries = (
        'msgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"\n#: x\nmsgid "e"\nmsgstr ""\n'
    )
    assert [message.msgid for message in read(entries)] == ["a", "c", "e"]


def test_windows_line_ends_and_a_byte_order_mark_are_read():
    text = with_header('#: x\nmsgid "a"\nmsgstr ""\n"b\\r\\n"\n"c"\n')
    windows = "\ufeff" + text.replace("\n", "\r\n")
    assert parse(windows, path="x.po") == parse(text, path="x.po")


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        (r"\n\t\r\a\b\f\v\\\"", '\n\t\r\a\b\f\v\\"'),
        (r"\\n", r"\n"),
        (r"\"a\"", '"a"'),
        (r"\303\274\x41", "üA"),
        (r"\7", "\a"),
    ],
)
def test_escapes_are_read(escaped, text):
    assert one(f'msgid "{escaped}"\nmsgstr ""\n').msgid == text
    assert one(f' msgid "{escaped}"\nmsgstr ""\n').msgid == text


def test_separators_inside_a_text_do_not_end_its_line():
    text = "a\u2028b\x0bc\x85d\x1ce"
    assert one(f'msgid "{text}"\nmsgstr ""\n').msgid == text


def test_a_message_knows_its_line():
    entries = (
        '# c\nmsgid "a"\nmsgstr ""\n"x"\n\n#| msgid "o"\nmsgctxt "t"\nmsgid "b"\n'
        'msgstr "c"\n\n\n#: x\nmsgid "d"\nmsgstr ""\n'
    )
    lines = with_header(entries).split("\n")
    for message in read(entries):
        assert lines[message.line - 1].startswith(("msgctxt", "msgid"))
    assert [m.line - FIRST for m in read(entries)] == [1, 6, 12]


def test_a_header_may_have_a_comment_and_no_plural_forms():
    text = '# Turkish\n#, fuzzy\nmsgid ""\nmsgstr "Language: tr\\n"\n'
    text += '\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\n'
    catalog = parse(text, path="x.po")
    assert catalog.header.comments == ("Turkish",)
    assert catalog.messages[0].msgstrs == ("",)


def test_a_template_names_no_number_of_forms():
    text = HEADER.replace("nplurals=2; plural=(n != 1)", "nplurals=INTEGER; plural=X")
    entry = 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    assert len(parse(f"{text}\n{entry}", path="x.pot").messages) == 1


def test_an_empty_msgid_with_a_context_is_no_header():
    assert one('msgctxt "x"\nmsgid ""\nmsgstr "y"\n').key == ("x", "")


@given(catalogs())
@settings(max_examples=50, deadline=None)
def test_the_short_way_and_the_long_way_read_the_same(catalog):
    text = compose(catalog)
    indented = "\n".join(f" {line}" for line in text.split("\n"))
    short, long = parse(text, path="x.po"), parse(indented, path="x.po")
    assert short == long
    assert [m.line for m in short] == [m.line for m in long]


@given(catalogs(size=3))
@settings(max_examples=50, deadline=None)
def test_each_entry_can_be_cut_out_of_the_text(catalog):
    text = compose(catalog)
    spans = [*cut(text, path="x.po")]
    assert "\n\n".join(text[span.start : span.end] for span in spans) + "\n" == text


# What is broken.


@pytest.mark.parametrize(
    ("entries", "line", "what"),
    [
        ('msgid "dose"\nmsgstr "Höchstdosis: 10', 1, "not closed"),
        ('msgid "a"\nmsgstr ""\n"b\n', 2, "not closed"),
        ('msgid "a"\nmsgstr "b\\"\n', 1, "not closed"),
        ('msgid "a"\nmsgst', 1, "keyword 'msgst' is unknown"),
        ('msgid "a"\nmsgstr', 0, "msgstr has no text"),
        ('msgid "a"\n', 0, "no msgstr"),
        ('msgid "a"\nmsgid_plural "b"\n', 0, "no msgstr"),
        ('msgctxt "a"\n', 0, "no msgid"),
        ('msgctxt "a"\nmsgstr "b"\n', 0, "no msgid"),
        ("#: source/x.md\n", 0, "comments that belong to no entry"),
        ('#| msgid "a"\n', 0, "comments that belong to no entry"),
        ('msgid "a"\nmsgstr "b" x\n', 1, "after the string stands 'x'"),
        ('msgid "a"\nmsgstr "say "no""\n', 1, "after the string stands"),
        ('msgid "a"\nmsgstr "b"\n\n"c"\n', 3, "a string stands alone"),
        ('"c"\n', 0, "a string stands alone"),
        ('#| "c"\nmsgid "a"\nmsgstr "b"\n', 0, "a string stands alone"),
        ('#~ msgid "a"\n#~ msgstr "b"\n"c"\n', 2, "only in part"),
        ('#~ msgid "a"\nmsgstr "b"\n', 1, "only in part"),
        ('msgid "a"\n# note\nmsgstr "b"\n', 1, "a comment stands inside"),
        ('msgid "a"\n#| msgid "o"\nmsgstr "b"\n', 1, "`#|` line stands inside"),
        ('#| msgstr "o"\nmsgid "a"\nmsgstr "b"\n', 0, "keyword 'msgstr' is unknown"),
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', 1, "a second msgid"),
        ('msgid "a"\nmsgctxt "b"\nmsgstr "c"\n', 1, "msgctxt comes too late"),
        ('msgid "a"\nmsgstr "b"\nmsgid_plural "c"\n', 2, "comes too late"),
        ('msgid "a"\nmsgstr[0] "b"\n', 0, "msgstr[0] and no msgid_plural"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', 0, "plural forms are msgstr"),
        (
            'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[2] "d"\n',
            0,
            "msgstr[0], msgstr[2]",
        ),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\nmsgstr[0] "d"\n', 0, "msgstr[1]"),
        (
            'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n',
            0,
            "1 plural form, and the header says nplurals=2",
        ),
        (
            'msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n',
            0,
            "3 plural forms, and the header says nplurals=2",
        ),
        (r'msgid "\q"' + '\nmsgstr ""\n', 0, r"escape \q is unknown"),
        (r'msgid "\u0041"' + '\nmsgstr ""\n', 0, r"escape \u is unknown"),
        (r'msgid "\x4142"' + '\nmsgstr ""\n', 0, r"escape \x4 is unknown"),
        (r'msgid "\303"' + '\nmsgstr ""\n', 0, "no text in UTF-8"),
        (r'msgid "\777"' + '\nmsgstr ""\n', 0, "no text in UTF-8"),
        (r'msgid "a\0b"' + '\nmsgstr ""\n', 0, "no text in UTF-8"),
        ('msgid "a\0b"\nmsgstr ""\n', 0, "NUL"),
        ('msgid "a\x04b"\nmsgstr ""\n', 0, "EOT"),
        ('msgid "a"\rmsgstr ""\n', 0, "lone carriage return"),
        ('<<<<<<< HEAD\nmsgid "a"\nmsgstr ""\n', 0, "merge conflict"),
        ('domain "x"\nmsgid "a"\nmsgstr ""\n', 0, "keyword 'domain' is unknown"),
        ('"', 0, "stands alone"),
        ("\u00a0", 0, "is unknown"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(entries, line, what):
    error = refused(entries)
    assert what in error.message
    assert error.line == FIRST + line


@pytest.mark.parametrize("mark", ["", "#~ "])
def test_an_entry_that_is_there_twice_is_refused_with_both_lines(mark):
    error = refused(f'msgid "a"\nmsgstr "b"\n\n{mark}msgid "a"\n{mark}msgstr "c"\n')
    assert error.line == FIRST + 3
    assert f"in line {FIRST}" in error.message


def test_a_second_header_is_refused():
    assert "is in line 1" in refused('msgid ""\nmsgstr "x"\n').message


def test_the_same_msgid_in_two_contexts_is_no_duplicate():
    entries = 'msgctxt "x"\nmsgid "a"\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n'
    assert len(read(entries)) == 2
    twice = entries.replace("\n\n", '\n\nmsgctxt "x"\n')
    assert "context and msgid" in refused(twice).message


def test_an_obsolete_entry_may_have_another_number_of_forms():
    assert one('#~ msgid "a"\n#~ msgid_plural "b"\n#~ msgstr[0] "c"\n').obsolete


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", 'msgid "a"\nmsgstr "b"\n', '#~ msgid ""\n#~ msgstr "x"\n'],
)
def test_a_file_without_a_header_is_refused(text):
    with pytest.raises(CatalogError, match="does not begin with a header") as caught:
        parse(text, path="x.po")
    assert caught.value.line == 1
    assert caught.value.hint


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "a"\nmsgstr ""',
        'msgid "a"\nmsgstr "" ',
        'msgid "a"\nmsgstr ""\n"one "',
        'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] ""',
        '#~ msgid "a"\n#~ msgstr ""',
        '#~ msgid "a"\n#~ msgstr ""\n#~ "one "',
        '#~ msgid "a"\n#~ msgstr ""\n#~ "one "\n#~ ',
        '#~ msgid "a"\n#~ msgstr ""\n#~ "one "\n#~',
    ],
)
def test_a_file_whose_last_string_may_go_on_is_refused(entry):
    error = refused(entry)
    assert "more of its string may have followed" in error.message
    assert error.line == FIRST + entry.count("\n")


@pytest.mark.parametrize("fields", ["", '"Language: tr\\n"\n'])
def test_a_file_that_ends_within_its_header_is_refused(fields):
    with pytest.raises(CatalogError, match="within its header") as caught:
        parse(f'msgid ""\nmsgstr ""\n{fields}', path="x.po")
    assert caught.value.line == 2 + bool(fields)


@given(catalogs(size=2), st.data())
@settings(max_examples=100, deadline=None)
def test_a_cut_file_gives_no_shortened_text(catalog, data):
    text = compose(catalog)
    place = data.draw(st.integers(0, len(text)))
    whole = as_written(catalog)
    try:
        read = parse(text[:place], path="x.po")
    except CatalogError:
        return
    # A file may end where an entry, or the line of its last string, ends.
    *sure, last = (read.header, *read.messages)
    assert tuple(sure) == (whole.header, *whole.messages)[: len(sure)]
    meant = (whole.header, *whole.messages)[len(sure)]
    assert (last.key, last.comments) == (meant.key, meant.comments)
    assert all(
        long.startswith(short)
        for short, long in zip(last.msgstrs, meant.msgstrs, strict=False)
    )


@given(st.text(st.sampled_from('msgidstrctx"\\\n #~|,:.[]01plu_x\u2068'), max_size=60))
@example('msgid "\\')
@settings(max_examples=100, deadline=None)
def test_no_text_gives_anything_but_a_catalog_or_its_error(text):
    with suppress(CatalogError):
        parse(with_header(text), path="x.po")


# Bytes.


def test_bytes_are_utf_8_with_or_without_a_mark():
    text = with_header('msgid "a"\nmsgstr "ş"\n')
    assert decode(text.encode(), path="x.po") == text
    assert decode(text.encode("utf-8-sig"), path="x.po") == text


@pytest.mark.parametrize("charset", ["ISO-8859-9", "iso-8859-9", "windows-1254"])
def test_another_charset_is_refused_with_the_command_that_converts(charset):
    text = with_header('msgid "a"\nmsgstr "ş"\n').replace("UTF-8", charset)
    with pytest.raises(CharsetError) as caught:
        decode(text.encode(charset), path="my catalog.po")
    assert caught.value.line == 6
    assert charset in caught.value.message
    assert caught.value.hint == (
        "convert it: msgconv -t UTF-8 -o 'my catalog.po' 'my catalog.po'"
    )


@pytest.mark.parametrize("charset", ["UTF8", "utf-8", "CHARSET"])
def test_other_names_of_utf_8_are_read(charset):
    text = HEADER.replace("UTF-8", charset)
    assert decode(text.encode(), path="x.po") == text


def test_ascii_is_read_as_long_as_it_is_ascii():
    text = HEADER.replace("UTF-8", "US-ASCII")
    assert decode(text.encode(), path="x.po") == text
    with pytest.raises(CharsetError, match="the header says US-ASCII"):
        decode(f'{text}\nmsgid "ş"\nmsgstr ""\n'.encode(), path="x.po")


def test_a_byte_that_is_not_utf_8_is_named_with_its_line():
    data = with_header('msgid "a"\nmsgstr "ş"\n').encode("iso-8859-9")
    with pytest.raises(CharsetError, match="0xfe") as caught:
        decode(data, path="x.po")
    assert caught.value.line == FIRST + 1
    assert "iconv" in caught.value.hint


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be"])
def test_utf_16_is_refused(codec):
    data = ("\ufeff" * codec.endswith("be") + HEADER).encode(codec)
    with pytest.raises(CharsetError, match="UTF-16"):
        decode(data, path="x.po")


def test_a_charset_in_a_text_says_nothing_of_the_file():
    text = with_header('msgid "charset=latin1"\nmsgstr ""\n')
    assert decode(text.encode(), path="x.po") == text


def test_bytes_without_a_header_are_left_to_the_parser():
    assert decode(b"", path="x.po") == ""
