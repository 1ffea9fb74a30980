"""Places against a model of a few lines, driven at random: nobody too many, nobody overtaken, nothing forgotten.

More examples than the suite has time for: ``C4S_MODEL_EXAMPLES=500``.
"""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.events import actions, checking, filling, making, rules, signing_up
from c4s.events.models import Booking
from tests.events.builders import a_sign_up, an_event, by_phone
from tests.wiping import wipe

HOLDS = ("confirmed", "offered")
LIVE = (*HOLDS, "waiting")
BEGIN = datetime(2026, 10, 20, 11, tzinfo=UTC)
"""Five days before the clocks go back."""
STARTS = BEGIN + timedelta(days=12, hours=1)


@dataclass
class Place:
    """What the model knows of one booking."""

    number: int
    state: str
    party: int
    asked: int
    part_ok: bool
    joined: datetime
    proved: bool
    by_phone: bool
    until: datetime | None = None


@dataclass
class Hall:
    """What the model knows of one event; by rules so plain that they can be seen to be right."""

    event: int
    capacity: int
    places: list[Place] = field(default_factory=list)

    @property
    def free(self) -> int:
        return self.capacity - sum(place.party for place in self.places if place.state in HOLDS)

    def waiting(self) -> list[Place]:
        waiting = [place for place in self.places if place.state == "waiting"]
        return sorted(waiting, key=lambda place: (place.joined, place.number))

    def serves(self, place: Place) -> int:
        """How many places those who wait could be offered now."""
        if place.party <= self.free:
            return place.party
        return max(0, self.free) if place.part_ok else 0

    def come(self, place: Place, moment: datetime) -> None:
        """Somebody new: a place, or those there are, or the end of the queue."""
        self.settle(moment)
        is_someones = any(self.serves(other) for other in self.waiting())
        until = _until(place, moment)
        if not is_someones and place.party <= self.free:
            place.state = "confirmed"
        elif not is_someones and self.serves(place) and until:
            place.state, place.party, place.until = "offered", self.free, until
        else:
            place.state = "waiting"
        if place.state != "offered":
            place.until = None if place.proved else min(moment + rules.PROOF, STARTS)
        if place not in self.places:
            self.places.append(place)

    def settle(self, moment: datetime) -> None:
        """What is past its time has lapsed, and then free places are offered."""
        late = [p for p in self.places if p.state in LIVE and p.until is not None and p.until <= moment]
        for place in late:
            place.state, place.until = "lapsed", None
        if late:
            self.offer(moment)

    def offer(self, moment: datetime) -> None:
        """One after another, in order: whoever the free places serve."""
        for place in self.waiting():
            number = self.serves(place)
            if number:
                until = _until(place, moment)
                if until is None:
                    return
                place.state, place.party, place.until = "offered", number, until

    def freed(self, moment: datetime) -> None:
        self.settle(moment)
        self.offer(moment)


def _until(place: Place, moment: datetime) -> datetime | None:
    time = rules.OFFER_BY_PHONE if place.by_phone else rules.OFFER
    return rules.offer_until(moment, STARTS, time_to_answer=time, is_proved=place.proved)


def _may(act: Any, *given: Any) -> Any:
    """What an action gave; None when it was refused."""
    try:
        return act(*given) or True
    except Refused:
        return None


NUMBER, WAYS = some.integers(0, 40), some.sampled_from(("email, proved", "email", "phone"))


def when_any(*states: str, least: int = 1) -> Any:
    """Only while somebody stands so: no step is wasted."""
    return precondition(
        lambda self: any(p.state in states and p.party >= least for hall in self.halls for p in hall.places)
    )


