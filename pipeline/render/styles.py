"""
Style sheets written onto the elements of a mail's body.

Some mail programs throw style sheets away, and what is written on an element stays:
then lists, tables and quotes look as they should there too. What was admitted is
regular, so elements are found by pattern.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final

from pipeline.errors import TemplateError
from pipeline.late import regex

_SELECTOR: Final = r"\s*\.?[a-z][a-z0-9_-]*\s*"
_RULE: Final = regex(
    rf"({_SELECTOR}(?:,{_SELECTOR})*)\{{([^{{}}\"<>&]*)\}}", re.IGNORECASE
)
_BLANKS: Final = regex(r"\s*([;:])\s*|\s+")
_ELEMENT: Final = regex(r'<([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)( ?/?)>')
_CLASS: Final = regex(r' class="([^"]+)"')


def with_styles(body: str, sheet: str) -> str:
    """
    An admitted body with the rules of a style sheet on its elements.

    Elements with a style of their own keep that alone. Raises TemplateError for a
    selector that is neither `p` nor `.class`, nor a list of them.
    """
    return _ELEMENT.sub(_dressing(sheet), body)


@lru_cache(maxsize=16)
def _dressing(sheet: str) -> Callable[[re.Match[str]], str]:
    """What becomes of an element; of most, which have no attributes, it is known."""
    _styles(sheet)  # refuses what it cannot do, also where no element is named
    known: dict[str, str] = {}

    def element(match: re.Match[str]) -> str:
        made = known.get(match[0])
        if made is not None:
            return made
        name, attributes, end = match.groups()
        if ' style="' in attributes:
            return match[0]
        found = _CLASS.search(attributes) if attributes else None
        style = _style(sheet, name, found[1] if found else "")
        made = f'<{name}{attributes} style="{style}"{end}>' if style else match[0]
        if not attributes:
            known[match[0]] = made
        return made

    return element


@lru_cache(maxsize=1024)
def _style(sheet: str, name: str, classes: str) -> str:
    """What is said of an element that is of some classes, or of none."""
    styles = _styles(sheet)
    selectors = (name, *(f".{each}" for each in classes.split()))
    return _joined(styles.get(each, "") for each in selectors)


@lru_cache(maxsize=16)
def _styles(sheet: str) -> Mapping[str, str]:
    """The declarations of each element and class that a style sheet names."""
    rest = _RULE.sub("", sheet).split()
    if rest:
        raise TemplateError(
            f"a style sheet that is written onto elements has {rest[0]!r}",
            path="templates/mail.mjml",
            hint="write rules for `p`, `.class` and lists of them there, and others "
            "into an mj-style without inline",
        )
    styles: dict[str, str] = {}
    for names, declared in _RULE.findall(sheet):
        written = _BLANKS.sub(lambda found: found[1] or " ", declared.strip(" \r\n\t;"))
        for name in map(str.strip, names.split(",")):
            styles[name] = _joined((styles.get(name, ""), written))
    return styles


def _joined(declared: Iterable[str]) -> str:
    """Declarations in one, each property once, as the last of them says it."""
    values: dict[str, str] = {}
    for declaration in ";".join(declared).split(";"):
        name, _, value = declaration.partition(":")
        if value:
            values.pop(name, "")
            values[name] = value
    return "".join(f"{name}:{value};" for name, value in values.items())
