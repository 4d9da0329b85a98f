"""
The Check protocol: a message in, findings out.

A check is silenced beside the string by a translator's comment:
`# publish: ignore=NAME reason`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import Final, Protocol, runtime_checkable

from pipeline.late import dataclass
from pipeline.model.catalog import Key, Message
from pipeline.model.finding import Severity
from pipeline.model.term import Term


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What a check may know besides the message."""

    locale: str
    """BCP 47."""

    source_locale: str = "en"
    nplurals: int = 2
    hosts: frozenset[str] = frozenset()
    """Hosts that a link may lead to though the source does not."""

    terms: tuple[Term, ...] = ()
    usual: Mapping[Key, str] | None = None
    """Of the messages whose text is translated in several ways in the site: the usual
    one. None: nobody has looked beyond the catalog yet."""

    least: Severity = Severity.INFO
    """Remarks that weigh less are not asked for, and a check need not look for them."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check says; `check.py` adds where."""

    message: str
    severity: Severity | None = None
    """None: the check's own severity, which no remark of it outweighs."""


@dataclass(frozen=True, slots=True)
class Example:
    """A pair that shows what a check is about, for translators and for the tests."""

    locale: str
    source: str
    msgstr: str
    msgctxt: str | None = None
    plural: str | None = None
    """The source's plural form, where the message has one."""

    forms: tuple[str, ...] = ()
    """The further plural forms of the translation."""

    terms: tuple[Term, ...] = ()
    """The glossary."""

    elsewhere: str = ""
    """How the site translates the same source in other places."""

    @property
    def message(self) -> Message:
        """The example as an entry of a catalog."""
        msgstrs = (self.msgstr, *self.forms)
        return Message(self.source, msgstrs, self.msgctxt, self.plural)

    @property
    def context(self) -> CheckContext:
        """What the check knows besides."""
        usual = {(self.msgctxt, self.source): self.elsewhere} if self.elsewhere else {}
        return CheckContext(self.locale, terms=self.terms, usual=usual)

    def as_json(self) -> dict[str, object]:
        """The example as `check --explain --json` shows it."""
        shown: dict[str, object] = {
            "locale": self.locale,
            "source": self.source,
            "msgstr": self.msgstr,
            "msgctxt": self.msgctxt,
        }
        if self.plural is not None:
            shown |= {"plural": self.plural, "forms": [*self.forms]}
        if self.terms:
            shown["terms"] = {term.source: term.target for term in self.terms}
        return shown | ({"elsewhere": self.elsewhere} if self.elsewhere else {})


class Check(Protocol):
    """One thing that can be wrong with a translation."""

    name: str
    severity: Severity
    """The gravest that its remarks can have: where only errors are asked for, as in a
    build, the checks that find none are not called."""

    @property
    def explanation(self) -> str:
        """For a translator: what it finds, why it matters, what to do."""

    # A check may also have examples, `good` and `bad`, each a tuple of Example; and
    # `signs`, a frozenset of what `characters.signs` finds: it is called only where a
    # text of the message has one of them, its source or its translation. With
    # `signs_of_errors` it is called for these alone where only errors are asked for;
    # with `only_of_carried` it is not called where the translation carries the same
    # placeholders as its source, in their order (`placeholders.carried`), and with
    # `only_of_unlike` not where both are words with the same numbers and links
    # (`screening.alike`); with `errors_only_of_unlike` that holds for its errors.
    # It may be a GroupCheck, too; where it has nothing to say of all messages of an
    # article, it is called for none.

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        """The remarks on a message that has a translation, fuzzy or not."""


@runtime_checkable
class GroupCheck(Protocol):
    """A check that can tell of many messages at once that it has nothing to say."""

    name: str

    def may_speak(self, sources: str, texts: str, context: CheckContext) -> bool:
        """
        Whether it may have something to say of a message of many.

        `sources` and `texts` are the lines of their sources and of their translations.
        """


class LateCheck:
    """A check of which nothing is imported before it is asked something."""

    def __init__(
        self,
        name: str,
        severity: Severity,
        told: Mapping[str, object],
        load: Callable[[], Check],
    ) -> None:
        """`told`: what else its class says of when to call it; see `Check`."""
        self.name = name
        self.severity = severity
        self._load = load
        vars(self).update(told)

    @cached_property
    def itself(self) -> Check:
        return self._load()

    @property
    def explanation(self) -> str:
        return self.itself.explanation

    @property
    def good(self) -> tuple[Example, ...]:
        found: tuple[Example, ...] = getattr(self.itself, "good", ())
        return found

    @property
    def bad(self) -> tuple[Example, ...]:
        found: tuple[Example, ...] = getattr(self.itself, "bad", ())
        return found

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        return self.itself(message, context)


TOLD: Final = (
    "signs",
    "signs_of_errors",
    "only_of_carried",
    "only_of_unlike",
    "errors_only_of_unlike",
)
"""What a check may say of when it is to be called."""

PLURAL: Final = "plural"
"""Stands among the signs of a message for several forms, in the source or here."""

ENOUGH: Final = 20
"""Remarks of one check on one text; nobody reads a hundred."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A translated text and what it may be the translation of."""

    sources: tuple[str, ...]
    """The msgid; of a plural form also the other one, the likelier first."""

    msgstr: str
    form: int | None = None
    """Which plural form it is, from 0; None where there is one text only."""

    drops_number: bool = False
    """Whether the form is for a number so small that words may leave it out."""


def pairs(message: Message) -> Iterator[Pair]:
    """The texts of a message that are not empty, each with its sources."""
    if message.msgid_plural is None:
        if message.msgstr:
            yield Pair((message.msgid,), message.msgstr)
        return
    both = (message.msgid, message.msgid_plural)
    count = len(message.msgstrs)
    for form, msgstr in enumerate(message.msgstrs):
        if msgstr:
            # Singular, dual and the like come first in every language's formula.
            is_small = form < count // 2
            yield Pair(both if is_small else both[::-1], msgstr, form, is_small)


def compare_pairs(
    message: Message,
    compare: Callable[[str, str], Iterator[Remark]],
) -> Iterator[Remark]:
    """
    The remarks of `compare(source, msgstr)` on each text of a message.

    A plural form is well if it fits the singular or the plural source; otherwise the
    remarks are those on the likelier one.
    """
    if message.msgid_plural is not None:
        return _compare_forms(message, compare)
    # Nearly every message: no generator around it, as there are many checks.
    msgstr = message.msgstrs[0]
    if not msgstr:
        return iter(())
    return islice(compare(message.msgid, msgstr), ENOUGH)


def _compare_forms(
    message: Message,
    compare: Callable[[str, str], Iterator[Remark]],
) -> Iterator[Remark]:
    for pair in pairs(message):
        found: list[Remark] = []
        for source in pair.sources:
            remarks = list(islice(compare(source, pair.msgstr), ENOUGH))
            if not remarks:
                found = []
                break
            found = found or remarks
        for remark in found:
            yield in_form(remark, pair)


def in_form(remark: Remark, pair: Pair) -> Remark:
    """The remark, which names the plural form if there are several."""
    if pair.form is None:
        return remark
    return replace(remark, message=f"in plural form {pair.form}: {remark.message}")
