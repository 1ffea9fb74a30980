"""What each action changes, which letters it posts, what the trail says, and what nobody is ever told."""

import pytest
from sqlalchemy import select

from c4s.accounts.rules import WhyNot as NotNow
from c4s.audit.models import Entry
from c4s.core.db import Base, db
from c4s.core.errors import Busy
from c4s.core.units import unit_of_work
from c4s.events import actions as places
from c4s.events.models import Booking
from c4s.mail.models import Channel, OutgoingLetter
from c4s.speed_networking import actions, checker, data, planner, queries
from c4s.speed_networking.models import RotaPerson
from c4s.speed_networking.rules import Presence, Side, WhyNot
from c4s.web.rights import Who
from tests.accounts.builders import a_person, set_roles
from tests.conftest import NOW, at_once
from tests.events.builders import booked
from tests.refusals import why_not
from tests.speed_networking.builders import (
    SIDES,
    an_editor,
    an_evening,
    change,
    finished,
    letters,
    people,
    planned,
    rota_of,
    set_up,
)


@pytest.fixture
def mair(site):
    return an_editor()


def story(event):
    """What the trail says of the speed networking of an event."""
    return [
        (entry.actor, entry.action)
        for entry in db.session.scalars(select(Entry).order_by(Entry.id))
        if entry.action.startswith("rota.")
    ]


def verdict(event):
    rota = rota_of(event)
    return checker.look(
        queries.guests(rota), queries.plan(rota).rounds, tables=rota.tables, rounds_done=rota.rounds_done
    )


# ---- Setting up ----


def test_everybody_who_has_a_place_takes_part_and_so_do_those_whom_they_bring(mair):
    event = an_evening("nia", party_limit=3)
    booked(event, "gwyn", language_spoken="cy", others=("Bethan", "Bethan"))
    booked(event, "ifan", proved=False)
    set_up(event, mair)
    found = people(event)
    assert list(found) == ["Nia", "Gwyn", "Bethan", "Bethan (2)"]
    assert [one.speaks_welsh for one in found.values()] == [False, True, True, True]
    assert story(event) == [(f"person:{mair.id}", "rota.set_up")]


def test_sides_have_names_in_both_languages_or_none_at_all(mair):
    event = an_evening("nia", "ifan")
    assert why_not(set_up, event, mair, side_one=SIDES["side_one"]) == WhyNot.SIDE_NAMES_NEEDED
    rota = set_up(event, mair, **SIDES)
    assert (rota.has_sides, rota.side_name(Side.ONE)) == (True, SIDES["side_one"])
    assert why_not(actions.make, event.id, by_id=mair.id) == WhyNot.NO_SIDE


def test_to_set_up_anew_takes_the_rota_away_and_only_before_the_first_round_is_done(mair):
    event = an_evening()
    planned(event, mair)
    rota = set_up(event, mair, rounds=2)
    assert (rota.seed, queries.plan(rota).rounds, rota.rounds) == (None, ((), ()), 2)
    planned(event, mair)
    actions.finish_round(event.id, 1, by_id=mair.id)
    assert why_not(set_up, event, mair) == WhyNot.BEGUN


def test_whoever_signs_up_or_gives_up_since_is_counted_and_gathered(mair):
    event = an_evening()
    rota = planned(event, mair)
    assert queries.not_gathered(rota) == 0
    places.cancel(people(event)["Nia"].booking_id)
    booked(event, "sara")
    assert queries.not_gathered(rota_of(event)) == 2
    actions.gather(event.id, by_id=mair.id)
    assert (queries.not_gathered(rota_of(event)), "Nia" in people(event), "Sara" in people(event)) == (0, False, True)


def test_who_may_not_run_events_changes_nothing(mair):
    event = an_evening()
    planned(event, mair)
    one = next(iter(people(event).values()))
    set_roles(mair, Who.HELPER)
    for action in (set_up, planned):
        assert why_not(action, event, mair) == NotNow.NOT_ALLOWED
    assert why_not(change, one, mair, speaks_welsh=True) == NotNow.NOT_ALLOWED
    for action in (actions.gather, actions.make, actions.close):
        assert why_not(action, event.id, by_id=mair.id) == NotNow.NOT_ALLOWED
    assert why_not(actions.finish_round, event.id, 1, by_id=mair.id) == NotNow.NOT_ALLOWED
    assert why_not(actions.say_whom_again, one.id, frozenset(), "", by_id=mair.id) == NotNow.NOT_ALLOWED
    assert rota_of(event).rounds_done == 0


