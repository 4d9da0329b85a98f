import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.builders import make_site, publish, put, translate

WASHING = """\
# Washing

![A bottle](img/bottle.png)

See [the scalp](scalp.md#what-is-normal).
"""
SCALP = "---\ntitle: Scalp\n---\n\n## What is normal\n\nWash your hair after 3 days.\n"
TEXTS = {
    "articles/washing": {
        "Washing": "Yıkama",
        "A bottle": "Bir şişe",
        "See [the scalp](scalp.md#what-is-normal).": "[Saçlı deriye](scalp.md#what-is-normal) bakın.",
    },
    "articles/scalp": {
        "Scalp": "Saçlı deri",
        "What is normal": "Normal olan",
        "Wash your hair after 3 days.": "Saçınızı 3 gün sonra yıkayın.",
    },
    "articles/call": {"Call us": "Bizi arayın", "Now.": "Hemen."},
}
HUGO = """\
baseURL = "https://clinic.example/health/"
title = "Clinic"
defaultContentLanguage = "en"
defaultContentLanguageInSubdir = true
disableKinds = ["taxonomy", "term", "rss"]
[security]
allowContent = ["^text/(html|markdown)$"]
[languages.en]
contentDir = "content/en"
[languages.tr]
contentDir = "content/tr"
"""


@pytest.fixture
def root(tmp_path):
    """Three articles, out in English and Turkish, and one that is held."""
    root = make_site(
        tmp_path / "site",
        {
            "source/articles/washing.md": WASHING,
            "source/articles/scalp.md": SCALP,
            "source/articles/call.txt": "Call us\n\nNow.\n",
            "source/articles/held.md": "# Held\n\nNot yet translated.\n",
            "source/articles/img/bottle.png": b"\x89PNG\r\n\x1a\n",
            "source/mail/note.md": "---\nkind: mail\n---\n\n# Rest\n\nRest now.\n",
        },
    )
    publish(root, "extract")
    for domain, texts in TEXTS.items():
        translate(root, texts, domain=domain)
    return root


def export(root, *args, layout="hugo", to="../other"):
    target = root / to
    call = ("--format", "source", "--layout", layout, "--to", str(target))
    return target, publish(root, "build", *call, *args, "--json")


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_what_is_published_is_exported_and_nothing_else(root):
    target, ran = export(root)

    assert ran.code == 3
    assert files(target).keys() == {
        "content/en/articles/call.html",
        "content/en/articles/held.md",
        "content/en/articles/scalp.md",
        "content/en/articles/washing.md",
        "content/tr/articles/call.html",
        "content/tr/articles/scalp.md",
        "content/tr/articles/washing.md",
        "static/assets/articles/img/bottle.png",
    }
    assert set(ran.json["source"]["written"]) == files(target).keys()
    assert ran.json["source"]["layout"] == "hugo"
    assert "Saçınızı 3 gün sonra yıkayın." in (
        target / "content/tr/articles/scalp.md"
    ).read_text(encoding="utf-8")


def test_without_a_place_the_export_lies_in_dist_and_a_build_leaves_it_there(root):
    publish(root, "build", "--format", "source")
    before = files(root / "dist/source")
    put(root, {"source/articles/call.txt": "Call us\n\nLater.\n"})
    publish(root, "build")

    assert "tr/articles/scalp.md" in before
    assert "tr/mail/note.md" not in before
    assert "en/mail/note.md" in before
    assert files(root / "dist/source") == before
    assert publish(root, "verify").code == 0


def test_exporting_again_writes_nothing(root):
    target, _ = export(root)
    before = {path: (target / path).stat().st_mtime_ns for path in files(target)}

    _, ran = export(root)

    source = ran.json["source"]
    assert (source["written"], source["removed"]) == ([], [])
    assert source["unchanged"] == len(before)
    assert {path: (target / path).stat().st_mtime_ns for path in before} == before


