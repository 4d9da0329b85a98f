"""
All that a template sees.

Every page and mail is given these names; a name that does not exist is an error.

`site`: `title`, `url` (absolute), `locale`, `dir`, `language` (its own name), `home`
    (link to the list of articles), `feed` (link to the Atom feed, empty where there is
    none), `assets` (link to the folder of the site, with a
    slash: `{{ site.assets }}static/site.css`), `drafts`, `preview`.
`page` (page.html): `title`, `description`, `summary` (the description, or else the
    first words of the text), `url` (absolute), `canonical`, `locale`,
    `dir`, `text_locale`, `text_dir`, `graph_locale` and `graph_alternates` (as Open
    Graph has them: `tr_TR`), `section`, `tags`, `author`, `date`, `updated` (a later
    day of change, or nothing), `minutes` (reading time), `picture` (the first one, or
    nothing: its `url`, absolute, and `alt`), `reviewed`, `reviewers` (`name`, `role`,
    and `text`: both), `state`, `kept` (the date of a text whose original is newer),
    `is_translation`, `needs_notice`, `original` (link to the page in the source's
    words), `meta` (all of the front matter), `body` (HTML), `contents` (of each heading
    `id`, `text`, and `locale` and `dir` if they are others), `foreign` (which of
    `title`, `description`, `section`, `body` are in the source's words) and of those
    words `source_locale`, `source_dir`.
`related` (page.html): cards, as on the index.
`filed` (page.html): `section` (a link, or nothing) and `tags` (links) under which the
    article is found in this language; of a link `title`, its `locale` and `dir`, `url`.
`tags` (index.html): such links to all tags, by the alphabet, each with its `count`, the
    number of articles there; `all_tags`: link to the page of all tags, empty where
    there are none.
`topic` (topic.html, the page of a tag or a section): `title`, its `locale` and `dir`,
    `all` (link to the page of all of its kind), and `cards` by the alphabet.
`topics` (topics.html, the page of all tags or all sections): links, as in `tags`.
`kind` (topic.html, topics.html): `tags` or `sections`.
`sections` (index.html): `title`, its `locale` and `dir`, `url` (link to the page of the
    section, empty where there is none), and `cards`; of a card
    `title`, `description`, `url`, `date`, `section`, `locale` and `dir` of its text,
    and `foreign`, `source_locale`, `source_dir` as on a page.
`languages` (page.html, index.html, topic.html, topics.html, root.html,
    withdrawn.html): `locale`, `dir`, `name` (its own), `url` (a link), `current`.
`alternates`: `locale` and `url` (absolute) for `rel=alternate`; `x-default` is last.
`graph` (index.html, topic.html, topics.html, root.html): `locale` and `alternates`, as
    Open Graph has them.
`data`: the page as schema.org sees it, for `application/ld+json`.
`mail` (mail.mjml, mail.txt, preface.txt): `subject`, `preheader`, `title`, `locale`,
    `dir`, `start` and `end` (`left` or `right`), `body` (HTML, in mail.txt the text),
    `unsubscribe`, `needs_notice`, `meta`.
`button` (partials/button.html): `url` and `words` of a link that stands alone in its
    paragraph of a mail.
`original` (withdrawn.html): link to the page in the source's words, or nothing.
`table` and `number` (partials/table.html): one table and its place on the page.
`callout` (partials/callout.html): a box that stands out of the text, its `body` (HTML)
    and its `kind`: `note`, `tip`, `important`, `warning` or `caution`.
`choices` (root.html): a line of HTML a language, made by `partials/choice.html`, which
    is given `choice`: `locale`, `dir`, `name`, `url`.
`url` (index.html, topic.html, topics.html, root.html): the page's own absolute
    address. missing.html, which stands where there is no page, has `site` and
    `languages` with absolute links.
`url` (redirect.html): where the page went; `canonical`: the same, absolute; `title`:
    the article's, or of what was a tag or a section the site's.

The filters `date` (`long`, `medium`, `short`, `full`), `number`, `percent` (of 0.5) and
`quoted` (in quotation marks) follow the locale;
`upper`, `lower` and `capitalize` know the two letters i of Turkish; `sha256` names what
may stand inline, for a Content-Security-Policy;
`listed` joins texts as the language does, and `isolated` keeps doses, telephone
numbers and merge fields in their order in a text that runs from right to left.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, cast

from pipeline.cldr import direction, display_name, full_locale
from pipeline.late import dataclass
from pipeline.render.addresses import page_path, page_url, relative_url
from pipeline.render.headings import Heading
from pipeline.render.library import Edition, Library
from pipeline.render.pictures import PictureView, first_picture
from pipeline.render.reading import reading_minutes
from pipeline.render.strings import TITLE_CONTEXT
from pipeline.render.summary import summary
from pipeline.render.theme import Theme
from pipeline.render.words import plain_text

if TYPE_CHECKING:
    from pipeline.render.listed import ListedCard

_EVERYTHING: Final = frozenset({"title", "description", "section", "body"})
_FEWEST_CONTENTS: Final = 3
FEED: Final = "feed.xml"
"""The name of a locale's feed, below its folder."""


