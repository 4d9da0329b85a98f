"""What becomes of tags and sections where a few of their pages came or went."""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from sys import intern

from pipeline.late import dataclass
from pipeline.render.alphabet import Key, alphabetical
from pipeline.render.library import Edition
from pipeline.render.topic_pages import TopicPage
from pipeline.render.topics import Reader, Topic, shown_name
from pipeline.store.ledger import Order
from pipeline.workflow.batch import Batch
from pipeline.workflow.loud import require, required
from pipeline.workflow.turns import Turn


@dataclass
class TurnedTopics:
    """Those of the languages in which a page came, went, or is another."""

    batch: Batch
    turns: Sequence[Turn]
    last: Order
    """How the pages of the site stood."""

    @cached_property
    def by_locale(self) -> Mapping[str, Mapping[str, Topic]]:
        """All tags and sections of these locales, by address, as they are now."""
        locales = dict.fromkeys(turn.locale for turn in self.turns)
        found = {tag: self._before(tag) for tag in locales}
        reader = Reader()
        for turn in self.turns:
            topics = found[turn.locale]
            for edition, step in ((turn.before, -1), (turn.now, 1)):
                if edition is None:
                    continue
                for (kind, slug), name in reader.said(edition, turn.source).items():
                    address = f"{kind}/{slug}"
                    require(address in topics)
                    topics[address] = self._but(topics[address], edition, name, step)
                    self._touched[turn.locale][address] = None
        for locale, touched in self._touched.items():
            for address in touched:
                require(self._is_called_the_same(found[locale][address]))
        return found

    @cached_property
    def _touched(self) -> dict[str, dict[str, None]]:
        """By locale, the addresses of topics of which an article is another."""
        return defaultdict(dict)

    def _before(self, locale: str) -> dict[str, Topic]:
        made, last = self.batch.before.made, self.last
        said = last.said.get(locale, {})
        topics: dict[str, Topic] = {}
        for address, (name, spoken) in last.topics.get(locale, {}).items():
            kind, _, slug = address.partition("/")
            topic = Topic(kind, locale, slug, name, spoken, ())
            page = required(made.read(f"#{topic.path}"))
            require(address in said)
            listed = tuple(intern(domain) for domain, _ in page.targets)
            topics[address] = Topic(
                kind, locale, slug, name, spoken, listed, said[address], is_ordered=True
            )
        return topics

    def _but(self, topic: Topic, edition: Edition, name: str, step: int) -> Topic:
        """A topic with an edition more, or less."""

        def place(domain: str) -> tuple[Key, str]:
            found = required(self.batch.find(domain, topic.locale))
            return alphabetical(found.heading, found.locale), domain

        domains = [*topic.domains]
        if step < 0:
            require(edition.domain in domains)
            domains.remove(edition.domain)
        else:
            insort(domains, edition.domain, key=place)
        said = Counter(topic.said)
        if name:
            said[name] += step
        return Topic(
            topic.kind,
            topic.locale,
            topic.slug,
            topic.name,
            topic.name_locale,
            tuple(domains),
            +said,
            is_ordered=True,
        )

    def _is_called_the_same(self, topic: Topic) -> bool:
        """Whether it has articles, and a name of which nothing is to be noted."""
        before = self.last.said[topic.locale][f"{topic.kind}/{topic.slug}"]
        if not topic.domains or max(len(before), len(topic.said)) > 1:
            return False
        if not topic.said:
            return not before  # The source's name is shown.
        return bool(before) and shown_name(topic.said) == topic.name

    def pages(self, locale: str) -> Iterator[TopicPage]:
        """The pages of topics that are others."""
        topics = self.by_locale[locale]
        touched = [topics[address] for address in self._touched[locale]]
        for kind in dict.fromkeys(topic.kind for topic in touched):
            yield TopicPage(locale, kind)
        yield from (TopicPage(locale, topic.kind, topic) for topic in touched)
