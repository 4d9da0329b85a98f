"""Whatever an engine says: refused, or with what the source has, read by another."""

import re
from collections import Counter
from itertools import chain

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.errors import EngineRefused
from pipeline.masking import Dialect, mask, read, restore, sentences, written
from pipeline.placeholders import fields, find

WORDS = st.sampled_from("take wash her hair daily pills before after bed".split())
PARTS = st.one_of(
    WORDS,
    st.sampled_from(
        [
            "{{ first_name }}",
            "{name}",
            "%s",
            "%(count)s",
            "*|FNAME|*",
            "**two**",
            "*red*",
            "_blue_",
            "~~never~~",
            "[our guide](https://clinic.example/a_b)",
            "[**bold** guide](a.md 'T')",
            "![a scalp](scalp.png)",
            "`mg *x*`",
            "<b>all</b>",
            "<br>",
            '<a href="b.md">page</a>',
            '<span translate="no">Propecia *A*</span>',
            "info@clinic.example",
            "+90 555 000 00 00",
            "https://clinic.example/park",
            "<https://clinic.example/x>",
            "\\*",
            "&nbsp;",
            "5 mg",
            "1,500.5 ml",
            "50%",
            "done.",
        ]
    ),
)
SOURCES = st.lists(PARTS, min_size=1, max_size=8).map(" ".join)
JUNK = st.one_of(
    st.text(max_size=4),
    st.sampled_from(
        [
            " ",
            "",
            "kelime",
            "iki sözcük",
            "'de",
            ".",
            "“o”",
            "*",
            "**",
            "_",
            "~~",
            "[",
            "]",
            "](b)",
            "(x)",
            "`",
            "\\",
            "<i>",
            "</b>",
            "/evil",
            "@x.example",
            "https://evil.example",
            "\n",
            "&lt;b&gt;",
            "&#91;",
            "7",
            "50",
            "mg",
            "[X1X]",
            "[X9X]",
            "X2X",
            "{{ y }}",
            "%s",
        ]
    ),
)
MARKDOWN = MarkdownIt("commonmark").enable("strikethrough")
BUILT = {"link", "image", "em", "strong", "s", "code", "html", "hardbreak"}


def built(text):
    """What another reader of Markdown finds in a paragraph, in no order."""
    for field in fields(text):
        text = text.replace(field, "field")
    (inline,) = [t for t in MARKDOWN.parseInline(text) if t.type == "inline"]
    return Counter(
        (
            token.type,
            str(token.attrs),
            token.content if token.type.startswith(("code", "html")) else "",
        )
        for token in inline.children or ()
        if token.type.partition("_")[0] in BUILT
    )


def placeholders(text):
    return Counter((each.kind, each.raw) for each in find(text))


@st.composite
def answers(draw):
    """A text, and its tokens in any order with anything between them."""
    source = draw(SOURCES)
    tokens = re.findall(r"\[X\d+X\]|[^\[]+|\[", mask(source).text)
    kept = [each for each in tokens if draw(st.integers(0, 19))]
    order = draw(st.permutations(kept)) if draw(st.booleans()) else kept
    pieces = [(each, draw(JUNK) if draw(st.booleans()) else "") for each in order]
    return source, "".join(chain.from_iterable(pieces))


@given(answers())
@example(("See https://a.example.", "[X1X]/evil bak."))
@example(("[a one](b) [c two](d)", "[X1X]x [X3X]y[X4X][X2X]"))
@example(("Take _two_ now", "şimdi[X1X]iki[X2X]yi"))
def test_no_answer_changes_a_placeholder_a_link_or_a_tag(case):
    source, answer = case
    try:
        whole = restore(answer, mask(source), target="tr")
    except EngineRefused:
        return
    assert placeholders(whole) == placeholders(source)
    assert built(whole) == built(source)
    assert (whole[:1].isspace(), whole[-1:].isspace()) == (False, False)


@given(SOURCES)
def test_an_engine_that_turns_the_words_alone_is_taken_whole(source):
    masked = mask(source)
    for dialect in Dialect:
        asked = written(masked, dialect)
        parts = re.split(r"(\[X\d+X\]|<[^<>]*>|&\w+;|\W)", asked)
        parts[::2] = [re.sub(r"[aeiou]", "ö", part) for part in parts[::2]]
        answer = "".join(parts)
        if answer == asked:
            continue
        whole = restore(read(answer, masked, dialect), masked, target="tr")
        assert placeholders(whole) == placeholders(source)
        assert built(whole) == built(source)


@given(st.lists(SOURCES, min_size=2, max_size=3).map(". Then ".join))
def test_sentences_that_are_translated_alone_are_the_text_together(source):
    pieces = sentences(source)
    if pieces is None:
        return
    joined = []
    for piece in pieces.texts:
        masked = mask(piece)
        answer = masked.text.replace("hair", "saç").replace("Then", "Sonra")
        changed = answer != masked.text
        joined.append(restore(answer, masked, target="tr") if changed else piece)
    whole = pieces.joined(tuple(joined))
    assert placeholders(whole) == placeholders(source)
    assert built(whole) == built(source)


@pytest.mark.parametrize(
    "field",
    [
        "{{ x }}",
        "{{{ x }}}",
        "{x}",
        "${x}",
        "%s",
        "%1$s",
        "%(x)s",
        "*|X|*",
        "{% if a %}",
    ],
)
def test_a_merge_field_of_any_kind_comes_back_as_it_was(field):
    masked = mask(f"Dear {field}, take two")
    assert masked.text == "Dear [X1X], take two"
    for answer in (
        "iki al, [X1X]",
        "iki al [x1x]",
        "iki al, [X1Xe]",
        "iki al, ［X1X］",
    ):
        assert restore(answer, masked, target="tr").endswith(field)


AMOUNTS = st.decimals("0", "99999", places=2, allow_nan=False).map(
    lambda amount: f"{amount.normalize():,f}"
)
SWAP = str.maketrans(".,", ",.")


@given(AMOUNTS, AMOUNTS)
def test_a_number_may_be_written_the_targets_way_and_not_changed(amount, other):
    masked = mask(f"Take {amount} mg or {amount}% daily")
    theirs = amount.translate(SWAP)
    good = f"Günde {theirs} mg veya %{theirs} alın"
    assert restore(good, masked, target="tr") == good
    if other != amount:
        bad = f"Günde {other.translate(SWAP)} mg veya %{theirs} alın"
        with pytest.raises(EngineRefused):
            restore(bad, masked, target="tr")
