import shutil

from tests.builders import (
    ARTICLE,
    TURKISH,
    catalog,
    entry_of,
    make_site,
    po_path,
    publish,
    translate,
)


def tree(root):
    top = root / "locales"
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in sorted(top.rglob("*"))
        if path.is_file()
    }


def row(ran, domain="articles/scalp", locale="tr"):
    (found,) = (
        each
        for each in ran.json["domains"]
        if (each["domain"], each["locale"]) == (domain, locale)
    )
    return found


def test_a_new_article_becomes_a_template_and_a_catalog(tmp_path):
    make_site(tmp_path)

    ran = publish(tmp_path, "extract", "--json")

    assert ran.code == 0
    assert ran.json["errors"] == []
    assert row(ran) == {
        "domain": "articles/scalp",
        "locale": "tr",
        "new": 7,
        "changed": 0,
        "moved": 0,
        "kept": 0,
        "obsolete": 0,
        "written": True,
    }
    assert (tmp_path / "locales/_pot/articles/scalp.pot").exists()
    assert (tmp_path / "locales/tr/LC_MESSAGES/messages.po").exists()


def test_running_it_twice_changes_no_byte(turkish):
    publish(turkish, "extract")
    before = tree(turkish)

    ran = publish(turkish, "extract", "--json")

    assert tree(turkish) == before
    assert not any(each["written"] for each in ran.json["domains"])


def test_a_segment_is_said_what_it_is(site):
    found = {m.msgid: m.extracted[0] for m in catalog(site)}

    assert found["Caring for your scalp"] == "title"
    assert found["Wash your hair after 3 days."] == "paragraph"
    assert found["Do not scratch."] == "list item"


def test_check_changes_nothing_and_says_so_by_its_code(tmp_path):
    make_site(tmp_path)

    ran = publish(tmp_path, "extract", "--check", "--json")

    assert ran.code == 1
    assert row(ran)["written"]
    assert not (tmp_path / "locales").exists()


def test_check_is_content_where_all_is_up_to_date(turkish):
    assert publish(turkish, "extract", "--check").code == 0


def test_a_changed_sentence_keeps_its_translation_as_fuzzy(turkish):
    changed = ARTICLE.replace("after 3 days", "after 5 days")
    (turkish / "source/articles/scalp.md").write_text(changed, encoding="utf-8")

    ran = publish(turkish, "extract", "--json")

    entry = entry_of(catalog(turkish), "Wash your hair after 5 days.")
    assert row(ran)["changed"] == 1
    assert entry.is_fuzzy
    assert entry.msgstr == "Saçınızı 3 gün sonra yıkayın."
    assert entry.previous is not None
    assert entry.previous.msgid == "Wash your hair after 3 days."
    assert any("publish" in comment for comment in entry.comments)


def test_a_sentence_that_is_gone_is_kept_as_obsolete(turkish):
    changed = ARTICLE.replace("- Do not scratch.\n", "")
    (turkish / "source/articles/scalp.md").write_text(changed, encoding="utf-8")

    ran = publish(turkish, "extract", "--json")

    entry = entry_of(catalog(turkish), "Do not scratch.")
    assert row(ran)["obsolete"] == 1
    assert (entry.obsolete, entry.msgstr) == (True, "Kaşımayın.")


def test_a_sentence_that_moved_to_another_article_takes_its_translation(turkish):
    changed = ARTICLE.replace("- Do not scratch.\n", "")
    (turkish / "source/articles/scalp.md").write_text(changed, encoding="utf-8")
    (turkish / "source/articles/new.md").write_text(
        "# Another\n\nDo not scratch.\n\nSomething else entirely.\n", encoding="utf-8"
    )

    ran = publish(turkish, "extract", "--json")

    entry = entry_of(catalog(turkish, "articles/new"), "Do not scratch.")
    assert row(ran, "articles/new")["moved"] == 1
    assert entry.is_usable
    assert entry.msgstr == "Kaşımayın."


