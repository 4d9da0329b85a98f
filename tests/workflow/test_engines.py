import json
import os
import subprocess
import sys

import pytest

from pipeline.errors import UsageError
from pipeline.model.site import Site
from pipeline.workflow.engines import engines
from tests.builders import make_site, publish
from tests.documents import ROOT
from tests.engines.firefox import marian
from tests.engines.firefox.mozilla import running_mozilla
from tests.engines.loopback import (
    Said,
    closed_port,
    refuse_the_internet,
    running_service,
)

KEY = "k3y-that-nobody-sees"


@pytest.fixture(autouse=True)
def _no_internet(monkeypatch):
    refuse_the_internet(monkeypatch)


@pytest.fixture
def service():
    with running_service() as running:
        yield running


def status(name, *, check=False, named=True, **settings):
    site = Site(
        root="/nowhere",
        engines=(name,) if named else (),
        engine_settings={name: settings} if settings else {},
    )
    report = engines(site, check=check)
    return next(each for each in report.engines if each.name == name)


def test_nothing_is_asked_without_check(service):
    found = status("libretranslate", base_url=service.address)
    assert (found.installed, found.configured, found.reachable) == (True, True, None)
    assert not service.paths


def test_with_check_each_is_asked_and_no_text_is_sent(service):
    found = status("libretranslate", check=True, base_url=service.address)
    assert (found.reachable, found.why) == (True, "")
    assert service.paths == ["/languages"]
    assert not service.asked


def test_one_that_is_not_there_says_why():
    with closed_port() as address:
        found = status("llm", check=True, base_url=address, model="m", pause=0.001)
    assert (found.configured, found.reachable) == (True, False)
    assert "connection refused" in found.why


def test_a_key_that_is_not_set_is_said_and_nobody_is_asked(service, monkeypatch):
    monkeypatch.delenv("TEST_KEY", raising=False)
    given = {"base_url": service.address, "api_key_env": "TEST_KEY"}
    found = status("deepl", check=True, **given)
    assert (found.configured, found.reachable) == (False, None)
    assert "TEST_KEY is not set" in found.why
    assert not service.paths


def test_a_program_that_is_missing_is_not_installed():
    found = status("apertium", check=True, program="/nowhere/apertium")
    assert (found.installed, found.configured, found.reachable) == (False, True, None)
    assert "apt-get install" in found.why
    assert not found.needs_network


def test_settings_that_cannot_be_used_are_said():
    found = status("deepl", formality="polite")
    assert (found.configured, found.installed) == (False, True)
    assert "api_key_env" in found.why


def test_one_that_nobody_named_says_how_to():
    found = status("pseudo", named=False)
    assert (found.configured, found.why) == (False, 'not in engines = ["pseudo"]')


def test_a_service_without_a_question_can_only_be_tried():
    assert "with a text" in status("deep", check=True).why


def test_an_engine_that_does_not_exist_is_an_error():
    with pytest.raises(UsageError, match="unknown engine 'bing'"):
        engines(Site(root="/nowhere", engines=("bing",)))


def test_the_command_shows_every_engine_and_no_key(tmp_path, service, monkeypatch):
    monkeypatch.setenv("TEST_KEY", KEY)
    service.answer = lambda _: Said(KEY)
    root = make_site(tmp_path)
    config = root / "publish.toml"
    config.write_text(
        f'{config.read_text()}engines = ["llm"]\n\n[engine.llm]\nmodel = "m"\n'
        f'base_url = "{service.address}/v1"\napi_key_env = "TEST_KEY"\n'
    )
    ran = publish(root, "engines", "--check", "--json")
    assert (ran.code, ran.json["errors"]) == (0, [])
    found = {each["name"]: each for each in ran.json["engines"]}
    assert found["llm"] == {
        "name": "llm",
        "installed": True,
        "configured": True,
        "reachable": True,
        "needs_network": True,
        "why": "",
        "models": [],
    }
    assert {
        "apertium",
        "deep",
        "deepl",
        "firefox",
        "libretranslate",
        "pseudo",
    } < found.keys()
    assert KEY not in ran.out + ran.err


@pytest.fixture
def models(tmp_path, monkeypatch):
    pytest.importorskip("fxtranslate", reason="the extra firefox is not installed")
    folder = tmp_path / "models"
    monkeypatch.setenv("FIREFOX_MODELS", str(folder))
    return folder


def test_a_model_is_installed_from_a_folder_and_shown(tmp_path, models):
    root = make_site(tmp_path / "site")
    given = marian.make(tmp_path / "given")
    ran = publish(root, "engines", "install", "firefox", "tr", "--from", str(given))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("1 model installed\n")
    shown = publish(root, "engines")
    assert f"firefox: en-tr, 0.1 MB, {models / 'en-tr'}" in shown.out
    found = publish(root, "engines", "--json").json["engines"]
    (firefox,) = (each for each in found if each["name"] == "firefox")
    assert firefox["installed"]
    assert [model["pair"] for model in firefox["models"]] == ["en-tr"]


