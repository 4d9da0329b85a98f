"""
The editions of locales that a build with `--lang` leaves as they were.

Their pages keep the text of the last build; only what refers to other pages follows.
"""

from collections.abc import Container

from pipeline.store.ledger import Ledger
from pipeline.workflow.decide import Decision
from pipeline.workflow.study import decision_of


def remembered(
    before: Ledger, locale: str, living: Container[str]
) -> tuple[Decision, ...]:
    """What went out in a locale at the last build, of articles that still exist."""
    return tuple(
        decision_of(row)
        for row in before.rows.values()
        if row.locale == locale and row.out and row.domain in living
    )
