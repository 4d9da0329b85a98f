"""
The words of the templates: found for the catalog `messages`, and put in their place.

Extraction is Babel's own, by Jinja2's extension. A comment `{# NOTE: ... #}` on the
line before reaches the translator.
"""

import gettext
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from pipeline.cldr import direction, gettext_locale
from pipeline.errors import CatalogError, TemplateError
from pipeline.late import dataclass, regex
from pipeline.model.catalog import Catalog, Key, Message
from pipeline.model.site import Site
from pipeline.render.words import one_line

DOMAIN: Final = "messages"
TITLE_CONTEXT: Final = "title"
"""The msgctxt of the site's own title, which is configured and not in a template."""

BUILTIN: Final = "builtin"
"""The folder below which a site's templates name the built-in ones."""

_BORROWED: Final = regex(rf"""["']{BUILTIN}/([^"']+)["']""")
_SUFFIXES: Final = frozenset({".html", ".mjml", ".txt", ".xml"})
_KEYWORDS: Final[dict[str, object]] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_NAMED: Final = regex(r"%\((\w+)\)[sd]")
_PLURAL: Final = regex(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;\n]+)")


def builtin_templates() -> str:
    """The folder of the templates that come with the program."""
    package = Path(__file__).parents[1]
    packed = package / "_templates"
    return str(packed if packed.is_dir() else package.parent / "templates")


def template_files(folders: Sequence[str]) -> dict[str, Path]:
    """Every template by its name; where two folders have one, the first one's."""
    found: dict[str, Path] = {}
    for folder in map(Path, folders):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.suffix in _SUFFIXES and not name.startswith("static/"):
                found.setdefault(name, path)
    return dict(sorted(found.items()))


def template_messages(
    folders: Sequence[str], site: Site | None = None
) -> tuple[Message, ...]:
    """
    The messages of all templates, in the order of their names, and the site's title.

    Raises TemplateError for a template that does not parse.
    """
    merged: dict[Key, Message] = {}
    for name, path in template_files(folders).items():
        for place in (path, *_borrowed(path, folders)):
            for message in _extracted(name, place):
                known = merged.get(message.key)
                merged[message.key] = _joined(known, message) if known else message
    if site is not None and site.title:
        title = Message(
            site.title,
            msgctxt=TITLE_CONTEXT,
            extracted=("The site's title, at the top of every page",),
            references=(site.config_path,),
        )
        merged.setdefault(title.key, title)
    return tuple(merged.values())


