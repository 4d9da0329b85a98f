"""The configuration into a Site; an unknown key is an error that names the known."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pipeline import cldr
from pipeline.errors import ConfigError, UsageError
from pipeline.late import regex
from pipeline.mailboxes import is_unsubscribe, parse_mailbox
from pipeline.model.site import ContentClass, LocaleRules, MailSettings, Site
from pipeline.store.addresses import encoded
from pipeline.store.tables import Table, parse, read_text

FILE: Final = "publish.toml"
_TOP: Final = (
    "title",
    "logo",
    "base_url",
    "source_locale",
    "locales",
    "team",
    "bugs",
    "engines",
    "engine",
    "locale",
    "privacy",
    "review",
    "class",
    "mail",
    "source",
    "links",
    "memory",
    "build",
)
_POLICIES: Final = ("hold", "fallback", "partial")
_REQUIRE: Final = ("translated", "approved")
_STALE: Final = ("recall", "keep")
_RECALL: Final = ("withdraw", "notice")
_ENGINES: Final = ("engines", "engine")
_LOGO: Final = regex(r"static/(?!.*\.\.)[\w/ .-]+\.(?:png|jpe?g|webp|gif|svg)")
_EXECUTORS: Final = ("serial", "process", "dask")


def find_root(start: Path) -> Path:
    """
    The folder of the site that `start` is in: the nearest one with a configuration.

    Raises ConfigError where there is none, up to the root of the disk.
    """
    start = start.resolve()
    if not start.is_dir():
        raise UsageError(f"no such folder: {start}", hint="see --project")
    for folder in (start, *start.parents):
        if (folder / FILE).is_file() or _pyproject_table(folder) is not None:
            return folder
    raise ConfigError(
        f"no {FILE} here or above",
        path=str(start),
        hint="go into a site, name it with -C DIR, or make one with `publish init DIR`",
    )


def read_site(root: Path) -> Site:
    """
    The site of this folder, every default filled in.

    Raises ConfigError with path and line for whatever cannot be meant.
    """
    own, shared = root / FILE, _pyproject_table(root)
    if own.is_file() and shared is not None:
        raise ConfigError(
            f"{FILE} and [tool.publish] in pyproject.toml are both there",
            path=FILE,
            hint="keep one of them",
        )
    if own.is_file():
        text = read_text(own)
        return _site(Table(FILE, text, "", parse(FILE, text)), root)
    if shared is not None:
        return _site(
            Table("pyproject.toml", *shared),
            root,
        )
    raise ConfigError(f"no {FILE} here", path=str(root), hint="run `publish init DIR`")


def _pyproject_table(folder: Path) -> tuple[str, str, Mapping[str, object]] | None:
    path = folder / "pyproject.toml"
    if not path.is_file():
        return None
    text = read_text(path)
    if "tool.publish" not in text:
        return None
    tool = parse("pyproject.toml", text).get("tool")
    table = tool.get("publish") if isinstance(tool, dict) else None
    return (text, "tool.publish", table) if isinstance(table, dict) else None


def _site(top: Table, root: Path) -> Site:
    top.known(*_TOP)
    review, source, build = top.table("review"), top.table("source"), top.table("build")
    links = top.table("links")
    review.known("require", "two_person")
    source.known("ignore")
    links.known("hosts")
    build.known("jobs", "executor", "scheduler", "share")
    source_locale = _locale(top, "source_locale", top.string("source_locale", "en"))
    locales = _locales(top, source_locale)
    return Site(
        root=str(root),
        title=top.string("title"),
        logo=_logo(top),
        base_url=_base_url(top),
        source_locale=source_locale,
        locales=locales,
        team=top.string("team"),
        bugs=top.string("bugs"),
        require=review.choice("require", _REQUIRE, "translated"),
        two_person=review.flag("two_person"),
        classes=tuple(map(_class, top.tables("class"))),
        engines=_unique(top, "engines", top.strings("engines")),
        engine_settings=_engine_settings(top.table("engine")),
        locale_rules=_locale_rules(top, locales),
        private=_private(top.table("privacy")),
        mail=_mail(top.table("mail")),
        ignore=source.strings("ignore"),
        link_hosts=tuple(host.lower() for host in links.strings("hosts")),
        jobs=build.number("jobs"),
        executor=build.choice("executor", _EXECUTORS, "process"),
        scheduler=build.string("scheduler"),
        share=build.string("share"),
        memory_url=_memory_url(top),
        config_path=top.path,
    )


def _memory_url(top: Table) -> str:
    """`memory = "postgresql://..."`, or the same as `url` of its table."""
    if isinstance(top.values.get("memory"), str):
        table, key = top, "memory"
    else:
        table, key = top.table("memory"), "url"
        table.known("url")
    url = table.string(key)
    if url and not url.startswith(("postgresql://", "postgres://")):
        # Not shown: it may hold a password.
        raise table.fail(
            key,
            "the address of a shared memory must begin with postgresql://",
            "without one, each site has its own memory in .publish/",
        )
    return url


def _base_url(top: Table) -> str:
    url = top.string("base_url")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        usable, parts = False, urlsplit("")
    if not usable or parts.query or parts.fragment or re.search(r"[\s<>\"]", url):
        raise top.fail(
            "base_url",
            f"base_url cannot be {url!r}",
            "write it whole: https://clinic.example/health/",
        )
    try:
        return encoded(url).rstrip("/") + "/"
    except ValueError as error:
        raise top.fail(
            "base_url",
            f"base_url cannot be {url!r}: its host cannot be written in ASCII",
            "write the host as your registrar does: https://xn--….example/",
        ) from error


def _logo(top: Table) -> str:
    logo = top.string("logo")
    if logo and not _LOGO.fullmatch(logo):
        raise top.fail(
            "logo",
            f"logo cannot be {logo!r}",
            'name a PNG, JPEG, WebP, GIF or SVG in templates/: "static/logo.png"',
        )
    return logo


def _locale(table: Table, key: str, tag: str) -> str:
    try:
        return require_locale(tag)
    except UsageError as error:
        raise table.fail(key, error.message, error.hint) from error


def require_locale(tag: str) -> str:
    """The tag itself if it is BCP 47 and known; else UsageError with a guess."""
    if not cldr.is_well_formed(tag):
        guess = cldr.canonical(tag)
        known = cldr.is_well_formed(guess) and cldr.is_known(guess)
        raise UsageError(
            f"unknown locale {tag!r}",
            hint=f"did you mean {guess}?" if known else "write it as in tr, ar, pt-BR",
        )
    if not cldr.is_known(tag):
        raise UsageError(f"unknown locale {tag!r}", hint="write it as in tr, ar, pt-BR")
    return tag


def _locales(top: Table, source_locale: str) -> tuple[str, ...]:
    tags = _unique(top, "locales", top.strings("locales"))
    for tag in tags:
        _locale(top, "locales", tag)
        if tag in cldr.PSEUDO_LOCALES:
            raise top.fail(
                "locales",
                f"{tag} is a pseudo-locale",
                f"see it with `publish build --draft --lang {tag}`",
            )
    return tuple(tag for tag in tags if tag != source_locale)


def _unique(table: Table, key: str, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if values.count(value) > 1:
            raise table.fail(key, f"{key} names {value!r} twice")
    return values


def _class(table: Table) -> ContentClass:
    table.known(
        *("globs", "require", "two_person", "policy", "stale", "recall"), *_ENGINES
    )
    if not table.strings("globs"):
        raise table.fail("class", "a class needs globs", 'globs = ["articles/**"]')
    require = table.choice("require", (*_REQUIRE, ""), "")
    return ContentClass(
        globs=table.strings("globs"),
        require=require or None,
        two_person=table.flag("two_person") if "two_person" in table.values else None,
        policy=table.choice("policy", _POLICIES, "hold"),
        stale=table.choice("stale", _STALE, "recall"),
        recall=table.choice("recall", _RECALL, "withdraw"),
        engines=_own_engines(table),
        engine_settings=_engine_settings(table.table("engine")),
    )


def _locale_rules(top: Table, locales: tuple[str, ...]) -> dict[str, LocaleRules]:
    rules: dict[str, LocaleRules] = {}
    tables = top.table("locale")
    for tag in tables.values:
        if tag not in locales:
            raise tables.fail(
                tag,
                f"[locale.{tag}] is for a language that the site does not have",
                f"locales are {', '.join(locales) or 'empty'}",
            )
        table = tables.table(tag)
        table.known(*_ENGINES)
        rules[tag] = LocaleRules(
            _own_engines(table), _engine_settings(table.table("engine"))
        )
    return rules


def _own_engines(table: Table) -> tuple[str, ...] | None:
    """None where nothing is said; an empty list says that there is none."""
    if "engines" not in table.values:
        return None
    return _unique(table, "engines", table.strings("engines"))


def _private(table: Table) -> tuple[tuple[str, str], ...]:
    table.known("patterns")
    patterns = table.table("patterns")
    found = tuple((name, patterns.string(name)) for name in patterns.values)
    if found:
        from pipeline.masking import judged

        for name, pattern in found:
            try:
                judged(pattern)
            except ValueError as error:
                raise patterns.fail(
                    name,
                    f"the pattern {name} {error}",
                    "write what is fixed as it is and the rest with its length: "
                    r"'PAT-\d{6}'",
                ) from error
    return found


def _engine_settings(table: Table) -> dict[str, dict[str, object]]:
    return {name: dict(table.table(name).values) for name in table.values}


def _mail(table: Table) -> MailSettings:
    table.known("from", "to", "unsubscribe", "bilingual")
    return MailSettings(
        sender=_mailbox(table, "from"),
        to=_mailbox(table, "to"),
        unsubscribe=_unsubscribe(table),
        bilingual=table.flag("bilingual"),
    )


def _mailbox(table: Table, key: str) -> str:
    """A mailbox, or merge fields that the sending system makes one of."""
    text = table.string(key).strip()
    is_field = "{{" in text and text.isascii()
    if text and not is_field and parse_mailbox(text) is None:
        raise table.fail(
            key,
            f"{key} cannot be {text!r}: it is not one mail address",
            'write it as "Clinic <info@clinic.example>", a name with a comma in '
            "quotes of its own, a host as xn--...",
        )
    return text


def _unsubscribe(table: Table) -> tuple[str, ...]:
    if isinstance(table.values.get("unsubscribe"), list):
        addresses = table.strings("unsubscribe")
    else:
        addresses = tuple(filter(None, (table.string("unsubscribe"),)))
    for address in addresses:
        if not is_unsubscribe(address):
            raise table.fail(
                "unsubscribe",
                f"unsubscribe cannot be {address!r}",
                "write https://clinic.example/unsubscribe, mailto:stop@clinic.example, "
                "or a list of both",
            )
    return addresses


def required_for_build(site: Site) -> None:
    """Raise ConfigError where `build` lacks what it cannot do without, or the logo."""
    for key, value in (("title", site.title), ("base_url", site.base_url)):
        if not value:
            raise ConfigError(
                f"{key} is missing",
                path=site.config_path,
                hint=f'add {key} = "..."; build cannot do without it',
            )
    if site.logo and not (Path(site.root) / "templates" / site.logo).is_file():
        raise ConfigError(
            f"the logo templates/{site.logo} does not exist",
            path=site.config_path,
            hint="put the picture there, or take the key `logo` out",
        )
