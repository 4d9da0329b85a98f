from tests.builders import make_site, po_path, publish, put

SOURCE = """\
---
title: Scalp
---

First *word*.

<div>Second <b>word</b></div>

Third word.
"""

CATALOG = """\
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "First **word**."
msgstr "Birinci **sözcük**."

#, fuzzy
msgid "Second word"
msgstr "İkinci sözcük"

#~ msgid "Third _word_."
#~ msgstr "Üçüncü _sözcük_."
"""

TEMPLATE = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
{field}
msgid "First **word**."
msgstr ""
"""


def site(root, field):
    make_site(root, {"source/articles/scalp.md": SOURCE})
    head = CATALOG.replace('msgstr ""\n', 'msgstr ""\n"Language: tr\\n"\n', 1)
    return put(
        root,
        {
            "locales/_pot/articles/scalp.pot": TEMPLATE.format(field=field),
            "locales/tr/LC_MESSAGES/articles/scalp.po": head,
        },
    )


def test_older_rules_cost_no_translation(tmp_path):
    site(tmp_path, '"X-Publish-Extraction: 0\\n"\n')

    ran = publish(tmp_path, "extract", "--json")

    text = po_path(tmp_path).read_text(encoding="utf-8")
    assert ran.code == 0
    assert 'msgid "First *word*."\nmsgstr "Birinci **sözcük**."\n' in text
    assert '#, fuzzy\nmsgid "Second <b>word</b>"\nmsgstr "İkinci sözcük"\n' in text
    assert 'msgid "Third word."\nmsgstr "Üçüncü _sözcük_."\n' in text
    assert "#~" not in text
    template = (tmp_path / "locales/_pot/articles/scalp.pot").read_text()
    assert "X-Publish-Extraction: 2" in template
    assert publish(tmp_path, "extract", "--check").code == 0


def test_the_catalogs_of_other_locales_follow_at_once(tmp_path):
    site(tmp_path, "")
    config = (tmp_path / "publish.toml").read_text().replace('["tr"]', '["tr", "de"]')
    (tmp_path / "publish.toml").write_text(config)

    publish(tmp_path, "extract", "--lang", "de")

    text = po_path(tmp_path).read_text(encoding="utf-8")
    assert 'msgid "Third word."\nmsgstr "Üçüncü _sözcük_."\n' in text


def test_a_change_by_an_author_is_for_a_person_to_judge(tmp_path):
    site(tmp_path, '"X-Publish-Extraction: 2\\n"\n')

    publish(tmp_path, "extract")

    text = po_path(tmp_path).read_text(encoding="utf-8")
    assert '#, fuzzy\n#| msgid "First **word**."\nmsgid "First *word*."\n' in text
