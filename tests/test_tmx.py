import pytest

from pipeline.errors import SourceError
from pipeline.tmx import Unit, Variant, compose_tmx, parse_tmx


def tmx(body, *, head='<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'):
    return (
        f'{head}<tmx version="1.4"><header srclang="en"/><body>\n{body}\n</body></tmx>'
    ).encode()


def seg(content):
    data = tmx(f'<tu><tuv xml:lang="en"><seg>{content}</seg></tuv></tu>')
    (unit,) = parse_tmx(data, path="a.tmx")
    return unit.variants[0].text


def test_a_unit_has_its_texts_and_who_wrote_them_when():
    data = tmx(
        '<tu creationdate="20240101T120000Z" creationid="first">'
        '<prop type="x-context">title</prop>'
        '<tuv xml:lang="en-US"><seg>Hair</seg></tuv>'
        '<tuv xml:lang="TR" changedate="20250203T000000Z" changeid="second">'
        "<seg>Saç</seg></tuv></tu>"
    )

    (unit,) = parse_tmx(data, path="a.tmx")

    assert (unit.date, unit.creator, unit.line) == ("2024-01-01", "first", 4)
    assert unit.props == {"x-context": "title"}
    turkish = unit.text("tr")
    assert turkish == Variant("TR", "Saç", "2025-02-03", "second")
    assert unit.text("en") == Variant("en-US", "Hair")


@pytest.mark.parametrize(
    ("langs", "locale", "found"),
    [
        (["pt", "pt-BR", "pt-PT"], "pt-BR", "pt-BR"),
        (["pt-PT", "pt"], "pt-BR", "pt"),
        (["pt-PT"], "pt-BR", None),
        (["zh-CN"], "zh-Hans", "zh-CN"),
        (["tr_TR"], "tr", "tr_TR"),
        (["trv"], "tr", None),
    ],
)
def test_a_language_is_found_as_it_may_be_written(langs, locale, found):
    variant = Unit([Variant(lang) for lang in langs]).text(locale)
    assert (variant.lang if variant else None) == found


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('a <bpt i="1">&lt;b&gt;</bpt>b<ept i="1">&lt;/b&gt;</ept>', "a <b>b</b>"),
        ('<bpt i="1">**</bpt>b<ept i="1">**</ept>', "**b**"),
        ('<ph x="1">{{ name }}</ph>, hi', "{{ name }}, hi"),
        ('<bpt i="1">{\\b </bpt>b<ept i="1">}</ept>', "b"),
        ('<ph x="1"/>a', "a"),
        ("<hi>a</hi> &amp; b", "a & b"),
        ('<it pos="begin">\\cf1 </it>a', "a"),
    ],
)
def test_codes_stay_where_a_catalog_has_them_too(content, text):
    assert seg(content) == text


BOMB = """<?xml version="1.0"?>
<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]>
"""


@pytest.mark.parametrize(
    ("data", "line", "why"),
    [
        (tmx("<tu>&b;</tu>", head=BOMB), 2, "declarations inside"),
        (tmx("<tu>&a;</tu>", head=OUTSIDE), 2, "declarations inside"),
        (tmx("<tu>\n&foo;</tu>"), 5, "foo"),
        (tmx("<tu>\n<tuv></tu>"), 5, "mismatched tag"),
        (b"", 1, "no element found"),
        (b"hello", 1, "not XML"),
        (b"<html></html>", 1, "not <tmx>"),
        (tmx("<a>" * 70), 4, "more than 64"),
        (tmx("x" * 10)[:-8], 5, "not XML"),
        (b'<?xml version="1.0" encoding="nope"?><tmx/>', 1, "encoding"),
        (b"<tmx>\xff</tmx>", 1, "not well-formed"),
    ],
)
def test_what_is_no_tmx_or_hostile_is_refused_with_its_line(data, line, why):
    with pytest.raises(SourceError, match=why) as caught:
        parse_tmx(data, path="a.tmx")

    assert (caught.value.path, caught.value.line) == ("a.tmx", line)


def test_a_segment_without_end_is_refused():
    with pytest.raises(SourceError, match="1,000,000 characters"):
        seg("x" * 1_000_001)


def test_what_is_written_is_read_back():
    unit = Unit(
        [Variant("en", 'A <b> & "c"\r\n'), Variant("tr", "Ş\t\U0001f600")],
        date="2026-03-01",
        creator='Head "H" <h@clinic.example>',
        props={"x-context": "a&b"},
    )
    text = "".join(compose_tmx([unit], source="en", version="1"))

    (again,) = parse_tmx(text.encode(), path="a.tmx")

    again.line = 0
    assert again == unit


def test_what_xml_cannot_hold_is_left_out():
    units = [Unit([Variant("en", "a\x01")]), Unit([Variant("en", "b")])]
    text = "".join(compose_tmx(units, source="en", version="1"))

    assert [u.variants[0].text for u in parse_tmx(text.encode(), path="a")] == ["b"]
