"""Whatever stands in an article, a catalog, a glossary or a comment stays text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.builders import make_site, publish, translate
from tests.review.browsers import serving
from tests.review.readers import CONFIG, DOMAIN, loaded, reader, saved_in_poedit

pytestmark = pytest.mark.browser

EVIL: Final = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>"
    "<svg onload=alert(3)></svg><img src=https://evil.example/a.png>"
    "</script><script>alert(4)</script>{{ 7*7 }}"
)
ARTICLE = f"""\
---
title: "Title {EVIL}"
description: "What {EVIL}"
date: 2026-03-01
---

First paragraph.

Second [link](javascript:alert(5)) {EVIL}
"""
GLOSSARY = f"""\
term,translation,status,note
paragraph,"paragraf {EVIL}",preferred,"{EVIL}"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_site(
        tmp_path,
        {
            "publish.toml": CONFIG,
            "source/articles/scalp.md": ARTICLE,
            "locales/tr/glossary.csv": GLOSSARY,
        },
    )
    publish(tmp_path, "extract")
    translate(tmp_path, {"First paragraph.": f"İlk {EVIL}"})
    return tmp_path


@pytest.fixture
def dialogs() -> list[str]:
    return []


@pytest.fixture
def asked() -> list[str]:
    """Every address that the browser asked for."""
    return []


@pytest.fixture
def page(browser, root, dialogs, asked) -> Iterator[Page]:
    with serving(root, reviewer=EVIL, role=EVIL) as server, reader(browser) as opened:
        opened.on("dialog", lambda dialog: dialogs.append(dialog.type))
        opened.context.on("request", lambda request: asked.append(request.url))
        opened.goto(server.door)
        opened.click("main button.primary")
        opened.wait_for_selector(".articles")
        opened.goto(f"http://{server.host}/a/tr/{DOMAIN}")
        loaded(opened)
        yield opened
        own = f"http://{server.host}/"
        assert [url for url in asked if not url.startswith(own)] == []
    # A browser asks before it leaves a text that is not saved.
    assert set(dialogs) <= {"beforeunload"}


def test_texts_in_every_place_stay_texts(page):
    page.locator(".row", has_text="First paragraph.").click()
    expect(page.locator("#text-0")).to_have_value(f"İlk {EVIL}")
    expect(page.locator(".terms")).to_contain_text(f"paragraf {EVIL}")
    page.keyboard.press("Alt+1")
    page.fill("#comment", EVIL)
    page.click("#send-comment")
    expect(page.locator(".comments")).to_contain_text(EVIL)

    # What is kept in the tab is shown again, and what a check says of it too.
    page.fill("#text-0", f"Yeni {EVIL}")
    expect(page.locator(".finding").first).to_be_visible()
    page.reload()
    loaded(page)
    expect(page.locator("#text-0")).to_have_value(f"Yeni {EVIL}")
    expect(page.locator("main script, main svg[onload], .comments img")).to_have_count(
        0
    )


def test_the_dialog_of_two_texts_shows_texts(page, root):
    page.locator(".row", has_text="First paragraph.").click()
    page.fill("#text-0", f"Mine {EVIL}")
    saved_in_poedit(root, "First paragraph.", EVIL.replace('"', ""))
    page.keyboard.press("Control+Enter")
    expect(page.locator("#conflict")).to_contain_text(f"Mine {EVIL}")
    expect(page.locator("#conflict img, #conflict script")).to_have_count(0)
    page.get_by_role("button", name="Take theirs").click()


def test_the_preview_runs_nothing(page):
    frame = page.frame_locator("#frames iframe:not(.is-coming)")
    expect(frame.locator("body")).to_be_visible()
    expect(frame.locator("script, [onerror], [onload]")).to_have_count(0)
    assert page.get_attribute("#frames iframe", "sandbox") == "allow-same-origin"


def test_a_place_in_the_address_that_is_no_message_is_no_harm(page):
    page.goto(page.url.partition("#")[0] + "#%3Cimg%20src=x%20onerror=alert(6)%3E%zz")
    page.reload()
    loaded(page)
    expect(page.locator("#text-0")).to_be_visible()
