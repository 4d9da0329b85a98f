from dataclasses import dataclass, replace

import pytest

from pipeline.errors import SourceError
from pipeline.extract import extract
from pipeline.formats import Format, compose
from pipeline.formats.html import Html
from pipeline.formats.markdown import Markdown
from pipeline.formats.text import Text
from pipeline.localize import Localized, localize
from pipeline.model.article import Article, Mark, Segment
from pipeline.model.catalog import Catalog, Message

MARKDOWN: Format = Markdown()


def cut(text: str, kind: Format = MARKDOWN) -> Article:
    return kind.parse(text, path="source/x.md", domain="x")


def catalog(*pairs: tuple[str, str], context: str | None = None) -> Catalog:
    return Catalog(
        Message(""),
        tuple(
            Message(msgid, msgstrs=(msgstr,), msgctxt=context)
            for msgid, msgstr in pairs
        ),
    )


def localized(
    text: str,
    *pairs: tuple[str, str],
    kind: Format = MARKDOWN,
) -> Localized:
    messages = catalog(*pairs).messages
    contexts = ("title", "description", "section", "subject", "preheader", "tag", "alt")
    known = Catalog(
        Message(""),
        (
            *messages,
            *(
                replace(message, msgctxt=context)
                for message in messages
                for context in contexts
            ),
        ),
    )
    return localize(
        cut(text, kind),
        known,
        format=kind,
        accept=lambda message: message.is_usable,
    )


def test_accepted_messages_take_the_place_of_their_source():
    result = localized("## One\n\nTwo\nlines.\n\n- One\n", ("One", "Bir"))

    assert compose(result.article) == "## Bir\n\nTwo\nlines.\n\n- Bir\n"
    assert [one.text for one in result.article.segments] == ["Bir", "Two lines.", "Bir"]
    assert result.refused == ()


def test_messages_that_are_not_accepted_leave_the_source():
    fuzzy = Message("One", msgstrs=("Bir",), flags=("fuzzy",))
    obsolete = Message("Two", msgstrs=("İki",), obsolete=True)

    result = localize(
        cut("One\n\nTwo\n"),
        Catalog(Message(""), (fuzzy, obsolete)),
        format=Markdown(),
        accept=lambda message: not message.is_fuzzy,
    )

    assert compose(result.article) == "One\n\nTwo\n"


def test_line_breaks_of_a_translation_are_blanks_in_the_segment():
    result = localized("One\n", ("One", " Bir\r\n iki "))

    assert next(result.article.segments).text == "Bir iki"


def test_values_of_the_front_matter_are_replaced_in_text_and_meta():
    text = (
        "---\ntitle: One\ndescription: Two\nsection: Three\nsubject: Four\n"
        "preheader: Five\ntags: [Six, Seven]\nslug: One\n---\n# One\n"
    )

    result = localized(text, ("One", "Bir"), ("Two", "İki"), ("Six", "Altı"))

    assert result.article.meta == {
        "title": "Bir",
        "description": "İki",
        "section": "Three",
        "subject": "Four",
        "preheader": "Five",
        "tags": ["Altı", "Seven"],
        "slug": "One",
    }
    again = cut(compose(result.article))
    assert again.meta == result.article.meta


@pytest.mark.parametrize(
    ("kind", "text", "msgid", "msgstr"),
    [
        (Markdown(), "# Hair *loss*\n\ntext\n", "Hair *loss*", "Saç *dökülmesi*"),
        (
            Html(),
            "<title>x</title><h1>Hair <i>loss</i></h1>",
            "Hair <i>loss</i>",
            "Saç <i>dökülmesi</i>",
        ),
        (Text(), "Hair loss\n\ntext\n", "Hair loss", "Saç dökülmesi"),
    ],
    ids=["markdown", "html", "text"],
)
def test_a_title_that_a_heading_gives_is_plain_in_meta(kind, text, msgid, msgstr):
    result = localized(text, (msgid, msgstr), kind=kind)

    assert result.article.meta["title"] == "Saç dökülmesi"


def test_the_title_of_the_front_matter_is_not_that_of_the_heading():
    text = "---\ntitle: One two\n---\n# One *two*\n"

    result = localized(text, ("One *two*", "Bir iki"))

    assert result.article.meta["title"] == "One two"


def test_what_does_not_fit_is_refused_with_its_message():
    result = localized("One\n\nTwo\n\nOne\n", ("One", "a\n\nb"), ("Two", "İki"))

    assert compose(result.article) == "One\n\nİki\n\nOne\n"
    ((message, error),) = result.refused
    assert message.msgid == "One"
    assert "empty line" in error.message


@dataclass(frozen=True)
class Careless(Markdown):
    """A format that puts in whatever it is given."""

    def fit(self, segment: Segment, msgstr: str) -> str:
        assert segment.raw
        return msgstr

    def takes_lines(self, segment: Segment) -> bool:
        assert segment.raw
        return False


