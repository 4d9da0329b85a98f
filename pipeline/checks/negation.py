"""Negation: what must not be done must not be done in any language."""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from typing import Final

from pipeline.characters import KEPT
from pipeline.checks import CheckContext, Example, Remark, compare_pairs
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.placeholders import blank

_HINT: Final = regex(r"[Nn](?:o|e[vV]|['’]t)|[Ww]ithout|NO")
_PLAIN: Final = regex(
    r"\b(?:not|cannot|never|without)\b|n['’]t\b"
    r"|\bno (?=\w)|\bnone of\b",
    re.IGNORECASE,
)
"""What no translation can do without."""

_IDIOMS: Final = regex(
    r"\bnot (?:only|just|alone|merely|simply|least|until|unlike|to mention|at all\?|yet)\b"
    r"|\b(?:whether|if|or|why|but) not\b|\bno (?:matter|longer|doubt|wonder|one|later|more"
    r"|less|fewer|sooner|earlier|other|better|op|need|problem|such|effect)\b"
    r"|\b(?:don['’]t|do not|never) (?:forget|worry|hesitate|mind|care|feel free)\b"
    r"|\bwhy don['’]t\b|\b(?:is|are|do|does|did|was|were|ca|wo|would|should)n['’]t (?:it|they"
    r"|you|we|he|she|this|that)\b|\bnot? (?:un|in|im|dis)\w+|\bcannot? (?:help|wait)\b"
    r"|\b(?:if|when|where) (?:it is |they are )?not\b|\bno\.|\bno-\w+|\bnon-\w+"
    r"|\bwithout (?:limitation|loss|doubt|having|hav|us|need|ever|any|being)\w*",
    re.IGNORECASE,
)
_ANY: Final = frozenset(
    "no not never none nor neither without cannot nothing nobody nowhere unless "
    "except only rather instead lack miss fail avoid prevent stop ignor skip hard "
    "rare few little less free until before forbid prohibit deny denie refus reject "
    "error block exclu immut imposs otherwise longer leave drop remov lose lost too "
    "absen empty neg off out illegal irr il anti de dis mis un in im ir non mut "
    "beyond zero sure least most fine okay welcome allow still yet ever any even "
    "false hidden bare wrong bad optional if keep regard null but other than though "
    "why what abort omit elid bypass protect safe warn disable exempt refrain beware "
    "careful resist elimin reduc limit save spare".split(),
)
"""How words begin that a translation may well say by a negation."""

_BY_START: Final = {
    start: tuple(each for each in _ANY if each.startswith(start))
    for start in {each[:2] for each in _ANY}
}
_WITHOUT: Final = ("less", "free")
_NOT: Final = regex(r"n['’]t\b")
_WORD: Final = regex(r"\w+")
_WORDS: Final = 4096
"""Words of which it is remembered whether they deny something."""

