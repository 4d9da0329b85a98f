from tests.builders import CONFIG, TURKISH, catalog, make_site, publish

COPY = "# Another\n\nDo not scratch.\n\nEat well.\n"


def draft(root, config=CONFIG):
    make_site(root, {"source/articles/copy.md": COPY, "publish.toml": config})
    publish(root, "extract")
    ran = publish(root, "pretranslate", "--json")
    return ran, catalog(root, "articles/copy").find("Do not scratch.")


def test_the_memory_offers_what_is_translated(turkish):
    ran, entry = draft(turkish)

    assert ran.json["locales"][0]["filled"] == {"memory": 1}
    assert entry.msgstr == TURKISH["Do not scratch."]


def test_where_approval_is_required_the_memory_offers_what_was_approved(turkish):
    approved = CONFIG + '[review]\nrequire = "approved"\n'

    before, nothing = draft(turkish, approved)
    publish(turkish, "approve", "articles/scalp", "--reviewer", "Reviewer")
    after, entry = draft(turkish, approved)

    assert before.json["locales"][0]["filled"] == {}
    assert nothing.msgstr == ""
    assert after.json["locales"][0]["filled"] == {"memory": 1}
    assert entry.msgstr == TURKISH["Do not scratch."]
