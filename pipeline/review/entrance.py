"""Signing in and out."""

from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.persons import is_known
from pipeline.review.answers import Refusal, session_of, show
from pipeline.review.sessions import (
    Session,
    Sessions,
    TooManyTries,
    fitting_name,
    holds_token,
)

_WEEK: Final = 7 * 24 * 3600
_AGAIN: Final = "again"


async def front_door(request: Request) -> Response | None:
    """
    What somebody sees who is not signed in; None for somebody who is.

    The answer that sets the cookie shows the form itself: after a redirect from the
    page of another site the browser would not send a strict cookie.
    """
    session = session_of(request)
    key = request.query_params.get("key")
    if session is None and key:
        sessions: Sessions = request.app.state.sessions
        session = sessions.by_key(key)
        if session is not None:
            return _with_cookie(request, session, _form(request, session))
    if session is None and _is_led_here(request):
        return show(request, "again.html", {"url": str(_again(request))})
    if session is None:
        return _closed(request, used=bool(key))
    if not session.name:
        return _form(request, session)
    return RedirectResponse("/", 303) if key else None


def _is_led_here(request: Request) -> bool:
    """
    Whether a link on another site led here for the first time.

    The browser kept a strict cookie back then; led on by a page of ours, it sends it.
    """
    site = request.headers.get("sec-fetch-site")
    return site in {"cross-site", "same-site"} and _AGAIN not in request.query_params


def _again(request: Request) -> URL:
    return request.url.include_query_params(**{_AGAIN: "1"}).replace(
        scheme="", netloc=""
    )


async def sign_in(request: Request) -> Response:
    """The form: a name and a role, and a password where that opens the door."""
    values = await _form_values(request)
    session = session_of(request)
    if session is None:
        return await _by_password(request, values)
    if not holds_token(session, values.get("csrf")):
        raise Refusal(403, "the form is old", "load the page again")
    name = fitting_name(values.get("name", ""))
    if session.has_signed and name != session.name:
        # Who translates under one name and approves under another would be two persons.
        raise Refusal(
            409, f"{session.name} has worked here already", "sign out, and in again"
        )
    if not _named(session, values):
        return _form(request, session, wrong=True)
    return RedirectResponse("/", 303)


async def sign_out(request: Request) -> Response:
    """End the session."""
    values = await _form_values(request)
    session = session_of(request)
    if session is not None:
        if not holds_token(session, values.get("csrf")):
            raise Refusal(403, "the form is old", "load the page again")
        request.app.state.sessions.close(session)
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(request.app.state.cookie, httponly=True, samesite="strict")
    return answer


async def _by_password(request: Request, values: dict[str, str]) -> Response:
    sessions: Sessions = request.app.state.sessions
    client = request.client.host if request.client else ""
    try:
        session = sessions.by_password(values.get("password", ""), client)
    except TooManyTries:
        raise Refusal(
            429, "too many wrong passwords", "wait a quarter of an hour"
        ) from None
    if session is None:
        return _closed(request, wrong=True, status=403)
    if not _named(session, values):
        return _with_cookie(request, session, _form(request, session, wrong=True))
    return _with_cookie(request, session, RedirectResponse("/", 303))


def _named(session: Session, values: dict[str, str]) -> bool:
    """Take name and role; whether there is a name."""
    name = fitting_name(values.get("name", ""))
    if is_known(name):
        session.name, session.role = name, fitting_name(values.get("role", ""))
    return bool(session.name)


async def _form_values(request: Request) -> dict[str, str]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Refusal(415, "the request is no form")
    try:
        text = (await request.body()).decode()
        found = parse_qs(text, max_num_fields=20, keep_blank_values=True)
    except ValueError:
        raise Refusal(400, "the form cannot be read") from None
    return {name: values[0] for name, values in found.items()}


def _form(request: Request, session: Session, *, wrong: bool = False) -> Response:
    setting = request.app.state.setting
    values: dict[str, object] = {
        "csrf": session.token,
        "name": session.name or setting.reviewer,
        "role": session.role or setting.role,
        "asks_password": False,
        "is_signed_in": True,
        "is_wrong": wrong,
    }
    return show(request, "signin.html", values)


def _closed(
    request: Request, *, used: bool = False, wrong: bool = False, status: int = 401
) -> Response:
    """The door for somebody without a session."""
    sessions: Sessions = request.app.state.sessions
    setting = request.app.state.setting
    if not sessions.asks_password and not sessions.has_key:
        # Who can read the terminal may come in with another browser.
        setting.tell(f"to sign in, open {address(request)}")
    values: dict[str, object] = {
        "name": setting.reviewer,
        "role": setting.role,
        "asks_password": sessions.asks_password,
        "is_signed_in": False,
        "is_used": used,
        "is_wrong": wrong,
    }
    return show(request, "signin.html", values, status=status)


def address(request: Request) -> str:
    """The address that opens the next session."""
    sessions: Sessions = request.app.state.sessions
    return f"http://{request.headers['host']}/?key={sessions.key()}"


def _with_cookie(request: Request, session: Session, answer: Response) -> Response:
    answer.set_cookie(
        request.app.state.cookie,
        session.secret,
        max_age=_WEEK,
        httponly=True,
        samesite="strict",
    )
    return answer
