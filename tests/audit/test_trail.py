"""Who did what: written once, never changed."""

from datetime import timedelta
from enum import StrEnum

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DatabaseError

from c4s.audit import trail, words
from c4s.audit.models import Entry
from c4s.audit.trail import Actor, history_of, record
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from tests.conftest import NOW


class Did(StrEnum):
    BAKED = "bread.baked"
    ATE = "bread.eaten"


@unit_of_work
def tell(action=Did.BAKED, subject=7, **facts):
    record(action, "bread", subject, by=Actor.VISITOR, **facts)


def number():
    return db.session.scalar(select(func.count()).select_from(Entry))


def test_what_was_done_is_told_with_who_when_and_why(site):
    tell(reason="Roedd eisiau bwyd", loaves=3, sort="brith")
    entry = history_of("bread", 7)[0]
    assert (entry.at, entry.actor, entry.action, entry.reason, entry.facts) == (
        NOW,
        "visitor",
        "bread.baked",
        "Roedd eisiau bwyd",
        {"loaves": 3, "sort": "brith"},
    )


def test_the_story_of_one_thing_is_told_in_order_and_of_no_other(site, clock):
    tell(Did.BAKED)
    clock.shift(timedelta(minutes=-5))  # even when a clock was set back
    tell(Did.ATE)
    tell(Did.BAKED, subject=8)
    assert [entry.action for entry in history_of("bread", 7)] == ["bread.baked", "bread.eaten"]
    assert history_of("cake", 7) == []


def test_what_is_undone_was_never_told(site):
    @unit_of_work
    def tell_and_refuse():
        tell()
        raise Refused(Did.ATE)

    with pytest.raises(Refused):
        tell_and_refuse()
    assert number() == 0


def test_telling_is_part_of_a_unit_of_work_or_refused(site):
    record(Did.BAKED, "bread", 7, by=Actor.COMMAND)
    with pytest.raises(RuntimeError):
        db.session.flush()
    db.session.rollback()
    assert number() == 0


@pytest.mark.parametrize("change", [{"actor": "nobody"}, {"facts": {}}, {"at": NOW}, {"reason": ""}])
def test_the_database_itself_refuses_to_change_what_was_told(site, change):
    tell(loaves=3)

    @unit_of_work
    def rewrite():
        db.session.execute(update(Entry).values(**change))

    with pytest.raises(DatabaseError, match="the trail is never changed"):
        rewrite()
    db.session.rollback()
    assert history_of("bread", 7)[0].facts == {"loaves": 3}


def test_the_database_itself_refuses_to_take_away_what_was_told(site):
    tell()

    @unit_of_work
    def forget():
        db.session.execute(delete(Entry))

    with pytest.raises(DatabaseError, match="the trail is kept for six years"):
        forget()
    db.session.rollback()
    assert number() == 1


def test_not_even_past_the_site_can_the_trail_be_changed(site):
    tell()
    for statement in ("UPDATE audit_entry SET actor = 'nobody'", "DELETE FROM audit_entry"):
        with pytest.raises(DatabaseError, match="the trail is"), db.engine.begin() as connection:
            connection.exec_driver_sql(statement)
    assert number() == 1


def test_what_was_told_more_than_six_years_ago_may_go(site, clock):
    # The database has a clock of its own, which no test can stop: an entry is old by the real one.
    clock.move_to(now() - timedelta(days=8 * 365))
    tell(subject=1)
    clock.move_to(NOW)
    tell(subject=2)

    @unit_of_work
    def forget_old():
        db.session.execute(delete(Entry).where(Entry.at < now() - timedelta(days=7 * 365)))

    forget_old()
    assert list(db.session.scalars(select(Entry.subject_id))) == [2]


@pytest.mark.either_database
def test_somebody_in_the_trail_is_found_again_by_their_number():
    assert [words.person_of(one) for one in (trail.person(7), Actor.WORKER, "person:", "person:x")] == [7, *[None] * 3]
