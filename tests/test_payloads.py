"""Whatever stands in whatever text of a site: nothing runs, loads, hides or is lost."""

import email
import email.policy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page

from tests import payload_site
from tests.browser import chromium, served
from tests.builders import publish
from tests.payloads import ATTACKS, LOOKALIKES
from tests.review.browsers import serving
from tests.review.readers import loaded, signed_in

pytestmark = pytest.mark.browser

ELEMENTS = (
    "h1 h2 h3 h4 h5 h6 p div section ul ol li dl dt dd blockquote pre hr br figure "
    "figcaption table caption colgroup col thead tbody tfoot tr th td a img strong b "
    "em i u s del ins sup sub small code kbd samp var abbr dfn cite q bdi span time "
    "address details summary wbr ruby rt rp mark"
).split()
"""What may stand in a text."""

FRAME = "html head body title meta link header main footer nav aside article".split()
"""What only the templates write."""

ATTRIBUTES = (
    "lang dir translate title href hreflang src alt width height loading decoding "
    "start reversed value colspan rowspan scope span datetime open id class"
).split()
OF_TEMPLATES = (
    "role tabindex aria-label aria-labelledby aria-current data-state data-entry"
).split()

INSPECT = """
([elements, frame, attributes, ofTemplates, sentinels, isMail, isStrict]) => {
  const wrong = [];
  const inText = new Set(elements), inFrame = new Set(frame);
  const plain = new Set(attributes), special = new Set(ofTemplates);
  const text = document.querySelector(isMail ? ".words" : ".prose");
  for (const each of document.querySelectorAll("*")) {
    const name = each.localName;
    const ours = !text || text === each || !text.contains(each);
    if (each.namespaceURI !== "http://www.w3.org/1999/xhtml") {
      if (!each.closest(".brand")) wrong.push(`a foreign <${name}>`);
      continue;
    }
    const isData = name === "script" && each.type === "application/ld+json"
      && each.parentNode === document.head;
    const isStyle = isMail && name === "style" && ours;
    if (isData) JSON.parse(each.textContent);
    else if (!isStyle && !inText.has(name) && !(ours && inFrame.has(name)))
      wrong.push(`<${name}>`);
    if (["meta", "link", "title"].includes(name) && each.parentNode !== document.head)
      wrong.push(`<${name}> in the body`);
    for (const { name: key, value } of each.attributes) {
      if (/^on/i.test(key)) wrong.push(`${name} ${key}`);
      if (ours ? /^(srcset|srcdoc|ping|poster|background|formaction)$/.test(key)
          : !plain.has(key) && !special.has(key) && !(isMail && /^(border|cell|bgcolor|style)/.test(key)))
        wrong.push(`${name} ${key}`);
      if (!isMail && key === "style") wrong.push(`${name} ${key}`);
      if (!ours && key === "class" && !/^(faq|contact|table|image|button|label|task|footnote|callout [a-z]+|align-[a-z]+)$/.test(value))
        wrong.push(`${name} class=${value}`);
    }
    if (each.href !== undefined && each.hasAttribute("href")
        && !/^(https?:|mailto:|tel:)/.test(each.href))
      wrong.push(`${name} href=${each.href}`);
    if (name === "img" && new URL(each.src).host !== location.host)
      wrong.push(`img src=${each.src}`);
  }
  if (/[\\u202a-\\u202e]/.test(document.documentElement.outerHTML))
    wrong.push("characters that turn others around");
  const seen = new Map();
  for (const each of document.querySelectorAll(".prose p, .words p")) {
    const box = each.getBoundingClientRect();
    const around = each.closest("a, b, i, code, pre, h1, h2, h3, h4, del, li");
    const inside = isStrict && text.contains(around);
    const shown = each.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      && box.height > 0 && box.width > 0;
    if (shown && !inside) seen.set(each.textContent.trim(), true);
  }
  for (const each of sentinels) if (!seen.has(each)) wrong.push(`swallowed: ${each}`);
  return wrong;
}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, published and as a draft."""
    root = payload_site.make(tmp_path_factory.mktemp("payloads"))
    assert publish(root, "build").code == 1
    payload_site.move(root, "articles/of-0-txt")
    assert publish(root, "build").code == 1
    assert publish(root, "build", "--draft", "--lang", "tr").code in {0, 1}
    return root


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


