"""
The door to Jinja2: templates and their words in, text out.

A site's own `templates/` come first, then the built-in ones, which are also at hand
below `builtin/`: a page.html of a site may extend `builtin/page.html`. HTML and MJML
are escaped whatever their name; plain text is not. A translated string is never markup:
Jinja2's i18n extension would print it unescaped, so it is escaped here before it gets
there.
"""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from pipeline.errors import TemplateError
from pipeline.late import dataclass, regex
from pipeline.model.catalog import Catalog
from pipeline.render.blocks import require_shown
from pipeline.render.filters import FILTERS, sha256_source, url_encoded
from pipeline.render.listed import CARD, CardTemplate
from pipeline.render.strings import BUILTIN, Strings, strings
from pipeline.render.undefined import meant_filter, meant_value, named_undefined

if TYPE_CHECKING:
    import jinja2

_TEXT_SUFFIX: Final = ".txt"
_ALONE: Final = regex(r"(?<!%)(?:%%)*%(?![(%])")
"""A sign of per cent that Jinja2 would take for the place of a value."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The templates of a site, ready to be filled in any of its locales."""

    folders: tuple[str, ...]
    """Where templates are looked for, first to last."""

    catalogs: Mapping[str, Catalog] = field(default_factory=dict)
    """The catalog of the domain `messages` by locale; only usable texts are shown."""

    drafts: bool = False
    """Show fuzzy texts too."""

    _environments: dict[tuple[str, bool], "jinja2.Environment"] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _strings: dict[str, Strings] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _looked_at: set[str] = field(
        default_factory=set, init=False, repr=False, compare=False
    )
    """Templates of which all is shown."""

    _used: set[str] = field(default_factory=set, init=False, repr=False, compare=False)
    """What of `_compiled` its templates are."""

    def learn(self, compiled: Mapping[str, bytes]) -> None:
        """Take over what an earlier theme `learned` of the same templates."""
        _compiled.update(compiled)

    def learned(self) -> dict[str, bytes]:
        """The templates that it has filled, as they were compiled."""
        return {name: _compiled[name] for name in sorted(self._used)}

    def render(self, name: str, locale: str, values: Mapping[str, object]) -> str:
        """
        Fill a template.

        Raises TemplateError where it is missing, does not parse or names what is not
        there, and CatalogError where a translated string does not fit its template.
        """
        import jinja2

        environment = self._environment(locale, text=name.endswith(_TEXT_SUFFIX))
        if name not in self._looked_at:
            if len(self.folders) > 1:
                require_shown(environment, name, is_own=self._is_own)
            self._looked_at.add(name)
        try:
            return environment.get_template(name).render(values)
        except jinja2.TemplateSyntaxError as error:
            raise TemplateError(
                error.message or "the template does not parse",
                path=f"templates/{error.name or name}",
                line=error.lineno,
                hint=meant_filter(str(error.message), environment.filters),
            ) from error
        except jinja2.TemplateNotFound as error:
            raise self._missing(str(error.name or name), error) from error
        except (
            OSError,
            jinja2.TemplateRuntimeError,
            ArithmeticError,
            LookupError,
            TypeError,
            ValueError,
            AttributeError,
            RecursionError,
            MemoryError,
        ) as error:
            path, line = _place(error, self.folders)
            raise TemplateError(
                f"the template cannot be filled: {_ENDLESS.get(type(error)) or error}",
                path=path or f"templates/{name}",
                line=line,
                hint=meant_value(str(error), values),
            ) from error

    def _is_own(self, name: str) -> bool:
        """Whether a template is the site's, and not a built-in one."""
        return any(Path(folder, name).is_file() for folder in self.folders[:-1])

    def strings(self, locale: str) -> Strings:
        """The words of the templates in a locale."""
        known = self._strings.get(locale)
        if known is None:
            catalog = self.catalogs.get(locale)
            known = strings(catalog, locale=locale, drafts=self.drafts)
            self._strings[locale] = known
        return known

    def _environment(self, locale: str, *, text: bool) -> "jinja2.Environment":
        key = (locale, text)
        if key not in self._environments:
            self._environments[key] = _environment(
                self.folders,
                self.strings(locale),
                locale=locale,
                text=text,
                used=self._used,
            )
        return self._environments[key]

    def _missing(self, name: str, error: BaseException) -> TemplateError:
        places = ", ".join(dict.fromkeys(Path(f).as_posix() for f in self.folders))
        path, line = _place(error, self.folders)
        return TemplateError(
            f"the template {name} is missing",
            path=path or f"templates/{name}",
            line=line,
            hint=f"looked for in {places}",
        )


