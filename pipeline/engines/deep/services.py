"""What deep_translator offers, and how each service spells a locale."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from typing import Final

from pipeline.late import dataclass


@dataclass(frozen=True, slots=True)
class Service:
    """One class of deep_translator."""

    name: str
    kind: str
    """The class."""

    languages: str = ""
    """The library's table of languages; empty: the service takes BCP 47."""

    secrets: Mapping[str, str] = field(default_factory=dict)
    """The class's arguments by the setting that names their variable."""

    options: tuple[str, ...] = ()
    """Further settings that are arguments."""

    keywords: Mapping[str, str] = field(default_factory=dict)
    """What `translate` needs besides the text."""

    characters: int = 4_500
    address: str = ""
    """Where it is, if not where the library says."""

    is_movable: bool = True
    """Whether `base_url` can lead elsewhere."""

    def arguments(
        self,
        options: Mapping[str, str],
        secrets: Mapping[str, str],
    ) -> dict[str, object]:
        """What its class is made with, besides the languages."""
        given: dict[str, object] = {
            argument: secrets.get(setting, "none")
            for setting, argument in self.secrets.items()
        }
        given |= options
        if self.name == "libre":
            given["use_free_api"] = False
        if self.name == "deepl":
            given["use_free_api"] = secrets.get("api_key", "").endswith(":fx")
        return given


_KEY: Final = {"api_key": "api_key"}
_ALL: Final = (
    Service("google", "GoogleTranslator", "GOOGLE_LANGUAGES_TO_CODES"),
    # The library would go there over plain http.
    Service(
        "mymemory",
        "MyMemoryTranslator",
        "MY_MEMORY_LANGUAGES_TO_CODES",
        characters=490,
        address="https://api.mymemory.translated.net/get",
    ),
    Service("libre", "LibreTranslator", "LIBRE_LANGUAGES_TO_CODES", _KEY),
    Service("microsoft", "MicrosoftTranslator", "", _KEY, options=("region",)),
    Service("yandex", "YandexTranslator", "GOOGLE_LANGUAGES_TO_CODES", _KEY),
    Service("deepl", "DeeplTranslator", "DEEPL_LANGUAGE_TO_CODE", _KEY),
    Service(
        "papago",
        "PapagoTranslator",
        "PAPAGO_LANGUAGE_TO_CODE",
        {"api_id": "client_id", "api_key": "secret_key"},
    ),
    Service(
        "chatgpt",
        "ChatGptTranslator",
        "GOOGLE_LANGUAGES_TO_CODES",
        _KEY,
        options=("model",),
        is_movable=False,
    ),
    Service(
        "qcri",
        "QcriTranslator",
        "QCRI_LANGUAGE_TO_CODE",
        _KEY,
        keywords={"domain": "general"},
    ),
    Service(
        "baidu",
        "BaiduTranslator",
        "BAIDU_LANGUAGE_TO_CODE",
        {"api_id": "appid", "api_key": "appkey"},
    ),
)
SERVICES: Final = {service.name: service for service in _ALL}
DICTIONARIES: Final = frozenset({"linguee", "pons"})
"""What the library offers besides, for single words only."""

# How the services spell what CLDR spells otherwise.
_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "ar": ("ara",),
    "bg": ("bul",),
    "da": ("dan",),
    "es": ("spa",),
    "et": ("est",),
    "fi": ("fin",),
    "fil": ("tl",),
    "fr": ("fra",),
    "he": ("iw",),
    "ja": ("jp",),
    "jv": ("jw",),
    "ko": ("kor",),
    "nb": ("no",),
    "nn": ("no",),
    "no": ("nb-NO",),
    "ro": ("rom",),
    "sl": ("slo",),
    "sr": ("sr-Cyrl-RS",),
    "sv": ("swe",),
    "vi": ("vie",),
    "zh": ("zh-CN",),
    "zh-Hans": ("zh-CN", "zh"),
    "zh-Hans-CN": ("zh-CN", "zh"),
    "zh-CN": ("zh",),
    "zh-Hant": ("zh-TW", "cht"),
    "zh-Hant-TW": ("zh-TW", "cht"),
    "zh-Hant-HK": ("zh-HK", "zh-TW", "cht"),
    "zh-TW": ("cht",),
    "zh-HK": ("zh-TW", "cht"),
}
_MICROSOFT: Final = frozenset({"fr-CA", "pt-PT"})
"""The only tags with a territory there; `pt` is Brazil's."""
_SCRIPT: Final = 4
"""Letters of a script subtag (BCP 47)."""


def language_codes(
    service: Service,
    source: str,
    target: str,
) -> tuple[str, str] | None:
    """The service's codes for two BCP 47 tags; None: it does not know the pair."""
    if source == target:
        return None
    if not service.languages:
        return _for_microsoft(source), _for_microsoft(target)
    from deep_translator import constants

    table: Mapping[str, str] = getattr(constants, service.languages)
    # This one table is the other way round.
    known = table if service.name == "papago" else table.values()
    codes = (_code(source, known), _code(target, known))
    if not codes[0] or not codes[1] or codes[0] == codes[1]:
        return None
    return codes[0], codes[1]


def _for_microsoft(tag: str) -> str:
    parts = tag.split("-")
    if tag in _MICROSOFT or len(parts) == 1:
        return tag
    return "-".join(parts[:2]) if len(parts[1]) == _SCRIPT else parts[0]


def _code(tag: str, known: Collection[str]) -> str:
    spelled = {code.lower(): code for code in known}
    for candidate in _candidates(tag):
        if candidate.lower() in spelled:
            return spelled[candidate.lower()]
    # MyMemory wants a territory with each language.
    regional = (code for code in known if code.startswith(f"{tag}-"))
    return next(regional, "")


def _candidates(tag: str) -> Iterator[str]:
    """The tag, then what is as good: never another script than it asks for."""
    yield tag
    yield from _ALIASES.get(tag, ())
    language, _, rest = tag.partition("-")
    if rest and len(rest.partition("-")[0]) == _SCRIPT:
        return
    yield language
    yield from _ALIASES.get(language, ())
    yield f"{language}-{language}"
