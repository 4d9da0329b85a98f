"""
No way of working ends with "approved" for a pair that nobody approved, and whatever was
approved and is the same is approved still.

The oracle is a set of pairs, kept by the test from what persons did and nothing else.
"""

import os
import subprocess
from dataclasses import dataclass, field, replace
from pathlib import Path

import polib
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from pipeline.approval import (
    Approval,
    Approvals,
    Withdrawal,
    compose_approval,
    pair_of,
    parse_approvals,
    translation_digest,
)
from pipeline.merge import merge
from pipeline.model.catalog import Catalog, Message
from pipeline.po.compose import compose
from pipeline.po.header import new_catalog_header
from pipeline.po.parse import parse
from pipeline.store.catalogs import write_catalog

SOURCES = (
    "Take 5 mg in the evening.",
    "Take 50 mg in the evening.",
    "Take 5 mg in the morning.",
    "Do not scratch your scalp in the first week.",
    "Do scratch your scalp in the first week.",
    "One line\nand another line.",
)
TARGETS = (
    "",
    "Akşamları 5 mg alın.",
    "Akşamları 50 mg alın.",
    "İlk hafta saçlı derinizi kaşımayın.",
    "Bir satır\nve bir satır daha.",
    "Akşamları 5 mg alın.\u200e",
)
PERSONS = ("Reviewer", "Second reviewer")
HEADER = new_catalog_header(
    project="Test",
    bugs="",
    team="",
    language="tr",
    plural_forms="nplurals=2; plural=(n != 1);",
    creation_date="2026-03-01 10:00+0000",
)


@dataclass
class Work:
    """A catalog, its approvals as a file, and what persons did to it."""

    catalog: Catalog = field(default_factory=lambda: Catalog(HEADER))
    template: tuple[Message, ...] = ()
    text: str = ""
    """The file of approvals."""

    approved: set[object] = field(default_factory=set)
    past: list[Catalog] = field(default_factory=list)

    @property
    def approvals(self) -> Approvals:
        return parse_approvals(self.text, path="x.jsonl")

    def holds(self) -> None:
        """What is approved is what persons approved, and nothing else."""
        approvals = self.approvals
        for message in self.catalog.messages:
            should = message.is_usable and pair_of(message) in self.approved
            assert (approvals.of(message) is not None) is should

    def change(self, catalog: Catalog) -> None:
        self.past.append(self.catalog)
        self.catalog = catalog

    def entry(self, data: st.DataObject) -> Message | None:
        living = [*self.catalog.living]
        return data.draw(st.sampled_from(living)) if living else None


def edit_source(work: Work, data: st.DataObject) -> None:
    """An author writes other sentences, some with a plural or in a context."""
    chosen = data.draw(st.lists(st.sampled_from(SOURCES), unique=True, max_size=4))
    plural = data.draw(st.booleans())
    context = data.draw(st.sampled_from([None, "alt"]))
    template = [Message(text) for text in chosen]
    if plural:
        template.append(Message("%d day", ("", ""), context, "%d days"))
    if template:
        template[0] = replace(template[0], msgctxt=context)
    work.template = tuple(template)


def edit_translation(work: Work, data: st.DataObject) -> None:
    entry = work.entry(data)
    if entry is not None:
        texts = tuple(data.draw(st.sampled_from(TARGETS)) for _ in entry.msgstrs)
        fuzzy = data.draw(st.sampled_from([(), (), ("fuzzy",)]))
        changed = replace(entry, msgstrs=texts, flags=fuzzy)
        work.change(work.catalog.with_message(changed))


def clear_fuzzy(work: Work, data: st.DataObject) -> None:
    del data
    work.change(
        work.catalog.with_messages(
            replace(message, flags=(), previous=None) for message in work.catalog
        )
    )


def revert(work: Work, data: st.DataObject) -> None:
    if work.past:
        work.change(data.draw(st.sampled_from(work.past)))


def approve(work: Work, data: st.DataObject) -> None:
    one = work.entry(data)
    every = data.draw(st.booleans())
    for entry in [*work.catalog.living] if every else filter(None, [one]):
        if not entry.is_usable:
            continue
        line = Approval(
            entry.msgctxt,
            entry.msgid,
            translation_digest(entry),
            data.draw(st.sampled_from(PERSONS)),
            "2026-03-01",
            msgid_plural=entry.msgid_plural,
            after=work.approvals.seen(entry),
        )
        work.text += compose_approval(line)
        work.approved.add(pair_of(entry))
        event("approved")


def withdraw(work: Work, data: st.DataObject) -> None:
    entry = work.entry(data)
    if entry is not None and work.approvals.of(entry):
        line = Withdrawal(
            entry.msgctxt,
            entry.msgid,
            translation_digest(entry),
            data.draw(st.sampled_from(PERSONS)),
            "2026-03-01",
            msgid_plural=entry.msgid_plural,
            after=work.approvals.seen(entry),
        )
        work.text += compose_approval(line)
        work.approved.discard(pair_of(entry))
        event("withdrawn")


