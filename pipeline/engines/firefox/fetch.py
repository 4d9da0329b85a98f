"""
Fetching a model: from Mozilla's server, or from a copy of it.

What is fetched is written beside the place of the model and verified by its digest. A
file that was verified before a break is not fetched again.
"""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from pipeline.engines import Model as Listed
from pipeline.engines.firefox.install import PATIENCE, Tell, listed_as, placed, writing
from pipeline.engines.firefox.languages import spellings
from pipeline.engines.firefox.models import PAIR, Model, digest_of, read_model
from pipeline.engines.firefox.process import ORIGIN, Process, Wrong
from pipeline.errors import EngineUnavailable, UnsupportedLocale
from pipeline.late import dataclass
from pipeline.transport.service import Service
from pipeline.transport.web import Call

RECORDS: Final = (
    "https://firefox.settings.services.mozilla.com"
    "/v1/buckets/main/collections/translations-models-v2/records"
)
FILES: Final = "https://firefox-settings-attachments.cdn.mozilla.net"
_MOST: Final = 1_000_000_000
"""Bytes of a file; the models of Firefox have some tens of millions."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file that a server has."""

    name: str
    location: str
    size: int
    packed: str
    """The SHA-256 of what is fetched."""

    unpacked: str
    """The SHA-256 of what is in it; empty: the server does not say."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where models are fetched."""

    service: Service
    records: str = RECORDS
    files: str = FILES

    def fetch(self, top: Path, source: str, target: str, tell: Tell) -> list[Listed]:
        """
        Install what the pair needs: one model, or two with a language between.

        Raises UnsupportedLocale, EngineUnavailable or StoreError.
        """
        with writing(top):
            top.mkdir(parents=True, exist_ok=True)
            listed = top / ".records.json"
            said = self.service.ask(Call(method="GET", url=self.records)).text
            listed.write_text(said, encoding="utf-8")
            process = Process()
            try:
                offers = _offers(process, listed, source, target)
                return [
                    self._installed(process, top, records, tell) for records in offers
                ]
            finally:
                process.end()
                listed.unlink(missing_ok=True)

    def _installed(
        self,
        process: Process,
        top: Path,
        records: Sequence[dict[str, object]],
        tell: Tell,
    ) -> Listed:
        first = records[0]
        pair = f"{first['sourceLanguage']}-{first['targetLanguage']}"
        if not PAIR.fullmatch(pair):
            raise EngineUnavailable(f"{ORIGIN}: the server names a pair {pair!r}")
        files = [_file(record) for record in records]
        version = str(first.get("version", ""))
        if (there := _there(top / pair, version, files)) is not None:
            return listed_as(there)
        staging = top / f".{pair}.partial"
        staging.mkdir(exist_ok=True)
        total, done = sum(file.size for file in files), 0
        digests: dict[str, str] = {}
        for file in files:
            told = partial(_tell, tell, f"{ORIGIN} {pair}", done, total)
            digests[file.name] = self._fetched(process, staging, file, told)
            done += file.size
            tell(f"{ORIGIN} {pair}", done, total)
        return placed(process, staging, top / pair, version, digests)

    def _fetched(
        self, process: Process, staging: Path, file: _File, told: Callable[[int], None]
    ) -> str:
        """The digest of the unpacked file, which is there afterwards."""
        place = staging / file.name
        if place.is_file() and file.unpacked and digest_of(place) == file.unpacked:
            return file.unpacked
        packed = staging / f"{file.name}.packed"
        with packed.open("wb") as written:

            def start() -> Callable[[bytes], object]:
                written.seek(0)
                written.truncate()
                return partial(_take, written.write, written.tell, file, told)

            self.service.download(f"{self.files}/{file.location}", start)
        if file.packed and digest_of(packed) != file.packed:
            packed.unlink()
            raise EngineUnavailable(
                f"{ORIGIN}: {file.name} came broken: its digest is another one",
                hint="try again; if it stays so, the server is not to be trusted",
            )
        fresh = staging / f"{file.name}.fresh"
        try:
            process.ask(
                "unpack",
                time.monotonic() + PATIENCE,
                packed=str(packed),
                unpacked=str(fresh),
                digest=file.unpacked,
            )
        except Wrong as wrong:
            raise EngineUnavailable(
                f"{ORIGIN}: {file.name} came broken: {wrong}",
                hint="try again; if it stays so, the server is not to be trusted",
            ) from None
        finally:
            packed.unlink(missing_ok=True)
        fresh.replace(place)
        return file.unpacked or digest_of(place)


def _offers(
    process: Process, listed: Path, source: str, target: str
) -> list[list[dict[str, object]]]:
    """The records of the models on the way from a locale to another."""
    why = ""
    for ours in spellings(source):
        for theirs in spellings(target):
            try:
                said = process.ask(
                    "offers",
                    time.monotonic() + PATIENCE,
                    records=str(listed),
                    source=ours,
                    target=theirs,
                )
            except Wrong as wrong:
                why = why or str(wrong)
            else:
                return said if isinstance(said, list) else []
    raise UnsupportedLocale(
        f"{ORIGIN} has no model from {source} into {target}: {why}",
        hint="Firefox has models for about fifty languages; another engine may help",
    )


def _file(record: dict[str, object]) -> _File:
    """A record's file. Raises EngineUnavailable where it cannot be trusted."""
    attachment = record.get("attachment")
    given = attachment if isinstance(attachment, dict) else {}
    name, location = str(record.get("name", "")), str(given.get("location", ""))
    size = given.get("size")
    file = _File(
        name,
        location.lstrip("/"),
        size if isinstance(size, int) else 0,
        str(given.get("hash") or ""),
        str(record.get("decompressedHash") or ""),
    )
    is_plain = name == Path(name).name and name[:1].isalnum() and "\\" not in name
    if not is_plain or not location or ".." in location:
        raise EngineUnavailable(f"{ORIGIN}: the server names a file {name!r}")
    if not file.packed and not file.unpacked:
        raise EngineUnavailable(
            f"{ORIGIN}: the server gives no digest of {name}, so it is not used"
        )
    return file


def _take(
    write: Callable[[bytes], object],
    size: Callable[[], int],
    file: _File,
    told: Callable[[int], None],
    chunk: bytes,
) -> None:
    write(chunk)
    if size() > (file.size or _MOST):
        raise EngineUnavailable(f"{ORIGIN}: {file.name} is longer than was announced")
    told(size())


def _tell(tell: Tell, what: str, before: int, total: int, here: int) -> None:
    tell(what, before + here, total)


def _there(folder: Path, version: str, files: Sequence[_File]) -> Model | None:
    """The model that is installed already, if it is this one and whole."""
    try:
        model = read_model(folder)
        model.verify()
    except EngineUnavailable:
        return None
    is_same = model.version == version and all(
        file.unpacked and model.digests.get(file.name) == file.unpacked
        for file in files
    )
    return model if is_same else None
