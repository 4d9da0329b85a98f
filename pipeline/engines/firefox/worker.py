"""
The process in which fxtranslate works: a line of JSON in, a line of JSON out.

The library is compiled code. A damaged model can end the whole process, and what it
makes belongs to the thread that made it; so it has a process of its own. This file is
run as a script, before which nothing of the pipeline is imported.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from fxtranslate import Translator, discovery

_LANGUAGES: Final = ("sourceLanguage", "targetLanguage")
_PREFERRED: Final = ("base", "base-memory", "tiny")
"""What Firefox calls the sizes of its models; the best translations first."""

_translators: dict[str, Translator] = {}


def translate(text: str, legs: Sequence[Mapping[str, str]]) -> str:
    """The text through one model, or through two with a language between."""
    for files in legs:
        text = _translator(files).translate_long(text)
    return text


def offers(records: str, source: str, target: str) -> list[list[dict[str, object]]]:
    """
    What has to be fetched for a pair: the files of each model on the way.

    Raises ValueError if there is no way.
    """
    body = Path(records).read_text(encoding="utf-8")
    route = discovery.resolve_route(body, source, target)
    way = [route[key] for key in ("src", "pivot", "trg") if key in route]
    return [_files(body, pair) for pair in pairwise(way)]


def unpack(packed: str, unpacked: str, digest: str) -> None:
    """Write what is packed. Raises ValueError if its SHA-256 is another."""
    data = discovery.verify_and_decompress(Path(packed).read_bytes(), digest or None)
    Path(unpacked).write_bytes(data)


def _translator(files: Mapping[str, str]) -> Translator:
    key = json.dumps(files, sort_keys=True)
    if key not in _translators:
        data = {role: Path(path).read_bytes() for role, path in files.items()}
        source = data.get("vocab") or data["srcvocab"]
        target = data.get("vocab") or data["trgvocab"]
        _translators[key] = Translator(data["model"], source, target, data.get("lex"))
    return _translators[key]


def _files(body: str, pair: tuple[str, str]) -> list[dict[str, object]]:
    """The records of the newest model of a pair that the library can use."""
    versions: dict[tuple[str, str], list[dict[str, object]]] = {}
    for record in json.loads(body)["data"]:
        if tuple(record[key] for key in _LANGUAGES) == pair:
            kind = (record["version"], record.get("architecture") or "")
            versions.setdefault(kind, []).append(record)
    usable = [
        kind
        for kind, records in versions.items()
        if pair in discovery.model_pairs(json.dumps({"data": records}))
    ]
    if not usable:
        raise ValueError(f"no model of {'-'.join(pair)} that can be used")
    return versions[max(usable, key=_rank)]


def _rank(kind: tuple[str, str]) -> tuple[list[int], int]:
    version, size = kind
    numbers = [int(part) if part.isdigit() else -1 for part in version.split(".")]
    rank = -_PREFERRED.index(size) if size in _PREFERRED else -len(_PREFERRED)
    return numbers, rank


_DUTIES: Final[dict[str, Callable[..., object]]] = {
    "translate": translate,
    "offers": offers,
    "unpack": unpack,
}


def _answer(line: str) -> dict[str, object]:
    asked = json.loads(line)
    try:
        return {"said": _DUTIES[asked.pop("do")](**asked)}
    except BaseException as error:  # noqa: BLE001 - the library's panics are no Exception
        return {"wrong": " ".join(str(error).split()) or type(error).__name__}


def main() -> None:
    """Answer until nobody asks any more."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(line)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
