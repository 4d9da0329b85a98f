"""The documents say what the program does: what they show is run and compared."""

import json
import os
import re
import shlex
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click
import pytest

from pipeline import frontmatter, registry
from pipeline.cli import commands as command_line
from pipeline.cli.commands import COMMANDS
from pipeline.engines.deep.services import SERVICES
from pipeline.engines.deep.settings import read_settings
from pipeline.errors import ConfigError
from pipeline.formats.text import lines
from pipeline.frontmatter import keys
from pipeline.glossary import parse_glossary
from pipeline.model.page import State
from pipeline.po.parse import parse
from pipeline.slugs import slugify
from pipeline.store.catalogs import read_catalog, update_catalog
from pipeline.store.config import read_site
from pipeline.workflow import executors, report
from tests import make_docs
from tests.builders import TURKISH, make_site, po_path, publish, translate
from tests.documents import (
    PAGES,
    ROOT,
    Block,
    anchors,
    blocks,
    codes,
    commands,
    headings,
    links,
    marked,
    prose,
    rows,
    section,
    text_of,
)

EDITORS = ROOT / "docs" / "editors.md"
CHECKS = ROOT / "docs" / "checks.md"
HEADER = """\
msgid ""
msgstr "Language: tr\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
STOPPED = 130
COMMON = {"--project", "--json", "--lang", "--help"}


# What is made is up to date.


@pytest.mark.parametrize("path", make_docs.documents(), ids=lambda path: path.name)
def test_a_made_document_is_up_to_date(path):
    made = make_docs.documents()[path]

    assert text_of(path) == made, "run `python -m tests.make_docs`"


@pytest.mark.parametrize("name", registry.checks())
def test_a_check_is_shown_with_its_examples(name):
    shown = section(CHECKS, name)

    assert "right" in shown
    assert "**error**" in shown or "**warning**" in shown or "**info**" in shown


def test_every_check_is_explained_and_no_other():
    shown = {name for row in rows(text_of(CHECKS)) for name in codes(row[0])[:1]}

    assert shown == {*registry.checks(), *make_docs.WITHOUT_MODULE}


def test_a_check_that_can_be_silenced_is_one_that_exists():
    named = {
        name
        for page in PAGES
        for name in re.findall(r"publish: ignore=([\w-]+)", text_of(page))
    }

    assert named <= {*registry.checks(), "NAME"}


# What is shown is run.


class Session:
    """A shell in a folder of its own, which runs the blocks of a page in order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "here"
        self.folder.mkdir()
        programs = folder / "programs"
        programs.mkdir()
        command = programs / "publish"
        command.write_text(
            f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m pipeline "$@"\n'
        )
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
        self.environment = os.environ | {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "NO_COLOR": "1",
        }

    def do(self, block: Block) -> None:
        if block.task == "tested":
            self.run(block)
        elif block.task == "saved as":
            target = self.folder / block.value
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, encoding="utf-8")
        elif block.task == "filled in":
            fill_in(self.folder, block)

    def run(self, block: Block) -> None:
        """Run a console; what it shows must be said, in this order."""
        said, code = "", 0
        for line in block.text.splitlines():
            if line.startswith("$ cd "):
                self.folder /= line.removeprefix("$ cd ")
            elif line.startswith("$ "):
                assert code == 0, f"{line} comes after a command that ended with {code}"
                said, code = self.shell(line.removeprefix("$ "))
            else:
                before, found, said = said.partition(line)
                assert found, f"{line!r} was not said, but: {before}"
        assert f"exit {code}" == (block.value or "exit 0")

    def shell(self, line: str) -> tuple[str, int]:
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        return done.stdout + done.stderr, done.returncode


def fill_in(root: Path, block: Block) -> None:
    """Put the translations of a block into a catalog, as a translator would."""
    shown = parse(HEADER + block.text, path=block.page.name)
    texts = {message.key: message.msgstrs for message in shown.messages}
    path = root / block.value
    there = {message.key for message in read_catalog(path, root=root).messages}
    assert texts.keys() <= there
    update_catalog(
        path,
        lambda catalog: catalog.with_messages(
            replace(message, msgstrs=texts.get(message.key, message.msgstrs))
            for message in catalog.messages
        ),
        root=root,
    )


TOLD = [page for page in PAGES if any(b.task == "tested" for b in blocks(page))]


