"""Addresses made of words."""

import re
import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.slugs import MAX_LENGTH, heading_id, quoted, slugify, topic_slug


@pytest.mark.parametrize(
    ("locale", "text", "slug"),
    [
        ("tr", "Saç Dökülmesi Geri Çevrilir mi?", "sac-dokulmesi-geri-cevrilir-mi"),
        ("tr", "IĞDIR’da ışık, İzmir'de güneş", "igdirda-isik-izmirde-gunes"),
        ("az", "Dəri və saç", "deri-ve-sac"),
        ("de", "Größe der Äpfel für 5 %", "groesse-der-aepfel-fuer-5"),
        ("de-AT", "Überblick", "ueberblick"),
        ("sv", "Å, ä och ö", "a-a-och-o"),
        ("da", "Smørrebrød på Åland", "smoerrebroed-paa-aaland"),
        ("fr", "Crème brûlée d’été", "creme-brulee-dete"),
        ("pl", "Łódź", "lodz"),
        ("en", "  Stem—cells (2026)!  ", "stem-cells-2026"),
        ("en", "U\u0308ber", "uber"),
        ("ar", "تساقط الشعر", ""),
        ("ar", "علاج PRP للشعر", "prp"),
        ("ru", "Волосы", ""),
        ("en", "../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_slug_is_folded_as_its_language_folds(locale, text, slug):
    assert slugify(text, locale=locale) == slug


def test_a_long_slug_is_cut_at_a_word():
    slug = slugify("wonder " * 30, locale="en")
    assert len(slug) <= MAX_LENGTH
    assert set(slug.split("-")) == {"wonder"}


def test_a_long_word_is_cut_where_it_must_be():
    assert slugify("a" * 200, locale="en") == "a" * MAX_LENGTH


@given(st.text(max_size=120), st.sampled_from(["tr", "de", "ar", "en"]))
def test_a_slug_is_always_fit_for_an_address_and_folds_to_itself(text, locale):
    slug = slugify(text, locale=locale)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    assert len(slug) <= MAX_LENGTH
    assert slugify(slug, locale=locale) == slug


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Olası Riskler", "olası-riskler"),
        ("İşlem", "işlem"),
        ("المخاطر المحتملة", "المخاطر-المحتملة"),
        ("What's it to you?", "whats-it-to-you"),
        ("क्या है", "क्या-है"),
        ("…", "section"),
        ("", "section"),
    ],
)
def test_an_anchor_keeps_its_letters(text, anchor):
    assert heading_id(text, ()) == anchor


def test_equal_headings_have_different_anchors():
    taken: list[str] = []
    for _ in range(5):
        taken.append(heading_id("Dose", taken))
    assert taken == ["dose", "dose-2", "dose-3", "dose-4", "dose-5"]


def test_twenty_thousand_equal_headings_cost_no_square():
    taken: set[str] = set()
    lookups = 0

    class Counted(set[str]):
        def __contains__(self, item: object) -> bool:
            nonlocal lookups
            lookups += 1
            return item in taken

    for _ in range(20_000):
        taken.add(heading_id("Dose", Counted()))
    assert len(taken) == 20_000
    assert lookups < 20_000 * 40


@given(
    st.text(st.sampled_from("aZİışé9٣²ـ -_–’'.?\u0301\u064b\u200b字") | st.characters())
)
def test_an_anchor_has_its_letters_and_else_only_what_parts_words(text):
    lowered = unicodedata.normalize("NFC", text).replace("İ", "i").lower()
    kept = "".join(
        char if char.isalnum() or unicodedata.category(char)[0] == "M" else "-"
        for char in lowered
        if char not in "’'"
    )
    assert heading_id(text, ()) == ("-".join(re.findall("[^-]+", kept)) or "section")


@given(st.text(max_size=60), st.sets(st.text(max_size=20), max_size=5))
def test_an_anchor_is_never_one_that_is_taken(text, taken):
    anchor = heading_id(text, taken)
    assert anchor not in taken
    assert not re.search(r"\s", anchor)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Saç Ekimi, İğne & Işık", "sac-ekimi-igne-isik"),
        ("H₂O²", "h2o2"),
        ("МРТ тест", "мрт-тест"),
        ("ПЦР тест 1", "пцр-тест-1"),
        ("Straße ПЦР", "straße-пцр"),
        ("العناية", "العناية"),
        ("♥", ""),
        ("…", ""),
    ],
)
def test_a_topic_keeps_the_letters_that_have_no_latin_one(text, slug):
    assert topic_slug(text, locale="en") == slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("HIV+", "hiv-plus"),
        ("HIV-", "hiv-minus"),
        ("HIV−", "hiv-minus"),
        ("HIV", "hiv"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("hair - care", "hair-care"),
        ("covid-19", "covid-19"),
        ("a+b", "a-b"),
    ],
)
def test_a_sign_that_makes_another_topic_is_in_its_address(text, slug):
    assert topic_slug(text, locale="en") == slug


def test_the_address_of_a_topic_fits_the_name_of_a_folder():
    assert len(topic_slug("頭皮 " * 100, locale="ja").encode()) < 255


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_path_in_an_address_is_percent_encoded(path):
    assert quoted(path) == quote(path)
