"""
What installed packages declare for our families, without `importlib.metadata`.

Importing that takes longer than making a page, for what is in nearly every installation
one small file of our own. Where anything is out of the ordinary, the answer is that we
do not know, and `importlib.metadata` is asked.
"""

import os
import sys
from collections.abc import Iterator
from functools import cache
from typing import Final

_KINDS: Final = (".dist-info", ".egg-info")
_OURS: Final = "[pipeline."


def declared_alone(group: str) -> dict[str, str] | None:
    """
    The members of a group by name, if one package alone declares any for us.

    None where there are several, or where only `importlib.metadata` can tell.
    """
    try:
        texts = _texts()
    except (OSError, ValueError):
        return None
    if len(texts) != 1:
        return None
    found: dict[str, str] = {}
    is_inside = False
    for line in map(str.strip, texts[0].splitlines()):
        if line.startswith("["):
            is_inside = line == f"[{group}]"
        elif is_inside and line and not line.startswith("#"):
            name, equals, value = line.partition("=")
            if not equals or name.strip() in found:
                return None
            found[name.strip()] = value.strip()
    return found


@cache
def _texts() -> list[str]:
    """What declares members of ours. Raises OSError, also for a zip of packages."""
    texts: dict[str, str] = {}
    for place in dict.fromkeys(path or "." for path in sys.path):
        for name, folder in _packages(place):
            # Of a package that is there twice the first one counts.
            if name not in texts:
                texts[name] = _text(folder)
    return [text for text in texts.values() if _OURS in text]


def _packages(place: str) -> Iterator[tuple[str, str]]:
    try:
        names = sorted(os.listdir(place))  # noqa: PTH208 - pathlib takes four times as long
    except FileNotFoundError:
        return
    for name in names:
        if name.endswith(".egg"):
            raise OSError(f"{name} is a package of an older kind")
        if name.endswith(_KINDS):
            yield name.partition("-")[0].replace(".", "_").lower(), f"{place}/{name}"


def _text(folder: str) -> str:
    try:
        with open(f"{folder}/entry_points.txt", encoding="utf-8") as file:  # noqa: PTH123 - the same
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return ""
