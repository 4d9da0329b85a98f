"""What stands in lists: the articles of a locale by section, and what to read next."""

from pipeline.cldr import direction
from pipeline.render.gate import plain_text
from pipeline.render.library import Edition, Library
from pipeline.render.links import page_path, relative_url
from pipeline.render.views import CardView, SectionView


def card_view(edition: Edition, library: Library, *, start: str) -> CardView:
    """An article as a list on the page `start` shows it."""
    spoken = library.text_locale(edition)
    return CardView(
        title=plain_text(edition.title),
        description=plain_text(edition.text("description")),
        url=relative_url(page_path(edition), start=start),
        date=edition.day,
        section=plain_text(edition.text("section")),
        locale=spoken,
        dir=direction(spoken),
    )


def section_views(
    editions: tuple[Edition, ...], library: Library, *, start: str
) -> tuple[SectionView, ...]:
    """
    The articles of a list by section, newest first.

    Sections stand in the order of their newest article, in every language alike.
    """
    groups: dict[str, list[Edition]] = {}
    for edition in sorted(editions, key=newest_first):
        source = library.find(edition.domain, library.site.source_locale) or edition
        groups.setdefault(source.text("section"), []).append(edition)
    unsorted = groups.pop("", [])
    ordered = [*groups.values(), *([unsorted] if unsorted else [])]
    return tuple(
        SectionView(
            plain_text(group[0].text("section")),
            tuple(card_view(edition, library, start=start) for edition in group),
        )
        for group in ordered
    )


def newest_first(edition: Edition) -> tuple[int, str]:
    """The order of articles in a list; those without a date come last."""
    return (-(edition.day.toordinal() if edition.day else 0), edition.domain)


def related(edition: Edition, library: Library) -> tuple[Edition, ...]:
    """Up to three other articles: of the same section or tags first."""
    tags = set(edition.tags)
    section = edition.text("section")

    def distance(other: Edition) -> tuple[int, int, str]:
        near = len(tags & set(other.tags)) + int(other.text("section") == section)
        return (-near, *newest_first(other))

    others = (e for e in library.pages(edition.locale) if e.domain != edition.domain)
    return tuple(sorted(others, key=distance)[:3])
