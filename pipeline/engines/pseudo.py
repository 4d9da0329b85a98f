"""
Pseudo-translation: shows untranslated text and layout trouble before there is any.

`en-XA` is English with accents, a third longer, in brackets: plain letters were never
asked for translation, a missing bracket was cut off. `en-XB` is English that is shown
from right to left. Both are Android's (developer.android.com, "Test your app with
pseudolocales"), stay legible, and work without a network.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from pipeline.cldr import PSEUDO_LOCALES
from pipeline.engines import Answer, Limits, Request
from pipeline.errors import ConfigError, UnsupportedLocale
from pipeline.late import regex
from pipeline.masking import TOKEN, mask, unmask

_PLAIN: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED: Final = "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
_ACCENTS: Final = str.maketrans(_PLAIN, _ACCENTED)
_FILLERS: Final = (
    "one two three four five six seven eight nine ten eleven twelve".translate(
        _ACCENTS,
    ).split()
)
_GROWTH: Final = 0.3
"""How much longer a translation of a short English text tends to be."""

# A word has a letter: numbers keep their order, as they do in Arabic.
_WORD: Final = regex(r"\w*[^\W\d_]\w*(?:['’-]\w+)*")
_OVERRIDE, _POP, _MARK = "\u202e", "\u202c", "\u200f"


def pseudolocalize(text: str, locale: str) -> str:
    """
    The text as a pseudo-locale shows it; what is not language stays as it is.

    Raises UnsupportedLocale for any other locale.
    """
    masked = mask(text)
    if not masked.has_words:
        return text
    return unmask(_style(locale)(masked.text), masked)


class Pseudo:
    """The pseudo-locales, as an engine."""

    name = "pseudo"
    origin = "pseudo"
    needs_network = False
    limits = Limits(batch=1_000, characters=10_000_000, is_sent=False)

    def __init__(self, settings: Mapping[str, object]) -> None:
        for key in settings:
            raise ConfigError(
                f"unknown key {key!r} in [engine.pseudo]",
                hint="it has no settings",
            )

    def translate(
        self,
        requests: Sequence[Request],
        *,
        source: str,
        target: str,
    ) -> Iterator[Answer]:
        """One answer each. Raises UnsupportedLocale for what is no pseudo-locale."""
        style = _style(target)
        if not source.startswith("en"):
            raise UnsupportedLocale(f"pseudo accents English, not {source}")
        for request in requests:
            yield Answer(request.id, style(request.text))


def _style(locale: str) -> Callable[[str], str]:
    if locale == "en-XA":
        return _accented
    if locale == "en-XB":
        return _mirrored
    raise UnsupportedLocale(
        f"pseudo does not translate into {locale}",
        hint=f"it knows {', '.join(sorted(PSEUDO_LOCALES))}",
    )


def _accented(text: str) -> str:
    accented = _outside_tokens(lambda part: part.translate(_ACCENTS), text)
    return f"[{accented}{_filler(text)}]"


def _filler(text: str) -> str:
    """Words that make it longer; without a line break, and never more than it is."""
    wanted = round(len(TOKEN.sub("", text)) * _GROWTH)
    parts: list[str] = []
    length = 0
    while length < wanted:
        word = _FILLERS[len(parts) % len(_FILLERS)]
        parts.append(word)
        length += len(word) + 1
    return "".join(f" {part}" for part in parts)


def _mirrored(text: str) -> str:
    return _outside_tokens(lambda part: _WORD.sub(_turned, part), text)


def _turned(word: re.Match[str]) -> str:
    return f"{_MARK}{_OVERRIDE}{word[0]}{_POP}{_MARK}"


def _outside_tokens(change: Callable[[str], str], text: str) -> str:
    parts: list[str] = []
    end = 0
    for token in TOKEN.finditer(text):
        parts += [change(text[end : token.start()]), token[0]]
        end = token.end()
    return "".join([*parts, change(text[end:])])
