"""What a site's own template says in vain is an error, and not gone unseen."""

import pytest

from pipeline.errors import TemplateError
from pipeline.render.theme import Theme


def shown(tmp_path, **own):
    """What a page is, where the built-in one extends a frame of two blocks."""
    site, program = tmp_path / "templates", tmp_path / "with the program"
    for folder in (site, program):
        folder.mkdir()
    program.joinpath("base.html").write_text(
        "{% block head %}h{% endblock %}{% block foot %}f{% endblock %}"
    )
    program.joinpath("page.html").write_text(
        "{% extends 'base.html' %}"
        "{% block head %}{% block title %}t{% endblock %}{% endblock %}"
    )
    for name, text in own.items():
        site.joinpath(f"{name}.html").write_text(text)
    return Theme((str(site), str(program))).render("page.html", "en", {})


PAGE = "{% extends 'builtin/page.html' %}\n"
BASE = "{% extends 'builtin/base.html' %}\n"


@pytest.mark.parametrize(
    ("name", "text", "line", "hint"),
    [
        ("page", PAGE + "{% block titel %}x{% endblock %}", 2, "did you mean title?"),
        ("page", PAGE + "\n{% block mine %}x{% endblock %}", 3, "foot, head, title"),
        ("base", BASE + "{% block foto %}x{% endblock %}", 2, "did you mean foot?"),
        (
            "page",
            PAGE + "{% if true %}\n{% block heat %}x{% endblock %}{% endif %}",
            3,
            "did you mean head?",
        ),
    ],
)
def test_a_block_that_nothing_shows_is_named_with_those_near(
    tmp_path, name, text, line, hint
):
    with pytest.raises(TemplateError, match="is never shown") as raised:
        shown(tmp_path, **{name: text})

    error = raised.value
    assert (error.path, error.line) == (f"templates/{name}.html", line)
    assert hint in error.hint


@pytest.mark.parametrize("text", ["<p>x</p>", "{{ 1 }}"])
def test_what_stands_outside_of_every_block_is_an_error_with_its_line(tmp_path, text):
    page = f"{PAGE}{{% block foot %}}{{% endblock %}}\n\n{text}"
    with pytest.raises(TemplateError, match="outside of every block") as raised:
        shown(tmp_path, page=page)

    assert raised.value.line == 4


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("{# Ours #}{% block foot %}F{% endblock %}", "tF"),
        ("{% set x = 'F' %}\n{% block foot %}{{ x }}{% endblock %}", "tF"),
        (
            "{% macro m() %}F{% endmacro %}{% block foot %}{{ m() }}{% endblock %}",
            "tF",
        ),
        ("{% block foot %}{% block mine %}F{% endblock %}{% endblock %}", "tF"),
        ("{% block m %}F{% endblock %}{% block foot %}{{ self.m() }}{% endblock %}", 0),
    ],
)
def test_what_is_shown_is_no_error(tmp_path, text, page):
    assert shown(tmp_path, page=f"{PAGE}{text}") == (page or "tF")


def test_a_template_whose_parent_is_known_at_work_only_is_passed_over(tmp_path):
    page = "{% extends 'builtin/page' ~ '.html' %}{% block no %}x{% endblock %}"
    assert shown(tmp_path, page=page) == "tf"


def test_templates_that_extend_one_another_are_an_error_all_the_same(tmp_path):
    with pytest.raises(TemplateError):
        shown(tmp_path, page="{% extends 'page.html' %}")
