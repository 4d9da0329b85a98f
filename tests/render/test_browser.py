"""Pages in a real browser: accessible, mirrored, within the screen, and alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.model.page import State
from pipeline.render.callouts import CALLOUTS
from pipeline.render.library import Withdrawn
from pipeline.render.mails import render_mail
from pipeline.render.pages import PageFile, render_index, render_page
from pipeline.render.site import render_site
from pipeline.render.strings import builtin_templates
from tests.browser import chromium, opened, served, violations
from tests.render.shelf import edition, library, theme

pytestmark = pytest.mark.browser

BODY = (
    "<p>Take <code>5 mg</code>. See <a href='#risks'>risks</a>.</p>"
    "<h2>Risks</h2><ul><li>One</li></ul><blockquote><p>Said.</p></blockquote>"
    "<h2>Doses</h2><table><thead><tr><th>Day</th><th style='text-align:right'>Dose"
    "</th></tr></thead><tbody><tr><td>1</td><td style='text-align:right'>5 mg</td></tr>"
    "</tbody></table><table><tbody><tr><td>x</td></tr></tbody></table>"
    "<p><img src='hand.svg' alt='A hand'></p>"
    "<h2>Questions</h2><dl class='faq'><div><dt>Safe?</dt><dd>Mostly.</dd></div></dl>"
    + "".join(
        f"<blockquote class='callout {kind}'><p>Said.</p></blockquote>"
        for kind in CALLOUTS
    )
    + "<ul><li class='task'>☑ Done</li></ul>"
    "<p>So.<sup><a href='#fn-1' id='fnref-1'>1</a></sup></p><div class='footnote' "
    "id='fn-1'><p><sup><a href='#fnref-1'>1</a></sup> Noted.</p></div>"
    "<address>Call <a href='tel:+905550000000'>+90 555 000 00 00</a></address>"
)
ARABIC = BODY.replace("Risks", "المخاطر").replace("See", "انظر +90 555 000 00 00")
IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="300"/>'
PAGES = ("index.html", "en/", "ar/", "en/scalp/", "ar/scalp-ar/", "en/dose/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    marked = '<p><mark data-state="fuzzy" data-entry="x.po:3">Text</mark></p>'
    common = {"section": "After", "description": "What to do", "author": "The team"}
    shelf = library(
        edition(html=BODY, **common),
        edition(locale="ar", html=ARABIC, title="العناية بالشعر", **common),
        edition("articles/dose", html=marked, section="After"),
        assets=frozenset({"source/articles/hand.svg"}),
        drafts=True,
    )
    pages = [render_page(each, shelf, theme()) for each in shelf.editions]
    lists = [render_index(locale, shelf, theme()) for locale in shelf.locales]
    for file in (*pages, *lists, *render_site(shelf, theme())):
        write(folder, file)
    shutil.copytree(Path(builtin_templates(), "static"), folder / "static")
    return folder


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page in two languages, one that is kept, one that was withdrawn."""
    folder = tmp_path_factory.mktemp("notices")
    span = '<span lang="en" dir="ltr">'
    mixed = ARABIC.replace("<li>One</li>", f"<li>{span}One</span></li>")
    common = {"section": "After", "description": "What to do"}
    shelf = library(
        edition(html=BODY, **common),
        edition("articles/dose", html=BODY, **common),
        edition(
            locale="ar",
            html=mixed.replace("<h2>Doses</h2>", f"<h2>{span}Doses</span></h2>"),
            state=State.PARTIAL,
            foreign=frozenset({"title", "description", "section"}),
            **common,
        ),
        edition(
            "articles/dose",
            "ar",
            ARABIC,
            kept="2026-03-01",
            reviewed="2026-02-01",
            reviewers=(("The first nurse", "nurse"), ("The doctor", "")),
        ),
        assets=frozenset({"source/articles/hand.svg"}),
        withdrawn=(Withdrawn("ar", "gone", "articles/scalp"),),
    )
    pages = [render_page(each, shelf, theme()) for each in shelf.editions]
    lists = [render_index(locale, shelf, theme()) for locale in shelf.locales]
    for file in (*pages, *lists, *render_site(shelf, theme())):
        write(folder, file)
    shutil.copytree(Path(builtin_templates(), "static"), folder / "static")
    with served(folder) as url:
        yield url


def write(folder: Path, file: PageFile) -> None:
    for path in (file.path, *(target for _, target in file.assets)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        text = file.html if path == file.path else IMAGE
        (folder / path).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as url:
        yield url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_barrier_that_axe_knows(browser, address, path, scheme):
    for width in (360, 1280):
        with opened(browser, address + path, width=width, scheme=scheme) as page:
            assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["ar/", "ar/scalp-ar/", "ar/dose-ar/", "ar/gone/"])
def test_a_page_with_a_notice_has_no_barrier_either(browser, notices, path, scheme):
    for width in (320, 1280):
        with opened(browser, notices + path, width=width, scheme=scheme) as page:
            assert violations(page) == []
            assert page.evaluate("document.body.scrollWidth <= innerWidth")


