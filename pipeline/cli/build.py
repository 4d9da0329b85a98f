"""`publish build`."""

from pathlib import Path
from typing import NoReturn

import click

from pipeline.cli.options import common, complete_articles, langs
from pipeline.cli.plain_build import show
from pipeline.cli.screen import Screen
from pipeline.cli.session import now, run
from pipeline.model.site import Site
from pipeline.render.layouts import LAYOUTS
from pipeline.workflow.build import build as build_site
from pipeline.workflow.outcome import BuildOptions, BuildReport
from pipeline.workflow.report import Progress


@click.command()
@common
@langs
@click.option(
    "--draft", is_flag=True, help="Into dist/draft/, with what is unreviewed marked."
)
@click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Worker processes (default: one a core).",
)
@click.option(
    "--executor",
    type=click.Choice(["serial", "process", "dask"]),
    default=None,
    help="How work is spread (default: process).",
)
@click.option(
    "--scheduler",
    default="",
    metavar="ADDRESS",
    help="With --executor dask: the cluster's, as in tls://host:8786.",
)
@click.option(
    "--share",
    default="",
    metavar="URL",
    help="With --executor dask: by what its workers get the site's files.",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["site", "source"]),
    default="site",
    help="`source` also writes documents for another site generator.",
)
@click.option(
    "--layout",
    type=click.Choice([*LAYOUTS]),
    default=None,
    help="With --format source: whose folders (default: plain).",
)
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    metavar="DIR",
    help="With --format source: the folder of the other site (default: dist/source).",
)
@click.option(
    "--context",
    default="",
    metavar="ARTICLE",
    shell_complete=complete_articles,
    help="Only print, as JSON, what the templates of this article are given.",
)
def build(
    project: Path,
    *,
    as_json: bool,
    langs: tuple[str, ...],
    draft: bool,
    jobs: int,
    executor: str | None,
    scheduler: str,
    share: str,
    kind: str,
    layout: str | None,
    to: Path | None,
    context: str,
) -> None:
    """
    Make the pages and mails that may go out, into dist/.

    English is always built. An article with anything unreviewed in a language is held
    back there: exit code 3. The exit code is 1 if an article, a catalog or a check
    failed, and 0 if everything is out.
    """
    options = BuildOptions(
        asked=langs,
        draft=draft,
        jobs=jobs,
        executor=executor or "",
        scheduler=scheduler,
        share=share,
    )

    if kind == "site" and (layout or to):
        raise click.UsageError("--layout and --to go with --format source")

    if context:
        _print_context(project, context, options)

    def work(site: Site, progress: Progress) -> BuildReport:
        if kind == "source":
            # Most builds export nothing.
            from pipeline.workflow.source import export_source

            return export_source(
                site,
                options,
                layout=layout or "plain",
                to=to,
                now=now(),
                progress=progress,
            )
        return build_site(site, options, now=now(), progress=progress)

    run(project, as_json=as_json, work=work, show=show)


def _print_context(project: Path, article: str, options: BuildOptions) -> NoReturn:
    from pipeline.workflow.context import ContextReport
    from pipeline.workflow.context import context as context_of

    def work(site: Site, _: Progress) -> ContextReport:
        return context_of(site, article, options)

    def show(report: ContextReport, screen: Screen) -> None:
        for each in report.contexts:
            decision = each.decision
            if not each.templates:
                screen.line(f"{decision.locale}: {decision.state}: {decision.why}")

    run(project, as_json=True, work=work, show=show)
