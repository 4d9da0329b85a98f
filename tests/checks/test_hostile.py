"""Texts that somebody made up to break a check: no check fails on one."""

import pytest

from pipeline import registry
from pipeline.checks import CheckContext
from pipeline.model.catalog import Message

SOURCE = (
    "On March 4, 2026 at 2 pm (3/4/2026), call 0212 555 01 00, say “yes” {{ name }} "
    "and see https://clinic.example/. Take 5 mg `now`. Do *not* <b>wait</b>."
)
PARTS = (
    *("1", "12", "1/2/", "2 pm ", "March 4, ", "0212 ", "(212)", "1 800 ", "%", "５"),
    *(
        "(",
        "[",
        "](",
        "{{",
        "`",
        "*",
        "<b",
        "“",
        '"',
        "«",
        "//",
        "//a@",
        "@a.a",
        "www.",
    ),
    *(
        "https://xn--a.",
        "xn--",
        "i\u0307",
        "I",
        "Iki",
        "аa",
        "αа",
        "5i ",
        "}in",
        "a'b’",
    ),
    *(" ", "\n", "\t", "a. ", "A. B! ", "ا,", "ه? ", "\u202e", "\x00", "\ud800"),
)
SIZE = 1_000


@pytest.mark.parametrize("name", registry.checks())
def test_a_check_reads_any_text(name):
    check = registry.checks()[name]
    for part in PARTS:
        text = part * (SIZE // len(part))
        for locale in ("tr", "ar", "ja", ""):
            for source in (text, SOURCE):
                message = Message(source, (f"{text} z",))
                for remark in check(message, CheckContext(locale)):
                    assert remark.message
