"""`publish build --context`: all that the templates of an article are given."""

import pytest

from tests.builders import CONFIG, TURKISH, make_site, publish, put, translate

MAIL = """\
---
kind: mail
title: Your card
subject: Your card
---

Dear {{ first_name }}, bring it.
"""
SENDER = f"{CONFIG}[mail]\nfrom = 'a@clinic.example'\n"


@pytest.fixture
def site(tmp_path):
    make_site(tmp_path, {"publish.toml": SENDER, "source/mail/card.md": MAIL})
    publish(tmp_path, "extract")
    translate(tmp_path, TURKISH)
    return tmp_path


def values(ran, template="page.html"):
    (context,) = ran.json["contexts"]
    return {each["template"]: each["values"] for each in context["templates"]}[template]


def context(site, article, *options):
    return publish(site, "build", "--context", article, *options)


def test_the_values_of_a_page_are_those_that_its_template_sees(site):
    template = (
        "{% for name in page.tags %}{% endfor %}{{ page.title }}, {{ site.home }}"
    )
    put(site, {"templates/page.html": template})
    ran = context(site, "scalp", "--lang", "tr")
    publish(site, "build")

    seen = values(ran)

    page = (site / "dist/site/tr/scalp/index.html").read_text("utf-8").strip()
    assert f"{seen['page']['title']}, {seen['site']['home']}" == page
    assert seen["page"]["date"] == "2026-03-01"
    assert [each["locale"] for each in seen["alternates"]] == ["en", "tr", "x-default"]
    assert seen["data"]["@context"] == "https://schema.org"


def test_a_mail_has_the_values_of_each_of_its_templates(site):
    ran = context(site, "mail/card", "--lang", "en")

    assert values(ran, "mail.mjml")["mail"]["subject"] == "Your card"
    assert "{{ first_name }}" in values(ran, "mail.txt")["mail"]["body"]


def test_without_a_language_there_is_one_of_each(site):
    ran = context(site, "scalp")

    assert [each["locale"] for each in ran.json["contexts"]] == ["en", "tr"]
    assert ran.code == 0


def test_nothing_is_written(site):
    before = sorted(site.rglob("*"))

    context(site, "scalp")

    assert sorted(site.rglob("*")) == before


def test_what_is_held_has_no_values_and_says_why(site):
    ran = context(site, "mail/card", "--lang", "tr")

    (held,) = ran.json["contexts"]
    assert (held["state"], held["templates"]) == ("held", [])
    assert "untranslated" in held["why"]
    assert ran.code == 3


def test_a_draft_has_the_values_of_what_is_held(site):
    ran = context(site, "mail/card", "--lang", "tr", "--draft")

    assert values(ran, "mail.mjml")["site"]["drafts"] is True


def test_a_template_that_fails_still_tells_what_it_was_given(site):
    put(site, {"templates/page.html": "{{ page.titel }}"})

    ran = context(site, "scalp", "--lang", "en")

    assert values(ran)["page"]["title"] == "Caring for your scalp"
    assert ran.code == 1
    assert ran.json["errors"][0]["path"] == "templates/page.html"


def test_all_that_is_wrong_in_an_article_is_told(site):
    text = "# Scalp\n\nOne [way](a.md).\n\nAnother [way](b.md).\n"
    put(site, {"source/articles/scalp.md": text})

    ran = context(site, "scalp", "--lang", "en")

    assert ran.code == 1
    assert [each["line"] for each in ran.json["errors"]] == [3, 5]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("articles/scalpe", "articles/scalp"),
        ("crad", "mail/card"),
        ("car", "mail/card"),
    ],
)
def test_an_unknown_article_is_an_error_that_names_those_near(site, name, near):
    ran = context(site, name)

    assert ran.code == 2
    assert f"did you mean {near}" in ran.json["errors"][0]["hint"]


def test_an_unknown_language_is_an_error(site):
    assert context(site, "scalp", "--lang", "fr").code == 2


def test_what_is_not_read_names_its_own_error(site):
    put(site, {"source/bad.md": b"\xff"})

    ran = context(site, "bad")

    assert ran.json["contexts"] == []
    assert [each["path"] for each in ran.json["errors"]] == ["source/bad.md"]
