"""
The editions of locales that a build with `--lang` leaves as they were.

Their pages keep the text of the last build; only what refers to other pages follows.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline import registry
from pipeline.errors import PublishError
from pipeline.formats import compose
from pipeline.model.article import Article
from pipeline.model.page import State
from pipeline.model.site import Site
from pipeline.store.state import read_editions, write_editions
from pipeline.workflow.decide import Decision


def remember(site: Site, locale: str, decisions: Iterable[Decision]) -> None:
    """Keep what goes out in a locale, as text. Raises StoreError."""
    editions = {
        each.article.domain: {
            "text": compose(each.article),
            "path": each.article.path,
            "format": each.article.format,
            "slug": each.slug,
            "state": str(each.state),
            "reviewed": each.reviewed,
        }
        for each in decisions
        if each.goes_out
    }
    write_editions(Path(site.root), locale, editions)


def remembered(
    site: Site, locale: str, living: Mapping[str, Article]
) -> tuple[Decision, ...] | None:
    """
    What went out in a locale at the last build, of articles that still exist.

    None if that is not known: `.publish/` was deleted, is damaged, or was written by
    another version.
    """
    editions = read_editions(Path(site.root), locale)
    if editions is None:
        return None
    found: list[Decision] = []
    for domain, edition in editions.items():
        if domain not in living:
            continue
        try:
            found.append(_decision(domain, locale, edition))
        except (PublishError, LookupError, TypeError, ValueError):
            return None
    return tuple(found)


def _decision(domain: str, locale: str, edition: Mapping[str, object]) -> Decision:
    format_ = registry.formats()[str(edition["format"])]
    article = format_.parse(
        str(edition["text"]), path=str(edition["path"]), domain=domain
    )
    reviewed = edition["reviewed"]
    return Decision(
        article,
        locale,
        State(str(edition["state"])),
        str(edition["slug"]),
        reviewed=str(reviewed) if reviewed else None,
    )
