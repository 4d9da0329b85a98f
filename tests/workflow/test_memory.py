from io import StringIO

import pytest

from tests.builders import TURKISH, make_site, po_path, publish, translate

TMX = """<?xml version="1.0"?>
<tmx version="1.4"><header srclang="en"/><body>
<tu changedate="20240101T120000Z" changeid="agency">
<tuv xml:lang="en"><seg>{source}</seg></tuv><tuv xml:lang="tr"><seg>{target}</seg></tuv>
</tu></body></tmx>
"""


@pytest.fixture
def site(tmp_path):
    root = make_site(tmp_path)
    publish(root, "extract")
    return root


def old_memory(folder, source="Wash your hair.", target="Saçınızı yıkayın."):
    path = folder / "old.tmx"
    path.parent.mkdir(exist_ok=True)
    path.write_text(TMX.format(source=source, target=target), encoding="utf-8")
    return path


def test_a_search_shows_what_resembles_a_text_and_where_it_is_from(site):
    old_memory(site / "memory")

    found = publish(
        site, "memory", "search", "Wash your hairs.", "--lang", "tr", "--json"
    )

    assert found.code == 0
    (unit,) = found.json["units"]
    assert unit == {
        "locale": "tr",
        "score": 96,
        "source": "Wash your hair.",
        "translation": "Saçınızı yıkayın.",
        "place": "old.tmx",
        "date": "2024-01-01",
    }
    assert found.json["counts"] == {"tr": 1}


def test_a_search_shows_a_table(site):
    old_memory(site / "memory")

    said = publish(site, "memory", "search", "Wash your hair.", "--lang", "tr").out

    assert "100 %" in said
    assert "Saçınızı yıkayın." in said
    assert "old.tmx" in said


def test_an_imported_file_is_in_the_site_and_fills_drafts(site, tmp_path):
    path = po_path(site)
    msgid = next(iter(TURKISH))
    file = old_memory(tmp_path / "else", msgid, "Başka")

    done = publish(site, "memory", "import", str(file), "--lang", "tr", "--json")

    assert (done.code, done.json["counts"]) == (0, {"tr": 1})
    assert (site / done.json["file"]).read_bytes() == file.read_bytes()
    publish(site, "pretranslate", "--offline", "--lang", "tr")
    assert "from memory" in path.read_text(encoding="utf-8")
    assert "old.tmx" in path.read_text(encoding="utf-8")
    assert publish(site, "memory", "import", str(file)).code == 0


def test_another_file_of_that_name_is_not_overwritten(site, tmp_path):
    there = old_memory(site / "memory")
    before = there.read_bytes()

    done = publish(
        site, "memory", "import", str(old_memory(tmp_path / "else", "x", "y"))
    )

    assert done.code == 2
    assert "another memory/old.tmx is there" in done.err
    assert there.read_bytes() == before


def test_a_file_that_is_broken_is_refused_and_stays_outside(site, tmp_path):
    file = tmp_path / "broken.tmx"
    file.write_text("<tmx>\n<body>", encoding="utf-8")

    done = publish(site, "memory", "import", str(file))

    assert done.code == 1
    assert "broken.tmx:2: not XML" in done.err
    assert not (site / "memory").exists()


def test_a_broken_file_of_the_site_is_one_line_and_the_rest_is_read(site):
    old_memory(site / "memory")
    (site / "memory/broken.tmx").write_text("<tmx>\n", encoding="utf-8")

    done = publish(site, "memory", "search", "Wash your hair.", "--lang", "tr")

    assert done.code == 1
    assert done.err.count("memory/broken.tmx:2: not XML") == 1
    assert "Saçınızı yıkayın." in done.out


def test_what_is_exported_is_read_back_as_it_was(site, tmp_path):
    translate(site, TURKISH)
    file = tmp_path / "out.tmx"

    done = publish(site, "memory", "export", str(file), "--lang", "tr", "--json")

    assert done.code == 0
    assert done.json["counts"]["tr"] > 1
    other = make_site(tmp_path / "other")
    publish(other, "extract")
    again = publish(other, "memory", "import", str(file), "--lang", "tr", "--json")
    assert again.json["counts"] == done.json["counts"]
    assert publish(site, "memory", "export", str(file)).code == 2


def test_other_programs_read_what_is_exported(site, tmp_path):
    reader = pytest.importorskip("translate.storage.tmx")
    translate(site, TURKISH)
    file = tmp_path / "out.tmx"
    publish(site, "memory", "export", str(file), "--lang", "tr")

    with file.open("rb") as handle:
        store = reader.tmxfile(handle, "en", "tr")

    pairs = {unit.source: unit.target for unit in store.units}
    assert pairs.items() <= TURKISH.items()
    assert len(pairs) > 1


STRUCTURE = """
<!ELEMENT tmx (header, body)>
<!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note | prop | ude)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED
  adminlang CDATA #REQUIRED srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)>
<!ELEMENT note (#PCDATA)>
<!ELEMENT ude EMPTY>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED xml:lang NMTOKEN #IMPLIED>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ATTLIST tu changedate CDATA #IMPLIED changeid CDATA #IMPLIED>
<!ELEMENT tuv ((note | prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED changedate CDATA #IMPLIED changeid CDATA #IMPLIED>
<!ELEMENT seg (#PCDATA)>
"""
"""What of TMX 1.4b's document type an export may use."""


def test_an_export_has_the_structure_of_the_document_type(site, tmp_path):
    etree = pytest.importorskip("lxml.etree")
    translate(site, TURKISH)
    file = tmp_path / "out.tmx"
    publish(site, "memory", "export", str(file))
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    structure = etree.DTD(StringIO(STRUCTURE))

    assert structure.validate(etree.parse(str(file), parser)), structure.error_log


@pytest.mark.parametrize("action", ["search", "import"])
def test_without_a_text_or_file_it_says_what_it_needs(site, action):
    done = publish(site, "memory", action)

    assert done.code == 2
    assert f"publish memory {action} " in done.err
