"""What there is to review: every article in some locales, and how far each is."""

import threading
from collections.abc import Callable
from dataclasses import field
from pathlib import Path
from typing import TypeAlias

from pipeline import cldr
from pipeline.approval import Approvals
from pipeline.errors import PublishError
from pipeline.extract import extract
from pipeline.gate import Tally, judge
from pipeline.late import dataclass
from pipeline.model.catalog import Message
from pipeline.model.site import Site
from pipeline.render.strings import template_messages
from pipeline.store.catalogs import catalog_path, read_catalog
from pipeline.store.reviews import read_approvals, reviews_path
from pipeline.store.sources import SourceFile
from pipeline.workflow.articles import read_article
from pipeline.workflow.desk import content_class
from pipeline.workflow.review.workbench import Places
from pipeline.workflow.templates import theme_folders

Stamps: TypeAlias = tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an article is in a locale."""

    domain: str
    locale: str
    title: str
    """Empty for the words of the templates."""

    kind: str = ""
    """`article`, `mail` or `messages`."""

    tally: Tally = field(default_factory=Tally)
    state: str = "broken"
    """`done` where nothing is left to do, `open`, or `broken`."""

    error: str = ""
    """Why it cannot be opened."""


@dataclass(slots=True)
class Overview:
    """
    The standing of every article; what did not change is not read again.

    The checks are left to the article's own page, as they take longest.
    """

    places: Places
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _known: dict[tuple[str, str], tuple[Stamps, Standing]] = field(
        default_factory=dict, repr=False
    )
    _sources: dict[str, tuple[Stamps, str, str, tuple[Message, ...]]] = field(
        default_factory=dict, repr=False
    )

    def standings(self, locale: str) -> tuple[Standing, ...]:
        """Every article in a locale, in their order."""
        with self._lock:
            found = self.places.all().items()
            return tuple(self._standing(locale, *place) for place in found)

    @property
    def site(self) -> Site:
        return self.places.site

    def _standing(self, locale: str, domain: str, file: SourceFile | None) -> Standing:
        root = Path(self.site.root)
        catalog = catalog_path(root, cldr.gettext_locale(locale), domain)
        reviews = reviews_path(root, locale, domain)
        source = root / file.path if file else None
        stamps = tuple(map(_stamp, (catalog, reviews, source)))
        known = self._known.get((locale, domain))
        if known and known[0] == stamps and file is not None:
            return known[1]
        try:
            found = self._read(locale, domain, file, catalog)
        except PublishError as error:
            title = file.domain.rpartition("/")[2] if file else ""
            found = Standing(domain, locale, title, error=str(error))
        self._known[locale, domain] = (stamps, found)
        return found

    def _read(
        self, locale: str, domain: str, file: SourceFile | None, path: Path
    ) -> Standing:
        root = Path(self.site.root)
        title, kind, template = self._source(file)
        catalog = read_catalog(path, root=root) if path.exists() else None
        approvals = read_approvals(root, locale, domain)
        require = content_class(self.site, domain).require or self.site.require
        verdict = judge(
            template,
            catalog,
            accept=_rule(require, approvals),
            approved=lambda message: approvals.of(message) is not None,
        )
        state = "done" if verdict.passes else "open"
        return Standing(domain, locale, title, kind, verdict.tally, state)

    def _source(self, file: SourceFile | None) -> tuple[str, str, tuple[Message, ...]]:
        if file is None:
            messages = template_messages(theme_folders(self.site), self.site)
            return "", "messages", messages
        stamps = (_stamp(Path(self.site.root, file.path)),)
        known = self._sources.get(file.path)
        if known and known[0] == stamps:
            return known[1:]
        article = read_article(self.site, file)
        title = str(article.meta.get("title") or article.stem)
        messages = extract(article)
        self._sources[file.path] = (stamps, title, article.kind, messages)
        return title, article.kind, messages


def _rule(require: str, approvals: Approvals) -> Callable[[Message], bool]:
    if require == "translated":
        return lambda message: message.is_usable
    return lambda message: approvals.of(message) is not None


def _stamp(path: Path | None) -> tuple[int, int] | None:
    if path is None:
        return None
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
