import pytest

from pipeline.render.casing import capitalize, lower, upper
from tests.render.shelf import theme


@pytest.mark.parametrize(
    ("locale", "text", "capitals", "small", "first"),
    [
        ("tr", "ılık iç Diş", "ILIK İÇ DİŞ", "ılık iç diş", "Ilık iç diş"),
        ("tr", "İĞNE", "İĞNE", "iğne", "İğne"),
        ("az", "IŞIQ", "IŞIQ", "ışıq", "Işıq"),
        ("en", "Inside İ", "INSIDE İ", "inside i̇", "Inside i̇"),
        ("de", "groß", "GROSS", "groß", "Groß"),
        ("tr", "", "", "", ""),
    ],
)
def test_letters_follow_the_language(locale, text, capitals, small, first):
    assert upper(text, locale) == capitals
    assert lower(text, locale) == small
    assert capitalize(text, locale) == first


def test_the_filters_of_templates_follow_the_language(tmp_path):
    text = "{{ 'diş' | upper }} {{ 'ILIK' | lower }} {{ '<i>' | upper }}"
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    words = theme(str(tmp_path))
    assert words.render("page.html", "tr", {}) == "DİŞ ılık &lt;İ&gt;"
    assert words.render("page.html", "en", {}) == "DIŞ ilik &lt;I&gt;"
