"""
polib and Babel reading the same catalogs: megabytes a second of CPU, best of several.

Run by the Python of the bench's own environment: `reading_peers.py FOLDER COUNT`.
"""

import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polib
from babel.messages.pofile import read_po

RUNS = 3


def speed(read: Callable[[bytes], object], files: list[bytes]) -> float:
    seconds = []
    for _ in range(RUNS):
        before = time.process_time()
        for data in files:
            read(data)
        seconds.append(time.process_time() - before)
    return sum(map(len, files)) / min(seconds) / 1e6


def main(folder: Path, count: int) -> None:
    files = [path.read_bytes() for path in sorted(folder.rglob("*.po"))[:count]]
    speeds = {
        "polib": speed(lambda data: polib.pofile(data.decode()), files),
        "Babel": speed(lambda data: read_po(io.BytesIO(data)), files),
    }
    print(json.dumps(speeds))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
