"""Decisions as rows: how the ledger keeps them, and what comes back."""

from pipeline.errors import error_from, remembered_as
from pipeline.model.article import Article
from pipeline.model.page import State
from pipeline.render.cards import card_key
from pipeline.render.library import title_of
from pipeline.store.ledger import Row
from pipeline.workflow.decide import NONE, Decision


def decision_of(row: Row) -> Decision:
    """What was decided, as the ledger has it."""
    return Decision(
        Article(row.path, row.domain, row.format, (), row.meta),
        row.locale,
        State(row.state),
        row.slug,
        why=row.why,
        reviewed=row.reviewed,
        unreviewed=row.unreviewed,
        version=row.version,
        content=row.content,
        body=row.body,
        reviewers=row.reviewers,
        foreign=frozenset(row.foreign) if row.foreign else NONE,
        approved=row.approved,
        kept=row.kept,
        release=row.release,
        errors=tuple(map(error_from, row.errors)),
        was_out=row.out,
    )


def row_of(decision: Decision, *, out: bool) -> Row:
    """A decision as the ledger keeps it."""
    article = decision.article
    return Row(
        article.domain,
        decision.locale,
        decision.version,
        article.path,
        article.format,
        article.meta,
        str(decision.state),
        decision.slug,
        decision.why,
        decision.reviewed,
        decision.unreviewed,
        out,
        decision.content,
        decision.body,
        decision.reviewers,
        tuple(sorted(decision.foreign)),
        decision.approved,
        decision.kept,
        decision.release,
        tuple(filter(None, map(remembered_as, decision.errors))),
        card_key(
            decision.slug,
            decision.state,
            title_of(article),
            article.meta,
            foreign=decision.foreign,
        ),
    )
