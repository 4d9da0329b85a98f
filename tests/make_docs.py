"""
The documents that are made of the program's own data: `python -m tests.make_docs`.

`docs/checks.md` is made whole. In the others it is what stands between the lines
`<!-- made: NAME -->` and `<!-- made: end -->`.
"""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

from babel.dates import format_date

from bench import results
from pipeline import cldr, registry
from pipeline.checks import TOLD, Example
from pipeline.model.finding import Severity
from tests import policies

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"

MADE = re.compile(
    r"(<!-- made: (?!end)([\w ]+) -->\n).*?(<!-- made: end -->)", re.DOTALL
)

WITHOUT_MODULE = {
    "catalog": "The file is not a whole, unambiguous catalog: it was cut off, is in "
    "another charset, or holds an entry twice. Nothing of it is used until it is "
    "mended.",
    "ignore": "A comment that silences a check names none, or names one that does not "
    "exist, or says no reason.",
    "portability": "Other tools, those that are built on polib, would read something "
    "else from this file than we do. Saving it in Poedit or with `msgcat` helps.",
}
"""What is found in a file as a whole, by no module of `pipeline/checks/`."""


def remarks(name: str, example: Example) -> list[tuple[Severity, str]]:
    """What the check of this name says of an example."""
    check = registry.checks()[name]
    return [
        (remark.severity or check.severity, remark.message)
        for remark in check(example.message, example.context)
    ]


def checks_page() -> str:
    """`docs/checks.md`."""
    return "\n".join([*_checks_head(), *_checks_body(), ""])


def _checks_head() -> Iterator[str]:
    yield """\
# What is checked

This page is made from the program by `python -m tests.make_docs`.

An **error** holds the article back in that language until it is corrected. A
**warning** deserves a look and holds nothing. What to do where a check is wrong is said
in [the translator's guide](translators.md#when-a-check-is-wrong). `publish check
--explain NAME` shows one of them with examples. Notes (`info`) are for who wants them.

How well the checks find errors, and how often they are wrong, is measured: see
[Measured](#measured).

| check | weight |
|---|---|"""
    for name, each in registry.checks().items():
        yield f"| [`{name}`](#{name}) | {each.severity} |"
    for name in WITHOUT_MODULE:
        weight = "error" if name == "catalog" else "warning"
        yield f"| [`{name}`](#of-the-file-as-a-whole) | {weight} |"


def _checks_body() -> Iterator[str]:
    for name, each in registry.checks().items():
        yield f"\n## {name}\n\n{each.explanation}\n"
        for example in getattr(each, "good", ()):
            yield f"- {_pair(example)}: right"
        for example in getattr(each, "bad", ()):
            severity, message = remarks(name, example)[0]
            yield f"- {_pair(example)}: **{severity}**, {message}"
    yield "\n## Of the file as a whole\n"
    for name, text in WITHOUT_MODULE.items():
        yield f"- `{name}`: {text}"
    measured = (ROOT / "bench" / "checks.md").read_text(encoding="utf-8")
    yield f"\n## Measured\n\n{measured.rstrip()}"


def _pair(example: Example) -> str:
    language = cldr.display_name(example.locale, "en")
    source = " · ".join(filter(None, (example.source, example.plural)))
    target = " · ".join((example.msgstr, *example.forms))
    pair = f"{_code(source)} → {_code(target)}" if source else _code(target)
    beside = f" (elsewhere {_code(example.elsewhere)})" if example.elsewhere else ""
    for term in example.terms:
        beside += f" (glossary: {_code(f'{term.source} = {term.target}')})"
    return f"{language}: {pair}{beside}"


def _code(text: str) -> str:
    shown = "".join(map(_visible, text))
    return f"`{shown}`" if "`" not in shown else f"`` {shown} ``"


def _visible(character: str) -> str:
    """The character, or its number where nobody would see it."""
    if character == "\n":
        return "⏎"
    is_seen = character.isprintable() or character == " "
    return character if is_seen else f"[U+{ord(character):04X}]"


def house() -> str:
    """Every module by its floor, with the first sentence of its docstring."""
    lines: list[str] = []
    for floor in floors():
        for name in floor:
            lines += _drawn(ROOT / "pipeline", name, 0)
        lines.append("─" * 60)
    return "```text\n" + "\n".join(lines[:-1]) + "\n```\n"


def floors() -> tuple[tuple[str, ...], ...]:
    """The layers of `pyproject.toml`, the highest first."""
    (contract,) = contracts("layers")
    return tuple(tuple(re.findall(r"\w+", layer)) for layer in contract["layers"])


