"""`[engine.deep]`, read and judged."""

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Final

from pipeline.engines import Limits
from pipeline.engines.deep.services import DICTIONARIES, SERVICES, Service
from pipeline.late import dataclass
from pipeline.transport.keys import KeyPlace
from pipeline.transport.settings import Endurance
from pipeline.transport.settings import Settings as Table

_OWN: Final = (
    "service",
    "api_key_env",
    "api_key_keyring",
    "api_id_env",
    "api_id_keyring",
    "base_url",
    "region",
    "model",
)
_USUAL: Final = Limits(deadline=20.0, workers=1)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the configuration says of this engine, every default filled in."""

    service: Service
    endurance: Endurance
    limits: Limits = _USUAL
    keys: Mapping[str, KeyPlace] = field(default_factory=dict)
    """Where they are, by setting."""

    options: Mapping[str, str] = field(default_factory=dict)
    base_url: str = ""
    plain_http: bool = False


def read_settings(values: Mapping[str, object]) -> Settings:
    """The settings. Raises ConfigError, which names the known keys."""
    table = Table.read("deep", values, *_OWN)
    service = _service(table)
    base_url = _base_url(table, service)
    options = _options(table, service)
    usual = replace(_USUAL, characters=service.characters)
    limits, endurance = usual.within(table)
    if limits.characters > service.characters:
        raise table.fail(
            f"characters cannot be more than {service.characters} for {service.name}"
        )
    return Settings(
        service=service,
        endurance=endurance,
        limits=replace(limits, variant=options.get("model", "")),
        keys=_keys(table, service, base_url),
        options=options,
        base_url=base_url,
        plain_http=table.flag("plain_http"),
    )


def _service(table: Table) -> Service:
    name = table.text("service") or "google"
    if name in SERVICES:
        return SERVICES[name]
    hint = f"known are {', '.join(SERVICES)}"
    if name in DICTIONARIES:
        raise table.fail(f"service {name!r} is a dictionary of single words", hint)
    raise table.fail(f"has an unknown service {name!r}", hint)


def _base_url(table: Table, service: Service) -> str:
    url = table.address("base_url")
    if url and not service.is_movable:
        raise table.fail(f"{service.name} takes no base_url")
    # These two put the name of the call right behind it.
    is_folder = service.name in {"libre", "deepl"}
    return f"{url}/" if url and is_folder else url


def _keys(table: Table, service: Service, base_url: str) -> dict[str, KeyPlace]:
    given = {key: table.key(key) for key in ("api_id", "api_key")}
    for key, place in given.items():
        if place and key not in service.secrets:
            raise table.fail(f"service {service.name!r} takes no {key}_env")
    is_free = service.name == "libre" and base_url
    for key in service.secrets:
        if not given[key] and not is_free:
            raise table.fail(
                f"service {service.name!r} needs {key}_env",
                f'the name of an environment variable: {key}_env = "NAME"',
            )
    return {key: place for key, place in given.items() if place}


def _options(table: Table, service: Service) -> dict[str, str]:
    given = {key: table.text(key) for key in ("region", "model")}
    for key, value in given.items():
        if value and key not in service.options:
            raise table.fail(f"service {service.name!r} takes no {key}")
    return {key: value for key, value in given.items() if value}
