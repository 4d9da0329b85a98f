"""A running `publish review` on a small site, and a browser at it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.builders import catalog, make_site, po_path, publish, translate

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


def make_review_site(root: Path, article: str = ARTICLE) -> Path:
    """A site with something of everything: done, changed, empty, with terms."""
    make_site(
        root,
        {
            "publish.toml": CONFIG,
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
def reviewing(root: Path, *options: str) -> Iterator[str]:
    """The address that a running review server prints."""
    arguments = ["-m", "pipeline", "review", "--json", "--port", "0", *options]
    with subprocess.Popen(
        [sys.executable, *arguments],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as server:
        try:
            assert server.stdout
            line = server.stdout.readline()
            assert line, "the server did not start"
            yield json.loads(line)["url"]
        finally:
            server.terminate()
            server.wait(20)


@contextmanager
def reader(
    browser: Browser,
    *,
    width: int = 1440,
    scheme: str = "light",
    language: str = "en",
    bypass_csp: bool = False,
) -> Iterator[Page]:
    """A person's browser, which tells of every script that fails."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=language,
        bypass_csp=bypass_csp,
    )
    errors: list[str] = []
    try:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{error} {error.stack}"))
        page.on("dialog", lambda dialog: dialog.accept())
        yield page
    finally:
        context.close()
    assert not errors, errors


def signed_in(page: Page, address: str, path: str = "") -> Page:
    """The page behind the address of a server, after saying who one is."""
    page.goto(address)
    if page.locator("#name").count():
        page.fill("#name", "Reviewer")
        page.fill("#role", "medical translator")
        page.click("main button.primary")
        page.wait_for_selector("h1")
    if path:
        base = "/".join(address.split("/")[:3])
        page.goto(base + path)
    return page


def bench(page: Page, address: str, locale: str = "tr") -> Page:
    """The workbench of the article, ready to be worked at."""
    signed_in(page, address, f"/a/{locale}/{DOMAIN}")
    page.wait_for_selector("#helps > *")
    page.wait_for_selector("#frames iframe:not(.is-coming)")
    return page


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