_STRICT: Final = {
    "ar": r"(?:[وف]?(?:لا|لم|لن|ليست?))",
    "de": r"nicht|nie|niemals|kein(?:e[nmrs]?)?",
    "es": r"no|nunca|jamás|ningún|ninguna?",
    "fr": r"ne|jamais|aucune?",
    "it": r"non|mai|nessun[oa]?",
    "nl": r"niet|nooit|geen",
    "pt": r"não|nunca|jamais",
    "ru": r"не|нет|никогда|нельзя",
    "tr": r"değil\w*|asla|\w+m[ae]yın(?:ız)?|\w+meyin(?:iz)?|\w+m[ae]m[ae]l[ıi]\w*",
}
_ALSO: Final = {
    "ar": r"[وف]?[بلك]?(?:ال)?(?:لا|لم|لن|ليس\w*|لست|لسنا|غير|بدون|دون|عدم|بلا|ألا|إلا|سوى"
    r"|كلا|لكيلا|لئلا|خال\w*)|\w*(?:تجنب|منع|مستحيل|يستحيل|انعدام|حظر|تعذر|رفض|فشل|عجز"
    r"|تفاد|استثن|وإلا)\w*",
    "de": r"\w*nicht\w*|nie|niemals|niemand\w*|nirgend\w*|kein\w*|ohne|weder|statt|anstatt"
    r"|anstelle|außer|kaum|\w*(?:verhinder|vermeid|vermied|fehl|verbot|verweig|ausgeschl"
    r"|abgelehn|scheiter|ablehn)\w*|un(?!d\b|te|s\b|ser|gef|gar|iv|ix|i\w|wind)\w{4,}"
    r"|\w+los\w{0,2}|\w+frei\w{0,2}|nein|inkompat\w*|inkorr\w*|illegal\w*|anders\w*",
    "es": r"no|sin|nunca|jamás|ning[uú]n\w*|nada|nadie|tampoco|ni|excepto|salvo|evit\w*"
    r"|(?:imposib|inválid|incorrec|innecesari|inexist|incapa|insegur|desactiv|deshabilit"
    r"|desconoc|desaconsej|ilegal|inútil|incompat|inmutab|indefinid|impid|impedi|prohib"
    r"|rechaz|carec|carenc|falt|fall)\w*|en lugar|en vez",
    "fa": r"ن(?:می|با|یست|شو|شد|کن|کرد|دار|داشت|بود|خواه|توان|ده|داد|گیر|یا|گه|گذار"
    r"|رس|بر|رف|خوا)\w*|نا(?:ممکن|پذیر|معتبر|امن|درست|موفق)\w*|\w*(?:بدون|هیچ|غیر|عدم"
    r"|هرگز|مگر|جلوگیری|فاقد|اجتناب|ممنوع)\w*|بی\w*|نه|به جز",
    "fr": r"ne|n|pas|jamais|sans|aucune?s?|rien|personne|ni|non|sauf|hormis|évit\w*"
    r"|empêch\w*|interdi\w*|(?:impossib|invalid|incorrect|inutil|inexist|incapab|incompat"
    r"|inconnu|indéfini|indisponib|désactiv|déconseill|illégal|immuab|insuffis|échou"
    r"|manqu|refus|étein|peu)\w*|plutôt|au lieu",
    "it": r"non|mai|senza|ne(?:ssun\w*|mmeno)|niente|nulla|né|tranne|evit\w*|no"
    r"|(?:impossib|invalid|inutil|incapa|incompat|sconosc|disattiv|manc|viet|imped)\w*",
    "ja": r"ない|なく|なかっ|なし|なけ|なき|せず|れず|きず|えず|わず|らず|ずに|ぬ|ません|不|無|未"
    r"|非|禁|避|防|欠|以外|失敗|代わり|拒|否",
    "nl": r"niet\w*|nooit|geen|zonder|niemand|niets|nergens|noch|behalve|vermij\w*"
    r"|on(?!der|s\b|ge|t)\w{4,}|\w+loos|\w+loze|\w+vrij\w*|voorkom\w*|verbod\w*|nee",
    "pt": r"não|nunca|jamais|sem|nenhum\w*|nada|ninguém|nem|exceto|salvo|evit\w*"
    r"|(?:imposs|inválid|incorret|desnecess|inexist|incapa|insegur|desativ|desabilit"
    r"|desconhec|ilegal|inútil|incompat|imut|imped|proib|rejeit|falt|falh)\w*",
    "ru": r"не|нет|ни|не(?!которы|обход|скольк|давн|мецк|медл|посредств|редко|фт|сколь)\w+"
    r"|ни(?:когда|кто|что|чего|где|как\w*|чем)|без|без(?!опас)\w+|бес\w+|\w*(?:избе[гж]"
    r"|запре[тщ]|отсутств|лиш|невоз|отказ|предотвр|исключ|кроме|вместо|иначе)\w*",
    "tr": r"değil\w*|yok\w*|asla|hiç\w*|hariç|kaçın\w*|\w+m[ae]z\w*"
    r"|\w+m[ae]y(?:[ae]n|[ıi]n|[ae]ca|[ae]ce|[ae]l[ıi]m|[ıi]p|[ae]bil|[ıi]nca)\w*|\w+m[ae]d[ıi]\w*"
    r"|\w+m[ae]d[ae]n|\w+m[ae]m(?:[ıi]ş|[ae])\w*|\w+m[ıiuü]yo\w*|\w+m[ae]ks[ıi]z\w*"
    r"|\w+s[ıiuü]z\w*|\w+m[ae]s(?:[ıi]n(?:l[ae]r)?|[ae]\w*)|hayır|ne|gayri|aksi"
    r"|\w*(?:engel|önle|olanaks|imkans|yasak|redd|dışında|eksik)\w*",
    "zh": r"[不没未无無勿别別非禁免避防否]",
}
_UNSPACED: Final = frozenset({"ja", "zh"})
_NO_DENIAL: Final = {
    "ja": regex(
        r"な(?:ければ|くては|いと|きゃ|ければ)(?:なら|なり|いけ)(?:ない|ません|なかった)"
        r"|かもしれ(?:ない|ません)|にすぎ(?:ない|ません)|少な|危な|わけには|だけでなく"
    ),
    "ar": regex(r"لا (?:بأس|يقل|تقل|يزال|تزال|سيما|بد|شك|يزيد)"),
    "fr": regex(r"\bpas seulement\b"),
}
"""What has the form of a negation and is none: the Japanese for `must`."""