def contracts(kind: str) -> list[dict[str, list[str]]]:
    """What import-linter is told, of one kind of contract."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = data["tool"]["importlinter"]["contracts"]
    return [each for each in found if each["type"] == kind]


def _drawn(folder: Path, name: str, depth: int) -> Iterator[str]:
    package = folder / name
    shown, file = f"{name}.py", folder / f"{name}.py"
    if package.is_dir():
        shown, file = f"{name}/", package / "__init__.py"
    label = f"{'  ' * depth}{shown}"
    yield f"{label:<22} {first_sentence(file)}"
    if package.is_dir():
        for inner in sorted(_names(package)):
            yield from _drawn(package, inner, depth + 1)


def _names(package: Path) -> set[str]:
    files = {path.stem for path in package.glob("*.py")} - {"__init__"}
    folders = {path.parent.name for path in package.glob("*/__init__.py")}
    return files | folders


def first_sentence(file: Path) -> str:
    """What a module says it is, without the full stop."""
    docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(docstring.partition("\n\n")[0].split())
    return re.split(r"[.;](?: |$)", paragraph)[0]


def doors() -> str:
    """Which module alone may import which library, as `pyproject.toml` has it."""
    rows = ["| library | its door |", "|---|---|"]
    for each in contracts("protected"):
        libraries = ", ".join(f"`{name}`" for name in each["protected_modules"])
        places = ", ".join(f"`{name}`" for name in each["allowed_importers"])
        rows.append(f"| {libraries} | {places} |")
    return "\n".join(rows) + "\n"


def template_values() -> str:
    """What the templates see, as `render/views.py` says it."""
    from pipeline.render import views

    text = (views.__doc__ or "").strip()
    return f"```text\n{text}\n```\n"


def bench_results(name: str) -> Callable[[], str]:
    return lambda: results.shown(name)


PARTS = {
    "the house": house,
    "doors": doors,
    "template values": template_values,
    "policies": policies.as_markdown,
    **{f"bench {name}": bench_results(name) for name in results.names()},
}


def documents() -> dict[Path, str]:
    """Every document with a made part, and the text that it should have."""
    made = {DOCS / "checks.md": checks_page()}
    for path in sorted(DOCS.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        if path not in made and MADE.search(text):
            made[path] = MADE.sub(lambda m: m[1] + PARTS[m[2]]() + m[3], text)
    return made


DECLARED = ROOT / "pipeline" / "declared.py"
_DECLARED_HEAD = '''\
"""
Our own formats and checks, as far as one must know them without importing them.

This module is made from their classes by `python -m tests.make_docs`.
"""

from typing import Final

# fmt: off
'''


def declared() -> str:
    """`pipeline/declared.py`."""
    lines = ["FORMATS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {"]
    for name, value, kind in _own_members("formats"):
        suffixes = ", ".join(map(json.dumps, vars(kind)["suffixes"]))
        lines.append(f'    "{name}": ("{value}", ({suffixes},)),')
    lines += ["}", '"""The place and the suffixes of each."""', ""]
    row = "tuple[str, str, dict[str, object]]"
    lines.append(f"CHECKS: Final[dict[str, {row}]] = {{")
    for name, value, kind in _own_members("checks"):
        told = ", ".join(
            f'"{each}": {_as_code(vars(kind)[each])}'
            for each in TOLD
            if each in vars(kind)
        )
        lines.append(
            f'    "{name}": ("{value}", "{vars(kind)["severity"]}", {{{told}}}),'
        )
    lines += [
        "}",
        '"""The place, the severity and what it says of when to ask each."""',
        "",
    ]
    return _DECLARED_HEAD + "\n".join(lines)


def _as_code(value: object) -> str:
    if isinstance(value, frozenset):
        return f"frozenset(({', '.join(map(json.dumps, sorted(value)))},))"
    return repr(value)


def _own_members(family: str) -> Iterator[tuple[str, str, type[object]]]:
    """The members that `pyproject.toml` declares: name, place and class."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for name, value in sorted(project["entry-points"][f"pipeline.{family}"].items()):
        module, _, kind = value.partition(":")
        yield name, value, getattr(import_module(module), kind)


LONG_DATES = ROOT / "pipeline" / "long_dates.py"
_LONG_DATES_HEAD = '''\
"""
Dates as they are written out in the most common languages, by CLDR.

Asking Babel for one takes as long as all else that a page needs; it is asked for the
other languages. This module is made from it by `python -m tests.make_docs`.
"""

from datetime import date
from typing import Final


def long_date(day: date, locale: str) -> str | None:
    """A date such as “5 Mart 2026”; None where the locale is not in the table."""
    found = _FORMS.get(locale)
    if found is None:
        return None
    before, names, after = found
    form = f"{before}{names.split('|')[day.month - 1]}{after}"
    return form.format(d=day.day, y=day.year)


# fmt: off
_FORMS: Final = {
'''


def long_dates() -> str:
    """`pipeline/long_dates.py`."""
    lines = []
    for locale in cldr.COMMON:
        forms = [_long_form(locale, month) for month in range(1, 13)]
        first = forms[0]
        before, after = first[: first.index("}") + 1], first[first.rindex("{") :]
        if not all(form.startswith(before) for form in forms):
            before = ""
        if not all(form.endswith(after) for form in forms):
            after = ""
        names = (form[len(before) : len(form) - len(after)] for form in forms)
        lines.append(f'    "{locale}": ("{before}", "{"|".join(names)}", "{after}"),')
    return _LONG_DATES_HEAD + "\n".join([*lines, "}", ""])


def _long_form(locale: str, month: int) -> str:
    known = cldr.babel_locale(locale)
    text = format_date(date(7777, month, 8), format="long", locale=known)
    day = "{d:02}" if "08" in text else "{d}"
    return text.replace("7777", "{y}").replace("08", "8").replace("8", day)


def main() -> int:
    DECLARED.write_text(declared(), encoding="utf-8")
    LONG_DATES.write_text(long_dates(), encoding="utf-8")
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
