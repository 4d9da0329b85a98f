import pytest

from pipeline.model.catalog import Message
from pipeline.restructured import as_markdown, is_restructured

CASES = [
    ("See `the book <https://a.example/>`__.", "See [the book](<https://a.example/>)."),
    ("See :ref:`the book <a b>`.", "See [the book](<a b>)."),
    (":doc:`a/b`", "[](<a/b>)"),
    (":math:`x_1`", "`x_1`"),
    (":guilabel:`Open`", "Open"),
    (":term:`inputs <input>`", "inputs"),
    ("``code`` and `words two`_", "``code`` and words two"),
    ("`name`", "`name`"),
    ("`half <https://a.example/>__ and", "`half <https://a.example/>__ and"),
    ("no mark: at all", "no mark: at all"),
]


@pytest.mark.parametrize(("text", "markdown"), CASES)
def test_inline_markup_is_that_of_markdown(text, markdown):
    assert as_markdown(Message(text, (text,))).msgstrs == (markdown,)


def test_a_plural_is_converted_too():
    message = Message(":math:`1`", (":math:`1`",) * 2, msgid_plural=":math:`2`")
    assert as_markdown(message).msgid_plural == "`2`"


def test_a_source_is_known_by_its_reference():
    assert is_restructured(Message("a", ("b",), references=("../x.rst:4",)))


def test_a_source_is_known_by_its_markup():
    assert is_restructured(Message("See :ref:`a`.", ("b",)))
    assert is_restructured(Message("See `a <b>`__.", ("b",)))


def test_markdown_is_none():
    assert not is_restructured(
        Message("See `a` at 10:30.", ("b",), references=("x.md",))
    )
