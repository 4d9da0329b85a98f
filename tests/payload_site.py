"""A site that holds every payload in every place where a text may stand."""

import csv
import io
import json
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from pipeline import registry
from pipeline.foreign import foreign, foreign_markup, hidden_hosts, hidden_tags
from pipeline.model.catalog import Catalog, Message
from pipeline.store.catalogs import update_catalog
from tests.builders import po_path, publish, put
from tests.payloads import ATTACKS, LOOKALIKES

BASE: Final = "https://clinic.example/health/"
CONFIG: Final = """\
title = {title}
base_url = "https://clinic.example/health/"
locales = ["tr"]

[mail]
from = "Clinic <info@clinic.example>"
to = "Patient <patient@clinic.example>"
unsubscribe = "https://clinic.example/unsubscribe"

[[class]]
globs = ["articles/of-*"]
policy = "partial"
"""
SUFFIXES: Final = ("md", "html", "txt")
CHUNK: Final = 8
"""Attacks in one translated article."""

SILENCED: Final = (
    f"publish: ignore={','.join(sorted(registry.checks()))} The output is what is asked"
)
UNKEPT: Final = frozenset({"mxss-nul"})
"""What no catalog can hold."""

REFUSED: Final = frozenset(
    "link-script link-case link-tab link-line link-control link-vb link-data link-blob "
    "link-markdown link-auto link-scheme-slash link-backslash link-entities".split()
)
"""Links that are an error where the format has links: their pages are held back."""


