"""Every policy in every situation: what is in dist/, what is not, and what is said."""

import json
import shutil
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.builders import make_site, po_path, publish, put, translate
from tests.policies import POLICIES, REQUIRE, STALE, Row, rows
from tests.workflow.test_build import dist

DOSE = "Take 5 mg in the evening."
CONFIG = (
    'title = "Test clinic"\nbase_url = "https://clinic.example/"\nlocales = ["tr"]\n'
)


@dataclass(frozen=True)
class Cell:
    """One article of one class."""

    policy: str
    stale: str
    require: str
    is_mail: bool
    number: int

    @property
    def name(self):
        kind = "mail" if self.is_mail else "page"
        return f"{self.policy}-{self.stale}-{self.require}-{kind}"

    @property
    def domain(self):
        return f"{self.policy}-{self.stale}-{self.require}/{self.name}"

    @property
    def source(self):
        return f"source/{self.domain}.md"

    def word(self, stem):
        """A word that stands in this article alone."""
        letters = "abcdefghijklmnopqrstuvwxyz"
        return stem + letters[self.number % 26] + letters[self.number // 26] + "k"

    @property
    def text(self):
        kind = "kind: mail\n" if self.is_mail else ""
        return f"---\ntitle: Care\n{kind}---\n\nRest well.\n\n{DOSE}\n"

    @property
    def turkish(self):
        return {
            "Care": self.word("Bakım"),
            "Rest well.": f"İyi dinlenin {self.word('durur')}.",
            DOSE: f"Akşamları 5 mg alın {self.word('eski')}.",
        }


CELLS = tuple(
    Cell(*each, number)
    for number, each in enumerate(product(POLICIES, STALE, REQUIRE, (False, True)))
)


def classes():
    tables = [
        f'[[class]]\nglobs = ["{policy}-{stale}-{require}/*"]\n'
        f'policy = "{policy}"\nstale = "{stale}"\nrequire = "{require}"\n'
        for policy, stale, require in product(POLICIES, STALE, REQUIRE)
    ]
    return "\n".join([CONFIG, *tables])


def approve(root):
    names = [cell.domain for cell in CELLS if cell.require == "approved"]
    assert publish(root, "approve", *names, "--reviewer", "Nurse").code == 0


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    """An article of each class, all reviewed, nothing out."""
    root = make_site(tmp_path_factory.mktemp("reviewed"), {"publish.toml": classes()})
    (root / "source/articles/scalp.md").unlink()
    put(root, {cell.source: cell.text for cell in CELLS})
    assert publish(root, "extract").code == 0
    for cell in CELLS:
        translate(root, cell.turkish, domain=cell.domain)
    approve(root)
    return root


@pytest.fixture(scope="module")
def out(reviewed, tmp_path_factory):
    """The same, and out."""
    root = tmp_path_factory.mktemp("out") / "site"
    shutil.copytree(reviewed, root)
    assert publish(root, "build").code == 0
    return root


def happen(root, cell, what):
    """Let something happen to one article."""
    new = f"Akşamları 5 mg alınız {cell.word('yeni')}."
    old = cell.turkish[DOSE]
    changed = {
        "an entry is not translated": ("", ()),
        "an entry was emptied": ("", ()),
        "an entry is fuzzy": (new, ("fuzzy",)),
        "an entry became fuzzy": (new, ("fuzzy",)),
        "an entry is not approved": (new, ()),
        "an entry was edited": (new, ()),
        "a check finds an error": (new.replace("5", "50"), ()),
        "an edit brought an error": (new.replace("5", "50"), ()),
    }
    sources = {
        "the original has new words": "Please take 5 mg in the evening.",
        "the original has another dose": "Take 50 mg in the evening.",
        "the same, and somebody cleared the fuzzy flag": "Take 50 mg in the evening.",
    }
    if what in changed:
        msgstr, flags = changed[what]
        translate(root, {DOSE: msgstr}, domain=cell.domain, flags=flags)
    elif what in sources:
        put(root, {cell.source: cell.text.replace(DOSE, sources[what])})
        publish(root, "extract")
        if "cleared" in what:
            translate(root, {sources[what]: old}, domain=cell.domain)
    elif what == "the catalog is broken":
        po_path(root, cell.domain).write_bytes(b'msgid "cut')
    elif "draft" in what:
        put(root, {cell.source: cell.text.replace("---\n", "---\ndraft: true\n", 1)})
    elif what == "the article was deleted":
        (root / cell.source).unlink()
    else:
        assert what in {"all is reviewed", "nothing"}


@dataclass(frozen=True)
class Built:
    row: Row
    root: Path
    report: Any
    files: dict[str, bytes]
    release: Any

    def cells(self):
        """Each article that the row is about, and what is expected of it."""
        for cell in CELLS:
            if self.row.require in {"", cell.require}:
                policy, stale = cell.policy, cell.stale
                is_mail = cell.is_mail
                yield cell, self.row.expected(policy, stale, is_mail=is_mail)

    def output(self, cell):
        (found,) = (
            each
            for each in self.report["mails" if cell.is_mail else "pages"]
            if (each["article"], each["locale"]) == (cell.domain, "tr")
        )
        return found

    def page(self, cell):
        top = f"mail/tr/{cell.name}.txt" if cell.is_mail else f"site/tr/{cell.name}"
        data = self.files.get(top if cell.is_mail else f"{top}/index.html")
        return None if data is None else data.decode()

    def holds(self, word):
        """The files of dist/ in which a word stands."""
        return [path for path, data in self.files.items() if word.encode() in data]


@pytest.fixture(scope="module", params=rows(), ids=lambda row: row.name)
def built(request, reviewed, out, tmp_path_factory):
    row = request.param
    root = tmp_path_factory.mktemp("built") / "site"
    shutil.copytree(reviewed if row.was == "never out" else out, root)
    for cell in CELLS:
        happen(root, cell, row.what)
    ran = publish(root, "build", "--json")
    release = json.loads((root / "dist/release.json").read_bytes())
    return Built(row, root, ran.json, dist(root), release)


def test_the_state_is_the_one_of_the_table(built):
    for cell, expected in built.cells():
        state = "published" if expected == "kept" else expected
        assert built.output(cell)["state"] == state, cell.name


def test_the_exit_code_is_the_one_of_the_table(built):
    if built.row.what == "the article was deleted":
        pytest.skip("there is nothing to explain")
    for cell, _ in built.cells():
        if cell.is_mail or cell.require != (built.row.require or "approved"):
            continue
        assert publish(built.root, "explain", cell.domain).code == built.row.code


def test_a_page_is_there_if_it_is_out(built):
    for cell, expected in built.cells():
        assert (built.page(cell) is None) == (expected in {"held", "recalled"})


def test_what_must_be_pulled_is_named(built):
    named = {(each["article"], each["locale"]) for each in built.release["recalled"]}
    for cell, expected in built.cells():
        assert ((cell.domain, "tr") in named) == (expected == "recalled"), cell.name


NOTICES = {
    "fallback": "This article has not been translated yet.",
    "partial": "Parts of this article have not been translated yet.",
    "kept": "This text is being brought up to date.",
}


def test_readers_are_told_what_they_read(built):
    for cell, expected in built.cells():
        for state, notice in NOTICES.items():
            shown = notice in (built.page(cell) or "")
            assert shown == (state == expected), cell.name


def test_search_engines_know_of_what_is_published_in_full(built):
    sitemap = built.files["site/sitemap.xml"].decode()
    for cell, expected in built.cells():
        if not cell.is_mail:
            is_whole = expected in {"published", "kept"}
            assert (f"/tr/{cell.name}/" in sitemap) == is_whole
            page = built.page(cell) or ""
            assert ('content="noindex"' in page) == (bool(page) and not is_whole)


def test_no_text_is_anywhere_that_may_not_be_out(built):
    shown = {"published": True, "kept": True, "partial": True}
    for cell, expected in built.cells():
        assert bool(built.holds(cell.word("durur"))) == shown.get(expected, False)
        is_new = built.row.what in {"an entry is not approved", "an entry was edited"}
        is_new = is_new and expected == "published"
        assert bool(built.holds(cell.word("yeni"))) == is_new, cell.name
        is_old = expected in {"published", "kept"} and not is_new
        assert bool(built.holds(cell.word("eski"))) == is_old, cell.name
        assert bool(built.holds(cell.word("Bakım"))) == shown.get(expected, False)


def test_the_original_stands_where_the_translation_may_not(built):
    for cell, expected in built.cells():
        page = built.page(cell) or ""
        if expected == "partial":
            assert 'lang="en" dir="ltr">' in page.partition('class="prose"')[2]
        if expected in {"partial", "fallback"}:
            assert " mg in the evening." in page


def test_the_set_is_whole(built):
    assert publish(built.root, "verify", str(built.root / "dist")).code == 0


def test_a_build_from_nothing_gives_the_same(built, tmp_path):
    clone = tmp_path / "site"
    shutil.copytree(
        built.root, clone, ignore=shutil.ignore_patterns("dist", ".publish")
    )

    publish(clone, "build")

    assert dist(clone) == built.files
