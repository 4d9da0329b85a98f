"""
The pictures of the documents, taken of the built example site: `make pictures`.

Of the clinic's first article in Turkish, of the article with the most Latin words and
numbers in Arabic, and of the Turkish mail, each on a telephone and on a desk; of the
Turkish and the Arabic mail in the dark, and of their texts; and of the page on which
people review.
"""

import re
import sys
from html import escape
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser import chromium, opened, served
from tests.review.pictures import take_review

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "pictures"
ARTICLES = {
    "tr": "can-stem-cell-therapy-reverse-hair-loss",
    "ar": "when-to-call-the-clinic",
}
HEIGHTS = {
    "page-tr": {360: 760, 1280: 900},
    "page-ar": {360: 2480, 1280: 1760},
    "mail-tr": {360: 760, 1280: 900},
}
REVIEW = {
    "review-tr": {1440: 900},
    "review-list": {360: 760},
    "review-ar": {360: 760},
    "review-conflict": {1280: 800},
}
MAILS = {
    "mail-tr-dark": "dark",
    "mail-ar": "light",
    "mail-ar-dark": "dark",
    "mail-tr-text": "light",
    "mail-ar-text": "light",
}
"""Further pictures of mails, as wide as a mail is, whole, in this scheme of colours."""

_MAIL_WIDTH = 640

_ALTERNATE = re.compile(r'rel="alternate" hreflang="([\w-]+)" href="([^"]+)"')


def main(dist: Path = ROOT / "dist", target: Path = TARGET) -> int:
    """Take the pictures of what was built in `dist`."""
    shown = _shown(dist)
    target.mkdir(parents=True, exist_ok=True)
    with chromium() as browser, served(dist) as address:
        for name, path in shown.items():
            for width, height in HEIGHTS[name].items():
                file = target / f"{name}-{width}.png"
                _take(browser, f"{address}{path}", file, width=width, height=height)
                sys.stdout.write(f"{file}\n")
        for name, scheme in MAILS.items():
            _, locale, *kind = name.split("-")
            suffix = "txt" if kind == ["text"] else "html"
            mail = min((dist / "mail" / locale).glob(f"*.{suffix}"))
            file = target / f"{name}-{_MAIL_WIDTH}.png"
            url = f"{address}mail/{locale}/{mail.name}"
            with opened(browser, url, width=_MAIL_WIDTH, scheme=scheme) as page:
                if suffix == "txt":
                    page.set_content(_as_a_mail_program(mail.read_text("utf-8")))
                page.screenshot(path=str(file), full_page=True)
            sys.stdout.write(f"{file}\n")
        for file in take_review(ROOT, target, REVIEW, browser):
            sys.stdout.write(f"{file}\n")
    return 0


def _as_a_mail_program(text: str) -> str:
    """A plain text as mail programs show it: each line runs as its first word does."""
    style = "unicode-bidi: plaintext; font: 14px monospace"
    return f'<pre dir="auto" style="{style}">{escape(text)}</pre>'


def _shown(dist: Path) -> dict[str, str]:
    """What is to be seen, by the name of its picture, below `dist`."""
    mails = sorted((dist / "mail" / "tr").glob("*.html"))
    shown = {"mail-tr": f"mail/tr/{mails[0].name}"} if mails else {}
    for locale, article in ARTICLES.items():
        english = dist / "site" / "en" / article / "index.html"
        text = english.read_text(encoding="utf-8") if english.exists() else ""
        # The localized address is what the English page says it is.
        url = dict(_ALTERNATE.findall(text)).get(locale)
        if url:
            shown[f"page-{locale}"] = "site/" + "/".join(url.split("/")[-3:])
    if shown.keys() != HEIGHTS.keys():
        sys.exit("pictures: the example site is not built (make site)")
    return shown


def _take(browser: Browser, url: str, file: Path, *, width: int, height: int) -> None:
    with opened(browser, url, width=width) as page:
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=str(file))


if __name__ == "__main__":
    sys.exit(main())
