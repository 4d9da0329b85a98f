"""
Results, kept in `bench/results/` and shown in `docs/performance.md`.

A bench keeps what it measured as JSON. What stands in the document between
`<!-- made: bench NAME -->` and `<!-- made: end -->` is made of that alone.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.measured import machine

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "bench" / "results"
DOCUMENT: Final = ROOT / "docs" / "performance.md"


@dataclass(frozen=True)
class Table:
    """What is shown, cell by cell."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        lines = [self.head, ("---",) * len(self.head), *self.rows]
        return "".join(
            f"| {' | '.join(line)} |\n".replace("|  |", "| |") for line in lines
        )


def keep_tables(name: str, *tables: Table) -> None:
    """Keep what a bench has shown; the document then shows the same."""
    rows = [{"head": each.head, "rows": each.rows} for each in tables]
    keep(name, {"machine": machine(), "tables": rows})


def keep(name: str, found: object) -> None:
    """Keep what a bench has found, and put it into the document."""
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(found, indent=1, ensure_ascii=False)
    path(name).write_text(f"{text}\n", encoding="utf-8")
    document = DOCUMENT.read_text("utf-8")
    start, end = f"<!-- made: bench {name} -->\n", "<!-- made: end -->"
    pattern = re.compile(f"({start}).*?({end})", re.DOTALL)
    made = pattern.sub(lambda match: match[1] + shown(name) + match[2], document)
    DOCUMENT.write_text(made, encoding="utf-8")


def path(name: str) -> Path:
    return FOLDER / f"{name}.json"


def shown(name: str) -> str:
    """What the document says of a bench."""
    found = json.loads(path(name).read_text("utf-8"))
    if name == "building":
        from bench.building_report import report

        return report(found)
    return f"{measured_on(found['machine'])}\n\n" + "\n".join(
        Table(tuple(each["head"]), tuple(map(tuple, each["rows"]))).markdown()
        for each in found["tables"]
    )


def measured_on(told: dict[str, str]) -> str:
    return (
        f"Measured on {told['date']}: {told['cores']} cores, Python {told['python']}, "
        f"load {told['load']}."
    )


def names() -> Sequence[str]:
    """The benches that have kept something."""
    return sorted(each.stem for each in FOLDER.glob("*.json"))
