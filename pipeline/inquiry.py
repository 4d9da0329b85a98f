"""
Which checks are asked of a message: what its signs, or all messages of its catalog at
once, leave something to say. Nearly all that a catalog has is passed so.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from functools import lru_cache
from typing import Final

from pipeline.characters import KEPT, signs
from pipeline.checks import PLURAL, Check, CheckContext, GroupCheck, LateCheck
from pipeline.late import dataclass
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import carried

_PLURAL: Final = frozenset({PLURAL})
_SLUG: Final = "slug"
"""What is asked of no other message."""

_OF_SLUG: Final = frozenset({_SLUG, "unsafe"})
"""All that is asked of a slug, which is folded to ASCII anyway."""

_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Asked:
    """The checks that the signs of a message leave something to say."""

    checks: tuple[Check, ...]
    others: tuple[Check, ...]
    """Those that may speak even where the translation carries what its source does."""

    of_alike: tuple[Check, ...]
    """Those that may speak even where the translation is like its source."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Which of some checks are asked of messages."""

    checks: tuple[Check, ...]
    """Those that can find what weighs enough."""

    least: Severity
    known: frozenset[str]
    """The names of all."""

    of_alike: tuple[Check, ...]
    """Those that may speak even where the translation is like its source."""

    grouped: tuple[GroupCheck, ...] = ()
    """Those that tell of many messages at once that they have nothing to say."""

    _by_signs: dict[tuple[frozenset[str], ...], _Asked] = field(default_factory=dict)

    def of(self, message: Message, *, is_alike: bool = False) -> Sequence[Check]:
        """The checks that the signs of its texts leave something to say."""
        msgstrs = message.msgstrs
        if is_alike:
            checks = self._of_signs(message.msgid, msgstrs[0]).of_alike
        elif message.msgid_plural is None and len(msgstrs) == 1:
            source, text = message.msgid, msgstrs[0]
            asked = self._of_signs(source, text)
            checks = asked.checks
            if checks is not asked.others and carried(source) == carried(text):
                checks = asked.others
        else:
            texts = (message.msgid, message.msgid_plural or "", *msgstrs)
            checks = self._asked(_PLURAL, *map(signs, texts)).checks
        if message.msgctxt == "slug":
            names = {_SLUG, *(each.name for each in checks if each.name in _OF_SLUG)}
            return [_itself(each) for each in self.checks if each.name in names]
        return checks

    def quiet(
        self, messages: Sequence[Message], context: CheckContext
    ) -> frozenset[str]:
        """The names of the checks that have nothing to say of any of some messages."""
        if not self.grouped:
            return _NONE
        singular = [each.msgid for each in messages]
        plural = [each.msgid_plural for each in messages if each.msgid_plural]
        sources = "\n".join(singular + plural)
        texts = "\n".join(text for each in messages for text in each.msgstrs)
        return frozenset(
            each.name
            for each in self.grouped
            if not each.may_speak(sources, texts, context)
        )

    def _of_signs(self, source: str, text: str) -> _Asked:
        there = (signs(source), signs(text))
        return self._by_signs.get(there) or self._asked(*there)

    def _asked(self, *there: frozenset[str]) -> _Asked:
        """What the signs of each text leave."""
        asked = self._by_signs.get(there)
        if asked is not None:
            return asked
        if len(self._by_signs) > KEPT:
            self._by_signs.clear()
        found = frozenset().union(*there)
        # One that is asked seldom is imported when it is asked.
        checks = tuple(
            each if _only_of_carried(each) else _itself(each)
            for each in self.checks
            if each.name != _SLUG and _is_about(each, found, self.least)
        )
        others = tuple(each for each in checks if not _only_of_carried(each))
        asked = _Asked(
            checks,
            checks if len(checks) == len(others) else others,
            tuple(each for each in checks if not _only_of_unlike(each, self.least)),
        )
        self._by_signs[there] = asked
        return asked


@lru_cache(maxsize=8)
def inquiry_of(checks: tuple[Check, ...], least: Severity) -> Inquiry:
    weighty = tuple(each for each in checks if each.severity.reaches(least))
    return Inquiry(
        weighty,
        least,
        frozenset(each.name for each in checks),
        tuple(each for each in weighty if not _only_of_unlike(each, least)),
        tuple(_grouped(weighty)),
    )


def _grouped(checks: Iterable[Check]) -> Iterator[GroupCheck]:
    for each in checks:
        # What finds errors has signs, and is not imported for the sake of this.
        if each.severity is not Severity.ERROR:
            itself = _itself(each)
            if isinstance(itself, GroupCheck):
                yield itself


def _itself(check: Check) -> Check:
    return check.itself if isinstance(check, LateCheck) else check


def _is_about(check: Check, found: frozenset[str], least: Severity) -> bool:
    wanted: frozenset[str] | None = getattr(check, "signs", None)
    if least is Severity.ERROR:
        wanted = getattr(check, "signs_of_errors", wanted)
    return wanted is None or not wanted.isdisjoint(found)


def _only_of_carried(check: Check) -> bool:
    return bool(getattr(check, "only_of_carried", False))


def _only_of_unlike(check: Check, least: Severity) -> bool:
    if least is Severity.ERROR and getattr(check, "errors_only_of_unlike", False):
        return True
    return bool(getattr(check, "only_of_unlike", False))
