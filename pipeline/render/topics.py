"""
Tags and sections: what joins articles, and what it is called in each language.

What joins two articles is the tag as the source has it; a translation may differ from
article to article, and the one that most of them have is shown. The address is that of
the source's word in every language, so that it outlives a better translation.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final, TypeAlias

from pipeline.late import dataclass
from pipeline.model.page import State
from pipeline.render.alphabet import alphabetical
from pipeline.render.library import Edition, Library
from pipeline.render.words import plain_text
from pipeline.slugs import topic_slug

TAGS: Final = "tags"
SECTIONS: Final = "sections"
KINDS: Final = (SECTIONS, TAGS)
"""The folders of a locale in which lists stand; no article has such an address."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A tag or a section in a locale, and the articles that have it there."""

    kind: str
    locale: str
    slug: str
    name: str
    name_locale: str
    """The source's, where no article has a translation of it."""

    domains: tuple[str, ...]
    """Of the articles."""

    said: Mapping[str, int] = field(default_factory=dict)
    """What the articles call it in its locale, and how many of them."""

    is_ordered: bool = False
    """Whether the articles stand in the order of their titles, as its page has them."""

    @property
    def is_section(self) -> bool:
        return self.kind == SECTIONS

    @property
    def path(self) -> str:
        """Where its page is, below the folder of the site."""
        return f"{self.locale}/{self.kind}/{self.slug}/index.html"


Names: TypeAlias = Mapping[str, Mapping[str, Sequence[str]]]
"""By locale, kind and slug: the name of a topic, and the locale of the name."""


NO_TOPICS: Final[Mapping[str, Mapping[str, "Topic"]]] = {}
Said: TypeAlias = Mapping[str, Mapping[str, Mapping[str, int]]]
"""By locale, kind and slug: what a topic is called, and by how many articles."""


def _none(edition: Edition) -> tuple[tuple[str, str], ...]:
    del edition
    return ()


@dataclass(frozen=True, slots=True)
class Topics:
    """All tags and sections of a library."""

    by_locale: Mapping[str, Mapping[tuple[str, str], Topic]]
    """By kind and slug; only locales that have any."""

    notes: tuple[str, ...] = ()
    """What is called by several names, a line each."""

    keys: Callable[[Edition], Iterable[tuple[str, str]]] = field(default=_none)
    """Kind and slug of an edition's topics."""

    def find(self, locale: str, kind: str, slug: str) -> Topic | None:
        """The topic in a locale, if any article that is published there has it."""
        return self.by_locale.get(locale, {}).get((kind, slug))

    def of_kind(self, locale: str, kind: str) -> tuple[Topic, ...]:
        """The tags, or the sections, of a locale in the order of its alphabet."""
        found = (t for t in self.by_locale.get(locale, {}).values() if t.kind == kind)
        return tuple(sorted(found, key=lambda t: alphabetical(t.name, locale)))

    def locales(self, kind: str) -> tuple[str, ...]:
        """The locales that have a topic of a kind."""
        return tuple(
            locale
            for locale, topics in self.by_locale.items()
            if any(known == kind for known, _ in topics)
        )

    def alike(self, topic: Topic) -> tuple[Topic, ...]:
        """The topic in every locale that has it, its own included."""
        found = (self.find(tag, topic.kind, topic.slug) for tag in self.by_locale)
        return tuple(each for each in found if each is not None)

    def of(self, edition: Edition) -> tuple[Topic, ...]:
        """
        The topics of an edition that have a page in its locale: the section, then the
        tags in the article's order.
        """
        known = self.by_locale.get(edition.locale, {})
        return tuple(known[key] for key in self.keys(edition) if key in known)

    def said(self) -> Said:
        """What every topic is called by its articles."""
        return {
            locale: {
                f"{kind}/{slug}": topic.said for (kind, slug), topic in topics.items()
            }
            for locale, topics in self.by_locale.items()
        }

    def names(self) -> Names:
        """What every topic is called."""
        return {
            locale: {
                f"{kind}/{slug}": (topic.name, topic.name_locale)
                for (kind, slug), topic in topics.items()
            }
            for locale, topics in self.by_locale.items()
        }


@dataclass(slots=True)
class _Collected:
    """What is found of one topic in one locale."""

    domains: list[str] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)


def topics_of(library: Library) -> Topics:
    """The tags and sections of a library; found once."""
    known = library.remembered.get("topics")
    if not isinstance(known, Topics):
        known = library.remembered["topics"] = _find(library)
    return known


