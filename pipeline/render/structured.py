"""
A page as search engines read it: schema.org data in JSON-LD.

`lastReviewed` is the date of the translation's own review, `reviewedBy` whose it was;
both are absent where not all of it was approved.
"""

from html import unescape
from typing import Final, TypeAlias

from pipeline.late import regex
from pipeline.model.page import State
from pipeline.render.gate import plain_text
from pipeline.render.library import Edition, Library
from pipeline.render.links import index_url, page_url, path_url
from pipeline.render.pictures import first_picture
from pipeline.render.summary import summary
from pipeline.render.topics import topics_of

Data: TypeAlias = dict[str, object]

_TOKEN: Final = regex(r"([^<]+)|<(/?)([a-z0-9]+)([^>]*)>")
_QUESTIONS: Final = frozenset({"dt", "summary", "h2", "h3", "h4", "h5", "h6"})
_BREAKING: Final = frozenset(
    "p div li ul ol dd br hr td th tr table blockquote pre details".split()
)
_VOID: Final = frozenset({"br", "hr", "img", "wbr", "col"})


def page_data(edition: Edition, library: Library, *, site: str, body: str) -> Data:
    """The page, its site, its versions, and its questions and answers."""
    url = page_url(library, edition)
    spoken: str | list[str] = library.text_locale(edition)
    if edition.state is State.PARTIAL:
        spoken = [edition.locale, library.site.source_locale]
    page: Data = {
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": edition.heading,
        "inLanguage": spoken,
        "isPartOf": {
            "@type": "WebSite",
            "name": site,
            "url": library.site.base_url,
        },
    }
    description = summary(edition, body)
    if description:
        page["description"] = description
    if edition.day:
        page["datePublished"] = edition.day.isoformat()
    if edition.updated:
        page["dateModified"] = edition.updated.isoformat()
    picture = first_picture(body, page=url)
    if picture is not None:
        page["image"] = picture.url
    if edition.reviewed:
        page["lastReviewed"] = edition.reviewed[:10]
        people = [_person(*each) for each in edition.reviewers]
        if people:
            page["reviewedBy"] = people if len(people) > 1 else people[0]
    page |= page_relations(edition, library)
    graph: list[Data] = [page]
    questions = edition.faq or faq(body)
    if questions:
        graph.append(
            {
                "@type": "FAQPage",
                "@id": f"{url}#faq",
                "url": url,
                "name": edition.heading,
                "inLanguage": spoken,
                "mainEntity": [_question(*pair) for pair in questions],
            },
        )
    graph.append(_path(edition, library, site=site))
    return {"@context": "https://schema.org", "@graph": graph}


def _path(edition: Edition, library: Library, *, site: str) -> Data:
    """The way to the page from the list of articles, by its section."""
    steps: list[Data] = [{"name": site, "item": index_url(library, edition.locale)}]
    section = next((t for t in topics_of(library).of(edition) if t.is_section), None)
    if section is not None:
        steps.append({"name": section.name, "item": path_url(library, section.path)})
    steps.append({"name": edition.heading, "item": page_url(library, edition)})
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place} | step
            for place, step in enumerate(steps, 1)
        ],
    }


def faq(body: str) -> tuple[tuple[str, str], ...]:
    """
    The questions and answers in an admitted body, as plain text.

    They stand in an element of class `faq`: a question is a term, a summary or a
    heading, the answer is what follows it.
    """
    start = body.find(' class="faq"')
    if start < 0:
        return ()
    reader = _Faq()
    for match in _TOKEN.finditer(body, body.rindex("<", 0, start)):
        reader.read(*match.groups(default=""))
    joined = (
        (" ".join("".join(text).split()) for text in pair) for pair in reader.pairs
    )
    pairs = ((question, answer) for question, answer in joined)
    return tuple(
        (question, answer) for question, answer in pairs if question and answer
    )


class _Faq:
    """Reads an admitted body, token by token; such a body is regular."""

    def __init__(self) -> None:
        self.pairs: list[tuple[list[str], list[str]]] = []
        self._depth = 0
        self._asking = False

    def read(self, text: str, closing: str, tag: str, attributes: str) -> None:
        if text or tag in _BREAKING:
            self._add(unescape(text) or " ")
        if not tag or tag in _VOID:
            return
        if closing:
            self._asking &= tag not in _QUESTIONS
            self._depth = max(0, self._depth - 1)
        elif self._depth or 'class="faq"' in attributes:
            self._depth += 1
            if tag in _QUESTIONS:
                self._asking = True
                self.pairs.append(([], []))

    def _add(self, text: str) -> None:
        if self._depth and self.pairs:
            self.pairs[-1][0 if self._asking else 1].append(text)


def _person(name: str, role: str) -> Data:
    person: Data = {"@type": "Person", "name": plain_text(name)}
    return person | ({"jobTitle": plain_text(role)} if role else {})


def _question(question: str, answer: str) -> Data:
    return {
        "@type": "Question",
        "name": question,
        "acceptedAnswer": {"@type": "Answer", "text": answer},
    }


def page_relations(edition: Edition, library: Library) -> Data:
    """Which page this one translates, or which pages translate it; in no draft."""
    if library.drafts:
        return {}
    source = library.find(edition.domain, library.site.source_locale)
    if source is None or edition.state is not State.PUBLISHED:
        return {}
    if not source.is_same(edition):
        return {"translationOfWork": {"@id": page_url(library, source)}}
    others = [e for e in library.alternates(edition.domain) if not e.is_same(edition)]
    if not others:
        return {}
    return {"workTranslation": [{"@id": page_url(library, e)} for e in others]}
