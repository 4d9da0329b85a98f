"""`[engine.deep]`, read and judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from pipeline.engines.deep.services import DICTIONARIES, SERVICES, Service
from pipeline.engines.deep.web import is_safe
from pipeline.errors import ConfigError

_KNOWN: Final = (
    "service",
    "api_key_env",
    "api_id_env",
    "base_url",
    "region",
    "model",
    "deadline",
    "retries",
    "pause",
    "price_per_million",
)
_MOST_RETRIES: Final = 10


@dataclass(frozen=True, slots=True)
class Settings:
    """What the configuration says of this engine, every default filled in."""

    service: Service
    secret_variables: Mapping[str, str] = field(default_factory=dict)
    """Names of environment variables by setting."""

    options: Mapping[str, str] = field(default_factory=dict)
    base_url: str = ""
    deadline: float = 20.0
    """Seconds for one text, all tries and pauses in them."""

    retries: int = 2
    pause: float = 0.5
    """Seconds before the second try; doubled before each further one."""


def read_settings(table: Mapping[str, object]) -> Settings:
    """The settings. Raises ConfigError, which names the known keys."""
    _require_known(table)
    service = _service(_text(table, "service") or "google")
    base_url = _base_url(table, service)
    retries = _number(table, "retries", 2)
    if not retries.is_integer() or retries > _MOST_RETRIES:
        raise _error(f"retries is a whole number from 0 to {_MOST_RETRIES}")
    deadline = _number(table, "deadline", 20.0)
    if not deadline:
        raise _error("deadline must be longer than 0 seconds")
    _number(table, "price_per_million", 0.0)
    return Settings(
        service=service,
        secret_variables=_secret_variables(table, service, base_url),
        options=_options(table, service),
        base_url=base_url,
        deadline=deadline,
        retries=int(retries),
        pause=_number(table, "pause", 0.5),
    )


def _error(message: str, hint: str = "") -> ConfigError:
    return ConfigError(f"[engine.deep] {message}", hint=hint)


def _require_known(table: Mapping[str, object]) -> None:
    for key in table:
        if key == "api_key":
            raise _error(
                "holds a key; a configuration is no place for secrets",
                hint='put it into an environment variable: api_key_env = "NAME"',
            )
        if key not in _KNOWN:
            near = get_close_matches(key, _KNOWN, n=1)
            guess = f"did you mean {near[0]}? " if near else ""
            raise _error(
                f"has an unknown key {key!r}",
                hint=f"{guess}known are {', '.join(_KNOWN)}",
            )


def _text(table: Mapping[str, object], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise _error(f"{key} must be a text in quotes")
    return value.strip()


def _number(table: Mapping[str, object], key: str, default: float) -> float:
    value = table.get(key, default)
    # The comparison is false for "not a number" too.
    if (
        not isinstance(value, (int, float))
        or isinstance(value, bool)
        or not 0 <= value < float("inf")
    ):
        raise _error(f"{key} must be a number, 0 or more")
    return float(value)


def _service(name: str) -> Service:
    if name in SERVICES:
        return SERVICES[name]
    hint = f"known are {', '.join(SERVICES)}"
    if name in DICTIONARIES:
        raise _error(f"service {name!r} is a dictionary of single words", hint=hint)
    raise _error(f"has an unknown service {name!r}", hint=hint)


def _base_url(table: Mapping[str, object], service: Service) -> str:
    url = _text(table, "base_url")
    if not url:
        return ""
    if not service.is_movable:
        raise _error(f"{service.name} takes no base_url")
    if not is_safe(url):
        raise _error(
            f"base_url cannot be {url!r}: texts and keys would travel in the open",
            hint="use https; plain http is for this machine only (127.0.0.1)",
        )
    # These two put the name of the call right behind it.
    is_folder = service.name in {"libre", "deepl"}
    return url.rstrip("/") + "/" if is_folder else url


def _secret_variables(
    table: Mapping[str, object],
    service: Service,
    base_url: str,
) -> dict[str, str]:
    given = {key: _text(table, key) for key in ("api_id_env", "api_key_env")}
    for key, name in given.items():
        if name and key not in service.secrets:
            raise _error(f"service {service.name!r} takes no {key}")
    is_free = service.name == "libre" and base_url
    for key in service.secrets:
        if not given[key] and not is_free:
            raise _error(
                f"service {service.name!r} needs {key}",
                hint=f'the name of an environment variable: {key} = "NAME"',
            )
    return {key: name for key, name in given.items() if name}


def _options(table: Mapping[str, object], service: Service) -> dict[str, str]:
    given = {key: _text(table, key) for key in ("region", "model")}
    for key, value in given.items():
        if value and key not in service.options:
            raise _error(f"service {service.name!r} takes no {key}")
    return {key: value for key, value in given.items() if value}
