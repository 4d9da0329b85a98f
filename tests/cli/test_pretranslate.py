"""The command as people run it, beside a service on this machine."""

import json
import re
import signal
import time

import pytest

from tests.builders import publish_process
from tests.cli.terminal import in_terminal
from tests.engines.loopback import Said, running_service
from tests.engines.misbehaviour import translation
from tests.workflow.test_pretranslate import entry, read, write
from tests.workflow.test_purchases import CONFIG, ENGINES, settings, started

PERSONAL = {
    "10000000146",
    "TR33 0006 1005 1978 6457 8413 26",
    "078-05-1120",
    "0532 123 45 67",
    "+49 30 1234567",
    "ayşe@örnek.example",
    "me@clinic.example",
    "K-123456",
}


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("TEST_KEY", "k3y-of-a-test")


@pytest.fixture
def service():
    with running_service() as running:
        yield running


def configure(root, service, name, more="", **given):
    table = settings(service, name, **given)
    lines = [f"{key} = {json.dumps(value)}" for key, value in table.items()]
    text = CONFIG.format(name=name) + "\n".join(lines) + "\n" + more
    (root / "publish.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", ENGINES)
def test_no_personal_data_reaches_an_engine(tmp_path, service, name):
    texts = [f"Please write {each} on the form in {each} ink" for each in PERSONAL]
    noted = [
        f"#. about {each}\n{entry(text)}"
        for each, text in zip(PERSONAL, texts, strict=True)
    ]
    write(tmp_path, "a", *noted)
    (tmp_path / "locales/tr/glossary.csv").write_text(
        "term,translation\nform,K-123456\n", encoding="utf-8"
    )
    configure(tmp_path, service, name, "[privacy.patterns]\nfile = 'K-\\d{6}'\n")
    done = publish_process(tmp_path, "pretranslate", "--json")
    assert done.json["locales"][0]["left"] == 0, done.out
    sent = json.dumps([service.queries, service.paths], ensure_ascii=False)
    assert service.asked
    assert [each for each in PERSONAL if each in sent] == []
    for message in read(tmp_path, "a").messages:
        private = next(each for each in PERSONAL if each in message.msgid)
        assert message.msgstr.count(private) == 2


def test_a_pattern_that_takes_too_long_is_one_line(tmp_path, service):
    write(tmp_path, "a", entry("Hair"))
    configure(
        tmp_path, service, "libretranslate", "[privacy.patterns]\nfile = '(a+)+b'\n"
    )
    done = publish_process(tmp_path, "pretranslate")
    assert done.code == 2
    assert "the pattern file could take far too long" in done.err
    assert "Traceback" not in done.err
    assert service.asked == []


@pytest.mark.parametrize("workers", [1, 16])
def test_limits_hold_exactly_whatever_the_workers(tmp_path, service, workers):
    texts = [f"Text {n} is {'long ' * (n % 7)}here" for n in range(200)]
    write(tmp_path, "a", *map(entry, texts))
    given = {"workers": workers, "price_per_million": 10.0}
    configure(tmp_path, service, "libretranslate", **given)
    publish_process(tmp_path, "pretranslate", "--max-chars", "1000")
    first = sum(map(len, service.asked))
    assert 1000 - 6 * 5 < first <= 1000
    done = publish_process(tmp_path, "pretranslate", "--max-cost", "0.005", "--json")
    second = sum(map(len, service.asked)) - first
    assert 500 - 6 * 5 < second <= 500
    (work,) = done.json["engines"]
    assert (work["characters"], work["cost"]) == (second, second * 10 / 1_000_000)
    assert len(set(service.asked)) == len(service.asked)


def test_a_limit_below_a_call_sends_what_fits(tmp_path, service):
    write(tmp_path, "a", *(entry(f"Text {n} of it") for n in range(10, 40)))
    configure(tmp_path, service, "llm")
    publish_process(tmp_path, "pretranslate", "--max-chars", "50")
    assert len(service.asked) == 50 // len("Text 10 of it")


def test_ctrl_c_keeps_what_came_and_leaves_what_hangs(tmp_path, service):
    write(tmp_path, "a", *(entry(f"Text {n} of it") for n in range(10, 40)))
    good: list[str] = []
    hanging: list[str] = []

    def answer(text):
        if len(good) < 8:
            good.append(text)
            return translation(text)
        hanging.append(text)
        return Said("", hangs=True)

    service.answer = answer
    took: list[float] = []
    for _ in range(3):
        process = started(tmp_path, service, "libretranslate", workers=4)
        while len(hanging) < 4:
            assert process.poll() is None
            time.sleep(0.01)
        hanging.clear()
        pressed = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
        took.append(time.monotonic() - pressed)
        assert process.returncode == 130
        assert "Traceback" not in err
    kept = [m for m in read(tmp_path, "a").messages if m.msgstr]
    assert len(kept) == len(good)
    # Far below the deadline of 20 seconds; a busy machine needs some of it.
    assert min(took) < 5.0


def test_a_dry_run_is_a_table(tmp_path, service):
    write(tmp_path, "a", entry("Two words"), entry("Two words", context="title"))
    configure(tmp_path, service, "libretranslate", price_per_million=10.0)
    done = publish_process(tmp_path, "pretranslate", "--dry-run")
    rows = [line.split() for line in done.out.splitlines()]
    head = "texts repeated bought words characters cost".split()
    assert ["tr"] in rows
    assert ["engine", *head] in rows
    assert ["libretranslate", *"1 1 0 2 9 0.0001".split()] in rows
    assert service.asked == []


def test_the_work_of_engines_is_a_table(tmp_path, service):
    write(tmp_path, "a", entry("Hair here"), entry("Take 5 mg"))
    service.answer = lambda text: "6 mg" if "mg" in text else translation(text)
    configure(tmp_path, service, "libretranslate", price_per_million=10.0)
    done = publish_process(tmp_path, "pretranslate")
    assert re.search(r"libretranslate +1 +1 +2 +18 +0\.0002 +\d", done.out)
    assert "the answer has other numbers than the text" in done.out


def test_the_progress_bar_tells_rate_cost_and_time_left(tmp_path, service):
    write(tmp_path, "a", *(entry(f"Text {n} of it") for n in range(10, 30)))

    def slow(text):
        time.sleep(0.05)
        return translation(text)

    service.answer = slow
    configure(
        tmp_path, service, "libretranslate", workers=1, price_per_million=1_000_000.0
    )
    _, shown = in_terminal(tmp_path, "pretranslate", COLUMNS="100")
    assert re.search(r"\d\.\d/s", shown)
    assert re.search(r"0:00:0\d", shown)
    assert re.search(r"\d+ characters, \d+\.00", shown)
