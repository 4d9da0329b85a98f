"""A translated site, and a server of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for the tests of one file."""
    with chromium() as running:
        yield running