def name_topics(
    library: Library, names: Names, known: Mapping[str, Mapping[str, Topic]] = NO_TOPICS
) -> None:
    """
    Tell a library how its topics are called; it need not look for their articles.

    Those that are `known`, by locale and address, are to be listed as well.
    """
    reader = Reader()
    source_locale = library.site.source_locale

    def keys(edition: Edition) -> Iterable[tuple[str, str]]:
        source = library.find(edition.domain, source_locale)
        words = reader.words(source) if source else ()
        slugs = ((kind, reader.slug(word, source_locale)) for kind, word in words)
        return dict.fromkeys(key for key in slugs if key[1])

    def topic(locale: str, address: str, name: Sequence[str]) -> Topic:
        found = known.get(locale, {}).get(address)
        if found is not None:
            return found
        kind, _, slug = address.partition("/")
        called, spoken = name
        return Topic(kind, locale, slug, called, spoken, ())

    topics = {
        locale: [topic(locale, *each) for each in named.items()]
        for locale, named in names.items()
    }
    by_locale = {
        locale: {(each.kind, each.slug): each for each in found}
        for locale, found in topics.items()
    }
    library.remembered["topics"] = Topics(by_locale, keys=keys)


def _find(library: Library) -> Topics:
    source_locale = library.site.source_locale
    reader = Reader()
    found: dict[str, dict[tuple[str, str], _Collected]] = {}
    # An article has the same in all languages, and most have those of others.
    of: dict[str, tuple[tuple[str, str], ...]] = {}
    same: dict[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]] = {}
    for locale in library.locales:
        for edition in library.pages(locale):
            source = library.find(edition.domain, source_locale)
            if source is None:
                continue
            keys = reader.said(edition, source)
            all_keys = tuple(keys)
            of[edition.domain] = same.setdefault(all_keys, all_keys)
            if edition.state is not State.PUBLISHED:
                continue
            for key, name in keys.items():
                topic = found.setdefault(locale, {}).setdefault(key, _Collected())
                topic.domains.append(edition.domain)
                if name:
                    topic.names[name] += 1
    named = {
        locale: _named(locale, topics, found.get(source_locale, {}), source_locale)
        for locale, topics in found.items()
    }
    notes = (
        note
        for locale, topics in found.items()
        for note in _conflicts(locale, topics, named)
    )
    return Topics(named, tuple(notes), lambda e: of.get(e.domain, ()))


class Reader:
    """Reads front matter; each word is looked at once."""

    def __init__(self) -> None:
        self._plain: dict[tuple[str, str], str] = {}
        self._slugs: dict[str, str] = {}

    def words(self, edition: Edition) -> list[tuple[str, str]]:
        """Kind and word of all topics, those that are empty included."""
        meta, locale = edition.article.meta, edition.locale
        tags = meta.get("tags")
        if isinstance(tags, str):
            tags = tags.split(",")
        listed = tags if isinstance(tags, list | tuple) else ()
        section = meta.get("section")
        pairs = [] if section is None else [(SECTIONS, section)]
        pairs += [(TAGS, tag) for tag in listed]
        return [(kind, self._text(str(word), locale)) for kind, word in pairs]

    def said(self, edition: Edition, source: Edition) -> dict[tuple[str, str], str]:
        """What an edition calls each of its topics; nothing where it does not tell."""
        words, own = self.words(source), self.words(edition)
        names = dict.fromkeys(words, "")
        # An older text may have had other tags: it has no say in what they mean.
        if not edition.kept and len(own) == len(words):
            names = dict(zip(words, (name for _, name in own), strict=True))
        found: dict[tuple[str, str], str] = {}
        for kind, word in words:
            slug = self.slug(word, source.locale)
            if slug:
                found.setdefault((kind, slug), names[kind, word])
        return found

    def _text(self, word: str, locale: str) -> str:
        key = (word, locale)
        if key not in self._plain:
            self._plain[key] = plain_text(word, locale=locale).strip()
        return self._plain[key]

    def slug(self, word: str, locale: str) -> str:
        if word not in self._slugs:
            self._slugs[word] = topic_slug(word, locale=locale)
        return self._slugs[word]


def _named(
    locale: str,
    topics: Mapping[tuple[str, str], _Collected],
    sources: Mapping[tuple[str, str], _Collected],
    source_locale: str,
) -> dict[tuple[str, str], Topic]:
    named: dict[tuple[str, str], Topic] = {}
    for (kind, slug), topic in topics.items():
        spoken, names = locale, topic.names
        if not names:
            spoken = source_locale
            source = sources.get((kind, slug))
            names = source.names if source else Counter()
        name = shown_name(names) or slug
        named[kind, slug] = Topic(
            kind, locale, slug, name, spoken, tuple(topic.domains), topic.names
        )
    return named


def shown_name(names: Mapping[str, int]) -> str:
    """The name that most of the articles have; nothing where none has any."""
    return next(iter(_by_use(names)), "")


def _by_use(names: Mapping[str, int]) -> list[str]:
    return sorted(names, key=lambda name: (-names[name], name))


def _conflicts(
    locale: str,
    topics: Mapping[tuple[str, str], _Collected],
    named: Mapping[str, Mapping[tuple[str, str], Topic]],
) -> Iterator[str]:
    for key, topic in sorted(topics.items()):
        if len(topic.names) > 1:
            said = ", ".join(
                f"“{name}” ({topic.names[name]})" for name in _by_use(topic.names)
            )
            what = "tag" if key[0] == TAGS else "section"
            shown = named[locale][key].name
            yield (
                f"{locale}: the {what} {key[1]} has several names: {said}; “{shown}” "
                "is shown"
            )
