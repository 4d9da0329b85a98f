"""Editions, libraries and themes for the tests of rendering, made of literal texts."""

from datetime import date

from pipeline.cldr import plural_forms
from pipeline.model.article import Article
from pipeline.model.catalog import Catalog, Message
from pipeline.model.site import MailSettings, Site
from pipeline.render.library import Edition, Library
from pipeline.render.strings import builtin_templates
from pipeline.render.theme import Theme

SITE = Site(
    root="/site",
    title="Clinic Library",
    base_url="https://clinic.example/health/",
    locales=("tr", "ar"),
    mail=MailSettings(
        sender="Clinic <info@clinic.example>",
        to="Patient <patient@clinic.example>",
        unsubscribe="https://clinic.example/unsubscribe",
    ),
)


def edition(
    domain: str = "articles/scalp",
    locale: str = "en",
    html: str = "<p>Text.</p>",
    **values: object,
) -> Edition:
    """An article in a locale; what is not a field of the edition is front matter."""
    stem = domain.rpartition("/")[2]
    title = str(values.pop("title", f"{stem.title()} {locale}"))
    slug = str(values.pop("slug", stem if locale == "en" else f"{stem}-{locale}"))
    fields = {
        name: values.pop(name)
        for name in ("faq", "reviewed", "reviewers", "state", "foreign", "kept")
        if name in values
    }
    meta = {"date": date(2026, 5, 4)} | values
    path = f"source/{domain}.md"
    article = Article(path, domain, "markdown", (), meta)
    return Edition(article, locale, slug, title, html, **fields)  # type: ignore[arg-type]  # test data


def library(*editions: Edition, **values: object) -> Library:
    site = values.pop("site", SITE)
    return Library(site, editions, **values)  # type: ignore[arg-type]  # test data


def catalog(texts: dict[str, str], locale: str = "tr", **values: object) -> Catalog:
    """A catalog of `messages` with these translations."""
    header = Message("", (f"Plural-Forms: {plural_forms(locale)}\n",))
    messages = (
        Message(msgid, (msgstr,), **values)  # type: ignore[arg-type]  # test data
        for msgid, msgstr in texts.items()
    )
    return Catalog(header, tuple(messages))


def theme(*folders: str, **catalogs: Catalog) -> Theme:
    """The built-in templates, after those of other folders."""
    return Theme((*folders, builtin_templates()), catalogs)
