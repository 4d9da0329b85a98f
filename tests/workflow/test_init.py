"""A new site works at once, whatever its folder is called."""

import re
from datetime import UTC, datetime
from email.utils import parseaddr

import pytest

from pipeline.errors import UsageError
from pipeline.render.strings import builtin_templates
from pipeline.store.config import read_site
from pipeline.workflow.init import init
from pipeline.workflow.templates import read_templates
from tests.builders import catalog, make_site, publish, publish_process, put, translate

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MAIL = """\
---
kind: mail
title: Visit
subject: Your visit
---

Hello {{ first_name }}.
"""


def made(folder, *locales):
    return init(folder, locales=locales, now=NOW)


def test_a_newcomer_gets_from_nothing_to_a_turkish_page(tmp_path):
    root = tmp_path / "my-site"

    codes = [
        publish_process(tmp_path, "init", "my-site", "--lang", "tr").code,
        publish_process(root, "extract").code,
        publish_process(root, "check").code,
        publish_process(root, "build").code,
    ]
    for domain in ("articles/welcome", "messages"):
        fill(root, domain)
    done = publish_process(root, "build")

    assert codes == [0, 0, 0, 3]
    assert (done.code, done.err) == (0, "")
    page = (root / "dist/site/tr/welcome/index.html").read_text("utf-8")
    english = {m.msgid for m in catalog(root, "articles/welcome").living}
    assert not [text for text in english if f">{text}<" in page]


def fill(root, domain):
    """Translate every entry that is not: what is said does not matter here."""
    empty = (m for m in catalog(root, domain).living if not m.is_translated)
    words = {m.msgid: turkish_looking(m.msgid) for m in empty if m.msgctxt != "slug"}
    translate(root, words, domain=domain)


def turkish_looking(text):
    return re.sub(r"\b(?<![\[@(:{%.])([a-z]{5,})\b(?![@.})])", r"\1ş", text) + "ğ"


def test_its_files_are_those_that_are_there(tmp_path):
    report = made(tmp_path / "site", "tr")

    there = sorted(
        path.relative_to(tmp_path / "site").as_posix()
        for path in (tmp_path / "site").rglob("*")
        if path.is_file() and ".publish" not in path.parts
    )
    assert list(report.files) == there
    assert {
        "publish.toml",
        "source/articles/welcome.md",
        "templates/page.html",
        ".gitignore",
        ".gitattributes",
    } <= set(there)


def test_its_templates_are_ours(tmp_path):
    made(tmp_path / "site")

    mine, ours = tmp_path / "site/templates", builtin_templates()
    assert (mine / "page.html").read_bytes() == (
        mine.parent.joinpath(ours, "page.html").read_bytes()
    )


@pytest.mark.parametrize("locales", [(), ("tr",), ("pt-BR", "ar", "zh-Hans")])
def test_it_has_the_locales_asked_for(tmp_path, locales):
    made(tmp_path / "site", *locales)

    assert read_site(tmp_path / "site").locales == locales


def test_a_locale_named_twice_is_there_once(tmp_path):
    made(tmp_path / "site", "tr", "tr")

    assert read_site(tmp_path / "site").locales == ("tr",)


