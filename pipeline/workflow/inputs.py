"""What the inputs of a build hold, as digests: read only where the stamp is another."""

import os
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

from pipeline.store.ledger import FileRecord
from pipeline.store.stamps import RACY, Stamp


class Inputs:
    """The files of `source/`, `locales/` and `templates/`."""

    def __init__(
        self,
        root: Path,
        stamps: Mapping[str, Stamp],
        known: Mapping[str, FileRecord],
        *,
        trusted: int,
    ) -> None:
        """`known` is what a build that began at `trusted` found."""
        self._top = f"{root}/"
        self._stamps = stamps
        self._known = known
        self._trusted = trusted - RACY
        self._found: dict[str, str] = {}
        """The digest of what was asked for; as what it was stamped is known already."""

        self._news: dict[str, str] = {}
        self._there: dict[str, bool] = {}
        """Folders, and what no scan has seen, that were asked for."""

    def digest(self, path: str) -> str:
        """Of a file below the root; nothing where there is none that can be read."""
        found = self._found.get(path)
        if found is not None:
            return found
        stamp = self._stamps.get(path)
        if stamp is None:
            return self._unseen(path)
        known = self._known.get(path)
        if known is None or known.stamp != stamp or stamp[1] >= self._trusted:
            found = self._read(path)
        else:
            found = known.digest
        self._found[path] = self._news[path] = found
        return found

    def news(self) -> dict[str, str]:
        """The digests that were found since the last time that this was asked."""
        news, self._news = self._news, {}
        return news

    def learn(self, news: Mapping[str, str]) -> None:
        """Take over what another process found."""
        self._found.update(news)

    def found(self) -> dict[str, FileRecord]:
        """What was asked for, to be known the next time."""
        return {
            path: FileRecord(*self._stamps[path], digest)
            for path, digest in self._found.items()
        }

    def known_next(self) -> dict[str, FileRecord]:
        """What the next build may know; what this one did not ask for stays known."""
        unasked = {
            path: record
            for path, record in self._known.items()
            if self._stamps.get(path) == record.stamp and record.mtime < self._trusted
        }
        return unasked | self.found()

    def below(self, top: str) -> str:
        """One digest for the names and contents of all files below a folder."""
        paths = sorted(path for path in self._stamps if path.startswith(f"{top}/"))
        return key_of(part for path in paths for part in (path, self.digest(path)))

    def _unseen(self, path: str) -> str:
        """A file behind a folder that is a link, or none at all."""
        # Asked for every article in every locale, of its approvals and of the glossary:
        # of what is not there it is asked once, and Path takes ten times as long.
        for each in (path.rpartition("/")[0], path):
            if each not in self._there:
                self._there[each] = os.path.lexists(f"{self._top}{each}")
            if not self._there[each]:
                return ""
        return self._read(path)

    def _read(self, path: str) -> str:
        try:
            with open(f"{self._top}{path}", "rb", buffering=0) as file:  # noqa: PTH123 - Path takes twice as long
                data = file.read()
        except OSError as error:
            return f"unreadable {error.errno}"
        return blake2b(data, digest_size=16).hexdigest()


def key_of(parts: Iterable[str]) -> str:
    """One digest for some texts in their order."""
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(joined, digest_size=16).hexdigest()


class GrowingKey:
    """The key of texts that are too many to be in memory together."""

    def __init__(self) -> None:
        self._found = blake2b(digest_size=16)

    def add(self, text: str) -> None:
        self._found.update(f"{text}\0".encode("utf-8", "surrogatepass"))

    def __str__(self) -> str:
        return self._found.hexdigest()
