"""`publish deploy`."""

import signal
from pathlib import Path

import click

from pipeline.cli.options import common
from pipeline.cli.screen import Screen, count
from pipeline.cli.session import now, run
from pipeline.model.site import Site
from pipeline.workflow.deploy import DeployOptions, DeployReport
from pipeline.workflow.deploy import deploy as bring
from pipeline.workflow.report import Progress


@click.command()
@common
@click.argument("target")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option(
    "--known-hosts",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="The keys of known servers (default: ~/.ssh/known_hosts).",
)
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="A private key for SFTP (default: the agent's, and those in ~/.ssh).",
)
@click.option(
    "--take-over",
    is_flag=True,
    help="Go on where another deploy was cut off, or another site was deployed.",
)
def deploy(
    project: Path,
    *,
    as_json: bool,
    target: str,
    dry_run: bool,
    known_hosts: Path | None,
    key: Path | None,
    take_over: bool,
) -> None:
    """
    Bring dist/ to where it is served from.

    TARGET is a folder, sftp://user@host/folder, or s3://bucket/prefix. Only what
    changed is brought, and only what a deploy brought is removed. Pages that were
    recalled go first. What is cut off, the next run finishes.
    """
    options = DeployOptions(
        address=target,
        dry_run=dry_run,
        take_over=take_over,
        known_hosts=known_hosts,
        key=key,
    )
    # A CI job that is stopped ends as with Ctrl-C, and leaves no lock behind.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))

    def work(site: Site, progress: Progress) -> DeployReport:
        return bring(site, options, now=now(), progress=progress)

    run(project, as_json=as_json, work=work, show=show)


def show(report: DeployReport, screen: Screen) -> None:
    """What was done, and the pages that were withdrawn by name."""
    for path in report.removed:
        screen.line(f"removed {path}")
    brought = f"{count(len(report.uploaded), 'file')} brought"
    screen.line(
        f"{brought}, {len(report.removed)} removed, {report.unchanged} as they were"
    )
