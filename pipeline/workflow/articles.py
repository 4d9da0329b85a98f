"""Every article of a site, read and cut; a bad one never stops the others."""

from collections.abc import Collection, Mapping
from dataclasses import field
from typing import Final

from pipeline import registry
from pipeline.errors import PublishError, SourceError, UsageError
from pipeline.formats import Format
from pipeline.late import dataclass
from pipeline.model.article import Article
from pipeline.model.site import Site
from pipeline.store.sources import SourceFile, find_sources, read_source

_NEAR: Final = 3
_MOST: Final = 20
"""Names in the hint of an error."""


@dataclass(frozen=True, slots=True)
class Articles:
    """What could be read, and why the rest could not."""

    articles: tuple[Article, ...]
    errors: tuple[PublishError, ...] = ()
    domains: frozenset[str] = frozenset()
    """Every domain that has a file, readable or not."""

    paths: Mapping[str, str] = field(default_factory=dict)
    """The domain of every article by its path, readable or not."""


def read_articles(site: Site) -> Articles:
    """The site's articles, in the order of their domains."""
    sources = find_sources(site, registry.format_suffixes())
    articles: list[Article] = []
    errors: list[PublishError] = list(sources.errors)
    for file in sources.files:
        try:
            articles.append(read_article(site, file))
        except PublishError as error:
            errors.append(error)
    return Articles(tuple(articles), tuple(errors), sources.domains, sources.paths)


def read_article(site: Site, file: SourceFile) -> Article:
    """One article. Raises SourceError with path and line."""
    text = read_source(site, file)
    format_ = registry.format_named(file.format)
    article = format_.parse(text, path=file.path, domain=file.domain)
    if article.kind == "mail" and not {"title", "subject"} & article.meta.keys():
        raise SourceError(
            "a mail without a subject",
            path=file.path,
            line=1,
            hint="write `subject:` or `title:` into its front matter",
        )
    return article


def format_of(article: Article) -> Format:
    """The format that cut it."""
    return registry.format_named(article.format)


def require_known(names: tuple[str, ...], known: frozenset[str]) -> tuple[str, ...]:
    """
    The domains that a person names: `articles/x`, `source/articles/x.md`, or `x`.

    Raises UsageError naming the known ones.
    """
    return tuple(_require_known(name, known) for name in names)


def _require_known(name: str, known: frozenset[str]) -> str:
    bare = name.removeprefix("./").removeprefix("source/")
    candidates = {bare, bare.rpartition(".")[0]} & known
    if not candidates:
        candidates = {d for d in known if d.rpartition("/")[2] == bare}
    if len(candidates) == 1:
        return candidates.pop()
    raise UsageError(
        f"unknown article {name!r}" if not candidates else f"{name!r} is not one only",
        hint=_named(candidates) if candidates else _suggested(bare, known),
    )


def _suggested(name: str, known: frozenset[str]) -> str:
    """The articles whose names resemble it first, by path or by file."""
    from difflib import get_close_matches

    names = {each.rpartition("/")[2].casefold(): each for each in sorted(known)}
    names |= {each.casefold(): each for each in known}
    asked = name.casefold()
    near = [each for each in names if asked and asked in each]
    near += get_close_matches(asked, names, n=_NEAR * 2)
    close = list(dict.fromkeys(names[each] for each in near))[:_NEAR]
    meant = f"did you mean {' or '.join(close)}? " if close else ""
    return f"{meant}{_named(known)}"


def _named(names: Collection[str]) -> str:
    shown = sorted(names)
    more = len(shown) - _MOST
    rest = f" and {more} more; see `publish status`" if more > 0 else ""
    return f"known are {', '.join(shown[:_MOST])}{rest}"
