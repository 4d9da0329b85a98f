import pytest

from pipeline.foreign import foreign, foreign_markup, hidden_hosts, hidden_tags
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


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("Read <b>more</b>.", "<b>Devamını</b> oku.", []),
        ("Read more.", "<bdi>Devamı</bdi> <span lang='en' dir=ltr>x</span>", []),
        ("Read more.", "<b>Devamı</b>", ["<b>"]),
        ("Read more.", "<i>a</i> <u>b</u> <i>c</i>", ["<i>", "<u>"]),
        ("Read more.", '<bdi title="x">Devamı</bdi>', ["<bdi>"]),
        ('<a href="a">x</a>', '<a href="b" title="t">x</a>', ["<a title>"]),
        ('<a href="a">x</a>', '<a href="b"title="t">x</a>', ["<a title>"]),
        ('<b class="x">a</b>', '<b class="y">a</b>', ['<b class="y">']),
        ('<p lang="en">a</p>', '<p lang="tr">a</p>', []),
        ('<img src="a" alt="x">', '<img src="b" alt="y">', []),
        ("Type <name>.", "<ad> yazın.", []),
        ("Read more.", "![Devamı](a.png)", ["image"]),
        ("![More](a.png)", "![Devamı](a.png)", []),
        ("Read more.", "`<b>` ve `![x](y)`", []),
        ("Read **more**.", "*Devamı* [x](a.md)", []),
    ],
)
def test_markup_is_that_of_the_source(source, text, found):
    assert list(foreign_markup(Message(source, (text,)))) == found


@pytest.mark.parametrize(
    "text",
    [
        '<img src=x.png alt=a"b>',
        "<a href=//evil.example title=a\"b>x</a y=a'b>",
        "`<a href=x>y</a>`",
        "\\<a href=x>y</a>",
        "{{ <a href=x>y</a> }}",
        "[x](a.md '<a href=y>')",
    ],
)
def test_a_tag_that_only_a_browser_reads_is_told(text):
    assert any(tag.startswith("<") for tag in hidden_tags(Message("a", (text,)), OURS))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Use `<b>`.", "`<b>` kullanın."),
        ("Use `<b>`.", "`<b>` kullanın, <bdi lang=en>b</bdi>."),
        ("If a < b", "a < b ise"),
        ("See <https://other.example/>.", "<https://other.example/> sayfasına bakın."),
        ("Run `x <file>`.", "`x <dosya>` çalıştırın."),
        ('Use `<a href="https://other.example/">`.',) * 2,
        ('`<html lang="en">`', '`<html lang="tr">`'),
        ("a", "<b>regular</b> tags are told by the check"),
        ("a", "1 < 2 > 0"),
    ],
)
def test_what_the_source_has_or_nobody_reads_as_a_tag_hides_nothing(source, text):
    assert list(hidden_tags(Message(source, (text,)), OURS)) == []


def test_a_hidden_tag_of_the_source_leads_where_that_does():
    link = '`<a href="{}">x</a>`'
    message = Message(link.format("a.md"), (link.format("//evil.example/"),))

    assert list(hidden_tags(message, OURS)) == ['<a href="//evil.example/">']


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("Read more.", "`https://evil.example/x` okuyun.", ["evil.example"]),
        ("Read more.", "`www.evil.example` okuyun.", ["www.evil.example"]),
        ("Read more.", "`a@evil.example` yazın.", ["evil.example"]),
        ("Read more.", "{{ https://evil.example/x }}", ["evil.example"]),
        ("Read more.", "xhttps://evil.example/x", ["evil.example"]),
        ("Read more.", "`https://clinic.example/x`", []),
        ("Read `https://other.example/`.", "`https://other.example/tr/` okuyun.", []),
        ("Read https://other.example/.", "`https://other.example/` okuyun.", []),
        ("Read more.", "https://evil.example/ and a@evil.example are checked", []),
        (
            "a https://clinic.example",
            "a https://clinic.example|@b.example",
            ["b.example"],
        ),
        (
            "a https://clinic.example",
            "a https://clinic.example{.b.example",
            ["clinic.example{.b.example"],
        ),
        ("[a](https://o.example)", "[a](https://o.example)da, https://o.example.", []),
        ("**https://o.example**", "(https://o.example)", []),
        ("Read more.", "1.000 @ 5 www. {{ a.b }}", []),
        ("Read more.", "`WWW.EVIL.example`", ["www.evil.example"]),
        (
            "Read `https://a.example/x`.",
            "`https://a.example/x` ve `https://b.example/x`",
            ["b.example"],
        ),
        ("Read `https://a.example/x`.", "`https://a.example/y` oku.", []),
    ],
)
def test_an_address_that_no_check_reads_is_told_by_its_host(source, text, found):
    assert list(hidden_hosts(Message(source, (text,)), OURS)) == found
