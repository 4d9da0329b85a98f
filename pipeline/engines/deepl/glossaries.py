"""
The site's glossary as a glossary at DeepL: made once, and again when a term changes.

Its name says which terms are in it, so that one that is there already is used, also by
another machine. One of an older state is deleted.
"""

import hashlib
import threading
from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.engines.deepl.client import Client
from pipeline.errors import EngineError, EngineUnavailable
from pipeline.model.term import Term

_DIGEST: Final = 12
"""Characters of the digest in a name."""


class Glossaries:
    """What is at DeepL; any thread may ask."""

    def __init__(self, name: str) -> None:
        """`name`: how this site's glossaries are called; empty: none is made."""
        self._name = name
        self._known: dict[tuple[str, str, str], str] = {}
        self._lock = threading.Lock()

    def find(
        self, client: Client, terms: Sequence[Term], codes: tuple[str, str]
    ) -> str:
        """
        The id of the glossary with these terms, which is made if it is not there.

        Empty where there are no terms, or DeepL takes no such glossary.
        """
        entries = entries_of(terms)
        if not entries or not self._name:
            return ""
        pair = (codes[0].lower(), codes[1].partition("-")[0].lower())
        key = (*pair, _digest(entries))
        with self._lock:
            if key not in self._known:
                self._known[key] = self._made(client, entries, key)
            return self._known[key]

    def _made(
        self, client: Client, entries: Mapping[str, str], key: tuple[str, str, str]
    ) -> str:
        source, target, digest = key
        family = f"{self._name} {source}-{target} "
        name = f"{family}{digest}"
        try:
            there = client.glossaries()
            found = next((each.id for each in there if each.name == name), "")
            if not found:
                found = client.make_glossary(name, source, target, entries)
            for each in there:
                if each.name.startswith(family) and each.name != name:
                    client.delete_glossary(each.id)
        except EngineError as error:
            if isinstance(error, EngineUnavailable) and error.may_pass:
                raise
            # A pair that has none, or an account that may have no more: the terms go
            # along with the texts. What else is wrong will be said of the texts.
            return ""
        return found


def entries_of(terms: Sequence[Term]) -> dict[str, str]:
    """What a glossary at DeepL holds of these terms: one translation for each."""
    entries: dict[str, str] = {}
    for term in terms:
        if term.status == "preferred" and term.target:
            source, target = (" ".join(t.split()) for t in (term.source, term.target))
            entries.setdefault(source, target)
    return entries


def _digest(entries: Mapping[str, str]) -> str:
    listed = "\n".join(f"{source}\t{target}" for source, target in entries.items())
    return hashlib.sha256(listed.encode()).hexdigest()[:_DIGEST]
