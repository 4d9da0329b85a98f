"""
What has changed since the last extraction: sources, templates and catalogs.

A catalog need not be looked at again where it is the file that was left then, its
source is the file that it was merged with, and nothing that it waits for has come up
elsewhere.
"""

import time
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final

from pipeline.late import dataclass
from pipeline.model.site import Site
from pipeline.store.extracted import CatalogRecord, Extracted, SourceRecord
from pipeline.store.sources import FOLDER, SourceFile
from pipeline.store.stamps import RACY, Stamp, stamp_trees
from pipeline.workflow.templates import MESSAGES

ORPHAN: Final = ""
"""The version of a source that is not there."""

_TREES: Final = (FOLDER, "locales", "templates")


@dataclass(frozen=True, slots=True)
class Survey:
    """The files of a site at one moment, beside what the last extraction left."""

    started: int
    """Nanoseconds since 1970."""

    stamps: Mapping[str, Stamp]
    versions: Mapping[str, str]
    """The state that each domain's source is in."""

    racy: frozenset[str]
    """Domains whose source an edit in the same tick of the clock could still change."""

    known: Extracted

    def version(self, domain: str) -> str:
        """The state that the source of a domain is in."""
        return self.versions.get(domain, ORPHAN)

    def source(self, domain: str) -> SourceRecord | None:
        """What is known of a source without reading it."""
        if domain not in self.versions:
            return SourceRecord(ORPHAN, is_template=False)
        record = self.known.sources.get(domain)
        return record if record and record.version == self.versions[domain] else None

    def catalog(self, path: str, domain: str) -> CatalogRecord | None:
        """What is known of a catalog or template that need not be looked at again."""
        record = self.known.catalogs.get(path)
        if record is None or record.stamp != self.stamps.get(path):
            return None
        return record if record.version == self.version(domain) else None

    def domains(self, folder: str) -> tuple[str, ...]:
        """The domains of the catalogs below a folder of `locales/`."""
        top = f"locales/{folder}/"
        suffix = ".pot" if folder == "_pot" else ".po"
        return tuple(
            path[len(top) : -len(suffix)]
            for path in sorted(self.stamps)
            if path.startswith(top) and path.endswith(suffix)
        )

    def is_settled(self, stamp: Stamp) -> bool:
        """Whether no later edit can hide behind a stamp of this survey."""
        return stamp[1] < self.started - RACY


def survey(site: Site, files: Sequence[SourceFile], known: Extracted) -> Survey:
    """Look at the stamp of every file."""
    started = time.time_ns()
    stamps = stamp_trees(Path(site.root), _TREES)
    versions = {file.domain: _version(stamps.get(file.path)) for file in files}
    templates = {p: s for p, s in stamps.items() if p.startswith("templates/")}
    versions[MESSAGES] = _digest(templates)
    racy = {
        file.domain
        for file in files
        if file.path not in stamps or stamps[file.path][1] >= started - RACY
    }
    if any(mtime >= started - RACY for _, mtime in templates.values()):
        racy.add(MESSAGES)
    return Survey(started, stamps, versions, frozenset(racy), known)


def is_settled_now(stamp: Stamp) -> bool:
    """Whether no later edit can hide behind the stamp of a file that we wrote."""
    return stamp[1] < time.time_ns() - RACY


def _version(stamp: Stamp | None) -> str:
    return "gone" if stamp is None else f"{stamp[0]}:{stamp[1]}"


def _digest(stamps: Mapping[str, Stamp]) -> str:
    """The templates as one."""
    return blake2b(
        repr(sorted(stamps.items())).encode(errors="replace"), digest_size=16
    ).hexdigest()
