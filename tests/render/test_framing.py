"""Templates around one text, which are filled once for many."""

import pytest
from markupsafe import Markup

from pipeline.render.theme import Theme

NAME = "partials/table.html"
TEXTS = [f"<table>{number}</table>" for number in range(20)]


@pytest.fixture
def fillings(tmp_path):
    """Puts texts into a template: how often it was filled, what came of it, and should."""

    def put(template: str, framed: str = "table", **others: object):
        folder = tmp_path / "templates" / "partials"
        folder.mkdir(parents=True)
        (folder / "table.html").write_text(template, encoding="utf-8")
        (folder / "other.html").write_text("{{ table }}", encoding="utf-8")
        theme = Theme((str(folder.parent),))
        asked = []

        def fill(text: str) -> str:
            asked.append(text)
            return filled(text)

        def filled(text: str) -> str:
            given = Markup(text)
            value = {"body": given, "kind": "tip"} if "." in framed else given
            values = {framed.partition(".")[0]: value, **others}
            return theme.render(NAME, "tr", values)

        frame = theme.frame(NAME, "tr", framed)
        made = [frame.around(text, None, fill) for text in TEXTS]
        return len(asked), made, [filled(text) for text in TEXTS]

    return put


@pytest.mark.parametrize(
    "template",
    [
        "<div>\n{{ table }}\n</div>",
        "{{ table }}{% if number > 1 %}{{ number }}{% endif %}",
        "{% for each in (1, 2) %}{{ table }}{% endfor %}",
    ],
)
def test_a_mere_frame_is_not_filled_for_each_text(fillings, template):
    count, made, expected = fillings(template, number=2)
    assert count < len(TEXTS) / 2
    assert made == expected


@pytest.mark.parametrize("words", ["\x7fthe text\x7f", "\x7fthe other\x7f"])
def test_no_text_comes_where_somebodys_words_ask_for_it(fillings, words):
    template = '<div aria-label="{{ words }}">{{ table }}</div>'
    _, made, expected = fillings(template, words=words)
    assert made == expected


@pytest.mark.parametrize(
    "template",
    [
        "{% if '1' in table %}one{% else %}{{ table }}{% endif %}",
        "{{ table | length }}",
        "{{ table[:9] }}",
        "{{ table ~ '' }}",
        "{% set table = 'x' %}{{ table }}",
        "{% set kept %}{{ table }}{% endset %}{{ kept | length }}",
        "{% filter upper %}{{ table }}{% endfilter %}",
        "{% macro m() %}{{ table }}{% endmacro %}{{ m() | length }}",
        "{% include 'partials/other.html' %}",
        "{% trans table=table %}{{ table }}{% endtrans %}",
        "{% block inner %}{{ table }}{% endblock %}",
    ],
)
def test_a_template_that_asks_anything_of_its_text_is_filled_for_each(
    fillings, template
):
    count, made, expected = fillings(template)
    assert count == len(TEXTS)
    assert made == expected


def test_what_stands_in_a_view_beside_the_text_may_be_asked_for(fillings):
    template = "<p>{{ box.kind }}</p>{{ box.body }}"
    count, made, expected = fillings(template, "box.body")
    assert count < len(TEXTS) / 2
    assert made == expected


@pytest.mark.parametrize(
    "template", ["{{ box.body | length }}", "{{ box }}", "{{ box['body'] | length }}"]
)
def test_a_view_that_is_asked_otherwise_is_filled_in_each_time(fillings, template):
    count, made, expected = fillings(template, "box.body")
    assert count == len(TEXTS)
    assert made == expected
