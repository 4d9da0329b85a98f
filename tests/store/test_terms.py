import pytest

from pipeline.errors import SourceError, StoreError
from pipeline.model.term import Term
from pipeline.store.terms import read_terms, terms_path


def test_the_terms_of_a_locale_are_read(tmp_path):
    path = terms_path(tmp_path, "pt-BR")
    path.parent.mkdir(parents=True)
    path.write_text("term,translation\nhair,cabelo\n", encoding="utf-8")
    assert path.relative_to(tmp_path).as_posix() == "locales/pt_BR/glossary.csv"
    assert read_terms(tmp_path, "pt-BR") == (Term("hair", "cabelo"),)


def test_a_locale_without_a_glossary_has_no_terms(tmp_path):
    assert read_terms(tmp_path, "tr") == ()


def test_a_glossary_that_is_not_utf_8_is_refused_with_its_line(tmp_path):
    path = terms_path(tmp_path, "tr")
    path.parent.mkdir(parents=True)
    path.write_bytes("term,translation\nhair,saç\n".encode("iso-8859-9"))
    with pytest.raises(SourceError) as caught:
        read_terms(tmp_path, "tr")
    assert (caught.value.path, caught.value.line) == ("locales/tr/glossary.csv", 2)


def test_a_glossary_that_cannot_be_read_is_an_error(tmp_path):
    terms_path(tmp_path, "tr").mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be read"):
        read_terms(tmp_path, "tr")
