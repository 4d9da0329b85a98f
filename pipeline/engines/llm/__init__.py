"""
A language model behind an OpenAI-compatible endpoint: a service, vLLM, or Ollama here.

Texts go as JSON and come back as JSON, each under a key of its own and with its first
words, so that an answer that slipped to another text is seen. What a text says is data:
an instruction in an article is translated, not obeyed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from json import dumps
from typing import Final

from pipeline.engines import Answer, Limits, Request
from pipeline.engines.llm.answers import Unreadable, beginning, read_answers
from pipeline.engines.llm.prompt import REGISTERS, keys_of, messages
from pipeline.errors import EngineRefused, EngineUnavailable
from pipeline.masking import Dialect
from pipeline.transport.safety import said_in
from pipeline.transport.service import Service
from pipeline.transport.settings import Settings
from pipeline.transport.web import Call

_OWN: Final = (
    "base_url",
    "model",
    "api_key_env",
    "api_key_keyring",
    "register",
    "instructions",
    "temperature",
    "batch",
)
_USUAL: Final = Limits(
    batch=10,
    characters=6_000,
    deadline=180.0,
    workers=2,
    dialect=Dialect.TAGS,
    takes_terms=True,
    takes_examples=True,
)


class Llm:
    """One model."""

    name = "llm"
    needs_network = True

    def __init__(self, settings: Mapping[str, object]) -> None:
        """Take `[engine.llm]`. Raises ConfigError naming the known keys."""
        table = Settings.read(self.name, settings, *_OWN)
        self._url = table.address("base_url")
        self._model = table.text("model")
        for key, value, example in (
            ("base_url", self._url, "http://127.0.0.1:11434/v1"),
            ("model", self._model, "the name by which the endpoint knows it"),
        ):
            if not value:
                raise table.fail(f"needs {key}", f'{key} = "{example}"')
        self.origin = f"llm:{self._model}"
        self._register = table.choice("register", tuple(REGISTERS))
        self._instructions = table.text("instructions")
        self._temperature: float | None = None
        if "temperature" in settings:
            self._temperature = table.number("temperature", 0.0)
        limits, endurance = _USUAL.within(table)
        variant = " ".join(filter(None, (self._register, self._instructions)))
        self.limits = replace(limits, variant=variant)
        self._service = Service(self.origin, table, endurance)
        self._has_json_mode = True

    def probe(self) -> None:
        """Ask for the list of models. Raises an EngineError."""
        url = f"{self._url}/models"
        self._service.ask(Call(method="GET", url=url, headers=self._headers()))

    def translate(
        self,
        requests: Sequence[Request],
        *,
        source: str,
        target: str,
    ) -> Iterator[Answer]:
        """
        One answer each.

        What is missing from a reply, or is in one that cannot be read, is asked for
        again in smaller calls, down to single texts. Raises EngineUnavailable or
        RateLimited.
        """
        until = self._service.deadline()
        left = _apart(requests)
        while left:
            batch = left.pop(0)
            answers = self._asked(batch, source, target, until)
            missing = [answer for answer in answers if answer.text is None]
            yield from (answer for answer in answers if answer.text is not None)
            if len(batch) == 1:
                yield from missing
                continue
            ids = {answer.id for answer in missing}
            rest = [request for request in batch if request.id in ids]
            left += _halves(rest) if len(rest) == len(batch) else [rest] if rest else []

    def _asked(
        self, batch: Sequence[Request], source: str, target: str, until: float
    ) -> list[Answer]:
        """What came of one call, for each text. Raises EngineUnavailable and others."""
        try:
            return self._answered(batch, source, target, until)
        except (EngineRefused, Unreadable) as error:
            why = self._service.shown(str(error))
            return [Answer(request.id, None, why) for request in batch]

    def _answered(
        self, batch: Sequence[Request], source: str, target: str, until: float
    ) -> list[Answer]:
        keys = keys_of(batch)
        said = self._said(
            messages(
                keys,
                source,
                target,
                register=REGISTERS[self._register],
                instructions=self._instructions,
            ),
            until,
        )
        return read_answers(said, keys)

    def _said(self, prompt: list[dict[str, str]], until: float) -> str:
        query: dict[str, object] = {"model": self._model, "messages": prompt}
        if self._temperature is not None:
            query["temperature"] = self._temperature
        if self._has_json_mode:
            query["response_format"] = {"type": "json_object"}
        call = Call(
            url=f"{self._url}/chat/completions", json=query, headers=self._headers()
        )
        try:
            reply = self._service.ask_json(call, until)
        except EngineRefused as error:
            if self._has_json_mode and "response_format" in error.message:
                # Some servers do not know it, and do as well without.
                self._has_json_mode = False
                return self._said(prompt, until)
            raise
        return self._content(reply)

    def _content(self, reply: object) -> str:
        if isinstance(reply, dict) and reply.get("error"):
            # Some gateways report a used-up quota with status 200.
            said = self._service.shown(said_in(dumps(reply)))
            raise EngineUnavailable(f"{self.origin} answered with an error: {said}")
        choices = reply.get("choices") if isinstance(reply, dict) else None
        choice = choices[0] if isinstance(choices, list) and choices else None
        message = choice.get("message") if isinstance(choice, dict) else None
        if not isinstance(message, dict):
            raise EngineRefused(f"{self.origin} gave an answer that cannot be read")
        if isinstance(refusal := message.get("refusal"), str) and refusal:
            raise EngineRefused(f"the model refused: {refusal}")
        content = message.get("content")
        if not isinstance(content, str):
            raise EngineRefused("the model gave no text")
        return content

    def _headers(self) -> dict[str, str]:
        key = self._service.key()
        return {"Authorization": f"Bearer {key}"} if key else {}


def _apart(requests: Sequence[Request]) -> list[list[Request]]:
    """Batches in which no two texts begin alike: that tells their answers apart."""
    batches: list[dict[tuple[str, ...], Request]] = []
    for request in requests:
        begins = beginning(request.text)
        free = next((batch for batch in batches if begins not in batch), None)
        if free is None:
            free = {}
            batches.append(free)
        free[begins] = request
    return [list(batch.values()) for batch in batches]


def _halves(batch: list[Request]) -> list[list[Request]]:
    middle = (len(batch) + 1) // 2
    return [half for half in (batch[:middle], batch[middle:]) if half]
