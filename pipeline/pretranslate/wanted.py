"""What an engine is sent for a text: its masked form, and what helps with it."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.engines import Engine, Limits, Request
from pipeline.glossary import find_terms
from pipeline.late import dataclass
from pipeline.masking import TOKEN, Dialect, Guard, mask, written
from pipeline.model.catalog import Message
from pipeline.model.term import Term
from pipeline.pretranslate.drafts import Means, Task

_RESEMBLING: Final = 50
"""From here on a text of the memory shows how such texts are translated."""
_EXAMPLES: Final = 3


def texts_of(message: Message, guard: Guard) -> tuple[str, ...]:
    """What a machine has to translate for a message; empty where it should not."""
    if message.msgctxt == "slug":
        return ()
    texts: tuple[str, ...] = (message.msgid,)
    if message.msgid_plural is not None:
        # One text for each form: the last one stands for all but `one`, whose place
        # is known in languages with two forms only.
        texts = (message.msgid_plural,) * len(message.msgstrs)
        if len(message.msgstrs) == 2:  # noqa: PLR2004 - `one` and `other`
            texts = (message.msgid, message.msgid_plural)
    return texts if all(mask(text, guard).has_words for text in texts) else ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A masked text that is to be bought, and a source text and task that it is for."""

    masked: str
    source: str
    task: Task


@dataclass(frozen=True, slots=True)
class Wording:
    """How one engine is asked, in one locale."""

    engine: Engine
    means: Means

    @property
    def _limits(self) -> Limits:
        return self.engine.limits

    def purchase_key(self, source: str) -> str:
        """
        What the cache knows a text's answers by, besides locales and masked text.

        The engine, what of its settings changes the answer, and the terms in the text:
        a glossary that changes elsewhere costs nothing.
        """
        parts = [self.engine.origin]
        if self._limits.variant:
            parts.append(self._limits.variant)
        if terms := self.terms(source):
            listed = "\n".join(f"{t.source}\t{t.target}\t{t.status}" for t in terms)
            parts.append(hashlib.blake2b(listed.encode(), digest_size=8).hexdigest())
        return " ".join(parts)

    def terms(self, source: str) -> tuple[Term, ...]:
        """The terms in a text, for an engine that takes them."""
        if not self._limits.takes_terms:
            return ()
        found = find_terms(source, self.means.terms, self.means.source_locale)
        return tuple(t for t in found if self._is_plain(f"{t.source} {t.target}"))

    def request(self, number: int, wanted: Wanted, dialect: Dialect) -> Request:
        """The request for a text."""
        message = wanted.task.message
        return Request(
            str(number),
            written(self.means.masked(wanted.source), dialect),
            self._shown(next(iter(message.extracted), message.msgctxt or "")),
            self._shown(wanted.task.domain),
            self.terms(wanted.source),
            tuple(self.means.terms) if self._limits.takes_glossary else (),
            tuple(self._examples(wanted.source)),
        )

    def _examples(self, source: str) -> Iterator[tuple[str, str]]:
        """Pairs of the memory without anything masked: it would need its own tokens."""
        if not self._limits.takes_examples:
            return
        found: Sequence[tuple[str, str]] = [
            (each.source, each.msgstr)
            for each in self.means.memory.near(self.means.locale, source, _RESEMBLING)
            if self._is_plain(each.source) and self._is_plain(each.msgstr)
        ]
        yield from found[:_EXAMPLES]

    def _is_plain(self, text: str) -> bool:
        return not self.means.masked(text).tokens

    def _shown(self, text: str) -> str:
        """What is said of a text, without what is masked in texts."""
        return " ".join(TOKEN.sub("…", self.means.masked(text).text).split())
