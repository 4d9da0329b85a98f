import pytest

from pipeline.confusables import latin_looks, looks_latin, scripts, skeleton


@pytest.mark.parametrize(
    ("host", "other"),
    [
        ("clinic.example", "clіnic.example"),
        ("clinic.example", "c1inic.example"),
        ("clinic.example", "CLINIC.example"),
        ("modern.example", "modem.example"),
        ("wave.example", "vvave.example"),
        ("foo.example", "f00.example"),
        ("clinic.example", "clínic.example"),
    ],
)
def test_hosts_that_look_alike_have_one_skeleton(host, other):
    assert skeleton(host) == skeleton(other)


def test_other_hosts_have_other_skeletons():
    assert skeleton("clinic.example") != skeleton("hospital.example")


def test_a_word_is_told_by_the_letters_that_it_looks_like():
    assert latin_looks("сосо") == "coco"
    assert looks_latin("сосо")
    assert not looks_latin("больница")
    assert not looks_latin("123")


def test_the_alphabets_of_a_word_are_named():
    assert scripts("pаypal") == ("Latin", "Cyrillic")
    assert scripts("μg") == ("Latin", "Greek")
    assert scripts("12") == ()
