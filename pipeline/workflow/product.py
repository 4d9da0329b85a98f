"""What a build makes of things, and how it comes to its place."""

from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

from pipeline.errors import PublishError
from pipeline.late import dataclass
from pipeline.render.library import Listed
from pipeline.store.dist import place
from pipeline.store.ledger import Made, MadeFile, Order
from pipeline.store.stamps import Stamp


@dataclass(frozen=True, slots=True)
class Product:
    """The files of a build, not yet in their places, and what could not be made."""

    made: Mapping[str, Made]
    """By the name of what they were made of."""

    staged: Mapping[str, str]
    """Where those lie that are to be written, by path below the root."""

    faces: str
    errors: tuple[PublishError, ...] = ()
    notes: tuple[str, ...] = ()
    listed: tuple[Listed, ...] = ()
    order: Order | None = None
    """How all of it stands; None where something could not be made."""

    failed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Why an article in a locale could not be rendered."""

    @property
    def files(self) -> dict[str, str]:
        """The digest of every file of the set, by path below the root."""
        return {
            file.path: file.digest for made in self.made.values() for file in made.files
        }

    @property
    def stamps(self) -> dict[str, Stamp]:
        """The stamp of every file of the set that is in its place."""
        return {
            file.path: file.stamp for made in self.made.values() for file in made.files
        }

    def settle(self, root: Path) -> "Product":
        """Put every file in its place. Raises StoreError."""
        stamps: dict[str, Stamp] = {}
        written: dict[str, str] = {}
        for path, staged in sorted(self.staged.items()):
            stamps[path], is_new = place(root, staged, path)
            if is_new:
                written[path] = staged
        return replace(
            self,
            staged=written,
            made={name: _stamped(made, stamps) for name, made in self.made.items()},
        )


def _stamped(made: Made, stamps: Mapping[str, Stamp]) -> Made:
    if not any(file.path in stamps for file in made.files):
        return made
    files = (
        MadeFile(file.path, *stamps.get(file.path, file.stamp), file.digest)
        for file in made.files
    )
    return made._replace(files=tuple(files))


@dataclass(frozen=True, slots=True)
class Piece:
    """What was made of one thing, small enough to come back from a worker."""

    made: Made | None = None
    """None: what was made before still holds."""

    staged: tuple[tuple[str, str], ...] = ()
    error: PublishError | None = None
