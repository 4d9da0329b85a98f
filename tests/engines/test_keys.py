"""A key of any engine is found in no output and in no file of the site."""

import json

import keyring
import pytest
from keyring.backend import KeyringBackend

from tests.builders import make_site, publish
from tests.engines.loopback import Said

KEY = "k3y/that+nobody sees"
ENGINES = {
    "deepl": ("", {}),
    "libretranslate": ("", {}),
    "llm": ("/v1", {"model": "m"}),
    "deep": ("/microsoft", {"service": "microsoft"}),
}
"""Where each speaks to on the service, and what else it needs."""


class Ring(KeyringBackend):
    def get_password(self, service, username):
        return KEY if (service, username) == ("mt", "clinic") else None

    def set_password(self, service, username, password):
        raise NotImplementedError


@pytest.fixture
def places(monkeypatch):
    """Where the key is, by the setting that names the place."""
    monkeypatch.setenv("TEST_KEY", KEY)
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    yield {"api_key_env": "TEST_KEY", "api_key_keyring": "mt/clinic"}
    keyring.set_keyring(before)


ANSWERS = {
    "good": None,
    "the key": Said(f'{{"error": {{"message": "bad key {KEY}"}}}}', 200),
    "the key, refused": Said(f'{{"message": "bad key {KEY}"}}', 400),
    "the key, not allowed": Said(f'{{"message": "bad key {KEY}"}}', 403),
    "the key as a page": Said(f"<html>{KEY}</html>", 500),
    "elsewhere": Said("", 302, {"Location": f"http://127.0.0.1:9/?key={KEY}"}),
}


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("name", ENGINES)
def test_a_key_is_shown_and_kept_nowhere(service, places, tmp_path, name, answer):
    # Every other one has it in the keyring.
    place = sorted(places)[(len(name) + list(ANSWERS).index(answer)) % len(places)]
    if said := ANSWERS[answer]:
        service.answer = lambda _: said
    below, needed = ENGINES[name]
    settings = needed | {
        "base_url": f"{service.address}{below}",
        place: places[place],
        "pause": 0.001,
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    root = make_site(tmp_path / "site")
    config = root / "publish.toml"
    table = "\n".join([f'engines = ["{name}"]', f"[engine.{name}]", *lines, ""])
    config.write_text(config.read_text() + table)
    publish(root, "extract")
    said_by = [
        publish(root, *command)
        for command in (("engines", "--check"), ("pretranslate", "--json"))
    ]
    shown = "".join(ran.out + ran.err for ran in said_by)
    kept = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    assert service.headers
    assert "k3y" not in shown
    assert b"k3y" not in kept
