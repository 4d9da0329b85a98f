"""Texts of catalogs, and strategies that make catalogs of every kind."""

import shutil
import subprocess
from typing import Final

import pytest
from hypothesis import strategies as st

from pipeline.model.catalog import Catalog, Message, Previous

HEADER: Final = """\
msgid ""
msgstr ""
"Project-Id-Version: clinic 1\\n"
"Language: tr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""

needs_gettext = pytest.mark.skipif(
    shutil.which("msgcat") is None,
    reason="gettext is not installed",
)


def with_header(entries: str) -> str:
    return f"{HEADER}\n{entries}"


def msgcat(text: str) -> str:
    """What GNU msgcat makes of a catalog."""
    done = subprocess.run(
        ["msgcat", "--width=79", "--force-po", "-"],
        input=text.encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


_WORDS: Final = (
    *"saç ekimi günde 12 mg 5–10 “evet” (x) a/b it’s — … 100 % { } {phone}".split(),
    *"https://clinic.example/after-care?x=1&y=2#top %(name)s [link](url) **".split(),
    *"漢字テスト ひらがな、 한국어 مرحبا بِسْمِ עברית- ไทย कि 👩\u200d⚕ e\u0301".split(),
    *"e.g. 🇹🇷🇩🇪 <b> </b> &amp; ?! »« $5 -3 €20 ﬁ 1/2 x=y a_b state-of-the-art".split(),
    *("foo\u00adbar", "a\u00a0b", "a\u200bb", "\u2028", "x" * 90, "ş" * 90, "  "),
    *("\t", "\n", "\r", "\a", "\\", "\\n", '"', '\\"', "% d"),
)

words = st.sampled_from(_WORDS)
texts = st.lists(st.tuples(words, st.sampled_from(["", " ", " "])), max_size=25).map(
    lambda pairs: "".join(word + space for word, space in pairs),
)
filled = texts.filter(bool)
lines = texts.map(lambda text: " ".join(text.replace("\a", " ").split()))
places = st.sampled_from(
    ["source/a.md", "source/mail/b.md:12", "source/" + "x" * 70, "source/ğüşiöç.md:3"],
)
flags = st.sampled_from(
    [
        (),
        ("fuzzy",),
        ("no-wrap",),
        ("python-format",),
        ("python-format", "fuzzy"),
        ("no-c-format", "range: 0..5", "fuzzy"),
    ],
)


@st.composite
def messages(draw, index: int = 0):
    obsolete = draw(st.booleans())
    plural = draw(st.booleans())
    msgstr = filled if obsolete else texts
    return Message(
        f"{index} {draw(texts)}",
        (draw(filled), draw(texts)) if plural else (draw(msgstr),),
        msgctxt=draw(st.sampled_from([None, None, "title", ""])),
        msgid_plural=draw(texts) if plural else None,
        comments=tuple(draw(st.lists(lines, max_size=2))),
        extracted=tuple(draw(st.lists(lines, max_size=2))),
        references=tuple(draw(st.lists(places, max_size=4))),
        flags=draw(flags),
        previous=draw(
            st.none()
            | st.builds(
                Previous,
                msgid=texts,
                msgctxt=st.none() | st.just("alt"),
                msgid_plural=st.none() | texts,
            ),
        ),
        obsolete=obsolete,
    )


@st.composite
def catalogs(draw, size: int = 6):
    count = draw(st.integers(0, size))
    fields = (
        "Content-Type: text/plain; charset=UTF-8\n"
        "Plural-Forms: nplurals=2; plural=(n != 1);\n"
    )
    header = Message("", (fields,), comments=("A catalog for tests.",))
    return Catalog(header, tuple(draw(messages(index)) for index in range(count)))
