"""
Dates and numbers as they were written, from one build to the next.

Reading what CLDR knows of the languages of a site takes longer than a page of it.
They go into pages as they are, so they lie where nobody but the user can write.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from pipeline.render.filters import all_written, learn_written
from pipeline.store.cache import read_cached, write_cached
from pipeline.workflow.compiled import cached_name

_MOST: Final = 20_000
"""Dates and numbers that are kept."""


@contextmanager
def written_before(root: Path, kind: str, key: str) -> Iterator[None]:
    """
    Let templates know dates and numbers as they were written before, and keep new ones.

    `key` is that of all templates and of the program: with another one, or with other
    data of CLDR, nothing counts.
    """
    name, key = cached_name(root, kind, "dates"), f"{key} {_cldr()}"
    known = _read(name, key)
    learn_written(known)
    before = len(all_written())
    yield
    now = all_written()
    if (len(now) > before or not known) and 0 < len(now) <= _MOST:
        data = json.dumps([key, dict(now)], ensure_ascii=False)
        write_cached(name, data.encode("utf-8"))


def _cldr() -> str:
    """Tells the data of CLDR that is installed from any other."""
    found = find_spec("babel")
    if found is None or found.origin is None:
        return ""
    status = Path(found.origin).with_name("global.dat").stat()
    return f"{status.st_size} {status.st_mtime_ns}"


def _read(name: str, key: str) -> dict[str, str]:
    try:
        found, dates = json.loads(read_cached(name) or b"")
    except (ValueError, TypeError):
        return {}
    return dates if found == key and isinstance(dates, dict) else {}
