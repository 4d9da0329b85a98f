"""
What is compiled when it is used: patterns at the first question, the making of objects
of dataclasses when some were made already.

Python compiles both where they are defined. That was a large part of what a build
takes after the edit of one sentence, most of it for classes of which few objects were
made and for patterns that were asked nothing. Both have the types of the standard
library, and do as its own do.
"""

import dataclasses
import re
from collections.abc import Callable, Iterator
from operator import attrgetter
from types import FunctionType
from typing import TYPE_CHECKING, AnyStr, Final, TypeVar, cast, overload

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")

_UNSET: Final = dataclasses.MISSING
_FEW: Final = 8
"""Objects of a class that are made before it pays to compile how."""


class LatePattern:
    """A regular expression; `re.Pattern` to those who use it."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Asked only for what is not there: of a pattern, what it finds once."""
        if name.startswith("__"):
            raise AttributeError(name)
        found: object = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, found)
        return found

    def __reduce__(self) -> tuple[object, tuple[str | bytes, int]]:
        return LatePattern, (self._source, self._flags)

    def __repr__(self) -> str:
        return f"regex({self._source!r}, {re.RegexFlag(self._flags)!r})"


def regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """`re.compile`, at the first question."""
    return cast("re.Pattern[AnyStr]", LatePattern(source, flags))


@overload
def _dataclass(cls: type[T], /) -> type[T]: ...
@overload
def _dataclass(
    *, frozen: bool = ..., slots: bool = ..., kw_only: bool = ..., eq: bool = ...
) -> Callable[[type[T]], type[T]]: ...
def _dataclass(
    cls: type[T] | None = None,
    /,
    *,
    frozen: bool = False,
    slots: bool = False,
    kw_only: bool = False,
    eq: bool = True,
) -> type[T] | Callable[[type[T]], type[T]]:
    """`dataclasses.dataclass`, with the options that are in use here."""
    shape = dataclasses.dataclass(
        init=False, repr=False, eq=False, slots=slots, kw_only=kw_only
    )

    def made(cls: type[T]) -> type[T]:
        # For a class without one, `dataclasses` would make one up, and that takes long.
        cls.__doc__ = cls.__doc__ or cls.__name__
        own = frozenset(vars(cls))
        whole = cast("type[DataclassInstance]", shape(cls))
        for name, method in _methods(whole, frozen=frozen, eq=eq, slots=slots):
            if name not in own:
                setattr(whole, name, method)
        return cast("type[T]", whole)

    return made if cls is None else made(cls)


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - handed on
else:
    dataclass = _dataclass


def _methods(
    cls: "type[DataclassInstance]", *, frozen: bool, eq: bool, slots: bool
) -> Iterator[tuple[str, object]]:
    """What `dataclasses` would write, compile and add."""
    fields = dataclasses.fields(cls)
    left = _FEW

    def __init__(self: object, *values: object, **named: object) -> None:  # noqa: N807
        nonlocal left
        left -= 1
        if left >= 0 and _is_filled(self, fields, values, named):
            return
        init = _init(cls, frozen=frozen)
        type.__setattr__(cls, "__init__", init)
        init(self, *values, **named)

    yield "__init__", __init__
    shown = [field.name for field in fields if field.repr]
    form = "({})".format(", ".join(f"{name}=%r" for name in shown))
    values = _getter(shown)
    yield "__repr__", lambda self: type(self).__qualname__ + form % values(self)
    if eq:
        key = _getter([field.name for field in fields if field.compare])

        def __eq__(self: object, other: object) -> bool:  # noqa: N807
            return (
                key(self) == key(other) if type(self) is type(other) else NotImplemented
            )

        yield "__eq__", __eq__
        yield "__hash__", (lambda self: hash(key(self))) if frozen else None
    if frozen:
        yield "__setattr__", _refuse
        yield "__delattr__", _refuse
        if slots:
            yield "__getstate__", _state
            yield "__setstate__", _restore


def _getter(names: list[str]) -> Callable[[object], tuple[object, ...]]:
    if len(names) > 1:
        return cast("Callable[[object], tuple[object, ...]]", attrgetter(*names))
    return lambda each: tuple(getattr(each, name) for name in names)


def _refuse(_: object, name: str, *_value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")


def _state(self: "DataclassInstance") -> list[object]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: "DataclassInstance", state: list[object]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


def _is_filled(
    self: object,
    fields: "tuple[dataclasses.Field[object], ...]",
    values: tuple[object, ...],
    named: dict[str, object],
) -> bool:
    """Whether what was given was set, by slow steps: not where it does not fit."""
    places = [field.name for field in fields if field.init and not field.kw_only]
    given = dict(zip(places, values, strict=False))
    if len(given) < len(values) or not given.keys().isdisjoint(named):
        return False
    given |= named
    for field in fields:
        if field.init and field.name in given:
            value = given.pop(field.name)
        elif field.default_factory is not _UNSET:
            value = field.default_factory()
        elif field.default is not _UNSET:
            value = field.default
        elif field.init:
            return False
        else:
            continue
        object.__setattr__(self, field.name, value)
    if given:
        return False
    if after := getattr(self, "__post_init__", None):
        after()
    return True


def _init(cls: "type[DataclassInstance]", *, frozen: bool) -> Callable[..., None]:
    """`__init__` of a class, compiled."""
    names: dict[str, object] = {"_set": object.__setattr__, "_unset": _UNSET}
    places: list[str] = []
    named: list[str] = []
    body: list[str] = []
    for field in dataclasses.fields(cls):
        name = field.name
        taken, value, known = name, name, f"_of_{name}"
        if field.default_factory is not _UNSET:
            names[known] = field.default_factory
            taken = f"{name}=_unset"
            value = f"{known}() if {name} is _unset else {name}"
        elif field.default is not _UNSET:
            names[known] = field.default
            taken = f"{name}={known}"
        if field.init:
            (named if field.kw_only else places).append(taken)
        elif taken != name:
            value = known if value == name else f"{known}()"
        else:
            continue
        line = f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}"
        body.append(line)
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    head = ["self", *places, *(["*", *named] if named else ())]
    init = _written(head, body, names)
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _written(
    head: list[str], body: list[str], names: dict[str, object]
) -> FunctionType:
    """An `__init__` of these parameters and lines, compiled."""
    text = "\n    ".join([f"def __init__({', '.join(head)}):", *(body or ["pass"])])
    exec(text, names)  # noqa: S102 - as `dataclasses` does: names of our own fields
    return cast("FunctionType", names["__init__"])


def made_open(cls: type[T]) -> type[T]:
    """
    A frozen class with slots, made faster; every field has to be given, by position.

    Setting the fields of a frozen object takes four times as long, which was a fifth of
    the time that reading a catalog takes. So what is made is an object of another class
    with the same slots, which becomes one of this class once they are set. It is made
    by a function: the way through a class to its `__init__` takes longer than the rest.
    """
    fields = [
        field.name for field in dataclasses.fields(cast("type[DataclassInstance]", cls))
    ]
    slots = {"__slots__": vars(cls)["__slots__"]}
    names = {"_open": type(f"Open{cls.__name__}", (), slots), "_whole": cls}
    text = "\n    ".join(
        [
            f"def made({', '.join(fields)}):",
            "_made = _open()",
            *(f"_made.{name} = {name}" for name in fields),
            "_made.__class__ = _whole",
            "return _made",
        ]
    )
    exec(text, names)  # noqa: S102 - as above
    return cast("type[T]", names["made"])
