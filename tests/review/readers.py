"""A small site with something of everything to review, and people at its pages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import (
    Browser,
    Locator,
    Page,
    Route,
    StorageState,
    expect,
)

from tests.builders import catalog, make_site, po_path, publish, translate
from tests.review.browsers import Server

CONFIG = """\
title = "Test clinic"
base_url = "https://clinic.example/health/"
locales = ["tr", "ar"]
"""

ARTICLE = """\
---
title: Caring for your scalp
description: What to do in the first days.
date: 2026-03-01
---

Wash your hair after 3 days.

Take 5 mg in the evening.

## Pain

A **scalp massage** helps; see [our guide](https://clinic.example/guide).

- Do not scratch.
- Sleep on your back.
"""

CHANGED = ARTICLE.replace("after 3 days", "gently after 3 days")

TURKISH = {
    "Caring for your scalp": "Saç derinizin bakımı",
    "What to do in the first days.": "İlk günlerde ne yapmalısınız.",
    "Wash your hair after 3 days.": "Saçınızı 3 gün sonra yıkayın.",
    "Take 5 mg in the evening.": "Akşamları 5 mg alın.",
    "Sleep on your back.": "Sırtüstü uyuyun.",
}

ARABIC = {
    "Caring for your scalp": "العناية بفروة رأسك",
    "Wash your hair after 3 days.": "اغسل شعرك بعد 3 أيام.",
    "Sleep on your back.": "نم على ظهرك.",
}

GLOSSARY = """\
term,translation,status,note
scalp,saç derisi,preferred,
scalp,kafa derisi,forbidden,too colloquial
massage,masaj,preferred,
"""

DOMAIN = "articles/scalp"

# A machine that runs all tests at once is slow.
expect.set_options(timeout=20_000)


def make_review_site(
    root: Path, article: str = ARTICLE, *, config: str = CONFIG
) -> Path:
    """A site with something of everything: done, changed, empty, with terms."""
    make_site(
        root,
        {
            "publish.toml": config,
            "source/articles/scalp.md": article,
            "locales/tr/glossary.csv": GLOSSARY,
        },
    )
    assert publish(root, "extract").code == 0
    translate(root, TURKISH)
    translate(root, ARABIC, locale="ar")
    if article == ARTICLE:
        (root / "source/articles/scalp.md").write_text(CHANGED, encoding="utf-8")
        assert publish(root, "extract").code == 0
    return root


@contextmanager
def reader(
    browser: Browser,
    *,
    width: int = 1440,
    scheme: str = "light",
    language: str = "en",
    bypass_csp: bool = False,
    leaves: bool = True,
    state: StorageState | None = None,
) -> Iterator[Page]:
    """
    A person's browser, which tells of every script that fails.

    `leaves`: asked whether to leave a page with unsaved text, she does.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=language,
        bypass_csp=bypass_csp,
        storage_state=state,
    )
    errors: list[str] = []
    try:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{error} {error.stack}"))
        if leaves:
            page.on("dialog", lambda dialog: dialog.accept())
        yield page
    finally:
        context.close()
    assert not errors, errors


def signed_in(page: Page, server: Server, name: str = "Reviewer") -> Page:
    """The page with the articles, behind the door of a server."""
    page.goto(server.door)
    page.fill("#name", name)
    page.fill("#role", "medical translator")
    page.click("main button.primary")
    page.wait_for_selector(".articles")
    return page


def bench(page: Page, server: Server, locale: str = "tr") -> Page:
    """The workbench of the article, ready to be worked at."""
    signed_in(page, server)
    return at_bench(page, server, locale)


def at_bench(page: Page, server: Server, locale: str = "tr") -> Page:
    """The same for somebody who is signed in."""
    page.goto(f"http://{server.host}/a/{locale}/{DOMAIN}")
    return loaded(page)


def loaded(page: Page) -> Page:
    """The workbench with all that comes after its first answer."""
    page.wait_for_selector("#helps > *", state="attached")
    page.wait_for_selector("#frames iframe:not(.is-coming)", state="attached")
    return page


def intercept(page: Page, urls: str, handle: Callable[[Route], None]) -> None:
    """
    Let the test answer what the page asks for.

    A document that is there already may send its next request past the test: Chromium
    tells it of the interception without waiting. So the page is loaded anew.
    """
    page.route(urls, handle)
    page.reload()
    loaded(page)


def row(page: Page, source: str) -> Locator:
    """The row of a message in the list."""
    return page.locator(".row", has=page.get_by_text(source, exact=True))


def show_only(page: Page, name: str) -> None:
    """Choose a filter."""
    page.locator(".chip", has=page.locator(f"input[value={name}]")).click()


def open_message(page: Page, source: str) -> None:
    """Click a message in the list, and wait for what helps with it."""
    row(page, source).click()
    expect(page.locator("#source")).to_have_text(source)
    expect(page.locator("#text-0")).to_be_focused()
    page.wait_for_selector("#helps > *")


def expect_said(page: Page, words: str) -> None:
    """Wait for what the page says at its foot."""
    expect(page.locator("#toast")).to_contain_text(words)


def on_disk(root: Path, msgid: str, locale: str = "tr") -> str:
    """What the catalog now says of a source text."""
    found = catalog(root, locale=locale).find(msgid)
    return found.msgstr if found else ""


def saved_in_poedit(root: Path, msgid: str, text: str) -> None:
    """Change an entry as another program would: by its file."""
    path = po_path(root)
    old = path.read_text(encoding="utf-8")
    before, start, after = old.partition(f'msgid "{msgid}"\nmsgstr "')
    assert start, msgid
    path.write_text(before + start + text + after[after.index('"') :], encoding="utf-8")
