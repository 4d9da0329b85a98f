import pytest

from pipeline.formats import compose
from pipeline.store.config import read_site
from pipeline.store.published import Event, History
from pipeline.workflow.decide import Rules, decide
from pipeline.workflow.slugs import source_slug
from pipeline.workflow.templates import read_templates
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

OUT = History((Event("articles/scalp", "published", "scalp", "2026-01-01"),))
MAIL = """\
---
kind: mail
title: Reminder
subject: Your visit
---

Hello {{ first_name }}.
"""


def policy(root, name):
    config = f'{CONFIG}[[class]]\nglobs = ["**"]\npolicy = "{name}"\n'
    put(root, {"publish.toml": config})


def article(root, domain="articles/scalp"):
    found = read_templates(read_site(root), drafts=True).article(domain)
    assert found is not None
    return found


def decided(root, domain="articles/scalp", locale="tr", history=None, **rules):
    site = read_site(root)
    templates = read_templates(site, drafts=True)
    return decide(
        article(root, domain),
        templates.messages[domain],
        Rules(site, locale, history or History(), **rules),
    )


def test_what_is_reviewed_goes_out_in_the_words_of_the_catalog(turkish):
    decision = decided(turkish)

    assert (decision.state, decision.why, decision.errors) == ("published", "", ())
    assert TURKISH["Do not scratch."] in compose(decision.article)
    assert "Do not scratch." not in compose(decision.article)


def test_what_was_never_out_is_held(site):
    decision = decided(site)

    assert (decision.state, decision.why) == ("held", "6 untranslated of 6")
    assert decision.unreviewed
    assert not decision.goes_out


def test_what_was_out_is_recalled(site):
    assert decided(site, history=OUT).state == "recalled"


def test_an_error_of_a_check_holds_it_and_is_listed(turkish):
    translate(turkish, {"Take 5 mg in the evening.": "Akşamları 50 mg alın."})

    decision = decided(turkish)

    (error,) = decision.errors
    assert decision.why == "1 with a check's error of 6"
    assert error.path == "locales/tr/LC_MESSAGES/articles/scalp.po"
    assert error.line > 0


def test_a_broken_catalog_holds_it_and_says_where(turkish):
    po_path(turkish).write_bytes(po_path(turkish).read_bytes()[:-30])

    decision = decided(turkish)

    assert decision.state == "held"
    assert decision.why == str(decision.errors[0])


def test_the_source_is_ungated(site):
    decision = decided(site, locale="en")

    assert (decision.state, decision.slug) == ("published", "scalp")


@pytest.mark.parametrize("locale", ["en", "tr"])
def test_an_authors_draft_is_held_without_a_review_missing(turkish, locale):
    text = ARTICLE.replace("date:", "draft: true\ndate:")
    put(turkish, {"source/articles/scalp.md": text})

    decision = decided(turkish, locale=locale)

    assert decision.state == "held"
    assert decision.why == "draft: true in source/articles/scalp.md"
    assert not decision.unreviewed
    assert decided(turkish, locale=locale, draft=True).state == "published"


def test_fallback_shows_the_source_text(site):
    policy(site, "fallback")
    translate(site, {"Do not scratch.": "Kaşımayın."})

    decision = decided(site)

    assert (decision.state, decision.goes_out) == ("fallback", True)
    assert decision.unreviewed
    assert decision.why == "5 untranslated of 6"
    assert compose(decision.article) == ARTICLE


def test_a_mail_is_whole_or_not_sent(site):
    put(site, {"source/mail/x.md": MAIL})
    policy(site, "fallback")

    assert decided(site, "mail/x").state == "held"


def test_a_draft_shows_what_is_unreviewed_with_its_state_and_place(site):
    translate(site, {"Do not scratch.": "Kaşımayın."}, flags=("fuzzy",))

    decision = decided(site, draft=True)

    marks = {s.text: s.mark for s in decision.article.segments if s.mark}
    assert marks["Kaşımayın."].state == "fuzzy"
    assert marks["Kaşımayın."].entry.startswith(
        "locales/tr/LC_MESSAGES/articles/scalp.po:"
    )
    assert marks["Sleep on your back."].state == "untranslated"


def test_a_draft_leaves_what_is_reviewed_unmarked_and_a_preview_marks_it(turkish):
    draft = decided(turkish, draft=True)
    preview = decided(turkish, draft=True, preview=True)

    assert [s.mark for s in draft.article.segments if s.mark] == []
    states = {s.mark.state for s in preview.article.segments if s.mark}
    assert states == {"translated"}


def test_a_draft_tells_the_approved_and_the_unapproved_apart(turkish):
    put(turkish, {"publish.toml": CONFIG + '[review]\nrequire = "approved"\n'})
    publish(turkish, "approve", "--reviewer", "Reviewer")
    translate(turkish, {"Do not scratch.": "Hiç kaşımayın."})

    preview = decided(turkish, draft=True, preview=True)

    states = {s.text: s.mark.state for s in preview.article.segments if s.mark}
    assert states["Hiç kaşımayın."] == "unapproved"
    assert states["Sırtüstü uyuyun."] == "approved"


def test_a_pseudo_locale_needs_no_catalog(site):
    decision = decided(site, locale="en-XA", draft=True)

    assert decision.state == "published"
    assert "Do not scratch." not in compose(decision.article)


def test_the_day_of_review_is_that_of_the_oldest_approval_that_holds(
    turkish, monkeypatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    publish(turkish, "approve", "--reviewer", "Reviewer")
    translate(turkish, {"Do not scratch.": "Hiç kaşımayın."})
    partly = decided(turkish)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    publish(turkish, "approve", "--reviewer", "Nurse", "--role", "nurse")
    mixed = decided(turkish)

    assert partly.reviewed is None
    assert partly.reviewers == ()
    assert mixed.reviewed == "1970-01-01"
    assert mixed.reviewers == (("Reviewer", ""), ("Nurse", "nurse"))


@pytest.mark.parametrize(
    ("msgstr", "flags", "slug"),
    [
        ("Saçlı Deri", (), "sacli-deri"),
        ("ISIRGAN ılık İğne", (), "isirgan-ilik-igne"),
        ("", (), "scalp"),
        ("Saçlı Deri", ("fuzzy",), "scalp"),
        ("???", (), "scalp"),
        ("../../etc", (), "etc"),
    ],
)
def test_an_address_is_folded_and_falls_back_to_the_files_name(
    turkish, msgstr, flags, slug
):
    translate(turkish, {"scalp": msgstr}, flags=flags)

    assert decided(turkish).slug == slug


def test_the_sources_address_is_the_authors_or_the_files_name(turkish):
    named = ARTICLE.replace("date:", "slug: Caring for it\ndate:")
    own = source_slug(article(turkish), "en")
    put(turkish, {"source/articles/scalp.md": named})

    given = source_slug(article(turkish), "en")

    assert (own, given) == ("scalp", "caring-for-it")


def test_a_name_without_a_letter_of_ours_is_still_an_address(tmp_path):
    make_site(tmp_path, {"source/!!!.md": "# Title\n\nWords.\n"})

    assert source_slug(article(tmp_path, "!!!"), "en") == "page"
