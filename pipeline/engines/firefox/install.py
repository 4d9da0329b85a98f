"""Putting a model in its place: tried with a sentence first, whole or not at all."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

from pipeline.engines import Model as Listed
from pipeline.engines.firefox.languages import spellings
from pipeline.engines.firefox.models import (
    MANIFEST,
    Model,
    digest_of,
    read_model,
    spoiled,
)
from pipeline.engines.firefox.process import ORIGIN, Process, Wrong
from pipeline.errors import EngineUnavailable, StoreError

Tell: TypeAlias = Callable[[str, int, int], None]

PATIENCE: Final = 300.0
"""Seconds for unpacking a file, and for the first sentence."""
_SENTENCE: Final = "Take one tablet in the morning."


def install_from(
    folder: Path, top: Path, source: str, target: str, tell: Tell
) -> list[Listed]:
    """
    Install a model from a folder: its own, or one that has it as `en-tr/`.

    Raises EngineUnavailable or StoreError.
    """
    pair, model = _model_in(folder, source, target)
    model.verify()
    staging = top / f".{pair}.copy"
    process = Process()
    try:
        with writing(top):
            shutil.rmtree(staging, ignore_errors=True)
            staging.mkdir(parents=True)
            names = sorted(model.files.values())
            for number, name in enumerate(names):
                tell(f"{ORIGIN} {pair}", number, len(names))
                shutil.copyfile(model.folder / name, staging / name)
            tell(f"{ORIGIN} {pair}", len(names), len(names))
            digests = {name: digest_of(staging / name) for name in names}
            return [placed(process, staging, top / pair, model.version, digests)]
    finally:
        process.end()
        shutil.rmtree(staging, ignore_errors=True)


def listed_as(model: Model) -> Listed:
    """The model as `publish engines` shows it."""
    return Listed(model.pair, str(model.folder), model.version, model.size)


def placed(
    process: Process,
    staging: Path,
    place: Path,
    version: str,
    digests: dict[str, str],
) -> Listed:
    """Try the model, and put it where it belongs, all at once."""
    pair = place.name
    for path in staging.iterdir():
        if path.name not in digests:
            path.unlink()
    model = read_model(staging, pair)
    try:
        process.ask(
            "translate",
            time.monotonic() + PATIENCE,
            text=_SENTENCE,
            legs=[model.paths],
        )
    except (Wrong, EngineUnavailable) as error:
        shutil.rmtree(staging, ignore_errors=True)
        why = error.message if isinstance(error, EngineUnavailable) else str(error)
        raise EngineUnavailable(
            f"the model {pair} was not installed: fxtranslate cannot use it ({why})",
            hint="it is damaged, or made for another version of fxtranslate",
        ) from None
    noted = {"pair": pair, "version": version, "files": digests}
    text = json.dumps(noted, indent=2, sort_keys=True) + "\n"
    (staging / MANIFEST).write_text(text, encoding="utf-8")
    old = place.with_name(f".{pair}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    staging.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    return listed_as(read_model(place))


def _model_in(folder: Path, source: str, target: str) -> tuple[str, Model]:
    """The model of a pair in a folder, and the pair as Firefox names it."""
    pairs = [f"{a}-{b}" for a in spellings(source) for b in spellings(target)]
    for pair in pairs:
        if (folder / pair).is_dir():
            return pair, read_model(folder / pair)
    if not folder.is_dir():
        raise EngineUnavailable(f"there is no folder {folder}")
    if not any(folder.glob("model.*")):
        raise spoiled(
            pairs[0], folder, f"neither a file model.* nor a folder {pairs[0]} is there"
        )
    pair = folder.name if folder.name in pairs else pairs[0]
    return pair, read_model(folder, pair)


@contextmanager
def writing(top: Path) -> Iterator[None]:
    """Let what the disk refuses become an error of ours."""
    try:
        yield
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise StoreError(f"the model cannot be stored: {why}", path=str(top)) from None
