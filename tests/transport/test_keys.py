import builtins

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from pipeline.errors import EngineUnavailable
from pipeline.transport.keys import KeyPlace


class Ring(KeyringBackend):
    """A keyring of the library's own kind, with one entry."""

    error: Exception | None = None

    def get_password(self, service, username):
        if self.error:
            raise self.error
        return {("deepl", "clinic"): "s3cret\n"}.get((service, username))

    def set_password(self, service, username, password):
        raise NotImplementedError


@pytest.fixture
def ring():
    before = keyring.get_keyring()
    ring = Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_a_key_is_read_from_its_variable(monkeypatch):
    monkeypatch.setenv("TEST_KEY", " s3cret\n")
    assert KeyPlace(variable="TEST_KEY").read("mt") == "s3cret"
    assert KeyPlace(variable="TEST_KEY").missing() == ""


def test_where_no_place_is_named_no_key_is_needed():
    assert not KeyPlace()
    assert (KeyPlace().read("mt"), KeyPlace().missing()) == ("", "")


@pytest.mark.parametrize("value", ["", "  ", "two\nlines", "schlüssel"])
def test_a_key_that_cannot_be_one_is_said_without_it(monkeypatch, value):
    monkeypatch.setenv("TEST_KEY", value)
    with pytest.raises(EngineUnavailable) as caught:
        KeyPlace(variable="TEST_KEY").read("mt")
    assert "TEST_KEY" in str(caught.value)
    assert "lines" not in caught.value.message
    assert "TEST_KEY" in KeyPlace(variable="TEST_KEY").missing()


@pytest.mark.usefixtures("ring")
def test_a_key_is_read_from_the_keyring():
    assert KeyPlace(entry="deepl/clinic").read("mt") == "s3cret"


@pytest.mark.usefixtures("ring")
def test_an_entry_that_is_not_there_says_how_to_make_it():
    with pytest.raises(EngineUnavailable, match="no entry deepl/other") as caught:
        KeyPlace(entry="deepl/other").read("mt")
    assert caught.value.hint == "keyring set deepl other"


def test_a_keyring_that_is_locked_is_one_line_without_what_it_says(ring):
    ring.error = KeyringLocked("s3cret")
    with pytest.raises(EngineUnavailable, match=r"\(KeyringLocked\)") as caught:
        KeyPlace(entry="deepl/clinic").read("mt")
    assert "s3cret" not in str(caught.value)


def test_without_the_package_it_says_what_to_install(monkeypatch):
    importing = builtins.__import__

    def without(name, *more):
        if name == "keyring":
            raise ImportError(name)
        return importing(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(EngineUnavailable, match="keyring is not installed"):
        KeyPlace(entry="deepl/clinic").read("mt")
