"""
Approving one message: who may, what refuses it, and the line that is recorded.

`publish approve` and the review page both ask here, so that they agree.
"""

from pathlib import Path

from pipeline.approval import Approval, Withdrawal, translation_digest
from pipeline.errors import UsageError
from pipeline.late import dataclass
from pipeline.model.catalog import Message
from pipeline.model.finding import Finding, Severity
from pipeline.model.site import Site
from pipeline.persons import is_known
from pipeline.provenance import is_machine_draft
from pipeline.store.reviews import append_approvals
from pipeline.translators import Translators
from pipeline.workflow.desk import Desk
from pipeline.workflow.translators import needs_two, see_catalog

TWO_PERSON = "two_person"
"""The name of what a finding refuses that no other person has seen."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who approves, and with what words."""

    reviewer: str
    date: str
    role: str = ""
    note: str = ""

    def require_reviewer(self) -> None:
        """Raises UsageError where no person is named."""
        if not is_known(self.reviewer):
            raise UsageError(
                "an approval needs a reviewer",
                hint='say who approves: --reviewer "Name, role"',
            )


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of one message: its approval, or what refuses it."""

    approval: Approval | None = None
    refused: tuple[Finding, ...] = ()


def rule(
    desk: Desk,
    message: Message,
    signature: Signature,
    *,
    translators: Translators | None = None,
    confirm_warnings: bool = False,
) -> Ruling:
    """
    Whether a usable entry of a desk may be approved; nothing is written.

    An error of a check refuses it unless the signature has a note, and so does a
    warning with `confirm_warnings`. What was found is overridden by the approval, which
    names it. With `translators`, nobody approves what they may have translated
    alone; no note helps against that.
    """
    if translators is not None and not translators.may_approve(
        message, signature.reviewer
    ):
        return Ruling(refused=(_needs_another(desk, message, translators),))
    found = [
        finding
        for finding in desk.findings_of(message)
        if finding.severity is not Severity.INFO
    ]
    refusing = tuple(
        finding
        for finding in found
        if confirm_warnings or finding.severity is Severity.ERROR
    )
    if refusing and not signature.note.strip():
        return Ruling(refused=refusing)
    overrides = tuple(sorted({finding.check for finding in found}))
    return Ruling(_line(desk, message, signature, overrides))


def approve_message(
    site: Site,
    desk: Desk,
    message: Message,
    signature: Signature,
    *,
    confirm_warnings: bool = True,
) -> Ruling:
    """
    Approve one entry of a desk, as the review page does; durable when it returns.

    An entry that is approved already stays as it is. The caller holds the site's lock,
    and the desk is of what the catalog holds now. Raises UsageError where no person is
    named or the entry is none that could go out, and StoreError.
    """
    signature.require_reviewer()
    if not message.is_usable or desk.catalog is None:
        raise UsageError(
            "only what is translated and not fuzzy can be approved", path=desk.file
        )
    before = desk.approvals.of(message)
    if before is not None:
        return Ruling(before)
    translators = None
    if needs_two(site, desk.domain):
        translators = see_catalog(
            site, desk.locale, desk.domain, desk.catalog, date=signature.date
        )
    ruling = rule(
        desk,
        message,
        signature,
        translators=translators,
        confirm_warnings=confirm_warnings,
    )
    if ruling.approval:
        lines = [ruling.approval]
        append_approvals(Path(site.root), desk.locale, desk.domain, lines)
    return ruling


def withdraw_message(
    site: Site, desk: Desk, message: Message, signature: Signature
) -> bool:
    """
    Take back every approval of an entry as it is; whether there was one.

    Anybody may. The caller holds the site's lock. Raises UsageError and StoreError.
    """
    signature.require_reviewer()
    if desk.approvals.of(message) is None:
        return False
    line = withdrawal(desk, message, signature)
    append_approvals(Path(site.root), desk.locale, desk.domain, [line])
    return True


def withdrawal(desk: Desk, message: Message, signature: Signature) -> Withdrawal:
    """The line that takes back what was approved of an entry."""
    return Withdrawal(
        msgctxt=message.msgctxt,
        msgid=message.msgid,
        msgid_plural=message.msgid_plural,
        withdrawn=translation_digest(message),
        reviewer=signature.reviewer.strip(),
        role=signature.role,
        date=signature.date,
        note=signature.note,
        after=desk.approvals.seen(message),
    )


def _line(
    desk: Desk, message: Message, signature: Signature, overrides: tuple[str, ...]
) -> Approval:
    return Approval(
        msgctxt=message.msgctxt,
        msgid=message.msgid,
        msgid_plural=message.msgid_plural,
        translation=translation_digest(message),
        reviewer=signature.reviewer.strip(),
        role=signature.role,
        date=signature.date,
        kind="human after machine" if is_machine_draft(message) else "human",
        note=signature.note,
        overrides=overrides,
        after=desk.approvals.seen(message),
    )


def _needs_another(desk: Desk, message: Message, translators: Translators) -> Finding:
    names = translators.of(message)
    said = (
        f"translated by {', '.join(names)}; two_person = true, so somebody else has"
        " to approve it"
        if names
        else "two_person = true, and who translated this is not known; save it under"
        " a name, or say who it was: --translator NAME"
    )
    return Finding(
        TWO_PERSON,
        Severity.ERROR,
        said,
        file=desk.file,
        line=message.line,
        locale=desk.locale,
        msgctxt=message.msgctxt,
        msgid=message.msgid,
        msgstr=message.msgstr,
    )