def join_branches(work: Work, data: st.DataObject) -> None:
    """Git puts the lines of two branches in any order, and some of them twice."""
    lines = work.text.splitlines(keepends=True)
    work.text = "".join(data.draw(st.permutations(lines)))
    work.text += "".join(line for line in lines if data.draw(st.booleans()))


def our_merge(work: Work, data: st.DataObject) -> None:
    elsewhere = {m.key: m for each in work.past[-2:] for m in each.messages}
    given_away = elsewhere if data.draw(st.booleans()) else {}
    merged = merge(
        work.template,
        work.catalog,
        header=HEADER,
        elsewhere=given_away,
        today="2026-03-01",
    )
    work.change(merged.catalog)


def saved_again(work: Work, data: st.DataObject) -> None:
    del data
    work.change(parse(compose(work.catalog), path="x.po"))


PERSONAL = (edit_source, edit_translation, clear_fuzzy, revert, approve, withdraw)
PURE = (*PERSONAL, approve, edit_translation, join_branches, our_merge, saved_again)
MECHANICAL = (join_branches, our_merge, saved_again)


def kept_by(before: Catalog, after: Catalog, template: tuple[Message, ...]) -> None:
    """A pair that the source asks for still is as it was, approvals and all."""
    wanted = {(*message.key, message.msgid_plural) for message in template}
    for message in before.living:
        if message.is_usable and (*message.key, message.msgid_plural) in wanted:
            found = after.find(message.msgid, message.msgctxt)
            assert found is not None
            assert found.is_usable
            assert pair_of(found) == pair_of(message)


def begun(data: st.DataObject) -> Work:
    """A translated article, of which something is approved."""
    work = Work()
    edit_source(work, data)
    our_merge(work, data)
    texts = data.draw(st.permutations(TARGETS[1:]))
    work.change(
        work.catalog.with_messages(
            replace(message, msgstrs=(texts[n],) * len(message.msgstrs))
            for n, message in enumerate(work.catalog.messages)
        )
    )
    approve(work, data)
    return work


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_only_what_a_person_approved_is_approved_whatever_happens(data):
    work = begun(data)
    for step in data.draw(st.lists(st.sampled_from(PURE), min_size=5, max_size=20)):
        before = work.catalog
        step(work, data)
        work.holds()
        if step in MECHANICAL:
            template = work.template if step is our_merge else (*before.living,)
            kept_by(before, work.catalog, template)


def run(*command: str) -> None:
    subprocess.run(
        command,
        check=True,
        capture_output=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )


@dataclass
class Disk:
    """The same catalog as a file, for the tools that people use."""

    folder: Path

    @property
    def po(self) -> Path:
        return self.folder / "x.po"

    def write(self, catalog: Catalog) -> None:
        self.po.unlink(missing_ok=True)
        write_catalog(self.po, catalog, root=self.folder)

    def template(self, messages: tuple[Message, ...]) -> Path:
        path = self.folder / "x.pot"
        header = replace(HEADER, flags=("fuzzy",))
        path.write_text(compose(Catalog(header, messages)), "utf-8")
        return path

    def read(self) -> Catalog:
        return parse(self.po.read_text("utf-8"), path="x.po")

    def msgmerge(self, work: Work) -> None:
        pot = self.template(work.template)
        run(
            "msgmerge", "--previous", "-q", "-U", "--backup=off", f"{self.po}", f"{pot}"
        )

    def msgmerge_without_previous(self, work: Work) -> None:
        pot = self.template(work.template)
        run("msgmerge", "-q", "-o", f"{self.po}", f"{self.po}", f"{pot}")

    def msgcat(self, work: Work) -> None:
        del work
        run("msgcat", "--width=60", "-s", "-o", f"{self.po}", f"{self.po}")

    def polib(self, work: Work) -> None:
        del work
        polib.pofile(f"{self.po}", wrapwidth=50).save()


TOOLS = (
    Disk.msgmerge,
    Disk.msgmerge_without_previous,
    Disk.msgcat,
    Disk.polib,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_no_tool_makes_or_ends_an_approval(tmp_path, data):
    work, disk = begun(data), Disk(tmp_path)
    for _ in range(data.draw(st.integers(2, 6))):
        for step in data.draw(st.lists(st.sampled_from(PURE), max_size=6)):
            step(work, data)
        tool = data.draw(st.sampled_from(TOOLS))
        if not work.catalog.messages:
            continue
        before = work.catalog
        disk.write(before)
        merges = tool in TOOLS[:2]
        if merges and not work.template:
            continue
        tool(disk, work)
        work.change(disk.read())
        work.holds()
        kept_by(before, work.catalog, work.template if merges else (*before.living,))
        event(tool.__name__)
