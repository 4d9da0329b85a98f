"""What a translation service may do wrong, and what it says when it does right."""

import re
from collections.abc import Callable
from typing import Final

WORDS: Final = str.maketrans("aeiou", "âêîôû")
KEPT: Final = re.compile(r"(\[X\d+X\]|<[^<>]*>|&#?\w+;)")


def translation(text: str) -> str:
    """Another text with the same tokens and numbers, which tells what was asked."""
    parts = KEPT.split(text)
    parts[::2] = [part.translate(WORDS) for part in parts[::2]]
    changed = "".join(parts)
    return changed if changed != text else f"{text} ê"


def inside(text: str, change: Callable[[str], str]) -> str:
    """A text changed within DeepL's numbered element, if it has one."""
    match = re.fullmatch(r'(<t id="\d+">)(.*)(</t>)', text, re.DOTALL)
    return match[1] + change(match[2]) + match[3] if match else change(text)


def _split(text: str) -> str:
    """Each token with a word within it."""
    text = re.sub(r"\[X(\d+)X\]", r"[X\1 ôf X]", text)
    return re.sub(r"<(/?[gx])([^<>]*)>", r"<\1 ôf \2>", text)


def _inflected(text: str) -> str:
    """Each token with an ending within it."""
    text = re.sub(r"\[X(\d+)X\]", r"[X\1Xler]", text)
    return re.sub(r'id="(\d+)"', r'id="\1ler"', text)


def _crossed(text: str) -> str:
    """The tokens from the last to the first."""
    tokens = KEPT.findall(text)
    return KEPT.sub(lambda _: tokens.pop(), text)


POEM: Final = (
    "Roses are red, violets are blue, here is the poem that was wanted by you."
)
TEXT_FAULTS: Final[dict[str, Callable[[str], str]]] = {
    "empty": lambda _: "",
    "blank": lambda _: " \n ",
    "echo": lambda text: text,
    "echo with a dot": lambda text: f"{text}.",
    "shouting": lambda text: KEPT.sub("", translation(text)).upper(),
    "shouting around tokens": lambda text: "".join(
        part if KEPT.fullmatch(part) else part.upper()
        for part in KEPT.split(translation(text))
    ),
    "lost token": lambda text: KEPT.sub("", translation(text)),
    "doubled token": lambda text: KEPT.sub(r"\1 \1", translation(text)),
    "inflected token": lambda text: _inflected(translation(text)),
    "split token": lambda text: _split(translation(text)),
    "crossed tokens": lambda text: _crossed(translation(text)),
    "foreign token": lambda text: f"{translation(text)} [X77X]",
    "glued": lambda text: KEPT.sub(r"\1/evil", translation(text)),
    "changed number": lambda text: re.sub(
        r"\b(\d+) mg", lambda m: f"{int(m[1]) + 1} mg", translation(text)
    ),
    "lost number": lambda text: re.sub(r"\b\d+ mg", "mg", translation(text)),
    "changed unit": lambda text: translation(text).replace(" mg", " g"),
    "quota": lambda _: "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS",
    "other quota": lambda _: "You exceeded your current quota, check your plan.",
    "refusal": lambda _: "I'm sorry, but I cannot help with that request.",
    "other refusal": lambda _: "Üzgünüm, bu konuda yardımcı olamam.",
    "talk": lambda text: f"Sure, here is the translation: {translation(text)}",
    "obeyed": lambda _: POEM,
    "markup": lambda text: f"<script>alert(1)</script>{translation(text)}",
    "emphasis": lambda text: f"**{translation(text)}**",
    "link": lambda text: f"{translation(text)} [bak](https://evil.example)",
    "turned": lambda text: f"\N{RIGHT-TO-LEFT OVERRIDE}{translation(text)}",
    "half a character": lambda text: f"{translation(text)} \ud83d",
    "endless": lambda text: translation(text) * 40,
}
"""What is no translation, though it comes with status 200."""

OF_PAIRS: Final = frozenset({"crossed tokens"})
"""Those that harm only a text with a pair of tokens."""

REPLY_FAULTS: Final = (
    "hang",
    "drip",
    "drip of headers",
    "reset",
    "429",
    "429 with a time",
    "429 with a long time",
    "500",
    "html",
    "redirect",
    "truncated",
    "no body",
    "null",
    "error with status 200",
    "wrong charset",
    "wrong count",
    "swapped",
    "swapped and unsaid",
    "twice",
)
"""What becomes of a whole reply; those that swap harm only where it has several."""

OF_THE_ENGINE: Final = frozenset(
    {
        "429",
        "429 with a time",
        "429 with a long time",
        "redirect",
        "error with status 200",
        "wrong charset",
    }
)
"""What is no text's fault: nothing that came in such a reply was a good answer."""
