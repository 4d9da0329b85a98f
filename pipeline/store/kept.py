"""
`locales/<locale>/kept/`: the last text of each page that was published in full.

An ordinary localized document, and in `kept-from/` the original that it was made from.
Both are inputs of a build, so that a fresh clone gives the same pages. A line of
`published.jsonl` has the digest of the two: what is not as it was released is not used.
"""

from hashlib import blake2b
from pathlib import Path, PurePosixPath

from pipeline.cldr import gettext_locale
from pipeline.late import dataclass
from pipeline.store.files import move, read_text, write_atomically

_TEXTS = "kept"
_ORIGINALS = "kept-from"


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was released."""

    text: str
    """The localized document."""

    original: str
    """The source that it was made from."""

    @property
    def digest(self) -> str:
        """Tells one release of a page from another."""
        digest = blake2b(digest_size=16)
        for part in (self.original, self.text):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "big"))
            digest.update(data)
        return digest.hexdigest()


def kept_paths(locale: str, domain: str, source: str) -> tuple[str, str]:
    """Where text and original of a domain lie below the root; `source` is its path."""
    top = f"locales/{gettext_locale(locale)}"
    name = f"{domain}{PurePosixPath(source).suffix}"
    return f"{top}/{_TEXTS}/{name}", f"{top}/{_ORIGINALS}/{name}"


def read_kept(root: Path, locale: str, domain: str, source: str) -> Kept | None:
    """
    The page as it was last released; None where nothing is kept.

    Raises StoreError, or SourceError for bytes that are not UTF-8.
    """
    text, original = (root / path for path in kept_paths(locale, domain, source))
    if not text.exists() or not original.exists():
        return None
    return Kept(read_text(text, root=root), read_text(original, root=root))


def write_kept(root: Path, locale: str, domain: str, source: str, kept: Kept) -> None:
    """Keep a page, each of its two files whole. Raises StoreError."""
    texts = (kept.text, kept.original)
    paths = kept_paths(locale, domain, source)
    for path, text in zip(paths, texts, strict=True):
        write_atomically(root / path, text.encode(), root=root)


def move_kept(root: Path, locale: str, old: str, new: str) -> None:
    """Let what is kept of a domain follow it to another name. Raises StoreError."""
    for top in (_TEXTS, _ORIGINALS):
        folder = root / "locales" / gettext_locale(locale) / top
        source = folder / old
        for path in sorted(source.parent.glob(f"{source.name}.*")):
            target = folder / f"{new}{path.suffix}"
            if path.stem == source.name and not target.exists():
                move(path, target, root=root)


def is_kept(path: str) -> bool:
    """Whether a path below the root is of a kept text."""
    parts = path.split("/", 3)
    return parts[0] == "locales" and len(parts) > 3 and parts[2] in {_TEXTS, _ORIGINALS}  # noqa: PLR2004 - locales, locale, folder, name
