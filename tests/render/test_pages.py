"""Pages as their readers, their browsers and search engines get them."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from pipeline.errors import SourceError, TemplateError
from pipeline.model.page import State
from pipeline.render.library import Library
from pipeline.render.pages import (
    render_index,
    render_page,
    render_root,
)
from tests.render.shelf import SITE, catalog, edition, library, theme

ENGLISH = edition(
    title="Scalp care",
    description="What to do.",
    section="After the operation",
    author="The team",
    html="<h2>Risks</h2><p>See <a href='#risks'>risks</a>.</p>",
)
TURKISH = edition(
    locale="tr",
    title="Saçlı deri bakımı",
    slug="sacli-deri",
    section="Ameliyattan sonra",
    html="<h2>Riskler</h2><p><a href='#risks'>Riskler</a></p>",
)
ARABIC = edition(locale="ar", title="العناية", html="<p>هاتف +90 555 000 00 00</p>")
SHELF = library(ENGLISH, TURKISH, ARABIC)
WORDS = {
    "Skip to the content": "İçeriğe geç",
    "Keep reading": "Okumaya devam edin",
    "This is a sample translation. It has not been reviewed by a clinician.": (
        "Bu bir örnek çeviridir."
    ),
    "Reviewed on %(date)s": "%(date)s tarihinde gözden geçirildi",
}


def page(shelf: Library = SHELF, locale: str = "tr") -> str:
    found = shelf.find("articles/scalp", locale)
    assert found is not None
    return render_page(found, shelf, theme(tr=catalog(WORDS))).html


def links(html: str, rel: str) -> list[tuple[str, str]]:
    pattern = rf'<link rel="{rel}"(?: hreflang="([^"]*)")? href="([^"]*)"'
    return re.findall(pattern, html)


def data(html: str):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found
    return json.loads(found[1])["@graph"]


def test_a_page_stands_below_its_language_and_slug():
    file = render_page(TURKISH, SHELF, theme())
    assert file.path == "tr/sacli-deri/index.html"
    assert file.assets == ()


def test_a_page_says_its_language_and_direction():
    assert '<html lang="tr" dir="ltr">' in page()
    assert '<html lang="ar" dir="rtl">' in page(locale="ar")


def test_a_page_points_search_engines_to_itself_and_to_every_version():
    html = page()
    base = "https://clinic.example/health"
    assert links(html, "canonical") == [("", f"{base}/tr/sacli-deri/")]
    assert links(html, "alternate") == [
        ("en", f"{base}/en/scalp/"),
        ("tr", f"{base}/tr/sacli-deri/"),
        ("ar", f"{base}/ar/scalp-ar/"),
        ("x-default", f"{base}/en/scalp/"),
    ]


def graph(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<meta property="og:([\w:]+)" content="([^"]*)">', html)


def test_networks_are_told_of_a_list_and_of_the_choice_of_language():
    said = "Clear, careful articles about your health and your treatment."
    words = catalog({said: "Açık."})
    shown = {
        "tr": render_index("tr", SHELF, theme(tr=words)),
        "": render_root(SHELF, theme()),
    }
    lists = {name: dict(graph(file.html)) for name, file in shown.items()}
    top = "https://clinic.example/health/"
    assert lists["tr"] == {
        "type": "website",
        "title": "Clinic Library",
        "description": "Açık.",
        "url": f"{top}tr/",
        "site_name": "Clinic Library",
        "locale": "tr_TR",
        "locale:alternate": "ar_EG",
    }
    assert (lists[""]["url"], lists[""]["locale"]) == (top, "en_US")
    others = [v for k, v in graph(shown[""].html) if k == "locale:alternate"]
    assert others == ["tr_TR", "ar_EG"]


def test_a_held_version_is_named_nowhere():
    html = page(library(ENGLISH, TURKISH))
    assert [tag for tag, _ in links(html, "alternate")] == ["en", "tr", "x-default"]
    assert "العربية" not in html


def test_a_reader_changes_the_language_by_its_own_name():
    html = page()
    assert (
        '<a href="../../ar/scalp-ar/index.html" lang="ar" hreflang="ar" dir="rtl"'
        ' translate="no">العربية</a>'
    ) in html
    assert 'translate="no" aria-current="true">Türkçe</a>' in html


def test_an_anchor_of_the_source_leads_to_the_translated_heading():
    html = page()
    assert '<h2 id="riskler">Riskler</h2>' in html
    assert '<a href="#riskler">Riskler</a>' in html


def test_a_page_carries_nothing_that_runs_or_loads():
    html = page()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert policy[1].startswith("default-src 'none'")
    (found,) = re.findall(r"<script([^>]*)>(.*?)</script>", html)
    assert found[0] == ' type="application/ld+json"'
    digest = b64encode(sha256(found[1].encode()).digest()).decode()
    assert re.findall("script-src.*", policy[1]) == [f"script-src 'sha256-{digest}'"]
    assert not re.search(r'(?:src|stylesheet" href)="(?:https?:)?//', html)


def test_a_preview_lets_its_own_script_run():
    assert "script-src 'self'" in page(replace(SHELF, preview=True))


def test_a_draft_is_hidden_from_search_engines_and_says_what_it_is():
    draft = library(ENGLISH, TURKISH, drafts=True)
    html = page(draft)
    assert '<meta name="robots" content="noindex, nofollow">' in html
    assert not links(html, "canonical")
    assert not links(html, "alternate")
    assert "Draft. Not for patients" in html
    assert "noindex" not in page()


@pytest.mark.parametrize(
    ("locale", "reviewed", "require", "drafts", "shown"),
    [
        ("tr", None, "translated", False, True),
        ("tr", "2026-06-01", "translated", False, False),
        ("tr", None, "approved", False, False),
        ("tr", "2026-06-01", "approved", True, True),
        ("en", None, "translated", False, False),
    ],
)
def test_a_translation_that_nobody_approved_says_so(
    locale, reviewed, require, drafts, shown
):
    shelf = library(
        ENGLISH,
        replace(TURKISH, reviewed=reviewed),
        site=replace(SITE, require=require),
        drafts=drafts,
    )
    words = (
        "Bu bir örnek çeviridir." if locale == "tr" else "This is a sample translation"
    )
    assert (words in page(shelf, locale)) is shown


def test_a_reviewed_translation_says_when():
    shelf = library(ENGLISH, replace(TURKISH, reviewed="2026-06-01"))
    html = page(shelf)
    assert "1 Haziran 2026 tarihinde gözden geçirildi" in html
    assert data(html)[0]["lastReviewed"] == "2026-06-01"
    assert "lastReviewed" not in data(page(shelf, "en"))[0]


def test_a_reviewed_translation_names_who_reviewed_it():
    people = (("A nurse", "nurse"), ("The <b>doctor</b>", ""))
    reviewed = replace(TURKISH, reviewed="2026-06-01", reviewers=people)

    html = page(library(ENGLISH, reviewed))

    assert "Reviewed by <bdi>A nurse (nurse)</bdi> ve <bdi>The &lt;b&gt;" in html
    assert data(html)[0]["reviewedBy"] == [
        {"@type": "Person", "name": "A nurse", "jobTitle": "nurse"},
        {"@type": "Person", "name": "The <b>doctor</b>"},
    ]
    one = page(library(ENGLISH, replace(reviewed, reviewers=people[:1])))
    assert data(one)[0]["reviewedBy"]["name"] == "A nurse"


def test_the_date_of_a_card_in_another_language_is_written_in_that_of_the_list():
    fallback = edition(locale="ar", state=State.FALLBACK)
    html = render_index("ar", library(edition(), fallback), theme()).html
    assert '<li class="card" lang="en" dir="ltr">' in html
    assert '<time datetime="2026-05-04" lang="ar" dir="rtl">' in html


def test_a_page_of_a_language_without_text_shows_the_source_and_points_to_it():
    fallback = edition(locale="tr", html="<p>English.</p>", state=State.FALLBACK)
    shelf = library(ENGLISH, fallback, edition("articles/dose", "tr"))
    html = page(shelf)
    assert links(html, "canonical") == [("", "https://clinic.example/health/en/scalp/")]
    assert not links(html, "alternate")
    assert '<html lang="tr" dir="ltr">' in html
    assert '<div class="prose" lang="en" dir="ltr">' in html
    assert "This article has not been translated yet" in html
    assert "sample translation" not in html
    assert [tag for tag, _ in links(page(shelf, "en"), "alternate")] == [
        "en",
        "x-default",
    ]


def test_values_of_the_front_matter_are_text_wherever_they_stand():
    evil = '"><script>alert(1)</script>\u202e'
    shelf = library(
        edition(
            title=evil, description=evil, section=evil, author=evil, tags=[evil], x=evil
        ),
    )
    html = page(shelf, "en")
    assert "<script>" not in html
    assert "\u202e" not in html
    assert data(html)[0]["name"] == '"><script>alert(1)</script>'


def test_an_expression_in_an_article_stays_text():
    shelf = library(edition(title="{{ 7*7 }}", html="<p>{{ 7*7 }}{% x %}</p>"))
    html = page(shelf, "en")
    assert "<bdi>{{ 7*7 }}</bdi>{% x %}" in html
    assert "49" not in html


def test_structured_data_names_the_page_its_source_and_its_translations():
    turkish, path = data(page())
    assert turkish["@type"] == "MedicalWebPage"
    assert turkish["inLanguage"] == "tr"
    assert turkish["datePublished"] == "2026-05-04"
    assert turkish["translationOfWork"] == {
        "@id": "https://clinic.example/health/en/scalp/"
    }
    assert path["@type"] == "BreadcrumbList"
    assert [each["item"] for each in path["itemListElement"]] == [
        "https://clinic.example/health/tr/",
        "https://clinic.example/health/tr/sections/after-the-operation/",
        "https://clinic.example/health/tr/sacli-deri/",
    ]
    english, _ = data(page(locale="en"))
    assert english["description"] == "What to do."
    assert [each["@id"][-12:] for each in english["workTranslation"]] == [
        "/sacli-deri/",
        "ar/scalp-ar/",
    ]
    alone, _ = data(page(library(ENGLISH), "en"))
    assert "workTranslation" not in alone


def test_social_networks_are_told_the_language_and_the_others():
    html = page()
    assert '<meta property="og:locale" content="tr_TR">' in html
    others = re.findall(r'og:locale:alternate" content="([^"]*)"', html)
    assert others == ["en_US", "ar_EG"]


def test_questions_and_answers_become_structured_data():
    html = '<dl class="faq"><div><dt>Safe?</dt><dd>Mostly.</dd></div></dl>'
    graph = data(page(library(edition(html=html)), "en"))
    assert graph[1]["@type"] == "FAQPage"
    assert graph[1]["mainEntity"] == [
        {
            "@type": "Question",
            "name": "Safe?",
            "acceptedAnswer": {"@type": "Answer", "text": "Mostly."},
        }
    ]


def test_given_questions_go_before_those_in_the_text():
    html = '<dl class="faq"><dt>Safe?</dt><dd>Mostly.</dd></dl>'
    shelf = library(edition(html=html, faq=(("Q", "A"),)))
    names = [each["name"] for each in data(page(shelf, "en"))[1]["mainEntity"]]
    assert names == ["Q"]


def test_a_date_and_the_reading_time_follow_the_language():
    html = page()
    assert '<time datetime="2026-05-04">4 Mayıs 2026</time>' in html
    assert "1 minute to read" in page(locale="en")


def test_an_article_without_a_date_shows_none():
    html = page(library(edition(date=None)), "en")
    assert "<time" not in html


def test_many_headings_make_a_table_of_contents():
    body = "".join(f"<h2>Part {n}</h2><h3>More</h3>" for n in range(3))
    html = page(library(edition(html=body)), "en")
    assert html.count('<a href="#part-2">Part 2</a>') == 2
    assert '<a href="#more">' not in html
    assert "On this page" not in page(locale="en")


def test_few_great_headings_list_the_smaller_ones_too():
    body = "<h2>Part</h2><h3>One</h3><h3>Two</h3><h4>Deep</h4>"
    html = page(library(edition(html=body)), "en")
    assert '<a href="#two">Two</a>' in html
    assert "#deep" not in html
    none = page(library(edition(html="<h2>A</h2><h3>B</h3><h4>C</h4>")), "en")
    assert "On this page" not in none


def test_a_table_scrolls_by_itself_and_has_a_name():
    html = page(library(edition(html="<table><tr><td>5 mg</td></tr></table>")), "en")
    assert 'role="region" tabindex="0" aria-label="Table 1"' in html


def test_a_telephone_number_in_arabic_is_set_apart():
    assert '<bdi dir="ltr">+90 555 000 00 00</bdi>' in page(locale="ar")


def test_the_files_that_a_page_shows_are_told():
    shown = edition(html='<img src="hand.png" alt="">')
    shelf = library(shown, assets=frozenset({"source/articles/hand.png"}))
    file = render_page(shown, shelf, theme())
    assert file.assets == (("source/articles/hand.png", "assets/articles/hand.png"),)
    assert 'src="../../assets/articles/hand.png"' in file.html


def test_a_broken_link_fails_its_page():
    shelf = library(edition(html='<a href="gone.md">x</a>'))
    with pytest.raises(SourceError, match=r"gone\.md"):
        page(shelf, "en")


def test_a_page_leads_on_to_the_next_of_its_section_and_then_to_others():
    def on(day: int) -> date:
        return date(2026, 5, day)

    def cards(html: str) -> list[str]:
        return re.findall(r'<h3><a href="../(\w+)/index.html">', html)

    shelf = library(
        *(
            edition(f"a/{n}", section="A", date=on(n), slug=f"a{n}")
            for n in range(1, 6)
        ),
        edition("b/1", section="B", date=on(9), slug="b1"),
        edition("c/1", date=on(8), slug="c1"),
        edition("mail/m", kind="mail"),
    )

    def read_on(domain: str) -> list[str]:
        found = shelf.find(domain, "en")
        assert found is not None
        return cards(render_page(found, shelf, theme()).html)

    assert read_on("a/4") == ["a3", "a2", "a1"]
    assert read_on("a/1") == ["a5", "a4", "a3"]
    assert read_on("a/2") == ["a1", "a5", "a4"]
    assert read_on("b/1") == ["c1", "a5", "a4"]


def test_a_page_alone_leads_nowhere():
    assert "Keep reading" not in page(library(ENGLISH), "en")


def test_an_index_shows_the_articles_by_section_newest_first():
    shelf = library(
        edition("articles/old", section="A", date=date(2026, 1, 1), title="Old"),
        edition("articles/new", section="B", date="2026-03-01", title="New"),
        edition("articles/mid", section="A", date=date(2026, 2, 1), title="Mid"),
        edition("articles/none", date="someday", title="None"),
        edition("mail/m", kind="mail", title="Mail"),
    )
    html = render_index("en", shelf, theme()).html
    assert re.findall(r"<h2[^>]*>(?:<a[^>]*>)?(?:<bdi>)?(\w+)", html) == [
        "B",
        "A",
        "Articles",
    ]
    cards = re.findall(r'<h3><a href="[^"]*">(\w+)', html)
    assert cards == ["New", "Mid", "Old", "None"]
    assert '<a href="new/index.html">' in html


def test_articles_without_a_date_stand_by_the_alphabet_of_the_language():
    titles = ("Çarpıntı", "Cilt", "Şeker", "Saç", "Ilıca", "İğne")
    shelf = library(
        *(
            edition(f"articles/{number}", locale, title=title, date="")
            for number, title in enumerate(titles)
            for locale in ("en", "tr")
        )
    )
    html = render_index("tr", shelf, theme()).html
    cards = re.findall(r'<h3><a href="[^"]*">(\w+)', html)
    assert cards == ["Cilt", "Çarpıntı", "Ilıca", "İğne", "Saç", "Şeker"]


def test_an_index_names_its_versions_and_the_choice_of_language():
    html = render_index("tr", SHELF, theme()).html
    base = "https://clinic.example/health/"
    assert links(html, "canonical") == [("", f"{base}tr/")]
    assert links(html, "alternate") == [
        ("en", f"{base}en/"),
        ("tr", f"{base}tr/"),
        ("ar", f"{base}ar/"),
        ("x-default", base),
    ]
    assert '<a href="../ar/index.html" lang="ar"' in html


def test_an_index_without_articles_says_so():
    html = render_index("en", library(), theme()).html
    assert "There is nothing to read here yet." in html


def test_the_sites_title_is_translated_where_it_has_a_translation():
    title = catalog({"Clinic Library": "Klinik Kütüphanesi"}, msgctxt="title")
    html = render_index("tr", SHELF, theme(tr=title)).html
    assert "<h1><bdi>Klinik Kütüphanesi</bdi></h1>" in html
    assert "Clinic Library" not in html


def test_the_first_page_offers_each_language_in_its_own_words():
    words = {"Read the articles in this language": "Yazıları bu dilde okuyun"}
    html = render_root(SHELF, theme(tr=catalog(words))).html
    assert '<li lang="tr" dir="ltr">' in html
    assert '<a href="tr/index.html" hreflang="tr">' in html
    assert "Yazıları bu dilde okuyun" in html
    assert '<li lang="ar" dir="rtl">' in html
    assert links(html, "alternate")[-1] == (
        "x-default",
        "https://clinic.example/health/",
    )


def test_the_same_library_gives_the_same_bytes():
    assert page() == page()


def test_a_slug_that_is_no_plain_word_is_quoted():
    shelf = library(edition("articles/a b&c", title="T"))
    found = shelf.editions[0]
    html = render_page(found, shelf, theme()).html
    assert links(html, "canonical") == [
        ("", "https://clinic.example/health/en/a%20b%26c/")
    ]


def test_a_template_that_gives_nothing_is_an_error(tmp_path):
    (tmp_path / "page.html").write_text("\n")
    with pytest.raises(TemplateError, match="gives nothing"):
        render_page(ENGLISH, SHELF, theme(str(tmp_path)))


def test_a_sites_own_template_sees_every_key_of_the_front_matter(tmp_path):
    (tmp_path / "page.html").write_text("{{ page.meta.reading_level }}")
    easy = edition(reading_level="easy")
    assert render_page(easy, library(easy), theme(str(tmp_path))).html == "easy\n"


def test_a_box_has_its_label_in_the_language_of_the_page():
    html = '<blockquote class="callout warning"><p>Kan.</p></blockquote>'
    turkish = edition(locale="tr", html=html)
    shelf = library(edition(), turkish)
    shown = render_page(turkish, shelf, theme(tr=catalog({"Warning": "Uyarı"}))).html
    assert (
        '<div class="callout warning" role="note">\n'
        '<p class="label"><strong>Uyarı</strong></p>\n<p>Kan.</p>\n</div>'
    ) in shown


def test_a_later_change_is_told_to_readers_and_to_search_engines():
    changed = edition(locale="tr", updated=date(2026, 6, 1))
    shelf = library(edition(updated=date(2026, 6, 1)), changed)
    words = catalog({"Updated on %(date)s": "Güncelleme: %(date)s"})
    html = render_page(changed, shelf, theme(tr=words)).html
    assert "<li>Güncelleme: 1 Haziran 2026</li>" in html
    assert data(html)[0]["dateModified"] == "2026-06-01"


@pytest.mark.parametrize("day", [date(2026, 5, 4), date(2026, 1, 1), "soon", None])
def test_a_change_that_is_not_later_is_not_told(day):
    html = page(library(edition(updated=day)), "en")
    assert "Updated on" not in html
    assert "dateModified" not in data(html)[0]


def test_a_page_names_its_first_picture_for_those_who_share_it():
    shown = edition(html='<img src="hand.png" alt="A hand">')
    shelf = library(shown, assets=frozenset({"source/articles/hand.png"}))
    html = page(shelf, "en")
    url = "https://clinic.example/health/assets/articles/hand.png"
    assert f'<meta property="og:image" content="{url}">' in html
    assert '<meta property="og:image:alt" content="A hand">' in html
    assert data(html)[0]["image"] == url
    assert "og:image" not in page()


def test_a_printed_page_says_where_it_is():
    assert (
        '<p class="printed">https://clinic.example/health/tr/sacli-deri/</p>' in page()
    )
