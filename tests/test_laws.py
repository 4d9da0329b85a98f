"""What holds for every text and every format."""

import re
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import frontmatter
from pipeline.errors import SourceError
from pipeline.extract import extract
from pipeline.formats import Format, compose
from pipeline.formats.html import Html
from pipeline.formats.markdown import Markdown
from pipeline.formats.text import Text
from pipeline.localize import Localized, localize
from pipeline.model.article import Article, Segment, Span
from pipeline.model.catalog import Catalog, Message

WORDS = st.sampled_from(
    ["Hair", "loss", "a", "5 mg", "ışık", "头发", "{{ name }}", "é"]
)
MARKUP = {
    "markdown": st.sampled_from(
        [
            *["# ", "## ", "- ", "1. ", "> ", "    ", "| ", " |", "---", "===", "```"],
            *["*", "**", "_", "`", "[", "](x)", "![", "]", "[x]", "[x]: /y", "~~"],
            *["<b>", "</b>", "<div>", "<!--", "-->", "\\", "&amp;", "<", "  ", ": "],
            *["[^1]", "|---|\n", "- [ ] ", "{#id}", "<br>", "***", "\\|"],
            *["[^1]: ", "[!NOTE]", "<img alt='a'>", " 'a')", "<p>", "</div>\n\n"],
            *["<!-- publish:skip -->", "<!-- publish:note a -->", "~~~py\n", " 'T'"],
            *["<!-- publish:comments -->\n\n", "<div translate=no>\n\n", "# a\n~~~\n"],
        ],
    ),
    "html": st.sampled_from(
        [
            *["<p>", "</p>", "<li>", "<ul>", "</ul>", "<h1>", "</h1>", "<b>", "</b>"],
            *["<td>", "<table>", "</table>", "<img alt='x'>", "<a href=x>", "</a>"],
            *["<!--", "-->", "<script>", "</script>", "<pre>", "</pre>", "<svg>"],
            *["&amp;", "&nbsp;", "&eacute;", "&", "<", ">", "</>", "<br>", "<title>"],
            *[
                "</title>",
                "<p translate=no>",
                "<span translate=no>",
                "<!-- publish:skip -->",
                "<!-- publish:skip-start -->",
                "<!-- publish:skip-end -->",
                "<!-- publish:note a -->",
                "<input placeholder='a'",
                "<?x",
                "</svg>",
            ],
        ],
    ),
    "text": st.sampled_from(
        [
            *["- ", "* ", "1. ", "2) ", "Q: ", "A: ", "---", "====", "HEADING", ":"],
            *[
                "Phone: +90 555 000 00 00",
                "a@clinic.example",
                "  ",
                "https://a.example",
            ],
            *["Address: ", "1.1 ", "?", ".", "– ", "Word " * 30],
        ],
    ),
}
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", " ", "\t", "\r"])
HEADS = st.sampled_from(
    [
        "",
        "",
        "---\ntitle: Hair\ntags: [a, 'b c']\n---\n",
        "+++\ntitle = 'a'\n+++\n",
        "---\n",
        "\ufeff",
        "---\r\ndescription: |\r\n  two\r\n  lines\r\n---\r\n",
    ],
)
FORMATS: tuple[Format, ...] = (Markdown(), Html(), Text())

every_format = pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)


def texts(kind: Format) -> st.SearchStrategy[str]:
    """Texts that look like the format, and texts that look like nothing."""
    pieces = st.lists(st.one_of(WORDS, MARKUP[kind.name], BREAKS), max_size=30)
    alike = st.builds(lambda head, body: head + "".join(body), HEADS, pieces)
    return st.one_of(alike, st.text())


def cut(kind: Format, text: str) -> Article | None:
    """The article, or nothing where the text is refused."""
    with suppress(SourceError):
        return kind.parse(text, path="source/x", domain="x")
    return None


def shown(kind: Format, article: Article) -> str:
    """The HTML of an article, blanks and line breaks made alike."""
    html = re.sub(r"\s+", " ", kind.to_html(article))
    html = re.sub(r"<(?![A-Za-z/!?])", "&lt;", html)  # which is no tag to a browser
    html = re.sub(r" (?=</(?:h\d|p|li|t[dh])>)", "", html)
    return re.sub(r" ?<br ?/?> ?", "<br>", html).replace("&quot;", '"')