@pytest.mark.parametrize("page", TOLD, ids=lambda page: page.name)
def test_what_a_page_tells_the_reader_to_do_works(page, tmp_path):
    session = Session(tmp_path)

    for block in blocks(page):
        session.do(block)


def test_the_pages_that_people_follow_are_run():
    assert {page.name for page in TOLD} >= {"README.md", "editors.md"}


@pytest.mark.parametrize(
    "block",
    [block for page in PAGES for block in blocks(page) if block.kind == "po"],
    ids=lambda block: f"{block.page.name}-{block.text[:30]!r}",
)
def test_an_entry_that_is_shown_is_one(block):
    assert parse(HEADER + block.text, path=block.page.name).messages


@pytest.mark.parametrize("block", marked("a glossary"), ids=lambda b: b.page.name)
def test_a_glossary_that_is_shown_is_one(block):
    assert parse_glossary(block.text, path=block.page.name)


@pytest.mark.parametrize("block", marked("a configuration"), ids=lambda b: b.text[:20])
def test_a_configuration_that_is_shown_can_be_used(block, tmp_path):
    (tmp_path / "publish.toml").write_text(block.text, encoding="utf-8")

    site = read_site(tmp_path)

    assert all(registry.engine(n)(site.engine_settings[n]) for n in site.engines)


def test_fuzzy_entries_are_shown_as_the_program_writes_them(tmp_path):
    root = make_site(tmp_path)
    publish(root, "extract")
    translate(root, TURKISH)
    source = root / "source/articles/scalp.md"
    source.write_text(source.read_text().replace("5 mg", "50 mg"))
    other = root / "source/articles/other.md"
    publish(root, "extract")
    other.write_text(
        "---\ntitle: Washing\n---\n\nWash your hair gently after 3 days.\n"
    )
    publish(root, "extract")
    publish(root, "pretranslate", "--offline")

    written = po_path(root).read_text() + po_path(root, "articles/other").read_text()

    shown = marked("written by the program")
    assert len(shown) == 2
    for block in shown:
        assert _undated(block.text) in _undated(written)


def _undated(text: str) -> str:
    return re.sub(r"publish \d{4}-\d\d-\d\d:", "publish DATE:", text)


def test_the_silence_that_is_shown_is_needed_and_works(tmp_path):
    (block,) = (
        block
        for page in PAGES
        for block in blocks(page)
        if block.text.startswith("# publish: ignore")
    )
    file = tmp_path / "tr.po"
    loud = block.text.partition("\n")[2]

    file.write_text(HEADER + loud, encoding="utf-8")
    assert publish(tmp_path, "check", str(file)).code == 1
    file.write_text(HEADER + block.text, encoding="utf-8")
    assert publish(tmp_path, "check", str(file)).code == 0


# The command line.


def options(name: str) -> set[str]:
    """The long options of a command."""
    command = command_line.publish.get_command(
        click.Context(command_line.publish), name
    )
    assert command is not None
    found = {"--help"}
    below = command.commands.values() if isinstance(command, click.Group) else ()
    for parameter in (p for each in (command, *below) for p in each.params):
        found |= {option for option in parameter.opts if option.startswith("--")}
    return found


def test_every_command_has_its_section_and_no_other():
    described = headings(section(EDITORS, "The commands"), 3)
    found = {t.removeprefix("publish ") for t in described if t.startswith("publish ")}

    assert found == COMMANDS.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_described_with_its_options(name):
    text = section(EDITORS, f"publish {name}")
    described = {
        option
        for row in rows(text)
        for code in codes(row[0])
        for option in re.findall(r"--[\w-]+", code)
    }

    assert described == options(name) - COMMON


def test_the_options_of_every_command_are_described_once():
    text = section(EDITORS, "For every command")
    described = {o for row in rows(text) for o in re.findall(r"--[\w-]+", row[0])}

    assert described == COMMON
    assert {name for name in COMMANDS if not options(name) >= COMMON} == {
        "deploy",
        "engines",
        "locale",
        "verify",
    }
    assert options("deploy") & COMMON == COMMON - {"--lang"}
    assert options("verify") == options("locale") == COMMON - {"--lang"}
    assert options("engines") == COMMON - {"--lang"} | {"--check", "--from"}
    own = {
        option for parameter in command_line.publish.params for option in parameter.opts
    }
    assert own <= set(re.findall(r"--[\w-]+", text))