def test_a_renamed_article_is_followed_by_its_catalog_and_its_address(turkish):
    translate(turkish, {"scalp": "sacli-deri"})
    publish(turkish, "build")
    source = turkish / "source/articles"
    (source / "scalp.md").rename(source / "washing.md")

    ran = publish(turkish, "extract", "--json")
    built = publish(turkish, "build", "--json")

    assert row(ran, "articles/washing")["kept"] == 7
    assert not po_path(turkish).exists()
    assert entry_of(catalog(turkish, "articles/washing"), "washing", "slug").msgstr == (
        "sacli-deri"
    )
    assert built.code == 0
    assert (turkish / "dist/site/tr/sacli-deri/index.html").exists()
    old = (turkish / "dist/site/en/scalp/index.html").read_text(encoding="utf-8")
    assert "washing" in old


def test_a_deleted_article_leaves_its_catalog(turkish):
    (turkish / "source/articles/scalp.md").unlink()
    make_site(turkish, {"source/articles/scalp.md": "gone"})
    (turkish / "source/articles/scalp.md").unlink()

    assert publish(turkish, "extract").code == 0
    assert po_path(turkish).exists()


def test_one_bad_article_does_not_stop_the_others(tmp_path):
    make_site(tmp_path, {"source/articles/bad.md": b"# Title\n\n\xff\xfe\n"})

    ran = publish(tmp_path, "extract", "--json")

    assert ran.code == 1
    (error,) = ran.json["errors"]
    assert (error["path"], error["line"]) == ("source/articles/bad.md", 3)
    assert row(ran)["written"]


def test_one_broken_catalog_is_left_alone_and_does_not_stop_the_others(turkish):
    make_site(turkish, {"source/articles/two.md": "# Two\n\nWords.\n"})
    path = po_path(turkish)
    broken = path.read_bytes()[:-30]
    path.write_bytes(broken)

    ran = publish(turkish, "extract", "--json")

    assert ran.code == 1
    assert ran.json["errors"][0]["path"] == "locales/tr/LC_MESSAGES/articles/scalp.po"
    assert path.read_bytes() == broken
    assert row(ran, "articles/two")["written"]


def test_only_the_locales_asked_for_are_touched(tmp_path):
    config = 'title = "T"\nbase_url = "https://clinic.example/"\n'
    make_site(tmp_path, {"publish.toml": config + 'locales = ["tr", "ar"]\n'})

    publish(tmp_path, "extract", "--lang", "ar")

    assert not (tmp_path / "locales/tr").exists()
    assert (tmp_path / "locales/ar").exists()


def test_two_articles_of_one_domain_are_an_error_that_names_both(tmp_path):
    make_site(tmp_path, {"source/articles/scalp.txt": "Scalp\n\nWords.\n"})

    ran = publish(tmp_path, "extract", "--json")

    assert ran.code == 1
    assert "scalp.md" in ran.err
    assert "scalp.txt" in ran.err
    assert not (tmp_path / "locales/_pot/articles/scalp.pot").exists()


def test_what_is_not_an_article_is_not_extracted(tmp_path):
    make_site(
        tmp_path,
        {
            "source/README.md": "# Read me\n",
            "source/_notes.md": "# Notes\n",
            "source/.hidden.md": "# Hidden\n",
            "source/old/x.md": "# Old\n",
            "publish.toml": 'locales = ["tr"]\n[source]\nignore = ["old"]\n',
        },
    )

    ran = publish(tmp_path, "extract", "--json")

    domains = {each["domain"] for each in ran.json["domains"]}
    assert domains == {"articles/scalp", "messages"}


def test_translations_survive_a_source_that_comes_back(turkish):
    source = turkish / "source/articles/scalp.md"
    kept = turkish / "kept.md"
    shutil.copy(source, kept)
    source.write_text("# Something else\n\nAltogether different words.\n", "utf-8")
    publish(turkish, "extract")
    shutil.copy(kept, source)

    publish(turkish, "extract")

    for msgid, msgstr in TURKISH.items():
        found = [m for m in catalog(turkish).living if m.msgid == msgid]
        assert [m.msgstr for m in found] == [msgstr]
