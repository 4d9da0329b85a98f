"""
`locales/<locale>/comments/<domain>.jsonl`: what translators ask the authors.

The file is only ever appended to, so that git merges what two people wrote.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

from pipeline.cldr import gettext_locale
from pipeline.errors import StoreError
from pipeline.late import dataclass
from pipeline.model.catalog import Key
from pipeline.store.files import read_text
from pipeline.store.lines import append_line

_REQUIRED: Final = ("msgid", "name", "date", "text")


@dataclass(frozen=True, slots=True)
class Comment:
    """A line of the file: what somebody has to say of a source text."""

    msgctxt: str | None
    msgid: str
    name: str
    date: str
    """`YYYY-MM-DD`."""

    text: str

    @property
    def key(self) -> Key:
        """The message that it is about."""
        return (self.msgctxt, self.msgid)


def comments_path(root: Path, locale: str, domain: str) -> Path:
    """Where the comments on a domain lie."""
    return root / "locales" / gettext_locale(locale) / "comments" / f"{domain}.jsonl"


def read_comments(root: Path, locale: str, domain: str) -> tuple[Comment, ...]:
    """
    The comments on a domain in their order; none if there is no file.

    Raises StoreError with path and line. A last line without its end is what a crash
    left of an append: it is passed over.
    """
    path = comments_path(root, locale, domain)
    if not path.exists():
        return ()
    name = path.relative_to(root).as_posix()
    lines = read_text(path, root=root).split("\n")[:-1]
    found = (
        _comment(line, path=name, number=number)
        for number, line in enumerate(lines, start=1)
        if line.strip()
    )
    # A merge of two branches may leave one line twice.
    return tuple(dict.fromkeys(found))


def append_comment(root: Path, locale: str, domain: str, comment: Comment) -> None:
    """Add a comment; it is on the disk when this returns. Raises StoreError."""
    line = json.dumps(asdict(comment), ensure_ascii=False)
    append_line(comments_path(root, locale, domain), line, root=root)


def _comment(text: str, *, path: str, number: int) -> Comment:
    try:
        values = json.loads(text)
    except ValueError:
        values = None
    if (
        not isinstance(values, dict)
        or not all(isinstance(values.get(key), str) for key in _REQUIRED)
        or not isinstance(values.get("msgctxt"), str | None)
    ):
        raise StoreError(
            "not a comment: the line is no JSON object with msgid, name, date and text",
            path=path,
            line=number,
            hint="restore the file from git; it is only ever appended to",
        )
    given = {key: values[key] for key in _REQUIRED}
    return Comment(msgctxt=values.get("msgctxt"), **given)
