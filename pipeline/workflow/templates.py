"""The template messages of every domain: what the sources say now."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import PublishError
from pipeline.extract import extract
from pipeline.late import dataclass
from pipeline.model.article import Article
from pipeline.model.catalog import Message
from pipeline.model.site import Site
from pipeline.render.strings import builtin_templates, template_messages
from pipeline.workflow.articles import Articles, read_articles

MESSAGES = "messages"
"""The domain of the strings of `templates/`."""


@dataclass(frozen=True, slots=True)
class Templates:
    """The articles, and the messages of each domain in the order of its text."""

    articles: Articles
    messages: Mapping[str, tuple[Message, ...]]
    errors: tuple[PublishError, ...] = ()

    @property
    def published(self) -> tuple[Article, ...]:
        """The articles that their authors do not hold back."""
        return tuple(a for a in self.articles.articles if not a.is_draft)

    def article(self, domain: str) -> Article | None:
        """The article of a domain; None for `messages`."""
        return next((a for a in self.articles.articles if a.domain == domain), None)


def theme_folders(site: Site) -> tuple[str, ...]:
    """Where templates are looked for: the site's own, then the built-in ones."""
    return (str(Path(site.root, "templates")), builtin_templates())


def read_templates(site: Site, *, drafts: bool = False) -> Templates:
    """What every domain of the site asks to be translated."""
    articles = read_articles(site)
    messages: dict[str, tuple[Message, ...]] = {}
    errors = list(articles.errors)
    for article in articles.articles:
        if drafts or not article.is_draft:
            messages[article.domain] = extract(article)
    try:
        messages[MESSAGES] = template_messages(theme_folders(site), site)
    except PublishError as error:
        errors.append(error)
    return Templates(articles, messages, tuple(errors))
