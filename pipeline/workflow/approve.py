"""`publish approve`: a person lets translations go out, or takes that back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Protocol

from pipeline.approval import Approval, Withdrawal
from pipeline.errors import PublishError, UsageError
from pipeline.late import dataclass
from pipeline.model.catalog import Message
from pipeline.model.finding import Finding
from pipeline.model.site import Site
from pipeline.persons import is_known
from pipeline.store.lock import locked
from pipeline.store.reviews import append_approvals
from pipeline.translators import Translators
from pipeline.workflow.approving import Signature, rule, withdrawal
from pipeline.workflow.articles import require_known
from pipeline.workflow.desk import Desk, read_desk, terms_of
from pipeline.workflow.journaling import journal_catalogs
from pipeline.workflow.report import FAILED, Report, worst
from pipeline.workflow.templates import Templates, read_templates
from pipeline.workflow.translators import (
    Recorded,
    needs_two,
    read_recorded,
    record_translator,
    see_catalog,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveReport(Report):
    """How many pairs were approved now, and the findings that refused others."""

    approved: int = 0
    refused: tuple[Finding, ...] = ()
    withdrawn: int | None = None
    """How many approvals were taken back; None where that was not asked for."""

    def body(self) -> dict[str, object]:
        refused = [finding.as_json() for finding in self.refused]
        known: dict[str, object] = {"approved": self.approved, "refused": refused}
        return (
            known if self.withdrawn is None else known | {"withdrawn": self.withdrawn}
        )

    @property
    def exit_code(self) -> int:
        codes = [error.exit_code for error in self.errors]
        return worst([*codes, FAILED] if self.refused else codes)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which messages a person means."""

    locales: tuple[str, ...]
    articles: tuple[str, ...] = ()
    """By domain; none: all of them."""

    texts: tuple[str, ...] = ()
    """English texts; none: all of the articles."""

    def require_texts(self, messages: Mapping[str, Iterable[Message]]) -> None:
        """Raises UsageError for a text that the articles do not have."""
        known = {
            message.msgid
            for domain, each in messages.items()
            if not self.articles or domain in self.articles
            for message in each
        }
        for text in self.texts:
            if text not in known:
                raise UsageError(
                    f"no message reads {text!r}", hint="give its whole English text"
                )


def approve(
    site: Site, chosen: Chosen, signature: Signature, *, translator: str = ""
) -> ApproveReport:
    """
    Approve the usable messages that are chosen.

    A pair that is approved already is not approved again. Where a check finds an error,
    the pair is refused unless the signature has a note. Where two persons are asked
    for, it is refused if the reviewer may have translated it alone; `translator` says
    who it was of texts of which that is not known. Raises UsageError for an unknown
    article or text and where no reviewer is named.
    """
    signature.require_reviewer()
    if translator and not is_known(translator):
        raise UsageError(f"{translator!r} names no translator")
    with locked(Path(site.root)):
        return _Run(site, signature, translator).over(chosen, _Run.approve)


def withdraw(site: Site, chosen: Chosen, signature: Signature) -> ApproveReport:
    """
    Take back the approvals of the messages that are chosen, as they are now.

    Raises UsageError as `approve`, and where no article is named: it recalls pages.
    """
    signature.require_reviewer()
    if not chosen.articles:
        raise UsageError(
            "which approvals are taken back?",
            hint="name the articles; `messages` is the strings of the templates",
        )
    with locked(Path(site.root)):
        return _Run(site, signature, withdrawn=[]).over(chosen, _Run.withdraw)


@dataclass
class _Run:
    """One command on some desks."""

    site: Site
    signature: Signature
    translator: str = ""
    approved: int = 0
    refused: list[Finding] = field(default_factory=list)
    withdrawn: list[Withdrawal] | None = None

    def over(self, chosen: Chosen, work: "_Work") -> ApproveReport:
        site = self.site
        templates = read_templates(site)
        known = templates.articles.domains | templates.messages.keys()
        articles = require_known(chosen.articles, known)
        chosen = Chosen(chosen.locales, articles, chosen.texts)
        chosen.require_texts(templates.messages)
        journaled = journal_catalogs(site, chosen.locales, "approve")
        errors: list[PublishError] = list(templates.errors)
        for locale in chosen.locales:
            recorded = self._recorded(locale, templates)
            for desk in self._desks(chosen, locale, templates):
                if desk.error:
                    errors.append(desk.error)
                    continue
                entries = [*_chosen(desk, chosen, templates)]
                lines = work(self, desk, entries, recorded)
                append_approvals(Path(site.root), locale, desk.domain, lines)
        report = ApproveReport(
            errors=tuple(errors),
            approved=self.approved,
            refused=tuple(self.refused),
            withdrawn=None if self.withdrawn is None else len(self.withdrawn),
        )
        return journaled.told_in(report)

    def _desks(
        self, chosen: Chosen, locale: str, templates: Templates
    ) -> Iterator[Desk]:
        terms = terms_of(self.site, locale)
        for domain, messages in templates.messages.items():
            if not chosen.articles or domain in chosen.articles:
                yield read_desk(self.site, locale, domain, messages, terms=terms)

    def _recorded(self, locale: str, templates: Templates) -> Recorded:
        """Who translated what in a locale, if anything of it needs two persons."""
        if any(needs_two(self.site, domain) for domain in templates.messages):
            return read_recorded(self.site, locale)
        return {}

    def approve(
        self, desk: Desk, entries: list[Message], recorded: Recorded
    ) -> list[Approval]:
        entries = [entry for entry in entries if not desk.approvals.of(entry)]
        translators = self._translators(desk, entries, recorded)
        lines: list[Approval] = []
        for entry in entries:
            ruling = rule(desk, entry, self.signature, translators=translators)
            self.refused += ruling.refused
            lines += [ruling.approval] if ruling.approval else []
        self.approved += len(lines)
        return lines

    def _translators(
        self, desk: Desk, entries: list[Message], recorded: Recorded
    ) -> Translators | None:
        site, locale, domain = self.site, desk.locale, desk.domain
        if desk.catalog is None or not needs_two(site, domain):
            return None
        date = self.signature.date
        known = see_catalog(
            site, locale, domain, desk.catalog, date=date, elsewhere=recorded
        )
        if not self.translator:
            return known
        return record_translator(
            site,
            locale,
            domain,
            entries,
            before=None,
            translator=self.translator,
            date=date,
        )

    def withdraw(
        self, desk: Desk, entries: list[Message], recorded: Recorded
    ) -> list[Withdrawal]:
        del recorded
        lines = [
            withdrawal(desk, entry, self.signature)
            for entry in entries
            if desk.approvals.of(entry)
        ]
        if self.withdrawn is not None:
            self.withdrawn += lines
        return lines


class _Work(Protocol):
    """What is done with the chosen entries of a desk: the lines to append."""

    def __call__(
        self, run: _Run, /, desk: Desk, entries: list[Message], recorded: Recorded
    ) -> Iterable[Approval | Withdrawal]: ...


def _chosen(desk: Desk, chosen: Chosen, templates: Templates) -> Iterator[Message]:
    """The usable entries of a desk that are meant, in the order of the text."""
    for wanted in templates.messages[desk.domain]:
        entry = (
            desk.catalog.find(wanted.msgid, wanted.msgctxt) if desk.catalog else None
        )
        if entry is None or not entry.is_usable:
            continue
        if not chosen.texts or entry.msgid in chosen.texts:
            yield entry
