"""
The door to MJML: a filled template in, HTML for mail programs out.

MJML is made into HTML by mrml (the package mjml-python), without a font or any other
thing to load. `<mj-style inline="inline">`, which mrml leaves as it is, is written onto
the elements of the body here.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from pipeline.errors import TemplateError
from pipeline.late import dataclass, regex
from pipeline.render.styles import with_styles

_STANDIN: Final = "(the-body-of-the-mail)"
_WORDS: Final = regex(r"\w(?: ?[\w,.;:!?\u2010-\u2019\u2026-])*+")
"""A text that MJML, HTML and CSS have nothing to read in."""

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
_IN_TAG: Final = {"#39": "'", "#x27": "'", "gt": ">", "lt": "<", "amp": "&"}
"""The last two where no tag and no reference can begin."""

_IN_TEXT: Final = {**_IN_TAG, "#34": '"', "quot": '"'}
_VALUE: Final = regex('="([^"]*)"')

_STYLES: Final = regex(
    r"<style\b.*?</style|\s(?:style|background)=(?:\"[^\"]*|'[^']*)",
    re.IGNORECASE | re.DOTALL,
)
_LOADS_IN_STYLES: Final = regex(r"@import|url\(", re.IGNORECASE)
"""In a subject they are words."""


def to_html(mjml: str, body: str, *, texts: Sequence[str] = ()) -> str:
    """
    The HTML of a filled MJML template, which must load nothing.

    The body is put in when the rest is HTML: MJML would take the blanks from between
    `<b>` and `<i>`, and need most of its time for it. So are `texts`, which are all
    that differs from mail to mail besides, so that the rest is made once for many.
    """
    mjml = mjml.strip()
    pieces = mjml.split(body) if body else []
    html = ""
    if len(pieces) == 2:  # noqa: PLR2004 - around one
        around, known = _set_aside(_STANDIN.join(pieces), texts)
        frame = _framed(around)
        if around.count(_STANDIN) == frame.html.count(_STANDIN) == 1:
            html = frame.html
            for standin, text in known.items():
                html = html.replace(standin, text)
            html = html.replace(_STANDIN, frame.dressed(body))
    if not html:
        around = _STANDIN.join(pieces) if body else mjml
        sheets = "".join(_INLINE.findall(around))
        if body and sheets:
            mjml = _INLINE.sub("", mjml).replace(body, with_styles(body, sheets))
        html = _frame(mjml)
        _require_nothing_loaded(f"{html}<style>{sheets}</style>")
    html = _with_fields(html)
    return html if html.endswith("\n") else f"{html}\n"


@dataclass(frozen=True, slots=True)
class _Framed:
    """What stands around the body of a mail, and what is said of its elements."""

    html: str
    sheets: str

    def dressed(self, body: str) -> str:
        """The body in the styles that the template wants written onto it."""
        return with_styles(body, self.sheets) if self.sheets else body


@lru_cache(maxsize=16)
def _framed(around: str) -> _Framed:
    """The frame that a template makes; what came through the gate loads nothing."""
    sheets = "".join(_INLINE.findall(around))
    html = _frame(_INLINE.sub("", around) if sheets else around)
    _require_nothing_loaded(f"{html}<style>{sheets}</style>")
    return _Framed(html, sheets)


def _set_aside(around: str, texts: Sequence[str]) -> tuple[str, dict[str, str]]:
    """
    A template with stand-ins for texts, and the text for each of them.

    MJML leaves words between tags as they are. A text that is more than words stays.
    """
    known: dict[str, str] = {}
    words = {text for text in texts if _WORDS.fullmatch(text)}
    # The longest first, for one may begin another.
    for number, text in enumerate(sorted(words, key=len, reverse=True)):
        standin = f"(text-{number}-of-the-mail)"
        if standin not in around:
            around = around.replace(f">{text}", f">{standin}")
            known[standin] = text
    return around, known


def _require_nothing_loaded(html: str) -> None:
    lower = html.lower()
    may_load = any(sign in lower for sign in _SIGNS)
    loads = _loading(_without_conditions(html)) if may_load else ""
    if loads:
        raise TemplateError(
            f"the mail would load something: {loads}",
            path="templates/mail.mjml",
            hint="a mail must not tell anybody that it was opened; remove it",
        )


def _with_fields(html: str) -> str:
    """
    The HTML with the signs of its merge fields as they were written.

    A sending system reads `{{ date | format('d.m.Y') }}`, and not `&#39;`. An attribute
    with fields that have quotes stands between the other ones.
    """
    if not _ESCAPED_FIELD.search(html):
        return html
    pieces = _TAG.split(html)
    for place, piece in enumerate(pieces):
        if "{" not in piece or "&" not in piece:
            continue
        if place % 2 == 0:
            pieces[place] = _unescaped(piece, _IN_TEXT)
        else:
            pieces[place] = _unescaped(_VALUE.sub(_quoted, piece), _IN_TAG)
    return "".join(pieces)


def _quoted(attribute: re.Match[str]) -> str:
    """Between single quotes where its fields need the double ones."""
    value = _unescaped(attribute[1], _IN_TEXT)
    if '"' in value and "'" not in value:
        return f"='{value}'"
    return attribute[0]


def _unescaped(text: str, signs: Mapping[str, str]) -> str:
    """A text whose fields have these signs instead of their references."""

    def sign(found: re.Match[str]) -> str:
        return signs.get(found[1], found[0])

    return _FIELD.sub(lambda field: _REFERENCE.sub(sign, field[0]), text)


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
