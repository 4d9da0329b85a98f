"""How DeepL spells a locale (developers.deepl.com, "Languages supported")."""

from typing import Final

_TARGETS: Final = {
    "en": "EN-US",
    "no": "NB",
    "pt": "PT-PT",
    "zh": "ZH-HANS",
    "zh-CN": "ZH-HANS",
    "zh-SG": "ZH-HANS",
    "zh-TW": "ZH-HANT",
    "zh-HK": "ZH-HANT",
}
_REGIONAL: Final = frozenset("en-GB en-US es-419 pt-BR pt-PT zh-Hans zh-Hant".split())
_SCRIPT: Final = 4
"""Letters of a script subtag (BCP 47)."""


def source_code(tag: str) -> str:
    """The language of a text: without a territory."""
    language = tag.partition("-")[0]
    return "NB" if language == "no" else language.upper()


def target_code(tag: str) -> str:
    """The language to translate into: never another script than asked for."""
    if tag in _TARGETS:
        return _TARGETS[tag]
    language, _, rest = tag.partition("-")
    is_script = len(rest.partition("-")[0]) == _SCRIPT
    if tag in _REGIONAL or is_script:
        return tag.upper()
    return _TARGETS.get(language, language.upper())