def _environment(
    folders: Sequence[str],
    words: Strings,
    *,
    locale: str,
    text: bool,
    used: set[str],
) -> "jinja2.Environment":
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Environment(ImmutableSandboxedEnvironment):
        def getattr(self, obj: object, attribute: str) -> object:
            # A field of a view is safe; the sandbox's own look takes ten times as long.
            kind = type(obj)
            if kind not in shown:
                names = getattr(kind, "__dataclass_fields__", ())
                shown[kind] = frozenset(name for name in names if name[0] != "_")
            if attribute in shown[kind]:
                return getattr(obj, attribute)
            found: object = super().getattr(obj, attribute)
            return found

        def get_template(
            self,
            name: "str | jinja2.Template",
            parent: str | None = None,
            globals: MutableMapping[str, object] | None = None,  # noqa: A002 - as there
        ) -> "jinja2.Template":
            # A page asks for a dozen; Jinja's own look takes five times as long.
            if not isinstance(name, str) or parent is None or globals:
                return super().get_template(name, parent, globals)
            if name not in included:
                found = super().get_template(name, parent)
                included[name] = (
                    cast("jinja2.Template", CardTemplate(found))
                    if name == CARD
                    else found
                )
            return included[name]

        def make_globals(
            self, d: MutableMapping[str, object] | None
        ) -> dict[str, object]:
            # All are known when a template is read first. Jinja's own chain of mappings
            # is gone through in Python for each partial of a page.
            return {**self.globals, **(d or {})}

    included: dict[str, jinja2.Template] = {}
    shown: dict[type, frozenset[str]] = {}
    environment = Environment(
        loader=_loader(folders),
        autoescape=not text,
        undefined=named_undefined(),
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_memory(used, text=text),
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    environment.filters["sha256"] = sha256_source
    environment.filters["urlencode"] = url_encoded
    for name, change in FILTERS.items():
        environment.filters[name] = _in_locale(name, change, locale)
    _install(environment, words, _literal if text else _escaped)
    return environment


def _loader(folders: Sequence[str]) -> "jinja2.BaseLoader":
    """The last folder's templates have a name that no other folder can take."""
    import jinja2

    own = jinja2.FileSystemLoader(folders)
    if not folders:
        return own
    builtin = jinja2.FileSystemLoader(folders[-1])
    return jinja2.ChoiceLoader([jinja2.PrefixLoader({BUILTIN: builtin}), own])


def _install(
    environment: "jinja2.Environment", words: Strings, safe: Callable[[str], str]
) -> None:
    def said(text: str, *sources: str) -> str:
        # Jinja2 fills every text in, also one whose source has no place for a value.
        is_filled = any("%" in source for source in sources)
        if is_filled and any(map(_ALONE.search, sources)):
            raise ValueError(f"write %% for the sign of per cent in {sources[0]!r}")
        return safe(text if is_filled else text.replace("%", "%%"))

    def ngettext(msgid: str, plural: str, n: int) -> str:
        return said(words.ngettext(msgid, plural, n), msgid, plural)

    def npgettext(context: str, msgid: str, plural: str, n: int) -> str:
        return said(words.ngettext(msgid, plural, n, context), msgid, plural)

    # The extension adds this method; Jinja2's types do not know of it.
    install: Callable[..., None] = vars(environment)["install_gettext_callables"]
    install(
        lambda msgid: said(words.gettext(msgid), msgid),
        ngettext,
        newstyle=True,
        pgettext=lambda context, msgid: said(words.gettext(msgid, context), msgid),
        npgettext=npgettext,
    )
    _remember_words(environment)


def _remember_words(environment: "jinja2.Environment") -> None:
    """Find words without a value once: each page has the same dozen as all others."""
    from jinja2 import pass_context

    find = cast("Callable[..., str]", environment.globals["gettext"])
    known: dict[tuple[str, object], str] = {}

    @pass_context
    def gettext(context: "jinja2.runtime.Context", msgid: str, **values: object) -> str:
        if values:
            return find(context, msgid, **values)
        key = (msgid, context.eval_ctx.autoescape)
        text = known.get(key)
        if text is None:
            text = known[key] = find(context, msgid)
        return text

    environment.globals["gettext"] = environment.globals["_"] = gettext


def _escaped(text: str) -> str:
    from markupsafe import escape

    return escape(text)


def _literal(text: str) -> str:
    return text


def _in_locale(
    name: str, change: Callable[..., object], locale: str
) -> Callable[..., object]:
    """
    A filter of the environment's locale.

    It says that it needs the context, because Jinja2 fills in what it can when it
    compiles, and what is compiled is shared by all locales.
    """
    from jinja2 import pass_context

    @pass_context
    def changed(_: object, value: object, *options: str) -> object:
        most = int(name == "date")
        if len(options) > most:
            said = "one option" if most else "no options"
            raise TypeError(f"the filter {name} takes {said}, not {len(options)}")
        return change(value, *options, locale=locale)

    return changed


_compiled: Final[dict[str, bytes]] = {}
"""
Templates as they were compiled, by name, file and kind.

Each is kept with a digest of its source, so that `serve` does not compile at every save
what nobody has touched. They are code: who keeps them on the disk must know whose.
"""


def _memory(used: set[str], *, text: bool) -> "jinja2.BytecodeCache":
    """A template is compiled once for all locales, and apart for text and markup."""
    from jinja2 import BytecodeCache
    from jinja2.bccache import Bucket

    class Memory(BytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            name = f"{bucket.key}{text}"
            if name in _compiled:
                bucket.bytecode_from_string(_compiled[name])
                used.add(name)

        def dump_bytecode(self, bucket: Bucket) -> None:
            name = f"{bucket.key}{text}"
            _compiled[name] = bucket.bytecode_to_string()
            used.add(name)

    return Memory()


_ENDLESS: Final = {
    RecursionError: "it includes, extends or calls itself without end",
    MemoryError: "what it says is too long for this machine",
}


def _place(error: BaseException, folders: Sequence[str]) -> tuple[str, int | None]:
    """The template and line in which an error arose: Jinja2 writes them as frames."""
    found: tuple[str, int | None] = ("", None)
    frame = error.__traceback__
    while frame is not None:
        file = Path(frame.tb_frame.f_code.co_filename)
        for folder in folders:
            if file.is_relative_to(folder):
                name = file.relative_to(folder).as_posix()
                before = folders[: folders.index(folder)]
                if any(Path(other, name).exists() for other in before):
                    name = f"{BUILTIN}/{name}"
                found = (f"templates/{name}", frame.tb_lineno)
        frame = frame.tb_next
    return found
