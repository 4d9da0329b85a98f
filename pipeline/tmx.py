"""
TMX 1.4b, the exchange format of translation memories: read with care, written plainly.

A file comes from anywhere: it may declare no entities, refer to nothing outside, and
nest nothing deeply. The codes of an inline element are kept where a catalog of ours
would have them too (tags, merge fields, emphasis); those of other programs are dropped.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from typing import Final, NoReturn
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from pipeline.cldr import gettext_locale
from pipeline.errors import SourceError
from pipeline.late import dataclass, regex
from pipeline.placeholders import find

CONTEXT: Final = "x-context"
BEFORE: Final = ("x-context-pre", "prev")
AFTER: Final = ("x-context-post", "next")
"""What the texts beside a unit are called here and in other programs."""

ORIGIN: Final = "x-origin"
_CODES: Final = ("bpt", "ept", "ph", "it", "ut")
_DEPTH: Final = 64
_LONGEST: Final = 1_000_000
"""Characters of one segment."""

_INVALID: Final = regex(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EMPHASIS: Final = regex(r"[*_~`]{1,3}")


@dataclass(slots=True)
class Variant:
    """A text in one language."""

    lang: str
    text: str = ""
    date: str = ""
    creator: str = ""
    props: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Unit:
    """One text in several languages."""

    variants: list[Variant] = field(default_factory=list)
    date: str = ""
    creator: str = ""
    props: dict[str, str] = field(default_factory=dict)
    line: int = 0

    def text(self, locale: str) -> Variant | None:
        """The text in a locale (BCP 47), or in what comes closest to it."""
        return min(
            (
                each
                for each in self.variants
                if _distance(each.lang, locale) is not None
            ),
            key=lambda each: _distance(each.lang, locale) or 0,
            default=None,
        )

    def prop(self, names: Sequence[str], variant: Variant) -> str | None:
        """What is said under one of these names."""
        said = self.props | variant.props
        return next((said[name] for name in names if name in said), None)


def parse_tmx(data: bytes, *, path: str) -> list[Unit]:
    """The units of a file. Raises SourceError with path and line for what is no TMX."""
    return _Reader(path).read(data)


def compose_tmx(units: Iterable[Unit], *, source: str, version: str) -> Iterator[str]:
    """A file in pieces; units with characters that XML cannot hold are left out."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
        '<tmx version="1.4">\n'
        f'<header creationtool="publish" creationtoolversion={quoteattr(version)}'
        ' segtype="block" o-tmf="PO" adminlang="en"'
        f' srclang={quoteattr(source)} datatype="plaintext"/>\n'
        "<body>\n"
    )
    for unit in units:
        text = _unit(unit)
        if not _INVALID.search(text):
            yield text
    yield "</body>\n</tmx>\n"


def _unit(unit: Unit) -> str:
    lines = [f"<tu{_stamp(unit.date, unit.creator)}>"]
    lines += [
        f"<prop type={quoteattr(name)}>{_escaped(value)}</prop>"
        for name, value in unit.props.items()
    ]
    lines += [
        f"<tuv xml:lang={quoteattr(each.lang)}{_stamp(each.date, each.creator)}>"
        f"<seg>{_escaped(each.text)}</seg></tuv>"
        for each in unit.variants
    ]
    return "\n".join([*lines, "</tu>\n"])


def _stamp(date: str, creator: str) -> str:
    day = date.replace("-", "")
    stamp = f' changedate="{day}T000000Z"' if re.fullmatch(r"\d{8}", day) else ""
    return stamp + (f" changeid={quoteattr(creator)}" if creator else "")


def _escaped(text: str) -> str:
    return escape(text, {"\r": "&#13;"})


def _distance(lang: str, locale: str) -> int | None:
    """0 for the locale itself, more for one with less or more said; None for others."""
    ours, theirs = (tag.replace("_", "-").lower() for tag in (locale, lang))
    if theirs in {ours, gettext_locale(locale).replace("_", "-").lower()}:
        return 0
    if ours.startswith(f"{theirs}-"):
        return 1
    return 2 if theirs.startswith(f"{ours}-") else None


