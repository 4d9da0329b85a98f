import pytest

from pipeline.po import linebreak
from pipeline.po.linebreak import columns, opportunities, paragraphs


def pieces(text):
    ends = [*opportunities(text), len(text)]
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one two", ["one ", "two"]),
        ("  one", ["  one"]),
        ("well-known", ["well-", "known"]),
        ("-3 mg", ["-3 ", "mg"]),
        ("100 %", ["100 ", "%"]),
        ("yes !", ["yes !"]),
        ("( one )", ["( one )"]),
        ("“one” “two”", ["“one” ", "“two”"]),
        ("a\u00a0b", ["a\u00a0b"]),
        ("a\u200bb", ["a\u200b", "b"]),
        ("a—b", ["a", "—", "b"]),
        ("漢字", ["漢", "字"]),
        ("漢、字", ["漢、", "字"]),
        ("漢（字）漢", ["漢", "（字）", "漢"]),
        ("a e\u0301", ["a ", "e\u0301"]),
        ("a \u0301b", ["a ", "\u0301b"]),
        ("🇹🇷🇩🇪", ["🇹🇷", "🇩🇪"]),
        ("👩\u200d⚕", ["👩\u200d⚕"]),
        ("👍🏽👍", ["👍🏽", "👍"]),
        ("אב-גד", ["אב-גד"]),
        ("한국", ["한", "국"]),
        ("\u1112\u1161\u11ab\u1112", ["\u1112\u1161\u11ab", "\u1112"]),
        ("\U0001faff\U0001f3fd", ["\U0001faff\U0001f3fd"]),
        ("\U0001f8b2 x", ["\U0001f8b2 ", "x"]),
        ("\u0601 x", ["\u0601 ", "x"]),
        ("a\ufe20b", ["a\ufe20b"]),
    ],
)
def test_a_line_may_end_between_these(text, expected):
    assert pieces(text) == expected


def test_a_separator_ends_its_paragraph():
    assert [*paragraphs("a\u2028b\u0085c")] == ["a\u2028", "b\u0085", "c"]


def test_the_frequent_classes_are_the_looked_up_ones():
    known = linebreak._ASCII | linebreak._FREQUENT
    assert {code: linebreak._class_letter(chr(code)) for code in known} == known


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("şğı", 3),
        ("漢字", 4),
        ("ﾊ", 1),
        ("e\u0301", 1),
        ("a\u00adb", 2),
        ("a\x1b", 1),
        ("\u1112\u1161\u11ab", 2),
        ("\u0cbf", 1),
        ("\U0001f600", 2),
        ("\U000e1234", 1),
    ],
)
def test_columns_are_counted_as_a_terminal_shows_them(text, width):
    assert columns(text) == width
