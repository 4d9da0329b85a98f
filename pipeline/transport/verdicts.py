"""What a status, or the lack of a connection, means: the error that says so."""

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from pipeline.errors import (
    EngineRefused,
    EngineUnavailable,
    RateLimited,
    UnsupportedLocale,
)
from pipeline.transport.deadlines import Passing, late, passing
from pipeline.transport.safety import holds, said_in, scrub, shortened

if TYPE_CHECKING:
    from requests import Response

_REFUSED: Final = frozenset({400, 413, 414, 422})
_NOT_ALLOWED: Final = frozenset({401, 402, 403, 407})
_TOO_MANY: Final = frozenset({429, 529})
_QUOTA: Final = frozenset({456})
"""DeepL's own: the characters of the month are used up."""
_PASSING: Final = frozenset({408, 425, 500, 502, 503, 504})
_KEY: Final = 8
"""Characters from which on a key cannot stand in an answer by chance."""


def require_good(
    response: "Response", text: str, origin: str, secrets: Collection[str]
) -> None:
    """
    Raise what is wrong with an answer, if anything is.

    An EngineError, or Passing with one where another try may help.
    """
    status = response.status_code
    where = f"{origin} answered with status {status}"
    if status in _TOO_MANY:
        limited = RateLimited(
            f"{origin} takes no more texts for now",
            hint="try again later, or set a lower rate",
        )
        limited.retry_after = _seconds(response.headers.get("retry-after", ""))
        raise Passing(limited)
    if status in _QUOTA:
        raise RateLimited(f"{origin} has used up its quota")
    if status in _PASSING:
        raise Passing(passing(where, "try again later"))
    if status in _NOT_ALLOWED:
        raise EngineUnavailable(f"{where}: not allowed", hint="check the key")
    if response.is_redirect:
        raise EngineUnavailable(
            f"{origin} redirects, which is not followed",
            hint="set its address to where it leads, if you trust that",
        )
    said = shortened(scrub(said_in(text), secrets))
    if status in _REFUSED:
        kind = UnsupportedLocale if _is_about_locale(said) else EngineRefused
        raise kind(f"{where}: {said}" if said else where)
    if not response.ok:
        raise EngineUnavailable(f"{where}: {said}" if said else where)
    if holds(text, [each for each in secrets if len(each) >= _KEY]):
        raise EngineUnavailable(f"{origin} sends the key back: not used")


@contextmanager
def connection_errors(origin: str, host: str) -> Iterator[None]:
    """Let what `requests` raises of a connection become an error of ours."""
    import requests

    try:
        yield
    except requests.exceptions.Timeout:
        raise Passing(late(origin)) from None
    except requests.exceptions.SSLError:
        raise EngineUnavailable(
            f"{host} has no valid certificate",
            hint="certificates of your own: name them in SSL_CERT_FILE",
        ) from None
    except requests.exceptions.InvalidURL:
        raise EngineUnavailable(f"{origin} has no valid address") from None
    except requests.exceptions.RequestException as error:
        raise Passing(_unreachable(error, origin, host)) from None
    except OSError as error:
        # A bundle of certificates that is not there.
        raise EngineUnavailable(
            f"{origin} cannot be reached: {_cause(error)}"
        ) from None


def _unreachable(error: BaseException, origin: str, host: str) -> EngineUnavailable:
    unreachable = EngineUnavailable(
        f"{origin} cannot be reached: {_cause(error)} ({host})",
        hint="check the connection, or do without: --offline, for models --from DIR",
    )
    # One that broke off may hold the next time; one that nobody takes will not.
    unreachable.may_pass = not _is_refused(error)
    return unreachable


def _cause(error: BaseException) -> str:
    """Why, in the system's words; the rest of the text holds the whole URL."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, OSError) and inner.strerror:
            return inner.strerror.lower()
        reason = getattr(inner, "reason", None) or next(iter(inner.args), None)
        if not isinstance(reason, BaseException):
            reason = inner.__cause__ or inner.__context__
        inner = reason
    return "no connection"


def _is_refused(error: BaseException | None) -> bool:
    """Whether there was no connection at all."""
    from urllib3.exceptions import NewConnectionError

    reasons = [error, *getattr(error, "args", ())]
    reasons += [getattr(each, "reason", None) for each in reasons]
    return any(isinstance(each, NewConnectionError) for each in reasons)


def _seconds(value: str) -> float | None:
    """`Retry-After`: seconds, or a date (RFC 9110, 10.2.3)."""
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(then.timestamp() - time.time(), 0.0)


def _is_about_locale(said: str) -> bool:
    signs = ("language", "target_lang", "source_lang", "is not supported")
    return any(sign in said.lower() for sign in signs)