def test_messages_that_change_the_structure_are_found_and_refused():
    names = "abcdefghij"
    text = "\n\n".join(names)
    pairs = [(name, f"# {name}" if name in "dg" else name.upper()) for name in names]

    result = localized(text, *pairs, kind=Careless())

    assert [message.msgid for message, _ in result.refused] == ["d", "g"]
    assert compose(result.article) == "\n\n".join("ABCdEFgHIJ")
    assert "structure" in result.refused[0][1].message


class Jealous(Careless):
    """A format that takes one of two texts, but not both."""

    def shape(self, text: str) -> tuple[str, ...]:
        return ("both",) if "Bir" in text and "İki" in text else ()


def test_messages_that_change_the_structure_together_are_all_refused():
    text = "One\n\nTwo\n"

    result = localized(text, ("One", "Bir"), ("Two", "İki"), kind=Jealous())

    assert [message.msgid for message, _ in result.refused] == ["One", "Two"]
    assert compose(result.article) == text


def test_of_very_many_bad_messages_all_are_refused():
    pairs = [(f"text{number}", f"# {number}") for number in range(40)]
    text = "\n\n".join(msgid for msgid, _ in pairs)

    result = localized(text, *pairs, kind=Careless())

    assert compose(result.article) == text
    assert len(result.refused) == 40


class Fragile(Careless):
    """A format whose texts cannot be read again."""

    def shape(self, text: str) -> tuple[str, ...]:
        if "Bir" in text:
            raise SourceError("it cannot be read")
        return ()


def test_a_result_that_cannot_be_read_is_refused():
    result = localized("One\n", ("One", "Bir"), kind=Fragile())

    assert len(result.refused) == 1
    assert compose(result.article) == "One\n"


def test_words_below_a_rule_do_not_become_front_matter():
    result = localized("---\n\nDose\n", ("Dose", "Doz: 5"))

    assert len(result.refused) == 1


def test_marks_are_set_on_the_segments_of_the_body():
    text = "---\ntitle: One\n---\nTwo\n\nThree\n\n10 %\n"
    asked = []

    def mark(segment: Segment, message: Message | None) -> Mark | None:
        asked.append((segment.text, message.msgstr if message else None))
        return Mark(message.state, "x.po:1") if message else None

    result = localize(
        cut(text),
        catalog(("Two", "İki")),
        format=Markdown(),
        accept=lambda message: message.is_usable,
        mark=mark,
    )

    assert asked == [("Two", "İki"), ("Three", None)]
    assert [one.mark for one in result.article.segments] == [
        None,
        Mark("translated", "x.po:1"),
        None,
        None,
    ]
    assert [one.text for one in result.article.segments][1] == "İki"


@pytest.mark.parametrize(
    ("pairs", "tag"),
    [([("Two", "İki")], '<html lang="pt-BR">'), ([], '<html lang="en">')],
)
def test_a_document_of_html_says_that_it_is_localized(pairs, tag):
    known = replace(catalog(*pairs), header=Message("", ("Language: pt_BR\n",)))

    result = localize(
        cut('<html lang="en"><p>Two', Html()),
        known,
        format=Html(),
        accept=lambda message: message.is_usable,
    )

    assert compose(result.article).startswith(tag)


@pytest.mark.parametrize("kind", [Markdown(), Text()], ids=["markdown", "text"])
def test_other_texts_do_not_say_what_language_they_are_in(kind):
    known = replace(
        catalog(("Two", "İki")),
        header=Message("", ("Language: tr\n",)),
    )

    result = localize(
        cut("One.\n\nTwo\n", kind),
        known,
        format=kind,
        accept=lambda message: message.is_usable,
    )

    assert compose(result.article) == "One.\n\nİki\n"


def test_a_mail_is_localized_with_its_fields():
    text = (
        "---\nkind: mail\nsubject: 'Hello {{ name }}'\n---\n"
        "Hello {{ name }}\n\n[open]({{ url }})\n"
    )
    article = cut(text)
    messages = tuple(
        replace(message, msgstrs=(message.msgid.replace("Hello", "Merhaba"),))
        for message in extract(article)
    )

    result = localize(
        article,
        Catalog(Message(""), messages),
        format=Markdown(),
        accept=lambda _: True,
    )

    assert result.article.meta["subject"] == "Merhaba {{ name }}"
    assert Markdown().to_html(result.article) == (
        '<p>Merhaba {{ name }}</p>\n<p><a href="{{ url }}">open</a></p>\n'
    )


def test_articles_that_take_turns_keep_their_own_words():
    articles = [cut(f"# Title {number}\n\nWait.\n") for number in range(6)]
    words = catalog(("Wait.", "Bekleyin."))
    for article in (*articles, *articles):
        done = localize(article, words, format=MARKDOWN, accept=lambda _: True)
        assert compose(done.article) == compose(article).replace("Wait", "Bekleyin")
