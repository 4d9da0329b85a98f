"""Mails as their readers and the sending system get them."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SourceError, TemplateError
from pipeline.formats.text import Text
from pipeline.model.site import MailSettings
from pipeline.render.gate import admit
from pipeline.render.library import Library
from pipeline.render.mails import MailFiles, preheader_of, render_mail
from pipeline.render.mjml import to_html
from pipeline.render.plain import to_text
from tests.render.shelf import SITE, catalog, edition, library, theme

BODY = (
    "<p>Sayın {{ first_name }},</p>"
    "<p>{{ appointment_date }} günü 5 mg alın.<br>Teşekkürler &amp; selamlar</p>"
    '<p><a href="%7B%7B%20booking_url%20%7D%7D">Onaylayın</a></p>'
    '<p>Bkz. <a href="../articles/scalp.md">bakım</a> <img src="x.png" alt="el"></p>'
)
MAIL = edition(
    "mail/reminder",
    "tr",
    BODY,
    kind="mail",
    title="Randevunuz",
    slug="randevu",
    subject="{{ first_name }}, randevunuz {{ appointment_date }}",
    preheader="Görüşmek üzere {{ first_name }}",
)
SHELF = library(
    edition("mail/reminder", kind="mail"),
    MAIL,
    edition("articles/scalp"),
    edition("articles/scalp", "tr", slug="sacli-deri"),
)


def mail(
    shelf: Library = SHELF, locale: str = "tr", words: dict[str, str] | None = None
) -> MailFiles:
    found = shelf.find("mail/reminder", locale)
    assert found is not None
    return render_mail(found, shelf, theme(tr=catalog(words or {})))


def parts(files: MailFiles) -> tuple[str, str]:
    message = message_from_bytes(files.eml, policy=policy.default)
    text, html = message.iter_parts()
    bodies = (part.get_content().replace("\r\n", "\n") for part in (text, html))
    return next(bodies), next(bodies)


def test_the_message_holds_what_stands_beside_it():
    files = mail()
    assert parts(files) == (files.text, files.html)


def test_merge_fields_arrive_untouched_everywhere():
    files = mail()
    message = message_from_bytes(files.eml, policy=policy.default)
    assert message["Subject"] == "{{ first_name }}, randevunuz {{ appointment_date }}"
    text, html = parts(files)
    for body in (text, html):
        fields = set(re.findall(r"\{\{.*?\}\}", body))
        assert fields == {
            "{{ first_name }}",
            "{{ appointment_date }}",
            "{{ booking_url }}",
        }
    assert 'href="{{ booking_url }}"' in html
    assert "Onaylayın [1]" in text
    assert "[1] {{ booking_url }}" in text


def test_a_merge_field_within_an_address_of_a_text_arrives_whole():
    article = Text().parse(
        "Dear {{ name }}\n\nSee www.clinic.example/{{ path }}/a, please.\n",
        path="source/mail/reminder.txt",
        domain="mail/reminder",
    )
    body = Text().to_html(article)
    text, html = parts(mail(library(edition("mail/reminder", html=body)), "en"))

    assert 'href="https://www.clinic.example/{{ path }}/a"' in html
    assert "See www.clinic.example/{{ path }}/a [1], please." in text
    assert "[1] https://www.clinic.example/{{ path }}/a" in text


def test_the_html_says_its_language_and_direction_outside_and_inside():
    html = mail().html
    assert '<html lang="tr" dir="ltr"' in html
    assert re.search(r'<div [^>]*role="article" lang="tr" dir="ltr"', html)
    arabic = replace(MAIL, locale="ar")
    html = mail(library(arabic, edition("articles/scalp")), "ar").html
    assert '<html lang="ar" dir="rtl"' in html
    assert "direction:rtl" in html
    assert "text-align:right" in html
    assert '<bdi dir="ltr">5 mg</bdi>' in html


def test_the_html_loads_nothing():
    html = mail().html
    assert not re.search(r"<(?:img|link|script|iframe)\b|@import|url\(", html)
    assert '<span class="image">el</span>' in html


def test_the_preheader_and_the_title_are_there():
    html = mail().html
    assert "<title>{{ first_name }}, randevunuz {{ appointment_date }}</title>" in html
    assert preheader_of(html) == "Görüşmek üzere {{ first_name }}"
    assert re.search("<h1[^>]*>Randevunuz</h1>", html)


def test_nothing_of_the_body_is_seen_beside_the_preheader():
    shown = re.search(r'<div style="display:none[^"]*">([^<]*)</div>', mail().html)
    assert shown is not None
    assert len(shown[1]) > 200
    assert shown[1].startswith("Görüşmek üzere {{ first_name }} ")


def test_a_mail_without_a_preheader_has_none():
    assert "max-height:0" not in mail(library(edition("mail/reminder")), "en").html


def test_a_link_that_stands_alone_is_a_button():
    html = mail().html
    button = re.search(r'<table class="button".*?</table>', html)
    assert button is not None
    assert '<a href="{{ booking_url }}" style="' in button[0]
    assert "mso-padding-alt:12px 24px" in button[0]
    assert 'bgcolor="#0b5f6b"' in button[0]
    assert "><bdi>" not in button[0]


def test_a_mail_without_a_title_does_not_begin_with_the_name_of_its_file():
    untitled = replace(MAIL, title="reminder", html="<p>Yıkayın.</p>")
    files = mail(library(untitled, edition("mail/reminder", kind="mail")))
    assert "<h1" not in files.html
    assert files.text.startswith("Yıkayın.\n")
    assert "<h1" in mail().html
    assert mail().text.startswith("Randevunuz\n")


def test_a_wide_table_is_moved_by_itself_on_a_telephone():
    html = "<table><tr><td>a</td></tr></table><p>b</p>"
    made = mail(library(replace(MAIL, html=html), edition("mail/reminder"))).html
    assert re.search(
        r'<div style="overflow-x:auto;"><table .*</table></div>\s*<p', made
    )


def test_a_table_has_what_outlook_reads():
    html = "<table><tr><td>a</td></tr></table>"
    arabic = replace(MAIL, locale="ar", html=html)
    made = mail(library(arabic, edition("mail/reminder")), "ar").html
    assert (
        '<table border="0" cellpadding="8" cellspacing="0" width="100%" dir="rtl" '
        in made
    )
    assert "<!--[if mso | IE]>" in made


def test_lists_and_tables_look_as_they_should_without_style_sheets():
    html = '<ul><li>a</li></ul><table><tr><td style="text-align: right">b</td></tr></table>'
    made = mail(library(replace(MAIL, html=html), edition("mail/reminder"))).html
    assert '<ul style="margin:0 0 16px;padding:0;padding-left:24px;">' in made
    cell = re.search(r'<td class="align-end" style="([^"]*)">b', made)
    assert cell is not None
    assert cell[1].endswith("text-align:right;")
    assert "text-align:left" not in cell[1]


def test_a_box_has_its_colour_without_style_sheets():
    html = '<blockquote class="callout warning"><p>Call us.</p></blockquote>'
    made = mail(library(edition("mail/reminder", html=html)), "en")

    assert re.search(
        r'class="callout warning"[^>]* style="[^"]*background:#fdf4de', made.html
    )
    assert "Warning\n\nCall us." in made.text


def test_outlook_is_told_of_fonts_and_of_the_heights_of_lines():
    (told,) = re.findall(
        r"<!--\[if mso\]><style>(.*?)</style><!\[endif\]-->", mail().html
    )
    assert "mso-line-height-rule: exactly" in told
    assert "'Segoe UI', Tahoma" in told


@pytest.mark.parametrize(
    "field",
    [
        "{{ day | format('d.m.Y') }}",
        '{{ name | default: "x" }}',
        "{% if a > 1 && b < 2 %}",
        '{% if a > 1 and b == "x" %}',
    ],
)
def test_the_signs_within_a_merge_field_stay_as_they_are(field):
    subject = f"Randevu {field} için"
    changed = replace(
        MAIL,
        article=replace(
            MAIL.article,
            meta={
                "kind": "mail",
                "title": "T",
                "subject": subject,
                "preheader": f"Ön {field}",
            },
        ),
    )
    link = f'<p><a href="https://clinic.example/?a={escape(field)}">x</a> y</p>'
    html = mail(library(replace(changed, html=link), edition("mail/reminder"))).html
    assert f"<title>{subject}</title>" in html
    assert re.search(rf"""aria-label=(["']){re.escape(subject)}\1 aria-role""", html)
    assert "&quot;" not in html
    assert "&#34;" not in html
    assert "&gt;" not in html
    assert html.count(field) >= 4
    assert f"Ön {field} " in html
    assert preheader_of(html) == f"Ön {field}"


def test_no_merge_field_ends_the_attribute_that_it_stands_in():
    field = "> {{ &quot; onclick=&quot;alert(1) &quot; }} {% &quot; %}"
    html = f'<p title="a {field}">b <a href="https://clinic.example/?{field}">c</a></p>'
    made = mail(library(replace(MAIL, html=html), edition("mail/reminder"))).html

    class Attributes(HTMLParser):
        found: frozenset[str] = frozenset()

        def handle_starttag(self, tag, attrs):
            del tag
            self.found |= {name for name, _ in attrs}

    parser = Attributes()
    parser.feed(made)
    assert "onclick" in made
    assert "onclick" not in parser.found


def test_a_number_and_its_long_address_stand_in_one_line():
    url = "https://clinic.example/" + "long/" * 20 + "?id={{ id }}"
    changed = replace(MAIL, html=f'<p>a <a href="{url}">b</a></p>')
    text = mail(library(changed, edition("mail/reminder"))).text
    assert f"\n[1] {url}\n" in text


def test_a_template_of_the_site_makes_the_buttons(tmp_path):
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials/button.html").write_text(
        "<p><b><a href='{{ button.url }}'>{{ button.words }}!</a></b></p>"
    )
    files = render_mail(MAIL, SHELF, theme(str(tmp_path)))
    assert "<b><a href='{{ booking_url }}'>Onaylayın!</a></b>" in files.html


