"""The address that an article has in a locale: by its own words, else by its file."""

from collections.abc import Callable

from pipeline.model.article import Article
from pipeline.model.catalog import Message
from pipeline.slugs import slugify
from pipeline.workflow.desk import Desk


def source_slug(article: Article, source_locale: str) -> str:
    """The address in the source locale: front matter `slug`, else the file's name."""
    given = slugify(str(article.meta.get("slug") or ""), locale=source_locale)
    return given or slugify(article.stem, locale=source_locale) or "page"


def target_slug(
    article: Article, desk: Desk, *, accept: Callable[[Message], bool] | None = None
) -> str:
    """
    The translated address; empty or fuzzy means the file's name.

    It never holds an article. Where that is not published in full, though, its address
    is in the translation's words only if `accept` accepts them.
    """
    entry = desk.catalog.find(article.stem, "slug") if desk.catalog else None
    usable = entry.msgstr if entry is not None and entry.is_usable else ""
    if usable and accept is not None and entry is not None and not accept(entry):
        usable = ""
    return (
        (usable and slugify(usable, locale=desk.locale))
        or slugify(article.stem, locale=desk.locale)
        or "page"
    )
