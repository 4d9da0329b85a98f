"""
A translator's editor and `publish` at work on one catalog.

Poedit reads a file, and minutes later writes its own copy beside it and renames that
over whatever is there by then.
"""

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest

from pipeline.model.catalog import Catalog, Message
from pipeline.po.compose import compose
from pipeline.po.parse import parse
from pipeline.store import exchange
from pipeline.store.config import read_site
from pipeline.workflow.extract import extract
from tests.builders import TURKISH, make_site, po_path, publish
from tests.faults import journaled, words_of

NEAR = "# Care\n\nWash your hair gently after 3 days.\n\nRest.\n"
HERS = {"Rest.": "Dinlenin.", "Care": "Bakım"}


class Poedit:
    """An editor with one catalog open."""

    def __init__(self, path):
        self.path = path
        self.catalog = Catalog(Message(""))

    def open(self):
        self.catalog = parse(self.path.read_text(encoding="utf-8"), path="x.po")

    def fill(self, texts):
        self.catalog = self.catalog.with_messages(
            replace(message, msgstrs=(texts[message.msgid],), flags=())
            if message.msgid in texts and not message.obsolete
            else message
            for message in self.catalog.messages
        )

    def save(self):
        beside = self.path.with_name(f"{self.path.name}.temp")
        beside.write_text(compose(self.catalog), encoding="utf-8")
        beside.replace(self.path)


@pytest.fixture
def root(tmp_path):
    """A translated article, and one that is alike and has no translation yet."""
    make_site(tmp_path, {"source/articles/near.md": NEAR})
    assert publish(tmp_path, "extract").code == 0
    editor = Poedit(po_path(tmp_path))
    editor.open()
    editor.fill(TURKISH)
    editor.save()
    assert publish(tmp_path, "check").code == 0
    return tmp_path


def change(root, old, new, article="near"):
    source = root / f"source/articles/{article}.md"
    source.write_text(source.read_text().replace(old, new))


ORDERS = [
    order
    for order in permutations(("open", "save", "extract", "pretranslate"))
    if order.index("open") < order.index("save")
]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
@pytest.mark.parametrize("article", ["near", "scalp"])
def test_no_word_is_lost_that_recover_cannot_give_back(root, order, article):
    change(root, "3 days", "4 days")
    change(root, "3 days", "4 days", "scalp")
    change(root, "scratch", "scratch it", "scalp")
    editor = Poedit(po_path(root, f"articles/{article}"))
    seen = words_of(root)
    for step in order:
        if step == "open":
            editor.open()
            editor.fill(HERS | {"Sleep on your back.": "Sırtüstü yatın."})
        elif step == "save":
            editor.save()
        else:
            assert publish(root, step).code == 0
        seen |= words_of(root)

    assert len(seen) > len(TURKISH) + 1
    assert seen <= words_of(root) | journaled(root)
    assert publish(root, "extract").code == 0
    assert seen <= words_of(root) | journaled(root)


def save_at_the_last_moment(monkeypatch, editor, times=1):
    """Let her save between our last look at her file and our rename."""
    rename = exchange._system_rename()
    assert rename is not None
    left = [None] * times

    def late(*args):
        # The path is in it where her file is the one that is written.
        if left and str(editor.path).encode() in args:
            left.pop()
            editor.save()
        return rename(*args)

    monkeypatch.setattr(exchange, "_system_rename", lambda: late)


def test_her_save_within_our_write_stays_and_is_said(root, monkeypatch):
    change(root, "3 days", "4 days")
    change(root, "3 days", "4 days", "scalp")
    editor = Poedit(po_path(root, "articles/near"))
    editor.open()
    editor.fill(HERS)
    save_at_the_last_moment(monkeypatch, editor)
    ran = publish(root, "extract")

    assert ran.code == 1
    (line,) = ran.err.splitlines()
    assert line.startswith(
        "publish: locales/tr/LC_MESSAGES/articles/near.po: was saved"
    )
    assert "run the same command again" in line
    assert editor.path.read_text(encoding="utf-8") == compose(editor.catalog)
    assert "4 days" in po_path(root).read_text(encoding="utf-8")
    assert not list(root.rglob("*.tmp"))

    assert publish(root, "extract").code == 0
    texts = {msgstrs for _, msgstrs in words_of(root)}
    assert {("Dinlenin.",), ("Bakım",)} <= texts
    assert "4 days" in editor.path.read_text(encoding="utf-8")


def test_a_draft_waits_for_her_save(root, monkeypatch):
    editor = Poedit(po_path(root, "articles/near"))
    editor.open()
    editor.fill(HERS)
    save_at_the_last_moment(monkeypatch, editor)
    ran = publish(root, "pretranslate", "--json")

    assert (ran.code, ran.json["errors"]) == (0, [])
    assert ran.json["locales"][0]["filled"] == {"memory": 1}
    texts = {key[1]: msgstrs[0] for key, msgstrs in words_of(root)}
    assert texts["Rest."] == "Dinlenin."
    assert (
        texts["Wash your hair gently after 3 days."]
        == TURKISH["Wash your hair after 3 days."]
    )


def test_a_file_that_she_keeps_saving_is_left_and_said(root, monkeypatch):
    class Restless(Poedit):
        """Each of whose saves differs from the one before."""

        def save(self):
            self.fill({"Care": f"Bakım {time.monotonic_ns()}"})
            super().save()

    editor = Restless(po_path(root, "articles/near"))
    editor.open()
    save_at_the_last_moment(monkeypatch, editor, times=100)
    ran = publish(root, "pretranslate")

    assert ran.code == 1
    assert "near.po: was saved by somebody else" in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not list(root.rglob("*.tmp"))


def test_nothing_is_lost_where_both_save_all_the_time(root):
    many = "".join(f"Line number {n} of many.\n\n" for n in range(40))
    make_site(root, {"source/articles/near.md": f"# Care\n\n{many}"})
    site = read_site(root)
    assert not extract(site, locales=("tr",), now=datetime.now(tz=UTC)).errors
    editor = Poedit(po_path(root, "articles/near"))
    hers = {f"Line number {n} of many.": f"Satır {n}." for n in range(40)}

    def work():
        for msgid, msgstr in hers.items():
            editor.open()
            editor.fill({msgid: msgstr})
            editor.save()
            time.sleep(0.005)

    thread = threading.Thread(target=work)
    thread.start()
    runs = 0
    while thread.is_alive():
        change(root, "# Care", "# Care more") if runs % 2 else change(root, " more", "")
        extract(site, locales=("tr",), now=datetime.now(tz=UTC))
        runs += 1
    thread.join()

    known = {(key[1], msgstrs[0]) for key, msgstrs in words_of(root) | journaled(root)}
    assert runs > 1
    assert hers.items() <= known
