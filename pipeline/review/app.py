"""The application: which address does what."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.late import dataclass
from pipeline.model.site import Site
from pipeline.review import entrance, pages, work
from pipeline.review.answers import Refusal, api, page
from pipeline.review.presence import Presence
from pipeline.review.security import Guard, Hosts
from pipeline.review.sessions import Sessions
from pipeline.review.views import make_views
from pipeline.workflow.review.overview import Overview
from pipeline.workflow.review.readiness import Remembering
from pipeline.workflow.review.workbench import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a server is started with."""

    site: Site
    locales: tuple[str, ...]
    """Those that are served."""

    hosts: Hosts
    now: Callable[[], datetime]
    password: str = ""
    reviewer: str = ""
    role: str = ""
    tell: Callable[[str], None] = lambda _: None
    """Says something on the terminal."""


def make_app(setting: Setting) -> Starlette:
    """The application of one site."""
    presence = Presence(Path(setting.site.root))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(presence.watch())
        try:
            yield
        finally:
            presence.close()
            watching.cancel()

    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard, hosts=setting.hosts)],
        lifespan=lifespan,
    )
    app.state.setting = setting
    app.state.site = setting.site
    app.state.presence = presence
    app.state.sessions = Sessions(password=setting.password)
    app.state.cookie = f"publish_review_{setting.hosts.port}"
    app.state.views = make_views()
    app.state.places = Places(setting.site)
    app.state.remembering = Remembering(setting.site)
    app.state.overview = Overview(app.state.places)
    return app


def _routes() -> list[Route]:
    place = "{locale}/{domain:path}"
    posts = {
        "check": work.check,
        "save": work.save,
        "approve": work.approve,
        "withdraw": work.withdraw,
        "comment": work.comment,
    }
    return [
        Route("/", page(pages.articles)),
        Route("/signin", page(entrance.sign_in), methods=["POST"]),
        Route("/signout", page(entrance.sign_out), methods=["POST"]),
        Route(f"/a/{place}", page(pages.workbench)),
        Route(f"/preview/{place}", page(pages.preview)),
        Route("/files/{path:path}", page(pages.preview_file)),
        Route("/static/{name}", page(pages.static)),
        Route("/api/events", api(work.events)),
        Route("/api/articles", api(work.articles)),
        Route(f"/api/{place}/messages", api(work.messages)),
        Route(f"/api/{place}/message/{{key}}", api(work.message)),
        *(
            Route(f"/api/{place}/{name}", api(endpoint), methods=["POST"])
            for name, endpoint in posts.items()
        ),
        Route("/{rest:path}", page(_nothing), methods=["GET", "POST", "PUT", "DELETE"]),
    ]


async def _nothing(_: Request) -> Response:
    raise Refusal(404, "there is nothing here")
