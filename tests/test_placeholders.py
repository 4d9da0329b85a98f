import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.placeholders import blank, fields, find


def raws(text):
    return [(placeholder.kind, placeholder.raw) for placeholder in find(text)]


@pytest.mark.parametrize(
    "field",
    [
        "{{ first_name }}",
        "{{first_name}}",
        "{{{ html }}}",
        "{% if x %}",
        "{name}",
        "{ isim }",
        "{0}",
        "{}",
        "{user.name}",
        "{items[0]}",
        "{total:.2f}",
        "{value!r}",
        "{#anchor}",
        "${x}",
        "%s",
        "%d",
        "%i",
        "%.2f",
        "%02d",
        "%lu",
        "%2$s",
        "%1$08x",
        "%(name)s",
        "%FIRSTNAME%",
        "*|FNAME|*",
        "%%first_name%%",
    ],
)
def test_a_merge_field_is_found_alone_and_in_a_sentence(field):
    assert raws(field) == [("field", field)]
    assert raws(f"Sayın {field}'ın, {field}.") == [("field", field)] * 2


@pytest.mark.parametrize(
    "text",
    [
        "50% of patients",
        "100 % sure",
        "%50'si",
        "5%d",
        "100%s",
        "%%d",
        "%data",
        "{see below}",
        "{{ open",
        "a } b",
        "$5 {",
    ],
)
def test_what_only_looks_like_a_field_is_none(text):
    assert raws(text) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://tr.wikipedia.org/wiki/%C4%B0stanbul",
        "https://clinic.example/%c4%B0STANBUL%20X",
        "https://clinic.example/a%E2%80%93b",
        "https://clinic.example/%20%ABC%20",
        "https://clinic.example/%D8%B4%D8%B9%D8%B1",
        "https://clinic.example/%F0%9F%98%80",
    ],
)
def test_letters_of_an_address_are_no_field(address):
    assert raws(address) == [("url", address)]
    assert fields(address) == ()
    assert fields(f"[a]({address})") == ()
    assert fields(address.partition("example/")[2]) == ()


@pytest.mark.parametrize("name", ["%FIRST_NAME%", "%DATE%", "%ADDRESS%", "%CAFE1%"])
def test_a_field_stays_one_in_words_and_beside_letters_of_an_address(name):
    assert fields(f"Dear {name}, hello") == (name,)
    assert fields(f"https://clinic.example/%C4%B0?a={name}&b=1") == (name,)
    assert fields(f"https://clinic.example/{name}/sa%C3%A7") == (name,)


def test_a_field_may_stand_behind_a_blank_of_an_address():
    assert fields("https://wa.example/1?text=Hi%20%FIRST_NAME%") == ("%FIRST_NAME%",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("`a`", ["`a`"]),
        ("`` `a` ``", ["`` `a` ``"]),
        ("`{{ x }}` and `b`", ["`{{ x }}`", "`b`"]),
        ("`open", []),
        ("``a` b", []),
        (r"\`no\`", []),
    ],
)
def test_code_ends_with_as_many_backticks(text, code):
    assert raws(text) == [("code", raw) for raw in code]


@pytest.mark.parametrize(
    "tag",
    [
        "<b>",
        "</b>",
        "<br/>",
        "<br />",
        '<a href="x>y">',
        "<a title='a \"b\" c'>",
        "<!-- a > b -->",
        "<!DOCTYPE html>",
        "<svg:a />",
        '<p title="two\nlines">',
    ],
)
def test_a_tag_is_found_whole(tag):
    assert raws(f"a {tag} b") == [("tag", tag)]


@pytest.mark.parametrize("text", ["a < b > c", "5<6", "<5>", "<b", "<!-- open", "<é>"])
def test_a_comparison_is_no_tag(text):
    assert raws(text) == []