# ---- The rota ----


def test_the_rota_keeps_what_people_wish_and_need(mair):
    event = an_evening()
    set_up(event, mair, tables=4, **SIDES)
    found = people(event)
    for number, one in enumerate(found.values()):
        change(one, mair, side=Side.ONE if number < 3 else Side.OTHER)
    found = people(event)
    nia, gwyn, huw = (found[name] for name in ("Nia", "Gwyn", "Huw"))
    change(nia, mair, fixed_table=4, wants=frozenset({gwyn.id}), must_nots=frozenset({huw.id}))
    actions.make(event.id, by_id=mair.id, seed=7)
    rota = rota_of(event)
    pairs = {meeting.people: meeting for meetings in queries.plan(rota).rounds for meeting in meetings}
    assert frozenset({nia.id, gwyn.id}) in pairs and frozenset({nia.id, huw.id}) not in pairs
    assert {meeting.table for pair, meeting in pairs.items() if nia.id in pair} == {4}
    found_out = verdict(event)
    assert (rota.seed, found_out.broken, found_out.wishes_met) == (7, frozenset(), 1)


def test_the_same_number_makes_the_same_rota_again(mair):
    event = an_evening()
    first = queries.plan(planned(event, mair))
    actions.make(event.id, by_id=mair.id)
    actions.make(event.id, by_id=mair.id, seed=1)
    assert queries.plan(rota_of(event)) == first


def test_a_wish_and_a_must_not_for_one_person_a_table_of_another_and_one_that_is_not_there_are_refused(mair):
    event = an_evening()
    set_up(event, mair)
    nia, ifan = (people(event)[name] for name in ("Nia", "Ifan"))
    change(ifan, mair, fixed_table=2)
    both = frozenset({ifan.id})
    assert why_not(change, nia, mair, wants=both, must_nots=both) == WhyNot.WISH_AND_MUST_NOT
    assert why_not(change, nia, mair, fixed_table=2) == WhyNot.TABLE_TAKEN
    assert why_not(change, nia, mair, fixed_table=4) == WhyNot.NO_SUCH_TABLE
    change(nia, mair, wants=frozenset({nia.id, 9_999}))  # oneself, and nobody
    assert queries.guests(rota_of(event))[0].wants == frozenset()


def test_who_leaves_and_who_comes_late_are_planned_anew_and_what_has_been_stays(mair):
    event = an_evening()
    past = queries.plan(planned(event, mair)).rounds[:1]
    actions.finish_round(event.id, 1, by_id=mair.id)
    change(people(event)["Nia"], mair, presence=Presence.AWAY)
    places.cancel(people(event)["Ifan"].booking_id)
    booked(event, "sara")
    actions.gather(event.id, by_id=mair.id)
    assert not verdict(event).is_right  # until it is planned again
    actions.make(event.id, by_id=mair.id)
    rounds = queries.plan(rota_of(event)).rounds
    to_come = {number for meetings in rounds[1:] for meeting in meetings for number in meeting.people}
    found = people(event)
    assert (rounds[:1], verdict(event).is_right) == (past, True)
    assert [found[name].id in to_come for name in ("Nia", "Ifan", "Sara", "Elin")] == [False, False, True, True]


def test_a_rota_that_no_longer_fits_when_it_is_ready_is_planned_again_and_never_kept(mair, monkeypatch):
    event = an_evening()
    set_up(event, mair)
    plainly, tries = planner.make_plan, []

    def meanwhile(*given, **facts):
        tries.append(1)
        if len(tries) <= limit:
            change(people(event)["Nia"], mair, speaks_welsh=len(tries) % 2 == 1)
        return plainly(*given, **facts)

    monkeypatch.setattr(planner, "make_plan", meanwhile)
    limit = 1
    actions.make(event.id, by_id=mair.id)
    assert (len(tries), rota_of(event).seed is None) == (2, False)
    limit = 9
    before = queries.plan(rota_of(event))
    with pytest.raises(Busy):
        actions.make(event.id, by_id=mair.id)
    assert queries.plan(rota_of(event)) == before


# ---- Rounds ----