def picture() -> bytes:
    """One grey pixel as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        end = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + end

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0\x80"))
        + chunk(b"IEND", b"")
    )


def sentinel(number: int) -> str:
    """A paragraph that must be seen, whatever stands before it."""
    return f"Sentinel {number} stays here."


def head(text: str, **more: str) -> str:
    """Front matter with the text under every key, known or not."""
    keys = ("title", "description", "section", "author", "slug", "colour")
    values = {key: f"{key.title()} {text}" for key in keys} | more
    lines = [f"{key}: {json.dumps(value)}" for key, value in values.items()]
    tags = f"tags: [{json.dumps(f'Tag {text}')}]"
    return "\n".join(["---", *lines, tags, "date: 2026-03-01", "---", "", ""])


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;")


def authored(text: str, suffix: str) -> str:
    """The body of an article whose author writes the text wherever one can stand."""
    if suffix == "txt":
        blocks = [text, f"- {text}", f"Q: {text}\nA: {text}"]
    elif suffix == "md":
        blocks = [
            f"Words {text}",
            f"> Said {text}",
            f"- Item {text}",
            f"[Link {text}](https://clinic.example/x)",
            f"![Alt {text}](hand.png)",
            f"`{text}`",
            f"## Heading {text}",
        ]
    else:
        value = _quoted(text)
        blocks = [
            f"<p>Words {text}</p>",
            f'<p><a href="https://clinic.example/x" title="{value}">Link</a></p>',
            f'<p><img src="hand.png" alt="{value}" title="{value}"></p>',
            f"<ul><li>Item {text}</li></ul>",
            f"<h2>Heading {text}</h2>",
        ]
    return "\n\n".join(
        each
        for number, block in enumerate(blocks)
        for each in (block, _paragraph(number, suffix))
    )


def _paragraph(number: int, suffix: str) -> str:
    said = sentinel(number)
    return f"<p>{said}</p>" if suffix == "html" else said


def harmless(names: Iterable[str], suffix: str) -> str:
    """The body of an article whose translation holds attacks, one after the other."""
    blocks: list[str] = []
    for number, name in enumerate(names):
        if suffix == "txt":
            parts = [f"Words of {name}.", f"- Item of {name}."]
        elif suffix == "md":
            parts = [
                f"Words of {name}.",
                f"A [link of {name}](https://clinic.example/x) here.",
                f"![Alt of {name}](hand.png)",
                f"- Item of {name}.",
                f"| Cell of {name} |\n|---|\n| Other of {name} |",
                f"## Heading of {name}",
            ]
        else:
            anchor = f'<a href="https://clinic.example/x" title="Title of {name}">'
            anchor += f"link of {name}</a>"
            parts = [
                f"<p>Words of {name}.</p>",
                f"<p>A {anchor} here.</p>",
                f'<p><img src="hand.png" alt="Alt of {name}"></p>',
                f"<ul><li>Item of {name}.</li></ul>",
                f"<h2>Heading of {name}</h2>",
            ]
        blocks += [*parts, _paragraph(number, suffix)]
    return "\n\n".join(blocks)


OURS: Final = frozenset({"clinic.example"})


def leads_away(text: str) -> bool:
    """Whether a translation with this is held: no comment lets in its link."""
    message = Message("x", (text,))
    return any((*foreign(message, OURS), *hidden_hosts(message, OURS)))


def is_held(text: str) -> bool:
    """Whether a translation with this is held, though every check is silenced."""
    message = Message("x", (text,))
    markup = (*foreign_markup(message), *hidden_tags(message, OURS))
    return bool(markup) or leads_away(text)


def chunks() -> list[list[str]]:
    """The attacks by translated articles: first those that no rule holds."""
    apart = REFUSED | {name for name, text in ATTACKS.items() if leads_away(text)}
    names = [name for name in ATTACKS if name not in UNKEPT | apart]
    chunks = []
    for held in (False, True):
        some = [name for name in names if is_held(ATTACKS[name]) is held]
        chunks += [some[at : at + CHUNK] for at in range(0, len(some), CHUNK)]
    return [*chunks, sorted(apart)]


def sources() -> Mapping[str, str | bytes]:
    """Articles of every format, mails, and the files that they show."""
    files: dict[str, str | bytes] = {
        "publish.toml": CONFIG.format(title=json.dumps('Clinic <b>& "co" {{ 7*7 }}')),
        "source/articles/hand.png": picture(),
        # A picture that is none: whatever waits for its failing is woken.
        "source/articles/x.png": b"x",
        "source/mail/x.png": b"x",
        "source/mail/hand.png": picture(),
    }
    for name, text in ATTACKS.items():
        for suffix in SUFFIXES:
            slug = f"{suffix}-{name}"
            files[f"source/articles/{slug}.{suffix}"] = (
                head(text, slug=slug) + authored(text, suffix) + "\n"
            )
        more = {"subject": f"Subject {text}", "preheader": f"Before {text}"}
        files[f"source/mail/{name}.md"] = (
            head(text, kind="mail", slug=name, **more) + authored(text, "md") + "\n"
        )
    for number, names in enumerate(chunks()):
        for suffix in SUFFIXES:
            text = head(f"of {names[0]}", slug=f"of-{number}-{suffix}")
            files[f"source/articles/of-{number}-{suffix}.{suffix}"] = (
                text + harmless(names, suffix) + "\n"
            )
        for name in names:
            more = {"subject": f"Subject of {name}", "preheader": f"Before of {name}"}
            files[f"source/mail/of-{name}.md"] = (
                head(f"of {name}", kind="mail", slug=f"of-{name}", **more)
                + harmless([name], "md")
                + "\n"
            )
    rows = [("term", "translation", "status", "note")]
    rows += [(f"item of {n}", t, "preferred", t) for n, t in ATTACKS.items()]
    table = io.StringIO()
    kept = [row for row in rows if not set("\0\x0b\u2028") & set(row[1])]
    csv.writer(table, lineterminator="\n").writerows(kept)
    files["locales/tr/glossary.csv"] = table.getvalue()
    files["source/articles/lookalikes.txt"] = (
        "Lookalikes\n\n" + "\n\n".join(f"It says {text}" for text in LOOKALIKES) + "\n"
    )
    files["source/articles/of-lookalikes.md"] = (
        "# Translated\n\n"
        + "\n\n".join(f"Number {each} of them." for each in range(len(LOOKALIKES)))
        + "\n"
    )
    files["source/articles/of-lookalikes-html.html"] = "<h1>Translated too</h1>\n" + (
        "\n".join(f"<p>Number {each} of them.</p>" for each in range(len(LOOKALIKES)))
    )
    return files


def fill(root: Path, domain: str, texts: Mapping[str, str]) -> None:
    """
    Translate a domain: a msgid that ends in ` of NAME` says what NAME stands for.

    Whatever else there is stays as it is, and every check is silenced.
    """

    def filled(catalog: Catalog) -> Catalog:
        messages = []
        for message in catalog.messages:
            start, _, name = message.msgid.rstrip(".").rpartition(" of ")
            msgstr = message.msgid
            if message.msgctxt == "slug":
                msgstr = ""
            elif "(https://" in message.msgid or "href=" in message.msgid:
                name = name or message.msgid.partition(" of ")[2]
                msgstr = _linked(message.msgid, texts)
            elif name in texts:
                msgstr = f"{start} {texts[name]}"
            elif message.msgid in texts:
                msgstr = texts[message.msgid]
            messages.append(
                replace(
                    message,
                    msgstrs=(msgstr,) * max(1, len(message.msgstrs)),
                    comments=(*message.comments, SILENCED),
                )
            )
        return catalog.with_messages(messages)

    update_catalog(po_path(root, domain), filled, root=root)


def _linked(msgid: str, texts: Mapping[str, str]) -> str:
    for name in sorted(texts, key=len, reverse=True):
        if f"link of {name}" in msgid:
            value = _quoted(texts[name])
            said = msgid.replace(f"link of {name}", f"link {texts[name]}")
            return said.replace(f'"Title of {name}"', f'"{value}"')
    return msgid


def make(root: Path) -> Path:
    """The site below `root`, extracted, with attacks for translations."""
    put(root, sources())
    ran = publish(root, "extract")
    assert ran.code in {0, 1}, ran.err
    kept = {name: text for name, text in ATTACKS.items() if name not in UNKEPT}
    for number, _ in enumerate(chunks()):
        for suffix in SUFFIXES:
            fill(root, f"articles/of-{number}-{suffix}", kept)
    for name in kept:
        fill(root, f"mail/of-{name}", kept)
    numbered = {
        f"Number {each} of them.": f"It says {text}"
        for each, text in enumerate(LOOKALIKES)
    }
    for domain in ("articles/of-lookalikes", "articles/of-lookalikes-html"):
        fill(root, domain, numbered)
    fill_templates(root)
    return root


def fill_templates(root: Path) -> None:
    """Give every text of the templates some attacks for its translation."""
    texts = [text for name, text in ATTACKS.items() if name not in UNKEPT]

    def filled(catalog: Catalog) -> Catalog:
        messages = []
        count = len(catalog.messages)
        for number, message in enumerate(catalog.messages):
            forms = max(1, len(message.msgstrs))
            # What is filled into a text is written with a sign of per cent.
            more = " ".join(texts[number::count]).replace("%", "%%")
            is_filled = "%(" in message.msgid
            more = more if is_filled else more.replace("%%", "%")
            messages.append(
                replace(
                    message,
                    msgstrs=(f"{message.msgid} {more}",) * forms,
                    comments=(*message.comments, SILENCED),
                )
            )
        return catalog.with_messages(messages)

    update_catalog(po_path(root, "messages"), filled, root=root)


def move(root: Path, domain: str) -> None:
    """Give an article another address, so that its old one leads on."""

    def moved(catalog: Catalog) -> Catalog:
        return catalog.with_messages(
            replace(message, msgstrs=(f"moved-{message.msgid}",))
            if message.msgctxt == "slug"
            else message
            for message in catalog.messages
        )

    update_catalog(po_path(root, domain), moved, root=root)
