"""
`make bench-memory`: how fast the memory finds near texts, and what it misses.

The sentences follow from a seed. What an exhaustive search with rapidfuzz finds is the
truth; beside it, the database of translate-toolkit's tmserver is asked the same, without
the way through HTTP. It is slow, so it gets fewer queries, and 100,000 units only.
"""

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left, bisect_right
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeAlias

from bench.sentences import queries, units
from pipeline.similarity import NEAR, best, similarity
from pipeline.store.memory import FILE, Memory
from pipeline.store.pairs import Pair

ROOT: Final = Path(__file__).parents[1]
PEER: Final = ROOT / ".venv" / "bench" / "bin" / "python"
SIZES: Final = (100_000, 1_000_000)
QUERIES: Final = 1_000
Times: TypeAlias = tuple[float, float]
"""Seconds on the clock and of the processor."""

PEER_SIZE: Final = 100_000
PEER_QUERIES: Final = 8


def truth(texts: list[str], asked: list[str]) -> list[int]:
    """The best score that there is for each query; 0 for none."""
    ordered = sorted(texts, key=len)
    lengths = [len(text) for text in ordered]
    found = []
    for query in asked:
        first = bisect_left(lengths, len(query) * NEAR / (200 - NEAR))
        last = bisect_right(lengths, len(query) * (200 - NEAR) / NEAR)
        match = best(query, ordered[first:last], cutoff=NEAR)
        found.append(match[1] if match else 0)
    return found


def ours(
    root: Path, texts: list[str], asked: list[str]
) -> tuple[list[Times], list[int], dict[str, float]]:
    """Seconds and score of each look-up, and what it took before."""
    start = time.perf_counter()
    with Memory.open(root) as memory:
        memory._pairs.put("tr", "a", "", (Pair(text, text[::-1]) for text in texts))
        memory.near("tr", "Warm up.")
    made = time.perf_counter() - start
    start = time.perf_counter()
    memory = Memory.open(root)
    memory.near("tr", "Warm up.")
    opened = time.perf_counter() - start
    times, scores = [], []
    with memory:
        for query in asked:
            start, begun = time.perf_counter(), time.process_time()
            found = memory.near("tr", query)
            times.append((time.perf_counter() - start, time.process_time() - begun))
            # Swapped numbers count 99, whatever the characters say.
            scores.append(similarity(query, found[0].source) if found else 0)
            if found and found[0].score == 99:
                scores[-1] = 99
    size = (root / FILE).stat().st_size / 1e6
    return times, scores, {"filled in s": made, "opened in s": opened, "MB": size}


def peers(texts: list[str], asked: list[str]) -> tuple[list[Times], list[int]]:
    """The same of tmserver's database, for some queries."""
    done = subprocess.run(
        [PEER, ROOT / "bench" / "tmserver_peer.py"],
        input=json.dumps({"units": texts, "queries": asked}),
        capture_output=True,
        check=True,
        text=True,
    )
    answer = json.loads(done.stdout)
    scores = [
        max((similarity(query, text) for text in found), default=0)
        for query, found in zip(asked, answer["found"], strict=True)
    ]
    return [tuple(each) for each in answer["times"]], scores


def row(
    name: str, count: int, times: list[Times], got: list[int], best: list[int]
) -> None:
    there = [(g, b) for g, b in zip(got, best, strict=True) if b]
    share = sum(g >= b for g, b in there) / len(there)
    ordered = sorted(wall for wall, _ in times)
    p95 = ordered[int(len(ordered) * 0.95)]
    median = statistics.median(ordered)
    cpu = statistics.median(cpu for _, cpu in times)
    print(
        f"| {name} | {count:,} | {len(times):,} | {median * 1e3:,.1f} ms"
        f" | {cpu * 1e3:,.1f} ms | {p95 * 1e3:,.1f} ms | {share:.1%} of {len(there)} |",
        flush=True,
    )


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    print(
        f"{datetime.now(tz=UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores,"
        f" load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}\n"
    )
    print(
        "| | units | queries | median | of that, CPU | 95 % within | best match found |"
    )
    print("|---|---|---|---|---|---|---|", flush=True)
    notes = []
    for size in sizes:
        texts = units(size)
        asked = queries(texts, QUERIES)
        with tempfile.TemporaryDirectory() as folder:
            times, scores, facts = ours(Path(folder), texts, asked)
        known = truth(texts, asked)
        row("publish", size, times, scores, known)
        notes.append(
            f"{size:,}: " + ", ".join(f"{k} {v:.1f}" for k, v in facts.items())
        )
        if size <= PEER_SIZE and PEER.exists():
            few = asked[:PEER_QUERIES]
            times, scores = peers(texts, few)
            row("tmserver", size, times, scores, known[:PEER_QUERIES])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print("\n" + "\n".join(notes) + f"\npeak {peak:.0f} MB, texts and truth included")


if __name__ == "__main__":
    main()
