"""
What CLDR knows of a locale, and how BCP 47 and gettext spell it.

One of Babel's two doors (the other is `render/`). Babel is imported when asked for
something that no small table here answers, because a build with nothing to do asks
for nothing else.
"""

from functools import cache
from typing import TYPE_CHECKING, Final

from pipeline.late import regex

if TYPE_CHECKING:
    from babel import Locale

PSEUDO_LOCALES: Final = frozenset({"en-XA", "en-XB"})
"""Accented and right-to-left pseudo-translations; in memory only."""

# Scripts that gettext spells as a territory or a modifier (gettext manual, "Locale
# Names").
_GETTEXT: Final = {
    "zh-Hans": "zh_CN",
    "zh-Hant": "zh_TW",
    "zh-Hans-CN": "zh_CN",
    "zh-Hant-TW": "zh_TW",
    "zh-Hant-HK": "zh_HK",
    "sr-Latn": "sr@latin",
    "uz-Cyrl": "uz@cyrillic",
    "az-Arab": "az@arabic",
}
_BCP47: Final = {
    "zh_CN": "zh-Hans",
    "zh_TW": "zh-Hant",
    "zh_HK": "zh-Hant-HK",
    "sr@latin": "sr-Latn",
    "uz@cyrillic": "uz-Cyrl",
    "az@arabic": "az-Arab",
}

_RTL_LANGUAGES: Final = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "ha-Arab", "he", "ku-Arab", "ps", "sd", "ug"}
    | {"ur", "yi"},
)
_RTL_SCRIPTS: Final = frozenset({"Arab", "Hebr", "Thaa", "Syrc", "Nkoo"})

# Languages that need no look into Babel's data to be believed.
_COMMON: Final = frozenset(
    "ar az bg bn bs ca cs da de el en es et fa fi fr gl he hi hr hu hy id it ja ka kk "
    "ko lt lv mk ms nb nl pl pt ro ru sk sl sq sr sv th tr uk ur uz vi zh".split(),
)

_ENDONYMS: Final = dict(
    each.split("=")
    for each in (
        "ar=العربية;az=Azərbaycan;bg=Български;bn=বাংলা;bs=Bosanski;ca=Català;"
        "cs=Čeština;da=Dansk;de=Deutsch;el=Ελληνικά;en=English;es=Español;et=Eesti;"
        "fa=فارسی;fi=Suomi;fr=Français;gl=Galego;he=עברית;hi=हिन्दी;hr=Hrvatski;"
        "hu=Magyar;hy=Հայերեն;id=Indonesia;it=Italiano;ja=日本語;ka=Ქართული;"
        "kk=Қазақ тілі;ko=한국어;lt=Lietuvių;lv=Latviešu;mk=Македонски;ms=Melayu;"
        "nb=Norsk bokmål;nl=Nederlands;pl=Polski;pt=Português;ro=Română;ru=Русский;"
        "sk=Slovenčina;sl=Slovenščina;sq=Shqip;sr=Српски;sv=Svenska;th=ไทย;"
        "tr=Türkçe;uk=Українська;ur=اردو;uz=O‘zbek;vi=Tiếng Việt;zh=中文"
    ).split(";")
)
"""What CLDR says of them: to ask it takes 15 ms a language, in every build."""

_TERRITORIES: Final = {
    language: territory
    for territory, languages in (
        pair.split("=")
        for pair in (
            "AL=sq;AM=hy;AZ=az;BA=bs;BD=bn;BG=bg;BR=pt;CN=zh;CZ=cs;DE=de;DK=da;EE=et;"
            "EG=ar;ES=ca es gl;FI=fi;FR=fr;GE=ka;GR=el;HR=hr;HU=hu;ID=id;IL=he;IN=hi;"
            "IR=fa;IT=it;JP=ja;KR=ko;KZ=kk;LT=lt;LV=lv;MK=mk;MY=ms;NL=nl;NO=nb;PK=ur;"
            "PL=pl;RO=ro;RS=sr;RU=ru;SE=sv;SI=sl;SK=sk;TH=th;TR=tr;UA=uk;US=en;UZ=uz;"
            "VN=vi"
        ).split(";")
    )
    for language in languages.split()
}
"""Where each is most likely read, as CLDR has it: to ask it takes as long as a page."""

