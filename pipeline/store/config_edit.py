"""The configuration with one locale more, all else as its author wrote it."""

import re
import tomllib
from pathlib import Path
from typing import Final

from pipeline.errors import ConfigError
from pipeline.late import regex
from pipeline.store.files import read_text, write_atomically

_LIST: Final = regex(r"^[ \t]*locales[ \t]*=[ \t]*\[([^\]]*)\]", re.MULTILINE)
_ITEM: Final = regex(r"\"[^\"\n]*\"|'[^'\n]*'")
_OWN: Final = regex(r"^[ \t]*\[tool\.publish\][^\n]*\n", re.MULTILINE)


def add_locale(root: Path, config: str, tag: str) -> None:
    """
    Put a locale (BCP 47) into the list of the configuration file `config`.

    Raises ConfigError where the list is written in a way that only its author should
    change, and StoreError where the file cannot be read or written.
    """
    text = read_text(root / config, root=root)
    changed = with_locale(text, tag)
    if not _has_gained(text, changed, tag):
        raise ConfigError(
            "`locales` is not written as a plain list",
            path=config,
            hint=f'add "{tag}" to it by hand, then run `publish extract`',
        )
    write_atomically(root / config, changed.encode(), root=root)


def with_locale(text: str, tag: str) -> str:
    """The text with the locale behind the last one of the list, or in a new list."""
    own = _OWN.search(text)
    start = own.end() if own else 0
    found = _LIST.search(text, start)
    if found is None:
        return f'{text[:start]}locales = ["{tag}"]\n{text[start:]}'
    items = [*_ITEM.finditer(text, *found.span(1))]
    place = items[-1].end() if items else found.start(1)
    new = f', "{tag}"' if items else f'"{tag}"'
    return f"{text[:place]}{new}{text[place:]}"


def _has_gained(before: str, after: str, tag: str) -> bool:
    """Whether the locale is what distinguishes both, and nothing else does."""
    try:
        one, other = tomllib.loads(before), tomllib.loads(after)
    except tomllib.TOMLDecodeError:
        return False
    for table in (one, other):
        own = table.get("tool", {}).get("publish")
        table["locales"] = (table if own is None else own).pop("locales", [])
    one["locales"] = [*one["locales"], tag]
    return one == other
