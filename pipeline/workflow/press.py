"""
The editions of a library rendered.

What would come out as it is already on the disk is left alone.
"""

from collections.abc import Iterable
from dataclasses import field
from sys import intern

from pipeline.errors import PublishError
from pipeline.late import dataclass
from pipeline.render.around import Around
from pipeline.render.library import Edition, Library
from pipeline.render.pages import render_page
from pipeline.render.theme import Theme
from pipeline.render.topics import topics_of
from pipeline.store.ledger import Made
from pipeline.workflow.batch import Batch, decided_again, record_of
from pipeline.workflow.executors import Workers, spread
from pipeline.workflow.inputs import key_of
from pipeline.workflow.pieces import Pieces
from pipeline.workflow.product import Piece
from pipeline.workflow.release import record_path
from pipeline.workflow.report import Progress
from pipeline.workflow.surroundings import Surroundings


@dataclass
class Press:
    """Renders the editions of a library."""

    pieces: Pieces
    library: Library
    theme: Theme
    faces: str
    """The key of all that editions may say of one another."""

    batch: Batch = field(init=False)
    around: Around = field(init=False)
    _surroundings: Surroundings = field(init=False)

    def __post_init__(self) -> None:
        self.batch = self.pieces.batch
        self.around = Around(self.library, self.theme)
        self._surroundings = Surroundings(
            self.library, self.batch.before, self.batch.study.concerned
        )

    def editions(self, *, workers: Workers, progress: Progress) -> list[Piece]:
        """A piece for each edition, in their order."""
        editions = self.library.editions
        pieces = [Piece()] * len(editions)
        jobs = [n for n, edition in enumerate(editions) if not self.holds(edition)]
        if jobs:
            self._put_near(jobs)
            # All pages name some, and workers would each find them for themselves.
            topics_of(self.library)
            # So they would with templates and patterns, and the next build would not
            # know what they compiled.
            first = jobs.pop(0)
            pieces[first] = self.piece(editions[first])
        # What workers open is theirs.
        self.batch.study.bodies.close()

        def work(index: int) -> Piece:
            return self.piece(editions[jobs[index]])

        for done, piece in enumerate(spread(work, len(jobs), workers=workers)):
            pieces[jobs[done]] = piece
            progress("rendering", done, len(jobs))
        return pieces

    def _put_near(self, jobs: list[int]) -> None:
        """Order them so that articles which name one another come close together."""
        library = self.library
        domains = library.domains(library.site.source_locale)
        places = {domain: place for place, domain in enumerate(domains)}
        last = len(places)
        jobs.sort(key=lambda n: places.get(library.editions[n].domain, last))

    def holds(self, edition: Edition) -> bool:
        """Whether what was made of it before is what would be made of it now."""
        name = edition_name(edition)
        before = self.pieces.before(name)
        if before is None:
            return False
        is_at_rest = self._is_at_rest(edition)
        if not is_at_rest and before.own != self._own(edition):
            return False
        # In an earlier round other editions stood around it.
        is_older = name not in self.pieces.anew
        if is_older and is_at_rest and self._surroundings.hold(edition, before):
            return True
        # A glance tells it where no other has another face, nor another text of which
        # a part is linked.
        is_alone = not any(part for _, part in before.targets)
        if is_alone and is_older and self.faces == self.batch.before.faces:
            return True
        return before.around == self._around(edition, before.targets)

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
        return self.pieces.staged(made, files.items())

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
        if all(each.line is not None for each in error.each()):
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


def edition_name(edition: Edition) -> str:
    return intern(f"{edition.locale}/{edition.domain}")
