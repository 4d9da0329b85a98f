"""
The words of a language that turn a sentence into its opposite, as far as known.

Whole words or, where the language negates so, endings and characters. What is meant is
the difference between two versions of one sentence, not the grammar of either.
"""

import re
from functools import cache
from typing import Final

_WORDS: Final = {
    "ar": r"لا|لم|لن|ليست?|بدون|دون|غير|عدم|ممنوع",
    "de": r"nicht|nichts|nie|niemals|niemand(?:e[mns])?|nirgends|kein\w*|ohne|weder"
    r"|außer|vermeid\w*",
    "en": r"not|no|never|none|nor|neither|without|cannot|nothing|nobody|nowhere|unless"
    r"|except|avoid(?:s|ed|ing)?|\w+n['’]t",
    "es": r"no|nunca|jamás|sin|ningún|ningun[oa]s?|nada|nadie|tampoco|ni|salvo|evit\w+",
    "fr": r"ne|n(?=['’])|pas|jamais|sans|aucune?s?|rien|personne|ni|sauf|évit\w+",
    "it": r"non|mai|senza|nessun[oa]?|niente|nulla|né|tranne|evit\w+",
    "nl": r"niet|niets|nooit|geen|zonder|niemand|nergens|noch|behalve|vermijd\w*",
    "pt": r"não|nunca|jamais|sem|nenhum(?:a|as)?|nenhuns|nada|ninguém|nem|exceto"
    r"|evit\w+",
    "ru": r"не|нет|ни|никогда|никто|ничего|нигде|нельзя|без|кроме|избега\w+",
    "tr": r"değil\w*|yok\w*|asla|hiç\w*|olmaksızın|hariç|kaçın\w*|\w+m[ae]z\w*"
    r"|\w+m[ae]y(?:ın|in)(?:ız|iz)?|\w+m[ae]d[ae]n|\w+m[ae]m[ae]l[ıi]\w*",
}
# These write no blanks between words.
_CHARACTERS: Final = {
    "ja": r"ない|なかっ|なく|ません|ずに|禁止|避け",
    "zh": r"[不没未无無勿别別非]",
}


def negations(text: str, locale: str) -> int:
    """How many negations a text in a locale (BCP 47) has; 0 in unknown languages."""
    pattern = _pattern(locale.partition("-")[0])
    return sum(1 for _ in pattern.finditer(text)) if pattern else 0


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    if language in _CHARACTERS:
        return re.compile(_CHARACTERS[language])
    if language in _WORDS:
        return re.compile(rf"(?<!\w)(?:{_WORDS[language]})(?!\w)", re.IGNORECASE)
    return None
