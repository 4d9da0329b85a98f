import pytest

from tests.builders import (
    CONFIG,
    make_site,
    po_path,
    publish,
    publish_process,
    put,
    translate,
)

DOSE = "Take 5 mg in the evening."
SCALP = "locales/tr/LC_MESSAGES/articles/scalp.po"
STRAY = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: {language}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Take 5 mg."
msgstr "50 mg alın."
"""


def findings(ran):
    return [
        (each["file"], each["check"], each["severity"]) for each in ran.json["findings"]
    ]


def test_a_finding_says_where_what_and_how_bad(turkish):
    translate(turkish, {DOSE: "Akşamları 50 mg alın."})

    ran = publish(turkish, "check", "--json")

    (finding,) = ran.json["findings"]
    lines = po_path(turkish).read_text("utf-8").splitlines()
    assert ran.code == 1
    assert lines[finding["line"] - 1] == f'msgid "{DOSE}"'
    assert "50 mg" in finding.pop("message")
    del finding["line"]
    assert finding == {
        "file": SCALP,
        "locale": "tr",
        "msgctxt": None,
        "msgid": DOSE,
        "check": "numbers",
        "severity": "error",
    }


def test_a_fuzzy_entry_is_looked_at_too(turkish):
    translate(turkish, {DOSE: "Akşamları 50 mg alın."}, flags=("fuzzy",))

    assert publish(turkish, "check").code == 1


def test_a_broken_catalog_is_one_finding_and_the_others_are_checked(turkish):
    put(turkish, {"source/articles/two.md": "# Two\n\nTake 5 mg.\n"})
    publish(turkish, "extract")
    translate(turkish, {"Take 5 mg.": "50 mg alın."}, domain="articles/two")
    po_path(turkish).write_bytes(po_path(turkish).read_bytes()[:-30])

    ran = publish(turkish, "check", "--json")

    broken = ran.json["findings"][0]
    assert ran.code == 1
    assert findings(ran) == [
        (SCALP, "catalog", "error"),
        ("locales/tr/LC_MESSAGES/articles/two.po", "numbers", "error"),
    ]
    assert (broken["msgid"], broken["msgctxt"]) == (None, None)
    assert broken["line"] > 0


def test_a_comment_of_the_translator_silences_a_finding(turkish):
    translate(turkish, {DOSE: "Akşamları 50 mg alın."})
    path = po_path(turkish)
    text = path.read_text("utf-8").replace(
        f'#. paragraph\n#: source/articles/scalp.md\nmsgid "{DOSE}"',
        "# publish: ignore=numbers the English is wrong\n"
        f'#. paragraph\n#: source/articles/scalp.md\nmsgid "{DOSE}"',
    )
    path.write_text(text, "utf-8")

    assert publish(turkish, "check", "--json").json["findings"] == []


def test_only_the_locales_asked_for_are_checked(tmp_path):
    make_site(tmp_path, {"publish.toml": CONFIG.replace('"tr"', '"tr", "ar"')})
    publish(tmp_path, "extract")
    translate(tmp_path, {DOSE: "Akşamları 50 mg alın."})

    assert publish(tmp_path, "check", "--lang", "ar").code == 0
    assert publish(tmp_path, "check", "--lang", "tr").code == 1


def test_the_glossary_of_the_locale_is_used(turkish):
    put(turkish, {"locales/tr/glossary.csv": "term,translation\nhair,kıl\n"})

    ran = publish(turkish, "check", "--json")

    assert {check for _, check, _ in findings(ran)} == {"glossary"}


def test_a_stray_catalog_is_checked_outside_a_site(tmp_path):
    path = tmp_path / "başka dosya.po"
    path.write_text(STRAY.format(language="tr"), "utf-8")

    ran = publish_process(tmp_path, "check", path.name, "--json")

    (finding,) = ran.json["findings"]
    assert ran.code == 1
    assert (finding["locale"], finding["check"]) == ("tr", "numbers")
    assert finding["file"] == "başka dosya.po"


@pytest.mark.parametrize(
    ("language", "asked", "locale"),
    [
        ("pt_BR", (), "pt-BR"),
        ("", ("--lang", "de"), "de"),
        ("tr", ("--lang", "de"), "de"),
    ],
)
def test_its_locale_is_the_headers_unless_it_is_named(
    tmp_path, language, asked, locale
):
    path = tmp_path / "stray.po"
    path.write_text(STRAY.format(language=language), "utf-8")

    ran = publish(tmp_path, "check", *asked, str(path), "--json")

    assert {each["locale"] for each in ran.json["findings"]} == {locale}


@pytest.mark.parametrize("language", ["", "klingon", "x" * 50, "../../etc"])
def test_a_header_without_a_known_language_is_no_trouble(tmp_path, language):
    path = tmp_path / "stray.po"
    path.write_text(STRAY.format(language=language), "utf-8")

    ran = publish(tmp_path, "check", str(path), "--json")

    assert ran.code == 1
    assert "Traceback" not in ran.err


def test_a_broken_stray_catalog_is_one_finding(tmp_path):
    path = tmp_path / "stray.po"
    path.write_text(STRAY.format(language="tr")[:-5], "utf-8")

    ran = publish(tmp_path, "check", str(path), "--json")

    (finding,) = ran.json["findings"]
    assert (ran.code, finding["check"], finding["line"]) == (1, "catalog", 8)
    assert finding["locale"] in {"", "tr"}


def test_a_catalog_of_the_site_is_named_below_its_root(turkish):
    translate(turkish, {DOSE: "Akşamları 50 mg alın."})

    ran = publish(turkish, "check", str(po_path(turkish)), "--json")

    assert {each["file"] for each in ran.json["findings"]} == {SCALP}


def test_more_than_one_locale_cannot_be_meant_for_a_file(turkish):
    ran = publish(
        turkish, "check", "--lang", "tr", "--lang", "ar", str(po_path(turkish))
    )

    assert ran.code == 2


def test_nothing_is_written(turkish):
    before = {path: path.read_bytes() for path in turkish.rglob("*.po*")}

    publish(turkish, "check")

    assert {path: path.read_bytes() for path in turkish.rglob("*.po*")} == before


def test_what_is_translated_in_another_way_elsewhere_in_the_site_is_found(turkish):
    call, asked = "Call the clinic at once.", "How is the skin of the head washed?"
    for name in "bcd":
        text = f"# Of {name}\n\n{call}\n\n{asked}\n"
        put(turkish, {f"source/articles/{name}.md": text})
    publish(turkish, "extract")
    for name, said in (
        ("b", "Hemen kliniği arayın."),
        ("c", "Hemen kliniği arayın."),
        ("d", "Kliniğe gecikmeden telefon edin."),
    ):
        words = {call: said, asked: "Baş derisi nasıl yıkanır?"}
        translate(turkish, words, domain=f"articles/{name}")

    ran = publish(turkish, "check", "--json")

    found = [each for each in ran.json["findings"] if each["check"] == "inconsistent"]
    assert [(each["file"], each["msgid"]) for each in found] == [
        ("locales/tr/LC_MESSAGES/articles/d.po", call)
    ]
