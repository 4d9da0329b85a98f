"""
Directives: what an author says to this program, in the comments of a text.

    <!-- publish:skip -->          the next block is not translated
    <!-- publish:skip-start -->    nothing is, up to `<!-- publish:skip-end -->`
    <!-- publish:note TEXT -->     a note to the translator, about what comes next
    <!-- publish:comments -->      the comments of the next code block are translated

`<!-- translators: TEXT -->` is another way to write a note.
"""

import re
from typing import Final

from pipeline.errors import SourceError
from pipeline.late import dataclass, regex

NAMES: Final = ("skip", "skip-start", "skip-end", "note", "comments")

_DIRECTIVE: Final = regex(
    r"\s*+(?:publish:[ \t]*+([^\s]*+)|(translators?):)(.*)\Z",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Directive:
    """One of `NAMES`, and the words after it, on one line."""

    name: str
    text: str = ""


def read(comment: str, *, path: str, line: int) -> Directive | None:
    """
    The directive of a comment, without its `<!--` and `-->`; None where it is none.

    Raises SourceError for one that nobody knows, and for a note without words.
    """
    found = _DIRECTIVE.match(comment)
    if found is None:
        return None
    name = "note" if found[2] else found[1].lower().rstrip(":")
    text = " ".join(found[3].split())
    if name not in NAMES:
        raise SourceError(
            f"`publish:{name}` is unknown",
            path=path,
            line=line,
            hint="known are " + ", ".join(f"`publish:{known}`" for known in NAMES),
        )
    if bool(text) != (name == "note"):
        raise SourceError(
            f"`publish:{name}` has words after it"
            if text
            else f"`publish:{name}` says nothing",
            path=path,
            line=line,
            hint=f"write <!-- publish:{name}{'' if text else ' TEXT'} -->",
        )
    return Directive(name, text)
