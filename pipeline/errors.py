"""
Every exception of the pipeline.

    PublishError
    ├── UsageError            a wrong option, locale, article or engine      exit 2
    │   └── ConfigError       the configuration cannot be used               exit 2
    ├── SourceError           an article cannot be read or cut               exit 1
    ├── UnfitError            a translation cannot stand in its place        exit 1
    ├── CatalogError          a catalog cannot be read or written            exit 1
    │   └── CharsetError      a catalog is not UTF-8
    ├── TemplateError         a template is missing or wrong                 exit 1
    ├── StoreError            the disk refused                               exit 1
    │   └── BusyError         another process holds the lock
    ├── DeliveryError         a mail server did not take a message           exit 1
    └── EngineError           an engine gave no usable answer                exit 1
        ├── EngineUnavailable it cannot be reached, or is not installed
        ├── RateLimited       it wants us to wait
        ├── EngineRefused     this text was refused, or its answer was
        │   └── TokensBroken  its answer lost what was masked
        └── UnsupportedLocale it does not know the pair of locales

A finding is not an exception: see `model/finding.py`.
"""

from collections.abc import Sequence
from typing import TypeVar


class PublishError(Exception):
    """A cause that a person can act on: where, what, and what to do next."""

    exit_code = 1
    others: tuple["PublishError", ...] = ()
    """What else is wrong in the same place, to be told with it: see `together`."""

    def __init__(
        self,
        message: str,
        *,
        path: str | None = None,
        line: int | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(message, path, line, hint)
        self.message = message
        self.path = path
        self.line = line
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments do not survive the default pickling.
        values = (type(self), self.message, self.path, self.line, self.hint)
        return (_again, values, {"others": self.others})

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line) if part)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} ({self.hint})" if self.hint else text

    def each(self) -> tuple["PublishError", ...]:
        """It, and the others that are told with it."""
        return (self, *self.others)

    def as_json(self) -> dict[str, object]:
        """The error as every `--json` document lists it."""
        return {
            "path": self.path,
            "line": self.line,
            "message": self.message,
            "hint": self.hint,
        }


def _again(
    kind: type[PublishError],
    message: str,
    path: str | None,
    line: int | None,
    hint: str,
) -> PublishError:
    return kind(message, path=path, line=line, hint=hint)


E = TypeVar("E", bound=PublishError)


def together(errors: Sequence[E]) -> E:
    """The first of some errors, with the others to be told behind it."""
    first, *others = errors
    first.others = tuple(others)
    return first


class UsageError(PublishError):
    """The command was called with something that does not exist or does not fit."""

    exit_code = 2


class ConfigError(UsageError):
    """The configuration is missing, unreadable or says something unknown."""


class SourceError(PublishError):
    """An article cannot be read or cut."""


class UnfitError(PublishError):
    """A translation would break the document around it."""


def remembered_as(error: PublishError) -> tuple[object, ...] | None:
    """
    An error that follows from a text and its translation alone, as plain values.

    None for any other: what a disk or a network refused may be there the next time.
    """
    if type(error) not in {PublishError, UnfitError}:
        return None
    is_unfit = isinstance(error, UnfitError)
    return (is_unfit, error.message, error.path, error.line, error.hint)


def error_from(values: Sequence[object]) -> PublishError:
    """The error that was remembered as these values. Raises ValueError."""
    match values:
        case (bool() as unfit, str() as message, path, line, str() as hint) if (
            path is None or isinstance(path, str)
        ) and (line is None or isinstance(line, int)):
            kind = UnfitError if unfit else PublishError
            return kind(message, path=path, line=line, hint=hint)
    raise ValueError(f"no error is remembered as {values!r}")


class CatalogError(PublishError):
    """A catalog cannot be read or written as it stands."""


class CharsetError(CatalogError):
    """A catalog's bytes are not in the charset that we keep."""


class TemplateError(PublishError):
    """A template is missing, does not parse, or names what is not there."""


class StoreError(PublishError):
    """The disk refused: full, read-only, not permitted."""


class BusyError(StoreError):
    """Another process holds the file."""


class DeliveryError(PublishError):
    """A mail is not what may be sent, or the mail server did not take it."""


class EngineError(PublishError):
    """A machine translation engine gave no usable answer."""


class EngineUnavailable(EngineError):
    """It cannot be reached, is not installed, or lacks its key."""

    may_pass = False
    """Whether another text may fare better: it was late, or failed this once."""


class RateLimited(EngineError):
    """It wants us to wait."""

    retry_after: float | None = None
    """Seconds, if it said so."""


class EngineRefused(EngineError):
    """It refused this text, or we refused its answer."""


class TokensBroken(EngineRefused):
    """Its answer lost, doubled, moved or changed what was masked, or a number."""


class UnsupportedLocale(EngineError):
    """It does not translate between these locales."""
