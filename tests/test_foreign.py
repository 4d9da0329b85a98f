import pytest

from pipeline.foreign import foreign
from pipeline.model.catalog import Message

OURS = frozenset({"clinic.example"})


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("Read [more](a.md).", "[Devamını](a.md) oku.", []),
        ("Read more.", "[Devamı](https://clinic.example/x)", []),
        ("Read more.", "[Devamı](b.md)", []),
        ("Read more.", "<bdi>Devamı</bdi> <span lang='en' dir=ltr>x</span>", []),
        ("Read **more**.", "*Devamı*", []),
        ("Read more.", "[Devamı](https://evil.example/)", ["evil.example"]),
        ("Read more.", "Devamı: https://evil.example/", ["evil.example"]),
        ("Read more.", "Devamı: www.evil.example", ["www.evil.example"]),
        ("Read more.", "Devamı: a@evil.example", ["evil.example"]),
        ("Read more.", "[Devamı](//evil.example/x)", ["evil.example"]),
        ("Read more.", "[Devamı](\\\\evil.example/x)", ["evil.example"]),
        ("Read more.", "[Devamı](ht&#9;tps://evil.example/x)", ["evil.example"]),
        ("Read more.", "[Devamı](java&#9;script:alert(1))", ["javascript:"]),
        ('<a href="a.md">More</a>', "<a href='//evil.example'>x</a>", ["evil.example"]),
        ("Read more.", "<A\nid=x HREF=https://evil.example>x</a>", ["evil.example"]),
        ("Read more.", "<b>Devamı</b> <img src='x.png'>", []),
        ("Read.", "<img src='https://evil.example/x'>", ["evil.example"]),
        ("Read.", "<i title=www.evil.example>x</i>", ["www.evil.example"]),
        ("Call [us](tel:+15550100).", "[Ara](tel:+905550100)", []),
    ],
)
def test_what_the_source_does_not_have_is_named(source, text, found):
    assert list(foreign(Message(source, (text,)), OURS)) == found


def test_what_one_form_of_the_source_has_every_form_may_have():
    link = "https://other.example/"
    message = Message("a", (f"x {link}", "y"), msgid_plural=f"%d {link}")

    assert list(foreign(message, OURS)) == []


def test_a_thing_is_named_once():
    text = "https://evil.example/1 https://evil.example/2"
    message = Message("a", (text, text), msgid_plural="b")

    assert list(foreign(message, OURS)) == ["evil.example"]
