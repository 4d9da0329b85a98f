"""The pictures of the review page: the example's own article, while it is worked on."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from pipeline.store.config import read_site
from pipeline.workflow.review.readiness import refresh_memory
from tests.builders import publish
from tests.review.browsers import Server, serving
from tests.review.readers import loaded, reader, signed_in

DOMAIN = "articles/scalp-care-after-a-hair-transplant"
PARTS = ("source", "locales", "templates", "pyproject.toml")
OLD = "Do not wash your hair during the first 48 hours. After that, wash it once a day:"
NEW = (
    "Do not wash your hair during the first 72 hours after the hair transplant. After "
    "that, wash your scalp gently once a day:"
)
MORE = "\nFrom day 5, a cool shower is fine.\n\nNever pick at a scab"
TYPED = (
    "Saç ekiminden sonraki ilk 48 saat saçınızı yıkamayın. Ardından saç derinizi günde "
    "bir kez nazikçe yıkayın:"
)
THEIRS = (
    "Saç ekiminden sonraki ilk 72 saat boyunca saçınızı yıkamayın. Sonrasında saç "
    "derinizi günde bir kez nazikçe yıkayın:"
)


def take_review(
    root: Path, target: Path, sizes: Mapping[str, Mapping[int, int]], browser: Browser
) -> Iterator[Path]:
    """
    Take the pictures of the review page of a site at `root`, which stays as it is.

    `sizes` has heights by width, by the name of a picture.
    """
    with tempfile.TemporaryDirectory() as folder:
        site = _prepared(root, Path(folder))
        with serving(site) as server:
            for name, heights in sizes.items():
                for width, height in heights.items():
                    file = target / f"{name}-{width}.png"
                    with _opened(browser, server, name, width, height) as page:
                        page.screenshot(path=str(file))
                    yield file


def _prepared(root: Path, site: Path) -> Path:
    """A copy in which an approved article has changed since."""
    for part in PARTS:
        source = root / part
        if source.is_dir():
            shutil.copytree(source, site / part)
        else:
            shutil.copy(source, site / part)
    for locale in ("tr", "ar"):
        as_whom = ("--lang", locale, "--reviewer", "Head of dermatology")
        publish(site, "approve", DOMAIN, *as_whom, "--note", "For a picture")
    path = site / "source" / f"{DOMAIN}.md"
    text = path.read_text(encoding="utf-8")
    for old, new in ((OLD, NEW), ("\nNever pick at a scab", MORE)):
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    publish(site, "extract")
    for locale in ("tr", "ar"):
        refresh_memory(read_site(site), locale)
    return site


@contextmanager
def _opened(
    browser: Browser, server: Server, name: str, width: int, height: int
) -> Iterator[Page]:
    locale = "ar" if "-ar" in name else "tr"
    scheme, language = ("dark", "ar") if locale == "ar" else ("light", "en")
    with (
        reader(browser, width=width, scheme=scheme, language=language) as page,
        reader(browser) as other,
    ):
        page.set_viewport_size({"width": width, "height": height})
        for each, who in ((other, "Head of dermatology"), (page, "Medical translator")):
            signed_in(each, server, who)
            each.goto(f"http://{server.host}/a/{locale}/{DOMAIN}")
            loaded(each)
        expect(page.locator("#others")).not_to_be_empty()
        _worked_at(page, other, name)
        yield page


def _worked_at(page: Page, other: Page, name: str) -> None:
    if name == "review-list":
        page.locator(".row[aria-current]").scroll_into_view_if_needed()
        return
    for each in (page, other):
        each.locator("label.chip:has(input[value=changed])").click()
        each.locator(".row", has_text="72 hours").click()
        each.wait_for_selector("#helps > *", state="attached")
    if name == "review-ar":
        page.locator("#text-0").blur()
        return
    page.fill("#text-0", TYPED)
    expect(page.locator(".finding-error").first).to_be_visible()
    if name == "review-conflict":
        other.fill("#text-0", THEIRS)
        other.keyboard.press("Control+Enter")
        expect(page.locator("#meanwhile")).to_be_visible()
        page.keyboard.press("Control+Enter")
        expect(page.locator("#conflict")).to_be_visible()
    page.wait_for_timeout(800)
