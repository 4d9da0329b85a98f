"""
The cards of lists, as text: a list of a thousand is not filled anew for one of them.

The text of a card follows from the card and the view of the site alone, where its
template asks for nothing else. What it was for the same is taken as it is, also from
the last build; a card whose text is known is never made.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from hashlib import blake2b
from typing import Final, cast

from pipeline.cldr import direction
from pipeline.late import dataclass
from pipeline.model.page import State
from pipeline.render.addresses import page_path, relative_url
from pipeline.render.alphabet import Key, alphabetical
from pipeline.render.library import Edition, Library
from pipeline.render.listed import ListedCard, Seen, Texts
from pipeline.render.views import CardView, SiteView

TextsBySite = dict[str, Texts]
"""Of cards of one locale, by the view of the site."""


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


def near_card(edition: Edition, library: Library) -> CardView:
    """An article as the pages of others in its language show it: all in one way."""
    known = library.remembered.setdefault("near cards", {})
    assert isinstance(known, dict)  # noqa: S101 - nobody else calls it so
    key = (edition.domain, edition.locale)
    card = known.get(key)
    if card is None:
        if len(known) >= _KEPT:
            known.clear()
        start = f"{edition.locale}/-/index.html"
        card = known[key] = card_view(edition, library, start=start)
    return cast("CardView", card)


_KEPT: Final = 512
"""Cards that are remembered: those who show one are made one after the other."""


def card_face(edition: Edition) -> str:
    """
    The key of all that `card_view` is made of, but for the locale and the place of the
    list.
    """
    return card_key(
        edition.slug,
        edition.state,
        edition.title,
        edition.article.meta,
        foreign=edition.foreign,
    )


def card_key(
    slug: str,
    state: State,
    title: str,
    meta: Mapping[str, object],
    *,
    foreign: Iterable[str],
) -> str:
    """The same of what is known of an edition before it is made."""
    value = meta.get
    face = repr(
        (
            slug,
            str(state),
            title,
            value("description"),
            value("date"),
            value("section"),
            sorted(foreign),
        )
    )
    data = face.encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=16).hexdigest()


@dataclass(slots=True)
class Cards:
    """The cards of one locale."""

    locale: str
    load: Callable[[], TextsBySite] | None = None
    """Finds the texts of the last build, which are of the same templates and words."""

    _known: int = field(default=0, init=False)
    """How many texts."""

    _texts: TextsBySite = field(default_factory=dict, init=False)
    _faces: dict[str, str] = field(default_factory=dict, init=False)
    _keys: dict[str, Key] = field(default_factory=dict, init=False)
    _seen: dict[str, Seen] = field(default_factory=dict, init=False)

    def on(self, site: SiteView, library: Library, *, start: str) -> Seen:
        """The cards on the page `start`, and on all that see the site in this way."""
        if self.load is not None:
            self._texts, self.load = self.load(), None
            self._known = self._count()
        key = repr(site)
        if key not in self._seen:

            def make(domain: str) -> CardView:
                edition = library.find(domain, self.locale)
                assert edition is not None  # noqa: S101 - lists have nothing else
                return card_view(edition, library, start=start)

            self._seen[key] = Seen(site, self._texts.setdefault(key, {}), make)
        return self._seen[key]

    def card(self, domain: str, seen: Seen, library: Library) -> ListedCard:
        """An article in a list on a page from which the site is so seen."""
        return ListedCard(seen, self.face(domain, library), domain)

    def face(self, domain: str, library: Library) -> str:
        """Of each article it is found once."""
        known = self._faces.get(domain)
        if known is None:
            known = self._faces[domain] = _face(domain, self.locale, library)
        return known

    def by_title(self, edition: Edition) -> tuple[Key, str]:
        """The order of an edition among others, by the alphabet."""
        known = self._keys.get(edition.domain)
        if known is None:
            known = alphabetical(edition.heading, edition.locale)
            self._keys[edition.domain] = known
        return known, edition.domain

    @property
    def are_more(self) -> bool:
        """Whether there are texts that were not known."""
        return self._count() > self._known

    def _count(self) -> int:
        return sum(map(len, self._texts.values()))

    def texts(self) -> TextsBySite:
        """What the next build may know: without those that nobody asks for any more."""
        for key, seen in self._seen.items():
            if len(seen.texts) > 2 * len(seen.shown):
                self._texts[key] = {face: seen.texts[face] for face in seen.shown}
        return self._texts

    def clear(self) -> None:
        """Forget all of them."""
        for each in (self._texts, self._faces, self._keys, self._seen):
            each.clear()


def _face(domain: str, locale: str, library: Library) -> str:
    if library.card_of is not None:
        return library.card_of(domain, locale)
    edition = library.find(domain, locale)
    assert edition is not None  # noqa: S101 - lists have nothing else
    return card_face(edition)


def cards_of(library: Library, locale: str) -> Cards:
    """Of one locale at a time: those of all would be more than all else of a build."""
    known = library.remembered.get("cards")
    if not isinstance(known, Cards) or known.locale != locale:
        known = library.remembered["cards"] = Cards(locale)
    return known


def learn_cards(library: Library, cards: Cards) -> None:
    """Tell a library of what is known of the cards of a locale."""
    library.remembered["cards"] = cards


def forget_cards(library: Library) -> None:
    """Let go of what is known of cards, which know the library too."""
    known = library.remembered.pop("cards", None)
    if isinstance(known, Cards):
        # They know each other: else nobody would miss them for long.
        known.clear()
