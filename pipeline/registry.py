"""
Families by entry point, loaded when asked for.

Our own members are declared in `pyproject.toml` like anybody else's, so a further
format, engine or check enters by the same door. Two members with one name are an error.
"""

from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, cast

from pipeline.checks import Check
from pipeline.errors import PublishError, UsageError
from pipeline.formats import Format

if TYPE_CHECKING:
    # No build has use for one.
    from pipeline.engines import Engine


class PluginError(PublishError):
    """An installed member of a family cannot be used."""


@cache
def _load(family: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for entry in entry_points(group=f"pipeline.{family}"):
        if entry.name in found:
            raise PluginError(
                f"two {family} are named {entry.name!r}",
                hint="uninstall one of the packages that declare it",
            )
        try:
            found[entry.name] = entry.load()
        except ImportError as error:
            raise PluginError(
                f"{entry.name!r} of {family} does not load: {error}",
                hint=f"reinstall or remove the package that declares {entry.value}",
            ) from error
    return dict(sorted(found.items()))


@cache
def formats() -> dict[str, Format]:
    """Every installed format by name."""
    return {
        name: cast("type[Format]", kind)() for name, kind in _load("formats").items()
    }


@cache
def format_suffixes() -> dict[str, str]:
    """The format's name by file suffix."""
    return {
        suffix: name for name, kind in formats().items() for suffix in kind.suffixes
    }


@cache
def checks() -> dict[str, Check]:
    """Every installed check by name."""
    return {name: cast("type[Check]", kind)() for name, kind in _load("checks").items()}


@cache
def engines() -> "dict[str, type[Engine]]":
    """Every installed engine by name; they are made with their settings."""
    return {name: cast("type[Engine]", kind) for name, kind in _load("engines").items()}


def engine(name: str) -> "type[Engine]":
    """One engine. Raises UsageError naming the known ones."""
    known = engines()
    if name not in known:
        raise UsageError(
            f"unknown engine {name!r}",
            hint=f"installed are {', '.join(known)}",
        )
    return known[name]
