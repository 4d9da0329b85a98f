"""
The models on this machine: a folder for each pair of languages, as in `en-tr/`.

A folder that `publish engines install` made has the digest of each file in
`installed.json`. One that fxtranslate made, or that was copied, has none, and is known
by the names of its files alone.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Final

from pipeline.errors import EngineUnavailable
from pipeline.late import dataclass, regex

MANIFEST: Final = "installed.json"
HOME: Final = "FIREFOX_MODELS"
"""The environment variable that names the folder of the models."""

_ROLES: Final = ("model", "vocab", "srcvocab", "trgvocab", "lex")
PAIR: Final = regex(r"[a-z]{2,3}(?:-[A-Za-z]+)?-[a-z]{2,3}(?:-[A-Za-z]+)?")
_SHORT: Final = regex(r"[a-z]{4}")
"""How a file names its pair: `model.entr.intgemm.alphas.bin`."""
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Model:
    """One pair of languages."""

    pair: str
    folder: Path
    files: Mapping[str, str]
    """The names by what they are: `model`, `vocab`, `lex`."""

    version: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of each file by its name; none: it was not installed by us."""

    @property
    def paths(self) -> dict[str, str]:
        """Where the files are, by what they are."""
        return {role: str(self.folder / name) for role, name in self.files.items()}

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum((self.folder / name).stat().st_size for name in self.files.values())

    def verify(self) -> None:
        """Raise EngineUnavailable if a file is not what was installed."""
        for name, digest in self.digests.items():
            if digest_of(self.folder / name) != digest:
                raise spoiled(self.pair, self.folder, f"{name} has been changed")


def home() -> Path:
    """Where models are: FIREFOX_MODELS, or the user's data folder (XDG)."""
    if named := os.environ.get(HOME, "").strip():
        return Path(named).expanduser()
    data = os.environ.get("XDG_DATA_HOME", "").strip() or "~/.local/share"
    return Path(data).expanduser() / "publish" / "firefox"


def installed(top: Path) -> tuple[Model, ...]:
    """Every whole model in a folder of models."""
    found: list[Model] = []
    for pair in pairs_in(top):
        try:
            found.append(read_model(top / pair))
        except EngineUnavailable:
            continue
    return tuple(found)


def pairs_in(top: Path) -> tuple[str, ...]:
    """The pairs that have a folder there, whole or not."""
    try:
        names = sorted(path.name for path in top.iterdir() if path.is_dir())
    except OSError:
        return ()
    return tuple(name for name in names if PAIR.fullmatch(name))


def read_model(folder: Path, pair: str = "") -> Model:
    """
    The model in a folder; `pair`: which one it must be, if not the folder's name.

    Raises EngineUnavailable where files are missing, or it is of another pair.
    """
    pair = pair or folder.name
    noted = _noted(folder)
    files: dict[str, str] = {}
    for path in _listed(folder, pair):
        role = path.name.partition(".")[0]
        if role in _ROLES and path.suffix in {".bin", ".spm"}:
            if role in files:
                raise spoiled(pair, folder, f"there are two files {role}.*")
            files[role] = path.name
    digests = noted.get("files")
    model = Model(
        pair,
        folder,
        files,
        str(noted.get("version", "")),
        {str(k): str(v) for k, v in digests.items()}
        if isinstance(digests, dict)
        else {},
    )
    _require_whole(model)
    if noted and noted.get("pair") != pair:
        raise _foreign(pair, folder, str(noted.get("pair")))
    _require_own(model)
    return model


def digest_of(path: Path) -> str:
    """The SHA-256 of a file; empty if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def spoiled(pair: str, folder: Path, why: str) -> EngineUnavailable:
    """The error that says what is wrong with a model."""
    return EngineUnavailable(
        f"the model {pair} in {folder} cannot be used: {why}",
        hint=f"install it again: publish engines install firefox {target_of(pair)}",
    )


def target_of(pair: str) -> str:
    """The language that a pair translates into."""
    parts = pair.split("-")
    return "-".join(parts[-2:]) if parts[-1][:1].isupper() else parts[-1]


def _require_whole(model: Model) -> None:
    has_words = "vocab" in model.files or {"srcvocab", "trgvocab"} <= model.files.keys()
    if "model" not in model.files or not has_words:
        missing = "model" if "model" not in model.files else "vocab"
        raise spoiled(model.pair, model.folder, f"there is no file {missing}.*")
    for name in model.digests:
        if not (model.folder / name).is_file():
            raise spoiled(model.pair, model.folder, f"{name} is missing")


def _require_own(model: Model) -> None:
    """Refuse files whose names say that they are of another pair."""
    own = model.pair.replace("-", "")
    for name in model.files.values():
        says = name.split(".")[1:-1]
        short = next((part for part in says if _SHORT.fullmatch(part)), own)
        if _SHORT.fullmatch(own) and short != own and name.startswith("model."):
            raise _foreign(model.pair, model.folder, f"{short[:2]}-{short[2:]}")


def _foreign(pair: str, folder: Path, other: str) -> EngineUnavailable:
    return spoiled(pair, folder, f"it is a model of {other}")


def _noted(folder: Path) -> dict[str, object]:
    try:
        noted = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        why = f"{MANIFEST} cannot be read"
        raise spoiled(folder.name, folder, why) from None
    return noted if isinstance(noted, dict) else {}


def _listed(folder: Path, pair: str) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        why = (error.strerror or "").lower()
        raise spoiled(pair, folder, why) from None
