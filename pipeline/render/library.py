"""
What is rendered: the editions of every article, and the library they stand in.

An edition is one article in one locale. The library knows all editions that go out, so
that a page can name its other languages, its neighbours and the targets of its links.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from itertools import accumulate, chain
from typing import Final, Protocol, TypeAlias

from pipeline.cldr import PSEUDO_LOCALES
from pipeline.late import dataclass
from pipeline.model.article import Article
from pipeline.model.page import State
from pipeline.model.site import Site
from pipeline.render.alphabet import Key, alphabetical
from pipeline.render.words import plain_text
from pipeline.slugs import composed, one_by_form


@dataclass(frozen=True, slots=True)
class Edition:
    """One article in one locale, as it goes out."""

    article: Article
    """Localized: its front matter is in the edition's language. For an edition that is
    only referred to, the spans may be left out."""

    locale: str
    slug: str
    title: str
    """Plain text: front matter `title`, else the first heading."""

    html: str = ""
    """The body as the format made it: not trusted. Empty if only referred to."""

    faq: tuple[tuple[str, str], ...] = ()
    """Questions and answers as plain text, for search engines; taken from the body
    where they are not given."""

    reviewed: str | None = None
    """The date (ISO 8601) since which people have approved all of this translation:
    that of its oldest approval; None where not every message of it was approved."""

    reviewers: tuple[tuple[str, str], ...] = ()
    """Who approved it, each with the role."""

    kept: str = ""
    """The date since which this text is out, where its original is newer."""

    approved: bool | None = None
    """Whether people approved all that is translated; None: as the site requires."""

    foreign: frozenset[str] = frozenset()
    """What of the front matter stands in the source's words though the body is
    translated in part: `title`, `description`, `section`..."""

    state: State = State.PUBLISHED
    version: str = ""
    """Tells one content from another."""

    def is_same(self, other: "Edition") -> bool:
        """Whether it is this article in this locale, with its body or without."""
        return (self.domain, self.locale) == (other.domain, other.locale)

    @property
    def domain(self) -> str:
        return self.article.domain

    @property
    def is_mail(self) -> bool:
        return self.article.kind == "mail"

    @property
    def day(self) -> date | None:
        """The date of the front matter, if it is one."""
        return _day(self.article.meta.get("date"))

    @property
    def updated(self) -> date | None:
        """The day of its last change, where the front matter has one, and a later."""
        updated = _day(self.article.meta.get("updated"))
        return updated if updated and updated > (self.day or date.min) else None

    def text(self, key: str) -> str:
        """A value of the front matter as plain text; nothing where there is none."""
        value = self.article.meta.get(key)
        return "" if value is None else plain_text(str(value), locale=self.locale)

    @property
    def heading(self) -> str:
        """The title as it is shown."""
        return plain_text(self.title, locale=self.locale)

    @property
    def tags(self) -> tuple[str, ...]:
        value = self.article.meta.get("tags")
        if isinstance(value, str):
            value = value.split(",")
        if not isinstance(value, list | tuple):
            return ()
        tags = (plain_text(str(tag), locale=self.locale) for tag in value)
        return tuple(tag for tag in tags if tag)


Versions: TypeAlias = tuple[Edition, ...]
"""Editions of one article."""

_KEPT: Final = 64
"""Articles of which the versions are remembered: their pages are made together."""


def _day(value: object) -> date | None:
    if not value:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def newest_first(edition: Edition) -> tuple[int, Key, str]:
    """The order of articles in a list; those without a date are last, from A to Z."""
    if edition.day:
        return (-edition.day.toordinal(), _SAME, edition.domain)
    return (0, alphabetical(edition.heading, edition.locale), edition.domain)


_SAME: Final[Key] = ((), "", "")
"""What is of one day is not looked at by its words: that is work for each page."""


def title_of(article: Article) -> str:
    """The title of what goes out: of the front matter, else the name of the file."""
    return str(article.meta.get("title") or article.stem)


@dataclass(frozen=True, slots=True)
class Redirect:
    """A slug under which an edition was out before."""

    locale: str
    slug: str
    domain: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A tag or a section that had a page before, by its address."""

    locale: str
    kind: str
    slug: str


class Files(Protocol):
    """What is known of the files that articles show or link."""

    def digest(self, path: str) -> str:
        """Tells one content of the file from another; hexadecimal."""

    def size(self, path: str) -> tuple[int, int] | None:
        """Width and height in pixels, if it is a picture."""

    def runs_code(self, path: str) -> bool:
        """Whether a browser that opens it would run what it says."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An address at which a page was, and at which readers are told that it is gone."""

    locale: str
    slug: str
    domain: str


