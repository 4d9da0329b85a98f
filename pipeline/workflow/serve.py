"""
`publish serve`: the drafts in a browser on this machine, built again on every save.

The server listens on the loopback address only and answers to that name only, so that
no page of another site can read an unpublished draft through the browser.
"""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pipeline.errors import StoreError, UsageError
from pipeline.late import dataclass
from pipeline.store.stamps import stamp_trees

_SCRIPT_PATH: Final = "/_publish/reload.js"
_EVENTS_PATH: Final = "/_publish/events"
_SCRIPT: Final = b"""\
const seen = new URL(document.currentScript.src).search;
const events = new EventSource("/_publish/events" + seen);
events.onmessage = () => location.reload();
for (const mark of document.querySelectorAll("mark[data-entry]")) {
  mark.title = mark.dataset.state + ": " + mark.dataset.entry;
}
"""
_TAG: Final = '<script src="/_publish/reload.js?%d" defer></script></body>'
"""With the number of builds so far: a page tells which of them it shows."""

_LOCAL_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_HEARTBEAT: Final = 15.0
"""Seconds after which an idle browser is told that we are still here."""

_WATCHED: Final = ("source", "locales", "templates")
_CONFIGURATION: Final = ("publish.toml", "pyproject.toml")
_TICK: Final = 100
"""Milliseconds between two looks at the configuration."""


@dataclass
class Changes:
    """How often the site was built; browsers wait for the next time."""

    count: int = 0
    closed: bool = False
    _condition: threading.Condition = field(default_factory=threading.Condition)

    def announce(self) -> None:
        """Wake every waiting browser."""
        with self._condition:
            self.count += 1
            self._condition.notify_all()

    def close(self) -> None:
        """Let every waiting browser go."""
        with self._condition:
            self.closed = True
            self._condition.notify_all()

    def wait(self, seen: int) -> int:
        """The number of builds, as soon as it is not `seen`, or after a while."""
        with self._condition:
            self._condition.wait_for(
                lambda: self.closed or self.count != seen, timeout=_HEARTBEAT
            )
            return self.count


class _Handler(SimpleHTTPRequestHandler):
    """Files of the drafts, the reload script, and the stream of events."""

    server_version = "publish"
    changes: Changes

    def __init__(self, *args: object, changes: Changes, directory: str) -> None:
        self.changes = changes
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]  # what socketserver hands over

    def do_GET(self) -> None:
        if not self._is_local():
            self.send_error(403, "only for this machine")
        elif self._bare_path == _EVENTS_PATH:
            self._stream()
        elif self._bare_path == _SCRIPT_PATH:
            self._answer(_SCRIPT, "text/javascript; charset=utf-8")
        elif self.path in {"/", ""}:
            self.send_response(302)
            self.send_header("Location", "/site/index.html")
            self.end_headers()
        elif not self._is_there():
            self.send_error(404)
        elif self._html_file() is not None:
            self._page()
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        if not self._is_local():
            self.send_error(403, "only for this machine")
        elif not self._is_there():
            self.send_error(404)
        else:
            super().do_HEAD()

    @property
    def _bare_path(self) -> str:
        return self.path.partition("?")[0]

    def _is_local(self) -> bool:
        with suppress(ValueError):
            return (
                urlsplit(f"//{self.headers.get('Host', '')}").hostname in _LOCAL_NAMES
            )
        return False

    def _is_there(self) -> bool:
        """Whether the path is, links followed, in the folder that is served."""
        with suppress(ValueError, OSError):  # a NUL; a name that is too long
            path = Path(self.translate_path(self.path)).resolve()
            return path.is_relative_to(Path(self.directory).resolve()) and path.exists()
        return False

    def _html_file(self) -> Path | None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.endswith("/"):
            path /= "index.html"
        return path if path.suffix == ".html" and path.is_file() else None

    def _page(self) -> None:
        path = self._html_file()
        tag = (_TAG % self.changes.count).encode()
        data = path.read_bytes() if path else b""
        self._answer(data.replace(b"</body>", tag, 1), "text/html; charset=utf-8")

    def _answer(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self) -> None:
        number = self.path.partition("?")[2]
        is_count = number.isdecimal() and len(number) < 10  # noqa: PLR2004 - no more builds
        seen = int(number) if is_count else self.changes.count
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        with suppress(OSError):
            while not self.changes.closed:
                now = self.changes.wait(seen)
                self.wfile.write(b"data: built\n\n" if now != seen else b": alive\n\n")
                self.wfile.flush()
                seen = now

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: what was built is said elsewhere."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is no news; anything else is."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # handed on as it came


@dataclass(frozen=True, slots=True)
class Preview:
    """A running server."""

    url: str
    changes: Changes


@contextmanager
def preview(folder: Path, *, port: int) -> Iterator[Preview]:
    """
    Serve a folder on the loopback address; port 0 takes any free one.

    Raises UsageError where the port is taken.
    """
    changes = Changes()
    folder.mkdir(parents=True, exist_ok=True)
    handler = partial(_Handler, changes=changes, directory=str(folder))
    try:
        server = _Server(("127.0.0.1", port), handler)
    except OSError as error:
        raise UsageError(
            f"port {port} cannot be used: {error.strerror}",
            hint="name another with --port, or 0 for any free one",
        ) from error
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Preview(f"http://127.0.0.1:{server.server_port}/", changes)
    finally:
        changes.close()
        server.shutdown()
        server.server_close()


def watch(
    root: Path,
    *,
    first: Callable[[], None],
    again: Callable[[], None],
    stop: threading.Event,
) -> None:
    """
    Call `first`, and `again` after every save below the root, until `stop` is set.

    `first` is called when the watch has begun, so that no save is missed. Raises what
    they raise, and StoreError where there is nothing to watch.
    """
    build = first
    while not stop.is_set():
        folders, settings = _folders(root), _settings(root)
        if not folders:
            raise StoreError("there is nothing to watch", path=str(root))
        has_begun = False
        for is_saved in _ticks(folders, stop):
            seen, settings = settings, _settings(root)
            # What was saved before this watch began is built by its beginning.
            if is_saved or settings != seen or not has_begun:
                build()
                has_begun, build = True, again
            if _folders(root) != folders:
                break


def _ticks(folders: Sequence[Path], stop: threading.Event) -> Iterator[bool]:
    """Again and again, whether something was saved in one of the folders."""
    from watchfiles import watch as changes_in

    # The shortest time in which an editor's rename and save count as one.
    for changes in changes_in(
        *folders,
        watch_filter=_is_ours,
        stop_event=stop,
        debounce=60,
        step=20,
        rust_timeout=_TICK,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        yield bool(changes)


def _is_ours(_: object, path: str) -> bool:
    name = Path(path).name
    # What the build itself appends must not start the next one.
    return name != "published.jsonl" and not name.startswith(".")


def _folders(root: Path) -> tuple[Path, ...]:
    return tuple(root / name for name in _WATCHED if (root / name).is_dir())


def _settings(root: Path) -> tuple[tuple[int, int], ...]:
    """The stamps of the configuration: a watch on a file ends with its replacement."""
    return tuple(stamp_trees(root, _CONFIGURATION).values())
