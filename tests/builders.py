"""The only factories of the tests: a site on the disk, and the command on it."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.cli.commands import publish as command
from pipeline.model.catalog import Catalog, Message
from pipeline.store.catalogs import read_catalog, update_catalog

CONFIG = """\
title = "Test clinic"
base_url = "https://clinic.example/health/"
locales = ["tr"]
"""

ARTICLE = """\
---
title: Caring for your scalp
description: What to do in the first days.
date: 2026-03-01
---

Wash your hair after 3 days.

Take 5 mg in the evening.

- Do not scratch.
- Sleep on your back.
"""

TURKISH = {
    "Caring for your scalp": "Saçlı derinizin bakımı",
    "What to do in the first days.": "İlk günlerde ne yapmalısınız.",
    "Wash your hair after 3 days.": "Saçınızı 3 gün sonra yıkayın.",
    "Take 5 mg in the evening.": "Akşamları 5 mg alın.",
    "Do not scratch.": "Kaşımayın.",
    "Sleep on your back.": "Sırtüstü uyuyun.",
}


def make_site(root: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A site below `root`: configuration, one article, and whatever else is given."""
    given: dict[str, str | bytes] = {
        "publish.toml": CONFIG,
        "source/articles/scalp.md": ARTICLE,
        **(files or {}),
    }
    return put(root, given)


def put(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a site's root, and nothing else."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        target.write_bytes(data)
    return root


@dataclass(frozen=True)
class Ran:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def publish(root: Path, *args: str) -> Ran:
    """Run the command in this process; `publish_process` is the real thing."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    code = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            command([*args[:1], "-C", str(root), *args[1:]])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())
    return Ran(code, *texts)


def publish_process(root: Path, *args: str, env: dict[str, str] | None = None) -> Ran:
    """Run the command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *args],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), **(env or {})},
        capture_output=True,
        check=False,
    )
    return Ran(
        done.returncode, done.stdout.decode(), done.stderr.decode("utf-8", "replace")
    )


def po_path(root: Path, domain: str = "articles/scalp", locale: str = "tr") -> Path:
    return root / "locales" / locale / "LC_MESSAGES" / f"{domain}.po"


def translate(
    root: Path,
    texts: dict[str, str],
    *,
    domain: str = "articles/scalp",
    locale: str = "tr",
    flags: tuple[str, ...] = (),
    comments: tuple[str, ...] = (),
) -> None:
    """Write translations as a person's editor would, by msgid."""

    def fill(catalog: Catalog) -> Catalog:
        return catalog.with_messages(
            replace(
                message,
                msgstrs=(texts[message.msgid],),
                flags=flags,
                comments=(*message.comments, *comments),
            )
            if message.msgid in texts
            else message
            for message in catalog.messages
        )

    update_catalog(po_path(root, domain, locale), fill, root=root)


def catalog(root: Path, domain: str = "articles/scalp", locale: str = "tr") -> Catalog:
    return read_catalog(po_path(root, domain, locale), root=root)


def entry_of(found: Catalog, msgid: str, msgctxt: str | None = None) -> Message:
    """An entry that must be there."""
    entry = found.find(msgid, msgctxt)
    assert entry is not None
    return entry


def entry(
    root: Path,
    msgid: str,
    msgctxt: str | None = None,
    *,
    domain: str = "articles/scalp",
    locale: str = "tr",
) -> Message:
    """An entry of a catalog on the disk, which must be there."""
    found = catalog(root, domain, locale).find(msgid, msgctxt)
    assert found is not None, msgid
    return found


def message(msgid: str, msgstr: str = "", **values: object) -> Message:
    return Message(msgid, (msgstr,), **values)  # type: ignore[arg-type]  # test data
