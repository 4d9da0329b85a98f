"""What is done before anybody asks, so that the first answer comes as fast as later."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pipeline.errors import PublishError
from pipeline.model.site import Site
from pipeline.store.memory import Admission
from pipeline.workflow.admission import admission
from pipeline.workflow.memory import open_memory
from pipeline.workflow.review.overview import Overview
from pipeline.workflow.review.preview import render_preview
from pipeline.workflow.review.workbench import open_workbench


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


def refresh_memory(site: Site, locale: str) -> None:
    """
    Let the memory know what the catalogs of a locale hold now.

    Raises StoreError where it cannot be written.
    """

    def rule(domain: str) -> Admission:
        return admission(site, locale, domain)

    with open_memory(site) as memory:
        memory.refresh(Path(site.root), locale, rule)