@dataclass(frozen=True, slots=True)
class Order:
    """How the pages of a library stand; known without any of them."""

    shelves: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """By locale, then by the section's name in the source: domains, newest first."""

    news: Sequence[str] = ()
    """The locales that have a page with a date."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Which pages of a locale are to be read next, told by their domains alone."""

    shelves: Mapping[str, Sequence[str]]
    """As in the order of a library."""

    _places: dict[str, int] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """The place of a page among those of all shelves."""

    _rows: list[Sequence[str]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )
    """The shelves by their number."""

    _ends: list[int] = field(
        default_factory=list, init=False, repr=False, compare=False
    )
    """Where each shelf ends among them."""

    def __post_init__(self) -> None:
        self._rows.extend(self.shelves.values())
        pages = chain.from_iterable(self._rows)
        self._places.update((domain, place) for place, domain in enumerate(pages))
        self._ends.extend(accumulate(map(len, self._rows)))

    def of(self, domain: str, count: int) -> list[str]:
        """So many of the same section, then of the others; none for what is no page."""
        place = self._places.get(domain)
        if place is None:
            return []
        number = bisect_right(self._ends, place)
        own = self._rows[number]
        place -= self._ends[number] - len(own)
        near = list(own[place + 1 : place + 1 + count])
        if len(near) == count:
            return near
        near += own[: min(place, count)]
        for shelf in self._rows:
            if len(near) >= count:
                break
            near += shelf[:count] if shelf is not own else ()
        return near[:count]


