import pytest

from pipeline.engines.apertium.pairs import find_pair
from pipeline.errors import UnsupportedLocale


@pytest.mark.parametrize(
    ("source", "target", "known", "pair"),
    [
        ("en", "es", {"eng-spa"}, ("eng", "spa")),
        ("en-GB", "es-MX", {"eng-spa"}, ("eng", "spa")),
        ("en", "gl", {"en-gl"}, ("en", "gl")),
        ("es", "pt-BR", {"spa-por", "spa-por_BR"}, ("spa", "por_BR")),
        ("es", "pt-BR", {"spa-por"}, ("spa", "por")),
        ("en", "hr", {"eng-hbs_HR"}, ("eng", "hbs_HR")),
    ],
)
def test_a_pair_is_found_by_whatever_name_it_has(source, target, known, pair):
    assert find_pair(source, target, known) == pair


def test_a_pair_of_another_language_is_not_taken():
    with pytest.raises(UnsupportedLocale):
        find_pair("en", "tr", {"eng-spa"})
