"""`publish engines`: what is installed, configured and reachable."""

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from pipeline import registry
from pipeline.engines import Engine, Installed, Probed
from pipeline.errors import ConfigError, EngineError
from pipeline.model.site import Site
from pipeline.workflow.making import make_engine
from pipeline.workflow.report import Report


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """One engine."""

    name: str
    installed: bool
    configured: bool
    """Whether `engines` names it, its settings can be used, and its key is there."""

    reachable: bool | None
    """None: it was not asked, or cannot be asked without a text."""

    needs_network: bool
    why: str = ""
    """What is missing, in a line."""

    def as_json(self) -> dict[str, object]:
        """The engine as `engines --json` shows it."""
        return {
            "name": self.name,
            "installed": self.installed,
            "configured": self.configured,
            "reachable": self.reachable,
            "needs_network": self.needs_network,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EnginesReport(Report):
    """Every engine that there is."""

    engines: tuple[EngineStatus, ...] = ()

    def body(self) -> dict[str, object]:
        return {"engines": [each.as_json() for each in self.engines]}


def engines(site: Site, *, check: bool = False) -> EnginesReport:
    """
    What can be said of each engine; a connection is opened only with `check`.

    Raises UsageError where the configuration names an engine that does not exist.
    """
    for name in site.engines:
        registry.engine(name)
    known: Mapping[str, type[Engine]] = registry.engines()
    with ThreadPoolExecutor(max_workers=8) as pool:
        looks = [
            pool.submit(_status, site, name, kind, check=check)
            for name, kind in known.items()
        ]
        return EnginesReport(engines=tuple(look.result() for look in looks))


def _status(site: Site, name: str, kind: type[Engine], *, check: bool) -> EngineStatus:
    is_named = name in site.engines
    try:
        engine = make_engine(site, name, kind)
    except ConfigError as error:
        # One that nobody named lacks nothing but its settings.
        why = str(error) if is_named else f"{error.message} ({error.hint})"
        return EngineStatus(
            name,
            installed=True,
            configured=False,
            reachable=None,
            needs_network=kind.needs_network,
            why=why,
        )
    missing = engine.missing() if isinstance(engine, Installed) else ""
    lacking = _unset_key(site.engine_settings.get(name, {}))
    reachable, why = None, missing or lacking
    if check and not why and isinstance(engine, Probed):
        reachable, why = _reached(engine)
    elif check and not why and is_named and engine.needs_network:
        why = "it can only be tried with a text"
    return EngineStatus(
        name,
        installed=not missing,
        configured=is_named and not lacking,
        reachable=reachable,
        needs_network=engine.needs_network,
        why=why or ("" if is_named else f'not in engines = ["{name}"]'),
    )


def _unset_key(settings: Mapping[str, object]) -> str:
    """Which variable of the environment is named and not there; empty if none."""
    for key, variable in settings.items():
        if key.endswith("_env") and not os.environ.get(str(variable), "").strip():
            return f"the environment variable {variable} is not set"
    return ""


def _reached(engine: Probed) -> tuple[bool, str]:
    try:
        engine.probe()
    except EngineError as error:
        return False, str(error)
    return True, ""
