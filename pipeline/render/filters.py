"""The filters of templates: dates, numbers, lists, letters and marks of a locale."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, lru_cache, partial
from hashlib import sha256
from typing import Final, Literal, cast

from markupsafe import Markup, escape, soft_str

from pipeline.cldr import babel_locale, direction, quotation_marks
from pipeline.render.casing import capitalize, lower, upper
from pipeline.render.isolation import isolate
from pipeline.slugs import quoted

_Form = Literal["long", "medium", "short", "full"]
_FORMS: Final = ("long", "medium", "short", "full")
_PLAIN: Final = range(1000)
"""Numbers that Babel writes alike in all languages but one; to ask it takes 15 ms."""

_BY_TWO: Final = "tok"
"""Toki Pona groups its digits by two."""


def _date(value: object, form: str = "long", *, locale: str) -> str:
    day = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    if not isinstance(day, date):
        raise TypeError(f"{value!r} is not a date")
    if form not in _FORMS:
        raise ValueError(f"no form of a date is {form!r}: they are {', '.join(_FORMS)}")
    key = f"{locale} {form} {day.isoformat()[:10]}"
    written = _written.get(key)
    if written is None:
        written = _pattern(form, locale) % _Fields(day, locale)
        _written[key] = written
    return written


_written: Final[dict[str, str]] = {}
"""
Dates by locale, form and day, and whole numbers by locale. They go into pages: who
keeps them must know whose.

The date of an article stands on its own page, on those of its neighbours and in lists,
and what CLDR knows of a language takes as long to read as a page takes.
"""


def learn_written(known: Mapping[str, str]) -> None:
    """Take over what an earlier build wrote by the same data of CLDR."""
    _written.update(known)


def all_written() -> Mapping[str, str]:
    """Every date and number that is known."""
    return _written


@cache
def _pattern(form: str, locale: str) -> str:
    from babel.dates import get_date_format

    pattern = get_date_format(cast("_Form", form), babel_locale(locale))
    return str(vars(pattern)["format"])


class _Fields:
    """The fields of a date, as patterns of CLDR ask for them."""

    def __init__(self, day: date, locale: str) -> None:
        self._day = day
        self._locale = locale

    def __getitem__(self, name: str) -> str:
        day = self._day
        if name.startswith("d"):
            day = date(1, 1, day.day)
        elif name.startswith(("M", "L")):
            day = date(1, day.month, 1)
        elif name.startswith("y"):
            day = date(day.year, 1, 1)
        return _field(name, day, self._locale)


@lru_cache(maxsize=8192)
def _field(name: str, day: date, locale: str) -> str:
    """A field of any date for which this one stands: the same day, month or year."""
    from babel.dates import DateTimeFormat

    found: str = DateTimeFormat(day, babel_locale(locale))[name]
    return found


def _cased(value: object, *, change: Callable[[str, str], str], locale: str) -> str:
    text = change(str(soft_str(value)), locale)
    return Markup(text) if isinstance(value, Markup) else text  # noqa: S704 - it was


def sha256_source(text: str) -> str:
    """As a Content-Security-Policy names what may stand inline (CSP level 3)."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def url_encoded(value: object) -> str:
    """As Jinja2's own filter does it."""
    if isinstance(value, str):
        return quoted(value)
    from jinja2.filters import do_urlencode

    # Of other things Jinja2 makes the parts of a query.
    return do_urlencode(value)  # type: ignore[arg-type]


def _isolated(value: object, *, locale: str) -> str:
    text = str(value)
    if "{" not in text and direction(locale) == "ltr":
        return escape(text)
    return _set_apart(text, locale)


@lru_cache(maxsize=8192)
def _set_apart(text: str, locale: str) -> str:
    """A title stands on its page, on those of its neighbours and in several lists."""
    return Markup(isolate(str(escape(text)), locale=locale))  # noqa: S704 - escaped


def _listed(values: object, *, locale: str) -> str:
    from babel.lists import format_list

    if not isinstance(values, list | tuple):
        raise TypeError(f"{values!r} is not a list")
    texts = [f"<bdi>{escape(value)}</bdi>" for value in values]
    return Markup(format_list(texts, locale=babel_locale(locale)))  # noqa: S704 - escaped


def _number(value: object, *, locale: str) -> str:
    if not isinstance(value, int | float):
        raise TypeError(f"{value!r} is not a number")
    if value in _PLAIN and locale.partition("-")[0] != _BY_TWO:
        return str(int(value))
    # How many articles there are stands in lists, which small edits write anew.
    key = f"{locale} number {value}" if type(value) is int else ""
    written = _written.get(key)
    if written is None:
        from babel.numbers import format_decimal

        written = format_decimal(value, locale=babel_locale(locale))
        if key:
            _written[key] = written
    return written


def _percent(value: object, *, locale: str) -> str:
    from babel.numbers import format_percent

    if not isinstance(value, int | float):
        raise TypeError(f"{value!r} is not a number")
    return format_percent(
        value, locale=babel_locale(locale), decimal_quantization=False
    )


def _quoted(value: object, *, locale: str) -> str:
    first, last, *_ = quotation_marks(locale)
    return Markup(f"{first}{escape(str(value))}{last}")  # noqa: S704 - escaped


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "date": _date,
    "isolated": _isolated,
    "listed": _listed,
    "number": _number,
    "percent": _percent,
    "quoted": _quoted,
    "upper": partial(_cased, change=upper),
    "lower": partial(_cased, change=lower),
    "capitalize": partial(_cased, change=capitalize),
}
"""Each is given the locale of its template."""
