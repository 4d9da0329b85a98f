"""Keys of services: in the environment or in the keyring, and nowhere else."""

import os

from pipeline.errors import EngineUnavailable
from pipeline.late import dataclass


class _Lacking(Exception):
    """There is no key, and why, and what to do."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.why, self.hint = why, hint


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where a key is. What stands here may be shown, the key may not."""

    variable: str = ""
    """A variable of the environment."""

    entry: str = ""
    """`service/user` in the system's keyring."""

    def __bool__(self) -> bool:
        return bool(self.variable or self.entry)

    def missing(self) -> str:
        """Why there is no key, in a line; empty if there is, or none is named."""
        try:
            self._found()
        except _Lacking as lacking:
            return lacking.why
        return ""

    def read(self, origin: str) -> str:
        """The key; empty where none is named. Raises EngineUnavailable."""
        try:
            return self._found()
        except _Lacking as lacking:
            message = f"{origin} has no key: {lacking.why}"
            raise EngineUnavailable(message, hint=lacking.hint) from None

    def _found(self) -> str:
        if not self:
            return ""
        key = (_in_keyring if self.entry else _in_environment)(
            self.entry or self.variable
        )
        if not key.isascii() or not key.isprintable():
            raise _Lacking(
                f"what {self.entry or self.variable} holds has characters that no "
                "key has",
                "copy it again, without line breaks",
            )
        return key


def _in_environment(variable: str) -> str:
    key = os.environ.get(variable, "").strip()
    if not key:
        raise _Lacking(
            f"the environment variable {variable} is not set",
            f"put the key into the environment variable {variable}",
        )
    return key


def _in_keyring(entry: str) -> str:
    service, _, user = entry.partition("/")
    try:
        import keyring
    except ImportError:
        raise _Lacking(
            "the package keyring is not installed",
            "pip install 'publish[keyring]', or use api_key_env",
        ) from None
    try:
        key = keyring.get_password(service, user)
    except Exception as error:  # noqa: BLE001 - one door: each system's keyring has errors of its own
        raise _Lacking(
            f"the keyring cannot be read ({type(error).__name__})",
            "unlock it, or use api_key_env",
        ) from None
    if not key or not key.strip():
        raise _Lacking(
            f"the keyring has no entry {entry}",
            f"keyring set {service} {user}",
        )
    return key.strip()