def test_links_to_articles_are_absolute():
    files = mail()
    url = "https://clinic.example/health/tr/sacli-deri/"
    assert f'href="{url}"' in files.html
    assert "bakım [2]" in files.text
    assert f"[2] {url}" in files.text


def test_the_text_has_no_markup():
    text = mail().text
    assert text.startswith("Randevunuz\n\nSayın {{ first_name }},\n\n")
    assert "Teşekkürler & selamlar" in text
    assert not re.search(r"<\w|&\w+;", text)
    assert "\n\n\n" not in text
    assert text.endswith(
        "Unsubscribe from these mails: https://clinic.example/unsubscribe\n"
    )


def test_a_long_line_of_the_text_template_is_wrapped():
    words = {"Unsubscribe from these mails": "kelime " * 20}
    assert max(map(len, mail(words=words).text.split("\n"))) <= 78


def test_a_line_of_the_text_template_is_wrapped_where_its_signs_are_wide():
    words = {"Unsubscribe from these mails": "不再接收这些邮件" * 4}
    lines = mail(words=words).text.split("\n")
    assert max(len(line) for line in lines if "不" in line) <= 39


def test_the_words_of_the_template_are_translated_and_escaped():
    words = {"Unsubscribe from these mails": "<b>Ayrıl</b>"}
    files = mail(words=words)
    assert "&lt;b&gt;Ayrıl&lt;/b&gt;" in files.html
    assert "<b>Ayrıl</b>: https" in files.text


