"""Engines and their prices, from the tables of the configuration."""

from collections.abc import Mapping
from typing import Final

from pipeline.engines import Engine
from pipeline.errors import ConfigError
from pipeline.model.site import Site

PRICE: Final = "price_per_million"
_DEFAULT: Final = "default"


def make_engine(
    site: Site,
    name: str,
    kind: type[Engine],
    settings: Mapping[str, object] | None = None,
) -> Engine:
    """
    The engine with its settings, by default those of its own table.

    Raises ConfigError naming the file.
    """
    settings = site.engine_settings.get(name, {}) if settings is None else settings
    try:
        return kind({key: each for key, each in settings.items() if key != PRICE})
    except ConfigError as error:
        raise ConfigError(
            error.message,
            path=error.path or site.config_path,
            line=error.line,
            hint=error.hint,
        ) from error


def price_of(
    site: Site, engine: Engine, settings: Mapping[str, object], locale: str
) -> float | None:
    """
    What a million characters cost into a locale; None: that is not known.

    One number, or a table by locale with a `default`. Raises ConfigError.
    """
    price = settings.get(PRICE)
    if isinstance(price, Mapping):
        known = (_DEFAULT, *site.locales)
        for key, each in price.items():
            if key not in known:
                raise _wrong(
                    site, engine, f"[{key}]: known are {', '.join(map(str, known))}"
                )
            _require_price(site, engine, each)
        price = price.get(locale, price.get(_DEFAULT))
    if price is None:
        return None if engine.needs_network else 0.0
    return _require_price(site, engine, price)


def _require_price(site: Site, engine: Engine, price: object) -> float:
    if (
        isinstance(price, bool)
        or not isinstance(price, (int, float))
        or not 0 <= price < float("inf")
    ):
        raise _wrong(
            site, engine, "must be a number, 0 or more, or a table of such by language"
        )
    return float(price)


def _wrong(site: Site, engine: Engine, what: str) -> ConfigError:
    return ConfigError(f"[engine.{engine.name}] {PRICE} {what}", path=site.config_path)
