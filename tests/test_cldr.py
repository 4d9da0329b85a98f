import pytest
from babel import Locale

from pipeline import cldr
from pipeline.cldr import full_locale


@pytest.mark.parametrize(
    ("tag", "gettext"),
    [
        ("tr", "tr"),
        ("pt-BR", "pt_BR"),
        ("zh-Hans", "zh_CN"),
        ("zh-Hant", "zh_TW"),
        ("sr-Latn", "sr@latin"),
    ],
)
def test_bcp47_and_gettext_spell_one_locale(tag, gettext):
    assert cldr.gettext_locale(tag) == gettext
    assert cldr.bcp47_locale(gettext) == tag


@pytest.mark.parametrize(
    ("careless", "tag"),
    [("pt_BR", "pt-BR"), ("TR", "tr"), ("zh_CN", "zh-Hans"), ("tr_TR.UTF-8", "tr-TR")],
)
def test_a_careless_spelling_has_a_canonical_one(careless, tag):
    assert cldr.canonical(careless) == tag


@pytest.mark.parametrize("tag", ["tr", "en-XA", "gsw", "de-AT", "es-419"])
def test_a_language_of_cldr_is_known(tag):
    assert cldr.is_known(tag)


@pytest.mark.parametrize("tag", ["xx", "pt_BR", "de-QQ", "", "turkish"])
def test_anything_else_is_not(tag):
    assert not cldr.is_known(tag)


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("ar", "rtl"),
        ("he", "rtl"),
        ("fa", "rtl"),
        ("az-Arab", "rtl"),
        ("en-XB", "rtl"),
        ("tr", "ltr"),
        ("uz-Cyrl", "ltr"),
        ("not a tag", "ltr"),
    ],
)
def test_the_direction_follows_the_script(tag, direction):
    assert cldr.direction(tag) == direction


@pytest.mark.parametrize(
    ("tag", "header"),
    [
        ("tr", "nplurals=2; plural=(n != 1);"),
        ("de", "nplurals=2; plural=(n != 1);"),
        ("ja", "nplurals=1; plural=0;"),
        ("pt-BR", "nplurals=2; plural=(n > 1);"),
    ],
)
def test_a_new_catalog_gets_the_usual_plural_header(tag, header):
    assert cldr.plural_forms(tag) == header


def test_arabic_has_six_forms_in_the_order_of_gettext():
    assert cldr.plural_forms("ar").startswith("nplurals=6; plural=(n==0 ? 0")
    assert "n%100>=11 && n%100<=99 ? 4 : 5" in cldr.plural_forms("ar")


@pytest.mark.parametrize(
    ("tag", "name"),
    [("tr", "Türkçe"), ("ar", "العربية"), ("de", "Deutsch"), ("en-XA", "[Åççéñţš]")],
)
def test_a_language_has_a_name_in_itself(tag, name):
    assert cldr.display_name(tag) == name


@pytest.mark.parametrize("tag", ["az", "bg", "fa", "he", "ja", "pt", "uz", "zh"])
def test_a_common_language_has_the_name_that_cldr_gives_it(tag):
    name = Locale.parse(tag).get_display_name() or ""

    assert cldr.display_name(tag).casefold() == name.casefold()


def test_a_language_has_a_name_in_another():
    assert cldr.display_name("tr", "de") == "Türkisch"


def test_pseudo_locales_borrow_english_for_dates():
    assert cldr.babel_locale("en-XA") == "en"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("tr", "tr_TR"),
        ("ar", "ar_EG"),
        ("pt-BR", "pt_BR"),
        ("zh-Hans", "zh_CN"),
        ("zh-Hant", "zh_TW"),
        ("sr-Latn", "sr_RS"),
        ("en-XA", "en_US"),
        ("eo", "eo"),
    ],
)
def test_a_language_is_most_likely_read_in_a_territory(tag, expected):
    assert full_locale(tag) == expected


def test_where_a_language_is_read_is_as_cldr_has_it(monkeypatch):
    known = dict(cldr._TERRITORIES)
    monkeypatch.setattr(cldr, "_TERRITORIES", {})
    asked = {tag: full_locale.__wrapped__(tag) for tag in cldr._COMMON}

    assert known.keys() == cldr._COMMON
    assert asked == {tag: f"{tag}_{territory}" for tag, territory in known.items()}


def test_a_territory_without_data_has_the_plurals_of_its_language():
    assert cldr.plural_forms("ku-IQ") == cldr.plural_forms("ku")


def test_a_date_is_in_the_order_of_the_locale():
    orders = {tag: cldr.date_order(tag) for tag in ("tr", "en", "en-GB", "ja", "fa")}
    assert orders == {
        "tr": "dmy",
        "en": "mdy",
        "en-GB": "dmy",
        "ja": "ymd",
        "fa": "ymd",
    }


def test_months_have_their_names_in_every_context():
    march = cldr.month_names("ru")[2]
    assert march[:2] == ("марта", "март")


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("nplurals=2; plural=(n != 1);", (2, "(n != 1)")),
        (" nplurals = 1 ; plural = 0", (1, "0")),
        ("nplurals=INTEGER; plural=EXPRESSION;", (0, "")),
    ],
)
def test_the_rule_of_a_plural_header_is_read(value, rule):
    assert cldr.plural_rule(value) == rule


@pytest.mark.parametrize(
    ("tag", "marks"),
    [
        ("en", "“”‘’"),
        ("tr", "“”‘’"),
        ("ar", "”“’‘"),
        ("de-AT", "„“‚‘"),
        ("pt", "“”‘’"),
        ("pt-PT", "«»“”"),
        ("zh-Hant", "「」『』"),
        ("zh", "“”‘’"),
        ("xx", "“”‘’"),
    ],
)
def test_a_quotation_has_the_marks_that_cldr_gives_its_language(tag, marks):
    assert "".join(cldr.quotation_marks(tag)) == marks
