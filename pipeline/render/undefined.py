"""What a template names and does not have, with the names that resemble it."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from pipeline.late import regex

if TYPE_CHECKING:
    import jinja2

_VALUE: Final = regex(r"'(\w+)' is undefined")
_FILTER: Final = regex(r"No filter named '(\w+)'")
_SEE: Final = "the values that a template sees are in docs/editors.md"


@cache
def named_undefined() -> "type[jinja2.StrictUndefined]":
    """The class of what is not there, which says what it is that lacks it."""
    import jinja2

    class Undefined(jinja2.StrictUndefined):
        @property
        def _undefined_message(self) -> str:
            owner, name = self._undefined_obj, str(self._undefined_name)
            names = _names_of(owner)
            if names is None:
                # Jinja2's own way to say that it is no value at all.
                return str(super()._undefined_message)
            return f"{_called(owner)} has no {name!r}{_near(name, names)}"

    return Undefined


def meant_value(said: str, values: Iterable[str]) -> str:
    """A hint for an error of a template: the value whose name is meant, if any is."""
    match = _VALUE.search(said)
    near = _near(match[1], values) if match else ""
    return f"{near.removeprefix(': ')}; {_SEE}" if near else _SEE


def meant_filter(said: str, filters: Iterable[str]) -> str:
    """A hint for a filter that is not there; nothing for any other error."""
    match = _FILTER.search(said)
    return _near(match[1], filters).removeprefix(": ") if match else ""


def _names_of(owner: object) -> tuple[str, ...] | None:
    fields = getattr(type(owner), "__dataclass_fields__", None)
    if fields is not None:
        return tuple(fields)
    return tuple(map(str, owner)) if isinstance(owner, Mapping) else None


def _called(owner: object) -> str:
    """`page` for a `PageView`."""
    is_view = not isinstance(owner, Mapping)
    return type(owner).__name__.removesuffix("View").lower() if is_view else "it"


def _near(name: str, names: Iterable[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, list(names), n=3)
    return f": did you mean {' or '.join(close)}?" if close else ""