_USUAL_QUOTES: Final = "“”‘’"
_QUOTES: Final = {
    "”“’‘": "ar ur",
    "„“‚‘": "de cs sk sl hr et mk is",
    "«»«»": "fr hy",
    "«»“”": "it pt-PT el sq ca eu kk",
    "‘’‘’": "nl",
    "„”«»": "pl ro",
    "„“‘‘": "sr",
    "„“„“": "bg lt",
    "«»„“": "ru uk be ky",
    "„”»«": "hu",
    "””’’": "fi sv he",
    "«»‘’": "nb nn no",
    "«»‹›": "fa fr-CH am",
    "„“«»": "ka",
    "「」『』": "ja zh-Hant zh-TW zh-HK",
    "„”‘’": "bs",
    "“”’‘": "uz",
    "“”“”": "tk",
}
"""The marks of a quotation and of one within it, where they are not the usual ones."""

_PLURAL_RULE: Final = regex(
    r"\s*nplurals\s*=\s*(?P<count>[1-9]\d?)\s*;\s*plural\s*=\s*(?P<formula>[^;]+);?\s*",
)
_ARABIC: Final = frozenset({"ar", "ckb", "fa", "ps", "sd", "ug", "ur"})
"""Languages that are written in Arabic letters where no script is named."""

_TAG: Final = regex(
    r"(?P<language>[a-z]{2,3})"
    r"(?:-(?P<script>[A-Z][a-z]{3}))?"
    r"(?:-(?P<territory>[A-Z]{2}|[0-9]{3}))?",
)

# Turkish has two forms in software by convention, though CLDR's Turkish and Babel's
# table differ (gettext manual, "Plural forms"; python-babel/babel#287).
_PLURAL_FORMS: Final = {
    "tr": "nplurals=2; plural=(n != 1);",
    "az": "nplurals=2; plural=(n != 1);",
    # The order of forms that catalogs in the wild use; Babel's swaps the last two.
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5);"
    ),
}
ACCEPTED_PLURAL_FORMS: Final = {
    "tr": frozenset(
        {
            "nplurals=2; plural=(n != 1);",
            "nplurals=2; plural=(n > 1);",
            "nplurals=1; plural=0;",
        },
    ),
}
"""Headers that real Turkish catalogs carry; none of them is changed silently."""


def is_well_formed(tag: str) -> bool:
    """Whether it is spelled as BCP 47 has it: `tr`, `pt-BR`, `zh-Hans`."""
    return _TAG.fullmatch(tag) is not None


def canonical(tag: str) -> str:
    """The BCP 47 spelling that a careless one means: `pt_br` is `pt-BR`."""
    if tag in _BCP47:
        return _BCP47[tag]
    parts = tag.replace("_", "-").partition("@")[0].partition(".")[0].split("-")
    return "-".join(
        [parts[0].lower()]
        + [part.title() if len(part) == 4 else part.upper() for part in parts[1:]],  # noqa: PLR2004 - a script has four letters (BCP 47)
    )


def is_known(tag: str) -> bool:
    """Whether the language is one that CLDR has data for."""
    match = _TAG.fullmatch(tag)
    if match is None:
        return False
    if tag in _COMMON or tag in PSEUDO_LOCALES:
        return True
    from babel import localedata

    territory = match["territory"]
    if territory:
        from babel import Locale

        territories = Locale.parse("en").territories
        if territory not in territories:
            return False
    return bool(localedata.exists(match["language"]))


def gettext_locale(tag: str) -> str:
    """How catalogs and their folders spell it: `pt_BR`, `zh_CN`, `sr@latin`."""
    return _GETTEXT.get(tag) or tag.replace("-", "_")


def bcp47_locale(name: str) -> str:
    """The BCP 47 tag of gettext's spelling; `pt_BR` gives `pt-BR`."""
    return _BCP47.get(name) or name.replace("_", "-")


@cache
def direction(tag: str) -> str:
    """`ltr` or `rtl`, for the `dir` attribute."""
    if tag == "en-XB":
        return "rtl"
    match = _TAG.fullmatch(tag)
    if match is None:
        return "ltr"
    if match["script"]:
        return "rtl" if match["script"] in _RTL_SCRIPTS else "ltr"
    return "rtl" if match["language"] in _RTL_LANGUAGES else "ltr"


