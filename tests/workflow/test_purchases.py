"""Whatever a service does: nothing wrong is stored, nothing good is lost."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from pipeline.model.site import Site
from pipeline.store.catalogs import read_catalog
from pipeline.workflow.pretranslate import pretranslate
from tests.engines.loopback import (
    Said,
    refuse_the_internet,
    running_service,
)
from tests.engines.misbehaviour import (
    OF_PAIRS,
    OF_THE_ENGINE,
    REPLY_FAULTS,
    TEXT_FAULTS,
    translation,
)
from tests.workflow.test_pretranslate import TODAY, entry, write

KEY = "k3y-that-nobody-sees/+"
ROOT = Path(__file__).parents[2]
ENGINES = {
    "libretranslate": "",
    "deepl": "",
    "llm": "/v1",
    "deep": "/m",
}
"""Engines by name, and where they are on the service."""
FAULTS = [fault for fault in TEXT_FAULTS if fault not in OF_PAIRS]


@pytest.fixture(autouse=True)
def _no_internet(monkeypatch):
    refuse_the_internet(monkeypatch)
    monkeypatch.setenv("TEST_KEY", KEY)


@pytest.fixture
def service():
    with running_service() as running:
        yield running


def settings(server, name, /, **more):
    given = {
        "base_url": server.address + ENGINES[name],
        "pause": 0.001,
        "retries": 1,
        "deadline": 1.0,
        "workers": 4,
    }
    if name == "llm":
        given["model"] = "small"
    if name != "deep":
        given["api_key_env"] = "TEST_KEY"
    return given | more


def text(number, kind="good"):
    return f"The {kind} text {number} takes {number} mg of {{{{ dose_{number} }}}} now"


def expected(msgid):
    """What a good service makes of a text, its field untouched."""
    before, found, after = msgid.partition("{{")
    field, _, rest = after.partition("}}")
    if not found:
        return translation(msgid)
    return f"{translation(before)}{{{{{field}}}}}{translation(rest)}"


def site(root, server, /, *names, **more):
    return Site(
        root=str(root),
        locales=("tr",),
        engines=names,
        engine_settings={name: settings(server, name, **more) for name in names},
    )


def run(site, **more):
    return pretranslate(site, locales=("tr",), today=TODAY, **more)


def stored(root, domain="a"):
    path = root / "locales/tr/LC_MESSAGES" / f"{domain}.po"
    return {m.msgid: m.msgstr for m in read_catalog(path, root=root).messages}


def shown(report):
    errors = [repr(error) for error in report.errors]
    return json.dumps(report.as_json(), ensure_ascii=False) + str(errors)


def files_with(root, needle):
    return [
        path
        for path in root.rglob("*")
        if path.is_file() and needle in path.read_bytes()
    ]


def was_given(server, text):
    """Whether a service gave a good answer to a text."""
    begins, _, _ = text.partition("{{")
    return any(given.startswith(begins) for given in server.given)


def mixed(root):
    """A catalog with twelve texts, three of which the service will spoil."""
    texts = [text(n, "bad" if n in {12, 15, 20} else "good") for n in range(10, 22)]
    write(root, "a", *map(entry, texts))
    return texts


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("fault", [*FAULTS, *REPLY_FAULTS])
def test_a_fault_stores_nothing_wrong_and_loses_nothing_good(
    tmp_path, service, name, fault
):
    texts = mixed(tmp_path)
    service.fault = lambda asked: fault if " bad " in asked else ""
    report = run(site(tmp_path, service, name))
    found = stored(tmp_path)
    assert {t: s for t, s in found.items() if s not in {"", expected(t)}} == {}
    assert {t for t in texts if was_given(service, t) and not found[t]} == set()
    if fault not in OF_THE_ENGINE:
        assert {t for t in texts if " good " in t and not found[t]} == set()
    else:
        assert report.errors or report.locales[0].failed
    assert KEY not in shown(report)
    assert files_with(tmp_path, KEY.encode()) == []


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("fault", ["429", "500", "reset", "html", "truncated"])
def test_a_fault_that_passes_loses_nothing(tmp_path, service, name, fault):
    texts = mixed(tmp_path)
    faults = iter([fault])
    service.fault = lambda _: next(faults, "")
    run(site(tmp_path, service, name, workers=1))
    found = stored(tmp_path)
    missing = [each for each in texts if found[each] != expected(each)]
    # A page in the place of an answer is an answer, and is not asked for twice.
    assert len(missing) <= (fault in {"html", "truncated"})


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("fault", ["429", "500", "hang", "redirect", "reset"])
def test_the_next_engine_takes_over_from_one_that_is_down(
    tmp_path, service, name, fault
):
    texts = mixed(tmp_path)
    with running_service() as down:
        down.fault = lambda _: fault
        two = site(tmp_path, service, "libretranslate")
        other = "deep" if name == "libretranslate" else "libretranslate"
        two = Site(
            root=str(tmp_path),
            locales=("tr",),
            engines=(name, other),
            engine_settings={
                name: settings(down, name, deadline=0.3),
                other: settings(service, other),
            },
        )
        report = run(two)
    assert stored(tmp_path) == {each: expected(each) for each in texts}
    assert len(report.errors) == 1


def test_calls_are_made_together_up_to_the_workers(tmp_path, service):
    write(tmp_path, "a", *(entry(text(n)) for n in range(40)))
    slowly(service)
    run(site(tmp_path, service, "libretranslate", workers=8))
    assert 2 <= service.most_at_once <= 8
    assert stored(tmp_path) == {text(n): expected(text(n)) for n in range(40)}


def test_a_rate_is_kept(tmp_path, service):
    write(tmp_path, "a", *(entry(text(n)) for n in range(6)))
    began = time.monotonic()
    run(site(tmp_path, service, "libretranslate", workers=6, rate=20.0))
    assert time.monotonic() - began >= 0.24


@pytest.mark.slow
@pytest.mark.parametrize("name", ENGINES)
def test_two_thousand_texts_and_sixteen_workers_mix_up_nothing(tmp_path, service, name):
    kinds = [*FAULTS, "429 with a time", "500", "reset", "truncated", "swapped"]
    seen: Counter[str] = Counter()

    def fault(asked):
        seen[asked] += 1
        number = int(asked.partition(" text ")[2].partition(" ")[0])
        if number % 20:
            return ""
        kind = kinds[number // 20 % len(kinds)]
        return kind if kind in FAULTS or seen[asked] == 1 else ""

    texts = [text(n) for n in range(2000)]
    for part in range(4):
        write(tmp_path, f"d{part}", *map(entry, texts[part::4]))
    service.fault = fault
    report = run(site(tmp_path, service, name, workers=16, deadline=20.0))
    found: dict[str, str] = {}
    for part in range(4):
        found |= stored(tmp_path, f"d{part}")
    assert {t: s for t, s in found.items() if s not in {"", expected(t)}} == {}
    assert not [t for n, t in enumerate(texts) if n % 20 and not found[t]]
    assert report.locales[0].left == sum(not s for s in found.values())
    assert service.most_at_once > 1


CONFIG = """\
title = "Test"
base_url = "https://clinic.example/"
locales = ["tr"]
engines = ["{name}"]

