"""Every example of the CommonMark specification, localized."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from pipeline.engines.pseudo import pseudolocalize
from pipeline.extract import extract
from pipeline.formats import compose
from pipeline.formats.markdown import Markdown
from pipeline.localize import Localized, localize
from pipeline.model.article import Article
from pipeline.model.catalog import Catalog, Message
from tests.formats.nasty import NASTY
from tests.rendering import rendered

EXAMPLES = json.loads(
    Path(__file__).with_name("data").joinpath("commonmark/spec.json").read_bytes(),
)
# Other programs see more in a text than the specification does: tables, footnotes.
ORACLE = MarkdownIt("commonmark")

every_example = pytest.mark.parametrize(
    "example",
    EXAMPLES,
    ids=lambda example: f"{example['example']}-{example['section']}",
)


def cut(example: dict[str, str]) -> Article:
    text = example["markdown"]
    # `---` in the first line would begin front matter.
    if text.startswith("---"):
        text = f"\n{text}"
    article = Markdown().parse(text, path="source/x.md", domain="x")
    assert compose(article) == text
    return article


def filled(article: Article, messages: list[Message]) -> Localized:
    return localize(
        article,
        Catalog(Message(""), tuple(messages)),
        format=Markdown(),
        accept=lambda _: True,
    )


def messages(article: Article) -> list[Message]:
    return [message for message in extract(article) if message.msgctxt != "slug"]


def blocks(text: str) -> list[str]:
    return [token.type for token in ORACLE.parse(text) if token.block]


@every_example
def test_an_example_in_its_own_words_looks_the_same(example):
    article = cut(example)
    same = [replace(each, msgstrs=(each.msgid,)) for each in messages(article)]

    result = filled(article, same)

    assert result.refused == ()
    text, localized = compose(article), compose(result.article)
    assert rendered(Markdown().to_html(result.article)) == rendered(
        Markdown().to_html(article),
    )
    assert rendered(ORACLE.render(localized)) == rendered(ORACLE.render(text))


@every_example
def test_an_example_with_bad_translations_keeps_its_blocks(example):
    article = cut(example)
    words = messages(article)
    shape, structure = Markdown().shape(compose(article)), blocks(compose(article))
    translations = [[nasty] * len(words) for nasty in NASTY]
    translations.append([pseudolocalize(each.msgid, "en-XA") for each in words])
    for texts in translations:
        result = filled(
            article,
            [
                replace(each, msgstrs=(text,))
                for each, text in zip(words, texts, strict=True)
            ],
        )

        localized = compose(result.article)
        assert Markdown().shape(localized) == shape
        assert blocks(localized) == structure
        assert {message.key for message, _ in result.refused} <= {m.key for m in words}
        assert all(error.message for _, error in result.refused)


@every_example
def test_the_html_of_an_example_is_that_of_the_specification(example):
    # With a title, which a page shows by itself, every heading stays in the text.
    head = "---\ntitle: none\n---\n"
    article = Markdown().parse(head + example["markdown"], path="source/x", domain="x")

    assert rendered(Markdown().to_html(article)) == rendered(example["html"])