def test_one_changed_translation_changes_its_document(root):
    target, _ = export(root)
    translate(root, {"Hemen.": ""}, domain="articles/call")
    translate(root, {"Now.": "Şimdi."}, domain="articles/call")

    _, ran = export(root)

    assert ran.json["source"]["written"] == ["content/tr/articles/call.html"]
    assert "Şimdi." in (target / "content/tr/articles/call.html").read_text("utf-8")


def test_an_export_after_changes_is_that_of_an_empty_folder(root):
    target, _ = export(root)
    translate(
        root,
        {"Held": "Bekleyen", "Not yet translated.": "Çevrildi."},
        domain="articles/held",
    )
    translate(root, {"What is normal": "Normal"}, domain="articles/scalp")
    put(root, {"source/articles/call.txt": "Call us\n\nLater.\n"})
    publish(root, "extract")
    export(root)

    fresh, _ = export(root, to="../fresh")

    assert files(target) == files(fresh)


def test_what_is_recalled_leaves_the_export(root):
    target, _ = export(root)
    translate(root, {"Now.": "Hemen."}, domain="articles/call", flags=("fuzzy",))

    _, ran = export(root)

    assert ran.json["source"]["removed"] == ["content/tr/articles/call.html"]
    assert not (target / "content/tr/articles/call.html").exists()


@pytest.mark.parametrize(
    ("rule", "state"),
    [
        ('policy = "partial"', "partial"),
        ('policy = "fallback"', "fallback"),
        ('stale = "keep"', "published"),
    ],
)
def test_what_needs_a_notice_is_not_exported(root, rule, state):
    config = (root / "publish.toml").read_text()
    put(root, {"publish.toml": f'{config}\n[[class]]\nglobs = ["**"]\n{rule}\n'})
    target, _ = export(root)
    assert (target / "content/tr/articles/call.html").exists()
    put(root, {"source/articles/call.txt": "Call us\n\nNow, please.\n"})
    publish(root, "extract")

    _, ran = export(root)

    states = {
        page["state"]
        for page in ran.json["pages"]
        if (page["article"], page["locale"]) == ("articles/call", "tr")
    }
    assert states == {state}
    assert not (target / "content/tr/articles/call.html").exists()
    assert (target / "content/en/articles/call.html").exists()


def test_a_language_that_is_not_asked_for_stays(root):
    target, _ = export(root)
    before = files(target)

    _, ran = export(root, "--lang", "en")

    assert files(target) == before
    assert ran.json["source"]["removed"] == []


def test_a_file_that_somebody_spoiled_is_made_again(root):
    target, _ = export(root)
    page = target / "content/tr/articles/scalp.md"
    whole = page.read_bytes()
    page.write_bytes(b"spoiled")

    _, ran = export(root)

    assert ran.json["source"]["written"] == ["content/tr/articles/scalp.md"]
    assert page.read_bytes() == whole


def test_what_no_export_wrote_is_left_alone(root):
    theirs = {"hugo.toml": "x", "content/tr/articles/own.md": "x"}
    put(root / "../other", theirs)

    target, ran = export(root)

    assert ran.code == 3
    assert {path: files(target)[path].decode() for path in theirs} == theirs


def test_a_file_in_the_way_is_an_error_and_nothing_is_written(root):
    put(root / "../other", {"content/tr/articles/scalp.md": "somebody's own"})

    target, ran = export(root)

    assert ran.code == 2
    assert "content/tr/articles/scalp.md" in ran.json["errors"][0]["message"]
    assert len(files(target)) == 1


def test_a_folder_of_one_layout_is_not_used_for_another(root):
    export(root)

    _, ran = export(root, layout="astro")

    assert ran.code == 2
    assert "export for hugo" in ran.json["errors"][0]["message"]


@pytest.mark.parametrize("text", ["", "[]", '{"layout": "hugo", "files": {"a": 1}}'])
def test_a_list_of_an_export_that_is_none_is_said(root, text):
    put(root / "../other", {".publish-source.json": text})

    _, ran = export(root)

    assert ran.code == 1
    assert "not the list" in ran.json["errors"][0]["message"]


