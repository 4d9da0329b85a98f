import pytest

from pipeline.render.layouts import LAYOUTS


def places(name, domain="articles/washing", kind="markdown"):
    layout = LAYOUTS[name]
    file = layout.file(domain, kind)
    return [
        f"{layout.place(locale, source=locale == 'en')}/{file}"
        for locale in ("en", "pt-BR")
    ]


@pytest.mark.parametrize(
    ("name", "english", "portuguese"),
    [
        ("plain", "en/articles/washing.md", "pt-BR/articles/washing.md"),
        (
            "hugo",
            "content/en/articles/washing.md",
            "content/pt-BR/articles/washing.md",
        ),
        (
            "docusaurus",
            "docs/articles/washing.md",
            "i18n/pt-BR/docusaurus-plugin-content-docs/current/articles/washing.md",
        ),
        (
            "astro",
            "src/content/docs/en/articles/washing.md",
            "src/content/docs/pt-br/articles/washing.md",
        ),
    ],
)
def test_documents_lie_where_the_generator_looks(name, english, portuguese):
    assert places(name) == [english, portuguese]


@pytest.mark.parametrize(
    ("name", "html"), [("hugo", ".html"), ("docusaurus", ".md"), ("astro", ".md")]
)
def test_other_formats_become_what_the_generator_reads(name, html):
    for kind in ("html", "text"):
        assert LAYOUTS[name].file("a", kind) == f"a{html}"


def test_plain_keeps_every_format():
    files = [LAYOUTS["plain"].file("a", kind) for kind in ("markdown", "html", "text")]

    assert files == ["a.md", "a.html", "a.txt"]


def test_an_article_called_index_is_no_bundle_of_hugo():
    assert LAYOUTS["hugo"].file("articles/index", "markdown") == "articles/_index.md"
    assert LAYOUTS["hugo"].file("articles/reindex", "markdown") == "articles/reindex.md"
