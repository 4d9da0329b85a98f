"""
Decisions into files: every page, mail, list and picture of a build.

They are written aside, and put in their places when all of them are made.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import cast

from pipeline.errors import PublishError, TemplateError
from pipeline.render.library import Library
from pipeline.render.theme import Theme
from pipeline.store.ledger import assets_in, made_line
from pipeline.workflow.attachments import attachments, broken_pictures
from pipeline.workflow.batch import Batch, keys_of_faces, library_of
from pipeline.workflow.compiled import compiled_templates
from pipeline.workflow.executors import Workers
from pipeline.workflow.listings import Listings
from pipeline.workflow.pieces import Pieces
from pipeline.workflow.press import Press, edition_name
from pipeline.workflow.product import Piece, Product
from pipeline.workflow.report import Progress
from pipeline.workflow.templates import theme_folders
from pipeline.workflow.written import written_before


def produce(batch: Batch, *, workers: Workers, progress: Progress) -> Product:
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
    known = (Path(batch.site.root), batch.kind, batch.words.theme)
    with compiled_templates(theme, *known), written_before(*known):
        return _produced(batch, theme, workers, progress)


def _produced(
    batch: Batch, theme: Theme, workers: Workers, progress: Progress
) -> Product:
    failed: dict[tuple[str, str], PublishError] = {}
    known = batch.before.made
    anew: set[str] = set()
    while True:
        left = [
            d for d in batch.decisions if (d.article.domain, d.locale) not in failed
        ]
        library = library_of(batch, left)
        pieces = Pieces(batch, known, anew)
        faces, faces_by_locale = keys_of_faces(library)
        press = Press(pieces, library, theme, faces)
        made = press.editions(workers=workers, progress=progress)
        broken = {
            (edition.domain, edition.locale): piece.error
            for edition, piece in zip(library.editions, made, strict=True)
            if piece.error is not None
        }
        lines = {
            edition_name(edition): piece.made
            for edition, piece in zip(library.editions, made, strict=True)
            if piece.made
        }
        known = known.with_lines(lines)
        anew |= lines.keys()
        if not broken:
            break
        _refuse_bad_template(library, made)
        failed |= broken
    del made  # They are many, and their lines are known.
    names = [edition_name(edition) for edition in library.editions]
    errors = _told_once(failed, batch.site.source_locale)
    lines = {}
    assets: dict[tuple[str, str], str] = {}
    for name, line in known.among(names).lines(made_line):
        for pair in assets_in(line):
            assets.setdefault(pair, name)
    listings = Listings(pieces, library, theme, faces, faces_by_locale)
    for name, piece in chain(listings.all(), attachments(pieces, assets)):
        if piece.error is not None:
            errors.append(piece.error)
            continue
        names.append(name)
        if piece.made:
            lines[name] = piece.made
    anew |= lines.keys()
    notes: tuple[str, ...] = ()
    if not batch.draft:
        notes = (*listings.notes, *broken_pictures(pieces, library, assets))
    return Product(
        known.with_lines(lines).among(names),
        tuple(name for name in names if name in anew),
        faces,
        errors=tuple(errors),
        notes=notes,
        listed=listings.listed,
        order=None if errors else listings.order,
        failed={key: error.message for key, error in failed.items()},
    )


def _told_once(
    failed: Mapping[tuple[str, str], PublishError], source_locale: str
) -> list[PublishError]:
    """What is wrong in an article is told of its own edition, and not of each other."""
    found: list[PublishError] = []
    for (domain, locale), error in failed.items():
        own = failed.get((domain, source_locale)) if locale != source_locale else None
        told = {_place(each) for each in own.each()} if own else set()
        found += [each for each in error.each() if _place(each) not in told]
    return found


def _place(error: PublishError) -> tuple[object, ...]:
    return (type(error), error.path, error.line, error.message)


def _refuse_bad_template(library: Library, pieces: Sequence[Piece]) -> None:
    for is_mail in (False, True):
        errors = [
            piece.error
            for edition, piece in zip(library.editions, pieces, strict=True)
            if edition.is_mail is is_mail
        ]
        if errors and all(isinstance(error, TemplateError) for error in errors):
            raise cast("TemplateError", errors[0])
