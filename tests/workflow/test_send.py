"""`publish send`: one mail to one address, by a server on this machine."""

from email import message_from_bytes, policy

import pytest

from tests.builders import make_site, publish, publish_process, translate
from tests.mailserver import inbox

MAIL = """\
---
kind: mail
title: Your visit
subject: Your visit on {{ day }}
---

Dear {{ name }}, take 5 mg.
"""
TURKISH = {
    "Your visit": "Randevunuz",
    "Your visit on {{ day }}": "{{ day }} randevunuz",
    "Dear {{ name }}, take 5 mg.": "Sayın {{ name }}, 5 mg alın.",
}
TO = ("--to", "Me <me@clinic.example>")
DOMAIN = "mail/visit"


@pytest.fixture
def site(tmp_path):
    make_site(tmp_path, {f"source/{DOMAIN}.md": MAIL})
    config = tmp_path / "publish.toml"
    text = config.read_text("utf-8")
    config.write_text(
        f'{text}\n[mail]\nfrom = "Clinic <info@clinic.example>"\n', "utf-8"
    )
    publish(tmp_path, "extract")
    return tmp_path


def send(root, box, *options, article="visit"):
    url = f"smtp://localhost:{box.port}"
    return publish(root, "send", article, *TO, "--smtp", url, "--json", *options)


def test_a_mail_that_is_out_is_sent_as_it_was_built(site):
    translate(site, TURKISH, domain=DOMAIN)
    publish(site, "build")
    with inbox() as box:
        ran = send(site, box, "--lang", "tr")

    assert ran.code == 0, ran.err
    assert ran.json["sent"] is True
    assert ran.json["subject"] == "{{ day }} randevunuz"
    (got,) = box.got
    assert got.mail_from == "info@clinic.example"
    assert got.rcpt_tos == ["me@clinic.example"]
    mail = message_from_bytes(box.texts[0], policy=policy.default)
    assert mail["Subject"] == "{{ day }} randevunuz"
    assert mail["To"] == "Me <me@clinic.example>"
    assert mail["Date"]
    assert "X-Unsent" not in mail
    plain = next(mail.iter_parts())
    assert "Sayın {{ name }}, 5 mg alın." in plain.get_content()
    built = (site / "dist/mail/tr/visit.eml").read_bytes()
    assert box.texts[0].partition(b"\r\n\r\n")[2] == built.partition(b"\r\n\r\n")[2]


def test_what_is_not_out_is_refused_unless_it_is_a_draft(site):
    publish(site, "build")
    with inbox() as box:
        ran = send(site, box, "--lang", "tr")
        assert ran.code == 1
        assert "held in tr" in ran.json["errors"][0]["message"]
        assert box.got == []
        assert not (site / "dist/draft").exists()

        ran = send(site, box, "--lang", "tr", "--draft")

    assert ran.code == 0, ran.err
    assert b"Draft." in box.texts[0]


def test_a_dry_run_talks_to_nobody(site):
    publish(site, "build")
    ran = publish(
        site,
        *("send", "visit", *TO, "--smtp", "smtp://u@nowhere.example", "--dry-run"),
    )

    assert ran.code == 0
    assert "would be sent" in ran.out
    assert "Your visit on {{ day }}" in ran.out


def test_a_mail_that_somebody_changed_is_not_sent(site):
    publish(site, "build")
    file = site / "dist/mail/en/visit.eml"
    file.write_bytes(file.read_bytes().replace(b"5 mg", b"6 mg"))
    with inbox() as box:
        ran = send(site, box)

    assert ran.code == 1
    assert "not the file that was built" in ran.err
    assert box.got == []


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (("--to", "nobody"), 2, "not one mail address"),
        (("--lang", "xx"), 2, "unknown locale"),
        (("--lang", "tr", "--lang", "en"), 2, "in one language, not in tr, en"),
        (("--timeout", "nan"), 2, "'--timeout': nan is not a number"),
        (("--timeout", "inf"), 2, "'--timeout': inf is not in the range"),
        (("--timeout", "0"), 2, "'--timeout': 0.0 is not in the range"),
        (("--smtp", "http://u:s3cret@x.example"), 2, "smtp://"),
        (("--smtp", "smtp://u@localhost:1"), 2, "PUBLISH_SMTP_PASSWORD"),
    ],
)
def test_wrong_use_is_said(site, options, code, says):
    publish(site, "build")
    given = ("--to", "a@b.example", "--smtp", "smtp://localhost:1", *options)
    ran = publish_process(site, "send", "visit", *given)

    assert ran.code == code
    assert says in ran.err
    assert "s3cret" not in ran.err


def test_an_article_that_is_no_mail_is_not_known(site):
    publish(site, "build")
    with inbox() as box:
        ran = send(site, box, article="scalp")

    assert ran.code == 2
    assert "known are mail/visit" in ran.err


def test_without_a_build_or_a_sender_there_is_nothing_to_send(site):
    with inbox() as box:
        assert "run `publish build`" in send(site, box).err
        config = site / "publish.toml"
        text = config.read_text("utf-8").partition("[mail]")[0]
        config.write_text(text, "utf-8")
        publish(site, "build")
        ran = send(site, box)

    assert ran.code == 2
    assert "`from` in [mail]" in ran.err


def test_the_password_is_never_shown(site):
    publish(site, "build")
    with inbox(logs_in=True) as box:
        ran = publish_process(
            site,
            *("send", "visit", *TO, "--smtp", f"smtp://localhost:{box.port}"),
            env={"PUBLISH_SMTP_USER": "me", "PUBLISH_SMTP_PASSWORD": "s3cret"},
        )

    assert ran.code == 1
    assert "refuses user or password" in ran.err
    assert "s3cret" not in ran.out + ran.err
