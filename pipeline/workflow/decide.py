"""What goes out of one article in one locale, and what holds it."""

from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter
from typing import Final

from pipeline.cldr import PSEUDO_LOCALES
from pipeline.errors import PublishError, UnfitError
from pipeline.late import dataclass
from pipeline.localize import Localized, localize
from pipeline.model.article import Article
from pipeline.model.catalog import Catalog, Message
from pipeline.model.finding import Finding, Severity
from pipeline.model.page import State
from pipeline.model.site import Site
from pipeline.model.term import Term
from pipeline.record import Record
from pipeline.slugs import slugify
from pipeline.store.bodies import Place
from pipeline.store.published import History
from pipeline.workflow.articles import format_of
from pipeline.workflow.desk import Desk, content_class, read_desk
from pipeline.workflow.keeping import Last, keeps, last_text, released
from pipeline.workflow.marking import accepted_in_draft, left_in_source, marker
from pipeline.workflow.pseudo import pseudo_catalog
from pipeline.workflow.recording import record_desk, record_kept, record_source
from pipeline.workflow.reviewed import review_of
from pipeline.workflow.slugs import source_slug, target_slug

NONE: Final[frozenset[str]] = frozenset()
"""For all: an empty set takes as much memory as a title and its description."""

_OUT: Final = (State.PUBLISHED, State.FALLBACK, State.PARTIAL)


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome for one article in one locale."""

    article: Article
    """Localized, if something of it is rendered; else the source's."""

    locale: str
    state: State
    slug: str
    why: str = ""
    reviewed: str | None = None
    """The day from which on every message of it was approved."""

    reviewers: tuple[tuple[str, str], ...] = ()
    """Who approved them, each with the role, in the order of the article."""

    foreign: frozenset[str] = NONE
    """What of the front matter of a partial page is in the source's words."""

    approved: bool | None = None
    """Whether all that is translated in it was approved; None: nothing is."""

    kept: str = ""
    """The day on which the text went out that is shown although it is stale."""

    release: str = ""
    """The digest of the text, if it is to be kept for the day when it is stale."""

    record: Record | None = None
    """Who let each message of it go out."""

    errors: tuple[PublishError, ...] = ()
    unreviewed: bool = False
    """Whether a missing review is what holds it (exit code 3)."""

    version: str = ""
    """The key of all that it follows from; empty if it must be made again."""

    content: str = ""
    """Tells one text from another, where the text itself is kept in `body`."""

    body: Place | None = None
    was_out: bool | None = None
    """Whether it went out in the end, if it is as the last build decided it."""

    @property
    def goes_out(self) -> bool:
        """Whether there is something to publish."""
        return self.state in _OUT


@dataclass(frozen=True, slots=True)
class Rules:
    """What `decide` needs to know besides the article."""

    site: Site
    locale: str
    history: History
    terms: tuple[Term, ...] = ()
    draft: bool = False
    preview: bool = False


def decide(
    article: Article,
    template: tuple[Message, ...],
    rules: Rules,
    *,
    desk: Desk | None = None,
) -> Decision:
    """
    Judge an article in a locale, and localize it where it may go out.

    `desk` is what is known of it there, where somebody has read it already.
    """
    if rules.locale == rules.site.source_locale:
        return _decide_source(article, template, rules)
    if rules.locale in PSEUDO_LOCALES:
        return _decide_pseudo(article, template, rules)
    desk = desk or read_desk(
        rules.site,
        rules.locale,
        article.domain,
        template,
        terms=rules.terms,
        # Only an error holds an article back; a build shows no warning.
        least=Severity.ERROR,
    )
    return _decide(article, template, desk, rules)


def _decide_source(
    article: Article, template: tuple[Message, ...], rules: Rules
) -> Decision:
    slug = source_slug(article, rules.site.source_locale)
    if article.is_draft and not rules.draft:
        state = not_out(rules.history, article.domain)
        why = f"draft: true in {article.path}"
        return Decision(article, rules.locale, state, slug, why)
    record = None if rules.draft else record_source(article, template)
    return Decision(article, rules.locale, State.PUBLISHED, slug, record=record)


def _decide_pseudo(
    article: Article, template: tuple[Message, ...], rules: Rules
) -> Decision:
    localized = localize(
        article,
        pseudo_catalog(template, rules.locale),
        format=format_of(article),
        accept=lambda _: True,
    )
    errors = tuple(error for _, error in localized.refused)
    return Decision(
        localized.article,
        rules.locale,
        State.PUBLISHED,
        slugify(article.stem, locale="en"),
        errors=errors,
    )


