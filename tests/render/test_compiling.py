"""Templates as they are compiled here, beside what Jinja2 itself makes of them."""

from traceback import extract_tb

import jinja2
import pytest
from hypothesis import given
from hypothesis.strategies import lists, recursive, sampled_from
from jinja2.compiler import CodeGenerator

from pipeline.late import dataclass
from pipeline.render.environment import Environment, environment_of
from pipeline.render.strings import Strings

BASE = (
    "<{% block top %}base {{ view.title }}{% endblock %}|{% block low %}{% endblock %}>"
)
PART = "({{ view.title }}{% for each in views %}{{ each.url }}{% endfor %}{{ x }})"
MACROS = "{% macro said(it) %}[{{ it.title }}{{ caller() if caller }}]{% endmacro %}"


@dataclass(frozen=True, slots=True)
class View:
    """Has what templates ask for."""

    title: str
    url: str = "a&b"
    _own: str = "own"

    @property
    def whole(self) -> str:
        return f"{self.title}!"


@dataclass(frozen=True, slots=True)
class Other:
    """Has one of these fields."""

    url: str


VALUES = {
    "view": View("<i>"),
    "views": [View("one"), Other("two"), {"url": "three", "title": "T"}, View("four")],
    "table": {"class": "c", "title": "of a table", "items": 1},
    "x": None,
}


def made(template: str, generator: type[CodeGenerator] | None = None) -> str:
    """What comes of a template, or the error and its line."""
    environment = environment_of(
        (), Strings({}, int), locale="en", text=False, compiled=Forgetful()
    )
    assert isinstance(environment, Environment)
    if generator is not None:
        environment.code_generator_class = generator
    texts = {
        "x.html": template,
        "base": BASE,
        "part": PART,
        "plain": "plain",
        "macros": MACROS,
    }
    environment.loader = jinja2.DictLoader(texts)
    said = []
    # The second time it is known which kinds of views there are.
    for _ in range(2):
        try:
            said.append(environment.get_template("x.html").render(VALUES))
        except (jinja2.TemplateError, TypeError) as error:
            said.append(f"{type(error).__name__} {error} {_lines(error)}")
    assert said[0] == said[1]
    return said[0]


def _lines(error: BaseException) -> list[int | None]:
    """Of templates: Jinja2 writes them as frames."""
    frames = extract_tb(error.__traceback__)
    return [each.lineno for each in frames if each.filename == "<template>"]


class Forgetful(jinja2.BytecodeCache):
    """Knows nothing."""

    def load_bytecode(self, bucket):
        del bucket

    dump_bytecode = load_bytecode


@pytest.mark.parametrize(
    "template",
    [
        "",
        "{{ view.title }} and {{ view.url }}",
        "{{ view.title.upper().title() }}",
        "{{ view.whole }} {{ table.title }} {{ table.class }} {{ table.items }}",
        "{{ view._own }}",
        "{{ view.__class__ }}",
        "{{ view.titel }}",
        "{{ nothing.title }}",
        "{{ x.title }}",
        "{{ table.titel }}",
        "{{ ''.format.title }} {{ view.title.format }}",
        "{% set view = table %}{{ view.title }}",
        "{% for view in views %}{{ view.title }}{% endfor %}",
        "{% for each in views recursive %}{{ each.url }}{{ loop.index }}{% endfor %}",
        "{% extends 'base' %}{% block top %}{{ super() }}+{{ view.url }}{% endblock %}",
        "{% extends 'base' %}{% block top %}{% include 'part' %}{% endblock %}",
        "{% if view.title %}{% extends 'base' %}{% endif %}out {{ view.url }}",
        "{% if x %}{% extends 'base' %}{% endif %}out {{ view.url }}",
        "{% block a scoped %}{{ view.url }}{% block b %}b{% endblock %}{% endblock %}",
        "{% block a %}a{% endblock %}{{ self.a() }}{% include 'part' %}",
        "{% set x %}{% include 'part' %}{% endset %}{{ x }}{{ x.title }}",
        (
            "{% set n = namespace(a=1) %}{% set n.a = 2 %}{{ n.a }}{% filter upper %}"
            "a{{ view.title }}{% include 'part' %}{% endfilter %}"
        ),
        (
            "{% from 'macros' import said %}{{ said(view) }}{% call said(table) %}"
            "{{ view.url }}{% endcall %}"
        ),
        "{% import 'macros' as all %}{{ all.said(view) }}",
        "{% with view = views[1] %}{{ view.url }}{% endwith %}{{ view.url }}",
        "{% autoescape false %}{{ view.title }}{% endautoescape %}{{ view.title }}",
        "{% trans title=view.title %}So {{ title }}{% endtrans %}",
        "{% macro m(view) %}{{ view.url }}{% endmacro %}{{ m(views[1]) }}{{ m() }}",
        "{{ view.title\n}}\n{{ view.url }}\n{{ view.titel }}",
        "a{% include 'plain' without context %}b",
        (
            "{% for each in views %}{{ each.url }}"
            "{% include 'plain' without context %}c{% endfor %}d"
        ),
        "{% block a %}1{% include 'plain' without context %}2{% endblock %}",
    ],
)
def test_a_template_says_what_jinja2_makes_of_it(template):
    assert made(template) == made(template, CodeGenerator)


PIECES = [
    "{{ view.title }}",
    "{{ view.url }}",
    "{{ each.url }}",
    "{{ table.title }}",
    "{{ table.titel }}",
    "{{ x }}",
    "a text",
    "{% include 'part' %}",
    "{% include 'plain' without context %}",
    "{% set x = view.url %}",
    "{% set x = view %}{{ x.title }}",
    "{% set view = views[0] %}",
]
AROUND = [
    "{% if view.title %}$a{% else %}$b{% endif %}",
    "{% if view.url == x %}$a{% else %}$b{% endif %}",
    "{% for each in views %}$a{% else %}$b{% endfor %}$b",
    "{% for view in views %}$a{% endfor %}$b",
    "{% filter upper %}$a{% endfilter %}$b",
    "{% set x %}$a{% endset %}$b",
    "{% with each = view %}$a{% endwith %}$b",
]
TEMPLATES = recursive(
    sampled_from(PIECES),
    lambda inner: lists(inner, min_size=2, max_size=2).flatmap(
        lambda pair: sampled_from(AROUND).map(
            lambda text: text.replace("$a", pair[0]).replace("$b", pair[1])
        )
    ),
)


@given(
    lists(TEMPLATES, max_size=4).map("".join),
    sampled_from(
        [
            "$t",
            "{% block one %}$t{% endblock %}{{ view.url }}",
            (
                "{% extends 'base' %}{% block top %}$t{% endblock %}"
                "{% block low %}$t{% endblock %}"
            ),
        ]
    ),
)
def test_whatever_stands_in_what_it_says_the_same(text, frame):
    template = frame.replace("$t", text)
    assert made(template) == made(template, CodeGenerator)