def test_a_translation_that_nobody_approved_says_so():
    assert "sample translation" in mail().html
    assert "sample translation" in mail().text
    approved = library(replace(MAIL, reviewed="2026-06-01"), *SHELF.pages("tr"))
    assert "sample translation" not in mail(approved).html


def test_a_draft_says_what_it_is():
    marked = replace(MAIL, html='<p><mark data-state="fuzzy">x</mark></p>')
    files = mail(library(marked, drafts=True))
    assert '<mark data-state="fuzzy" style="' in files.html
    assert files.text.startswith("Draft. Not for patients")


def test_markup_in_values_is_text():
    evil = '"><img src=x> & <b>'
    shelf = library(
        edition("mail/reminder", kind="mail", title=evil, subject=evil, preheader=evil),
    )
    files = mail(shelf, "en")
    assert "<img" not in files.html
    assert files.text.startswith(evil)


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<br>b<hr>c</p>",
        "<p>5 < 6 &nbsp; & 7</p>",
        "<p>open <b>bold",
        "<p>\x01\x0b\ufffe</p>",
        "</mj-text></mj-column><p>x</p>",
        "<table><tr><td>a<td>b</table>",
    ],
)
def test_html_that_is_not_xml_becomes_a_mail_all_the_same(html):
    files = mail(library(edition("mail/reminder", html=html, kind="mail")), "en")
    assert files.html.rstrip().endswith("</html>")


