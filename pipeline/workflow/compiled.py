"""
Templates as they were compiled, from one build to the next.

Compiling those of a page takes as long as all else that the page needs.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from pipeline.render.theme import Theme
from pipeline.store.cache import read_cached, write_cached


@contextmanager
def compiled_templates(theme: Theme, root: Path, kind: str, key: str) -> Iterator[None]:
    """
    Let a theme know what was compiled before, and keep what it compiles.

    `key` is that of all templates and of the program: with another one nothing counts.
    """
    name = cached_name(root, kind, "templates")
    known = _read(name, key)
    theme.learn(known)
    yield
    now = known | theme.learned()
    if now.keys() != known.keys():
        body = b"".join(now.values())
        places = [[each, len(data)] for each, data in now.items()]
        head = json.dumps([key, sha256(body).hexdigest(), places])
        write_cached(name, b"\n".join((head.encode(), body)))


def cached_name(root: Path, kind: str, what: str) -> str:
    """Under which a kind of build of a site keeps something in the user's cache."""
    site = sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    return f"{site}-{kind}-{what}"


def _read(name: str, key: str) -> dict[str, bytes]:
    head, _, body = (read_cached(name) or b"").partition(b"\n")
    known: dict[str, bytes] = {}
    try:
        found, digest, places = json.loads(head)
    except ValueError:
        return known
    # Half of it may be there if the machine went down.
    if found != key or digest != sha256(body).hexdigest():
        return known
    at = 0
    for each, length in places:
        known[each] = body[at : at + length]
        at += length
    return known
