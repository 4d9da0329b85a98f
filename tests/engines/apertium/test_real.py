"""A true Apertium from Debian, which `tests/install_tools.sh` installs."""

import shutil
import socket
import subprocess
import time
from collections import Counter
from html import unescape
from pathlib import Path

import pytest

from pipeline.engines import Request
from pipeline.engines.apertium import Apertium
from pipeline.errors import EngineError
from pipeline.masking import mask
from pipeline.placeholders import find
from pipeline.store.catalogs import read_catalog
from tests.builders import make_site, publish

SEED = "can-stem-cell-therapy-reverse-hair-loss.txt"
ARTICLE = Path(__file__).parents[3] / "source" / "articles" / SEED
MODES = Path("/usr/share/apertium/modes")
CONFIG = """\
title = "Test clinic"
base_url = "https://clinic.example/health/"
locales = ["es"]
engines = ["apertium"]
"""
MAIL = """\
---
kind: mail
title: Your appointment
subject: Your appointment on {{ appointment_date }}
---

Dear {{ first_name }},

we look forward to seeing you on **{{ appointment_date }}**. Please take *two* pills
of 1,500 mg and read [our guide](https://clinic.example/a?b=1) before
[the **second** visit](<{{ booking_url }}>). Write to info@clinic.example or call
+90 555 000 00 00.

Stop <b>all</b> drugs such as <span translate="no">Propecia</span> 2.5 days before, &
wait 3 < 4 hours; type `mg` there.\\
The *red* **[car](car.md)** waits for %(name)s at https://clinic.example/park today.
"""


@pytest.fixture(scope="module")
def spanish(tmp_path_factory):
    """A site with the seed article and a mail, translated; and what was said."""
    if not shutil.which("apertium") or not (MODES / "eng-spa.mode").exists():
        pytest.skip("Apertium for English to Spanish is not installed")
    files: dict[str, str | bytes] = {
        "publish.toml": CONFIG,
        f"source/articles/{SEED}": ARTICLE.read_bytes(),
        "source/mail/appointment.md": MAIL,
        "source/mail/car.md": "# The car\n",
    }
    root = make_site(tmp_path_factory.mktemp("spanish"), files)
    assert publish(root, "extract").code == 0
    ran = publish(root, "pretranslate", "--json")
    return root, ran


def messages(root):
    top = root / "locales" / "es" / "LC_MESSAGES"
    for path in sorted(top.rglob("*.po")):
        for message in read_catalog(path, root=root).living:
            if message.msgctxt != "slug":
                yield message


def test_every_message_is_translated_or_named(spanish):
    root, ran = spanish
    (locale,) = ran.json["locales"]
    left = [message.msgid for message in messages(root) if not any(message.msgstrs)]
    assert Counter(left) == Counter(each["msgid"] for each in locale["failed"])
    assert len(left) <= 1
    assert locale["filled"]["apertium"] > 50


def test_every_draft_is_for_a_person_to_review(spanish):
    root, _ = spanish
    for message in messages(root):
        if any(message.msgstrs):
            assert message.is_fuzzy
            assert "machine (apertium)" in message.comments[-1]


def test_every_placeholder_and_link_is_the_same(spanish):
    root, _ = spanish
    for message in messages(root):
        if message.msgid_plural is None and message.msgstr:
            ours = Counter(each.raw for each in find(message.msgid))
            theirs = Counter(each.raw for each in find(message.msgstr))
            assert ours == theirs, message.msgid


def test_every_mask_is_intact(spanish):
    root, _ = spanish
    for message in messages(root):
        if message.msgid_plural is None and message.msgstr:
            ours, theirs = parts(message.msgid), parts(message.msgstr)
            if "without emphasis" in message.comments[-1]:
                ours = Counter({raw: n for raw, n in ours.items() if raw.strip("*_~")})
            assert ours == theirs, message.msgid


def parts(text):
    """What is masked in a text, be it a placeholder, emphasis or a line break."""
    return Counter(token.raw for token in mask(text).tokens)


def test_what_was_refused_is_named_with_its_catalog_and_its_reason(spanish):
    root, ran = spanish
    top = root / "locales" / "es" / "LC_MESSAGES"
    for failed in ran.json["locales"][0]["failed"]:
        path = top / f"{failed['domain']}.po"
        assert read_catalog(path, root=root).find(failed["msgid"], None)
        assert failed["why"]


def test_the_links_lead_where_they_led(spanish):
    root, _ = spanish
    targets = {each.target for m in messages(root) for each in find(m.msgstr)}
    assert {"https://clinic.example/a?b=1", "{{ booking_url }}", "car.md"} <= targets


def test_the_check_finds_no_error(spanish):
    root, _ = spanish
    ran = publish(root, "check", "--lang", "es", "--json")
    errors = [each for each in ran.json["findings"] if each["severity"] == "error"]
    assert errors == []
    found = {each["check"] for each in ran.json["findings"]}
    assert not found & {"markup", "links", "numbers", "placeholders", "whitespace"}


def test_it_is_spanish(spanish):
    root, _ = spanish
    words = " ".join(message.msgstr for message in messages(root)).split()
    assert {"cabello", "píldoras", "para", "coche"} <= set(words)


def test_a_second_run_asks_nothing(spanish):
    root, _ = spanish
    again = publish(root, "pretranslate", "--json").json["locales"][0]
    assert (again["filled"], again["characters"]) == ({}, 0)


@pytest.fixture
def apy():
    """A true server on this machine."""
    if not shutil.which("apertium-apy") or not (MODES / "eng-spa.mode").exists():
        pytest.skip("apertium-apy is not installed")
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    server = subprocess.Popen(
        ["apertium-apy", "-p", str(port), "-j1", str(MODES)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()


def test_a_server_translates_as_the_program_does(apy):
    engine = Apertium({"base_url": apy, "retries": 0})
    for _ in range(100):
        try:
            engine.probe()
        except EngineError:
            time.sleep(0.1)
        else:
            break
    text = 'Take <g id="1">two</g> of the <x id="2"/> &amp; 3 &lt; 4 red pills'
    requests = [Request("a", text)]
    found = [
        next(each.translate(requests, source="en", target="es")).text
        for each in (engine, Apertium({}))
    ]
    assert "píldoras" in (found[0] or "")
    # They differ in blanks and in what they escape.
    plain, other = ("".join(unescape(each or "").split()) for each in found)
    assert plain == other
