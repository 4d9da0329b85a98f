"""Who is signed in: secrets for one use, a password, and the sessions they open."""

import hmac
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import field
from hashlib import sha256
from typing import Final

from pipeline.late import dataclass

_MOST_SESSIONS: Final = 500
_WINDOW: Final = 900.0
"""Seconds in which wrong passwords are counted."""

_TRIES: Final = 5
_TRIES_OF_ALL: Final = 50
MOST_NAME: Final = 100


@dataclass(slots=True)
class Session:
    """One browser of one person."""

    secret: str = field(repr=False)
    token: str = field(repr=False)
    """What a request that changes anything must carry."""

    name: str = ""
    """Empty until she has said it."""

    role: str = ""
    has_signed: bool = False
    """Whether anything was written under the name, which then stays."""

    streams: int = 0
    """Streams of events that are open."""

    place: tuple[str, str] | None = None
    """Locale and domain of the article that she opened last."""


class TooManyTries(Exception):
    """Too many wrong passwords; nothing more is compared for a while."""


class Sessions:
    """The open sessions of a server; they live as long as it."""

    def __init__(
        self,
        *,
        password: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._password = _digest(password) if password else b""
        self._clock = clock
        self._key = ""
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._wrong: dict[str, deque[float]] = {}

    @property
    def asks_password(self) -> bool:
        """Whether a password opens a session."""
        return bool(self._password)

    @property
    def has_key(self) -> bool:
        """Whether there is a secret that nobody has used."""
        return bool(self._key)

    def key(self) -> str:
        """The secret that opens the next session, once."""
        self._key = self._key or secrets.token_urlsafe(24)
        return self._key

    def find(self, secret: str | None) -> Session | None:
        """The session of a cookie."""
        session = self._sessions.get(secret or "")
        if session is not None:
            self._sessions.move_to_end(session.secret)
        return session

    def by_key(self, key: str) -> Session | None:
        """A new session for the secret, which is worth nothing afterwards."""
        if not self._key or not hmac.compare_digest(_digest(key), _digest(self._key)):
            return None
        self._key = ""
        return self._new()

    def by_password(self, password: str, client: str) -> Session | None:
        """A new session for the right password. Raises TooManyTries."""
        if not self._password:
            return None
        tries = self._recent(client)
        if len(tries) >= _TRIES or len(self._recent("")) >= _TRIES_OF_ALL:
            raise TooManyTries
        if hmac.compare_digest(_digest(password), self._password):
            return self._new()
        now = self._clock()
        tries.append(now)
        self._recent("").append(now)
        return None

    def close(self, session: Session) -> None:
        """Sign out."""
        self._sessions.pop(session.secret, None)

    def _new(self) -> Session:
        session = Session(secrets.token_urlsafe(32), secrets.token_urlsafe(32))
        self._sessions[session.secret] = session
        while len(self._sessions) > _MOST_SESSIONS:
            self._sessions.popitem(last=False)
        return session

    def _recent(self, client: str) -> deque[float]:
        """When a client was wrong of late; without a name, all of them."""
        if len(self._wrong) > _MOST_SESSIONS:
            self._wrong = {"": self._wrong.get("", deque())}
        tries = self._wrong.setdefault(client, deque())
        while tries and tries[0] < self._clock() - _WINDOW:
            tries.popleft()
        return tries


def holds_token(session: Session, token: str | None) -> bool:
    """Whether a request carries what only the session's own pages know."""
    return hmac.compare_digest(_digest(token or ""), _digest(session.token))


def fitting_name(text: str) -> str:
    """A name or a role on one line, as a header of a catalog can hold it."""
    visible = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(visible.split())[:MOST_NAME]


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
