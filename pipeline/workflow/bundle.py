"""
`publish bundle`: what is published in some languages as one zip, to hand over.

It is taken from `dist/` as that was built. Of a page only those links are changed that
would lead to a page which is not in the zip: they lead to that page's own address.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from hashlib import sha256
from html import escape, unescape
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from pipeline.errors import StoreError
from pipeline.late import dataclass, regex
from pipeline.model.page import State
from pipeline.model.site import Site
from pipeline.store.archive import write_archive
from pipeline.store.files import read_bytes
from pipeline.store.lock import locked
from pipeline.workflow.apart import require_free
from pipeline.workflow.locales import require_own
from pipeline.workflow.release import digest, written
from pipeline.workflow.released import NAME, Release, read_release
from pipeline.workflow.report import Progress, Report, silent
from pipeline.workflow.verify import verify

SUMS: Final = "SHA256SUMS"

_SITE: Final = "site/"
_TAG: Final = regex(r"""<[A-Za-z](?:[^"'<>]|"[^"]*"|'[^']*')*>""")
_ADDRESS: Final = regex(r"""(\s(?:href|src)=)(?:"([^"]*)"|'([^']*)')""")


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleReport(Report):
    """Where the zip is, and what is in it."""

    path: str = ""
    """Below the site's root, if it is there."""

    locales: tuple[str, ...] = ()
    files: int = 0
    sha256: str = ""
    """Of the zip."""

    def body(self) -> dict[str, object]:
        return {
            "path": self.path,
            "locales": list(self.locales),
            "files": self.files,
            "sha256": self.sha256,
        }


def bundle(
    site: Site,
    asked: tuple[str, ...],
    *,
    out: Path | None = None,
    progress: Progress = silent,
) -> BundleReport:
    """
    Write the zip of some locales; of none: of all, which is the whole of `dist/`.

    A `dist/` that is not whole makes none: the report says why. Raises UsageError for a
    locale that is not the site's, for a place that is not free, or where nothing was
    built, and StoreError.
    """
    require_own(site, asked)
    if out is not None:
        require_free(site, out, hint="name another file, as in --out ../bundle.zip")
    locales = tuple(dict.fromkeys(asked)) or (site.source_locale, *site.locales)
    root = Path(site.root)
    with locked(root):
        broken = verify(root / "dist").errors
        if broken:
            return BundleReport(errors=broken)
        release = read_release(root / "dist")
        pack = _Pack(root / "dist", release, frozenset(asked), progress)
        path = out or root / "dist" / _file_name(asked)
        write_archive(path, pack.entries(), root=root)
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path
    return BundleReport(
        path=str(shown),
        locales=locales,
        files=len(pack.digests) + 1,
        sha256=sha256(read_bytes(path)).hexdigest(),
        notes=tuple(_left_out(release, locales)),
    )


def _file_name(asked: tuple[str, ...]) -> str:
    return f"{'-'.join(('bundle', *dict.fromkeys(asked)))}.zip"


def _left_out(release: Release, locales: tuple[str, ...]) -> Iterator[str]:
    """What a person who hands it over should know is not in it."""
    for locale in locales:
        missing = [
            each["article"]
            for each in (*release.pages, *release.mails)
            if each["locale"] == locale
            and each["state"] in {State.HELD, State.RECALLED}
        ]
        if missing:
            yield f"not published in {locale}, so not in it: {', '.join(missing)}"


@dataclass
class _Pack:
    """What goes into one zip, in its order."""

    dist: Path
    release: Release
    locales: frozenset[str]
    """None: everything."""

    progress: Progress
    digests: dict[str, str] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)

    def entries(self) -> Iterator[tuple[str, bytes]]:
        """Every file; the release and the checksums come last."""
        own = {path for path in self.release.files if self._belongs(path)}
        assets = self._assets(own) if self.locales else set()
        chosen = sorted(own | assets)
        inside = frozenset(chosen)
        for number, path in enumerate(chosen):
            self.progress("packing", number, len(chosen))
            data = self._read(path)
            if self.locales and _is_page(path):
                data = self._with_links(data, path, inside)
            self.digests[path] = digest(data)
            yield self._summed(path, data)
        yield self._summed(NAME, self._document())
        yield SUMS, "".join(map(_sum_line, sorted(self.sums.items()))).encode()

    def _summed(self, path: str, data: bytes) -> tuple[str, bytes]:
        self.sums[path] = sha256(data).hexdigest()
        return path, data

    def _read(self, path: str) -> bytes:
        data = read_bytes(self.dist / path, root=self.dist.parent)
        if digest(data) != self.release.files[path]:
            raise StoreError("was changed meanwhile", path=f"dist/{path}")
        return data

    def _belongs(self, path: str) -> bool:
        """Whether a file is in the zip whatever the pages show."""
        if not self.locales:
            return True
        top, _, rest = path.partition("/")
        first, _, below = rest.partition("/")
        if top == "site" and (rest == "index.html" or first == "static"):
            return True
        return bool(below) and first in self.locales

    def _assets(self, own: set[str]) -> set[str]:
        """The files of the release that these pages show or link, and no pages."""
        found: set[str] = set()
        for path in filter(_is_page, own):
            text = self._read(path).decode()
            for tag in _TAG.findall(text):
                for _, double, single in _ADDRESS.findall(tag):
                    target = _target(unescape(double or single), path)
                    if target and target.startswith("site/assets/"):
                        found.add(target)
        return found & self.release.files.keys()

    def _with_links(self, data: bytes, path: str, inside: frozenset[str]) -> bytes:
        """A page whose links to pages outside the zip are absolute."""

        def absolute(url: str) -> str | None:
            target = _target(url, path)
            if target is None or target in inside:
                return None
            if target not in self.release.files:
                return None
            address = urlsplit(url)
            below = posixpath.relpath(target, "site").removesuffix("index.html")
            end = f"#{address.fragment}" if address.fragment else ""
            return f"{self.release.base_url}{below}{end}"

        return _relinked(data.decode(), absolute).encode()

    def _document(self) -> bytes:
        """The release of the files in the zip."""
        if not self.locales:
            return self.release.data

        def chosen(rows: object) -> list[Mapping[str, str]]:
            assert isinstance(rows, tuple)  # noqa: S101 - a release was read
            return [row for row in rows if row["locale"] in self.locales]

        document = {
            "title": self.release.title,
            "base_url": self.release.base_url,
            "pages": chosen(self.release.pages),
            "mails": chosen(self.release.mails),
            "recalled": chosen(self.release.recalled),
            "files": self.digests,
        }
        return bytes(written(document))


def _is_page(path: str) -> bool:
    return path.startswith(_SITE) and path.endswith(".html")


def _target(url: str, page: str) -> str | None:
    """The file of `dist/` that a relative address on a page names."""
    try:
        address = urlsplit(url)
    except ValueError:
        return None
    if address.scheme or address.netloc or not address.path or url.startswith("/"):
        return None
    path = posixpath.normpath(
        posixpath.join(posixpath.dirname(page), unquote(address.path))
    )
    return f"{path}/index.html" if address.path.endswith("/") else path


def _relinked(text: str, absolute: Callable[[str], str | None]) -> str:
    def address(match: re.Match[str]) -> str:
        found = absolute(unescape(match[2] or match[3] or ""))
        return match[0] if found is None else f'{match[1]}"{escape(found)}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(address, tag[0]), text)


def _sum_line(item: tuple[str, str]) -> str:
    """A line as `sha256sum` writes it, which escapes line ends and backslashes."""
    path, value = item
    name = path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if name == path else chr(92)}{value}  {name}\n"