def test_deep_markup_becomes_a_mail_all_the_same():
    html = "<div>" * 190 + "x" + "</div>" * 190
    assert mail(library(edition("mail/reminder", html=html)), "en").text


def test_a_mail_has_a_date_only_where_the_article_has_one():
    message = message_from_bytes(mail().eml, policy=policy.default)
    assert message["Date"] == "Mon, 04 May 2026 12:00:00 +0000"
    undated = library(edition("mail/reminder", date=None))
    assert "Date" not in message_from_bytes(mail(undated, "en").eml)


def test_a_mail_without_a_subject_takes_its_title():
    message = message_from_bytes(mail(locale="en").eml, policy=policy.default)
    assert message["Subject"] == "Reminder en"


def test_a_site_without_mail_settings_has_mails_without_senders():
    shelf = library(edition("mail/reminder"), site=replace(SITE, mail=MailSettings()))
    files = mail(shelf, "en")
    assert b"From:" not in files.eml
    assert "Unsubscribe" not in files.html + files.text


def test_the_same_mail_has_the_same_bytes():
    assert mail() == mail()


def test_a_broken_link_fails_its_mail():
    shelf = library(edition("mail/reminder", html='<a href="gone.md">x</a>'))
    with pytest.raises(SourceError, match=r"gone\.md"):
        mail(shelf, "en")


def test_a_subject_that_names_what_loads_loads_nothing():
    words = 'Of url(x), @import and style="url(x)"'
    shelf = library(edition("mail/reminder", title=words, subject=words, kind="mail"))

    assert "Of url(x), @import and" in mail(shelf, "en").html


def test_a_template_that_says_no_language_has_that_of_the_mail(tmp_path):
    text = "<mjml><mj-body><mj-text>{{ mail.body }}</mj-text></mj-body></mjml>"
    (tmp_path / "mail.mjml").write_text(text)

    html = render_mail(MAIL, SHELF, theme(str(tmp_path))).html

    assert re.findall(r'<(\w+)[^>]* lang="tr" dir="ltr"', html) == [
        "html",
        "body",
        "div",
    ]
    assert "und" not in re.findall(r'lang="([^"]*)"', html)


