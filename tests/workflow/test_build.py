import json
import shutil
from datetime import UTC, datetime

import pytest

from pipeline.store.config import read_site
from pipeline.workflow.build import build
from pipeline.workflow.outcome import BuildOptions
from tests.builders import (
    ARTICLE,
    CONFIG,
    TURKISH,
    make_site,
    po_path,
    publish,
    put,
    translate,
)

MAIL = """\
---
kind: mail
title: Your appointment
subject: Your appointment on {{ appointment_date }}
preheader: What to bring
---

Hello {{ first_name }},

Please bring your card.
"""
MAIL_TURKISH = {
    "Your appointment": "Randevunuz",
    "Your appointment on {{ appointment_date }}": "Randevunuz: {{ appointment_date }}",
    "What to bring": "Yanınızda getirmeniz gerekenler",
    "Hello {{ first_name }},": "Merhaba {{ first_name }},",
    "Please bring your card.": "Lütfen kartınızı getirin.",
}


def page(root, locale="tr", slug="scalp", top="dist/site"):
    return (root / top / locale / slug / "index.html").read_text(encoding="utf-8")


def output(ran, locale="tr", article="articles/scalp", kind="pages"):
    (found,) = (
        each
        for each in ran.json[kind]
        if (each["article"], each["locale"]) == (article, locale)
    )
    return found


def dist(root):
    top = root / "dist"
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in sorted(top.rglob("*"))
        if path.is_file()
    }


def test_a_translated_article_is_published(turkish):
    ran = publish(turkish, "build", "--json")

    assert ran.code == 0
    assert output(ran) == {
        "article": "articles/scalp",
        "locale": "tr",
        "path": "dist/site/tr/scalp/index.html",
        "state": "published",
        "changed": True,
        "why": "",
    }
    html = page(turkish)
    assert 'lang="tr"' in html
    assert all(text in html for text in TURKISH.values())
    assert not any(text in html for text in TURKISH)


def test_english_is_built_without_a_review(site):
    ran = publish(site, "build", "--json")

    assert output(ran, "en")["state"] == "published"
    assert "Do not scratch." in page(site, "en")


def test_an_unreviewed_article_is_held_with_counts(site):
    translate(site, {"Do not scratch.": "Kaşımayın."})

    ran = publish(site, "build", "--json")

    assert ran.code == 3
    assert output(ran)["state"] == "held"
    assert output(ran)["why"] == "5 untranslated of 6"
    assert not (site / "dist/site/tr/scalp").exists()


def test_a_held_text_appears_nowhere_in_dist(site):
    translate(site, {"Do not scratch.": "Kaşımayın."})

    publish(site, "build")

    assert not any("Kaşımayın".encode() in data for data in dist(site).values())


def test_hreflang_names_published_versions_only(site):
    publish(site, "build")
    held = page(site, "en")
    translate(site, TURKISH)

    publish(site, "build")

    assert 'hreflang="tr"' not in held
    assert 'hreflang="tr"' in page(site, "en")
    assert 'hreflang="x-default"' in page(site, "tr")


def test_one_changed_text_changes_its_page(turkish):
    publish(turkish, "build")
    translate(turkish, {"Do not scratch.": "Lütfen kaşımayın."})

    ran = publish(turkish, "build", "--json")

    assert output(ran)["changed"]
    assert not output(ran, "en")["changed"]
    assert "Lütfen kaşımayın." in page(turkish)


def test_a_text_that_becomes_fuzzy_recalls_its_page(turkish):
    publish(turkish, "build")
    translate(turkish, {"Do not scratch.": "Kaşımayın."}, flags=("fuzzy",))

    ran = publish(turkish, "build", "--json")
    again = publish(turkish, "build", "--json")

    assert ran.code == again.code == 3
    assert output(ran)["state"] == output(again)["state"] == "recalled"
    assert "dist/site/tr/scalp/index.html" in ran.json["removed"]
    assert not (turkish / "dist/site/tr/scalp").exists()
    release = json.loads((turkish / "dist/release.json").read_bytes())
    assert release["recalled"][0]["article"] == "articles/scalp"


