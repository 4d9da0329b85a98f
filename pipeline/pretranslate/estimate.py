"""What an engine would be asked for, without asking it."""

from collections.abc import Sequence

from pipeline.engines import Engine
from pipeline.late import dataclass
from pipeline.masking import written
from pipeline.model.purchase import Label
from pipeline.pretranslate.drafts import Means, Task
from pipeline.pretranslate.wanted import Wording, texts_of


@dataclass(frozen=True, slots=True)
class Estimate:
    """The work on some messages, if one engine did all of it."""

    engine: str
    messages: int = 0
    """Those that it could be asked for."""

    texts: int = 0
    """What would be sent: each masked text once."""

    repeated: int = 0
    """Texts that are the same as an earlier one, or differ in what is masked."""

    bought: int = 0
    """Texts that were bought before."""

    words: int = 0
    """Of what would be sent."""

    characters: int = 0

    def __add__(self, other: "Estimate") -> "Estimate":
        return Estimate(
            self.engine,
            self.messages + other.messages,
            self.texts + other.texts,
            self.repeated + other.repeated,
            self.bought + other.bought,
            self.words + other.words,
            self.characters + other.characters,
        )


def estimate(tasks: Sequence[Task], engine: Engine, means: Means) -> Estimate:
    """What the engine would be asked for, for all of these messages."""
    wording = Wording(engine, means)
    seen: set[str] = set()
    found = Estimate(engine.origin)
    for task in tasks:
        texts = texts_of(task.message, means.guard)
        found += Estimate(engine.origin, messages=int(bool(texts)))
        for text in dict.fromkeys(texts):
            masked = means.masked(text)
            label = Label(
                wording.purchase_key(text),
                means.source_locale,
                means.locale,
                masked.text,
            )
            if masked.text in seen:
                found += Estimate(engine.origin, repeated=1)
            elif means.purchases.find(label) is not None:
                found += Estimate(engine.origin, bought=1)
            else:
                found += Estimate(
                    engine.origin,
                    texts=1,
                    words=len(text.split()),
                    characters=len(written(masked, engine.limits.dialect)),
                )
            seen.add(masked.text)
    return found
