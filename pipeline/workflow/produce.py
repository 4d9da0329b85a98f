"""
Decisions into files: every page, mail, list and picture of a build.

What would come out as it is already on the disk is left alone; the rest is written
aside, and put in its place when all of it is made.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from pipeline import registry
from pipeline.errors import PublishError, StoreError, TemplateError
from pipeline.model.page import State
from pipeline.model.site import Site
from pipeline.render.library import Edition, Library, Redirect
from pipeline.render.links import link_answer
from pipeline.render.pages import (
    Surroundings,
    page_surroundings,
    render_page,
)
from pipeline.render.site import render_signs, render_site
from pipeline.render.theme import Theme
from pipeline.store.dist import place, stage
from pipeline.store.files import read_bytes
from pipeline.store.ledger import Ledger, Made, MadeFile
from pipeline.store.published import History
from pipeline.store.sources import list_assets
from pipeline.store.state import Stamp
from pipeline.workflow.articles import format_of
from pipeline.workflow.decide import Decision
from pipeline.workflow.executors import spread
from pipeline.workflow.inputs import key_of
from pipeline.workflow.release import digest
from pipeline.workflow.report import Progress
from pipeline.workflow.study import Study, unpacked
from pipeline.workflow.templates import theme_folders
from pipeline.workflow.words import Words


def output_path(locale: str, slug: str, *, kind: str, draft: bool) -> str:
    """Where a page or a mail goes, below the site's root."""
    top = "dist/draft" if draft else "dist"
    if kind == "mail":
        return f"{top}/mail/{locale}/{slug}.eml"
    return f"{top}/site/{locale}/{slug}/index.html"


@dataclass(frozen=True, slots=True)
class Product:
    """The files of a build, not yet in their places, and what could not be made."""

    made: Mapping[str, Made]
    """By the name of what they were made of."""

    staged: Mapping[str, str]
    """Where those lie that are to be written, by path below the root."""

    faces: str
    errors: tuple[PublishError, ...] = ()
    failed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Why an article in a locale could not be rendered."""

    @property
    def files(self) -> dict[str, str]:
        """The digest of every file of the set, by path below the root."""
        return {
            file.path: file.digest for made in self.made.values() for file in made.files
        }

    @property
    def stamps(self) -> dict[str, Stamp]:
        """The stamp of every file of the set that is in its place."""
        return {
            file.path: file.stamp for made in self.made.values() for file in made.files
        }

    def settle(self, root: Path) -> "Product":
        """Put every file in its place. Raises StoreError."""
        stamps: dict[str, Stamp] = {}
        for path, staged in sorted(self.staged.items()):
            stamps[path] = place(root, staged, path)
        return replace(
            self,
            made={name: _stamped(made, stamps) for name, made in self.made.items()},
        )


def _stamped(made: Made, stamps: Mapping[str, Stamp]) -> Made:
    if not any(file.path in stamps for file in made.files):
        return made
    files = (
        MadeFile(file.path, *stamps.get(file.path, file.stamp), file.digest)
        for file in made.files
    )
    return made._replace(files=tuple(files))


@dataclass(frozen=True, slots=True)
class _Piece:
    """What was made of one thing, small enough to come back from a worker."""

    made: Made | None = None
    """None: what was made before still holds."""

    staged: tuple[tuple[str, str], ...] = ()
    error: PublishError | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be rendered, and how."""

    site: Site
    decisions: Sequence[Decision]
    paths: Mapping[str, str]
    """The domain of every article by its path."""

    words: Words
    histories: Mapping[str, History]
    study: Study
    before: Ledger
    stamps: Mapping[str, Stamp]
    """Of every file that is in `dist/` now."""

    draft: bool = False
    preview: bool = False
    _by_key: dict[tuple[str, str], Decision] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for decision in self.decisions:
            self._by_key[decision.article.domain, decision.locale] = decision

    def decision(self, edition: Edition) -> Decision:
        """The decision that an edition comes from."""
        return self._by_key[edition.domain, edition.locale]

    @property
    def top(self) -> str:
        """The folder of the outputs, below the root."""
        return "dist/draft" if self.draft else "dist"

    def intact(self) -> dict[str, Made]:
        """What the last build made and nobody has touched since."""
        return {
            name: made
            for name, made in self.before.made.items()
            if all(self.stamps.get(file.path) == file.stamp for file in made.files)
        }