NAMES = [
    "my-clinic",
    "Kliniğim İzmir Şubesi",
    'a "quoted" name',
    "back\\slash",
    "klinik, ankara (merkez)",
    "o'brien",
    "@TITLE@",
    "@LOCALES@",
    "عيادة",
    "...",
    "€ = 5 # [x]",
    "tab\tand\nline",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_of_any_name_makes_a_site_that_builds(tmp_path, name):
    root = tmp_path / name
    made(root, "tr")
    put(root, {"source/mail/visit.md": MAIL})

    extracted = publish(root, "extract")
    built = publish(root, "build", "--json")

    site = read_site(root)
    assert (extracted.code, built.code) == (0, 3)
    assert site.title
    assert parseaddr(site.mail.sender)[1] == "info@clinic.example"
    mails = {mail["locale"]: mail["state"] for mail in built.json["mails"]}
    assert mails["en"] == "published"


@pytest.mark.parametrize("inside", ["file", ".hidden", "folder/"])
def test_a_folder_that_holds_anything_is_refused_and_left_alone(tmp_path, inside):
    path = tmp_path / inside
    path.mkdir() if inside.endswith("/") else path.write_text("mine")

    with pytest.raises(UsageError, match="not an empty folder"):
        made(tmp_path)

    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_its_place_is_refused(tmp_path):
    (tmp_path / "site").write_text("mine")

    with pytest.raises(UsageError):
        made(tmp_path / "site")

    assert (tmp_path / "site").read_text() == "mine"


def test_an_empty_folder_will_do(tmp_path):
    made(tmp_path, "tr")

    assert (tmp_path / "publish.toml").exists()


def test_a_file_on_the_way_is_said(tmp_path):
    (tmp_path / "file").write_text("mine")

    ran = publish(tmp_path, "init", "file/site", "--json")

    (error,) = ran.json["errors"]
    assert ran.code == 1
    assert "cannot make the folder" in error["message"]


@pytest.mark.parametrize("tag", ["en", "en-XA"])
def test_what_nobody_translates_into_is_refused(tmp_path, tag):
    with pytest.raises(UsageError, match="not a language to translate into"):
        made(tmp_path / "site", tag)

    assert not (tmp_path / "site").exists()


def test_the_words_of_the_templates_come_along_where_we_have_them(tmp_path):
    made(tmp_path / "site", "tr")
    publish(tmp_path / "site", "extract")

    site = tmp_path / "site"
    template = read_templates(read_site(site)).messages["messages"]
    words = catalog(site, "messages")
    own = [m for m in template if m.msgid != read_site(site).title]
    usable = {m.key for m in words.living if m.is_usable}
    assert [m.msgid for m in own if m.key not in usable] == []


def test_json_lists_the_files(tmp_path):
    ran = publish(tmp_path, "init", "site", "--json")

    assert ran.json.keys() == {"files", "errors"}
    assert "publish.toml" in ran.json["files"]


def test_a_new_site_may_have_a_small_theme(tmp_path):
    publish(tmp_path, "init", "site", "--theme", "extend")
    root = tmp_path / "site"
    names = sorted(p.name for p in root.glob("templates/**/*") if p.is_file())
    publish(root, "extract")

    ran = publish(root, "build")

    assert names == ["base.html", "page.html", "theme.css"]
    assert (ran.code, ran.err) == (0, "")
    page = (root / "dist/site/en/welcome/index.html").read_text("utf-8")
    assert page.index("site.css") < page.index("theme.css")
    assert (root / "dist/site/static/theme.css").is_file()
    assert (root / "dist/site/static/site.css").is_file()
    assert "conversation with your doctor" in page


def test_a_small_theme_leaves_every_word_to_be_translated(tmp_path):
    publish(tmp_path, "init", "one", "--lang", "tr")
    publish(tmp_path, "init", "two", "--lang", "tr", "--theme", "extend")
    words = []
    for name in ("one", "two"):
        publish(tmp_path / name, "extract")
        living = catalog(tmp_path / name, "messages").living
        words.append({m.msgid for m in living if m.msgctxt != "title"})

    assert words[0] == words[1]


def test_a_theme_comes_into_a_site_and_overwrites_nothing(tmp_path):
    make_site(tmp_path, {"templates/page.html": "ours"})

    ran = publish(tmp_path, "init", "--theme", "--json")

    files = ran.json["files"]
    assert "templates/base.html" in files
    assert "templates/static/site.css" in files
    assert "templates/page.html" not in files
    assert (tmp_path / "templates/page.html").read_text() == "ours"
    assert "1 file is there already" in ran.err


def test_where_the_theme_is_there_nothing_is_made(tmp_path):
    make_site(tmp_path)
    publish(tmp_path, "init", "--theme")

    ran = publish(tmp_path, "init", "--theme", "copy", "--json")

    assert (ran.code, ran.json["files"]) == (0, [])


@pytest.mark.parametrize("options", [(), ("--theme", "--lang", "tr")])
def test_without_a_folder_there_is_no_new_site(tmp_path, options):
    make_site(tmp_path)

    assert publish(tmp_path, "init", *options).code == 2


def test_a_theme_that_does_not_exist_names_the_others(tmp_path):
    make_site(tmp_path)

    ran = publish(tmp_path, "init", "--theme=mine")

    assert ran.code == 2
    assert "extend" in ran.err


def test_a_theme_belongs_to_a_site(tmp_path):
    assert publish(tmp_path, "init", "--theme").code == 2
