"""The messages of a workbench as a page shows them, and what one of them needs."""

from collections.abc import Iterable
from typing import Final

from pipeline import cldr
from pipeline.differences import differences
from pipeline.errors import UsageError
from pipeline.model.catalog import Message
from pipeline.model.finding import Severity
from pipeline.workflow.review.entries import entry_key, entry_version
from pipeline.workflow.review.workbench import Workbench

FILTERS: Final = (
    "all",
    "review",
    "fuzzy",
    "errors",
    "changed",
    "untranslated",
    "translated",
    "approved",
)


def message_json(bench: Workbench, message: Message) -> dict[str, object]:
    """An entry as it stands, with what the checks and the reviewers say of it."""
    approval = bench.approval(message)
    return {
        "key": entry_key(message.key),
        "version": entry_version(message),
        "msgctxt": message.msgctxt,
        "msgid": message.msgid,
        "msgid_plural": message.msgid_plural,
        "msgstrs": list(message.msgstrs),
        "state": bench.state(message),
        "changed": _is_changed(message),
        "previous": _previous_json(message),
        "findings": [finding.as_json() for finding in bench.findings(message)],
        "approval": approval
        and {
            "reviewer": approval.reviewer,
            "role": approval.role,
            "date": approval.date,
            "note": approval.note,
            "overrides": list(approval.overrides),
        },
        "kind": message.msgctxt or next(iter(message.extracted), ""),
    }


def article_json(
    bench: Workbench, *, only: str = "all", query: str = ""
) -> dict[str, object]:
    """
    An article with those of its messages that a filter and a search leave.

    Raises UsageError for a filter that is not one.
    """
    if only not in FILTERS:
        raise UsageError(
            f"{only!r} is no filter", hint=f"the filters are {', '.join(FILTERS)}"
        )
    messages = [message_json(bench, each) for each in bench.catalog.living]
    return {
        "article": bench.domain,
        "locale": bench.locale,
        "lang": bench.locale,
        "dir": cldr.direction(bench.locale),
        "source_lang": bench.site.source_locale,
        "source_dir": cldr.direction(bench.site.source_locale),
        "title": bench.title,
        "file": bench.desk.file,
        "require": bench.desk.require,
        "outdated": bench.is_outdated,
        "notes": list(bench.notes),
        "progress": bench.progress(),
        "messages": [
            each
            for each in messages
            if _passes(each, only) and _is_found(each, query.strip().casefold())
        ],
    }


def _passes(message: dict[str, object], only: str) -> bool:
    match only:
        case "review":
            return message["state"] in {"fuzzy", "translated"}
        case "errors":
            return has_error(message["findings"])
        case "changed":
            return bool(message["changed"])
        case "all":
            return True
        case _:
            return message["state"] == only


def has_error(findings: object) -> bool:
    """Whether any of some findings, as JSON has them, is an error."""
    return isinstance(findings, list) and any(
        each["severity"] == Severity.ERROR for each in findings
    )


def _is_found(message: dict[str, object], query: str) -> bool:
    texts: Iterable[object] = (
        message["msgid"],
        message["msgid_plural"],
        *_forms(message),
    )
    return not query or any(query in str(text or "").casefold() for text in texts)


def _forms(message: dict[str, object]) -> list[object]:
    forms = message["msgstrs"]
    return forms if isinstance(forms, list) else []


def _previous(message: Message) -> str | None:
    """What the source was when the translation was written, where it has changed."""
    previous = message.previous.msgid if message.previous else None
    return None if previous == message.msgid else previous


def _is_changed(message: Message) -> bool:
    """Whether the source was another; that of a memory's unit always is."""
    if _previous(message) is None:
        return False
    origins = [line for line in message.comments if line.startswith("publish ")]
    return not origins or ": from memory" not in origins[-1]


def _previous_json(message: Message) -> dict[str, object] | None:
    previous = _previous(message)
    if previous is None:
        return None
    runs = [list(run) for run in differences(previous, message.msgid)]
    return {"msgid": previous, "diff": runs}
