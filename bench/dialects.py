"""
`python -m bench.dialects`: which form of a token a true Apertium leaves alone.

The sentences of the example site's articles, each with one field and one pair around a
word or two, whose places are drawn by chance, always the same ones. *Whole*: the share of
sentences in which every token came back once, the pair in its order and with something in
it. *Alike*: how alike the words around the tokens are to the translation of the same
sentence without any. Prints the tables of `docs/engines.md`.
"""

import random
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Final

from pipeline.engines.apertium.pairs import find_pair
from pipeline.engines.apertium.program import PROGRAM, Program
from pipeline.masking import mask
from pipeline.similarity import similarity
from pipeline.store.catalogs import read_catalog

ROOT: Final = Path(__file__).parents[1]
LANGUAGES: Final = {
    "es": "Spanish",
    "ca": "Catalan",
    "gl": "Galician",
    "eo": "Esperanto",
}
LEAST: Final = 5
"""Words of a sentence that has room for a field and a pair."""


@dataclass(frozen=True, slots=True)
class Form:
    """How the beginning and the end of a pair, and a field, are written."""

    name: str
    tokens: tuple[str, str, str]


def numbered(name: str, write: Callable[[int], str]) -> Form:
    return Form(name, (write(1), write(2), write(3)))


FORMS: Final = (
    Form("tags", ('<g id="1">', "</g>", '<x id="3"/>')),
    numbered("`[X1X]`", lambda n: f"[X{n}X]"),
    numbered("`{1}`", lambda n: f"{{{n}}}"),
    numbered("`⟦1⟧`", lambda n: f"⟦{n}⟧"),
    numbered("`__1__`", lambda n: f"__{n}__"),
    numbered("`#1#`", lambda n: f"#{n}#"),
    numbered("`@@PH1@@`", lambda n: f"@@PH{n}@@"),
    numbered("`XQ1`", lambda n: f"XQ{n}"),
    numbered("`%1$s`", lambda n: f"%{n}$s"),
)


def sentences() -> list[str]:
    """Those of the example site that have nothing to mask, in its order."""
    found: dict[str, None] = {}
    top = ROOT / "locales" / "_pot"
    for path in sorted([*top.rglob("articles/*.pot"), *top.rglob("mail/*.pot")]):
        for message in read_catalog(path, root=ROOT).living:
            if message.msgctxt == "slug" or mask(message.msgid).tokens:
                continue
            for sentence in re.split(r"(?<=[.!?])\s+", message.msgid):
                if len(sentence.split()) >= LEAST:
                    found[sentence] = None
    return list(found)


def with_tokens(sentence: str, form: Form) -> str:
    """The sentence with a pair around a word or two, and a field elsewhere."""
    chance = random.Random(sentence)
    words = [escape(word, quote=False) for word in sentence.split()]
    first = chance.randrange(len(words) - 2)
    last = first + chance.randrange(2)
    field = chance.choice([n for n in range(1, len(words)) if not first < n <= last])
    opening, closing, alone = form.tokens
    words[first] = opening + words[first]
    # The stop at the end of a sentence is not in the pair.
    words[last] = re.sub(r"([.,:;!?]*)$", rf"{closing}\1", words[last], count=1)
    words.insert(field, alone)
    return " ".join(words)


def is_whole(answer: str, form: Form) -> bool:
    """Whether each token is there once, and the pair is around something."""
    opening, closing, _ = form.tokens
    if any(answer.count(token) != 1 for token in form.tokens):
        return False
    begin, end = answer.index(opening) + len(opening), answer.index(closing)
    return begin < end and bool(answer[begin:end].strip())


def alike(answer: str, plain: str, form: Form) -> int:
    """How alike an answer's words are to those of the plain translation."""
    for token in form.tokens:
        answer = answer.replace(token, " ")
    return similarity(" ".join(answer.split()), " ".join(plain.split()))


def measured(program: Program, pair: tuple[str, str], form: Form) -> tuple[int, float]:
    """How many sentences came back whole, and how alike they were."""
    texts = sentences()
    plain = program.translated([escape(text, quote=False) for text in texts], pair)
    given = program.translated([with_tokens(text, form) for text in texts], pair)
    whole = 0
    likeness = []
    for answer, like in zip(given, plain, strict=True):
        if answer is None or like is None:
            continue
        said = unescape(answer)
        if is_whole(said, form):
            whole += 1
            likeness.append(alike(said, unescape(like), form))
    return whole, sum(likeness) / len(likeness) if likeness else 0.0


def main() -> None:
    if not shutil.which(PROGRAM):
        sys.exit(Program(PROGRAM, 60.0).missing())
    program = Program(PROGRAM, 120.0)
    pairs = {
        name: find_pair("en", tag, program.pairs()) for tag, name in LANGUAGES.items()
    }
    print(f"{len(sentences())} sentences")
    heads = " | ".join(f"{name}: whole | alike" for name in pairs)
    print(f"| form | {heads} |")
    print("|---" * (1 + 2 * len(pairs)) + "|")
    for form in FORMS:
        cells = []
        for pair in pairs.values():
            whole, likeness = measured(program, pair, form)
            cells += [str(whole), f"{likeness:.1f}"]
        print(f"| {form.name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