def test_rounds_are_done_one_after_the_other_and_a_second_click_changes_nothing(mair):
    event = an_evening()
    set_up(event, mair)
    assert why_not(actions.finish_round, event.id, 1, by_id=mair.id) == WhyNot.NO_ROTA
    assert why_not(actions.close, event.id, by_id=mair.id) == WhyNot.NO_ROTA
    actions.make(event.id, by_id=mair.id)
    for number in (1, 1, 3, 2, 1):
        actions.finish_round(event.id, number, by_id=mair.id)
    assert rota_of(event).rounds_done == 2


def test_when_it_ends_everybody_who_met_somebody_is_asked_once_and_rounds_that_have_not_been_are_forgotten(mair):
    event = an_evening()
    planned(event, mair)
    actions.finish_round(event.id, 1, by_id=mair.id)
    change(people(event)["Nia"], mair, presence=Presence.AWAY)
    for _ in range(2):
        actions.close(event.id, by_id=mair.id)
    rota = rota_of(event)
    assert (rota.rounds, rota.closed_at, len(queries.plan(rota).rounds)) == (1, NOW, 1)
    assert len(letters("whom_again")) == 6
    assert "/en/meet-again/" in letters("whom_again")[0].body
    for action in (actions.gather, actions.make):
        assert why_not(action, event.id, by_id=mair.id) == WhyNot.CLOSED
    assert why_not(change, people(event)["Nia"], mair) == WhyNot.CLOSED
    assert why_not(actions.finish_round, event.id, 2, by_id=mair.id) == WhyNot.CLOSED


def test_whoever_has_no_email_reads_on_paper_whom_they_met(mair):
    event = an_evening("nia", "ifan")
    booked(event, "elin", channel=Channel.POST, address="1 Stryd Fawr\nCF37 1AA", language_written="cy")
    finished(event, mair)
    [letter] = [one for one in letters("whom_again") if one.channel == Channel.POST]
    assert ("http" in letter.body, "- Nia" in letter.body, letter.language) == (False, True, "cy")


# ---- Meeting again ----


def test_two_who_say_yes_are_both_told_once_and_nobody_else_is_told_anything(mair):
    event = an_evening()
    finished(event, mair, rounds=5)
    found = people(event)
    nia, ifan, elin = (found[name] for name in ("Nia", "Ifan", "Elin"))
    everybody = frozenset(one.id for one in found.values())
    actions.say_whom_again(nia.id, frozenset({ifan.id, elin.id}), "nia ar 01632 960 001")
    actions.say_whom_again(elin.id, everybody - {nia.id}, "elin@example.cymru")
    assert letters("both_said_yes") == []
    actions.say_whom_again(ifan.id, frozenset({nia.id}), "ifan@example.cymru")
    told = {letter.to_address: letter.body for letter in letters("both_said_yes")}
    assert set(told) == {"nia@example.cymru", "ifan@example.cymru"}
    assert "Ifan" in told["nia@example.cymru"] and "ifan@example.cymru" in told["nia@example.cymru"]
    assert "01632 960 001" in told["ifan@example.cymru"] and "Elin" not in "".join(told.values())
    # Said again, by the one and by the other: nobody is told twice, and what was told is not taken back.
    actions.say_whom_again(ifan.id, frozenset({nia.id}), "ifan@example.cymru")
    actions.say_whom_again(nia.id, frozenset(), "")
    assert len(letters("both_said_yes")) == 2
    assert [one.name for one in queries.told_of(nia.id)] == ["Ifan"]
    assert queries.outcome(rota_of(event)) == queries.Outcome(asked=6, answered=3, pairs=15, mutual=1)


def test_a_yes_may_be_taken_back_until_it_was_told(mair):
    event = an_evening("nia", "ifan")
    finished(event, mair, rounds=1)
    nia, ifan = people(event).values()
    actions.say_whom_again(nia.id, frozenset({ifan.id}), "x")
    actions.say_whom_again(nia.id, frozenset(), "")
    actions.say_whom_again(ifan.id, frozenset({nia.id}), "x")
    assert letters("both_said_yes") == []


def test_only_those_who_met_can_say_it_with_a_way_to_reach_them_and_only_afterwards(mair):
    event = an_evening("nia", "ifan", "elin")
    planned(event, mair, rounds=1)
    nia, ifan, elin = people(event).values()
    assert why_not(actions.say_whom_again, nia.id, frozenset(), "") == WhyNot.NOT_CLOSED
    finished(event, mair, rounds=1)
    nia, ifan, elin = people(event).values()
    [(meeting,)] = queries.plan(rota_of(event)).rounds
    [alone] = {one.id for one in (nia, ifan, elin)} - meeting.people
    assert why_not(actions.say_whom_again, meeting.one, frozenset({meeting.other}), "") == WhyNot.REACH_NEEDED
    actions.say_whom_again(meeting.one, frozenset({alone, 9_999}), "")
    assert queries.wanted_again(meeting.one) == frozenset()
    assert len(letters("whom_again")) == 2  # whoever met nobody is not asked


