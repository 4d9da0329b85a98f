"""
What a machine translates, with everything that is not language behind tokens.

`mask` puts a token such as `[X1X]` in the place of each merge field, tag, link target,
address, emphasis marker and piece of personal data; the text of a link or of an
emphasis stays translatable between a pair of tokens. `written` and `read` go over to
the form that an engine understands and back. `restore` puts the originals back, or
refuses the answer; then `sentences` and `without_emphasis` may give a text that is
easier to translate.

Law, for every text `t`: `unmask(mask(t).text, mask(t)) == t`.
"""

from pipeline.masking.answers import restore
from pipeline.masking.carrying import carry_over, skeleton
from pipeline.masking.dialects import Dialect, read, written
from pipeline.masking.numbers import carry_numbers
from pipeline.masking.private import BUILT_IN, Guard, guard, judged
from pipeline.masking.repair import repaired
from pipeline.masking.simpler import Pieces, sentences, without_emphasis
from pipeline.masking.tokens import TOKEN, Masked, Token, mask, unmask

__all__ = [
    "BUILT_IN",
    "TOKEN",
    "Dialect",
    "Guard",
    "Masked",
    "Pieces",
    "Token",
    "carry_numbers",
    "carry_over",
    "guard",
    "judged",
    "mask",
    "read",
    "repaired",
    "restore",
    "sentences",
    "skeleton",
    "unmask",
    "without_emphasis",
    "written",
]
