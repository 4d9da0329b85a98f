"""What authors do to sentences: the same sentence, changed in one of several ways."""

import random
from collections.abc import Callable, Mapping
from typing import Final

_INSERTED: Final = (
    "please now also carefully usually for example, in most cases,".split()
)
_REPLACED: Final = "another some this every selected other given".split()


def typo(text: str, chance: random.Random) -> str:
    """Two letters change places, or one is missing."""
    place = chance.randrange(1, len(text) - 1)
    if chance.random() < 0.5:
        return text[:place] + text[place + 1 :]
    return text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :]


def number(text: str, chance: random.Random) -> str:
    """A digit is another one, or there is a number now."""
    digits = [index for index, letter in enumerate(text) if letter.isdigit()]
    if digits:
        place = chance.choice(digits)
        return text[:place] + str((int(text[place]) + 3) % 10) + text[place + 1 :]
    return f"{text} ({chance.randint(2, 99)})"


def word(text: str, chance: random.Random) -> str:
    """One word is another one."""
    words = text.split(" ")
    words[chance.randrange(len(words))] = chance.choice(_REPLACED)
    return " ".join(words)


def longer(text: str, chance: random.Random) -> str:
    """A word or two more, somewhere."""
    words = text.split(" ")
    for _ in range(chance.randint(1, 2)):
        words.insert(chance.randrange(len(words) + 1), chance.choice(_INSERTED))
    return " ".join(words)


def shorter(text: str, chance: random.Random) -> str:
    """The last third is gone."""
    words = text.split(" ")
    return " ".join(words[: max(1, len(words) - max(1, len(words) // 3))])


def reworded(text: str, chance: random.Random) -> str:
    """Every fourth word is another one, and one is more."""
    words = text.split(" ")
    for place in range(chance.randrange(4), len(words), 4):
        words[place] = chance.choice(_REPLACED)
    return longer(" ".join(words), chance)


def turned(text: str, chance: random.Random) -> str:
    """The second part comes first."""
    words = text.split(" ")
    place = chance.randrange(1, len(words)) if len(words) > 1 else 0
    return " ".join([*words[place:], *words[:place]])


def markup(text: str, chance: random.Random) -> str:
    """A word is emphasized."""
    words = text.split(" ")
    place = chance.randrange(len(words))
    words[place] = f"**{words[place]}**"
    return " ".join(words)


CHANGES: Final[Mapping[str, Callable[[str, random.Random], str]]] = {
    "typo": typo,
    "number": number,
    "word": word,
    "longer": longer,
    "shorter": shorter,
    "reworded": reworded,
    "turned": turned,
    "markup": markup,
}
