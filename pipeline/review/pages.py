"""What browsers show: the list of articles, the workbench, the preview, files."""

from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pipeline.errors import PublishError
from pipeline.model.site import Site
from pipeline.review.answers import Refusal, require_session, said, show, ui_of
from pipeline.review.entrance import front_door
from pipeline.review.presence import Presence
from pipeline.review.security import FILE_POLICY, PREVIEW_POLICY
from pipeline.review.views import static_file
from pipeline.review.work import article_values, place_of, standings
from pipeline.workflow.review.preview import read_preview_file, render_preview
from pipeline.workflow.review.workbench import Place, open_workbench

_KINDS: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
}
_YEAR: Final = 365 * 24 * 3600


async def articles(request: Request) -> Response:
    """The list of articles; the door for somebody who is not signed in."""
    door = await front_door(request)
    if door is not None:
        return door
    setting = request.app.state.setting
    values: dict[str, object] = {
        **await standings(request),
        "locales": setting.locales,
    }
    return _in_language(request, show(request, "articles.html", values))


async def workbench(request: Request) -> Response:
    """The page on which one article is reviewed."""
    door = await front_door(request)
    if door is not None:
        return door
    session = require_session(request)
    place = await place_of(request)
    locale, domain = place.locale, place.domain
    presence: Presence = request.app.state.presence
    session.place = (locale, domain)
    presence.moved(session, session.place)
    values: dict[str, object] = {
        "article": {
            "domain": domain,
            "locale": locale,
            "preview": f"/preview/{quote(locale)}/{quote(domain)}",
            "api": f"/api/{quote(locale)}/{quote(domain)}",
        }
    }
    status = 200
    try:
        values["bootstrap"] = await article_values(request)
    except PublishError as failure:
        status, message, hint = said(failure)
        values["bootstrap"] = {"error": {"message": message, "hint": hint}}
    page = show(request, "workbench.html", values, status=status)
    return _in_language(request, page)


async def preview(request: Request) -> Response:
    """The article as a draft, for the frame beside the editor."""
    require_session(request)
    place = await place_of(request)
    site: Site = request.app.state.site
    policy = {"Content-Security-Policy": PREVIEW_POLICY}
    try:
        html = await run_in_threadpool(_rendered, site, place)
    except PublishError as failure:
        faults = [said(each) for each in failure.each()]
        values: dict[str, object] = {"faults": [told for _, *told in faults]}
        answer: Response = show(request, "no_preview.html", values, status=faults[0][0])
        answer.headers.update(policy)
        return answer
    return HTMLResponse(html, headers=policy)


async def preview_file(request: Request) -> Response:
    """A picture or a style sheet of a preview."""
    require_session(request)
    path = request.path_params["path"]
    kind = _KINDS.get(Path(path).suffix.lower(), "application/octet-stream")
    site: Site = request.app.state.site
    data = await run_in_threadpool(read_preview_file, site, path)
    if data is None:
        raise Refusal(404, "there is no such file")
    headers = {"Content-Security-Policy": FILE_POLICY}
    if kind == "application/octet-stream":
        headers["Content-Disposition"] = "attachment"
    return Response(data, media_type=kind, headers=headers)


async def static(request: Request) -> Response:
    """A file of the page's own; nothing in it is secret."""
    path = static_file(request.path_params["name"])
    if path is None:
        raise Refusal(404, "there is no such file")
    kind = _KINDS.get(path.suffix, "application/octet-stream")
    return Response(path.read_bytes(), media_type=kind)


def _rendered(site: Site, place: Place) -> str:
    return render_preview(open_workbench(site, place, judged=False)).html


def _in_language(request: Request, answer: Response) -> Response:
    """Remember the language that was chosen in the menu."""
    if request.query_params.get("ui"):
        answer.set_cookie(
            "publish_ui",
            ui_of(request).locale,
            max_age=_YEAR,
            httponly=True,
            samesite="strict",
        )
    return answer
