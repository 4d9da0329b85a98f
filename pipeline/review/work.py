"""The interface: what the page asks for and changes, as JSON."""

import json
import threading
from collections.abc import AsyncIterator, Callable
from typing import Final, TypeVar
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from pipeline.errors import UsageError
from pipeline.model.catalog import Message
from pipeline.model.site import Site
from pipeline.review.answers import (
    Refusal,
    answer_json,
    forms_in,
    note_in,
    read_json,
    require_session,
    text_in,
)
from pipeline.review.presence import Listener, Presence
from pipeline.workflow.review import changes
from pipeline.workflow.review.aids import message_in_full
from pipeline.workflow.review.judging import counts, fitting_text, judge_text
from pipeline.workflow.review.messages import article_json, message_json
from pipeline.workflow.review.overview import Overview, Standing
from pipeline.workflow.review.workbench import (
    Place,
    Places,
    Workbench,
    open_workbench,
)

T = TypeVar("T")

_MOST_STREAMS: Final = 20
_MOST_COMMENT: Final = 5_000

_writing = threading.Lock()
"""The site's own lock is asked for again and again by those who wait; this is not."""


async def place_of(request: Request) -> Place:
    """What an address names. Raises Refusal for what is not there."""
    return await _found(
        request, request.path_params["locale"], request.path_params["domain"]
    )


async def _found(request: Request, locale: str, domain: str) -> Place:
    if locale not in request.app.state.setting.locales:
        raise Refusal(404, "this language is not served here")
    places: Places = request.app.state.places
    try:
        return await run_in_threadpool(places.find, locale, domain)
    except UsageError as failure:
        raise Refusal(404, failure.message, failure.hint) from failure


async def articles(request: Request) -> Response:
    """Every article, and how far it is."""
    return answer_json(await standings(request))


async def standings(request: Request) -> dict[str, object]:
    """The articles of all locales served, and what is wrong with other files."""
    overview: Overview = request.app.state.overview
    presence: Presence = request.app.state.presence
    session = require_session(request)
    found: list[dict[str, object]] = []
    for locale in request.app.state.setting.locales:
        for each in await run_in_threadpool(overview.standings, locale):
            others = presence.names((locale, each.domain), besides=session)
            found.append(_standing_json(each, others))
    problems = [str(error) for error in overview.places.problems]
    return {"articles": found, "problems": problems}


def _standing_json(each: Standing, others: list[str]) -> dict[str, object]:
    tally = each.tally
    return {
        "domain": each.domain,
        "locale": each.locale,
        "title": each.title,
        "kind": each.kind,
        "state": each.state,
        "error": each.error,
        "tally": {
            "segments": tally.segments,
            "words": tally.words,
            "approved": tally.approved,
            "translated": tally.translated,
            "fuzzy": tally.fuzzy,
            "untranslated": tally.untranslated,
        },
        "url": f"/a/{quote(each.locale)}/{quote(each.domain)}",
        "others": others,
    }


async def messages(request: Request) -> Response:
    """The messages of an article that a filter and a search leave."""
    return answer_json(await article_values(request))


async def article_values(request: Request) -> dict[str, object]:
    """An article as the page gets it. Raises PublishError, Refusal."""
    place = await place_of(request)
    only = request.query_params.get("filter") or "all"
    query = request.query_params.get("q", "")

    def work(site: Site) -> dict[str, object]:
        return article_json(open_workbench(site, place), only=only, query=query)

    presence: Presence = request.app.state.presence
    presence.opened((place.locale, place.domain))
    values = await _in_thread(request, work)
    besides = require_session(request)
    names = presence.names((place.locale, place.domain), besides=besides)
    return values | {"others": names}


async def message(request: Request) -> Response:
    """One message with all that helps with it."""
    place = await place_of(request)
    key = request.path_params["key"]

    def work(site: Site) -> dict[str, object]:
        bench = open_workbench(site, place)
        return message_in_full(bench, _entry(bench, key))

    answer = answer_json(await _in_thread(request, work))
    catch_up = request.app.state.remembering.catch_up
    answer.background = BackgroundTask(catch_up, place.locale)
    return answer


