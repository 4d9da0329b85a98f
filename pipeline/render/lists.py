"""What stands in lists: the articles of a locale by section, and what to read next."""

from pipeline.cldr import direction
from pipeline.render.library import Edition, Library
from pipeline.render.links import page_path, relative_url
from pipeline.render.views import CardView, SectionView


def card_view(edition: Edition, library: Library, *, start: str) -> CardView:
    """An article as a list on the page `start` shows it."""
    spoken, source = library.text_locale(edition), library.site.source_locale
    return CardView(
        title=edition.heading,
        description=edition.text("description"),
        url=relative_url(page_path(edition), start=start),
        date=edition.day,
        section=edition.text("section"),
        locale=spoken,
        dir=direction(spoken),
        source_locale=source,
        source_dir=direction(source),
        foreign=edition.foreign,
    )


def section_views(
    locale: str, library: Library, *, start: str
) -> tuple[SectionView, ...]:
    """The articles of a locale by section, in the library's order."""
    return tuple(
        _section_view(shelf, locale, library, start)
        for shelf in library.shelves(locale)
    )


def _section_view(
    shelf: tuple[Edition, ...], locale: str, library: Library, start: str
) -> SectionView:
    """A section under its own name in the locale, if any of its articles has one."""

    def is_named(edition: Edition) -> bool:
        is_own = library.text_locale(edition) == locale
        return is_own and "section" not in edition.foreign

    named = next(filter(is_named, shelf), None)
    spoken = locale if named else library.site.source_locale
    return SectionView(
        (named or shelf[0]).text("section"),
        tuple(card_view(edition, library, start=start) for edition in shelf),
        spoken,
        direction(spoken),
    )