class Watch:
    """A tab whose every script, dialog and request is written down."""

    def __init__(self, browser: Browser, address: str) -> None:
        # Without the policy of the pages: what it would stop must not be there.
        self.context = browser.new_context(bypass_csp=True)
        self.address = address
        self.harm: list[str] = []
        self.page = self.context.new_page()
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.harm.append(f"script: {error}"))
        self.context.on("request", self._request)
        self.context.route(
            lambda url: not url.startswith(address), lambda route: route.abort()
        )

    def _dialog(self, dialog: Any) -> None:
        self.harm.append(f"ran: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        # The page for lost ways has absolute links: it is shown at any depth.
        if not request.url.startswith((self.address, payload_site.BASE)):
            self.harm.append(f"asked for {request.url}")

    def look(self, path: str, *, sentinels: list[str], is_mail: bool) -> list[str]:
        """What is wrong with a page."""
        self.harm.clear()
        self.page.goto(f"{self.address}{path}")
        # What authors leave open, such as a link, may stand around what follows.
        is_strict = "/of-" in path
        given: list[object] = [
            ELEMENTS,
            FRAME,
            ATTRIBUTES,
            OF_TEMPLATES,
            sentinels,
            is_mail,
        ]
        given.append(is_strict)
        wrong = self.page.evaluate(INSPECT, given)
        return [*self.harm, *wrong]


@pytest.fixture
def watched(root: Path, browser: Browser) -> Iterator[Watch]:
    with served(root / "dist") as address:
        watch = Watch(browser, address)
        yield watch
        watch.context.close()


def sources(root: Path) -> dict[str, str]:
    """The text of every source by its slug."""
    return {
        path.name.partition(".")[0]
        if path.parent.name == "mail" or path.stem[:3] == "of-"
        else path.stem: path.read_text("utf-8")
        for path in sorted((root / "source").rglob("*"))
        if path.suffix in {".md", ".html", ".txt"}
    }


def look_at_all(
    root: Path, watch: Watch, pattern: str
) -> tuple[int, dict[str, list[str]]]:
    """How many pages there are, and what is wrong with which."""
    known = sources(root)
    wrong = {}
    # What leads on is looked at by itself.
    files = [
        file
        for file in sorted((root / "dist").glob(pattern))
        if "of-0-txt" not in file.parts
    ]
    for file in files:
        path = file.relative_to(root / "dist").as_posix()
        is_mail = "mail/" in path
        slug = file.stem if is_mail else file.parent.name
        text = known.get(slug, "")
        expected = re.findall(r"Sentinel [0-9]+ stays here\.", text)
        found = watch.look(path, sentinels=expected, is_mail=is_mail)
        if found:
            wrong[path] = sorted(set(found))
    return len(files), wrong


@pytest.mark.parametrize("suffix", payload_site.SUFFIXES)
def test_what_authors_write_is_harmless(root, watched, suffix):
    count, wrong = look_at_all(root, watched, f"site/en/{suffix}-*/index.html")

    held = 0 if suffix == "txt" else len(payload_site.REFUSED)
    # Some hide the end of their text, or a tag of theirs has none.
    assert count >= len(ATTACKS) - 20 - held
    assert wrong == {}


@pytest.mark.parametrize("top", ["site", "draft/site"])
def test_what_translators_write_is_harmless(root, watched, top):
    count, wrong = look_at_all(root, watched, f"{top}/tr/of-*/index.html")

    assert count > 25
    assert wrong == {}


@pytest.mark.parametrize(
    ("folder", "least"), [("mail/en", 30), ("mail/tr", 14), ("draft/mail/tr", 30)]
)
def test_mails_are_harmless(root, watched, folder, least):
    count, wrong = look_at_all(root, watched, f"{folder}/*.html")

    assert count > least
    assert wrong == {}


def test_lists_and_all_other_pages_are_harmless(watched):
    names = ("index", "404")
    others = ["index.html", "404.html"]
    others += [f"{tag}/{name}.html" for tag in ("en", "tr") for name in names]

    found = {
        path: watched.look(f"site/{path}", sentinels=[], is_mail=False)
        for path in others
    }

    assert {path: each for path, each in found.items() if each} == {}


def test_an_old_address_leads_on_and_does_nothing_else(root, watched):
    old = "site/tr/of-0-txt/index.html"
    html = (root / "dist" / old).read_text("utf-8")
    watched.page.goto(watched.address + old)
    watched.page.wait_for_url("**/tr/moved-of-0-txt/index.html")

    assert watched.harm == []
    assert "&amp;lt;script&amp;gt;alert" in html
    assert set(re.findall(r"<([a-z0-9]+)", html)) == set(
        "html head meta link title body main h1 p a".split()
    )


NAMESPACES = {
    "feed.xml": "{http://www.w3.org/2005/Atom}",
    "sitemap.xml": "{http://www.sitemaps.org/schemas/sitemap/0.9}",
}


def test_feeds_and_the_sitemap_hold_texts_and_nothing_else(root, watched):
    files = sorted((root / "dist/site").rglob("*.xml"))
    assert len(files) == 3
    for file in files:
        top = ET.parse(file).getroot()
        own = NAMESPACES[file.name]
        strange = {
            each.tag
            for each in top.iter()
            if not each.tag.startswith((own, "{http://www.w3.org/1999/xhtml}link"))
        }
        assert strange == set()
        watched.page.goto(watched.address + file.relative_to(root / "dist").as_posix())
    assert watched.harm == []
    feed = ET.parse(root / "dist/site/en/feed.xml").getroot()
    titles = {each.text for each in feed.iter(f"{NAMESPACES['feed.xml']}title")}
    assert "Title {{constructor.constructor('alert(\"template-ejs\")')()}}" in titles


HEADERS = {
    *("From", "To", "Subject", "Date", "Message-ID", "Content-Language"),
    *("List-Unsubscribe", "List-Unsubscribe-Post", "X-Unsent", "MIME-Version"),
    "Content-Type",
}


@pytest.mark.parametrize(
    ("folder", "least"), [("mail/en", 30), ("mail/tr", 14), ("draft/mail/tr", 30)]
)
def test_a_message_has_its_headers_and_no_others(root, folder, least):
    files = sorted((root / "dist" / folder).glob("*.eml"))
    assert len(files) > least
    for file in files:
        message = email.message_from_bytes(
            file.read_bytes(), policy=email.policy.default
        )
        assert sorted(message.keys()) == sorted(HEADERS), file.name
        assert not any(part.defects for part in message.walk()), file.name
        parts = [part.get_content_type() for part in message.walk()]
        assert parts == ["multipart/alternative", "text/plain", "text/html"]
        assert message["To"] == "Patient <patient@clinic.example>"
        plain = message.get_body(("plain",))
        assert plain is not None
        text = plain.get_content()
        assert "Sentinel 0 stays here." in text, file.name
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e]", text)


