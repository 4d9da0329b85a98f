"""
What differs between two versions of a sentence that may harm whoever acts on it.

Numbers, units, how often, which side, negation, and opposites that changed places:
all that a reader of two similar texts overlooks and must not.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import starmap
from typing import Final

from pipeline.late import regex
from pipeline.negations import negations
from pipeline.number_words import number_words
from pipeline.numbers import numbers

_OTHER_UNITS: Final = "the units differ"
_VAGUE: Final = frozenset({"0", "1"})
"""Values that words like `no` and `a` have as well."""

_UNITS: Final = {
    "en": "second:seconds? minute:minutes? hour:hours? day:days? week:weeks? "
    "month:months? year:years? fortnight:fortnights? mg:mg|milligrams? "
    "µg:mcg|µg|μg|micrograms? g:g|grams? kg:kg|kilograms? ml:ml|millilit(?:er|re)s? "
    "l:l|lit(?:er|re)s? dl:dl mmol:mmol IU:IU mm:mm|millimet(?:er|re)s? "
    "cm:cm|centimet(?:er|re)s? °:degrees? %:percent tablet:tablets? capsule:capsules? "
    "drop:drops? puff:puffs? sachet:sachets? teaspoon:teaspoons?|tsp "
    "tablespoon:tablespoons?|tbsp ampoule:ampoules?",
    "de": "second:sekunden? minute:minuten? hour:stunden? day:tage?n? week:wochen? "
    "month:monate?n? year:jahre?n? mg:mg|milligramm µg:µg|μg|mikrogramm g:g|gramm "
    "kg:kg|kilogramm ml:ml|milliliter l:l|liter mmol:mmol IE:IE mm:mm|millimeter "
    "cm:cm|zentimeter °:grad %:prozent tablet:tabletten? capsule:kapseln? "
    "drop:tropfen puff:hub|hübe sachet:beutel teaspoon:teelöffel "
    "tablespoon:esslöffel ampoule:ampullen?",
    "tr": "second:saniye minute:dakika hour:saat day:gün week:hafta month:ay year:yıl "
    "mg:mg|miligram µg:mcg|µg|μg|mikrogram g:g|gram kg:kg|kilogram ml:ml|mililitre "
    "l:l|litre mmol:mmol IU:IU mm:mm cm:cm °:derece tablet:tablet capsule:kapsül "
    "drop:damla sachet:poşet ampoule:ampul",
}
"""Words of measure, as whole words, also where a number is spelled out beside them."""

_FREQUENCIES: Final = {
    "en": r"hourly|daily|nightly|weekly|fortnightly|monthly|yearly|annually|once|twice"
    r"|thrice|every|each|mornings?|noon|afternoons?|evenings?|nights?|bedtime"
    r"|overnight|always|sometimes|occasionally|often|rarely|regularly|continuously",
    "de": r"stündlich|täglich|nächtlich|wöchentlich|monatlich|jährlich|einmal|zweimal"
    r"|dreimal|viermal|jede[nrms]?|alle|morgens|mittags|abends|nachts|immer|manchmal"
    r"|oft|selten|regelmäßig",
    "tr": r"saatte|günde|günlük|gecelik|haftada|haftalık|ayda|aylık|yılda|yıllık|her"
    r"|sabah|öğlen|akşam|gece|daima|bazen|sık|nadiren|düzenli",
}
_SIDES: Final = {
    "en": r"left|right|both|bilateral(?:ly)?|unilateral(?:ly)?|upper|lower|inner|outer",
    "de": r"links|rechts|linke[nrms]?|rechte[nrms]?|beide[nrms]?|beidseitig|einseitig"
    r"|obere[nrms]?|untere[nrms]?",
    "tr": r"sol|sağ|her iki|çift taraflı|tek taraflı|üst|alt",
}
_OPPOSITES: Final = {
    "en": "before/after more/less increase/decrease above/below start/stop "
    "begin/stop minimum/maximum open/close wet/dry hot/cold warm/cold high/low "
    "longer/shorter early/late safe/unsafe safe/dangerous allowed/forbidden "
    "must/may must/can should/may with/without empty/full sitting/lying raise/lower",
    "de": "vor/nach mehr/weniger erhöhen/verringern über/unter beginnen/beenden "
    "mindestens/höchstens mit/ohne warm/kalt heiß/kalt hoch/niedrig muss/darf",
    "tr": "önce/sonra fazla/az artırın/azaltın üstünde/altında başlayın/bırakın "
    "sıcak/soğuk ılık/soğuk yüksek/düşük",
}


def differences(before: str, now: str, locale: str) -> Iterator[str]:
    """
    What differs between two versions of a text in a locale (BCP 47), as clauses.

    `the numbers differ`, `the units differ`, `a negation differs`... Nothing where only
    the wording does. Of languages without lists of their own, numbers, their units and
    negations alone are known.
    """
    if before == now:
        return
    if _values_differ(before, now, locale):
        yield "the numbers differ"
    elif _units(before, locale) != _units(now, locale):
        yield _OTHER_UNITS
    if negations(before, locale) != negations(now, locale):
        yield "a negation differs"


def harms(before: str, now: str, locale: str) -> Iterator[str]:
    """
    All of `differences`, and what stands in words.

    How often, on which side, in which measure, and opposites of which one took the
    other's place.
    """
    before, now = (_MARKUP.sub("", text) for text in (before, now))
    if before == now:
        return
    language = locale.partition("-")[0]
    found = list(differences(before, now, locale))
    if language in _UNITS:
        # A number that is spelled out now still has its unit.
        found = [each for each in found if each != _OTHER_UNITS]
        if _measures_differ(before, now, language):
            found.append(_OTHER_UNITS)
    if _words_differ(_FREQUENCIES, before, now, language):
        found.append("how often differs")
    if _words_differ(_SIDES, before, now, language):
        found.append("the side differs")
    found += starmap("“{}” became “{}”".format, _turned(before, now, language))
    yield from found


def _values_differ(before: str, now: str, locale: str) -> bool:
    """Whether other numbers are named, in digits or in words."""
    one, other = (
        Counter(number.value for number in numbers(text, locale))
        for text in (before, now)
    )
    words, other_words = (number_words(text, locale) - _VAGUE for text in (before, now))
    if words.union(one) != other_words.union(other):
        return True
    # A digit that is gone may be spelled out now, and the other way round.
    return bool(set(one - other) - other_words or set(other - one) - words)


def _units(text: str, locale: str) -> list[str]:
    return sorted(number.unit for number in numbers(text, locale) if number.unit)


def _words_differ(lists: dict[str, str], before: str, now: str, language: str) -> bool:
    words = lists.get(language)
    if words is None:
        return False
    find = _pattern(words).findall
    one, other = (Counter(map(str.casefold, find(text))) for text in (before, now))
    return one != other


def _measures_differ(before: str, now: str, language: str) -> bool:
    find = _measures(_UNITS[language]).finditer
    one, other = (
        Counter(match.lastgroup for match in find(text)) for text in (before, now)
    )
    return one != other


def _turned(before: str, now: str, language: str) -> Iterator[tuple[str, str]]:
    """The pairs of opposites of which one became the other."""
    pairs = _OPPOSITES.get(language, "").split()
    if not pairs:
        return
    one, other = (Counter(_WORD.findall(text.casefold())) for text in (before, now))
    if one == other:
        return
    for pair in pairs:
        first, second = pair.split("/")
        for a, b in ((first, second), (second, first)):
            if other[a] < one[a] and other[b] > one[b]:
                yield a, b


_WORD: Final = regex(r"[^\W\d_]+")
_MARKUP: Final = regex(r"\*+|~~|(?<!\w)_+|_+(?!\w)|`+|</?[a-z][\w-]*(?:\s[^<>]*)?>")
"""What emphasizes a word, and may stand between a number and its unit."""


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _measures(names: str) -> re.Pattern[str]:
    """A pattern whose last group tells which measure was found."""
    parts = [name.partition(":")[2] for name in names.split()]
    groups = "|".join(f"(?P<m{index}>{part})" for index, part in enumerate(parts))
    return re.compile(rf"(?<![^\W\d])(?:{groups})(?!\w)", re.IGNORECASE)
