"""Mail servers on this machine: one that behaves, and some that do not."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "info@clinic.example", "s3cret-p@ss"


@dataclass
class Inbox:
    """What arrived, and what the server says to it."""

    port: int = 0
    got: list[Envelope] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    logins: list[bytes] = field(default_factory=list)
    to_recipient: str = "250 OK"
    to_sender: str = "250 OK"
    to_data: str = "250 OK"
    user: str = USER
    password: str = PASSWORD

    async def handle_MAIL(  # noqa: N802 - as aiosmtpd calls it
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        del server, session
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.to_sender

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd calls it
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        del server, session, options
        envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(  # noqa: N802 - as aiosmtpd calls it
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        del server
        self.encrypted.append(session.ssl is not None)
        self.got.append(envelope)
        self.texts.append(envelope.original_content or b"")
        return self.to_data

    def authenticate(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        mechanism: str,
        data: LoginPassword,
    ) -> AuthResult:
        del server, session, envelope, mechanism
        self.logins.append(data.login)
        given = (data.login.decode(), data.password.decode())
        right = given == (self.user, self.password)
        return AuthResult(success=right, handled=False)


@contextmanager
def inbox(
    *,
    pem: Path | None = None,
    encrypted: bool = False,
    logs_in: bool = False,
    **answers: str,
) -> Iterator[Inbox]:
    """A server of a mail box; with `pem`, STARTTLS or TLS from the first byte."""
    box = Inbox(**answers)  # type: ignore[arg-type]  # answers are texts
    context = None
    if pem is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=0,
        ready_timeout=10,
        ssl_context=context if encrypted else None,
        tls_context=None if encrypted else context,
        require_starttls=bool(context) and not encrypted,
        authenticator=box.authenticate if logs_in else None,
        # The library knows no TLS but STARTTLS.
        auth_required=logs_in and context is not None and not encrypted,
        auth_require_tls=not logs_in or (context is not None and not encrypted),
    )
    with _free_port() as port:
        controller.port = port
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()


@contextmanager
def _free_port() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        yield probe.getsockname()[1]


@contextmanager
def scripted(lines: Sequence[bytes], *, drip: float = 0) -> Iterator[int]:
    """
    The port of a server that says these lines, one to each line that it hears.

    Then it hangs up. With `drip` it takes that long for each byte.
    """
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            peer, _ = listener.accept()
            with peer, peer.makefile("rb") as heard:
                for line in lines:
                    for place in range(len(line)):
                        if drip:
                            time.sleep(drip)
                            peer.sendall(line[place : place + 1])
                    if not drip:
                        peer.sendall(line)
                    if not heard.readline():
                        return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()
        thread.join(timeout=5)


def certificate(folder: Path, name: str = "localhost") -> Path:
    """A certificate of our own for a host, with its key in the same file."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    key, made = folder / "key.pem", folder / "made.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
            *("-days", "2", "-subj", f"/CN={name}"),
            *("-addext", f"subjectAltName=DNS:{name}"),
            *("-keyout", str(key), "-out", str(made)),
        ],
        check=True,
        capture_output=True,
    )
    whole = folder / "both.pem"
    whole.write_text(made.read_text() + key.read_text())
    return whole
