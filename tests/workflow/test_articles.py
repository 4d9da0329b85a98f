import pytest

from pipeline.errors import UsageError
from pipeline.store.config import read_site
from pipeline.workflow.articles import format_of, read_articles, require_known
from tests.builders import make_site, publish

KNOWN = frozenset({"articles/hair", "mail/hair", "articles/scalp", "index"})


def test_articles_come_in_the_order_of_their_domains(tmp_path):
    make_site(tmp_path, {"source/a.txt": "A\n\nWords.\n", "source/b.html": "<p>b</p>"})

    articles = read_articles(read_site(tmp_path)).articles

    assert [article.domain for article in articles] == ["a", "articles/scalp", "b"]
    assert [format_of(article).name for article in articles] == [
        "text",
        "markdown",
        "html",
    ]


def test_a_bad_one_does_not_stop_the_others(tmp_path):
    make_site(tmp_path, {"source/a.md": b"\xff", "source/b.md": "---\n: [\n---\n"})

    found = read_articles(read_site(tmp_path))

    assert [article.domain for article in found.articles] == ["articles/scalp"]
    assert [error.path for error in found.errors] == ["source/a.md", "source/b.md"]
    assert found.domains == {"a", "articles/scalp", "b"}


@pytest.mark.parametrize("command", ["extract", "build", "status"])
def test_an_article_with_a_nul_is_one_error_and_goes_out_nowhere(tmp_path, command):
    make_site(tmp_path, {"source/a/nul.md": b"x\0y\n\nsecond"})

    ran = publish(tmp_path, command)

    assert ran.code == 1
    assert ran.err == (
        "publish: source/a/nul.md:1: the line holds a NUL character "
        "(delete it, or save the file as UTF-8)\n"
    )
    assert not (tmp_path / "dist/site/en/nul").exists()
    assert not (tmp_path / "locales/_pot/a").exists()


def test_a_mail_says_what_it_is_about(tmp_path):
    mails = {
        "source/a.md": "---\nkind: mail\n---\n\nHello.\n",
        "source/b.md": "---\nkind: mail\n---\n\n# Your visit\n\nHello.\n",
        "source/c.md": "---\nkind: mail\nsubject: Your visit\n---\n\nHello.\n",
    }
    make_site(tmp_path, mails)

    found = read_articles(read_site(tmp_path))

    assert [article.domain for article in found.articles] == [
        "articles/scalp",
        "b",
        "c",
    ]
    (error,) = found.errors
    assert (error.path, error.line) == ("source/a.md", 1)
    assert "without a subject" in error.message


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("articles/scalp", "articles/scalp"),
        ("scalp", "articles/scalp"),
        ("source/articles/scalp.md", "articles/scalp"),
        ("./source/articles/scalp.md", "articles/scalp"),
        ("articles/scalp.txt", "articles/scalp"),
        ("mail/hair", "mail/hair"),
        ("index", "index"),
    ],
)
def test_an_article_may_be_named_in_several_ways(name, domain):
    assert require_known((name,), KNOWN) == (domain,)


@pytest.mark.parametrize(
    ("name", "said", "hint"),
    [
        ("nails", "unknown article 'nails'", ", ".join(sorted(KNOWN))),
        ("", "unknown article ''", "articles/scalp"),
        ("hair", "'hair' is not one only", "known are articles/hair, mail/hair"),
        ("articles", "unknown article", "articles/scalp"),
    ],
)
def test_what_is_not_one_article_names_the_known_ones(name, said, hint):
    with pytest.raises(UsageError, match=said) as caught:
        require_known((name,), KNOWN)

    assert hint in caught.value.hint
