"""`publish send`."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from pipeline.cli.options import FiniteRange, article, common
from pipeline.cli.screen import Screen
from pipeline.cli.session import now, run
from pipeline.errors import UsageError
from pipeline.model.site import Site
from pipeline.transport.smtp import MailServer, parse_server
from pipeline.workflow.report import Progress
from pipeline.workflow.send import Sending, SendReport
from pipeline.workflow.send import send as send_mail


@click.command()
@common
@article
@click.option(
    "--lang",
    "langs",
    multiple=True,
    metavar="TAG",
    help="The language (default: the source's).",
)
@click.option("--to", required=True, metavar="ADDRESS", help="Who gets it.")
@click.option(
    "--smtp",
    envvar="PUBLISH_SMTP_URL",
    required=True,
    metavar="URL",
    help="The mail server: smtps://user@host, or smtp://host with STARTTLS.",
)
@click.option("--draft", is_flag=True, help="What is unreviewed too, marked.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent; send nothing.")
@click.option(
    "--timeout",
    type=FiniteRange(min=0, min_open=True, max=600),
    default=30,
    metavar="SECONDS",
    help="For the whole conversation (default: 30).",
)
def send(
    project: Path,
    *,
    as_json: bool,
    article: str,
    langs: tuple[str, ...],
    to: str,
    smtp: str,
    draft: bool,
    dry_run: bool,
    timeout: float,
) -> None:
    """
    Send one mail to yourself, to see it in a mail program.

    It is sent as the last build made it, its merge fields unfilled. What is not out is
    refused; --draft builds and sends it as a draft. The user and the password come from
    PUBLISH_SMTP_USER and PUBLISH_SMTP_PASSWORD, or are asked for.
    """

    def work(site: Site, progress: Progress) -> SendReport:
        sending = Sending(
            article=article,
            locale=_locale(langs) or site.source_locale,
            to=to,
            server=_server(smtp, asks=not dry_run),
            draft=draft,
            dry_run=dry_run,
            seconds=timeout,
        )
        return send_mail(site, sending, now=now(), progress=progress)

    run(project, as_json=as_json, work=work, show=show)


def _locale(langs: tuple[str, ...]) -> str:
    """The language that was asked for, of which there is one at most."""
    if len(langs) > 1:
        raise UsageError(
            f"one mail is sent in one language, not in {', '.join(langs)}",
            hint="run `publish send` once for each --lang",
        )
    return "".join(langs)


def _server(url: str, *, asks: bool) -> MailServer:
    """The server, with the user and the password that are known or typed in."""
    server = parse_server(url)
    user = server.user or os.environ.get("PUBLISH_SMTP_USER", "")
    password = server.password or os.environ.get("PUBLISH_SMTP_PASSWORD", "")
    if user and not password and asks:
        if not sys.stdin.isatty():
            raise UsageError(
                f"there is no password for {server}",
                hint="put it into the environment variable PUBLISH_SMTP_PASSWORD",
            )
        password = click.prompt(
            f"Password at {server}", hide_input=True, err=True, type=str
        )
    return replace(server, user=user, password=password if user else "")


def show(report: SendReport, screen: Screen) -> None:
    """What went where, in a few lines."""
    how = "sent" if report.sent else "would be sent (--dry-run)"
    screen.line(f"{report.path} {how} by {report.server}")
    screen.line(f"from {report.sender} to {report.to}, {report.size:,} bytes")
    screen.line(f"subject: {report.subject}")
