"""What a build is to render, and the library that its pages see of one another."""

from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from pipeline import registry
from pipeline.late import dataclass
from pipeline.model.page import State
from pipeline.model.site import Site
from pipeline.render.drawings import may_run_code, runs_code
from pipeline.render.library import (
    Edition,
    Library,
    Listed,
    Order,
    Redirect,
    Withdrawn,
    title_of,
)
from pipeline.render.topics import KINDS, NO_TOPICS, Topic, name_topics
from pipeline.store import ledger
from pipeline.store.files import read_bytes
from pipeline.store.ledger import Ledger
from pipeline.store.pictures import picture_size
from pipeline.store.published import History
from pipeline.store.sources import list_assets
from pipeline.store.stamps import Stamp
from pipeline.workflow.articles import format_of
from pipeline.workflow.decide import Decision
from pipeline.workflow.desk import content_class
from pipeline.workflow.inputs import GrowingKey, Inputs
from pipeline.workflow.packing import record_in, unpacked
from pipeline.workflow.rows import decision_of
from pipeline.workflow.study import Study
from pipeline.workflow.words import Words


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be rendered, and how."""

    site: Site
    decisions: Sequence[Decision]
    paths: Mapping[str, str]
    """The domain of every article by its path."""

    words: Words
    histories: Mapping[str, History]
    study: Study
    before: Ledger
    stamps: Mapping[str, Stamp]
    """Of every file that is in `dist/` now."""

    draft: bool = False
    preview: bool = False
    _by_key: dict[tuple[str, str], Decision] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for decision in self.decisions:
            self._by_key[decision.article.domain, decision.locale] = decision

    def decision(self, edition: Edition) -> Decision:
        """The decision that an edition comes from, in this run or in the last."""
        key = (edition.domain, edition.locale)
        found = self._by_key.get(key)
        return found or decision_of(self.before.rows[key])

    def find(self, domain: str, locale: str) -> Edition | None:
        """What goes out of an article in a locale, by this run or by the last."""
        key = (domain, locale)
        decision = self._by_key.get(key)
        if decision is not None:
            shown = self.draft or decision.goes_out
            return edition_of(decision, draft=self.draft) if shown else None
        return self.find_before(domain, locale)

    def find_before(self, domain: str, locale: str) -> Edition | None:
        """What went out of an article in a locale by the last run."""
        row = self.before.rows.read((domain, locale))
        if row is None or not (self.draft or row.out):
            return None
        return edition_of(decision_of(row), draft=self.draft)

    @property
    def kind(self) -> str:
        """How what is kept for the next build is called."""
        return "draft" if self.draft else "build"

    @property
    def top(self) -> str:
        """The folder of the outputs, below the root."""
        return "dist/draft" if self.draft else "dist"


@dataclass(frozen=True, slots=True)
class _Files:
    """The assets as the build reads them."""

    inputs: Inputs
    root: Path

    def digest(self, path: str) -> str:
        return self.inputs.digest(path)

    def size(self, path: str) -> tuple[int, int] | None:
        return picture_size(self.root / path)

    def runs_code(self, path: str) -> bool:
        return may_run_code(path) and runs_code(path, read_bytes(self.root / path))


def _known(library: Library, path: str) -> str:
    digest = library.files.digest(path) if library.files else ""
    return f"{path}\0{digest}"


def face_of(edition: Edition) -> str:
    """All that others may say of an edition."""
    return repr(
        (
            edition.domain,
            edition.locale,
            edition.slug,
            edition.state,
            edition.title,
            edition.article.meta,
            sorted(edition.foreign),
            edition.kept,
        )
    )


def library_of(batch: Batch, decisions: Sequence[Decision]) -> Library:
    """All that goes out by these decisions, without any body."""
    redirects = () if batch.draft else _redirects(decisions, batch.histories)
    return Library(
        site=batch.site,
        editions=tuple(edition_of(each, draft=batch.draft) for each in decisions),
        assets=list_assets(batch.site, registry.format_suffixes()),
        files=_Files(batch.study.inputs, Path(batch.site.root)),
        paths=batch.paths,
        redirects=redirects,
        listed=() if batch.draft else _listed(batch.histories),
        withdrawn=() if batch.draft else _withdrawn(batch, decisions, redirects),
        drafts=batch.draft,
        preview=batch.preview,
        load=lambda edition: _whole(edition, batch),
    )


def library_as_before(
    batch: Batch,
    locales: Container[str],
    *,
    order: ledger.Order | None = None,
    topics: Mapping[str, Mapping[str, Topic]] = NO_TOPICS,
    card_of: Callable[[str, str], str] | None = None,
    is_older: bool = False,
) -> Library:
    """
    The library of the last build with the decisions of this one, of which no page says
    anything else but for the `order`; an edition is made when it is asked for.

    In the `locales` something may be shown. The `topics` have their articles;
    `card_of` tells the key of a card. What `is_older` is as it was, without the
    decisions.
    """
    find_one = batch.find_before if is_older else batch.find

    def find(domain: str, locale: str) -> Edition | None:
        return find_one(domain, locale) if locale in locales else None

    order = order or batch.before.order or ledger.Order()
    library = Library(
        site=batch.site,
        editions=(),
        assets=frozenset(order.assets),
        files=_Files(batch.study.inputs, Path(batch.site.root)),
        paths=batch.paths,
        drafts=batch.draft,
        preview=batch.preview,
        load=lambda edition: _whole(edition, batch),
        order=Order(order.shelves, order.news),
        card_of=card_of,
        find_one=find,
    )
    name_topics(library, order.topics, topics)
    return library


def _whole(edition: Edition, batch: Batch) -> Edition:
    """The edition with its body: as it was kept, else made again."""
    decision = batch.decision(edition)
    data = batch.study.bodies.find(decision.body) if decision.body else None
    if data is None:
        return decided_again(edition, batch)
    html, meta = unpacked(data)
    return replace(edition, html=html, article=replace(edition.article, meta=meta))


def record_of(edition: Edition, batch: Batch) -> bytes:
    """The record of an edition: as it was kept, else made again."""
    decision = batch.decision(edition)
    data = batch.study.bodies.find(decision.body) if decision.body else None
    record = record_in(data) if data is not None else b""
    if record:
        return record
    again = batch.study.again(decision)
    return batch.study.record(again).encode("utf-8", "surrogatepass")


def decided_again(edition: Edition, batch: Batch) -> Edition:
    article = batch.study.again(batch.decision(edition)).article
    return replace(edition, article=article, html=format_of(article).to_html(article))


def edition_of(decision: Decision, *, draft: bool) -> Edition:
    """What is rendered of a decision; its body comes later."""
    article = decision.article
    # What a draft shows of a held article is its translation, as far as there is one.
    shown_as = State.PUBLISHED if draft else decision.state
    return Edition(
        article=article,
        locale=decision.locale,
        slug=decision.slug,
        title=title_of(article),
        reviewed=decision.reviewed,
        reviewers=decision.reviewers,
        approved=decision.approved,
        kept=decision.kept,
        foreign=decision.foreign,
        state=shown_as,
        version=decision.content,
    )


def _redirects(
    decisions: Sequence[Decision], histories: Mapping[str, History]
) -> tuple[Redirect, ...]:
    """
    Every address that a page had before, unless another has it now, or had it later.

    A recalled page has none: it was withdrawn, and its address is empty.
    """
    pages = [d for d in decisions if d.article.kind != "mail"]
    taken = {(d.locale, d.slug) for d in pages}
    out = {(d.locale, d.article.domain) for d in pages}
    found: list[Redirect] = []
    for locale, history in histories.items():
        found += (
            Redirect(locale, slug, domain)
            for slug, domain in _last_under(history).items()
            if (locale, domain) in out
            and (locale, slug) not in taken
            and slug not in KINDS
        )
    return tuple(sorted(found, key=lambda each: (each.locale, each.slug)))


def _last_under(history: History) -> dict[str, str]:
    """
    Every slug of a history, with the last one of its articles that was out under it.

    Who comes to an address that several had looks for what was there last, and if that
    is withdrawn, for nothing else.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for domain, slugs in history.slugs().items():
        for slug in slugs:
            found[slug].append(domain)
    return {
        slug: (history.last_under(slug, known) if len(known) > 1 else None) or known[0]
        for slug, known in found.items()
    }


