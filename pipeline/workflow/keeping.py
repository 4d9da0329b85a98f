"""
`stale = "keep"`: a published page that is no longer reviewed keeps its last text.

That is the text that went out, read from `locales/<locale>/kept/` and known by the
digest in the history. It stays only while nobody is harmed by it: see `outdated.py`.
"""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline import registry
from pipeline.approval import translation_digest
from pipeline.errors import PublishError
from pipeline.formats import compose
from pipeline.late import dataclass
from pipeline.model.article import Article
from pipeline.model.catalog import Catalog, Message
from pipeline.model.finding import Severity
from pipeline.model.site import ContentClass, Site
from pipeline.store.kept import Kept, read_kept
from pipeline.store.published import Event, History
from pipeline.workflow.desk import Desk, find

if TYPE_CHECKING:
    from pipeline.outdated import Part

_HARMLESS: Final = frozenset({"markup"})
"""Checks whose errors, where the original changed, are none of the text's meaning."""

_SHOWN: Final = 2
"""Dangers that are told; one is enough."""


@dataclass(frozen=True, slots=True)
class Last:
    """The last text of a page."""

    article: Article
    """Localized, as it was published."""

    original: Article
    """What it was made from."""

    event: Event
    """The publication that it was."""

    since: str
    """The day of its first publication, `YYYY-MM-DD`."""


def keeps(class_: ContentClass, article: Article) -> bool:
    """
    Whether the texts of an article are kept.

    A mail is not: it is sent anew each time, and nobody must send an old text.
    """
    return class_.stale == "keep" and article.kind != "mail"


def released(source: Article, localized: Article) -> Kept:
    """What is kept of a page that goes out."""
    return Kept(compose(localized), compose(source))


def last_text(article: Article, history: History, desk: Desk, site: Site) -> Last | str:
    """
    The text that an article may keep in a locale, or why it may not.

    An empty reason: no text of it was ever kept. What was taken off before stays off
    until all is reviewed, and the reason is the same at each build.
    """
    root, releases = Path(site.root), history.releases(article.domain)
    if not releases:
        return ""
    try:
        kept = read_kept(root, desk.locale, article.domain, article.path)
        if kept is None or kept.digest not in releases:
            return "its last text is not in kept/ as it was released"
        before = _parsed(article, kept.original)
        text = _parsed(article, kept.text)
    except PublishError as error:
        return f"its last text cannot be read: {error}"
    release = releases[kept.digest]
    since = release.newest.date
    why = _danger(before, text, article, desk, site, since=since)
    if why:
        return f"its last text cannot stay: {why}"
    event = history.last().get(article.domain)
    if event is None or event.event != "published" or not event.kept:
        return "its last text was taken off before"
    return Last(text, before, event, release.since)


def _parsed(article: Article, text: str) -> Article:
    format_ = registry.format_named(article.format)
    return format_.parse(text, path=article.path, domain=article.domain)


def _danger(
    before: Article,
    text: Article,
    now: Article,
    desk: Desk,
    site: Site,
    *,
    since: str,
) -> str:
    """What forbids to keep a text, in a clause."""
    originals, texts = tuple(before.segments), tuple(text.segments)
    if [each.role for each in originals] != [each.role for each in texts]:
        return "its parts are not those of its original"
    # Heavy, and few sites keep what is stale.
    from pipeline.outdated import changed_parts, dangers

    changed = changed_parts(before, now)
    found = list(dangers(changed, site.source_locale))
    if found:
        return "; ".join(found[:_SHOWN])
    withdrawn = _withdrawn(before, text, desk, since)
    if withdrawn:
        return f"the approval of “{withdrawn}” was taken back"
    translations = {
        (original.context, original.text): each.text
        for original, each in zip(originals, texts, strict=True)
    }
    names = _new_errors(changed, translations, desk, site)
    return f"the check {names[0]} finds an error in it now" if names else ""


def _withdrawn(before: Article, text: Article, desk: Desk, since: str) -> str:
    """
    A part of which a reviewer took the approval back; nothing where nobody did.

    A translation is known by its digest, or where a format wrote it in another way, by
    the day: what was taken back since the text went out may be of this text.
    """
    if not desk.approvals.withdrawals:
        return ""
    pairs = {
        (original.context, original.text): Message(
            original.text, (each.text,), msgctxt=original.context
        )
        for original, each in zip(before.segments, text.segments, strict=True)
    }
    for line in desk.approvals.withdrawals:
        pair = pairs.get((line.msgctxt, line.msgid))
        if pair is None or desk.approvals.of(pair) is not None:
            continue
        if line.date >= since or line.withdrawn == translation_digest(pair):
            return line.msgid
    return ""


def _new_errors(
    changed: "tuple[tuple[Part, Part], ...]",
    translations: "dict[Part, str]",
    desk: Desk,
    site: Site,
) -> list[str]:
    """The checks that object to the old texts beside the new originals only."""
    pairs = [(old, new) for old, new in changed if old in translations and new[1]]
    before = _errors([(old, translations[old]) for old, _ in pairs], desk, site)
    now = _errors([(new, translations[old]) for old, new in pairs], desk, site)
    return sorted((now - before).keys() - _HARMLESS)


def _errors(pairs: "list[tuple[Part, str]]", desk: Desk, site: Site) -> Counter[str]:
    messages = tuple(
        Message(text, (translation,), msgctxt=context)
        for (context, text), translation in pairs
    )
    header = desk.catalog.header if desk.catalog else Message("")
    found = find(
        site,
        desk.locale,
        Catalog(header, messages),
        file=desk.file,
        least=Severity.ERROR,
    )
    return Counter(each.check for each in found if each.msgid is not None)
