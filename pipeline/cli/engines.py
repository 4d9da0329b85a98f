"""`publish engines`, and `publish engines install`."""

from pathlib import Path

import click

from pipeline.cli.options import common
from pipeline.cli.screen import Screen, count
from pipeline.cli.session import run
from pipeline.engines import Model
from pipeline.model.site import Site
from pipeline.workflow.engines import EnginesReport, InstallReport
from pipeline.workflow.engines import engines as look
from pipeline.workflow.engines import install as get
from pipeline.workflow.report import Progress


@click.group(invoke_without_command=True)
@common
@click.option("--check", is_flag=True, help="Ask each whether it is there.")
@click.pass_context
def engines(ctx: click.Context, project: Path, *, as_json: bool, check: bool) -> None:
    """
    Show what can translate: what is installed, configured and reachable.

    Without --check no connection is opened; with it, no text is sent.
    """
    if ctx.invoked_subcommand:
        ctx.obj = (project, as_json)
        return

    def work(site: Site, progress: Progress) -> EnginesReport:
        del progress
        return look(site, check=check)

    run(project, as_json=as_json, work=work, show=show)


@engines.command()
@click.argument("engine")
@click.argument("tags", nargs=-1, metavar="[TAG]...")
@common
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Take the model from this folder; no connection is opened.",
)
@click.pass_context
def install(
    ctx: click.Context,
    engine: str,
    tags: tuple[str, ...],
    folder: Path | None,
    project: Path,
    *,
    as_json: bool,
) -> None:
    """
    Get the models of an engine that works on this machine, as in: firefox tr

    Without a TAG, for every language of the site.
    """
    above, is_json = ctx.obj
    # `publish engines -C site install` is as good as `publish engines install -C site`.
    place = project if project != Path() else above

    def work(site: Site, progress: Progress) -> InstallReport:
        return get(site, engine, tags, folder=folder, progress=progress)

    run(place, as_json=as_json or is_json, work=work, show=show_models)


def show(report: EnginesReport, screen: Screen) -> None:
    """A table, a line an engine; and the models that are on this machine."""
    answers = {True: "yes", False: "no", None: "not asked"}
    screen.table(
        ("engine", "installed", "configured", "reachable", "network", "why"),
        [
            (
                each.name,
                answers[each.installed],
                answers[each.configured],
                answers[each.reachable],
                answers[each.needs_network],
                each.why,
            )
            for each in report.engines
        ],
    )
    for each in report.engines:
        for model in each.models:
            screen.line(f"{each.name}: {_line(model)}")


def show_models(report: InstallReport, screen: Screen) -> None:
    """A line a model."""
    for model in report.models:
        screen.line(_line(model))
    if report.models:
        screen.line(f"{count(len(report.models), 'model')} installed")


def _line(model: Model) -> str:
    version = f" {model.version}" if model.version else ""
    return f"{model.pair}{version}, {model.size / 1e6:.1f} MB, {model.folder}"
