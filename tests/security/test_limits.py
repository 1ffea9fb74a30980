"""Limits that hold wherever a request seems to come from."""

import pytest

from c4s.core.errors import Refused
from c4s.core.throttle import TooMany
from c4s.events import signing_up
from c4s.events.rules import PER_NETWORK_WITHOUT_PROOF, BookingState
from tests.events.builders import a_sign_up, a_venue, an_event, by_phone
from tests.visitor import Visitor

NOWHERE = ""  # what a server on a socket of its own, with no proxy named, gives for an address


@pytest.mark.parametrize("network", [NOWHERE, "192.0.2.1"])
def test_visitors_without_an_address_are_counted_too(site, network, monkeypatch):
    monkeypatch.setitem(site.config, "SIGN_UPS_PER_NETWORK", 1)
    event = an_event(capacity=9, venue_id=a_venue().id)
    visitor = Visitor(site, network)
    for who, status in (("nia", 200), ("mair", 429)):
        visitor.open(f"/en/events/{event.id}/book")
        visitor.send(
            name=who, channel="email", email=f"{who}@example.cymru", language_written="en", language_spoken="en"
        )
        visitor.send(status)


def test_sign_ups_that_nothing_proves_are_few_from_one_network(site):
    event = an_event(capacity=50)
    for number in range(PER_NETWORK_WITHOUT_PROOF):
        signing_up.book_place(event.id, by_phone(number), network="192.0.2")
    with pytest.raises(Refused) as refusal:
        signing_up.book_place(event.id, by_phone(99), network="192.0.2")
    assert refusal.value.reason == TooMany.TOO_MANY
    assert signing_up.book_place(event.id, a_sign_up("nia"), network="192.0.2").state == BookingState.CONFIRMED
