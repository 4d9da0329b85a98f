"""What could run, mislead or hide: nothing of it that the source does not have."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import partial
from html import unescape
from typing import Final

from pipeline import cldr
from pipeline.characters import HIDDEN, hidden, signs
from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity

_ELEMENT: Final = regex(
    r"<\s*/?\s*(applet|audio|base|bdo|button|canvas|dialog|embed|form|frame|frameset"
    r"|iframe|input|link|listing|marquee|math|meta|noembed|noframes|noscript|object"
    r"|param|plaintext|portal|script|select|slot|source|style|svg|template|textarea"
    r"|title|track|video|xml|xmp)(?![\w-])",
    re.IGNORECASE,
)
_ATTRIBUTE: Final = regex(
    r"""[\s/"'](on[a-z]{3,30}|style|srcdoc|formaction|xlink:href|ping|http-equiv|xmlns)
        \s*=""",
    re.IGNORECASE | re.VERBOSE,
)
# Blanks and control characters, which browsers drop, may stand anywhere in a scheme.
_BLANKS: Final = r"[\x00-\x20]*+"
# What begins with a set of characters is found fast; then it is looked back for `]`.
_SCHEME: Final = regex(
    rf"""[=<(:](?:(?<=[=<])|(?<=\][(:])){_BLANKS}[<"']?{_BLANKS}("""
    + "|".join(_BLANKS.join(name) for name in ("javascript", "vbscript", "data"))
    + rf"){_BLANKS}:",
    re.IGNORECASE,
)
_RTL_MARKS: Final = frozenset("\u200e\u200f\u061c")
_JOINERS: Final = frozenset("\u200c\u200d")
_ZERO_SPACE: Final = "\u200b"
_NARROW: Final = frozenset("\u200b\u200c\u200d\u200e\u2060\ufeff")
"""They have no width and, in text from left to right, turn nothing round."""

_POP: Final = "\u202c"
_EMBEDDINGS: Final = frozenset({"\u202a", "\u202b", _POP})
_ISOLATES: Final = frozenset("\u2068\u2069")
# Languages whose spelling needs the joiners, and those that write without spaces.
_JOINING: Final = frozenset(
    "ar as bn ckb dv fa gu hi kn ks ku ml mr ne or pa ps sa sd si ta te ug ur".split(),
)
_UNSPACED: Final = frozenset({"bo", "ja", "km", "lo", "my", "th", "zh"})
_EMOJI: Final = regex("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")


class Unsafe:
    """Finds markup and characters that a translation has no reason to bring along."""

    name = "unsafe"
    severity = Severity.ERROR
    signs = frozenset({"<", ":", "&", HIDDEN})
    only_of_unlike = True
    explanation = (
        "The text has markup that could run or restyle the page, or invisible "
        "characters that change how it reads (a reversed 12 mg is 21 mg). Delete it."
    )
    good = (
        Example("tr", "Call us.", "Bizi arayın."),
        Example("tr", "<b>Call</b> us.", "Bizi <b>arayın</b>."),
        Example("fa", "books", "کتاب\N{ZERO WIDTH NON-JOINER}ها"),
    )
    bad = (
        Example("tr", "Call us.", "Bizi arayın.<script>alert(1)</script>"),
        Example("de", "Call us.", '<a onclick="x()">Rufen Sie an.</a>'),
        Example("ar", "12 mg", "\N{RIGHT-TO-LEFT OVERRIDE}12 mg"),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        return compare_pairs(message, partial(_compare, locale=context.locale))


def _compare(source: str, msgstr: str, locale: str) -> Iterator[Remark]:
    features = _features(msgstr)
    if features:
        for feature in Counter(features) - Counter(_features(source)):
            yield Remark(f"{feature} is not in the source; take it out")
    if HIDDEN not in signs(msgstr):
        return
    known = Counter(hidden.findall(source))
    has_isolates = _has_balanced_isolates(msgstr)
    for match in hidden.finditer(msgstr):
        character = match[0]
        known[character] -= 1
        if known[character] >= 0 or (character in _ISOLATES and has_isolates):
            continue
        if not _is_spelling(msgstr, match.start(), locale):
            yield Remark(
                f"the invisible character {_named(character)} "
                f"{_place(msgstr, match.start())} is not in the source; delete it",
                _weight(msgstr, character, locale),
            )


def _features(text: str) -> list[str]:
    """What of a text could run or restyle: elements, attributes, schemes."""
    found = []
    if "<" in text:
        found += [f"<{name.lower()}>" for name in _ELEMENT.findall(text)]
        found += [
            f"the attribute {name.lower()}"
            for name in _ATTRIBUTE.findall(text, text.index("<"))
        ]
    if ":" in text or "&" in text:
        found += [
            f"a link of the kind {_without_blanks(name).lower()}:"
            for name in _SCHEME.findall(unescape(text))
        ]
    return found


def _without_blanks(name: str) -> str:
    return "".join(character for character in name if character > " ")


def _has_balanced_isolates(text: str) -> bool:
    depth = 0
    for character in text:
        if character == "\u2068":
            depth += 1
        elif character == "\u2069":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def _weight(text: str, character: str, locale: str) -> Severity | None:
    """A warning for what turns nothing round, though a search stumbles over it."""
    is_embedded = (
        character in _EMBEDDINGS
        and cldr.direction(locale) == "rtl"
        and sum(map(text.count, _EMBEDDINGS - {_POP})) == text.count(_POP)
    )
    return Severity.WARNING if is_embedded or character in _NARROW else None


def _is_spelling(text: str, position: int, locale: str) -> bool:
    """Whether the locale's own writing has this character."""
    character, language = text[position], locale.partition("-")[0]
    if character in _RTL_MARKS:
        return cldr.direction(locale) == "rtl"
    if character == _ZERO_SPACE:
        return language in _UNSPACED
    if character in _JOINERS:
        # Emoji are joined, too.
        around = text[max(0, position - 1) : position + 2]
        return language in _JOINING or _EMOJI.search(around) is not None
    return False


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".strip()


def _place(text: str, position: int) -> str:
    before = hidden.sub("", text[max(0, position - 20) : position]).strip()
    return f"after “{before}”" if before else "at the start"
