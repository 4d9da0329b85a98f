"""
Capital and small letters as a language has them, for Jinja2's filters of these names.

Turkish and Azerbaijani have two letters i, each with its own capital (Unicode's
SpecialCasing.txt); Python knows only the other languages' rule.
"""

from typing import Final

_DOTTED: Final = frozenset({"tr", "az"})


def upper(text: str, locale: str) -> str:
    """All letters as capitals: `diş` is `DİŞ` in Turkish."""
    return (text.replace("i", "İ") if _is_dotted(locale) else text).upper()


def lower(text: str, locale: str) -> str:
    """All letters small: `ILIK İÇ` is `ılık iç` in Turkish."""
    if _is_dotted(locale):
        text = text.replace("I", "ı").replace("İ", "i")
    return text.lower()


def capitalize(text: str, locale: str) -> str:
    """The first letter as a capital, the others small."""
    return upper(text[:1], locale) + lower(text[1:], locale)


def _is_dotted(locale: str) -> bool:
    return locale.partition("-")[0] in _DOTTED
