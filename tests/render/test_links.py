"""Where the links and images of an article lead."""

import re
from dataclasses import replace
from unicodedata import normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.model.article import Segment, Verbatim
from pipeline.model.page import State
from pipeline.render.addresses import merge_field_url
from pipeline.render.gate import Body, admit
from pipeline.render.library import Library
from pipeline.render.links import MailLinks, PageLinks, link_answer
from pipeline.render.rewriting import Image, Link
from pipeline.render.whole import require_whole, whole_body
from pipeline.slugs import quoted
from tests.render.shelf import edition, library

HERE = edition("articles/scalp", "tr")
SHELF = library(
    edition("articles/scalp"),
    HERE,
    edition("articles/dose"),
    edition("articles/dose", "tr", slug="doz"),
    edition("deep/down/only-english"),
    edition("mail/reminder", kind="mail"),
    edition("mail/reminder", "tr", kind="mail"),
    assets=frozenset({"source/articles/a b.png", "source/leaflet.pdf"}),
    paths={"source/articles/held.md": "articles/held"},
)


def page_links(shelf: Library = SHELF) -> PageLinks:
    return PageLinks(HERE, shelf)


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("dose.md", Link("../doz/index.html")),
        ("./dose.md?x=1", Link("../doz/index.html")),
        ("/articles/dose.md", Link("../doz/index.html")),
        ("scalp.md", Link("index.html")),
        (
            "../deep/down/only-english.md",
            Link("../../en/only-english/index.html", "en"),
        ),
        ("https://other.example/a?b=c#d", Link("https://other.example/a?b=c#d")),
        ("//other.example/a", Link("https://other.example/a")),
        ("mailto:a@clinic.example", Link("mailto:a@clinic.example")),
        ("tel:+905550000000", Link("tel:+905550000000")),
        ("../leaflet.pdf", Link("../../assets/leaflet.pdf")),
        ("a%20b.png", Link("../../assets/articles/a%20b.png")),
        ("../leaflet.pdf#page=3", Link("../../assets/leaflet.pdf#page=3")),
        ("../leaflet.pdf?x=1&y#a b", Link("../../assets/leaflet.pdf?x=1&y#a%20b")),
        ("/leaflet.pdf#%C3%A7?", Link("../../assets/leaflet.pdf#%C3%A7?")),
        ("held.md", None),
        ("{{ booking_url }}", None),
        ("%7B%7B%20booking_url%20%7D%7D", None),
        ("#top", Link("#top")),
        ("#", Link("#")),
        ("dose.md#top", Link("../doz/index.html")),
        ("?print=yes", Link("?print=yes")),
        ("?print=yes#top", Link("?print=yes#top")),
    ],
)
def test_a_link_on_a_page_leads_to_the_page_of_the_same_language(url, leads):
    assert page_links().link(url) == leads


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("missing.md", "source/articles/missing.md, which does not exist"),
        ("www.clinic.example", "which does not exist"),
        ("../../pyproject.toml", "leads out of the folder source/"),
        ("../../source-of-another/x.md", "leads out of the folder source/"),
        ("/../secret", "leads out of the folder source/"),
        ("..%2F..%2Fsecret", "leads out of the folder source/"),
        ("\\\\evil.example", "not a link that a page may have"),
        ("ftp://x.example/y", "not a link that a page may have"),
        ("../mail/reminder.md", "which is a mail"),
        ("#unknown", "to #unknown, which no heading of source/articles/scalp.md has"),
        ("?x=y#unknown", "#unknown, which no heading of source/articles/scalp.md has"),
        ("dose.md#gone", "to #gone, which no heading of source/articles/dose.md has"),
    ],
)
def test_a_link_that_leads_nowhere_is_an_error_that_names_the_article(url, says):
    with pytest.raises(SourceError, match=says) as raised:
        page_links().link(url)
    assert raised.value.path == "source/articles/scalp.md"


@pytest.mark.parametrize("url", ["held.html", "../Held/", "/other/held"])
def test_an_article_of_the_same_name_is_offered_where_a_link_leads_nowhere(url):
    meant = r"did you mean source/articles/held\.md\?"
    with pytest.raises(SourceError, match=meant):
        page_links().link(url)


def line_of_a_dead_link(spans):
    article = replace(HERE.article, spans=spans)
    with pytest.raises(SourceError) as raised:
        PageLinks(replace(HERE, article=article), SHELF).link("missing.md")
    return raised.value.line