def _decide(
    article: Article, template: tuple[Message, ...], desk: Desk, rules: Rules
) -> Decision:
    class_ = content_class(rules.site, article.domain)
    in_part = class_.policy == "partial" and _may_be_mixed(article, rules)
    errors = [*_finding_errors(desk), *([desk.error] if desk.error else [])]
    passes = desk.verdict.passes and desk.error is None
    why = desk.verdict.why if desk.error is None else str(desk.error)
    unreviewed = not passes
    accept = accepted_in_draft if rules.draft else _acceptance(desk)
    if in_part and desk.error is not None:
        accept = _nothing
    localized = localize(
        article,
        desk.catalog or Catalog(Message("")),
        format=format_of(article),
        accept=accept,
        mark=marker(desk, preview=rules.preview) if rules.draft else None,
        left=left_in_source(desk, rules.site) if in_part else None,
    )
    if localized.refused:
        errors += [_located(error, entry, desk) for entry, error in localized.refused]
        passes, why = False, _and(why, f"{len(localized.refused)} cannot stand there")
    if article.is_draft and not rules.draft:
        passes, unreviewed, why = False, False, f"draft: true in {article.path}"
    state = State.PUBLISHED
    if not passes and keeps(class_, article) and _may_be_mixed(article, rules):
        last = last_text(article, rules.history, desk, rules.site)
        if isinstance(last, Last):
            why = _and(why, f"its text of {last.since} stays")
            kept = _kept(last, desk, rules, why)
            return replace(kept, errors=tuple(errors), unreviewed=unreviewed)
        why = _and(why, last)
    if not passes:
        state = _held_state(article, rules, class_.policy, filled=localized.is_filled)
    is_whole = passes or rules.draft
    review = review_of(desk, template) if passes else None
    record = None
    if state is State.FALLBACK:
        record = record_source(article, template)
    elif state in _OUT and not rules.draft:
        shown = None if passes else _shown(desk, localized)
        record = record_desk(article, template, desk, rules.site, shown)
    decision = Decision(
        localized.article if is_whole or state is State.PARTIAL else article,
        rules.locale,
        state,
        target_slug(article, desk, accept=None if is_whole else accept),
        why="" if passes else why,
        reviewed=review.day if review else None,
        reviewers=review.reviewers if review else (),
        foreign=localized.left if state is State.PARTIAL else NONE,
        approved=review is not None or desk.require == "approved",
        release=released(article, localized.article).digest
        if passes and keeps(class_, article) and not rules.draft
        else "",
        record=record,
        errors=tuple(errors),
        unreviewed=unreviewed and not passes,
    )
    if rules.draft or decision.goes_out:
        return decision
    return kept_back(decision, rules.history)


def _shown(desk: Desk, localized: Localized) -> Callable[[Message], bool]:
    """Which messages a page shows that does not pass."""
    refused = {entry.key for entry, _ in localized.refused}
    return lambda message: message.key not in refused and desk.accepts(message)


def _kept(last: Last, desk: Desk, rules: Rules, why: str) -> Decision:
    """The page as it was out, at its address, until the new text is reviewed."""
    return Decision(
        last.article,
        rules.locale,
        State.PUBLISHED,
        last.event.slug,
        why=why,
        reviewed=last.event.reviewed or None,
        reviewers=last.event.reviewers,
        approved=last.event.approved,
        kept=last.since,
        record=record_kept(last.original, last.article, desk, rules.site),
    )


def _may_be_mixed(article: Article, rules: Rules) -> bool:
    """Whether it may go out in two languages: a mail has no room for a notice."""
    return article.kind != "mail" and not article.is_draft and not rules.draft


def _held_state(article: Article, rules: Rules, policy: str, *, filled: bool) -> State:
    """What the policy of its class makes of an article that is not fully reviewed."""
    if policy == "hold" or not _may_be_mixed(article, rules):
        return not_out(rules.history, article.domain)
    # A page without a reviewed word is the source's page, whatever it is called.
    return State.PARTIAL if policy == "partial" and filled else State.FALLBACK


def _acceptance(desk: Desk) -> Callable[[Message], bool]:
    """`Desk.accepts`, in its plainest form: it is asked for each text of a site."""
    if desk.require == "translated" and not desk.erroneous:
        return _is_usable
    return desk.accepts


_is_usable: Final = attrgetter("is_usable")


def _nothing(message: Message) -> bool:
    del message
    return False


def kept_back(decision: Decision, history: History, *, why: str = "") -> Decision:
    """The decision of an article that does not go out, with the address it had."""
    last = history.last().get(decision.article.domain)
    return replace(
        decision,
        state=not_out(history, decision.article.domain),
        slug=last.slug if last is not None and last.slug else decision.slug,
        why=why or decision.why,
    )


def not_out(history: History, domain: str) -> State:
    """The state of an article that does not go out."""
    return State.RECALLED if domain in history.last() else State.HELD


def _and(why: str, more: str) -> str:
    return ", ".join(filter(None, (why, more)))


def _finding_errors(desk: Desk) -> list[PublishError]:
    """The findings that hold it, as the errors that the report lists."""
    return [
        _as_error(finding)
        for finding in desk.findings
        if finding.severity is Severity.ERROR
        and desk.catalog is not None
        and finding.msgid is not None
        and (entry := desk.catalog.find(finding.msgid, finding.msgctxt)) is not None
        and entry.is_usable
    ]


def _as_error(finding: Finding) -> PublishError:
    return PublishError(
        f"{finding.check}: {finding.message}",
        path=finding.file,
        line=finding.line or None,
    )


def _located(error: UnfitError, message: Message, desk: Desk) -> UnfitError:
    return UnfitError(
        error.message, path=desk.file, line=message.line or None, hint=error.hint
    )
