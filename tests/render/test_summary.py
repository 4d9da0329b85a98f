import pytest

from pipeline.render.summary import beginning


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>Take one a day.</p><p>More.</p>", "Take one a day."),
        ('<h2 id="a">Dose</h2>\n<p class="x">Take <b>one</b>.</p>', "Take one."),
        ("<p>Five &lt; six</p>", "Five < six"),
        ("<p>Line\nline</p>", "Line line"),
        ("<p></p><p>Then</p>", "Then"),
        ("<p><strong>All</strong> of it</p>", "All of it"),
        ('<p><img src="a.png" alt="x"></p><p>Words.</p>', "Words."),
        ("<ul><li>One</li></ul>", ""),
        ("", ""),
    ],
)
def test_the_first_paragraph_with_words_says_what_a_page_is_about(body, found):
    assert beginning(body) == found


def test_what_is_long_is_cut_after_a_word():
    found = beginning(f"<p>{'Saçınız dökülür, '.strip()} {'çok ' * 60}</p>")

    assert found.startswith("Saçınız dökülür, çok")
    assert found.endswith("çok…")
    assert len(found) <= 160


def test_one_long_word_is_cut_too():
    assert beginning(f"<p>{'a' * 400}</p>") == f"{'a' * 159}…"