def _listed(histories: Mapping[str, History]) -> tuple[Listed, ...]:
    """Every tag and section that ever had a page."""
    found = (
        Listed(locale, *address.split("/", 1))
        for locale, history in histories.items()
        for address in history.listed()
    )
    return tuple(sorted(found, key=lambda each: (each.locale, each.kind, each.slug)))


def _withdrawn(
    batch: Batch, decisions: Sequence[Decision], redirects: Sequence[Redirect]
) -> tuple[Withdrawn, ...]:
    """Every address of a recalled page of which its class says so to readers."""
    if not any(each.recall == "notice" for each in batch.site.classes):
        return ()
    pages = [d for d in decisions if d.article.kind != "mail"]
    taken = {(d.locale, d.slug) for d in pages}
    # An address that leads to a page does more for its readers than a notice.
    taken |= {(each.locale, each.slug) for each in redirects}
    out = {(d.locale, d.article.domain) for d in decisions}
    found: dict[tuple[str, str], Withdrawn] = {}
    for locale, history in batch.histories.items():
        for domain, slugs in history.slugs().items():
            if (locale, domain) in out:
                continue
            if content_class(batch.site, domain).recall == "notice":
                for slug in slugs:
                    if (locale, slug) not in taken and slug not in KINDS:
                        found[locale, slug] = Withdrawn(locale, slug, domain)
    return tuple(found[key] for key in sorted(found))


def keys_of_faces(library: Library) -> tuple[str, dict[str, str]]:
    """
    The key of all that editions may say of one another, and by locale that of what
    others may say of its pages.
    """
    whole = GrowingKey()
    pages: dict[str, GrowingKey] = defaultdict(GrowingKey)
    for edition in library.editions:
        face = face_of(edition)
        whole.add(face)
        if not edition.is_mail:
            pages[edition.locale].add(face)
    whole.add(repr(sorted(library.paths.items())))
    for path in sorted(library.assets):
        whole.add(_known(library, path))
    return str(whole), {locale: str(key) for locale, key in pages.items()}
