"""Mail leaves here: one finished message to one SMTP server, or to nobody where none is configured."""

import smtplib
import ssl
import threading
import time
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from typing import Any
from urllib.parse import unquote, urlsplit

from rakor.config import LOOPBACK

PATIENCE = 15.0
PATIENCE_AFTER_TEXT = 180.0
"""RFC 5321 §4.5.3.2.6: who gives up early after the text was sent, sends it twice."""
IDLE, LOAD = 10.0, 100
"""A connection is used again within so many seconds, for so many messages."""
PORTS = {"smtp": 25, "smtps": 465}


class Outcome(StrEnum):
    """What became of a message."""

    SENT = "sent"
    KEPT = "kept"
    """No SMTP server is configured: the local outbox page shows it."""
    REFUSED = "refused"
    """The server will never take it (a 5xx answer): trying again is pointless."""


class MailUnavailable(RuntimeError):
    """Mail cannot be handed over now: try again later."""


class NoAnswer(MailUnavailable):
    """No server takes any mail now (no connection, a refused login, 421): nobody got this one, and others would not."""


class NotNow(MailUnavailable):
    """The server does not take this message now (a 4xx answer), or broke off while it had the text.

    ``unknown``: whether it arrived is not known (RFC 5321 §6.1); the next try carries the same Message-ID.
    """

    def __init__(self, words: str, *, unknown: bool = False) -> None:
        super().__init__(words)
        self.unknown = unknown


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
    method: str = "PUBLISH",
    stop_url: str = "",
    paper: tuple[str, bytes] | None = None,
) -> EmailMessage:
    """Return a multipart message; ValueError where a header would hold a line break.

    ``method``: the iTIP method of the calendar part. ``stop_url``: where the recipient stops such mail (RFC 2369).

    ``message_id`` is fixed for ever, so a second sending of the same message is known as such. The calendar part is
    base64: iCalendar text is 8-bit and must arrive byte for byte. It stands among the alternatives, where calendars
    look for it (RFC 6047), and once more as a file for programs that only show attachments. ``paper``: the name and
    the bytes of a PDF.
    """
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = message_id
    message["From"], message["To"], message["Subject"] = sender, recipient, subject
    message["Date"] = written_at
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = language
    if stop_url:
        message["List-Unsubscribe"] = f"<{stop_url}>"
    _refuse_hidden_lines(message)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    if calendar is not None:
        params = {"method": method, "charset": "utf-8"}
        message.add_alternative(calendar, maintype="text", subtype="calendar", cte="base64", params=params)
        message.add_attachment(calendar, maintype="application", subtype="ics", cte="base64", filename="undangan.ics")
    if paper is not None:
        message.add_attachment(paper[1], maintype="application", subtype="pdf", cte="base64", filename=paper[0])
    return message


def _refuse_hidden_lines(message: EmailMessage) -> None:
    """An encoded word ("=?utf-8?q?=0D=0A…?=") is read back by the library itself, and its line break written out."""
    for name, value in message.items():
        if len(str(value).splitlines()) > 1:
            raise ValueError(f"{name} would be several lines")


def send(smtp_url: str, message: EmailMessage) -> tuple[Outcome, str]:
    """Hand ``message`` to the server of ``smtp_url`` (smtp:// or smtps://, user and password in it).

    Returns the outcome and, where the server refused it (5xx), its own words. Raises NoAnswer or NotNow where a later
    try may succeed. Without a URL nothing is sent. At most PATIENCE for each step, PATIENCE_AFTER_TEXT for the last.
    """
    if not smtp_url:
        return Outcome.KEPT, ""
    postman = _of_this_thread(smtp_url)
    try:
        postman.hand_over(message)
    except smtplib.SMTPRecipientsRefused as refusal:
        code, words = next(iter(refusal.recipients.values()))
        return _refusal(code, words)
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refusal:
        return _refusal(refusal.smtp_code, refusal.smtp_error)
    except smtplib.SMTPNotSupportedError as refusal:
        return Outcome.REFUSED, str(refusal)[:300]
    except (smtplib.SMTPException, OSError) as failure:
        had_text = postman.has_text
        postman.hang_up()
        said = f"{type(failure).__name__}: {failure}"[:300]
        raise (NotNow(said, unknown=True) if had_text else NoAnswer(said)) from failure
    return Outcome.SENT, ""


def _refusal(code: int, words: bytes | str) -> tuple[Outcome, str]:
    said = f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"[:300]
    if 500 <= code < 600:
        return Outcome.REFUSED, said
    raise NoAnswer(said) if code == 421 else NotNow(said)  # 421: the server closes, for everybody


class _Noted(smtplib.SMTP):
    """A connection that knows whether the server has the text of a message."""

    has_text = False

    def data(self, msg: Any) -> Any:
        assert self.sock is not None
        self.has_text = True
        self.sock.settimeout(PATIENCE_AFTER_TEXT)
        try:
            answer = super().data(msg)
        except smtplib.SMTPDataError:  # it did not want the text
            self.has_text = False
            raise
        self.sock.settimeout(PATIENCE)
        self.has_text = False
        return answer


class _NotedSsl(_Noted, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


class Postman:
    """One connection to one server, kept for the next message: over TLS a new one costs more than the message."""

    def __init__(self, smtp_url: str) -> None:
        self._url = urlsplit(smtp_url)
        self._server: _Noted | None = None
        self._used_at, self._carried = 0.0, 0

    @property
    def has_text(self) -> bool:
        """True where the connection broke while the server had the text."""
        return self._server is not None and self._server.has_text

    def hand_over(self, message: EmailMessage) -> None:
        """Send a message; a kept connection that the server has closed meanwhile is opened anew, once."""
        if self._server is not None and not self._is_fit():
            self.hang_up()
        if self._server is None:
            self._server = self._connection()
        try:
            self._server.send_message(message)
        finally:
            self._used_at, self._carried = time.monotonic(), self._carried + 1

    def hang_up(self) -> None:
        """Close the connection; what the server says to that changes nothing."""
        server, self._server, self._carried = self._server, None, 0
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):
                server.close()

    def _is_fit(self) -> bool:
        if self._server is None or self._carried >= LOAD or time.monotonic() - self._used_at > IDLE:
            return False
        try:
            return self._server.noop()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    def _connection(self) -> _Noted:
        """Connect, encrypt where the server can, log in where a user is given; never a password in the clear."""
        url = self._url
        host, port = url.hostname or "localhost", url.port or PORTS.get(url.scheme, 25)
        secure, context = url.scheme == "smtps", ssl.create_default_context()
        server = (
            _NotedSsl(host, port, timeout=PATIENCE, context=context) if secure else _Noted(host, port, timeout=PATIENCE)
        )
        try:
            server.ehlo_or_helo_if_needed()
            if not secure and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
                secure = True
            if url.username:
                if not secure and host not in LOOPBACK:
                    raise NoAnswer("the server offers no encryption; a password is not sent in the clear")
                server.login(unquote(url.username), unquote(url.password or ""))
        except BaseException:
            server.close()
            raise
        return server


_kept = threading.local()


def _of_this_thread(smtp_url: str) -> Postman:
    known: dict[str, Postman] = _kept.__dict__.setdefault("postmen", {})
    return known.setdefault(smtp_url, Postman(smtp_url))
