"""Options that several commands share, declared once."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from click.shell_completion import CompletionItem

from pipeline.errors import PublishError, UsageError

F = TypeVar("F", bound=Callable[..., object])


class FiniteRange(click.FloatRange):
    """Numbers of a range; `nan`, which is below and above no other, is in none."""

    def convert(
        self,
        value: float,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> float:
        number = float(super().convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"{value} is not a number to reckon with", param, ctx)
        return number


def _locales(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from pipeline.store.config import find_root, read_site

    try:
        site = read_site(find_root(Path(ctx.params.get("project") or ".")))
    except PublishError:
        return []
    return [CompletionItem(tag) for tag in site.locales if tag.startswith(incomplete)]


def complete_articles(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The articles of the site whose names begin with what is typed."""
    from pipeline import registry
    from pipeline.store.config import find_root, read_site
    from pipeline.store.sources import find_sources

    try:
        site = read_site(find_root(Path(ctx.params.get("project") or ".")))
        files = find_sources(site, registry.format_suffixes()).files
    except PublishError:
        return []
    return [
        CompletionItem(file.domain)
        for file in files
        if file.domain.startswith(incomplete)
    ]


def common(function: F) -> F:
    """`-C/--project` and `--json`."""
    project = click.option(
        "-C",
        "--project",
        type=click.Path(path_type=Path),
        default=Path(),
        metavar="DIR",
        help="The site's folder (default: this one or the nearest above).",
    )
    as_json = click.option(
        "--json",
        "as_json",
        is_flag=True,
        help="One JSON document on standard output; words go to standard error.",
    )
    return project(as_json(function))


def langs(function: F) -> F:
    """`--lang`, repeatable."""
    return click.option(
        "--lang",
        "langs",
        multiple=True,
        metavar="TAG",
        shell_complete=_locales,
        help="A language, as in tr or pt-BR; repeatable (default: all of the site's).",
    )(function)


def articles(function: F) -> F:
    """`[ARTICLE]...`; none: all of them."""
    return click.argument(
        "articles", nargs=-1, shell_complete=complete_articles, metavar="[ARTICLE]..."
    )(function)


def article(function: F) -> F:
    """`ARTICLE`, exactly one."""
    return click.argument("article", shell_complete=complete_articles)(function)


def required(what: str | None, example: str) -> str:
    """What an action works on. Raises UsageError, with the example, without one."""
    if what is None or not what.strip():
        raise UsageError("there is nothing to work on", hint=f"as in: {example}")
    return what
