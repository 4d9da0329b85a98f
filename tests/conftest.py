import os
import shutil

import pytest
from hypothesis import settings

from tests.builders import TURKISH, make_site, publish, translate

# The same examples each time, so that a change is what makes a test fail, and not a
# machine that is busy; others with EXPLORE=1, as `make test-full` does.
settings.register_profile("same", derandomize=True, database=None, deadline=None)
if not os.environ.get("EXPLORE"):
    settings.load_profile("same")


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory):
    """A cache of the user that is gone after the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def extracted(tmp_path_factory):
    """The site that others are copies of; no test changes it."""
    root = make_site(tmp_path_factory.mktemp("extracted"))
    assert publish(root, "extract").code == 0
    return root


@pytest.fixture
def site(extracted, tmp_path):
    """A site with one article, extracted, nothing translated."""
    shutil.copytree(extracted, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def turkish(site):
    """The same, completely translated into Turkish."""
    translate(site, TURKISH)
    return site
