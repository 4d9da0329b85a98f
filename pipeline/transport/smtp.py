"""
Handing one message to a mail server (RFC 5321).

What leaves this machine is encrypted, or it does not leave: `smtps://` from the first
byte, `smtp://` by STARTTLS, which only a server on this machine may lack. The whole
conversation has a deadline, and nothing that is said of it holds the password.
"""

import smtplib
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import field
from typing import Final
from urllib.parse import unquote, urlsplit

from pipeline.errors import DeliveryError, UsageError
from pipeline.late import dataclass
from pipeline.transport.safety import is_loopback, scrub, shortened

_PORTS: Final = {"smtp": 587, "smtps": 465}
_LOCAL_PORT: Final = 25
_HINT: Final = "write it as smtps://user@mail.clinic.example or smtp://localhost:1025"
_LET_IN: Final = 235
_ME: Final = "[127.0.0.1]"
"""What we call ourselves: the name of a person's machine is nobody's business."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where a message is handed over, and as whom."""

    host: str
    port: int
    encrypted: bool = False
    """From the first byte (`smtps`)."""

    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_here(self) -> bool:
        """Whether it is this machine."""
        return is_loopback(self.host)

    def __str__(self) -> str:
        scheme = "smtps" if self.encrypted else "smtp"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}"


