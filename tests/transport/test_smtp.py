"""A message handed over in a real conversation, and every way in which it fails."""

import pytest

from pipeline.errors import DeliveryError, UsageError
from pipeline.transport.smtp import MailServer, deliver, parse_server
from tests.engines.loopback import closed_port
from tests.mailserver import PASSWORD, USER, certificate, inbox, scripted

MESSAGE = b"From: a@clinic.example\r\nSubject: x\r\n\r\n.dot\r\n\r\nend\r\n"
GREETING = b"220 mail.clinic.example\r\n"
HELLO = b"250 mail.clinic.example\r\n"


def send(server: MailServer, seconds: float = 10) -> None:
    deliver(
        server,
        MESSAGE,
        sender="a@clinic.example",
        to="b@clinic.example",
        seconds=seconds,
    )


def refused(server: MailServer, seconds: float = 10) -> DeliveryError:
    with pytest.raises(DeliveryError) as raised:
        send(server, seconds)
    assert PASSWORD not in str(raised.value)
    return raised.value


@pytest.fixture(scope="module")
def pem(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("pem"))


@pytest.fixture
def trusted(pem, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    return pem


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://localhost", MailServer("localhost", 25)),
        ("smtp://localhost:1025/", MailServer("localhost", 1025)),
        ("smtp://mail.clinic.example", MailServer("mail.clinic.example", 587)),
        (
            "smtps://mail.clinic.example",
            MailServer("mail.clinic.example", 465, encrypted=True),
        ),
        ("smtp://[::1]:2525", MailServer("::1", 2525)),
        (
            "smtps://a%40b.example:p%2Fq@mail.clinic.example",
            MailServer(
                "mail.clinic.example",
                465,
                encrypted=True,
                user="a@b.example",
                password="p/q",
            ),
        ),
    ],
)
def test_a_url_names_the_server(url, server):
    assert parse_server(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.clinic.example",
        "http://u:s3cret-p@ss@mail.clinic.example",
        "smtp://",
        "smtp://u:s3cret-p@ss@h.example:x",
        "smtp://u:s3cret-p@ss@h.example:0",
        "smtp://u:s3cret-p@ss@h.example/path",
        "smtp://u:s3cret-p@ss@[h",
        "smtp://ü.example",
    ],
)
def test_a_url_that_is_none_is_refused_and_not_repeated(url):
    with pytest.raises(UsageError) as raised:
        parse_server(url)
    assert "s3cret" not in str(raised.value)


def test_a_server_is_shown_without_user_and_password():
    server = parse_server("smtps://user:s3cret@[2001:db8::1]")
    assert str(server) == "smtps://[2001:db8::1]:465"
    assert "s3cret" not in repr(server)


def test_a_message_arrives_as_it_is():
    with inbox() as box:
        send(MailServer("127.0.0.1", box.port))

    (got,) = box.got
    assert got.content == MESSAGE
    assert (got.mail_from, got.rcpt_tos) == ("a@clinic.example", ["b@clinic.example"])


@pytest.mark.parametrize("encrypted", [False, True])
def test_what_is_said_is_encrypted_where_the_server_can(trusted, encrypted):
    with inbox(pem=trusted, encrypted=encrypted, logs_in=True) as box:
        send(
            MailServer(
                "localhost", box.port, encrypted=encrypted, user=USER, password=PASSWORD
            )
        )

    assert box.logins == [USER.encode()]
    assert box.got[0].content == MESSAGE
    assert encrypted or box.encrypted == [True]


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_server_with_a_foreign_certificate_gets_nothing(pem, encrypted):
    with inbox(pem=pem, encrypted=encrypted, logs_in=True) as box:
        error = refused(
            MailServer(
                "localhost", box.port, encrypted=encrypted, user=USER, password=PASSWORD
            )
        )

    assert "cannot be trusted" in error.message
    assert (box.got, box.logins) == ([], [])


def test_a_certificate_for_another_name_is_none(trusted):
    with inbox(pem=trusted, encrypted=True) as box:
        error = refused(MailServer("127.0.0.1", box.port, encrypted=True))

    assert "cannot be trusted" in error.message


class Elsewhere(MailServer):
    """A server that is on this machine, and is taken for another one."""

    is_here = False


def test_nothing_leaves_this_machine_in_the_clear():
    with inbox(logs_in=True) as box:
        error = refused(Elsewhere("127.0.0.1", box.port, user=USER, password=PASSWORD))

    assert "offers no encryption" in error.message
    assert (box.got, box.logins) == ([], [])


def test_a_wrong_password_is_said_and_not_shown(trusted):
    with inbox(pem=trusted, logs_in=True) as box:
        error = refused(MailServer("localhost", box.port, user=USER, password="no"))

    assert "refuses user or password: 535" in error.message


BEYOND = [("müller@clinic.example", "s3cret"), (USER, "şifre-١٢٣"), ("é", "ü\udcfc")]


