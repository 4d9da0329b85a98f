"""What is recorded of the messages of a page or a mail that goes out."""

from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.cldr import gettext_locale
from pipeline.model.article import Article
from pipeline.model.catalog import Catalog, Message
from pipeline.model.site import Site
from pipeline.record import Record, Writing
from pipeline.store.kept import kept_paths
from pipeline.store.translators import read_translators
from pipeline.translators import Translators, last_translator
from pipeline.workflow.desk import Desk
from pipeline.workflow.translators import needs_two


def record_source(article: Article, template: tuple[Message, ...]) -> Record:
    """The record of a page in the words of its source."""
    return Writing().record(template, None, inputs=(article.path,))


def record_desk(
    article: Article,
    template: tuple[Message, ...],
    desk: Desk,
    site: Site,
    accept: Callable[[Message], bool] | None = None,
) -> Record:
    """The record of a page that was translated, all of it or what `accept` takes."""
    return _writing(desk, site).record(
        template, desk.catalog, accept, inputs=input_paths(desk, article.path)
    )


def record_kept(original: Article, text: Article, desk: Desk, site: Site) -> Record:
    """The record of a page that keeps its last text, from that text itself."""
    pairs = tuple(kept_messages(original, text))
    catalog = Catalog(Message(""), pairs)
    inputs = kept_paths(desk.locale, desk.domain, original.path)
    writing = Writing(_writing(desk, site).approvals)
    return writing.record(pairs, catalog, inputs=inputs)


def kept_messages(original: Article, text: Article) -> dict[Message, None]:
    """The pairs of an original and its localized text, each once."""
    return dict.fromkeys(
        Message(each.text, (own.text,), msgctxt=each.context)
        for each, own in zip(original.segments, text.segments, strict=True)
    )


def input_paths(desk: Desk, source: str) -> tuple[str, str, str]:
    """The files that a record follows from, below the root."""
    top = f"locales/{gettext_locale(desk.locale)}"
    return source, desk.file, f"{top}/reviews/{desk.domain}.jsonl"


def _writing(desk: Desk, site: Site) -> Writing:
    name = ""
    if desk.catalog is not None:
        name = last_translator(desk.catalog, stand_ins=(site.team, site.bugs))
    names: Mapping[str, str] = {}
    if needs_two(site, desk.domain):
        root = Path(site.root)
        names = _by_digest(read_translators(root, desk.locale, desk.domain))
    return Writing(desk.approvals, names, name)


def _by_digest(translators: Translators) -> dict[str, str]:
    found: dict[str, dict[str, None]] = {}
    for line in translators.lines:
        found.setdefault(line.translation, {})[line.translator] = None
    return {digest: ", ".join(filter(None, names)) for digest, names in found.items()}