def test_the_line_of_a_link_is_that_of_the_article_though_its_translation_is_shorter():
    spans = (
        Segment("Bir.", "One\nand\ntwo.", 1, "paragraph"),
        Verbatim("\n\n[x]: missing.md\n\n"),
        Segment("[Üç][x].", "[Three][x].", 7, "paragraph"),
    )
    assert line_of_a_dead_link(spans) == 5


def test_a_link_that_leads_nowhere_is_named_with_its_line():
    spans = (
        Verbatim("---\ntitle: x\n---\n\n"),
        Segment("One.\nSee [it](missing.md).", "One. See …", 5, "paragraph"),
    )
    assert line_of_a_dead_link(spans) == 6


@pytest.mark.parametrize(
    "link",
    [
        "[x]()",
        "[x](<> 'y')",
        "[x]: <>",
        '<A HREF="">x</A>',
        "<a id='x' href>x</a>",
        "<a href=' '>x</a>",
    ],
)
@pytest.mark.parametrize("links", [PageLinks, MailLinks])
def test_a_link_without_an_address_is_an_error_with_its_line(link, links):
    spans = (Segment(f"() [a](go) <a id='b'>\nSo: {link}", "x", 3, "paragraph"),)
    article = replace(HERE.article, spans=spans)
    for url in ("", " "):
        with pytest.raises(SourceError, match="the link has no address") as raised:
            links(replace(HERE, article=article), SHELF).link(url)
        assert raised.value.line == 4


def test_a_link_without_an_address_is_not_looked_for_in_other_words():
    article = replace(HERE.article, spans=(Segment("Q&A", "x", 3, "paragraph"),))
    with pytest.raises(SourceError) as raised:
        PageLinks(replace(HERE, article=article), SHELF).link("")
    assert raised.value.line is None


@pytest.mark.parametrize("link", ["[x](go)", "[x](<go> 'y')", "<a href=go>x</a>"])
def test_a_short_link_is_not_taken_for_a_part_of_a_word(link):
    spans = (Segment(f"A good (gong).\nSo: {link}", "x", 3, "paragraph"),)
    article = replace(HERE.article, spans=spans)
    with pytest.raises(SourceError) as raised:
        PageLinks(replace(HERE, article=article), SHELF).link("go")
    assert raised.value.line == 4


def test_a_line_is_found_between_the_segments_too():
    spans = (Segment("One.", "One.", 1, "paragraph"), Verbatim("\n\n![](no%20.png)\n"))
    article = replace(HERE.article, spans=spans)
    with pytest.raises(SourceError) as raised:
        PageLinks(replace(HERE, article=article), SHELF).image("no%20.png")
    assert raised.value.line == 3


def test_an_image_is_copied_beside_the_pages():
    links = page_links()
    assert links.image("a%20b.png") == Image("../../assets/articles/a%20b.png")
    assert links.link("../leaflet.pdf") is not None
    assert links.assets == {
        "source/articles/a b.png": "assets/articles/a b.png",
        "source/leaflet.pdf": "assets/leaflet.pdf",
    }


class Files:
    """Every file has ten letters of digest, and pictures are 40 by 30."""

    def digest(self, path: str) -> str:
        return f"{len(path):032x}"[::-1]

    def size(self, path: str) -> tuple[int, int] | None:
        return (40, 30) if path.endswith(".png") else None

    def runs_code(self, path: str) -> bool:
        del path
        return False


FILED = replace(
    SHELF,
    assets=SHELF.assets | {"source/leaflet.tr.pdf", "source/articles/a b.de.png"},
    files=Files(),
)


def test_a_file_has_its_digest_in_its_name_and_a_picture_its_size():
    links = page_links(FILED)
    shown = Image("../../assets/articles/a%20b.7100000000.png", (40, 30))
    assert links.image("a%20b.png") == shown


def test_a_language_has_its_own_variant_of_a_file():
    links = page_links(FILED)
    assert links.link("../leaflet.pdf") == Link(
        "../../assets/leaflet.tr.5100000000.pdf"
    )
    english = PageLinks(FILED.editions[0], FILED)
    assert english.link("../leaflet.pdf") == Link("../../assets/leaflet.2100000000.pdf")


