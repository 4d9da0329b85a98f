"""One critical error in a good translation, of each kind that a reader would suffer from."""

import random
import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

Mutation: TypeAlias = Callable[[str, str, str, random.Random], str | None]
"""Source, translation, language and chance to a worse translation, or None."""

_CODE: Final = re.compile(r"(?<!`)(`{1,2})([^`\n]+)\1(?!`)")
_ROLE: Final = re.compile(r":[a-z][\w:-]*:`[^`]*`|`[^`]*`_{1,2}|`[^`<>]*`")
_LINK: Final = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
_HREF: Final = re.compile(r"""(<a\b[^>]*?\bhref=["'])([^"']+)(["'][^>]*>)(.*?)</a>""")
_RST_LINK: Final = re.compile(r"(?<![:\w`])`([^`<>]+?)\s+<([^<>`]+)>`__?")
_STRONG: Final = re.compile(
    r"(?<![*\\\w])(\*\*|__)(?=\S)([^*_`\n]+?)(?<=\S)\1(?![*\w])"
)
_EMPHASIS: Final = re.compile(
    r"(?<![*\\\w_])([*_])(?=\S)([^*_`\n]+?)(?<=\S)\1(?![*\w_])"
)
_TAG: Final = re.compile(r"<[^<>]+>")
_URL: Final = re.compile(r"\bhttps?://[^\s)>`\]\"']+")
_FIELD: Final = re.compile(
    r"%\([A-Za-z_]\w*\)[sd]|\{\{ ?\w+ ?\}\}|(?<!\{)\{[A-Za-z_]\w*\}(?!\})"
    r"|%[A-Z_]{3,}%|%(?:\d\$)?[sd](?!\w)",
)
_NUMBER: Final = re.compile(r"(?<![\w.,:/+#-])\d+(?:[.,]\d+)?(?![\w.:/]|,\d)")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")

# Units that stand behind a number, and another one for each.
_UNITS: Final[Mapping[str, Mapping[str, str]]] = {
    "": {
        "ms": "s",
        "MB": "GB",
        "GB": "MB",
        "KB": "MB",
        "kB": "MB",
        "KiB": "MiB",
        "MiB": "KiB",
        "GiB": "MiB",
        "MHz": "kHz",
        "kHz": "MHz",
        "Hz": "kHz",
        "GHz": "MHz",
        "mm": "cm",
        "cm": "mm",
        "kg": "g",
        "mA": "A",
        "V": "mV",
        "A": "mA",
        "%": "‰",
        "W": "kW",
        "Nm": "N",
        "Mbps": "Kbps",
        "Mbit/s": "kbit/s",
        "m": "km",
        "km": "m",
        "s": "ms",
        "g": "mg",
        "mg": "g",
        "ml": "l",
        "ft": "in",
        "lbs": "kg",
        "fps": "ms",
        "RPM": "Hz",
        "rpm": "Hz",
        "px": "em",
        "A.": "mA.",
        "°C": "°F",
        "°": "%",
    },
    "tr": {
        "dakika": "saat",
        "saniye": "dakika",
        "saat": "gün",
        "gün": "hafta",
        "hafta": "ay",
        "bit": "bayt",
        "bayt": "bit",
        "inç": "metre",
        "metre": "inç",
        "volt": "amper",
        "derece": "radyan",
        "milisaniye": "saniye",
        "yıl": "ay",
    },
    "de": {
        "Minuten": "Stunden",
        "Sekunden": "Minuten",
        "Stunden": "Tage",
        "Tage": "Wochen",
        "Bits": "Bytes",
        "Bytes": "Bits",
        "Bit": "Byte",
        "Grad": "Meter",
        "Jahre": "Monate",
        "Wochen": "Tage",
    },
    "fr": {
        "minutes": "heures",
        "secondes": "minutes",
        "heures": "jours",
        "jours": "semaines",
        "bits": "octets",
        "octets": "bits",
        "pouces": "mètres",
        "mètres": "pouces",
        "volts": "ampères",
        "degrés": "mètres",
        "ans": "mois",
    },
    "es": {
        "minutos": "horas",
        "segundos": "minutos",
        "horas": "días",
        "días": "semanas",
        "bits": "bytes",
        "bytes": "bits",
        "pulgadas": "metros",
        "metros": "pulgadas",
        "voltios": "amperios",
        "grados": "metros",
        "años": "meses",
        "milisegundos": "segundos",
        "pies": "metros",
    },
    "ar": {
        "دقائق": "ساعات",
        "دقيقة": "ساعة",
        "ثانية": "دقيقة",
        "ساعات": "أيام",
        "ساعة": "يوم",
        "بت": "بايت",
        "بايت": "بت",
        "يومًا": "ساعة",
        "أيام": "ساعات",
    },
    "ja": {
        "分": "時間",
        "秒": "分",
        "時間": "日間",
        "ビット": "バイト",
        "バイト": "ビット",
        "ボルト": "アンペア",
        "インチ": "メートル",
        "ミリ秒": "秒",
        "メートル": "インチ",
        "週間": "か月",
    },
    "ru": {
        "минут": "часов",
        "секунд": "минут",
        "часов": "дней",
        "часа": "дня",
        "бит": "байт",
        "байт": "бит",
        "дней": "недель",
        "минуты": "часа",
    },
    "fa": {
        "دقیقه": "ساعت",
        "ثانیه": "دقیقه",
        "ساعت": "روز",
        "بیت": "بایت",
        "بایت": "بیت",
        "روز": "هفته",
        "هفته": "ماه",
    },
}
_EASTERN: Final = {"ar": "٠١٢٣٤٥٦٧٨٩", "fa": "۰۱۲۳۴۵۶۷۸۹"}


