"""What a model said, as answers to the texts it was given."""

import json
from collections.abc import Collection, Mapping
from typing import Final

from pipeline.engines import Answer, Request
from pipeline.late import regex
from pipeline.similarity import similarity

_TAG: Final = regex(r"<[^<>]*>")
_SHOWN: Final = 200
_COPIED: Final = 8
"""Words of its text that a model is to copy."""
_ALIKE: Final = 60
"""From here on the words that a model copied are those of its text."""


class Unreadable(Exception):
    """A reply that is not what was asked for."""


def read_answers(said: str, keys: Mapping[str, Request]) -> list[Answer]:
    """
    An answer for each text, matched by key.

    An answer that came with another text's words, or with words that two texts begin
    with, or without any where there are several texts, is no translation of its text;
    nor is one of two with one key. Raises Unreadable.
    """
    left_out = "the model left it out"
    found = {key: Answer(each.id, None, left_out) for key, each in keys.items()}
    doubled: set[str] = set()
    for entry in _entries(said):
        key, text = entry.get("id"), entry.get("text")
        if not isinstance(key, str) or key not in keys or not isinstance(text, str):
            continue
        request = keys[key]
        if found[key].text not in {None, text}:
            doubled.add(key)
        found[key] = Answer(request.id, text)
        if why := _doubt(request, entry.get("begins"), keys.values()):
            found[key] = Answer(request.id, None, why)
    for key in doubled:
        why = "the model answered twice, and not the same"
        found[key] = Answer(keys[key].id, None, why)
    return list(found.values())


def _entries(said: str) -> list[dict[str, object]]:
    """The entries of the JSON in a reply, whatever stands around it."""
    start, end = said.find("{"), said.rfind("}")
    if start < 0:
        raise Unreadable(f"the model gave no JSON but: {said[:_SHOWN]}")
    try:
        data = json.loads(said[start : end + 1])
    except (ValueError, RecursionError):
        raise Unreadable("the model gave JSON that is cut or broken") from None
    listed = data.get("translations") if isinstance(data, dict) else None
    if not isinstance(listed, list):
        raise Unreadable("the model gave JSON without translations")
    return [entry for entry in listed if isinstance(entry, dict)]


def beginning(text: str) -> tuple[str, ...]:
    """The words by which a text is known from another one."""
    return tuple(_words(text)[:_COPIED])


def _doubt(request: Request, begins: object, all_: Collection[Request]) -> str:
    """Why the words that came with an answer do not say that it is a text's."""
    copied = _words(begins) if isinstance(begins, str) else []
    if not copied:
        return "" if len(all_) == 1 else "the model did not say which text it answered"
    own = _likeness(request.text, copied)
    if own < _ALIKE:
        return "the model answered another text"
    ours = beginning(request.text)
    for other in all_:
        theirs = beginning(other.text)
        is_told_apart = tuple(copied) == ours != theirs
        may_be = other.id != request.id and _likeness(other.text, copied) >= own
        if may_be and not is_told_apart:
            return "the model may have answered another text"
    return ""


def _likeness(text: str, copied: list[str]) -> int:
    return similarity(" ".join(copied), " ".join(_words(text)[: len(copied)]))


def _words(text: str) -> list[str]:
    return _TAG.sub(" ", text).casefold().split()
