"""The house stands as it is drawn: floors, doors, families, a test for each room."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.builders import make_site, publish
from tests.documents import ROOT, codes, rows, section
from tests.make_docs import contracts, floors

PIPELINE = ROOT / "pipeline"
TESTS = ROOT / "tests"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
FAMILIES = ("formats", "engines", "checks")
NAMELESS = {
    "common",
    "handler",
    "helper",
    "helpers",
    "manager",
    "misc",
    "util",
    "utils",
}

TESTED_BY = {
    # Nouns, by those who use them.
    "store/test_config.py": "model/site store/tables",
    "store/test_bought.py": "model/purchase",
    "store/test_journal.py": "store/wholes",
    "workflow/test_engine_months.py": "store/drafted",
    "store/test_memory.py": "model/suggestion store/database store/pairs/sqlite",
    "test_check.py": "model/finding",
    "workflow/test_turnover.py": "workflow/loud workflow/patching "
    "workflow/turned_sitemap workflow/turned_topics workflow/turns",
    "checks/test_asked.py": "inquiry",
    "test_extract.py": "model/article",
    "glossary/test_table.py": "model/term",
    "glossary/test_matching.py": "glossary/words",
    "workflow/test_glossary.py": "cli/glossary",
    "test_registry.py": "declared installed",
    # Parts, by the whole.
    "glossary/languages/test_languages.py": "glossary/languages/known",
    "formats/test_html.py": "hypertext/cut hypertext/fit hypertext/runs "
    "hypertext/tokens",
    "masking/test_hostile.py": "masking/structure",
    "po/test_parse.py": "po/comments po/entry po/strings",
    "po/test_wrap.py": "po/directives",
    "store/test_files.py": "store/exchange",
    "po/test_bombs.py": "po/limits",
    "po/test_compose.py": "po/usual",
    "test_merge.py": "rekey",
    "workflow/test_approving.py": "workflow/translators",
    "render/test_links.py": "render/faults render/parts render/whole",
    "render/test_mails.py": "render/mjml",
    "render/test_plain.py": "render/rows",
    "render/test_rewriting.py": "render/tags",
    "render/test_theme.py": "render/environment render/undefined",
    "workflow/test_recording.py": "provenance record workflow/provability",
    "render/test_pages.py": "render/frames render/lists render/versions render/views",
    "render/test_cards.py": "render/listed",
    # What one command does, by running it on whole sites.
    "builders.py": "__main__",
    "cli/test_publish.py": "cli/init cli/commands cli/ending workflow/init",
    "checks/test_examples.py": "checks/directions checks/doubled checks/length "
    "checks/letters checks/slug checks/subject",
    "cli/test_screen.py": "cli/check cli/explain cli/status "
    "workflow/check workflow/explain workflow/status",
    "cli/test_serve.py": "workflow/serve",
    "cli/test_session.py": "cli/bar cli/document",
    "workflow/test_admission.py": "cli/approve workflow/approve store/reviews",
    "workflow/test_build.py": "cli/build cli/plain_build model/page store/dist store/stamps store/state "
    "workflow/addresses workflow/assembly workflow/batch workflow/decide "
    "workflow/desk workflow/executors workflow/fresh workflow/outcome "
    "workflow/attachments workflow/listings workflow/pieces "
    "workflow/press workflow/produce workflow/product workflow/pseudo "
    "workflow/release workflow/remembered workflow/report workflow/standing "
    "workflow/whole",
    "store/test_table.py": "store/named_lines",
    "workflow/test_incremental.py": "store/bodies store/ledger workflow/inputs "
    "workflow/packing workflow/rows workflow/study workflow/words",
    "workflow/test_engines.py": "cli/engines",
    "workflow/test_decide.py": "workflow/marking workflow/reviewed workflow/slugs",
    "workflow/test_keeping.py": "store/kept",
    "workflow/test_exporting.py": "cli/export",
    "workflow/test_send.py": "cli/send",
    "workflow/test_extract.py": "cli/extract store/extracted workflow/merging "
    "workflow/survey store/published store/sources "
    "workflow/articles workflow/locales workflow/renames workflow/templates",
    "workflow/test_locale.py": "cli/locale store/config_edit",
    "workflow/test_memory.py": "cli/memory store/exchanged",
    "workflow/test_pretranslate.py": "workflow/drafting workflow/engine_work workflow/means",
    "workflow/test_bundle.py": "cli/bundle store/archive",
    "workflow/test_deploy.py": "cli/deploy workflow/apart",
    "workflow/test_source.py": "workflow/exported",
    "workflow/test_recover.py": "cli/recover",
    "workflow/test_verify.py": "cli/verify workflow/released",
    "transport/test_web.py": "transport/deadlines transport/verdicts",
    "review/test_app.py": "review/answers review/entrance review/pages "
    "review/server review/views review/work workflow/review/aids "
    "workflow/review/changes workflow/review/entries workflow/review/judging "
    "workflow/review/messages workflow/review/overview workflow/review/preview "
    "workflow/review/readiness workflow/review/workbench",
    "review/test_security.py": "review/presence review/sessions",
}
"""Modules that have no test file of their own name, by the file that tests them."""

NAMED = {name for names in TESTED_BY.values() for name in names.split()}

MODULES = sorted(
    path.relative_to(PIPELINE).with_suffix("").as_posix()
    for path in PIPELINE.rglob("*.py")
    if path.name != "__init__.py"
)


def mirrors(module: str) -> list[Path]:
    """Where the test of a module may be: in its place, or in that of its package."""
    *folders, name = module.split("/")
    places = [TESTS.joinpath(*folders, f"test_{name}.py")]
    if folders:
        package = f"test_{folders[-1]}.py"
        places += [
            TESTS.joinpath(*folders[:-1], package),
            TESTS.joinpath(*folders, package),
        ]
    return places


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_its_test_or_is_named(module):
    has_test = any(path.exists() for path in mirrors(module))

    assert has_test or module in NAMED


@pytest.mark.parametrize("file", TESTED_BY)
def test_a_module_that_is_named_is_there_and_so_is_its_test(file):
    assert (TESTS / file).exists()
    assert set(TESTED_BY[file].split()) <= set(MODULES)


@pytest.mark.parametrize("folder", ["pipeline", "tests"])
def test_no_module_has_a_name_that_says_nothing(folder):
    words = {
        word
        for path in (ROOT / folder).rglob("*.py")
        for word in re.split(r"[_/]", path.relative_to(ROOT).with_suffix("").as_posix())
    }

    assert not words & NAMELESS


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_family_is_declared_and_no_other(family):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = project["project"]["entry-points"][f"pipeline.{family}"]
    members = {
        path.stem
        for path in (PIPELINE / family).iterdir()
        if not path.name.startswith(("_", "."))
    }

    assert declared.keys() == members
    for name, place in declared.items():
        assert place.startswith(f"pipeline.{family}.{name}:")


def test_every_module_has_its_floor():
    rooms = {
        path.stem
        for path in PIPELINE.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }

    assert rooms - {"__init__"} == {room for floor in floors() for room in floor}


def test_the_layers_and_doors_are_kept(capfd):
    linter = pytest.importorskip("importlinter.cli", reason="make lint installs it")

    code = linter.lint_imports(
        config_filename=str(ROOT / "pyproject.toml"), cache_dir=None
    )

    assert code == 0, capfd.readouterr().out


def test_every_dependency_has_its_door_and_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    needed = {
        re.split(r"[<>=\[ ]", each)[0]
        for each in sum(extras, project["project"]["dependencies"])
    }
    page = ROOT / "docs" / "dependencies.md"
    explained = {row[0]: row[-1] for row in rows(page.read_text(encoding="utf-8"))}
    explained.pop("library")

    assert explained.keys() == needed
    for doors in explained.values():
        for door in codes(doors):
            assert (ROOT / door).exists(), door


def test_what_tests_and_lint_need_is_named():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()

    for group in project["dependency-groups"].values():
        for each in group:
            assert re.split(r"[<>=]", each)[0] in page


HEAVY = {"babel", "deep_translator", "jinja2", "mjml", "polib", "requests", "rich"}


def imported(root: Path, *args: str) -> set[str]:
    """The modules that a run of the command imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pipeline", *args],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    lines = (line for line in done.stderr.splitlines() if "|" in line)
    return {line.rpartition("|")[2].strip() for line in lines}


