"""Questions about rotas."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from c4s.core.db import db
from c4s.events import bookings
from c4s.events import queries as events
from c4s.events.models import Booking, Event
from c4s.events.rules import BookingState, EventKind
from c4s.speed_networking import rules
from c4s.speed_networking.models import MeetAgain, Rota, RotaMeeting, RotaPerson, RotaWish
from c4s.speed_networking.rules import Guest, Meeting, Plan, WishKind


def event(event_id: int) -> Event | None:
    """An event of this kind, as staff see it: before it is published, too."""
    found = events.event(event_id)
    return found if found and found.kind == EventKind.SPEED_NETWORKING else None


def rota_of(event_id: int) -> Rota | None:
    """The rota of an event, if it has been set up."""
    return db.session.scalar(
        select(Rota).where(Rota.event_id == event_id).options(joinedload(Rota.event).joinedload(Event.venue))
    )


def people(rota_id: int) -> Sequence[RotaPerson]:
    """Everybody who takes part or took part, in the order in which they signed up."""
    return db.session.scalars(
        select(RotaPerson)
        .join(Booking)
        .where(RotaPerson.rota_id == rota_id)
        .options(joinedload(RotaPerson.booking))
        .order_by(Booking.joined_at, Booking.id, RotaPerson.id)
    ).all()


def person(person_id: int) -> RotaPerson | None:
    """One who takes part."""
    return db.session.get(RotaPerson, person_id)


def names_of(booking: Booking) -> list[str]:
    """Those whom a booking brings along, by names of their own."""
    return rules.told_apart([booking.name, *booking.others])[1:]


def confirmed(event_id: int) -> Sequence[Booking]:
    """Those who have a place at an event, the first to sign up first."""
    return db.session.scalars(
        select(Booking)
        .where(Booking.event_id == event_id, Booking.state == BookingState.CONFIRMED, Booking.proved_at.is_not(None))
        .order_by(Booking.joined_at, Booking.id)
    ).all()


def speaks_welsh(booking: Booking) -> bool:
    """Whether somebody would like to use Welsh at the event, as far as they have said."""
    return booking.language_spoken == "cy"


def has_gone(one: RotaPerson) -> bool:
    """Whether somebody has given up their place since the rota knew them."""
    booking = one.booking
    return booking.state != BookingState.CONFIRMED or (one.brought != "" and one.brought not in names_of(booking))


def not_gathered(rota: Rota) -> int:
    """How many people have signed up or given up their place since the rota last heard of them."""
    known = {(one.booking_id, one.brought) for one in people(rota.id) if not (has_gone(one) and one.leaves is not None)}
    now = {(booking.id, brought) for booking in confirmed(rota.event_id) for brought in ("", *names_of(booking))}
    return len(known ^ now)


def wishes(rota_id: int, kind: WishKind) -> dict[int, frozenset[int]]:
    """Whom each person wishes to meet, or must not."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for wish in db.session.scalars(
        select(RotaWish)
        .join(RotaPerson, RotaPerson.id == RotaWish.person_id)
        .where(RotaPerson.rota_id == rota_id, RotaWish.kind == kind)
    ):
        found[wish.person_id].add(wish.other_id)
    return {person_id: frozenset(others) for person_id, others in found.items()}


def guests(rota: Rota, everybody: Sequence[RotaPerson] | None = None) -> list[Guest]:
    """Everybody as the rules of rotas know them."""
    wants, must_nots = wishes(rota.id, WishKind.WANT), wishes(rota.id, WishKind.MUST_NOT)
    none: frozenset[int] = frozenset()
    return [
        Guest(
            one.id,
            one.side if rota.has_sides else None,
            one.speaks_welsh,
            one.fixed_table,
            wants.get(one.id, none),
            must_nots.get(one.id, none),
            one.arrives,
            rota.rounds_done if one.leaves is None and has_gone(one) else one.leaves,
        )
        for one in (people(rota.id) if everybody is None else everybody)
    ]


def plan(rota: Rota) -> Plan:
    """Every round, as far as there is a rota."""
    found = db.session.scalars(
        select(RotaMeeting).where(RotaMeeting.rota_id == rota.id).order_by(RotaMeeting.round, RotaMeeting.table_number)
    ).all()
    rounds: list[list[Meeting]] = [[] for _ in range(rota.rounds)]
    for one in found:
        rounds[one.round - 1].append(Meeting(one.table_number, one.one_id, one.other_id))
    return Plan(tuple(tuple(meetings) for meetings in rounds))


def met(one: RotaPerson) -> Sequence[RotaPerson]:
    """Those whom somebody has met, in the order of the rounds."""
    done = (RotaMeeting.rota_id == one.rota_id) & (RotaMeeting.round <= one.rota.rounds_done)
    found = db.session.execute(
        select(RotaMeeting.one_id, RotaMeeting.other_id)
        .where(done, (RotaMeeting.one_id == one.id) | (RotaMeeting.other_id == one.id))
        .order_by(RotaMeeting.round)
    ).all()
    known = {other.id: other for other in people(one.rota_id)}
    return [known[other if first == one.id else first] for first, other in found]


def wanted_again(person_id: int) -> frozenset[int]:
    """Whom somebody has said they would like to meet again."""
    return frozenset(db.session.scalars(select(MeetAgain.other_id).where(MeetAgain.person_id == person_id)))


def told_of(person_id: int) -> Sequence[RotaPerson]:
    """Those who said the same of somebody, who has been told."""
    return db.session.scalars(
        select(RotaPerson)
        .join(MeetAgain, MeetAgain.other_id == RotaPerson.id)
        .where(MeetAgain.person_id == person_id, MeetAgain.told_at.is_not(None))
        .options(joinedload(RotaPerson.booking))
        .order_by(RotaPerson.id)
    ).all()


@dataclass(frozen=True)
class Outcome:
    """What came of it, in numbers alone: never who said what of whom.

    Attributes:
        asked, answered: how many people.
        pairs: how many have met.
        mutual: how many of those pairs would both like to meet again.
    """

    asked: int
    answered: int
    pairs: int
    mutual: int


def outcome(rota: Rota) -> Outcome:
    """How many pairs there were, and how many of them said yes on both sides."""
    one, other = aliased(MeetAgain), aliased(MeetAgain)
    mutual = db.session.scalar(
        select(func.count())
        .select_from(one)
        .join(other, (other.person_id == one.other_id) & (other.other_id == one.person_id))
        .join(RotaPerson, RotaPerson.id == one.person_id)
        .where(RotaPerson.rota_id == rota.id, one.person_id < one.other_id)
    )
    meetings = [meeting for meetings in plan(rota).rounds[: rota.rounds_done] for meeting in meetings]
    answered = db.session.scalar(
        select(func.count())
        .select_from(RotaPerson)
        .where(RotaPerson.rota_id == rota.id, RotaPerson.answered_at.is_not(None))
    )
    asked = {person for meeting in meetings for person in meeting.people}
    return Outcome(len(asked), answered or 0, len(meetings), mutual or 0)


def parts_of(email_key: str) -> Sequence[RotaPerson]:
    """What somebody took part in with an address, the latest first, with those whom they brought."""
    numbers = [booking.id for booking in bookings.of_address(email_key)]
    return db.session.scalars(
        select(RotaPerson)
        .where(RotaPerson.booking_id.in_(numbers))
        .options(joinedload(RotaPerson.booking), joinedload(RotaPerson.rota).joinedload(Rota.event))
        .order_by(RotaPerson.id.desc())
    ).all()
