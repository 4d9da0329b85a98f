"""The pages that came, went, or are another in lists, one by one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from pipeline.model.page import State
from pipeline.render.library import Edition
from pipeline.render.topics import KINDS, Reader
from pipeline.store.ledger import Row
from pipeline.workflow.batch import Batch
from pipeline.workflow.decide import Decision
from pipeline.workflow.loud import require, required

_SIMPLE: Final = frozenset({State.PUBLISHED, State.HELD, State.RECALLED})
"""The states that the lists of a language tell apart by who stands in them."""


class Turn(NamedTuple):
    """One page that is another now, for others as well."""

    domain: str
    locale: str
    before: Edition | None
    """None: it was not out."""

    now: Edition | None
    """None: it is not out."""

    source: Edition
    """In the source's words."""

    @property
    def slug(self) -> str:
        return (self.now or self.before or self.source).slug


def may_turn(before: Row, decision: Decision) -> bool:
    """Whether one that is decided otherwise is as simple as that."""
    article = decision.article
    is_mail = "mail" in (before.meta.get("kind"), article.kind)
    return (
        not is_mail
        and (before.path, before.format) == (article.path, article.format)
        and {State(before.state), decision.state} <= _SIMPLE
        and before.out == (before.state == State.PUBLISHED)
        and not (before.kept or decision.kept or before.release or decision.release)
        and bool(decision.version)
        and not decision.errors
    )


def turns_of(batch: Batch, decisions: Iterable[Decision]) -> tuple[Turn, ...]:
    """What was decided otherwise than at the last build, and is or was out."""
    found: list[Turn] = []
    for decision in decisions:
        domain, locale = decision.article.domain, decision.locale
        source = batch.find(domain, batch.site.source_locale)
        before = batch.find_before(domain, locale)
        now = batch.find(domain, locale)
        if before is not None or now is not None:
            source = required(source)
            require(not source.is_mail)
            found.append(Turn(domain, locale, before, now, source))
    return tuple(found)


def require_simple(turns: Sequence[Turn], batch: Batch) -> None:
    """Raises LoudError where addresses, or more than the lists, may be others."""
    site = batch.site
    # Who reads is told of what is gone, and texts are kept, for the whole history.
    require(all(c.recall != "notice" and c.stale != "keep" for c in site.classes))
    reader = Reader()
    slugs = {turn.locale: batch.histories[turn.locale].slugs() for turn in turns}
    for turn in turns:
        require(_is_at_its_address(turn, slugs[turn.locale]))
        words = reader.words(turn.source)
        if turn.locale == site.source_locale:
            # By its words all languages are joined.
            require(turn.now)
            require(reader.words(required(turn.before)) == words)
    addresses = Counter((turn.locale, turn.slug) for turn in turns)
    require(all(count == 1 for count in addresses.values()))


def _is_at_its_address(turn: Turn, slugs: Mapping[str, Sequence[str]]) -> bool:
    """Whether it never had another address, and no other page had its own."""
    if turn.before and turn.now and turn.before.slug != turn.now.slug:
        return False
    others = (known for domain, known in slugs.items() if domain != turn.domain)
    return (
        turn.slug not in KINDS
        and {*slugs.get(turn.domain, ())} <= {turn.slug}
        and not any(turn.slug in known for known in others)
    )
