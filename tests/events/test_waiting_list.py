"""The queue against a model of a few lines: first come first served, never one too many, no way back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.events import actions, rules
from c4s.events.models import Booking
from tests.conftest import NOW, wipe
from tests.events.builders import a_sign_up, an_event, by_phone

HOLDS = ("confirmed", "offered")
LIVE = (*HOLDS, "waiting")


class Place:
    """What the model knows of one booking."""

    def __init__(self, number: int, state: str, joined: datetime, proved: bool, until: datetime | None) -> None:
        self.number, self.state, self.joined, self.proved, self.until = number, state, joined, proved, until


class WaitingList:
    """People come, prove their addresses, give up, answer or do not; time passes; the room grows.

    Each step is done twice: to the site, and to ``places``, by rules so plain that they can be seen to be right.
    """

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self.traveller, self.time, self.capacity = traveller, NOW, 1
        traveller.move_to(NOW, tick=False)
        self.event = an_event(starts_at=NOW + timedelta(days=365)).id
        self.places: list[Place] = []

    # -- the model --

    def taken(self) -> int:
        return sum(place.state in HOLDS for place in self.places)

    def waiting(self) -> list[Place]:
        waiting = [place for place in self.places if place.state == "waiting"]
        return sorted(waiting, key=lambda place: (place.joined, place.number))

    def next_state(self) -> str:
        return "confirmed" if self.taken() < self.capacity and not self.waiting() else "waiting"

    def settle(self) -> None:
        """What is past its time has lapsed, and then free places are offered in order."""
        late = [p for p in self.places if p.state in LIVE and p.until is not None and p.until <= self.time]
        for place in late:
            place.state, place.until = "lapsed", None
        if late:
            self.offer()

    def offer(self) -> None:
        for place in self.waiting()[: max(0, self.capacity - self.taken())]:
            place.state = "offered"
            place.until = self.time + (rules.OFFER if place.proved else rules.PROOF)

    # -- the steps --

    def do(self, step: str, number: int) -> None:
        """One step; it concerns the ``number``-th of those whom it can concern, and nobody when there are none."""
        self.time += timedelta(seconds=1)
        self.traveller.move_to(self.time, tick=False)
        concerns = {
            "prove": (*LIVE, "lapsed"),
            "give up": LIVE,
            "accept": ("offered",),
            "decline": ("offered",),
            "come back": ("cancelled",),
        }
        act: Callable[[Any], None] = getattr(self, step.replace(" ", "_"))
        if step not in concerns:
            act(number)
            return
        candidates = [place for place in self.places if place.state in concerns[step]]
        if candidates:
            act(candidates[number % len(candidates)])

    def sign_up(self, number: int) -> None:
        by_email, who = number % 2 == 0, len(self.places)
        answer = actions.book_place(self.event, a_sign_up(f"person{who}") if by_email else by_phone(who))
        self.settle()
        until = self.time + rules.PROOF if by_email else None
        self.places.append(Place(answer.booking_id, self.next_state(), self.time, not by_email, until))

    def prove(self, place: Place) -> None:
        may = place.state in LIVE or not place.proved
        assert self.is_allowed(actions.prove, place) == may
        if not may:
            return
        if place.state not in LIVE:
            self.settle()
            place.state, place.joined, place.until = self.next_state(), self.time, None
        elif not place.proved and place.state != "offered":
            place.until = None
        place.proved = True

    def give_up(self, place: Place) -> None:
        assert self.is_allowed(actions.cancel, place)
        place.state, place.until = "cancelled", None
        self.settle()
        self.offer()

    def accept(self, place: Place) -> None:
        in_time = place.until is not None and self.time < place.until
        assert self.is_allowed(actions.accept_offer, place) == in_time
        if in_time:
            place.state, place.proved, place.until = "confirmed", True, None

    def decline(self, place: Place) -> None:
        in_time = place.until is not None and self.time < place.until
        assert self.is_allowed(actions.decline_offer, place) == in_time
        if in_time:
            place.state, place.until = "cancelled", None
            self.settle()
            self.offer()

    def come_back(self, place: Place) -> None:
        acts = (actions.prove, actions.cancel, actions.accept_offer, actions.decline_offer)
        assert not any(self.is_allowed(act, place) for act in acts)

    def wait(self, number: int) -> None:
        self.time += timedelta(hours=(1, 2, 24, 48)[number % 4])

    def worker(self, number: int) -> None:
        actions.lapse_due()
        self.settle()

    def grow(self, number: int) -> None:
        self.capacity += 1 + number % 2
        actions.change_capacity(self.event, self.capacity)
        self.settle()
        self.offer()

    @staticmethod
    def is_allowed(act: Callable[[int], object], place: Place) -> bool:
        try:
            act(place.number)
        except Refused:
            return False
        return True

    # -- what must hold after every step --

    def check(self) -> None:
        db.session.rollback()
        rows = db.session.query(Booking).order_by(Booking.id).all()
        assert [(row.id, str(row.state)) for row in rows] == [(one.number, one.state) for one in self.places]
        assert self.taken() <= self.capacity


STEPS = [
    *(["sign up"] * 5), *(["prove"] * 3), *(["give up"] * 3), *(["accept"] * 2), "decline",
    "come back", *(["wait"] * 3), *(["worker"] * 2), "grow",
]  # fmt: skip


def test_the_queue_does_what_the_model_does(site):
    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(some.lists(some.tuples(some.sampled_from(STEPS), some.integers(0, 60)), min_size=25, max_size=30))
    def agree(steps: list[tuple[str, int]]) -> None:
        with time_machine.travel(NOW, tick=False) as traveller:
            try:
                model = WaitingList(traveller)
                for step, number in steps:
                    model.do(step, number)
                    model.check()
            finally:
                db.session.rollback()
                wipe(site)

    agree()
