"""The SDK's client, with connections of ours in the place of its own."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict, TypeVar, Unpack

from pipeline.errors import EngineError, EngineRefused, EngineUnavailable
from pipeline.late import dataclass
from pipeline.transport.service import Service
from pipeline.transport.web import Call

_T = TypeVar("_T")


class Options(TypedDict):
    """What `translate_text` is given besides the texts."""

    source_lang: str
    target_lang: str
    context: str
    formality: str
    glossary: str | None
    tag_handling: str
    outline_detection: bool
    non_splitting_tags: list[str]
    splitting_tags: list[str]


@dataclass(frozen=True, slots=True)
class Glossary:
    """A glossary at DeepL."""

    id: str
    name: str


class _Connections:
    """What the SDK takes for its HTTP client."""

    def __init__(self, service: Service, until: float) -> None:
        self._service = service
        self._until = until

    def request_with_backoff(
        self,
        method: str,
        url: str,
        *,
        json: Mapping[str, object] | None,
        headers: Mapping[str, str],
        **_: object,
    ) -> tuple[int, str]:
        """One call, with our own second tries. Raises an EngineError."""
        call = Call(method=method, url=url, json=json, headers=headers)
        reply = self._service.ask(call, self._until)
        return reply.status_code, reply.text

    def close(self) -> None:
        """Each connection is closed already."""


class Client:
    """One client for the calls that share a deadline."""

    def __init__(self, service: Service, url: str, until: float) -> None:
        """Raises EngineUnavailable without the SDK or the key."""
        try:
            from deepl import DeepLClient
        except ImportError:
            raise EngineUnavailable(
                "deepl needs a package that is not installed: deepl",
                hint="pip install 'publish[deepl]'",
            ) from None
        address = f"{url}/" if url else None
        self._client = DeepLClient(service.key(), server_url=address)
        vars(self._client)["_client"] = _Connections(service, until)

    def translated(self, texts: Sequence[str], **options: Unpack[Options]) -> list[str]:
        """The texts that came back, as many as there were. Raises an EngineError."""
        results = _called(
            lambda: self._client.translate_text(list(texts), **options),
        )
        listed = results if isinstance(results, list) else [results]
        # Its types promise a text; what it read may be anything.
        found: list[object] = [vars(each).get("text") for each in listed]
        return [text for text in found if isinstance(text, str)]

    def glossaries(self) -> list[Glossary]:
        """Those of the account. Raises an EngineError."""
        listed = _called(self._client.list_glossaries)
        return [Glossary(each.glossary_id, each.name) for each in listed if each.ready]

    def make_glossary(
        self, name: str, source: str, target: str, entries: Mapping[str, str]
    ) -> str:
        """Make one; gives its id, empty if it is not ready. Raises an EngineError."""
        made = _called(
            lambda: self._client.create_glossary(name, source, target, dict(entries))
        )
        return made.glossary_id if made.ready else ""

    def delete_glossary(self, identity: str) -> None:
        """Delete one. Raises an EngineError."""
        _called(lambda: self._client.delete_glossary(identity))

    def probe(self) -> None:
        """Ask how much is used. Raises an EngineError."""
        _called(self._client.get_usage)


def _called(call: Callable[[], _T]) -> _T:
    """What a call of the SDK gives; its exceptions become ours."""
    try:
        return call()
    except EngineError:
        raise
    except Exception as foreign:  # noqa: BLE001 - one door: whatever the SDK raises ends here
        # Its own words may quote the text or the key.
        name = type(foreign).__name__
        raise EngineRefused(
            f"deepl gave an answer that cannot be read ({name})"
        ) from None
