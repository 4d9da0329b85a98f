"""`publish check`: what is wrong with the site's catalogs, or with any `.po` file."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pipeline import cldr, registry
from pipeline.approval import Approvals
from pipeline.check import usual_translations
from pipeline.checks import Example
from pipeline.errors import CatalogError, PublishError, UsageError
from pipeline.late import dataclass
from pipeline.model.catalog import Catalog, Key
from pipeline.model.finding import Finding, Severity
from pipeline.model.site import Site
from pipeline.model.term import Term
from pipeline.po.limits import MAX_BYTES
from pipeline.store.catalogs import catalog_path, read_catalog
from pipeline.store.config import require_locale
from pipeline.store.files import read_bytes, shown
from pipeline.store.reviews import read_approvals
from pipeline.store.second_reader import disagreement
from pipeline.store.sources import find_sources
from pipeline.workflow.desk import catalog_finding, delta_findings, find, terms_of
from pipeline.workflow.journaling import journal_catalogs
from pipeline.workflow.report import FAILED, Progress, Report, silent, worst
from pipeline.workflow.templates import MESSAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport(Report):
    """Every finding, in the order of files and lines."""

    findings: tuple[Finding, ...] = ()
    files: int = 0
    """How many catalogs were looked at."""

    def body(self) -> dict[str, object]:
        return {"findings": [finding.as_json() for finding in self.findings]}

    def count(self, severity: Severity) -> int:
        """How many findings weigh this much."""
        return sum(finding.severity is severity for finding in self.findings)

    @property
    def exit_code(self) -> int:
        codes = [error.exit_code for error in self.errors]
        if self.count(Severity.ERROR):
            codes.append(FAILED)
        return worst(codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckExplained(Report):
    """What one check is about."""

    name: str
    severity: Severity
    explanation: str
    good: tuple[Example, ...] = ()
    bad: tuple[Example, ...] = ()

    def body(self) -> dict[str, object]:
        return {
            "check": self.name,
            "severity": str(self.severity),
            "explanation": self.explanation,
            "good": [each.as_json() for each in self.good],
            "bad": [each.as_json() for each in self.bad],
        }


def explain_check(name: str) -> CheckExplained:
    """The check of this name. Raises UsageError naming the known ones."""
    known = registry.checks()
    if name not in known:
        raise UsageError(
            f"no check is named {name!r}", hint=f"the checks are {', '.join(known)}"
        )
    check = known[name]
    return CheckExplained(
        name=name,
        severity=check.severity,
        explanation=check.explanation,
        good=getattr(check, "good", ()),
        bad=getattr(check, "bad", ()),
    )


def check_site(
    site: Site, *, locales: tuple[str, ...], progress: Progress = silent
) -> CheckReport:
    """Look at every catalog that the site's articles and templates have."""
    root = Path(site.root)
    journaled = journal_catalogs(site, locales, "check")
    sources = find_sources(site, registry.format_suffixes())
    domains = (*sorted(sources.domains), MESSAGES)
    findings: list[Finding] = []
    errors: list[PublishError] = []
    files = 0
    for locale in locales:
        terms: tuple[Term, ...] = ()
        try:
            terms = terms_of(site, locale)
        except PublishError as error:
            errors.append(error)
        folder = cldr.gettext_locale(locale)
        every = {domain: catalog_path(root, folder, domain) for domain in domains}
        paths = {domain: path for domain, path in every.items() if path.exists()}
        usual = _usual([*paths.values()], root)
        for done, (domain, path) in enumerate(paths.items()):
            progress(f"checking {locale}", done, len(paths))
            findings += _check_file(
                site, path, locale, terms, errors, domain=domain, usual=usual
            )
        files += len(paths)
    report = CheckReport(errors=tuple(errors), findings=tuple(findings), files=files)
    return journaled.told_in(report, as_error=False)


def check_files(
    paths: Sequence[Path], *, asked: tuple[str, ...], site: Site | None
) -> CheckReport:
    """
    Look at catalogs by path, inside a site or not.

    The locale is `asked` (`--lang`), else the header's `Language`. Raises UsageError
    for a path that is not there or a locale that is unknown.
    """
    if len(asked) > 1:
        raise UsageError("--lang names one locale where files are named")
    for tag in asked:
        require_locale(tag)
    root = Path(site.root) if site else Path.cwd()
    findings: list[Finding] = []
    errors: list[PublishError] = []
    for path in paths:
        if not path.is_file():
            raise UsageError(f"no such file: {path}", hint="name a .po file")
        locale = asked[0] if asked else ""
        terms = terms_of(site, locale) if site and locale else ()
        findings += _check_file(
            site or Site(root=str(root)), path, locale, terms, errors
        )
    return CheckReport(errors=tuple(errors), findings=tuple(findings), files=len(paths))


def _check_file(
    site: Site,
    path: Path,
    locale: str,
    terms: tuple[Term, ...],
    errors: list[PublishError],
    *,
    domain: str = "",
    usual: Mapping[Key, str] | None = None,
) -> list[Finding]:
    """
    The findings of one file; a broken one is one finding, an unreadable an error.

    The catalog of a `domain` of the site is held against its approvals as well.
    """
    root = Path(site.root)
    try:
        catalog = read_catalog(path, root=root)
        approvals = read_approvals(root, locale, domain) if domain else Approvals()
    except CatalogError as error:
        return [catalog_finding(error, locale)]
    except PublishError as error:
        errors.append(error)
        return []
    locale = locale or _language(catalog)
    name = shown(path, root)
    findings = list(find(site, locale, catalog, file=name, terms=terms, usual=usual))
    findings += delta_findings(site, locale, catalog, approvals, file=name)
    text = read_bytes(path, root=root, most=MAX_BYTES).decode("utf-8-sig")
    other = disagreement(text, catalog, path=name)
    if other:
        findings.append(replace(other, file=name, locale=locale))
    return findings


def _usual(paths: Sequence[Path], root: Path) -> Mapping[Key, str]:
    """
    How a text is usually translated, where catalogs translate it in several ways.

    Nearly every text has one translation, and all of them would be too much for the
    memory: what has several is found by digests first.
    """
    first: dict[int, int] = {}
    several: set[int] = set()
    texts: list[tuple[Path, array[int]]] = []
    for path in paths:
        found = array("q")
        for catalog in _readable((path,), root):
            for message in catalog.living:
                if message.is_usable:
                    text, now = hash(message.msgid), hash(message.msgstr)
                    found.append(text)
                    if first.setdefault(text, now) != now:
                        several.add(text)
        texts.append((path, found))
    first.clear()
    again = [path for path, found in texts if not several.isdisjoint(found)]
    return usual_translations(
        replace(
            catalog,
            messages=tuple(m for m in catalog.messages if hash(m.msgid) in several),
        )
        for catalog in _readable(again, root)
    )


def _readable(paths: Iterable[Path], root: Path) -> Iterator[Catalog]:
    """The catalogs one by one, without those that cannot be read."""
    for path in paths:
        with suppress(PublishError):
            yield read_catalog(path, root=root)


def _language(catalog: Catalog) -> str:
    """The locale that the header names; empty if it is none that is known."""
    tag = cldr.bcp47_locale(catalog.fields().get("Language", ""))
    return tag if cldr.is_known(tag) else ""
