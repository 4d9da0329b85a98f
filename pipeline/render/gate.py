"""
The one way from an article's HTML to a page: what is not listed here does not pass.

Articles and translations are not trusted. nh3 (Ammonia) parses the fragment as a
browser would and keeps the listed elements and attributes; what it gives back is
regular, so the few rewrites after it (anchors, links, images, tables) may read it by
pattern.
"""

import re
from collections.abc import Callable
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING, Final, TypeAlias

from pipeline.cldr import PSEUDO_LOCALES
from pipeline.errors import SourceError
from pipeline.hypertext.raised import raised
from pipeline.late import dataclass, regex
from pipeline.placeholders import SCHEMES
from pipeline.render.attributes import with_sound_values
from pipeline.render.callouts import CALLOUTS
from pipeline.render.languages import lift
from pipeline.slugs import heading_id

if TYPE_CHECKING:
    import nh3

_TAGS: Final = frozenset(
    "h1 h2 h3 h4 h5 h6 p div section ul ol li dl dt dd blockquote pre hr br figure "
    "figcaption table caption colgroup col thead tbody tfoot tr th td a img strong b "
    "em i u s del ins sup sub small code kbd samp var abbr dfn cite q bdi span time "
    "address details summary wbr ruby rt rp".split(),
)
_ATTRIBUTES: Final = {
    "*": {"lang", "dir", "translate", "title"},
    "a": {"href", "hreflang", "id"},
    "div": {"id"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "details": {"open"},
    "mark": {"data-state", "data-entry"},
} | {f"h{level}": {"id"} for level in range(1, 7)}
_CALLOUT: Final = {"callout", *CALLOUTS}
_CLASSES: Final = {
    "div": {"faq", "contact", "footnote"} | _CALLOUT,
    "dl": {"faq", "contact"},
    "section": {"faq", "contact"} | _CALLOUT,
    "p": {"faq", "contact"},
    "blockquote": _CALLOUT,
    "li": {"task"},
}
_NOTE_ID: Final = regex("fn(?:ref)?-[0-9]{1,4}")
"""Where a footnote is, and where it is referred to; other ids are a heading's."""

_PIXELS: Final = regex("[0-9]{1,5}")
_FOLD: Final = 2_000
"""Characters of a body, markup included, that fill the first screen for sure."""

_DROPPED_WHOLE: Final = frozenset(
    "script style template noscript iframe object svg math textarea title select "
    "xmp noembed noframes plaintext".split(),
)

# Ammonia's time grows with the square of the depth.
_MAX_DEPTH: Final = 200
_MAX_TAGS: Final = 60_000
_CLOSED_BY_OTHERS: Final = (
    "(?:p|li|dt|dd|tr|td|th|thead|tbody|tfoot|colgroup|col|caption|br|hr|img|wbr|input"
    "|option|rt|rp)(?![A-Za-z0-9])"
)
_NESTING: Final = regex(
    rf"<(/?)(?!{_CLOSED_BY_OTHERS})([A-Za-z][A-Za-z0-9]*)", re.IGNORECASE
)

_MOST_READINGS: Final = 5

_MARK: Final = "\x7fthe end of the text\x7f"
_END: Final = f"<p>{_MARK}</p>"
"""Stands behind a text while it is cleaned: what takes it away hides words too."""

HIDDEN: Final = (
    "something in the markup has no end, and would hide the rest of the text"
)

# Characters that turn the order of others around: "12 mg" would read "gm 21".
_TURNING: Final = "\u202a\u202b\u202c\u202d\u202e"
_OVERRIDES: Final = regex(f"[{_TURNING}]")

PAGE_IDS: Final = frozenset({"content", "contents", "related", "top"})
"""Ids that the page's own template uses."""

# Line breaks, controls, and what no XML and no UTF-8 can hold.
_BREAKS: Final = regex(r" *[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]+ *")

_ATTRIBUTE: Final = regex(r' ([a-z-]+)="([^"]*)"')
_MERE_LINK: Final = regex(r' href="([^"]*)"')
_ATTRIBUTES_IN_TAG: Final = r'((?: [a-z-]+="[^"]*")*)'
_HEADING: Final = regex(
    rf"<h([1-6]){_ATTRIBUTES_IN_TAG}>(.*?)</h\1>",
    re.DOTALL,
)
_PLACED: Final = regex(
    r'<(a|div)((?: [a-z-]+="[^"]*")*? id="[^"]*"(?: [a-z-]+="[^"]*")*)>'
)
_REWRITTEN: Final = regex(rf"<((?:a|td|th)(?= )|img){_ATTRIBUTES_IN_TAG}>")
"""Of most cells nothing is said, and nothing of them is another on the page."""

_TABLE: Final = regex(r"<(/?)table[^>]*>")
_MARKUP: Final = regex(r"<[^>]*>")
_TEXT_ALIGN: Final = {"left": "start", "right": "end", "center": "center"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body, for tables of contents and anchors."""

    level: int
    id: str
    text: str
    author_id: str = ""
    """The id that the article gave it, which links may still use."""

    locale: str = ""
    """Its language, where that is another than the page's."""

    dir: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """The HTML that may stand in a page, and its headings in order."""

    html: str
    headings: tuple[Heading, ...] = ()
    notes: frozenset[str] = frozenset()
    """The ids of footnotes, and of where they are referred to."""

    refused: tuple[str, ...] = ()
    """The addresses of links that may not be followed: `javascript:`, `file:`..."""

    unsound: tuple[str, ...] = ()
    """The attributes that were taken out, for they mean nothing: `lang="en_US"`."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads on the page, and the language there if it is another."""

    url: str
    hreflang: str = ""


LinkRewriter: TypeAlias = Callable[[str], Link | None]
"""From the article's URL to the page's; None: the words stay, the link goes."""


@dataclass(frozen=True, slots=True)
class Image:
    """Where an image is on the page, and how many pixels it has, if that is known."""

    url: str
    size: tuple[int, int] | None = None


ImageRewriter: TypeAlias = Callable[[str], Image | None]
"""From the article's URL to the page's; None: the alternative text stands instead."""


def admit(html: str, *, path: str = "", locale: str = "", drafts: bool = False) -> Body:
    """
    What of a fragment may stand in a page, with anchors on its headings.

    `drafts` lets the marks of unreviewed blocks pass. Raises SourceError for a fragment
    that is nested too deep, or that hides its own end.
    """
    _require_shallow(html, path)
    given = without_overrides(html, locale)
    cleaned = _cleaned(given, path, drafts=drafts)
    refused = () if cleaned is given else _refused(given, cleaned)
    cleaned, unsound = with_sound_values(cleaned)
    cleaned = lift(cleaned)
    headings: list[Heading] = []
    taken: set[str] = set(PAGE_IDS)
    cleaned = _with_ids_of_notes(cleaned, taken)
    notes = frozenset(taken - PAGE_IDS)

    above: list[int] = []

    def anchor(match: re.Match[str]) -> str:
        text = plain(match[3])
        if not text and "<img" not in match[3]:
            return ""  # Nobody would know where its anchor leads.
        level = _level(int(match[1]), above)
        anchor_id = heading_id(text, taken)
        taken.add(anchor_id)
        if "<su" in match[3]:
            text = plain(raised(match[3]))
        if not match[2]:
            headings.append(Heading(level, anchor_id, text))
            return f'<h{level} id="{escape(anchor_id)}">{match[3]}</h{level}>'
        attributes = dict(_ATTRIBUTE.findall(match[2]))
        author_id = unescape(attributes.pop("id", ""))
        spoken = unescape(attributes.get("lang", ""))
        way = attributes.get("dir", "") if spoken else ""
        headings.append(Heading(level, anchor_id, text, author_id, spoken, way))
        opening = _tag(f"h{level}", {"id": escape(anchor_id), **attributes})
        return f"{opening}{match[3]}</h{level}>"

    return Body(_HEADING.sub(anchor, cleaned), tuple(headings), notes, refused, unsound)


def _refused(html: str, cleaned: str) -> tuple[str, ...]:
    """The addresses that links have lost on their way through the gate."""
    if html.lower().count("href") <= cleaned.lower().count("href"):
        return ()
    from pipeline.hypertext.tokens import tokens

    found: dict[str, None] = {}
    for piece in tokens(html):
        if piece.kind == "start" and piece.name == "a":
            # Of two with one name, the first counts.
            url = dict(reversed(piece.attributes)).get("href", "")
            if url.strip():
                found[url] = None
    clean = _cleaner(drafts=False).clean
    return tuple(
        url for url in found if " href=" not in clean(f'<a href="{escape(url)}">x</a>')
    )


def _level(written: int, above: list[int]) -> int:
    """
    The level of a heading on the page, whose title is the first: none is left out.

    `above` are the levels, as they were written, of those that it stands below.
    """
    written = max(2, written)
    while above and above[-1] >= written:
        above.pop()
    above.append(written)
    return 1 + len(above)


def _with_ids_of_notes(html: str, taken: set[str]) -> str:
    """The body with the ids of footnotes, each once, and of headings: no others."""

    def tag(match: re.Match[str]) -> str:
        attributes: dict[str, str] = dict(_ATTRIBUTE.findall(match[2]))
        place = attributes["id"]
        if place in taken or not _NOTE_ID.fullmatch(place):
            del attributes["id"]
        else:
            taken.add(place)
        return _tag(match[1], attributes)

    return _PLACED.sub(tag, html) if ' id="' in html else html


def rewrite(html: str, *, link: LinkRewriter, image: ImageRewriter) -> str:
    """An admitted body with every link and image led to its place on the page."""

    def tag(match: re.Match[str]) -> str:
        name = match[1]
        if not match[2]:
            return ""  # An image of nothing.
        if name == "a" and (mere := _MERE_LINK.fullmatch(match[2])):
            return _mere_link_tag(mere[1], link)
        attributes: dict[str, str] = dict(_ATTRIBUTE.findall(match[2]))
        if name == "a":
            return _link_tag(attributes, link)
        if name == "img":
            is_low = match.start() > _FOLD
            return _image_tag(attributes, image, is_low=is_low)
        value = attributes.pop("style", "").rpartition("text-align:")[2].strip(" ;")
        if value in _TEXT_ALIGN:
            attributes["class"] = f"align-{_TEXT_ALIGN[value]}"
        return _tag(name, attributes)

    return _REWRITTEN.sub(tag, html)


def wrap_tables(html: str, wrap: Callable[[str, int], str]) -> str:
    """The body with each table that is in no other, and its number from 1, wrapped."""
    first = html.find("<table")
    if first < 0:
        return html
    pieces: list[str] = []
    depth = start = end = 0
    number = 1
    for match in _TABLE.finditer(html, first, html.rfind("</table>") + 8):
        depth += -1 if match[1] else 1
        if depth == 0:
            pieces += [html[end:start], wrap(html[start : match.end()], number)]
            end = match.end()
            number += 1
        elif depth == 1 and not match[1]:
            start = match.start()
    return "".join([*pieces, html[end:]])


def plain(html: str) -> str:
    """The text of an admitted fragment, on one line."""
    return " ".join(words(html))


def words(html: str) -> list[str]:
    """The text of an admitted fragment, parted where there are blanks."""
    return text_of(html).split()


def text_of(html: str) -> str:
    """The text of an admitted fragment, as it stands there."""
    return unescape("".join(_MARKUP.split(html)) if "<" in html else html)


def plain_text(text: str, *, locale: str = "") -> str:
    """A text that was never HTML: on one line, without what turns others around."""
    return one_line(text, locale).strip()


def one_line(text: str, locale: str) -> str:
    """A text that was never HTML, without breaks, controls and what turns others."""
    if text.isprintable():  # As most are: none of what is taken out can be printed.
        return text
    return _BREAKS.sub(" ", without_overrides(text, locale))


def without_overrides(text: str, locale: str) -> str:
    """The text without characters that turn the order of others around."""
    # Hardly any text has one, which is found out fastest by one after the other.
    if text.isascii() or not any(map(text.__contains__, _TURNING)):
        return text
    # Pseudo-translations from right to left are made of such characters.
    return text if locale in PSEUDO_LOCALES else _OVERRIDES.sub("", text)


def _mere_link_tag(href: str, link: LinkRewriter) -> str:
    """As the next one does it for a link that says nothing else, as most do."""
    url = unescape(href)
    target = link(url) if url else None
    if target is None:
        return "<a>"
    language = f' hreflang="{escape(target.hreflang)}"' if target.hreflang else ""
    return f'<a href="{escape(target.url)}"{language}>'


def _link_tag(attributes: dict[str, str], link: LinkRewriter) -> str:
    url = unescape(attributes.pop("href", ""))
    target = link(url) if url else None
    if target is None:
        attributes.pop("hreflang", None)
        return _tag("a", attributes)
    attributes = {"href": escape(target.url), **attributes}
    if target.hreflang:
        attributes["hreflang"] = escape(target.hreflang)
    return _tag("a", attributes)


def _image_tag(
    attributes: dict[str, str], image: ImageRewriter, *, is_low: bool
) -> str:
    found = image(unescape(attributes.pop("src", "")))
    alt = attributes.pop("alt", "")
    if found is None:
        return f'<span class="image">{alt}</span>' if alt else ""
    first = {"src": escape(found.url), "alt": alt}
    size = _size(attributes.pop("width", ""), attributes.pop("height", ""), found.size)
    last = {"loading": "lazy"} if is_low else {}
    return _tag("img", {**first, **size, **attributes, **last, "decoding": "async"})


def _size(width: str, height: str, pixels: tuple[int, int] | None) -> dict[str, str]:
    """The author's width or height, the other one by the picture's own shape."""
    given = [int(value) if _PIXELS.fullmatch(value) else 0 for value in (width, height)]
    wide, high = given
    if pixels and not (wide and high):
        across, down = pixels
        if wide:
            high = max(1, round(wide * down / across))
        elif high:
            wide = max(1, round(high * across / down))
        else:
            wide, high = pixels
    found = {"width": wide, "height": high}
    return {name: str(value) for name, value in found.items() if value}


def _tag(name: str, attributes: dict[str, str]) -> str:
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{written}>"


@cache
def _cleaner(*, drafts: bool) -> "nh3.Cleaner":
    import nh3

    return nh3.Cleaner(
        tags=set(_TAGS | {"mark"}) if drafts else set(_TAGS),
        clean_content_tags=set(_DROPPED_WHOLE),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        allowed_classes={tag: set(names) for tag, names in _CLASSES.items()},
        filter_style_properties={"text-align"},
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=True,
    )


def _cleaned(html: str, path: str, *, drafts: bool) -> str:
    """
    The allowed part, in a form that is read again as it was meant.

    A tree may hold what no text of HTML says, such as a heading in a heading: written
    and read by a browser, it is another tree. So it is cleaned until it stays. A
    comment, a script or a tag without an end would take the rest of the text away, and
    nobody would see what is missing: it is refused.
    """
    clean = _cleaner(drafts=drafts).clean
    first = clean(html + _END)
    # A text may have the mark too: then it is too many.
    if first.count(_MARK) <= html.count(_MARK):
        raise SourceError(
            HIDDEN,
            path=path or None,
            hint="close the comment or the tag, or write `&lt;` for `<`",
        )
    if first == html + _END:
        return html  # It stayed: most of what the formats write does.
    html = first.removesuffix(_END) if first.endswith(_END) else clean(html)
    for _ in range(_MOST_READINGS - 1):
        before, html = html, clean(html)
        if html == before:
            break
    return html


def _require_shallow(html: str, path: str) -> None:
    """Refuse what has too much in too much."""
    tags = html.count("<")
    # Nothing is deeper than there are opening tags, which is few enough as a rule.
    is_shallow = tags - html.count("</") <= _MAX_DEPTH or _depth(html) <= _MAX_DEPTH
    if not is_shallow or tags > _MAX_TAGS:
        raise SourceError(
            "the markup is nested too deep, or there is too much of it",
            path=path or None,
            hint=f"{_MAX_DEPTH} levels and {_MAX_TAGS:,} tags are the limit",
        )


def _depth(html: str) -> int:
    """How deep elements lie in one another, counted without parsing."""
    opened: dict[str, int] = {}
    depth = deepest = 0
    for closing, name in _NESTING.findall(html):
        count = opened.get(name.lower(), 0)
        step = -min(count, 1) if closing else 1
        opened[name.lower()] = count + step
        depth += step
        deepest = max(depth, deepest)
    return deepest
