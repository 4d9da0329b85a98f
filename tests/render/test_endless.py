import pytest

from pipeline.render.endless import endless, name_of


@pytest.mark.parametrize(
    ("html", "opened"),
    [
        ("<p>a</p>", ""),
        ("<p>a</p><!-- b --><STYLE>c</Style>", ""),
        ("<p>a</p>\n<!-- b\n<p>c</p>", "<!-- b"),
        ("<style>a</style><p>b</p><style x>c", "<style x>c"),
        ("<!-- a --><Textarea\nx>b", "<Textarea"),
        ("<styled>a", ""),
        (f"<script>{'a' * 99}", f"<script>{'a' * 52}"),
    ],
)
def test_what_is_never_closed_is_found(html, opened):
    assert endless(html) == opened


def test_it_is_called_by_its_tag():
    assert name_of("<Style x>c") == "<style>"
    assert name_of("<!-- b") == "<!--"


def test_many_that_are_closed_once_are_looked_through_once():
    assert endless("<style>" * 50_000 + "</style>") == ""
