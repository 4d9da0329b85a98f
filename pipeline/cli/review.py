"""`publish review`."""

import json
import sys
import threading
from importlib.util import find_spec
from os import environ
from pathlib import Path

import click

from pipeline.cli import failure
from pipeline.cli.options import common, langs
from pipeline.cli.session import now
from pipeline.errors import PublishError, UsageError
from pipeline.late import dataclass
from pipeline.model.site import Site
from pipeline.store.config import find_root, read_site
from pipeline.workflow.locales import target_locales

_PASSWORD = "PUBLISH_REVIEW_PASSWORD"  # noqa: S105 - the name of a variable


@click.command()
@common
@langs
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="0 takes any free port.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Another address of this machine; asks for a password.",
)
@click.option("--reviewer", default="", help="Your name, filled in for you.")
@click.option("--role", default="", help="Your qualification, filled in for you.")
def review(
    project: Path,
    *,
    as_json: bool,
    langs: tuple[str, ...],
    port: int,
    host: str,
    reviewer: str,
    role: str,
) -> None:
    """
    Translate and review in the browser, beside the page itself.

    Open the address that it prints; it is good for one browser. Only this machine can
    reach it, unless --host names another address. Ctrl-C ends it.
    """
    try:
        site = read_site(find_root(project))
        locales = target_locales(site, langs)
        _require_extra()
        place = _Address(host, port)
        _serve(site, locales, place, (reviewer, role), as_json=as_json)
    except PublishError as error:
        failure.report_failure(error, as_json=as_json)
        sys.exit(error.exit_code)


@dataclass(frozen=True, slots=True)
class _Address:
    host: str
    port: int


def _serve(
    site: Site,
    locales: tuple[str, ...],
    place: _Address,
    person: tuple[str, str],
    *,
    as_json: bool,
) -> None:
    from pipeline.review.app import Setting, make_app
    from pipeline.review.security import Hosts
    from pipeline.review.server import listen, serve, shown_host
    from pipeline.transport.safety import is_loopback
    from pipeline.workflow.review.readiness import get_ready

    is_local = is_loopback(place.host)
    password = environ.get(_PASSWORD, "") if is_local else _password()
    listening = listen(place.host, place.port)
    port = int(listening.getsockname()[1])
    app = make_app(
        Setting(
            site=site,
            locales=locales,
            hosts=Hosts(place.host, port),
            now=now,
            password=password,
            reviewer=person[0],
            role=person[1],
            tell=failure.say,
        )
    )
    key = "" if password else f"?key={app.state.sessions.key()}"
    url = f"http://{shown_host(place.host)}:{port}/{key}"
    if not is_local:
        failure.say("texts and the password go through the network unencrypted")

    def say() -> None:
        click.echo(json.dumps({"url": url, "errors": []}) if as_json else url)
        sys.stdout.flush()
        known = (app.state.overview, locales)
        threading.Thread(target=get_ready, args=known, daemon=True).start()

    serve(app, listening, is_ready=say)


def _password() -> str:
    """What opens the page from other machines. Raises UsageError where it is empty."""
    password = environ.get(_PASSWORD)
    if password is None and sys.stdin.isatty():
        password = click.prompt(
            "Password", hide_input=True, confirmation_prompt=True, default="", err=True
        )
    if not password:
        raise UsageError(
            "--host opens the page to other machines, so it needs a password",
            hint=f"set {_PASSWORD}",
        )
    return str(password)


def _require_extra() -> None:
    for name in ("starlette", "uvicorn"):
        if find_spec(name) is None:
            raise UsageError(
                f"the review page needs {name}, which is not installed",
                hint="pip install 'publish[review]'",
            )
