"""
Everything that is known of one article in one locale, read from the disk once.

`build`, `check`, `status`, `explain` and `approve` all ask here, so that they agree.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from unicodedata import normalize
from urllib.parse import urlsplit

from pipeline import cldr, registry
from pipeline.approval import Approvals
from pipeline.check import check, nplurals
from pipeline.checks import CheckContext
from pipeline.delta import find_delta
from pipeline.errors import CatalogError, PublishError
from pipeline.gate import Verdict, judge
from pipeline.late import dataclass
from pipeline.model.catalog import Catalog, Key, Message
from pipeline.model.finding import Finding, Severity
from pipeline.model.site import ContentClass, Site
from pipeline.model.term import Term
from pipeline.store.catalogs import catalog_path, read_catalog
from pipeline.store.reviews import read_approvals
from pipeline.store.terms import read_terms


@dataclass(frozen=True, slots=True)
class Desk:
    """One domain in one locale: its catalog, findings, approvals and verdict."""

    domain: str
    locale: str
    file: str
    """The catalog's path below the site's root."""

    catalog: Catalog | None
    """None where there is none, or where it cannot be read: see `error`."""

    approvals: Approvals
    findings: tuple[Finding, ...]
    verdict: Verdict
    require: str
    error: PublishError | None = None
    erroneous: frozenset[Key] = frozenset()
    """The keys of the entries in which a check found an error."""

    _by_key: dict[Key, list[Finding]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def findings_of(self, message: Message) -> Sequence[Finding]:
        """What was found in one entry."""
        if not self._by_key:
            for finding in self.findings:
                if finding.msgid is not None:
                    key = (finding.msgctxt, finding.msgid)
                    self._by_key.setdefault(key, []).append(finding)
        return self._by_key.get(message.key, ())

    def accepts(self, message: Message) -> bool:
        """Whether the entry may be published under the site's rules."""
        if not message.is_usable:
            return False
        if self.erroneous and message.key in self.erroneous:
            return False
        return self.require == "translated" or self.approvals.of(message) is not None


def content_class(site: Site, domain: str) -> ContentClass:
    """The rules for an article: those of the first class whose globs name it."""
    suffixes = ("", *registry.format_suffixes()) if site.classes else ()
    # Some systems write the letters of file names in two, base and accent.
    domain = normalize("NFC", domain)
    names = [f"{top}{domain}{end}" for top in ("", "source/") for end in suffixes]
    for each in site.classes:
        globs = [normalize("NFC", glob) for glob in each.globs]
        if any(fnmatchcase(name, glob) for glob in globs for name in names):
            two = site.two_person if each.two_person is None else each.two_person
            return replace(each, require=each.require or site.require, two_person=two)
    return ContentClass(globs=("*",), require=site.require, two_person=site.two_person)


def read_desk(
    site: Site,
    locale: str,
    domain: str,
    template: Sequence[Message],
    *,
    terms: tuple[Term, ...] = (),
    least: Severity = Severity.INFO,
) -> Desk:
    """
    The desk of a domain; a catalog that cannot be read is said in `error`.

    Findings that weigh less than `least` are not looked for.
    """
    root = Path(site.root)
    path = catalog_path(root, cldr.gettext_locale(locale), domain)
    file = path.relative_to(root).as_posix()
    catalog, error = None, None
    approvals = Approvals()
    try:
        # First, because what was approved holds for a kept text too, whatever became of
        # the catalog.
        approvals = read_approvals(root, locale, domain)
        if path.exists():
            catalog = read_catalog(path, root=root)
    except PublishError as caught:
        error = caught
    require = content_class(site, domain).require or site.require
    findings: tuple[Finding, ...] = ()
    if catalog:
        found = find(site, locale, catalog, file=file, terms=terms, least=least)
        delta = delta_findings(site, locale, catalog, approvals, file=file)
        findings = (*found, *delta)
    erroneous = frozenset(
        (finding.msgctxt, finding.msgid)
        for finding in findings
        if finding.severity is Severity.ERROR and finding.msgid is not None
    )
    desk = Desk(
        domain,
        locale,
        file,
        catalog,
        approvals,
        findings,
        _NOTHING,
        require,
        error,
        erroneous,
    )
    usable = _usable_errors(desk)
    accepts_all = require == "translated" and not erroneous
    verdict = judge(
        template,
        catalog,
        accept=None if accepts_all else desk.accepts,
        approved=approvals.has if approvals.lines else None,
        erroneous=usable,
    )
    return replace(desk, verdict=verdict)


_NOTHING = judge((), None, accept=None, approved=None)


def _usable_errors(desk: Desk) -> frozenset[Key]:
    """Errors in entries that would go out: a fuzzy one is held anyway."""
    if desk.catalog is None:
        return frozenset()
    return frozenset(
        key
        for key in desk.erroneous
        if (entry := desk.catalog.find(key[1], key[0])) and entry.is_usable
    )


def find(
    site: Site,
    locale: str,
    catalog: Catalog,
    *,
    file: str,
    terms: tuple[Term, ...] = (),
    usual: Mapping[Key, str] | None = None,
    least: Severity = Severity.INFO,
) -> Sequence[Finding]:
    """What the checks say of a catalog; `usual` and `least` as their context has it."""
    host = urlsplit(site.base_url).hostname
    context = CheckContext(
        locale=locale,
        source_locale=site.source_locale,
        nplurals=nplurals(catalog),
        hosts=frozenset({*site.link_hosts, *([host] if host else [])}),
        terms=terms,
        usual=usual,
        least=least,
    )
    checks = tuple(registry.checks().values())
    return list(check(catalog, checks=checks, context=context, file=file))


def delta_findings(
    site: Site, locale: str, catalog: Catalog, approvals: Approvals, *, file: str
) -> Iterator[Finding]:
    """What was approved of another source than the catalog's messages have now."""
    for finding in find_delta(approvals, catalog, source_locale=site.source_locale):
        yield replace(finding, file=file, locale=locale)


def terms_of(site: Site, locale: str) -> tuple[Term, ...]:
    """The site's glossary for a locale; empty where there is none."""
    return read_terms(Path(site.root), locale, site.source_locale)


def catalog_finding(error: PublishError, locale: str) -> Finding:
    """A catalog that cannot be read, as one finding."""
    hint = f" ({error.hint})" if error.hint else ""
    return Finding(
        check="catalog",
        severity=Severity.ERROR,
        message=f"{error.message}{hint}",
        file=error.path or "",
        line=error.line or 0,
        locale=locale,
    )


def is_catalog_error(error: PublishError) -> bool:
    """Whether the catalog itself is broken, and not the disk."""
    return isinstance(error, CatalogError)
