"""Calendar files as drafts: their texts, their times, their repeats; and files that are none."""

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from c4s.core.db import db
from c4s.programme import reading
from c4s.programme.models import EventDraft
from c4s.programme.reading import Unreadable, Why
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, enter
from tests.conftest import NOW, said
from tests.house.every_page import address_of

EVENT = """BEGIN:VEVENT
UID:one@example.cymru
DTSTART;TZID=Europe/London:20270114T100000
DTEND;TZID=Europe/London:20270114T123000
SUMMARY;LANGUAGE=cy:Cadw cyfrifon
SUMMARY;LANGUAGE=en-GB:Keeping accounts
DESCRIPTION:Dewch â beiro
LOCATION:Neuadd y Bont
END:VEVENT
"""


def a_file(*events):
    text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//test//CY\n" + "".join(events) + "END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def an_event(*more, starts="20270104T100000", uid="one"):
    lines = [f"UID:{uid}", f"DTSTART;TZID=Europe/London:{starts}", "DURATION:PT1H", "SUMMARY:Cwrs", *more]
    return "BEGIN:VEVENT\n" + "".join(f"{line}\n" for line in lines) + "END:VEVENT\n"


def starts_of(*events):
    return [one.content.starts_at for one in reading.read(a_file(*events), "cy", NOW).events]


@pytest.mark.either_database
def test_texts_keep_their_languages_and_times_their_zone():
    [found] = reading.read(a_file(EVENT), "cy", NOW).events
    content = found.content
    assert (content.title.cy, content.title.en) == ("Cadw cyfrifon", "Keeping accounts")
    assert (content.description.cy, content.description.en) == ("Dewch â beiro", "")
    assert content.joining_notes.cy == "Neuadd y Bont"
    assert content.starts_at == datetime(2027, 1, 14, 10, tzinfo=UTC)
    assert content.ends_at - content.starts_at == timedelta(hours=2, minutes=30)
    [english] = reading.read(a_file(EVENT), "en", NOW).events
    assert (english.content.description.en, english.uid) == ("Dewch â beiro", found.uid)


@pytest.mark.either_database
def test_a_weekly_event_keeps_its_hour_through_the_change_of_the_clocks():
    found = starts_of(an_event("RRULE:FREQ=WEEKLY;COUNT=3", starts="20270322T100000"))
    assert [(one.day, one.hour) for one in found] == [(22, 10), (29, 9), (5, 9)]


@pytest.mark.either_database
@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["RRULE:FREQ=DAILY"], 50),
        (["RRULE:FREQ=WEEKLY;UNTIL=20270118T100000Z"], 3),
        (["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=Europe/London:20270111T100000"], 3),
        (["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE;TZID=Europe/London:20270301T100000"], 3),
        (["RDATE;TZID=Europe/London:20270301T100000,20270302T100000"], 3),
        (["RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=6"], 6),
        (["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"], 0),
        (["RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31"], 0),
        (["RRULE:FREQ=SECONDLY"], 0),
        (["RRULE:FREQ=DAILY;BYHOUR=1,2;BYMINUTE=1,2;BYSECOND=1,2"], 0),
        (["RRULE:FREQ=DAILY;INTERVAL=0"], 0),
        (["DTEND:99991231T000000Z", "RDATE:99991231T000000Z"], 1),
        (["RRULE:FREQ=DAILY;UNTIL=20270103T100000Z"], 0),
        (["STATUS:CANCELLED"], 0),
    ],
)
def test_an_event_that_repeats_is_as_many_drafts_as_it_has_dates_to_come(lines, number):
    began = time.process_time()
    assert len(starts_of(an_event(*lines))) == number
    assert time.process_time() - began < 2


@pytest.mark.either_database
def test_a_date_that_was_moved_is_there_once():
    moved = an_event("RECURRENCE-ID;TZID=Europe/London:20270111T100000", starts="20270112T140000")
    found = starts_of(an_event("RRULE:FREQ=WEEKLY;COUNT=3"), moved)
    assert sorted(one.day for one in found) == [4, 12, 18]


@pytest.mark.either_database
def test_what_is_over_or_has_no_date_is_left_out_and_counted():
    no_date = "BEGIN:VEVENT\nUID:two\nSUMMARY:Heb ddyddiad\nEND:VEVENT\n"
    found = reading.read(a_file(an_event(starts="20200104T100000"), no_date, EVENT), "cy", NOW)
    assert (len(found.events), found.left_out) == (1, 2)


@pytest.mark.either_database
@pytest.mark.parametrize(
    ("file", "why"),
    [
        (b"", Why.NONE),
        (b"x" * (reading.LARGEST + 1), Why.TOO_LARGE),
        (b"Annwyl gyfaill", Why.NO_CALENDAR),
        (b"\x89PNG\r\n\x1a\n\x00\xff", Why.NO_CALENDAR),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", Why.NO_CALENDAR),
        (a_file(), Why.NO_EVENTS),
        (a_file(*(an_event("RRULE:FREQ=DAILY", uid=str(n)) for n in range(11))), Why.TOO_MANY),
        (a_file(*(an_event("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", uid=str(n)) for n in range(6))), Why.TOO_MANY),
        (
            a_file(*(an_event("RRULE:FREQ=DAILY;COUNT=9500", starts="20000101T100000", uid=str(n)) for n in range(11))),
            Why.TOO_MANY,
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(file, why):
    with pytest.raises(Unreadable) as problem:
        reading.read(file, "cy", NOW)
    assert problem.value.why == why


@pytest.mark.either_database
@given(st.lists(st.sampled_from(a_file(EVENT, an_event("RRULE:FREQ=WEEKLY")).split(b"\r\n")), max_size=30))
@settings(max_examples=150, deadline=None)
def test_whatever_lines_a_file_has_it_is_read_or_refused(lines):
    with suppress(Unreadable):
        reading.read(b"\r\n".join(lines), "cy", NOW)


def test_the_command_makes_drafts_once(site, tmp_path):
    file = tmp_path / "calendr.ics"
    file.write_bytes(a_file(EVENT, an_event("RRULE:FREQ=WEEKLY;COUNT=3", uid="two")))
    run = site.test_cli_runner()
    first, second = (run.invoke(args=["events", "import", str(file), "--language", "en"]) for _number in range(2))
    assert (first.exit_code, first.output) == (0, "drafts: 4, known already: 0, without a date to come: 0\n")
    assert (second.exit_code, second.output) == (0, "drafts: 0, known already: 4, without a date to come: 0\n")
    db.session.rollback()
    assert db.session.query(EventDraft).count() == 4
    file.write_bytes(b"dim byd")
    assert run.invoke(args=["events", "import", str(file)]).exit_code == 1


@pytest.mark.pages
def test_mair_takes_in_a_file_and_a_bad_one_is_a_clear_error(visitor, language):
    enter(visitor, a_member_of_staff("mair", Who.EDITOR))
    visitor.open(address_of(visitor.site, "programme.take_in", language))
    page = visitor.send(422, file=(BytesIO(b"Annwyl gyfaill"), "llythyr.ics"), language="cy")
    assert page.errors == [said(language, "This is not a calendar file that we can read. Save it again as .ics")]
    assert len(visitor.send(422, file=None).errors) == 1
    page = visitor.send(file=(BytesIO(a_file(EVENT)), "calendr.ics"))
    assert f"{said(language, 'New drafts')} : 1" in page.main or f"{said(language, 'New drafts')}: 1" in page.main
    visitor.open(address_of(visitor.site, "programme.index", language))
    assert {"cy": "Cadw cyfrifon", "en": "Keeping accounts"}[language] in visitor.page.main
