"""Where letters go: a mail server, a folder to look into, or a list for tests."""

import socket
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy

import icalendar
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from c4s.mail import delivery
from c4s.mail.models import LetterState
from c4s.mail.transports import Folder, Smtp, for_mail, message_of, transport_for
from tests.conftest import SETTINGS, said
from tests.events.builders import an_event, booked, last_letter
from tests.mail.writing import SIAN, kept, write

OURS = replace(SETTINGS, organisation="Y Fenter Tŷ", site_address="https://site.example.wales")


def read(data):
    return message_from_bytes(data, policy=policy.default)


def as_sent(letter):
    """A letter as a mail reader has it."""
    return read(message_of(letter, OURS).as_bytes(policy=policy.SMTP))


@pytest.fixture
def letter(site):
    return kept(write(words="Bara ŵy.\n" + "Gair hir " * 200 + "\n.\nFrom Nia\n"))


def test_a_letter_arrives_as_it_was_written(letter):
    message = as_sent(letter)
    assert {name: str(message[name]) for name in ("Subject", "To", "From", "Content-Language", "Auto-Submitted")} == {
        "Subject": said("cy", "Message from the contact page"),
        "To": "Siân Tŷ <sian@example.cymru>",
        "From": "Y Fenter Tŷ <connect4success@example.wales>",
        "Content-Language": "cy",
        "Auto-Submitted": "auto-generated",
    }
    assert message.get_content().replace("\r\n", "\n") == letter.body
    assert message["Date"].datetime == letter.created_at


def test_a_letter_in_both_languages_says_so(site):
    assert as_sent(kept(write(replace(SIAN, language="both"))))["Content-Language"] == "cy, en"


def test_every_line_on_the_way_is_short_and_plain(letter):
    raw = message_of(letter, OURS).as_bytes(policy=policy.SMTP)
    head = raw.split(b"\r\n\r\n")[0]
    assert (head.isascii(), max(len(line) for line in raw.split(b"\r\n")) <= 998) == (True, True)


def test_the_number_of_a_letter_is_the_same_each_time_and_of_our_own_address(site):
    one, two = kept(write()), kept(write())
    found = [as_sent(letter)["Message-ID"] for letter in (one, one, two)]
    assert (found[0] == found[1], found[0] == found[2]) == (True, False)
    assert found[0].endswith("@site.example.wales>")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85", "\n\n"])
@pytest.mark.parametrize("field", ["to_name", "to_address", "reply_to", "subject"])
def test_nothing_that_somebody_typed_becomes_a_header(letter, field, end):
    setattr(letter, field, f"nia@example.cymru{end}Bcc: all@example.cymru{end}{end}Newydd")
    try:
        message = as_sent(letter)
    except (ValueError, UnicodeError):
        return  # refused outright: the letter stays in the outbox, for people to see
    assert (message["Bcc"], len(message.get_all("To")), len(message.get_all("Subject"))) == (None, 1, 1)
    assert message.get_content().replace("\r\n", "\n") == letter.body


@pytest.mark.parametrize(
    ("address", "mailed"),
    [
        ("nia@example.cymru", "nia@example.cymru"),
        ("nia@tŷ.cymru", "nia@xn--t-foa.cymru"),
        ("nia.jones+lle@is.tŷ.cymru", "nia.jones+lle@is.xn--t-foa.cymru"),
    ],
)
def test_an_address_with_a_welsh_letter_in_its_domain_is_one_that_mail_can_reach(site, address, mailed):
    assert for_mail(address) == mailed
    letter = kept(write(replace(SIAN, address=address)))
    letter.reply_to = address
    message = as_sent(letter)
    assert (message["To"].addresses[0].addr_spec, str(message["Reply-To"])) == (mailed, mailed)


def test_an_entry_for_the_calendar_goes_with_the_letter_whole(site):
    booked(an_event(), "nia", language_written="cy")
    message = as_sent(last_letter("nia@example.cymru"))
    files = list(message.iter_attachments())
    assert [(file.get_filename(), file.get_content_type()) for file in files] == [("digwyddiad.ics", "text/calendar")]
    assert (files[0].get_param("method"), files[0].get_param("charset")) == ("PUBLISH", "utf-8")
    calendar = icalendar.Calendar.from_ical(files[0].get_payload(decode=True))
    assert [str(entry["SUMMARY"]) for entry in calendar.walk("VEVENT")] == ["Dechrau busnes"]