async def check(request: Request) -> Response:
    """The findings on a text that somebody types."""
    place = await place_of(request)
    values = await read_json(request)
    key, msgstrs = text_in(values, "key"), forms_in(values)

    def work(site: Site) -> dict[str, object]:
        bench = open_workbench(site, place, judged=False)
        entry = _entry(bench, key)
        text = fitting_text(entry, msgstrs)
        findings = judge_text(bench, entry, text)
        return {
            "findings": [each.as_json() for each in findings],
            "counts": counts(entry, text),
        }

    return answer_json(await _in_thread(request, work))


async def save(request: Request) -> Response:
    """Give an entry a text."""
    values = await read_json(request)
    target, msgstrs = await _target(request, values), forms_in(values)
    person = _person(request)

    def work(site: Site) -> Response:
        outcome = changes.save(site, target, msgstrs, person)
        return _outcome(outcome, yours=msgstrs)

    return await _alone(request, work)


async def approve(request: Request) -> Response:
    """Approve an entry, with another text if one is given."""
    values = await read_json(request)
    target, note = await _target(request, values), note_in(values)
    msgstrs = None if values.get("msgstrs") is None else forms_in(values)
    person = _person(request)

    def work(site: Site) -> Response:
        outcome = changes.approve(site, target, msgstrs, person, note)
        return _outcome(outcome, yours=msgstrs)

    return await _alone(request, work)


async def withdraw(request: Request) -> Response:
    """Take back the approval of an entry."""
    target = await _target(request, await read_json(request))
    person = _person(request)

    def work(site: Site) -> Response:
        return _outcome(changes.withdraw(site, target, person), yours=None)

    return await _alone(request, work)


async def comment(request: Request) -> Response:
    """Ask or tell the author something about a message."""
    values = await read_json(request)
    key, text = text_in(values, "key"), text_in(values, "text", most=_MOST_COMMENT)
    place = await place_of(request)
    person = _person(request)

    def work(site: Site) -> Response:
        if not changes.comment(site, place, key, text, person):
            raise _no_message()
        bench = open_workbench(site, place)
        return answer_json(message_in_full(bench, _entry(bench, key)))

    return await _alone(request, work)


async def events(request: Request) -> Response:
    """What happens at the articles, as it happens (server-sent events)."""
    session = require_session(request)
    if session.streams >= _MOST_STREAMS:
        raise Refusal(429, "too many pages wait for events", "close some of them")
    presence: Presence = request.app.state.presence
    asked = request.query_params
    place = session.place
    if asked.get("locale") and asked.get("domain"):
        place = (asked["locale"], asked["domain"])
        await _found(request, *place)
    listener = Listener(session.name, session, place)

    async def stream() -> AsyncIterator[str]:
        session.streams += 1
        try:
            yield ": here\n\n"
            async for event in presence.listen(listener):
                said = json.dumps(event, ensure_ascii=True)
                yield f"data: {said}\n\n" if event else ": here\n\n"
        finally:
            session.streams -= 1

    return StreamingResponse(stream(), media_type="text/event-stream")


async def _target(request: Request, values: dict[str, object]) -> changes.Target:
    key, version = text_in(values, "key"), text_in(values, "version")
    return changes.Target(await place_of(request), key, version)


def _person(request: Request) -> changes.Person:
    session = require_session(request)
    session.has_signed = True
    now = request.app.state.setting.now()
    return changes.Person(session.name, session.role, now)


async def _in_thread(request: Request, work: Callable[[Site], T]) -> T:
    return await run_in_threadpool(work, request.app.state.site)


async def _alone(request: Request, work: Callable[[Site], T]) -> T:
    """Work that writes: one at a time."""

    def with_lock(site: Site) -> T:
        with _writing:
            return work(site)

    return await _in_thread(request, with_lock)


def _entry(bench: Workbench, key: str) -> Message:
    entry = bench.entry(key)
    if entry is None:
        raise _no_message()
    return entry


def _no_message() -> Refusal:
    return Refusal(404, "there is no such message", "load the page again")


def _outcome(
    outcome: changes.Done | changes.Conflict | changes.Refused,
    *,
    yours: tuple[str, ...] | None,
) -> JSONResponse:
    match outcome:
        case changes.Done(bench, message):
            values = {
                "message": message_json(bench, message),
                "progress": bench.progress(),
            }
            return answer_json(values)
        case changes.Conflict(bench, theirs):
            shown = message_json(bench, theirs) if theirs else None
            return answer_json({"theirs": shown, "yours": yours}, 409)
        case changes.Refused(findings):
            return answer_json({"refused": [each.as_json() for each in findings]}, 422)
