"""`publish explain`: why an article is out or held in each locale, and what to do."""

from dataclasses import asdict
from pathlib import Path

from pipeline.late import dataclass
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.model.page import Output
from pipeline.model.site import Site
from pipeline.store.comments import Comment, read_comments
from pipeline.store.published import read_history
from pipeline.workflow.articles import require_known
from pipeline.workflow.decide import Decision, Rules, decide
from pipeline.workflow.desk import Desk, read_desk, terms_of
from pipeline.workflow.outcome import output_path
from pipeline.workflow.report import FAILED, HELD, Report, worst
from pipeline.workflow.templates import Templates, read_templates


@dataclass(frozen=True, slots=True)
class Blocker:
    """A message that holds the article."""

    file: str
    line: int
    state: str
    """`untranslated`, `fuzzy`, `not approved` or `error`."""

    msgctxt: str | None
    msgid: str
    what: str = ""
    """What a check found, where it is an error."""

    @property
    def to_do(self) -> str:
        """The next step, for a person."""
        steps = {
            "untranslated": "translate it",
            "fuzzy": "review it and clear the fuzzy flag",
            "not approved": "let a reviewer approve it (`publish approve`)",
            "error": "correct it",
        }
        return steps[self.state]

    def as_json(self) -> dict[str, object]:
        return {
            "file": self.file,
            "line": self.line,
            "state": self.state,
            "msgctxt": self.msgctxt,
            "msgid": self.msgid,
            "what": self.what,
            "to_do": self.to_do,
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """One article in one locale."""

    output: Output
    is_mail: bool
    blockers: tuple[Blocker, ...]
    comments: tuple[Comment, ...] = ()
    """What translators ask or tell the author."""

    def as_json(self) -> dict[str, object]:
        messages = [blocker.as_json() for blocker in self.blockers]
        comments = [asdict(comment) for comment in self.comments]
        return self.output.as_json() | {"messages": messages, "comments": comments}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainReport(Report):
    """Every locale of one article, in the JSON of `build`."""

    explanations: tuple[Explanation, ...] = ()
    unreviewed: bool = False

    def body(self) -> dict[str, object]:
        pages = [e.as_json() for e in self.explanations if not e.is_mail]
        mails = [e.as_json() for e in self.explanations if e.is_mail]
        return {"pages": pages, "mails": mails, "written": [], "removed": []}

    @property
    def exit_code(self) -> int:
        codes = [error.exit_code for error in self.errors]
        if any(b.state == "error" for e in self.explanations for b in e.blockers):
            codes.append(FAILED)
        return worst([*codes, HELD] if self.unreviewed else codes)


def explain(site: Site, article: str, *, locales: tuple[str, ...]) -> ExplainReport:
    """
    Judge one article as `build` would, without building.

    Raises UsageError for an article that is not there.
    """
    templates = read_templates(site, drafts=True)
    mine = [error for error in templates.errors if error.path and article in error.path]
    readable = frozenset(a.domain for a in templates.articles.articles)
    known = readable | templates.articles.domains
    (domain,) = require_known((article,), known)
    if domain not in readable:
        return ExplainReport(errors=tuple(mine or templates.errors))
    decisions = [
        _explain(site, domain, locale, templates)
        for locale in (site.source_locale, *locales)
    ]
    return ExplainReport(
        errors=tuple(e for decision, _ in decisions for e in decision.errors),
        explanations=tuple(explanation for _, explanation in decisions),
        unreviewed=any(decision.unreviewed for decision, _ in decisions),
    )


def _explain(
    site: Site, domain: str, locale: str, templates: Templates
) -> tuple[Decision, Explanation]:
    article = templates.article(domain)
    assert article is not None  # noqa: S101 - the caller looked it up
    template = templates.messages.get(domain, ())
    terms = terms_of(site, locale) if locale != site.source_locale else ()
    history = read_history(Path(site.root), locale)
    decision = decide(article, template, Rules(site, locale, history, terms))
    blockers: tuple[Blocker, ...] = ()
    if locale != site.source_locale:
        desk = read_desk(
            site, locale, domain, template, terms=terms, least=Severity.ERROR
        )
        blockers = tuple(
            _blocker(message, state, desk) for message, state in desk.verdict.blocking
        )
    output = Output(
        domain,
        locale,
        output_path(locale, decision.slug, kind=article.kind, draft=False),
        decision.state,
        why=decision.why,
    )
    comments = read_comments(Path(site.root), locale, domain)
    is_mail = article.kind == "mail"
    return decision, Explanation(output, is_mail, blockers, comments)


def _blocker(message: Message, state: str, desk: Desk) -> Blocker:
    entry = desk.catalog.find(message.msgid, message.msgctxt) if desk.catalog else None
    said = [
        finding.message
        for finding in desk.findings
        if (finding.msgctxt, finding.msgid) == message.key
        and finding.severity is Severity.ERROR
    ]
    return Blocker(
        desk.file,
        entry.line if entry else 0,
        state,
        message.msgctxt,
        message.msgid,
        what="; ".join(said) if state == "error" else "",
    )
