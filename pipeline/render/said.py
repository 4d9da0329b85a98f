"""The words of templates: what `_`, `{% trans %}` and their kin say, and how fast."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from pipeline.late import regex
from pipeline.render.strings import Strings

if TYPE_CHECKING:
    import jinja2

_ALONE: Final = regex(r"(?<!%)(?:%%)*%(?![(%])")
"""A sign of per cent that Jinja2 would take for the place of a value."""


def install_words(
    environment: "jinja2.Environment", words: Strings, *, text: bool
) -> frozenset[object]:
    """
    Give templates their words, as the extension i18n does in its new style.

    Gives back the functions that say them, which need nothing of a context but whether
    it escapes: Jinja2's own call one another through it, three for each text.
    """
    from jinja2 import pass_context
    from jinja2.runtime import Context
    from markupsafe import Markup

    safe = _literal if text else _escaped

    def said(text: str, *sources: str) -> str:
        # Jinja2 fills every text in, also one whose source has no place for a value.
        is_filled = any("%" in source for source in sources)
        if is_filled and any(map(_ALONE.search, sources)):
            raise ValueError(f"write %% for the sign of per cent in {sources[0]!r}")
        return safe(text if is_filled else text.replace("%", "%%"))

    def filled(context: Context, text: str, values: Mapping[str, object]) -> str:
        if context.eval_ctx.autoescape:
            return Markup(text) % values  # noqa: S704 - `safe` has made it so
        return text % values

    @pass_context
    def gettext(context: Context, msgid: str, /, **values: object) -> str:
        return filled(context, said(words.gettext(msgid), msgid), values)

    @pass_context
    def pgettext(
        context: Context, msgctxt: str, msgid: str, /, **values: object
    ) -> str:
        text = said(words.gettext(msgid, msgctxt), msgid)
        return filled(context, text, {"context": msgctxt, **values})

    @pass_context
    def ngettext(
        context: Context, msgid: str, plural: str, n: int, /, **values: object
    ) -> str:
        text = said(words.ngettext(msgid, plural, n), msgid, plural)
        return filled(context, text, {"num": n, **values})

    @pass_context
    def npgettext(
        context: Context,
        msgctxt: str,
        msgid: str,
        plural: str,
        n: int,
        /,
        **values: object,
    ) -> str:
        text = said(words.ngettext(msgid, plural, n, msgctxt), msgid, plural)
        return filled(context, text, {"context": msgctxt, "num": n, **values})

    vars(environment)["newstyle_gettext"] = True
    functions = {
        "_": gettext,
        "gettext": gettext,
        "pgettext": pgettext,
        "ngettext": ngettext,
        "npgettext": npgettext,
    }
    environment.globals.update(functions)
    return frozenset(functions.values())


def _escaped(text: str) -> str:
    from markupsafe import escape

    return escape(text)


def _literal(text: str) -> str:
    return text
