"""What is drawn without rich looks as rich draws it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.cli.plain_table import plain_table

WIDTH = 60
LETTERS = st.characters(min_codepoint=32, max_codepoint=0x2FF)
CELLS = st.text(LETTERS.filter(str.isprintable), max_size=15)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=4)


def drawn_by_rich(columns, rows, right):
    stream = io.StringIO()
    table = Table(box=SIMPLE_HEAD)
    for column in columns:
        table.add_column(
            Text(column),
            justify="right" if column in right else "left",
            overflow="fold",
        )
    for row in rows:
        table.add_row(*map(Text, row))
    Console(file=stream, highlight=False, width=WIDTH).print(table)
    return stream.getvalue()


@given(ROWS)
def test_a_table_is_drawn_as_rich_draws_it(rows):
    columns, right = ("language", "n", "why"), ("n",)

    text = plain_table(columns, rows, width=WIDTH, right=right)

    if text is not None:
        assert text == drawn_by_rich(columns, rows, right)
        assert max(map(len, text.splitlines())) <= WIDTH


@pytest.mark.parametrize("cell", ["two\nlines", "漢字", "e\u0301", "a\xadb", "x" * 60])
def test_what_needs_more_than_its_own_line_is_left_to_rich(cell):
    assert plain_table(("a",), [("b",)], width=WIDTH)
    assert plain_table(("a",), [("b",), (cell,)], width=WIDTH) is None


def test_names_of_columns_are_bold_where_that_is_asked_for():
    text = plain_table(("a", "b"), [("c", "d")], width=WIDTH, bold=True)

    assert text is not None
    assert text.splitlines()[1] == " \x1b[1m a \x1b[0m \x1b[1m b \x1b[0m "
    assert text.count("\x1b") == 4
