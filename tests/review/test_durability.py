"""Many hands on one catalog, and a server that dies: no saved word is lost."""

import random
import signal
import threading
import time
from dataclasses import replace

import pytest

from pipeline.approval import parse_approvals
from pipeline.po.compose import compose
from pipeline.po.parse import parse
from pipeline.store.exchange import take_place
from tests.builders import catalog, make_site, po_path, publish, publish_process
from tests.faults import journaled, words_of
from tests.review.browsers import Browser, serving
from tests.review.processes import Process

PLACE = "tr/articles/long"
REVIEWS = "locales/tr/reviews/articles/long.jsonl"
SAVES = 200


def article(count):
    lines = "".join(f"Sentence {chr(97 + n)} is here.\n\n" for n in range(count))
    return f"# Long\n\n{lines}"


@pytest.fixture
def long(tmp_path):
    make_site(tmp_path, {"source/articles/long.md": article(20)})
    assert publish(tmp_path, "extract").code == 0
    return tmp_path


class Saver(threading.Thread):
    """A browser that fills in its share of the messages, again and again."""

    def __init__(self, browser, msgids, count):
        super().__init__()
        self.browser = browser
        self.msgids = msgids
        self.count = count
        self.saved: dict[str, str] = {}
        self.every: set[str] = set()
        self.failure: object = None

    def run(self):
        try:
            for number in range(self.count):
                self.save(self.msgids[number % len(self.msgids)], number)
        except BaseException as error:  # noqa: BLE001 - the test shows it
            self.failure = error

    def save(self, msgid, number):
        text = f"{self.browser.name} {number}."
        while True:
            message = self.browser.message(msgid, PLACE)
            values = {"key": message["key"], "version": message["version"]}
            answer = self.browser.post(
                f"/api/{PLACE}/save", {**values, "msgstrs": [text]}
            )
            if answer.status == 200:
                break
            assert answer.status in {409, 503}, answer.text
        self.saved[msgid] = text
        self.every.add(text)


class Named(Browser):
    name = ""


def named(server, name):
    browser = server.browser(name)
    found = Named(browser.port, browser.cookies, browser.token)
    found.name = name
    return found


class Editor(threading.Thread):
    """A file editor that keeps one entry of a catalog changing, and spares the rest."""

    def __init__(self, path, msgid, done):
        super().__init__()
        self.path = path
        self.msgid = msgid
        self.done = done
        self.saved = 0

    def run(self):
        while not self.done.is_set():
            self.saved += self.edit(f"Editor {self.saved}.")
            time.sleep(0.03)

    def edit(self, text):
        """Whether the file was still the one that was read."""
        before = self.path.read_bytes()
        found = parse(before.decode(), path="x.po")
        changed = found.with_messages(
            replace(m, msgstrs=(text,)) if m.msgid == self.msgid else m
            for m in found.messages
        )
        beside = self.path.with_name("editor.temp")
        beside.write_text(compose(changed), encoding="utf-8")
        return take_place(beside, self.path, of=before)


class Author(threading.Thread):
    """Writes, and runs `publish extract` after it."""

    def __init__(self, root, done):
        super().__init__()
        self.root = root
        self.done = done
        self.extracted = 0

    def run(self):
        source = self.root / "source/articles/long.md"
        while not self.done.is_set():
            source.write_text(f"{article(20)}Added {self.extracted}.\n")
            publish_process(self.root, "extract")
            self.extracted += 1


@pytest.mark.slow
def test_saves_of_two_browsers_an_editor_and_extract_lose_nothing(long):
    msgids = [f"Sentence {chr(97 + n)} is here." for n in range(20)]
    done = threading.Event()
    editor = Editor(po_path(long, "articles/long"), msgids[-1], done)
    author = Author(long, done)
    with serving(long) as server:
        savers = [
            Saver(named(server, "Ann"), msgids[:9], SAVES // 2),
            Saver(named(server, "Ben"), msgids[9:19], SAVES // 2),
        ]
        for thread in (*savers, editor, author):
            thread.start()
        for saver in savers:
            saver.join(240)
        done.set()
        editor.join(60)
        author.join(60)

    assert [saver.failure for saver in savers] == [None, None]
    assert min(editor.saved, author.extracted) > 3
    held = {m.msgid: m.msgstr for m in catalog(long, "articles/long").living}
    kept = {text for _, msgstrs in words_of(long) | journaled(long) for text in msgstrs}
    for saver in savers:
        assert len(saver.every) == SAVES // 2
        assert saver.every <= kept
        assert {msgid: held[msgid] for msgid in saver.saved} == saver.saved


def worked_until_killed(root, msgids, seconds, label):
    """What a server acknowledged until it was killed: texts, and approvals."""
    server = Process(root)
    assert server.sign_in().status == 303
    versions = {
        m["msgid"]: (m["key"], m["version"])
        for m in server.browser.messages(PLACE)["messages"]
    }
    saved: dict[str, str] = {}
    approved: dict[str, str] = {}
    killer = threading.Timer(seconds, server.process.kill)
    killer.start()
    try:
        for number in range(10_000):
            msgid = msgids[number % len(msgids)]
            key, version = versions[msgid]
            text = f"{label} {number}."
            what = "approve" if number % 3 == 0 else "save"
            values = {"key": key, "version": version, "msgstrs": [text], "note": "x"}
            saved.pop(msgid, None)
            answer = server.browser.post(f"/api/{PLACE}/{what}", values)
            assert answer.status == 200, answer.text
            versions[msgid] = (key, answer.json["message"]["version"])
            saved[msgid] = text
            if what == "approve":
                approved[msgid] = text
    except OSError:
        pass  # It was killed.
    finally:
        killer.join()
        server.end(signal.SIGKILL)
    return saved, approved


@pytest.mark.slow
def test_what_was_acknowledged_is_there_after_a_kill_at_any_moment(long):
    msgids = [f"Sentence {chr(97 + n)} is here." for n in range(20)]
    moments = random.Random(7)
    total = 0
    for turn in range(6):
        seconds = moments.uniform(0.05, 0.8)
        saved, approved = worked_until_killed(long, msgids, seconds, f"T{turn}")
        total += len(saved)
        held = {m.msgid: m for m in catalog(long, "articles/long").living}
        for msgid, text in saved.items():
            assert held[msgid].msgstr == text
        reviews = long / REVIEWS
        lines = reviews.read_text(encoding="utf-8") if reviews.exists() else ""
        approvals = parse_approvals(lines, path=REVIEWS)
        for msgid, text in approved.items():
            if held[msgid].msgstr == text:
                assert approvals.of(held[msgid])
    assert total > 6


def test_a_save_is_there_after_a_kill(long):
    server = Process(long)
    try:
        assert server.sign_in().status == 303
        message = server.browser.message("Sentence a is here.", PLACE)
        values = {"key": message["key"], "version": message["version"]}
        answer = server.browser.post(
            f"/api/{PLACE}/approve", {**values, "msgstrs": ["Bir."], "note": "x"}
        )
    finally:
        server.end(signal.SIGKILL)

    assert answer.status == 200, answer.text
    (entry,) = (m for m in catalog(long, "articles/long") if m.msgstr == "Bir.")
    text = (long / REVIEWS).read_text(encoding="utf-8")
    assert parse_approvals(text, path=REVIEWS).of(entry)
