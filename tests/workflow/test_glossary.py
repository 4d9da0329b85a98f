"""`publish glossary`, on whole sites."""

import pytest

from pipeline.glossary import compose_tbx, parse_glossary
from pipeline.model.term import Term
from tests.builders import make_site, publish, put
from tests.glossary.test_tbx import MARTIF

GLOSSARY = "term,translation,status,note\nhair loss,saç dökülmesi,,\nscalp,kafa derisi,forbidden,slang\n"
FILE = "locales/tr/glossary.csv"


@pytest.fixture
def root(tmp_path):
    return make_site(tmp_path / "site", {FILE: GLOSSARY})


def glossary(root):
    text = (root / FILE).read_text(encoding="utf-8")
    return parse_glossary(text, path=FILE)


def test_a_csv_file_is_added(root, tmp_path):
    file = tmp_path / "new.csv"
    file.write_text("term,translation\nHair loss,saç dökülmesi\ngraft,greft\n")

    ran = publish(root, "glossary", "import", str(file), "--json")

    assert ran.code == 0
    assert ran.json == {
        "locales": [{"locale": "tr", "new": 1, "changed": 0, "kept": 1}],
        "errors": [],
    }
    assert (root / FILE).read_text() == GLOSSARY + "graft,greft,preferred,\n"


def test_importing_twice_changes_nothing(root, tmp_path):
    file = tmp_path / "new.tbx"
    file.write_text(MARTIF)
    assert publish(root, "glossary", "import", str(file)).out == (
        "tr: 5 new, 1 changed, 0 kept\n"
    )
    before = (root / FILE).stat()

    ran = publish(root, "glossary", "import", str(file))

    assert ran.out == "tr: 0 new, 0 changed, 6 kept\n"
    assert (root / FILE).stat() == before


def test_a_tbx_file_is_for_every_language_that_it_has(tmp_path):
    config = (
        'title = "x"\nbase_url = "https://clinic.example/"\nlocales = ["tr", "ar"]\n'
    )
    root = make_site(tmp_path / "site", {"publish.toml": config})
    file = put(tmp_path, {"x.tbx": MARTIF}) / "x.tbx"

    ran = publish(root, "glossary", "import", str(file), "--json")

    assert [(each["locale"], each["new"]) for each in ran.json["locales"]] == [
        ("tr", 6),
        ("ar", 0),
    ]
    assert not (root / "locales/ar/glossary.csv").exists()
    assert "nothing from en into ar; it has en-US, tr-TR" in ran.err


def test_a_contradiction_is_refused_with_both_places(root, tmp_path):
    file = put(tmp_path, {"x.csv": "term,translation\n\nscalp,kafa derisi\n"}) / "x.csv"

    ran = publish(root, "glossary", "import", str(file), "--json")

    assert ran.code == 1
    (error,) = ran.json["errors"]
    assert (error["path"], error["line"]) == (str(file), 3)
    assert f"{FILE}:3" in error["message"]
    assert (root / FILE).read_text() == GLOSSARY


def test_a_csv_file_is_for_one_language(tmp_path):
    config = (
        'title = "x"\nbase_url = "https://clinic.example/"\nlocales = ["tr", "ar"]\n'
    )
    root = make_site(tmp_path, {"publish.toml": config, "x.csv": GLOSSARY})

    ran = publish(root, "glossary", "import", str(root / "x.csv"))

    assert ran.code == 2
    assert "--lang tr or --lang ar" in ran.err


def test_a_file_that_is_not_there_is_an_error(root):
    assert publish(root, "glossary", "import", "no.tbx").code == 1


def test_an_action_without_its_object_says_so(root):
    for action in ("import", "search"):
        assert publish(root, "glossary", action).code == 2


@pytest.mark.parametrize("name", ["out.csv", "out.tbx"])
def test_what_is_exported_can_be_imported(root, tmp_path, name):
    file = tmp_path / name
    ran = publish(root, "glossary", "export", str(file), "--json")
    assert ran.json == {"terms": 2, "path": str(file), "errors": []}
    before = glossary(root)
    (root / FILE).unlink()

    assert publish(root, "glossary", "import", str(file)).code == 0
    assert glossary(root) == before


def test_without_a_file_the_export_is_printed(root):
    assert parse_glossary(
        publish(root, "glossary", "export").out, path="x"
    ) == glossary(root)
    units = publish(root, "glossary", "export", "--json").json["units"]
    assert [(unit["term"], unit["line"]) for unit in units] == [
        ("hair loss", 2),
        ("scalp", 3),
    ]


@pytest.mark.parametrize("name", ["out.doc", "{root}/locales/glossary.tbx"])
def test_an_export_goes_to_a_glossary_outside_of_the_site(root, tmp_path, name):
    file = tmp_path / name.format(root=root)
    assert publish(root, "glossary", "export", str(file)).code in {1, 2}
    assert not file.exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hair loss is common", ["hair loss"]),
        ("saçların dökülmesinden", ["hair loss"]),
        ("SLANG", ["scalp"]),
        ("knee", []),
    ],
)
def test_terms_are_searched_in_both_languages_and_in_notes(root, text, found):
    units = publish(root, "glossary", "search", text, "--json").json["units"]
    assert [unit["term"] for unit in units] == found
    assert publish(root, "glossary", "search", text).out.count("preferred") == len(
        [name for name in found if name == "hair loss"]
    )


def test_the_glossary_of_all_languages_is_read_too(root):
    text = compose_tbx(
        [Term("graft", "greft"), Term("hair loss", "saç dökülmesi")],
        source="en",
        target="tr",
    )
    put(root, {"locales/glossary.tbx": text})

    units = publish(root, "glossary", "search", "a graft", "--json").json["units"]

    assert [(unit["path"], unit["line"]) for unit in units] == [
        ("locales/glossary.tbx", 15)
    ]
    assert len(publish(root, "glossary", "export", "--json").json["units"]) == 3


def test_two_glossaries_that_contradict_each_other_are_an_error(root):
    text = compose_tbx([Term("scalp", "kafa derisi")], source="en", target="tr")
    put(root, {"locales/glossary.tbx": text})
    publish(root, "extract")

    ran = publish(root, "check", "--json")

    assert ran.code == 1
    assert any(FILE in error["message"] for error in ran.json["errors"])