def semicolon(tag: str) -> str:
    """The sign between the parts of a line, as the script of the language has it."""
    match = _TAG.fullmatch(tag)
    if match is None:
        return ";"
    script = match["script"] or ("Arab" if match["language"] in _ARABIC else "")
    return "\N{ARABIC SEMICOLON}" if script == "Arab" else ";"


def plural_forms(tag: str) -> str:
    """The value of a new catalog's `Plural-Forms` header."""
    language = tag.partition("-")[0]
    if language in _PLURAL_FORMS:
        return _PLURAL_FORMS[language]
    from babel.messages.plurals import get_plural

    plural = get_plural(_nearest(tag))
    expression = plural.plural_expr
    if expression != "0" and not expression.startswith("("):
        expression = f"({expression})"
    return f"nplurals={plural.num_plurals}; plural={expression};"


def plural_rule(value: str) -> tuple[int, str]:
    """Count and formula of a `Plural-Forms` header; 0 and nothing if it is none."""
    match = _PLURAL_RULE.fullmatch(value)
    return (int(match["count"]), match["formula"]) if match else (0, "")


@cache
def quotation_marks(tag: str) -> tuple[str, str, str, str]:
    """What opens and closes a quotation in a locale, and one within it (CLDR 45)."""
    known = {name: marks for marks, names in _QUOTES.items() for name in names.split()}
    found = known.get(tag) or known.get(tag.partition("-")[0]) or _USUAL_QUOTES
    return found[0], found[1], found[2], found[3]


@cache
def display_name(tag: str, in_locale: str | None = None) -> str:
    """The language's name, in itself (`Türkçe`) or in another locale."""
    if tag in PSEUDO_LOCALES:
        return {"en-XA": "[Åççéñţš]", "en-XB": "[Right-to-left]"}[tag]
    if in_locale is None and tag in _ENDONYMS:
        return _ENDONYMS[tag]
    from babel import Locale

    locale = Locale.parse(_babel(tag))
    other = _babel(in_locale) if in_locale else None
    name = locale.get_display_name(other) or tag
    if other is None:
        # An endonym stands alone: a capital by the language's own rule.
        first = "İ" if name[0] == "i" and locale.language in {"tr", "az"} else name[0]
        name = first.upper() + name[1:]
    return name


@cache
def full_locale(tag: str) -> str:
    """
    The language with the territory that it is most likely read in: `tr_TR`, `pt_BR`.

    As Open Graph spells a locale (ogp.me); likely subtags as CLDR has them.
    """
    match = _TAG.fullmatch("en" if tag in PSEUDO_LOCALES else tag)
    if match is None:
        return tag.replace("-", "_")
    language, script, territory = match["language"], match["script"], match["territory"]
    if not territory and not script:
        territory = _TERRITORIES.get(language)
    if not territory:
        from babel.core import get_global

        likely = get_global("likely_subtags")
        known = likely.get(f"{language}_{script}") or likely.get(language, "")
        territory = known.rpartition("_")[2] if known.count("_") else ""
    return f"{language}_{territory}" if territory.isalpha() else language


@cache
def month_names(tag: str) -> tuple[tuple[str, ...], ...]:
    """
    The names of the twelve months, whole ones first, in lower case.

    With a number before it (`3月`) a name is one, too.
    """
    months = _nearest(tag).months
    tables = [
        months[context][width]
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
    ]
    return tuple(
        tuple(dict.fromkeys(table[month].lower().rstrip(".") for table in tables))
        for month in range(1, 13)
    )


@cache
def date_order(tag: str) -> str:
    """In which order a short date is written: `dmy`, `mdy` or `ymd`."""
    pattern = _nearest(tag).date_formats["short"].pattern.lower()
    return "".join(sorted("dmy", key=pattern.index))


def _nearest(tag: str) -> "Locale":
    """Babel's data of the locale, or of its language, or of English."""
    from babel import Locale, UnknownLocaleError

    for each in (_babel(tag), tag.partition("-")[0]):
        try:
            return Locale.parse(each)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")


def _babel(tag: str) -> str:
    """Babel's spelling; pseudo-locales borrow English's data."""
    return "en" if tag in PSEUDO_LOCALES else tag.replace("-", "_")


def babel_locale(tag: str) -> str:
    """The identifier under which Babel formats dates and numbers for it."""
    return _babel(tag)
