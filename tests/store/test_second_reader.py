import pytest
from hypothesis import given, settings

from pipeline.model.catalog import Catalog, Message
from pipeline.model.finding import Severity
from pipeline.po.compose import as_written, compose
from pipeline.po.parse import parse
from pipeline.store.second_reader import disagreement
from tests.po.catalogs import HEADER, catalogs, with_header


def found(text):
    return disagreement(text, parse(text, path="x.po"), path="x.po")


ENTRY = (
    '# note\n#: source/x.md\n#, fuzzy\n#| msgid "o"\nmsgctxt "title"\nmsgid "a\\tb"\n'
    'msgstr ""\n"one "\n"two"\n\nmsgid "c"\nmsgid_plural "d"\nmsgstr[0] "e"\n'
    'msgstr[1] "f"\n\n#~ msgid "g"\n#~ msgstr "h"\n'
)


def test_where_both_read_the_same_there_is_nothing_to_say():
    assert found(with_header(ENTRY)) is None
    assert found(HEADER) is None


def test_a_file_that_polib_cannot_read_is_a_warning():
    finding = found(with_header('#= c-format\nmsgid "d"\nmsgstr ""\n'))
    assert finding is not None
    assert finding.severity is Severity.WARNING
    assert finding.check == "portability"
    assert finding.file == "x.po"


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "a"\nmsgstr "b\u2028c"\n',
        'msgid "a"\nmsgstr "b\x85c"\n',
        'msgid "a"\nmsgstr "\\x41"\n',
        '#, fuzzy c-format\nmsgid "a"\nmsgstr "b"\n',
        '#comment\nmsgid "a"\nmsgstr "b"\n',
    ],
)
def test_what_polib_reads_in_another_way_is_a_warning(entry):
    finding = found(with_header(entry))
    assert finding is not None
    assert "polib" in finding.message
    assert "\n" not in finding.message


def test_a_difference_is_shown_with_its_entry():
    text = with_header('msgid "a"\nmsgstr "b"\n')
    ours = Catalog(Message("", ("x",)), (Message("a", ("other",), line=9),))
    finding = disagreement(text, ours, path="x.po")
    assert finding is not None
    assert (finding.line, finding.msgid, finding.msgstr) == (9, "a", "other")
    assert "'b'" in finding.message


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (Message("a", ("b",), flags=("fuzzy",)), "not fuzzy"),
        (Message("a", ("b",), obsolete=True), "other plural forms"),
        (Message("a", ("b",), msgid_plural="c"), "other plural forms"),
        (Message("x", ("b",)), "do not see this entry"),
    ],
)
def test_every_difference_is_named(message, said):
    text = with_header('msgid "a"\nmsgstr "b"\n')
    finding = disagreement(text, Catalog(Message("", ("x",)), (message,)), path="x.po")
    assert finding is not None
    assert said in finding.message


def test_an_entry_that_only_polib_sees_is_named():
    text = with_header('msgid "c"\nmsgstr "d"\n')
    finding = disagreement(text, Catalog(Message("", ("x",))), path="x.po")
    assert finding is not None
    assert "see an entry 'c'" in finding.message


def test_a_text_that_is_the_name_of_a_file_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x").write_text("not a catalog", encoding="utf-8")
    assert disagreement("x", Catalog(Message("", ("x",))), path="x.po") is not None


@given(catalogs(size=3))
@settings(max_examples=60, deadline=None)
def test_no_catalog_makes_it_fail(catalog):
    finding = disagreement(compose(catalog), as_written(catalog), path="x.po")
    assert finding is None or finding.severity is Severity.WARNING
