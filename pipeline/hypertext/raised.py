"""Numbers above or below the line, where texts have no forms: 10⁹ is not 109."""

import re
from typing import Final

from pipeline.late import regex

_RAISED: Final = regex(r"<(sup|sub)(?: [^>]*)?>([0-9+−-]+)</\1>")
_SIGNS: Final = {
    "sup": str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻"),
    "sub": str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋"),
}


def raised(html: str) -> str:
    """Admitted HTML with numbers that are raised or lowered by their own signs."""
    return _RAISED.sub(_by_sign, html) if "<su" in html else html


def _by_sign(match: re.Match[str]) -> str:
    return match[2].translate(_SIGNS[match[1]])
