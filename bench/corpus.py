"""
A site of many articles that look like real ones, and translations that nobody made.

Each article has front matter, headings, paragraphs, lists, tables, quotes, and at its end
questions with their answers, of which a page makes `FAQPage`. Everything follows from a seed: the same numbers give the same bytes everywhere.
"""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from pipeline.model.catalog import Catalog, Message
from pipeline.po.compose import compose
from pipeline.po.parse import parse

LOCALES: Final = ("tr", "de", "ar")
MORE_LOCALES: Final = (*LOCALES, "fr", "es", "it", "nl", "pt", "pl", "sv")
SIZE: Final = 9_000
"""Bytes of one article, nearly."""

_CONFIG: Final = """\
title = "Benchmark clinic"
base_url = "https://clinic.example/"
locales = [{0}]
"""
_WORDS: Final = (
    "hair scalp wash gently clinic doctor patient evening morning days water shampoo "
    "skin graft donor area swelling tablet mg dose before after during treatment "
    "surgery pillow sleep avoid sun hat exercise week month result growth cell therapy "
    "stem study evidence risk pain relief cream apply twice daily warm cold compress "
    "bleeding infection redness call emergency appointment question answer family"
).split()
_FOREIGN: Final = {
    "tr": "saç saçlı deri yıkayın nazikçe klinik hekim hasta akşam sabah hafif su şampuan "
    "cilt greft verici bölge şişlik tablet doz önce sonra sırasında tedavi".split(),
    "de": "Haar Kopfhaut waschen vorsichtig Klinik Ärztin Patient abends morgens sanft "
    "Wasser Haut Transplantat Schwellung Tablette Dosis vorher nachher".split(),
    "ar": "الشعر فروة الرأس اغسل بلطف العيادة الطبيب المريض مساء صباح دافئ ماء شامبو "
    "جلد بصيلة منطقة تورم قرص جرعة قبل بعد أثناء علاج".split(),
    "fr": "cheveux cuir chevelu lavez doucement clinique patient soir matin eau peau "
    "greffe zone gonflement comprimé dose avant après pendant traitement".split(),
    "es": "cabello cuero cabelludo lave suavemente clínica paciente noche agua piel "
    "injerto zona hinchazón comprimido dosis antes después durante".split(),
    "it": "capelli cute lavare delicatamente clinica paziente sera mattina acqua pelle "
    "innesto zona gonfiore compressa dose prima dopo durante cura".split(),
    "nl": "haar hoofdhuid was voorzichtig kliniek arts avond ochtend water huid "
    "transplantaat gebied zwelling tablet dosis voor tijdens behandeling".split(),
    "pt": "cabelo couro cabeludo lave suavemente clínica paciente noite água pele "
    "enxerto zona inchaço comprimido dose antes depois durante".split(),
    "pl": "włosy skóra głowy myj delikatnie klinika lekarz wieczorem rano woda "
    "przeszczep obszar obrzęk tabletka dawka przed podczas leczenie".split(),
    "sv": "hår hårbotten tvätta varsamt klinik läkare kväll morgon vatten hud "
    "transplantat område svullnad tablett dos före efter under behandling".split(),
}
_WORD: Final = re.compile(
    r"(?P<kept>\]\([^)]*\)|%\(\w+\)[ds]|%+|\d+(?: mg)?)|[A-Za-z]+"
)


def make_site(root: Path, articles: int, locales: Sequence[str] = LOCALES) -> None:
    """A site with this many articles and nothing else."""
    tags = ", ".join(f'"{tag}"' for tag in locales)
    (root / "publish.toml").write_text(_CONFIG.format(tags), encoding="utf-8")
    for number in range(articles):
        path = article_path(root, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article(number), encoding="utf-8")


def article_path(root: Path, number: int) -> Path:
    return root / "source" / f"part-{number // 100:02}" / f"article-{number:05}.md"


def cut_after_block(text: str, size: int) -> str:
    """The first blocks of an article, of at most this many characters together."""
    end = text.rfind("\n\n", 0, size) if size < len(text) else len(text)
    return f"{text[:end]}\n"