def _borrowed(path: Path, folders: Sequence[str]) -> list[Path]:
    """The built-in templates that a template of the site extends or includes."""
    top = Path(folders[-1])
    if path.is_relative_to(top):
        return []
    try:
        names = _BORROWED.findall(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return []  # Reading it for its own words says so.
    files = (top / name for name in dict.fromkeys(names))
    return [file for file in files if file.is_file() and file.is_relative_to(top)]


def _extracted(name: str, path: Path) -> Iterator[Message]:
    from babel.messages.extract import extract
    from jinja2 import TemplateSyntaxError

    shown = f"templates/{name}"
    try:
        text = path.read_bytes()
        text.decode()
        found = list(
            extract(
                "jinja2.ext:babel_extract",
                BytesIO(text),
                keywords=_KEYWORDS,  # type: ignore[arg-type]  # Babel's own alias is narrower than what it takes
                comment_tags=("NOTE:",),
                options={"silent": "false", "trimmed": "true"},
                strip_comment_tags=True,
            ),
        )
    except UnicodeDecodeError as error:
        raise TemplateError("the template is not UTF-8", path=shown) from error
    except OSError as error:
        raise TemplateError(
            f"the template cannot be read: {error.strerror}", path=shown
        ) from error
    except TemplateSyntaxError as error:
        raise TemplateError(
            error.message or "does not parse", path=shown, line=error.lineno
        ) from error
    for _, texts, comments, context in found:
        singular, plural = texts if isinstance(texts, tuple) else (texts, None)
        named = _NAMED.search(singular) or "%%" in singular
        yield Message(
            singular,
            msgstrs=("",) if plural is None else ("", ""),
            msgctxt=context,
            msgid_plural=plural,
            extracted=tuple(comment.strip() for comment in comments),
            references=(shown,),
            flags=("python-format",) if named else (),
        )


def _joined(first: Message, again: Message) -> Message:
    """One message for two places."""
    from dataclasses import replace

    return replace(
        first,
        msgid_plural=first.msgid_plural or again.msgid_plural,
        msgstrs=first.msgstrs if first.msgid_plural else again.msgstrs,
        extracted=tuple(dict.fromkeys(first.extracted + again.extracted)),
        references=tuple(dict.fromkeys(first.references + again.references)),
        flags=tuple(dict.fromkeys(first.flags + again.flags)),
    )


@dataclass(frozen=True, slots=True)
class Strings:
    """The words of the templates in one locale; the source's own where one lacks."""

    texts: dict[Key, tuple[str, ...]]
    form: Callable[[int], int]
    """Which plural form a number takes."""

    is_rtl: bool = False
    """Whether the text around runs from right to left."""

    def gettext(self, msgid: str, context: str | None = None) -> str:
        """The text in the locale."""
        found = self.texts.get((context, msgid))
        return found[0] if found else self._lent(msgid, context)

    def ngettext(
        self, msgid: str, plural: str, number: int, context: str | None = None
    ) -> str:
        """The text in the locale, in the form that the number takes."""
        forms = self.texts.get((context, msgid), ())
        place = self.form(number)
        if place < len(forms):
            return forms[place]
        return self._lent(msgid if number == 1 else plural, context)

    def _lent(self, text: str, context: str | None) -> str:
        """The source's own words, whose full stop would stand before them here."""
        is_isolated = self.is_rtl and context != TITLE_CONTEXT
        return f"\u2066{text}\u2069" if is_isolated else text


def strings(
    catalog: Catalog | None, *, locale: str = "", drafts: bool = False
) -> Strings:
    """
    What a catalog of the domain `messages` has to say; fuzzy texts in drafts only.

    Raises CatalogError for a text that names a value which its template does not give.
    """
    is_rtl = direction(locale) == "rtl" if locale else False
    if catalog is None:
        return Strings({}, _english, is_rtl)
    texts: dict[Key, tuple[str, ...]] = {}
    for message in catalog.living:
        if message.is_usable or (drafts and message.is_translated):
            _require_known_names(message, locale)
            shown = (one_line(text, locale) for text in message.msgstrs)
            texts[message.key] = tuple(shown)
    return Strings(texts, _plural_form(catalog, locale), is_rtl)


def _english(number: int) -> int:
    return int(number != 1)


def _plural_form(catalog: Catalog, locale: str) -> Callable[[int], int]:
    header = catalog.fields().get("Plural-Forms", "")
    match = _PLURAL.search(header)
    if match is None:
        return _english
    try:
        return gettext.c2py(match[2].strip())
    except ValueError as error:
        raise CatalogError(
            f"the Plural-Forms header does not parse: {header}", path=_path(locale)
        ) from error


def _require_known_names(message: Message, locale: str) -> None:
    if "%" not in message.msgid and "%" not in (message.msgid_plural or ""):
        return
    if message.msgctxt == TITLE_CONTEXT and "python-format" not in message.flags:
        return  # The site's title is a text that nothing is filled into.
    names = _NAMED.findall(message.msgid + (message.msgid_plural or ""))
    values = dict.fromkeys([*names, "num"], 0)
    for msgstr in message.msgstrs:
        try:
            msgstr % values
        except (KeyError, TypeError, ValueError) as error:
            raise CatalogError(
                f"the translation of {message.msgid!r} does not fit its template",
                path=_path(locale),
                line=message.line or None,
                hint="carry over every %(name)s as it is, and write %% for a percent",
            ) from error


def _path(locale: str) -> str:
    return f"locales/{gettext_locale(locale)}/LC_MESSAGES/{DOMAIN}.po"
