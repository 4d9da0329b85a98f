"""Tables and boxes of a body, each put into the template that frames it."""

from pipeline.late import dataclass
from pipeline.render.theme import Theme


@dataclass(frozen=True, slots=True)
class CalloutView:
    """A box that stands out of the text, as its template sees it."""

    kind: str
    body: str


@dataclass(frozen=True, slots=True)
class TableFrame:
    """Puts a table into its partial, which makes it scroll by itself."""

    locale: str
    theme: Theme

    def __call__(self, table: str, number: int) -> str:
        name = "partials/table.html"

        def fill(text: str) -> str:
            from markupsafe import Markup

            values = {"table": Markup(text), "number": number}  # noqa: S704 - it came through the gate
            return self.theme.render(name, self.locale, values)

        frame = self.theme.frame(name, self.locale, "table")
        return frame.around(table, number, fill).strip()


@dataclass(frozen=True, slots=True)
class CalloutFrame:
    """Puts a box into its partial, which says what kind of box it is."""

    locale: str
    theme: Theme

    def __call__(self, kind: str, inner: str) -> str:
        name = "partials/callout.html"

        def fill(text: str) -> str:
            from markupsafe import Markup

            view = CalloutView(kind, Markup(text))  # noqa: S704 - it came through the gate
            return self.theme.render(name, self.locale, {"callout": view})

        frame = self.theme.frame(name, self.locale, "callout.body")
        return frame.around(inner, kind, fill).strip()
