"""Writing down who came, and issuing certificates, on each database."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from c4s.attendance import actions, data, queries, rules
from c4s.attendance.rules import WhyNot
from c4s.audit import trail
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.throttle import TooMany
from c4s.core.units import unit_of_work
from c4s.events import afterwards, signing_up
from c4s.events.models import Booking
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person
from tests.attendance.builders import (
    a_certificate,
    a_course,
    a_surgery,
    an_editor,
    an_event_today,
    came,
    certificates,
    issued,
    register,
    rows,
)
from tests.conftest import at_once
from tests.events.builders import a_sign_up, booked, by_phone, call_off, last_letter, letters_to

WHY = Bilingual("Enw anghywir.", "A wrong name.")


@pytest.fixture
def mair(site):
    return an_editor()


def refusal(act, *facts, **more):
    with pytest.raises(Refused) as refused:
        act(*facts, **more)
    return refused.value.reason


def a_party(event, who="nia", *others):
    answer = signing_up.book_place(event.id, a_sign_up(who, others=others))
    signing_up.prove(answer.booking_id)
    return db.session.get_one(Booking, answer.booking_id)


# ---- Who came ----


def test_who_is_ticked_came_and_everybody_else_did_not(mair):
    event = an_event_today()
    nia, huw = a_party(event, "nia", "Ann", "Bob"), booked(event, "huw")
    assert register(event) == {"Huw": None, "Nia": None}
    actions.record(event.id, None, came={(nia.id, 0), (nia.id, 2)}, by_id=mair)
    assert register(event) == {"Huw": [], "Nia": ["Nia", "Bob"]}
    counts = queries.counted(queries.register(event.id, None))
    assert (counts.booked, counts.came, counts.away, counts.unknown) == (4, 2, 2, 0)
    assert [(row.came, row.recorded_by_id) for row in rows()] == [(0, mair), (2, mair)]
    assert (afterwards.was_absent(huw), afterwards.was_absent(nia)) == (True, False)
    [entry] = trail.history_of("event", event.id)[1:]
    assert (entry.action, entry.actor, entry.facts) == (
        "attendance.recorded",
        f"person:{mair}",
        {"session": None, "came": 2},
    )


def test_two_at_two_doors_do_not_undo_each_others_ticks(mair):
    event, gwen = an_event_today(), an_editor("gwen")
    nia, huw = booked(event, "nia"), booked(event, "huw")
    actions.record(event.id, None, came={(nia.id, 0)}, by_id=mair)
    actions.record(event.id, None, came={(huw.id, 0)}, by_id=gwen)  # her page was opened before anybody came
    assert register(event) == {"Huw": ["Huw"], "Nia": ["Nia"]}
    actions.record(event.id, None, came=(), was={(nia.id, 0)}, by_id=gwen)
    assert register(event) == {"Huw": ["Huw"], "Nia": []}


def test_a_correction_is_told_in_the_trail_and_saving_again_is_not(mair):
    event = an_event_today()
    nia = booked(event, "nia")
    came(nia, by_id=mair)
    came(nia, by_id=mair)
    actions.record(event.id, None, came=(), was={(nia.id, 0)}, by_id=mair)
    corrected = [one for one in trail.history_of("booking", nia.id) if one.action == "attendance.corrected"]
    assert [(one.facts["was"], one.facts["now"]) for one in corrected] == [(1, 0)]
    assert len([one for one in trail.history_of("event", event.id) if one.action == "attendance.recorded"]) == 1


def test_everybody_came_is_one_press(mair):
    event = an_event_today()
    a_party(event, "nia", "Ann")
    booked(event, "huw")
    actions.record(event.id, None, came=(), everybody=True, by_id=mair)
    assert register(event) == {"Huw": ["Huw"], "Nia": ["Nia", "Ann"]}


def test_whoever_is_added_later_is_not_recorded_until_the_next_save(mair):
    event = an_event_today()
    came(booked(event, "nia"), by_id=mair)
    booked(event, "huw")
    assert register(event) == {"Huw": None, "Nia": ["Nia"]}


def test_those_without_a_place_are_not_in_the_register(mair):
    event = an_event_today(capacity=1)
    nia, huw = booked(event, "nia"), booked(event, "huw")
    actions.record(event.id, None, came={(nia.id, 0), (huw.id, 0), (999, 0), (nia.id, 7)}, by_id=mair)
    assert register(event) == {"Nia": ["Nia"]}
    assert len(rows()) == 1


def test_nothing_is_recorded_too_early_of_another_event_or_by_somebody_without_the_right(mair):
    tomorrow = an_event_today(starts_at=now() + timedelta(days=1))
    booked(tomorrow, "nia")
    assert refusal(actions.record, tomorrow.id, None, came=(), by_id=mair) == WhyNot.TOO_EARLY
    course, sessions = a_course()
    booked(course, "nia")
    assert refusal(actions.record, course.id, sessions[1], came=(), by_id=mair) == WhyNot.TOO_EARLY
    assert refusal(actions.record, course.id, None, came=(), by_id=mair) == WhyNot.NOT_HELD
    assert refusal(actions.record, tomorrow.id, sessions[0], came=(), by_id=mair) == WhyNot.NOT_HELD
    moderator = a_member_of_staff("ceri", Who.MODERATOR).id
    assert refusal(actions.record, course.id, sessions[0], came=(), by_id=moderator) == "not_allowed"
    call_off(course)
    assert refusal(actions.record, course.id, sessions[0], came=(), by_id=mair) == WhyNot.NOT_HELD
    assert rows() == []


def test_two_saves_at_once_are_one_register(site, mair):
    event = an_event_today()
    nia, huw = booked(event, "nia"), booked(event, "huw")
    event_id, places = event.id, [{(nia.id, 0)}, {(huw.id, 0)}]
    db.session.commit()
    done = at_once(
        site, *(lambda place=place: actions.record(event_id, None, came=place, by_id=mair) for place in places)
    )
    assert done == [None, None]
    assert register(event) == {"Huw": ["Huw"], "Nia": ["Nia"]}


def test_attendance_goes_with_its_sign_up_and_the_certificate_stays(mair):
    certificate = a_certificate()
    code = certificate.code

    @unit_of_work
    def forget():
        db.session.execute(delete(Booking))

    forget()
    assert rows() == []
    db.session.expire_all()
    kept = queries.certificate_by_code(code)
    assert (kept.booking_id, kept.name) == (None, "Nia")


# ---- Certificates ----


def test_each_person_who_came_to_enough_sessions_gets_one_and_one_letter_tells_them(mair, clock):
    event, sessions = a_course()
    nia, huw = a_party(event, "nia", "Ann"), booked(event, "huw")
    for week, session in enumerate(sessions):
        clock.move_to(event.starts_at + timedelta(weeks=week))
        here = {(nia.id, 0), (huw.id, 0)} if week == 0 else {(nia.id, 0), (nia.id, 1)}
        actions.record(event.id, session, came=here, by_id=mair)
    assert refusal(actions.issue, event.id, {(nia.id, 0)}, by_id=mair) == WhyNot.NOT_OVER
    clock.shift(timedelta(hours=3))
    assert refusal(actions.issue, event.id, (), by_id=mair) == WhyNot.NOBODY_CHOSEN
    everybody = {(nia.id, 0), (nia.id, 1), (huw.id, 0)}
    assert actions.issue(event.id, everybody, by_id=mair) == 2
    assert [(one.name, one.minutes) for one in certificates()] == [("Nia", 360), ("Ann", 240)]
    assert len({one.code for one in certificates()}) == 2
    assert actions.issue(event.id, everybody, by_id=mair) == 0
    assert [letters_to(f"{who}@example.cymru").count("attendance/certificate_ready") for who in ("nia", "huw")] == [
        1,
        0,
    ]
    letter = last_letter("nia@example.cymru")
    assert all(one.code in letter.body for one in certificates())
    assert letter.body.count("/en/my-certificate/") == 2
    assert [entry.action for entry in trail.history_of("certificate", certificates()[0].id)] == ["certificate.issued"]


def test_a_session_nobody_recorded_counts_against_nobody(mair, clock):
    event, sessions = a_course()
    nia = booked(event, "nia")
    clock.move_to(event.ends_at)
    came(nia, by_id=mair, session_id=sessions[0])
    assert [(one.attended, one.minutes, one.is_enough) for one in queries.course(event).earned] == [(1, 120, True)]


def test_at_a_surgery_time_attended_is_that_of_ones_own_slot(mair, clock):
    event, slots = a_surgery()
    answer = signing_up.book_place(event.id, a_sign_up("nia", session_id=slots[1]))
    signing_up.prove(answer.booking_id)
    nia = db.session.get_one(Booking, answer.booking_id)
    clock.move_to(event.ends_at)
    came(nia, by_id=mair)
    assert [(one.minutes, one.is_enough) for one in queries.course(event).earned] == [(120, True)]


def test_those_without_email_are_told_on_paper_without_a_link(mair, clock):
    event = an_event_today()
    elin = booked(event, "elin", channel=Channel.POST, address="1 Stryd y Bont", proved=False)
    ifor = signing_up.book_place(event.id, by_phone(7)).booking_id
    clock.move_to(event.ends_at)
    came(elin, db.session.get_one(Booking, ifor), by_id=mair)
    issued(event, mair)
    letters = [last_letter("1 Stryd y Bont"), last_letter("01632 960007")]
    assert ["my-certificate" in one.body for one in letters] == [False, False]
    assert [str(one.state) for one in letters] == ["to_print", "to_print"]
    assert ["It comes with this letter." in one.body for one in letters] == [True, False]


def test_a_withdrawn_certificate_is_told_of_once_and_another_may_be_issued(mair):
    certificate = a_certificate()
    nia = {(certificate.booking_id, 0)}
    withdraw = {"languages": "en", "by_id": mair}
    assert refusal(actions.withdraw, certificate.id, Bilingual(), **withdraw) == WhyNot.WORDS_NEEDED
    actions.withdraw(certificate.id, WHY, **withdraw)
    assert refusal(actions.withdraw, certificate.id, WHY, **withdraw) == WhyNot.WITHDRAWN_ALREADY
    assert letters_to("nia@example.cymru")[-1] == "attendance/certificate_withdrawn"
    assert WHY.en in last_letter("nia@example.cymru").body
    [one] = queries.course(certificate.event).earned
    assert (one.has_one, one.had_one) == (False, True)
    assert actions.issue(certificate.event_id, nia, by_id=mair) == 1
    assert [entry.reason for entry in trail.history_of("certificate", certificate.id)] == ["", WHY.en]


def test_only_those_with_the_right_issue_and_withdraw(mair):
    certificate, ceri = a_certificate(), a_member_of_staff("ceri", Who.MODERATOR).id
    assert refusal(actions.issue, certificate.event_id, {(1, 0)}, by_id=ceri) == "not_allowed"
    assert refusal(actions.withdraw, certificate.id, WHY, languages="en", by_id=ceri) == "not_allowed"


def test_certificates_are_kept_for_six_years(mair):
    certificate = a_certificate()
    in_time = certificate.issued_at + rules.KEEP_CERTIFICATES
    assert actions.forget_old(in_time) == 0
    assert actions.forget_old(in_time + timedelta(seconds=1)) == 1
    assert certificates() == []


def test_looking_up_codes_is_counted(site, monkeypatch):
    monkeypatch.setattr(rules, "LOOK_UPS", 2)
    for _ in range(2):
        actions.count_look_up("192.0.2.0/24")
    assert refusal(actions.count_look_up, "192.0.2.0/24") == TooMany.TOO_MANY
    actions.count_look_up("198.51.100.0/24")


def test_what_somebody_downloads_has_their_attendance_and_certificates(mair):
    certificate = a_certificate()
    nia = a_person("nia")
    [[*facts]] = data.ATTENDANCE.load(nia)
    assert {fact.key: fact.value for fact in facts if fact.key in ("came", "names")} == {"came": 1, "names": "Nia"}
    [[*facts]] = data.CERTIFICATES.load(nia)
    assert certificate.code in [fact.value for fact in facts]
