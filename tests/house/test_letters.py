"""Every letter is written in both languages, with nothing left out."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from jinja2 import StrictUndefined

from c4s.core.config import ROOT
from c4s.core.db import db
from c4s.events.models import Booking, Event
from c4s.events.rules import BookingState
from c4s.i18n.bilingual import Bilingual
from c4s.mail import outbox
from c4s.mail.models import Channel
from tests.builders import a_supplier
from tests.conftest import NOW
from tests.events.builders import a_venue, an_event, booked
from tests.house.welsh import english_in, welsh_in

LETTERS = sorted(f"{path.parents[1].name}/{path.stem}" for path in (ROOT / "templates").glob("*/letters/*.txt"))
ABOUT_THE_OTHER_LANGUAGE = (
    "This letter is available in English: ask us.",
    "Mae’r llythyr hwn ar gael yn Gymraeg: gofynnwch i ni.",
)
UNFINISHED = re.compile(r"\{\{|\}\}|\{%|%\(|\bNone\b|Undefined|object at 0x|BookingState|<[a-z]|&[a-z]+;|&#")


@dataclass(frozen=True)
class Case:
    """One way in which a letter may be written.

    Attributes:
        mailed: to somebody with e-mail; otherwise to somebody who is reached on paper.
        told: everything that may be left out is there.
    """

    mailed: bool
    told: bool
    state: BookingState


CASES = [Case(mailed, told, state) for mailed in (True, False) for told in (True, False) for state in BookingState]


def facts(case):
    """Everything that a letter may speak of."""
    event = an_event(
        capacity=9,
        venue_id=a_venue().id if case.told else None,
        online=True,
        online_address="https://meet.example.wales/1" if case.told else "",
        joining_notes=Bilingual("Dewch â beiro.", "Bring a pen.") if case.told else Bilingual(),
        title=Bilingual("Bara brith", "Fruit bread"),
    )
    channel = {} if case.mailed else {"channel": Channel.POST, "address": "1 Stryd y Bont\nPontypridd"}
    booking = booked(event, "nia", **channel)
    links = Bilingual("https://site.example.wales/cy/x", "https://site.example.wales/en/x")
    return {
        "to": outbox.Recipient("Nia", "nia@example.cymru"),
        "booking": Booking(
            reference=booking.reference,
            event=db.session.get_one(Event, event.id),
            state=case.state,
            name="Nia",
            channel=booking.channel,
            proved_at=NOW if case.told else None,
            party=1,
        ),
        "event": event,
        "supplier": a_supplier("Siop Huw"),
        "name": "Nia" if case.told else "",
        "email": "nia@example.cymru",
        "when": Bilingual("dydd Llun", "Monday"),
        "until": NOW + timedelta(days=1) if case.told else None,
        "position": 2 if case.told else None,
        "was": str(case.state),
        "was_waiting": case.told,
        "place_address": links if case.mailed else Bilingual(),
        "event_address": links if case.mailed else Bilingual(),
        "wished": "cy" if case.told else "both",
        "topic": "7",
        "words": "7",
    }


def test_there_are_letters():
    assert {name.split("/")[0] for name in LETTERS} == {"directory", "events", "pages"}


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_can_be_written_in_each_language_and_in_both(site, monkeypatch, letter):
    monkeypatch.setattr(site.jinja_env, "undefined", StrictUndefined)
    names = ["Nia", "Siop Huw", "Connect4Success", "Canolfan y Felin", "Stryd y Felin"]
    for case in CASES:
        given = facts(case)
        db.session.rollback()
        with db.session.no_autoflush:
            written = {code: outbox.words(letter, code, **given) for code in ("cy", "en")}
            both = outbox.words(letter, "both", **given)
        for code, (subject, body) in written.items():
            assert (subject != "", "\n" in subject, body != "") == (True, False, True)
            assert UNFINISHED.findall(subject + body) == [], (case, subject, body)
            assert not re.search(r"\n{4}|[ \t]\n|^ ", body), (case, body)
            own = body
            for line in ABOUT_THE_OTHER_LANGUAGE:
                own = own.replace(line, "")
            find = english_in if code == "cy" else welsh_in
            assert find(f"{subject}\n{own}", names) == [], (case, body)
        assert both[1].index(written["cy"][1]) < both[1].index(written["en"][1])
        assert both[0].startswith(written["cy"][0]) and both[0].endswith(written["en"][0])
        db.session.rollback()


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_says_who_wrote_it_and_that_the_other_language_is_welcome(site, letter):
    given = facts(CASES[0])
    db.session.rollback()
    with db.session.no_autoflush:
        welsh, english = (outbox.words(letter, code, **given)[1] for code in ("cy", "en"))
    if letter == "pages/message":  # to ourselves
        return
    assert ("01632 960 100" in welsh, "01632 960 100" in english) == (True, True)
    assert (ABOUT_THE_OTHER_LANGUAGE[0] in welsh, ABOUT_THE_OTHER_LANGUAGE[1] in english) == (True, True)
    db.session.rollback()
