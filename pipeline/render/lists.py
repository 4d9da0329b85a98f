"""What stands in lists: the articles of a locale by section, and what to read next."""

from pipeline.cldr import direction
from pipeline.render.library import Edition, Library
from pipeline.render.links import page_path, relative_url
from pipeline.render.views import CardView, SectionView


def card_view(edition: Edition, library: Library, *, start: str) -> CardView:
    """An article as a list on the page `start` shows it."""
    spoken = library.text_locale(edition)
    return CardView(
        title=edition.heading,
        description=edition.text("description"),
        url=relative_url(page_path(edition), start=start),
        date=edition.day,
        section=edition.text("section"),
        locale=spoken,
        dir=direction(spoken),
    )


def section_views(
    locale: str, library: Library, *, start: str
) -> tuple[SectionView, ...]:
    """The articles of a locale by section, in the library's order."""
    return tuple(
        SectionView(
            shelf[0].text("section"),
            tuple(card_view(edition, library, start=start) for edition in shelf),
        )
        for shelf in library.shelves(locale)
    )