@pytest.mark.parametrize(
    "place",
    [
        "source/out",
        "locales",
        "templates",
        "templates/static",
        "memory",
        ".publish",
        "dist",
        "dist/site",
        "dist/mail/tr",
        "dist/draft",
        "dist/release",
    ],
)
def test_what_the_site_needs_itself_is_no_place_for_an_export(root, place):
    before = files(root)

    _, ran = export(root, to=place)

    assert ran.code == 2
    assert "the site needs this folder itself" in ran.err
    assert files(root) == before


@pytest.mark.parametrize("place", ["dist/source", "dist/hugo", ".", ".."])
def test_an_export_may_lie_beside_what_the_site_needs(root, place):
    target, ran = export(root, to=place)

    assert ran.code == 3
    assert (target / "content/tr/articles/scalp.md").exists()
    assert publish(root, "verify").code == 0


def test_drafts_are_never_exported(root):
    _, ran = export(root, "--draft")

    assert ran.code == 2
    assert "drafts" in ran.json["errors"][0]["message"]


def test_options_of_an_export_need_one(root):
    assert publish(root, "build", "--layout", "hugo").code == 2


def test_a_link_out_of_the_folder_is_not_followed(root, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other/content").symlink_to(tmp_path / "elsewhere")

    _, ran = export(root)

    assert ran.code == 1
    assert not list((tmp_path / "elsewhere").iterdir())


# With Hugo itself.


@pytest.fixture
def hugo():
    program = shutil.which("hugo", path=str(Path(sys.executable).parent))
    program = program or shutil.which("hugo")
    if program is None:
        pytest.skip("the test group installs hugo")
    return program


def test_hugo_builds_the_export_and_every_link_and_anchor_lives(root, hugo):
    target, _ = export(root)
    template = (
        '<html lang="{{ .Language.Lang }}"><title>{{ .Title }}</title>'
        "{{ range .AllTranslations }}"
        '<link hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">{{ end }}'
        "<h1>{{ .Title }}</h1>{{ .Content }}</html>"
    )
    put(
        target,
        {
            "hugo.toml": HUGO,
            "layouts/_default/single.html": template,
            "layouts/_default/list.html": "<html></html>",
        },
    )

    done = subprocess.run(
        [hugo, "--panicOnWarning"], cwd=target, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    public = target / "public"
    page = public / "tr/articles/washing/index.html"
    text = page.read_text(encoding="utf-8")
    assert "<h1>Yıkama</h1>" in text
    assert text.count("<h1>") == 1
    assert (
        'hreflang="en" href="https://clinic.example/health/en/articles/washing/"'
        in text
    )
    assert not (public / "tr/articles/held").exists()
    found = re.findall(r'(?:<a href|<img src)="([^"]*)"', text)
    assert len(found) == 2
    for address in found:
        path, _, anchor = unquote(address).partition("#")
        goal = (page.parent / path).resolve()
        goal = goal / "index.html" if goal.is_dir() else goal
        assert goal.is_file(), address
        assert not anchor or f'id="{anchor}"' in goal.read_text(encoding="utf-8")
    assert (
        json.loads((target / ".publish-source.json").read_bytes())["layout"] == "hugo"
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("wide.html", '<h1>Wide</h1>\n<p lang="en_US">Text</p>\n'),
        ("wide.md", '# Wide\n<p lang="en_US">Text</p>\n'),
    ],
)
@pytest.mark.parametrize("layout", ["plain", "hugo", "docusaurus", "astro"])
def test_an_attribute_that_means_nothing_is_told_with_its_line_and_goes_nowhere(
    root, tmp_path, layout, name, text
):
    put(root, {f"source/articles/{name}": text})

    ran = publish(
        root, "build", "--json", "--format", "source",
        "--layout", layout, "--to", str(tmp_path / "out"),
    )  # fmt: skip

    (error,) = ran.json["errors"]
    assert (error["path"], error["line"]) == (f"source/articles/{name}", 2)
    assert error["message"] == 'lang cannot be "en_US"'
    assert not any("wide" in path for path in ran.json["source"]["written"])