@pytest.mark.usefixtures("models")
def test_models_of_all_languages_are_fetched_and_the_lack_of_one_is_said(tmp_path):
    root = make_site(tmp_path / "site")
    config = root / "publish.toml"
    config.write_text(config.read_text().replace('["tr"]', '["tr", "de"]'))
    with running_mozilla() as mozilla:
        mozilla.add("en-tr")
        lines = (f"{key} = {value!r}" for key, value in mozilla.settings.items())
        table = "\n".join(["", "[engine.firefox]", *lines, ""])
        config.write_text(config.read_text() + table)
        ran = publish(root, "engines", "install", "firefox", "--json")
    assert ran.code == 1
    assert [model["pair"] for model in ran.json["models"]] == ["en-tr"]
    (error,) = ran.json["errors"]
    assert "no model from en into de" in error["message"]


@pytest.mark.usefixtures("models")
def test_a_language_without_a_model_and_a_damaged_model_are_said(tmp_path, models):
    root = make_site(tmp_path / "site")
    config = root / "publish.toml"
    text = config.read_text().replace('["tr"]', '["tr", "de"]')
    config.write_text(f'{text}engines = ["firefox"]\n')
    given = marian.make(tmp_path / "given")
    publish(root, "engines", "install", "firefox", "tr", "--from", str(given))

    def why():
        found = publish(root, "engines", "--json").json["engines"]
        (firefox,) = (each for each in found if each["name"] == "firefox")
        assert not firefox["configured"]
        return firefox["why"]

    assert "publish engines install firefox de" in why()
    (models / "en-tr" / "vocab.entr.spm").write_bytes(b"")
    assert "vocab.entr.spm has been changed" in why()


def test_the_project_may_be_named_before_install(tmp_path):
    root = make_site(tmp_path / "site")
    given = str(marian.make(tmp_path / "given"))
    ran = publish(
        tmp_path,
        "engines",
        "-C",
        str(root),
        "install",
        "firefox",
        "tr",
        "--from",
        given,
    )
    assert ran.code == 0


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("apertium", "es"), "apertium has no models to install"),
        (("bing", "es"), "unknown engine 'bing'"),
        (("firefox", "pt_BR"), "pt-BR"),
        (("firefox", "xyz"), "xyz"),
    ],
)
def test_what_cannot_be_installed_is_wrong_use(tmp_path, given, said):
    ran = publish(make_site(tmp_path / "site"), "engines", "install", *given)
    assert ran.code == 2
    assert said in ran.err


def test_drafts_are_made_offline_by_a_model_that_is_installed(tmp_path, models):
    marian.make(models / "en-tr")
    root = make_site(tmp_path / "site")
    publish(root, "extract")
    ran = publish(root, "pretranslate", "--engine", "firefox", "--offline", "--json")
    (locale,) = ran.json["locales"]
    # It has learnt nothing, so its answers are refused; but it was asked, and gave them.
    assert locale["failed"]
    assert {each["engine"] for each in locale["failed"]} == {"firefox"}
    assert not any("network" in each["why"] for each in locale["failed"])


MINE = """\
from pipeline.engines import Answer, Limits


class Mine:
    name = "mine"
    origin = "mine:1"
    needs_network = False
    limits = Limits(batch=5)

    def __init__(self, settings):
        self.mark = settings.get("mark", "?")

    def translate(self, requests, *, source, target):
        for request in requests:
            yield Answer(request.id, f"{self.mark} {request.text.translate(VOWELS)}")


VOWELS = str.maketrans("aeiou", "âêîôû")
"""


def test_an_engine_of_another_package_enters_by_its_entry_point(tmp_path):
    packages = tmp_path / "packages"
    info = packages / "mine-1.0.dist-info"
    info.mkdir(parents=True)
    (packages / "mine_engine.py").write_text(MINE)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: mine\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[pipeline.engines]\nmine = mine_engine:Mine\n"
    )
    root = make_site(tmp_path / "site")
    config = root / "publish.toml"
    table = 'engines = ["mine"]\n\n[engine.mine]\nmark = "Ah"\n'
    config.write_text(config.read_text() + table)
    publish(root, "extract")
    around = os.environ | {"PYTHONPATH": os.pathsep.join([str(packages), str(ROOT)])}

    def run(*arguments):
        command = [sys.executable, "-m", "pipeline", *arguments, "--json"]
        done = subprocess.run(
            command, cwd=root, env=around, capture_output=True, check=False, text=True
        )
        assert done.returncode in {0, 3}, done.stderr
        return json.loads(done.stdout)

    found = {each["name"]: each for each in run("engines")["engines"]}
    assert found["mine"]["configured"]
    (locale,) = run("pretranslate")["locales"]
    assert set(locale["filled"]) == {"mine:1"}
    catalog = root / "locales/tr/LC_MESSAGES/articles/scalp.po"
    assert "Ah Dô nôt scrâtch." in catalog.read_text()
