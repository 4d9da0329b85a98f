import pytest

from pipeline.checks import CheckContext
from pipeline.checks.glossary import Glossary
from pipeline.model.catalog import Message
from pipeline.model.term import Term

TERMS = {
    "tr": (
        Term("stem cell", "kök hücre"),
        Term("stem cell therapy", "kök hücre tedavisi"),
        Term("scalp", "saçlı deri"),
        Term("scalp", "kafa derisi", "admitted"),
        Term("patient", "müşteri", "forbidden"),
        Term("book", "kitap"),
        Term("hair", "saç"),
        Term("IRON", "İYON", case="any"),
        Term("empty", ""),
    ),
    "ar": (Term("stem cell", "خلية جذعية"), Term("treatment", "علاج")),
    "de": (Term("hair transplant", "Haartransplantation"),),
    "ja": (Term("stem cell", "幹細胞"),),
}
GOOD = [
    ("tr", "Stem cells help.", "Kök hücrelerin yararı vardır."),
    ("tr", "Stem cell therapy works.", "Kök hücre tedavisinde sonuç alınır."),
    ("tr", "Massage the scalp.", "Kafa derisine masaj yapın."),
    ("tr", "The patient's book", "Hastanın kitabı"),
    ("tr", "`stem cell`", "`stem cell`"),
    ("tr", "Chair", "Sandalye"),
    ("tr", "Iron", "iyon"),
    ("tr", "empty", "boş"),
    ("ar", "The treatment", "بالعلاج"),
    ("de", "Hair transplants", "Haartransplantationen"),
    ("ja", "Stem cells", "幹細胞とは"),
    ("fr", "Stem cells", "Cellules souches"),
]
BAD = [
    ("tr", "Stem cells help.", "Ana hücreler yararlıdır.", "kök hücre"),
    ("tr", "Stem cell therapy works.", "Kök hücre sonuç verir.", "tedavisi"),
    ("tr", "Dear patient", "Sayın müşterimiz", "forbids"),
    ("tr", "Massage the scalp.", "Başa masaj yapın.", "saçlı deri"),
    ("ar", "The treatment", "الدواء", "علاج"),
    ("de", "Hair transplants", "Haarverpflanzung", "Haartransplantation"),
    ("ja", "Stem cells", "ステムセル", "幹細胞"),
]


def glossary(locale, source, msgstr):
    context = CheckContext(locale, terms=TERMS.get(locale, ()))
    return list(Glossary()(Message(source, (msgstr,)), context))


@pytest.mark.parametrize(("locale", "source", "msgstr"), GOOD)
def test_terms_pass_with_any_ending(locale, source, msgstr):
    assert glossary(locale, source, msgstr) == []


@pytest.mark.parametrize(("locale", "source", "msgstr", "said"), BAD)
def test_another_word_is_told(locale, source, msgstr, said):
    (remark,) = glossary(locale, source, msgstr)
    assert said in remark.message


def test_one_check_serves_several_glossaries():
    check = Glossary()
    message = Message("Stem cells", ("Stammzellen",))
    counts = [
        len(list(check(message, CheckContext("tr", terms=TERMS[locale]))))
        for locale in ("tr", "de", "tr")
    ]
    assert counts == [1, 0, 1]


def test_a_glossary_of_empty_rows_finds_nothing():
    context = CheckContext("tr", terms=(Term("hair", " "),))
    assert list(Glossary()(Message("hair", ("x",)), context)) == []
