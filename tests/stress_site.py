"""A site in which everything has happened that may happen to a page."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from pipeline.model.catalog import Catalog, Message
from pipeline.store.catalogs import update_catalog
from tests.builders import po_path, publish, put
from tests.payload_site import SILENCED, picture

BASE: Final = "https://clinic.example/health/"
LOCALES: Final = ("tr", "ar", "pt-BR")
CONFIG: Final = f"""\
title = "Clinic & Library"
base_url = "{BASE}"
locales = {list(LOCALES)}

[mail]
from = "Clinic <info@clinic.example>"

[[class]]
globs = ["articles/fallback*"]
policy = "fallback"

[[class]]
globs = ["articles/partial*"]
policy = "partial"

[[class]]
globs = ["articles/kept*"]
stale = "keep"

[[class]]
globs = ["articles/noticed*"]
recall = "notice"
"""
NAMES: Final = (
    "whole",
    "fallback",
    "partial",
    "kept",
    "noticed",
    "withdrawn",
    "moved",
    "held",
    "draft",
    "undated",
    "deleted",
)


def article(name: str) -> str:
    """Markdown with a link to every other article, and with whatever else a page has."""
    others = [each for each in NAMES if each not in {name, "deleted", "draft"}]
    links = "\n".join(f"- See [{each}]({each}.md#doses-of-{each})." for each in others)
    date = "" if name == "undated" else f"date: 2026-03-{NAMES.index(name) + 1:02}\n"
    return f"""\
---
title: About {name} & "more"
description: What {name} <is> about.
section: Section {NAMES.index(name) % 3}
tags: [Care, {name}]
author: The {name} team
draft: {str(name == "draft").lower()}
{date}---

The first words of {name}, before [its doses](#doses-of-{name}) and a [sheet](sheet.pdf).

![A hand of {name}](hand.png)

## Doses of {name}

Take 5 mg of {name} in the evening; call <tel:+905550000000>.

| Day of {name} | Dose of {name} |
|---|--:|
| First of {name} | 5 mg |

1. One of {name}
2. Two of {name}

{links}

> [!WARNING]
> Never take two of {name}.[^{name}]

- [x] Done with {name}
- [ ] Still to do with {name}

## Questions about {name}

> Quoted from {name}.

[^{name}]: Noted of {name}.
"""


HTML: Final = """\
<!doctype html><html lang="en"><head><title>In HTML</title></head><body>
<h1>In HTML</h1><p>See <a href="whole.md#doses-of-whole">the doses</a> and
<a href="../articles/in-text.txt">the text</a>.</p>
<img src="hand.png" alt="A hand"><figure><img src="/articles/hand.png" alt="Again">
<figcaption>Words below</figcaption></figure>
<h2 id="same">Same</h2><h2 id="same-too">Same</h2><p><a href="#same-too">Below</a></p>
<section class="faq"><h3>Is it safe?</h3><p>Mostly.</p></section>
<details><summary>More</summary><p>Hidden words.</p></details>
<dl class="faq"><div><dt>Why?</dt><dd>Because.</dd></div></dl>
<table><caption>Doses</caption><thead><tr><th>Day</th></tr></thead>
<tbody><tr><td>5 mg</td></tr></tbody></table>
<div class="callout caution"><p>Never alone.</p></div>
<address>Call <a href="tel:+905550000000">us</a></address><h5>Too deep</h5><p>End.</p>
</body></html>
"""
TEXT: Final = """\
In plain text

First words of the text.

Heading of the text

- One thing
- Another thing

Q: Is it safe?
A: Mostly.

info@clinic.example
"""
MAIL: Final = """\
---
kind: mail
title: Your visit
subject: Your visit on {{ day }}
---

See [the article](../articles/moved.md).
"""


def make(root: Path, *, base_url: str = BASE) -> Path:
    """The site below `root`, built twice, with all that happened in between."""
    files: dict[str, str | bytes] = {
        f"source/articles/{name}.md": article(name) for name in NAMES
    }
    put(
        root,
        {
            "publish.toml": CONFIG.replace(BASE, base_url),
            "source/articles/in-html.html": HTML,
            "source/articles/in-text.txt": TEXT,
            "source/mail/visit.md": MAIL,
            "source/articles/hand.png": picture(),
            "source/articles/hand.tr.png": picture(),
            "source/articles/sheet.pdf": b"%PDF-1.4\n",
            **files,
        },
    )
    _expect(root, "extract", {0})
    domains = [f"articles/{name}" for name in (*NAMES, "in-html", "in-text")]
    for domain in (*domains, "mail/visit", "messages"):
        for locale in LOCALES:
            change(root, domain, locale, lambda message: f"{message.msgid}")
    left = {"articles/held", "articles/fallback", "articles/partial"}
    for domain in left:
        change(root, domain, "ar", lambda m: "" if "first" in m.msgid.lower() else None)
        change(
            root, domain, "pt-BR", lambda m: "" if "dose" in m.msgid.lower() else None
        )
    change(root, "articles/whole", "ar", lambda m: slug(m, "al-kull"))
    change(root, "articles/moved", "tr", lambda m: slug(m, "tasindi"))
    _expect(root, "build", {0, 3})

    change(root, "articles/moved", "tr", lambda m: slug(m, "yine-tasindi"))
    for locale in LOCALES:
        for domain in ("articles/noticed", "articles/withdrawn"):
            change(root, domain, locale, lambda _: None, flags=("fuzzy",))
    kept = article("kept").replace("Quoted from", "Well quoted from")
    (root / "source/articles/kept.md").write_text(kept, "utf-8")
    (root / "source/articles/deleted.md").unlink()
    _expect(root, "extract", {0})
    _expect(root, "build", {3})
    return root


def slug(message: Message, text: str) -> str | None:
    return text if message.msgctxt == "slug" else None


def _expect(root: Path, command: str, codes: Iterable[int]) -> None:
    ran = publish(root, command)
    assert ran.code in codes, (ran.code, ran.out, ran.err)


def change(
    root: Path,
    domain: str,
    locale: str,
    wanted: Callable[[Message], str | None],
    *,
    flags: tuple[str, ...] = (),
) -> None:
    """Write what `wanted` gives for a message into it; None leaves its text."""

    def changed(catalog: Catalog) -> Catalog:
        messages = []
        for message in catalog.messages:
            text = wanted(message)
            msgstrs = message.msgstrs
            if text is not None:
                msgstrs = (text,) * max(1, len(msgstrs))
            silenced = (
                *(each for each in message.comments if each != SILENCED),
                SILENCED,
            )
            messages.append(
                replace(message, msgstrs=msgstrs, flags=flags, comments=silenced)
            )
        return catalog.with_messages(messages)

    path = po_path(root, domain, locale.replace("-", "_"))
    if path.exists():
        update_catalog(path, changed, root=root)
