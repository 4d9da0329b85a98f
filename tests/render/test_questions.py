"""Questions and answers, found in the body of an article."""

import re
from urllib.parse import urldefrag, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.gate import admit
from pipeline.render.questions import _Question, as_answer, questions

PAGE = "https://clinic.example/health/tr/bakim/"


def found(html: str) -> tuple[tuple[str, str], ...]:
    return questions(html, page=PAGE)


def answer(html: str) -> str:
    body = admit(f'<dl class="faq"><div><dt>Q?</dt><dd>{html}</dd></div></dl>').html
    ((_, said),) = found(body)
    return said


@pytest.mark.parametrize(
    "html",
    [
        (
            '<dl class="faq"><div><dt>Is it <b>safe</b>?</dt><dd><p>Yes.</p>'
            "<p>Mostly.</p></dd></div><div><dt>When?</dt><dd>Now.</dd></div></dl>"
        ),
        (
            '<div class="faq"><h3 id="x">Is it safe?</h3><p>Yes.</p><p>Mostly.</p>'
            "<h3>When?</h3><p>Now.</p></div>"
        ),
        (
            '<section class="faq"><details><summary>Is it safe?</summary><p>Yes.</p>'
            "<hr><p>Mostly.</p></details>\n<details><summary>When?</summary>Now."
            "</details></section>"
        ),
    ],
)
def test_a_question_is_answered_by_what_follows_it(html):
    pairs = found(f"<h2>FAQ</h2><p>x</p>{html}<p>after</p>")
    assert [question for question, _ in pairs] == ["Is it safe?", "When?"]
    assert "<p>Yes.</p><p>Mostly.</p>" in pairs[0][1]
    assert pairs[1][1] == "Now."


def test_several_answers_stand_apart():
    html = '<dl class="faq"><dt>When?</dt><dd>Now.</dd>\n<dd>Or later.</dd></dl>'
    assert found(html) == (("When?", "<div>Now.</div><div>Or later.</div>"),)


def test_questions_that_stand_together_share_their_answer():
    html = (
        '<dl class="faq"><dt>E1?</dt>\n<dt>E2?</dt><dd>Both <i>a</i></dd><dd>b</dd>'
        "<div><dt>E3?</dt><dt>E4?</dt><dd>c</dd></div></dl>"
    )
    both = "<div>Both <i>a</i></div><div>b</div>"
    assert found(html) == (("E1?", both), ("E2?", both), ("E3?", "c"), ("E4?", "c"))


@pytest.mark.parametrize(
    "html",
    [
        "<div><dt>Safe?</dt></div><div><dt>When?</dt><dd>Now.</dd></div>",
        "<h3>Safe?</h3><h4>When?</h4><p>Now.</p>",
        "<h3>Safe?</h3><dt>When?</dt><dd>Now.</dd>",
        "<dt>Safe?</dt><dd></dd><dt>When?</dt><dd>Now.</dd>",
    ],
)
def test_a_question_that_stands_apart_has_no_answer_of_another(html):
    assert found(f'<dl class="faq">{html}</dl>') == (("When?", "Now."),)


def test_a_question_without_an_answer_is_none():
    html = '<dl class="faq"><dt>Safe?</dt><dd> </dd><dt>When?</dt><dd>Now.</dd></dl>'
    assert found(html) == (("When?", "Now."),)


def test_a_list_of_terms_is_not_a_list_of_questions():
    assert found("<dl><dt>Term</dt><dd>Meaning</dd></dl>") == ()


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (
            "<p>Take:</p><ul>\n<li>one pill</li>\n<li><p>two <em>drops</em></p></li></ul>",
            "<p>Take:</p><ul><li>one pill</li><li><p>two <em>drops</em></p></li></ul>",
        ),
        ("<ol><li>a<ol><li>b</li></ol></li></ol>",) * 2,
        ("one<br>\ntwo", "one<br>two"),
        ("<p lang='en' class='x'>one</p>", "one"),
        (
            "<table><tr><th>Dose</th><td>5 mg</td></tr><tr><td>8</td></tr></table>",
            "<div>Dose; 5 mg</div><div>8</div>",
        ),
        ("<blockquote><p>a</p></blockquote>b", "<div><p>a</p></div>b"),
        ("<div><div>a</div><p>b</p></div>", "<div>a</div><p>b</p>"),
        ("up to 10<sup>9</sup>/l", "up to 10⁹/l"),
        ("x<sup><a href='#fn-1' id='fnref-1'>1</a></sup>.", "x."),
        ("take <s>10 mg</s> 5 mg", "take 5 mg"),
        ("<img src='x.png' alt=''>see", "see"),
        ("<b></b><div><p> </p></div>see", "see"),
        ("&lt;5 mg &amp; more&nbsp;so", "&lt;5 mg &amp; more\u00a0so"),
        ("<bdi>5</bdi> <span lang='en'>mg</span> <code>a</code>", "5 mg a"),
        ("<a>x</a> y", "x y"),
    ],
)
def test_an_answer_has_the_tags_that_search_engines_read(html, said):
    assert answer(html) == said


