"""
DeepL, by its official SDK (the extra `deepl`), over our own connections.

The SDK's own would follow a redirect with the key, take no proxy from the environment,
and try again for minutes. Each text of a call is in an element with its number, so that
an answer is known by that and not by its place.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import Final

from pipeline.engines import Answer, Limits, Request
from pipeline.engines.deepl.client import Client
from pipeline.engines.deepl.glossaries import Glossaries, entries_of
from pipeline.engines.deepl.languages import source_code, target_code
from pipeline.errors import EngineRefused, UnsupportedLocale
from pipeline.late import regex
from pipeline.masking import Dialect
from pipeline.transport.service import Service
from pipeline.transport.settings import Settings

_OWN: Final = (
    "api_key_env",
    "api_key_keyring",
    "base_url",
    "formality",
    "glossary",
    "glossary_id",
    "batch",
)
_MOST_BATCH: Final = 50
"""Texts in a call that DeepL takes; and 128 KiB."""
_USUAL: Final = Limits(
    batch=20,
    characters=20_000,
    deadline=30.0,
    workers=4,
    dialect=Dialect.TAGS,
    takes_terms=True,
    takes_glossary=True,
)
_FORMALITY: Final = {
    "formal": "prefer_more",
    "informal": "prefer_less",
    "default": "default",
}
_CONTEXT: Final = 1_500
"""Characters of context; DeepL does not charge for them."""
_TAG: Final = regex(r"<[^<>]*>")
_NUMBERED: Final = regex(r'\s*<t id="(\d+)">(.*)</t>\s*', re.DOTALL)


class DeepL:
    """The service of DeepL."""

    name = "deepl"
    origin = "deepl"
    needs_network = True

    def __init__(self, settings: Mapping[str, object]) -> None:
        """Take `[engine.deepl]`. Raises ConfigError naming the known keys."""
        table = Settings.read(self.name, settings, *_OWN)
        table.require_key()
        self._url = table.address("base_url")
        formality = table.choice("formality", tuple(_FORMALITY))
        self._formality = _FORMALITY[formality]
        self._glossary = table.text("glossary_id")
        self._glossaries = Glossaries(table.text("glossary", "publish"))
        limits, endurance = _USUAL.within(table, most_batch=_MOST_BATCH)
        variant = f"{formality} {self._glossary}".strip()
        self.limits = replace(limits, variant=variant)
        self._service = Service(self.origin, table, endurance)

    def missing(self) -> str:
        """What has to be installed; empty if nothing."""
        if find_spec("deepl"):
            return ""
        return "the package deepl is not installed; pip install 'publish[deepl]'"

    def probe(self) -> None:
        """Ask how much is used. Raises an EngineError."""
        Client(self._service, self._url, self._service.deadline()).probe()

    def translate(
        self,
        requests: Sequence[Request],
        *,
        source: str,
        target: str,
    ) -> Iterator[Answer]:
        """
        One answer each, in one call.

        What comes back without its number is asked for again, alone. Raises
        EngineUnavailable, RateLimited or UnsupportedLocale.
        """
        codes = (source_code(source), target_code(target))
        if codes[0] == codes[1].partition("-")[0]:
            raise UnsupportedLocale(f"deepl does not translate from {source}")
        until = self._service.deadline()
        found = self._numbered(requests, codes, until)
        for request in requests:
            if request.id in found:
                yield Answer(request.id, found[request.id])
                continue
            try:
                (text,) = self._translated([request], [request.text], codes, until)
            except EngineRefused as error:
                yield Answer(request.id, None, error.message)
            else:
                yield Answer(request.id, text)

    def _numbered(
        self, requests: Sequence[Request], codes: tuple[str, str], until: float
    ) -> dict[str, str]:
        """The answers by the number that came back with them, where each is known."""
        if len(requests) == 1:
            return {}
        texts = [f'<t id="{n}">{r.text}</t>' for n, r in enumerate(requests)]
        found: dict[str, str] = {}
        try:
            answers = self._translated(requests, texts, codes, until)
        except EngineRefused:
            # One text may have spoiled it for all.
            return {}
        for match in filter(None, map(_NUMBERED.fullmatch, answers)):
            if int(match[1]) >= len(requests):
                continue
            key = requests[int(match[1])].id
            if key in found:
                return {}
            found[key] = match[2]
        return found

    def _translated(
        self,
        requests: Sequence[Request],
        texts: Sequence[str],
        codes: tuple[str, str],
        until: float,
    ) -> list[str]:
        client = Client(self._service, self._url, until)
        glossary = self._glossary or self._glossaries.find(
            client, requests[0].glossary, codes
        )
        answers = client.translated(
            texts,
            source_lang=codes[0],
            target_lang=codes[1],
            context=_context(requests, with_terms=not glossary),
            formality=self._formality,
            glossary=glossary or None,
            tag_handling="xml",
            outline_detection=False,
            non_splitting_tags=["g", "x"],
            splitting_tags=["t"],
        )
        if len(answers) != len(texts):
            raise EngineRefused(f"deepl gave {len(answers)} texts for {len(texts)}")
        return answers


def _context(requests: Sequence[Request], *, with_terms: bool) -> str:
    """What the texts are about; and their terms, where no glossary has them."""
    parts = list(dict.fromkeys(r.domain for r in requests if r.domain))
    if with_terms:
        terms = entries_of([term for request in requests for term in request.terms])
        parts += [f"{source} = {target}" for source, target in terms.items()]
    parts += [_TAG.sub(" ", request.text) for request in requests]
    return "\n".join(parts)[:_CONTEXT]
