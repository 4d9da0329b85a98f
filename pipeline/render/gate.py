"""
The one way from an article's HTML to a page: what is not listed here does not pass.

Articles and translations are not trusted. nh3 (Ammonia) parses the fragment as a
browser would and keeps the listed elements and attributes; what it gives back is
regular, so the few rewrites after it (anchors, links, images, tables) may read it by
pattern.
"""

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final

from pipeline.errors import SourceError
from pipeline.late import dataclass, regex
from pipeline.placeholders import SCHEMES
from pipeline.render.attributes import with_sound_values
from pipeline.render.callouts import CALLOUTS
from pipeline.render.headings import Heading, anchored
from pipeline.render.languages import lift
from pipeline.render.words import without_overrides

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

_SHALLOW: Final = ("<p>", "<li>", "<td>", "<tr>")
"""Of those that are closed by others, the tags that stand in most texts."""

_MOST_READINGS: Final = 5

_CONCEALING: Final = regex("hidden|display", re.IGNORECASE)
_WORDLESS: Final = _DROPPED_WHOLE | {"br", "col", "hr", "img", "input", "wbr"}

_MARK: Final = "\x7fthe end of the text\x7f"
_END: Final = f"<p>{_MARK}</p>"
"""Stands behind a text while it is cleaned: what takes it away hides words too."""

HIDDEN: Final = (
    "something in the markup has no end, and would hide the rest of the text"
)


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

    concealed: tuple[str, ...] = ()
    """The tags by which the author hid words that a page would show: `<p hidden>`."""


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
    concealed = () if cleaned is given else _concealed(given)
    cleaned, unsound = with_sound_values(cleaned)
    cleaned, headings, notes = anchored(lift(cleaned))
    return Body(cleaned, headings, notes, refused, unsound, concealed)


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


def _concealed(html: str) -> tuple[str, ...]:
    """
    The tags that hide what is in them from readers.

    Neither a page without its author's styles nor a mail program would hide it.
    """
    if not _CONCEALING.search(html):
        return ()
    from pipeline.hypertext.tokens import tokens

    return tuple(
        dict.fromkeys(
            html[piece.start : piece.end]
            for piece in tokens(html)
            if piece.kind == "start"
            and piece.name not in _WORDLESS
            and _conceals(dict(reversed(piece.attributes)))
        )
    )


def _conceals(attributes: Mapping[str, str]) -> bool:
    style = "".join(attributes.get("style", "").lower().split())
    return "hidden" in attributes or any(
        rule.startswith(("display:none", "visibility:hidden"))
        for rule in style.split(";")
    )


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
    whole = html + _END
    first = clean(whole)
    if first == whole:
        return html  # It stayed, with its end: most of what the formats write does.
    # A text may have the mark too: then it is too many.
    if first.count(_MARK) <= html.count(_MARK):
        raise SourceError(
            HIDDEN,
            path=path or None,
            hint="close the comment or the tag, or write `&lt;` for `<`",
        )
    html = first.removesuffix(_END) if first.endswith(_END) else clean(html)
    for _ in range(_MOST_READINGS - 1):
        before, html = html, clean(html)
        if html == before:
            break
    return html


def _require_shallow(html: str, path: str) -> None:
    """Refuse what has too much in too much."""
    tags = html.count("<")
    # Nothing is deeper than there are opening tags, which is few enough as a rule; of
    # a long text, it is without those of which none stands in another of its kind.
    opened = tags - html.count("</")
    is_shallow = (
        opened <= _MAX_DEPTH
        or opened - sum(map(html.count, _SHALLOW)) <= _MAX_DEPTH
        or _depth(html) <= _MAX_DEPTH
    )
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
