"""
The door to Jinja2: templates and their words in, text out.

A site's own `templates/` come first, then the built-in ones, which are also at hand
below `builtin/`: a page.html of a site may extend `builtin/page.html`. HTML and MJML
are escaped whatever their name; plain text is not. A translated string is never markup:
Jinja2's i18n extension would print it unescaped, so it is escaped here before it gets
there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.errors import TemplateError
from pipeline.late import dataclass
from pipeline.model.catalog import Catalog
from pipeline.render.blocks import parsed, require_shown
from pipeline.render.framing import Frame
from pipeline.render.strings import BUILTIN, Strings, strings
from pipeline.render.undefined import meant_filter, meant_value

if TYPE_CHECKING:
    import jinja2
    from jinja2 import nodes

_TEXT_SUFFIX: Final = ".txt"


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
    _frames: dict[tuple[str, str], Frame] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _looked_at: set[str] = field(
        default_factory=set, init=False, repr=False, compare=False
    )
    """Templates of which all is shown."""

    _used: set[str] = field(default_factory=set, init=False, repr=False, compare=False)
    """What of `_compiled` its templates are."""

    def __reduce__(self) -> tuple[object, ...]:
        # On another machine templates are compiled anew: Jinja2's cannot be sent there.
        return (Theme, (self.folders, self.catalogs, self.drafts))

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

    def frame(self, name: str, locale: str, framed: str) -> Frame:
        """A template with one text in it, which it calls `framed`."""
        frame = self._frames.get((name, locale))
        if frame is None:

            def tree() -> "nodes.Template":
                environment = self._environment(
                    locale, text=name.endswith(_TEXT_SUFFIX)
                )
                return parsed(environment, name)

            frame = self._frames[name, locale] = Frame(tree, framed)
        return frame

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
        from pipeline.render.environment import environment_of

        key = (locale, text)
        if key not in self._environments:
            self._environments[key] = environment_of(
                self.folders,
                self.strings(locale),
                locale=locale,
                text=text,
                compiled=_memory(self._used, text=text),
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
