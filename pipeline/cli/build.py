"""`publish build`."""

from pathlib import Path

import click

from pipeline.cli.options import common, langs
from pipeline.cli.screen import Screen, count
from pipeline.cli.session import now, run
from pipeline.model.page import Output, State
from pipeline.model.site import Site
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
@click.option("--executor", type=click.Choice(["serial", "process"]), default=None)
def build(
    project: Path,
    *,
    as_json: bool,
    langs: tuple[str, ...],
    draft: bool,
    jobs: int,
    executor: str | None,
) -> None:
    """
    Make the pages and mails that may go out, into dist/.

    English is always built. An article with anything unreviewed in a language is held
    back there: exit code 3. The exit code is 1 if an article, a catalog or a check
    failed, and 0 if everything is out.
    """
    options = BuildOptions(asked=langs, draft=draft, jobs=jobs, executor=executor or "")

    def work(site: Site, progress: Progress) -> BuildReport:
        return build_site(site, options, now=now(), progress=progress)

    run(project, as_json=as_json, work=work, show=show)


def show(report: BuildReport, screen: Screen) -> None:
    """What is out, in a line a locale; what is not, with the reason; what changed."""
    outputs = (*report.pages, *report.mails)
    held = [each for each in outputs if each.state is not State.PUBLISHED or each.why]
    for locale in dict.fromkeys(each.locale for each in outputs):
        pages = _out(report.pages, locale)
        mails = _out(report.mails, locale)
        screen.line(f"{locale}: {count(pages, 'page')}, {count(mails, 'mail')}")
    if held:
        screen.table(
            ("language", "article", "state", "why"),
            [(each.locale, each.article, str(each.state), each.why) for each in held],
        )
        screen.line("`publish explain ARTICLE` says what to do.")
    changed = f"{count(len(report.written), 'file')} written"
    screen.line(f"{changed}, {len(report.removed)} removed")


def _out(outputs: tuple[Output, ...], locale: str) -> int:
    return sum(o.locale == locale and o.state is State.PUBLISHED for o in outputs)
