"""
Templates as Jinja2 compiles them, with less to do for what a page does most.

A page asks for a hundred fields of views and puts out two hundred pieces of text. Which
kinds of views have a field is known, and what a function puts out goes as one text
through all the functions around it.
"""

from collections.abc import Iterable
from keyword import iskeyword

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame


class Compiler(CodeGenerator):
    """Writes the functions of one template, which see the `kinds` of an environment."""

    fields: set[str]
    """Those that are asked of a name."""

    def visit_Template(  # noqa: N802 - as Jinja2 calls it
        self, node: nodes.Template, frame: Frame | None = None
    ) -> None:
        """All of a template, and where its functions find which kinds have a field."""
        self.fields = set()
        super().visit_Template(node, frame)
        for name in sorted(self.fields):
            self.writeline(f"{_kinds_with(name)} = environment.kinds[{name!r}]")

    def visit_Getattr(  # noqa: N802 - the same
        self, node: nodes.Getattr, frame: Frame
    ) -> None:
        """A field: of a view that is known to have it, without asking anybody."""
        owner, name = node.node, node.attr
        if not isinstance(owner, nodes.Name) or not _is_plain(name):
            super().visit_Getattr(node, frame)
            return
        self.fields.add(name)
        view = frame.symbols.ref(owner.name)
        self.write(f"({view}.{name} if type({view}) in {_kinds_with(name)} else ")
        super().visit_Getattr(node, frame)
        self.write(")")

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """What stands in a function, a loop or a condition."""
        body = list(nodes)
        is_function = frame.parent is None and frame.buffer is None
        if not is_function or any(map(_goes_out_at_once, body)):
            super().blockvisit(body, frame)
            return
        self.buffer(frame)
        super().blockvisit(body, frame)
        self.writeline(f"yield concat({frame.buffer})")
        frame.buffer = None


def _kinds_with(field: str) -> str:
    """The kinds of views that have a field, as the functions call them."""
    return f"with_{field}"


def _is_plain(name: str) -> bool:
    """Whether it is a name in Python too, and none that is kept from templates."""
    return name.isascii() and not name.startswith("_") and not iskeyword(name)


def _goes_out_at_once(node: nodes.Node) -> bool:
    """Whether Jinja2 puts out what is in it by itself, before a text that is kept."""
    found = (node, *node.find_all((nodes.Extends, nodes.Include)))
    return any(
        isinstance(each, nodes.Extends)
        or (isinstance(each, nodes.Include) and not each.with_context)
        for each in found
    )
