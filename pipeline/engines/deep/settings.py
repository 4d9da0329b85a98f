"""`[engine.deep]`, read and judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.engines.deep.services import DICTIONARIES, SERVICES, Service
from pipeline.transport.settings import SERVICE_KEYS, Endurance
from pipeline.transport.settings import Settings as Table

_KNOWN = (
    "service",
    "api_key_env",
    "api_id_env",
    "base_url",
    "plain_http",
    "region",
    "model",
    *SERVICE_KEYS,
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the configuration says of this engine, every default filled in."""

    service: Service
    endurance: Endurance
    secret_variables: Mapping[str, str] = field(default_factory=dict)
    """Names of environment variables by setting."""

    options: Mapping[str, str] = field(default_factory=dict)
    base_url: str = ""
    plain_http: bool = False


def read_settings(values: Mapping[str, object]) -> Settings:
    """The settings. Raises ConfigError, which names the known keys."""
    table = Table("deep", values)
    table.known(*_KNOWN)
    service = _service(table)
    base_url = _base_url(table, service)
    return Settings(
        service=service,
        endurance=table.endurance(deadline=20.0, workers=1),
        secret_variables=_secret_variables(table, service, base_url),
        options=_options(table, service),
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


def _secret_variables(table: Table, service: Service, base_url: str) -> dict[str, str]:
    given = {key: table.text(key) for key in ("api_id_env", "api_key_env")}
    for key, name in given.items():
        if name and key not in service.secrets:
            raise table.fail(f"service {service.name!r} takes no {key}")
    is_free = service.name == "libre" and base_url
    for key in service.secrets:
        if not given[key] and not is_free:
            raise table.fail(
                f"service {service.name!r} needs {key}",
                f'the name of an environment variable: {key} = "NAME"',
            )
    return {key: name for key, name in given.items() if name}


def _options(table: Table, service: Service) -> dict[str, str]:
    given = {key: table.text(key) for key in ("region", "model")}
    for key, value in given.items():
        if value and key not in service.options:
            raise table.fail(f"service {service.name!r} takes no {key}")
    return {key: value for key, value in given.items() if value}
