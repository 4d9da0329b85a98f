"""The language that an HTML document says it is in: `lang` and `dir` of `<html>`."""

from dataclasses import replace

from pipeline.cldr import direction
from pipeline.hypertext.tokens import Attribute, Piece, attributes, tokens
from pipeline.model.article import Article, Span, Verbatim


def declare(article: Article, locale: str) -> Article:
    """
    The article with the language in its `<html>` tag; a fragment has none.

    `lang` and `xml:lang` are set to it, and `dir` where it is there already or the
    language is written from right to left. Nothing else changes.
    """
    spans: list[Span] = list(article.spans)
    for number, span in enumerate(spans):
        if not isinstance(span, Verbatim):
            continue
        tag = next((one for one in tokens(span.raw) if one.kind == "start"), None)
        if tag is None:
            continue
        if tag.name == "html":
            spans[number] = Verbatim(_declared(span.raw, tag, locale))
        break
    return replace(article, spans=tuple(spans))


def _declared(raw: str, tag: Piece, locale: str) -> str:
    wanted = {"lang": locale, "dir": direction(locale)}
    found = {one.name: one for one in attributes(raw, tag)}
    changes = [
        (one, wanted[name.removeprefix("xml:")])
        for name, one in found.items()
        if name in {"lang", "xml:lang", "dir"}
    ]
    end = tag.start + len("<html")
    missing = "" if "lang" in found else f' lang="{locale}"'
    if "dir" not in found and wanted["dir"] == "rtl":
        missing += ' dir="rtl"'
    parts = [raw[:end], missing]
    for one, value in sorted(changes, key=lambda change: change[0].start):
        parts += [raw[end : one.start], _quoted(one, value)]
        end = one.end
    return "".join([*parts, raw[end:]])


def _quoted(attribute: Attribute, value: str) -> str:
    return value if attribute.quote else f'"{value}"'
