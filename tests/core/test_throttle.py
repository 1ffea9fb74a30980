"""Attempts, counted in a table that all workers share."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from c4s.core import throttle
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.throttle import Attempts, TooMany
from c4s.core.units import unit_of_work
from tests.conftest import NOW, at_once
from tests.core.conftest import Mood

pytestmark = pytest.mark.usefixtures("things")

HOUR = timedelta(hours=1)


@unit_of_work
def attempt(who="192.0.2.0/24", purpose="booking", limit=3, window=HOUR):
    throttle.count(purpose, who, limit=limit, window=window)
    return "let in"


def outcome(**facts):
    try:
        return attempt(**facts)
    except Refused as refusal:
        return refusal.reason, refusal.facts["until"]


def counts():
    with db.engine.connect() as another:
        return sorted(another.scalars(select(Attempts.count)))


def test_as_many_as_the_limit_are_let_in_and_the_next_is_told_when_to_come_back():
    assert [outcome() for _ in range(5)] == ["let in"] * 3 + [(TooMany.TOO_MANY, NOW + HOUR)] * 2


def test_the_next_window_begins_anew(clock):
    for _ in range(4):
        outcome()
    clock.shift(HOUR - timedelta(seconds=1))
    assert outcome() == (TooMany.TOO_MANY, NOW + HOUR)
    clock.shift(timedelta(seconds=1))
    assert outcome() == "let in"


def test_windows_are_the_same_for_everybody_and_begin_on_the_hour(clock):
    clock.shift(timedelta(minutes=50))
    for _ in range(3):
        attempt()
    assert outcome() == (TooMany.TOO_MANY, NOW + HOUR)


def test_others_and_other_purposes_are_counted_apart():
    for _ in range(3):
        attempt()
    assert [outcome(who="198.51.100.0/24"), outcome(purpose="contact")] == ["let in", "let in"]


def test_what_was_refused_for_another_reason_is_not_counted():
    @unit_of_work
    def attempt_and_refuse():
        throttle.count("booking", "nia", limit=1, window=HOUR)
        raise Refused(Mood.CROSS)

    for _ in range(3):
        with pytest.raises(Refused) as refusal:
            attempt_and_refuse()
        assert refusal.value.reason == Mood.CROSS
    assert counts() == []


def test_the_refused_are_not_counted_either():
    for _ in range(10):
        outcome()
    assert counts() == [3]


def test_several_at_once_do_not_pass_the_limit(site):
    answers = at_once(site, *[attempt] * 8)
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert (answers.count("let in"), len(refused), counts()) == (3, 5, [3])


def test_who_it_was_is_kept_only_as_a_keyed_hash(site, monkeypatch):
    attempt(who="nia@example.cymru")
    monkeypatch.setitem(site.config, "SECRET_KEY", "y" * 40)
    attempt(who="nia@example.cymru")
    keys = list(db.session.scalars(select(Attempts.key)))
    assert [len(key) for key in keys] == [64, 64]
    assert keys[0] != keys[1]
    assert not [key for key in keys if "nia" in key or "booking" in key]


def test_old_counts_are_forgotten(clock):
    @unit_of_work
    def forget(before):
        return throttle.forget_old(before)

    attempt()
    clock.shift(HOUR)
    attempt()
    assert (forget(NOW + HOUR), counts()) == (1, [1])


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.0/24"),
        ("192.0.2.255", "192.0.2.0/24"),
        ("192.0.3.1", "192.0.3.0/24"),
        ("2001:db8::1", "2001:db8::/56"),
        ("2001:db8::", "2001:db8::/56"),
        ("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::/56"),
        ("2001:DB8:0:ff::1", "2001:db8::/56"),
        ("2001:db8:0:5::1", "2001:db8::/56"),
        ("2001:db8:0:100::1", "2001:db8:0:100::/56"),
        ("2001:db8:1:2345::1", "2001:db8:1:2300::/56"),
        ("2001:db8:1:2399:1:2:3:4", "2001:db8:1:2300::/56"),
        ("::1", "::/56"),
        ("fe80::1%eth0", "fe80::/56"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_an_address_belongs_to_a_network(address, network):
    assert throttle.network_of(address) == network


def test_a_48_of_ipv6_may_do_four_times_as_much_as_one_network_in_it_and_others_are_let_in():
    @unit_of_work
    def attempt_from(network):
        throttle.count_network("link", network, limit=3, window=HOUR)

    networks = [throttle.network_of(f"2001:db8:1:{number:x}00::1") for number in range(12)]
    for network in networks:
        attempt_from(network)
    assert len(counts()) == 13
    with pytest.raises(Refused):
        attempt_from(throttle.network_of("2001:db8:1:ff00::1"))
    attempt_from(throttle.network_of("2001:db8:2::1"))


def test_networks_of_ipv4_are_counted_once():
    @unit_of_work
    def attempt_from(network):
        throttle.count_network("link", network, limit=3, window=HOUR)

    for network in ("192.0.2.0/24", "unknown"):
        attempt_from(network)
    assert counts() == [1, 1]
