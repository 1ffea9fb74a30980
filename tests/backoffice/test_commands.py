"""The nightly work: everything that is only kept for a time is forgotten in its time."""

from datetime import timedelta
from functools import partial

import time_machine

from c4s.accounts import actions
from c4s.accounts import rules as accounts_rules
from c4s.accounts.rules import PersonState
from c4s.audit import trail
from c4s.backoffice import commands
from c4s.backoffice.commands import rehearsed, tonight
from c4s.core.db import Base, db
from c4s.events import rules as events_rules
from c4s.mail import delivery
from c4s.mail.models import OutgoingLetter
from tests.accounts.builders import a_person, again, entered, registered
from tests.accounts.rows import people, unproved
from tests.conftest import NOW
from tests.events.builders import an_event, booked


def test_the_night_forgets_of_every_capability_what_is_old_and_twice_is_once(site):
    unproved()
    booked(an_event(), "mair", needs="Dolen glyw")
    with time_machine.travel(NOW + timedelta(days=400), tick=False):
        done = {name: number for name, number in tonight().items() if number}
        assert done == {"access needs": 1, "bookings": 1, "attempts": 1, "unproved accounts": 1}
        assert {name: number for name, number in tonight().items() if number} == {}
    assert people() == []


def much_that_is_old():
    """Something of everything that the night forgets, or writes a letter about."""
    registered("ifan")
    booked(an_event(), "mair", needs="Dolen glyw")
    a_person("nia")
    entered("elin")
    actions.ask_to_close(a_person("huw").id)


def everything(site):
    """Every row of every table, as text."""
    db.session.rollback()
    tables = Base.metadata.sorted_tables
    return {table.name: sorted(str(row) for row in db.session.execute(table.select())) for table in tables}


def test_a_rehearsal_says_what_the_night_will_forget_and_changes_nothing(site):
    much_that_is_old()
    before = everything(site)
    with time_machine.travel(NOW + timedelta(days=705), tick=False):
        said = rehearsed()
        assert everything(site) == before
        assert rehearsed() == said
        assert tonight() == said
        assert (said["accounts warned"], said["accounts closed"], said["unproved accounts"]) == (3, 1, 1)
    assert everything(site) != before


def test_the_command_rehearses_too(site):
    much_that_is_old()
    before = everything(site)
    with time_machine.travel(NOW + timedelta(days=400), tick=False):
        result = site.test_cli_runner().invoke(args=["nightly", "--dry-run"])
    assert (result.exit_code, "unproved accounts: 1" in result.output.splitlines()) == (0, True)
    assert everything(site) == before


def test_an_idle_account_without_e_mail_is_warned_by_letter_and_closed_after_two_years(site):
    elin = entered("elin")
    for days, kinds in (
        (699, ["welcome"]),
        (701, ["welcome", "account_will_close"]),
        (732, ["welcome", "account_will_close", "account_is_closing"]),
    ):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            tonight()
            # What was said long ago is forgotten; that it was said is not.
            letters = db.session.query(OutgoingLetter).filter_by(about_kind="person", about_id=elin.id)
            assert [one.letter.removeprefix("accounts/") for one in letters.order_by(OutgoingLetter.id)] == kinds
            db.session.rollback()
    with time_machine.travel(NOW + timedelta(days=747), tick=False):
        tonight()
    closed = again(elin.id)
    assert (closed.state, closed.name, closed.name_key, closed.postal_address) == (PersonState.CLOSED, "", "", "")


def test_what_is_kept_how_long_is_what_the_rules_and_the_notice_say():
    """The sentences of the privacy notice are held against the same rules in tests/accounts and tests/pages."""
    days = {
        "unproved accounts": accounts_rules.UNPROVED_FOR,
        "idle accounts, warned": accounts_rules.WARN_AFTER,
        "idle accounts, closed": accounts_rules.IDLE_CLOSED_AFTER,
        "sign-ups": events_rules.KEEP_BOOKINGS,
        "access needs": events_rules.KEEP_NEEDS,
        "security log": trail.KEEP_SECURITY,
        "bodies of letters": delivery.KEEP_WORDS,
        "trail": trail.KEEP,
    }
    assert {name: kept.days for name, kept in days.items()} == {
        "unproved accounts": 7,
        "idle accounts, warned": 700,
        "idle accounts, closed": 730,
        "sign-ups": 365,
        "access needs": 30,
        "security log": 366,
        "bodies of letters": 30,
        "trail": 6 * 366,
    }


def test_a_job_of_the_worker_that_always_goes_wrong_keeps_no_other_from_its_turn(site, monkeypatch, caplog):
    done = []

    def broken():
        done.append("publish")
        raise ValueError("a draft that nobody can publish")

    monkeypatch.setattr(commands.programme, "publish_due", broken)
    for module, job in (
        (commands.filling, "lapse_due"),
        (commands.reminding, "send_due"),
        (commands.quality, "end_past"),
        (commands.quality, "ask_to_sign"),
        (commands.quality, "remind_due"),
        (commands.checking, "watch"),
        (commands.delivery, "send_due"),
        (commands, "tonight"),
    ):
        monkeypatch.setattr(module, job, partial(done.append, f"{module.__name__.split('.')[-1]}.{job}"))
    jobs = commands.jobs()
    minutely = ["publish", "filling.lapse_due", "reminding.send_due", "actions.end_past", "actions.ask_to_sign"]
    everything = [*minutely, "actions.remind_due", "checking.watch", "delivery.send_due", "commands.tonight"]
    for later, expected in (
        (timedelta(), everything),
        (timedelta(seconds=2), ["delivery.send_due"]),
        (timedelta(minutes=1), [*minutely, "delivery.send_due"]),
        (timedelta(hours=1), everything[:-1]),
        (timedelta(days=1), everything),
    ):
        done.clear()
        with time_machine.travel(NOW + later, tick=False):
            for job in jobs:
                job.take_turn(site)
        assert done == expected, later
    assert [str(record.exc_info[1]) for record in caplog.records] == ["a draft that nobody can publish"] * 4


def test_a_job_that_went_wrong_is_soon_tried_again(site, monkeypatch):
    tries = []

    def away_for_a_moment():
        tries.append(1)
        if len(tries) == 1:
            raise ConnectionError

    job = commands.Job(away_for_a_moment, timedelta(), NOW)
    for seconds, number in ((0, 1), (2, 1), (10, 2), (12, 3)):
        with time_machine.travel(NOW + timedelta(seconds=seconds), tick=False):
            job.take_turn(site)
        assert len(tries) == number, seconds
