"""
Mails: one localized article as a message, with its HTML and its plain text beside it.

MJML is made into HTML by mrml (the package mjml-python), without a font or any other
thing to load. Merge fields (`{{ first_name }}`) arrive in every part as they were
written, because the sending system fills them in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from email.utils import format_datetime
from typing import Final

from pipeline.cldr import direction
from pipeline.errors import TemplateError
from pipeline.render.gate import admit, rewrite
from pipeline.render.isolation import isolate
from pipeline.render.library import Edition, Library
from pipeline.render.links import MailLinks
from pipeline.render.mime import Envelope, header_text, message
from pipeline.render.plain import WIDTH, to_text, wrapped
from pipeline.render.theme import Theme
from pipeline.render.views import needs_notice, site_view

_VOID: Final = re.compile(r"<(br|hr|img|wbr|col)((?: [a-z-]+=\"[^\"]*\")*)>")
_ONLY_A_LINK: Final = re.compile(r"<p>(<a href=\"[^\"]*\"[^>]*>[^<]*</a>)</p>")
_STANDIN: Final = "(the-body-of-the-mail)"
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ROLE: Final = 'aria-roledescription="email"'
_TITLE: Final = re.compile("<title>(.*?)</title>", re.DOTALL)
_LABEL: Final = re.compile(f'aria-label="[^>]*?" {_ROLE}')
_LOADS: Final = re.compile(
    r"<(?:link|script|img|iframe|object|embed)\b|@import|url\(", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MailFiles:
    """The three files of a mail."""

    eml: bytes
    html: str
    text: str
    targets: tuple[tuple[str, bool], ...] = ()
    """What it links, as `link_answer` is asked for it."""


@dataclass(frozen=True, slots=True)
class MailView:
    """The mail, as its templates see it."""

    subject: str
    preheader: str
    title: str
    locale: str
    dir: str
    start: str
    end: str
    body: str
    unsubscribe: str
    needs_notice: bool
    meta: Mapping[str, object]


def mail_path(edition: Edition) -> str:
    """Where the mail is, below the folder of mails, without a suffix: `tr/x`."""
    return f"{edition.locale}/{edition.slug}"


def render_mail(edition: Edition, library: Library, theme: Theme) -> MailFiles:
    """
    An article of kind `mail` as a message.

    Raises SourceError for a link that leads nowhere or headers that cannot be written,
    TemplateError where MJML refuses the template, or the mail would load something.
    """
    path = edition.article.path
    links = MailLinks(edition, library)
    admitted = admit(
        edition.html, path=path, locale=edition.locale, drafts=library.drafts
    )
    body = rewrite(admitted.html, link=links.link, image=links.image)
    xml = _as_xml(body, edition)
    html = _html(_filled("mail.mjml", edition, library, theme, xml), xml)
    plain = to_text(body, locale=edition.locale)
    text = _text(_filled("mail.txt", edition, library, theme, plain))
    envelope = Envelope(
        subject=_subject(edition),
        locale=edition.locale,
        sender=library.site.mail.sender,
        to=library.site.mail.to,
        unsubscribe=library.site.mail.unsubscribe,
        date=_date(edition),
    )
    eml = message(envelope, text=text, html=html, path=path)
    return MailFiles(eml, html, text, tuple(sorted(links.targets)))


def _filled(
    name: str, edition: Edition, library: Library, theme: Theme, body: str
) -> str:
    from markupsafe import Markup

    locale = edition.locale
    way = direction(library.text_locale(edition))
    is_text = name.endswith(".txt")
    view = MailView(
        subject=_subject(edition),
        preheader=edition.text("preheader"),
        title=edition.heading,
        locale=library.text_locale(edition),
        dir=way,
        start="right" if way == "rtl" else "left",
        end="left" if way == "rtl" else "right",
        body=body if is_text else Markup(body),  # noqa: S704 - it came through the gate
        unsubscribe=library.site.mail.unsubscribe,
        needs_notice=needs_notice(edition, library),
        meta=edition.article.meta,
    )
    site = site_view(library, theme, locale, path="mail")
    return theme.render(name, locale, {"mail": view, "site": site})


def _subject(edition: Edition) -> str:
    return header_text(edition.text("subject") or edition.heading)


def _date(edition: Edition) -> str:
    """The front matter's date at noon; without one, the sending system's."""
    if edition.day is None:
        return ""
    return format_datetime(datetime.combine(edition.day, time(12), tzinfo=UTC))


def _as_xml(html: str, edition: Edition) -> str:
    """The body as MJML reads it: XML, with a button where a link stands alone."""
    html = isolate(html, locale=edition.locale)
    closed = _VOID.sub(r"<\1\2 />", html).replace("&nbsp;", "\N{NO-BREAK SPACE}")
    return _CONTROL.sub("", _ONLY_A_LINK.sub(r'<p class="button">\1</p>', closed))


def _html(mjml: str, body: str) -> str:
    """
    The HTML of a filled MJML template, which must load nothing.

    The body is put in when the rest is HTML: MJML would take the blanks from between
    `<b>` and `<i>`, and need most of its time for it.
    """
    mjml = mjml.strip()
    if body and mjml.count(body) == 1 and _STANDIN not in mjml:
        frame = _made(mjml.replace(body, _STANDIN))
        html = frame.replace(_STANDIN, body) if frame.count(_STANDIN) == 1 else ""
    else:
        frame = html = ""
    if not html:
        frame = html = _made(mjml)
    # What came through the gate loads nothing.
    loads = _LOADS.search(_without_conditions(frame))
    if loads:
        raise TemplateError(
            f"the mail would load something: {loads[0]}",
            path="templates/mail.mjml",
            hint="a mail must not tell anybody that it was opened; remove it",
        )
    html = _labelled(html)
    return html if html.endswith("\n") else f"{html}\n"


def _made(mjml: str) -> str:
    from mjml import mjml2html

    try:
        html: str = mjml2html(mjml, fonts={}, include_loader=_no_include)
    except (ValueError, OSError) as error:
        raise TemplateError(
            f"MJML refuses the template: {error}",
            path="templates/mail.mjml",
            hint="MJML is XML: every tag must be closed",
        ) from error
    return html


def _labelled(html: str) -> str:
    """
    The HTML with its title as the label of the first element, as HTML writes it.

    MJML writes it there as Rust shows a string: a quote would end the attribute.
    """
    title = _TITLE.search(html)
    label = title[1].strip().replace('"', "&quot;") if title else ""
    return _LABEL.sub(lambda _: f'aria-label="{label}" {_ROLE}', html, count=1)


def _no_include(path: str) -> str:
    raise ValueError(f"mj-include of {path} is not supported; use Jinja's include")


def _without_conditions(html: str) -> str:
    return re.sub(r"<!--\[if.*?<!\[endif\]-->", "", html, flags=re.DOTALL)


def _text(filled: str) -> str:
    """The filled text template, wrapped, without runs of empty lines."""
    lines: list[str] = []
    for line in filled.replace("\r\n", "\n").split("\n"):
        bare = line.rstrip()
        if bare or (lines and lines[-1]):
            lines.append(_within_width(bare))
    return "\n".join(lines).strip("\n") + "\n"


def _within_width(line: str) -> str:
    """A line of the template; those of the body are wrapped already."""
    is_whole = len(line) <= WIDTH or line[0] in " >"
    return line if is_whole else wrapped(line)
