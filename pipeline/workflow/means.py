"""What the drafts of one locale are made with, in a run that drafts or compares."""

from pipeline.engines import Engine
from pipeline.masking import guard
from pipeline.model.site import Site
from pipeline.model.term import Term
from pipeline.pretranslate import Means
from pipeline.store.bought import Bought
from pipeline.store.memory import Memory
from pipeline.workflow.budget import Budget
from pipeline.workflow.crew import Crew
from pipeline.workflow.engine_work import Ledger
from pipeline.workflow.interruption import Interruption


def means(
    site: Site,
    locale: str,
    *,
    today: str,
    memory: Memory,
    bought: Bought,
    budget: Budget,
    ledger: Ledger,
    terms: tuple[Term, ...],
    wish: Interruption,
    engines: tuple[Engine, ...] = (),
) -> Means:
    """What may be used and sent; `wish` ends the calls, `ledger` notes their time."""
    return Means(
        locale=locale,
        source_locale=site.source_locale,
        today=today,
        memory=memory,
        purchases=bought,
        guard=guard(site.private),
        terms=terms,
        # What the first engine would be sent is what a dry run can tell.
        engines=engines[:1] if budget.is_dry else engines,
        may_send=lambda origin, sizes: budget.may_send(origin, locale, sizes),
        ask=ledger.timed(Crew(lambda: bool(wish)).ask),
        is_stopped=lambda: bool(wish),
    )