@dataclass(frozen=True, slots=True)
class SiteView:
    """The site, seen from one page."""

    title: str
    url: str
    locale: str
    dir: str
    language: str
    home: str
    feed: str
    assets: str
    drafts: bool
    preview: bool


@dataclass(frozen=True, slots=True)
class ContentsView:
    """A line of the table of contents."""

    id: str
    text: str
    locale: str = ""
    dir: str = ""


@dataclass(frozen=True, slots=True)
class ReviewerView:
    """Who approved a translation."""

    name: str
    role: str
    text: str
    """Both, as a list of names has them."""


@dataclass(frozen=True, slots=True)
class PageView:
    """The article of the page."""

    title: str
    description: str
    summary: str
    url: str
    canonical: str
    locale: str
    dir: str
    text_locale: str
    text_dir: str
    graph_locale: str
    graph_alternates: tuple[str, ...]
    source_locale: str
    source_dir: str
    foreign: frozenset[str]
    section: str
    tags: tuple[str, ...]
    author: str
    updated: date | None
    date: date | None
    picture: PictureView | None
    minutes: int
    reviewed: str | None
    reviewers: tuple["ReviewerView", ...]
    state: str
    kept: str
    original: str
    is_translation: bool
    needs_notice: bool
    meta: Mapping[str, object]
    body: str
    contents: tuple[ContentsView, ...]


@dataclass(frozen=True, slots=True)
class CardView:
    """An article as a list shows it."""

    title: str
    description: str
    url: str
    date: date | None
    section: str
    locale: str
    dir: str
    source_locale: str
    source_dir: str
    foreign: frozenset[str]


@dataclass(frozen=True, slots=True)
class SectionView:
    """The articles of one section; the title is empty for those of none."""

    title: str
    cards: tuple["ListedCard", ...]
    locale: str
    dir: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class TopicLinkView:
    """A tag or a section as the pages of its articles link it."""

    title: str
    url: str
    locale: str
    dir: str


@dataclass(frozen=True, slots=True)
class CountedLinkView(TopicLinkView):
    """A tag or a section as lists link it, and how many articles have it."""

    # On the page of an article the number would change that page with each other one.
    count: int


@dataclass(frozen=True, slots=True)
class TopicView:
    """A tag or a section on its own page."""

    title: str
    locale: str
    dir: str
    all: str
    cards: tuple["ListedCard", ...]


@dataclass(frozen=True, slots=True)
class FiledView:
    """Under which section and tags an article is found."""

    section: TopicLinkView | None
    tags: tuple[TopicLinkView, ...]


@dataclass(frozen=True, slots=True)
class LanguageView:
    """A language in which the same can be read."""

    locale: str
    dir: str
    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class AlternateView:
    """An absolute address and its language, for search engines."""

    locale: str
    url: str


@dataclass(frozen=True, slots=True)
class GraphView:
    """The language of a list, and those in which it is too, as Open Graph has them."""

    locale: str
    alternates: tuple[str, ...]


def site_view(library: Library, theme: Theme, locale: str, *, path: str) -> SiteView:
    """The site as a page at `path` sees it."""
    up = "../" * path.count("/")
    # Where all pages of a locale are withdrawn, there is no list of them either.
    home = f"{locale}/index.html" if library.has_list(locale) else "index.html"
    return SiteView(
        title=site_title(library, theme, locale),
        url=library.site.base_url,
        locale=locale,
        dir=direction(locale),
        language=display_name(locale),
        home=relative_url(home, start=path),
        feed=(
            relative_url(f"{locale}/{FEED}", start=path)
            if library.has_news(locale)
            else ""
        ),
        assets=up or "./",
        drafts=library.drafts,
        preview=library.preview,
    )