def produce(batch: Batch, *, workers: int, progress: Progress) -> Product:
    """
    Render what is not there yet.

    An edition that cannot be rendered is left out, and what refers to it is rendered
    once more. Raises TemplateError where a template fails for all pages or all mails: a
    slip in it must not withdraw the whole site.
    """
    theme = Theme(
        folders=theme_folders(batch.site),
        catalogs=batch.words.catalogs,
        drafts=batch.draft,
    )
    failed: dict[tuple[str, str], PublishError] = {}
    known = batch.intact()
    staged: dict[str, str] = {}
    while True:
        left = [
            d for d in batch.decisions if (d.article.domain, d.locale) not in failed
        ]
        library = _library(batch, left)
        press = _Press(batch, library, theme, known)
        pieces = press.editions(workers=workers, progress=progress)
        broken = {
            (edition.domain, edition.locale): piece.error
            for edition, piece in zip(library.editions, pieces, strict=True)
            if piece.error is not None
        }
        for edition, piece in zip(library.editions, pieces, strict=True):
            if piece.made is not None:
                known[_name(edition)] = piece.made
                # What an earlier round wrote aside may be what lies there already.
                for file in piece.made.files:
                    staged.pop(file.path, None)
            staged.update(piece.staged)
        if not broken:
            break
        _refuse_bad_template(library, pieces)
        failed |= broken
    made = {_name(edition): known[_name(edition)] for edition in library.editions}
    errors = list(failed.values())
    for name, piece in press.others(made.values()):
        if piece.error is not None:
            errors.append(piece.error)
        else:
            staged.update(piece.staged)
            made[name] = piece.made or known[name]
    files = {file.path for each in made.values() for file in each.files}
    return Product(
        made,
        {path: name for path, name in staged.items() if path in files},
        press.faces,
        errors=tuple(errors),
        failed={key: error.message for key, error in failed.items()},
    )


def _name(edition: Edition) -> str:
    return f"{edition.locale}/{edition.domain}"


