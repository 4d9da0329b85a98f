"""
Mails: one localized article as a message, with its HTML and its plain text beside it.

Where it is wanted, a translation and its source are in one message. Merge fields
(`{{ first_name }}`) arrive in every part as they were written, because the sending
system fills them in.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from functools import lru_cache
from html import unescape
from typing import Final

from pipeline.cldr import direction
from pipeline.errors import SourceError
from pipeline.late import dataclass, regex
from pipeline.render.callouts import frame_callouts
from pipeline.render.frames import CalloutFrame
from pipeline.render.isolation import isolate, isolate_code
from pipeline.render.library import Edition, Library
from pipeline.render.links import MailLinks
from pipeline.render.marks import led, marked
from pipeline.render.mime import (
    Envelope,
    Version,
    header_text,
    message,
    multilingual,
)
from pipeline.render.mjml import to_html
from pipeline.render.plain import columns, to_text, width_in, wrapped
from pipeline.render.rewriting import rewrite
from pipeline.render.theme import Theme
from pipeline.render.views import SiteView, needs_notice, site_view
from pipeline.render.whole import whole_body

_UNSPOKEN: Final = 'lang="und" dir="auto"'
"""What MJML writes for a template that does not say its language."""

LONGEST: Final = 102_000
"""Bytes of HTML; beyond that Gmail cuts a mail off, with the way to unsubscribe."""

_VOID: Final = regex(r"<(br|hr|img|wbr|col)((?: [a-z-]+=\"[^\"]*\")*)>")
_ONLY_A_LINK: Final = regex(r"<p><a href=\"([^\"]*)\"[^>]*>([^<]*)</a></p>")
_WIDE: Final = '<div style="overflow-x:auto;">'
"""On a telephone a wide table is moved by itself, and the text keeps its place."""

_TABLE: Final = '<table border="0" cellpadding="8" cellspacing="0" width="100%"'
"""As Outlook needs it, which reads attributes rather than styles."""

_PREHEADER: Final = regex(
    r'<body[^>]*>\s*<div style="display:none[^"]*">(.*?)</div>', re.DOTALL
)
_FILLING: Final = regex("[\u2007\ufeff\u034f]")
"""What keeps the text behind the preheader from being seen beside it."""

_SPOKEN: Final = regex(r'\b(lang|dir)="([^"]*)"')
_NOTED: Final = regex(r'<sup><a(?: id="[^"]*")?>([0-9]+)</a></sup>')
"""The number of a footnote: nothing in a mail leads anywhere within it."""

_EMPTY_LINES: Final = regex("\n{3,}")
_NUMBERED: Final = regex(r"\[[0-9]+\] (?:[a-z]+:|\{|\*\||%)\S")
_CONTROL: Final = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


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


@dataclass(frozen=True, slots=True)
class ButtonView:
    """A link that stands alone in its paragraph, as its template sees it."""

    url: str
    words: str


def render_mail(edition: Edition, library: Library, theme: Theme) -> MailFiles:
    """
    An article of kind `mail` as a message.

    Raises SourceError for a link that leads nowhere, headers that cannot be written, or
    a mail that is too long, TemplateError where MJML refuses the template, or the mail
    would load something.
    """
    path = edition.article.path
    own = _letter(edition, library, theme)
    targets = set(own.targets)
    envelope = _envelope(edition, library)
    source = _other_half(edition, library)
    if source is None:
        eml = message(envelope, text=own.version.text, html=own.version.html, path=path)
    else:
        other = _letter(library.whole(source), library, theme)
        # With the part, a target stands for its source too: see `link_answer`.
        targets |= {(target, True) for target, _ in other.targets} | {(path, True)}
        halves = (own.version, replace(other.version, kind="original"))
        preface = "\n".join(
            _seen(each, library, theme).in_text("preface.txt")
            for each in (edition, source)
        )
        eml = multilingual(envelope, preface, halves, path=path)
    return MailFiles(eml, own.version.html, own.version.text, tuple(sorted(targets)))


@dataclass(frozen=True, slots=True)
class _Letter:
    """What a mail says in one language."""

    version: Version
    targets: frozenset[tuple[str, bool]]


def _letter(edition: Edition, library: Library, theme: Theme) -> _Letter:
    path = edition.article.path
    admitted = whole_body(edition, drafts=library.drafts)
    links = MailLinks(edition, library, admitted.headings, admitted.notes)
    body = rewrite(admitted.html, link=links.link, image=links.image)
    if "<sup>" in body:
        body = _NOTED.sub(r"<sup>\1</sup>", body)
    body = frame_callouts(body, CalloutFrame(library.text_locale(edition), theme))
    xml = _as_xml(body, edition, theme)
    seen = _seen(edition, library, theme)
    view = seen.view
    html = to_html(
        seen.in_html(xml), xml, texts=(view.subject, view.title, view.preheader)
    )
    if _UNSPOKEN in html:
        # Of a template that says neither: the page, its body and what holds the mail.
        spoken = f'lang="{edition.locale}" dir="{direction(edition.locale)}"'
        html = html.replace(_UNSPOKEN, spoken, 3)
    size = _size(html)
    if size > LONGEST and not library.drafts:
        raise SourceError(
            f"the mail has {size:,} bytes of HTML in {edition.locale}; mail programs "
            f"cut off what is beyond {LONGEST:,}",
            path=path,
            hint="say it shorter, or make an article of it and link to that",
        )
    text = seen.in_text("mail.txt", to_text(body, locale=edition.locale))
    kind = "" if library.drafts else "human"
    version = Version(edition.locale, seen.view.subject, text, html, kind)
    return _Letter(version, frozenset(links.targets))


def _size(html: str) -> int:
    """How many bytes it has at most; where that may be too many, how many it has."""
    most = 4 * len(html)
    return most if most <= LONGEST else len(html.encode())


def _envelope(edition: Edition, library: Library) -> Envelope:
    settings = library.site.mail
    return Envelope(
        subject=_subject(edition),
        locale=edition.locale,
        sender=settings.sender,
        to=settings.to,
        unsubscribe=settings.unsubscribe,
        date=_date(edition),
    )


def _other_half(edition: Edition, library: Library) -> Edition | None:
    """The source's edition, where both are to be in one message."""
    asked = edition.article.meta.get("bilingual", library.site.mail.bilingual)
    if asked is not True:
        return None
    source = library.find(edition.domain, library.site.source_locale)
    return None if source is None or source.is_same(edition) else source


