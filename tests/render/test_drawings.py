import pytest

from pipeline.render.drawings import may_run_code, runs_code

STILL = '<svg xmlns="http://www.w3.org/2000/svg"><title>On = off</title>{}</svg>'


@pytest.mark.parametrize(
    "inner",
    [
        "",
        '<path d="M0 0h1" style="fill:#fff"/>',
        "<style>.on{fill:red}</style><text class='on'>Description: onward</text>",
        '<a href="https://clinic.example/"><text>Read on</text></a>',
        '<image href="data:image/png;base64,AAAA"/>',
    ],
)
def test_a_drawing_that_only_draws_is_still(inner):
    assert not runs_code("a.svg", STILL.format(inner).encode())
    assert not runs_code("a.SVG", STILL.format(inner).encode("utf-16"))


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        "<svg:script>alert(1)</svg:script>",
        '<SCRIPT href="x.js"/>',
        '<path onload="alert(1)"/>',
        '<path\nonclick = "alert(1)"/>',
        '<path d="M0"onload="alert(1)"/>',
        '<a href="javascript:alert(1)"><text>a</text></a>',
        '<a href="java&#115;cript:alert(1)"><text>a</text></a>',
        '<a href="java\nscript:alert(1)"><text>a</text></a>',
        '<a href="java&#9;script:alert(1)"><text>a</text></a>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
        "<foreignObject><iframe src='x'/></foreignObject>",
    ],
)
def test_a_drawing_that_runs_code_is_told(inner):
    assert runs_code("a.svg", STILL.format(inner).encode())
    assert runs_code("a.svg", STILL.format(inner).encode("utf-16"))
    assert runs_code("a.xhtml", STILL.format(inner).encode("utf-16-be"))


def test_what_its_head_may_bring_in_is_told():
    entity = b'<!DOCTYPE svg [<!ENTITY a "<script/>">]><svg>&a;</svg>'
    assert runs_code("a.svg", entity)
    assert runs_code("a.xml", b'<?xml-stylesheet href="a.xsl"?><a/>')


def test_what_cannot_be_looked_into_is_told():
    assert runs_code("a.svgz", b"\x1f\x8b")


def test_other_files_need_not_be_read():
    assert [p for p in ("a.svg", "A.XHTML", "a.png", "a.pdf") if may_run_code(p)] == [
        "a.svg",
        "A.XHTML",
    ]
