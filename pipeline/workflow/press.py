"""
The editions of a library rendered, and what belongs to none of them.

What would come out as it is already on the disk is left alone.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import Final

from pipeline.errors import PublishError, StoreError
from pipeline.late import dataclass
from pipeline.render.around import Around
from pipeline.render.cards import forget_cards, learn_cards
from pipeline.render.library import Edition, Library, Listed
from pipeline.render.moved import left_topics
from pipeline.render.pages import render_page
from pipeline.render.site import lists_face, render_lists, render_signs, render_site
from pipeline.render.sitemap import SITEMAP
from pipeline.render.theme import Theme
from pipeline.render.topic_pages import (
    TopicPage,
    in_order,
    render_topic_page,
    topic_face,
    topic_pages,
)
from pipeline.render.topics import topics_of
from pipeline.render.views import FEED
from pipeline.store.dist import stage
from pipeline.store.files import read_bytes
from pipeline.store.ledger import ASIDE, Made, MadeFile, Order, made_line, read_made
from pipeline.store.table import Table
from pipeline.workflow.batch import (
    Batch,
    decided_again,
    keys_of_faces,
    record_of,
)
from pipeline.workflow.cards import keep_cards, known_cards
from pipeline.workflow.executors import Workers, spread
from pipeline.workflow.inputs import key_of
from pipeline.workflow.pictures import (
    fault_in,
    fault_note,
    fault_of,
    without_pictures,
)
from pipeline.workflow.product import Piece
from pipeline.workflow.release import digest, record_path
from pipeline.workflow.report import Progress
from pipeline.workflow.surroundings import Surroundings
from pipeline.workflow.templates import theme_folders

_LIST: Final = "list of "
"""Begins the names of the lists of the articles of a locale."""


@dataclass
class Press:
    """Renders the editions of a library, and what belongs to none of them."""

    batch: Batch
    library: Library
    theme: Theme
    known: Table[str, Made]
    """What was made before, whether it is still there or not."""

    anew: Container[str] = ()
    """The names of what this build made in an earlier round."""

    faces: str = ""
    """The key of all that editions may say of one another, if it is known."""

    around: Around = field(init=False)
    _surroundings: Surroundings = field(init=False)
    _faces: Mapping[str, str] = field(default_factory=dict, init=False)
    """By locale, the key of all that others may say of its pages."""

    _broken: list[str] = field(default_factory=list, init=False)
    """What is to be said of pictures that cannot be read."""

    def __post_init__(self) -> None:
        if not self.faces:
            self.faces, self._faces = keys_of_faces(self.library)
        self.around = Around(self.library, self.theme)
        batch = self.batch
        self._surroundings = Surroundings(
            self.library, batch.before, batch.study.concerned
        )

    def editions(self, *, workers: Workers, progress: Progress) -> list[Piece]:
        """A piece for each edition, in their order."""
        editions = self.library.editions
        pieces = [Piece()] * len(editions)
        jobs = [n for n, edition in enumerate(editions) if not self.holds(edition)]
        if jobs:
            # All pages name some, and workers would each find them for themselves.
            topics_of(self.library)
        # What workers open is theirs.
        self.batch.study.bodies.close()

        def work(index: int) -> Piece:
            return self.piece(editions[jobs[index]])

        for done, piece in enumerate(spread(work, len(jobs), workers=workers)):
            pieces[jobs[done]] = piece
            progress("rendering", done, len(jobs))
        return pieces

    def holds(self, edition: Edition) -> bool:
        """Whether what was made of it before is what would be made of it now."""
        name = edition_name(edition)
        before = self._before(name)
        if before is None:
            return False
        is_at_rest = self._is_at_rest(edition)
        if not is_at_rest and before.own != self._own(edition):
            return False
        # In an earlier round other editions stood around it.
        is_older = name not in self.anew
        if is_older and is_at_rest and self._surroundings.hold(edition, before):
            return True
        # A glance tells it where no other has another face, nor another text of which
        # a part is linked.
        is_alone = not any(part for _, part in before.targets)
        if is_alone and is_older and self.faces == self.batch.before.faces:
            return True
        return before.around == self._around(edition, before.targets)

    def _before(self, name: str) -> Made | None:
        """What was made of a thing before, if nobody has touched it since."""
        # Not kept: together they are a large part of what a build has in memory.
        made = self.known.read(name)
        if made is None or name in self.anew:
            return made
        stamps = self.batch.stamps
        is_there = all(stamps.get(file.path) == file.stamp for file in made.files)
        return made if is_there else None

    def _is_at_rest(self, edition: Edition) -> bool:
        """Whether nothing was saved that its own key follows from."""
        batch, locale = self.batch, edition.locale
        words = batch.before.words.get(locale)
        has_words = words is not None and words.key == batch.words.key(locale)
        return has_words and batch.study.is_at_rest(edition.domain, locale)

    def _own(self, edition: Edition) -> str:
        """The key of an edition by itself."""
        batch = self.batch
        return key_of(
            (
                batch.study.base,
                batch.words.key(edition.locale),
                edition.version,
                edition.article.path,
                edition.slug,
                str(edition.state),
                str(edition.reviewed),
                repr(edition.reviewers),
                str(edition.approved),
                edition.kept,
                repr(sorted(edition.foreign)),
            ),
        )

    def _around(self, edition: Edition, targets: Iterable[tuple[str, bool]]) -> str:
        """The key of all that an edition says of others."""
        return key_of((self.around.of(edition, targets),))

    def piece(self, edition: Edition) -> Piece:
        """What is made of an edition, written aside, or why nothing can be."""
        try:
            files, assets, targets = self._rendered(edition)
        except PublishError as error:
            return Piece(error=error)
        around = self._around(edition, targets)
        made = Made(self._own(edition), around, (), assets, targets)
        return self._staged(made, files.items())

    def _rendered(
        self, edition: Edition
    ) -> tuple[
        dict[str, bytes], tuple[tuple[str, str], ...], tuple[tuple[str, bool], ...]
    ]:
        top = self.batch.top
        whole = self.library.whole(edition)
        try:
            if edition.is_mail:
                # What writes mails is heavy, and most builds write none.
                from pipeline.render.mails import render_mail

                mail = render_mail(whole, self.library, self.theme)
                stem = f"{top}/mail/{edition.locale}/{edition.slug}"
                files = {
                    f"{stem}.eml": mail.eml,
                    f"{stem}.html": mail.html.encode(),
                    f"{stem}.txt": mail.text.encode(),
                }
                return files | self._record(edition), (), mail.targets
            page = render_page(whole, self.library, self.theme)
        except PublishError as error:
            raise self._located(edition, error) from error
        assets = tuple((source, f"{top}/site/{to}") for source, to in page.assets)
        files = {f"{top}/site/{page.path}": page.html.encode()}
        return files | self._record(edition), assets, page.targets

    def _record(self, edition: Edition) -> dict[str, bytes]:
        """Who let each sentence of it go out; a draft is nobody's word yet."""
        if self.batch.draft:
            return {}
        record = record_of(edition, self.batch)
        return {f"dist/{record_path(edition.locale, edition.domain)}": record}

    def _located(self, edition: Edition, error: PublishError) -> PublishError:
        """The error with its line, which only the whole article knows."""
        if error.line is not None:
            return error
        whole = decided_again(edition, self.batch)
        try:
            if edition.is_mail:
                from pipeline.render.mails import render_mail

                render_mail(whole, self.library, self.theme)
            else:
                render_page(whole, self.library, self.theme)
        except PublishError as again:
            return again
        return error

    @property
    def notes(self) -> tuple[str, ...]:
        """What people should know of topics and pictures; nothing of drafts."""
        if self.batch.draft:
            return ()
        if self._lists_hold:
            notes = without_pictures(self.batch.before.notes)
        else:
            notes = topics_of(self.library).notes
        return (*notes, *self._broken)

    @property
    def listed(self) -> tuple[Listed, ...]:
        """The tags and sections that have a page; none of a draft is ever out."""
        if self.batch.draft:
            return ()
        topics = topics_of(self.library).by_locale
        return tuple(
            Listed(locale, kind, slug)
            for locale, found in topics.items()
            for kind, slug in found
        )

    @property
    def order(self) -> Order:
        """What the next build may know of the library without its editions."""
        last, order = self.batch.before.order, self.library.order
        assets = sorted(self.library.assets)
        if last and self._lists_hold:
            return Order(order.shelves, order.news, last.topics, assets, last.said)
        topics = topics_of(self.library)
        return Order(order.shelves, order.news, topics.names(), assets, topics.said())

    def others(
        self, assets: Mapping[tuple[str, str], str]
    ) -> Iterator[tuple[str, Piece]]:
        """
        Lists, the choice of language, redirects, static files and assets; `assets` has
        the name of one thing that shows each.
        """
        batch = self.batch
        if self._lists_hold:
            # Finding the topics of a large site takes longer than rendering a page.
            for name in ("lists", *self._lists_before()):
                yield name, Piece()
        else:
            yield "lists", self._kept_or("lists", self._lists_key, self._lists)
            for locale in self.library.locales:
                yield from self._listing(locale)
        static = key_of((batch.study.base, batch.words.theme))
        yield "static", self._kept_or("static", static, lambda: _static(batch).items())
        root = Path(batch.site.root)
        self._look_at_pictures(assets)
        for source, target in sorted(assets):
            own = batch.study.inputs.digest(source)

            def read(
                source: str = source, target: str = target
            ) -> list[tuple[str, bytes]]:
                return [(target, read_bytes(root / source, root=root))]

            yield f"={target}", self._kept_or(f"={target}", own, read)

    def _look_at_pictures(self, assets: Mapping[tuple[str, str], str]) -> None:
        """Note which are broken; those that are in their places were looked at."""
        root = Path(self.batch.site.root)
        told = self.batch.before.notes
        for (source, target), name in sorted(assets.items()):
            is_known = self._before(f"={target}") is not None
            fault = fault_in(told, source) if is_known else fault_of(root, source)
            if fault:
                locale, _, domain = name.partition("/")
                shown = self.library.find(domain, locale)
                article = shown.article.path if shown else source
                self._broken.append(fault_note(root, source, article, fault))

    @cached_property
    def _lists_hold(self) -> bool:
        """Whether all that lists anything, topics included, is as it was."""
        lists = self._before("lists")
        is_same = lists is not None and lists.own == self._lists_key
        return is_same and all(map(self._before, self._lists_before()))

    def _lists_before(self) -> Iterator[str]:
        starts = ("#", _LIST)
        return (name for name in self.batch.before.made if name.startswith(starts))

    @cached_property
    def _lists_key(self) -> str:
        """The key of lists, and so of all that a page of a topic shows."""
        batch, library = self.batch, self.library
        tags = (*library.locales, *(each.locale for each in library.withdrawn))
        words = (batch.words.key(tag) for tag in dict.fromkeys(tags))
        return key_of(
            (
                batch.study.base,
                self.faces,
                repr(library.redirects),
                repr(left_topics(library)),
                *(str(edition.reviewed) for edition in library.editions),
                repr(library.withdrawn),
                *words,
            ),
        )

    def _lists(self) -> Iterator[tuple[str, bytes]]:
        """One after the other: those of a large site are too much together."""
        top = f"{self.batch.top}/site"
        for page in render_site(self.library, self.theme):
            yield f"{top}/{page.path}", page.html.encode()
        for path, data in render_signs(self.library):
            yield f"{top}/{path}", data

    def _listing(self, locale: str) -> Iterator[tuple[str, Piece]]:
        """All that shows cards of the articles of a locale."""
        with self._known_cards(locale):
            yield f"{_LIST}{locale}", self._list(locale)
            for page in topic_pages(self.library, locale):
                yield f"#{page.path}", self._topic(page)

    @contextmanager
    def _known_cards(self, locale: str) -> Iterator[None]:
        """The cards of a locale, as they are known and from now on."""
        root, key = Path(self.batch.site.root), self.batch.words.key(locale)
        cards = known_cards(root, self.batch.kind, locale, key)
        learn_cards(self.library, cards)
        yield
        keep_cards(root, self.batch.kind, key, cards)
        forget_cards(self.library)

    def _list(self, locale: str) -> Piece:
        """The list of the articles of a locale, and its feed."""
        batch, library = self.batch, self.library
        around = repr(lists_face(locale, library))
        faces = self._faces.get(locale, "")
        own = key_of((batch.study.base, batch.words.key(locale), around, faces))

        def render() -> Iterator[tuple[str, bytes]]:
            for path, text in render_lists(locale, self.library, self.theme):
                yield f"{self.batch.top}/site/{path}", text.encode()

        return self._kept_or(f"{_LIST}{locale}", own, render)

    def lists_again(
        self,
        locale: str,
        topics: Iterable[TopicPage],
        own: str,
        *,
        feed_holds: Callable[[str], bool],
    ) -> Iterator[tuple[str, Piece]]:
        """
        The list of the articles of a locale, and these pages of topics, made anew.

        `own` tells what they show from what they showed in any other build, and
        `feed_holds` of the text of a feed whether it is the same.
        """
        name, path = f"{_LIST}{locale}", f"{locale}/{FEED}"
        is_there = len(self.known[name].files) > 1
        holds = is_there and feed_holds(self._text(path))
        with self._known_cards(locale):
            made = render_lists(locale, self.library, self.theme, feed_holds=holds)
            yield name, self._again(name, own, made)
            for page in topics:
                yield f"#{page.path}", self._topic_page(page, own)

    def sitemap_again(self, own: str, change: Callable[[str], str]) -> Piece:
        """What belongs to the whole site, of which the sitemap alone is another."""
        text = change(self._text(SITEMAP))
        return self._again("lists", own, [(SITEMAP, text)])

    def _text(self, path: str) -> str:
        """What the last build wrote for the site."""
        root = Path(self.batch.site.root)
        return read_bytes(root / f"{self.batch.top}/site/{path}", root=root).decode()

    def _again(self, name: str, own: str, files: Iterable[tuple[str, str]]) -> Piece:
        """What was made before, with these files of the site instead."""
        before, top = self.known[name], f"{self.batch.top}/site"
        data = ((f"{top}/{path}", text.encode()) for path, text in files)
        staged = read_made(self._staged(before, data).made)
        new = {file.path: file for file in staged.files}
        there = {file.path: file for file in before.files}
        files_now = tuple((there | new).values())
        return Piece(made_line(before._replace(own=own, files=files_now)))

    def _topic(self, page: TopicPage) -> Piece:
        """A page of a tag or a section: made again where what it shows is another."""
        batch, library = self.batch, self.library
        # Its languages, and whether the locale has a feed, are told by no card.
        around = (library.locales, library.has_news(page.locale))
        face = (around, topic_face(page, library))
        own = key_of((batch.study.base, batch.words.key(page.locale), repr(face)))
        return self._topic_page(page, own)

    def _topic_page(self, page: TopicPage, own: str) -> Piece:
        top, topic = f"{self.batch.top}/site", page.topic
        listed: tuple[tuple[str, bool], ...] = ()
        before = self._before(f"#{page.path}")
        if topic is not None and (before is None or before.own != own):
            topic = in_order(topic, self.library)
            listed = tuple((domain, False) for domain in topic.domains)
            page = TopicPage(page.locale, page.kind, topic)

        def render() -> list[tuple[str, bytes]]:
            made = render_topic_page(page, self.library, self.theme)
            return [(f"{top}/{made.path}", made.html.encode())]

        return self._kept_or(f"#{page.path}", own, render, listed=listed)

    def _kept_or(
        self,
        name: str,
        own: str,
        make: Callable[[], Iterable[tuple[str, bytes]]],
        *,
        listed: tuple[tuple[str, bool], ...] = (),
    ) -> Piece:
        before = self._before(name)
        if before is not None and before.own == own:
            return Piece()
        try:
            files = make()
        except StoreError as error:
            return Piece(error=error)
        return self._staged(Made(own, "", (), targets=listed), files)

    def _staged(self, made: Made, files: Iterable[tuple[str, bytes]]) -> Piece:
        root = Path(self.batch.site.root)
        written: list[MadeFile] = []
        for path, data in files:
            name = digest(data)
            stamp = self.batch.stamps.get(path, (len(data), 0))
            if stage(root, path, data, digest=name):
                stamp = (len(data), ASIDE)
            written.append(MadeFile(path, *stamp, name))
        return Piece(made_line(made._replace(files=tuple(written))))


def _static(batch: Batch) -> dict[str, bytes]:
    """`templates/static/`, the site's own files before the built-in ones."""
    found: dict[str, bytes] = {}
    for folder in map(Path, theme_folders(batch.site)):
        static = folder / "static"
        if not static.is_dir():
            continue
        for path in sorted(static.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                name = path.relative_to(static).as_posix()
                target = f"{batch.top}/site/static/{name}"
                found.setdefault(target, read_bytes(path, root=folder.parent))
    return found


def edition_name(edition: Edition) -> str:
    return f"{edition.locale}/{edition.domain}"
