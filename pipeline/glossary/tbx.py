"""
A glossary as TBX, the exchange format of terminology tools (ISO 30042).

Read are the martif form of 2008, as TBX-Basic and others write it, and version 3 in
both its styles: with type attributes (DCA) and with named elements (DCT). A file is
written in the martif form, which every tool reads.
"""

from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Final
from xml.parsers import expat

from pipeline.cldr import canonical
from pipeline.errors import SourceError
from pipeline.glossary.table import Row
from pipeline.late import dataclass
from pipeline.model.term import Term

_ENTRIES: Final = frozenset({"termEntry", "conceptEntry"})
_LANGUAGES: Final = frozenset({"langSet", "langSec"})
_TERMS: Final = frozenset({"tig", "ntig", "termSec"})
_STATUSES: Final = {
    "preferred": "preferred",
    "preferredterm": "preferred",
    "standardizedterm": "preferred",
    "legalterm": "preferred",
    "regulatedterm": "preferred",
    "admitted": "admitted",
    "admittedterm": "admitted",
    "deprecated": "forbidden",
    "deprecatedterm": "forbidden",
    "superseded": "forbidden",
    "supersededterm": "forbidden",
    "forbidden": "forbidden",
}
_DEEPEST: Final = 64
_CASE: Final = "case: "
"""TBX has no rule for capitals; a note carries it."""


@dataclass(slots=True)
class _Word:
    """A term of one language, as it is read."""

    line: int
    text: str = ""
    status: str = ""
    pos: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Concept:
    """What is one thing, with its words by language."""

    words: dict[str, list[_Word]] = field(default_factory=dict)


