"""
What a build costs at least: a bare prototype, without all that makes one safe.

    python -m bench.floor SITE TARGET

It reads articles and catalogs as the program does, puts every translation in, fills one
template and writes the page, on all cores. No translation is checked or fitted, nothing
passes the gate, no release is recorded, no file is written whole or not at all, and no
link, slug, feed or tag is looked at. What it made from which files is kept by their
times; a page is made again where one of its own two files, or this program, changed.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from jinja2 import Template

BASE: Final = "https://clinic.example"
KEPT: Final = "floor.json"
_CHUNK: Final = 25
_PAGE: Final = """\
<!doctype html>
<html lang="{{ locale }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ meta.title }} - Benchmark clinic</title>
<meta name="description" content="{{ meta.description }}">
<link rel="canonical" href="{{ base }}/{{ locale }}/{{ domain }}/">
{% for tag in locales -%}
<link rel="alternate" hreflang="{{ tag }}" href="{{ base }}/{{ tag }}/{{ domain }}/">
{% endfor -%}
<link rel="alternate" hreflang="x-default" href="{{ base }}/en/{{ domain }}/">
<script type="application/ld+json">{{ data | tojson }}</script>
</head>
<body>
<a href="#content">Skip to content</a>
<header><a href="/{{ locale }}/">Benchmark clinic</a>
<nav><ul>{% for tag in locales %}<li><a href="/{{ tag }}/{{ domain }}/">{{ tag }}</a></li>\
{% endfor %}</ul></nav></header>
<main id="content"><article><h1>{{ meta.title }}</h1>
<p>{{ meta.date }}</p>
{{ body }}</article></main>
<footer><p>Benchmark clinic</p></footer>
</body>
</html>
"""
_LIST: Final = """\
<!doctype html>
<html lang="{{ locale }}"><head><meta charset="utf-8"><title>Benchmark clinic</title></head>
<body><ul>{% for domain, title in pages %}\
<li><a href="/{{ locale }}/{{ domain }}/">{{ title }}</a></li>
{% endfor %}</ul></body></html>
"""

Times: TypeAlias = list[int]
Entry: TypeAlias = tuple[Times, str]
"""The times of the files of a page, and its title."""

Job: TypeAlias = tuple[str, tuple[str, ...]]
"""An article, and the locales in which it is to be made."""


def main(site: Path, target: Path) -> None:
    locales = ["en", *(p.name for p in sorted((site / "locales").glob("[a-z]*")))]
    locales = list(dict.fromkeys(locales))
    kept = target / KEPT
    known: dict[str, Entry] = json.loads(kept.read_text()) if kept.exists() else {}
    found = dict(_times(site, locales))
    changed: dict[str, list[str]] = {}
    for name, times in found.items():
        if name not in known or known[name][0] != times:
            locale, _, domain = name.partition("/")
            changed.setdefault(domain, []).append(locale)
    jobs = [(domain, tuple(tags)) for domain, tags in changed.items()]
    if not jobs and found.keys() == known.keys():
        return
    titles = {name: title for name, (_, title) in known.items()}
    for name in known.keys() - found.keys():
        (target / name / "index.html").unlink()
    for made in _spread(jobs, site, target, locales):
        titles |= made
    _put_lists(target, locales, {name: titles[name] for name in found})
    state = {name: (times, titles[name]) for name, times in found.items()}
    kept.write_text(json.dumps(state))


def _times(site: Path, locales: Sequence[str]) -> Iterator[tuple[str, Times]]:
    """The pages there are to be, with the times of the files that they are made of."""
    own = Path(__file__).stat().st_mtime_ns
    catalogs = {tag: _files(f"{site}/locales/{tag}/LC_MESSAGES") for tag in locales}
    for name, time in sorted(_files(f"{site}/source").items()):
        domain = name.removesuffix(".md")
        yield f"en/{domain}", [own, time]
        for tag in locales[1:]:
            yield f"{tag}/{domain}", [own, time, catalogs[tag][f"{domain}.po"]]


def _files(top: str, below: str = "") -> dict[str, int]:
    found: dict[str, int] = {}
    if not os.path.isdir(top):  # noqa: PTH112 - this is the way that costs least
        return found
    with os.scandir(top) as entries:
        for entry in entries:
            if entry.is_dir():
                found |= _files(entry.path, f"{below}{entry.name}/")
            else:
                found[f"{below}{entry.name}"] = entry.stat().st_mtime_ns
    return found


def _spread(
    jobs: Sequence[Job], site: Path, target: Path, locales: Sequence[str]
) -> Iterator[dict[str, str]]:
    """The titles of the pages, by name, as they are made."""
    chunks = [jobs[at : at + _CHUNK] for at in range(0, len(jobs), _CHUNK)]
    if len(chunks) < 2:
        yield from (_make(chunk, site, target, locales) for chunk in chunks)
        return
    with ProcessPoolExecutor() as pool:
        waiting = [pool.submit(_make, each, site, target, locales) for each in chunks]
        for each in waiting:
            yield each.result()


def _make(
    jobs: Sequence[Job], site: Path, target: Path, locales: Sequence[str]
) -> dict[str, str]:
    from pipeline import frontmatter
    from pipeline.formats.markdown import Markdown, events
    from pipeline.po.parse import parse

    kind = Markdown()
    titles = {}
    for domain, tags in jobs:
        text = Path(site, "source", f"{domain}.md").read_text("utf-8")
        article = kind.parse(text, path=domain, domain=domain)
        for tag in tags:
            meta = dict(article.meta)
            filled = text
            if tag != "en":
                path = Path(site, "locales", tag, "LC_MESSAGES", f"{domain}.po")
                catalog = parse(path.read_text("utf-8"), path=domain)
                words = {m.msgid: m.msgstrs[0] for m in catalog.messages}
                filled = "".join(
                    words.get(getattr(span, "text", "")) or span.raw
                    for span in article.spans
                )
                for key in ("title", "description"):
                    meta[key] = words.get(str(meta[key]), meta[key])
            name = f"{tag}/{domain}"
            titles[name] = str(meta["title"])
            body = events.html(filled[frontmatter.end(filled) :])
            _put(target / name, _page(tag, domain, meta, body, locales))
    return titles


def _page(
    locale: str,
    domain: str,
    meta: Mapping[str, object],
    body: str,
    locales: Sequence[str],
) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": meta["title"],
        "url": f"{BASE}/{locale}/{domain}/",
        "inLanguage": locale,
        "description": meta["description"],
        "datePublished": str(meta["date"]),
    }
    return _template(_PAGE).render(
        base=BASE,
        locale=locale,
        locales=locales,
        domain=domain,
        meta=meta,
        data=data,
        body=body,
    )


def _put_lists(target: Path, locales: Sequence[str], titles: Mapping[str, str]) -> None:
    for locale in locales:
        start = f"{locale}/"
        pages = [
            (name.removeprefix(start), title)
            for name, title in titles.items()
            if name.startswith(start)
        ]
        _put(target / locale, _template(_LIST).render(locale=locale, pages=pages))
    lines = (f"<url><loc>{BASE}/{name}/</loc></url>" for name in titles)
    sitemap = "\n".join(["<urlset>", *lines, "</urlset>"])
    (target / "sitemap.xml").write_text(sitemap)


@cache
def _template(text: str) -> "Template":
    from jinja2 import Environment

    return Environment().from_string(text)  # noqa: S701 - the floor is not safe


def _put(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
