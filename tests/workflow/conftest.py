import pytest

from tests.builders import TURKISH, make_site, publish, translate


@pytest.fixture
def site(tmp_path):
    """A site with one article, extracted, nothing translated."""
    make_site(tmp_path)
    assert publish(tmp_path, "extract").code == 0
    return tmp_path


@pytest.fixture
def turkish(site):
    """The same, completely translated into Turkish."""
    translate(site, TURKISH)
    return site