def parse_server(url: str) -> MailServer:
    """
    The server of a URL, `smtp://user:password@host:port`.

    Raises UsageError, which does not repeat the URL: it may hold a password.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise UsageError(
            "the address of the mail server cannot be read", hint=_HINT
        ) from None
    if parts.scheme not in _PORTS:
        raise UsageError(
            "the address of the mail server must begin with smtp:// or smtps://",
            hint=_HINT,
        )
    extra = parts.path.strip("/") or parts.query or parts.fragment
    if not host or extra or port == 0 or not host.isascii():
        raise UsageError("the address of the mail server is not whole", hint=_HINT)
    encrypted = parts.scheme == "smtps"
    usual = _LOCAL_PORT if is_loopback(host) else _PORTS["smtp"]
    return MailServer(
        host,
        port or (_PORTS["smtps"] if encrypted else usual),
        encrypted,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


def deliver(
    server: MailServer, data: bytes, *, sender: str, to: str, seconds: float
) -> None:
    """
    Hand over a message, or raise DeliveryError.

    The error says what the server said, and whether the message may be on its way.
    """
    talk = _Talk(server, seconds)
    with talk.explained(), talk.watched(), talk.opened() as smtp:
        talk.secure(smtp)
        talk.log_in(smtp)
        talk.stage = "took neither the message nor refused it"
        smtp.sendmail(sender, [to], data)
        talk.is_done = True


class _Smtp(smtplib.SMTP):
    """A conversation whose socket is known to its watch from the beginning."""

    def __init__(self, server: MailServer, seconds: float, watch: "_Talk") -> None:
        self.server, self.watch = server, watch
        super().__init__(server.host, server.port, _ME, timeout=seconds)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        raw = socket.create_connection((host, port), timeout)
        self.watch.line = raw
        if not self.server.encrypted:
            return raw
        context = ssl.create_default_context()
        return context.wrap_socket(raw, server_hostname=host)


@dataclass
class _Talk:
    """One conversation: how far it is, and what to say if it ends."""

    server: MailServer
    seconds: float
    stage: str = "did not answer"
    is_late: bool = False
    is_done: bool = False
    line: socket.socket | None = None

    @contextmanager
    def watched(self) -> Iterator[None]:
        """End it at the deadline, however slowly the server speaks."""
        watch = threading.Timer(self.seconds, self._end)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _end(self) -> None:
        self.is_late = True
        if self.line is not None:
            with suppress(OSError):
                self.line.shutdown(socket.SHUT_RDWR)

    @contextmanager
    def opened(self) -> Iterator[smtplib.SMTP]:
        smtp = _Smtp(self.server, self.seconds, self)
        try:
            smtp.ehlo_or_helo_if_needed()
            yield smtp
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
        finally:
            smtp.close()

    def secure(self, smtp: smtplib.SMTP) -> None:
        """Encrypt what follows, or refuse to go on."""
        if self.server.encrypted:
            return
        if smtp.has_extn("starttls"):
            smtp.starttls(context=ssl.create_default_context())
            self.line = smtp.sock
            smtp.ehlo()
        elif not self.server.is_here:
            raise DeliveryError(
                f"{self.server} offers no encryption",
                hint="nothing was sent; use a server with STARTTLS or smtps://",
            )

    def log_in(self, smtp: smtplib.SMTP) -> None:
        """Say who we are, where the server is to know."""
        if self.server.user:
            self.stage = "did not let us in"
            if f"{self.server.user}{self.server.password}".isascii():
                smtp.login(self.server.user, self.server.password)
            else:
                self._log_in_plainly(smtp)

    def _log_in_plainly(self, smtp: smtplib.SMTP) -> None:
        """Log in by PLAIN in UTF-8 (RFC 4616); smtplib's own logins are ASCII alone."""
        if not smtp.has_extn("auth"):
            raise smtplib.SMTPNotSupportedError
        if "PLAIN" not in smtp.esmtp_features["auth"].upper().split():
            raise DeliveryError(
                f"{self.server} has no login that carries letters beyond ASCII",
                hint="nothing was sent; take a user and a password without them",
            )
        code, words = smtp.docmd("AUTH", f"PLAIN {self._spelled()}")
        if code != _LET_IN:
            raise smtplib.SMTPAuthenticationError(code, words)

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Every way to fail as a DeliveryError."""
        try:
            yield
        except DeliveryError:
            raise
        except (smtplib.SMTPException, OSError, ValueError) as error:
            # A server that hangs up once it has the message has it.
            if not self.is_done:
                raise self._said(error) from None

    def _said(self, error: Exception) -> DeliveryError:
        if self.is_late or isinstance(error, TimeoutError):
            message = f"{self.server} {self.stage} within {self.seconds:g} seconds"
            return DeliveryError(message, hint="try again, or give it more --timeout")
        for kind, explain in _CAUSES:
            if isinstance(error, kind):
                said, hint = explain(error)
                return DeliveryError(self._shown(f"{self.server} {said}"), hint=hint)
        words = getattr(error, "strerror", None) or type(error).__name__
        return DeliveryError(
            self._shown(f"{self.server} cannot be reached: {words}"),
            hint="is the address right, and the server running?",
        )

    def _shown(self, text: str) -> str:
        password = self.server.password
        if not password:
            return shortened(text)
        answered = _sent(password).decode(errors="replace")
        return shortened(scrub(text, [answered, _base64(password), self._spelled()]))

    def _spelled(self) -> str:
        """User and password as the login by PLAIN sends them."""
        return _base64(f"\0{self.server.user}\0{self.server.password}")


def _base64(text: str) -> str:
    return b64encode(_sent(text)).decode()


def _sent(text: str) -> bytes:
    """In UTF-8; what a terminal gave in another encoding goes as it came."""
    return text.encode(errors="surrogateescape")


def _answer(error: object) -> str:
    code = getattr(error, "smtp_code", "")
    words = getattr(error, "smtp_error", b"")
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return f"{code} {text}".strip()


def _recipients(error: Exception) -> tuple[str, str]:
    refused = getattr(error, "recipients", {})
    code, words = next(iter(refused.values()), ("", b""))
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"refuses the recipient: {code} {said}", "nothing was sent"


_Explain = Callable[[Exception], tuple[str, str]]
_CAUSES: Final[tuple[tuple[type[Exception], _Explain], ...]] = (
    (smtplib.SMTPRecipientsRefused, _recipients),
    (
        smtplib.SMTPSenderRefused,
        lambda e: (f"refuses the sender: {_answer(e)}", "see `from` in [mail]"),
    ),
    (
        smtplib.SMTPAuthenticationError,
        lambda e: (
            f"refuses user or password: {_answer(e)}",
            "PUBLISH_SMTP_USER and PUBLISH_SMTP_PASSWORD, or the URL's user",
        ),
    ),
    (
        smtplib.SMTPNotSupportedError,
        lambda _: ("takes no password", "leave the user out"),
    ),
    (
        smtplib.SMTPServerDisconnected,
        lambda _: ("hung up", "the message may or may not be on its way"),
    ),
    (
        smtplib.SMTPResponseException,
        lambda e: (f"refuses the message: {_answer(e)}", "nothing was sent"),
    ),
    (
        ssl.SSLError,
        lambda e: (
            f"cannot be trusted: {getattr(e, 'verify_message', '') or e.args[-1]}",
            "its certificate must be valid for that name",
        ),
    ),
    (
        ConnectionError,
        lambda e: (
            f"cannot be talked to: {getattr(e, 'strerror', None) or type(e).__name__}",
            "is the address right, and the server running?",
        ),
    ),
)
