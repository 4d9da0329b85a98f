"""
Every engine against every misbehaviour, by the real command in its own process.

The answer of the service tells which text it is for, so that each translation in a
catalog can be proven to be of its msgid.
"""

import json
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from pipeline.masking import mask
from tests.engines.loopback import running_service
from tests.engines.misbehaviour import (
    KEPT,
    REPLY_FAULTS,
    TEXT_FAULTS,
    WORDS,
)
from tests.workflow.test_pretranslate import entry, write
from tests.workflow.test_purchases import (
    CONFIG,
    ENGINES,
    KEY,
    ROOT,
    files_with,
    settings,
    stored,
)

BOUND = 120.0
"""Seconds in which a command must end, whatever the service does."""

NOUNS = (
    "amber basil cedar daisy elder fern garlic hazel iris jasmine kale lemon maple "
    "nettle olive poppy quince rose sage tulip"
).split()


def named(number):
    """A name for a number, of words alone."""
    found = [NOUNS[number // 20**power % 20] for power in (2, 1, 0)]
    return " ".join(found)


@dataclass(frozen=True)
class Text:
    """A text, and what a good service makes of it."""

    msgid: str
    good: str
    simpler: str
    """The same without its emphasis."""


def made(*parts):
    """A text of parts that are translated and, in brackets, those that are not."""
    msgid = "".join(p if isinstance(p, str) else p[0] for p in parts)
    good = "".join(p.translate(WORDS) if isinstance(p, str) else p[-1] for p in parts)
    return Text(msgid, good, good.replace("**", ""))


def text(number):
    """One of five kinds; some begin alike, and some have nothing but words."""
    name, field = named(number), f"{{{{ dose_{number} }}}}"
    if number % 5 == 0:
        return made(f"Take {number} mg of {name}, ", (field,), " now")
    if number % 5 == 1:
        return made(f"Before the visit please tell our team about any {name}")
    if number % 5 == 2:
        url = f"https://clinic.example/{number}"
        stressed = (("**",), name, ("**",))
        link = (("[",), f"the {name} guide", (f"]({url})",))
        return made("See ", *stressed, " and ", *link, " at ", (url,), " today")
    if number % 5 == 3:
        use = (("<b>",), f"use {name}", ("</b>",))
        phone = ("+90 555 000 00 00",)
        rest = f"Rest with {name} for {number} days. Then "
        return made(rest, *use, " or call ", phone, ".")
    amount = 100 + number % 900
    written = (f"1,{amount}", f"1.{amount}")
    end = f" ml or {number % 100}% for "
    return made(f"The {name} is ", written, end, ("%(name)s",))


def site(root, service, name, texts, **more):
    """A site with texts in four catalogs, and a table for one engine."""
    for part in range(4):
        msgids = [each.msgid for each in texts[part::4]]
        write(root, f"d{part}", *map(entry, msgids))
    given = settings(service, name, **more)
    lines = [f"{key} = {json.dumps(value)}" for key, value in given.items()]
    config = CONFIG.format(name=name) + "\n".join(lines) + "\n"
    (root / "publish.toml").write_text(config)


def command(*args):
    return [sys.executable, "-m", "pipeline", "pretranslate", *args]


def environment():
    return os.environ | {"PYTHONPATH": str(ROOT), "TEST_KEY": KEY}


def found(root):
    return {
        msgid: msgstr
        for part in range(4)
        for msgid, msgstr in stored(root, f"d{part}").items()
    }


def words(plain):
    return " ".join(re.findall("[a-z]+", KEPT.sub(" ", plain).lower()))


def require_truth(root, service, texts):
    """Nothing wrong is stored, nothing lost that was answered well; how many are."""
    catalogs = found(root)
    wrong = {
        each.msgid: catalogs[each.msgid]
        for each in texts
        if catalogs[each.msgid] not in {"", each.good, each.simpler}
    }
    assert wrong == {}
    given = set(map(words, service.given))
    empty = [each.msgid for each in texts if not catalogs[each.msgid]]
    assert [each for each in empty if words(mask(each).text) in given] == []
    return len(texts) - len(empty)


def require_no_key(root, *outputs):
    """The key is in no output, file, database or journal."""
    assert [each for each in outputs if KEY in each or KEY.strip("/+") in each] == []
    assert files_with(root, KEY.encode()) == []
    assert files_with(root, KEY.strip("/+").encode()) == []


def run(root, *args):
    """The command, which ends in time; its output."""
    ran = subprocess.run(
        command("--json", *args),
        cwd=root,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=BOUND,
        check=False,
    )
    assert "Traceback" not in ran.stderr
    return ran


def every(step, fault, service):
    """Each so many-th text, or whole reply, is spoiled, whatever was asked."""
    texts = count(1)

    def spoiled(_):
        number = len(service.queries) if fault in REPLY_FAULTS else next(texts)
        return "" if number % step else fault

    return spoiled


@pytest.mark.slow
@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("fault", [*TEXT_FAULTS, *REPLY_FAULTS])
def test_no_misbehaviour_stores_what_is_wrong_or_loses_what_is_good(
    tmp_path, name, fault
):
    texts = [text(number) for number in range(100, 160)]
    with running_service(keeps_alive=True) as service:
        site(tmp_path, service, name, texts, workers=4, deadline=1.5)
        service.fault = every(3, fault, service)
        began = time.monotonic()
        ran = run(tmp_path)
        took = time.monotonic() - began
        filled = require_truth(tmp_path, service, texts)
        asked = len(service.asked)
    require_no_key(tmp_path, ran.stdout, ran.stderr)
    record(
        "matrix", name, fault, filled=filled, of=60, asked=asked, took=round(took, 1)
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", ENGINES)
def test_sixteen_workers_put_nothing_under_another_msgid(tmp_path, name):
    texts = [text(number) for number in range(2000)]
    kinds = list(TEXT_FAULTS)
    whole = ["429 with a time", "500", "reset", "truncated", "swapped", "twice"]
    whole += ["swapped and unsaid", "no body", "null", "wrong count", "html"]
    faults = random.Random(7)
    lock = threading.Lock()

    def fault(_):
        with lock:
            if not faults.randrange(100):
                return faults.choice(whole)
            return "" if faults.randrange(9) else faults.choice(kinds)

    with running_service(keeps_alive=True) as service:
        site(tmp_path, service, name, texts, workers=16, deadline=20.0)
        service.fault = fault
        service.pause = 0.02
        ran = run(tmp_path)
        filled = require_truth(tmp_path, service, texts)
        record(
            "workers",
            name,
            filled=filled,
            of=2000,
            asked=len(service.asked),
            at_once=service.most_at_once,
        )
        assert service.most_at_once > 1
        service.fault = lambda _: ""
        again = run(tmp_path)
        assert require_truth(tmp_path, service, texts) == 2000
    require_no_key(tmp_path, ran.stdout, ran.stderr, again.stdout, again.stderr)


BATCH = {"deepl": 20, "llm": 10}
"""Texts in a call, where it is not one."""


def killed(root, pauses):
    """Start and kill until it is done; when it was killed, and what it said."""
    said: list[str] = []
    kills: list[float] = []
    for pause in pauses:
        process = subprocess.Popen(
            command("--json"),
            cwd=root,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            said += process.communicate(timeout=pause)
        except subprocess.TimeoutExpired:
            kills.append(time.monotonic())
            process.kill()
            said += process.communicate()
        else:
            assert process.returncode == 0
            return kills, said
    raise AssertionError("it was never done")


def had_arrived(service, kills, spare=0.5):
    """
    Texts that were bought again though their answer had been sent before a kill.

    `spare` are the seconds in which a busy machine may not yet have noted an answer.
    """
    first: dict[str, float] = {}
    found = []
    for at, asked in sorted(service.sent):
        for each in map(words, asked):
            before = first.setdefault(each, at)
            if before != at and not any(
                before - 0.01 < k < before + spare for k in kills
            ):
                found.append(each)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 4, 16])
@pytest.mark.parametrize("name", ENGINES)
def test_killed_at_any_moment_each_text_is_bought_once(tmp_path, name, workers):
    texts = [text(number) for number in range(500)]
    moments = random.Random(f"{name} {workers}")
    with running_service(keeps_alive=True) as service:
        site(tmp_path, service, name, texts, workers=workers, deadline=20.0)
        service.pause = 0.01 * BATCH.get(name, 1)
        pauses = iter(lambda: moments.uniform(0.8, 4.0), None)
        kills, said = killed(tmp_path, pauses)
        assert require_truth(tmp_path, service, texts) == 500
        bought = Counter(map(words, service.asked))
        arrived = had_arrived(service, kills)
    twice = sum(bought.values()) - len(bought)
    record(
        "kills",
        name,
        workers=workers,
        kills=len(kills),
        bought=len(bought),
        twice=twice,
        arrived=len(arrived),
    )
    assert len(bought) == 500
    # What is under way at a kill has no answer yet: one call of each worker.
    assert twice <= len(kills) * workers * BATCH.get(name, 1)
    assert arrived == []
    require_no_key(tmp_path, *said)


def record(what, *names, **numbers):
    """Append to the file that PROOF_LOG names, for whoever wants the numbers."""
    if path := os.environ.get("PROOF_LOG"):
        with Path(path).open("a", encoding="utf-8") as file:
            print(what, *names, json.dumps(numbers), file=file)
