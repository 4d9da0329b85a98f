"""How near drafts are to what people wrote, by the measures of the field."""

from collections.abc import Sequence
from importlib.util import find_spec

from pipeline.errors import UsageError
from pipeline.late import dataclass
from pipeline.similarity import edit_rate


@dataclass(frozen=True, slots=True)
class Scores:
    """Of several drafts together."""

    chrf: float
    """chrF2 (Popović 2015), 0 to 100: more is better."""

    ter: float
    """Translation edit rate (Snover 2006), in percent of the words: less is better."""

    edits: float
    """The mean share of the characters that a person would change, 0 to 1."""


def require_sacrebleu() -> None:
    """Raise UsageError where the extra is not installed."""
    if find_spec("sacrebleu") is None:
        raise UsageError(
            "--compare needs sacrebleu, which is not installed",
            hint="pip install 'publish[compare]'",
        )


def scores(drafts: Sequence[str], finals: Sequence[str]) -> Scores | None:
    """The scores of drafts beside people's own texts; None where there are none."""
    if not drafts:
        return None
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    references = [list(finals)]
    rates = map(edit_rate, drafts, finals)
    return Scores(
        float(CHRF().corpus_score(list(drafts), references).score),
        float(TER().corpus_score(list(drafts), references).score),
        sum(rates) / len(drafts),
    )
