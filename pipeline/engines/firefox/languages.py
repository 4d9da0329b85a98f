"""How Firefox names the languages of its models."""

from typing import Final

_ALIASES: Final = {
    "no": ("nb",),
    "zh-CN": ("zh-Hans", "zh"),
    "zh-SG": ("zh-Hans", "zh"),
    "zh-Hans": ("zh",),
    "zh": ("zh-Hans",),
    "zh-TW": ("zh-Hant",),
    "zh-HK": ("zh-Hant",),
    "zh-MO": ("zh-Hant",),
}
_SCRIPT: Final = 4
"""Letters of a script subtag (BCP 47)."""


def spellings(tag: str) -> tuple[str, ...]:
    """What a locale may be called there, the best name first; never another script."""
    named = (tag, *_ALIASES.get(tag, ()))
    language, _, rest = tag.partition("-")
    if not rest or len(rest.partition("-")[0]) == _SCRIPT or tag in _ALIASES:
        return named
    return (*named, language, *_ALIASES.get(language, ()))