def article_site(library: Library, theme: Theme, locale: str) -> SiteView:
    """The site as the pages of all articles of a locale see it."""
    name = f"site of {locale}"
    known = cast("tuple[Theme, SiteView] | None", library.remembered.get(name))
    if known is None or known[0] is not theme:
        path = f"{locale}/-/index.html"
        known = theme, site_view(library, theme, locale, path=path)
        library.remembered[name] = known
    return known[1]


def site_title(library: Library, theme: Theme, locale: str) -> str:
    """The site's title in a locale, where it is translated."""
    title = theme.strings(locale).gettext(library.site.title, TITLE_CONTEXT)
    return plain_text(title, locale=locale)


def page_view(
    edition: Edition, library: Library, body: str, headings: tuple[Heading, ...]
) -> PageView:
    """The article of a page."""
    from markupsafe import Markup

    spoken, source = library.text_locale(edition), library.site.source_locale
    borrows = spoken != edition.locale
    return PageView(
        title=edition.heading,
        description=edition.text("description"),
        summary=summary(edition, body),
        url=page_url(library, edition),
        canonical=canonical_url(edition, library),
        locale=edition.locale,
        dir=direction(edition.locale),
        text_locale=spoken,
        text_dir=direction(spoken),
        graph_locale=full_locale(spoken),
        graph_alternates=tuple(
            full_locale(other.locale)
            for other in library.alternates(edition.domain)
            if other.locale != spoken and not library.drafts
        ),
        source_locale=source,
        source_dir=direction(source),
        foreign=_EVERYTHING if borrows else edition.foreign,
        section=edition.text("section"),
        tags=edition.tags,
        author=edition.text("author"),
        date=edition.day,
        updated=edition.updated,
        picture=first_picture(body, page=page_url(library, edition)),
        minutes=reading_minutes(body),
        reviewed=edition.reviewed,
        reviewers=tuple(
            _reviewer_view(plain_text(name), plain_text(role))
            for name, role in edition.reviewers
        ),
        state=str(edition.state),
        kept=edition.kept,
        original=original_url(edition, library),
        is_translation=spoken != source,
        needs_notice=needs_notice(edition, library),
        meta=edition.article.meta,
        body=Markup(body),  # noqa: S704 - it came through the gate
        contents=contents(headings),
    )


def _reviewer_view(name: str, role: str) -> ReviewerView:
    return ReviewerView(name, role, f"{name} ({role})" if role else name)


def original_url(edition: Edition, library: Library) -> str:
    """A link to the page in the source's words; nothing where there is none."""
    source = library.find(edition.domain, library.site.source_locale)
    if source is None or source.is_mail or source.is_same(edition):
        return ""
    return relative_url(page_path(source), start=page_path(edition))


def canonical_url(edition: Edition, library: Library) -> str:
    """The page's own address, or that of the page whose text it shows."""
    source = library.find(edition.domain, library.site.source_locale)
    borrows = library.text_locale(edition) != edition.locale
    return page_url(library, source if borrows and source else edition)


def needs_notice(edition: Edition, library: Library) -> bool:
    """
    Whether readers must be told that no clinician has approved this translation.

    Where approval is required, what is out is approved.
    """
    translated = library.text_locale(edition) != library.site.source_locale
    approved = edition.approved
    if approved is None:
        approved = edition.reviewed is not None or library.site.require == "approved"
    return translated and (library.drafts or not approved)


def contents(headings: tuple[Heading, ...]) -> tuple[ContentsView, ...]:
    """The table of contents: the highest headings, or those below too if few."""
    if len(headings) < _FEWEST_CONTENTS:
        return ()
    highest = min(heading.level for heading in headings)
    listed = [heading for heading in headings if heading.level == highest]
    if len(listed) < _FEWEST_CONTENTS:
        listed = [heading for heading in headings if heading.level <= highest + 1]
    if len(listed) < _FEWEST_CONTENTS:
        return ()
    return tuple(
        ContentsView(heading.id, heading.text, heading.locale, heading.dir)
        for heading in listed
    )