@pytest.mark.parametrize(
    ("template", "says"),
    [
        (
            (
                "<mjml><mj-body><mj-raw><b style='background:url(x)' /></mj-raw>"
                "</mj-body></mjml>"
            ),
            "would load something: url",
        ),
        ("<mjml><mj-body><mj-text>", "MJML refuses"),
        ("<mjml><mj-body><mj-foo>x</mj-foo></mj-body></mjml>", "knows no <mj-foo>"),
        ("<mjml><mj-body><mj-include path='x.mjml'/></mj-body></mjml>", "MJML refuses"),
        (
            (
                "<mjml><mj-body><mj-raw><img src='https://x.example/a' /></mj-raw>"
                "</mj-body></mjml>"
            ),
            "would load something: <img",
        ),
        (
            (
                "<mjml><mj-head><mj-style>a{background:url(x)}</mj-style></mj-head>"
                "<mj-body></mj-body></mjml>"
            ),
            "would load something",
        ),
    ],
)
def test_a_template_that_breaks_or_loads_is_refused(tmp_path, template, says):
    (tmp_path / "mail.mjml").write_text(template)
    with pytest.raises(TemplateError, match=says) as raised:
        render_mail(MAIL, SHELF, theme(str(tmp_path)))
    assert raised.value.path == "templates/mail.mjml"


def test_a_subject_is_the_label_of_the_mail_whatever_signs_it_has():
    subject = 'Your "visit" onclick="x \u2067A\u2069 <b> & ‘c’ \\d $1'
    quoted = edition("mail/reminder", "tr", "<p>x</p>", kind="mail", subject=subject)

    files = mail(library(edition("mail/reminder", kind="mail"), quoted))

    labels = Labels()
    labels.feed(files.html)
    assert labels.found == [subject]
    assert not labels.handlers


class Labels(HTMLParser):
    """The labels of the elements, and every attribute that is a script."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str | None] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self.found += [value for name, value in attrs if name == "aria-label"]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


def test_the_body_of_the_html_says_its_language_too():
    assert re.search(r'<body lang="tr" dir="ltr"', mail().html)


WORDS = "a table Dose text-0 سؤال Ağrı div b{} {{ x }} > < & ' \" ( ) 5 , . —".split(
    " "
)
STANDINS = ("(text-0-of-the-mail)", "(the-body-of-the-mail)")


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([*WORDS, " ", "  ", "\n", *STANDINS]), max_size=6))
def test_a_mail_is_the_same_whether_its_frame_is_made_for_it_or_for_many(words):
    text = escape("".join(words))
    mjml = (
        f"<mjml><mj-head><mj-title>{text}</mj-title><mj-preview>{text} .</mj-preview>"
        "<mj-style>div>a{color:red}</mj-style></mj-head><mj-body><mj-section>"
        f"<mj-column><mj-text><h1>{text}</h1><p>b</p>{text}</mj-text></mj-column>"
        "</mj-section></mj-body></mjml>"
    )
    body = "<p>b</p>"
    assert to_html(mjml, body, texts=("Dose", text)) == to_html(mjml, body)


def test_blanks_between_tags_stay():
    html = "<p><b>One</b> <i>two</i></p>"
    files = mail(library(edition("mail/reminder", html=html)), "en")
    assert "<b>One</b> <i>two</i>" in files.html


def test_a_template_that_shows_the_body_twice_has_it_twice(tmp_path):
    text = "<mj-section><mj-column><mj-text>{{ mail.body }}</mj-text></mj-column>"
    (tmp_path / "mail.mjml").write_text(
        f"<mjml><mj-body>{text}</mj-section>{text}</mj-section></mj-body></mjml>"
    )
    files = render_mail(MAIL, SHELF, theme(str(tmp_path)))
    assert files.html.count("Teşekkürler") == 2


def test_a_mail_that_mail_programs_would_cut_off_is_refused_by_name():
    html = f"<p>{'word ' * 25_000}</p>"
    shelf = library(edition("mail/reminder", html=html))
    with pytest.raises(SourceError, match="cut off") as raised:
        mail(shelf, "en")
    assert raised.value.path == "source/mail/reminder.md"
    assert mail(replace(shelf, drafts=True), "en").html


BILINGUAL = replace(SITE, mail=replace(SITE.mail, bilingual=True))


def test_a_bilingual_mail_holds_the_translation_and_the_source():
    files = mail(replace(SHELF, site=BILINGUAL))
    message = message_from_bytes(files.eml, policy=policy.default)
    preface, turkish, english = message.iter_parts()
    assert message.get_content_type() == "multipart/multilingual"
    assert preface.get_content().count("two languages") == 2
    assert turkish["Content-Translation-Type"] == "human"
    assert english["Content-Translation-Type"] == "original"
    assert english.get_content()["Subject"] == "Reminder en"
    html = turkish.get_content().get_body(("html",)).get_content()
    assert html.replace("\r\n", "\n") == files.html
    assert ("source/mail/reminder.md", True) in files.targets


def test_a_bilingual_mail_is_asked_for_in_the_article_or_in_the_site():
    def kind(shelf: Library, locale: str = "tr") -> str:
        return message_from_bytes(mail(shelf, locale).eml).get_content_type()

    target = edition("articles/scalp")
    asked = replace(MAIL.article, meta={**MAIL.article.meta, "bilingual": True})
    refused = replace(MAIL.article, meta={**MAIL.article.meta, "bilingual": False})
    source = edition("mail/reminder", kind="mail")
    assert kind(library(source, target, replace(MAIL, article=asked))) == (
        "multipart/multilingual"
    )
    assert kind(
        library(source, target, replace(MAIL, article=refused), site=BILINGUAL)
    ) == ("multipart/alternative")
    assert kind(replace(SHELF, site=BILINGUAL), "en") == "multipart/alternative"


class Words(HTMLParser):
    """The words that a reader of the HTML sees in the body of the mail."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said += data.split()


