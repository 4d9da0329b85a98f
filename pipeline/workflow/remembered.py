"""
What one build knows of the one before, and what it leaves for the next.

The editions of locales that a build with `--lang` leaves as they were keep the text of
the last build; only what refers to other pages follows.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.errors import PublishError
from pipeline.store.bodies import Place
from pipeline.store.kept import read_kept, write_kept
from pipeline.store.ledger import Ledger, Row, read_ledger
from pipeline.workflow.attachments import is_attached
from pipeline.workflow.batch import Batch
from pipeline.workflow.decide import Decision
from pipeline.workflow.product import Product
from pipeline.workflow.rows import decision_of, row_of
from pipeline.workflow.study import Study


def last_ledger(root: Path, kind: str, base: str, locales: Container[str]) -> Ledger:
    """
    What is known of the last build of a kind, for one with this base.

    With another one, nothing that was decided in the `locales` or made of it holds: of
    a large site that is tens of megabytes.
    """
    last = read_ledger(root, kind)
    if last.base == base:
        return last
    rows = [key for key in last.rows if key[1] not in locales]
    return last.inherited(rows, filter(is_attached, last.made))


def remembered(
    before: Ledger, locale: str, living: Container[str]
) -> tuple[Decision, ...]:
    """What went out in a locale at the last build, of articles that still exist."""
    return tuple(
        decision_of(before.rows[key])
        for key in sorted(before.rows)
        if key[1] == locale and key[0] in living and before.rows[key].out
    )


def keep_text(decision: Decision, study: Study) -> Decision:
    """
    Keep the text of a page that goes out, for the day when it is stale.

    That is done before the history names it: a text that no line names is never shown.
    Raises StoreError.
    """
    if not decision.release:
        return decision
    article, root = decision.article, Path(study.site.root)
    place = (root, decision.locale, article.domain, article.path)
    try:
        there = read_kept(*place)
    except PublishError:
        there = None
    if there is not None and there.digest == decision.release:
        return decision
    kept = study.released(decision)
    if kept is None:
        return replace(decision, release="")
    write_kept(*place, kept)
    return decision


def next_ledger(
    batch: Batch,
    product: Product,
    decided: Iterable[tuple[Decision, Decision]],
    *,
    started: int,
    locales: Sequence[str],
    living: Container[str],
) -> Ledger:
    """
    What the next build may rely on.

    `decided` pairs each decision as it was judged with what became of it; `locales` are
    those that were built, and `living` the articles that can be read.
    """
    before = batch.before
    # The keys of lines that hold, and rows that have none.
    same: dict[tuple[str, str], None] = {}
    rows: dict[tuple[str, str], Row] = {}
    bodies: list[Place] = []
    for key in before.rows:
        if key[1] not in locales and key[0] in living:
            row = before.rows.read(key)
            same[key] = None
            bodies += [row.body] if row and row.body else []
    for judged, final in decided:
        key = (judged.article.domain, judged.locale)
        if judged.was_out is final.goes_out:
            same[key] = None
        else:
            rows[key] = row_of(judged, out=final.goes_out)
        bodies += [judged.body] if judged.body else []
    table = before.rows.among(same).but(rows)
    moved = batch.study.bodies.moved(bodies)
    if moved:
        table = table.but(
            {
                key: row._replace(body=moved.get(row.body))
                for key, row in table.each()
                if row.body
            }
        )
    return Ledger(
        started,
        product.faces,
        {} if batch.words.errors else batch.words.rows,
        tuple(dict.fromkeys((*before.locales, *locales))),
        product.notes,
        product.order,
        sum(place.length for place in bodies),
        files=before.files.of(batch.study.inputs.known_next()),
        rows=table,
        made=product.made,
        base=batch.study.base,
    )
