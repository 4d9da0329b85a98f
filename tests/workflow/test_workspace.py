"""The folder of a site on a machine that does not see it."""

import pytest

from pipeline.errors import StoreError
from pipeline.store.share import Share
from pipeline.workflow.workspace import Returns, Workspace, outfitted
from tests.builders import put

STAGED = ".publish/.publish-0123456789abcdef.tmp"


@pytest.fixture
def site(tmp_path):
    pytest.importorskip("fsspec", reason="the test group installs it")
    return put(tmp_path / "site", {"source/a.md": "a", "locales/tr/a.po": "p"})


@pytest.fixture
def url(tmp_path):
    return f"file://{tmp_path}/share"


def test_a_workspace_has_what_the_site_has(site, url):
    with outfitted(site, url) as outfit:
        workspace = Workspace(outfit)
        root = workspace.root
        assert root != site
        assert (root / "source/a.md").read_text() == "a"
        assert (root / "locales/tr/a.po").read_text() == "p"


def test_what_is_made_there_comes_back_and_leaves_nothing(site, url):
    with outfitted(site, url) as outfit:
        workspace, returns = Workspace(outfit), Returns(outfit, site)
        put(workspace.root, {STAGED: "page"})
        name = workspace.send()
        returns.take(name)
        returns.take(workspace.send())

        assert name
        assert (site / STAGED).read_text() == "page"
        assert Share(url).names("out") == []


def test_only_what_has_changed_is_sent_again(site, url):
    with outfitted(site, url) as first:
        pass
    put(site, {"source/a.md": "b"})
    with outfitted(site, url) as second:
        assert len({*first.parcels, *second.parcels}) == 3

    assert set(Share(url).names("in")) == set(second.parcels)


def test_what_nobody_took_back_is_removed_in_the_end(site, url):
    with outfitted(site, url) as outfit:
        workspace = Workspace(outfit)
        put(workspace.root, {STAGED: "page"})
        assert workspace.send()

    assert Share(url).names("out") == []


def test_a_workspace_is_gone_when_nothing_needs_it(site, url):
    with outfitted(site, url) as outfit:
        workspace = Workspace(outfit)
        root = workspace.root
        del workspace

    assert not root.exists()


def test_a_share_that_lost_a_parcel_is_said(site, url):
    with outfitted(site, url) as outfit:
        Share(url).remove(outfit.parcels[0])
        with pytest.raises(StoreError, match="cannot be reached"):
            Workspace(outfit)