def test_a_page_in_the_language_of_the_source_shows_the_files_of_the_source():
    fallback = replace(HERE, state=State.FALLBACK)
    shelf = replace(FILED, editions=(FILED.editions[0], fallback))
    found = PageLinks(fallback, shelf).link("../leaflet.pdf")
    assert found == Link("../../assets/leaflet.2100000000.pdf")


@pytest.mark.parametrize("path", ["source/leaflet.pdf", "source/articles/a b.png"])
def test_what_a_link_says_of_a_file_changes_with_the_file(path):
    class Changed(Files):
        def digest(self, path: str) -> str:
            return super().digest(path + "x")

    before = link_answer(FILED, "tr", path, part=False)
    assert link_answer(FILED, "tr", path, part=False) == before
    changed = replace(FILED, files=Changed())
    assert link_answer(changed, "tr", path, part=False) != before
    fewer = replace(FILED, assets=FILED.assets - {"source/leaflet.tr.pdf"})
    is_same = link_answer(fewer, "tr", path, part=False) == before
    assert is_same == (path != "source/leaflet.pdf")


@pytest.mark.parametrize("url", ["https://o.example/x.png", "//o.example/x", ""])
def test_an_image_of_another_server_is_not_shown(url):
    assert page_links().image(url) is None


def test_an_image_that_does_not_exist_is_an_error():
    with pytest.raises(SourceError, match=r"source/articles/no\.png does not exist"):
        page_links().image("no.png")


def test_an_anchor_of_the_english_text_is_followed_by_its_place():
    english = edition(html="<h2>Risks</h2><h2 id='cost'>What it costs</h2>")
    turkish = edition(locale="tr", html="<h2>Riskler</h2><h2 id='cost'>Ücreti</h2>")
    links = PageLinks(turkish, library(english, turkish), admit(turkish.html).headings)
    assert links.link("#risks") == Link("#riskler")
    assert links.link("#what-it-costs") == Link("#%C3%BCcreti")
    assert links.link("#cost") == Link("#%C3%BCcreti")
    assert links.link("#riskler") == Link("#riskler")


def test_an_anchor_in_another_article_is_followed_by_its_place():
    shelf = library(
        edition("articles/scalp"),
        HERE,
        edition("articles/dose", html="<h2>Risks</h2>"),
        edition("articles/dose", "tr", "<h2>Riskler</h2>", slug="doz"),
    )
    links = page_links(shelf)
    assert links.link("dose.md#risks") == Link("../doz/index.html#riskler")
    with pytest.raises(SourceError, match="did you mean #risks"):
        links.link("dose.md#risk")


def test_an_id_of_what_is_no_heading_is_told_to_be_none_to_link():
    shelf = library(
        edition("articles/scalp"),
        HERE,
        edition("articles/dose", html='<h2>Risks</h2><p id="dose">Take 5 mg.</p>'),
    )
    with pytest.raises(SourceError, match="no heading of source/articles/dose") as told:
        page_links(shelf).link("dose.md#dose")
    assert "only headings, and an article's own footnotes" in str(told.value.hint)


def test_the_anchor_of_a_title_is_that_of_the_text():
    shelf = library(
        edition("articles/scalp", title="Scalp care"),
        edition("articles/scalp", "tr", title="Saçlı deri"),
    )
    links = PageLinks(shelf.editions[1], shelf)
    assert links.link("#scalp-care") == Link("#content")
    assert links.link("scalp.md#saçlı-deri") == Link("index.html#content")


def test_a_kept_text_may_name_what_its_original_no_longer_has():
    kept = replace(HERE, kept="2026-03-01")
    shelf = library(
        edition("articles/scalp"),
        kept,
        edition("articles/dose", html="<h2>Costs</h2>"),
        edition("articles/dose", "tr", "<h2>Ücreti</h2>", slug="doz"),
    )
    links = PageLinks(kept, shelf)
    assert links.link("#gone") == Link("#content")
    assert links.link("dose.md#risks") == Link("../doz/index.html")


def test_a_link_to_a_kept_text_may_name_what_that_does_not_have_yet():
    shelf = library(
        edition("articles/scalp", html="<a href='dose.md#costs'>it</a>"),
        HERE,
        edition("articles/dose", html="<h2>Risks</h2><h2>Costs</h2>"),
        edition("articles/dose", "tr", "<h2>Riskler</h2>", slug="doz", kept="2026"),
    )
    links = page_links(shelf)
    assert links.link("dose.md#costs") == Link("../doz/index.html#content")


