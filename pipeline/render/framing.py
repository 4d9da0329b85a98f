"""
A template around a text, which is filled once for many texts.

It may be where it puts the text out as it is and asks nothing else of it.
"""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from jinja2 import nodes

_HOLE: Final = "\x7fthe text\x7f"
"""Stands for the text while the template is filled for all."""

_OTHER: Final = "\x7fthe other\x7f"
"""Stands for another one."""

_FEW: Final = 8
"""To find out whether it may be takes as long as to fill it for some."""

_MOST: Final = 1000
"""Fillings that are remembered."""


class Frame:
    """A template with one text in it."""

    def __init__(self, tree: "Callable[[], nodes.Template]", framed: str) -> None:
        """`framed` is what the template calls its text: `table`, `callout.body`."""
        self._tree = tree
        self._framed = framed
        self._asked = 0
        self._is_mere: bool | None = None
        self._filled: dict[Hashable, str] = {}

    def around(self, text: str, told: Hashable, fill: Callable[[str], str]) -> str:
        """
        The text in its frame.

        `fill` fills the template for a text, and `told` is all else that it tells it.
        """
        filled = self._filled.get(told)
        if filled is None:
            if not self._may_be_known():
                return fill(text)
            filled = fill(_HOLE)
            if filled.replace(_HOLE, _OTHER) != fill(_OTHER):
                # Somebody's words have the hole in them, and no text belongs there.
                self._is_mere = False
                return fill(text)
            self._filled[told] = filled
        return filled.replace(_HOLE, text)

    def _may_be_known(self) -> bool:
        self._asked += 1
        if self._asked < _FEW or len(self._filled) >= _MOST:
            return False
        if self._is_mere is None:
            self._is_mere = _is_mere(self._tree(), self._framed)
        return self._is_mere


def _is_mere(tree: "nodes.Template", framed: str) -> bool:
    from jinja2 import nodes

    # In these something else may be made of what is put out.
    others = (
        nodes.Macro,
        nodes.CallBlock,
        nodes.FilterBlock,
        nodes.AssignBlock,
        nodes.Block,
        nodes.Extends,
        nodes.Include,
        nodes.Import,
        nodes.FromImport,
    )
    if next(tree.find_all(others), None) is not None:
        return False
    owner, _, part = framed.partition(".")
    shown = [
        each
        for output in tree.find_all(nodes.Output)
        for each in output.nodes
        if _written(each) == framed
    ]
    asked = [each for each in tree.find_all(nodes.Name) if each.name == owner]
    apart = [
        each
        for each in tree.find_all(nodes.Getattr)
        if part and _written(each) != framed and _written(each.node) == owner
    ]
    return len(asked) == len(shown) + len(apart)


def _written(node: "nodes.Node") -> str:
    """A name or a part of one, as templates write it; empty for all else."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{node.node.name}.{node.attr}"
    return ""
