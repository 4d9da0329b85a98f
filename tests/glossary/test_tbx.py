"""TBX as real tools write it, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.glossary import STATUSES, compose_tbx, parse_tbx
from pipeline.glossary.tbx import tbx_locales
from pipeline.model.term import Term

MARTIF = """\
<?xml version='1.0' encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en-US">
<martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
<text><body>
<termEntry id="c1">
 <descrip type="definition">no part of a term</descrip>
 <langSet xml:lang="en-us"><tig><term>hair <hi>loss</hi></term></tig>
  <tig><term>alopecia</term></tig></langSet>
 <langSet xml:lang="tr-TR">
  <tig><term>saç dökülmesi</term>
   <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
   <termNote type="partOfSpeech">Noun</termNote><note>of men</note></tig>
  <ntig><termGrp><term>alopesi</term>
   <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termGrp></ntig>
  <tig><term>kellik</term>
   <termNote type="normativeAuthorization">deprecatedTerm</termNote></tig>
 </langSet>
</termEntry>
</body></text></martif>
"""
DCT = """\
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader/><text><body>
<conceptEntry id="1"><min:subjectField>hair</min:subjectField>
 <langSec xml:lang="en"><termSec><term>graft</term></termSec></langSec>
 <langSec xml:lang="tr"><termSec><term>greft</term>
  <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>
  <min:partOfSpeech>noun</min:partOfSpeech></termSec>
  <termSec><term>nakil</term>
  <min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
 </langSec></conceptEntry></body></text></tbx>
"""
DCA = """\
<tbx type="TBX-Min" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<text><body><conceptEntry id="1">
 <langSec xml:lang="en"><termSec><term>scalp</term></termSec></langSec>
 <langSec xml:lang="tr"><termSec><term>saç derisi</term></termSec>
  <termSec><term>saçlı deri</term></termSec></langSec>
</conceptEntry></body></text></tbx>
"""


def rows(text, target="tr", source="en"):
    data = text if isinstance(text, bytes) else text.encode()
    return parse_tbx(data, path="terms.tbx", source=source, target=target)


def terms(*args, **more):
    return tuple(row.term for row in rows(*args, **more))


def test_every_word_of_a_concept_is_paired_with_every_translation():
    assert terms(MARTIF) == tuple(
        term
        for source in ("hair loss", "alopecia")
        for term in (
            Term(source, "saç dökülmesi", note="of men", pos="noun"),
            Term(source, "alopesi", "admitted"),
            Term(source, "kellik", "forbidden"),
        )
    )


def test_named_elements_say_the_same_as_types():
    assert terms(DCT) == (
        Term("graft", "greft", pos="noun"),
        Term("graft", "nakil", "forbidden"),
    )


def test_the_first_is_preferred_where_nothing_is_marked():
    assert terms(DCA) == (
        Term("scalp", "saç derisi"),
        Term("scalp", "saçlı deri", "admitted"),
    )


def test_a_row_has_the_line_of_its_translation():
    assert [row.line for row in rows(DCT)] == [6, 9]


def test_other_locales_are_left_out():
    assert terms(DCA, "ar") == ()
    assert tbx_locales(MARTIF.encode(), path="x") == ("en-US", "tr-TR")


def test_a_file_in_utf_16_is_read():
    text = DCA.replace("<tbx", "<?xml version='1.0' encoding='UTF-16'?><tbx", 1)
    assert terms(text.encode("utf-16")) == terms(DCA)


CELLS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8)


@given(
    st.lists(
        st.builds(
            Term,
            CELLS,
            CELLS,
            st.sampled_from(STATUSES),
            CELLS.filter(lambda text: text != "case:"),
            st.sampled_from(["", "noun"]),
            st.sampled_from(["", "exact"]),
        ),
        unique_by=lambda term: term.source,
    ).map(tuple)
)
def test_terms_survive_being_written(given_terms):
    assert terms(compose_tbx(given_terms, source="en", target="tr")) == given_terms


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "not XML"),
        ("<martif>\n<a></b></martif>", 2, "mismatched tag"),
        ("<html/>", 1, "not TBX"),
        ('<!DOCTYPE martif [\n<!ENTITY a "b">]><martif>&a;</martif>', 2, "entity"),
        (
            '<!DOCTYPE martif [\n<!ENTITY % a SYSTEM "file:///etc/passwd">]><martif/>',
            2,
            "entity",
        ),
        ('<!DOCTYPE martif SYSTEM "x.dtd">\n<martif>&a;</martif>', 2, "&a;"),
        ("<martif>" + "<p>" * 100, 1, "deeper than"),
        ('<?xml version="1.0" encoding="none"?><martif/>', 1, "not XML"),
    ],
)
def test_what_is_no_harmless_tbx_is_refused_with_its_line(text, line, said):
    with pytest.raises(SourceError) as caught:
        rows(text)
    assert said in caught.value.message
    assert (caught.value.path, caught.value.line) == ("terms.tbx", line)
