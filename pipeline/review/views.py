"""The pages as HTML: templates, with their words in the language of the reader."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pipeline.cldr import direction, display_name
from pipeline.late import dataclass
from pipeline.model.catalog import Catalog
from pipeline.render.theme import Theme
from pipeline.review.words import script_words
from pipeline.store.catalogs import read_catalog

_HERE: Final = Path(__file__).parent
UI_LOCALES: Final = ("en", "tr", "ar", "de")
STATIC: Final = _HERE / "static"


@dataclass(frozen=True, slots=True)
class Ui:
    """The page's own language."""

    locale: str

    @property
    def dir(self) -> str:
        return direction(self.locale)

    def language(self, tag: str) -> str:
        """What a language is called in this one."""
        return display_name(tag, self.locale)

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Every language that there is, with its own name."""
        return tuple((tag, display_name(tag)) for tag in UI_LOCALES)


@dataclass(frozen=True, slots=True)
class Views:
    """The templates, ready to be filled."""

    theme: Theme

    def page(self, name: str, ui: Ui, values: Mapping[str, object]) -> str:
        """A page; the templates escape whatever they are given."""
        words = script_words(self.theme.catalogs.get(ui.locale))
        return self.theme.render(name, ui.locale, {"ui": ui, "words": words, **values})


def choose_ui(asked: str, accepted: str) -> Ui:
    """
    The language of the page: the one that was asked for, else what the browser wants.

    `accepted` is an Accept-Language header (RFC 9110, 12.5.4).
    """
    if asked in UI_LOCALES:
        return Ui(asked)
    for tag in _wanted(accepted):
        if tag in UI_LOCALES:
            return Ui(tag)
    return Ui("en")


def _wanted(accepted: str) -> list[str]:
    weighed: list[tuple[float, str]] = []
    for part in accepted[:1000].split(","):
        tag, _, rest = part.strip().partition(";")
        weight = rest.strip().removeprefix("q=") or "1"
        try:
            weighed.append((float(weight), tag.partition("-")[0].lower()))
        except ValueError:
            continue
    return [tag for weight, tag in sorted(weighed, key=lambda w: -w[0]) if weight > 0]


def static_file(name: str) -> Path | None:
    """A file of the page's own: there are no folders."""
    known = {path.name: path for path in STATIC.iterdir() if path.is_file()}
    return known.get(name)


def make_views() -> Views:
    """The pages, with every catalog that there is."""
    return Views(Theme((str(_HERE / "templates"),), _catalogs()))


def _catalogs() -> Mapping[str, Catalog]:
    paths = {
        tag: _HERE / "locales" / tag / "LC_MESSAGES" / "review.po" for tag in UI_LOCALES
    }
    return {
        tag: read_catalog(path, root=_HERE)
        for tag, path in paths.items()
        if path.exists()
    }
