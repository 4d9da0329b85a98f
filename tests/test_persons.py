import pytest

from pipeline.persons import is_known, may_be_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Head of dermatology", "head of  Dermatology"),
        ("İpek Işık", "ipek isik"),
        ("IŞIK İPEK", "İpek Işık <i@clinic.example>"),
        ("Işık, İpek", "İpek Işık"),
        ("Dr. Translator One", "Translator One, dermatologist"),
        ("Translator One, nurse", "Translator One, reviewer"),
        ("One <T@Clinic.example>", "Other <t@clinic.example>"),
        ("t@clinic.example", "Translator <t@clinic.example>"),
        ("t@clinic.example", "Translator"),
        ("Translator <a@clinic.example>", "Translator <b@clinic.example>"),
        ("Trans\u200blator", "Translator"),
        ("Translator", "Translator One"),
        ("Translator, nurse", "Translator One <t@clinic.example>"),
        ("Translator One", "TranslatorOne"),
        ("Translator One", "Translator_One"),
        ("Translator One", "Translator\u00adOne"),
        ("Translator One", "Тrаnslаtоr Оnе"),
        ("Translator One", "T. One"),
        ("Translator One", "Translator O."),
        ("Translator One", "Translator Second One"),
        ("Translator One", "Translator One (at home)"),
        ("Übersetzer Eins", "Uebersetzer Eins"),
        ("", "Translator"),
        ("FULL NAME <EMAIL@ADDRESS>", "Translator"),
        ("Automatically generated", "Translator"),
    ],
)
def test_these_may_be_one_person(one, other):
    assert may_be_same(one, other)
    assert may_be_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Translator", "Reviewer"),
        ("Translator One", "Translator Two"),
        ("Translator One", "T. Two"),
        ("Translator One", "Reviewer O."),
        ("Yılmaz Two Three", "Yılmaz Three Four"),
        ("Translator, nurse", "Reviewer, nurse"),
        ("Yılmaz, Translator", "Yılmaz, Reviewer"),
        ("a@clinic.example", "b@clinic.example"),
        ("Translator <a@clinic.example>", "Reviewer"),
        ("د. ليلى", "د. سارة"),
        ("Dr.", "Prof."),
    ],
)
def test_these_are_two(one, other):
    assert not may_be_same(one, other)
    assert not may_be_same(other, one)


@pytest.mark.parametrize("text", ["", " ", "—", "none", "Full  Name <email@address>"])
def test_what_stands_for_nobody_is_no_name(text):
    assert not is_known(text)
