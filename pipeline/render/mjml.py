"""
The door to MJML: a filled template in, HTML for mail programs out.

MJML is made into HTML by mrml (the package mjml-python), without a font or any other
thing to load. `<mj-style inline="inline">`, which mrml leaves as it is, is written onto
the elements of the body here.
"""

import re
from collections.abc import Mapping
from functools import partial
from typing import Final

from pipeline.errors import TemplateError
from pipeline.late import regex
from pipeline.render.styles import with_styles

_STANDIN: Final = "(the-body-of-the-mail)"
_ROLE: Final = 'aria-roledescription="email"'
_TITLE: Final = regex("<title>(.*?)</title>", re.DOTALL)
_LABEL: Final = regex(f'aria-label="[^>]*?" {_ROLE}')
_SPOKEN: Final = regex(r'<html((?: (?:lang|dir)="[^"]*")+)')
_SIGNS: Final = "<link <script <img <iframe <object <embed @import url(".split()
"""One of these is in all that may load something: found ten times as fast."""

_LOADS: Final = regex(r"<(?:link|script|img|iframe|object|embed)\b", re.IGNORECASE)
_UNKNOWN: Final = regex(r"<(mj-[a-z0-9-]+)")
"""What MJML has left as it was."""

_INLINE: Final = regex(r'<mj-style inline="inline">(.*?)</mj-style>', re.DOTALL)
_TAG: Final = regex(r'(<!--.*?-->|<(?:"[^"]*"|[^">])*>)', re.DOTALL)
"""With all of its attributes: `>` may stand in one."""

_FIELD: Final = regex(r"\{[{%][^{}<]*[%}]\}")
_ESCAPED_FIELD: Final = regex(r"\{[{%][^{}<]*&")
_REFERENCE: Final = regex("&(#39|#x27|#34|quot|gt|lt(?=;[ 0-9=])|amp(?=;[ &]));")
_IN_TAG: Final = {"#39": "'", "#x27": "'"}
_IN_TEXT: Final = {**_IN_TAG, "#34": '"', "quot": '"', "gt": ">", "lt": "<", "amp": "&"}
"""The last two where no tag and no reference can begin."""

_STYLES: Final = regex(
    r"<style\b.*?</style|\s(?:style|background)=(?:\"[^\"]*|'[^']*)",
    re.IGNORECASE | re.DOTALL,
)
_LOADS_IN_STYLES: Final = regex(r"@import|url\(", re.IGNORECASE)
"""In a subject they are words."""


def to_html(mjml: str, body: str) -> str:
    """
    The HTML of a filled MJML template, which must load nothing.

    The body is put in when the rest is HTML: MJML would take the blanks from between
    `<b>` and `<i>`, and need most of its time for it.
    """
    mjml = mjml.strip()
    pieces = mjml.split(body) if body else [mjml]
    around = _STANDIN.join(pieces)
    sheets = "".join(_INLINE.findall(around))
    styled = with_styles(body, sheets) if body and sheets else body
    frame = ""
    if len(pieces) == 2 and around.count(_STANDIN) == 1:  # noqa: PLR2004 - around one
        frame = _frame(_INLINE.sub("", around) if sheets else around)
    if frame.count(_STANDIN) == 1:
        html = frame.replace(_STANDIN, styled)
    else:
        if body and sheets:
            mjml = _INLINE.sub("", mjml).replace(body, styled)
        frame = html = _frame(mjml)
    # What came through the gate loads nothing.
    ours = f"{frame}<style>{sheets}</style>"
    lower = ours.lower()
    may_load = any(sign in lower for sign in _SIGNS)
    loads = _loading(_without_conditions(ours)) if may_load else ""
    if loads:
        raise TemplateError(
            f"the mail would load something: {loads}",
            path="templates/mail.mjml",
            hint="a mail must not tell anybody that it was opened; remove it",
        )
    html = _with_fields(html)
    return html if html.endswith("\n") else f"{html}\n"


def _with_fields(html: str) -> str:
    """
    The HTML with the signs of its merge fields as they were written.

    A sending system reads `{{ date | format('d.m.Y') }}`, and not `&#39;`. In an
    attribute, the quote that would end it stays as it is.
    """
    if not _ESCAPED_FIELD.search(html):
        return html
    pieces = _TAG.split(html)
    for place, piece in enumerate(pieces):
        if "{" in piece and "&" in piece:
            signs = _IN_TEXT if place % 2 == 0 else _IN_TAG
            pieces[place] = _FIELD.sub(partial(_unescaped, signs=signs), piece)
    return "".join(pieces)


def _unescaped(field: re.Match[str], *, signs: Mapping[str, str]) -> str:
    return _REFERENCE.sub(lambda found: signs.get(found[1], found[0]), field[0])


def _frame(mjml: str) -> str:
    """What MJML makes of it, with its label and its language where they belong."""
    return _spoken(_labelled(_made(mjml)))


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
    unknown = _UNKNOWN.search(html)
    if unknown:
        raise TemplateError(
            f"MJML knows no <{unknown[1]}>, or not in this place",
            path="templates/mail.mjml",
            hint="see the list of its tags on documentation.mjml.io",
        )
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