class _Reader:
    """What expat finds, as units."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.units: list[Unit] = []
        self.unit: Unit | None = None
        self.variant: Variant | None = None
        self.stack: list[str] = []
        self.text: list[str] = []
        self.length = 0
        self.prop = ""
        self.marks: list[int] = []
        """Where the codes of the open inline elements begin in `text`."""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.EntityDeclHandler = self.entity
        self.parser.SkippedEntityHandler = self.skipped
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def read(self, data: bytes) -> list[Unit]:
        try:
            self.parser.Parse(data, True)  # noqa: FBT003 - expat takes no keyword
        except expat.ExpatError as error:
            what = expat.ErrorString(error.code)
            raise self.error(f"not XML: {what}", error.lineno) from error
        except (LookupError, ValueError) as error:
            raise self.error(f"not XML: {error}") from error
        return self.units

    def error(self, message: str, line: int | None = None) -> SourceError:
        return SourceError(
            message,
            path=self.path,
            line=line or self.parser.CurrentLineNumber,
            hint="it must be a TMX 1.4 file",
        )

    def doctype(
        self, name: str, system: str | None, public: str | None, subset: int
    ) -> None:
        del name, system, public
        if subset:
            self.refuse("declarations inside the file are not read")

    def entity(self, *_: object) -> None:
        self.refuse("entities are not read")

    def skipped(self, name: str, is_parameter: bool) -> None:  # noqa: FBT001 - expat's signature
        del is_parameter
        self.refuse(f"unknown entity {name}")

    def refuse(self, message: str) -> NoReturn:
        raise self.error(message)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.stack and name != "tmx":
            self.refuse(f"its first element is <{name[:40]}>, not <tmx>")
        self.stack.append(name)
        if len(self.stack) > _DEPTH:
            self.refuse(f"more than {_DEPTH} elements within one another")
        if name == "tu":
            date, creator = _who(attributes)
            line = self.parser.CurrentLineNumber
            self.unit = Unit(date=date, creator=creator, line=line)
        elif name == "tuv" and self.unit is not None:
            date, creator = _who(attributes)
            lang = attributes.get("xml:lang") or attributes.get("lang") or ""
            self.variant = Variant(lang, date=date, creator=creator)
        elif name in {"seg", "prop"}:
            self.text, self.length, self.marks = [], 0, []
            self.prop = attributes.get("type", "")
        elif name in _CODES:
            self.marks.append(len(self.text))

    def characters(self, text: str) -> None:
        if "seg" in self.stack or self.stack[-1] == "prop":
            self.length += len(text)
            if self.length > _LONGEST:
                self.refuse(f"a segment of more than {_LONGEST:,} characters")
            self.text.append(text)

    def end(self, name: str) -> None:
        self.stack.pop()
        if name in _CODES and self.marks:
            start = self.marks.pop()
            code = "".join(self.text[start:])
            self.text[start:] = [code] if _is_ours(code) else []
        elif name == "seg" and self.variant is not None:
            self.variant.text = "".join(self.text)
        elif name == "prop" and self.unit is not None:
            there = self.variant or self.unit
            there.props[self.prop] = "".join(self.text)
        elif name == "tuv" and self.unit is not None and self.variant is not None:
            self.unit.variants.append(self.variant)
            self.variant = None
        elif name == "tu" and self.unit is not None:
            self.units.append(self.unit)
            self.unit = None


def _is_ours(code: str) -> bool:
    """Whether a catalog would have this code as it is."""
    if _EMPHASIS.fullmatch(code):
        return True
    return sum(len(each.raw) for each in find(code)) == len(code) > 0


def _who(attributes: dict[str, str]) -> tuple[str, str]:
    stamp = attributes.get("changedate") or attributes.get("creationdate") or ""
    match = re.match(r"(\d{4})(\d\d)(\d\d)", stamp)
    who = attributes.get("changeid") or attributes.get("creationid") or ""
    return "-".join(match.groups()) if match else "", who
