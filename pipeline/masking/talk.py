"""Signs that an answer is no translation: a service's warning, an excuse, chatter."""

import re
from typing import Final

from pipeline.late import regex

# What services send with status 200 in the place of a translation. Lower case.
_WARNINGS: Final = (
    "mymemory warning",
    "you used all available free translations",
    "query length limit",
    "invalid language pair",
    "is an invalid target language",
    "is an invalid source language",
    "please select two distinct languages",
    "no query specified",
    "invalid email provided",
    "quota exceeded",
    "quota has been exceeded",
    "quota limit",
    "exceeded your current quota",
    "out of credits",
    "insufficient credits",
    "too many requests",
    "rate limit",
    "request limit",
    "daily limit",
    "monthly limit",
    "unusual traffic",
    "<!doctype",
    "<html",
    "error 500 (server error)",
    "internal server error",
    "bad gateway",
    "gateway timeout",
    "service unavailable",
    "service temporarily unavailable",
    "invalid api key",
    "unauthorized",
    "access denied",
)
# How language models refuse, or talk instead of translating.
_ENGLISH: Final = regex(
    r"""
    \bi(?:['’]m|\ am)\ (?:very\ |really\ )?(?:sorry|afraid|unable|not\ able)\b
    | \bi\ (?:apologi[sz]e|regret)\b
    | \b(?:i|we)\ (?:can(?:not|['’]t|\ not)|could(?:\ not|n['’]t)|won['’]t|will\ not)
        \ (?:help|assist|provide|translate|comply|fulfil+|do|answer|continue|discuss
        |generate|process|share|give|offer|support)\b
    | \bas\ an?\ (?:ai|(?:large\ )?language\ model|assistant)\b
    | \b(?:here(?:['’]s|\ is|\ are)|this\ is|below\ is)\ (?:the|your|my|a)\ translat
    | \bthe\ translat(?:ion|ed\ text)\ (?:is|of|would)\b
    | \btranslation\s?:
    | ^\W*(?:sorry|sure|certainly|of\ course|okay|absolutely)[,!.:]
    | \blet\ me\ know\ if\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
# The same in other languages, each with the words of a source that it may translate.
_FOREIGN: Final = (
    (
        regex(
            r"""
            \b(?:no|não)\ (?:puedo|posso)\ (?:ayudar|proporcionar|traducir|ajudar
                |traduzir)
            | \bnon\ posso\ (?:aiutar|tradurre|fornire)
            | yardımcı\ olam\w* | \bçevirem\w* | çeviri\ yapam\w*
            | \bne\ (?:peux|puis)\ pas\ (?:vous\ |t['’])?(?:aider|traduire|fournir)
            | kann\ (?:ich\ )?(?:ihnen\ |dir\ )?(?:dabei\ |damit\ )?nicht
                \ (?:weiter)?helfen
            | не\ могу\ (?:вам\ )?(?:помочь|перевести)
            | لا\ (?:أستطيع|يمكنني)
            """,
            re.VERBOSE | re.IGNORECASE,
        ),
        (
            "help",
            "assist",
            "provide",
            "support",
            "translat",
            "cannot",
            "can't",
            "can’t",
        ),
    ),
    (
        regex(
            r"""
            ^\W*(?:lo\ siento|üzgünüm|désolée?|tut\ mir\ leid|es\ tut\ mir\ leid
                |mi\ dispiace|desculpe|извините|آسف|عذر[اً]+)\b
            """,
            re.VERBOSE | re.IGNORECASE,
        ),
        ("sorry", "apolog", "regret", "unfortunately", "afraid"),
    ),
    (
        regex(
            r"""
            ^\W*(?:işte|buyurun)\b.{0,20}\bçeviri | ^\W*çeviri(?:si)?\s?:
            | \baquí\ (?:está|tienes|tiene)\ la\ traducción
            | ^\W*(?:la\ )?traducción\s?:
            | \bvoici\ la\ traduction | ^\W*(?:la\ )?traduction\s?:
            | \bhier\ ist\ die\ übersetzung | ^\W*(?:die\ )?übersetzung\s?:
            | ^\W*(?:ecco\ )?la\ traduzione | ^\W*(?:إليك\ )?الترجمة
            """,
            re.VERBOSE | re.IGNORECASE,
        ),
        ("translat",),
    ),
)


def warning_in(answer: str, source: str) -> str:
    """What a service warns of in the place of a translation; empty: it does not."""
    answer, source = answer.lower(), source.lower()
    return next((w for w in _WARNINGS if w in answer and w not in source), "")


def talk_in(answer: str, source: str) -> str:
    """
    What says that an answer is talk; empty: nothing does.

    A source that says such a thing itself may be translated.
    """
    found = _ENGLISH.search(answer)
    if found and not _ENGLISH.search(source):
        return found[0].strip().lower()
    lower = source.lower()
    for pattern, words in _FOREIGN:
        found = pattern.search(answer)
        if found and not any(word in lower for word in words):
            return found[0].strip()
    return ""
