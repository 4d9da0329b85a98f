"""The words of admitted HTML, and of texts that were never HTML."""

from pipeline.render.words import plain, plain_text


def test_plain_text_has_no_markup_and_no_line_breaks():
    assert plain("a <b>b\n c</b> &amp; &lt;d&gt;") == "a b c & <d>"
    assert plain_text("  {{  name }} \r\n <b> \u202egm ") == "{{  name }} <b> gm"


def test_plain_text_has_no_character_that_no_feed_could_hold():
    assert plain_text("a\x0bb\ufffe c\ud800\uffff") == "a b c"
