"""
HTML: whole documents or fragments, as they are found in the wild.

A msgid is the content of one block with its inline tags, blanks as one blank. Character
references are decoded, but for those of `&`, `<`, `>`, of braces and of characters that
cannot be seen (`&nbsp;`, `&shy;`): these stay as they are written. The values of `alt`,
`title`, `placeholder` and `aria-label` are segments where the tag is not part of one;
they and `<title>` are decoded altogether. Scripts, styles, `<pre>`, embedded media and
what says `translate="no"` are left alone, and so is what an author asks for in comments
(`directives.py`).

The title is that of the front matter, which an HTML file may begin with, else the first
`<h1>`, else `<title>`; the description is the front matter's or that of `<meta>`.
"""

from pipeline import frontmatter
from pipeline.formats import one_line, refuse_oversized
from pipeline.formats.html import cut, language, show
from pipeline.hypertext import fit
from pipeline.hypertext.cut import to_plain
from pipeline.hypertext.raised import raised
from pipeline.model.article import Article, Segment


class Html:
    """The format of `.html` files."""

    name = "html"
    suffixes: tuple[str, ...] = (".html", ".htm")

    def parse(self, text: str, *, path: str, domain: str) -> Article:
        refuse_oversized(text, path=path)
        head = frontmatter.cut(text, path=path)
        meta = dict(head.meta or {})
        title = str(meta["title"]) if "title" in meta else None
        body = cut.cut(
            text[head.end :],
            path=path,
            line=text.count("\n", 0, head.end) + 1,
            title=title,
        )
        # A heading comes before the `<title>` above it.
        found = (span for span in body if isinstance(span, Segment))
        for segment in sorted(found, key=lambda segment: segment.place != "title"):
            if segment.role in {"title", "description"}:
                plain = self._plain(segment)
                meta.setdefault(segment.role, plain)
        return Article(path, domain, self.name, (*head.spans, *body), meta)

    def fit(self, segment: Segment, msgstr: str) -> str:
        if frontmatter.owns(segment):
            return frontmatter.fit(segment, msgstr)
        return fit.fit(segment.place, segment.text, one_line(msgstr))

    def shape(self, text: str) -> tuple[str, ...]:
        return fit.shape(text[frontmatter.end(text) :])

    def declare(self, article: Article, locale: str) -> Article:
        return language.declare(article, locale)

    def to_html(self, article: Article) -> str:
        return show.to_html(article)

    def to_plain(self, text: str) -> str:
        return to_plain(raised(text))

    def _plain(self, segment: Segment) -> str:
        # Attributes and `<title>` hold no tags.
        is_markup = segment.place in {"text", "title"}
        return self.to_plain(segment.text) if is_markup else segment.text
