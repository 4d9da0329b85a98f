"""What is wrong with a link or an attribute of an article, and the line where it is."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Final
from urllib.parse import unquote

from pipeline.errors import SourceError
from pipeline.model.article import Segment, Span
from pipeline.render.library import Edition, Library


def forbidden(edition: Edition, url: str) -> SourceError:
    return link_error(
        edition,
        url,
        f"{url!r} is not a link that a page may have",
        hint="write https:, http:, mailto: or tel:, or the name of a file",
    )


def link_error(
    edition: Edition, url: str, message: str, *, hint: str = "correct the link"
) -> SourceError:
    """The error of a link, with its line if the URL can be found in the article."""
    return SourceError(
        message,
        path=edition.article.path,
        line=_line_of(edition, url),
        hint=f"shown in the {edition.locale} edition; {hint}",
    )


def no_address(edition: Edition, url: str) -> SourceError:
    """`[here]()`: on a page, its words would look like any others."""
    hint = "write where it leads, or its words alone"
    return link_error(edition, url, "the link has no address", hint=hint)


def no_file(edition: Edition, library: Library, path: str, url: str) -> SourceError:
    """Other generators have links to addresses, and files of a name are moved."""
    name = _plain_name(path)
    near = [each for each in library.paths if _plain_name(each) == name]
    near.sort(
        key=lambda each: (posixpath.dirname(each) != posixpath.dirname(path), each)
    )
    meant = f"; did you mean {' or '.join(near[:3])}?" if near else ""
    message = f"the link leads to {path}, which does not exist{meant}"
    return link_error(edition, url, message)


def _plain_name(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].partition(".")[0].casefold()


def no_anchor(
    edition: Edition,
    target: Edition,
    fragment: str,
    url: str,
    known: Iterable[str],
) -> SourceError:
    """Other elements lose their ids: the part may well be there, and be no heading."""
    from difflib import get_close_matches

    near = get_close_matches(fragment, list(known), n=3)
    meant = f"; did you mean {' or '.join(f'#{n}' for n in near)}?" if near else ""
    path = target.article.path
    return link_error(
        edition,
        url,
        f"the link leads to #{fragment}, which no heading of {path} has{meant}",
        hint="only headings, and an article's own footnotes, can be linked to",
    )


def _line_of(edition: Edition, url: str) -> int | None:
    """The line of the article; its translation may have more lines, or fewer."""
    patterns = _patterns_of(url) if url.strip() else (_NO_ADDRESS,)
    for pattern in patterns:
        for line, text in _lines(edition.article.spans):
            found = re.search(pattern, text)
            if found is not None:
                return line + text[: found.end()].count("\n")
    # Where characters are written as entities, the first line of the block will do.
    for line, text in _lines(edition.article.spans):
        if url.strip() and "&" in text and unescape(url) in unescape(text):
            return line
    return None


_NO_ADDRESS: Final = (
    r"\]\(\s*+(?:\)|<\s*+>)|\]:\s*+<\s*+>"
    r"""|<[aA]\s(?:[^>]*\s)?(?i:href)\s*+(?:(?!=)|=\s*+(?:"\s*+"|'\s*+'|>))"""
)
"""How a link without an address is written in Markdown and in HTML."""


def _patterns_of(url: str) -> tuple[str, ...]:
    """How an address may be written in an article, the surest first."""
    bare = url.replace('"', "")
    needles = (url, unquote(url), url.replace('"', "'"), bare, unescape(url))
    # A short address, `[x](g)`, may well be part of a word.
    linked = [rf"(?:[(<\"'=]|\]:)\s*+<?{re.escape(n)}(?=[\s)>\"']|\Z)" for n in needles]
    return (*linked, *map(re.escape, needles))


def _lines(spans: Sequence[Span]) -> Iterator[tuple[int, str]]:
    """Every text of an article, and its first line."""
    line = 1
    for place, span in enumerate(spans):
        after = spans[place + 1 : place + 2]
        if isinstance(span, Segment):
            line = span.line
        elif after and isinstance(after[0], Segment):
            # What stands between two segments is the same in every language.
            line = after[0].line - span.raw.count("\n")
        yield line, span.raw
        line += span.raw.count("\n")
