"""Translations that would break a document that takes them as they are."""

from typing import Final

NASTY: Final = (
    # What begins a block.
    *(
        "1. a",
        "1) a",
        "2.",
        "# a",
        "## a ##",
        "- a",
        "-",
        "+ a",
        "* a",
        "*",
        "> a",
        ">",
    ),
    *("=", "===", "---", "***", "~~~", "```", ": a", "[ ] a", "    a", "\ta", "::: a"),
    *("| a | b |", "a | b", "|", "a |", "|a", "| --- |", "[!NOTE]", "[!NOTE] a"),
    *("[a]: /b", "[a]: b 'c", "[^1]: a", "<div>", "<pre>", "<h1>a</h1>", "<table>"),
    # What ends one.
    *(
        "a\n\nb",
        "\n",
        "",
        "a\r\n\r\nb",
        "a\n# b",
        "a\n- b",
        "a\n> b",
        "a\n===",
        "a\n---",
    ),
    *("a\n| b |\n|--|", "a\rb", "\u2028a", "\x0b", "\x0c", "a\x00b"),
    # What is left open, or closes what is not.
    *("`a", "``", "a `b", "<b>a", "a</b>", "</div>", "</pre>", "<a", "<!-- a", "-->"),
    *("<?a", "<![CDATA[", "<script>", "*a", "**a*", "_a __b", "~~a", "[a", "[a](", "]"),
    *("[a](b", "![a", "![a](b)", "[^1]", "a\\", "\\", "{{ a", "{% a"),
    # What is at an end, or in between.
    *(
        "a  ",
        "a {#b .c}",
        "# a #",
        "a<br>b",
        "<br>",
        "<br><br>",
        "\u00a0",
        "\u200b1. a",
    ),
    *(
        "&",
        "&#0;",
        "&lt;",
        "&nbsp;",
        "{{ a }}",
        "$a$",
        "<http://a>",
        "a@b.example",
        "أ",
    ),
)