LIKE_TAGS = {"a<b, c >d and x<=y", "mail <at> clinic"}
"""In a format with markup they are tags that are not closed, and are refused."""


@pytest.mark.parametrize(
    "page", ["en/lookalikes", "tr/of-lookalikes", "tr/of-lookalikes-html"]
)
def test_what_only_looks_like_code_is_shown_as_it_is(watched, page):
    harm = watched.look(f"site/{page}/index.html", sentinels=[], is_mail=False)

    shown = watched.page.locator(".prose > h2, .prose > p").all_inner_texts()
    refused = LIKE_TAGS if page.startswith("tr") else set()
    assert harm == []
    for text in LOOKALIKES:
        assert (f"It says {text}" in shown) is (text not in refused)
    assert len(shown) == len(LOOKALIKES)


def test_a_name_of_a_template_or_of_the_shell_is_a_text(root):
    pages = [file.read_text("utf-8") for file in (root / "dist").rglob("*.html")]

    assert not [page for page in pages if re.search(r"\b4949|>49<|root:x:0", page)]
    assert any("{{ 7*7 }}" in page for page in pages)
    assert any("&lt;%= 7*7 %&gt;" in page for page in pages)


def test_the_review_page_shows_texts(root, browser):
    """Every message of every article, its terms, and the preview beside it."""
    with serving(root, reviewer="R", role="R") as server:
        watch = Watch(browser, f"http://{server.host}/")
        page = watch.page
        try:
            signed_in(page, server)
            watch.harm.clear()
            counts = [_review(page, server.host, name) for name in _reviewed()]
            assert watch.harm == []
        finally:
            watch.context.close()
    assert sum(counts) > 500


def _reviewed() -> list[str]:
    """Articles in all formats, one with each attack."""
    count = len(payload_site.chunks())
    return [
        f"articles/of-{number}-{payload_site.SUFFIXES[number % 3]}"
        for number in range(count)
    ]


def _review(page: Page, host: str, domain: str) -> int:
    """How many messages there are; none of them is more than a text."""
    page.goto(f"http://{host}/a/tr/{domain}")
    loaded(page)
    strange = page.locator(
        "main script, main img, main object, main embed, main base, main svg svg,"
        " main style, main video, main math, main form form, [onerror], [onload],"
        " [onfocus], [srcdoc], a[href^='javascript' i], a[href^='data' i]"
    )
    assert strange.count() == 0, domain
    frame = page.frame_locator("#frames iframe:not(.is-coming)")
    assert (
        frame.locator("body script, [onerror], [onload], [onfocus], [style]").count()
        == 0
    )
    rows = page.locator(".row")
    for number in range(min(rows.count(), 4)):
        rows.nth(number).click()
    assert strange.count() == 0, domain
    return rows.count()


def test_what_a_source_does_not_have_is_held_though_its_checks_are_silenced(root):
    away = [name for name, text in ATTACKS.items() if payload_site.leads_away(text)]
    held = [name for name, text in ATTACKS.items() if payload_site.is_held(text)]
    out = {path.stem for path in (root / "dist/mail/tr").glob("*.eml")}

    assert len(away) > 15
    assert len(held) > 80
    assert out.isdisjoint(f"of-{name}" for name in held)
    for page in (root / "dist/site/tr").rglob("*.html"):
        links = re.findall(r'href="[^"]*evil\.example', page.read_text("utf-8"))
        assert links == [], page
