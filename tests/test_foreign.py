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
        ("Read more.", "<B>Devamı</B>", ["<b>"]),
        ("<b>Read</b> more.", "<b onclick='x()'>Devamı</b>", ["<b onclick>"]),
        ("<b>Read</b> more.", "<b/onclick=x()>Devamı</b>", ["<b onclick>"]),
        ('<a href="a.md">More</a>', '<a href="a.md" id="b">x</a>', ["<a id>"]),
        ('<a href="a.md">More</a>', "<a href='//evil.example'>x</a>", ["evil.example"]),
        ("Read more.", "<span class='x'>Devamı</span>", ["<span class>"]),
        ("Call [us](tel:+15550100).", "[Ara](tel:+905550100)", []),
    ],
)
def test_what_the_source_does_not_have_is_named(source, text, found):
    assert list(foreign(Message(source, (text,)), OURS)) == found


def test_what_one_form_of_the_source_has_every_form_may_have():
    message = Message("a", ("<b>x</b>", "y"), msgid_plural="<b>%d</b>")

    assert list(foreign(message, OURS)) == []


def test_a_thing_is_named_once():
    message = Message("a", ("<i>x</i> <i>y</i>", "<i>z</i>"), msgid_plural="b")

    assert list(foreign(message, OURS)) == ["<i>"]
