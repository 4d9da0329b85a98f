import shutil
import subprocess

import pytest

from pipeline.model.catalog import Catalog, Message
from pipeline.po.compose import compose
from pipeline.po.header import new_catalog_header, new_template_header
from tests.po.catalogs import msgcat, needs_gettext

DATE = "2024-11-22 10:00+0000"
needs_i18nspector = pytest.mark.skipif(
    shutil.which("i18nspector") is None,
    reason="i18nspector is not installed",
)


def template(*, bugs="info@clinic.example", plurals=False):
    return new_template_header(
        project="Clinic Health Library",
        bugs=bugs,
        creation_date=DATE,
        plurals=plurals,
    )


def catalog(**changes):
    values = {
        "project": "Clinic Health Library",
        "bugs": "info@clinic.example",
        "team": "Clinic localization <info@clinic.example>",
        "language": "tr",
        "plural_forms": "nplurals=2; plural=(n != 1);",
        "creation_date": DATE,
    }
    return new_catalog_header(**(values | changes))


def test_a_new_catalog_has_every_field_in_gettexts_order():
    assert catalog().msgstr == (
        "Project-Id-Version: Clinic Health Library\n"
        "Report-Msgid-Bugs-To: info@clinic.example\n"
        "POT-Creation-Date: 2024-11-22 10:00+0000\n"
        "PO-Revision-Date: 2024-11-22 10:00+0000\n"
        "Last-Translator: Clinic localization <info@clinic.example>\n"
        "Language-Team: Clinic localization <info@clinic.example>\n"
        "Language: tr\n"
        "MIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\n"
        "Plural-Forms: nplurals=2; plural=(n != 1);\n"
        "X-Generator: publish\n"
    )


def test_a_template_is_fuzzy_and_a_catalog_is_not():
    assert template().is_fuzzy
    assert not catalog().is_fuzzy


def test_a_template_says_which_rules_made_its_msgids():
    assert template().msgstr.endswith("X-Generator: publish\nX-Publish-Extraction: 2\n")


def test_a_template_names_plural_forms_only_if_it_has_some():
    assert "Plural-Forms" not in template().msgstr
    assert "nplurals=INTEGER" in template(plurals=True).msgstr


def test_without_an_address_of_the_team_that_for_reports_stands_in():
    fields = catalog(team="Clinic").msgstr
    assert "Last-Translator: info@clinic.example\n" in fields
    assert "Language-Team: Clinic\n" in fields


def test_without_any_address_the_header_says_how_it_was_made():
    fields = catalog(team="", bugs="").msgstr
    assert "Last-Translator: Automatically generated\n" in fields
    assert "Language-Team: none\n" in fields


def test_a_value_cannot_add_a_field():
    assert "\nX-Evil" not in catalog(project="Clinic\nX-Evil: yes").msgstr


MESSAGES = (
    Message("Hello", ("Merhaba",), msgctxt="title", references=("source/x.md",)),
    Message("%d day", ("%d gün", "%d gün"), msgid_plural="%d days"),
)


@needs_gettext
@pytest.mark.parametrize("header", [catalog(), template(plurals=True)])
def test_a_new_header_is_as_msgcat_writes_it(header):
    text = compose(Catalog(header))
    assert msgcat(text) == text


@needs_gettext
def test_msgfmt_finds_nothing(tmp_path):
    path = tmp_path / "tr.po"
    path.write_text(compose(Catalog(catalog(), MESSAGES)), encoding="utf-8")
    done = subprocess.run(
        ["msgfmt", "-c", "-o", "/dev/null", path], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


@needs_i18nspector
@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("tr.po", Catalog(catalog(team="T <t@gnu.org>", bugs="b@gnu.org"), MESSAGES)),
        ("x.pot", Catalog(template(bugs="b@gnu.org"), (Message("Hello"),))),
    ],
    ids=["catalog", "template"],
)
def test_i18nspector_finds_no_error_and_no_warning(tmp_path, name, made):
    path = tmp_path / name
    path.write_text(compose(made), encoding="utf-8")
    done = subprocess.run(
        ["i18nspector", path], capture_output=True, check=False, text=True
    )
    serious = [line for line in done.stdout.splitlines() if line[:1] in "EW"]
    assert serious == []


@needs_i18nspector
def test_of_a_reserved_domain_i18nspector_only_warns(tmp_path):
    path = tmp_path / "tr.po"
    path.write_text(compose(Catalog(catalog(), MESSAGES)), encoding="utf-8")
    done = subprocess.run(
        ["i18nspector", path], capture_output=True, check=False, text=True
    )
    assert "E:" not in done.stdout
    warnings = [line for line in done.stdout.splitlines() if line.startswith("W:")]
    assert all("clinic.example" in line for line in warnings)