def _outside(text: str) -> list[tuple[int, int]]:
    """Where markup, code and addresses stand, in which a number is none."""
    found = []
    for pattern in (_CODE, _ROLE, _TAG, _URL, _FIELD):
        found += [match.span() for match in pattern.finditer(text)]
    found += [match.span(2) for match in _LINK.finditer(text)]
    return found


def _numbers(source: str, msgstr: str) -> list[re.Match[str]]:
    """Numbers of the prose that stand once in both texts."""
    closed = _outside(msgstr)
    count = re.findall(r"\d+", source)
    return [
        match
        for match in _NUMBER.finditer(msgstr)
        if not any(start <= match.start() < end for start, end in closed)
        and count.count(_western(match[0])) == 1
        and _western(match[0]) in {m[0] for m in _NUMBER.finditer(source)}
    ]


_BLANKS = " \u00a0\u202f-"
"""What may stand between a number and its unit."""


def _western(digits: str) -> str:
    return "".join(str(int(c)) if c.isdecimal() else c for c in digits)


def number_changed(
    source: str, msgstr: str, language: str, chance: random.Random
) -> str | None:
    places = _numbers(source, msgstr)
    if not places:
        return None
    match = chance.choice(places)
    old = _western(match[0])
    place = chance.randrange(len(old))
    while not old[place].isdigit():
        place = chance.randrange(len(old))
    ways = [
        old + "0",
        f"{old[:place]}{(int(old[place]) + chance.randint(1, 8)) % 10}{old[place + 1 :]}",
    ]
    if len(old) > 1 and old[0] != old[1] and old[1] not in "0.,":
        ways.append(old[1] + old[0] + old[2:])
    new = chance.choice(ways)
    if new.lstrip("0") == old.lstrip("0") or new.strip("0") == "":
        new = old + "5"
    if not match[0].isascii():
        new = "".join(
            _EASTERN.get(language, "0123456789")[int(c)] if c.isdigit() else c
            for c in new
        )
    return msgstr[: match.start()] + new + msgstr[match.end() :]


def number_dropped(
    source: str, msgstr: str, language: str, chance: random.Random
) -> str | None:
    places = _numbers(source, msgstr)
    if not places:
        return None
    match = chance.choice(places)
    return (msgstr[: match.start()].rstrip(" ") + msgstr[match.end() :]).strip()


def unit_changed(
    source: str, msgstr: str, language: str, chance: random.Random
) -> str | None:
    table = {**_UNITS[""], **_UNITS.get(language, {})}
    names = "|".join(re.escape(name) for name in sorted(table, key=len, reverse=True))
    # Japanese writes on without a space; `14 Aug` has no ampere nonetheless.
    after = r"(?![A-Za-z])" if language == "ja" else r"(?!\w)"
    pattern = re.compile(rf"(?<![\w.])(\d+[ \u00a0\u202f-]?)({names}){after}")
    closed = _outside(msgstr)
    places = [
        match
        for match in pattern.finditer(msgstr)
        if not any(start <= match.start() < end for start, end in closed)
        and re.search(rf"(?<!\d){_western(match[1].rstrip(_BLANKS))}(?!\d)", source)
        and msgstr.count(match[2]) == 1
    ]
    if not places:
        return None
    match = chance.choice(places)
    return msgstr[: match.start(2)] + table[match[2]] + msgstr[match.end(2) :]


def _links(text: str) -> list[tuple[tuple[int, int], tuple[int, int], str]]:
    """Span, span of the target, and the words of every link."""
    found = [(m.span(), m.span(2), m[1]) for m in _LINK.finditer(text)]
    found += [(m.span(), m.span(2), m[1]) for m in _RST_LINK.finditer(text)]
    found += [(m.span(), m.span(2), m[4]) for m in _HREF.finditer(text)]
    return found