def test_what_is_in_another_language_begins_on_its_own_side(browser, notices):
    with opened(browser, f"{notices}ar/scalp-ar/", width=1280) as page:
        sides = page.evaluate(
            """() => Object.fromEntries(["h1", ".prose p", ".prose li > div"].map(
              name => [name, getComputedStyle(document.querySelector(name)).direction]
            ))"""
        )

    assert sides == {"h1": "ltr", ".prose p": "rtl", ".prose li > div": "ltr"}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_screen_of_320_pixels(browser, address, path):
    with opened(browser, address + path, width=320) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_page_asks_no_other_server_for_anything(browser, address):
    asked: list[str] = []
    context = browser.new_context()
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text))
    page.goto(address + "en/scalp/")
    context.close()
    assert errors == []
    assert address + "static/site.css" in asked
    assert [url for url in asked if not url.startswith(address)] == []


def test_an_arabic_page_is_mirrored(browser, address):
    def edges(path: str) -> tuple[float, float]:
        with opened(browser, address + path) as page:
            brand = page.locator(".brand").bounding_box()
            contents = page.locator("nav.contents").bounding_box()
            assert brand
            assert contents
            return brand["x"], contents["x"]

    brand, contents = edges("en/scalp/")
    assert brand < contents
    brand, contents = edges("ar/scalp-ar/")
    assert contents < brand


def test_code_is_code_in_arabic_too(browser, tmp_path):
    html = "<h2>خذ <b>5 mg</b></h2><pre><code>خذ # Take  5 mg\nNow</code></pre>"
    shelf = library(edition(), edition(locale="ar", html=html))
    write(tmp_path, render_page(shelf.editions[1], shelf, theme()))
    shutil.copytree(Path(builtin_templates(), "static"), tmp_path / "static")
    look = """each => [...each.querySelectorAll('*')].every(inner =>
        ['fontFamily', 'lineHeight', 'whiteSpace'].every(name =>
          getComputedStyle(inner)[name] === getComputedStyle(inner.parentNode)[name]))
        && each.querySelectorAll('bdi').length > 0"""
    with served(tmp_path) as url, opened(browser, f"{url}ar/scalp-ar/") as page:
        assert page.locator(".prose pre code").evaluate(look)
        family = page.locator(".prose pre code").evaluate(
            "each => getComputedStyle(each).fontFamily"
        )
        assert "monospace" in family
        leading = [
            page.locator(each).evaluate("each => getComputedStyle(each).lineHeight")
            for each in (".prose h2", ".prose h2 b")
        ]
        assert leading[0] == leading[1]


def test_a_telephone_number_keeps_its_order_in_arabic(browser, address):
    with opened(browser, address + "ar/scalp-ar/") as page:
        lefts = page.evaluate(
            """() => {
                const text = document.querySelector('.prose a bdi').firstChild;
                return [0, 4, text.length - 1].map((place) => {
                    const range = document.createRange();
                    range.setStart(text, place);
                    range.setEnd(text, place + 1);
                    return range.getBoundingClientRect().left;
                });
            }"""
        )
    assert lefts == sorted(lefts)


def test_the_keyboard_first_meets_the_way_to_the_content(browser, address):
    with opened(browser, address + "en/scalp/") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        box = page.locator(".skip").bounding_box()
        assert box
        assert box["width"] > 50
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


def test_a_page_opens_from_a_folder_too(browser, site):
    with opened(browser, (site / "en/scalp/index.html").as_uri()) as page:
        colour = "getComputedStyle(document.querySelector('.masthead')).backgroundColor"
        assert page.evaluate(colour) == "rgb(255, 255, 255)"
        page.click("a[hreflang=ar]")
        assert page.evaluate("document.documentElement.dir") == "rtl"


def test_a_page_is_printed_without_its_navigation(browser, address):
    with opened(browser, address + "en/scalp/") as page:
        page.emulate_media(media="print")
        assert not page.locator(".languages").is_visible()
        assert not page.locator("nav.contents").is_visible()
        assert page.locator(".prose").is_visible()


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_wide_table_neither_widens_a_mail_nor_is_cut_off(browser, tmp_path, locale):
    word = "Donaudampfschifffahrtsgesellschaft"
    html = f"<p>{'Words. ' * 20}</p><table><tr><td>{word}<td>{word}<td>5 mg</table>"
    shelf = library(edition("mail/card", locale, html, kind="mail"))
    (written,) = shelf.editions
    (tmp_path / "x.html").write_text(
        render_mail(written, shelf, theme()).html, encoding="utf-8"
    )
    with opened(browser, (tmp_path / "x.html").as_uri(), width=320) as page:
        box = page.locator(".words p").bounding_box()
        scrolls = (
            page.locator(".words table")
            .locator("..")
            .evaluate("each => [each.scrollWidth > each.clientWidth, each.clientWidth]")
        )
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert scrolls[0]
    assert scrolls[1] <= 320
