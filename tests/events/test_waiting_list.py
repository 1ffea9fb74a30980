"""The queue against a model of a few lines: first come first served, never one too many, no way back."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

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

    def __init__(self, number: int, state: str, joined: Any, proved: bool, until: Any) -> None:
        self.number, self.state, self.joined, self.proved, self.until = number, state, joined, proved, until


class WaitingList(RuleBasedStateMachine):
    """People come, prove their addresses, give up, answer or do not; time passes; the room grows."""

    site: Flask

    def __init__(self) -> None:
        super().__init__()
        self.time = NOW
        self.clock = time_machine.travel(NOW, tick=False)
        self.traveller = self.clock.start()
        self.capacity = 1
        self.event = an_event(starts_at=NOW + timedelta(days=365)).id
        self.places: list[Place] = []

    def teardown(self) -> None:
        db.session.rollback()
        self.clock.stop()
        wipe(self.site)

    # -- the model --

    def pass_moment(self) -> None:
        self.time += timedelta(seconds=1)
        self.traveller.move_to(self.time, tick=False)

    def taken(self) -> int:
        return sum(place.state in HOLDS for place in self.places)

    def waiting(self) -> list[Place]:
        return sorted((p for p in self.places if p.state == "waiting"), key=lambda p: (p.joined, p.number))

    def settle(self) -> None:
        """What is past its time has lapsed, and free places are offered in order."""
        for place in self.places:
            if place.state in LIVE and place.until is not None and place.until <= self.time:
                place.state, place.until = "lapsed", None
        self.fill()

    def fill(self) -> None:
        for place in self.waiting()[: max(0, self.capacity - self.taken())]:
            place.state = "offered"
            place.until = self.time + (rules.OFFER if place.proved else rules.PROOF)

    def next_state(self) -> str:
        return "confirmed" if self.taken() < self.capacity and not self.waiting() else "waiting"

    def pick(self, data: Any, *states: str) -> Place:
        return data.draw(some.sampled_from([place for place in self.places if place.state in states]))

    def has(*states: str) -> Any:
        return precondition(lambda self: any(place.state in states for place in self.places))

    # -- what people do --

    @rule(by_email=some.booleans())
    def somebody_signs_up(self, by_email: bool) -> None:
        self.pass_moment()
        who = a_sign_up(f"person{len(self.places)}") if by_email else by_phone(len(self.places))
        answer = actions.book_place(self.event, who)
        self.settle_if_overdue()
        until = self.time + rules.PROOF if by_email else None
        self.places.append(Place(answer.booking_id, self.next_state(), self.time, not by_email, until))

    def settle_if_overdue(self) -> None:
        if any(p.state in LIVE and p.until is not None and p.until <= self.time for p in self.places):
            self.settle()

    @has(*LIVE, "lapsed")
    @rule(data=some.data())
    def somebody_proves_their_address(self, data: Any) -> None:
        self.pass_moment()
        place = self.pick(data, *LIVE, "lapsed")
        try:
            actions.prove(place.number)
        except Refused:
            assert place.state == "lapsed" and place.proved
            return
        if place.state in LIVE:
            if not place.proved and place.state != "offered":
                place.until = None
        else:
            assert not place.proved
            self.settle_if_overdue()
            place.state, place.joined, place.until = self.next_state(), self.time, None
        place.proved = True

    @has(*LIVE)
    @rule(data=some.data())
    def somebody_gives_up(self, data: Any) -> None:
        self.pass_moment()
        place = self.pick(data, *LIVE)
        actions.cancel(place.number)
        place.state, place.until = "cancelled", None
        self.settle()

    @has("offered")
    @rule(data=some.data(), accepts=some.booleans())
    def somebody_answers_an_offer(self, data: Any, accepts: bool) -> None:
        self.pass_moment()
        place = self.pick(data, "offered")
        in_time = self.time < place.until
        try:
            (actions.accept_offer if accepts else actions.decline_offer)(place.number)
        except Refused:
            assert not in_time
            return
        assert in_time
        place.until = None
        if accepts:
            place.state, place.proved = "confirmed", True
        else:
            place.state = "cancelled"
            self.settle()

    @rule(hours=some.sampled_from([1, 2, 47, 48]), worker=some.booleans())
    def time_passes(self, hours: int, worker: bool) -> None:
        self.time += timedelta(hours=hours)
        self.pass_moment()
        if worker:
            actions.lapse_due()
            self.settle_if_overdue()

    @rule(more=some.integers(1, 3))
    def the_room_grows(self, more: int) -> None:
        self.pass_moment()
        self.capacity += more
        actions.change_capacity(self.event, self.capacity)
        self.settle()

    @has("cancelled")
    @rule(data=some.data())
    def what_was_given_up_stays_given_up(self, data: Any) -> None:
        place = self.pick(data, "cancelled")
        for act in (actions.prove, actions.cancel, actions.accept_offer, actions.decline_offer):
            with pytest.raises(Refused):
                act(place.number)

    # -- what must always hold --

    @invariant()
    def the_database_agrees_with_the_model(self) -> None:
        db.session.expire_all()
        rows = db.session.query(Booking).order_by(Booking.id).all()
        assert [(row.id, str(row.state)) for row in rows] == [(p.number, p.state) for p in self.places]
        assert self.taken() <= self.capacity


def test_the_queue_does_what_the_model_does(site):
    wipe(site)
    WaitingList.site = site
    run_state_machine_as_test(
        WaitingList,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
