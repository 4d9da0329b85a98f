"""A build makes again what changed, and what comes out is what a clean build makes."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.store.ledger import read_ledger
from pipeline.workflow.remembered import last_ledger
from tests.builders import CONFIG, make_site, po_path, publish, put

TWO = CONFIG.replace('["tr"]', '["tr", "ar"]') + "\n[mail]\nfrom = 'a@clinic.example'\n"
THREE = TWO.replace('"ar"]', '"ar", "de"]')
SCALP = """\
---
title: Caring for your scalp
description: What to do in the first days.
date: 2026-03-01
section: Surgery
tags: [Hair, First days]
---

## First days

Wash your hair after 3 days. See [sleep](sleep.md#at-night), [card](../mail/card.md).

![A comb](comb.png)
"""
SLEEP = """\
---
title: Sleeping well
date: 2026-03-02
section: Surgery
tags: [Sleep, Hair]
---

## At night

Sleep on your back. Back to [the scalp](scalp.md).
"""
FOOD = "---\ntitle: Eating\nwhen: 2026-01-01\n---\n\nEat at 8.\n"
CARD = """\
---
kind: mail
title: Your card
subject: Your card
---

Bring [this](../articles/sleep.md).
"""
SITE: dict[str, str | bytes] = {
    "publish.toml": TWO,
    "source/articles/scalp.md": SCALP.replace(", [card](../mail/card.md)", ""),
    "source/articles/sleep.md": SLEEP,
    "source/articles/food.md": FOOD,
    "source/articles/comb.png": b"png",
    "source/mail/card.md": CARD,
}
ARTICLES = ("articles/scalp", "articles/sleep", "articles/food", "mail/card")
LOCALES = ("tr", "ar")


@pytest.fixture(scope="module")
def pristine(tmp_path_factory):
    """A site in three languages, all of it translated, and built once."""
    root = tmp_path_factory.mktemp("pristine") / "site"
    make_site(root, SITE)
    publish(root, "extract")
    fill(root)
    assert publish(root, "build").code == 0
    return root


def fill(root):
    """Put a translation into every entry that has none."""
    for path in root.glob("locales/*/LC_MESSAGES/**/*.po"):
        head, *entries = path.read_text("utf-8").split("\n\n")
        filled = [head, *(filled_entry(entry) for entry in entries)]
        path.write_text("\n\n".join(filled), encoding="utf-8")


def filled_entry(entry):
    if 'msgctxt "slug"' in entry or "#~" in entry or 'msgstr ""' not in entry:
        return entry
    before, _, after = entry.partition("msgid ")
    msgid, _, empty = after.partition('msgstr ""')
    if empty.strip():
        return entry
    words = msgid.replace("Sleep", "Uyku").replace("Wash", "Yıka")
    return f"{before}msgid {msgid}msgstr {words.rstrip()}{empty}"


def edit(path, old, new):
    if path.exists():
        text = path.read_text("utf-8")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


def edit_entry(root, article, locale):
    edit(po_path(root, article, locale), "Uyku", "Uyku uyku")


def edit_the_entry_of_a_heading(root, article, locale):
    """The anchor is another, which other articles link."""
    edit(po_path(root, article, locale), 'msgstr "At ', 'msgstr "Late at ')
    edit(po_path(root, article, locale), 'msgstr "First ', 'msgstr "The first ')


def edit_the_entry_of_a_title(root, article, locale):
    edit(po_path(root, article, locale), 'msgstr "Eating', 'msgstr "We are eating')
    edit(po_path(root, article, locale), 'msgstr "Caring', 'msgstr "We are caring')


def note_something(root, article, locale):
    path = po_path(root, article, locale)
    if path.exists():
        path.write_text(f"# noted\n{path.read_text('utf-8')}", encoding="utf-8")


def edit_title(root, article, locale):
    del locale
    edit(root / f"source/{article}.md", "title: ", "title: The ")


def edit_text(root, article, locale):
    del locale
    edit(root / f"source/{article}.md", "Sleep on", "Always sleep on")
    edit(root / f"source/{article}.md", "Wash your", "Always wash your")


def edit_heading(root, article, locale):
    del locale
    edit(root / f"source/{article}.md", "## At night", "## In the night")


def edit_section(root, article, locale):
    del locale
    edit(root / f"source/{article}.md", "section: Surgery", "section: Life")


def edit_tag(root, article, locale):
    del locale
    edit(root / f"source/{article}.md", "Hair", "Scalp")


def remove_tags(root, article, locale):
    del locale
    edit(root / f"source/{article}.md", "tags: ", "other: ")


def rename_a_tag(root, article, locale):
    """A tag has another name in one article, and so perhaps on its page."""
    edit(po_path(root, article, locale), 'msgstr "Hair"', 'msgstr "Saç"')


def take_the_address_of_a_list(root, article, locale):
    stem = article.rpartition("/")[2]
    empty = f'msgid "{stem}"\nmsgstr ""'
    edit(po_path(root, article, locale), empty, f'msgid "{stem}"\nmsgstr "tags"')


def edit_date(root, article, locale):
    del locale
    edit(root / f"source/{article}.md", "date: 2026-03", "date: 2026-04")


def hold_back(root, article, locale):
    del locale
    edit(root / f"source/{article}.md", "title: ", "draft: true\ntitle: ")


def let_go(root, article, locale):
    del locale
    edit(root / f"source/{article}.md", "draft: true\n", "")


def make_fuzzy(root, article, locale):
    edit(po_path(root, article, locale), "\n\n#. ", "\n\n#, fuzzy\n#. ")


def make_sharp(root, article, locale):
    edit(po_path(root, article, locale), "#, fuzzy\n", "")


def edit_slug(root, article, locale):
    stem = article.rpartition("/")[2]
    empty = f'msgid "{stem}"\nmsgstr ""'
    edit(po_path(root, article, locale), empty, f'msgid "{stem}"\nmsgstr "yeni"')


def break_a_catalog(root, article, locale):
    edit(po_path(root, article, locale), 'msgstr "', "msgstr ")


def edit_a_word_of_the_templates(root, article, locale):
    del article
    edit(po_path(root, "messages", locale), "Contents", "Contents here")


def approve(root, article, locale):
    publish(
        root, "approve", article, "--lang", locale, "--reviewer", "R", "--note", "n"
    )


def require_approval(root, article, locale):
    del article, locale
    if "[review]" in (root / "publish.toml").read_text("utf-8"):
        return
    edit(root / "publish.toml", "\n[mail]", '\n[review]\nrequire = "approved"\n[mail]')


def fall_back(root, article, locale):
    del article, locale
    policy = '\n[[class]]\nglobs = ["articles/*"]\npolicy = "fallback"\n[mail]'
    edit(root / "publish.toml", "\n[mail]", policy)


def edit_the_title_of_the_site(root, article, locale):
    del article, locale
    edit(root / "publish.toml", "Test clinic", "Test clinic two")


def add_a_locale(root, article, locale):
    del article, locale
    edit(root / "publish.toml", '"ar"]', '"ar", "de"]')


def edit_a_template(root, article, locale):
    del article, locale
    own = root / "templates/partials/footer.html"
    own.parent.mkdir(parents=True, exist_ok=True)
    with own.open("a", encoding="utf-8") as file:
        file.write("<footer><p>Ours</p></footer>\n")


def override_a_page(root, article, locale):
    del article, locale
    text = "{% extends 'base.html' %}{% block main %}{{ page.body }}{% endblock %}"
    put(root, {"templates/page.html": text})


def override_a_card(root, article, locale):
    """What stands around it is shown, or nothing but the card."""
    text = "<li>{{ card.title }}{% if kind is defined %} {{ kind }}{% endif %}</li>"
    if locale == "ar":
        text = "<li>{{ card.url }} {{ site.home }} {{ card.title }}</li>"
    del article
    put(root, {"templates/partials/card.html": text})


def edit_a_picture(root, article, locale):
    del article, locale
    if (root / "source/articles/comb.png").exists():
        edit(root / "source/articles/comb.png", "png", "pngg")


def remove_the_picture(root, article, locale):
    del article, locale
    (root / "source/articles/comb.png").unlink(missing_ok=True)


def remove(root, article, locale):
    del locale
    (root / f"source/{article}.md").unlink(missing_ok=True)


def rename(root, article, locale):
    del locale
    path = root / f"source/{article}.md"
    if path.exists():
        path.rename(path.with_name(f"{path.stem}-new.md"))


def add(root, article, locale):
    del locale
    put(root, {f"source/{article}-2.md": FOOD})


def break_an_article(root, article, locale):
    del locale
    edit(root / f"source/{article}.md", "---\n", "---\ntitle: [\n")


def mend_an_article(root, article, locale):
    del locale
    edit(root / f"source/{article}.md", "---\ntitle: [\n", "---\n")


def name_twice(root, article, locale):
    del locale
    put(root, {f"source/{article}.txt": "Another\n"})


def clash(root, article, locale):
    del article, locale
    put(root, {"source/articles/other.md": f"---\nslug: sleep\n{FOOD[4:]}"})


def extract(root, article, locale):
    del article, locale
    publish(root, "extract")


def translate_all(root, article, locale):
    del article, locale
    publish(root, "extract")
    fill(root)


def build_one(root, article, locale):
    del article
    publish(root, "build", "--lang", locale)


def build_drafts(root, article, locale):
    del article, locale
    publish(root, "build", "--draft")


def forget(root, article, locale):
    del article, locale
    shutil.rmtree(root / ".publish", ignore_errors=True)


def damage_the_bodies(root, article, locale):
    del article, locale
    for pack in root.glob(".publish/bodies/*"):
        pack.write_bytes(pack.read_bytes().replace(b"e", b"i"))


def damage_an_output(root, article, locale):
    name = article.rpartition("/")[2]
    edit(root / f"dist/site/{locale}/{name}/index.html", "<", "&lt;")


def remove_outputs(root, article, locale):
    del article
    shutil.rmtree(root / f"dist/site/{locale}", ignore_errors=True)


TERMS = """<tbx type="TBX-Min" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<text><body><conceptEntry id="1">
 <langSec xml:lang="en"><termSec><term>sleep</term></termSec></langSec>
 <langSec xml:lang="tr"><termSec><term>uyku</term>
  <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
 </langSec>
</conceptEntry></body></text></tbx>
"""


def forbid_a_word(root, article, locale):
    del article
    rows = "term,translation,status\nsleep,uyku,forbidden\n"
    put(root, {f"locales/{locale}/glossary.csv": rows})


def forbid_it_everywhere(root, article, locale):
    del article, locale
    put(root, {"locales/glossary.tbx": TERMS})


def break_the_glossary(root, article, locale):
    del article, locale
    put(root, {"locales/glossary.tbx": TERMS.replace("</text>", "")})


def falsify_a_number(root, article, locale):
    """An error of a check, which holds the article."""
    edit(po_path(root, article, locale), 'after 3 days."\n\n', 'after 33 days."\n\n')
    edit(po_path(root, article, locale), 'msgstr "Eat at 8', 'msgstr "Eat at 88')


def touch(root, article, locale):
    del locale
    path = root / f"source/{article}.md"
    if path.exists():
        os.utime(path)


EDITS = (
    edit_entry, edit_title, edit_text, edit_heading, edit_section, edit_tag, remove_tags,
    rename_a_tag, take_the_address_of_a_list, edit_date, hold_back, let_go, make_fuzzy, make_sharp, edit_slug, break_a_catalog,
    edit_a_word_of_the_templates, approve, require_approval, fall_back,
    edit_the_title_of_the_site, add_a_locale, edit_a_template, override_a_page, override_a_card,
    edit_a_picture, remove_the_picture, remove, rename, add, clash, extract,
    translate_all, build_one, build_drafts, forget, damage_the_bodies, damage_an_output,
    break_an_article, mend_an_article, name_twice, remove_outputs, touch, forbid_a_word,
    forbid_it_everywhere, break_the_glossary, falsify_a_number,
)  # fmt: skip
SMALL = (
    edit_entry, edit_the_entry_of_a_heading, edit_the_entry_of_a_title, edit_text, edit_heading,
    note_something, make_fuzzy, make_sharp, rename_a_tag, approve, touch, edit_date,
    falsify_a_number, damage_an_output, damage_the_bodies, translate_all, build_one,
    break_an_article, mend_an_article,
)  # fmt: skip
"""Edits of articles and catalogs, and a few that a build cannot be quiet after."""


def steps(edits):
    edit = st.tuples(
        st.sampled_from(edits), st.sampled_from(ARTICLES), st.sampled_from(LOCALES)
    )
    return st.lists(st.lists(edit, min_size=1, max_size=3), min_size=1, max_size=4)


def outcome(root):
    """What a build says and leaves, but for what it had to write for that."""
    ran = publish(root, "build", "--json")
    said = ran.json
    for kind in ("pages", "mails"):
        for each in said.get(kind, ()):
            del each["changed"]
    said.pop("written", None)
    said.pop("removed", None)
    errors = sorted(json.dumps(each) for each in said.pop("errors"))
    # The drafts are another build's.
    left = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for top in ("dist", "locales")
        for path in sorted((root / top).rglob("*"))
        if path.is_file() and "dist/draft" not in path.as_posix()
    }
    return ran.code, errors, said, left


def clean_copy(root, target):
    shutil.rmtree(target, ignore_errors=True)
    ignored = shutil.ignore_patterns("dist", ".publish")
    shutil.copytree(root, target, ignore=ignored)
    return target


FEW = settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@FEW
@given(steps=steps(EDITS))
def test_after_any_edits_it_makes_what_a_clean_build_makes(
    steps, pristine, tmp_path_factory
):
    require_as_clean(pristine, tmp_path_factory.mktemp("edited") / "site", steps)


@FEW
@given(steps=steps(SMALL))
def test_after_small_edits_it_makes_what_a_clean_build_makes(
    steps, pristine, tmp_path_factory
):
    require_as_clean(pristine, tmp_path_factory.mktemp("edited") / "site", steps)


def require_as_clean(pristine, root, steps):
    shutil.copytree(pristine, root)
    publish(root, "build")  # what was copied has other times
    for step in steps:
        for change, article, locale in step:
            change(root, article, locale)
        clean = clean_copy(root, root.with_name("clean"))

        code, errors, said, left = outcome(root)
        clean_code, clean_errors, clean_said, clean_left = outcome(clean)

        assert (errors, code) == (clean_errors, clean_code)
        assert left == clean_left
        assert said == clean_said


@FEW
@given(steps=steps(SMALL))
def test_after_small_edits_drafts_are_what_a_clean_build_makes(
    steps, pristine, tmp_path_factory
):
    root = tmp_path_factory.mktemp("drafted") / "site"
    shutil.copytree(pristine, root)
    publish(root, "build", "--draft")
    for step in steps:
        for change, article, locale in step:
            change(root, article, locale)
        clean = clean_copy(root, root.with_name("clean"))
        said, clean_said = (
            publish(each, "build", "--draft", "--json").json for each in (root, clean)
        )

        assert drafts(root) == drafts(clean)
        for kind in ("pages", "mails"):
            assert states(said, kind) == states(clean_said, kind)


def states(said, kind):
    return [{**each, "changed": None} for each in said[kind]]


@pytest.mark.parametrize("locale", LOCALES)
def test_cards_of_a_site_are_as_after_a_clean_build(pristine, tmp_path, locale):
    require_as_clean(
        pristine,
        tmp_path / "site",
        [
            [(override_a_card, "articles/food", locale)],
            [(edit_the_entry_of_a_title, "articles/food", "tr")],
            [(edit_a_word_of_the_templates, "articles/food", "tr")],
            [(edit_text, "articles/sleep", "tr")],
        ],
    )


@pytest.mark.parametrize(
    "change", [forbid_a_word, forbid_it_everywhere, break_the_glossary]
)
def test_a_changed_glossary_is_seen(pristine, tmp_path, change):
    root = tmp_path / "site"
    shutil.copytree(pristine, root)

    change(root, "articles/sleep", "tr")

    clean = outcome(clean_copy(root, tmp_path / "clean"))
    assert outcome(root) == clean


def test_drafts_are_what_a_clean_build_makes(pristine, tmp_path):
    root = tmp_path / "site"
    shutil.copytree(pristine, root)
    for change in (touch, edit_entry, make_fuzzy, edit_heading, edit_title, remove):
        change(root, "articles/sleep", "tr")
        clean = clean_copy(root, tmp_path / "clean")
        publish(root, "build", "--draft")
        publish(clean, "build", "--draft")

        assert drafts(root) == drafts(clean)


@pytest.mark.parametrize("change", [edit_the_entry_of_a_title, edit_title])
def test_a_title_that_changes_its_place_in_the_alphabet_is_seen(
    pristine, tmp_path, change
):
    root = copied(pristine, tmp_path)
    for article in ("articles/scalp", "articles/sleep"):
        path = root / f"source/{article}.md"
        path.write_text(re.sub("date: .*\n", "", path.read_text("utf-8")), "utf-8")
    publish(root, "build")
    for article in ("articles/scalp", "articles/food"):
        change(root, article, "tr")

        assert outcome(root) == outcome(clean_copy(root, tmp_path / "clean"))


def drafts(root):
    top = root / "dist/draft"
    return {p.relative_to(top): p.read_bytes() for p in top.rglob("*") if p.is_file()}


def copied(pristine, tmp_path):
    root = tmp_path / "site"
    shutil.copytree(pristine, root)
    publish(root, "build")
    return root


def written(root, *options):
    """What a build wrote but for the records, which have tests of their own."""
    paths = publish(root, "build", "--json", *options).json["written"]
    return {path for path in paths if not path.startswith("dist/release/")}


def test_after_an_edit_of_an_entry_its_page_alone_is_written(pristine, tmp_path):
    root = copied(pristine, tmp_path)
    edit(po_path(root, "articles/sleep"), "Uyku on", "Uyku uyku on")

    assert written(root) == {"dist/site/tr/sleep/index.html", "dist/release.json"}


def test_after_an_edit_of_a_text_what_shows_it_alone_is_written(pristine, tmp_path):
    root = copied(pristine, tmp_path)
    edit_text(root, "articles/sleep", "tr")

    found = written(root)

    # It is recalled in the other languages, which lists and neighbours there tell.
    assert "dist/site/en/sleep/index.html" in found
    assert not {"dist/site/en/food/index.html", "dist/site/en/index.html"} & found


def test_an_error_is_told_again_by_a_build_with_nothing_to_do(pristine, tmp_path):
    root = copied(pristine, tmp_path)
    falsify_a_number(root, "articles/food", "tr")
    first = publish(root, "build", "--json")
    again = publish(root, "build", "--json")

    assert first.code == again.code == 1
    assert "88" in first.json["errors"][0]["message"]
    assert again.json["errors"] == first.json["errors"]
    assert again.json["written"] == []


def test_an_error_is_remembered_when_something_else_has_changed(pristine, tmp_path):
    root = copied(pristine, tmp_path)
    falsify_a_number(root, "articles/food", "tr")
    first = publish(root, "build", "--json").json["errors"]
    edit(po_path(root, "articles/sleep"), "Uyku on", "Uyku uyku on")

    again = publish(root, "build", "--json").json["errors"]

    assert again == first != []


def test_no_page_is_written_for_a_comment(pristine, tmp_path):
    root = copied(pristine, tmp_path)
    path = po_path(root, "articles/sleep")
    path.write_text(f"# noted\n{path.read_text('utf-8')}", encoding="utf-8")

    # The record names the digest of the catalog, and the release that of the record.
    assert written(root) == {"dist/release.json"}


def test_a_changed_template_is_seen_everywhere(pristine, tmp_path):
    root = copied(pristine, tmp_path)
    override_a_page(root, "", "")

    pages = {path for path in written(root) if path.endswith("/index.html")}

    assert len(pages) == 9


@pytest.mark.parametrize("options", [(), ("--lang", "tr")])
def test_with_other_settings_it_makes_what_a_clean_build_makes(
    pristine, tmp_path, options
):
    root = copied(pristine, tmp_path)
    edit(root / "publish.toml", 'title = "', 'title = "Other ')

    publish(root, "build", *options)

    assert outcome(root) == outcome(clean_copy(root, tmp_path / "clean"))


def test_with_other_settings_nothing_but_inputs_and_assets_are_known(
    pristine, tmp_path
):
    root = copied(pristine, tmp_path)
    last = read_ledger(root, "build")
    known = last_ledger(root, "build", "another", ("en", "tr"))

    assert known.files == last.files
    assert {locale for _, locale in known.rows} == {"ar"}
    assert [*known.made] == [name for name in last.made if name[0] == "="] != []
    assert last_ledger(root, "build", last.base, ()) == last


TAG = "dist/site/{}/tags/{}/index.html"


def lists(root):
    return {path for path in written(root) if "/tags/" in path or "/sections/" in path}


def test_another_name_of_a_tag_writes_the_lists_that_show_it(pristine, tmp_path):
    root = copied(pristine, tmp_path)
    rename_a_tag(root, "articles/sleep", "tr")
    rename_a_tag(root, "articles/scalp", "tr")

    found = lists(root)

    assert found == {TAG.format("tr", "hair"), "dist/site/tr/tags/index.html"}


def test_where_no_article_has_a_tag_its_list_is_gone_and_its_address_leads_on(
    pristine, tmp_path
):
    root = copied(pristine, tmp_path)
    assert "refresh" not in (root / TAG.format("en", "sleep")).read_text("utf-8")
    remove_tags(root, "articles/sleep", "tr")

    found = lists(root)

    assert TAG.format("en", "hair") in found
    assert TAG.format("en", "first-days") not in found
    assert 'content="0; url=../index.html"' in (
        root / TAG.format("en", "sleep")
    ).read_text("utf-8")


def test_a_changed_text_writes_no_list(pristine, tmp_path):
    root = copied(pristine, tmp_path)
    edit(po_path(root, "articles/sleep"), "Uyku on", "Uyku uyku on")

    assert lists(root) == set()


def test_a_new_title_writes_the_lists_of_its_article(pristine, tmp_path):
    root = copied(pristine, tmp_path)
    edit(root / "source/articles/sleep.md", "Sleeping well", "Sleeping better")

    found = lists(root)

    assert TAG.format("en", "hair") in found
    assert TAG.format("en", "first-days") not in found


def test_many_processes_make_the_same(pristine, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.workflow.executors.WORTH_IT", 1)
    one, many = clean_copy(pristine, tmp_path / "one"), tmp_path / "many"
    shutil.copytree(one, many)

    publish(one, "build", "--executor", "serial")
    publish(many, "build", "--jobs", "3")
    edit_title(one, "articles/sleep", "tr")
    edit_title(many, "articles/sleep", "tr")

    assert outcome(one) == outcome(many)


def test_bodies_do_not_pile_up(pristine, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.store.bodies._ROOM", 100)
    root = copied(pristine, tmp_path)
    for _ in range(6):
        edit_entry(root, "articles/sleep", "tr")
        edit_entry(root, "articles/scalp", "ar")
        edit_text(root, "articles/sleep", "tr")
        publish(root, "build")
        assert written(root) == set()

    size = sum(path.stat().st_size for path in root.glob(".publish/bodies/*"))
    bodies = [row.body for row in read_ledger(root, "build").rows.values()]
    used = sum(body.length for body in bodies if body)
    assert size <= 2 * used + 4_000
    assert Path(root, "dist/site/tr/sleep/index.html").exists() is False
