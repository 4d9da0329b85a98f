"""How Apertium names a pair of languages: `eng-spa`, or `en-gl` in older data."""

from collections.abc import Collection, Iterator
from typing import Final

from pipeline.errors import UnsupportedLocale

_THREE: Final = {
    "af": "afr",
    "ar": "ara",
    "arg": "arg",
    "ast": "ast",
    "be": "bel",
    "bg": "bul",
    "br": "bre",
    "ca": "cat",
    "cs": "ces",
    "cy": "cym",
    "da": "dan",
    "de": "deu",
    "en": "eng",
    "eo": "epo",
    "es": "spa",
    "eu": "eus",
    "fi": "fin",
    "fr": "fra",
    "gl": "glg",
    "hi": "hin",
    "id": "ind",
    "is": "isl",
    "it": "ita",
    "kk": "kaz",
    "mk": "mkd",
    "ms": "zlm",
    "mt": "mlt",
    "nb": "nob",
    "nl": "nld",
    "nn": "nno",
    "no": "nob",
    "oc": "oci",
    "pl": "pol",
    "pt": "por",
    "ro": "ron",
    "ru": "rus",
    "sc": "srd",
    "sl": "slv",
    "sr": "hbs",
    "hr": "hbs",
    "bs": "hbs",
    "sv": "swe",
    "tr": "tur",
    "tt": "tat",
    "uk": "ukr",
    "ur": "urd",
}
_VARIANTS: Final = {
    "ca-valencia": ("cat_valencia",),
    "pt-BR": ("por_BR", "pt_BR"),
    "en-US": ("eng_US", "en_US"),
    "hr": ("hbs_HR",),
    "sr": ("hbs_SR",),
    "bs": ("hbs_BS",),
    "sr-Cyrl": ("hbs_SR",),
}


def find_pair(source: str, target: str, known: Collection[str]) -> tuple[str, str]:
    """
    The names of two BCP 47 tags in a pair that is known.

    Raises UnsupportedLocale naming the pairs there are.
    """
    for ours in _names(source):
        for theirs in _names(target):
            if f"{ours}-{theirs}" in known:
                return ours, theirs
    listed = ", ".join(sorted(known)) or "none"
    raise UnsupportedLocale(
        f"apertium does not translate from {source} into {target}",
        hint=f"its pairs are {listed}; Debian has more: apt-cache search apertium-",
    )


def _names(tag: str) -> Iterator[str]:
    """What a language may be called, the exact names first."""
    yield from _VARIANTS.get(tag, ())
    language = tag.partition("-")[0]
    if tag != language:
        yield from _VARIANTS.get(language, ())
    yield _THREE.get(language, language)
    yield language
