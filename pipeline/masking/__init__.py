"""
What a machine translates, with everything that is not language behind tokens.

`mask` puts a token such as `[X1X]` in the place of each merge field, tag, link target,
address and emphasis marker; the text of a link or of an emphasis stays translatable
between a pair of tokens. `restore` puts the originals back, or refuses the answer.

Law, for every text `t`: `unmask(mask(t).text, mask(t)) == t`.
"""

from pipeline.masking.answers import restore
from pipeline.masking.numbers import carry_numbers
from pipeline.masking.tokens import TOKEN, Masked, Token, mask, unmask

__all__ = ["TOKEN", "Masked", "Token", "carry_numbers", "mask", "restore", "unmask"]
