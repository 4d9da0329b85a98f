"""
Markdown as HTML, where what the parser writes is not yet what a reader needs.

A footnote leads there and back, its number before its first word, as in a book. A form
has no place in an article, so the box of a task is a character. An alert, such as
`> [!WARNING]`, is a box of its kind; whoever shows the HTML gives it a label.
"""

import re
from typing import Final

from pipeline.formats.markdown import events
from pipeline.late import regex

_NOTE: Final = regex(
    r'<sup class="footnote-reference"><a href="#[^"]*">(?P<reference>[0-9]+)</a></sup>'
    r'|<div class="footnote-definition" id="[^"]*">'
    r'<sup class="footnote-definition-label">(?P<definition>[0-9]+)</sup>\n'
    r"(?P<paragraph><p>)?"
)
_TASK: Final = regex(
    r'<li>(\n<p>)?<input disabled="" type="checkbox"( checked="")?/>\n'
)
_ALERT: Final = '<blockquote class="markdown-alert-'
_BOXES: Final = {True: "\N{BALLOT BOX WITH CHECK}", False: "\N{BALLOT BOX}"}


def html(text: str) -> str:
    """The text as HTML, raw HTML passed through."""
    made = events.html(text)
    if 'class="footnote-' in made:
        made = _with_notes(made)
    if 'type="checkbox"' in made:
        made = _TASK.sub(_task, made)
    return made.replace(_ALERT, '<blockquote class="callout ')


def _with_notes(made: str) -> str:
    """Footnotes under their numbers: a name could be that of a heading."""
    referred = {match["reference"] for match in _NOTE.finditer(made)}
    placed: set[str] = set()

    def note(match: re.Match[str]) -> str:
        number = match["reference"]
        if number is None:
            number = back = match["definition"]
            if number in referred:
                back = f'<a href="#fnref-{number}">{number}</a>'
            opening = f'<div class="footnote" id="fn-{number}">'
            return f"{opening}{match['paragraph'] or ''}<sup>{back}</sup> "
        # The way back leads to the first of several.
        place = "" if number in placed else f' id="fnref-{number}"'
        placed.add(number)
        return f'<sup><a href="#fn-{number}"{place}>{number}</a></sup>'

    return _NOTE.sub(note, made)


def _task(match: re.Match[str]) -> str:
    return f'<li class="task">{match[1] or ""}{_BOXES[bool(match[2])]} '
