from dataclasses import replace

import pytest

from pipeline.checks import CheckContext
from pipeline.checks.header import Header
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity

WHOLE = {
    "Project-Id-Version": "clinic",
    "Language": "tr",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def header(**fields):
    changed = {name.replace("_", "-"): value for name, value in fields.items()}
    lines = {name: value for name, value in (WHOLE | changed).items() if value}
    return Message("", ("".join(f"{n}: {v}\n" for n, v in lines.items()),))


def remarks(head, locale="tr"):
    return list(Header()(head, CheckContext(locale)))


@pytest.mark.parametrize(
    "value",
    [
        "nplurals=2; plural=(n != 1);",
        "nplurals=2; plural=n != 1;",
        "nplurals=2; plural=(n>1);",
        "nplurals=1; plural=0;",
    ],
)
def test_the_three_turkish_headers_pass(value):
    assert remarks(header(Plural_Forms=value)) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"Plural_Forms": ""}, "the header has no Plural-Forms"),
        ({"Plural_Forms": "nplurals=INTEGER; plural=EXPRESSION;"}, "cannot be read"),
        ({"Plural_Forms": "nplurals=2; plural=exit(1);"}, "cannot be read"),
        ({"Plural_Forms": "nplurals=3; plural=(n%10);"}, "is not that of tr"),
        ({"Plural_Forms": "nplurals=2; plural=(n%10);"}, "is not that of tr"),
        ({"Language": ""}, "the header has no Language"),
        ({"Language": "de"}, "write “Language: tr”"),
        ({"Language": "tr_TR"}, "write “Language: tr”"),
        ({"Content_Type": "text/plain; charset=ISO-8859-9"}, "iso-8859-9"),
    ],
)
def test_an_odd_header_is_a_warning(fields, said):
    (remark,) = remarks(header(**fields))
    assert remark.severity is None
    assert said in remark.message


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"Last_Translator": "FULL NAME <EMAIL@ADDRESS>"}, "filled in Last-Translator"),
        ({"Language_Team": "LANGUAGE <LL@li.org>"}, "filled in Language-Team"),
        ({"PO_Revision_Date": "YEAR-MO-DA HO:MI+ZONE"}, "filled in PO-Revision-Date"),
        ({"Project_Id_Version": "PACKAGE VERSION"}, "filled in Project-Id-Version"),
        ({"Content_Type": "text/plain; charset=CHARSET"}, "filled in Content-Type"),
        ({"PO_Revision_Date": "3/4/2026"}, "write it as 2026-03-04"),
        ({"Last_Tranlator": "a@clinic.example"}, "is it misspelled?"),
        ({"Content_Type": ""}, "write “Content-Type: text/plain"),
    ],
)
def test_a_header_that_nobody_looked_after_is_a_note(fields, said):
    (remark,) = remarks(header(**fields))
    assert remark.severity is Severity.INFO
    assert said in remark.message


def test_fields_of_other_programs_pass():
    fields = {"X_Generator": "Poedit 3.4", "X-Poedit-SearchPath-0": "."}
    dates = {"PO_Revision_Date": "2026-03-04 10:00+0300"}
    assert remarks(header(**fields, **dates)) == []


def test_a_fuzzy_header_is_a_warning():
    (remark,) = remarks(replace(header(), flags=("fuzzy",)))
    assert "take the flag off" in remark.message


def test_a_field_that_stands_twice_is_told():
    head = header()
    twice = replace(head, msgstrs=(f"{head.msgstr}Language: tr\n",))
    (remark,) = remarks(twice)
    assert "has Language twice" in remark.message


def test_gettexts_spelling_of_the_language_is_expected():
    plurals = "nplurals=2; plural=(n > 1);"
    head = header(Language="pt_BR", Plural_Forms=plurals)
    assert remarks(head, "pt-BR") == []


def test_another_formula_of_as_many_forms_passes_where_one_header_is_usual():
    head = header(Language="ar", Plural_Forms="nplurals=6; plural=n%6;")
    assert remarks(head, "ar") == []
    head = header(Language="ar", Plural_Forms="nplurals=2; plural=n>1;")
    assert len(remarks(head, "ar")) == 1


def test_another_message_is_none_of_its_business():
    assert remarks(Message("Language: de", ("Language: de",))) == []


@pytest.mark.parametrize(
    ("locale", "value"),
    [
        ("fr", "nplurals=3; plural=(n > 1);"),
        ("pt-BR", "nplurals=3; plural=(n > 1);"),
        ("ky", "nplurals=1; plural=0;"),
    ],
)
def test_a_count_that_is_in_use_besides_passes(locale, value):
    head = header(Language=locale.replace("-", "_"), Plural_Forms=value)
    assert remarks(head, locale) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("", "has no Language"), ("xyz", "names xyz, which is no known language")],
)
def test_of_an_unknown_language_nothing_else_is_said(language, said):
    head = header(Language=language, Plural_Forms="nplurals=4; plural=0;")
    (remark,) = remarks(head, "")
    assert said in remark.message
    assert "--lang" in remark.message