def test_two_who_say_it_at_once_are_each_told_once(site, mair):
    event = an_evening("nia", "ifan")
    finished(event, mair, rounds=1)
    nia, ifan = (one.id for one in people(event).values())
    found = at_once(
        site,
        lambda: actions.say_whom_again(nia, frozenset({ifan}), "x"),
        lambda: actions.say_whom_again(ifan, frozenset({nia}), "x"),
    )
    assert (found, len(letters("both_said_yes"))) == ([None, None], 2)


def test_staff_type_an_answer_in_once(mair):
    event = an_evening("nia", "ifan")
    finished(event, mair, rounds=1)
    nia, ifan = (one.id for one in people(event).values())
    actions.say_whom_again(nia, frozenset({ifan}), "x", by_id=mair.id)
    assert why_not(actions.say_whom_again, nia, frozenset(), "", by_id=mair.id) == WhyNot.ANSWERED
    assert story(event)[-1] == (f"person:{mair.id}", "rota.said_whom_again")


# ---- What is kept, and for how long ----


def test_whom_somebody_must_not_meet_is_told_nobody(mair):
    """The two are named nowhere together: not in a letter, not in the trail, not in what either may take away."""
    nia, huw = a_person("nia"), a_person("huw")
    event = an_evening("nia", "huw", "elin", "gwyn")
    set_up(event, mair, tables=2, rounds=2)
    found = people(event)
    change(found["Nia"], mair, must_nots=frozenset({found["Huw"].id}), wants=frozenset({found["Elin"].id}))
    actions.make(event.id, by_id=mair.id, seed=1)
    for number in (1, 2):
        actions.finish_round(event.id, number, by_id=mair.id)
    actions.close(event.id, by_id=mair.id)
    assert [one for one in db.session.scalars(select(OutgoingLetter)) if "Huw" in one.body and "Nia" in one.body] == []
    facts = [str(entry.facts) for entry in db.session.scalars(select(Entry)) if entry.action.startswith("rota.")]
    assert [one for one in facts if "must" in one or "Nia" in one or "want" in one] == []
    for person, other in ((nia, "Huw"), (huw, "Nia")):
        [record] = data.PART.load(person)
        assert other not in str([(fact.key, fact.value) for fact in record])


def test_somebody_reads_what_is_kept_of_them_and_never_what_others_said(mair):
    nia = a_person("nia")
    event = an_evening("nia", "ifan")
    set_up(event, mair, rounds=1)
    found = people(event)
    change(found["Nia"], mair, wants=frozenset({found["Ifan"].id}), fixed_table=2)
    actions.make(event.id, by_id=mair.id)
    actions.finish_round(event.id, 1, by_id=mair.id)
    actions.close(event.id, by_id=mair.id)
    actions.say_whom_again(found["Ifan"].id, frozenset({found["Nia"].id}), "ifan@example.cymru")
    [record] = data.PART.load(nia)
    kept = {fact.key: fact.value for fact in record}
    assert (kept["name"], kept["fixed_table"], kept["wants"], kept["again"]) == ("Nia", 2, "Ifan", "")
    assert "2: Ifan" in kept["meetings"] and "ifan@example.cymru" not in str(kept)
    columns = {column.name for column in RotaPerson.__table__.columns}
    not_shown = {"id", "rota_id", "booking_id"}  # numbers of ours
    from_elsewhere = {"event", "wants", "meetings", "again"}
    assert len(record) == len(columns - not_shown) + len(from_elsewhere)


def test_it_goes_with_the_bookings_of_the_event(mair):
    event = an_evening("nia", "ifan")
    finished(event, mair, rounds=1)
    nia, ifan = (one.id for one in people(event).values())
    actions.say_whom_again(nia, frozenset({ifan}), "x")

    @unit_of_work
    def forget():
        db.session.execute(Booking.__table__.delete())

    forget()
    left = {
        name: db.session.execute(select(table)).all()
        for name, table in Base.metadata.tables.items()
        if name in ("rota_person", "rota_wish", "rota_meeting", "meet_again")
    }
    assert left == {name: [] for name in left} and len(left) == 4
