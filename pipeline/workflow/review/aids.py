"""What helps with one message: the memory, a draft, terms, comments, what it was."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pipeline.cldr import gettext_locale
from pipeline.differences import differences
from pipeline.errors import PublishError
from pipeline.glossary import occurrences
from pipeline.late import regex
from pipeline.model.catalog import Message
from pipeline.store.comments import read_comments
from pipeline.store.journal import Journal
from pipeline.workflow.memory import open_memory
from pipeline.workflow.review.judging import limits
from pipeline.workflow.review.messages import message_json
from pipeline.workflow.review.workbench import Workbench

_MOST: Final = 5
"""Suggestions; nobody reads more."""

_MOST_PAST: Final = 20
_MACHINE: Final = regex(
    r"publish (?P<date>\d{4}-\d\d-\d\d): machine \((?P<origin>[^)]*)\)"
)


def message_in_full(bench: Workbench, message: Message) -> dict[str, object]:
    """
    An entry with all that helps with it.

    What cannot be read is left out and said in `notes`: a broken memory or journal
    keeps nobody from working.
    """
    notes: list[str] = []
    found: dict[str, object] = {"suggestions": [], "draft": None, "history": []}
    found["comments"] = []
    for name, look in (
        ("suggestions", _suggestions),
        ("draft", _draft),
        ("history", _history),
        ("comments", _comments),
    ):
        try:
            found[name] = look(bench, message)
        except PublishError as error:
            notes.append(str(error))
    return {
        **message_json(bench, message),
        **found,
        "terms": list(_terms(bench, message)),
        "limits": limits(message),
        "occurrences": list(message.references),
        "remarks": list(message.extracted),
        "translator_comments": list(message.comments),
        "notes": notes,
    }


def _suggestions(bench: Workbench, message: Message) -> list[dict[str, object]]:
    with open_memory(bench.site) as memory:
        found = memory.search(bench.locale, message.msgid, _MOST + 1)
    return [
        {
            "source": each.source or message.msgid,
            "text": each.msgstr,
            "score": each.score,
            "origin": each.place or each.origin,
            "date": each.date,
            "diff": [list(run) for run in differences(each.source, message.msgid)],
        }
        for each in found
        # What it says already helps nobody.
        if not (each.score == 100 and (each.msgstr,) == message.msgstrs)  # noqa: PLR2004 - percent
    ][:_MOST]


def _draft(bench: Workbench, message: Message) -> dict[str, object] | None:
    """What a machine made of it: as the journal noted it, else as a comment says."""
    with Journal(Path(bench.site.root)) as journal:
        draft = journal.draft(gettext_locale(bench.locale), bench.domain, message.key)
    if draft is not None:
        return {
            "text": draft.msgstrs[0],
            "msgstrs": list(draft.msgstrs),
            "origin": draft.engine,
            "date": draft.made,
        }
    if not message.is_fuzzy or not message.is_translated:
        return None
    for comment in reversed(message.comments):
        match = _MACHINE.match(comment)
        if match:
            return {
                "text": message.msgstr,
                "msgstrs": list(message.msgstrs),
                "origin": match["origin"],
                "date": match["date"],
            }
    return None


def _history(bench: Workbench, message: Message) -> list[dict[str, object]]:
    """The texts that it had, the newest first, without that which it has."""
    with Journal(Path(bench.site.root)) as journal:
        texts = journal.history(gettext_locale(bench.locale), bench.domain, message.key)
    seen = {message.msgstrs}
    told: list[dict[str, object]] = []
    for text in texts:
        if text.msgstrs not in seen and len(told) < _MOST_PAST:
            seen.add(text.msgstrs)
            told.append(
                {
                    "text": text.msgstrs[0],
                    "msgstrs": list(text.msgstrs),
                    "when": text.seen,
                    "how": text.how,
                }
            )
    return told


def _comments(bench: Workbench, message: Message) -> list[dict[str, object]]:
    comments = read_comments(Path(bench.site.root), bench.locale, bench.domain)
    return [
        {"name": each.name, "date": each.date, "text": each.text}
        for each in comments
        if each.key == message.key
    ]


def _terms(bench: Workbench, message: Message) -> Iterator[dict[str, object]]:
    """Each row of the glossary at each place of the source where it stands."""
    text = message.msgid
    for each in occurrences(text, bench.terms, bench.site.source_locale):
        for term in each.terms:
            yield {
                "start": _utf16(text[: each.start]),
                "end": _utf16(text[: each.end]),
                "source": term.source,
                "target": term.target,
                "forbidden": term.status == "forbidden",
                "status": term.status,
                "note": term.note,
            }


def _utf16(text: str) -> int:
    """How long a text is where characters are counted as browsers do."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
