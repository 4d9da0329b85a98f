"""
A card in a list, which need not be made where its text is known.

The text of a card follows from the card and the view of the site alone, where its
template asks for nothing else.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Final

from pipeline.late import dataclass
from pipeline.render.blocks import parsed

if TYPE_CHECKING:
    import jinja2


CARD: Final = "partials/card.html"
"""The template of a card, in whatever list it stands."""

_GIVEN: Final = frozenset({"card", "site"})
_FEW: Final = 32
_KEPT: Final = 512
"""Cards of which the text is remembered in one locale."""

_WORDS: Final = frozenset({"_", "gettext", "ngettext", "pgettext", "npgettext"})


Texts = dict[str, bytes]
"""The texts of cards by their faces: as bytes, for there are tens of thousands."""


@dataclass(slots=True)
class Seen:
    """The cards of one locale on pages that see the site in the same way."""

    site: object
    """Its view."""

    texts: Texts
    make: Callable[[str], object]
    """The view of the card of an article, by its domain."""

    shown: set[str] = field(default_factory=set)
    """The faces of which the text was asked for."""

    views: dict[str, object] = field(default_factory=dict)
    """Those that were asked for, by domain: an article may stand in several lists."""


class ListedCard:
    """A card as templates have it: its view, which is made when it is asked for."""

    __slots__ = ("_domain", "_face", "_seen")

    def __init__(self, seen: Seen, face: str, domain: str) -> None:
        self._seen = seen
        self._face = face
        self._domain = domain

    def __getattr__(self, name: str) -> object:
        return getattr(self.view, name)

    def __repr__(self) -> str:
        return repr(self.view)

    @property
    def view(self) -> object:
        """What the card shows."""
        views = self._seen.views
        if self._domain not in views:
            views[self._domain] = self._seen.make(self._domain)
        return views[self._domain]

    def is_seen(self, site: object) -> bool:
        """Whether a page has the view of the site by which its text is known."""
        return site is self._seen.site or site == self._seen.site

    @property
    def text(self) -> str | None:
        """What it is, if that is known."""
        text = self._seen.texts.get(self._face)
        if text is None:
            return None
        self._seen.shown.add(self._face)
        return text.decode("utf-8", "surrogatepass")

    def keep(self, fill: Callable[[object], str]) -> str:
        """Fill it, and know it from now on: nobody asks for its view again."""
        text = fill(self._seen.make(self._domain))
        self._seen.texts[self._face] = text.encode("utf-8", "surrogatepass")
        self._seen.shown.add(self._face)
        return text


class CardTemplate:
    """Stands in lists for the template of a card, and asks it where nobody knows."""

    def __init__(self, template: "jinja2.Template") -> None:
        self._template = template
        self._is_alone: bool | None = None
        self._filled: dict[object, str] = {}
        """By card, on pages of one view of the site: an article stands beside several
        others."""

        self._site: object = None
        self._asked = 0

    # Jinja2 includes a template by these two calls, here with a text between them.

    def new_context(
        self,
        variables: dict[str, object],
        shared: bool,  # noqa: FBT001 - as Jinja2 calls it
        names: Mapping[str, object],
    ) -> Iterable[str]:
        """What comes of all that the list knows, and what its loops say instead."""

        def fill(view: object) -> str:
            own = {**names, "card": view}
            context = self._template.new_context(variables, shared, own)
            return "".join(self._template.root_render_func(context))

        card = names.get("card", variables.get("card"))
        if not isinstance(card, ListedCard):
            self._asked += 1
            # To find out whether it is alone takes as long as to fill a few.
            if self._asked < _FEW or "site" in names or not self.is_alone:
                return (fill(card),)
            return (self._known(card, variables.get("site"), fill),)
        if "site" in names or not card.is_seen(variables.get("site")):
            return (fill(card.view),)
        # Texts are kept where the template is alone, and known of the same one only.
        text = card.text
        if text is None:
            text = card.keep(fill) if self.is_alone else fill(card.view)
        return (text,)

    def _known(self, card: object, site: object, fill: Callable[[object], str]) -> str:
        """A card with these values, which stands on several pages one after another."""
        if site is not self._site and site != self._site:
            self._filled.clear()
        self._site = site
        try:
            text = self._filled.get(card)
        except TypeError:  # A site may hand over what has no hash.
            return fill(card)
        if text is None:
            if len(self._filled) >= _KEPT:
                self._filled.clear()
            text = self._filled[card] = fill(card)
        return text

    def root_render_func(self, filled: Iterable[str]) -> Iterator[str]:
        """What is filled already."""
        yield from filled

    @property
    def is_alone(self) -> bool:
        """Whether the card and the site are all that its template asks for."""
        if self._is_alone is None:
            self._is_alone = _is_alone(self._template)
        return self._is_alone


def _is_alone(template: "jinja2.Template") -> bool:
    from jinja2.meta import find_referenced_templates, find_undeclared_variables

    if template.name is None:
        return False
    tree = parsed(template.environment, template.name)
    if any(True for _ in find_referenced_templates(tree)):
        return False
    return find_undeclared_variables(tree) <= _GIVEN | _WORDS
