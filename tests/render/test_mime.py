"""The bytes of a message, read back by other people's code."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.render.mime import (
    Envelope,
    Version,
    addressed,
    header_text,
    message,
    multilingual,
)

CLINIC = Envelope(
    subject="Hello",
    locale="tr",
    sender="Klinik Şişli <info@clinic.example>",
    to="Patient <patient@clinic.example>",
    unsubscribe=("https://clinic.example/u?id={{ id }}",),
    date="Mon, 04 May 2026 12:00:00 +0000",
)


def read(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


def sent(**changes: object) -> EmailMessage:
    values = {name: getattr(CLINIC, name) for name in CLINIC.__slots__} | changes
    return read(message(Envelope(**values), text="Metin\n", html="<p>Metin</p>\n"))


def test_the_text_comes_first_and_both_say_their_language():
    mail = sent()
    assert mail.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in mail.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    assert mail["Content-Language"] == "tr"
    assert mail["X-Unsent"] == "1"


def test_the_bodies_are_read_back_as_they_were():
    text = "Şifa = %20 {{ first_name }} . \n.\nFrom me \n" + "ü" * 300 + "\n\n"
    html = "<p>العناية {{ url }}</p>\n"
    mail = read(message(CLINIC, text=text, html=html))
    found = [part.get_content().replace("\r\n", "\n") for part in mail.iter_parts()]
    assert found == [text, html]


def test_every_line_is_short_ascii_that_ends_as_mail_lines_do():
    subject = "randevu ğüş " * 30
    envelope = Envelope(subject, "tr", CLINIC.sender, CLINIC.to)
    data = message(envelope, text="ü" * 999, html="<p>" + "x" * 2000)
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 78
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "subject",
    [
        "{{ first_name }}, klinikteki randevunuz",
        "موعدك في العيادة {{ appointment_date }}",
        "plain words " * 20,
        "two  spaces " + "word " * 30,
        "😀" * 60,
        "a" * 300,
    ],
)
def test_a_subject_is_read_back_as_it_was(subject):
    assert sent(subject=subject)["Subject"] == subject.strip()


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?q?Ihre=0ABcc:_x@evil.example?=",
        "Hi\r\nBcc: x@evil.example",
        "Hi\nBcc: x@evil.example\n\nbody",
        "Hi\u2028Bcc: x@evil.example",
        "=?utf-8?b?SGkKQmNjOiB4?= =?utf-8?q?=0D=0ABcc:_x?=",
        "ü =?utf-8?q?=0ABcc:_x?=",
    ],
)
def test_a_subject_cannot_write_another_header(subject):
    mail = sent(subject=subject)
    assert "Bcc" not in mail
    assert mail.keys() == sent().keys()
    data = message(
        Envelope(subject, "tr", CLINIC.sender, CLINIC.to), text="a", html="b"
    )
    assert b"\nBcc" not in data


def test_an_address_cannot_write_another_header():
    mail = sent(
        sender='"=?utf-8?q?A=0ABcc:_x?=" <a@clinic.example>',
        to="B\nBcc: <x@evil.example>",
        unsubscribe=("https://a.example>\r\nBcc: x@evil.example",),
    )
    assert "Bcc" not in mail
    assert "List-Unsubscribe" not in mail


def test_addresses_are_read_back_as_they_were():
    mail = sent(to='"Doe, \\"J\\"" <patient@clinic.example>')
    assert mail["From"].addresses[0].display_name == "Klinik Şişli"
    assert mail["From"].addresses[0].addr_spec == "info@clinic.example"
    assert mail["To"].addresses[0].display_name == 'Doe, "J"'
    assert sent(to="patient@clinic.example")["To"] == "patient@clinic.example"


def test_an_address_that_the_sending_system_writes_is_left_to_it():
    data = message(
        Envelope("a", "tr", to="{{ name }} <{{ mail }}>"), text="a", html="b"
    )
    assert data.startswith(b"To: {{ name }} <{{ mail }}>\r\n")


def test_no_braces_stand_in_an_encoded_word_of_a_name():
    sender = "Klinik {{name}}'ın {{ a }} <a@clinic.example>"
    data = message(Envelope("a", "tr", sender), text="a", html="b")

    assert read(data)["From"].addresses[0].display_name == "Klinik {{name}}'ın {{ a }}"
    assert b"=?utf-8?q?" not in data
    assert b" {{ a }}" in data


def test_an_address_that_is_none_is_left_out():
    mail = sent(sender="", to="nobody at all", date="")
    assert [name for name in ("From", "To", "Date") if name in mail] == []
    assert mail["Message-ID"].endswith("@localhost>")


@pytest.mark.parametrize(
    ("address", "header", "one_click"),
    [
        ("https://c.example/u?a={{ id }}", "<https://c.example/u?a={{ id }}>", True),
        ("mailto:stop@c.example", "<mailto:stop@c.example>", False),
        ("", None, False),
        ("https://ü.example", None, False),
    ],
)
def test_unsubscribing_in_one_click_is_for_https(address, header, one_click):
    mail = sent(unsubscribe=(address,))
    assert mail["List-Unsubscribe"] == header
    assert ("List-Unsubscribe-Post" in mail) is one_click


def test_the_same_mail_has_the_same_bytes_and_another_has_others():
    first = message(CLINIC, text="a", html="b")
    assert first == message(CLINIC, text="a", html="b")
    other = message(CLINIC, text="a", html="c")
    assert read(first)["Message-ID"] != read(other)["Message-ID"]


def test_a_host_that_is_no_ascii_is_not_in_the_identifier():
    assert sent(sender="a@ü.example")["Message-ID"].endswith("@localhost>")


def test_a_subject_that_is_not_unicode_is_refused():
    with pytest.raises(SourceError, match="headers") as raised:
        message(Envelope("a\ud800", "tr"), text="a", html="b", path="source/m.md")
    assert raised.value.path == "source/m.md"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=120))
def test_any_subject_is_read_back_and_writes_nothing_else(subject):
    mail = read(message(Envelope(subject, "tr"), text="a", html="b"))
    assert mail.keys() == [
        *("Subject",) * bool(header_text(subject)),
        *("Message-ID", "Content-Language", "X-Unsent", "MIME-Version", "Content-Type"),
    ]


@pytest.mark.parametrize(
    "subject",
    [
        "Randevunuz: {{ appointment_date }} günü",
        "{{ first_name }} randevunuz için",
        "{{ first_name }}, {{ date }} günü randevunuz – 5 mg",
        "Sayın {{ title }} {{ first_name }} {{ last_name }}",
        "{{ first_name }} {{ last_name }} için",
        "Saat {{ hour }}:{{ minute }} görüşürüz, *|FNAME|**|LNAME|*",
        "موعدكم في {{ appointment_date }} عند {{ appointment_time }}",
        "Sayın {{ first_name }}, randevunuz *|DATE|*: günü",
        "{{ date | format('d.m.Y') }} günü {% if late %} geç {% endif %}",
        "A long plain subject that has to be folded: {{ appointment_date }} is near",
        "Your visit with us on next Friday stands. {% if first and last %}Hi{% endif %}",
        "Your appointment with us on next Friday stands. *|IF:FNAME AND LNAME|* ok",
        "Sayın %FIRSTNAME%, randevunuz var",
        "Grüße %%NAME%% und ${name} oder {name}",
        "Termin am Montag ({{ date }}) bestätigt",
        "{{ date }}  günü",
        "Two  blanks, {{ first_name }}",
        "„{{name}}“, Ihr Termin",
        "您好{{name}}，您的预约",
        "{{name}}🎉 {{name}}'ın randevusu",
    ],
)
def test_a_merge_field_of_a_subject_stands_in_the_file_as_it_is(subject):
    data = message(Envelope(subject=subject, locale="tr"), text="t", html="<p>h</p>")

    field = r"\{\{.*?\}\}|\{%.*?%\}|\*\|.*?\|\*|%+[A-Z]+%+|\$?\{name\}"
    head = data.partition(b"\r\n\r\n")[0].decode()
    assert re.findall(field, head) == re.findall(field, subject) != []
    assert str(read(data)["Subject"]) == subject


PIECES = [
    *("{{ first_name }}", "{{name}}", "%NAME%", "*|IF:A AND B|*", "{% if a %}"),
    *(" ", "  ", "ş", "word", "(", ")", "„", "中", "'ın ", ", ", "=?", "?="),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_a_subject_with_merge_fields_anywhere_is_read_back_as_it_was(subject):
    data = message(Envelope(subject, "tr"), text="t", html="h")

    assert (read(data)["Subject"] or "") == header_text(subject)
    if "=?" not in subject:
        assert data.count(b"{{name}}") == subject.count("{{name}}")


@pytest.mark.parametrize("letter", ["a", "ş", "ع", "€", "😀"])
def test_a_subject_is_whole_however_long_it_is(letter):
    for length in range(1, 130):
        for subject in (
            letter * length,
            f"{letter * length} ş {{{{ day }}}}, ({letter})",
        ):
            data = message(
                Envelope(subject, "tr", f"{subject} <a@clinic.example>"),
                text="t",
                html="h",
            )

            assert read(data)["Subject"] == subject
            assert max(map(len, data.split(b"\r\n"))) <= 78 or letter == "a"


def test_a_long_name_of_a_recipient_is_folded_as_mails_are():
    to = f"{'Çok uzun bir ad ' * 6} <a@clinic.example>"
    data = addressed(
        message(CLINIC, text="t", html="h"),
        to=to,
        date="Mon, 04 May 2026 12:00:00 +0000",
    )

    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 78
    (box,) = read(data)["To"].addresses
    assert box.addr_spec == "a@clinic.example"
    # Some Pythons read a blank where the words were parted: between two, then.
    assert box.display_name.split() == ("Çok uzun bir ad " * 6).split()


TURKISH = Version("tr", "Randevunuz {{ day }}", "Metin\n", "<p>Şifa</p>\n", "human")
ENGLISH = Version("en", "Your visit", "Text\n", "<p>Health</p>\n", "original")


def test_a_message_in_two_languages_holds_both_whole():
    mail = read(multilingual(CLINIC, "İki dilde\n", (TURKISH, ENGLISH)))

    assert mail.get_content_type() == "multipart/multilingual"
    assert mail["Subject"] == "Randevunuz {{ day }} / Your visit"
    preface, *versions = mail.iter_parts()
    assert preface.get_content() == "İki dilde\r\n"
    for part, version in zip(versions, (TURKISH, ENGLISH), strict=True):
        assert part.get_content_type() == "message/rfc822"
        assert part["Content-Language"] == version.locale
        assert part["Content-Translation-Type"] == version.kind
        inner = part.get_content()
        assert inner["Subject"] == version.subject
        assert inner["From"].addresses[0].addr_spec == "info@clinic.example"
        assert inner.get_content_type() == "multipart/alternative"
        found = [each.get_content() for each in inner.iter_parts()]
        assert [f.replace("\r\n", "\n") for f in found] == [version.text, version.html]


def test_a_message_in_two_languages_has_one_subject_where_both_are_one():
    same = replace(ENGLISH, subject=TURKISH.subject)
    mail = read(multilingual(CLINIC, "x\n", (TURKISH, same)))
    assert mail["Subject"] == TURKISH.subject


def test_both_ways_to_unsubscribe_are_named():
    mail = sent(unsubscribe=("https://c.example/u", "mailto:stop@c.example"))
    assert mail["List-Unsubscribe"] == "<https://c.example/u>, <mailto:stop@c.example>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


ANY_TEXT = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60),
    st.lists(
        st.sampled_from(
            [
                *("\r", "\n", "\r\n", "Bcc: x@evil.example", "=?utf-8?q?=0ABcc:_x?="),
                *("\u2028", "\x85", "\x0b", "\x1c", "<", ">", '"', "\\", ",", "ü"),
                *("a@b.c", "{{ x }}", "https://", "mailto:", "--", "=_", " "),
            ],
        ),
        max_size=8,
    ).map("".join),
)


@settings(deadline=None)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_no_value_of_any_header_writes_another(subject, sender, to, unsubscribe):
    envelope = Envelope(subject, "tr", sender, to, (unsubscribe,))
    allowed = set(sent().keys())
    version = Version("tr", subject, subject, sender, "human")

    for data in (
        message(envelope, text=to, html=subject),
        multilingual(envelope, to, (version, replace(version, locale="en"))),
    ):
        for parser in (message_from_bytes(data), read(data)):
            assert set(parser.keys()) <= allowed
            assert len(parser.keys()) == len(set(parser.keys()))
            assert "Bcc" not in str(
                sorted(set().union(*(p.keys() for p in parser.walk())))
            )
        # Written again by the library, it is still the same message.
        again = message_from_bytes(read(data).as_bytes(policy=policy.SMTP))
        assert set(again.keys()) <= allowed


@settings(deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_it_is_the_message_that_the_library_would_write(text, html):
    """Not the same bytes, but the same headers, parts and texts."""
    made = read(message(CLINIC, text=text, html=html))
    theirs = EmailMessage()
    theirs["From"], theirs["To"] = CLINIC.sender, CLINIC.to
    theirs["Subject"] = CLINIC.subject
    theirs.set_content(plain_lines(text), cte="quoted-printable")
    theirs.add_alternative(plain_lines(html), subtype="html", cte="quoted-printable")
    theirs = read(theirs.as_bytes(policy=policy.SMTP))
    for name in ("From", "To", "Subject"):
        assert made[name] == theirs[name]
    for ours, other in zip(made.iter_parts(), theirs.iter_parts(), strict=True):
        assert ours["Content-Type"] == other["Content-Type"]
        # The library ends every text with a line end.
        assert plain_lines(ours.get_content()) == plain_lines(other.get_content())


def plain_lines(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.endswith("\n") else f"{text}\n"
