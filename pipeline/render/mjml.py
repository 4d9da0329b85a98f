"""
The door to MJML: a filled template in, HTML for mail programs out.

MJML is made into HTML by mrml (the package mjml-python), without a font or any other
thing to load.
"""

import re
from typing import Final

from pipeline.errors import TemplateError

_STANDIN: Final = "(the-body-of-the-mail)"
_ROLE: Final = 'aria-roledescription="email"'
_TITLE: Final = re.compile("<title>(.*?)</title>", re.DOTALL)
_LABEL: Final = re.compile(f'aria-label="[^>]*?" {_ROLE}')
_SPOKEN: Final = re.compile(r'<html((?: (?:lang|dir)="[^"]*")+)')
_SIGNS: Final = "<link <script <img <iframe <object <embed @import url(".split()
"""One of these is in all that may load something: found ten times as fast."""

_LOADS: Final = re.compile(r"<(?:link|script|img|iframe|object|embed)\b", re.IGNORECASE)
_STYLES: Final = re.compile(
    r"<style\b.*?</style|\s(?:style|background)=(?:\"[^\"]*|'[^']*)",
    re.IGNORECASE | re.DOTALL,
)
_LOADS_IN_STYLES: Final = re.compile(r"@import|url\(", re.IGNORECASE)
"""In a subject they are words."""


def to_html(mjml: str, body: str) -> str:
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
    lower = frame.lower()
    may_load = any(sign in lower for sign in _SIGNS)
    loads = _loading(_without_conditions(frame)) if may_load else ""
    if loads:
        raise TemplateError(
            f"the mail would load something: {loads}",
            path="templates/mail.mjml",
            hint="a mail must not tell anybody that it was opened; remove it",
        )
    html = _spoken(_labelled(html))
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


def _spoken(html: str) -> str:
    """The HTML with language and direction on its body too: some keep that alone."""
    spoken = _SPOKEN.search(html)
    if spoken is None or "<body" not in html:
        return html
    return html.replace("<body", f"<body{spoken[1]}", 1)


def _no_include(path: str) -> str:
    raise ValueError(f"mj-include of {path} is not supported; use Jinja's include")


def _loading(html: str) -> str:
    """The first that would load something; nothing if there is none."""
    styles = " ".join(_STYLES.findall(html))
    found = _LOADS.search(html) or _LOADS_IN_STYLES.search(styles)
    return found[0] if found else ""


def _without_conditions(html: str) -> str:
    return re.sub(r"<!--\[if.*?<!\[endif\]-->", "", html, flags=re.DOTALL)
