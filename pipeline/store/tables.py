"""A table of a TOML file: values asked for by type, errors that say in which line."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.late import dataclass


def read_text(path: Path) -> str:
    """The text of a configuration; ConfigError where it is not UTF-8 or not there."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(
            "not UTF-8 text",
            path=path.name,
            line=line,
            hint="save it as UTF-8",
        ) from error
    except OSError as error:
        raise ConfigError(
            f"cannot be read: {error.strerror}", path=path.name
        ) from error


def parse(name: str, text: str) -> dict[str, object]:
    """What the TOML says; ConfigError with the line where it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        message = str(error).partition(" (at ")[0]
        raise ConfigError(
            f"not TOML: {message[:1].lower()}{message[1:]}",
            path=name,
            line=int(place[1]) if place else text.count("\n") + 1,
            hint="see the TOML syntax of keys and values",
        ) from error


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file, with what an error needs to say where."""

    path: str
    text: str
    name: str
    """Dotted, as its header writes it."""

    values: Mapping[str, object]

    def fail(self, key: str, message: str, hint: str = "") -> ConfigError:
        """An error at the key's line, for the caller to raise."""
        return ConfigError(message, path=self.path, line=self.line(key), hint=hint)

    def line(self, key: str) -> int | None:
        """Where the key is, as well as a search for its name can tell."""
        start = 0
        if self.name:
            header = re.search(
                rf"^\s*\[\[?{re.escape(self.name)}[\].]", self.text, re.MULTILINE
            )
            start = header.start() if header else 0
        pattern = rf"^\s*(?:\[\[?[\w.-]*\b)?{re.escape(key)}\b"
        found = re.compile(pattern, re.MULTILINE).search(self.text, start)
        if found is None:
            return None
        begin = found.end() - len(key)
        return self.text.count("\n", 0, begin) + 1

    def known(self, *keys: str) -> None:
        """Raise where the table has any other key."""
        for key in self.values:
            if key not in keys:
                # Heavy, and most configurations have no slip.
                from difflib import get_close_matches

                near = get_close_matches(key, keys, n=1)
                guess = f"did you mean {near[0]}? " if near else ""
                raise self.fail(
                    key,
                    f"unknown key {key!r}",
                    f"{guess}known are {', '.join(keys)}",
                )

    def string(self, key: str, default: str = "") -> str:
        """A text of one line."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.fail(key, f"{key} must be a text in quotes")
        if any(ord(char) < ord(" ") for char in value):
            raise self.fail(key, f"{key} must be one line without control characters")
        return value

    def flag(self, key: str) -> bool:
        """True or false; false where nothing is said."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.fail(key, f"{key} must be true or false")
        return value

    def number(self, key: str) -> int:
        """A whole number, 0 where nothing is said."""
        value = self.values.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.fail(key, f"{key} must be a whole number, 0 or more")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.fail(key, f"{key} must be a list of texts in quotes")
        return tuple(value)

    def choice(self, key: str, allowed: Sequence[str], default: str) -> str:
        """One of the allowed texts."""
        value = self.string(key, default)
        if value not in allowed:
            raise self.fail(
                key,
                f"{key} cannot be {value!r}",
                f"it is one of {', '.join(allowed)}",
            )
        return value

    def table(self, key: str) -> "Table":
        """The table below a key; empty where there is none."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.fail(key, f"{key} must be a table: [{self._dotted(key)}]")
        return Table(self.path, self.text, self._dotted(key), value)

    def tables(self, key: str) -> tuple["Table", ...]:
        """The tables of a list, as `[[key]]` writes them."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise self.fail(key, f"{key} must be tables: [[{self._dotted(key)}]]")
        return tuple(
            Table(self.path, self.text, self._dotted(key), each) for each in value
        )

    def _dotted(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key
