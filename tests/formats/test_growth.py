"""
Four times the text takes about four times as long, whatever the text is.

A square would take sixteen times as long. Times are those of the process, the least of
several, and far apart from both.
"""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from pipeline.errors import PublishError
from pipeline.formats import Format
from pipeline.formats.html import Html
from pipeline.formats.markdown import Markdown
from pipeline.formats.text import Text

SIZE = 12_000
TIMES = 4
MOST = 9 * TIMES / 4
"""How often longer the longer text may take."""

BLINK = 0.02
"""Seconds; what takes less is not worth a comparison."""

UNITS = (
    *("a ", "*a ", "*a* ", "**", "_a_b", "`", "`` ` ", "[", "](", "[a](b) ", "![", "]"),
    *("[a]: b 'c'\n", "[a]", "[a][]", "![a]", "[^1]", "[^1]: a\n", "![a](b 'c') "),
    *(
        "<",
        "<b>",
        "<b ",
        "</b>",
        "<a b='",
        "<!--",
        "<!-- a -->",
        "-->",
        "<?a",
        "<![CDATA[",
    ),
    *(
        "<p>",
        "<div>\n\n",
        "<div>a</div>\n\n",
        "<p translate=no>",
        "<script>",
        "<img alt='a'>",
    ),
    *(
        "> ",
        "- ",
        "- a\n",
        "1. ",
        "# ",
        "a\n===\n",
        "a\n",
        "a\n\n",
        "```\n",
        "    a\n",
        "***\n",
    ),
    *("|a", "|a\n", "a|b\n-|-\n", "|a|\n|-|\n|b|\n\n", "a\n: b\n", "~~a", "- [ ] a\n"),
    *(
        "&",
        "&amp;",
        "&nbsp;",
        "\\",
        "\\\n",
        "  \n",
        "<br>",
        "{{",
        "{{ a }}",
        "{% a",
        "{{{",
    ),
    *("<!-- publish:skip -->\n\na\n\n", "<!-- publish:note a -->\n\n", "# a\n# b\n"),
    *(
        "<!-- publish:comments -->\n```py\n# # # a\n# b\n```\n",
        "a <!-- publish:note b -->\n\n",
    ),
    *(
        "Q: a\n",
        "A: \n",
        "Q: a\nA: b\n",
        "a@",
        "a@b.",
        "www.",
        "1.1.",
        "0 ",
        "(",
        "+1 2 ",
    ),
    *(
        " ",
        "\t",
        "\r",
        "\n",
        "\r\n",
        "a \t",
        "A: b\n",
        "---\n",
        "-- ",
        "a:",
        "\u00a0",
        "é",
    ),
)

FORMATS: tuple[Format, ...] = (Markdown(), Html(), Text())


def seconds(task: Callable[[], object]) -> float:
    start = time.process_time()
    with suppress(PublishError):
        task()
    return time.process_time() - start


def work(kind: Format, text: str) -> None:
    """All that is ever done with a text and its translations."""
    article = kind.parse(text, path="source/x", domain="x")
    kind.to_html(article)
    kind.shape(text)
    for segment in article.segments:
        with suppress(PublishError):
            kind.fit(segment, segment.text)
        kind.to_plain(segment.text)


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("unit", UNITS)
def test_a_longer_text_takes_longer_and_no_more(kind, unit):
    short = unit * (SIZE // len(unit))
    long = short * TIMES
    best = min(seconds(lambda: work(kind, short)) for _ in range(2))
    slow = seconds(lambda: work(kind, long))
    if slow < BLINK:
        return
    for _ in range(10):
        if slow < MOST * max(best, BLINK / TIMES):
            return
        best = max(best, seconds(lambda: work(kind, short)))
        slow = min(slow, seconds(lambda: work(kind, long)))

    assert slow < MOST * max(best, BLINK / TIMES)
