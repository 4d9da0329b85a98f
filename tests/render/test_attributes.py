"""Languages, directions and spans that an article may name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.model.article import Verbatim
from pipeline.render.attributes import with_sound_values
from pipeline.render.gate import admit
from pipeline.render.mails import render_mail
from pipeline.render.pages import render_page
from tests.render.shelf import edition, library, theme


@pytest.mark.parametrize(
    "tag",
    [
        *("tr", "zh-Hans", "pt-BR", "es-419", "zh-yue", "sr-Latn-RS", "de-1996", "X-a"),
        *("ar-EG-u-nu-latn", "en-x-clinic", "sl-rozaj-biske", "AR", ""),
    ],
)
def test_a_language_by_its_tag_passes(tag):
    html = f'<p lang="{tag}">x</p>'
    assert with_sound_values(html) == (html, ())


@pytest.mark.parametrize(
    "attribute",
    [
        *('lang="en_US"', 'lang="english"', 'lang="e"', 'lang=" tr"', 'lang="tr-"'),
        *('lang="türkçe"', 'lang="&quot;x"', 'dir="sideways"', 'colspan="0"'),
        *('colspan="2px"', 'colspan="1001"', 'colspan="-1"', 'rowspan="99999"'),
    ],
)
def test_a_value_that_means_nothing_is_taken_out_and_told(attribute):
    html = f'<td {attribute} title="a">x</td>'
    assert with_sound_values(html) == ('<td title="a">x</td>', (attribute,))


@pytest.mark.parametrize(
    "html",
    [
        '<td colspan="2" rowspan="0">x</td>',
        '<th colspan="1000" scope="col">x</th>',
        '<ol start="-3"><li value="10">x</li></ol>',
        '<col span="3">',
        "<p>nothing</p>",
        '<p>&lt;p dir="up" lang="en_US"&gt;</p>',
        '<p title="a dir=" class="faq">x</p>',
        '<p title="a lang=en_US">x</p>',
    ],
)
def test_the_rest_passes_as_it_is(html):
    assert with_sound_values(html) == (html, ())


@given(st.text(alphabet="trTR-_x0123 é", max_size=12))
def test_what_passes_is_a_tag_without_a_blank(tag):
    html, unsound = with_sound_values(f'<p lang="{tag}">x</p>')
    assert bool(unsound) == (html == "<p>x</p>")
    if not unsound:
        assert tag == "" or (tag.isascii() and tag.replace("-", "").isalnum())


def test_the_gate_takes_it_out():
    body = admit('<p lang="en_US" dir="ltr">x <span lang="tr">y</span></p>')
    assert body.html == '<p dir="ltr">x <span lang="tr">y</span></p>'
    assert body.unsound == ('lang="en_US"',)


@pytest.mark.parametrize("written", ['"en_US"', "'en_US'", "en_US"])
@pytest.mark.parametrize("kind", ["article", "mail"])
def test_it_is_an_error_with_its_line(kind, written):
    html = f"<p>a</p>\n\n<p lang={written}>x</p>"
    shown = edition(html=html, kind=kind)
    object.__setattr__(shown.article, "spans", (Verbatim(html),))
    render = render_mail if kind == "mail" else render_page

    with pytest.raises(SourceError, match="lang cannot be") as caught:
        render(shown, library(shown), theme())

    assert (caught.value.path, caught.value.line) == ("source/articles/scalp.md", 3)
    assert "en_US" in caught.value.message
    assert "pt-BR" in str(caught.value.hint)