TAGS = "p b em ul ol li blockquote h2 div table tr td code span dl dt dd".split()
PIECES = st.sampled_from(
    [
        *(f"<{tag}>" for tag in TAGS),
        *(f"</{tag}>" for tag in TAGS),
        *(escape(word) for word in ("a", "5 mg", "b & c", "< 6", "x.", "kelime " * 14)),
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=24).map("".join))
def test_text_and_html_say_the_same(html):
    admitted = admit(html).html
    words = Words()
    words.feed(admitted)
    words.close()
    text = to_text(admitted)
    letters = re.sub(r"(?m)^[ >]*(?:(?:- |[0-9]+\. )[ >]*)+|[;:>\s]", "", text)
    assert letters.replace("-", "") == re.sub(
        r"[;:>\s]", "", "".join(words.said)
    ).replace("-", "")


def test_lines_from_right_to_left_are_no_longer_for_their_marks():
    html = f"<p>{'خذ 5 mg و {{ name }} ' * 30}</p><p>{'abc ' * 60}</p>"
    arabic = replace(MAIL, locale="ar", html=html)
    files = mail(library(arabic, edition("mail/reminder")), "ar")
    lines = files.text.split("\n")
    assert max(map(len, lines)) <= 78
    assert any(line.startswith("\u200fabc") for line in lines)


def test_boxes_and_notes_are_shown_where_no_style_sheet_is():
    body = (
        '<blockquote class="callout warning"><p>Yemeyin.</p></blockquote><p>Alın.<sup>'
        '<a href="#fn-1" id="fnref-1">1</a></sup></p><div class="footnote" id="fn-1">'
        '<p><sup><a href="#fnref-1">1</a></sup> Her gün.</p></div>'
    )
    shelf = library(edition("mail/reminder", kind="mail"), replace(MAIL, html=body))
    text, html = parts(mail(shelf, words={"Warning": "Uyarı"}))
    assert "Uyarı\n\nYemeyin.\n\nAlın.¹\n\n¹ Her gün.\n" in text
    assert re.search(r'class="callout warning"[^>]* style="[^"]*#fdf4de', html)
    assert "#fn" not in html
