"""Taking letters out of the outbox. Safe to run twice, and in several places at once."""

import logging
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.mail import delivery
from c4s.mail.delivery import KEEP_UNPRINTED, KEEP_WORDS, LEASE, WAITS
from c4s.mail.models import Channel, LetterState
from c4s.mail.transports import Memory
from tests.conftest import NOW, at_once
from tests.mail.writing import SIAN, kept, write


class Closed:
    """A mail server that takes nothing, or nothing for one address."""

    def __init__(self, address=""):
        self.address, self.tried, self.taken = address, [], []

    def send(self, message):
        self.tried.append(message["Message-ID"])
        if not self.address or self.address in message["To"]:
            raise ConnectionError("The post office is closed. " * 40)
        self.taken.append(message["Message-ID"])


@pytest.fixture
def closed(site, monkeypatch, caplog):
    caplog.set_level(logging.CRITICAL)
    office = Closed()
    monkeypatch.setitem(site.extensions, "c4s.mail", office)
    return office


def to(name):
    return replace(SIAN, name=name, address=f"{name}@example.cymru")


def test_every_letter_that_is_due_is_sent_once_the_oldest_first(letters, clock):
    numbers = []
    for name in ("nia", "mair", "gareth"):
        numbers.append(write(to(name)))
        clock.shift(timedelta(minutes=1))
    assert [delivery.send_due(), delivery.send_due()] == [(3, 0), (0, 0)]
    assert [message["To"].addresses[0].username for message in letters] == ["nia", "mair", "gareth"]
    sent = kept(numbers[0])
    assert (sent.state, sent.attempts, sent.sent_at) == (LetterState.SENT, 1, NOW + timedelta(minutes=3))


def test_a_letter_that_is_not_due_yet_waits(letters, clock):
    number = write()
    clock.move_to(NOW - timedelta(seconds=1))
    assert (delivery.send_due(), kept(number).state) == ((0, 0), LetterState.QUEUED)
    clock.move_to(NOW)
    assert delivery.send_due() == (1, 0)


def test_letters_for_paper_are_not_mailed(letters):
    write(replace(SIAN, channel=Channel.POST, address="1 Stryd y Bont"))
    assert (delivery.send_due(), letters) == ((0, 0), [])


def test_several_workers_send_every_letter_exactly_once(site, letters):
    numbers = [write(to(f"person{number}")) for number in range(16)]
    answers = at_once(site, *[delivery.send_due] * 4)
    assert sum(sent for sent, _ in answers) == 16
    assert sorted(Counter(message["To"] for message in letters).values()) == [1] * 16
    assert [kept(number).attempts for number in numbers] == [1] * 16


def test_a_letter_that_was_not_taken_is_tried_again_later_each_time_and_then_left_for_people(closed, clock):
    number = write()
    waited = []
    tried_at = NOW
    for _ in WAITS:
        assert delivery.send_due() == (0, 1)
        letter = kept(number)
        waited.append(letter.due_at - tried_at)
        assert letter.state == LetterState.QUEUED
        clock.move_to(letter.due_at - timedelta(seconds=1))
        assert delivery.send_due() == (0, 0)
        clock.move_to(letter.due_at)
        tried_at = letter.due_at
    assert all(wait <= took <= wait * 1.2 for wait, took in zip(WAITS, waited, strict=True))
    assert delivery.send_due() == (0, 1)
    letter = kept(number)
    assert (letter.state, letter.attempts, len(letter.problem)) == (LetterState.FAILED, len(WAITS) + 1, 500)
    clock.shift(timedelta(days=30))
    assert delivery.send_due() == (0, 0)
    assert [one.id for one in delivery.failed()] == [number]


def test_however_often_it_is_tried_it_is_the_same_letter(closed, clock):
    number = write()
    for _ in range(3):
        delivery.send_due()
        clock.move_to(kept(number).due_at)
    assert (len(closed.tried), len(set(closed.tried))) == (3, 1)


def test_one_letter_that_is_not_taken_holds_up_no_other(closed):
    closed.address = "mair@"
    numbers = [write(to(name)) for name in ("nia", "mair", "gareth")]
    assert (delivery.send_due(), len(closed.taken)) == ((2, 1), 2)
    assert [kept(number).state for number in numbers] == [
        LetterState.SENT,
        LetterState.QUEUED,
        LetterState.SENT,
    ]


@pytest.mark.parametrize("address", ["", "nobody", "a b@example.cymru", "nia@example.cymru\nBcc: x@y.cymru", "ŵ@ŷ"])
def test_an_address_that_cannot_be_written_on_an_envelope_stops_nobody(site, letters, caplog, address):
    caplog.set_level(logging.CRITICAL)
    odd, good = write(replace(SIAN, address=address)), write()
    sent, failed = delivery.send_due()
    assert (sent + failed, kept(good).state) == (2, LetterState.SENT)
    assert {header for message in letters for header in message if header == "Bcc"} == set()
    assert kept(odd).state in (LetterState.QUEUED, LetterState.SENT)


def test_the_log_says_that_a_letter_was_not_sent_but_not_to_whom(closed, caplog):
    caplog.set_level(logging.WARNING)
    write()
    delivery.send_due()
    said = caplog.text
    assert ("ConnectionError" in said, "sian" in said, "Siân" in said) == (True, False, False)


def test_a_failed_letter_can_be_tried_again_by_hand(site, closed, clock, monkeypatch):
    number = write()
    for _ in range(len(WAITS) + 1):
        delivery.send_due()
        clock.move_to(kept(number).due_at)
    assert (delivery.retry(number), kept(number).attempts) == (True, 0)
    monkeypatch.setitem(site.extensions, "c4s.mail", Memory())
    assert (delivery.send_due(), kept(number).problem) == ((1, 0), "")