@every_format
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_the_spans_of_a_text_are_the_text(kind, data):
    text = data.draw(texts(kind))

    article = cut(kind, text)

    assert article is None or compose(article) == text


@every_format
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_lines_are_counted_from_the_beginning_of_the_file(kind, data):
    article = cut(kind, data.draw(texts(kind)))

    text = ""
    for span in article.spans if article else ():
        if isinstance(span, Segment):
            assert span.line == text.count("\n") + 1
        text += span.raw


@every_format
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_source_fits_its_own_place(kind, data):
    article = cut(kind, data.draw(texts(kind)))
    if article is None:
        return

    spans = tuple(
        replace(span, raw=kind.fit(span, span.text))
        if isinstance(span, Segment)
        else span
        for span in article.spans
    )

    again = replace(article, spans=spans)
    assert shown(kind, again) == shown(kind, article)
    assert kind.shape(compose(again)) == kind.shape(compose(article))


@every_format
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_an_empty_catalog_changes_nothing(kind, data):
    article = cut(kind, data.draw(texts(kind)))
    if article is None:
        return

    result = localize(
        article,
        Catalog(Message("")),
        format=kind,
        accept=lambda _: True,
    )

    assert result.article == article
    assert result.refused == ()


@every_format
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_localized_text_has_the_shape_of_its_source(kind, data):
    article = cut(kind, data.draw(texts(kind)))
    if article is None:
        return
    pieces = st.lists(st.one_of(WORDS, MARKUP[kind.name]), min_size=1, max_size=6)
    messages = tuple(
        replace(message, msgstrs=("".join(data.draw(pieces)),))
        for message in extract(article)
    )

    result = localize(
        article,
        Catalog(Message(""), messages),
        format=kind,
        accept=lambda _: True,
    )

    text = compose(result.article)
    assert kind.shape(text) == kind.shape(compose(article))
    assert isinstance(kind.to_html(result.article), str)


SURE = st.lists(
    st.one_of(
        WORDS,
        st.sampled_from(
            ["*b*", "**c**", "[d](e)", "[x]", "[^1]", ": ", "- ", "= ", "*"]
        ),
        st.sampled_from(
            ["&amp;", "&", "~~", "_", "!", "://a.b", "](", "-->", "  ", "\t"]
        ),
    ),
    min_size=1,
    max_size=5,
).map("".join)


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_sure_line_fits_as_it_is_and_leaves_the_shape(data):
    kind = Markdown()
    article = cut(kind, data.draw(texts(kind)))
    spans: list[Span] = []
    for span in article.spans if article else ():
        text = data.draw(SURE) if isinstance(span, Segment) else ""
        takes_lines = isinstance(span, Segment) and kind.takes_lines(span)
        if takes_lines and text in kind.sure_lines([text]):
            assert isinstance(span, Segment)
            assert kind.fit(span, text) == text
            spans.append(replace(span, raw=text))
        else:
            spans.append(span)
    if article is not None and frontmatter.is_settled(compose(article)):
        again = replace(article, spans=tuple(spans))
        assert kind.shape(compose(again)) == kind.shape(compose(article))


@given(st.lists(st.one_of(SURE, st.text(max_size=8)), max_size=8))
def test_a_line_is_as_sure_among_others_as_alone(lines):
    sure = Markdown.sure_lines(lines)

    assert {x for x in lines if x in sure} == {x for x in lines if _is_sure(x)}


def _is_sure(text):
    """What the lines of many texts are looked for by, asked of one text."""
    whole = (
        r"(?:[^\W\d_]|[0-9]+ |\*{1,3}[^\W_]|\[[^\W_][^\[\]:\x00-\x1f\x7f|#{}<`\\]*\]\()"
    )
    rest = r"[^\x00-\x1f\x7f\x85\u2028\u2029|#{}<`\\]*+(?<! )"
    return re.fullmatch(whole + rest, text) is not None