@pytest.mark.parametrize(("page", "line"), sorted(set(commands())))
def test_a_command_that_is_shown_exists(page, line):
    name, *given = shlex.split(line.replace("...", ""))[1:]
    if name.startswith("--"):
        own = {
            option
            for parameter in command_line.publish.params
            for option in parameter.opts
        }
        assert name in {*own, "--help"}, page
        return
    assert name in COMMANDS, page
    assert {part for part in given if part.startswith("--")} <= options(name), page


def test_a_target_of_make_that_is_shown_exists():
    targets = re.findall(r"^([\w-]+):", text_of(ROOT / "Makefile"), re.MULTILINE)
    shown = {
        target
        for page in PAGES
        for target in re.findall(r"(?:^|`)make ([\w-]+)", text_of(page), re.MULTILINE)
    }

    assert shown >= {"site", "test"}
    assert shown <= set(targets)


def test_the_exit_codes_are_those_of_the_program():
    documented = {
        int(row[0]) for row in rows(section(EDITORS, "Exit codes")) if row[0].isdigit()
    }

    assert documented == {
        report.DONE,
        report.FAILED,
        report.WRONG_USE,
        report.HELD,
        STOPPED,
    }


def test_the_states_are_those_of_the_program():
    text = section(EDITORS, "What may go out").partition("### ")[0]
    documented = {code for row in rows(text) for code in codes(row[0])}

    assert documented == {str(state) for state in State}


# The configuration and the front matter.


def known(text: str, tmp_path: Path) -> tuple[str, ...] | None:
    """The keys that an error names; None where the text is no table."""
    (tmp_path / "publish.toml").write_text(text, encoding="utf-8")
    try:
        read_site(tmp_path)
    except ConfigError as error:
        if "unknown key 'zzz'" in error.message:
            return tuple(error.hint.rpartition("known are ")[2].split(", "))
    return None


def known_keys(tmp_path: Path) -> set[str]:
    found: set[str] = set()
    languages = 'locales = ["tr"]\n'
    for key in known("zzz = 1\n", tmp_path) or ():
        if key == "locale":
            names = known(f"{languages}[locale.tr]\nzzz = 1\n", tmp_path)
            found |= {f"locale.TAG.{name}" for name in names or ()}
            continue
        inner = known(f"[{key}]\nzzz = 1\n", tmp_path)
        inner = inner or known(f"[[{key}]]\nzzz = 1\n", tmp_path)
        found |= {f"{key}.{name}" for name in inner} if inner else {key}
    return {"engine.NAME" if key == "engine" else key for key in found}


def table(title: str, head: str) -> dict[str, str]:
    """The default by key, as a table of the page has them."""
    text = section(EDITORS, title)
    lines = text[text.index(f"| {head} | default |") :].partition("\n\n")[0]
    return {
        codes(row[0])[0]: row[1].strip("`")
        for row in rows(lines)
        if row[0].startswith("`")
    }


KEYS = table("The configuration", "key")
ENGINE_KEYS = table("Engines", "key of `[engine.deep]`")


def test_the_keys_of_the_configuration_are_described(tmp_path):
    assert KEYS.keys() == known_keys(tmp_path)


@pytest.mark.parametrize(("key", "default"), [item for item in KEYS.items() if item[1]])
def test_a_default_that_is_described_is_the_default(key, default, tmp_path):
    top, _, name = key.rpartition(".")
    start = '[[class]]\nglobs = ["x"]\n' if top == "class" else f"[{top}]\n" * bool(top)

    sites = []
    for text in (start, f"{start}{name} = {default}\n"):
        (tmp_path / "publish.toml").write_text(text, encoding="utf-8")
        sites.append(read_site(tmp_path))

    assert sites[0] == sites[1]


def test_the_numbers_in_the_text_are_those_of_the_program():
    plain = section(EDITORS, "Plain text")
    architecture = text_of(ROOT / "docs" / "architecture.md")

    assert f"{lines.LONGEST_HEADING} characters" in plain
    assert f"{lines.WRAP} characters" in plain
    assert f"Below {executors.WORTH_IT} pieces of work" in architecture


def test_addresses_are_folded_as_the_text_says():
    shown = [
        pair
        for page in PAGES
        for pair in re.findall(r"“([^”]+)” (?:becomes|is)\s+`([a-z-]+)`", prose(page))
    ]

    assert len(shown) > 1
    for title, slug in shown:
        assert slugify(title, locale="tr") == slug


def test_the_settings_of_the_engine_are_described():
    with pytest.raises(ConfigError) as caught:
        read_settings({"zzz": 1})

    assert set(caught.value.hint.rpartition("known are ")[2].split(", ")) == set(
        ENGINE_KEYS
    )


