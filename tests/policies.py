"""
What becomes of a page by the policy of its class, as the tests hold and the guide shows.

A row is what happened to one entry of an article; `code` is the exit code of `publish
explain` for it. Under `stale = "keep"` the last column counts, where `policy` means the
column of the policy. Of a mail the column `hold` counts, whatever its class says.
"""

from dataclasses import dataclass

TABLE = """
was | what happened | require | code | hold | fallback | partial | keep
never out | all is reviewed | | 0 | published | published | published | published
never out | an entry is not translated | | 3 | held | fallback | partial | policy
never out | an entry is fuzzy | | 3 | held | fallback | partial | policy
never out | an entry is not approved | translated | 0 | published | published | published | published
never out | an entry is not approved | approved | 3 | held | fallback | partial | policy
never out | a check finds an error | | 1 | held | fallback | partial | policy
never out | the catalog is broken | | 1 | held | fallback | fallback | policy
never out | its author set `draft: true` | | 0 | held | held | held | policy
out | nothing | | 0 | published | published | published | published
out | the original has new words | | 3 | recalled | fallback | partial | kept
out | the original has another dose | | 3 | recalled | fallback | partial | policy
out | the same, and somebody cleared the fuzzy flag | | 1 | recalled | fallback | partial | policy
out | an entry became fuzzy | | 3 | recalled | fallback | partial | kept
out | an entry was emptied | | 3 | recalled | fallback | partial | kept
out | an entry was edited | translated | 0 | published | published | published | published
out | an entry was edited | approved | 3 | recalled | fallback | partial | kept
out | an edit brought an error | | 1 | recalled | fallback | partial | kept
out | the catalog is broken | | 1 | recalled | fallback | fallback | kept
out | its author set `draft: true` | | 0 | recalled | recalled | recalled | policy
out | the article was deleted | | 0 | recalled | recalled | recalled | policy
"""
POLICIES = ("hold", "fallback", "partial")
STALE = ("recall", "keep")
REQUIRE = ("translated", "approved")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    was: str
    what: str
    require: str
    """Empty: whatever the class requires."""

    code: int
    states: tuple[str, ...]
    """By policy, in their order."""

    keep: str

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.was, self.what, self.require)))

    def expected(self, policy: str, stale: str, *, is_mail: bool) -> str:
        """What becomes of a page or a mail."""
        by_policy = self.states[POLICIES.index("hold" if is_mail else policy)]
        if is_mail or stale == "recall" or self.keep == "policy":
            return by_policy
        return self.keep


def rows() -> tuple[Row, ...]:
    """The lines of the table."""
    found = []
    for line in TABLE.strip().splitlines()[1:]:
        was, what, require, code, *states, keep = (
            cell.strip() for cell in line.split("|")
        )
        found.append(Row(was, what, require, int(code), tuple(states), keep))
    return tuple(found)


def as_markdown() -> str:
    """The table, as the editors' guide has it."""
    head = (
        'it was | what happened | `policy = "hold"` | `"fallback"` | `"partial"` '
        '| with `stale = "keep"` | exit'
    )
    lines = [f"| {head} |", "|---|---|---|---|---|---|---|"]
    for row in rows():
        only = f' (`require = "{row.require}"`)' if row.require else ""
        states = " | ".join(f"`{state}`" for state in row.states)
        kept = {"policy": "the same", "kept": "`published`, its last text"}
        keep = kept.get(row.keep, "the same")
        lines.append(
            f"| {row.was} | {row.what}{only} | {states} | {keep} | {row.code} |"
        )
    return "\n".join(lines) + "\n"
