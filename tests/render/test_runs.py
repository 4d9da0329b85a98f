"""What a reader sees of amounts and Latin words between words from right to left."""

from collections.abc import Iterator
from html import escape

import pytest
from playwright.sync_api import Browser, Page

from pipeline.render.isolation import isolate
from pipeline.render.mails import render_mail
from pipeline.render.marks import led, marked
from pipeline.render.pages import render_index, render_page
from pipeline.render.runs import Kind, find
from tests.browser import chromium
from tests.render.shelf import edition, library, theme

SEEN = """(selector) => [...document.querySelectorAll(selector)].map(element => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const signs = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (let place = 0; place < node.length; place++) {
      const range = document.createRange();
      range.setStart(node, place);
      range.setEnd(node, place + 1);
      const box = range.getClientRects()[0];
      if (box && box.width > 0) signs.push([box.left + box.width / 2, node.data[place]]);
    }
  }
  return signs.sort((a, b) => a[0] - b[0]).map(sign => sign[1]).join("");
})"""
"""The signs of a line from left to right, by where the browser puts them."""

CASES = [
    ("ar", "خذ 2 mg، 5 mg، 10 mg", "10 mg ،5 mg ،2 mg ذخ"),
    ("ar", "في 1 و2 و3، عند -20 °C", "-20 °C دنع ،3و 2و 1 يف"),
    ("ar", "عند −20 °C أو -5 °C، 3 ml", "3 ml ،-5 °C وأ −20 °C دنع"),
    ("ar", "±1 °C، <5 mg، >38 °C، ≤ 3 ml", "≤ 3 ml ،>38 °C ،<5 mg ،±1 °C"),
    ("ar", "خذ 3×1، 2×1", "2×1 ،3×1 ذخ"),
    ("ar", "خذ 3 × 1 و2+1 و1-0-1 يوم", "موي 1-0-1و 2+1و 3 × 1 ذخ"),
    ("ar", "20–22 °C، 120/80 mmHg، 50%", "50% ،120/80 mmHg ،20–22 °C"),
    ("ar", "خذ 2 x 500 mg، 0,5 mg/kg/day", "0,5 mg/kg/day ،2 x 500 mg ذخ"),
    ("ar", "10⁶/L، 5 × 10⁹/L، 10 000 خلية", "ةيلخ 10 000 ،5 × 10⁹/L ،10⁶/L"),
    ("ar", "(Deltacortril®) أو C++", "C++ وأ )Deltacortril®("),
    ("ar", "Prednol، Cipro 5 mg، Euthyrox", "Euthyrox ،Cipro 5 mg ،Prednol"),
    ("ar", "خذ Prednol 5 مرات", "تارم 5 Prednol ذخ"),
    ("ar", "SpO2 ≥ 95%، HbA1c < 7%", "HbA1c < 7% ،SpO2 ≥ 95%"),
    ("ar", "كوفيد-19، و-5 °C", "-5 °Cو ،19-ديفوك"),
    ("ar", "2-5 أيام", "مايأ 5-2"),
    ("ar", "لمدة 2–5 أيام", "مايأ 5–2 ةدمل"),
    ("ar", "14:30–15:00، 08:00-16:00", "16:00-08:00 ،15:00–14:30"),
    ("ar", "عند -٢٠ درجة، ٢–٥ أيام، ٢ mg", "٢ mg ،مايأ ٥–٢ ،ةجرد ٢٠- دنع"),
    ("he", "קחו 2 mg, 5 mg, 10 mg", "10 mg ,5 mg ,2 mg וחק"),
    ("he", "ב-20 °C או −20 °C", "−20 °C וא 20 °C-ב"),
    ("he", "2–5 ימים, 3×1, 14:30–15:00", "14:30–15:00 ,3×1 ,םימי 2–5"),
    ("fa", "دمای −۲۰ °C، -۵ درجه", "هجرد -۵ ،−۲۰ °C یامد"),
    ("fa", "۲–۵ روز، ۳×۱، ۱۴:۳۰–۱۵:۰۰", "۱۴:۳۰–۱۵:۰۰ ،۳×۱ ،زور ۲–۵"),
]
"""Texts, and their signs from left to right."""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as running:
        yield _opened(running)


def _opened(browser: Browser) -> Page:
    return browser.new_page(viewport={"width": 3000, "height": 900})


