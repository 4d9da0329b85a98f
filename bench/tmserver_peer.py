"""translate-toolkit's translation memory, run with the Python that has it installed."""

import json
import sys
import tempfile
import time
from pathlib import Path

from translate.storage.tmdb import TMDB


def main() -> None:
    given = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        memory = TMDB(str(Path(folder) / "tm.db"), 3, 75, 1000)
        units = [
            {"source": t, "target": t[::-1], "context": ""} for t in given["units"]
        ]
        memory.add_list(units, "en", "tr")
        times, found = [], []
        for query in given["queries"]:
            start, begun = time.perf_counter(), time.process_time()
            answer = memory.translate_unit(query, "en", "tr")
            times.append((time.perf_counter() - start, time.process_time() - begun))
            found.append([each["source"] for each in answer])
    json.dump({"times": times, "found": found}, sys.stdout)


if __name__ == "__main__":
    main()
