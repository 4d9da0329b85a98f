from html import escape
from pathlib import Path

import pytest

from pipeline.errors import SourceError, UnfitError
from pipeline.formats import compose
from pipeline.formats.text import Text
from pipeline.model.article import Article, Mark, Segment

TEXTS = sorted((Path(__file__).parent / "fixtures" / "text").glob("*.txt"))


def cut(text: str) -> Article:
    article = Text().parse(text, path="source/x.txt", domain="x")
    assert compose(article) == text
    return article


def outline(article: Article) -> list[str]:
    return [f"{segment.role} | {segment.text}" for segment in article.segments]


def html(text: str) -> str:
    return Text().to_html(cut(f"Title\n\n{text}"))


def segment(text: str, role: str) -> Segment:
    return next(one for one in cut(text).segments if one.role == role)


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_structure_of_a_text_is_found(path, newline):
    text = path.read_text(encoding="utf-8").replace("\n", newline)
    expected = path.with_suffix(".outline").read_text(encoding="utf-8")

    assert outline(cut(text)) == expected.splitlines()


def test_there_are_texts_to_find_a_structure_in():
    assert len(TEXTS) >= 6


def test_a_segment_knows_its_line():
    found = cut("Title\r\n\r\nOne.\r\nMore.\r\n\r\n- Two\r\n")

    assert [one.line for one in found.segments] == [1, 3, 6]


def test_the_title_of_the_front_matter_comes_before_the_first_line():
    found = cut("---\ntitle: Hair\n---\nA heading\n\nText that follows it.\n")

    assert found.meta["title"] == "Hair"
    assert outline(found)[1] == "heading 2 | A heading"


def test_a_first_line_that_repeats_the_title_is_the_title_too():
    found = cut("---\ntitle: Hair loss\n---\nHair loss\n\nText.\n")

    assert [one.role for one in found.segments] == ["title", "title", "paragraph"]
    assert Text().to_html(found) == "<p>Text.</p>\n"


def test_a_text_that_begins_with_a_list_has_no_title():
    found = cut("- one\n- two\n")

    assert "title" not in found.meta
    assert outline(found) == ["list item | one", "list item | two"]


def test_an_empty_text_has_no_segments():
    assert outline(cut("")) == []
    assert Text().to_html(cut(" \n")) == ""


def test_a_heading_above_nothing_is_a_paragraph():
    assert outline(cut("Title\n\nText.\n\nShare this"))[-1] == "paragraph | Share this"


def test_a_heading_above_a_rule_is_a_paragraph():
    found = cut("Title\n\nThe clinic\n\n* * *\n\nText.\n")

    assert outline(found)[1] == "paragraph | The clinic"


def test_an_underline_below_a_sentence_is_a_rule():
    found = cut("Title\n\nThis is a sentence.\n---\nMore of it.\n")

    assert Text().to_html(found) == (
        "<p>This is a sentence.</p>\n<hr>\n<p>More of it.</p>\n"
    )


def test_a_dash_in_the_middle_of_a_paragraph_begins_no_list():
    found = cut("Title\n\nHe said nothing\n– not a word –\nand left.\n")

    assert outline(found)[1] == "paragraph | He said nothing – not a word – and left."


def test_a_list_may_follow_its_lead_in_without_a_blank_line():
    found = cut("Title\n\nYou need:\n1. soap\n2. water\n")

    assert outline(found)[1:] == [
        "paragraph | You need:",
        "list item | soap",
        "list item | water",
    ]


def test_an_answer_without_a_question_is_text():
    assert outline(cut("Title\n\nA: well.\n"))[1] == "paragraph | A: well."


def test_lines_that_nobody_wrapped_are_answers_of_their_own():
    long = "It is safe. " * 12
    found = cut(f"Title\n\nQ: Safe?\nA: {long.strip()}\nAsk your doctor.\n")

    assert [one.role for one in found.segments] == [
        "title",
        "question",
        "answer",
        "answer",
    ]


def test_headings_below_underlined_ones_are_one_level_deeper():
    found = cut("T\n\nOne\n===\n\nTwo\n---\n\nThree\n\nText.\n")

    assert [one.role for one in found.segments] == [
        "title",
        "heading 2",
        "heading 3",
        "heading 3",
        "paragraph",
    ]


def test_all_characters_are_escaped():
    assert html('5 < 6 & "x" <b>.') == '<p>5 &lt; 6 &amp; "x" &lt;b&gt;.</p>\n'


def test_a_bulleted_list_is_shown_as_one():
    assert html("- a\n\n- b\n") == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"


def test_a_numbered_list_keeps_its_numbers():
    assert html("3. a\n4. b\n\n1. c\n2. d") == (
        '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'
        "<ol>\n<li>c</li>\n<li>d</li>\n</ol>\n"
    )


def test_questions_are_shown_with_their_answers():
    assert html("Q: a?\nA: b.\n\nQ: c?\nA: d.\n") == (
        '<dl class="faq">\n'
        "<div>\n<dt>a?</dt>\n<dd>b.</dd>\n</div>\n"
        "<div>\n<dt>c?</dt>\n<dd>d.</dd>\n</div>\n"
        "</dl>\n"
    )


