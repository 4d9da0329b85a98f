"""The templates' own words in every locale, for a build."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from pipeline import cldr
from pipeline.errors import PublishError
from pipeline.late import dataclass
from pipeline.model.catalog import Catalog, Key, Message
from pipeline.model.finding import Severity
from pipeline.model.site import Site
from pipeline.render.strings import template_files, template_messages
from pipeline.store.catalogs import catalog_path, read_catalog
from pipeline.store.ledger import WordsRow
from pipeline.workflow.desk import Desk, read_desk
from pipeline.workflow.inputs import Inputs, key_of
from pipeline.workflow.pseudo import pseudo_catalog
from pipeline.workflow.templates import MESSAGES, theme_folders


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogs of the domain `messages`, and what is to be said of them."""

    theme: str
    """The key of the templates."""

    catalogs: Mapping[str, Catalog] = field(default_factory=dict)
    rows: Mapping[str, WordsRow] = field(default_factory=dict)
    """By locale; that of the source locale tells that the templates parse."""

    errors: tuple[PublishError, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(note for row in self.rows.values() for note in row.notes)

    @property
    def unreviewed(self) -> bool:
        """Whether a string of the templates is held back until somebody reviews it."""
        return any(row.unreviewed for row in self.rows.values())

    def key(self, locale: str) -> str:
        """The key of the templates and their words in a locale."""
        row = self.rows.get(locale)
        return row.key if row is not None else self.theme


def read_words(
    site: Site,
    locales: Iterable[str],
    *,
    base: str,
    inputs: Inputs,
    known: Mapping[str, WordsRow],
) -> Words:
    """
    What the templates say in some locales; `known` is what the last build found.

    A string of a template that is not translated, or in which a check found an error,
    is shown in the source's words: a designer who adds a line to the footer must not
    recall every page. A fuzzy one is held back, though, until somebody reviews it.
    """
    theme = key_of((base, _theme_key(site, inputs)))
    errors: list[PublishError] = []
    messages: list[tuple[Message, ...]] = []

    def template() -> tuple[Message, ...]:
        if not messages:
            try:
                messages.append(template_messages(theme_folders(site), site))
            except PublishError as error:
                errors.append(error)
                messages.append(())
        return messages[0]

    catalogs: dict[str, Catalog] = {}
    rows: dict[str, WordsRow] = {}
    for locale in dict.fromkeys((site.source_locale, *locales)):
        key = key_of((theme, locale, *_catalog_keys(site, locale, inputs)))
        row = known.get(locale)
        read = _read(site, locale, row if row and row.key == key else None, template)
        if read.error is not None:
            errors.append(read.error)
        if read.catalog is not None:
            catalogs[locale] = read.catalog
        rows[locale] = WordsRow(key, *read.said)
    return Words(theme, catalogs, rows, tuple(errors))


@dataclass(frozen=True, slots=True)
class _Read:
    catalog: Catalog | None = None
    said: tuple[tuple[Key, ...], tuple[str, ...], bool] = ((), (), False)
    error: PublishError | None = None


def _read(
    site: Site,
    locale: str,
    row: WordsRow | None,
    template: Callable[[], tuple[Message, ...]],
) -> _Read:
    if locale in cldr.PSEUDO_LOCALES:
        return _Read(pseudo_catalog(template(), locale))
    if locale == site.source_locale:
        if row is None:
            template()
        return _Read()
    if row is not None:
        catalog = _catalog(site, locale)
        said = (row.erroneous, row.notes, row.unreviewed)
        return _Read(catalog and _without(catalog, row.erroneous), said)
    desk = read_desk(site, locale, MESSAGES, template(), least=Severity.ERROR)
    erroneous = desk.erroneous
    catalog = desk.catalog and _without(desk.catalog, erroneous)
    said = (tuple(erroneous), _notes(desk), desk.verdict.tally.fuzzy > 0)
    return _Read(catalog, said, desk.error)


def _notes(desk: Desk) -> tuple[str, ...]:
    missing = len(desk.verdict.blocking)
    if not missing:
        return ()
    strings = "string of templates/ is" if missing == 1 else "strings of templates/ are"
    return (
        f"{desk.file}: {missing} {strings} not translated: shown in the source's words",
    )


def _catalog(site: Site, locale: str) -> Catalog | None:
    root = Path(site.root)
    path = catalog_path(root, cldr.gettext_locale(locale), MESSAGES)
    return read_catalog(path, root=root) if path.exists() else None


def _without(catalog: Catalog, keys: Iterable[Key]) -> Catalog:
    left_out = frozenset(keys)
    return catalog.with_messages(m for m in catalog.messages if m.key not in left_out)


def _theme_key(site: Site, inputs: Inputs) -> str:
    """Of the site's own templates; the built-in ones are part of the program."""
    root = Path(site.root)
    files = template_files(theme_folders(site)).values()
    own = [p.relative_to(root).as_posix() for p in files if p.is_relative_to(root)]
    return key_of((inputs.below("templates"), *(inputs.digest(path) for path in own)))


def _catalog_keys(site: Site, locale: str, inputs: Inputs) -> Sequence[str]:
    if locale == site.source_locale or locale in cldr.PSEUDO_LOCALES:
        return ()
    top = f"locales/{cldr.gettext_locale(locale)}"
    return (
        inputs.digest(f"{top}/LC_MESSAGES/{MESSAGES}.po"),
        inputs.digest(f"{top}/reviews/{MESSAGES}.jsonl"),
        inputs.digest(f"{top}/glossary.csv"),
    )
