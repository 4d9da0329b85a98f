"""`publish locale`: a further language for a site."""

from datetime import datetime
from pathlib import Path

from pipeline.cldr import PSEUDO_LOCALES
from pipeline.errors import UsageError
from pipeline.late import dataclass
from pipeline.model.site import Site
from pipeline.store.config import read_site, require_locale
from pipeline.store.config_edit import add_locale
from pipeline.store.lock import locked
from pipeline.workflow.extract import ExtractReport, extract
from pipeline.workflow.report import Progress, Report, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class LocaleReport(Report):
    """The locale that a site has now, and its catalogs."""

    locale: str
    config: str
    """The file that names it now."""

    extracted: ExtractReport

    def body(self) -> dict[str, object]:
        return {
            "locale": self.locale,
            "config": self.config,
            **self.extracted.body(),
        }

    @property
    def exit_code(self) -> int:
        return self.extracted.exit_code


def add(
    site: Site, tag: str, *, now: datetime, progress: Progress = silent
) -> LocaleReport:
    """
    Put a locale into the configuration of a site, and make its catalogs.

    Raises UsageError for one that is unknown, the site's own language, a pseudo-locale
    or there already, and ConfigError where the configuration cannot be added to.
    """
    require_locale(tag)
    if tag == site.source_locale or tag in PSEUDO_LOCALES:
        what = "the source locale" if tag == site.source_locale else "a pseudo-locale"
        raise UsageError(f"{tag} is {what}: it has no catalogs")
    if tag in site.locales:
        raise UsageError(
            f"{tag} is there already",
            hint=f"configured are {', '.join(site.locales)}",
        )
    root = Path(site.root)
    with locked(root):
        add_locale(root, site.config_path, tag)
    extracted = extract(read_site(root), locales=(tag,), now=now, progress=progress)
    return LocaleReport(
        errors=extracted.errors,
        notes=extracted.notes,
        locale=tag,
        config=site.config_path,
        extracted=extracted,
    )