def test_contacts_are_shown_as_links():
    assert html("Phone: +90(555) 000 00 00\nMail: a@clinic.example\n") == (
        "<address>\n"
        'Phone: <a href="tel:+905550000000">+90(555) 000 00 00</a><br>\n'
        'Mail: <a href="mailto:a@clinic.example">a@clinic.example</a>\n'
        "</address>\n"
    )


def test_a_trunk_zero_in_brackets_is_not_dialled():
    assert 'href="tel:+442079460000"' in html("Phone: +44 (0)20 7946 0000")


def test_addresses_in_a_sentence_are_links():
    assert html("See www.clinic.example/a?b=1&c=2, or write to a@b.example.") == (
        '<p>See <a href="https://www.clinic.example/a?b=1&amp;c=2">'
        "www.clinic.example/a?b=1&amp;c=2</a>, or write to "
        '<a href="mailto:a@b.example">a@b.example</a>.</p>\n'
    )


@pytest.mark.parametrize(
    "field",
    ["{{ id }}", "{{{ id }}}", "{% if x %}", "*|MY FIELD|*", "{{ a | b('c') }}"],
)
def test_a_merge_field_of_an_address_stays_in_one_piece(field):
    shown = escape(field, quote=False)
    assert html(
        f"See https://clinic.example/{field}/b, or (www.b.example/{field})."
    ) == (
        f'<p>See <a href="https://clinic.example/{escape(field)}/b">'
        f"https://clinic.example/{shown}/b</a>, or "
        f'(<a href="https://www.b.example/{escape(field)}">'
        f"www.b.example/{shown}</a>).</p>\n"
    )


def test_what_is_no_merge_field_ends_with_its_blank():
    assert ">https://clinic.example/{{</a> id }" in html(
        "At https://clinic.example/{{ id }"
    )


def test_a_marked_segment_is_wrapped():
    found = cut("Title\n\nText here.\n")
    spans = list(found.spans)
    spans[3] = Segment(
        "Text", "Text & more", 3, "paragraph", mark=Mark("fuzzy", 'a"b.po:1')
    )
    marked = Article(found.path, found.domain, found.format, tuple(spans))

    assert Text().to_html(marked) == (
        '<p><mark data-state="fuzzy" data-entry="a&quot;b.po:1">'
        "Text &amp; more</mark></p>\n"
    )


def test_a_translation_is_put_on_one_line():
    place = segment("Title\n\nOne\ntwo.\n", "paragraph")

    assert Text().fit(place, " Bir\r\n  iki \t üç. ") == "Bir iki üç."


@pytest.mark.parametrize(
    "translation",
    ["Q:one", "A:one", "-----", "a\n\nb", " \n"],
)
def test_a_translation_that_would_be_something_else_is_refused(translation):
    place = segment("Title\n\nSome text, that goes on.\n", "paragraph")

    with pytest.raises(UnfitError):
        Text().fit(place, translation)


@pytest.mark.parametrize(
    ("translation", "begin"),
    [
        ("2. Dünya Savaşı", "2."),
        ("3) one", "3)"),
        ("- one", "-"),
        ("– Evet, dedi.", "–"),
        ("• one", "•"),
        ("Q: one", "Q:"),
        ("S: bir", "S:"),
    ],
)
def test_what_begins_like_an_item_is_joined_by_a_no_break_space(translation, begin):
    text = "Title\n\nSome text, that goes on.\n\nMore text.\n"
    place = segment(text, "paragraph")

    raw = Text().fit(place, translation)

    filled = text.replace(place.raw, raw)
    assert raw == f"{begin}\u00a0{translation[len(begin) + 1 :]}"
    assert Text().shape(filled) == Text().shape(text)
    assert "item" not in " ".join(outline(cut(filled)))


def test_an_item_of_signs_is_no_rule():
    text = "Title\n\n- - \n- \n- item\n"
    place = segment(text, "list item")

    assert Text().fit(place, place.text) == place.raw
    with pytest.raises(UnfitError, match="makes a rule"):
        Text().fit(place, "--")


def test_a_list_item_may_begin_with_a_number():
    place = segment("Title\n\n- item\n", "list item")

    assert Text().fit(place, "2. seans") == "2. seans"


def test_the_shape_does_not_depend_on_punctuation_and_wrapping():
    english = "Title\n\nHeading\n\nOne\ntwo.\n\n- a\n  b\n\nQ: c?\nA: d\n\nName\n====\n"
    turkish = "Başlık\n\nBir cümle.\n\nBir iki\n\n- a b\n\nQ: c?\nA: d\n\nAd.\n====\n"

    assert Text().shape(english) == Text().shape(turkish)


def test_the_shape_shows_another_list_item():
    assert Text().shape("T\n\n- a\n") != Text().shape("T\n\n- a\n- b\n")


def test_the_plain_text_of_a_text_is_itself():
    assert Text().to_plain("a *b* <c>") == "a *b* <c>"


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(SourceError, match="5,000,000 characters"):
        cut("x" * 5_000_001)


def test_half_a_character_is_refused_with_its_line():
    with pytest.raises(SourceError) as caught:
        cut("one\ntwo \ud800")

    assert caught.value.line == 2
