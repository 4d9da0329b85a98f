"""
HTML that the sanitizer would give back as it is, told without parsing it.

Most of what Markdown becomes is paragraphs, headings, lists and tables of words, with
emphasis and plain links. That much is a regular language: each element is closed in its
turn and stands where HTML lets it stand (HTML, 13.2.6 "Tree construction"), a link has
its address and nothing else has attributes, and all other characters are text. What is
not known here is not wrong: it goes to the sanitizer, as nearly everything does that an
author wrote as HTML.
"""

from typing import Final

from pipeline.late import regex

_ODD: Final = regex(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Controls, halves of characters, and what else a parser may replace."""

# With the references that a serializer writes, and the one of a quotation mark.
_TEXT: Final = r"[^<>&]*+(?:(?:&(?:amp|lt|gt|quot);|<br />)[^<>&]*+)*+"

# Hosts in plain letters, which every parser of addresses takes, or a path from here.
_HOST: Final = r"(?:(?!xn--)[a-z0-9-]+\.)++[a-z]{2,63}"
_PATH: Final = r"[A-Za-z0-9._~-]++"
_URL: Final = rf"(?:https?://{_HOST}(?:/(?:{_PATH}/?)*+)?|/?{_PATH}(?:/{_PATH})*+/?)?(?:\#{_PATH})?"

_EMPHASIS: Final = regex(rf"<(strong|em|code|del)>{_TEXT}</\1>")
_LINK: Final = regex(rf'<a href="{_URL}">{_TEXT}</a>')
_LINKED: Final = "\x01"
"""Stands for a link, which may stand in emphasis, but not in a link."""

_WORDS: Final = rf"(?:{_TEXT}{_LINKED}?)*+"
_AROUND_LINKS: Final = regex(rf"<(strong|em|del)>{_WORDS}</\1>")


def _element(names: str, inner: str) -> str:
    """One of some elements; spelled out, as each must end by its own name."""
    return "|".join(f"<{name}>{inner}</{name}>" for name in names.split())


_LINES: Final = rf"\n(?:<p>{_WORDS}</p>\n)++"
_ITEMS: Final = rf"(?:{_WORDS}|{_LINES})"
_INNER_LIST: Final = _element("ul ol", rf"\n(?:<li>{_ITEMS}</li>\n)++")
_LIST: Final = _element(
    "ul ol", rf"\n(?:<li>{_ITEMS}(?:\n?(?:{_INNER_LIST})\n)?</li>\n)++"
)
_CELLS: Final = rf"<tr>(?:{_element('th td', _WORDS)})++</tr>"
_REGULAR: Final = regex(
    rf"(?:(?:{_element('p h1 h2 h3 h4 h5 h6', _WORDS)}|{_LIST}|<hr />"
    rf"|<table><thead>{_CELLS}</thead>(?:<tbody>\n(?:{_CELLS}\n)++</tbody>)?</table>"
    rf"|<blockquote>{_LINES}</blockquote>)\n)*+"
)


def as_cleaned(html: str) -> str | None:
    """The fragment as the sanitizer would write it; None where only that can tell."""
    if not html.replace("\n", "").isprintable() and _ODD.search(html):
        return None
    # Marked words become plain ones, from within, so that only blocks are left.
    rest = _EMPHASIS.sub("x", html)
    rest = _AROUND_LINKS.sub(_LINKED, _LINK.sub(_LINKED, rest))
    if _REGULAR.fullmatch(rest) is None:
        return None
    # None of these stands in an address: they are text, and written in one way only.
    html = html.replace("&quot;", '"').replace("\u00a0", "&nbsp;")
    return html.replace("<br />", "<br>").replace("<hr />", "<hr>")
