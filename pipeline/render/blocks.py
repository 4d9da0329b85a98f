"""
What a template that extends another says in vain.

Jinja2 shows of it only the blocks that the other has, and is silent about all else: a
slip in the name of a block, or a line outside of every block, would be gone unseen.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from pipeline.errors import TemplateError
from pipeline.late import regex

if TYPE_CHECKING:
    import jinja2
    from jinja2 import nodes

_EXTENDS: Final = regex(r"\{%[-+]?\s*extends\s+[\"']([^\"']+)[\"']\s*[-+]?%\}")


def require_shown(
    environment: "jinja2.Environment", name: str, *, is_own: Callable[[str], bool]
) -> None:
    """
    Raise TemplateError for what no page would ever show of the site's own templates.

    Looks at a template and at those that it extends. Where one cannot be read or does
    not parse, it is passed over: whoever fills it says so.
    """
    from jinja2 import TemplateError as Broken

    try:
        if not any(map(is_own, _extending(environment, name))):
            return
        chain = list(_chain(environment, name))
    except (Broken, OSError, UnicodeDecodeError):
        return
    for place, (each, tree) in enumerate(chain[:-1]):
        if is_own(each):
            parent = chain[place + 1][0]
            known = {b.name for _, above in chain[place + 1 :] for b in _blocks(above)}
            _require_known(each, tree, parent, known)


def _extending(environment: "jinja2.Environment", name: str) -> Iterator[str]:
    """
    The templates of a chain that extend another, as far as a glance can tell.

    Most are built-in ones, and parsing those takes as long as filling them.
    """
    seen: set[str] = set()
    while name not in seen and environment.loader is not None:
        seen.add(name)
        source, _, _ = environment.loader.get_source(environment, name)
        said = source.count("extends")
        if not said:
            return
        yield name
        found = _EXTENDS.findall(source)
        if len(found) != said:
            # Somebody else must look: it may lead to any of them.
            yield from environment.list_templates()
            return
        name = found[0]


def _chain(
    environment: "jinja2.Environment", name: str
) -> Iterator[tuple[str, "nodes.Template"]]:
    """A template and those that it extends; none where that is known at work only."""
    from jinja2 import nodes

    seen: list[tuple[str, nodes.Template]] = []
    following = name
    while following not in (known for known, _ in seen):
        tree = parsed(environment, following)
        seen.append((following, tree))
        extended = next(tree.find_all(nodes.Extends), None)
        if extended is None:
            yield from seen
            return
        if not isinstance(extended.template, nodes.Const):
            return
        following = str(extended.template.value)


def parsed(environment: "jinja2.Environment", name: str) -> "nodes.Template":
    """A template as Jinja2 reads it. Raises what it raises where there is none."""
    from jinja2 import TemplateNotFound

    if environment.loader is None:
        raise TemplateNotFound(name)
    source, _, _ = environment.loader.get_source(environment, name)
    return environment.parse(source, name)


def _require_known(
    name: str, tree: "nodes.Template", parent: str, known: set[str]
) -> None:
    from jinja2 import nodes

    called = {
        each.attr
        for each in tree.find_all(nodes.Getattr)
        if isinstance(each.node, nodes.Name) and each.node.name == "self"
    }
    for block in _outermost(tree):
        if block.name not in known | called:
            from difflib import get_close_matches

            near = " or ".join(get_close_matches(block.name, known, n=3))
            raise TemplateError(
                f"the block {block.name} is never shown: {parent} has no such block",
                path=f"templates/{name}",
                line=block.lineno,
                hint=f"did you mean {near}?"
                if near
                else f"the blocks there are {', '.join(sorted(known))}",
            )
    line = _outside(tree)
    if line is not None:
        raise TemplateError(
            "what stands outside of every block is never shown",
            path=f"templates/{name}",
            line=line,
            hint=f"put it into a block that {parent} has",
        )


def _blocks(tree: "nodes.Template") -> Iterator["nodes.Block"]:
    from jinja2 import nodes

    return tree.find_all(nodes.Block)


def _outermost(tree: "nodes.Template") -> Iterator["nodes.Block"]:
    """The blocks that are in no other block, which shows what is in it."""
    from jinja2 import nodes

    waiting: list[nodes.Node] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.Block):
            yield node
        else:
            waiting += reversed(list(node.iter_child_nodes()))


def _outside(tree: "nodes.Template") -> int | None:
    """The line of the first text that is in no block."""
    from jinja2 import nodes

    for output in tree.body:
        for each in output.nodes if isinstance(output, nodes.Output) else ():
            if not isinstance(each, nodes.TemplateData):
                return each.lineno
            text = each.data.lstrip()
            if text:
                before = each.data.removesuffix(text)
                return each.lineno + before.count("\n")
    return None