@pytest.mark.parametrize(("user", "password"), BEYOND[:2])
@pytest.mark.parametrize("encrypted", [False, True])
def test_user_and_password_may_have_letters_beyond_ascii(
    trusted, user, password, encrypted
):
    with inbox(
        pem=trusted, encrypted=encrypted, logs_in=True, user=user, password=password
    ) as box:
        send(
            MailServer(
                "localhost", box.port, encrypted=encrypted, user=user, password=password
            )
        )

    assert box.logins == [user.encode()]
    assert box.got[0].content == MESSAGE


@pytest.mark.parametrize(("user", "password"), BEYOND[:2])
def test_letters_beyond_ascii_do_not_leave_this_machine_in_the_clear(user, password):
    with inbox(logs_in=True, user=user, password=password) as box:
        error = refused(Elsewhere("127.0.0.1", box.port, user=user, password=password))

    assert "offers no encryption" in error.message
    assert (box.got, box.logins) == ([], [])


def test_a_wrong_password_with_letters_beyond_ascii_is_said_and_not_shown(trusted):
    with inbox(pem=trusted, logs_in=True) as box:
        error = refused(MailServer("localhost", box.port, user=USER, password="şifre"))

    assert "refuses user or password: 535" in error.message
    assert "şifre" not in str(error)


@pytest.mark.parametrize(("user", "password"), BEYOND)
def test_a_login_that_cannot_carry_letters_beyond_ascii_is_said(user, password):
    hello = b"250-mail\r\n250 AUTH CRAM-MD5 LOGIN\r\n"
    with scripted([GREETING, hello, b"221 bye\r\n"]) as port:
        error = refused(MailServer("localhost", port, user=user, password=password))

    assert "has no login that carries letters beyond ASCII" in error.message
    assert password not in str(error)


@pytest.mark.parametrize(("user", "password"), BEYOND)
def test_a_server_without_users_takes_no_letters_beyond_ascii_either(user, password):
    with inbox() as box:
        error = refused(MailServer("localhost", box.port, user=user, password=password))

    assert "takes no password" in error.message


def test_a_server_that_repeats_the_password_does_not_have_it_shown():
    lines = [
        GREETING,
        b"250-mail\r\n250 AUTH LOGIN\r\n",
        b"334 VXNlcm5hbWU6\r\n",
        b"334 UGFzc3dvcmQ6\r\n",
        f"535 no: {PASSWORD}\r\n".encode(),
        b"221 bye\r\n",
    ]
    with scripted(lines) as port:
        error = refused(MailServer("localhost", port, user=USER, password=PASSWORD))

    assert "***" in error.message


def test_a_server_without_users_takes_none():
    with inbox() as box:
        error = refused(MailServer("localhost", box.port, user=USER, password=PASSWORD))

    assert "takes no password" in error.message


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (
            {"to_recipient": "550 no such\x07 user"},
            "refuses the recipient: 550 no such",
        ),
        ({"to_sender": "553 not you"}, "refuses the sender: 553 not you"),
        ({"to_data": "554 spam"}, "refuses the message: 554 spam"),
    ],
)
def test_a_refusal_is_shown_in_the_words_of_the_server(answers, says):
    with inbox(**answers) as box:
        error = refused(MailServer("localhost", box.port))

    assert says in error.message
    assert error.message.isprintable()


def test_a_server_that_is_not_there_is_said():
    with closed_port() as address:
        error = refused(MailServer("127.0.0.1", int(address.rpartition(":")[2])))
    assert "cannot be talked to: Connection refused" in error.message
    assert "nothing" not in error.hint


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_a_server_that_hangs_up_is_said(count):
    lines = [GREETING, HELLO, b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"]
    with scripted(lines[:count]) as port:
        error = refused(MailServer("127.0.0.1", port))

    assert "hung up" in error.message or "cannot be talked to" in error.message


def test_a_server_that_hangs_up_once_it_has_the_message_has_it():
    with inbox() as box:
        box.to_data = "250 OK"
        send(MailServer("127.0.0.1", box.port))
    assert len(box.got) == 1


def test_a_server_that_says_nothing_ends_in_time():
    with scripted([b""]) as port:
        error = refused(MailServer("127.0.0.1", port), seconds=0.3)

    assert "did not answer within 0.3 seconds" in error.message


def test_a_server_that_speaks_one_sign_after_the_other_ends_in_time():
    with scripted([GREETING * 40], drip=0.05) as port:
        error = refused(MailServer("127.0.0.1", port), seconds=0.4)

    assert "within 0.4 seconds" in error.message


def test_what_is_no_mail_server_is_said():
    with scripted([b"HTTP/1.1 400 Bad Request\r\n"]) as port:
        error = refused(MailServer("127.0.0.1", port))

    assert error.message.isprintable()
