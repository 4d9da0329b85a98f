"""A translator's half hour at the review page, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.review.serving import (
    bench,
    make_review_site,
    on_disk,
    reader,
    reviewing,
    saved_in_poedit,
)

pytestmark = pytest.mark.browser

MASSAGE = "A **scalp massage** helps; see [our guide](https://clinic.example/guide)."
WASH = "Wash your hair gently after 3 days."
EVENING = "Take 5 mg in the evening."
SCRATCH = "Do not scratch."


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_review_site(tmp_path)


@pytest.fixture
def page(browser: Browser, root: Path) -> Iterator[Page]:
    """The workbench of the Turkish article."""
    with reviewing(root) as address, reader(browser) as opened:
        yield bench(opened, address)


def choose(page: Page, name: str) -> None:
    page.locator(".chip", has=page.locator(f"input[value={name}]")).click()


def row(page: Page, source: str):
    return page.locator(".row", has=page.get_by_text(source, exact=True))


def open_message(page: Page, source: str) -> None:
    row(page, source).click()
    expect(page.locator("#source")).to_contain_text(source)
    expect(page.locator("#text-0")).to_be_focused()
    page.wait_for_selector("#helps > *")


def type_text(page: Page, text: str) -> None:
    page.locator("#text-0").fill(text)


def wait_until(page: Page, said: str) -> None:
    expect(page.locator("#toast")).to_contain_text(said)


def test_a_translators_half_hour(page, root):
    # What the source's change left over, with the difference.
    choose(page, "changed")
    expect(page.locator(".row")).to_have_count(2)
    open_message(page, WASH)
    expect(page.locator(".previous ins")).to_contain_text("gently")
    type_text(page, "Saçınızı 5 gün sonra nazikçe yıkayın.")
    expect(page.locator(".finding-error")).to_contain_text("3")
    type_text(page, "Saçınızı 3 gün sonra nazikçe yıkayın.")
    expect(page.locator(".finding-error")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    wait_until(page, "Saved.")
    assert on_disk(root, WASH) == "Saçınızı 3 gün sonra nazikçe yıkayın."

    # A term by its number, and what was typed around it.
    choose(page, "untranslated")
    open_message(page, MASSAGE)
    page.keyboard.type("Bir **")
    page.keyboard.press("Alt+1")
    page.keyboard.type(" masajı** yardımcı olur; bkz. ")
    page.keyboard.type("[rehberimiz](https://clinic.example/guide).")
    text = (
        "Bir **saç derisi masajı** yardımcı olur; bkz. "
        "[rehberimiz](https://clinic.example/guide)."
    )
    expect(page.locator("#text-0")).to_have_value(text)
    page.keyboard.press("Control+Shift+Enter")
    wait_until(page, "Approved.")
    assert on_disk(root, MASSAGE) == text
    choose(page, "all")
    expect(row(page, MASSAGE).locator(".state-approved")).to_be_visible()

    # The approval was a mistake.
    page.keyboard.press("Alt+u")
    wait_until(page, "taken back")
    expect(row(page, MASSAGE).locator(".state-translated")).to_be_visible()

    # Poedit saves the same entry while it is edited here.
    open_message(page, EVENING)
    type_text(page, "Akşamları 5 mg alınız.")
    saved_in_poedit(root, EVENING, "Her akşam 5 mg alın.")
    page.keyboard.press("Control+Enter")
    dialog = page.locator("#conflict")
    expect(dialog).to_contain_text("Akşamları 5 mg alınız.")
    expect(dialog).to_contain_text("Her akşam 5 mg alın.")
    assert on_disk(root, EVENING) == "Her akşam 5 mg alın."
    dialog.get_by_role("button", name="Save mine instead").click()
    wait_until(page, "Saved.")
    assert on_disk(root, EVENING) == "Akşamları 5 mg alınız."

    # A question to the author.
    open_message(page, SCRATCH)
    page.fill("#comment", "Also not while sleeping?")
    page.click("#send-comment")
    expect(page.locator(".comments")).to_contain_text("Also not while sleeping?")

    # The rest, by the keyboard alone.
    open_message(page, SCRATCH)
    type_text(page, "Kaşımayın.")
    page.keyboard.press("Control+Shift+Enter")
    wait_until(page, "Approved.")
    assert on_disk(root, SCRATCH) == "Kaşımayın."
