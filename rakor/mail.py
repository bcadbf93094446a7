"""Mail leaves here: one finished message to one SMTP server, or to nobody where none is configured."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from rakor.config import LOOPBACK

PATIENCE = 20.0
PORTS = {"smtp": 25, "smtps": 465}


class Outcome(StrEnum):
    """What became of a message."""

    SENT = "sent"
    KEPT = "kept"
    """No SMTP server is configured: the local outbox page shows it."""
    REFUSED = "refused"
    """The server will never take it (a 5xx answer): trying again is pointless."""


class MailUnavailable(RuntimeError):
    """The server cannot take mail now (no connection, a 4xx answer, a refused login): try again later."""


def compose(
    *,
    message_id: str,
    sender: str,
    recipient: str,
    subject: str,
    language: str,
    text: str,
    html: str,
    written_at: datetime,
    calendar: bytes | None = None,
) -> EmailMessage:
    """Return a multipart message; ValueError where a header would hold a line break.

    ``message_id`` is fixed for ever, so a second sending of the same message is known as such. The calendar part is
    base64: iCalendar text is 8-bit and must arrive byte for byte.
    """
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = message_id
    message["From"], message["To"], message["Subject"] = sender, recipient, subject
    message["Date"] = written_at
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = language
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    if calendar is not None:
        params = {"method": "PUBLISH", "charset": "utf-8"}
        message.add_attachment(
            calendar, maintype="text", subtype="calendar", cte="base64", filename="rakor.ics", params=params
        )
    return message


def send(smtp_url: str, message: EmailMessage) -> tuple[Outcome, str]:
    """Hand ``message`` to the server of ``smtp_url`` (smtp:// or smtps://, user and password in it).

    Returns the outcome and, where the server refused it, its own words. Raises MailUnavailable where a later try may
    succeed. Without a URL nothing is sent.
    """
    if not smtp_url:
        return Outcome.KEPT, ""
    try:
        with _connection(smtp_url) as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refusal:
        code, words = next(iter(refusal.recipients.values()))
        return _refusal(code, words)
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refusal:
        return _refusal(refusal.smtp_code, refusal.smtp_error)
    except smtplib.SMTPNotSupportedError as refusal:
        return Outcome.REFUSED, str(refusal)[:300]
    except (smtplib.SMTPException, OSError) as failure:
        raise MailUnavailable(f"{type(failure).__name__}: {failure}"[:300]) from failure
    return Outcome.SENT, ""


def _refusal(code: int, words: bytes | str) -> tuple[Outcome, str]:
    said = f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"[:300]
    if 500 <= code < 600:
        return Outcome.REFUSED, said
    raise MailUnavailable(said)


@contextmanager
def _connection(smtp_url: str) -> Iterator[smtplib.SMTP]:
    """Connect, encrypt where the server can, log in where a user is given; never a password in the clear."""
    url = urlsplit(smtp_url)
    host, port = url.hostname or "localhost", url.port or PORTS.get(url.scheme, 25)
    secure = url.scheme == "smtps"
    context = ssl.create_default_context()
    server: smtplib.SMTP
    server = smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=context) if secure else smtplib.SMTP(
        host, port, timeout=PATIENCE
    )
    with server:
        server.ehlo_or_helo_if_needed()
        if not secure and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
            secure = True
        if url.username:
            if not secure and host not in LOOPBACK:
                raise MailUnavailable("the server offers no encryption; a password is not sent in the clear")
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server