def test_a_footnote_is_an_anchor_of_its_page():
    links = PageLinks(HERE, SHELF, (), frozenset({"fn-1"}))
    assert links.link("#fn-1") == Link("#fn-1")
    with pytest.raises(SourceError, match="#fn-2"):
        links.link("#fn-2")


def test_anchors_are_not_guessed_where_the_headings_differ():
    english = edition(html="<h2>Risks</h2><h2>Costs</h2>")
    turkish = edition(locale="tr", html="<h2>Ücreti</h2>")
    links = PageLinks(turkish, library(english, turkish), admit(turkish.html).headings)
    assert links.link("#risks") == Link("#content")


def test_a_page_in_the_source_language_is_marked_so_for_a_fallback_too():
    fallback = edition("articles/dose", "tr", slug="dose", state=State.FALLBACK)
    shelf = library(edition("articles/scalp"), HERE, edition("articles/dose"), fallback)
    assert page_links(shelf).link("dose.md") == Link("../dose/index.html", "en")


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("%7B%7B%20booking_url%20%7D%7D", Link("{{ booking_url }}")),
        ("{{ booking_url }}", Link("{{ booking_url }}")),
        (
            "https://x.example/?u=%7B%7Bid%7D%7D&q=%20",
            Link("https://x.example/?u={{id}}&q=%20"),
        ),
        ("../articles/dose.md", Link("https://clinic.example/health/tr/doz/")),
        ("../articles/held.md", None),
        ("https://x.example/%7Ba", Link("https://x.example/%7Ba")),
        ("//x.example/a", Link("https://x.example/a")),
        ("#top", None),
        ("#", None),
    ],
)
def test_a_link_in_a_mail_is_absolute_and_its_fields_are_untouched(url, leads):
    mail = SHELF.find("mail/reminder", "tr")
    assert mail is not None
    assert MailLinks(mail, SHELF).link(url) == leads


def test_a_link_in_a_mail_leads_to_the_part_of_the_page_that_it_names():
    mail = edition("mail/reminder", "tr", kind="mail", slug="reminder")
    shelf = library(
        edition("mail/reminder", kind="mail"),
        mail,
        edition("articles/dose", html="<h2>Risks</h2>"),
        edition("articles/dose", "tr", "<h2>Riskler</h2>", slug="doz"),
    )
    links = MailLinks(mail, shelf)
    url = "https://clinic.example/health/tr/doz/#riskler"
    assert links.link("../articles/dose.md#risks") == Link(url)
    assert links.targets == {("source/articles/dose.md", True): None}
    with pytest.raises(SourceError, match="did you mean #risks"):
        links.link("../articles/dose.md#risk")


@pytest.mark.parametrize("url", ["gone.md", "../../x.md", "../leaflet.pdf"])
def test_a_link_in_a_mail_that_leads_nowhere_is_an_error(url):
    mail = SHELF.find("mail/reminder", "tr")
    assert mail is not None
    with pytest.raises(SourceError, match="which is not an article"):
        MailLinks(mail, SHELF).link(url)


OUTWARD = st.from_regex(
    r"(#|//|https?:|HTTPS:|mailto:|tel:|sms:|javascript:)?(//)?[a-z/]{0,3}"
    r"(%7[Bb]{2}|\{\{|\*\||%%|\$)?[a-z]{0,3}(%7D%7D|\}\}|\|\*|%%)?(#[a-z])?",
    fullmatch=True,
)


@given(OUTWARD)
def test_a_link_to_elsewhere_stays_as_it_is_but_for_one_with_a_field(url):
    is_elsewhere = re.match("//|(https?|mailto|tel):", url, re.IGNORECASE)
    assume(is_elsewhere or merge_field_url(url))
    stays = Link(f"https:{url}" if url.startswith("//") else url)
    assert page_links().link(url) == (None if merge_field_url(url) else stays)


def test_letters_of_an_address_are_led_and_reported_like_others():
    shelf = replace(SHELF, assets=frozenset({"source/articles/fiyat-saç.pdf"}))
    links = page_links(shelf)
    address = "https://tr.wikipedia.org/wiki/%C4%B0stanbul"

    assert links.link(address) == Link(address)
    assert MailLinks(HERE, shelf).link(address) == Link(address)
    led = Link("../../assets/articles/fiyat-sa%C3%A7.pdf")
    assert links.link("fiyat-sa%C3%A7.pdf") == led
    with pytest.raises(SourceError, match=r"yok-ş\.md, which does not exist"):
        links.link("yok-%C5%9F.md")
    with pytest.raises(SourceError, match=r"saç\.png does not exist"):
        links.image("sa%C3%A7.png")
    with pytest.raises(SourceError, match="#bölüm"):
        links.link("#b%C3%B6l%C3%BCm")


