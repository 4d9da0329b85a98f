"""The review page for everybody: axe-core, narrow screens, both schemes, four languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, StorageState, expect

from pipeline.review.views import UI_LOCALES
from tests.browser import violations
from tests.review.browsers import Server, serving
from tests.review.readers import (
    DOMAIN,
    expect_said,
    loaded,
    make_review_site,
    open_message,
    reader,
    saved_in_poedit,
    show_only,
    signed_in,
)

pytestmark = pytest.mark.browser

EVENING = "Take 5 mg in the evening."
WASH = "Wash your hair gently after 3 days."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_review_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[Server]:
    with serving(site) as running:
        yield running


@pytest.fixture(scope="module")
def person(browser, server) -> StorageState:
    """The cookies of somebody who is signed in."""
    with reader(browser) as page:
        signed_in(page, server)
        return page.context.storage_state()


@pytest.fixture(params=[360, 1440])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=UI_LOCALES)
def someone(request, browser, person, width, scheme) -> Iterator[Page]:
    """People with all kinds of screens, in each of the page's languages."""
    look = {"width": width, "scheme": scheme, "language": request.param}
    with reader(browser, **look, state=person) as page:
        yield page


def test_no_page_has_a_barrier_that_axe_knows(someone, server, width):
    page = someone
    page.goto(f"http://{server.host}/")
    assert violations(page) == []
    page.goto(f"http://{server.host}/a/ar/{DOMAIN}")
    loaded(page)
    assert fits(page, width)
    assert violations(page) == []
    show_only(page, "changed")
    page.locator(".row", has_text="gently").click()
    expect(page.locator(".previous")).to_be_visible()
    page.fill("#text-0", "اغسل شعرك بعد 50 يومًا.")
    expect(page.locator(".finding").first).to_be_visible()
    assert fits(page, width)
    assert violations(page) == []
    page.click("#show-help")
    assert violations(page) == []


def fits(page: Page, width: int) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


def test_the_door_has_no_barrier(browser, server, scheme, width):
    with reader(browser, width=width, scheme=scheme) as page:
        page.goto(f"http://{server.host}/")
        assert violations(page) == []
        page.goto(server.door)
        expect(page.locator("#name")).to_be_visible()
        assert violations(page) == []
        assert fits(page, width)


def test_two_texts_side_by_side_have_no_barrier(browser, server, person, site, width):
    with reader(browser, width=width, state=person) as page:
        page.goto(f"http://{server.host}/a/tr/{DOMAIN}")
        loaded(page)
        open_message(page, EVENING)
        page.fill("#text-0", "Akşam 5 mg.")
        saved_in_poedit(site, EVENING, f"Her akşam 5 mg alın ({width}).")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#conflict")).to_be_visible()
        assert violations(page) == []
        assert fits(page, width)


def test_every_part_is_reached_and_worked_by_the_keyboard(browser, server, person):
    with reader(browser, state=person) as page:
        page.goto(f"http://{server.host}/a/tr/{DOMAIN}")
        loaded(page)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "editor"
        seen = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            seen.add(page.evaluate(_WHAT))
        assert {"text-0", "save", "approve", "comment", "send-comment"} <= seen


_WHAT = "document.activeElement.id || document.activeElement.className"


def test_what_has_the_focus_is_seen(browser, server, person):
    with reader(browser, state=person) as page:
        page.goto(f"http://{server.host}/a/tr/{DOMAIN}")
        loaded(page)
        for _ in range(12):
            page.keyboard.press("Tab")
            assert page.evaluate(_OUTLINE) not in {"", "0px", "none"}


_OUTLINE = """() => {
    const focused = document.activeElement;
    const shown = focused.matches('.chip input') ? focused.nextElementSibling : focused;
    const style = getComputedStyle(shown);
    return style.outlineStyle === 'none' ? 'none' : style.outlineWidth;
}"""


def test_nothing_moves_for_who_wants_no_motion(browser, server, person):
    with reader(browser, state=person) as page:
        page.emulate_media(reduced_motion="reduce")
        page.goto(f"http://{server.host}/a/tr/{DOMAIN}")
        loaded(page)
        moving = page.evaluate(
            """() => [...document.querySelectorAll('*')].filter((each) => {
                const style = getComputedStyle(each);
                return style.transitionDuration !== '0s' || style.animationName !== 'none';
            }).length"""
        )
        assert moving == 0


def test_what_is_said_is_said_to_screen_readers(browser, server, person):
    with reader(browser, state=person) as page:
        page.goto(f"http://{server.host}/a/tr/{DOMAIN}")
        loaded(page)
        for place in ("#toast", "#findings", "#found", "#others"):
            expect(page.locator(place)).to_have_role("status")
        expect(page.locator("#notice")).to_have_attribute("role", "alert")
        open_message(page, WASH)
        page.keyboard.press("Control+Enter")
        expect_said(page, "Saved.")
