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
FOLDER: Final = "bench/results"
DOCUMENT: Final = "docs/performance.md"

MACHINE: Final = machine()
"""As it is before a bench begins, whose own work would show in the load."""


@dataclass(frozen=True)
class Table:
    """What is shown, cell by cell."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        rule = f"|{'---|' * len(self.head)}\n"
        head, *rows = (_line(cells) for cells in (self.head, *self.rows))
        return head + rule + "".join(rows)


def _line(cells: Sequence[str]) -> str:
    return "".join(f"| {cell} " if cell else "| " for cell in cells) + "|\n"


def keep_tables(name: str, *tables: Table) -> None:
    """Keep what a bench has shown; the document then shows the same."""
    rows = [{"head": each.head, "rows": each.rows} for each in tables]
    keep(name, {"machine": MACHINE, "tables": rows})


def keep(name: str, found: object, *, root: Path = ROOT) -> None:
    """Keep what a bench has found, and put it into the document."""
    kept = path(name, root=root)
    kept.parent.mkdir(exist_ok=True)
    text = json.dumps(found, indent=1, ensure_ascii=False)
    kept.write_text(f"{text}\n", encoding="utf-8")
    document = root / DOCUMENT
    start, end = f"<!-- made: bench {name} -->\n", "<!-- made: end -->"
    pattern = re.compile(f"({start}).*?({end})", re.DOTALL)
    part = shown(name, root=root)
    made = pattern.sub(
        lambda match: match[1] + part + match[2], document.read_text("utf-8")
    )
    document.write_text(made, encoding="utf-8")


def path(name: str, *, root: Path = ROOT) -> Path:
    return root / FOLDER / f"{name}.json"


def shown(name: str, *, root: Path = ROOT) -> str:
    """What the document says of a bench."""
    found = json.loads(path(name, root=root).read_text("utf-8"))
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
    return sorted(each.stem for each in (ROOT / FOLDER).glob("*.json"))
