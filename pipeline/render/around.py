"""
What a page or a mail says of others, in short: where that is the same, and the edition
itself, and the templates, so is what is rendered.

After each edit all pages are asked for it, so it is found without any body, and without
making what the templates see.
"""

from collections.abc import Iterable, Iterator

from pipeline.render.cards import card_face
from pipeline.render.library import Edition, Library
from pipeline.render.links import link_answer
from pipeline.render.lists import RELATED
from pipeline.render.theme import Theme
from pipeline.render.topics import topics_of
from pipeline.render.views import site_view

_ANYWHERE = "locale/slug/index.html"
"""Links to what belongs to the site are the same from all pages of a locale."""


class Around:
    """What the editions of one library say of one another."""

    def __init__(self, library: Library, theme: Theme) -> None:
        self._library = library
        self._theme = theme
        # Each is asked for by many pages.
        self._sites: dict[str, str] = {}
        self._versions: dict[str, str] = {}
        self._cards: dict[tuple[str, str], str] = {}

    def of(self, edition: Edition, targets: Iterable[tuple[str, bool]]) -> str:
        """All that is said of others; `targets` is what the edition links."""
        return "\0".join(self._parts(edition, targets))

    def _parts(
        self, edition: Edition, targets: Iterable[tuple[str, bool]]
    ) -> Iterator[str]:
        yield self._site(edition.locale)
        yield self._of_versions(edition.domain)
        if not edition.is_mail:
            for topic in topics_of(self._library).of(edition):
                yield f"{topic.kind}/{topic.slug} {topic.name_locale} {topic.name}"
            locale = edition.locale
            near = self._library.neighbours(locale).of(edition.domain, RELATED)
            yield from filter(None, (self._card(each, locale) for each in near))
        for path, part in targets:
            answer = link_answer(self._library, edition.locale, path, part=part)
            yield repr(answer)

    def _site(self, locale: str) -> str:
        if locale not in self._sites:
            view = site_view(self._library, self._theme, locale, path=_ANYWHERE)
            self._sites[locale] = repr(view)
        return self._sites[locale]

    def _of_versions(self, domain: str) -> str:
        """Their addresses, and which of them are told of."""
        if domain not in self._versions:
            self._versions[domain] = repr(
                [
                    (each.locale, each.slug, str(each.state), each.is_mail)
                    for each in self._library.versions(domain)
                ]
            )
        return self._versions[domain]

    def _card(self, domain: str, locale: str) -> str:
        """Empty where it does not go out."""
        key = (domain, locale)
        card = self._cards.get(key)
        if card is None:
            edition = self._library.find(domain, locale)
            card = self._cards[key] = card_face(edition) if edition else ""
        return card
