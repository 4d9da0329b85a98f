"""What goes out of one article in one locale, and what holds it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.cldr import PSEUDO_LOCALES
from pipeline.errors import PublishError, UnfitError
from pipeline.localize import localize
from pipeline.model.article import Article, Mark, Segment
from pipeline.model.catalog import Catalog, Message
from pipeline.model.finding import Finding, Severity
from pipeline.model.page import State
from pipeline.model.site import Site
from pipeline.model.term import Term
from pipeline.slugs import slugify
from pipeline.store.bodies import Place
from pipeline.store.published import History
from pipeline.workflow.articles import format_of
from pipeline.workflow.desk import Desk, content_class, read_desk
from pipeline.workflow.pseudo import pseudo_catalog


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
    errors: tuple[PublishError, ...] = ()
    unreviewed: bool = False
    """Whether a missing review is what holds it (exit code 3)."""

    version: str = ""
    """The key of all that it follows from; empty if it must be made again."""

    content: str = ""
    """Tells one text from another, where the text itself is kept in `body`."""

    body: Place | None = None

    @property
    def goes_out(self) -> bool:
        """Whether there is something to publish."""
        return self.state in {State.PUBLISHED, State.FALLBACK, State.PARTIAL}


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
    template: Sequence[Message],
    rules: Rules,
    *,
    desk: Desk | None = None,
) -> Decision:
    """
    Judge an article in a locale, and localize it where it may go out.

    `desk` is what is known of it there, where somebody has read it already.
    """
    if rules.locale == rules.site.source_locale:
        return _decide_source(article, rules)
    if rules.locale in PSEUDO_LOCALES:
        return _decide_pseudo(article, template, rules)
    desk = desk or read_desk(
        rules.site, rules.locale, article.domain, template, terms=rules.terms
    )
    return _decide(article, desk, rules)


def _decide_source(article: Article, rules: Rules) -> Decision:
    slug = source_slug(article, rules.site.source_locale)
    if article.is_draft and not rules.draft:
        state = not_out(rules.history, article.domain)
        why = f"draft: true in {article.path}"
        return Decision(article, rules.locale, state, slug, why)
    return Decision(article, rules.locale, State.PUBLISHED, slug)


def _decide_pseudo(
    article: Article, template: Sequence[Message], rules: Rules
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


def _decide(article: Article, desk: Desk, rules: Rules) -> Decision:
    slug = target_slug(article, desk)
    errors = [*_finding_errors(desk), *([desk.error] if desk.error else [])]
    passes = desk.verdict.passes and desk.error is None
    why = desk.verdict.why if desk.error is None else str(desk.error)
    unreviewed = not passes
    accept = _draft_accepts if rules.draft else desk.accepts
    localized = localize(
        article,
        desk.catalog or Catalog(Message("")),
        format=format_of(article),
        accept=accept,
        mark=_marker(desk, preview=rules.preview) if rules.draft else None,
    )
    if localized.refused:
        errors += [_located(error, entry, desk) for entry, error in localized.refused]
        passes, why = False, _and(why, f"{len(localized.refused)} cannot stand there")
    if article.is_draft and not rules.draft:
        passes, unreviewed, why = False, False, f"draft: true in {article.path}"
    return Decision(
        localized.article if passes or rules.draft else article,
        rules.locale,
        State.PUBLISHED if passes else _held_state(article, rules),
        slug,
        why="" if passes else why,
        reviewed=_reviewed(desk) if passes else None,
        errors=tuple(errors),
        unreviewed=unreviewed and not passes,
    )


def _held_state(article: Article, rules: Rules) -> State:
    """What the policy of its class makes of an article that is not fully reviewed."""
    policy = content_class(rules.site, article.domain).policy
    # A mail in another language helps nobody; a page has a notice.
    has_fallback = policy == "fallback" and article.kind != "mail"
    if has_fallback and not article.is_draft and not rules.draft:
        return State.FALLBACK
    return not_out(rules.history, article.domain)


def not_out(history: History, domain: str) -> State:
    """The state of an article that does not go out."""
    return State.RECALLED if domain in history.last() else State.HELD


def _and(why: str, more: str) -> str:
    return f"{why}, {more}" if why else more


def source_slug(article: Article, source_locale: str) -> str:
    """The address in the source locale: front matter `slug`, else the file's name."""
    given = slugify(str(article.meta.get("slug") or ""), locale=source_locale)
    return given or slugify(article.stem, locale=source_locale) or "page"


def target_slug(article: Article, desk: Desk) -> str:
    """The translated address; empty or fuzzy means the file's name."""
    entry = desk.catalog.find(article.stem, "slug") if desk.catalog else None
    usable = entry.msgstr if entry is not None and entry.is_usable else ""
    return (
        slugify(usable, locale=desk.locale)
        or slugify(article.stem, locale=desk.locale)
        or "page"
    )


def _draft_accepts(message: Message) -> bool:
    return message.is_translated and not message.obsolete


def _marker(
    desk: Desk, *, preview: bool
) -> Callable[[Segment, Message | None], Mark | None]:
    """Marks around what a draft shows: what is unreviewed, in a preview every block."""

    def mark(segment: Segment, message: Message | None) -> Mark | None:
        del segment
        if message is None:
            return Mark("untranslated", desk.file)
        entry = f"{desk.file}:{message.line}"
        if desk.accepts(message):
            approved = desk.approvals.of(message) is not None
            state = "approved" if approved else "translated"
            return Mark(state, entry) if preview else None
        state = message.state if message.state != "translated" else "unapproved"
        return Mark(state, entry)

    return mark


def _reviewed(desk: Desk) -> str | None:
    """The day of the newest approval, if every message that is out was approved."""
    if desk.catalog is None or not desk.verdict.tally.segments:
        return None
    if desk.verdict.tally.approved < desk.verdict.tally.segments:
        return None
    lines = (desk.approvals.of(message) for message in desk.catalog.living)
    return max((line.date for line in lines if line), default=None)


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
