"""Style sheets on the elements of a mail."""

import pytest

from pipeline.errors import TemplateError
from pipeline.render.styles import with_styles


@pytest.mark.parametrize(
    ("sheet", "body", "styled"),
    [
        ("p { color: red; }", "<p>a</p>", '<p style="color:red;">a</p>'),
        ("p, li { margin: 0 0 6px }", "<li>a", '<li style="margin:0 0 6px;">a'),
        (
            "td { text-align: left; color: red } .end { text-align: right }",
            '<td class="end">a</td><td>b</td>',
            (
                '<td class="end" style="color:red;text-align:right;">a</td>'
                '<td style="text-align:left;color:red;">b</td>'
            ),
        ),
        ("p { color: red } p { color: blue }", "<p>", '<p style="color:blue;">'),
        ("hr { border: 0 }", "<hr />", '<hr style="border:0;" />'),
        ("p { color: red }", '<p style="top:0;">', '<p style="top:0;">'),
        ("p { color: red }", '<b title="<p>">x', '<b title="<p>">x'),
        ("p { color: red }", "<pre>p</pre>", "<pre>p</pre>"),
        ("", "<p>a</p>", "<p>a</p>"),
    ],
)
def test_a_rule_is_written_onto_its_elements(sheet, body, styled):
    assert with_styles(body, sheet) == styled


@pytest.mark.parametrize("sheet", ["p a { top: 0 }", "@media x { p { top: 0 } }", "p"])
def test_a_selector_that_names_more_than_an_element_is_refused(sheet):
    with pytest.raises(TemplateError, match="written onto elements has"):
        with_styles("<p>", sheet)
