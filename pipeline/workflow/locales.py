"""Which locales a command works on."""

from pipeline.cldr import PSEUDO_LOCALES
from pipeline.errors import UsageError
from pipeline.model.site import Site
from pipeline.store.config import require_locale


def target_locales(site: Site, asked: tuple[str, ...]) -> tuple[str, ...]:
    """
    The locales that `--lang` names, or all that are configured.

    Raises UsageError for one that is unknown or not configured, and for the source
    locale, which has no catalogs.
    """
    for tag in asked:
        _require_known(site, tag)
        if tag == site.source_locale:
            raise UsageError(
                f"{tag} is the source locale: it has no catalogs",
                hint=_configured(site),
            )
        if tag in PSEUDO_LOCALES:
            raise UsageError(
                f"{tag} is a pseudo-locale: it has no catalogs",
                hint=f"see it with `publish build --draft --lang {tag}`",
            )
        _require_configured(site, tag)
    return tuple(dict.fromkeys(asked)) or site.locales


def build_locales(
    site: Site, asked: tuple[str, ...], *, draft: bool
) -> tuple[str, ...]:
    """
    The locales to build, the source locale first, which is always built.

    Pseudo-locales are built as drafts only.
    """
    for tag in asked:
        _require_known(site, tag)
        if tag in PSEUDO_LOCALES:
            if not draft:
                raise UsageError(
                    f"{tag} is a pseudo-locale and is never published",
                    hint=f"see it with `publish build --draft --lang {tag}`",
                )
        elif tag != site.source_locale:
            _require_configured(site, tag)
    chosen = asked or site.locales
    return tuple(dict.fromkeys((site.source_locale, *chosen)))


def require_own(site: Site, asked: tuple[str, ...]) -> None:
    """Raise UsageError for what is neither the source locale nor one of the site's."""
    for tag in asked:
        _require_known(site, tag)
        if tag in PSEUDO_LOCALES:
            raise UsageError(
                f"{tag} is a pseudo-locale and is never published",
                hint=f"see it with `publish build --draft --lang {tag}`",
            )
        if tag != site.source_locale:
            _require_configured(site, tag)


def _require_known(site: Site, tag: str) -> None:
    try:
        require_locale(tag)
    except UsageError as error:
        hint = f"{error.hint}; {_configured(site)}"
        raise UsageError(error.message, hint=hint) from error


def _require_configured(site: Site, tag: str) -> None:
    if tag not in site.locales:
        raise UsageError(
            f"locale {tag!r} is not one of this site's",
            path=site.config_path,
            hint=_configured(site),
        )


def _configured(site: Site) -> str:
    if not site.locales:
        return f"no locales are configured; add them in {site.config_path}"
    return f"configured are {', '.join(site.locales)}"