@dataclass(frozen=True, slots=True)
class Library:
    """The site and every edition that goes out with it."""

    site: Site
    editions: tuple[Edition, ...]
    """Pages and mails of all locales; the source locale's are always among them."""

    assets: frozenset[str] = frozenset()
    """Every file below the root that an article may show or link: `source/x/y.png`."""

    paths: Mapping[str, str] = field(default_factory=dict)
    """The domain of every article by its path, those that do not go out included."""

    redirects: tuple[Redirect, ...] = ()
    listed: tuple[Listed, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    drafts: bool = False
    """Render what is unreviewed, marked and hidden from search engines."""

    preview: bool = False
    """Served to its author: the page may run the preview's own script."""

    files: Files | None = field(default=None, repr=False, compare=False)
    """None: the assets keep their names, and pictures have no size."""

    load: Callable[[Edition], Edition] | None = field(
        default=None, repr=False, compare=False
    )
    """Finds the body of an edition that came without."""

    remembered: dict[str, object] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What others found out about the whole of it."""

    _by_key: dict[tuple[str, str], Edition] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _neighbours: dict[str, Neighbours] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """By locale."""

    _versions: dict[str, tuple[Versions, Versions]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Of some articles: all of them, and those that are alternates."""

    order: Order = field(default=Order(), repr=False, compare=False)
    """How the pages stand; found from the editions, unless `find_one` is given."""

    find_one: Callable[[str, str], Edition | None] | None = field(
        default=None, repr=False, compare=False
    )
    """Finds an edition by domain and locale, in a library that came without any."""

    card_of: Callable[[str, str], str] | None = field(
        default=None, repr=False, compare=False
    )
    """Tells the key of the card of an article in a locale, without its edition."""

    _tags: list[str] = field(
        default_factory=list, init=False, repr=False, compare=False
    )
    """Every locale that an edition may have, in the site's order."""

    def __post_init__(self) -> None:
        self._tags.extend(self._ordered())
        if self.find_one is None:
            self._by_key.update({(e.domain, e.locale): e for e in self.editions})
            # Frozen, for all but what follows from its own editions.
            object.__setattr__(self, "order", self._found_order())

    def _found_order(self) -> Order:
        ranks = {tag: place for place, tag in enumerate(self._tags)}
        pages = sorted(
            (edition for edition in self.editions if not edition.is_mail),
            key=lambda e: (ranks.get(e.locale, len(ranks)), *newest_first(e)),
        )
        shelves: dict[str, dict[str, list[str]]] = {}
        news: dict[str, None] = {}
        for page in pages:
            source = self.find(page.domain, self.site.source_locale) or page
            shelf = shelves.setdefault(page.locale, {})
            shelf.setdefault(source.text("section"), []).append(page.domain)
            if page.day and page.state is State.PUBLISHED:
                news[page.locale] = None
        return Order(shelves, tuple(news))

    def _ordered(self) -> tuple[str, ...]:
        site = self.site
        tags = (site.source_locale, *site.locales, *sorted(PSEUDO_LOCALES))
        return tuple(dict.fromkeys(tags))

    @property
    def locales(self) -> tuple[str, ...]:
        """The source locale, and every locale that has a page, in the site's order."""
        source = self.site.source_locale
        return (source, *(tag for tag in self.order.shelves if tag != source))

    def has_list(self, locale: str) -> bool:
        """Whether there is a page that lists the articles of a locale."""
        return locale == self.site.source_locale or locale in self.order.shelves

    def find(self, domain: str, locale: str) -> Edition | None:
        """The edition of an article in a locale, if it goes out."""
        found = self._by_key.get((domain, locale))
        if found is None and self.find_one is not None:
            found = self.find_one(domain, locale)
            if found is not None:
                self._by_key[domain, locale] = found
        return found

    def whole(self, edition: Edition) -> Edition:
        """The edition with its body."""
        if edition.html or self.load is None:
            return edition
        return self.load(edition)

    def versions(self, domain: str) -> Versions:
        """Every edition of an article, the source locale's first."""
        return self._found_versions(domain)[0]

    def alternates(self, domain: str) -> Versions:
        """The versions that search engines are told of: whole in their language."""
        return self._found_versions(domain)[1]

    def _found_versions(self, domain: str) -> tuple[Versions, Versions]:
        known = self._versions.get(domain)
        if known is None:
            found = [self.find(domain, locale) for locale in self._tags]
            versions = tuple(edition for edition in found if edition is not None)
            whole = tuple(e for e in versions if e.state is State.PUBLISHED)
            known = versions, whole
            # Each of an article's pages asks for them several times.
            if self.find_one is None:
                if len(self._versions) >= _KEPT:
                    self._versions.clear()
                self._versions[domain] = known
        return known

    def text_locale(self, edition: Edition) -> str:
        """The language that an edition's text is in."""
        if edition.state is State.FALLBACK:
            return self.site.source_locale
        return edition.locale

    def shelves(self, locale: str) -> list[tuple[str, Sequence[str]]]:
        """
        The pages of a locale by section, newest first; those of no section come last.

        Sections, by their names in the source, stand in the order of their newest
        article.
        """
        shelves = self.order.shelves.get(locale, {})
        named = [each for each in shelves.items() if each[0]]
        return [*named, *(each for each in shelves.items() if not each[0])]

    def domains(self, locale: str) -> list[str]:
        """The articles that are pages in a locale, shelf by shelf."""
        return [domain for _, shelf in self.shelves(locale) for domain in shelf]

    def found(self, domains: Iterable[str], locale: str) -> tuple[Edition, ...]:
        """Those of these articles that go out in a locale, in their order."""
        return tuple(self.each(domains, locale))

    def each(self, domains: Iterable[str], locale: str) -> Iterator[Edition]:
        """The same one by one, found when it is asked for."""
        found = (self.find(domain, locale) for domain in domains)
        return (edition for edition in found if edition is not None)

    def has_news(self, locale: str) -> bool:
        """Whether a locale has a page that a feed may list: whole, and with a date."""
        return locale in self.order.news and not self.drafts

    def pages(self, locale: str) -> tuple[Edition, ...]:
        """The editions of a locale that are pages, shelf by shelf."""
        return self.found(self.domains(locale), locale)

    def following(self, edition: Edition, count: int) -> tuple[Edition, ...]:
        """Other pages to read next: of the same section, then of the others."""
        near = self.neighbours(edition.locale).of(edition.domain, count)
        return self.found(near, edition.locale)

    def neighbours(self, locale: str) -> Neighbours:
        """What is to be read next to each page of a locale."""
        known = self._neighbours.get(locale)
        if known is None:
            known = Neighbours(self.order.shelves.get(locale, {}))
            self._neighbours[locale] = known
        return known

    def spelled(self, path: str) -> str:
        """
        A path below the root as the file that it names is spelled.

        Where there is none, the one file with these letters in another form (NFC, NFD).
        """
        if path.isascii() or path in self.assets or path in self.paths:
            return path
        known = self.remembered.get("spelled")
        if not isinstance(known, dict):
            known = one_by_form(chain(self.assets, self.paths))
            self.remembered["spelled"] = known
        return str(known.get(composed(path), path))

    def domain_of(self, path: str) -> str | None:
        """The domain of the article at a path below the root."""
        known = self.paths.get(path)
        if known is not None:
            return known
        stem = path.removeprefix("source/").rpartition(".")[0]
        found = self.versions(stem)
        return stem if any(e.article.path == path for e in found) else None