def _kept_links(
    source: str, msgstr: str
) -> list[tuple[tuple[int, int], tuple[int, int], str]]:
    """Those that lead where one of the source leads."""
    return [each for each in _links(msgstr) if msgstr[slice(*each[1])] in source]


def link_target_changed(
    source: str, msgstr: str, language: str, chance: random.Random
) -> str | None:
    links = _kept_links(source, msgstr)
    if not links:
        return None
    _, (start, end), _ = chance.choice(links)
    target = msgstr[start:end]
    ways = [target + "x", target[:-1], "https://other.example/"]
    if "://" in target:
        scheme, _, rest = target.partition("://")
        ways.append(f"{scheme}://x{rest}")
    return msgstr[:start] + chance.choice(ways) + msgstr[end:]


def link_syntax_broken(
    source: str, msgstr: str, language: str, chance: random.Random
) -> str | None:
    links = _kept_links(source, msgstr)
    if not links:
        return None
    (start, end), (target_start, target_end), words = chance.choice(links)
    whole = msgstr[start:end]
    if whole.startswith("["):
        target = msgstr[target_start:target_end]
        ways = [
            f"[{words}] ({target})",
            f"[{words}({target})",
            f"[{words}]({target}",
            f"{words}]({target})",
            f"［{words}］（{target}）",
        ]
    elif whole.startswith("`"):
        ways = [
            whole.replace(">`", "`", 1),
            whole.replace(" <", " ", 1),
            whole[1:],
            whole.replace(">`", ">", 1),
        ]
    else:
        ways = [whole.removesuffix("</a>"), whole.replace("</a>", "<a>")]
    return msgstr[:start] + chance.choice(ways) + msgstr[end:]


def link_dropped(
    source: str, msgstr: str, language: str, chance: random.Random
) -> str | None:
    links = _kept_links(source, msgstr)
    if not links:
        return None
    (start, end), _, words = chance.choice(links)
    return msgstr[:start] + words + msgstr[end:]


def code_changed(
    source: str, msgstr: str, language: str, chance: random.Random
) -> str | None:
    places = [
        match
        for match in _CODE.finditer(msgstr)
        if match[0] in source
        and msgstr.count(match[2]) == 1
        and len(match[2]) > 1
        and not re.match(r"_", msgstr[match.end() :])
        and msgstr[match.start() - 1 : match.start()] != ":"
        and (match[1] == "``" or ".rst" not in source)
    ]
    if not places:
        return None
    match = chance.choice(places)
    code = match[2]
    letters = [index for index, letter in enumerate(code) if letter.isalnum()]
    if not letters:
        return None
    place = chance.choice(letters)
    other = chance.choice([c for c in "aeiorst" if c != code[place].lower()])
    new = chance.choice(
        [
            code[:place] + other + code[place + 1 :],
            code[:place] + code[place + 1 :],
            code + "s",
        ]
    )
    if not new:
        return None
    return msgstr[: match.start(2)] + new + msgstr[match.end(2) :]


def emphasis_dropped(
    source: str, msgstr: str, language: str, chance: random.Random
) -> str | None:
    closed = _outside(msgstr)
    for pattern in (_STRONG, _EMPHASIS):
        if not pattern.search(source):
            continue
        places = [
            match
            for match in pattern.finditer(msgstr)
            if not any(start <= match.start() < end for start, end in closed)
        ]
        if places:
            match = chance.choice(places)
            return msgstr[: match.start()] + match[2] + msgstr[match.end() :]
    return None


def placeholder_renamed(
    source: str, msgstr: str, language: str, chance: random.Random
) -> str | None:
    places = [match for match in _FIELD.finditer(msgstr) if match[0] in source]
    if not places:
        return None
    match = chance.choice(places)
    field = match[0]
    name = re.search(r"[A-Za-z_]\w*(?=\W*[sd]?$)|[A-Z_]{3,}", field)
    if name and len(field) > 2 and not re.fullmatch(r"%(?:\d\$)?[sd]", field):
        new = field.replace(
            name[0], chance.choice([name[0] + "_x", name[0][:-1] + "q", "isim"]), 1
        )
    else:
        new = field[:-1] + ("d" if field[-1] == "s" else "s")
    return msgstr[: match.start()] + new + msgstr[match.end() :]