@pytest.mark.parametrize(
    ("key", "default"), [item for item in ENGINE_KEYS.items() if item[1]]
)
def test_a_default_of_the_engine_is_the_default(key, default):
    settings = tomllib.loads(f"{key} = {default}")

    assert read_settings(settings) == read_settings({})


def test_every_service_is_named():
    assert set(SERVICES) <= set(codes(section(EDITORS, "Engines")))


def test_the_keys_of_the_front_matter_are_described():
    described = {
        codes(row[0])[0]: row[2]
        for row in rows(section(EDITORS, "Front matter"))
        if row[0].startswith("`")
    }

    assert described.keys() == keys._READERS.keys()
    translated = {key for key, how in described.items() if how == "yes"}
    assert translated == {*frontmatter.TRANSLATED, "tags"}


# JSON.


@pytest.fixture(scope="module")
def documents_of(tmp_path_factory):
    """What each command prints, on a site that has something to say to each."""
    root = make_site(
        tmp_path_factory.mktemp("site"),
        {
            "source/articles/scalp.md": "# Scalp\n\nTake 5 mg.\n\nRest now.\n",
            "source/mail/note.md": "---\nkind: mail\n---\n\n# Rest now.\n\nHello.\n",
            "locales/tr/glossary.csv": "term,translation\nscalp,saçlı deri\n",
        },
    )
    calls = {
        "extract": (),
        "pretranslate": ("--offline",),
        "engines": (),
        "glossary": ("search", "scalp"),
        "memory": ("search", "Scalp"),
        "check": (),
        "approve": ("--reviewer", "Head"),
        "build": (),
        "verify": (),
        "send": (
            *("note", "--to", "a@b.example", "--dry-run"),
            *("--smtp", "smtp://localhost"),
        ),
        "export": ("mails", str(root.parent / f"{root.name}-mails")),
        "bundle": (),
        "deploy": (str(root.parent / "www"),),
        "explain": ("articles/scalp",),
        "status": (),
        "recover": (),
        "locale": ("add", "de"),
    }
    with (root / "publish.toml").open("a", encoding="utf-8") as config:
        config.write('[mail]\nfrom = "info@clinic.example"\n')
    made = {"init": publish(root, "init", "new", "--json").json}
    publish(root, "extract")
    texts = {
        "Scalp": "Saçlı deri",
        "Take 5 mg.": "50 mg alın.",
        "Rest now.": "Dinlenin.",
    }
    translate(root, texts)
    return made | {
        name: publish(root, name, *args, "--json").json for name, args in calls.items()
    }


@pytest.mark.parametrize("block", marked("json of"), ids=lambda block: block.value)
def test_a_document_that_is_shown_has_the_keys_of_the_real_one(block, documents_of):
    shown = json.loads(block.text)

    assert shape(shown).keys() == shape(documents_of[block.value]).keys()
    for place, names in shape(shown).items():
        real = shape(documents_of[block.value])[place]
        # A list may be empty in one of them.
        assert names == real or not names or not real, place


def test_every_document_is_shown():
    assert {block.value for block in marked("json of")} == COMMANDS.keys() - {
        "serve",
        "review",
    }


def shape(value: object) -> dict[str, tuple[str, ...]]:
    """The keys at the top, and those of the items of each list below it."""
    assert isinstance(value, dict)
    found = {"": tuple(value)}
    for key, inner in value.items():
        found[key] = ()
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            found[key] = tuple(inner[0])
    return found


# Links and pictures.


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page):
    for link in links(page):
        if re.match(r"[a-z]+:", link) or link.endswith(".png"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def pictures() -> Iterable[str]:
    return (link for page in PAGES for link in links(page) if link.endswith(".png"))


@pytest.mark.parametrize("picture", sorted(set(pictures())))
def test_a_picture_is_there_or_will_be_made(picture):
    script = (ROOT / "tests" / "pictures.py").read_text(encoding="utf-8")
    name = Path(picture).stem
    kind, _, width = name.rpartition("-")
    group = kind.partition("-")[0]

    made = f"{width}:" in script and (kind in script or f"{group}-{{locale}}" in script)
    assert (ROOT / picture).exists() or made


def test_the_readme_is_honest_about_the_translations():
    said = " ".join(prose(ROOT / "README.md").split())

    assert "have not been reviewed by a clinician" in said
