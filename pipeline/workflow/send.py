"""`publish send`: one mail of the last build, to one address, to be looked at."""

from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

from pipeline.errors import ConfigError, DeliveryError, PublishError, UsageError
from pipeline.late import dataclass
from pipeline.mailboxes import Mailbox, parse_mailbox
from pipeline.model.site import Site
from pipeline.render.mime import addressed, subject_of
from pipeline.store.files import read_bytes
from pipeline.transport.smtp import MailServer, deliver
from pipeline.workflow.articles import require_known
from pipeline.workflow.build import build
from pipeline.workflow.locales import build_locales
from pipeline.workflow.outcome import BuildOptions
from pipeline.workflow.release import digest
from pipeline.workflow.released import read_release
from pipeline.workflow.report import Progress, Report


@dataclass(frozen=True, slots=True)
class Sending:
    """What is to be sent, where to, and by whom."""

    article: str
    locale: str
    to: str
    server: MailServer
    draft: bool = False
    dry_run: bool = False
    seconds: float = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReport(Report):
    """The mail that was sent, or would have been."""

    article: str
    locale: str
    path: str
    subject: str
    sender: str
    to: str
    server: str
    size: int
    sent: bool

    def body(self) -> dict[str, object]:
        return {
            "article": self.article,
            "locale": self.locale,
            "path": self.path,
            "subject": self.subject,
            "from": self.sender,
            "to": self.to,
            "server": self.server,
            "bytes": self.size,
            "sent": self.sent,
        }


def send(
    site: Site, sending: Sending, *, now: datetime, progress: Progress
) -> SendReport:
    """
    Send a mail as the last build made it; a draft is built first, into dist/draft/.

    Raises DeliveryError for a mail that is not out, or that the server did not take,
    and UsageError or ConfigError for addresses that are none.
    """
    build_locales(site, (sending.locale,), draft=sending.draft)
    to, sender = _recipient(sending.to), _sender(site)
    find = _draft if sending.draft else _published
    article, path = find(site, sending, now, progress)
    data = read_bytes(Path(site.root) / path, root=Path(site.root))
    if not sending.draft:
        _require_as_built(site, path, data)
    message = addressed(data, to=sending.to, date=format_datetime(now))
    if not sending.dry_run:
        deliver(
            sending.server,
            message,
            sender=sender.address,
            to=to.address,
            seconds=sending.seconds,
        )
    return SendReport(
        article=article,
        locale=sending.locale,
        path=path,
        subject=subject_of(message),
        sender=sender.address,
        to=to.address,
        server=str(sending.server),
        size=len(message),
        sent=not sending.dry_run,
    )


def _recipient(text: str) -> Mailbox:
    box = parse_mailbox(text)
    if box is None:
        raise UsageError(
            f"{text!r} is not one mail address",
            hint="write --to name@clinic.example",
        )
    return box


def _sender(site: Site) -> Mailbox:
    box = parse_mailbox(site.mail.sender)
    if box is None:
        raise ConfigError(
            "`from` in [mail] is not an address that a mail can be sent from",
            path=site.config_path,
            hint='add from = "Clinic <info@clinic.example>" and build again',
        )
    return box


def _published(
    site: Site, sending: Sending, now: datetime, progress: Progress
) -> tuple[str, str]:
    """The article and its file in `dist/`, where it is out."""
    del now, progress
    mails = read_release(Path(site.root) / "dist").mails
    known = frozenset(each["article"] for each in mails)
    (article,) = require_known((sending.article,), known)
    for each in mails:
        if (each["article"], each["locale"]) != (article, sending.locale):
            continue
        if each["state"] in {"held", "recalled"}:
            raise DeliveryError(
                f"{article} is {each['state']} in {sending.locale}: {each['why']}",
                hint=f"`publish explain {article}` says what to do; --draft sends it "
                "marked as a draft",
            )
        return article, f"dist/{each['path']}"
    raise DeliveryError(
        f"{article} was not built in {sending.locale}", hint="run `publish build`"
    )


def _draft(
    site: Site, sending: Sending, now: datetime, progress: Progress
) -> tuple[str, str]:
    """The article and its file in `dist/draft/`, built just now."""
    options = BuildOptions(asked=(sending.locale,), draft=True)
    report = build(site, options, now=now, progress=progress)
    known = frozenset(each.article for each in report.mails)
    (article,) = require_known((sending.article,), known)
    for each in report.mails:
        if (each.article, each.locale) == (article, sending.locale):
            if (Path(site.root) / each.path).is_file():
                return article, each.path
            break
    raise _cause(report.errors, article) or DeliveryError(
        f"{article} cannot be built in {sending.locale}",
        hint="run `publish build --draft`",
    )


def _cause(errors: tuple[PublishError, ...], article: str) -> PublishError | None:
    return next((e for e in errors if e.path and article in e.path), None)


def _require_as_built(site: Site, path: str, data: bytes) -> None:
    files = read_release(Path(site.root) / "dist").files
    if files.get(path.removeprefix("dist/")) != digest(data):
        raise DeliveryError(
            "is not the file that was built",
            path=path,
            hint="run `publish build` again",
        )
