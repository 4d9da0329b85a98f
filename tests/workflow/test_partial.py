"""A page in two languages: what is reviewed, and the source's words in the rest."""

import json
import re
import shutil

import pytest

from tests.builders import (
    CONFIG,
    TURKISH,
    make_site,
    po_path,
    publish,
    put,
    translate,
)
from tests.workflow.test_build import MAIL, MAIL_TURKISH, dist, output, page

PARTIAL = CONFIG + '\n[[class]]\nglobs = ["**"]\npolicy = "partial"\n'
ENGLISH = 'lang="en" dir="ltr"'
DAY = "Sleep on your back."

TEXT = """\
---
title: Caring for your scalp
---

Wash your hair
-----------------------------

Sleep on your back.

- Do not scratch.
"""
HTML = """\
<h1>Caring for your scalp</h1>
<p>Sleep on your back. <b>Always.</b></p>
<ul><li>Do not scratch.</li></ul>
<table><tr><td>Rest</td><td>Daily</td></tr></table>
<img src="head.png" alt="A head">
"""


@pytest.fixture
def mixed(turkish):
    """All but one sentence is translated."""
    put(turkish, {"publish.toml": PARTIAL})
    translate(turkish, {DAY: ""})
    return turkish


def test_what_is_not_translated_stands_in_the_source_and_says_so(mixed):
    ran = publish(mixed, "build", "--json")

    assert ran.code == 3
    assert output(ran)["state"] == "partial"
    assert output(ran)["why"] == "1 untranslated of 6"
    html = page(mixed)
    assert f"<li><div {ENGLISH}>Sleep on your back.</div></li>" in html
    assert "<li>Kaşımayın.</li>" in html
    assert html.partition("<main")[2].count(ENGLISH) == 1


def test_explain_and_status_say_the_same(mixed):
    explained = publish(mixed, "explain", "articles/scalp", "--json")
    shown = publish(mixed, "status", "--json")

    assert output(explained)["state"] == "partial"
    assert shown.json["locales"][0]["articles"][0]["state"] == "partial"


def test_readers_are_told_and_search_engines_kept_away(mixed):
    publish(mixed, "build")

    html = page(mixed)
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical" href="https://clinic.example/health/tr/scalp/"' in html
    assert 'rel="alternate"' not in html
    assert 'hreflang="tr"' not in page(mixed, "en").partition("</head>")[0]
    assert "tr/scalp" not in (mixed / "dist/site/sitemap.xml").read_text("utf-8")
    (written,) = re.findall(r"application/ld\+json\">(.*?)</script>", html)
    (data, *_) = json.loads(written)["@graph"]
    assert data["inLanguage"] == ["tr", "en"]
    assert "lastReviewed" not in data
    assert "have not been translated yet" in html


def test_an_unreviewed_text_never_appears(mixed):
    translate(mixed, {DAY: "Sırtüstü uyuyunuz."}, flags=("fuzzy",))

    publish(mixed, "build")

    assert not any(b"uyuyunuz" in data for data in dist(mixed).values())
    assert "Sleep on your back." in page(mixed)


def test_a_text_with_an_error_is_replaced_by_its_source_and_the_build_fails(mixed):
    translate(mixed, {"Take 5 mg in the evening.": "Akşamları 50 mg alın."})

    ran = publish(mixed, "build", "--json")

    assert ran.code == 1
    assert output(ran)["state"] == "partial"
    assert "50 mg" not in page(mixed)
    assert f"<p {ENGLISH}>Take 5 mg in the evening.</p>" in page(mixed)


def test_a_text_that_would_change_the_structure_is_replaced_by_its_source(mixed):
    translate(
        mixed, {"Wash your hair after 3 days.": "Saçınızı\n\n3 gün sonra yıkayın."}
    )

    ran = publish(mixed, "build", "--json")

    assert ran.code == 1
    assert output(ran)["state"] == "partial"
    assert f"<p {ENGLISH}>Wash your hair after 3 days.</p>" in page(mixed)