class Places(RuleBasedStateMachine):
    """People come alone or in parties, prove, give up, answer or do not; time passes; rooms grow and shrink."""

    site: Any

    def __init__(self) -> None:
        super().__init__()
        self.time = BEGIN
        self.travel = time_machine.travel(BEGIN, tick=False)
        self.traveller = self.travel.start()
        self.people = 0

    @initialize(first=some.integers(1, 6), second=some.integers(1, 6))
    def open(self, first: int, second: int) -> None:
        self.halls = [
            Hall(an_event(starts_at=STARTS, capacity=capacity, party_limit=4).id, capacity)
            for capacity in (first, second)
        ]

    def tick(self) -> datetime:
        self.time += timedelta(seconds=1)
        self.traveller.move_to(self.time, tick=False)
        return self.time

    def one_of(self, number: int, *states: str, least: int = 1) -> tuple[Hall, Place]:
        """The ``number``-th of those who stand so and hold or wait for so many places."""
        places = ((hall, place) for hall in self.halls for place in hall.places)
        found = [(hall, place) for hall, place in places if place.state in states and place.party >= least]
        return found[number % len(found)]

    @precondition(lambda self: self.time < STARTS)
    @rule(hall=some.sampled_from((0, 0, 0, 1)), party=some.integers(1, 4), part_ok=some.booleans(), way=WAYS)
    def book(self, hall: int, party: int, part_ok: bool, way: str) -> None:
        self._book(self.halls[hall], party, part_ok, way)

    @precondition(lambda self: self.time < STARTS)
    @rule(party=some.integers(1, 4), part_ok=some.booleans())
    def book_when_full(self, party: int, part_ok: bool) -> None:
        """Once more, for most of what there is to get wrong begins with a queue."""
        self._book(min(self.halls, key=lambda hall: hall.free), party, part_ok, "email, proved")

    def _book(self, hall: Hall, party: int, part_ok: bool, way: str) -> None:
        self.people += 1
        others = tuple(f"Mari {number}" for number in range(party - 1))
        asked: dict[str, Any] = {"others": others, "part_ok": part_ok and party > 1}
        who = by_phone(self.people) if way == "phone" else a_sign_up(f"person{self.people}", **asked)
        if way == "phone":
            who = a_sign_up(who.name, channel=who.channel, address=who.address, **asked)
        moment = self.tick()
        answer = signing_up.book_place(hall.event, who)
        place = Place(answer.booking_id, "", party, party, who.part_ok, moment, way == "phone", way == "phone")
        hall.come(place, moment)
        if way == "email, proved":  # proved a moment later, as somebody does who reads the letter at once
            signing_up.prove(answer.booking_id)
            self._proved(place)

    @staticmethod
    def _proved(place: Place) -> None:
        place.proved = True
        if place.state != "offered":
            place.until = None

    @when_any(*LIVE, "lapsed")
    @rule(number=NUMBER)
    def prove(self, number: int) -> None:
        hall, place = self.one_of(number, *LIVE, "lapsed")
        moment = self.tick()
        may = (moment < STARTS and not place.proved) or place.state in LIVE
        assert bool(_may(signing_up.prove, place.number)) == may
        if not may:
            return
        if place.state in LIVE:
            if not place.proved:
                self._proved(place)
            return
        place.proved, place.party, place.joined = True, place.asked, moment
        hall.come(place, moment)

    @when_any(*LIVE)
    @rule(number=NUMBER)
    def cancel(self, number: int) -> None:
        hall, place = self.one_of(number, *LIVE)
        moment = self.tick()
        assert _may(actions.cancel, place.number)
        place.state, place.until = "cancelled", None
        hall.freed(moment)

    @when_any("confirmed", "waiting", least=2)
    @rule(number=NUMBER, kept=some.integers(0, 3))
    def keep_some(self, number: int, kept: int) -> None:
        hall, place = self.one_of(number, "confirmed", "waiting", least=2)
        moment, kept = self.tick(), min(kept, place.party - 1)
        assert _may(actions.keep_some, place.number, [f"Mari {one}" for one in range(kept)])
        if kept < place.party - 1:
            place.party = place.asked = 1 + kept
            hall.freed(moment)

    @when_any("offered")
    @rule(number=NUMBER, fewer=some.integers(0, 2))
    def accept(self, number: int, fewer: int) -> None:
        hall, place = self.one_of(number, "offered")
        moment = self.tick()
        coming = max(0, place.party - 1 - fewer)
        in_time = place.until is not None and moment < place.until
        assert bool(_may(actions.accept_offer, place.number, [f"Mari {one}" for one in range(coming)])) == in_time
        if in_time:
            is_fewer = 1 + coming < place.party
            place.state, place.proved, place.until = "confirmed", True, None
            place.party = place.asked = 1 + coming
            if is_fewer:
                hall.freed(moment)

    @when_any("offered")
    @rule(number=NUMBER)
    def decline(self, number: int) -> None:
        hall, place = self.one_of(number, "offered")
        moment = self.tick()
        in_time = place.until is not None and moment < place.until
        assert bool(_may(actions.decline_offer, place.number)) == in_time
        if in_time:
            place.state, place.until = "cancelled", None
            hall.freed(moment)

    @when_any(*LIVE)
    @rule(number=NUMBER)
    def move(self, number: int) -> None:
        hall, place = self.one_of(number, *LIVE)
        there = self.halls[1 - self.halls.index(hall)]
        moment = self.tick()
        moved = _may(actions.move, place.number, there.event)
        if not place.proved:
            assert not moved
            return
        # A refusal undoes the sweeping up that came before it; the model sweeps up only when it was done.
        swept = Hall(there.event, there.capacity, [Place(**vars(one)) for one in there.places])
        swept.settle(moment)
        is_someones = any(swept.serves(other) for other in swept.waiting())
        assert bool(moved) == (place.asked <= swept.free and not is_someones)
        if moved:
            there.settle(moment)
            there.places.append(
                Place(moved, "confirmed", place.asked, place.asked, place.part_ok, moment, True, place.by_phone)
            )
            place.state, place.until = "cancelled", None
            hall.freed(moment)

    @rule(hours=some.sampled_from((1, 3, 13, 24, 48, 70)))
    def wait(self, hours: int) -> None:
        self.find_nothing_wrong()
        if self.time + timedelta(hours=hours) < STARTS + timedelta(hours=1):
            self.time += timedelta(hours=hours)

    @rule()
    def worker(self) -> None:
        moment = self.tick()
        self.find_nothing_wrong()
        filling.lapse_due()
        for hall in self.halls:
            hall.settle(moment)

    @rule(capacity=some.integers(1, 8))
    def change_room(self, capacity: int) -> None:
        hall, moment = self.halls[0], self.tick()
        swept = Hall(hall.event, hall.capacity, [Place(**vars(one)) for one in hall.places])
        swept.settle(moment)
        may = swept.capacity - swept.free <= capacity
        assert (_may(making.change_capacity, hall.event, capacity) is not None) == may
        if may:
            hall.settle(moment)
            hall.capacity = capacity
            hall.offer(moment)

    @invariant()
    def check(self) -> None:
        """After every step the site says what the model says, and finds nothing wrong with itself."""
        db.session.rollback()
        rows = db.session.query(Booking).order_by(Booking.id).all()
        said = [(row.id, str(row.state), row.party, row.offer_until or row.hold_until) for row in rows]
        known = sorted((p.number, p.state, p.party, p.until) for hall in self.halls for p in hall.places)
        assert said == known
        assert all(hall.free >= 0 for hall in self.halls)

    def find_nothing_wrong(self) -> None:
        """What the worker asks every hour."""
        assert [str(fault) for fault in checking.faults()] == []

    def teardown(self) -> None:
        try:
            self.find_nothing_wrong()
        finally:
            self.travel.stop()
            db.session.rollback()
            wipe(self.site)


def test_places_are_as_the_model_says(site):
    examples = int(os.environ.get("C4S_MODEL_EXAMPLES", "8"))
    machine = type("PlacesHere", (Places,), {"site": site})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            derandomize=examples == 8,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
