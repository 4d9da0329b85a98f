"""
Templates of one locale as Jinja2 has them: where they lie, their words and filters.

What a page asks for a hundred times is done here in Jinja2's way and with its answers,
but without the steps that it takes for whatever anybody might hand over.
"""

from collections import defaultdict
from collections.abc import Callable, MutableMapping, Sequence
from types import CodeType
from typing import Final, cast

import jinja2
from jinja2 import pass_context
from jinja2.compiler import CodeGenerator
from jinja2.runtime import BlockReference, Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from pipeline.late import regex
from pipeline.render.compiling import Compiler
from pipeline.render.filters import FILTERS, sha256_source, url_encoded
from pipeline.render.listed import CARD, CardTemplate
from pipeline.render.strings import BUILTIN, Strings
from pipeline.render.undefined import named_undefined

_ALONE: Final = regex(r"(?<!%)(?:%%)*%(?![(%])")
"""A sign of per cent that Jinja2 would take for the place of a value."""

_OWN: Final = ("_block_vars", "_loop_vars")
"""Values that Jinja2 adds to a call, for what looks at the context."""

_MOST: Final = 1000
"""Numbers below this are remembered as they are put into words."""


class Template(jinja2.Template):
    """A template that puts out what needs no escaping as it is."""

    @classmethod
    def from_code(
        cls,
        environment: jinja2.Environment,
        code: CodeType,
        globals: MutableMapping[str, object],  # noqa: A002 - as there
        uptodate: Callable[[], bool] | None = None,
    ) -> jinja2.Template:
        """As it is compiled, with a function of ours where it escapes."""
        made = super().from_code(environment, code, globals, uptodate)
        vars(made)["root_render_func"].__globals__["escape"] = _written
        return made


def _written(value: str) -> str:
    # Jinja2 makes markup of all that it puts out, only to join it.
    kind = type(value)
    if kind is Markup:
        return value
    if (
        kind is str
        and "&" not in value
        and "<" not in value
        and ">" not in value
        and '"' not in value
        and "'" not in value
    ):
        return value
    return escape(value)


class Environment(ImmutableSandboxedEnvironment):
    """Fills templates; calls and fields that are known to be safe are not looked at."""

    template_class = Template
    code_generator_class: type[CodeGenerator] = Compiler

    whole: dict[str, jinja2.Template]
    """Templates that were asked for by name, and those that others include."""

    included: dict[str, jinja2.Template]
    shown: dict[type, frozenset[str]]
    """The fields of each kind of view."""

    kinds: defaultdict[str, set[type]]
    """The kinds of views that were asked for anything, by the names of their fields."""

    words: tuple[object, object]
    """The functions for words: without a number, and with one."""

    def getattr(self, obj: object, attribute: str) -> object:
        # A field of a view is safe; the sandbox's own look takes ten times as long.
        kind = type(obj)
        if kind not in self.shown:
            names = getattr(kind, "__dataclass_fields__", ())
            self.shown[kind] = frozenset(name for name in names if name[0] != "_")
            for name in self.shown[kind]:
                self.kinds[name].add(kind)
        if attribute in self.shown[kind]:
            return getattr(obj, attribute)
        found: object = super().getattr(obj, attribute)
        return found

    def call(
        self,
        context: Context,
        called: "Callable[..., object]",
        /,
        *values: object,
        **named: object,
    ) -> object:
        # Words, macros and blocks are safe, and nearly all that a page calls.
        kind = type(called)
        gettext, ngettext = self.words
        if called is gettext or called is ngettext:
            # Of the context they see one thing only, which is the same in loops.
            values = (context, *values)
        elif kind is Macro:
            values = (context.eval_ctx, *values)
        elif kind is not BlockReference:
            found: object = super().call(context, called, *values, **named)
            return found
        if named:
            for name in _OWN:
                named.pop(name, None)
        return called(*values, **named)

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, object] | None = None,  # noqa: A002 - as there
    ) -> jinja2.Template:
        # A page asks for a dozen; Jinja's own look takes five times as long.
        if not isinstance(name, str) or globals:
            return super().get_template(name, parent, globals)
        known = self.whole if parent is None else self.included
        if name not in known:
            found = super().get_template(name, parent)
            known[name] = (
                cast("jinja2.Template", CardTemplate(found))
                if name == CARD and parent is not None
                else found
            )
        return known[name]

    def make_globals(self, d: MutableMapping[str, object] | None) -> dict[str, object]:
        # All are known when a template is read first. Jinja's own chain of mappings
        # is gone through in Python for each partial of a page.
        return {**self.globals, **(d or {})}


def environment_of(
    folders: Sequence[str],
    words: Strings,
    *,
    locale: str,
    text: bool,
    compiled: jinja2.BytecodeCache,
) -> jinja2.Environment:
    """What fills the templates of these folders, as text or as markup."""
    environment = Environment(
        loader=_loader(folders),
        autoescape=not text,
        undefined=named_undefined(),
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=compiled,
    )
    environment.whole, environment.included, environment.shown = {}, {}, {}
    environment.kinds = defaultdict(set)
    environment.policies["ext.i18n.trimmed"] = True
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    environment.filters["sha256"] = sha256_source
    environment.filters["urlencode"] = url_encoded
    for name, change in FILTERS.items():
        environment.filters[name] = _in_locale(name, change, locale)
    _install(environment, words, _literal if text else _escaped)
    return environment


def _loader(folders: Sequence[str]) -> jinja2.BaseLoader:
    """The last folder's templates have a name that no other folder can take."""
    own = jinja2.FileSystemLoader(folders)
    if not folders:
        return own
    builtin = jinja2.FileSystemLoader(folders[-1])
    return jinja2.ChoiceLoader([jinja2.PrefixLoader({BUILTIN: builtin}), own])


def _install(
    environment: Environment, words: Strings, safe: Callable[[str], str]
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


def _remember_words(environment: Environment) -> None:
    """Find words once: each page has the same dozen as all others."""
    find = cast("Callable[..., str]", environment.globals["gettext"])
    find_number = cast("Callable[..., str]", environment.globals["ngettext"])
    known: dict[tuple[object, ...], str] = {}

    @pass_context
    def gettext(context: Context, msgid: str, **values: object) -> str:
        if values:
            return find(context, msgid, **values)
        key = (msgid, context.eval_ctx.autoescape)
        text = known.get(key)
        if text is None:
            text = known[key] = find(context, msgid)
        return text

    @pass_context
    def ngettext(
        context: Context,
        msgid: str,
        plural: str,
        num: int,
        **values: object,
    ) -> str:
        is_small = type(num) is int and 0 <= num < _MOST
        if not is_small or any(value is not num for value in values.values()):
            return find_number(context, msgid, plural, num, **values)
        key = (msgid, plural, num, context.eval_ctx.autoescape, *values)
        text = known.get(key)
        if text is None:
            text = known[key] = find_number(context, msgid, plural, num, **values)
        return text

    for name, words in (("gettext", gettext), ("_", gettext), ("ngettext", ngettext)):
        environment.globals[name] = words
    environment.words = gettext, ngettext


def _escaped(text: str) -> str:
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
    most = int(name == "date")

    @pass_context
    def changed(_: object, value: object, *options: str) -> object:
        if not options:
            return change(value, locale=locale)
        if len(options) > most:
            said = "one option" if most else "no options"
            raise TypeError(f"the filter {name} takes {said}, not {len(options)}")
        return change(value, *options, locale=locale)

    return changed