def test_only_a_failed_letter_can_be_tried_again(site):
    number = write()
    assert [delivery.retry(number), delivery.retry(12345)] == [False, False]
    delivery.send_due()
    assert (delivery.retry(number), kept(number).state) == (False, LetterState.SENT)


def test_a_letter_left_by_a_worker_that_died_is_sent_after_an_hour(letters, clock):
    number = write()
    assert (delivery._claim(number), delivery._claim(number)) == (True, False)  # and there the worker dies
    clock.shift(LEASE)
    assert (delivery.send_due(), kept(number).state) == ((0, 0), LetterState.SENDING)
    clock.shift(timedelta(seconds=1))
    assert (delivery.send_due(), len(letters)) == ((1, 0), 1)
    assert kept(number).attempts == 2


def test_a_letter_that_every_worker_dies_of_is_left_for_people_in_the_end(letters, clock):
    number, good = write(), write(to("nia"))
    for tries in range(1, len(WAITS) + 2):
        assert (delivery._claim(number), kept(number).attempts) == (True, tries)  # and there the worker dies
        clock.shift(LEASE + timedelta(seconds=1))
        delivery._free_abandoned()
    letter = kept(number)
    assert (letter.state, letter.problem, letter.attempts) == (LetterState.FAILED, delivery.DIED, len(WAITS) + 1)
    assert (delivery.send_due(), len(letters), kept(good).state) == ((1, 0), 1, LetterState.SENT)
    assert [one.id for one in delivery.failed()] == [number]
    assert (delivery.retry(number), delivery.send_due()) == (True, (1, 0))


def test_the_words_of_a_letter_are_forgotten_after_thirty_days_but_not_that_it_was_sent(site, clock):
    number = write()
    delivery.send_due()
    clock.shift(KEEP_WORDS)
    assert delivery.purge() == 0
    clock.shift(timedelta(seconds=1))
    assert [delivery.purge(), delivery.purge()] == [1, 0]
    letter = kept(number)
    assert (letter.state, letter.sent_at, letter.letter) == (LetterState.SENT, NOW, "pages/message")
    assert {letter.subject, letter.body, letter.to_name, letter.to_address, letter.reply_to} == {""}


@pytest.mark.parametrize(
    ("state", "kept_for", "after"),
    [
        (LetterState.TO_PRINT, KEEP_UNPRINTED, LetterState.WITHDRAWN),
        (LetterState.PRINTED, KEEP_WORDS, LetterState.PRINTED),
        (LetterState.FAILED, KEEP_WORDS, LetterState.WITHDRAWN),
    ],
)
def test_letters_are_forgotten_a_month_after_printing_or_failing_and_a_year_after_nobody_printed_them(
    site, clock, state, kept_for, after
):
    number = write()

    @unit_of_work
    def put():
        kept(number).state = state
        kept(number).sent_at = now() if state == LetterState.PRINTED else None

    put()
    clock.shift(kept_for)
    assert delivery.purge() == 0
    clock.shift(timedelta(seconds=1))
    assert [delivery.purge(), delivery.purge()] == [1, 0]
    assert (kept(number).state, kept(number).body, kept(number).to_address) == (after, "", "")


@pytest.mark.parametrize("state", [LetterState.QUEUED, LetterState.SENDING, LetterState.TO_PRINT])
def test_a_letter_that_is_still_to_go_keeps_its_words(site, clock, state):
    number = write()

    @unit_of_work
    def put():
        kept(number).state = state

    put()
    clock.shift(KEEP_WORDS * 2)
    assert (delivery.purge(), kept(number).body != "") == (0, True)


def test_letters_on_paper_are_listed_until_they_are_printed(site, clock):
    post = write(replace(SIAN, channel=Channel.POST, address="1 Stryd y Bont"))
    clock.shift(timedelta(minutes=1))
    phone = write(replace(SIAN, channel=Channel.PHONE, address="01632 960123"))
    mailed = write()
    assert [letter.id for letter in delivery.to_print()] == [post, phone]
    delivery.mark_printed([post, mailed])
    db.session.rollback()
    assert [letter.id for letter in delivery.to_print()] == [phone]
    assert (kept(post).state, kept(mailed).state) == (LetterState.PRINTED, LetterState.QUEUED)


def test_what_waits_for_somebody_tells_of_them_or_has_their_name_and_address(site):
    door = replace(SIAN, channel=Channel.POST, address="1 Stryd y Bont")
    theirs = write(door, about=("business", 3))
    write(replace(door, name="Mali"), about=("business", 3))  # at the same door
    write(door, about=("person", 8))  # another of the same name there
    before = write(replace(door, address="7 Heol y Parc"), about=("person", 7))  # from where they moved
    write(about=("person", 7))  # by e-mail, which nobody prints
    assert [letter.id for letter in delivery.waiting_for("person", 7, door)] == [theirs, before]
    delivery.mark_printed([theirs])
    db.session.rollback()
    assert [letter.id for letter in delivery.waiting_for("person", 7, door)] == [before]


def test_what_tells_of_another_of_the_same_name_at_the_same_door_is_not_forgotten_with_theirs(site):
    door = replace(SIAN, channel=Channel.POST, address="1 Stryd y Bont")
    theirs, about_them, anothers = (
        write(door, about=about) for about in (("business", 3), ("person", 7), ("person", 8))
    )
    assert delivery.forget_letters("person", 7, door) == 2
    db.session.rollback()
    assert [kept(number).body != "" for number in (theirs, about_them, anothers)] == [False, False, True]
    assert kept(anothers).state == LetterState.TO_PRINT