@dataclass
class _Press:
    """Renders the editions of a library, and what belongs to none of them."""

    batch: Batch
    library: Library
    theme: Theme
    known: Mapping[str, Made]
    faces: str = ""

    def __post_init__(self) -> None:
        self.faces = _faces(self.library)

    def editions(self, *, workers: int, progress: Progress) -> list[_Piece]:
        """A piece for each edition, in their order."""
        editions = self.library.editions
        pieces = [_Piece()] * len(editions)
        jobs = [n for n, edition in enumerate(editions) if not self._holds(edition)]
        # What workers open is theirs.
        self.batch.study.bodies.close()

        def work(index: int) -> _Piece:
            return self._piece(editions[jobs[index]])

        for done, piece in enumerate(spread(work, len(jobs), workers=workers)):
            pieces[jobs[done]] = piece
            progress("rendering", done, len(jobs))
        return pieces

    def _holds(self, edition: Edition) -> bool:
        """Whether a glance tells that it is as it was: no other has another face."""
        name = _name(edition)
        before = self.known.get(name)
        return (
            before is not None
            # Not from an earlier round, in which other editions stood.
            and before is self.batch.before.made.get(name)
            and self.faces == self.batch.before.faces
            and before.own == self._own(edition)
            and not any(part for _, part in before.targets)
        )

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
            ),
        )

    def _around(
        self,
        edition: Edition,
        surroundings: Surroundings,
        targets: Iterable[tuple[str, bool]],
    ) -> str:
        """The key of all that an edition says of others."""
        answers = (
            link_answer(self.library, edition.locale, path, part=part)
            for path, part in targets
        )
        return key_of((repr(surroundings), *map(repr, answers)))

    def _piece(self, edition: Edition) -> _Piece:
        own = self._own(edition)
        before = self.known.get(_name(edition))
        try:
            surroundings = page_surroundings(edition, self.library, self.theme)
            if before is not None and before.own == own:
                around = self._around(edition, surroundings, before.targets)
                if before.around == around:
                    return _Piece()
            files, assets, targets = self._rendered(edition, surroundings)
        except PublishError as error:
            return _Piece(error=error)
        around = self._around(edition, surroundings, targets)
        made = Made(own, around, (), assets, targets)
        return self._staged(made, files)

    def _rendered(
        self, edition: Edition, surroundings: Surroundings
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
                return files, (), mail.targets
            page = render_page(whole, self.library, self.theme, surroundings)
        except PublishError as error:
            raise self._located(edition, error) from error
        assets = tuple((source, f"{top}/site/{to}") for source, to in page.assets)
        return {f"{top}/site/{page.path}": page.html.encode()}, assets, page.targets

    def _located(self, edition: Edition, error: PublishError) -> PublishError:
        """The error with its line, which only the whole article knows."""
        if error.line is not None:
            return error
        whole = _decided_again(edition, self.batch)
        try:
            if edition.is_mail:
                from pipeline.render.mails import render_mail

                render_mail(whole, self.library, self.theme)
            else:
                render_page(whole, self.library, self.theme)
        except PublishError as again:
            return again
        return error

    def others(self, editions: Iterable[Made]) -> Iterator[tuple[str, _Piece]]:
        """Lists, the choice of language, redirects, static files and assets."""
        batch = self.batch
        yield "lists", self._kept_or("lists", self._lists_key(), self._lists)
        static = key_of((batch.study.base, batch.words.theme))
        yield "static", self._kept_or("static", static, lambda: _static(batch))
        assets = {pair for each in editions for pair in each.assets}
        root = Path(batch.site.root)
        for source, target in sorted(assets):
            own = batch.study.inputs.digest(source)

            def read(source: str = source, target: str = target) -> dict[str, bytes]:
                return {target: read_bytes(root / source, root=root)}

            yield f"={target}", self._kept_or(f"={target}", own, read)

    def _lists_key(self) -> str:
        batch, library = self.batch, self.library
        words = (batch.words.key(tag) for tag in library.locales)
        return key_of(
            (batch.study.base, self.faces, repr(library.redirects), *words),
        )

    def _lists(self) -> dict[str, bytes]:
        top = f"{self.batch.top}/site"
        pages = render_site(self.library, self.theme)
        texts = {page.path: page.html for page in pages}
        texts |= render_signs(self.library, self.theme)
        return {f"{top}/{path}": text.encode() for path, text in texts.items()}

    def _kept_or(
        self, name: str, own: str, make: Callable[[], dict[str, bytes]]
    ) -> _Piece:
        before = self.known.get(name)
        if before is not None and before.own == own:
            return _Piece()
        try:
            files = make()
        except StoreError as error:
            return _Piece(error=error)
        return self._staged(Made(own, "", ()), files)

    def _staged(self, made: Made, files: Mapping[str, bytes]) -> _Piece:
        root = Path(self.batch.site.root)
        written: list[MadeFile] = []
        staged: list[tuple[str, str]] = []
        for path, data in files.items():
            name = stage(root, path, data)
            stamp = self.batch.stamps.get(path, (len(data), 0))
            written.append(MadeFile(path, *stamp, digest(data)))
            if name:
                staged.append((path, name))
        return _Piece(made._replace(files=tuple(written)), tuple(staged))


def _faces(library: Library) -> str:
    """The key of all that editions may say of one another."""
    return key_of(
        (
            *(
                repr((e.domain, e.locale, e.slug, e.state, e.title, e.article.meta))
                for e in library.editions
            ),
            repr(sorted(library.paths.items())),
            *sorted(library.assets),
        ),
    )


def _library(batch: Batch, decisions: Sequence[Decision]) -> Library:
    return Library(
        site=batch.site,
        editions=tuple(_edition(decision, batch) for decision in decisions),
        assets=list_assets(batch.site, registry.format_suffixes()),
        paths=batch.paths,
        redirects=() if batch.draft else _redirects(decisions, batch.histories),
        drafts=batch.draft,
        preview=batch.preview,
        load=lambda edition: _whole(edition, batch),
    )


def _whole(edition: Edition, batch: Batch) -> Edition:
    """The edition with its body: as it was kept, else made again."""
    decision = batch.decision(edition)
    data = batch.study.bodies.find(decision.body) if decision.body else None
    if data is None:
        return _decided_again(edition, batch)
    html, meta = unpacked(data)
    return replace(edition, html=html, article=replace(edition.article, meta=meta))


def _decided_again(edition: Edition, batch: Batch) -> Edition:
    article = batch.study.again(batch.decision(edition)).article
    return replace(edition, article=article, html=format_of(article).to_html(article))


def _edition(decision: Decision, batch: Batch) -> Edition:
    article = decision.article
    # What a draft shows of a held article is its translation, as far as there is one.
    shown_as = State.PUBLISHED if batch.draft else decision.state
    return Edition(
        article=article,
        locale=decision.locale,
        slug=decision.slug,
        title=str(article.meta.get("title") or article.stem),
        reviewed=decision.reviewed,
        state=shown_as,
        version=decision.content,
    )


def _redirects(
    decisions: Sequence[Decision], histories: Mapping[str, History]
) -> tuple[Redirect, ...]:
    """
    Every address that a page had before, unless another has it now.

    A recalled page has none: it was withdrawn, and its address is empty.
    """
    pages = [d for d in decisions if d.article.kind != "mail"]
    taken = {(d.locale, d.slug) for d in pages}
    out = {(d.locale, d.article.domain) for d in pages}
    found: list[Redirect] = []
    for locale, history in histories.items():
        for domain, slugs in history.slugs().items():
            found += [
                Redirect(locale, slug, domain)
                for slug in slugs
                if (locale, slug) not in taken and (locale, domain) in out
            ]
    unique = {(each.locale, each.slug): each for each in found}
    return tuple(unique[key] for key in sorted(unique))


def _refuse_bad_template(library: Library, pieces: Sequence[_Piece]) -> None:
    for is_mail in (False, True):
        errors = [
            piece.error
            for edition, piece in zip(library.editions, pieces, strict=True)
            if edition.is_mail is is_mail
        ]
        if errors and all(isinstance(error, TemplateError) for error in errors):
            raise cast("TemplateError", errors[0])


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