@pytest.mark.parametrize(
    ("text", "raw", "target"),
    [
        ("[a](b.md)", "](b.md)", "b.md"),
        ("![a](b.png)", "](b.png)", "b.png"),
        ("[a](b_(c).md)", "](b_(c).md)", "b_(c).md"),
        ('[a](b.md "c (d)")', '](b.md "c (d)")', "b.md"),
        ("[a](b.md 'c')", "](b.md 'c')", "b.md"),
        ("[a](b.md (c))", "](b.md (c))", "b.md"),
        ("[a](<b c.md>)", "](<b c.md>)", "b c.md"),
        ("[a]({{ url }})", "]({{ url }})", "{{ url }}"),
        ("[a]()", "]()", ""),
        (r"[a](b\)c)", r"](b\)c)", r"b\)c"),
        ("[a][ref]", "][ref]", "[ref]"),
        ("<https://a.example/b>", "<https://a.example/b>", "https://a.example/b"),
        ("<tel:+905550000000>", "<tel:+905550000000>", "tel:+905550000000"),
        ("<a@b.example>", "<a@b.example>", "mailto:a@b.example"),
    ],
)
def test_a_link_says_where_it_leads(text, raw, target):
    (placeholder,) = find(text)
    assert (placeholder.kind, placeholder.raw) == ("link", raw)
    assert placeholder.target == target


@pytest.mark.parametrize("text", ["[a](b c)", "[a] (b)", "[a](b", r"\[a\]\(b\)"])
def test_a_broken_link_is_none(text):
    assert raws(text) == []


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("See https://a.example/b.", "https://a.example/b"),
        ("(https://a.example/b)", "https://a.example/b"),
        ("https://a.example/b_(c)", "https://a.example/b_(c)"),
        ("https://a.example'a", "https://a.example"),
        ("https://a.example’a", "https://a.example"),
        ("https://a.exampleです。", "https://a.example"),
        ("انظر https://a.example؟", "https://a.example"),
        ("www.a.example, b", "www.a.example"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("tel:+905550000000;", "tel:+905550000000"),
        ("[https://a.example", "https://a.example"),
    ],
)
def test_a_bare_url_ends_before_the_sentence_goes_on(text, url):
    assert raws(text) == [("url", url)]


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("Write to info@clinic.example.", "info@clinic.example"),
        ("info@clinic.example'a yazın", "info@clinic.example"),
        ("メールinfo@clinic.exampleへ", "info@clinic.example"),
        ("a.b+c@d-e.co.example", "a.b+c@d-e.co.example"),
    ],
)
def test_a_mail_address_is_found(text, email):
    assert raws(text) == [("email", email)]


@pytest.mark.parametrize("text", ["a@b", "@name", "a @ b.example"])
def test_an_at_sign_alone_is_no_mail_address(text):
    assert raws(text) == []


@pytest.mark.parametrize(
    "phone",
    [
        "+90 555 000 00 00",
        "+90(555)0000000",
        "+1-555-000-0000",
        "0090 555 000 00 00",
        "+٩٠ ٥٥٥ ٠٠٠ ٠٠ ٠٠",
    ],
)
def test_an_international_phone_number_is_found(phone):
    assert raws(f"WhatsApp: {phone}.") == [("phone", phone)]


@pytest.mark.parametrize("text", ["+5 to 10", "5 + 10", "1+1", "+1 000 000", "007"])
def test_a_sum_is_no_phone_number(text):
    assert raws(text) == []


def test_placeholders_come_in_order_and_apart():
    text = "<b>{{ a }}</b> a@b.example [c](d) `e` x@y.example +90 555 000 00 00"
    kinds = [placeholder.kind for placeholder in find(text)]
    assert kinds == ["tag", "field", "tag", "email", "link", "code", "email", "phone"]


def test_fields_are_found_inside_tags_and_targets_and_not_inside_code():
    text = '<a href="{{ a }}">[x]({{ b }}) https://c.example/%s `{{ d }}` {{ e }}'
    assert list(fields(text)) == ["{{ a }}", "{{ b }}", "%s", "{{ e }}"]


def test_blank_keeps_every_position():
    text = "Dear {{ name }}, 5 mg"
    assert blank(text).find("5 mg") == text.find("5 mg")
    assert "{" not in blank(text)


@given(st.text(alphabet="`<>![]()*{}%$|\\\"' a1@.+:/-#shtp\n", max_size=60))
def test_every_placeholder_is_a_part_of_the_text_after_the_one_before(text):
    end = 0
    for placeholder in find(text):
        assert end <= placeholder.start < placeholder.end
        assert text[placeholder.start : placeholder.end] == placeholder.raw
        end = placeholder.end
    assert len(blank(text)) == len(text)
