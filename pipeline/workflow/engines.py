"""`publish engines`: what is installed, configured and reachable; and models."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline import registry
from pipeline.engines import Engine, Installed, Model, Probed, Stocked
from pipeline.errors import ConfigError, EngineError, PublishError, UsageError
from pipeline.late import dataclass
from pipeline.model.site import Site
from pipeline.store.config import require_locale
from pipeline.transport.keys import KeyPlace
from pipeline.workflow.making import make_engine
from pipeline.workflow.report import Progress, Report


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """One engine."""

    name: str
    installed: bool
    configured: bool
    """Whether `engines` names it, and its settings, key and models are there."""

    reachable: bool | None
    """None: it was not asked, or cannot be asked without a text."""

    needs_network: bool
    why: str = ""
    """What is missing, in a line."""

    models: tuple[Model, ...] = ()
    """What it has installed on this machine."""

    def as_json(self) -> dict[str, object]:
        """The engine as `engines --json` shows it."""
        return {
            "name": self.name,
            "installed": self.installed,
            "configured": self.configured,
            "reachable": self.reachable,
            "needs_network": self.needs_network,
            "why": self.why,
            "models": [_model_json(model) for model in self.models],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EnginesReport(Report):
    """Every engine that there is."""

    engines: tuple[EngineStatus, ...] = ()

    def body(self) -> dict[str, object]:
        return {"engines": [each.as_json() for each in self.engines]}


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallReport(Report):
    """The models that an engine needs, all of them there now."""

    models: tuple[Model, ...] = ()

    def body(self) -> dict[str, object]:
        return {"models": [_model_json(model) for model in self.models]}


def install(
    site: Site,
    name: str,
    tags: Sequence[str],
    *,
    folder: Path | None,
    progress: Progress,
) -> InstallReport:
    """
    Get an engine's models for some locales; for all of the site's where none is named.

    Raises UsageError for an engine that has no models, or an unknown locale.
    """
    engine = make_engine(site, name, registry.engine(name))
    if not isinstance(engine, Stocked):
        raise UsageError(
            f"{name} has no models to install",
            hint="firefox has; `publish engines` says what the others need",
        )
    for tag in tags:
        require_locale(tag)
    models: dict[str, Model] = {}
    errors: list[PublishError] = []
    for tag in dict.fromkeys(tags or site.locales):
        try:
            got = engine.install(site.source_locale, tag, folder=folder, tell=progress)
        except PublishError as error:
            errors.append(error)
        else:
            models |= {model.pair: model for model in got}
    return InstallReport(models=tuple(models.values()), errors=tuple(errors))


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
    if is_named and isinstance(engine, Stocked) and not missing:
        pairs = (engine.lacking(site.source_locale, tag) for tag in site.locales)
        lacking = lacking or next(filter(None, pairs), "")
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
        models=tuple(engine.models()) if isinstance(engine, Stocked) else (),
    )


def _model_json(model: Model) -> dict[str, object]:
    return {
        "pair": model.pair,
        "version": model.version,
        "bytes": model.size,
        "folder": model.folder,
    }


def _unset_key(settings: Mapping[str, object]) -> str:
    """Which key is named and is not there; empty if none."""
    for key, place in settings.items():
        if key.endswith("_env"):
            lacking = KeyPlace(variable=str(place)).missing()
        elif key.endswith("_keyring"):
            lacking = KeyPlace(entry=str(place)).missing()
        else:
            continue
        if lacking:
            return lacking
    return ""


def _reached(engine: Probed) -> tuple[bool, str]:
    try:
        engine.probe()
    except EngineError as error:
        return False, str(error)
    return True, ""
