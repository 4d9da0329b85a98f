"""What is regular is what the sanitizer gives back; the rest is left to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.formats.markdown import Markdown
from pipeline.render.gate import admit
from pipeline.render.regular import as_cleaned

EVERYTHING = """\
<h2>Doses &amp; days</h2>
<p>Take <strong>5 mg</strong>, <em>not <code>50</code></em>, see
<a href="https://clinic.example/doses">the <em>table</em></a>.<br />
<strong>Call <a href="../call.md#now">us</a></strong> &quot;now&quot;.</p>
<ul>
<li>one
<ol>
<li>two</li>
</ol>
</li>
<li>
<p>three</p>
</li>
</ul>
<hr />
<blockquote>
<p>four</p>
</blockquote>
<table><thead><tr><th>a</th></tr></thead><tbody>
<tr><td>b\u00a0c</td></tr>
</tbody></table>
"""
WORDS = ("a", "5 mg ", "\u00a0", '"', "&quot;", "&amp;", "&lt;", "أ", "\n", "x\u200c")
ODD = ("&", "&nbsp;", ">", "\x01", "\x00", "\r", "\ufeff", "\u202e", "\udfff", "<", "/")
ADDRESSES = (
    *("https://a.example/b", "http://a.bc", "../a.md#b", "/a/b/", "#a", "", "a.b"),
    *("//a.example", "https://xn--a.example", "https://1.2.3.4.5/", "https://a..b/"),
    *("javascript:a()", "data:a", "https://a.example:9/", "a:b", "https://a.example/%"),
    *("https://-a-.example", "https://a.example/../b", "?a=b&amp;c", "mailto:a@b.cd"),
)
TAGS = (
    *("<p>", "</p>\n", "<em>", "</em>", "<strong>", "</strong>", "<code>", "</code>"),
    *("<ul>\n", "<li>", "</li>\n", "</ul>\n", "<ol>\n", "</ol>\n", "<del>", "</del>"),
    *("<table><thead><tr>", "<th>", "</th>", "</tr></thead>", "<tbody>\n", "<tr>"),
    *(
        "<td>",
        "</td>",
        "</tr>\n",
        "</tbody>",
        "</table>\n",
        "<br />",
        "<br>",
        "<hr />\n",
    ),
    *("<blockquote>\n", "</blockquote>\n", "<h2>", "</h2>\n", "</a>", "<a>", "<b>"),
    *("<script>", "<p class=a>", "<!--", "-->", "</p>", "</li>", "<svg>", "<math>"),
)


def element(name: str, inner: st.SearchStrategy[str], after: str = ""):
    return inner.map(lambda text: f"<{name}>{text}</{name}>{after}")


def link(inner: st.SearchStrategy[str]):
    addresses = st.sampled_from(ADDRESSES[:7]) | st.sampled_from(ADDRESSES)
    return st.builds(lambda to, text: f'<a href="{to}">{text}</a>', addresses, inner)


def joined(pieces: st.SearchStrategy[str], most: int = 4, start: str = ""):
    return st.lists(pieces, min_size=1, max_size=most).map(
        lambda found: start + "".join(found)
    )


TEXT = joined(st.sampled_from(WORDS))
MARKED = st.recursive(
    TEXT,
    lambda inner: joined(
        TEXT
        | link(inner)
        | st.sampled_from(("em", "strong", "code", "del")).flatmap(
            lambda name: element(name, inner)
        )
    ),
    max_leaves=5,
)
LINES = joined(element("p", MARKED, "\n"), start="\n")
LISTS = st.recursive(
    MARKED | LINES,
    lambda inner: st.builds(
        lambda words, name, items: f"{words}\n<{name}>{items}</{name}>\n",
        MARKED,
        st.sampled_from(("ul", "ol")),
        joined(element("li", inner, "\n"), start="\n"),
    ),
    max_leaves=4,
)
ROWS = joined(element("td", MARKED) | element("th", MARKED)).map("<tr>{}</tr>".format)
BLOCKS = (
    st.sampled_from(("p", "h1", "h6")).flatmap(lambda name: element(name, MARKED, "\n"))
    | element("ul", joined(element("li", LISTS, "\n"), start="\n"), "\n")
    | element("blockquote", LINES, "\n")
    | st.builds(
        "<table><thead>{}</thead><tbody>\n{}\n</tbody></table>\n".format, ROWS, ROWS
    )
    | st.just("<hr />\n")
)


@st.composite
def fragments(draw: st.DrawFn) -> str:
    """What Markdown becomes, as often as not with something put in or taken out."""
    html: str = draw(joined(BLOCKS))
    for _ in range(draw(st.sampled_from((0, 0, 0, 1, 1, 2)))):
        start = draw(st.integers(0, len(html)))
        put_in = draw(st.sampled_from((*TAGS, *ODD, "")))
        html = html[:start] + put_in + html[start + draw(st.integers(0, 6)) :]
    return html


def sanitized(html: str) -> str | None:
    """What becomes of it with something beside it that is not regular; None: refused."""
    aside = "<p><i>aside</i></p>"
    assert as_cleaned(aside) is None
    try:
        return admit(html + aside).html.removesuffix(aside)
    except SourceError:
        return None


@given(fragments())
def test_what_is_regular_is_what_the_sanitizer_gives_back(html):
    if as_cleaned(html) is not None:
        assert admit(html).html == sanitized(html)


@given(joined(st.sampled_from((*TAGS, *WORDS, *ODD)), 12))
def test_no_tag_soup_is_regular_unless_it_stays(html):
    if as_cleaned(html) is not None:
        assert admit(html).html == sanitized(html)


def test_what_most_articles_become_is_regular():
    assert as_cleaned(EVERYTHING) == EVERYTHING.replace(" />", ">").replace(
        "&quot;", '"'
    ).replace("\u00a0", "&nbsp;")
    text = (
        "# A\n\nb **c** [d](https://a.example)\n\n- e\n\n1. f\n\n> g\n\n|h|\n|-|\n|i|\n"
    )
    article = Markdown().parse(text, path="a.md", domain="a")
    assert as_cleaned(Markdown().to_html(article))


@pytest.mark.parametrize(
    "html",
    [
        "<p>a\n",
        "<p><p>a</p>\n</p>\n",
        "<p><em><p>a</p></em></p>\n",
        '<p><a href="a">a<a href="b">b</a></a></p>\n',
        '<p><a href="a"><em>a<a href="b">b</a></em></a></p>\n',
        '<p><em><a href="a">a</a></em> <a href="b"><em>\x01</em></a></p>\n',
        '<p><a href="javascript:a()">a</a></p>\n',
        '<p><a href="a" onclick="b">a</a></p>\n',
        "<ul>a</ul>\n",
        "<table>a</table>\n",
        "<p><em>a</p></em>\n",
        "<<em>a</em>p>a</p>\n",
        "<p>a</p>\n<script>a</script>\n",
        "<p>a &nbsp; b</p>\n",
        "<p>a & b</p>\n",
        "<p>a > b</p>\n",
    ],
)
def test_what_could_be_read_in_another_way_is_not_regular(html):
    assert as_cleaned(html) is None