def seen(page: Page, html: str, selector: str = ".seen") -> list[str]:
    page.set_content(html)
    return [line.strip() for line in page.evaluate(SEEN, selector)]


@pytest.mark.browser
@pytest.mark.parametrize(("locale", "text", "line"), CASES)
def test_html_and_plain_text_show_the_same_order(page, locale, text, line):
    html = isolate(escape(text, quote=False), locale=locale)
    plain = escape(led(marked(text, locale=locale), locale=locale))
    shown = seen(
        page,
        f'<p class="seen" dir="rtl" lang="{locale}">{html}</p>'
        f'<div class="seen" dir="rtl" style="white-space:pre-wrap">{plain}</div>'
        f'<pre class="seen" dir="auto" style="unicode-bidi:plaintext">{plain}</pre>',
    )
    assert shown == [line] * 3


TEXT, LINE = "2 mg، 5 mg عند -20 °C، 3×1", "3×1 ,-20 °C دنع 5 mg ،2 mg"
BODY = (
    f"<h2>{TEXT}</h2><p>خذ <strong>5</strong> mg، <em>−20</em> °C</p><ul><li>{TEXT}</li>"
    f"</ul><table><tr><td>{TEXT}</td></tr></table><blockquote><p>{TEXT}</p></blockquote>"
)
LINE = LINE.replace(",", "،")


@pytest.mark.browser
def test_titles_headings_lists_and_cells_of_a_page_keep_their_order(page):
    shelf = library(
        edition(locale="ar", html=BODY, title=TEXT, description=TEXT, section="x")
    )
    html = render_page(shelf.editions[0], shelf, theme()).html
    for selector in ("h1", ".lede", ".prose h2", ".prose li", "td", "blockquote p"):
        assert seen(page, html, selector) == [LINE], selector
    assert seen(page, html, ".prose > p") == ["−20 °C ،5 mg ذخ"]
    cards = render_index("ar", shelf, theme()).html
    assert seen(page, cards, ".card h3, .card > p:not(.when)") == [LINE, LINE]


@pytest.mark.browser
def test_both_parts_of_a_mail_show_the_same_order(page):
    shelf = library(edition("mails/x", "ar", BODY, title=TEXT, kind="mail"))
    mail = render_mail(shelf.editions[0], shelf, theme())
    for selector in ("h1", "h2", "li", "td:not(:has(td))", "blockquote p"):
        assert LINE in seen(page, mail.html, selector), selector
    assert "−20 °C ،5 mg ذخ" in seen(page, mail.html, "p")
    lines = "".join(
        f'<pre class="seen" dir="auto" style="unicode-bidi:plaintext">{escape(line)}</pre>'
        for line in mail.text.split("\n")
    )
    shown = seen(page, lines)
    assert shown[0] == LINE
    assert {LINE, f"{LINE} -", f"{LINE} >", "−20 °C ،5 mg ذخ"} <= set(shown)


def kinds(text: str, locale: str = "ar") -> list[tuple[str, str]]:
    return [(run.kind, text[run.start : run.end]) for run in find(text, locale)]


@pytest.mark.parametrize(
    "text",
    ["خذ 2026", "في 12/05/2026 و10:30", "كوفيد-19", "B12 يوم", "خذ Mike يوم", "- 5"],
)
def test_what_has_one_order_only_is_no_run(text):
    assert kinds(text) == []


def test_a_number_behind_a_phrase_counts_what_follows():
    assert kinds("Prednol 5 مرات") == [(Kind.PHRASE, "Prednol")]
    assert kinds("type 2 diabetes، B12") == [
        (Kind.PHRASE, "type 2 diabetes"),
        (Kind.PHRASE, "B12"),
    ]


def test_a_latin_comma_joins_words_where_the_script_has_its_own():
    assert kinds("Take it, then rest، B12")[0] == (Kind.PHRASE, "Take it, then rest")
    assert kinds("Cipro, Prednol", "he") == [
        (Kind.PHRASE, "Cipro"),
        (Kind.PHRASE, "Prednol"),
    ]


def test_amounts_and_what_they_are_joined_with():
    text = "‹5 mg› 5 ± 2 mg و60 ml/min/1.73 m² و٢–٥ mg"
    assert kinds(text) == [
        (Kind.AMOUNT, "5 mg"),
        (Kind.AMOUNT, "5 ± 2 mg"),
        (Kind.AMOUNT, "60 ml/min/1.73 m²"),
        (Kind.BACK, "٢–٥ mg"),
    ]
