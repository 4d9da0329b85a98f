"""
Doses, telephone numbers and merge fields, kept in their order.

In a text that runs from right to left, the Unicode bidirectional algorithm shows
"+90 555 000" as "000 555 90+" and "5 mg" as "mg 5". HTML's `bdi` sets such a run apart.
What a merge field will be filled with is not known, so it is set apart in every
language.
"""

import re
from typing import Final

from pipeline.cldr import direction

_TAG_OR_TEXT: Final = re.compile(r"(<[^>]*>)|([^<]+)")
_FIELD: Final = r"\{\{[^{}<>]{1,200}\}\}"
_SPACE: Final = r"[ \u00a0\u202f]"
_RUN: Final = re.compile(
    rf"""
    (?P<field>{_FIELD})
    | (?<![A-Za-z0-9#])\+?\(?[0-9]{{1,4}}\)?
        (?:(?:{_SPACE}|[-.])?\(?[0-9]{{2,4}}\)?){{3,6}}(?![0-9])
    | (?<![A-Za-z0-9#])[+±~]?[0-9]++(?:[.,:/–-][0-9]++)*+{_SPACE}?
        (?:[A-Za-zµ°][A-Za-zµ°²³/]{{0,7}}|%)(?![A-Za-z0-9])
    """,
    re.VERBOSE,
)
_ONLY_FIELDS: Final = re.compile(rf"(?P<field>{_FIELD})")


def isolate(html: str, *, locale: str) -> str:
    """Admitted HTML with such runs in `bdi`; only the text between tags is touched."""
    pattern = _RUN if direction(locale) == "rtl" else _ONLY_FIELDS
    if pattern is _ONLY_FIELDS and "{{" not in html:
        return html
    return _TAG_OR_TEXT.sub(
        lambda match: match[1] or pattern.sub(_set_apart, match[2]),
        html,
    )


def _set_apart(match: re.Match[str]) -> str:
    if match["field"]:
        return f"<bdi>{match[0]}</bdi>"
    return f'<bdi dir="ltr">{match[0]}</bdi>'
