"""`publish approve`: record that a person lets translations go out."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.approval import Approval, translation_digest
from pipeline.errors import PublishError, UsageError
from pipeline.model.catalog import Message
from pipeline.model.finding import Finding, Severity
from pipeline.model.site import Site
from pipeline.store.lock import locked
from pipeline.store.reviews import append_approvals
from pipeline.workflow.articles import require_known
from pipeline.workflow.desk import Desk, read_desk, terms_of
from pipeline.workflow.journaling import journal_catalogs
from pipeline.workflow.report import FAILED, Report, worst
from pipeline.workflow.templates import Templates, read_templates


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveReport(Report):
    """How many pairs were approved now, and the findings that refused others."""

    approved: int = 0
    refused: tuple[Finding, ...] = ()

    def body(self) -> dict[str, object]:
        refused = [finding.as_json() for finding in self.refused]
        return {"approved": self.approved, "refused": refused}

    @property
    def exit_code(self) -> int:
        codes = [error.exit_code for error in self.errors]
        return worst([*codes, FAILED] if self.refused else codes)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who approves, and with what words."""

    reviewer: str
    date: str
    role: str = ""
    note: str = ""


def approve(
    site: Site,
    *,
    locales: tuple[str, ...],
    articles: tuple[str, ...],
    signature: Signature,
) -> ApproveReport:
    """
    Approve every usable message of some articles (none named: all).

    A pair that is approved already is not approved again. Where a check finds an error,
    the pair is refused unless the signature has a note. Raises UsageError for an
    unknown article or an empty reviewer.
    """
    if not signature.reviewer.strip():
        raise UsageError(
            "an approval needs a reviewer",
            hint='say who approves: --reviewer "Name, role"',
        )
    if site.two_person:
        raise UsageError(
            "two_person = true: who translated is not recorded on the command line",
            path=site.config_path,
            hint="set [review] two_person = false to approve here",
        )
    with locked(Path(site.root)):
        templates = read_templates(site)
        known = templates.articles.domains | templates.messages.keys()
        names = require_known(articles, known)
        journaled = journal_catalogs(site, locales, "approve")
        return journaled.told_in(_approve(site, locales, names, templates, signature))


def _approve(
    site: Site,
    locales: tuple[str, ...],
    names: tuple[str, ...],
    templates: Templates,
    signature: Signature,
) -> ApproveReport:
    approved = 0
    refused: list[Finding] = []
    errors: list[PublishError] = list(templates.errors)
    for locale in locales:
        terms = terms_of(site, locale)
        for domain, messages in templates.messages.items():
            if names and domain not in names:
                continue
            desk = read_desk(site, locale, domain, messages, terms=terms)
            if desk.error:
                errors.append(desk.error)
                continue
            good, bad = _sort(desk, messages, has_note=bool(signature.note))
            refused += bad
            lines = [_line(message, signature) for message in good]
            append_approvals(Path(site.root), locale, domain, lines)
            approved += len(lines)
    return ApproveReport(
        errors=tuple(errors), approved=approved, refused=tuple(refused)
    )


def _sort(
    desk: Desk, template: tuple[Message, ...], *, has_note: bool
) -> tuple[list[Message], list[Finding]]:
    """The entries to approve, and the errors that refuse others."""
    good: list[Message] = []
    bad: list[Finding] = []
    for wanted in template:
        entry = (
            desk.catalog.find(wanted.msgid, wanted.msgctxt) if desk.catalog else None
        )
        if entry is None or not entry.is_usable or desk.approvals.of(entry):
            continue
        if entry.key in desk.erroneous and not has_note:
            bad += [
                finding
                for finding in desk.findings
                if finding.severity is Severity.ERROR
                and (finding.msgctxt, finding.msgid) == entry.key
            ]
        else:
            good.append(entry)
    return good, bad


def _line(message: Message, signature: Signature) -> Approval:
    # `# publish DATE: machine (...)` is the provenance that pretranslation leaves.
    machine = any(
        comment.startswith("publish ") and ": machine" in comment
        for comment in message.comments
    )
    return Approval(
        msgctxt=message.msgctxt,
        msgid=message.msgid,
        msgid_plural=message.msgid_plural,
        translation=translation_digest(message),
        reviewer=signature.reviewer.strip(),
        role=signature.role,
        date=signature.date,
        kind="human after machine" if machine else "human",
        note=signature.note,
    )
