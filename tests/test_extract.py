from pipeline.extract import extract
from pipeline.formats.markdown import Markdown
from pipeline.model.catalog import Message


def messages(text: str, domain: str = "articles/hair-loss") -> tuple[Message, ...]:
    path = f"source/{domain}.md"
    return extract(Markdown().parse(text, path=path, domain=domain))


def keys(text: str) -> list[tuple[str | None, str]]:
    return [message.key for message in messages(text)]


def test_messages_are_in_the_order_of_the_text():
    text = "---\ntitle: T\ntags: [a]\ndescription: D\n---\n## H\n\nP.\n\n![i](j)\n"

    assert keys(text) == [
        ("title", "T"),
        ("tag", "a"),
        ("description", "D"),
        ("slug", "hair-loss"),
        (None, "H"),
        (None, "P."),
        ("alt", "i"),
    ]


def test_a_message_says_where_it_is_from():
    found = messages("Text.\n")[1]

    assert found == Message(
        "Text.",
        extracted=("paragraph",),
        references=("source/articles/hair-loss.md",),
    )


def test_the_address_of_the_page_is_a_message():
    found = messages("## A\n")[0]

    assert found.key == ("slug", "hair-loss")
    assert found.extracted[0].startswith("page address: lower case letters, digits")


def test_the_address_follows_a_title_that_is_a_heading():
    assert keys("# Title\n\nText.\n")[:2] == [("title", "Title"), ("slug", "hair-loss")]


def test_equal_texts_are_one_message_with_every_role():
    (_, found) = messages("## Washing\n\nWashing\n\n- Washing\n\nWashing\n")

    assert found.extracted == ("heading 2, paragraph, list item",)


def test_equal_texts_of_two_contexts_are_two_messages():
    text = "---\ntitle: Hair\nsection: Hair\n---\nHair\n"

    assert keys(text) == [
        ("title", "Hair"),
        ("slug", "hair-loss"),
        ("section", "Hair"),
        (None, "Hair"),
    ]


def test_what_belongs_to_a_mail_says_so():
    text = "---\nkind: mail\nsubject: S\npreheader: P\n---\n![A](b)\n"

    assert [message.extracted[0] for message in messages(text)[1:]] == [
        "mail subject",
        "mail preheader",
        "alt text of an image",
    ]


def test_notes_to_the_translator_follow_the_role():
    text = "<!-- translators: one -->\nA\n\n<!-- translators: two -->\nA\n"

    assert messages(text)[1].extracted == ("paragraph", "one", "two")


def test_what_has_no_words_is_no_message():
    text = (
        "{{ first_name }}\n\n10–20 %\n\nhttps://clinic.example/\n\n`code`\n\n"
        "<a@clinic.example>\n\n&nbsp;\n\n| 1 | two |\n|---|---|\n"
    )

    assert keys(text) == [("slug", "hair-loss"), (None, "two")]