@pytest.mark.parametrize(
    ("href", "absolute"),
    [
        ("#doz", f"{PAGE}#doz"),
        ("../yara/index.html#ilk", "https://clinic.example/health/tr/yara/#ilk"),
        ("https://other.example/?a=1&amp;b", "https://other.example/?a=1&amp;b"),
        ("tel:+905550100", "tel:+905550100"),
    ],
)
def test_links_of_an_answer_are_absolute(href, absolute):
    assert answer(f'<a href="{href}">x</a>') == f'<a href="{absolute}">x</a>'


ADDRESSES = st.from_regex(
    r"(https?:|HTTP:)?(//)?[a-z.]{0,4}(:8)?(/([a-z~_-]|\.\.?|;|%41|index\.html){0,3}){0,4}"
    r"[?#]?(a=b)?#?\n?",
    fullmatch=True,
)


@given(ADDRESSES, st.sampled_from([PAGE, "http://clinic.example/tr/bakim/"]))
def test_an_address_is_joined_as_the_standard_library_joins_it(url, page):
    html = f'<dl class="faq"><dt>Q?</dt><dd><a href="{url}">x</a></dd></dl>'
    address, fragment = urldefrag(urljoin(page, url))
    whole = address.removesuffix("index.html") + (f"#{fragment}" if fragment else "")
    said = re.sub(r"[ \n]+", " ", f'<a href="{whole}">x</a>')
    assert questions(html, page=page) == (("Q?", said),)


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "<p>",
                    "</p>",
                    "<ul>",
                    "<li>",
                    "</div>",
                    "<br>",
                    "<b>",
                    "</b>",
                    "<a>",
                ),
                *(" ", "  ", "\n", "\t \n", "\r", "\f", "\x0b", "\xa0", "word", "a b"),
            ],
        ),
        max_size=16,
    ),
)
def test_blanks_around_blocks_are_none_and_others_are_one(pieces):
    asked = _Question()
    asked.said = ["<b>", *pieces, "</b>"]
    seen = re.sub(r"[ \t\r\n\f]+", " ", "".join(asked.said))
    seen = re.sub(r" ?(</?(?:p|ul|ol|li|div)>|<br>) ?", r"\1", seen)
    before = ""
    while seen != before:
        before, seen = seen, re.sub(r"<(p|ul|li|b|a)> ?</\1>", "", seen)
    assert asked.answer() == seen.strip()


def test_what_is_open_when_the_next_question_comes_is_closed():
    html = (
        '<div class="faq"><div><h3>A?</h3><p>1</p><div><p>2</p><h4>B?</h4><p>3</p></div>'
        "</div><h3>C?</h3><p>4</p></div>"
    )
    assert found(html) == (
        ("A?", "<p>1</p><div><p>2</p></div>"),
        ("B?", "3"),
        ("C?", "4"),
    )


@pytest.mark.parametrize("text", ["<5 mg", "a <b>tag</b>", "A & B", '"x"'])
def test_a_plain_text_is_read_as_it_was_written(text):
    said = as_answer(text)
    assert re.sub(r"&(lt|gt|amp);", "", said).isascii()
    assert answer(said) == said


def test_a_question_is_plain_text():
    html = '<dl class="faq"><dt>A &amp; B, 10<sup>9</sup>?</dt><dd>Yes.</dd></dl>'
    assert found(html) == (("A & B, 10⁹?", "Yes."),)
