"""
`publish deploy`: what changed since the last deploy, to where it is served from.

    lock -> look -> say what will be brought -> remove what was withdrawn -> bring the
    rest -> release.json -> unlock

What is cut off anywhere is finished by the next run: until then the target has its old
release.json, which `publish verify` there finds not to be true.
"""

import json
import socket
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import field
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from pipeline.errors import BusyError, PublishError, StoreError, UsageError
from pipeline.late import dataclass
from pipeline.model.site import Site
from pipeline.store.files import read_bytes
from pipeline.store.lock import locked
from pipeline.store.remote import open_target
from pipeline.store.targets import Part, Target
from pipeline.workflow.apart import require_apart
from pipeline.workflow.deployment import (
    INTENT,
    LOCK,
    Plan,
    There,
    intents_after,
    parse_intents,
    plan,
)
from pipeline.workflow.release import digest
from pipeline.workflow.released import NAME, Release, parse_release, read_release
from pipeline.workflow.report import Progress, Report, silent
from pipeline.workflow.verify import verify


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployReport(Report):
    """What was brought and what was removed; paths are below the target."""

    uploaded: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0

    def body(self) -> dict[str, object]:
        return {
            "uploaded": list(self.uploaded),
            "removed": list(self.removed),
            "unchanged": self.unchanged,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DeployOptions:
    """What the command line says of a deploy."""

    address: str
    dry_run: bool = False
    take_over: bool = False
    """Go on where another deploy holds the lock, or another site was deployed."""

    known_hosts: Path | None = None
    key: Path | None = None


def deploy(
    site: Site, options: DeployOptions, *, now: datetime, progress: Progress = silent
) -> DeployReport:
    """
    Make the target what `dist/` is.

    A `dist/` that is not whole is not deployed: the report says why. What fails on the
    way is an error of the report too, beside what was done until then. Raises
    UsageError for a target that cannot be used, or where nothing was built, and
    StoreError where the target cannot be reached.
    """
    root = Path(site.root)
    dist = root / "dist"
    _refuse_drafts(dist)
    if "://" not in options.address:
        hint = "name the folder that is served, or one to copy from"
        require_apart(site, Path(options.address), hint=hint)
    broken = verify(dist).errors
    if broken:
        return DeployReport(errors=broken)
    run = _Run(dist, read_release(dist), options, progress)
    with open_target(
        options.address, known_hosts=options.known_hosts, key=options.key
    ) as target:
        if options.dry_run:
            return run.rehearse(target)
        with (
            locked(root, below=".publish/deploy.lock", timeout=1.0),
            _held(target, root, now, take_over=options.take_over),
        ):
            return run.perform(target)


def _refuse_drafts(dist: Path) -> None:
    if not (dist / NAME).is_file() and (dist / "draft").is_dir():
        raise UsageError(
            "there are only drafts, which are never deployed",
            path="dist",
            hint="run `publish build`",
        )


@dataclass
class _Run:
    """One deploy; what it did is collected here."""

    dist: Path
    release: Release
    options: DeployOptions
    progress: Progress
    uploaded: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def rehearse(self, target: Target) -> DeployReport:
        """What would be done."""
        _, steps = self._look(target)
        return DeployReport(
            errors=self._strangers(steps),
            uploaded=(*steps.uploads, *((NAME,) if steps.ends else ())),
            removed=(*steps.withdrawn, *steps.dropped),
            unchanged=steps.unchanged,
            notes=("nothing was changed: this was a dry run",),
        )

    def perform(self, target: Target) -> DeployReport:
        """Do it."""
        there, steps = self._look(target)
        errors = self._strangers(steps)
        if not errors:
            try:
                self._follow(target, there, steps)
            except PublishError as error:
                errors = (error,)
        return DeployReport(
            errors=errors,
            uploaded=tuple(self.uploaded),
            removed=tuple(self.removed),
            unchanged=steps.unchanged,
        )

    def _follow(self, target: Target, there: There, steps: Plan) -> None:
        _exhaust(target.remove(steps.rests))
        if not steps.is_empty:
            said = intents_after(there, self.release, steps.uploads)
            _exhaust(target.put([(INTENT, said)]))
            self._remove(target, "withdrawing", steps.withdrawn)
            self._bring(target, "replacing", steps.replaced)
            self._bring(target, "bringing files", steps.carried)
            self._bring(target, "bringing pages", steps.pages)
            self._bring(target, "bringing lists", steps.lists)
            self._remove(target, "removing", steps.dropped)
        if steps.ends:
            _exhaust(target.put([(NAME, self.release.data)]))
            self.uploaded.append(NAME)
        if not steps.is_empty or INTENT in there.sizes:
            _exhaust(target.remove([INTENT]))

    def _bring(self, target: Target, what: str, paths: Sequence[str]) -> None:
        parts = map(self._part, paths)
        self._tell(target.put(parts), what, len(paths), self.uploaded)

    def _remove(self, target: Target, what: str, paths: Sequence[str]) -> None:
        self._tell(target.remove(paths), what, len(paths), self.removed)

    def _tell(
        self, paths: Iterable[str], what: str, total: int, done: list[str]
    ) -> None:
        for number, path in enumerate(paths, 1):
            done.append(path)
            self.progress(what, number, total)

    def _part(self, path: str) -> Part:
        data = read_bytes(self.dist / path, root=self.dist.parent)
        if digest(data) != self.release.files[path]:
            raise StoreError(
                "was built again meanwhile",
                path=f"dist/{path}",
                hint="run `publish deploy` again when the build is done",
            )
        return path, data

    def _look(self, target: Target) -> tuple[There, Plan]:
        """What is there, and what is to be done."""
        self.progress("looking", 0, 1)
        found = target.files()
        release = self._before(target) if NAME in found else None
        said = target.read(INTENT) if INTENT in found else None
        there = There(found, release, parse_intents(said) if said else {})
        sizes = {path: self._size(path) for path in self.release.files}
        steps = plan(self.release, sizes, there)
        known = self._equal(target, steps.strangers, found, sizes)
        if known:
            there = There(found, release, {**there.intents, **known})
            steps = plan(self.release, sizes, there)
        return there, steps

    def _before(self, target: Target) -> Release:
        """The release that the target has."""
        release = parse_release(
            target.read(NAME) or b"",
            path=f"{target.name}/{NAME}",
            hint="remove it there if the folder may become this site's",
        )
        mine, other = self.release.base_url, release.base_url
        if mine != other and not self.options.take_over:
            raise UsageError(
                f"the target has another site, {other}",
                path=target.name,
                hint=f"deploy {mine} elsewhere, or replace it with --take-over",
            )
        return release

    def _equal(
        self,
        target: Target,
        paths: Iterable[str],
        found: Mapping[str, int],
        sizes: Mapping[str, int],
    ) -> dict[str, frozenset[str]]:
        """Strangers that are, byte for byte, what would be brought."""
        return {
            path: frozenset({self.release.files[path]})
            for path in paths
            if found[path] == sizes[path]
            and digest(target.read(path) or b"") == self.release.files[path]
        }

    def _size(self, path: str) -> int:
        return (self.dist / path).stat().st_size

    def _strangers(self, steps: Plan) -> tuple[PublishError, ...]:
        return tuple(
            StoreError(
                "is there already, and no deploy brought it: nothing was changed",
                path=path,
                hint="remove it if it may go, or deploy into another folder",
            )
            for path in steps.strangers
        )


@contextmanager
def _held(
    target: Target, root: Path, now: datetime, *, take_over: bool
) -> Iterator[None]:
    """Hold the target's lock. Raises BusyError naming who holds it."""
    mine = {
        "host": socket.gethostname(),
        "since": now.isoformat(timespec="seconds"),
        "site": _name_of(root),
    }
    data = json.dumps(mine).encode()
    if not target.create(LOCK, data):
        other = _holder(target)
        # This machine's own lock is ours, so that a deploy of this folder is no more.
        own = all(other.get(key) == mine[key] for key in ("host", "site"))
        if not own and not take_over:
            raise BusyError(
                f"a deploy from {other.get('host', 'somewhere')} has been at work here "
                f"since {other.get('since', 'an unknown time')}, or was cut off",
                path=target.name,
                hint="wait until it is done; if it is no more, use --take-over",
            )
        _exhaust(target.put([(LOCK, data)]))
    try:
        yield
    finally:
        with suppress(StoreError):
            _exhaust(target.remove([LOCK]))


def _exhaust(paths: Iterable[str]) -> None:
    """Do what says of each path when it is done."""
    for _ in paths:
        pass


def _holder(target: Target) -> dict[str, str]:
    try:
        values = json.loads(target.read(LOCK) or b"")
        return {key: str(value) for key, value in values.items()}
    except (ValueError, AttributeError, RecursionError):
        return {}


def _name_of(root: Path) -> str:
    """Tells one checkout from another, without telling the world where it lies."""
    return blake2b(str(root.resolve()).encode(), digest_size=8).hexdigest()
