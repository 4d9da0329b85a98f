"""
A page as search engines read it: schema.org data in JSON-LD.

`lastReviewed` is the date of the translation's own review, and is absent without one.
"""

from html.parser import HTMLParser
from typing import Final, TypeAlias

from pipeline.model.page import State
from pipeline.render.gate import plain_text
from pipeline.render.library import Edition, Library
from pipeline.render.links import page_url

Data: TypeAlias = dict[str, object]

_QUESTIONS: Final = frozenset({"dt", "summary", "h2", "h3", "h4", "h5", "h6"})
_BREAKING: Final = frozenset(
    "p div li ul ol dd br hr td th tr table blockquote pre details".split()
)
_VOID: Final = frozenset({"br", "hr", "img", "wbr", "col"})


def page_data(edition: Edition, library: Library, *, site: str, body: str) -> Data:
    """The page, its site, its versions, and its questions and answers."""
    url = page_url(library, edition)
    page: Data = {
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": plain_text(edition.title),
        "inLanguage": library.text_locale(edition),
        "isPartOf": {
            "@type": "WebSite",
            "name": site,
            "url": library.site.base_url,
        },
    }
    description = plain_text(edition.text("description"))
    if description:
        page["description"] = description
    if edition.day:
        page["datePublished"] = edition.day.isoformat()
    if edition.reviewed:
        page["lastReviewed"] = edition.reviewed[:10]
    if not library.drafts:
        page |= _versions(edition, library)
    graph: list[Data] = [page]
    questions = edition.faq or faq(body)
    if questions:
        graph.append(
            {
                "@type": "FAQPage",
                "@id": f"{url}#faq",
                "url": url,
                "name": plain_text(edition.title),
                "inLanguage": library.text_locale(edition),
                "mainEntity": [_question(*pair) for pair in questions],
            },
        )
    return {"@context": "https://schema.org", "@graph": graph}


def faq(body: str) -> tuple[tuple[str, str], ...]:
    """
    The questions and answers in an admitted body, as plain text.

    They stand in an element of class `faq`: a question is a term, a summary or a
    heading, the answer is what follows it.
    """
    if 'class="faq"' not in body:
        return ()
    reader = _Faq()
    reader.feed(body)
    reader.close()
    joined = (
        (" ".join("".join(text).split()) for text in pair) for pair in reader.pairs
    )
    pairs = ((question, answer) for question, answer in joined)
    return tuple(
        (question, answer) for question, answer in pairs if question and answer
    )


class _Faq(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pairs: list[tuple[list[str], list[str]]] = []
        self._depth = 0
        self._asking = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKING:
            self.handle_data(" ")
        if tag in _VOID:
            return
        if self._depth or ("class", "faq") in attrs:
            self._depth += 1
        if self._depth and tag in _QUESTIONS:
            self._asking = True
            self.pairs.append(([], []))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKING:
            self.handle_data(" ")
        if tag in _QUESTIONS:
            self._asking = False
        if tag not in _VOID:
            self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        if self._depth and self.pairs:
            self.pairs[-1][0 if self._asking else 1].append(data)


def _question(question: str, answer: str) -> Data:
    return {
        "@type": "Question",
        "name": question,
        "acceptedAnswer": {"@type": "Answer", "text": answer},
    }


def _versions(edition: Edition, library: Library) -> Data:
    """Which page this one translates, or which pages translate it."""
    source = library.find(edition.domain, library.site.source_locale)
    if source is None or edition.state is not State.PUBLISHED:
        return {}
    if source is not edition:
        return {"translationOfWork": {"@id": page_url(library, source)}}
    others = [e for e in library.alternates(edition.domain) if e is not edition]
    if not others:
        return {}
    return {"workTranslation": [{"@id": page_url(library, e)} for e in others]}
