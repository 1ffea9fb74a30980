"""Where letters go: a mail server, a folder to look into, or a list for tests."""

import re
import smtplib
import ssl
from email import policy
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import idna

from c4s.core.clock import now
from c4s.core.config import ROOT, Settings
from c4s.mail.models import OutgoingLetter

TIMEOUT = 30  # seconds for a mail server to answer
NOT_IN_NAMES = re.compile(r"""[\s()<>\[\]\\,;:@"]+|=\?|\?=""")
"""What could end a name on its way and begin another address: Python forgets to quote it beside an accent."""


class Unbroken(UnstructuredHeader, BaseHeader):
    """A header on one line, however long: Python would put a long address into a code that no mail program undoes."""

    def fold(self, *, policy: policy.Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", Unbroken)
POLICY = policy.default.clone(header_factory=HEADERS)


class Transport(Protocol):
    """Takes a message or raises; returning means the message is somebody else's to keep."""

    def send(self, message: EmailMessage) -> None: ...


def for_mail(address: str) -> str:
    """An address as every mail server takes it: ``nia@tŷ.cymru`` becomes ``nia@xn--t-foa.cymru``."""
    mailbox, at, domain = address.rpartition("@")
    # Not Python's own "idna": it is of 2003, and takes straße.de for strasse.de, who are others.
    return mailbox + at + (domain if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii"))


def named(name: str, address: str) -> str:
    """A name and an address as one header has them, whatever somebody typed for a name."""
    return formataddr((NOT_IN_NAMES.sub(" ", name).strip(), for_mail(address)))


def message_of(letter: OutgoingLetter, settings: Settings) -> EmailMessage:
    """The letter as mail; its Message-ID is the same each time, so that a repeat can be told from a second letter."""
    message = EmailMessage(policy=POLICY)
    domain = urlsplit(settings.site_address).hostname or "localhost"
    message["Message-ID"] = f"<letter-{letter.id}-{int(letter.created_at.timestamp())}@{domain}>"
    message["Date"] = format_datetime(now())
    message["From"] = formataddr((settings.organisation, settings.mail_from))
    message["To"] = named(letter.to_name, letter.to_address)
    message["Reply-To"] = for_mail(letter.reply_to or settings.contact_email)
    message["Subject"] = letter.subject
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(letter.body)
    if letter.attachment_name:
        kind, _, rest = letter.attachment_type.partition("/")
        subtype, _, parameters = rest.partition(";")
        message.add_attachment(
            letter.attachment.encode(),
            maintype=kind,
            subtype=subtype.strip(),
            filename=letter.attachment_name,
            params=dict(part.strip().split("=", 1) for part in parameters.split(";") if "=" in part),
        )
    # Last, for setting contents takes away every header that begins with Content.
    message["Content-Language"] = "cy, en" if letter.language == "both" else letter.language
    return message


class Smtp:
    """A mail server: ``smtp://user:password@host:port`` (with STARTTLS where offered) or ``smtps://``."""

    def __init__(self, address: str) -> None:
        self.parts = urlsplit(address)

    def send(self, message: EmailMessage) -> None:
        host, port = self.parts.hostname or "localhost", self.parts.port
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if self.parts.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(host, port or 25, timeout=TIMEOUT)
        with server:
            if self.parts.scheme == "smtp" and server.ehlo()[0] == 250 and server.has_extn("starttls"):
                server.starttls(context=context)
            if self.parts.username:
                server.login(unquote(self.parts.username), unquote(self.parts.password or ""))
            server.send_message(message)


class Folder:
    """A folder where each letter becomes a file that any mail reader opens."""

    def __init__(self, folder: str) -> None:
        path = Path(folder)
        self.folder = path if path.is_absolute() else ROOT / path

    def send(self, message: EmailMessage) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = message["Message-ID"].strip("<>").split("@")[0]
        (self.folder / f"{name}.eml").write_bytes(message.as_bytes())


class Memory:
    """A list of messages, for tests."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    def send(self, message: EmailMessage) -> None:
        self.messages.append(message)


def transport_for(settings: Settings) -> Transport:
    """The transport that ``C4S_MAIL`` asks for."""
    return Smtp(settings.mail) if settings.mail.startswith(("smtp://", "smtps://")) else Folder(settings.mail)