[engine.{name}]
"""


def started(root, service, name, **more):
    """The command in a process of its own."""
    given = settings(service, name, deadline=20.0, **more)
    lines = [f"{key} = {json.dumps(value)}" for key, value in given.items()]
    config = CONFIG.format(name=name) + "\n".join(lines) + "\n"
    (root / "publish.toml").write_text(config)
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "pretranslate", "--json"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def slowly(service, *, until=lambda _: None):
    """Answer after a moment; call `until` with the number of texts that were asked."""

    def answer(asked):
        time.sleep(0.02)
        until(len(service.asked))
        return translation(asked)

    service.answer = answer


@pytest.mark.parametrize(
    ("name", "workers", "at"),
    [
        ("libretranslate", 1, 1),
        ("libretranslate", 1, 7),
        ("libretranslate", 4, 9),
        ("libretranslate", 16, 30),
        ("llm", 2, 35),
        ("deepl", 1, 25),
        ("llm", 1, 12),
        ("deep", 1, 5),
    ],
)
def test_what_was_bought_before_a_kill_is_not_bought_again(
    tmp_path, service, name, workers, at
):
    texts = [text(n) for n in range(100, 160)]
    write(tmp_path, "a", *map(entry, texts))
    process = started(tmp_path, service, name, workers=workers)
    slowly(service, until=lambda asked: asked >= at and process.kill())
    out, err = process.communicate()
    assert process.returncode == -signal.SIGKILL
    first = len(service.asked)
    service.answer = translation
    again = started(tmp_path, service, name, workers=workers)
    out, err = again.communicate()
    assert (again.returncode, KEY in out + err) == (0, False)
    assert stored(tmp_path) == {each: expected(each) for each in texts}
    bought = Counter(asked.partition(" text ")[2][:3] for asked in service.asked)
    batch = {"deepl": 20, "llm": 10}.get(name, 1)
    assert len(bought) == 60
    assert sum(bought.values()) - 60 <= batch * workers
    assert max(bought.values()) <= 2
    assert first < 60
    assert files_with(tmp_path, KEY.encode()) == []


def test_ctrl_c_keeps_everything_that_was_bought(tmp_path, service):
    texts = [text(n) for n in range(100, 160)]
    write(tmp_path, "a", *map(entry, texts))
    process = started(tmp_path, service, "libretranslate", workers=4)
    pressed: list[float] = []

    def press(asked):
        if asked >= 20 and not pressed:
            pressed.append(time.monotonic())
            process.send_signal(signal.SIGINT)

    slowly(service, until=press)
    _, err = process.communicate()
    ended = time.monotonic()
    assert process.returncode == 130
    assert "Traceback" not in err
    assert ended - pressed[0] < 5.0
    asked = len(service.asked)
    kept = [each for each, msgstr in stored(tmp_path).items() if msgstr]
    assert len(kept) == asked < 60
    run(site(tmp_path, service, "libretranslate"))
    assert len(service.asked) == 60


def test_ctrl_c_does_not_wait_for_a_service_that_hangs(tmp_path, service):
    write(tmp_path, "a", *(entry(text(n)) for n in range(9)))
    service.answer = lambda _: Said("", hangs=True)
    process = started(tmp_path, service, "libretranslate")
    while not service.asked:
        time.sleep(0.01)
    pressed = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert process.returncode == 130
    assert time.monotonic() - pressed < 5.0


def test_the_key_is_in_no_output_whatever_a_service_says(tmp_path, service):
    write(tmp_path, "a", *(entry(text(n)) for n in range(9)))
    for status in (200, 302, 400, 401, 404, 429, 500):
        body = json.dumps({"error": KEY, "translatedText": f"{KEY} olur"})
        service.answer = lambda _, body=body, status=status: Said(
            body, status, {"Location": f"https://evil.example/?{KEY}"}
        )
        for name in ENGINES:
            # The service can only tell a key that it was sent.
            libre = {"service": "libre", "api_key_env": "TEST_KEY"}
            more = libre | {"base_url": service.address} if name == "deep" else {}
            assert KEY not in shown(run(site(tmp_path, service, name, **more)))
    assert files_with(tmp_path, KEY.encode()) == []


@pytest.mark.parametrize("name", ["libretranslate", "deepl", "llm"])
@pytest.mark.parametrize(
    "spelled",
    [
        KEY,
        KEY.replace("/", "\\/"),
        KEY.replace("k", "\\u006b"),
        KEY.replace("/", "&#x2F;"),
        KEY.replace("/", "%2F"),
    ],
)
def test_an_answer_with_the_key_in_it_is_not_used(tmp_path, service, name, spelled):
    write(tmp_path, "a", entry("Please tell our team before the visit"))
    body = {
        "libretranslate": '{"translatedText": "%s olur lütfen"}',
        "deepl": '{"translations": [{"text": "%s olur lütfen"}]}',
        "llm": '{"choices": [{"message": {"content": "{\\"translations\\":'
        ' [{\\"id\\": \\"KEY\\", \\"text\\": \\"%s olur lütfen\\"}]}"}}]}',
    }[name]

    def answer(_):
        told = body % (spelled.replace("\\", "\\\\") if name == "llm" else spelled)
        if name == "llm":
            data = json.loads(service.queries[-1]["messages"][-1]["content"])
            told = told.replace('"KEY\\', f'"{data["texts"][0]["id"]}\\')
        return Said(told)

    service.answer = answer
    report = run(site(tmp_path, service, name))
    assert stored(tmp_path) == {"Please tell our team before the visit": ""}
    assert "sends the key back" in str(report.errors)
    assert KEY not in shown(report)
    for needle in (KEY, spelled):
        assert files_with(tmp_path, needle.encode()) == []
