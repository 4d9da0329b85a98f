import pytest
from hypothesis import given

from pipeline.errors import TokensBroken
from pipeline.masking import Dialect, mask, read, written
from tests.masking.test_tokens import TEXTS


@given(TEXTS)
def test_tags_and_back_give_the_tokens(text):
    masked = mask(text)
    for dialect in Dialect:
        assert read(written(masked, dialect), masked, dialect) == masked.text


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Dear {{ name }},", 'Dear <x id="1"/>,'),
        ("Take **two** & 3 < 4", 'Take <g id="1">two</g> &amp; 3 &lt; 4'),
        (
            "See [our *own* page](https://a.example)",
            'See <g id="1">our <g id="2">own</g> page</g>',
        ),
        ("Take <b>two</b><br>", 'Take <g id="1">two</g><x id="3"/>'),
        ("a </b> stray one", 'a <x id="1"/> stray one'),
    ],
)
def test_what_is_masked_is_a_tag_in_well_formed_xml(text, tags):
    assert written(mask(text), Dialect.TAGS) == tags


@pytest.mark.parametrize(
    ("answer", "tokens"),
    [
        ('iki <g id="1">al</g>', "iki [X1X]al[X2X]"),
        ("iki < g id = '1' >al</ g >", "iki [X1X]al[X2X]"),
        ('iki <G ID="1">al</G>', "iki [X1X]al[X2X]"),
        ("iki <g id=„1“>al</g>", "iki [X1X]al[X2X]"),
        ('<g id="1"/> iki al', "[X1X][X2X] iki al"),
        ('<g id="1">al</g> &lt; &AMP; &#39;', "[X1X]al[X2X] < & '"),
        ('<g id="9">al</g>', "[X9X]al[X0X]"),
        ('<x id="7"></x>', "[X7X]"),
    ],
)
def test_tags_are_read_however_they_are_written(answer, tokens):
    assert read(answer, mask("Take **two**"), Dialect.TAGS) == tokens


@pytest.mark.parametrize("answer", ["iki</g> al", "<g>iki</g>"])
def test_a_tag_that_cannot_be_placed_is_broken(answer):
    with pytest.raises(TokensBroken):
        read(answer, mask("Take **two**"), Dialect.TAGS)
