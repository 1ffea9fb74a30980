"""What staff and those who took part do about speed networking: each verb is one unit of work."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from c4s.accounts import steps
from c4s.audit import trail
from c4s.audit.trail import Actor
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Busy, Refused
from c4s.core.units import held, unit_of_work
from c4s.i18n.bilingual import Bilingual
from c4s.speed_networking import letters, planner, queries, rules
from c4s.speed_networking.models import MeetAgain, Rota, RotaMeeting, RotaPerson, RotaWish
from c4s.speed_networking.rules import Did, Plan, Presence, Side, WhyNot, WishKind
from c4s.web.rights import Right

KIND = "event"
TRIES = 3
"""How often a rota is planned again because something changed meanwhile."""


@dataclass(frozen=True)
class SetUp:
    """How the speed networking of an event goes; both names of sides are empty where there are no sides."""

    rounds: int
    minutes: int
    tables: int
    side_one: Bilingual = Bilingual()
    side_other: Bilingual = Bilingual()


@dataclass(frozen=True)
class Details:
    """What a rota is to know of somebody."""

    side: Side | None
    speaks_welsh: bool
    fixed_table: int | None
    wants: frozenset[int]
    must_nots: frozenset[int]
    presence: Presence


def _record(action: Did, rota: Rota, by_id: int, **facts: Any) -> None:
    trail.record(action, KIND, rota.event_id, by=trail.person(by_id), **facts)


def _held(event_id: int, by_id: int) -> Rota:
    """The rota of an event, held, for somebody who may work on it."""
    steps.must_have(Right.RUN_EVENTS, by_id)
    rota_id = db.session.scalar(select(Rota.id).where(Rota.event_id == event_id))
    if rota_id is None:
        raise Refused(WhyNot.NO_ROTA)
    return held(Rota, rota_id)


# ---- Setting up ----


@unit_of_work
def set_up(event_id: int, asked: SetUp, *, by_id: int) -> None:
    """Set up the speed networking of an event, or do so anew; a rota that was made goes, for it no longer fits.

    Everybody who has a place at the event takes part, with the side and the language that we know of them.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``BEGUN``, ``CLOSED``; ``SIDE_NAMES_NEEDED``.
    """
    steps.must_have(Right.RUN_EVENTS, by_id)
    names = (asked.side_one.cy, asked.side_one.en, asked.side_other.cy, asked.side_other.en)
    if any(names) and not all(names):
        raise Refused(WhyNot.SIDE_NAMES_NEEDED)
    if db.session.scalar(select(Rota.id).where(Rota.event_id == event_id)) is None:
        rota = Rota(event_id=event_id, rounds_done=0, turn=0, created_at=now(), **asked.__dict__)
        db.session.add(rota)
        db.session.flush()
    else:
        rota = _held(event_id, by_id)
        rules.may_change(rounds_done=rota.rounds_done, is_closed=rota.is_closed)
        rota.rounds, rota.minutes, rota.tables = asked.rounds, asked.minutes, asked.tables
        rota.side_one, rota.side_other, rota.seed = asked.side_one, asked.side_other, None
        db.session.execute(delete(RotaMeeting).where(RotaMeeting.rota_id == rota.id))
    _gather(rota)
    _record(Did.SET_UP, rota, by_id, rounds=asked.rounds, minutes=asked.minutes, tables=asked.tables)


@unit_of_work
def gather(event_id: int, *, by_id: int) -> None:
    """Let the rota know of those who have signed up or given up their place since.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NO_ROTA``, ``CLOSED``.
    """
    rota = _held(event_id, by_id)
    if rota.is_closed:
        raise Refused(WhyNot.CLOSED)
    _gather(rota)
    _record(Did.GATHERED, rota, by_id)


def _gather(rota: Rota) -> None:
    plan = queries.plan(rota)
    planned = {number for meetings in plan.rounds[: rota.rounds_done] for one in meetings for number in one.people}
    known = {(one.booking_id, one.brought) for one in queries.people(rota.id)}
    for one in queries.people(rota.id):
        if queries.has_gone(one) and one.id in planned and one.leaves is None:
            one.leaves = rota.rounds_done
        elif queries.has_gone(one) and one.id not in planned:
            db.session.execute(
                delete(RotaMeeting).where((RotaMeeting.one_id == one.id) | (RotaMeeting.other_id == one.id))
            )
            db.session.delete(one)
    for booking in queries.confirmed(rota.event_id):
        for brought in ("", *queries.names_of(booking)):
            if (booking.id, brought) not in known:
                db.session.add(
                    RotaPerson(
                        rota_id=rota.id,
                        booking_id=booking.id,
                        brought=brought,
                        speaks_welsh=queries.speaks_welsh(booking),
                        arrives=rota.rounds_done + 1,
                    )
                )
    db.session.flush()


@unit_of_work
def change_person(person_id: int, details: Details, *, by_id: int) -> None:
    """Change what the rota knows of somebody. Rounds that have been stay; those to come wait to be planned anew.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``CLOSED``; ``WISH_AND_MUST_NOT``;
            ``NO_SUCH_TABLE``, ``TABLE_TAKEN``.
        NoResultFound: there is no such person.
    """
    person = db.session.get_one(RotaPerson, person_id)
    rota = _held(person.rota.event_id, by_id)
    if rota.is_closed:
        raise Refused(WhyNot.CLOSED)
    rules.must_agree(details.wants, details.must_nots)
    everybody = {one.id: one for one in queries.people(rota.id) if one.id != person_id}
    if details.fixed_table is not None:
        if details.fixed_table > rota.tables:
            raise Refused(WhyNot.NO_SUCH_TABLE)
        if details.fixed_table in {one.fixed_table for one in everybody.values()}:
            raise Refused(WhyNot.TABLE_TAKEN)
    person.side = details.side if rota.has_sides else None
    person.speaks_welsh, person.fixed_table = details.speaks_welsh, details.fixed_table
    person.arrives, person.leaves = rules.stay(details.presence, rota.rounds_done, person.arrives, person.leaves)
    db.session.execute(delete(RotaWish).where(RotaWish.person_id == person_id))
    for kind, others in ((WishKind.WANT, details.wants), (WishKind.MUST_NOT, details.must_nots)):
        for other in sorted(others & everybody.keys()):
            db.session.add(RotaWish(person_id=person_id, other_id=other, kind=kind))
    _record(Did.CHANGED_PERSON, rota, by_id, person=person_id)  # never what: the trail is no place for it


# ---- The rota ----


def make(event_id: int, *, by_id: int, seed: int | None = None) -> None:
    """Plan the rounds to come, and keep them; never within a larger unit of work.

    To plan takes seconds, in which others want to write: so it is done before the unit of work, which keeps the rota
    only if nothing that it rests on has changed, and otherwise it is planned again.

    Args:
        seed: the same one gives the same rota; one by chance when it is left out.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NO_ROTA``, ``CLOSED``; as ``rules.may_plan``.
        Busy: somebody changed something each time.
    """
    steps.must_have(Right.RUN_EVENTS, by_id)
    for _ in range(TRIES):
        db.session.expire_all()
        rota = queries.rota_of(event_id)
        if rota is None:
            raise Refused(WhyNot.NO_ROTA)
        if rota.is_closed:
            raise Refused(WhyNot.CLOSED)
        chosen = secrets.randbelow(rules.LARGEST_SEED) + 1 if seed is None else seed
        turn, past = rota.turn, queries.plan(rota).rounds[: rota.rounds_done]
        guests, rounds, tables, has_sides = queries.guests(rota), rota.rounds, rota.tables, rota.has_sides
        db.session.rollback()  # nothing is held open while it is planned
        there = [guest for guest in guests if any(guest.is_there(one) for one in range(len(past) + 1, rounds + 1))]
        rules.may_plan(there, rounds, tables, has_sides=has_sides)
        plan = planner.make_plan(there, rounds=rounds, tables=tables, seed=chosen, past=past)
        if _keep(event_id, plan, turn, chosen, by_id):
            return
    raise Busy


@unit_of_work
def _keep(event_id: int, plan: Plan, turn: int, seed: int, by_id: int) -> bool:
    """Keep what was planned, unless the rota has changed since its turn: then it is for nothing."""
    rota = _held(event_id, by_id)
    if rota.turn != turn + 1:  # one is our own
        return False
    db.session.execute(delete(RotaMeeting).where(RotaMeeting.rota_id == rota.id, RotaMeeting.round > rota.rounds_done))
    for number, meetings in enumerate(plan.rounds, 1):
        if number > rota.rounds_done:
            for one in meetings:
                db.session.add(
                    RotaMeeting(
                        rota_id=rota.id, round=number, table_number=one.table, one_id=one.one, other_id=one.other
                    )
                )
    rota.seed = seed
    _record(Did.MADE, rota, by_id, seed=seed, after_round=rota.rounds_done)
    return True


@unit_of_work
def finish_round(event_id: int, number: int, *, by_id: int) -> None:
    """Note that a round has been. To do it again changes nothing.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NO_ROTA``, ``CLOSED``.
    """
    rota = _held(event_id, by_id)
    rules.may_go_on(is_made=rota.seed is not None, is_closed=rota.is_closed)
    if number == rota.rounds_done + 1 <= rota.rounds:
        rota.rounds_done = number
        _record(Did.ROUND_DONE, rota, by_id, round=number)


@unit_of_work
def close(event_id: int, *, by_id: int) -> None:
    """End it, after the last round or before, and ask everybody whom they would like to meet again. Rounds that have
    not been are forgotten. To do it again changes nothing.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NO_ROTA`` when no round has been.
    """
    rota = _held(event_id, by_id)
    if rota.is_closed:
        return
    rules.may_go_on(is_made=rota.rounds_done > 0, is_closed=False)
    db.session.execute(delete(RotaMeeting).where(RotaMeeting.rota_id == rota.id, RotaMeeting.round > rota.rounds_done))
    rota.rounds, rota.closed_at = rota.rounds_done, now()
    db.session.flush()
    _record(Did.CLOSED, rota, by_id, rounds=rota.rounds)
    for one in queries.people(rota.id):
        met = queries.met(one)
        if met:
            letters.whom_again(one, met)


@unit_of_work
def looked(event_id: int, *, by_id: int) -> None:
    """Note that a member of staff saw who takes part, or printed it."""
    trail.record(Did.LOOKED, KIND, event_id, by=trail.person(by_id))


# ---- Meeting again ----


@unit_of_work
def say_whom_again(person_id: int, others: frozenset[int], reach: str, *, by_id: int | None = None) -> None:
    """Somebody says whom they would like to meet again. Two who say it of each other are both told, once.

    They may say it anew: who has been told of is not taken back.

    Args:
        others: of those whom they have met; all else counts for nothing.
        reach: how they may be reached by those who say the same.
        by_id: the member of staff who types it in for somebody without e-mail.

    Raises:
        Refused: ``NOT_CLOSED``; ``REACH_NEEDED``; for staff, accounts’ ``NOT_ALLOWED`` and ``ANSWERED``.
        NoResultFound: there is no such person.
    """
    person = db.session.get_one(RotaPerson, person_id)
    if by_id is not None:
        steps.must_have(Right.RUN_EVENTS, by_id)
    rota = held(Rota, person.rota_id)
    if not rota.is_closed:
        raise Refused(WhyNot.NOT_CLOSED)
    if by_id is not None and person.answered_at:
        raise Refused(WhyNot.ANSWERED)
    wanted = others & {other.id for other in queries.met(person)}
    if wanted and not reach:
        raise Refused(WhyNot.REACH_NEEDED)
    person.answered_at, person.reach = now(), reach
    said = {one.other_id: one for one in _said_by(person_id)}
    for other_id, one in said.items():
        if other_id not in wanted and one.told_at is None:
            db.session.delete(one)
    db.session.add_all(MeetAgain(person_id=person_id, other_id=other) for other in sorted(wanted - said.keys()))
    db.session.flush()
    # Neither who, nor whom: the trail would tell who said no.
    by = Actor.VISITOR if by_id is None else trail.person(by_id)
    trail.record(Did.SAID_WHOM_AGAIN, KIND, rota.event_id, by=by)
    _tell_pairs(person)


def _said_by(person_id: int) -> Sequence[MeetAgain]:
    return db.session.scalars(select(MeetAgain).where(MeetAgain.person_id == person_id)).all()


def _tell_pairs(person: RotaPerson) -> None:
    for mine in _said_by(person.id):
        theirs = db.session.get(MeetAgain, (mine.other_id, person.id))
        if theirs is None or mine.told_at:
            continue
        mine.told_at = theirs.told_at = now()
        other = db.session.get_one(RotaPerson, mine.other_id)
        letters.both_said_yes(person, other)
        letters.both_said_yes(other, person)
