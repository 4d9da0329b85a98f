"""An engine from its table of the configuration."""

from typing import Final

from pipeline.engines import Engine
from pipeline.errors import ConfigError
from pipeline.model.site import Site

PRICE: Final = "price_per_million"


def make_engine(site: Site, name: str, kind: type[Engine]) -> Engine:
    """The engine with its settings. Raises ConfigError naming the file."""
    settings = dict(site.engine_settings.get(name, {}))
    settings.pop(PRICE, None)
    try:
        return kind(settings)
    except ConfigError as error:
        raise ConfigError(
            error.message,
            path=error.path or site.config_path,
            line=error.line,
            hint=error.hint,
        ) from error