# In plain text the words decide what a line is: a small letter makes no heading.
@pytest.mark.parametrize("kind", FORMATS[:2], ids=lambda kind: kind.name)
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_what_was_localized_gives_its_translations_back(kind, data):
    article = cut(kind, data.draw(texts(kind)))
    if article is None:
        return

    messages, result, again = localized(kind, article, "Ü ")

    refused = {message.key for message, _ in result.refused}
    translations = {
        message.key: message.msgstr
        for message in messages
        if message.key not in refused
    }
    found = [segment.text for segment in again.segments]
    expected = [
        translations.get((segment.context, segment.text), segment.text)
        for segment in article.segments
    ]
    assert words(kind, found) == words(kind, expected)


def localized(
    kind: Format, article: Article, start: str
) -> tuple[tuple[Message, ...], Localized, Article]:
    """Its messages with translations that begin so, what is made of it, and that read."""
    messages = tuple(
        replace(message, msgstrs=(f"{start}{message.msgid}",))
        for message in extract(article)
        if message.msgctxt != "slug"
    )
    catalog = Catalog(Message(""), messages)
    result = localize(article, catalog, format=kind, accept=lambda _: True)
    again = kind.parse(compose(result.article), path="source/x", domain="x")
    return messages, result, again


def words(kind: Format, texts: list[str]) -> list[str]:
    """The texts as a reader sees them: signs that would be markup are escaped."""
    return [" ".join(kind.to_plain(text).split()) for text in texts]


SOURCES = {
    "markdown": """\
---
title: Hair loss
tags: [hair, scalp]
---

# Hair loss

A *first*
paragraph with [a link]({{ url }}).

- item
- second\\
  line

> quoted

| head | er |
|------|----|
| cell | 5  |

![alt text](a.png)
""",
    "html": """\
<!doctype html>
<title>Hair loss</title>
<meta name="description" content="About &amp; around">
<h1>Hair loss</h1>
<p>A <em>first</em>
paragraph &mdash; with <a href="{{ url }}">a link</a>.
<ul><li>item<li>second <img src=a alt="alt text"></ul>
<img src=b alt="alone">
""",
    "text": """\
Hair loss

A first
paragraph.

FAQ

Q: Is it safe?
A: Yes.

- item
- second
  line

Phone: +90 555 000 00 00
""",
}


@every_format
def test_a_localized_text_gives_its_translations_back(kind):
    article = kind.parse(SOURCES[kind.name], path="source/x", domain="x")

    messages, result, again = localized(kind, article, "Ü")

    assert result.refused == ()
    assert [message.key for message in extract(again) if message.msgctxt != "slug"] == [
        (message.msgctxt, message.msgstr) for message in messages
    ]
    assert again.meta == result.article.meta


@every_format
def test_a_text_that_is_too_long_is_refused(kind):
    with pytest.raises(SourceError, match="over 5,000,000 characters") as caught:
        kind.parse("a b\n" * 1_250_001, path="source/x", domain="x")

    assert caught.value.hint


@every_format
def test_a_line_that_is_too_long_is_refused_with_its_number(kind):
    text = f"a\n\nb\r\n{'c ' * 500_001}\nd\n"

    with pytest.raises(SourceError, match="over 1,000,000 characters") as caught:
        kind.parse(text, path="source/x", domain="x")

    assert (caught.value.path, caught.value.line) == ("source/x", 4)


@every_format
def test_many_lines_of_a_bearable_length_are_taken(kind):
    assert cut(kind, f"{'c ' * 60_000}\n\n" * 9) is not None


@every_format
@pytest.mark.parametrize(
    "unit",
    [
        *["a ", "*a ", "`", "[", "<", "<b>", "> ", "- ", "a\n", "&", "![", "{{"],
        *["{{ a ", " ", "a \t"],
        *["Q: a\n", "a@", "1.1.", "|a", "(", "---\n", "<!--", "A: \n", "a:", "<p>"],
        *["\\", "0 ", "www."],
    ],
)
def test_a_long_text_of_one_thing_is_read_or_refused(kind, unit):
    article = cut(kind, unit * 20_000)

    if article is not None:
        assert isinstance(kind.to_html(article), str)