def test_a_check_error_holds_the_article_and_fails(turkish):
    translate(turkish, {"Take 5 mg in the evening.": "Akşamları 50 mg alın."})

    ran = publish(turkish, "build", "--json")

    assert ran.code == 1
    assert output(ran)["state"] == "held"
    assert ran.json["errors"][0]["path"] == "locales/tr/LC_MESSAGES/articles/scalp.po"
    assert ran.json["errors"][0]["line"]


def test_a_changed_source_holds_its_translation_before_it_is_extracted(turkish):
    changed = ARTICLE.replace("Take 5 mg", "Take 50 mg")
    (turkish / "source/articles/scalp.md").write_text(changed, encoding="utf-8")

    ran = publish(turkish, "build", "--json")

    assert ran.code == 3
    assert output(ran)["state"] == "held"


def test_building_again_writes_nothing(turkish):
    publish(turkish, "build")
    before = dist(turkish)

    ran = publish(turkish, "build", "--json")

    assert ran.json["written"] == ran.json["removed"] == []
    assert not output(ran)["changed"]
    assert dist(turkish) == before


def test_a_build_equals_one_from_nothing(turkish):
    publish(turkish, "build")
    translate(turkish, {"scalp": "sacli-deri"})
    publish(turkish, "build")
    built = dist(turkish)
    for top in ("dist", ".publish"):
        for path in sorted((turkish / top).rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()

    publish(turkish, "build")

    assert dist(turkish) == built


def test_a_lost_output_is_written_again(turkish):
    publish(turkish, "build")
    (turkish / "dist/site/tr/scalp/index.html").unlink()

    ran = publish(turkish, "build", "--json")

    assert ran.json["written"] == ["dist/site/tr/scalp/index.html"]


def test_what_is_no_longer_built_is_removed(turkish):
    publish(turkish, "build")
    (turkish / "source/articles/scalp.md").unlink()

    ran = publish(turkish, "build", "--json")

    assert ran.code == 0
    assert output(ran)["state"] == "recalled"
    assert not (turkish / "dist/site/tr/scalp").exists()
    assert not (turkish / "dist/site/en/scalp").exists()


def test_a_localized_slug_is_folded_and_the_old_address_redirects(turkish):
    publish(turkish, "build")
    translate(turkish, {"scalp": "Saçlı Deri Bakımı"})

    ran = publish(turkish, "build", "--json")

    assert output(ran)["path"] == "dist/site/tr/sacli-deri-bakimi/index.html"
    assert "sacli-deri-bakimi" in page(turkish, slug="scalp")


def test_an_old_address_that_another_page_takes_is_noted_when_it_does(tmp_path):
    make_site(tmp_path)
    source = tmp_path / "source/articles"
    publish(tmp_path, "build")
    (source / "scalp.md").write_text(
        ARTICLE.replace("title:", "slug: care\ntitle:"), "utf-8"
    )
    assert "was an address" not in publish(tmp_path, "build").out
    assert (tmp_path / "dist/site/en/scalp/index.html").exists()

    other = "---\nslug: scalp\n---\n\n# Other\n\nWords.\n"
    (source / "other.md").write_text(other, "utf-8")
    said = " ".join(publish(tmp_path, "build").out.split())

    assert (
        "note: en/scalp was an address of source/articles/scalp.md, and is that of "
        "source/articles/other.md now: no old link to it leads to "
        "source/articles/scalp.md any more"
    ) in said
    assert said.count("was an address") == 1
    shutil.rmtree(tmp_path / ".publish")
    assert "was an address" not in publish(tmp_path, "build").out


@pytest.mark.parametrize("first", ["scalp", "other"])
def test_an_old_address_of_two_pages_leads_to_the_one_that_was_there_last(
    tmp_path, first
):
    make_site(tmp_path)
    last = {"scalp": "other", "other": "scalp"}[first]

    def build(**slugs):
        for name, slug in slugs.items():
            text = f"---\nslug: {slug}\n---\n\n# {name}\n\nWords.\n"
            put(tmp_path, {f"source/articles/{name}.md": text})
        assert publish(tmp_path, "build", "--lang", "en").code == 0

    build(**{first: "care", last: "more"})
    build(**{first: "new", last: "care"})
    build(**{last: "newest"})

    assert "/en/care/ /en/newest/ 301" in moves(tmp_path)
    shutil.rmtree(tmp_path / ".publish")
    build()
    assert "/en/care/ /en/newest/ 301" in moves(tmp_path)


def test_the_address_of_a_page_that_is_gone_leads_to_no_other_that_had_it_before(
    tmp_path,
):
    make_site(tmp_path)
    slugs = ("old", "care", "new")
    texts = (*(("scalp", slug) for slug in slugs), ("other", "care"))
    for name, slug in texts:
        text = f"---\nslug: {slug}\n---\n\n# {name}\n\nWords.\n"
        put(tmp_path, {f"source/articles/{name}.md": text})
        publish(tmp_path, "build", "--lang", "en")
    (tmp_path / "source/articles/other.md").unlink()
    publish(tmp_path, "build", "--lang", "en")

    assert not any("/en/care/" in line for line in moves(tmp_path))
    assert not (tmp_path / "dist/site/en/care").exists()


def moves(root):
    text = (root / "dist/site/_redirects").read_text("utf-8")
    return text.replace("/health/", "/").splitlines()


def test_two_articles_of_one_slug_are_an_error_that_names_both(tmp_path):
    two = ARTICLE.replace("title:", "slug: scalp\ntitle:")
    make_site(tmp_path, {"source/articles/other.md": two})

    ran = publish(tmp_path, "build", "--json")

    assert ran.code == 1
    assert "articles/scalp.md" in ran.err
    assert "articles/other.md" in ran.err
    assert not (tmp_path / "dist/site/en/scalp").exists()


def test_a_draft_shows_what_is_unreviewed_marked_and_hidden(site):
    translate(site, {"Do not scratch.": "Kaşımayın."}, flags=("fuzzy",))

    ran = publish(site, "build", "--draft", "--json")

    html = page(site, top="dist/draft/site")
    assert output(ran)["path"] == "dist/draft/site/tr/scalp/index.html"
    assert "noindex" in html
    assert 'data-state="fuzzy"' in html
    assert 'data-state="untranslated"' in html
    assert "Kaşımayın." in html
    assert not (site / "dist/site").exists()


def test_the_address_of_a_tag_outlives_it_in_a_fresh_clone_too(turkish):
    source = turkish / "source/articles/scalp.md"
    text = source.read_text("utf-8")
    head = "date: 2026-03-01\n"
    source.write_text(text.replace(head, head + "tags: [Hair]\n"), "utf-8")
    assert publish(turkish, "build").code in {0, 3}
    source.write_text(text.replace(head, head + "tags: [Scalp]\n"), "utf-8")
    for folder in ("dist", ".publish"):
        shutil.rmtree(turkish / folder)

    assert publish(turkish, "build").code in {0, 3}

    old = (turkish / "dist/site/en/tags/hair/index.html").read_text("utf-8")
    assert 'content="0; url=../index.html"' in old
    table = (turkish / "dist/site/_redirects").read_text("utf-8")
    assert "/health/en/tags/hair/ /health/en/tags/ 301\n" in table
    history = (turkish / "locales/en/published.jsonl").read_text("utf-8")
    assert history.count('"tags/hair", "event": "listed"') == 1

    source.write_text(text.replace(head, head + "tags: [Hair]\n"), "utf-8")
    assert publish(turkish, "build").code in {0, 3}
    again = (turkish / "dist/site/en/tags/hair/index.html").read_text("utf-8")
    assert "refresh" not in again


def test_a_draft_is_not_recorded_as_published(turkish):
    publish(turkish, "build", "--draft")

    assert not (turkish / "locales/tr/published.jsonl").exists()


@pytest.mark.parametrize("locale", ["en-XA", "en-XB"])
def test_pseudo_locales_live_in_drafts_only(site, locale):
    before = sorted((site / "locales").rglob("*"))

    ran = publish(site, "build", "--draft", "--lang", locale)
    refused = publish(site, "build", "--lang", locale)

    assert (ran.code, refused.code) == (0, 2)
    assert "Do not scratch." not in page(site, locale, top="dist/draft/site")
    assert sorted((site / "locales").rglob("*")) == before


def test_a_mail_is_built_beside_the_pages(tmp_path):
    config = CONFIG + '[mail]\nfrom = "Clinic <info@clinic.example>"\n'
    make_site(tmp_path, {"source/mail/reminder.md": MAIL, "publish.toml": config})
    publish(tmp_path, "extract")
    translate(tmp_path, MAIL_TURKISH, domain="mail/reminder")

    ran = publish(tmp_path, "build", "--json")

    folder = tmp_path / "dist/mail/tr"
    assert output(ran, article="mail/reminder", kind="mails")["state"] == "published"
    assert sorted(path.name for path in folder.iterdir()) == [
        "reminder.eml",
        "reminder.html",
        "reminder.txt",
    ]
    for name in ("reminder.html", "reminder.txt"):
        text = (folder / name).read_text(encoding="utf-8")
        text = text.replace("<bdi>", "").replace("</bdi>", "")
        assert "Merhaba {{ first_name }}," in text
        assert "Lütfen kartınızı getirin." in text


def test_lang_leaves_the_other_locales_as_they_were(tmp_path):
    two = CONFIG.replace('["tr"]', '["tr", "ar"]')
    make_site(tmp_path, {"publish.toml": two})
    publish(tmp_path, "extract")
    translate(tmp_path, TURKISH)
    arabic = {msgid: f"{msgid} بالعربية" for msgid in TURKISH}
    translate(tmp_path, arabic, locale="ar")
    publish(tmp_path, "build")
    translate(tmp_path, {"Do not scratch.": "Do not scratch. مختلف"}, locale="ar")
    translate(tmp_path, {"scalp": "sacli-deri"})

    ran = publish(tmp_path, "build", "--lang", "tr", "--json")

    assert {each["locale"] for each in ran.json["pages"]} == {"en", "tr"}
    html = page(tmp_path, "ar")
    assert "مختلف" not in html
    assert "tr/sacli-deri/" in html


def test_one_broken_catalog_holds_its_article_and_not_the_others(turkish):
    make_site(turkish, {"source/articles/two.md": "# Two\n\nWords of it.\n"})
    publish(turkish, "extract")
    words = {"Two": "İki", "Words of it.": "Onun kelimeleri."}
    translate(turkish, words, domain="articles/two")
    path = po_path(turkish)
    path.write_bytes(path.read_bytes()[:-30])

    ran = publish(turkish, "build", "--json")

    assert ran.code == 1
    assert output(ran)["state"] == "held"
    assert output(ran, article="articles/two")["state"] == "published"
    assert ran.json["errors"][0]["path"].endswith("articles/scalp.po")


def test_a_missing_template_is_said_with_its_name(turkish):
    make_site(turkish, {"templates/page.html": "{% extends 'nowhere.html' %}\n"})

    ran = publish(turkish, "build")

    assert ran.code == 1
    assert "nowhere.html" in ran.err
    assert "Traceback" not in ran.err


def test_where_approval_is_required_nothing_else_is_enough(turkish):
    config = CONFIG + '[review]\nrequire = "approved"\n'
    make_site(turkish, {"publish.toml": config})

    held = publish(turkish, "build", "--json")
    approved = publish(turkish, "approve", "--reviewer", "Reviewer", "--json")
    ran = publish(turkish, "build", "--json")

    assert (held.code, ran.code) == (3, 0)
    assert output(held)["why"] == "6 not approved of 6"
    assert approved.json["approved"] >= 6
    assert output(ran)["state"] == "published"


def test_an_approval_is_void_after_an_edit_and_back_after_its_revert(turkish):
    config = CONFIG + '[review]\nrequire = "approved"\n'
    make_site(turkish, {"publish.toml": config})
    publish(turkish, "approve", "--reviewer", "Reviewer")
    translate(turkish, {"Do not scratch.": "Hiç kaşımayın."})
    edited = publish(turkish, "build", "--json")

    translate(turkish, {"Do not scratch.": "Kaşımayın."})
    reverted = publish(turkish, "build", "--json")

    assert output(edited)["why"] == "1 not approved of 6"
    assert output(reverted)["state"] == "published"


def test_approve_refuses_what_a_check_calls_an_error(turkish):
    translate(turkish, {"Take 5 mg in the evening.": "Akşamları 50 mg alın."})

    ran = publish(turkish, "approve", "--reviewer", "Reviewer", "--json")

    assert ran.code == 1
    assert ran.json["refused"][0]["msgid"] == "Take 5 mg in the evening."


@pytest.mark.parametrize("executor", ["serial", "process"])
def test_any_executor_gives_the_same_bytes(tmp_path, executor):
    articles = {
        f"source/articles/a{n}.md": f"# Article {n}\n\nWords number {n}.\n"
        for n in range(60)
    }
    make_site(tmp_path, articles)

    publish(tmp_path, "build", "--executor", executor, "--jobs", "2")
    first = dist(tmp_path)
    (tmp_path / ".publish/build.json").unlink()
    publish(tmp_path, "build", "--executor", "serial")

    assert dist(tmp_path) == first
    assert len(first) > 60


def test_a_fallback_shows_the_source_with_a_notice_and_hides_from_indexes(site):
    policy = '[[class]]\nglobs = ["articles/**"]\npolicy = "fallback"\n'
    make_site(site, {"publish.toml": CONFIG + policy})
    translate(site, {"Do not scratch.": "Kaşımayın."})

    ran = publish(site, "build", "--json")

    html = page(site)
    assert (ran.code, output(ran)["state"]) == (3, "fallback")
    assert "Do not scratch." in html
    assert "Kaşımayın" not in html
    assert 'name="robots" content="noindex"' in html
    assert 'rel="canonical" href="https://clinic.example/health/en/scalp/"' in html
    assert 'hreflang="tr" href' not in page(site, "en").partition("</head>")[0]


def test_an_article_that_its_author_holds_back_is_out_nowhere(turkish):
    held = ARTICLE.replace("title:", "draft: true\ntitle:")
    policy = '[[class]]\nglobs = ["articles/**"]\npolicy = "fallback"\n'
    make_site(
        turkish,
        {"source/articles/scalp.md": held, "publish.toml": CONFIG + policy},
    )

    ran = publish(turkish, "build", "--json")

    assert ran.code == 0
    assert {output(ran, tag)["state"] for tag in ("en", "tr")} == {"held"}
    assert not any(b"Do not scratch." in data for data in dist(turkish).values())


def test_a_fuzzy_string_of_the_templates_is_held_back_and_says_so(turkish):
    words = {"Keep reading": "Okumaya devam edin"}
    translate(turkish, words, domain="messages", flags=("fuzzy",))
    make_site(turkish, {"source/articles/two.md": "# Two\n\nWords of it.\n"})

    ran = publish(turkish, "build", "--json")

    assert ran.code == 3
    assert "Okumaya devam edin" not in page(turkish)


def test_a_broken_glossary_is_an_error_and_stops_no_page(turkish):
    put(turkish, {"locales/tr/glossary.csv": "word\nhair\n"})

    ran = publish(turkish, "build", "--json")

    assert ran.code == 1
    assert [each["path"] for each in ran.json["errors"]] == ["locales/tr/glossary.csv"]
    states = {page["locale"]: page["state"] for page in ran.json["pages"]}
    assert states == {"en": "published", "tr": "published"}


@pytest.mark.parametrize("slug", ["tags", "Sections"])
def test_an_article_at_the_address_of_a_list_is_an_error_and_is_not_built(
    tmp_path, slug
):
    make_site(tmp_path, {"source/a.md": f"---\nslug: {slug}\ntags: [x]\n---\n\n# A\n"})

    ran = publish(tmp_path, "build", "--lang", "en", "--json")

    (error,) = ran.json["errors"]
    assert ran.code == 1
    assert error["path"] == "source/a.md"
    assert f"en/{slug.lower()} is that of a list" in error["message"]
    assert {each["article"]: each["state"] for each in ran.json["pages"]} == {
        "a": "held",
        "articles/scalp": "published",
    }
    assert not (tmp_path / "dist/site/en/tags").exists()


def test_a_tag_with_two_names_is_told(tmp_path):
    article = "---\ntitle: {}\ntags: [Hair]\n---\n\nText {}.\n"
    names = {"a": "Saç", "b": "Saç", "c": "Kıl"}
    files = {f"source/{n}.md": article.format(n.upper(), n) for n in names}
    make_site(tmp_path, files)
    publish(tmp_path, "extract")
    for name, word in names.items():
        words = {"Hair": word, name.upper(): name.upper(), f"Text {name}.": "Yazı."}
        translate(tmp_path, words, domain=name)

    ran = publish(tmp_path, "build")

    assert "note: tr: the tag hair has several names: “Saç” (2), “Kıl” (1)" in ran.out
    page = (tmp_path / "dist/site/tr/tags/hair/index.html").read_text("utf-8")
    assert "<h1><bdi>Saç</bdi></h1>" in page
    assert page.count('<li class="card">') == 3


@pytest.mark.parametrize("entry", ["Do not scratch.", "Caring for your scalp"])
def test_a_page_is_in_its_place_before_it_is_recorded(turkish, entry):
    options = BuildOptions(draft=True, preview=True)
    now = datetime(2026, 3, 31, tzinfo=UTC)
    build(read_site(turkish), options, now=now)
    recorded = (turkish / ".publish/draft.json").read_bytes()
    translate(turkish, {entry: "Lütfen bakın"})
    seen = []

    def look():
        seen.append(page(turkish, top="dist/draft/site"))
        state = turkish / ".publish/draft.json"
        seen.append(not state.exists() or state.read_bytes() == recorded)

    build(read_site(turkish), options, now=now, placed=look)

    assert "Lütfen bakın" in seen[0]
    assert seen[1:] == [True]
    assert seen[0] == page(turkish, top="dist/draft/site")


@pytest.mark.parametrize("link", ["![A comb](comb.svg)", "[A comb](comb.svg)"])
def test_a_drawing_that_runs_code_fails_the_page_that_names_it(tmp_path, link):
    root = make_site(
        tmp_path,
        {
            "source/articles/comb.md": f"# Combs\n\nSee {link}.\n",
            "source/articles/comb.svg": "<svg><script>alert(1)</script></svg>",
        },
    )
    publish(root, "extract")

    ran = publish(root, "build", "--json")

    assert ran.code == 1
    errors = [(e["path"], e["line"], e["message"]) for e in ran.json["errors"]]
    message = "source/articles/comb.svg would run code in the reader's browser"
    assert errors == [("source/articles/comb.md", 3, message)]
    assert (root / "dist/site/en/scalp/index.html").exists()
    assert not list((root / "dist").rglob("comb*.svg"))

    (root / "source/articles/comb.svg").write_text("<svg/>")
    assert publish(root, "build").code == 3
    assert list((root / "dist").rglob("comb*.svg"))


@pytest.mark.parametrize(
    "broken",
    [
        {"source/articles/sleep.md": "---\ntitle: [Sleep\n---\n\n## At night\n"},
        {"source/articles/sleep.txt": "Sleep\n"},
    ],
    ids=["front matter", "named twice"],
)
def test_an_article_that_cannot_be_read_is_named_once_and_those_that_link_to_it_stay(
    tmp_path, broken
):
    link = "See [sleep](sleep.md#at-night).\n"
    root = make_site(
        tmp_path,
        {
            "source/articles/scalp.md": f"# Scalp\n\n{link}",
            "source/articles/sleep.md": "# Sleep\n\n## At night\n",
        },
    )
    publish(root, "build")
    put(root, broken)

    ran = publish(root, "build", "--json")

    assert ran.code == 1
    (error,) = ran.json["errors"]
    assert error["path"].startswith("source/articles/sleep.")
    assert output(ran, "en")["state"] == "published"
    assert "See <a>sleep</a>." in page(root, "en")
    for layout in ("plain", "hugo"):
        exported = publish(root, "build", "--format", "source", "--layout", layout)
        assert "does not exist" not in exported.err


def test_all_that_leads_nowhere_in_an_article_is_told_at_once(tmp_path):
    text = (
        "[a](one.md) and [b](#two), [a](one.md) again.\n\n![c](three.png)\n\n"
        "[d](dose.md#four), [e](https://clinic.example/)."
    )
    article = ARTICLE.replace("Sleep on your back.", text)
    files = {"source/articles/scalp.md": article, "source/articles/dose.md": ARTICLE}
    root = make_site(tmp_path, files)

    ran = publish(root, "build", "--lang", "en", "--json")

    told = [(error["line"], error["message"]) for error in ran.json["errors"]]
    assert [line for line, _ in told] == [12, 12, 14, 16]
    names = ("one.md", "#two", "three.png", "#four")
    assert all(name in text for name, (_, text) in zip(names, told, strict=True))
    assert output(ran, "en", "articles/scalp")["state"] == "held"


def test_of_very_many_links_that_lead_nowhere_the_first_twenty_are_told(tmp_path):
    links = " ".join(f"[a](no-{number}.md)" for number in range(1_000))
    article = ARTICLE.replace("Sleep on your back.", links)
    root = make_site(tmp_path, {"source/articles/scalp.md": article})

    ran = publish(root, "build", "--lang", "en", "--json")

    assert len(ran.json["errors"]) == 20


def test_all_addresses_that_no_page_may_have_are_told_at_once(tmp_path):
    link = '[a](javascript:x) [b](sms:1) <b lang="en_US">c</b>'
    article = ARTICLE.replace("Sleep on your back.", link)
    root = make_site(tmp_path, {"source/articles/scalp.md": article})

    ran = publish(root, "build", "--lang", "en", "--json")

    assert len(ran.json["errors"]) == 3


@pytest.mark.parametrize("kind", ["article", "mail"])
def test_words_that_their_author_hid_hold_the_article(tmp_path, kind):
    text = 'Sleep well.\n\n<div style="display: none">Ask about the fee.</div>'
    article = ARTICLE.replace("Sleep on your back.", text)
    article = article.replace("---\n", f"---\nkind: {kind}\n", 1)
    config = f'{CONFIG}\n[mail]\nfrom = "clinic@clinic.example"\n'
    files = {"source/articles/scalp.md": article, "publish.toml": config}
    root = make_site(tmp_path, files)

    ran = publish(root, "build", "--lang", "en", "--json")

    (error,) = ran.json["errors"]
    assert error["line"] == 15
    assert error["message"].startswith('what is in <div style="display: none"> would')
    assert "Ask about" not in str([*root.glob("dist/**/*.html")])


def test_a_link_that_leads_nowhere_is_told_once_for_all_languages(tmp_path):
    link = "Sleep on your [back](sleep.html)."
    article = ARTICLE.replace("Sleep on your back.", link)
    root = make_site(tmp_path, {"source/articles/scalp.md": article})
    publish(root, "extract")
    translate(
        root,
        {
            **TURKISH,
            link: "[Sırtüstü](sleep.html) uyuyun.",
            "Take 5 mg in the evening.": "Akşamları 5 mg alın.",
        },
    )

    ran = publish(root, "build", "--json")

    (error,) = ran.json["errors"]
    assert error["line"] == 12
    assert "the en edition" in error["hint"]
    assert [output(ran, tag)["state"] for tag in ("en", "tr")] == ["held", "held"]
