"""What goes out as it is: static files, pictures, and all else that pages show."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pipeline.render.library import Library
from pipeline.store.files import read_bytes
from pipeline.workflow.batch import Batch
from pipeline.workflow.inputs import key_of
from pipeline.workflow.pictures import fault_in, fault_note, fault_of
from pipeline.workflow.pieces import Pieces
from pipeline.workflow.product import Piece
from pipeline.workflow.templates import theme_folders

_SIGN: Final = "="
"""Begins the name of an asset among all that is made."""


def is_attached(name: str) -> bool:
    """Whether it is the name of an asset, which goes out as it is."""
    return name.startswith(_SIGN)


def attachments(
    pieces: Pieces, assets: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, Piece]]:
    """
    The static files of the theme, and the assets, by their names; `assets` has the name
    of one thing that shows each.
    """
    batch = pieces.batch
    root = Path(batch.site.root)
    static = key_of((batch.study.base, batch.words.theme))
    yield "static", pieces.kept_or("static", static, lambda: _static(batch).items())
    for source, target in sorted(assets):
        own = batch.study.inputs.digest(source)

        def read(source: str = source, target: str = target) -> list[tuple[str, bytes]]:
            return [(target, read_bytes(root / source, root=root))]

        yield f"{_SIGN}{target}", pieces.kept_or(f"{_SIGN}{target}", own, read)


def broken_pictures(
    pieces: Pieces, library: Library, assets: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    """What is to be said of them; those that are in their places were looked at."""
    root = Path(pieces.batch.site.root)
    told = pieces.batch.before.notes
    for (source, target), name in sorted(assets.items()):
        is_known = pieces.before(f"{_SIGN}{target}") is not None
        fault = fault_in(told, source) if is_known else fault_of(root, source)
        if fault:
            locale, _, domain = name.partition("/")
            shown = library.find(domain, locale)
            article = shown.article.path if shown else source
            yield fault_note(root, source, article, fault)


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
