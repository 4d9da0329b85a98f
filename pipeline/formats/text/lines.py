"""What a single line of plain text looks like: its marker, its kind, its addresses."""

import re
from typing import Final

from pipeline.late import dataclass, regex

LONGEST_HEADING: Final = 80
"""Characters; a title in the first line may be longer."""

_FEWEST_CAPITALS: Final = 4
"""`USA` is no heading."""

WRAP: Final = 120
"""A line beyond this was not wrapped by hand."""

_LONGEST_CONTACT: Final = 200

_LINE: Final = regex(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_BULLET: Final = regex(r"[ \t]*[-*+•‣▪◦·–—][ \t]+(?=\S)")
_NUMBER: Final = regex(r"[ \t]*\d{1,3}[.)][ \t]+(?=\S)")
_RULE: Final = regex(
    r"[ \t]*(?:(?:-[ \t]*){3,}|(?:=[ \t]*){3,}|(?:_[ \t]*){3,}"
    r"|(?:\*[ \t]*){3,}|(?:~[ \t]*){3,})\Z"
)
_SECTION: Final = regex(r"\d{1,3}((?:\.\d{1,3})+)\.?[ \t]+(?=\S)")

# The words that letters such as Q and A stand for, in the languages that a source or
# a translation saved as a source is likely to be in.
_QUESTION: Final = regex(
    r"[ \t]*(?:Q|Question|S|Soru|F|Frage|Pregunta|Domanda|Pergunta|Вопрос|س|سؤال)"
    r"[ ]?\d{0,3}[ ]?:[ \t]*(?=\S)",
    re.IGNORECASE,
)
_ANSWER: Final = regex(
    r"[ \t]*(?:A|Answer|C|Cevap|Y|Yanıt|Antwort|R|Réponse|Respuesta|Risposta|Resposta"
    r"|Ответ|ج|جواب)[ ]?\d{0,3}[ ]?:[ \t]*(?=\S)",
    re.IGNORECASE,
)

EMAIL: Final = regex(
    r"(?<![\w.%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
)
URL: Final = regex(
    # A merge field is one character of it, whatever blanks and quotes it has.
    r"(?<!\w)(?:https?://|www\.)(?:\{\{\{[^{}\n]*+\}\}\}|\{\{[^{}\n]*+\}\}"
    r"|\{%[^{}\n]*+\}(?<=%\})|\*\|[^|*\n]{1,99}+\|\*|[^\s<>\"'“”‘’])+",
)
PHONE: Final = regex(
    # A country code, a leading zero or a bracket; a date has the first digits alike.
    r"(?<![\w+.])(?!\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d))"
    r"(?:\+|0|\(0?)[\d(][\d ()./\u00a0-]{5,22}\d(?!\w)",
)
_LABEL: Final = regex(r"[ \t]*(\w[\w /&-]{0,29}?)[ \t\u00a0]*:(?!//)[ \t]*(?=\S)")
_LABELS: Final = frozenset(
    """
    address adres adresse anschrift dirección indirizzo endereço العنوان
    e-mail email e-posta eposta mail البريد
    fax faks facebook instagram linkedin telegram skype twitter youtube
    phone telephone tel telefon telefono teléfono téléphone mobile cell cep hotline gsm
    هاتف الهاتف جوال
    web website whatsapp واتساب
    """.split(),
)
_SENTENCE_ENDS: Final = tuple(".!;:,…。！；：،؛۔")
_CLOSERS: Final = "\"'”’»)]"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text."""

    start: int
    """Where it begins in the text, and `end` where its characters end."""

    end: int
    text: str
    """Without its line end."""

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


def split(text: str, start: int) -> list[Line]:
    """The lines from a place on."""
    lines = []
    for match in _LINE.finditer(text, start):
        words = match[1]
        if match[0]:
            lines.append(Line(match.start(), match.start() + len(words), words))
    return lines


def marker(text: str) -> tuple[str, int]:
    """
    The kind of a line's marker and its length: `question`, `answer`, `bullet`,
    `number`, `rule`; without one, an empty text and 0.
    """
    if _RULE.match(text):
        return "rule", 0
    for kind, pattern in (
        ("bullet", _BULLET),
        ("number", _NUMBER),
        ("question", _QUESTION),
        ("answer", _ANSWER),
    ):
        if match := pattern.match(text):
            return kind, match.end()
    return "", 0


def is_marker(text: str) -> bool:
    """Whether there is nothing but a marker in a line."""
    return marker(f"{text.strip()} x")[1] == len(text.strip()) + 1


def is_bare(text: str) -> bool:
    """Whether there is nothing in a text but signs that a rule may consist of."""
    return not text.strip("-=_*~ \t\r\n")


def is_capitals(text: str) -> bool:
    """Whether the letters of a short line are capitals, four of them at least."""
    if len(text) > LONGEST_HEADING:
        return False
    letters = "".join(filter(str.isalpha, text))
    return letters.isupper() and len(letters) >= _FEWEST_CAPITALS


def is_heading(text: str) -> bool:
    """Whether a line that stands alone reads as a heading: short, and no sentence."""
    words = text.strip()
    if not words or len(words) > LONGEST_HEADING:
        return False
    if words.rstrip(_CLOSERS).endswith(_SENTENCE_ENDS):
        return False
    first = words.lstrip("\"'“‘«(¿¡")[:1]
    return not first.islower() and any(map(str.isalpha, words))


def section_depth(text: str) -> int:
    """How deep a heading is numbered: 1 for `2.1 Before`, 2 for `2.1.3 The day`."""
    match = _SECTION.match(text.strip())
    return match[1].count(".") if match else 0


def is_contact(text: str) -> bool:
    """
    Whether a line says how to reach somebody.

    It does if it consists of an address (mail, web, phone), if such an address follows
    a label and a colon, or if the label is a known one: `Address: 1 Main Street`.
    """
    if len(text) > _LONGEST_CONTACT:
        return False
    label = _LABEL.match(text)
    value = text[label.end() :] if label else text
    if label is not None and label[1].lower() in _LABELS:
        return True
    rest = value
    for pattern in (EMAIL, URL, PHONE):
        rest = pattern.sub("", rest)
    return rest != value and not any(map(str.isalnum, rest))


def names_address(text: str) -> bool:
    """Whether there is a mail address, a web address or a telephone number in it."""
    return any(pattern.search(text) for pattern in (EMAIL, URL, PHONE))