@pytest.mark.parametrize(
    ("msgid", "shown"),
    [
        ("Caring for your scalp", f"<h1 {ENGLISH}>"),
        ("What to do in the first days.", f'<p class="lede" {ENGLISH}>'),
    ],
)
def test_title_and_description_say_their_language_too(mixed, msgid, shown):
    translate(mixed, {msgid: ""})

    publish(mixed, "build")

    tag = shown.split()[0]
    assert shown in page(mixed)
    index = (mixed / "dist/site/tr/index.html").read_text("utf-8")
    card = f"<h3 {ENGLISH}>" if tag == "<h1" else f"<p {ENGLISH}>"
    assert card in index
    assert index.partition("<main")[2].count(ENGLISH) == 1


def test_an_address_that_is_not_approved_is_not_used(turkish):
    put(turkish, {"publish.toml": PARTIAL + 'require = "approved"\n'})
    publish(turkish, "approve", "--reviewer", "Reviewer")
    translate(turkish, {"scalp": "gizli-adres", DAY: "Hep sırtüstü uyuyun."})

    ran = publish(turkish, "build", "--json")

    assert output(ran)["state"] == "partial"
    assert output(ran)["path"] == "dist/site/tr/scalp/index.html"
    assert not any(b"gizli" in data for data in dist(turkish).values())


def test_a_page_without_a_reviewed_word_is_the_fallback(site):
    put(site, {"publish.toml": PARTIAL})

    ran = publish(site, "build", "--json")

    assert ran.code == 3
    assert output(ran)["state"] == "fallback"
    assert f'<div class="prose" {ENGLISH}>' in page(site)


def test_a_broken_catalog_leaves_the_fallback_and_fails(mixed):
    po_path(mixed).write_text('msgid "cut', encoding="utf-8")

    ran = publish(mixed, "build", "--json")

    assert ran.code == 1
    assert output(ran)["state"] == "fallback"


def test_where_all_is_reviewed_nothing_is_marked(turkish):
    publish(turkish, "build")
    whole = page(turkish)
    put(turkish, {"publish.toml": PARTIAL})

    ran = publish(turkish, "build", "--json")

    assert ran.code == 0
    assert output(ran)["state"] == "published"
    assert page(turkish) == whole


def test_a_mail_is_held(tmp_path):
    root = make_site(tmp_path, {"source/mail/visit.md": MAIL, "publish.toml": PARTIAL})
    publish(root, "extract")
    translate(root, MAIL_TURKISH, domain="mail/visit")
    translate(root, {"Please bring your card.": ""}, domain="mail/visit")

    ran = publish(root, "build", "--json")

    assert output(ran, article="mail/visit", kind="mails")["state"] == "held"
    assert not (root / "dist/mail/tr").exists()


@pytest.mark.parametrize(
    ("suffix", "source", "shown"),
    [
        ("txt", TEXT, [f"<p {ENGLISH}>Sleep on your back.</p>"]),
        ("txt", TEXT, [f"<h2 {ENGLISH} ", "Wash your hair"]),
        ("html", HTML, [f"<p {ENGLISH}>Sleep on your back. <b>Always.</b></p>"]),
        ("html", HTML, [f"<td {ENGLISH}>Daily</td>", "<td>Dinlenme</td>"]),
        ("html", HTML, ['alt="A head"', f"{ENGLISH}"]),
        ("html", HTML, ["<li>Kaşımayın.</li>"]),
    ],
)
def test_every_format_says_it_of_its_blocks(tmp_path, suffix, source, shown):
    root = make_site(
        tmp_path, {"publish.toml": PARTIAL, "source/articles/head.png": b"x"}
    )
    (root / "source/articles/scalp.md").unlink()
    put(root, {f"source/articles/scalp.{suffix}": source})
    publish(root, "extract")
    translate(root, TURKISH | {"Rest": "Dinlenme"})
    translate(root, {DAY: ""})

    ran = publish(root, "build", "--json")

    assert output(ran)["state"] == "partial"
    for each in shown:
        assert each.replace(f"<h2 {ENGLISH} ", "<h2 ") in page(root)


def test_a_built_page_equals_one_from_nothing(mixed):
    publish(mixed, "build")
    translate(mixed, {"Do not scratch.": ""})
    publish(mixed, "build")
    built = dist(mixed)
    for top in ("dist", ".publish"):
        shutil.rmtree(mixed / top)

    publish(mixed, "build")

    assert dist(mixed) == built
