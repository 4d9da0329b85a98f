"""Which language has which rules."""

from pipeline.glossary.languages import (
    UNKNOWN,
    Language,
    ar,
    changing_ends,
    de,
    en,
    romance,
    tr,
    unspaced,
)

_LANGUAGES = {
    "ar": ar.LANGUAGE,
    "az": Language(changing_ends, tr.fold),
    "ca": romance.SPANISH,
    "de": de.LANGUAGE,
    "en": en.LANGUAGE,
    "es": romance.SPANISH,
    "fr": romance.FRENCH,
    "gl": romance.SPANISH,
    "it": romance.ITALIAN,
    "ja": unspaced.UNSPACED,
    "km": unspaced.UNSPACED,
    "ko": unspaced.KOREAN,
    "lo": unspaced.UNSPACED,
    "my": unspaced.UNSPACED,
    "pt": romance.PORTUGUESE,
    "th": unspaced.UNSPACED,
    "tr": tr.LANGUAGE,
    "yue": unspaced.UNSPACED,
    "zh": unspaced.UNSPACED,
}


def language(locale: str) -> Language:
    """The rules of a locale's language (BCP 47)."""
    return _LANGUAGES.get(locale.partition("-")[0], UNKNOWN)
