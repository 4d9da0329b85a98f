import pytest

from pipeline.errors import SourceError
from pipeline.hypertext.cut import Cutter


def cuts(cutter: Cutter, text: str, line: int = 1) -> list[str]:
    found = list(cutter.cuts(text, line=line))
    assert all(text[one.start : one.end] for one in found)
    return [one.text for one in found]


def test_what_one_text_opens_stays_open_in_the_next():
    cutter = Cutter(path="x")

    assert cuts(cutter, "<div translate=no>a<p>b") == []
    assert not cutter.reader.is_translated
    assert cuts(cutter, "<p>c</div><p>d") == ["d"]
    assert cutter.reader.is_translated


def test_a_script_that_is_not_closed_goes_on_in_the_next_text():
    cutter = Cutter(path="x")

    assert cuts(cutter, "<div><script>a") == []
    assert not cutter.reader.is_translated
    assert cuts(cutter, "</script>b</div>") == ["b"]


def test_an_inline_element_that_is_not_translated_goes_across_blocks():
    cutter = Cutter(path="x")

    assert cuts(cutter, "<div><span translate=no><p>a</p><p>b</p></span>c</div>d") == [
        "c",
        "d",
    ]
    assert cuts(cutter, "<div><span class=notranslate>e</div>f") == ["f"]


def test_a_block_of_another_kind_ends_a_paragraph():
    cutter = Cutter(path="x")
    cuts(cutter, "<p translate=no>a")

    cutter.reader.interrupt()

    assert cutter.reader.is_translated


def test_a_note_waits_for_the_next_segment():
    cutter = Cutter(path="x")

    assert list(cutter.cuts("<!-- publish:note one --> <!-- todo -->", line=1)) == []
    (first, second) = cutter.cuts("<p>a <p>b<!-- publish:note two -->", line=1)

    assert (first.notes, second.notes) == (("one",), ())
    assert cutter.notes == ("two",)


def test_a_directive_that_comes_out_of_turn_is_an_error_with_its_line():
    cutter = Cutter(path="x")

    with pytest.raises(SourceError, match="without `publish:skip-start`") as caught:
        cuts(cutter, "<p>a\n<p>b <!-- publish:skip-end -->", line=5)

    assert caught.value.line == 6


def test_a_part_that_is_never_closed_is_an_error_with_its_line():
    cutter = Cutter(path="x")
    cuts(cutter, "<p>a\n<p>b <!-- publish:skip-start --><p>c", line=5)

    with pytest.raises(SourceError, match="no `publish:skip-end`") as caught:
        cutter.reader.finish()

    assert caught.value.line == 6


def test_two_skips_within_one_another_are_an_error():
    with pytest.raises(SourceError, match="without `publish:skip-end`"):
        cuts(
            Cutter(path="x"), "<!-- publish:skip-start --> <!-- publish:skip-start -->"
        )
