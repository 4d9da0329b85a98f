"""Requests into values, and what went wrong into answers."""

import json
import sys
import traceback
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from pipeline.errors import BusyError, PublishError, UsageError
from pipeline.review.security import error
from pipeline.review.sessions import Session, Sessions, holds_token
from pipeline.review.views import Ui, Views, choose_ui

Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

_MOST_NOTE: Final = 5_000
_MOST_KEY: Final = 64


class Refusal(Exception):
    """A request that is refused, and how that is said."""

    def __init__(self, status: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.hint = hint


def status_of(failure: PublishError) -> int:
    """The status of an answer that says so."""
    if isinstance(failure, UsageError):
        return 422
    return 503 if isinstance(failure, BusyError) else 422


def said(failure: Exception) -> tuple[int, str, str]:
    """Status, message and hint of a failure; what nobody foresaw is told on stderr."""
    if isinstance(failure, Refusal):
        return failure.status, failure.message, failure.hint
    if isinstance(failure, PublishError):
        place = ":".join(str(part) for part in (failure.path, failure.line) if part)
        message = f"{place}: {failure.message}" if place else failure.message
        return status_of(failure), message, failure.hint
    traceback.print_exception(failure, file=sys.stderr)
    return 500, "the server has made a mistake", "its terminal says which"


def session_of(request: Request) -> Session | None:
    """The session whose cookie came with a request."""
    sessions: Sessions = request.app.state.sessions
    return sessions.find(request.cookies.get(request.app.state.cookie))


def require_session(request: Request) -> Session:
    """The session of somebody who has said her name. Raises Refusal."""
    session = session_of(request)
    if session is None or not session.name:
        raise Refusal(401, "nobody is signed in", "sign in again")
    return session


def api(endpoint: Endpoint) -> Endpoint:
    """An endpoint for somebody who is signed in, with its errors as JSON."""

    async def answer(request: Request) -> Response:
        try:
            session = require_session(request)
            if request.method not in {"GET", "HEAD"} and not holds_token(
                session, request.headers.get("x-csrf-token")
            ):
                raise Refusal(403, "the token is missing or old", "load the page again")  # noqa: TRY301 - said as any other
            return await endpoint(request)
        except Exception as failure:  # noqa: BLE001 - none may reach a browser as it is
            return error(*said(failure))

    return answer


def page(endpoint: Endpoint) -> Endpoint:
    """An endpoint that shows a page, with its errors as a page."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Exception as failure:  # noqa: BLE001 - none may reach a browser as it is
            status, message, hint = said(failure)
            values = {"status": status, "message": message, "hint": hint}
            return show(request, "error.html", values, status=status)

    return answer


def show(
    request: Request, name: str, values: dict[str, object], *, status: int = 200
) -> HTMLResponse:
    """A page of ours, in the language of who looks at it."""
    views: Views = request.app.state.views
    session = session_of(request)
    known = {
        "csrf": session.token if session else "",
        "reviewer": {"name": session.name, "role": session.role} if session else None,
        "site": request.app.state.site.title,
    }
    html = views.page(name, ui_of(request), known | values)
    return HTMLResponse(html, status)


def ui_of(request: Request) -> Ui:
    """The language of the page."""
    asked = request.query_params.get("ui") or request.cookies.get("publish_ui", "")
    return choose_ui(asked, request.headers.get("accept-language", ""))


async def read_json(request: Request) -> dict[str, object]:
    """The values of a request. Raises Refusal for what is no JSON object."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refusal(415, "the request is not JSON", "send application/json")
    try:
        values = json.loads(await request.body())
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise Refusal(400, "the request is no JSON object")
    return values


def text_in(values: dict[str, object], name: str, *, most: int = _MOST_KEY) -> str:
    """A text that must be there. Raises Refusal."""
    value = values.get(name)
    if not isinstance(value, str) or len(value) > most:
        raise Refusal(400, f"{name!r} must be a text of at most {most} characters")
    return value


def note_in(values: dict[str, object]) -> str:
    """The note, if there is one. Raises Refusal."""
    if values.get("note") is None:
        return ""
    note = text_in(values, "note", most=_MOST_NOTE)
    if any("\ud800" <= each <= "\udfff" for each in note):
        raise Refusal(400, "'note' has half a character")
    return " ".join(note.split())


def forms_in(values: dict[str, object]) -> tuple[str, ...]:
    """The texts of an entry. Raises Refusal."""
    forms = values.get("msgstrs")
    if not isinstance(forms, list) or not all(isinstance(each, str) for each in forms):
        raise Refusal(400, "'msgstrs' must be a list of texts")
    return tuple(forms)


def answer_json(values: object, status: int = 200) -> JSONResponse:
    """An answer of the interface."""
    return JSONResponse(values, status)