_SENTENCE: Final = regex(r"(?:(?<=[^.][.!?؟۔:])[\"'”’»)]*\s+|(?<=[。！？：]))")


class Negation:
    """Finds a negation that is lost, or one that nobody wrote."""

    name = "negation"
    severity = Severity.WARNING
    explanation = (
        "The source says that something is not so, or must not be done, and the "
        "translation seems to say that it is, or the other way round. If the sense is "
        "right, confirm it: # publish: ignore=negation REASON."
    )
    good = (
        Example("tr", "Do not scratch the area.", "Bölgeyi kaşımayın."),
        Example("tr", "It is not dangerous.", "Tehlikeli değildir."),
        Example("de", "Do not scratch the area.", "Kratzen Sie die Stelle nicht."),
        Example("ar", "Do not scratch the area.", "لا تحك المنطقة."),
        Example(
            "fr", "Not only adults are treated.", "Les adultes sont soignés aussi."
        ),
    )
    bad = (
        Example("tr", "Do not scratch the area.", "Bölgeyi kaşıyın."),
        Example("de", "Do not scratch the area.", "Kratzen Sie die Stelle."),
        Example("ar", "Do not scratch the area.", "قم بحك الجلد."),
        Example("ja", "Do not scratch the area.", "患部をかいてください。"),
        Example("de", "Take a shower today.", "Duschen Sie heute nicht."),
    )

    def __call__(self, message: Message, context: CheckContext) -> Iterator[Remark]:
        language = context.locale.partition("-")[0]
        if language not in _ALSO or context.source_locale.partition("-")[0] != "en":
            return iter(())
        return compare_pairs(message, partial(_compare, language=language))


def _compare(source: str, msgstr: str, language: str) -> Iterator[Remark]:
    if not _denies(source):
        yield from _gained(source, msgstr, language)
        return
    if source == msgstr:
        return
    plain, other = blank(source), blank(msgstr)
    if language in _NO_DENIAL:
        other = _NO_DENIAL[language].sub("", other)
    sentences, others = _SENTENCE.split(plain.strip()), _SENTENCE.split(other.strip())
    if language in _UNSPACED:
        others = [each for each in others if each.strip()]
    if len(sentences) != len(others):
        sentences, others = [plain], [other]
    for sentence, translation in zip(sentences, others, strict=True):
        bare = _IDIOMS.sub(" ", sentence)
        # A question is often asked the other way round.
        negated = None if sentence.endswith("?") else _PLAIN.search(bare)
        if negated and not _also(language).search(translation):
            yield Remark(
                f"“{negated[0].strip()}” of the source seems to be lost; does the "
                "translation say the contrary?",
            )
            return


def _gained(source: str, msgstr: str, language: str) -> Iterator[Remark]:
    pattern = _strict(language)
    if pattern is None or not any(map(_word_denies(language), _WORD.findall(msgstr))):
        return
    if _may_deny(source):
        return
    other = blank(msgstr)
    if language in _NO_DENIAL:
        other = _NO_DENIAL[language].sub("", other)
    found = pattern.search(other)
    if found:
        yield Remark(
            f"“{found[0]}” denies something, and the source does not; is it the same?",
        )


# An article is checked in several locales: what is said of its source is kept.
@lru_cache(maxsize=KEPT)
def _denies(source: str) -> bool:
    return bool(_HINT.search(source) and _PLAIN.search(source))


@lru_cache(maxsize=KEPT)
def _may_deny(source: str) -> bool:
    lowered = source.lower()
    if "?" in lowered or _NOT.search(lowered):
        return True
    return any(map(_may_be_denied, _WORD.findall(lowered)))


# Of the words of a text nearly all are in many others, too.
@lru_cache(maxsize=_WORDS)
def _may_be_denied(word: str) -> bool:
    return word.startswith(_BY_START.get(word[:2], ())) or (
        word.endswith(_WITHOUT) and word not in _WITHOUT
    )


@cache
def _also(language: str) -> re.Pattern[str]:
    if language in _UNSPACED:
        return re.compile(_ALSO[language])
    return re.compile(rf"(?<!\w)(?:{_ALSO[language]})(?!\w)", re.IGNORECASE)


@cache
def _word_denies(language: str) -> Callable[[str], bool]:
    """Whether a whole word is one that denies; none has more than letters."""
    pattern = re.compile(_STRICT[language], re.IGNORECASE)
    return lru_cache(maxsize=_WORDS)(lambda word: pattern.fullmatch(word) is not None)


@cache
def _strict(language: str) -> re.Pattern[str] | None:
    if language not in _STRICT:
        return None
    return re.compile(rf"(?<!\w)(?:{_STRICT[language]})(?!\w)", re.IGNORECASE)
