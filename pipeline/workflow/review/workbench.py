"""One article in one locale as it stands on the disk now, ready to be worked on."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Final

from pipeline import cldr, registry
from pipeline.approval import Approval
from pipeline.errors import CatalogError, PublishError, UnfitError, UsageError
from pipeline.extract import extract
from pipeline.gate import Tally, Verdict
from pipeline.late import dataclass
from pipeline.localize import localize
from pipeline.model.article import Article
from pipeline.model.catalog import Catalog, Key, Message
from pipeline.model.finding import Finding, Severity
from pipeline.model.site import Site
from pipeline.model.term import Term
from pipeline.render.strings import template_messages
from pipeline.store.catalogs import catalog_path, read_catalog
from pipeline.store.reviews import read_approvals
from pipeline.store.sources import SourceFile, find_sources
from pipeline.workflow.articles import format_of, read_article
from pipeline.workflow.desk import Desk, content_class, read_desk, terms_of
from pipeline.workflow.review.entries import find_entry
from pipeline.workflow.templates import MESSAGES, theme_folders

STRUCTURE: Final = "structure"
"""What a build says of a translation that cannot stand in its place."""


@dataclass(frozen=True, slots=True)
class Place:
    """What can be opened: an article in a locale, or the templates' words in it."""

    locale: str
    domain: str
    file: SourceFile | None
    """None for the templates' words."""


@dataclass(frozen=True, slots=True)
class Workbench:
    """An article, or the words of the templates, in one locale."""

    place: Place
    site: Site
    article: Article | None
    """None for the words of the templates."""

    template: tuple[Message, ...]
    """What the source asks to be translated now."""

    terms: tuple[Term, ...]
    desk: Desk
    catalog: Catalog
    notes: tuple[str, ...] = ()
    is_judged: bool = True
    _findings: dict[Key, list[Finding]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        if not self.is_judged:
            return
        for finding in (*self.desk.findings, *self._unfit()):
            if finding.msgid is not None:
                key = (finding.msgctxt, finding.msgid)
                self._findings.setdefault(key, []).append(finding)

    @property
    def locale(self) -> str:
        return self.place.locale

    @property
    def domain(self) -> str:
        return self.place.domain

    @property
    def title(self) -> str:
        """The source's title; of the templates, none."""
        if self.article is None:
            return ""
        return str(self.article.meta.get("title") or self.article.stem)

    @property
    def is_outdated(self) -> bool:
        """Whether the source asks for other messages than the catalog has."""
        asked = {message.key for message in self.template}
        return asked != {message.key for message in self.catalog.living}

    def entry(self, key: str) -> Message | None:
        """The living entry of a short key."""
        return find_entry(self.catalog, key)

    def findings(self, message: Message) -> tuple[Finding, ...]:
        """What is to be said of an entry as it stands."""
        return tuple(self._findings.get(message.key, ()))

    def approval(self, message: Message) -> Approval | None:
        """The newest approval of an entry as it stands."""
        return self.desk.approvals.of(message)

    def state(self, message: Message) -> str:
        """`untranslated`, `fuzzy`, `translated` or `approved`."""
        return "approved" if self.approval(message) else message.state

    def progress(self) -> dict[str, int]:
        """How far the article is, and how many of its messages have an error."""
        tally = self.desk.verdict.tally
        errors = sum(
            any(finding.severity is Severity.ERROR for finding in found)
            for found in self._findings.values()
        )
        return {
            "segments": tally.segments,
            "words": tally.words,
            "approved": tally.approved,
            "translated": tally.translated,
            "fuzzy": tally.fuzzy,
            "untranslated": tally.untranslated,
            "errors": errors,
        }

    def unfit(self, catalog: Catalog) -> Iterator[Finding]:
        """The translations of a catalog that a build could not put in their places."""
        if self.article is None:
            return
        localized = localize(
            self.article,
            catalog,
            format=format_of(self.article),
            accept=lambda message: message.is_translated,
        )
        for message, error in localized.refused:
            yield self._as_finding(message, error)

    def _unfit(self) -> tuple[Finding, ...]:
        return tuple(self.unfit(self.catalog))

    def _as_finding(self, message: Message, error: UnfitError) -> Finding:
        return Finding(
            STRUCTURE,
            Severity.ERROR,
            f"{error.message}; {error.hint}" if error.hint else error.message,
            file=self.desk.file,
            line=message.line,
            locale=self.locale,
            msgctxt=message.msgctxt,
            msgid=message.msgid,
            msgstr=message.msgstr,
        )


@dataclass(slots=True)
class Places:
    """Where a site's articles are; looked up anew when one is not where it was."""

    site: Site
    problems: tuple[PublishError, ...] = ()
    """What is wrong with files that are therefore no articles."""

    _known: Mapping[str, SourceFile | None] = field(default_factory=dict, repr=False)

    def all(self) -> Mapping[str, SourceFile | None]:
        """The articles by their domains, and the templates' words."""
        sources = find_sources(self.site, registry.format_suffixes())
        self.problems = sources.errors
        self._known = {file.domain: file for file in sources.files} | {MESSAGES: None}
        return self._known

    def find(self, locale: str, domain: str) -> Place:
        """Raises UsageError for a locale or an article that the site does not have."""
        if locale not in self.site.locales:
            raise UsageError(
                f"{locale!r} is not a language of this site",
                hint=f"known are {', '.join(self.site.locales)}",
            )
        if not self._is_there(domain) and domain not in self.all():
            raise UsageError(
                f"there is no article {domain!r}",
                hint="it may have been moved or removed",
            )
        return Place(locale, domain, self._known[domain])

    def _is_there(self, domain: str) -> bool:
        if domain not in self._known:
            return False
        file = self._known[domain]
        return file is None or Path(self.site.root, file.path).is_file()


def open_workbench(site: Site, place: Place, *, judged: bool = True) -> Workbench:
    """
    Read an article and its catalog in a locale, and judge it.

    Where nobody asks for findings and progress, `judged` leaves them out. Raises
    SourceError, CatalogError or StoreError where a file cannot be read. A broken
    glossary is a note.
    """
    file, locale, domain = place.file, place.locale, place.domain
    article = read_article(site, file) if file else None
    template = (
        extract(article) if article else template_messages(theme_folders(site), site)
    )
    notes: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    try:
        terms = terms_of(site, locale)
    except PublishError as error:
        notes = (str(error),)
    if judged:
        desk = read_desk(site, locale, domain, template, terms=terms)
    else:
        desk = _read_unjudged(site, locale, domain)
    if desk.error is not None:
        raise desk.error
    if desk.catalog is None:
        raise CatalogError(
            f"there is no catalog in {cldr.display_name(locale, 'en')} yet",
            path=desk.file,
            hint="run `publish extract`",
        )
    return Workbench(
        place, site, article, template, terms, desk, desk.catalog, notes, judged
    )


def _read_unjudged(site: Site, locale: str, domain: str) -> Desk:
    """What a desk has, without what the checks say."""
    root = Path(site.root)
    path = catalog_path(root, cldr.gettext_locale(locale), domain)
    return Desk(
        domain,
        locale,
        path.relative_to(root).as_posix(),
        read_catalog(path, root=root) if path.exists() else None,
        read_approvals(root, locale, domain),
        (),
        Verdict(Tally()),
        content_class(site, domain).require or site.require,
    )
