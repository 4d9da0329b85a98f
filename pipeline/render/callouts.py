"""
Boxes that stand out of a text, such as a warning: framed and labelled by a template.

In Markdown they are alerts (`> [!WARNING]`), in HTML elements of class `callout` and of
a kind. Reads what the gate has admitted, which is regular.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

from pipeline.late import regex

CALLOUTS: Final = ("note", "tip", "important", "warning", "caution")
"""The kinds of boxes, as GitHub and others know them."""

_EDGE: Final = regex(
    r"<(?P<end>/)?(?P<name>blockquote|div|section)"
    r"(?P<attributes>(?: [a-z-]+=\"[^\"]*\")*)>"
)
_CLASS: Final = regex(r' class="([^"]*)"')

Frame: TypeAlias = Callable[[str, str], str]
"""From the kind of a box and its content to the box."""


def frame_callouts(html: str, frame: Frame) -> str:
    """The body with each box, from the innermost out, put through `frame`."""
    if "callout" not in html:
        return html
    # What is open: where its content goes, and of a box the kind and its attributes.
    opened: list[tuple[list[str], str, str]] = [([], "", "")]
    end = 0
    for match in _EDGE.finditer(html):
        opened[-1][0].append(html[end : match.start()])
        end = match.end()
        if match["end"] is None:
            kind, rest = _kind(match["attributes"])
            if not kind:
                opened[-1][0].append(match[0])
                opened.append((opened[-1][0], "", ""))
            else:
                opened.append(([], kind, rest))
            continue
        parts, kind, rest = opened.pop()
        if not kind:
            parts.append(match[0])
            continue
        inner = "".join(parts).strip("\n")
        # What is said of the language is said of the words, and not of the label.
        inner = f"<div{rest}>{inner}</div>" if rest else inner
        opened[-1][0].append(frame(kind, inner))
    return "".join([*opened[0][0], html[end:]])


def _kind(attributes: str) -> tuple[str, str]:
    """Which kind of box an element is, if it is one, and its other attributes."""
    match = _CLASS.search(attributes)
    classes = match[1].split() if match else []
    if match is None or "callout" not in classes:
        return "", attributes
    kind = next((each for each in classes if each in CALLOUTS), CALLOUTS[0])
    return kind, attributes[: match.start()] + attributes[match.end() :]
