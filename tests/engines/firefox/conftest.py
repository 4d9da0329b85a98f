import pytest

from tests.engines.firefox.mozilla import running_mozilla


@pytest.fixture(autouse=True)
def _library():
    pytest.importorskip("fxtranslate", reason="the extra firefox is not installed")


@pytest.fixture
def top(tmp_path):
    """Where models are installed."""
    return tmp_path / "models"


@pytest.fixture
def mozilla():
    with running_mozilla() as running:
        running.add("en-tr")
        yield running
