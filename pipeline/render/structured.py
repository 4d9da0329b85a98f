"""
A page as search engines read it: schema.org data in JSON-LD.

`lastReviewed` is the date of the translation's own review, `reviewedBy` whose it was;
both are absent where not all of it was approved. The publisher is the site.
"""

from typing import TypeAlias
from urllib.parse import quote

from pipeline.model.page import State
from pipeline.render.addresses import index_url, page_url, path_url
from pipeline.render.library import Edition, Library
from pipeline.render.pictures import PictureView
from pipeline.render.questions import as_answer, questions
from pipeline.render.summary import summary
from pipeline.render.topics import topics_of
from pipeline.render.words import plain_text

Data: TypeAlias = dict[str, object]


def page_data(
    edition: Edition,
    library: Library,
    *,
    site: str,
    body: str,
    picture: PictureView | None,
) -> Data:
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
        **_makers(edition, library, site=site),
    }
    description = summary(edition, body)
    if description:
        page["description"] = description
    if edition.day:
        page["datePublished"] = edition.day.isoformat()
    if edition.updated:
        page["dateModified"] = edition.updated.isoformat()
    if picture is not None:
        page["image"] = picture.url
    if edition.reviewed:
        page["lastReviewed"] = edition.reviewed[:10]
        people = [_person(*each) for each in edition.reviewers]
        if people:
            page["reviewedBy"] = people if len(people) > 1 else people[0]
    page |= page_relations(edition, library)
    graph: list[Data] = [page]
    given = tuple((asked, as_answer(said)) for asked, said in edition.faq)
    answered = given or questions(body, page=url)
    if answered:
        graph.append(
            {
                "@type": "FAQPage",
                "@id": f"{url}#faq",
                "url": url,
                "name": edition.heading,
                "inLanguage": spoken,
                "mainEntity": [_question(*pair) for pair in answered],
            },
        )
    graph.append(_path(edition, library, site=site))
    return {"@context": "https://schema.org", "@graph": graph}


def _makers(edition: Edition, library: Library, *, site: str) -> Data:
    """
    Who publishes the page and who wrote it.

    An author in the front matter may be a person or a team: the name stands as it is.
    Without one, the text is the publisher's.
    """
    top = library.site.base_url
    publisher: Data = {
        "@type": "Organization",
        "@id": f"{top}#publisher",
        "name": site,
        "url": top,
    }
    if library.site.logo:
        publisher["logo"] = f"{top}{quote(library.site.logo)}"
    author = edition.text("author")
    written = author if author not in {"", site} else {"@id": publisher["@id"]}
    return {"publisher": publisher, "author": written}


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