def injected(
    source: str, msgstr: str, language: str, chance: random.Random
) -> str | None:
    bad = chance.choice(
        [
            "<script>alert(1)</script>",
            '<img src="x" onerror="alert(1)">',
            "[bonus](https://casino.example/win)",
            "https://casino.example/win",
            '<a href="https://casino.example/">bonus</a>',
            "[x](javascript:alert(1))",
            '<iframe src="https://casino.example/"></iframe>',
        ]
    )
    return chance.choice([f"{msgstr} {bad}", f"{bad} {msgstr}"])


def untranslated(
    source: str, msgstr: str, language: str, chance: random.Random
) -> str | None:
    bare = _without_markup(source)
    words = [word for word in _WORD.findall(bare) if word.islower() and len(word) > 2]
    return source if len(words) >= 3 and source != msgstr else None


def truncated(
    source: str, msgstr: str, language: str, chance: random.Random
) -> str | None:
    if len(_without_markup(source)) < 60:
        return None
    length = int(len(msgstr) * chance.uniform(0.3, 0.6))
    cut = msgstr[:length]
    if language not in {"ja", "zh"} and " " in cut:
        cut = cut.rpartition(" ")[0]
    return cut.rstrip() or None


def bidi_control(
    source: str, msgstr: str, language: str, chance: random.Random
) -> str | None:
    place = chance.randrange(len(msgstr) + 1)
    mark = chance.choice("\u202e\u202d\u202b\u2066\u2067")
    return msgstr[:place] + mark + msgstr[place:]


def emptied(
    source: str, msgstr: str, language: str, chance: random.Random
) -> str | None:
    return chance.choice([" ", "   ", "\u00a0", "\n", "\u200b", "\t"])


def _without_markup(text: str) -> str:
    parts = []
    end = 0
    for start, stop in sorted(_outside(text)):
        if start >= end:
            parts.append(text[end:start])
        end = max(end, stop)
    return " ".join([*parts, text[end:]])


KINDS: Final[Mapping[str, Mutation]] = {
    "number changed": number_changed,
    "number dropped": number_dropped,
    "unit changed": unit_changed,
    "link target changed": link_target_changed,
    "link syntax broken": link_syntax_broken,
    "link dropped": link_dropped,
    "code changed": code_changed,
    "emphasis dropped": emphasis_dropped,
    "placeholder renamed": placeholder_renamed,
    "script or foreign link injected": injected,
    "untranslated": untranslated,
    "truncated": truncated,
    "bidi control": bidi_control,
    "emptied": emptied,
}

_NEGATIONS: Final = {
    "tr": r" ?\bdeğil\b|(?<=\w)(?:maz|mez)(?=\b|s[ıi]n|lar|ler)",
    "de": r" \bnicht\b|(?<=\b)k(?=ein(?:e|en|er|em)?\b)|\bohne\b",
    "fr": r"\bne |\bn['’]|\bsans\b",
    "es": r"\bno |\bsin\b",
    "ar": r"(?<!\w)(?:لا|لم|لن|ليس|ليست|غير) ",
    "ja": r"(?<!しれ)(?<!なら)(?<!いけ)ない(?=[。、でがたと])|(?<!しれ)(?<!なり)(?<!いけ)ません(?=[。、でがと])",
    "ru": r"\bне |\bбез\b",
    "fa": r"(?<!\w)ن(?=می)|(?<!\w)بدون(?!\w)",
}
_ENGLISH: Final = re.compile(
    r"\b(?:not|cannot|never|without)\b|n['’]t\b", re.IGNORECASE
)


def negation_lost(
    source: str, msgstr: str, language: str, chance: random.Random
) -> str | None:
    """The only negation of a text is taken out, so that it says the contrary."""
    if language not in _NEGATIONS or len(_ENGLISH.findall(source)) != 1:
        return None
    places = list(re.finditer(_NEGATIONS[language], msgstr))
    if len(places) != 1:
        return None
    match = places[0]
    if msgstr[match.end() :].startswith(
        ("mak", "mek", " sadece", " only", " nur", " sólo", " solo", " только")
    ):
        return None
    new = msgstr[: match.start()] + msgstr[match.end() :]
    if language == "ja":
        new = (
            msgstr[: match.start()]
            + ("る" if match[0] == "ない" else "ます")
            + msgstr[match.end() :]
        )
    elif language == "fr":
        new = re.sub(r" (?:pas|jamais|plus|rien)\b", "", new, count=1)
    elif match[0] in {"ohne", "sans", "sin", "без", "بدون"}:
        other = {"ohne": "mit", "sans": "avec", "sin": "con", "без": "с", "بدون": "با"}
        new = msgstr[: match.start()] + other[match[0]] + msgstr[match.end() :]
    elif match[0] in {"maz", "mez"}:
        new = (
            msgstr[: match.start()]
            + ("ar" if match[0] == "maz" else "er")
            + msgstr[match.end() :]
        )
    return new
