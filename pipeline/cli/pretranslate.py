"""`publish pretranslate`."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Final, TypedDict

import click

from pipeline.cli.options import FiniteRange, common, langs
from pipeline.cli.screen import Screen
from pipeline.cli.session import now, run
from pipeline.errors import UsageError
from pipeline.model.site import Site
from pipeline.workflow.compare import CompareReport
from pipeline.workflow.compare import compare as measure
from pipeline.workflow.engine_work import EngineWork
from pipeline.workflow.locales import target_locales
from pipeline.workflow.pretranslate import LocaleEstimate, PretranslateReport
from pipeline.workflow.pretranslate import pretranslate as fill
from pipeline.workflow.report import Progress

_REASONS: Final = 5
"""Reasons of an engine that are shown; `--json` has all."""


class _Limits(TypedDict):
    """The options that every way of asking engines obeys."""

    dry_run: bool
    max_chars: int | None
    max_cost: float | None
    offline: bool


@click.command()
@common
@langs
@click.option(
    "--engine",
    "engines",
    multiple=True,
    metavar="NAME",
    help="Ask this engine; repeatable, in this order (default: the configured ones).",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be filled and sent.")
@click.option(
    "--max-chars",
    type=click.IntRange(min=0),
    default=None,
    metavar="N",
    help="Send at most this many characters to engines.",
)
@click.option(
    "--max-cost",
    type=FiniteRange(min=0),
    default=None,
    metavar="AMOUNT",
    help="Spend at most this much, by the configured prices.",
)
@click.option(
    "--compare",
    default="",
    metavar="ENGINE,ENGINE",
    help="Let engines translate what is translated already, and score them.",
)
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    metavar="N",
    help="With --compare: how many texts of each language.",
)
@click.option("--offline", is_flag=True, help="Open no connection: the memory alone.")
def pretranslate(
    project: Path,
    *,
    as_json: bool,
    langs: tuple[str, ...],
    engines: tuple[str, ...],
    dry_run: bool,
    max_chars: int | None,
    max_cost: float | None,
    compare: str,
    sample: int,
    offline: bool,
) -> None:
    """
    Fill in drafts from memory and machines, for people to review.

    The memory comes first: what was translated before is used again. What a machine
    wrote, and what only resembles a text of the memory, is marked fuzzy and says where
    it comes from; it is never published before a person clears the mark.
    """
    limits = _Limits(
        dry_run=dry_run, max_chars=max_chars, max_cost=max_cost, offline=offline
    )

    def work(site: Site, progress: Progress) -> PretranslateReport:
        return fill(
            site,
            locales=target_locales(site, langs),
            engines=engines or None,
            today=now().strftime("%Y-%m-%d"),
            progress=progress,
            **limits,
        )

    def score(site: Site, progress: Progress) -> CompareReport:
        names = tuple(name.strip() for name in compare.split(",") if name.strip())
        if engines or not names:
            raise UsageError(
                "--compare names the engines itself",
                hint="write --compare ENGINE,ENGINE without --engine",
            )
        return measure(
            site,
            locales=target_locales(site, langs),
            engines=names,
            sample=sample,
            today=now().strftime("%Y-%m-%d"),
            progress=progress,
            **limits,
        )

    if compare:
        run(project, as_json=as_json, work=score, show=show_scores)
    run(project, as_json=as_json, work=work, show=show)


def show(report: PretranslateReport, screen: Screen) -> None:
    """A line a locale, and tables of the work of engines and of what they left."""
    verb = "would be filled" if report.is_dry_run else "filled"
    sent = "would be sent" if report.is_dry_run else "sent"
    for each in report.locales:
        filled = ", ".join(f"{n} from {name}" for name, n in each.filled.items())
        screen.line(
            f"{each.locale}: {filled or 'nothing'} {verb}; {each.left} left; "
            f"{each.characters} characters {sent}",
        )
        if each.failed:
            screen.table(
                ("catalog", "source", "engine", "why"),
                [(f.domain, f.msgid, f.engine, f.why) for f in each.failed],
            )
    if report.estimates:
        _show_estimates(report.estimates, screen)
    if report.engines:
        _show_engines(report.engines, screen)


def show_scores(report: CompareReport, screen: Screen) -> None:
    """A table for each language, then what it cost."""
    numbers = ("sample", "answered", "scored", "chrF", "TER", "edits")
    for locale, scored in groupby(report.comparison, key=lambda each: each.locale):
        screen.table(
            ("engine", *numbers),
            [
                (
                    each.engine,
                    str(each.sample),
                    str(each.answered),
                    str(each.scored),
                    f"{each.scores.chrf:.1f}" if each.scores else "",
                    f"{each.scores.ter:.1f}" if each.scores else "",
                    f"{100 * each.scores.edits:.1f} %" if each.scores else "",
                )
                for each in scored
            ],
            title=locale,
            right=numbers,
        )
    if report.engines:
        _show_engines(report.engines, screen)


def _show_estimates(estimates: Sequence[LocaleEstimate], screen: Screen) -> None:
    """What each engine would be sent, if it did all that is left."""
    numbers = ("texts", "repeated", "bought", "words", "characters", "cost")
    for locale, some in groupby(estimates, key=lambda each: each.locale):
        screen.table(
            ("engine", *numbers),
            [
                (
                    each.work.engine,
                    str(each.work.texts),
                    str(each.work.repeated),
                    str(each.work.bought),
                    str(each.work.words),
                    str(each.work.characters),
                    _money(each.cost),
                )
                for each in some
            ],
            title=locale,
            right=numbers,
        )


def _show_engines(engines: Sequence[EngineWork], screen: Screen) -> None:
    """What each engine did, and why it refused what it refused."""
    numbers = ("filled", "refused", "calls", "characters", "cost", "seconds")
    screen.table(
        ("engine", *numbers),
        [
            (
                each.engine,
                str(each.filled),
                str(sum(each.refused.values())),
                str(each.spent.calls),
                str(each.spent.characters),
                _money(each.spent.cost),
                f"{each.seconds:.1f}",
            )
            for each in engines
        ],
        right=numbers,
    )
    reasons = [
        (each.engine, str(count), why)
        for each in engines
        for why, count in list(each.refused.items())[:_REASONS]
    ]
    if reasons:
        screen.table(("engine", "refused", "why"), reasons, right=("refused",))


def _money(cost: float | Fraction | None) -> str:
    """With as many digits as a small sum needs."""
    if cost is None:
        return "?"
    return f"{float(cost):.2f}" if cost >= 1 else f"{float(cost):.4f}"
