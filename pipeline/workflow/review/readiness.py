"""What is done before anybody asks, so that the first answer comes as fast as later."""

import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import Final

from pipeline.errors import PublishError
from pipeline.late import dataclass
from pipeline.model.site import Site
from pipeline.store.memory import Admission
from pipeline.workflow.admission import admission
from pipeline.workflow.memory import open_memory
from pipeline.workflow.review.overview import Overview
from pipeline.workflow.review.preview import render_preview
from pipeline.workflow.review.workbench import open_workbench

_PAUSE: Final = 20.0
"""Seconds between two looks at all catalogs of a locale."""


def get_ready(overview: Overview, locales: Iterable[str]) -> None:
    """
    Load what judges and renders, count, and let the memory know the catalogs.

    What fails here is said where it is asked for.
    """
    site = overview.site
    for locale in locales:
        with suppress(PublishError):
            domain = next(iter(overview.places.all()))
            place = overview.places.find(locale, domain)
            render_preview(open_workbench(site, place))
            overview.standings(locale)
        with suppress(PublishError):
            refresh_memory(site, locale)


@dataclass(slots=True)
class Remembering:
    """Lets the memory know what people save, now and then."""

    site: Site
    _last: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def catch_up(self, locale: str) -> None:
        """Do so, unless it was done a moment ago or is being done."""
        if not self._lock.acquire(blocking=False):
            return
        try:
            last = self._last.get(locale)
            if last is None or time.monotonic() - last > _PAUSE:
                self._last[locale] = time.monotonic()
                with suppress(PublishError):
                    refresh_memory(self.site, locale)
        finally:
            self._lock.release()


def refresh_memory(site: Site, locale: str) -> None:
    """
    Let the memory know what the catalogs of a locale hold now.

    Raises StoreError where it cannot be written.
    """

    def rule(domain: str) -> Admission:
        return admission(site, locale, domain)

    with open_memory(site) as memory:
        memory.refresh(Path(site.root), locale, rule)
