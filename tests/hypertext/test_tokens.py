from hypothesis import given
from hypothesis import strategies as st

from pipeline.hypertext import tokens as door

_PARTS = st.sampled_from(
    [
        *(
            "<",
            ">",
            "/",
            "!",
            "-",
            "--",
            "=",
            '"',
            "'",
            "&",
            ";",
            " ",
            "\n",
            "\r",
            "\f",
            "\0",
        ),
        *(
            "a",
            "b",
            "é",
            "\u2028",
            "\x85",
            "]]>",
            "<![CDATA[",
            "<!doctype html>",
            "<?x?>",
        ),
        *(
            "<p>",
            "</p>",
            "<P>",
            "</p >",
            "<br/>",
            "<div class='a'>",
            "<b x=1>",
            "<p hidden>",
        ),
        *('<div class="faq">', '<a href="x" title="a > b">', '<a href="x" href="y">'),
        *('<a href="a&amp;b">', '<h2 data-x="1"\nid="y">', '<p lang="tr">', "</h2>"),
        *(
            "<!-- a -->",
            "<!-- a-b -->",
            "<!---->",
            "<!--->",
            "<!-- x --->",
            "<!-- <b> -->",
        ),
        *("<script>", "</script>", "<textarea>", "<svg>", "<title>", "&amp;", "&#x41;"),
    ]
)


@given(st.lists(_PARTS, max_size=8).map("".join))
def test_plain_markup_is_read_as_the_standard_does(text):
    plain = door._plain_tokens(text)

    assert plain is None or plain == list(door._tokens(text))


def test_markup_of_the_plainest_kind_is_read_without_the_tokenizer():
    text = (
        '<div class="faq">\n<!-- publish:note one-two -->\n<p id="a">b\nc</p>\n</div>\n'
    )

    assert door._plain_tokens(text) == list(door._tokens(text))
    assert door._plain_tokens("<div hidden>") is None
