"""
Families by entry point, loaded when asked for.

Our own members are declared in `pyproject.toml` like anybody else's, so a further
format, engine or check enters by the same door. Two members with one name are an error.

What a build must know of our own formats and checks before it needs one of them, it
reads in `pipeline/declared.py`: importing them all takes longer than making a page.
"""

from collections.abc import Iterator
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, cast

from pipeline.checks import Check, LateCheck
from pipeline.declared import CHECKS, FORMATS
from pipeline.errors import PublishError, UsageError
from pipeline.formats import Format
from pipeline.installed import declared_alone
from pipeline.model.finding import Severity

if TYPE_CHECKING:
    # No build has use for one.
    from pipeline.engines import Engine


class PluginError(PublishError):
    """An installed member of a family cannot be used."""


@cache
def _declared(family: str) -> dict[str, str]:
    """Where the members of a family are, by name, as their packages declare it."""
    alone = declared_alone(f"pipeline.{family}")
    return dict(sorted(_of_all(family) if alone is None else alone.items()))


def _of_all(family: str) -> Iterator[tuple[str, str]]:
    # Heavy, and only another package's members need it.
    from importlib.metadata import entry_points

    found: set[str] = set()
    for entry in entry_points(group=f"pipeline.{family}"):
        if entry.name in found:
            raise PluginError(
                f"two {family} are named {entry.name!r}",
                hint="uninstall one of the packages that declare it",
            )
        found.add(entry.name)
        yield entry.name, entry.value


@cache
def _member(family: str, name: str) -> object:
    """What is declared under a name, imported."""
    value = _declared(family)[name]
    module, _, names = value.partition(":")
    try:
        found: object = import_module(module.strip())
    except ImportError as error:
        raise PluginError(
            f"{name!r} of {family} does not load: {error}",
            hint=f"reinstall or remove the package that declares {value}",
        ) from error
    for each in names.partition("[")[0].strip().split("."):
        found = getattr(found, each)
    return found


def _load(family: str) -> dict[str, object]:
    return {name: _member(family, name) for name in _declared(family)}


@cache
def format_named(name: str) -> Format:
    """The format of this name."""
    return cast("type[Format]", _member("formats", name))()


@cache
def formats() -> dict[str, Format]:
    """Every installed format by name."""
    return {name: format_named(name) for name in _declared("formats")}


@cache
def format_suffixes() -> dict[str, str]:
    """The format's name by file suffix."""
    found: dict[str, str] = {}
    for name, value in _declared("formats").items():
        where, suffixes = FORMATS.get(name, ("", ()))
        if where != value:
            suffixes = format_named(name).suffixes
        found |= dict.fromkeys(suffixes, name)
    return found


@cache
def checks() -> dict[str, Check]:
    """Every installed check by name; our own are imported when they are called."""
    found: dict[str, Check] = {}
    for name, value in _declared("checks").items():
        where, severity, told = CHECKS.get(name, ("", "", {}))
        if where == value:
            load = partial(_check, name)
            found[name] = LateCheck(name, Severity(severity), told, load)
        else:
            found[name] = _check(name)
    return found


def _check(name: str) -> Check:
    return cast("type[Check]", _member("checks", name))()


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
