"""
`make bench-mails`: how many mails a core makes in a second, from catalog to `.eml`.

Localizing, rendering and the message together, without the checks and the disk, for the
corpus of `corpus.py` (9 kB of Markdown each, four languages) and for mails of the length
that mails have. The best of several runs in CPU seconds.
"""

import sys
import tempfile
import time
from collections.abc import Iterator

from bench.corpus import LOCALES, article, cut_after_block, translated
from bench.results import Table, keep_tables, shown
from pipeline import registry
from pipeline.extract import extract
from pipeline.localize import localize
from pipeline.model.article import Article
from pipeline.model.catalog import Catalog, Message
from pipeline.model.site import MailSettings, Site
from pipeline.render.library import Edition, Library
from pipeline.render.mails import render_mail
from pipeline.render.strings import builtin_templates
from pipeline.render.theme import Theme

REQUIRED = 300
_RUNS = 5
_MAILS = 50
SIZES = {"9 kB of Markdown": sys.maxsize, "1.5 kB": 1_500}
"""Characters at most, by what we say of them: the corpus, and mails as they are."""


def articles(size: int) -> Iterator[Article]:
    """Articles of the corpus, cut after a block."""
    markdown = registry.formats()["markdown"]
    for number in range(_MAILS):
        text = article(number)
        path = f"source/mail/x{number}.md"
        text = cut_after_block(text, size)
        yield markdown.parse(text, path=path, domain=f"mail/x{number}")


def catalogs(source: Article) -> dict[str, Catalog]:
    template = Catalog(Message("", ("",)), extract(source))
    return {locale: translated(template, locale) for locale in LOCALES}


def measure(size: int) -> tuple[float, float, float]:
    """Mails a second, and milliseconds to localize and to render one."""
    markdown = registry.formats()["markdown"]
    site = Site(
        root=tempfile.gettempdir(),
        title="Benchmark clinic",
        base_url="https://clinic.example/",
        locales=LOCALES,
        mail=MailSettings(
            sender="Clinic <info@clinic.example>",
            unsubscribe=("https://clinic.example/unsubscribe",),
        ),
    )
    theme = Theme((builtin_templates(),))
    sources = [(source, catalogs(source)) for source in articles(size)]
    library = Library(
        site, tuple(Edition(each, "en", each.stem, "x") for each, _ in sources)
    )
    found = []
    for _ in range(_RUNS):
        localizing = rendering = 0.0
        for source, known in sources:
            for locale in ("en", *LOCALES):
                started = time.process_time()
                made = source
                if locale in known:
                    made = localize(
                        source, known[locale], format=markdown, accept=lambda _: True
                    ).article
                title = str(made.meta["title"])
                html = markdown.to_html(made)
                edition = Edition(made, locale, source.stem, title, html)
                between = time.process_time()
                render_mail(edition, library, theme)
                localizing += between - started
                rendering += time.process_time() - between
        found.append((localizing + rendering, localizing, rendering))
    total, localizing, rendering = min(found)
    count = len(sources) * (1 + len(LOCALES))
    return count / total, localizing / count * 1e3, rendering / count * 1e3


def main() -> None:
    rows = []
    for name, size in SIZES.items():
        rate, localizing, rendering = measure(size)
        times = f"{localizing:.2f} ms", f"{rendering:.2f} ms"
        rows.append((name, f"{REQUIRED}", f"{rate:.0f}", *times))
    head = ("mails a second and core", "required", "made", "localize", "render")
    keep_tables("mails", Table(head, tuple(rows)))
    print(shown("mails"))


if __name__ == "__main__":
    main()
