import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.errors import EngineRefused
from pipeline.masking import mask, unmask

PIECES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            "{{ first_name }}",
            "%(count)s",
            "[see here](https://clinic.example/a)",
            "![hair](a.png)",
            "](x)",
            "[",
            "]",
            "**",
            "*",
            "_",
            "~~",
            "`mg`",
            "<b>",
            "</b>",
            "<br>",
            "[X1X]",
            "![X2X]",
            " ［x3X］",
            "info@clinic.example",
            "+90 555 000 00 00",
            "&nbsp;",
            "\\*",
            "\n",
            "  \n",
            "50 mg",
            " ",
        ],
    ),
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@given(TEXTS)
@example("![X1X]")
@example("[X1X](a)")
@example("**a [b** c](d)")
@example("[X\N{ARABIC-INDIC DIGIT ONE}X] {{ a }}")
@example(" \n ")
def test_masking_and_back_gives_the_text(text):
    masked = mask(text)
    assert unmask(masked.text, masked) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Dear {{ first_name }},", "Dear [X1X],"),
        ('See [our page](https://a.example "t").', "See [X1X]our page[X2X]."),
        ("See [our page][1].", "See [X1X]our page[X2X]."),
        ("Take **two** or *three*.", "Take [X1X]two[X2X] or [X3X]three[X4X]."),
        ("Take <b>two</b><br>daily", "Take [X1X]two[X2X][X3X]daily"),
        ("Type `mg` here", "Type [X1X] here"),
        ("Write to info@clinic.example.", "Write to [X1X]."),
        ("Call +90 555 000 00 00 now", "Call [X1X] now"),
        ("Open https://clinic.example/a, then", "Open [X1X], then"),
        ('Take <span translate="no">Propecia</span> now', "Take [X1X] now"),
        ('Take <b class="notranslate x">A *b*</b> now', "Take [X1X] now"),
        ('Take <b translate="no">A', "Take [X1X]A"),
        ('Take <br translate="no"> A', "Take [X1X] A"),
        ("Salt &amp; pepper", "Salt [X1X] pepper"),
        ("Line one\\\nline two", "Line one[X1X]line two"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
        ("an [aside] stays", "an [aside] stays"),
        ("*results vary", "*results vary"),
        ("literal [X1X]", "literal [X1X]"),
        ("  around  ", "around"),
    ],
)
def test_what_is_not_language_is_a_token(text, masked):
    assert mask(text).text == masked


def test_a_text_without_letters_has_nothing_to_translate():
    assert not mask("{{ date }}: 50").has_words
    assert mask("{{ date }}: fifty").has_words


@pytest.mark.parametrize(
    ("text", "answer", "whole"),
    [
        ("Dear {{ a }},", "Sayın [X1X],", "Sayın {{ a }},"),
        ("Dear {{ a }},", "Sayın [ X1X ],", "Sayın {{ a }},"),
        ("Dear {{ a }},", "Sayın [x1x] ,", "Sayın {{ a }},"),
        ("Dear {{ a }},", "عزيزي [X\N{ARABIC-INDIC DIGIT ONE}X]،", "عزيزي {{ a }}،"),
        ("Dear {{ a }},", "尊敬的【X1X】，", "尊敬的{{ a }}，"),
        ("Take **two** now", "Şimdi [X1X] iki [X2X] alın", "Şimdi **iki** alın"),
        ("Take **two** now", "Şimdi[X1X]iki[X2X]alın", "Şimdi **iki** alın"),
        ("Take **two** now", "现在[X1X]两[X2X]片", "现在**两**片"),
        ("From {{ a }} {{ b }}", "[X1X][X2X] tarafından", "{{ a }} {{ b }} tarafından"),
        ("Call ({{ a }}) now", "Şimdi ( [X1X] ) arayın", "Şimdi ({{ a }}) arayın"),
        ("Dear {{ a }},", "Sayın  [X1X],  siz", "Sayın {{ a }}, siz"),
        ("A\\\nb", "Ç [X1X] d", "Ç\\\nd"),
        (" Yes ", "Evet\n", " Evet "),
        ("One two", "Bir\niki", "Bir iki"),
        ("[](a) x", "[X1X][X2X] y", "[](a) y"),
        ("[](a) x", "y [X1X][X2X]", "y [](a)"),
    ],
)
def test_blanks_that_an_engine_added_or_removed_are_mended(text, answer, whole):
    assert unmask(answer, mask(text)) == whole


@pytest.mark.parametrize(
    ("text", "answer", "reason"),
    [
        ("Dear {{ a }}", "Sayın", "lost {{ a }}"),
        ("Dear {{ a }}", "Sayın [X1X] [X1X]", "doubled {{ a }}"),
        ("Dear {{ a }}", "Sayın [X1X] [X2X]", "token that the text has not"),
        ("Dear you", "Sayın [X1X]", "token that the text has not"),
        ("**a** *b*", "[X1X]a[X3X]b[X2X]c[X4X]", "out of its pair"),
        ("**a** b", "[X2X]a[X1X] b", "out of its pair"),
        ("[a](b) c", "[X1X][X2X] a c", "left nothing in ["),
        ("a" * 70 + "@a.example x", "y", "aaa…"),
        ("a\\\nb", "ab", "lost \\"),
        ("a\nb", "ab", "lost a line break"),
    ],
)
def test_tokens_that_do_not_come_back_whole_are_refused(text, answer, reason):
    with pytest.raises(EngineRefused) as caught:
        unmask(answer, mask(text))
    assert reason in caught.value.message
