"""
Plain text, whose structure is found by these rules.

- Blank lines divide blocks. The lines of a block are one paragraph that was wrapped by
  hand, unless one of them has over 120 characters: then each is a paragraph.
- The title is that of the front matter, else the first paragraph.
- A heading is a short line (80 characters) that stands alone above something, does not
  begin with a small letter and does not end like a sentence; a question mark may end
  it. A line in capitals and a line above `===` or `---` are headings too, and then
  plain ones are one level below them. `1.` begins a heading if the line stands alone
  and is not next to the number before or after it; `1.2` is one level deeper.
- A line that begins with `-`, `*`, `•` or the like is a list item, and so is one that
  begins with `1.` or `1)`, but not in the middle of a paragraph. Lines below an item
  belong to it.
- `Q:` (`Question:`, `Q1:`, and the same in some other languages) begins a question if
  `A:` (`Answer:`) follows. Indented paragraphs below an answer belong to it.
- A contact is a line that consists of a mail address, a web address or a telephone
  number, with or without a label, or that begins with a label such as `Address:`.
- A line of three or more `-`, `=`, `*`, `_` or `~` is a rule.

A msgid is the text of one such part on one line, without its marker. A translation of a
paragraph or a heading that begins like an item (`2. Dünya Savaşı`, `– Evet`) gets a
no-break space behind that beginning, which makes it a part of the sentence; what cannot
be told apart in this way (`S:...` without a blank, a rule) is refused.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from pipeline import frontmatter
from pipeline.errors import UnfitError
from pipeline.formats import one_line, refuse_oversized
from pipeline.formats.text import lines, show, structure
from pipeline.formats.text.structure import Unit
from pipeline.late import regex
from pipeline.model.article import Article, Segment, Span, Verbatim

_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_FOLD: Final = regex(r"[ \t]*+[\r\n][ \t\r\n]*+|[ \t]{2,}+|\t")


class Text:
    """The format of `.txt` files."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt",)

    def parse(self, text: str, *, path: str, domain: str) -> Article:
        refuse_oversized(text, path=path)
        head = frontmatter.cut(text, path=path)
        meta = dict(head.meta or {})
        title = str(meta["title"]) if "title" in meta else None
        units = structure.units(structure.parts(text, head.end), title)
        spans = (*head.spans, *_spans(text, head.end, units))
        article = Article(path, domain, self.name, spans, meta)
        titles = [unit for unit in article.segments if unit.role == "title"]
        if title is None and titles:
            return replace(article, meta={**meta, "title": titles[0].text})
        return article

    def fit(self, segment: Segment, msgstr: str) -> str:
        if frontmatter.owns(segment):
            return frontmatter.fit(segment, msgstr)
        text = _FOLD.sub(" ", one_line(msgstr))
        if text == segment.text:
            # It stands where it stood, whatever its lines look like.
            return segment.raw if lines.is_bare(text) else text
        kind, length = lines.marker(text)
        if segment.place != "line" and lines.is_bare(text):
            raise UnfitError(
                f"`{text}` makes a rule of its line",
                hint="write it in words",
            )
        if segment.place != "line" or not kind or kind == lines.marker(segment.text)[0]:
            return text
        begin = text[:length].rstrip(" ")
        joined = f"{begin}{_NO_BREAK}{text[length:]}"
        if len(begin) == length or lines.marker(joined)[0]:
            raise UnfitError(
                f"it begins with `{begin or text}`, as a {kind} does",
                hint="begin it with another word",
            )
        return joined

    def shape(self, text: str) -> tuple[str, ...]:
        return tuple(structure.shape(structure.parts(text, frontmatter.end(text))))

    def declare(self, article: Article, locale: str) -> Article:
        del locale
        return article

    def to_html(self, article: Article) -> str:
        return show.to_html(article)

    def to_plain(self, text: str) -> str:
        return text


def _spans(text: str, end: int, units: list[Unit]) -> Iterator[Span]:
    line, counted = 1, 0
    for unit in units:
        part = unit.part
        start, stop = part.start, part.end
        yield Verbatim(text[end:start])
        raw = text[start:stop]
        end = stop
        if unit.role == "rule":
            yield Verbatim(raw)
            continue
        line += text.count("\n", counted, start)
        counted = start
        yield Segment(
            raw=raw,
            text=_FOLD.sub(" ", raw),
            line=line,
            role=unit.role,
            place=_place(unit),
            indent=part.indent,
        )
    yield Verbatim(text[end:])


def _place(unit: Unit) -> str:
    """The list that an item is of; `line` where a marker would make something else."""
    part = unit.part
    if unit.role != "list item":
        return "marked" if part.skip else "line"
    return "ul" if part.number < 0 else f"ol {part.number}"
