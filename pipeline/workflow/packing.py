"""Bodies as they are kept: HTML, front matter and the record, in bytes."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, cast

_PART: Final = b"\0"
_DAY: Final = "date"
_MOMENT: Final = "datetime"
_EXACT: Final = (str, int, bool, date, type(None))
"""What comes back from JSON as it was: these types, and none below them."""


def unpacked(data: bytes) -> tuple[str, dict[str, object]]:
    """A body as it was kept: its HTML and the front matter."""
    html, meta, *_ = data.split(_PART, 2)
    front = _decoded(meta.decode("utf-8", "surrogatepass"))
    return html.decode("utf-8", "surrogatepass"), cast("dict[str, object]", front)


def record_in(data: bytes) -> bytes:
    """The record beside a body; nothing where there is none."""
    _, _, *record = data.split(_PART, 2)
    return record[0] if record else b""


def packed(html: str, meta: Mapping[str, object], record: str) -> bytes | None:
    """A body as it is kept; None for front matter that would come back as another."""
    if "\0" in html:
        return None
    try:
        written = _encoded(meta)
        is_exact = _is_plain(meta) or repr(_decoded(written)) == repr(dict(meta))
    except (TypeError, ValueError, RecursionError):
        return None
    if not is_exact:
        return None
    # Each by itself: together all would be as wide as the widest letter of one.
    parts = (html, written, record)
    return _PART.join([part.encode("utf-8", "surrogatepass") for part in parts])


def _is_plain(meta: Mapping[str, object]) -> bool:
    """Whether it has nothing but values that surely come back from JSON."""
    # With one key it might be taken for a day.
    return len(meta) > 1 and all(
        type(key) is str
        and (
            type(value) in _EXACT
            or (type(value) is list and all(type(each) is str for each in value))
        )
        for key, value in meta.items()
    )


def _day(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {_MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    raise TypeError(f"{value!r} has no form in JSON")


def _dated(values: dict[str, object]) -> object:
    if len(values) == 1:
        ((key, value),) = values.items()
        if key == _MOMENT and isinstance(value, str):
            return datetime.fromisoformat(value)
        if key == _DAY and isinstance(value, str):
            return date.fromisoformat(value)
    return values


_encoded: Final = json.JSONEncoder(ensure_ascii=False, default=_day).encode
_decoded: Final = json.JSONDecoder(object_hook=_dated).decode