@pytest.mark.parametrize(("kept", "written"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_file_is_found_whichever_form_its_letters_have(kept, written):
    name = normalize(kept, "source/articles/saç.png")
    other = edition(normalize(kept, "articles/ölçü"), html="<h2>Ağrı</h2>")
    shelf = library(
        edition("articles/scalp"),
        HERE,
        other,
        assets=frozenset({name}),
        paths={other.article.path: other.domain},
    )
    links = page_links(shelf)

    assert links.image(normalize(written, "saç.png")) is not None
    assert list(links.assets) == [name]
    page = Link("../../en/" + quoted(other.slug) + "/index.html#a%C4%9Fr%C4%B1", "en")
    assert links.link(normalize(written, "ölçü.md#ağrı")) == page
    mail = MailLinks(HERE, shelf).link(normalize(written, "ölçü.md"))
    assert mail == Link(f"https://clinic.example/health/en/{quoted(other.slug)}/")
    asked = [link_answer(shelf, "tr", path, part=part) for path, part in links.targets]
    gone = replace(shelf, assets=frozenset(), paths={}, editions=shelf.editions[:2])
    assert asked != [
        link_answer(gone, "tr", path, part=part) for path, part in links.targets
    ]


def test_two_files_with_the_same_letters_are_told_apart_or_neither_is_taken():
    pair = frozenset(normalize(f, "source/articles/öç.png") for f in ("NFC", "NFD"))
    links = page_links(replace(SHELF, assets=pair))

    assert links.image(normalize("NFD", "öç.png")) is not None
    assert list(links.assets) == [normalize("NFD", "source/articles/öç.png")]
    with pytest.raises(SourceError, match="does not exist"):
        links.image(normalize("NFD", "ö") + "ç.png")


@pytest.mark.parametrize(
    "url", ["sms:+905550000000", "ftp://x.example/", "java script:1"]
)
def test_an_address_taken_by_the_gate_is_an_error_that_says_what_may_be_used(url):
    spans = (Segment(f"One.\nSee [it](<{url}>).", "One. See …", 5, "paragraph"),)
    here = replace(HERE, article=replace(HERE.article, spans=spans))
    with pytest.raises(SourceError, match="not a link that a page may have") as raised:
        require_whole(here, Body("", refused=(url,)))
    assert raised.value.line == 6
    assert "https:, http:, mailto: or tel:" in str(raised.value.hint)


def test_a_scheme_that_is_not_listed_is_an_error_in_a_mail_too():
    with pytest.raises(SourceError, match="not a link that a page may have"):
        MailLinks(HERE, SHELF).link("sms:+905550000000")


def test_a_link_to_a_part_of_a_mail_must_name_one():
    english = edition("mail/reminder", kind="mail", html="<h2>Risks</h2>")
    turkish = edition("mail/reminder", "tr", "<h2>Riskler</h2>", kind="mail")
    found = admit(turkish.html).headings
    links = MailLinks(turkish, library(english, turkish), found, frozenset({"fn-1"}))

    assert [links.link(url) for url in ("#risks", "#riskler", "#fn-1")] == [None] * 3
    assert links.targets == {("source/mail/reminder.md", True): None}
    with pytest.raises(SourceError, match="did you mean #risks"):
        links.link("#risk")
    older = MailLinks(replace(turkish, kept="2026-01-01"), library(english, turkish))
    assert older.link("#risk") is None


@pytest.mark.parametrize("text", ["<style>\np {}", "<!-- note"])
def test_what_hides_the_rest_of_a_text_is_named_with_its_line(text):
    spans = (Segment("One.", "One.", 1, "paragraph"), Verbatim(f"\n\n{text}\n"))
    article = replace(HERE.article, spans=spans)
    html = f"<p>One.</p>\n{text}\n<p>Two.</p>"
    with pytest.raises(SourceError, match="has no end") as raised:
        whole_body(replace(HERE, article=article, html=html), drafts=False)
    assert raised.value.line == 3
    assert raised.value.message.startswith(("<style> has", "<!-- has"))
    assert "the tr edition" in raised.value.hint