class _Reader:
    """What expat calls; the concepts that are found."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.concepts: list[_Concept] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.EntityDeclHandler = self._entity
        self._parser.SkippedEntityHandler = self._unknown_entity
        self._open: list[tuple[str, str]] = []
        self._texts: list[list[str]] = []
        self._language = ""
        self._word: _Word | None = None
        self._is_tbx = False

    def read(self, data: bytes) -> list[_Concept]:
        try:
            self._parser.Parse(data, True)  # noqa: FBT003 - expat's signature
        except expat.ExpatError as error:
            raise SourceError(
                f"not XML: {expat.errors.messages[error.code]}",
                path=self.path,
                line=error.lineno,
                hint="export the file again from the tool that made it",
            ) from None
        except (LookupError, ValueError) as error:
            raise self._error(f"not XML that can be read: {error}") from None
        if not self._is_tbx:
            raise SourceError(
                "not TBX: its first element is neither martif nor tbx",
                path=self.path,
                line=1,
                hint="export the glossary as TBX",
            )
        return self.concepts

    def _error(self, message: str, hint: str = "") -> SourceError:
        return SourceError(
            message, path=self.path, line=self._parser.CurrentLineNumber, hint=hint
        )

    def _entity(self, *_: object) -> None:
        raise self._error("declares an entity", "take the declaration out")

    def _unknown_entity(self, name: str, _is_parameter: bool) -> None:  # noqa: FBT001 - expat's signature
        raise self._error(
            f"has &{name};, which nothing declares", "write the character itself"
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        if len(self._open) >= _DEEPEST:
            raise self._error(f"has elements deeper than {_DEEPEST}")
        if not self._open:
            self._is_tbx = name in {"martif", "tbx"}
        if name in _ENTRIES:
            self.concepts.append(_Concept())
        elif name in _LANGUAGES:
            self._language = _language(attributes)
        elif name in _TERMS or (name == "term" and self._word is None):
            self._begin_word()
        self._open.append((name, attributes.get("type", "")))
        self._texts.append([])

    def _begin_word(self) -> None:
        if self.concepts and self._language:
            self._word = _Word(self._parser.CurrentLineNumber)
            words = self.concepts[-1].words
            words.setdefault(self._language, []).append(self._word)

    def _characters(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)

    def _end(self, name: str) -> None:
        name, kind = self._open.pop()
        text = "".join(self._texts.pop())
        if name in {"hi", "foreign"} and self._texts:
            self._texts[-1].append(text)
        if name in _LANGUAGES:
            self._language = ""
        if name in _TERMS or name in _LANGUAGES:
            self._word = None
        elif self._word is not None:
            self._take(self._word, name, kind, " ".join(text.split()))

    def _take(self, word: _Word, name: str, kind: str, text: str) -> None:
        # In the style with named elements the name says what the type says elsewhere.
        what = kind if name in {"termNote", "admin", "descrip"} else name
        if name == "term" and not word.text:
            word.text = text
            word.line = self._parser.CurrentLineNumber
        elif what in {"administrativeStatus", "normativeAuthorization"}:
            plain = text.lower().partition("-")[0].replace(" ", "")
            word.status = _STATUSES.get(plain, word.status)
        elif what == "partOfSpeech":
            word.pos = text.lower()
        elif what == "note" and text:
            word.notes.append(text)


def _language(attributes: dict[str, str]) -> str:
    for name, value in attributes.items():
        if name.rpartition(" ")[2] == "lang":
            return canonical(value)
    return ""


def parse_tbx(data: bytes, *, path: str, source: str, target: str) -> tuple[Row, ...]:
    """
    The rows of a TBX file for one pair of locales (BCP 47), in its order.

    A concept's words in the one language are paired with those in the other. Where no
    word is marked, the first is preferred and the others are admitted. Raises
    SourceError with path and line for what is not TBX, or not harmless XML.
    """
    rows = []
    for concept in _Reader(path).read(data):
        targets = list(_ranked(_words(concept, target)))
        for word in _words(concept, source):
            rows += [
                Row(_paired(word, other, status), path, other.line)
                for other, status in targets
            ]
    return tuple(rows)


def tbx_locales(data: bytes, *, path: str) -> tuple[str, ...]:
    """The locales (BCP 47) of a TBX file. Raises SourceError."""
    found = {tag for each in _Reader(path).read(data) for tag in each.words}
    return tuple(sorted(found))


def _words(concept: _Concept, locale: str) -> list[_Word]:
    """Those of the locale itself, or else those of its language."""
    language = locale.partition("-")[0]
    exact = concept.words.get(locale, [])
    near = concept.words.get(language, [])
    regional = (
        words
        for tag, words in concept.words.items()
        if tag.partition("-")[0] == language
    )
    found = exact or near or next(regional, [])
    return [word for word in found if word.text]


def _ranked(words: list[_Word]) -> Iterator[tuple[_Word, str]]:
    is_marked = any(word.status == "preferred" for word in words)
    for word in words:
        status = word.status or ("admitted" if is_marked else "preferred")
        is_marked = is_marked or status == "preferred"
        yield word, status


def _paired(word: _Word, other: _Word, status: str) -> Term:
    notes = [note for note in other.notes if not note.startswith(_CASE)]
    cases = [note for note in other.notes if note.startswith(_CASE)]
    case = cases[0].removeprefix(_CASE) if cases else ""
    return Term(
        word.text,
        other.text,
        status,
        "; ".join(notes),
        word.pos or other.pos,
        case if case in {"any", "exact"} else "",
    )


def compose_tbx(terms: Iterable[Term], *, source: str, target: str) -> str:
    """The TBX text of terms; `parse_tbx` gives them back."""
    # It brings urllib and http along, and few commands write a glossary.
    from xml.sax.saxutils import quoteattr

    by_source: dict[str, list[Term]] = {}
    for term in terms:
        by_source.setdefault(term.source, []).append(term)
    entries = "".join(
        _entry(number, rows, source, target)
        for number, rows in enumerate(by_source.values(), 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<martif type="TBX-Basic" xml:lang={quoteattr(source)}>\n'
        " <martifHeader>\n  <fileDesc>\n   <sourceDesc><p>publish</p></sourceDesc>\n"
        "  </fileDesc>\n </martifHeader>\n"
        f" <text>\n  <body>\n{entries}  </body>\n </text>\n</martif>\n"
    )


_MARKS: Final = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}


def _entry(number: int, rows: list[Term], source: str, target: str) -> str:
    from xml.sax.saxutils import quoteattr

    first = _tig(rows[0].source, pos="")
    others = "".join(
        _tig(row.target, _MARKS[row.status], row.pos, row.note, row.case)
        for row in rows
    )
    return (
        f'   <termEntry id="c{number}">\n'
        f"    <langSet xml:lang={quoteattr(source)}>\n{first}    </langSet>\n"
        f"    <langSet xml:lang={quoteattr(target)}>\n{others}    </langSet>\n"
        "   </termEntry>\n"
    )


def _tig(
    text: str, status: str = "", pos: str = "", note: str = "", case: str = ""
) -> str:
    from xml.sax.saxutils import escape

    parts = [f"<term>{escape(text)}</term>"]
    if status:
        parts.append(f'<termNote type="administrativeStatus">{status}</termNote>')
    if pos:
        parts.append(f'<termNote type="partOfSpeech">{escape(pos)}</termNote>')
    parts += [
        f"<note>{escape(each)}</note>" for each in (note, case and _CASE + case) if each
    ]
    return f"     <tig>{''.join(parts)}</tig>\n"
