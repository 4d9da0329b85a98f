"""
What a deploy has to do: a release here, and what is known of the target, into a plan.

Known is what the target's own release names, what deploys that were cut off said that
they would bring, and what lies there by name and size. Nothing else is ever removed or
written over. Where a file may be one of several, it is brought again.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Final

from pipeline.late import dataclass
from pipeline.model.page import State
from pipeline.store.files import is_left_over
from pipeline.workflow.released import NAME, OUT, Release

LOCK: Final = ".publish-deploy.lock"
INTENT: Final = ".publish-deploy.json"
"""What a deploy is about to bring, for the next one, should this be cut off."""


@dataclass(frozen=True, slots=True)
class There:
    """What is known of the target."""

    sizes: Mapping[str, int] = field(default_factory=dict)
    release: Release | None = None
    """The last deploy that was finished; None: there was none."""

    intents: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The digests that a file may have since, by its path."""

    def digests(self, path: str) -> frozenset[str]:
        """All that a file of ours may hold; none: it is not ours."""
        named = self.release.files.get(path) if self.release else None
        known = self.intents.get(path, frozenset())
        return known | {named} if named else known


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps in their order; each is done before the next one begins."""

    withdrawn: tuple[str, ...] = ()
    """Pages and mails that are removed, before anything else."""

    replaced: tuple[str, ...] = ()
    """Brought first: what stands now where something was withdrawn."""

    carried: tuple[str, ...] = ()
    """Pictures, styles and the like, before the pages that show them."""

    pages: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    """What leads to pages: lists, sitemap, redirects."""

    dropped: tuple[str, ...] = ()
    """Removed last: what no page shows any more."""

    rests: tuple[str, ...] = ()
    """Files under a name of passage, from deploys that were cut off."""

    strangers: tuple[str, ...] = ()
    """In the way, and nobody knows that they are ours."""

    unchanged: int = 0
    ends: bool = True
    """Whether the release itself is to be written."""

    @property
    def uploads(self) -> tuple[str, ...]:
        return (*self.replaced, *self.carried, *self.pages, *self.lists)

    @property
    def is_empty(self) -> bool:
        """Whether the target is as it should be."""
        return not (self.uploads or self.withdrawn or self.dropped or self.ends)


def plan(release: Release, sizes: Mapping[str, int], there: There) -> Plan:
    """The plan that makes the target this release; `sizes` are those of its files."""
    held = there.sizes
    states = release.states()
    before = there.release.states() if there.release else {}
    steps: dict[str, list[str]] = {name: [] for name in _STEPS}
    strangers: list[str] = []
    unchanged = 0
    for path, digest in sorted(release.files.items()):
        possible = there.digests(path)
        if path in held and not possible:
            strangers.append(path)
        elif held.get(path) == sizes[path] and possible == {digest}:
            unchanged += 1
        else:
            steps[_step(path, states, before)].append(path)
    gone = sorted(
        path for path in held if path not in release.files and there.digests(path)
    )
    withdrawn = [path for path in gone if _is_read(path)]
    return Plan(
        withdrawn=tuple(withdrawn),
        dropped=tuple(path for path in gone if not _is_read(path)),
        rests=tuple(sorted(filter(is_left_over, held))),
        strangers=tuple(strangers),
        unchanged=unchanged,
        ends=there.release is None
        or NAME not in held
        or there.release.data != release.data,
        **{name: tuple(paths) for name, paths in steps.items()},
    )


_STEPS: Final = ("replaced", "carried", "pages", "lists")


def _step(path: str, states: Mapping[str, str], before: Mapping[str, str]) -> str:
    was, now = before.get(path), states.get(path)
    if was in OUT and now not in {was, State.PUBLISHED}:
        return "replaced"
    if not _is_read(path):
        return "lists" if path.endswith((".xml", ".txt")) else "carried"
    return "pages" if path in states or path.startswith("mail/") else "lists"


def _is_read(path: str) -> bool:
    """Whether it is a page or a mail: what must be gone at once if it is withdrawn."""
    return path.endswith(".html") or path.startswith("mail/")


def intents_after(there: There, release: Release, uploads: Iterable[str]) -> bytes:
    """What the next deploy must know, should this one be cut off."""
    found = {path: set(digests) for path, digests in there.intents.items()}
    for path in uploads:
        found.setdefault(path, set()).add(release.files[path])
    rows = {path: sorted(digests) for path, digests in sorted(found.items())}
    return json.dumps({"files": rows}, ensure_ascii=False).encode()


def parse_intents(data: bytes) -> Mapping[str, frozenset[str]]:
    """
    What a deploy that was cut off said; nothing where it could not say it to the end.

    It is written before anything else is touched, so that a part of it means that
    nothing was.
    """
    try:
        rows = json.loads(data)["files"]
        return {str(path): frozenset(map(str, each)) for path, each in rows.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
