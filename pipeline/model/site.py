"""A site: what its configuration says, with every default filled in."""

from collections.abc import Mapping
from dataclasses import field
from typing import TypeAlias

from pipeline.late import dataclass

EngineSettings: TypeAlias = Mapping[str, Mapping[str, object]]
"""The tables of engines, by their names."""


@dataclass(frozen=True, slots=True)
class ContentClass:
    """The rules for the articles that some globs name."""

    globs: tuple[str, ...]
    require: str | None = None
    """`translated` or `approved`; None: as `[review] require` says."""

    two_person: bool | None = None
    """Whether translator and reviewer must be two; None: as `[review]` says."""

    policy: str = "hold"
    """What is published where a review is missing: `hold`, `fallback` or `partial`."""

    stale: str = "recall"
    """What becomes of a published page that is no longer reviewed: `recall`, `keep`."""

    recall: str = "withdraw"
    """What is at the address of a recalled page: nothing (`withdraw`), or a page that
    says so (`notice`)."""

    engines: tuple[str, ...] | None = None
    """The engines for these articles, in their order; None: as the locale has them."""

    engine_settings: EngineSettings = field(default_factory=dict)
    """What is set otherwise for these articles, by engine."""


@dataclass(frozen=True, slots=True)
class LocaleRules:
    """What a locale has otherwise than the site."""

    engines: tuple[str, ...] | None = None
    engine_settings: EngineSettings = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MailSettings:
    """`[mail]`: addresses as header fields write them."""

    sender: str = ""
    """The key `from`."""

    to: str = ""
    unsubscribe: tuple[str, ...] = ()
    """Addresses, https and mailto; the first is shown at the foot."""

    bilingual: bool = False
    """Whether a translation is sent with its source in one message."""


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that a stage may ask of the configuration."""

    root: str
    """The folder of the configuration file, absolute."""

    title: str = ""
    logo: str = ""
    """A picture of who publishes it, below `templates/`: `static/logo.png`."""

    base_url: str = ""
    """Absolute, with a slash at its end."""

    source_locale: str = "en"
    locales: tuple[str, ...] = ()
    """BCP 47; the source locale is not among them."""

    team: str = ""
    bugs: str = ""
    require: str = "translated"
    two_person: bool = False
    classes: tuple[ContentClass, ...] = ()
    engines: tuple[str, ...] = ()
    engine_settings: EngineSettings = field(default_factory=dict)
    locale_rules: Mapping[str, LocaleRules] = field(default_factory=dict)
    private: tuple[tuple[str, str], ...] = ()
    """What no engine may see: the name of each, and its regular expression."""

    mail: MailSettings = MailSettings()
    ignore: tuple[str, ...] = ()
    link_hosts: tuple[str, ...] = ()
    """Lower case; where a translation may lead to though its source does not."""

    memory_url: str = field(default="", repr=False)
    """Of a PostgreSQL that sites share, perhaps with a password; empty: none."""

    jobs: int = 0
    """Worker processes; 0: as many as there are cores."""

    executor: str = "process"
    scheduler: str = ""
    """Of a Dask cluster, where `executor` is `dask`."""

    share: str = ""
    """By which its workers get the site's files; empty: they see its folder."""

    config_path: str = "publish.toml"
    """The file that all this stands in, below the root."""
