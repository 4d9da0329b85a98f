"""Mail addresses as people write them."""

import pytest

from pipeline.mailboxes import Mailbox, is_unsubscribe, parse_mailbox


@pytest.mark.parametrize(
    ("text", "mailbox"),
    [
        ("info@clinic.example", Mailbox("info@clinic.example")),
        ("<info@clinic.example>", Mailbox("info@clinic.example")),
        ("Clinic <info@clinic.example>", Mailbox("info@clinic.example", "Clinic")),
        (
            " Klinik Şişli  <a.b+c@mail.clinic.example> ",
            Mailbox("a.b+c@mail.clinic.example", "Klinik Şişli"),
        ),
        (
            r'"Doe, \"J\"" <patient@clinic.example>',
            Mailbox("patient@clinic.example", 'Doe, "J"'),
        ),
        ("me@localhost", Mailbox("me@localhost")),
    ],
)
def test_a_mailbox_is_a_name_and_an_address(text, mailbox):
    assert parse_mailbox(text) == mailbox


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nobody",
        "a@",
        "@b.example",
        "a@b@c.example",
        "a@b.example, c@d.example",
        "Clinic, Inc. <a@b.example>",
        "Clinic <a@b.example> x",
        "a b@c.example",
        "a..b@c.example",
        "a@-b.example",
        "a@b..example",
        "ü@b.example",
        "a@ü.example",
        "a@b.example\nBcc: c@d.example",
        "a" * 65 + "@b.example",
        "Clinic <a@b.example",
    ],
)
def test_what_is_none_or_several_or_unclear_is_none(text):
    assert parse_mailbox(text) is None


def test_the_host_is_behind_the_sign():
    assert Mailbox("a@b.example").host == "b.example"


@pytest.mark.parametrize(
    ("address", "usable"),
    [
        ("https://clinic.example/u?id={{ id }}", True),
        ("mailto:stop@clinic.example?subject=stop", True),
        ("mailto:stop@{{ host }}", True),
        ("http://clinic.example/u", False),
        ("https://", False),
        ("https://[x", False),
        ("mailto:nobody", False),
        ("https://clinic.example/a b", False),
        ("https://clinic.example/>,<https://evil.example", False),
        ("https://ü.example/", False),
        ("", False),
    ],
)
def test_one_unsubscribes_by_https_or_mail(address, usable):
    assert is_unsubscribe(address) is usable
