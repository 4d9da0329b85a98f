"""
Whether an edition has nothing else to say of others than at the last build.

After a small edit that is told by the few articles that were saved. A key of all that
each page says of others would take longer than all that is made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cached_property

from pipeline.late import dataclass
from pipeline.render.library import Edition, Library, Neighbours
from pipeline.render.lists import RELATED
from pipeline.render.topics import topics_of
from pipeline.store.ledger import Ledger, Made


@dataclass
class Surroundings:
    """The editions of a library, beside those of the last build."""

    library: Library
    before: Ledger
    concerned: Mapping[str, Sequence[str]] | None
    """The locales by domain in which an article may be another; None: not known."""

    _near: dict[str, Neighbours] = field(default_factory=dict, init=False)
    """By locale, as it was."""

    def hold(self, edition: Edition, made: Made) -> bool:
        """
        Whether nothing of what `around.py` tells can be another; if not, ask it.

        `made` is what the last build made of the edition, in whose locale the words of
        the templates are the same.
        """
        domain = edition.domain
        if not self._are_comparable or domain in self._turned:
            return False
        if not edition.is_mail:
            near = self.library.neighbours(edition.locale).of(domain, RELATED)
            before = self._before(edition.locale).of(domain, RELATED)
            if near != before or not self._turned.isdisjoint(near):
                return False
        return all(self._leads_to_the_same(path) for path, _ in made.targets)

    def _leads_to_the_same(self, path: str) -> bool:
        """Whether a link is to an article of which all is as it was."""
        domain = self.library.paths.get(path)
        return domain is not None and domain not in self._turned

    def _before(self, locale: str) -> Neighbours:
        if locale not in self._near:
            shelves = self.before.order.shelves if self.before.order else {}
            self._near[locale] = Neighbours(shelves.get(locale, {}))
        return self._near[locale]

    @cached_property
    def _are_comparable(self) -> bool:
        """Whether all that any page may say of the whole site is the same."""
        before, now = self.before.order, self.library.order
        if before is None or self.concerned is None or self.library.find_one:
            return False  # Nor is there a glance at all editions where none is told.
        names = {
            locale: {address: list(name) for address, name in named.items()}
            for locale, named in topics_of(self.library).names().items()
        }
        return (
            before.shelves.keys() == now.shelves.keys()
            and list(before.news) == list(now.news)
            and before.topics == names
        )

    @cached_property
    def _turned(self) -> frozenset[str]:
        """The domains of which something may be another in any locale."""
        made, find = self.before.made, self.library.find
        come = (
            edition.domain
            for edition in self.library.editions
            if f"{edition.locale}/{edition.domain}" not in made
        )
        # Lists are among what was made; no article has a domain like theirs.
        names = (name.partition("/") for name in made)
        gone = (domain for tag, _, domain in names if find(domain, tag) is None)
        return frozenset({*(self.concerned or ()), *come, *gone})
