"""
Doses, telephone numbers and Latin words of plain text, kept in their order.

They stand between U+2066 and U+2069, as they stand in `bdi` in HTML, so that a mail
reads the same in both (UAX #9 since Unicode 6.3 of 2013, with what programs for mail
are built on). A mark of the direction on both sides (U+200E), which older programs know
too, does not do: two runs with only a comma between their marks are one run, which
begins on the wrong side.
"""

from typing import Final
from unicodedata import bidirectional

from pipeline.cldr import direction
from pipeline.late import regex
from pipeline.render.notation import MAY_RUN
from pipeline.render.runs import Kind, Run, find, is_joined, is_written_back

_QUOTED: Final = regex(r"[ >]*")
_NOT_LED: Final = regex(r"\[[0-9]+\] |[a-z]+://\S+$")
_LRI: Final = "\N{LEFT-TO-RIGHT ISOLATE}"
_RLI: Final = "\N{RIGHT-TO-LEFT ISOLATE}"
_PDI: Final = "\N{POP DIRECTIONAL ISOLATE}"
_ALM: Final = "\N{ARABIC LETTER MARK}"
_OPENING: Final = f"{_LRI}{_RLI}\N{FIRST STRONG ISOLATE}"
_ISOLATE: Final = regex(f"[{_OPENING}{_PDI}]")

_SHORT: Final = regex(f"{_LRI}[^{_OPENING}{_PDI}]{{1,32}}{_PDI}")


def marked(text: str, *, locale: str) -> str:
    """
    Plain text with such runs in isolates, which nobody sees.

    Merge fields and addresses stay as they are: other programs read them.
    """
    if direction(locale) != "rtl" or not MAY_RUN.search(text):
        return text
    made: list[str] = []
    end = 0
    for run in find(text, locale):
        if run.kind in {Kind.FIELD, Kind.ADDRESS}:
            if end and run.kind == Kind.ADDRESS and is_joined(text, end, run.start):
                made.append(f"{text[end : run.start]}\N{RIGHT-TO-LEFT MARK}")
                end = run.start
            continue
        made += [text[end : run.start], _between_isolates(text, run)]
        end = run.end
    return "".join([*made, text[end:]])


def _between_isolates(text: str, run: Run) -> str:
    if run.kind == Kind.RANGE:
        return f"{_ALM}{text[run.start : run.end]}"
    made = [_RLI if run.kind == Kind.BACK else _LRI]
    at = run.start
    for start, end in run.amounts:
        made += [text[at:start], _LRI, text[start:end], _PDI]
        at = end
    return "".join([*made, text[at : run.end], _PDI])


def held(text: str, sign: str) -> str:
    """Marked text with this sign for the spaces in amounts and short phrases."""
    if _PDI not in text:
        return text
    return _SHORT.sub(lambda match: match[0].replace(" ", sign), text)


def closed(lines: list[str]) -> list[str]:
    """Lines of marked text, of which each closes what it opens (UAX #9, X8)."""
    opened = ""
    made: list[str] = []
    for line in lines:
        whole = f"{opened}{line}"
        opened = ""
        for sign in _ISOLATE.findall(whole):
            opened = opened[:-1] if sign == _PDI else f"{opened}{sign}"
        made.append(f"{whole}{_PDI * len(opened)}")
    return made


def as_written(line: str, *, locale: str) -> str:
    """
    A line of preformatted plain text, whose words keep the order they were written in.

    Code and opening hours in Latin letters would be turned around by a text that runs
    from right to left.
    """
    if direction(locale) != "rtl" or not line.strip():
        return line
    if is_written_back(line):
        return marked(line, locale=locale)
    return f"\N{LEFT-TO-RIGHT MARK}{line}\N{LEFT-TO-RIGHT MARK}"


def led(line: str, *, locale: str) -> str:
    """
    A line of plain text that is seen to run the way of its locale.

    Where a line from right to left begins with a Latin word, many programs would turn
    the whole of it around; a mark that nobody sees says that it is not meant. A line
    that is an address, or names one by its number, is left alone.
    """
    if direction(locale) != "rtl" or _NOT_LED.match(line):
        return line
    for character in line:
        strong = bidirectional(character)
        if strong in {"R", "AL"}:
            return line
        if strong == "L":
            return _begun(line)
    # Digits and signs that are set apart are not seen by a program that looks for the
    # direction of a line (UAX #9, P2).
    return _begun(line) if _PDI in line else line


def _begun(line: str) -> str:
    start = _QUOTED.match(line)
    place = start.end() if start else 0
    return f"{line[:place]}\N{RIGHT-TO-LEFT MARK}{line[place:]}"
