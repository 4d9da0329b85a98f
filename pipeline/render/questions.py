"""
The questions and answers in an article, as search engines read them.

A question is plain text. An answer is HTML of the few tags that Google reads in the
text of an `Answer` (its page on FAQ data): without them, the items of a list would run
into one another. Whatever else parts words is a block of its own.
"""

from html import escape, unescape
from typing import Final
from urllib.parse import urldefrag, urljoin

from pipeline.hypertext.raised import raised
from pipeline.late import regex

_TOKEN: Final = regex(r"([^<]+)|<(/?)([a-z0-9]+)([^>]*)>")
_ASKING: Final = frozenset({"dt", "summary", "h2", "h3", "h4", "h5", "h6"})
_READ: Final = ("p", "ul", "ol", "li", "br", "a", "b", "strong", "i", "em")
_BLOCKS: Final = (
    "div section dd dl blockquote pre figure figcaption address details table caption "
    "tr"
).split()
_WRITTEN: Final = {tag: tag for tag in _READ} | dict.fromkeys(_BLOCKS, "div")
"""The tags that search engines read in an answer, and what stands for others."""

_INLINE: Final = frozenset({"a", "b", "strong", "i", "em", "br"})
_VOID: Final = frozenset({"br", "hr", "img", "wbr", "col"})
_CELLS: Final = frozenset({"td", "th"})
_UNSAID: Final = frozenset({"del", "s"})
_COUNTED: Final = _CELLS | _UNSAID | {"tr"}
_BREAKING: Final = frozenset(_WRITTEN) - _INLINE | {"br", "hr", *_CELLS}
_HREF: Final = regex(r' href="([^"]*)"')
_WHOLE: Final = regex(r"https?://[a-z0-9.-]+/[A-Za-z0-9_./-]*")
_NOTE: Final = regex(r'<sup><a(?: [a-z-]+="[^"]*")*? id="fnref-[^>]*>[^<]*</a></sup>')
_EMPTY: Final = regex(r"<(div|p|li|ul|ol|b|strong|i|em|a)(?: [^>]*)?> ?</\1>")
_FRAME: Final = regex("<(div|p)>")
_FRAMES: Final = {"div": regex("<(/?)div>"), "p": regex("<(/?)p>")}
_BLANKS: Final = regex(r"[ \t\r\n\f]+")
_BLOCK_TAG: Final = regex(r"(</?(?:p|ul|ol|li|div)>|<br>)")


def questions(body: str, *, page: str) -> tuple[tuple[str, str], ...]:
    """
    The questions in an admitted body as plain text, and their answers as HTML.

    They stand in an element of class `faq`: a question is a term, a summary or a
    heading, the answer is what follows it. `page` is the page's absolute address, from
    which links are made absolute.
    """
    start = body.find(' class="faq"')
    if start < 0:
        return ()
    reader = _Reader(page)
    part = raised(_NOTE.sub("", body[body.rindex("<", 0, start) :]))
    reader.read(part)
    pairs = ((each.text(), each.answer()) for each in reader.found)
    return tuple(
        (question, answer) for question, answer in pairs if question and answer
    )


def as_answer(text: str) -> str:
    """A plain text as an answer is written."""
    return escape(text, quote=False)


def _unframed(html: str) -> str:
    """An answer without the blocks that are around all of it."""
    start = _FRAME.match(html)
    while start:
        depth = 0
        for tag in _FRAMES[start[1]].finditer(html):
            depth += -1 if tag[1] else 1
            if not depth:
                break
        else:
            return html
        if tag.end() != len(html):
            return html
        html = html[start.end() : tag.start()].strip()
        start = _FRAME.match(html)
    return html


class _Question:
    """A question, and the pieces of its answer."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.said: list[str] = []
        self.opened: list[str] = []

    def text(self) -> str:
        return " ".join("".join(self.asked).split())

    def answer(self) -> str:
        ends = [f"</{tag}>" for tag in reversed(self.opened) if tag]
        pieces = _BLOCK_TAG.split("".join(self.said + ends))
        html = "".join([piece.strip(" \t\r\n\f") for piece in pieces])
        if "  " in html or any(map(html.__contains__, "\t\r\n\f")):
            html = _BLANKS.sub(" ", html)
        before = ""
        while html != before:
            before, html = html, _EMPTY.sub("", html)
        return _unframed(html.strip())


class _Reader:
    """Reads an admitted body, token by token; such a body is regular."""

    def __init__(self, page: str) -> None:
        self.found: list[_Question] = []
        self._page = page
        self._depth = 0
        self._unsaid = 0
        self._cells = 0
        self._asking = False
        self._asked = ""
        """The tag of the last question."""

    def read(self, body: str) -> None:
        for text, closing, tag, attributes in _TOKEN.findall(body):
            if not self._depth:
                if closing or text or 'class="faq"' not in attributes:
                    continue
                self._open(tag, attributes)
            elif text:
                self._add(text)
            elif closing:
                self._close(tag)
            else:
                self._open(tag, attributes)

    def _add(self, text: str) -> None:
        if not self.found or self._unsaid:
            return
        if self._asking:
            self.found[-1].asked.append(unescape(text))
        elif "&" in text or ">" in text:
            self.found[-1].said.append(as_answer(unescape(text)))
        else:
            self.found[-1].said.append(text)

    def _open(self, tag: str, attributes: str) -> None:
        if tag in _VOID:
            self._add_tag(tag, "<br>" if tag == "br" else "")
            return
        self._depth += 1
        if tag in _ASKING:
            self._ask(tag)
            return
        written = _WRITTEN.get(tag, "")
        opening = f"<{written}>" if written else ""
        if tag == "a":
            link = _HREF.search(attributes)
            written = "a" if link else ""
            opening = f'<a href="{self._absolute(link[1])}">' if link else ""
        elif tag in _COUNTED:
            self._count(tag)
        self._add_tag(tag, opening)
        if self.found and not self._asking:
            self.found[-1].opened.append(written)

    def _ask(self, tag: str) -> None:
        question = _Question()
        if tag == self._asked == "dt" and not "".join(self.found[-1].said).strip():
            # Terms that stand together have what follows in common.
            question.said = self.found[-1].said
            question.opened = self.found[-1].opened
        self.found.append(question)
        self._asking, self._asked = True, tag

    def _count(self, tag: str) -> None:
        """What is taken back opens, or a part of a table."""
        if tag in _UNSAID:
            self._unsaid += 1
        elif tag == "tr":
            self._cells = 0
        else:
            self._cells += 1
            self._add("; " if self._cells > 1 else "")

    def _close(self, tag: str) -> None:
        self._depth -= 1
        if tag in _ASKING:
            self._asking = False
            return
        self._unsaid -= tag in _UNSAID
        written = ""
        # What was opened before the question belongs to none.
        if self.found and not self._asking and self.found[-1].opened:
            written = self.found[-1].opened.pop()
        self._add_tag(tag, f"</{written}>" if written else "")

    def _add_tag(self, tag: str, written: str) -> None:
        if not self.found:
            return
        if self._asking:
            self.found[-1].asked.append(" " if tag in _BREAKING else "")
        else:
            self.found[-1].said.append(written)

    def _absolute(self, raw: str) -> str:
        if _WHOLE.fullmatch(raw):  # Most links, which need not be taken apart.
            return raw.removesuffix("index.html")
        address, fragment = urldefrag(urljoin(self._page, unescape(raw)))
        end = f"#{fragment}" if fragment else ""
        return escape(address.removesuffix("index.html") + end)
