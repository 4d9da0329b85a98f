"""Whatever people do in whatever order: nobody reads another dose than the original's."""

import re
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import CONFIG, make_site, publish, put, translate

SOURCES = (
    "Take 5 mg in the evening.",
    "Please take 5 mg in the evening.",
    "Take 50 mg in the evening.",
)
VERBS = ("alın", "alınız", "için")
TURKISH = re.compile(r"Akşamları (\d+) mg (\w+)\.")

steps = st.one_of(
    st.tuples(st.just("source"), st.sampled_from(SOURCES)),
    st.tuples(st.just("msgstr"), st.sampled_from(VERBS)),
    st.tuples(st.just("old dose"), st.sampled_from(VERBS)),
    st.tuples(st.just("fuzzy"), st.sampled_from(VERBS)),
    st.tuples(st.just("approve"), st.just("")),
    st.tuples(st.just("build"), st.just("")),
)


def article(sentence):
    return f"---\ntitle: Care\n---\n\nRest well.\n\n{sentence}\n"


class Site:
    """A site, what people did to it, and what may be read because of that."""

    def __init__(self, root, policy, require):
        table = f'policy = "{policy}"\nstale = "keep"\nrequire = "{require}"\n'
        config = f'{CONFIG}\n[[class]]\nglobs = ["**"]\n{table}'
        self.root = make_site(root, {"publish.toml": config})
        self.source = SOURCES[0]
        self.require = require
        self.reviewed = set()
        """Sentences that were approved, or cleared, for some original."""

        put(root, {"source/articles/scalp.md": article(self.source)})
        publish(root, "extract")
        translate(root, {"Care": "Bakım", "Rest well.": "İyi dinlenin."})

    @property
    def dose(self):
        (found,) = re.findall(r"\d+", self.source)
        return str(found)

    def step(self, name, value):
        if name == "source":
            self.source = value
            put(self.root, {"source/articles/scalp.md": article(value)})
            publish(self.root, "extract")
        elif name == "approve":
            publish(self.root, "approve", "--reviewer", "Nurse")
        elif name == "build":
            publish(self.root, "build")
            self.look()
        else:
            dose = {"5": "50", "50": "5"}[self.dose] if "old" in name else self.dose
            flags = ("fuzzy",) if name == "fuzzy" else ()
            text = f"Akşamları {dose} mg {value}."
            translate(self.root, {self.source: text}, flags=flags)
            if not flags:
                self.reviewed.add(text)

    def look(self):
        """What is on the page is of today's dose, and somebody's reviewed word."""
        page = self.root / "dist/site/tr/scalp/index.html"
        if not page.exists():
            return
        text = re.sub(r"<[^>]*>", "", page.read_text("utf-8"))
        for match in TURKISH.finditer(text):
            assert match[1] == self.dose
            assert match[0] in self.reviewed
        if not TURKISH.search(text):
            assert self.source in text


@pytest.mark.parametrize("policy", ["hold", "fallback", "partial"])
@settings(max_examples=12, deadline=None)
@given(
    require=st.sampled_from(["translated", "approved"]),
    done=st.lists(steps, max_size=9),
)
def test_nobody_reads_another_dose_than_that_of_the_original(policy, require, done):
    root = Path(tempfile.mkdtemp())
    try:
        site = Site(root, policy, require)
        for name, value in done:
            site.step(name, value)
        site.step("build", "")
    finally:
        shutil.rmtree(root)


@pytest.mark.parametrize("policy", ["hold", "fallback", "partial"])
@pytest.mark.parametrize("require", ["translated", "approved"])
def test_the_way_from_one_dose_to_another_and_back(tmp_path, policy, require):
    site = Site(tmp_path, policy, require)
    publishing = (("msgstr", "alın"), ("approve", ""), ("build", ""))
    for sentence in (*SOURCES, *reversed(SOURCES)):
        for name, value in (("source", sentence), ("build", ""), *publishing):
            site.step(name, value)
        text = (tmp_path / "dist/site/tr/scalp/index.html").read_text("utf-8")
        assert f"Akşamları {site.dose} mg alın." in re.sub(r"<[^>]*>", "", text)