# -- a folder ----------------------------------------------------------------------------------------


def test_a_folder_gets_one_file_for_each_letter_that_any_mail_reader_opens(letter, tmp_path):
    folder = Folder(str(tmp_path / "new" / "letters"))
    folder.send(message_of(letter, OURS))
    folder.send(message_of(letter, OURS))
    files = list((tmp_path / "new" / "letters").iterdir())
    assert [file.suffix for file in files] == [".eml"]
    message = read(files[0].read_bytes())
    assert (str(message["Subject"]), message.get_content()) == (letter.subject, letter.body)


# -- a mail server -----------------------------------------------------------------------------------


class Office:
    """A post office for tests, which writes down what it is handed."""

    def __init__(self):
        self.envelopes, self.closed_to = [], ""

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address == self.closed_to:
            return "550 No such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.envelopes.append(envelope)
        return "250 Taken"


@contextmanager
def open_office(**more):
    office = Office()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield office, port
    finally:
        controller.stop()


def test_a_letter_leaves_through_a_mail_server_with_its_welsh_letters(site, monkeypatch):
    number = write(replace(SIAN, name="Siân Ŵyn Tŷ"), words="Bara ŵy.\n.\nTŷ.")
    with open_office() as (office, port):
        monkeypatch.setitem(site.extensions, "c4s.mail", Smtp(f"smtp://127.0.0.1:{port}"))
        assert delivery.send_due() == (1, 0)
    envelope = office.envelopes[0]
    message = read(envelope.content)
    assert (envelope.mail_from, envelope.rcpt_tos) == (SETTINGS.mail_from, ["sian@example.cymru"])
    assert (str(message["Subject"]), str(message["To"])) == (
        said("cy", "Message from the contact page"),
        "Siân Ŵyn Tŷ <sian@example.cymru>",
    )
    assert message.get_content().replace("\r\n", "\n") == kept(number).body


def test_a_letter_that_the_mail_server_refuses_stays(site, monkeypatch, caplog):
    caplog.set_level("CRITICAL")
    number = write()
    with open_office() as (office, port):
        office.closed_to = "sian@example.cymru"
        monkeypatch.setitem(site.extensions, "c4s.mail", Smtp(f"smtp://127.0.0.1:{port}"))
        assert delivery.send_due() == (0, 1)
    assert (kept(number).state, "550" in kept(number).problem) == (LetterState.QUEUED, True)


def test_a_mail_server_that_is_away_keeps_the_letter_waiting(site, monkeypatch, caplog):
    caplog.set_level("CRITICAL")
    with open_office() as (_, port):
        pass
    number = write()
    monkeypatch.setitem(site.extensions, "c4s.mail", Smtp(f"smtp://127.0.0.1:{port}"))
    assert (delivery.send_due(), kept(number).state) == ((0, 1), LetterState.QUEUED)


def test_the_site_shows_its_name_and_word_to_the_mail_server(letter):
    seen = []

    def let_in(server, session, envelope, mechanism, given):
        seen.append((given.login, given.password))
        return AuthResult(success=True)

    with open_office(authenticator=let_in, auth_require_tls=False) as (office, port):
        Smtp(f"smtp://llythyrau%40example.wales:bara%2F1@127.0.0.1:{port}").send(message_of(letter, OURS))
    assert (set(seen), len(office.envelopes)) == ({(b"llythyrau@example.wales", b"bara/1")}, 1)


@pytest.mark.parametrize(
    ("setting", "kind"),
    [
        ("smtp://post.example.wales:25", Smtp),
        ("smtps://nia:word@post.example.wales", Smtp),
        ("instance/letters", Folder),
        ("/srv/letters", Folder),
    ],
)
def test_the_setting_says_where_letters_go(setting, kind):
    assert type(transport_for(replace(SETTINGS, mail=setting))) is kind
