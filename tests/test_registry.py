import sys

import pytest

from pipeline import registry
from pipeline.errors import UsageError
from pipeline.registry import PluginError

CACHED = (
    registry._load,
    registry.checks,
    registry.engines,
    registry.formats,
    registry.format_suffixes,
)


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a package's entry points where Python finds them, for one test."""

    def add(entry_points: str) -> None:
        folder = tmp_path / "other-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(
            "Metadata-Version: 2.1\nName: other\nVersion: 1.0\n"
        )
        (folder / "entry_points.txt").write_text(entry_points)
        monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
        _forget()

    yield add
    monkeypatch.undo()
    _forget()


def _forget():
    for function in CACHED:
        function.cache_clear()


def test_our_own_members_are_found_by_name():
    assert {"html", "markdown", "text"} <= registry.formats().keys()
    assert registry.format_suffixes()[".md"] == "markdown"
    assert registry.engine("pseudo").name == "pseudo"


def test_another_package_brings_a_member(install):
    install("[pipeline.checks]\nanother = pipeline.checks.empty:Empty\n")

    assert "another" in registry.checks()


def test_two_members_of_one_name_are_an_error(install):
    install("[pipeline.checks]\nempty = pipeline.checks.links:Links\n")

    with pytest.raises(PluginError, match="two checks are named 'empty'"):
        registry.checks()


def test_a_member_that_does_not_load_is_an_error_that_names_it(install):
    install("[pipeline.formats]\nbroken = no_such_package:Format\n")

    with pytest.raises(PluginError, match="'broken' of formats does not load"):
        registry.formats()


def test_an_unknown_engine_is_an_error_that_names_the_known_ones():
    with pytest.raises(UsageError) as caught:
        registry.engine("nobody")

    assert caught.value.hint == f"installed are {', '.join(registry.engines())}"
