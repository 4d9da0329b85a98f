"""How every article stands: what is out, what was and no longer is, and since when."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path

from pipeline import cldr
from pipeline.late import dataclass
from pipeline.model.article import Article
from pipeline.model.page import Output, State
from pipeline.model.site import Site
from pipeline.render.library import Listed
from pipeline.store.published import Event, History, append_history
from pipeline.workflow.decide import Decision
from pipeline.workflow.outcome import output_path


@dataclass(frozen=True, slots=True)
class Standing:
    """The histories of all locales, and the articles that there are today."""

    site: Site
    histories: Mapping[str, History]
    living: Mapping[str, Article]
    """Every article that can be read, by domain."""

    there: Container[str]
    """The domain of every file in `source/`, whether it can be read or not."""

    dropped: Mapping[str, History] = field(default_factory=dict)
    """The histories of languages that the site had, and has no longer."""

    def withdrawn(
        self, kept: Iterable[Decision], *, built: Container[str]
    ) -> Iterator[Decision]:
        """What was recalled in the locales that this build leaves as they were."""
        out = {(each.locale, each.article.domain) for each in kept}
        for locale in self.site.locales:
            if locale in built:
                continue
            for domain, event in self.histories[locale].last().items():
                article = self.living.get(domain)
                if (locale, domain) in out or event.event != "recalled":
                    continue
                if article is not None:
                    state, why = State.RECALLED, f"recalled on {event.date}"
                    yield Decision(article, locale, state, event.slug, why)

    def outputs(
        self,
        decisions: Iterable[Decision],
        *,
        draft: bool = False,
        changed: Container[str] = (),
    ) -> tuple[tuple[Output, ...], tuple[Output, ...]]:
        """
        Pages and mails for the report, in the order of articles and locales.

        `changed` are the paths of files that were written or removed.
        """
        pages: list[Output] = []
        mails: list[Output] = []
        for decision in decisions:
            kind = decision.article.kind
            path = output_path(decision.locale, decision.slug, kind=kind, draft=draft)
            output = Output(
                decision.article.domain,
                decision.locale,
                path,
                decision.state,
                path in changed,
                decision.why,
            )
            (mails if kind == "mail" else pages).append(output)
        if not draft:
            for gone, kind in (*self._gone(), *self._dropped()):
                output = gone._replace(changed=gone.path in changed)
                (mails if kind == "mail" else pages).append(output)
        return tuple(pages), tuple(mails)

    def _gone(self) -> Iterator[tuple[Output, str]]:
        """Articles that were out and whose source is gone or cannot be read."""
        for locale, history in self.histories.items():
            slugs = history.slugs()
            for domain, event in sorted(history.last().items()):
                if domain in self.living:
                    continue
                there = domain in self.there
                why = "its source cannot be read" if there else "its source is gone"
                slug = event.slug or next(iter(slugs.get(domain, ())), domain)
                path = output_path(locale, slug, kind=event.kind, draft=False)
                yield Output(domain, locale, path, State.RECALLED, why=why), event.kind

    def _dropped(self) -> Iterator[tuple[Output, str]]:
        """What was out in languages that the site has no longer."""
        for locale, history in self.dropped.items():
            for domain, event in sorted(history.last().items()):
                path = output_path(locale, event.slug, kind=event.kind, draft=False)
                why = "its language is not one of the site's any more"
                yield Output(domain, locale, path, State.RECALLED, why=why), event.kind

    def record(
        self, decisions: Iterable[Decision], today: str, *, listed: Iterable[Listed]
    ) -> None:
        """Append to the histories what a build changes of what is out."""
        root = Path(self.site.root)
        topics = defaultdict(list)
        for topic in listed:
            topics[topic.locale].append(f"{topic.kind}/{topic.slug}")
        by_locale: dict[str, list[Decision]] = {}
        for each in decisions:
            if each.locale not in cldr.PSEUDO_LOCALES:
                by_locale.setdefault(each.locale, []).append(each)
        for locale, history in self.histories.items():
            last = history.last()
            events: list[Event] = []
            for each in by_locale.get(locale, ()):
                event = _event(each, last.get(each.article.domain), today)
                events += [event] if event else []
            for domain, event in last.items():
                if domain not in self.living and event.event == "published":
                    events.append(_recalled(event, today))
            known = {*history.listed()}
            new = sorted({*topics[locale]} - known)
            events += [
                Event(address, "listed", date=today, kind="topic") for address in new
            ]
            append_history(root, locale, events)
        for locale, history in self.dropped.items():
            out = [e for e in history.last().values() if e.event == "published"]
            append_history(root, locale, [_recalled(event, today) for event in out])


def record_few(
    root: Path,
    histories: Mapping[str, History],
    decisions: Iterable[Decision],
    today: str,
) -> None:
    """Append what these decisions change, where all else stands as it did."""
    events: dict[str, list[Event]] = defaultdict(list)
    for decision in decisions:
        last = histories[decision.locale].last().get(decision.article.domain)
        event = _event(decision, last, today)
        events[decision.locale] += [event] if event else []
    for locale, new in events.items():
        append_history(root, locale, new)


def _recalled(event: Event, today: str) -> Event:
    return Event(event.article, "recalled", event.slug, today, kind=event.kind)


def _event(decision: Decision, last: Event | None, today: str) -> Event | None:
    """The line that a decision adds to the history, if it changes how things stand."""
    article = decision.article
    if not decision.goes_out:
        if last is None or last.event == "recalled":
            return None
        return _recalled(
            replace(last, article=article.domain, kind=article.kind), today
        )
    if decision.kept:
        return None  # The line that it went out by still holds.
    if last is not None and _published(decision, last.date, last.kind) == last:
        return None
    return _published(decision, today, article.kind)


def _published(decision: Decision, day: str, kind: str) -> Event:
    domain, slug = decision.article.domain, decision.slug
    if not decision.release:
        return Event(domain, "published", slug, day, kind=kind)
    return Event(
        domain,
        "published",
        slug,
        day,
        kind=kind,
        kept=decision.release,
        reviewed=decision.reviewed or "",
        reviewers=decision.reviewers,
        approved=bool(decision.approved),
    )
