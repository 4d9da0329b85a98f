"""
Markdown: CommonMark with tables, footnotes, strikethrough, task and definition lists,
alerts and heading attributes.

A msgid is the inline Markdown of one block as its author wrote it, on one line: a soft
line break is a blank and a hard one is `<br>`; prefixes of quotes and lists are gone.
Of an image, a link or a tag that stands without words only what people read is
translated: its text, its title, its attributes. So are the titles of definitions that
are used, and the words of HTML blocks as in an HTML article. Code is left alone.

What an author asks for in comments (`directives.py`) is done.
"""

from dataclasses import replace

from pipeline import frontmatter
from pipeline.formats import refuse_oversized
from pipeline.formats.markdown import cut, events, fit, show
from pipeline.formats.markdown.fields import cover
from pipeline.formats.markdown.fit import sure_lines, takes_lines
from pipeline.hypertext.raised import raised
from pipeline.model.article import Article, Segment


class Markdown:
    """The format of `.md` files."""

    name = "markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown")

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
        article = Article(path, domain, self.name, (*head.spans, *body), meta)
        return article if title is not None else self._titled(article)

    def fit(self, segment: Segment, msgstr: str) -> str:
        if frontmatter.owns(segment):
            return frontmatter.fit(segment, msgstr)
        return fit.fit(segment, msgstr)

    takes_lines = staticmethod(takes_lines)
    sure_lines = staticmethod(sure_lines)

    def shape(self, text: str) -> tuple[str, ...]:
        return tuple(events.shape(cover(text[frontmatter.end(text) :])))

    def declare(self, article: Article, locale: str) -> Article:
        del locale
        return article

    def to_html(self, article: Article) -> str:
        return show.to_html(article)

    def to_plain(self, text: str) -> str:
        return cut.to_plain(raised(text))

    def _titled(self, article: Article) -> Article:
        for segment in article.segments:
            if segment.role == "title":
                title = self.to_plain(segment.text)
                return replace(article, meta={**article.meta, "title": title})
        return article
