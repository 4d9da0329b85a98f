"""
Sentences that resemble real ones, and what people do to them: all from a seed.

A chain of words is learned from English prose that every installation has: this
project's documents and articles, and Python's own manual. As in real memories, some
sentences are variants of earlier ones.
"""

import pydoc_data.topics
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
SEED: Final = 20261122
_VARIANTS: Final = 0.3
"""How many units are an earlier one with something changed."""
_LONGEST: Final = 45
_ROUND: Final = re.compile(r"(?<=[.!?:])\s+|\n\s*\n")
_LETTERS: Final = "etaoinsrhldcumfpgwybvk"


def prose() -> list[list[str]]:
    """The words of real sentences."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder in ("docs", "source")
        for path in sorted((ROOT / folder).rglob("*.*"))
        if path.suffix in {".md", ".txt"}
    ]
    texts += [text for _, text in sorted(pydoc_data.topics.topics.items())]
    found = []
    for text in texts:
        for sentence in _ROUND.split(text):
            words = sentence.split()
            is_prose = sum(word.strip(".,;:!?()").isalpha() for word in words)
            if len(words) > 2 and is_prose > 0.8 * len(words):
                found.append(words)
    return found


@dataclass
class Chain:
    """What word follows which, as often as in the prose."""

    random: random.Random
    follows: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    words: list[str] = field(default_factory=list)

    @classmethod
    def learned(cls, seed: int) -> "Chain":
        chain = cls(random.Random(seed))
        for sentence in prose():
            for before, after in zip(["", *sentence], [*sentence, ""], strict=True):
                chain.follows[before].append(after)
            chain.words += sentence
        return chain

    def sentence(self) -> str:
        while True:
            words: list[str] = []
            word = self.random.choice(self.follows[""])
            while word and len(words) < _LONGEST:
                if word.isdecimal():
                    word = str(self.random.randint(1, 999))
                words.append(word)
                word = self.random.choice(self.follows[word] or [""])
            if len(words) > 2:
                return " ".join(words)

    def edited(self, text: str, times: int) -> str:
        """With words replaced, left out, added or moved."""
        words = text.split()
        for _ in range(times):
            place = self.random.randrange(len(words))
            how = self.random.randrange(4)
            if how == 0:
                words[place] = self.random.choice(self.words)
            elif how == 1 and len(words) > 3:
                del words[place]
            elif how == 2:
                words.insert(place, self.random.choice(self.words))
            else:
                words.insert(self.random.randrange(len(words)), words.pop(place))
        return " ".join(words)

    def mistyped(self, text: str, times: int) -> str:
        letters = list(text)
        for _ in range(times):
            place = self.random.randrange(len(letters))
            how = self.random.randrange(3)
            if how == 0:
                letters[place] = self.random.choice(_LETTERS)
            elif how == 1 and len(letters) > 5:
                del letters[place]
            else:
                letters.insert(place, self.random.choice(_LETTERS))
        return "".join(letters)

    def renumbered(self, text: str) -> str:
        """With other numbers, or with a number where there was none."""
        if re.search(r"\d", text):
            return re.sub(r"\d+", lambda _: str(self.random.randint(1, 999)), text)
        words = text.split()
        words.insert(
            self.random.randrange(len(words)), str(self.random.randint(1, 999))
        )
        return " ".join(words)


def units(count: int, seed: int = SEED) -> list[str]:
    """This many sentences, all different; those of a smaller count come first."""
    return list(_different(Chain.learned(seed), count))


def _different(chain: Chain, count: int) -> Iterator[str]:
    seen: set[str] = set()
    made: list[str] = []
    while len(made) < count:
        if made and chain.random.random() < _VARIANTS:
            text = chain.random.choice(made)
            if chain.random.random() < 0.4:
                text = chain.renumbered(text)
            else:
                text = chain.edited(text, chain.random.randint(1, 3))
        else:
            text = chain.sentence()
        if text not in seen:
            seen.add(text)
            made.append(text)
            yield text


def queries(units: list[str], count: int, seed: int = SEED + 1) -> list[str]:
    """Texts to look up: units as people edit them, and one in seven that is new."""
    chain = Chain.learned(seed)
    known = set(units)
    made: list[str] = []
    while len(made) < count:
        kind = len(made) % 7
        text = chain.random.choice(units)
        if kind < 2:
            text = chain.mistyped(text, chain.random.randint(1, 4))
        elif kind == 2:
            text = chain.renumbered(text)
        elif kind < 6:
            text = chain.edited(text, chain.random.randint(1, 4))
        else:
            text = chain.sentence()
        if text not in known:
            made.append(text)
    return made
