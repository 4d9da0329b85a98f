"""
That more follows from what was saved than a build of few pages can tell.

Whoever finds that raises `LoudError`, and the whole site is looked at.
"""

from typing import TypeVar

T = TypeVar("T")


class LoudError(Exception):
    """More follows from what was saved than can be told without all of the site."""


def require(condition: object) -> None:
    """Raises LoudError where something is not so."""
    if not condition:
        raise LoudError


def required(found: T | None) -> T:
    """What there is. Raises LoudError where there is nothing."""
    if found is None:
        raise LoudError
    return found
