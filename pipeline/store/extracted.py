"""
What the last `publish extract` read and wrote, so that the next need not look again.

A file is trusted to be what it was by its size and time of modification, as `state.py`
explains. This is a cache: without it, or with a broken one, every file is read.
"""

import json
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Final, NamedTuple

from pipeline.late import dataclass
from pipeline.store.files import write_atomically
from pipeline.store.stamps import Stamp

FILE: Final = ".publish/extract.json"


class SourceRecord(NamedTuple):
    """What a domain's messages were taken from."""

    version: str
    """Tells one state of the source from another."""

    is_template: bool
    """Whether its messages are to be translated; a draft's are not."""


class CatalogRecord(NamedTuple):
    """A catalog or a template as it was left."""

    size: int
    mtime: int
    version: str
    """That of the source that it was merged with."""

    messages: int
    untranslated: bool
    """Whether it has entries without any translation, the page's address aside."""

    vanished: bool
    """Whether it has translations of texts that are not in its source."""

    @property
    def stamp(self) -> Stamp:
        """As the disk tells it."""
        return (self.size, self.mtime)


@dataclass(frozen=True, slots=True)
class Extracted:
    """The last extraction."""

    key: str = ""
    """Configuration and code: where it differs, nothing else counts."""

    sources: Mapping[str, SourceRecord] = field(default_factory=dict)
    """By domain."""

    catalogs: Mapping[str, CatalogRecord] = field(default_factory=dict)
    """By path below the site's root."""


def read_extracted(root: Path, key: str) -> Extracted:
    """The last extraction with this key; an empty one if it cannot be read."""
    try:
        values = json.loads((root / FILE).read_bytes())
        if values["key"] != key:
            return Extracted(key)
        return Extracted(
            key,
            {domain: SourceRecord(*each) for domain, each in values["sources"].items()},
            {path: CatalogRecord(*each) for path, each in values["catalogs"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Extracted(key)


def write_extracted(root: Path, extracted: Extracted) -> None:
    """Remember an extraction. Raises StoreError."""
    values = {
        "key": extracted.key,
        "sources": extracted.sources,
        "catalogs": extracted.catalogs,
    }
    data = json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogateescape")
    write_atomically(root / FILE, data, root=root, durable=False)
