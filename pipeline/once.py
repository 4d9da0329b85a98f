"""
What is asked of one thing several times in turn, and found out once.

A build asks the same of an article in every locale. Things are told apart by identity:
to compare articles by their texts would take longer than most answers do.
"""

from collections.abc import Callable
from functools import wraps
from operator import is_
from typing import TypeVar, TypeVarTuple

T = TypeVarTuple("T")
R = TypeVar("R")


def once(function: Callable[[*T], R]) -> Callable[[*T], R]:
    """The function, which remembers what it said of the last things."""
    last: list[tuple[tuple[*T], R]] = []

    @wraps(function)
    def asked(*things: *T) -> R:
        for known, found in last:
            if all(map(is_, known, things)):
                return found
        found = function(*things)
        last[:] = [(things, found)]
        return found

    return asked
