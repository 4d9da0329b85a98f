"""
Templates as they were compiled, from one build to the next.

Compiling those of a page takes as long as all else that the page needs.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.render.theme import Theme
from pipeline.store.sealed import read_sealed, write_sealed


@contextmanager
def compiled_templates(theme: Theme, root: Path, kind: str, key: str) -> Iterator[None]:
    """
    Let a theme know what was compiled before, and keep what it compiles.

    `key` is that of all templates and of the program: with another one nothing counts.
    """
    path = root / ".publish" / f"{kind}-templates"
    known = _read(path, key)
    theme.learn(known)
    yield
    now = known | theme.learned()
    if now.keys() != known.keys():
        head = json.dumps([key, [[name, len(data)] for name, data in now.items()]])
        whole = b"".join((head.encode(), b"\n", *now.values()))
        write_sealed(path, whole, root=root)


def _read(path: Path, key: str) -> dict[str, bytes]:
    whole = read_sealed(path)
    if whole is None:
        return {}
    head, _, rest = whole.partition(b"\n")
    found, names = json.loads(head)
    known: dict[str, bytes] = {}
    at = 0
    for name, length in names if found == key else ():
        known[name] = rest[at : at + length]
        at += length
    return known