def article(number: int) -> str:
    """About 9 kB of Markdown."""
    chance = random.Random(number)
    title = _sentence(chance, 6).rstrip(".")
    blocks = [
        f"---\ntitle: {title}\ndescription: {_sentence(chance, 7)}\n"
        f"date: 2026-{number % 12 + 1:02}-{number % 28 + 1:02}\n"
        f"tags: [hair, care]\n---",
    ]
    questions = _questions(chance)
    size = 0
    while size < SIZE - 250 - sum(map(len, questions)):
        heading = f"## {_sentence(chance, 5).rstrip('.')}"
        blocks += [heading, *_section(chance)]
        size = sum(len(block) + 2 for block in blocks)
    return "\n\n".join([*blocks, *questions]) + "\n"


def _questions(chance: random.Random) -> list[str]:
    pairs = [
        text
        for _ in range(3)
        for text in (f"### {_sentence(chance, 6)[:-1]}?", _sentence(chance, 18))
    ]
    return [f"## {_sentence(chance, 4)[:-1]}", '<div class="faq">', *pairs, "</div>"]


def _section(chance: random.Random) -> Iterable[str]:
    for _ in range(chance.randint(1, 3)):
        yield " ".join(_sentence(chance, chance.randint(8, 20)) for _ in range(3))
    kind = chance.choice(("list", "table", "numbers", "quote", "none"))
    if kind == "list":
        yield "\n".join(f"- {_sentence(chance, 9)}" for _ in range(5))
    elif kind == "numbers":
        yield "\n".join(f"{n}. {_sentence(chance, 9)}" for n in range(1, 5))
    elif kind == "quote":
        yield f"> **Note:** {_sentence(chance, 18)}"
    elif kind == "table":
        rows = [
            f"| {_sentence(chance, 3)} | {_sentence(chance, 4)} | {chance.randint(1, 90)} mg |"
            for _ in range(4)
        ]
        yield "\n".join(["| When | What | Dose |", "|---|---|---|", *rows])


def _sentence(chance: random.Random, words: int) -> str:
    chosen = [chance.choice(_WORDS) for _ in range(words)]
    if words > 7:
        place = chance.randrange(words)
        chosen[place] = chance.choice(
            (
                f"**{chosen[place]}**",
                f"[{chosen[place]}](https://clinic.example/{chosen[place]})",
                f"*{chosen[place]}*",
                f"{chance.randint(2, 60)}",
            ),
        )
    return f"{' '.join(chosen).capitalize()}."


def edit(text: str, word: str) -> str:
    """The article after an author's small edit: one word more in one paragraph."""
    blocks = text.split("\n\n")
    place = max(range(len(blocks)), key=lambda index: len(blocks[index]))
    head, _, tail = blocks[place].partition(" ")
    blocks[place] = f"{head} {word} {tail}" if word else blocks[place]
    return "\n\n".join(blocks)


def translate_all(root: Path, locales: Iterable[str] = LOCALES) -> None:
    """Fill every entry of every catalog, as an editor would."""
    for locale in locales:
        top = root / "locales" / locale / "LC_MESSAGES"
        for path in sorted(top.rglob("*.po")):
            catalog = parse(path.read_text("utf-8"), path=str(path))
            text = compose(translated(catalog, locale))
            path.write_text(text, encoding="utf-8")


def translated(catalog: Catalog, locale: str) -> Catalog:
    return catalog.with_messages(
        message
        if message.msgctxt == "slug"
        else replace(
            message, msgstrs=(translation(message, locale),) * len(message.msgstrs)
        )
        for message in catalog.messages
    )


def translation(message: Message, locale: str) -> str:
    """
    As many foreign words as the msgid has, chosen by what they stand for.

    Numbers, addresses and markup stay, so that no check finds an error.
    """
    words = _FOREIGN[locale]

    def word(match: re.Match[str]) -> str:
        if match["kept"]:
            return match[0]
        return words[sum(map(ord, match[0])) % len(words)]

    return _WORD.sub(word, message.msgid)
