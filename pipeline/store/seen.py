"""
What the last build saw and made, as its file has it.

The first line says all of it, the second is its report, and there is a line for each
build since that saw and made little else. Every command that has nothing to do reads
this, so that it needs nothing but the system's own calls.
"""

import json
import os
from collections.abc import Sequence

from pipeline.store.stamps import Stamp, from_columns

_Said = tuple[
    Sequence[tuple[str, int, int]],
    Sequence[str],
    Sequence[tuple[str, str, str, str]],
    int,
]
"""As `workflow/again.py` has it."""


class Seen:
    """One build; no dataclass, for making one of those takes as long as all of this."""

    def __init__(self, text: bytes) -> None:
        """Raises ValueError, KeyError, TypeError, AttributeError: no build wrote it."""
        head, report, *later = text.split(b"\n")
        if not later or later.pop():
            raise ValueError("the last line has no end")
        values = json.loads(head)
        self.inputs: dict[str, Stamp] = from_columns(*values["inputs"])
        self.outputs: dict[str, Stamp] = from_columns(*values["outputs"])
        self.told: list[dict[str, dict[str, object]]] = []
        """What of the report was another at each build that was added."""

        for line in later:
            each = json.loads(line)
            self.inputs.update(from_columns(*each["inputs"]))
            self.outputs.update(from_columns(*each["outputs"]))
            for gone in each["gone"]:
                del self.inputs[gone]
            for lost in each["lost"]:
                del self.outputs[lost]
            if "told" in each:
                self.told.append(each["told"])
            values |= each
        self.key: str = values["key"]
        self.started: int = values["started"]
        self.around: object = values["around"]
        self.said: _Said | None = values["said"]
        self.ledger: str = values["ledger"]
        self.report = report
        """As JSON."""

        self.size = len(text)
        self.later = len(later)
        """How many builds were added."""


def read_seen(path: str | os.PathLike[str]) -> Seen:
    """What a file says. Raises as `Seen` does, and OSError."""
    with open(path, "rb") as file:  # noqa: PTH123 - Path would have to be imported
        return Seen(file.read())
