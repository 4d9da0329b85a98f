"""`[engine.NAME]`: what every engine reads of its table, and judges alike."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from pipeline.errors import ConfigError
from pipeline.late import dataclass, regex
from pipeline.transport.keys import KeyPlace
from pipeline.transport.safety import is_safe

_MOST_RETRIES: Final = 10
_MOST_WORKERS: Final = 32

SERVICE_KEYS: Final = (
    "characters",
    "deadline",
    "retries",
    "pause",
    "rate",
    "workers",
    "price_per_million",
)
"""What the table of every engine may hold that has limits."""

_SECRET: Final = regex(r"key|token|secret|passw|credential", re.IGNORECASE)
_PLACES: Final = (
    'put it into an environment variable (api_key_env = "NAME") or into the '
    'keyring (api_key_keyring = "service/user")'
)
_LONG: Final = 20
"""Letters and digits in a row from which on they look like a key."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The table of one engine."""

    name: str
    values: Mapping[str, object]

    @classmethod
    def read(cls, name: str, values: Mapping[str, object], *own: str) -> "Settings":
        """The table, if it holds but these keys and those of every engine."""
        table = cls(name, values)
        table.known(*own, "plain_http", *SERVICE_KEYS)
        return table

    def known(self, *keys: str) -> None:
        """Raise ConfigError for a key that is none of these."""
        for key in self.values:
            if key not in keys and _SECRET.search(key):
                raise self.fail(
                    f"holds a key ({key}); a configuration is no place for secrets",
                    _PLACES,
                )
            if key not in keys:
                near = get_close_matches(key, keys, n=1)
                guess = f"did you mean {near[0]}? " if near else ""
                raise self.fail(
                    f"has an unknown key {key!r}", f"{guess}known are {', '.join(keys)}"
                )

    def fail(self, message: str, hint: str = "") -> ConfigError:
        """The error that names the table."""
        return ConfigError(f"[engine.{self.name}] {message}", hint=hint)

    def text(self, key: str, default: str = "") -> str:
        """A text without the blanks around it."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.fail(f"{key} must be a text in quotes")
        return value.strip()

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        """One of the allowed; the first one is the default."""
        value = self.text(key, allowed[0])
        if value not in allowed:
            raise self.fail(
                f"{key} cannot be {value!r}", f"it is one of {', '.join(allowed)}"
            )
        return value

    def flag(self, key: str) -> bool:
        """True or false; false is the default."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(f"{key} must be true or false")
        return value

    def number(self, key: str, default: float) -> float:
        """A number, 0 or more."""
        value = self.values.get(key, default)
        # The comparison is false for "not a number" too.
        if (
            not isinstance(value, (int, float))
            or isinstance(value, bool)
            or not 0 <= value < float("inf")
        ):
            raise self.fail(f"{key} must be a number, 0 or more")
        return float(value)

    def count(self, key: str, default: int, *, least: int = 0, most: int) -> int:
        """A whole number in its limits."""
        value = self.number(key, default)
        if not value.is_integer() or not least <= value <= most:
            raise self.fail(f"{key} is a whole number from {least} to {most}")
        return int(value)

    def key(self, key: str = "api_key") -> KeyPlace:
        """Where a key is: `api_key_env` or `api_key_keyring`; it may be nowhere."""
        place = KeyPlace(self.text(f"{key}_env"), self.text(f"{key}_keyring"))
        if place.variable and place.entry:
            raise self.fail(f"has {key}_env and {key}_keyring", "keep one of them")
        if place.variable and not _is_variable(place.variable):
            # It is not shown: it may be the key itself.
            raise self.fail(f"{key}_env is not the name of a variable", _PLACES)
        if place.entry and not all(place.entry.partition("/")):
            raise self.fail(f"{key}_keyring is not of the form service/user", _PLACES)
        return place

    def require_key(self) -> None:
        """Raise ConfigError where no key is named."""
        if not self.key():
            raise self.fail("needs api_key_env or api_key_keyring", _PLACES)

    def address(self, key: str, default: str = "") -> str:
        """A safe address without a slash at its end."""
        url = self.text(key, default)
        if url and not is_safe(url, plain_http=self.flag("plain_http")):
            if "@" in url:
                raise self.fail(f"{key} cannot hold a name or a key", _PLACES)
            raise self.fail(
                f"{key} cannot be {url!r}: texts and keys would travel in the open",
                "use https; plain http is for this machine (127.0.0.1), or for a "
                "network that you trust: plain_http = true",
            )
        return url.rstrip("/")

    def endurance(self, *, deadline: float, workers: int = 4) -> "Endurance":
        """How long and how often a service is asked."""
        until = self.number("deadline", deadline)
        if not until:
            raise self.fail("deadline must be longer than 0 seconds")
        self.number("price_per_million", 0.0)
        return Endurance(
            deadline=until,
            retries=self.count("retries", 2, most=_MOST_RETRIES),
            pause=self.number("pause", 0.5),
            rate=self.number("rate", 0.0),
            workers=self.count("workers", workers, least=1, most=_MOST_WORKERS),
        )


@dataclass(frozen=True, slots=True)
class Endurance:
    """How long and how often a service is asked."""

    deadline: float
    """Seconds for one call, all tries and pauses in them."""

    retries: int
    pause: float
    """Seconds before the second try; doubled before each further one."""

    rate: float
    """Calls a second; 0: as many as there are."""

    workers: int
    """Calls at the same time."""


def _is_variable(name: str) -> bool:
    """Whether this can be the name of a variable, and is not rather its value."""
    looks_like_key = len(name) >= _LONG and "_" not in name
    return name.isidentifier() and name.isascii() and not looks_like_key