@dataclass(frozen=True, slots=True)
class _Seen:
    """A mail and its site, for one template after the other."""

    view: MailView
    site: SiteView
    theme: Theme
    locale: str

    def in_html(self, body: str) -> str:
        from markupsafe import Markup

        safe = Markup(body)  # noqa: S704 - it came through the gate
        return self._filled("mail.mjml", replace(self.view, body=safe))

    def in_text(self, name: str, body: str = "") -> str:
        title = marked(self.view.title, locale=self.locale)
        view = replace(self.view, body=body, title=title)
        return _text(self._filled(name, view), self.locale)

    def _filled(self, name: str, view: MailView) -> str:
        return self.theme.render(name, self.locale, {"mail": view, "site": self.site})


def _seen(edition: Edition, library: Library, theme: Theme) -> _Seen:
    """What the templates of a mail see, but for its body."""
    spoken = library.text_locale(edition)
    way = direction(spoken)
    addresses = library.site.mail.unsubscribe
    view = MailView(
        subject=_subject(edition),
        preheader=edition.text("preheader"),
        # Without one, its own words begin the mail, and not the name of its file.
        title="" if edition.title == edition.article.stem else edition.heading,
        locale=spoken,
        dir=way,
        start="right" if way == "rtl" else "left",
        end="left" if way == "rtl" else "right",
        body="",
        unsubscribe=addresses[0] if addresses else "",
        needs_notice=needs_notice(edition, library),
        meta=edition.article.meta,
    )
    site = site_view(library, theme, edition.locale, path="mail")
    return _Seen(view, site, theme, edition.locale)


def preheader_of(html: str) -> str:
    """The preheader of a mail's HTML, as mail programs show it; nothing without one."""
    found = _PREHEADER.search(html)
    return " ".join(_FILLING.sub("", unescape(found[1])).split()) if found else ""


def spoken_of(html: str) -> dict[str, str]:
    """The language and the direction that a mail's HTML says it has."""
    return dict(_SPOKEN.findall(html.partition(">")[2][:400]))


def _subject(edition: Edition) -> str:
    return header_text(edition.text("subject") or edition.heading)


def _date(edition: Edition) -> str:
    """The front matter's date at noon; without one, the sending system's."""
    if edition.day is None:
        return ""
    return _at_noon(edition.day)


@lru_cache(maxsize=16)
def _at_noon(day: date) -> str:
    """A mail has one date in all of its languages."""
    return format_datetime(datetime.combine(day, time(12), tzinfo=UTC))


def _as_xml(html: str, edition: Edition, theme: Theme) -> str:
    """The body as MJML reads it: XML, with a button where a link stands alone."""

    def button(match: re.Match[str]) -> str:
        from markupsafe import Markup

        values = ButtonView(*map(Markup, match.groups()))
        made = theme.render("partials/button.html", edition.locale, {"button": values})
        return made.strip()

    table = f'{_WIDE}{_TABLE} dir="{direction(edition.locale)}"'
    html = html.replace("<table", table).replace("</table>", "</table></div>")
    html = isolate_code(html, locale=edition.locale)
    html = isolate(_ONLY_A_LINK.sub(button, html), locale=edition.locale)
    closed = _VOID.sub(r"<\1\2 />", html).replace("&nbsp;", "\N{NO-BREAK SPACE}")
    return _CONTROL.sub("", closed)


def _text(filled: str, locale: str) -> str:
    """The filled text template, wrapped, without runs of empty lines."""
    lines = [line.rstrip() for line in filled.replace("\r\n", "\n").split("\n")]
    if max(map(columns, lines)) > width_in(locale):
        lines = [each for line in lines for each in _within_width(line, locale)]
    if direction(locale) == "rtl":
        lines = [led(line, locale=locale) for line in lines]
    text = "\n".join(lines)
    if "\n\n\n" in text:
        text = _EMPTY_LINES.sub("\n\n", text)
    return text.strip("\n") + "\n"


def _within_width(line: str, locale: str) -> list[str]:
    """A line of the template; those of the body are wrapped already."""
    is_whole = columns(line) <= width_in(locale) or line[0] in " >"
    # A number and its address stay together: there is no room on any line.
    is_whole |= _NUMBERED.match(line) is not None
    return [line] if is_whole else wrapped(line, locale=locale).split("\n")