def test_help_imports_nothing_heavy(tmp_path):
    modules = imported(tmp_path, "--help")

    assert "click" in modules
    assert not modules & (HEAVY | {"yaml", "nh3", "rapidfuzz", "watchfiles"})


def test_a_build_with_nothing_to_do_imports_nothing_heavy(tmp_path):
    root = make_site(tmp_path)
    publish(root, "extract")
    publish(root, "build")
    publish(root, "build")

    assert not imported(root, "build") & (HEAVY - {"rich"})


def test_every_door_is_where_the_documents_say():
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = {door for row in rows(page) for door in codes(row[-1])}

    for contract in contracts("protected"):
        for module in contract["allowed_importers"]:
            path = module.replace(".", "/")
            assert {f"{path}.py", f"{path}/"} & explained, module


def test_the_folders_are_those_of_the_page():
    text = section(ARCHITECTURE, "Folders")
    described = {codes(row[0])[0].rstrip("/") for row in rows(text) if codes(row[0])}
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    there = {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir()
        and not {f"{path.name}/", f"/{path.name}/"} & {*ignored}
        and not path.name.endswith(".egg-info")
        and (path.name == ".ci" or not path.name.startswith("."))
    }

    assert described == there


def test_what_is_made_is_not_in_git():
    text = section(ARCHITECTURE, "Folders")
    made = codes(text[text.index("Made, and not in git") :].partition("\n\n")[0])
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()

    assert made
    for folder in made:
        assert {folder, f"/{folder}"} & {*ignored}, folder


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_what_it_is(module):
    source = (PIPELINE / f"{module}.py").read_text(encoding="utf-8")

    assert source.startswith('"""')


def compiled_at_import(module: ast.Module) -> list[int]:
    """The lines where a module makes a dataclass or a pattern that may never be used."""
    found = [
        each.lineno
        for each in ast.walk(module)
        if isinstance(each, ast.ImportFrom)
        and each.module == "dataclasses"
        and any(name.name == "dataclass" for name in each.names)
    ]
    pending: list[ast.AST] = list(module.body)
    while pending:
        each = pending.pop()
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue  # asked for when it is called
        if isinstance(each, ast.Call) and ast.unparse(each.func) == "re.compile":
            found.append(each.lineno)
        pending += ast.iter_child_nodes(each)
    return sorted(found)


def test_dataclasses_and_patterns_are_compiled_late():
    # What every command would pay for at its start: see pipeline/late.py.
    found = {
        path.relative_to(PIPELINE).as_posix(): lines
        for path in PIPELINE.rglob("*.py")
        if path.name != "late.py"
        and (lines := compiled_at_import(ast.parse(path.read_text("utf-8"))))
    }
    assert found == {}


def test_what_is_compiled_at_import_is_seen():
    text = (
        "import re\nfrom dataclasses import dataclass, field\n"
        "A = {'a': re.compile('a')}\ndef late():\n    return re.compile('b')\n"
    )
    assert compiled_at_import(ast.parse(text)) == [2, 3]
