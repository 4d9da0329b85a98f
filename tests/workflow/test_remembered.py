"""`build --lang`: the other locales keep their text, and nothing of them is lost."""

import json
import shutil

import pytest

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

TWO = CONFIG.replace('["tr"]', '["tr", "ar"]')
ARABIC = dict(
    zip(
        TURKISH,
        [
            "العناية بفروة الرأس",
            "ماذا تفعل في الأيام الأولى.",
            "اغسل شعرك بعد 3 أيام.",
            "تناول 5 mg في المساء.",
            "لا تحك.",
            "نم على ظهرك.",
        ],
        strict=True,
    )
)
PAGE = "dist/site/ar/scalp/index.html"


@pytest.fixture
def both(tmp_path):
    """A site in Turkish and Arabic, built."""
    make_site(tmp_path, {"publish.toml": TWO})
    publish(tmp_path, "extract")
    translate(tmp_path, TURKISH)
    translate(tmp_path, ARABIC, locale="ar")
    assert publish(tmp_path, "build").code == 0
    return tmp_path


def release(root):
    return json.loads((root / "dist/release.json").read_bytes())


def states(root):
    return {
        (page["article"], page["locale"]): page["state"]
        for page in release(root)["pages"]
    }


def test_a_page_of_another_locale_keeps_its_text(both):
    before = (both / PAGE).read_bytes()
    translate(both, {"Do not scratch.": "لا تحك أبدا."}, locale="ar")

    ran = publish(both, "build", "--lang", "tr", "--json")

    assert {page["locale"] for page in ran.json["pages"]} == {"en", "tr"}
    assert (both / PAGE).read_bytes() == before
    assert publish(both, "verify").code == 0


def test_it_keeps_its_text_though_the_source_changed(both):
    changed = ARTICLE.replace("Do not scratch.", "Never scratch.")
    put(both, {"source/articles/scalp.md": changed})

    publish(both, "build", "--lang", "tr")

    assert ARABIC["Do not scratch."] in (both / PAGE).read_text("utf-8")
    assert not (both / "dist/site/tr/scalp").exists()


def test_its_alternates_follow(both):
    translate(both, {"Do not scratch.": ""})

    publish(both, "build", "--lang", "tr")

    html = (both / PAGE).read_text("utf-8")
    assert 'hreflang="tr"' not in html
    assert 'hreflang="en"' in html


def test_english_alone_leaves_every_translation_out(both):
    before = (both / PAGE).read_bytes()

    ran = publish(both, "build", "--lang", "en", "--json")

    assert ran.code == 0
    assert {page["locale"] for page in ran.json["pages"]} == {"en"}
    assert (both / PAGE).read_bytes() == before
    assert (both / "dist/site/tr/scalp/index.html").exists()


def test_the_release_names_the_whole_set(both):
    before = release(both)

    publish(both, "build", "--lang", "tr")

    assert release(both) == before


def test_the_release_still_names_what_was_recalled_elsewhere(both):
    translate(both, {"Do not scratch.": ""}, locale="ar")
    publish(both, "build")

    publish(both, "build", "--lang", "tr")

    assert states(both)["articles/scalp", "ar"] == "recalled"
    assert [each["locale"] for each in release(both)["recalled"]] == ["ar"]


def test_pages_are_not_lost_with_what_was_remembered(both):
    translate(both, {"Do not scratch.": "لا تحك أبدا."}, locale="ar")
    shutil.rmtree(both / ".publish")

    publish(both, "build", "--lang", "tr")

    assert "لا تحك أبدا." in (both / PAGE).read_text("utf-8")
    assert states(both)["articles/scalp", "ar"] == "published"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"format": 1, "rows": {}}'])
def test_what_was_remembered_may_be_damaged(both, damage):
    (both / ".publish/ledger/build.lines").write_bytes(damage)

    ran = publish(both, "build", "--lang", "tr")

    assert ran.code == 0
    assert (both / PAGE).exists()


def test_what_was_never_built_stays_unbuilt(tmp_path):
    make_site(tmp_path, {"publish.toml": TWO})
    publish(tmp_path, "extract")
    translate(tmp_path, TURKISH)
    translate(tmp_path, ARABIC, locale="ar")

    publish(tmp_path, "build", "--lang", "tr")

    assert (tmp_path / "dist/site/tr/scalp/index.html").exists()
    assert not (tmp_path / "dist/site/ar").exists()


def test_a_deleted_article_is_recalled_everywhere(both):
    (both / "source/articles/scalp.md").unlink()

    publish(both, "build", "--lang", "tr")

    assert not (both / PAGE).exists()
    assert set(states(both).values()) == {"recalled"}
    history = (both / "locales/ar/published.jsonl").read_text("utf-8")
    assert history.splitlines()[-1].count("recalled") == 1


def test_each_locale_alone_makes_the_same_bytes_as_all_at_once(both):
    whole = {
        path: path.read_bytes() for path in (both / "dist").rglob("*") if path.is_file()
    }
    for locale in ("tr", "ar"):
        po_path(both, locale=locale).touch()
        publish(both, "build", "--lang", locale)

    assert {path: path.read_bytes() for path in whole} == whole
