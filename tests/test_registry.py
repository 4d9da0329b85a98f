import subprocess
import sys

import pytest

from pipeline import installed, registry
from pipeline.checks import CheckContext, LateCheck
from pipeline.checks.numbers import Numbers
from pipeline.errors import UsageError
from pipeline.model.catalog import Message
from pipeline.registry import PluginError
from tests import make_docs

CACHED = (
    installed._texts,
    registry._declared,
    registry._member,
    registry.checks,
    registry.engines,
    registry.format_named,
    registry.format_suffixes,
    registry.formats,
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


def test_what_is_declared_of_our_own_members_is_as_they_are():
    assert make_docs.DECLARED.read_text("utf-8") == make_docs.declared(), (
        "run `python -m tests.make_docs`"
    )


def test_our_own_checks_are_imported_when_they_are_asked():
    program = (
        "import sys; from pipeline import registry; registry.format_suffixes();"
        "found = registry.checks(); assert found['numbers'].severity == 'error';"
        "print([name for name in sys.modules if name.startswith(('pipeline.checks.',"
        "'pipeline.formats.', 'importlib.metadata'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True
    )

    assert done.stdout.strip() == b"[]"


def test_a_check_that_is_not_imported_yet_tells_of_itself():
    late, itself = registry.checks()["numbers"], Numbers()

    assert isinstance(late, LateCheck)
    assert late.explanation == itself.explanation
    assert (late.good, late.bad) == (itself.good, itself.bad)
    assert list(late(Message("5", ("6",)), CheckContext("tr")))


def test_both_ways_find_the_same_members(install):
    alone = {family: registry._declared(family) for family in ("checks", "formats")}
    install("[pipeline.engines]\nother = pipeline.engines.pseudo:Pseudo\n")

    assert installed.declared_alone("pipeline.checks") is None
    assert {family: registry._declared(family) for family in alone} == alone


def test_a_package_that_is_there_twice_counts_once(install, tmp_path):
    folder = tmp_path / "Publish-0.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Name: publish\nVersion: 0.0\n")
    (folder / "entry_points.txt").write_text("[pipeline.checks]\nold = x:Y\n")
    install("[console_scripts]\nother = other:main\n")

    assert "old" not in (installed.declared_alone("pipeline.checks") or {"old"})


def test_a_declaration_of_an_older_kind_is_left_to_others(install, tmp_path):
    (tmp_path / "old.egg").mkdir()
    install("[console_scripts]\nother = other:main\n")

    assert installed.declared_alone("pipeline.checks") is None
    assert "empty" in registry.checks()


def test_an_unknown_engine_is_an_error_that_names_the_known_ones():
    with pytest.raises(UsageError) as caught:
        registry.engine("nobody")

    assert caught.value.hint == f"installed are {', '.join(registry.engines())}"
