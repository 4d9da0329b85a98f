"""Which engines translate an article into a locale, and with which settings."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import TypeAlias

from pipeline import registry
from pipeline.engines import Engine
from pipeline.late import dataclass
from pipeline.model.site import ContentClass, EngineSettings, LocaleRules, Site
from pipeline.workflow.desk import content_class
from pipeline.workflow.making import make_engine, price_of

Route: TypeAlias = tuple[Engine, ...]


@dataclass(slots=True)
class Routes:
    """
    The engines of every locale and class, made once.

    What a class says goes before what the locale says, and that before the site; an
    engine's settings are those of its table, with what locale and class set otherwise.
    """

    site: Site
    names: Sequence[str] | None = None
    """The engines of the command line, in the place of all orders."""

    prices: dict[tuple[str, str], float | None] = field(default_factory=dict)
    """For a million characters, by engine and locale."""

    _made: dict[tuple[str, str], Engine] = field(default_factory=dict)
    """By name and settings: what is set alike shares one pace."""

    def prepare(self, locales: Iterable[str]) -> None:
        """
        Make every engine that could be asked.

        Raises UsageError or ConfigError for what is wrong with any of them.
        """
        for locale in locales:
            for each in (ContentClass(globs=()), *self.site.classes):
                self._route(locale, each)

    def of(self, locale: str, domain: str) -> Route:
        """The engines of an article, in their order."""
        return self._route(locale, content_class(self.site, domain))

    def engines(self) -> tuple[Engine, ...]:
        """All that were made."""
        return tuple(self._made.values())

    def _route(self, locale: str, each: ContentClass) -> Route:
        rules = self.site.locale_rules.get(locale, LocaleRules())
        orders = (self.names, each.engines, rules.engines, self.site.engines)
        names = next(order for order in orders if order is not None)
        tables = (self.site.engine_settings, rules.engine_settings)
        return tuple(
            self._engine(name, locale, (*tables, each.engine_settings))
            for name in dict.fromkeys(names)
        )

    def _engine(
        self, name: str, locale: str, tables: Iterable[EngineSettings]
    ) -> Engine:
        settings: dict[str, object] = {}
        for table in tables:
            settings |= table.get(name, {})
        known = (name, json.dumps(settings, sort_keys=True, default=str))
        if known not in self._made:
            kind = registry.engine(name)
            self._made[known] = make_engine(self.site, name, kind, settings)
        engine = self._made[known]
        self._note_price(engine, settings, locale)
        return engine

    def _note_price(
        self, engine: Engine, settings: Mapping[str, object], locale: str
    ) -> None:
        """Where several prices meet in one name, the highest keeps the limit."""
        place = (engine.origin, locale)
        price = price_of(self.site, engine, settings, locale)
        before = self.prices.get(place, 0.0)
        unknown = price is None or before is None
        self.prices[place] = None if unknown else max(price or 0.0, before or 0.0)
