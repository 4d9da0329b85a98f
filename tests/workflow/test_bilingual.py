"""A mail in two languages follows both: built after a change, it is as built anew."""

import shutil

from tests.builders import TURKISH, make_site, publish, translate

MAIL = """\
---
kind: mail
title: Your visit
bilingual: true
---

Dear friend, [read](../articles/scalp.md).
"""
WORDS = {
    "Your visit": "Randevu",
    "Dear friend, [read](../articles/scalp.md).": (
        "Sevgili dost, [oku](../articles/scalp.md)."
    ),
}


def built(root):
    assert publish(root, "build").code == 0
    top = root / "dist"
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in top.rglob("*")
        if path.is_file()
    }


def built_anew(root):
    other = root.with_name("anew")
    shutil.copytree(root, other, ignore=shutil.ignore_patterns("dist", ".publish"))
    return built(other)


def test_the_address_of_what_the_english_links_changes_the_translation(tmp_path):
    root = make_site(tmp_path / "site", {"source/mail/visit.md": MAIL})
    publish(root, "extract")
    translate(root, TURKISH)
    translate(root, WORDS, domain="mail/visit")
    before = built(root)["mail/tr/visit.eml"]
    source = root / "source/articles/scalp.md"
    text = source.read_text("utf-8")
    source.write_text(text.replace("---\n", "---\nslug: moved\n", 1), "utf-8")
    publish(root, "extract")

    after = built(root)

    assert b"multipart/multilingual" in before
    assert b"/moved/" not in before
    assert b"/moved/" in after["mail/tr/visit.eml"]
    assert after == built_anew(root)
