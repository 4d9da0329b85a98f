"""A translated site, and a server of it."""

import pytest

from tests.builders import TURKISH, make_site, publish, translate
from tests.review.browsers import serving


@pytest.fixture
def root(tmp_path):
    make_site(tmp_path)
    assert publish(tmp_path, "extract").code == 0
    translate(tmp_path, TURKISH)
    return tmp_path


@pytest.fixture
def server(root):
    with serving(root) as running:
        yield running


@pytest.fixture
def ann(server):
    return server.browser("Ann")
