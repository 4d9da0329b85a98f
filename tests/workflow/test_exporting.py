"""`publish export mails`: what a sending system finds, and what it never loses."""

import json
from email import message_from_bytes, policy

import pytest

from tests.builders import make_site, publish, translate

MAIL = """\
---
kind: mail
title: Your visit
subject: Your visit on {{ day }}
preheader: Bring your card & "papers".
---

Dear {{ name }}, [come](<{{ url }}>).
"""
TURKISH = {
    "Your visit": "Randevunuz",
    "Your visit on {{ day }}": "{{ day }} randevunuz",
    'Bring your card & "papers".': 'Kartınızı & "kâğıtlarınızı" getirin.',
    "Dear {{ name }}, [come](<{{ url }}>).": "Sayın {{ name }}, [gelin](<{{ url }}>).",
    "visit": "randevu",
}


@pytest.fixture
def site(tmp_path):
    root = make_site(tmp_path / "site", {"source/mail/visit.md": MAIL})
    publish(root, "extract")
    translate(root, TURKISH, domain="mail/visit")
    publish(root, "build")
    return root


def export(root, *options, folder="../out"):
    return publish(root, "export", "mails", str(root / folder), "--json", *options)


def test_each_mail_has_a_folder_with_its_subjects_and_its_locales(site):
    ran = export(site)

    assert ran.code == 0, ran.err
    assert ran.json["mails"] == [{"mail": "visit", "locales": ["en", "tr"]}]
    out = site.parent / "out"
    subjects = json.loads((out / "visit/subjects.json").read_text("utf-8"))
    assert subjects["article"] == "mail/visit"
    assert subjects["locales"]["tr"] == {
        "subject": "{{ day }} randevunuz",
        "preheader": 'Kartınızı & "kâğıtlarınızı" getirin.',
        "lang": "tr",
        "dir": "ltr",
        "state": "published",
        "fields": ["{{ day }}", "{{ name }}", "{{ url }}"],
    }
    for suffix in ("eml", "html", "txt"):
        built = site / f"dist/mail/tr/randevu.{suffix}"
        assert (out / f"visit/tr/mail.{suffix}").read_bytes() == built.read_bytes()
    mail = message_from_bytes(
        (out / "visit/tr/mail.eml").read_bytes(), policy=policy.default
    )
    assert mail["Subject"] == subjects["locales"]["tr"]["subject"]


def test_a_mail_in_two_languages_is_exported_by_the_subject_of_its_own(site):
    settings = site / "publish.toml"
    text = settings.read_text("utf-8")
    assert "[mail]" not in text
    settings.write_text(f"{text}\n[mail]\nbilingual = true\n", "utf-8")
    publish(site, "build")

    export(site)

    out = site.parent / "out/visit"
    mail = message_from_bytes((out / "tr/mail.eml").read_bytes(), policy=policy.default)
    assert mail["Subject"] == "{{ day }} randevunuz / Your visit on {{ day }}"
    subjects = json.loads((out / "subjects.json").read_text("utf-8"))["locales"]
    assert subjects["tr"]["subject"] == "{{ day }} randevunuz"
    assert subjects["en"]["subject"] == "Your visit on {{ day }}"


def test_nothing_new_writes_nothing_and_what_changed_is_written(site):
    export(site)
    assert export(site).json["written"] == []

    source = site / "source/mail/visit.md"
    source.write_text(MAIL.replace("Dear", "Hello"), "utf-8")
    publish(site, "extract")
    publish(site, "build")
    ran = export(site)

    # The Turkish mail is no longer the translation of what is there, and was recalled.
    assert sorted(ran.json["written"]) == [
        "visit/en/mail.eml",
        "visit/en/mail.html",
        "visit/en/mail.txt",
        "visit/subjects.json",
    ]
    assert ran.json["removed"] == [
        "visit/tr/mail.eml",
        "visit/tr/mail.html",
        "visit/tr/mail.txt",
    ]
    assert not (site.parent / "out/visit/tr").exists()


def test_what_others_put_there_stays(site):
    export(site)
    note = site.parent / "out/visit/tr/note.txt"
    note.write_text("mine", "utf-8")

    assert export(site, "--lang", "en").code == 0
    assert note.read_text("utf-8") == "mine"


def test_a_file_that_no_export_made_is_not_replaced(site):
    file = site.parent / "out/visit/en/mail.html"
    file.parent.mkdir(parents=True)
    file.write_text("mine", "utf-8")
    ran = export(site)

    assert ran.code == 1
    assert "no export made it" in ran.err
    assert file.read_text("utf-8") == "mine"
    assert not (site.parent / "out/visit/subjects.json").exists()


def test_a_link_out_of_the_folder_is_not_followed(site):
    outside = site.parent / "outside"
    outside.mkdir()
    out = site.parent / "out"
    out.mkdir()
    (out / "visit").symlink_to(outside, target_is_directory=True)

    assert "a link that leads elsewhere" in export(site).err
    assert list(outside.iterdir()) == []


def test_an_export_that_was_cut_off_is_finished_by_the_next(site):
    export(site)
    out = site.parent / "out"
    listed = json.loads((out / ".publish-mails.json").read_text("utf-8"))
    (out / "visit/tr/mail.txt").unlink()
    (out / "visit/en/mail.html").write_text("half", "utf-8")
    listed["files"]["gone/en/mail.txt"] = "x"
    (out / ".publish-mails.json").write_text(json.dumps(listed), "utf-8")

    ran = export(site)

    assert ran.json["written"] == ["visit/en/mail.html", "visit/tr/mail.txt"]
    assert ran.json["removed"] == ["gone/en/mail.txt"]


@pytest.mark.parametrize("text", ["", "[]", '{"files": {"../x": "y"}}'])
def test_a_list_that_is_none_is_said(site, text):
    out = site.parent / "out"
    out.mkdir()
    (out / ".publish-mails.json").write_text(text, "utf-8")

    ran = export(site)

    assert ran.code == 1
    assert ".publish-mails.json" in ran.err


@pytest.mark.parametrize("folder", [".", "dist", "source/x", "..", ".publish"])
def test_a_folder_that_the_site_needs_is_refused(site, folder):
    ran = export(site, folder=folder)

    assert ran.code == 2
    assert "the site needs this folder itself" in ran.err


def test_a_mail_that_somebody_changed_is_not_exported(site):
    file = site / "dist/mail/en/visit.html"
    file.write_bytes(file.read_bytes() + b" ")

    assert "not the file that was built" in export(site).err
    assert not (site.parent / "out").exists()


def test_before_a_build_there_is_nothing_to_export(tmp_path):
    make_site(tmp_path)

    assert "run `publish build`" in export(tmp_path).err
