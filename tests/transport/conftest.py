import pytest

from tests.engines.loopback import refuse_the_internet, running_service


@pytest.fixture(autouse=True)
def _no_internet(monkeypatch):
    refuse_the_internet(monkeypatch)


@pytest.fixture
def service():
    with running_service() as running:
        yield running
