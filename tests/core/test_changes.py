"""Numbers that rise whenever something the public can read has changed."""

import pytest
from sqlalchemy import delete

from c4s.core.changes import PAGES, TAXONOMY, publish, version
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from tests.core.conftest import Mood, PublicThing, add

pytestmark = pytest.mark.usefixtures("things")


@pytest.fixture
def risen(site):
    """By how much the two numbers have risen since the test began."""

    def numbers():
        with site.app_context():
            return version(PAGES), version(TAXONOMY)

    before = numbers()
    return lambda: tuple(after - then for after, then in zip(numbers(), before, strict=True))


@unit_of_work
def add_public(number=1):
    for _ in range(number):
        db.session.add(PublicThing())
        db.session.flush()


def test_a_private_row_changes_nothing(risen):
    add("nia")
    assert risen() == (0, 0)


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_rises_once_for_an_action_however_many_rows_it_writes(risen, number):
    add_public(number)
    assert risen() == (1, 0)


def test_the_number_rises_once_for_actions_inside_one_another(risen):
    @unit_of_work
    def several():
        add_public()
        add_public()

    several()
    assert risen() == (1, 0)


def test_the_number_rises_for_each_action(risen):
    add_public()
    add_public()
    assert risen() == (2, 0)


def test_a_row_changed_or_taken_away_counts_too(risen):
    add_public()
    row = db.session.query(PublicThing).one()
    thing = add("nia")

    @unit_of_work
    def point():
        row.thing_id = thing.id

    @unit_of_work
    def take_away():
        db.session.delete(row)

    point()
    assert risen() == (2, 0)
    take_away()
    assert risen() == (3, 0)


def test_a_row_given_the_values_that_it_had_changes_nothing(risen):
    add_public()
    row = db.session.query(PublicThing).one()

    @unit_of_work
    def say_the_same():
        row.thing_id = db.session.get_one(PublicThing, row.id).thing_id

    say_the_same()
    assert risen() == (1, 0)


def test_what_is_undone_was_never_published(risen):
    @unit_of_work
    def add_and_refuse():
        add_public()
        raise Refused(Mood.CROSS)

    with pytest.raises(Refused):
        add_and_refuse()
    assert risen() == (0, 0)
    add("nia")  # nor does the next action publish it
    assert risen() == (0, 0)


def test_a_bulk_change_says_itself_that_it_is_public(risen):
    @unit_of_work
    def empty():
        db.session.execute(delete(PublicThing))
        publish(PAGES, TAXONOMY)

    empty()
    assert risen() == (1, 1)


def test_both_numbers_are_read_once_a_request(site, statements):
    with site.app_context():
        assert version(PAGES) >= version(TAXONOMY) - version(TAXONOMY)
        assert len(statements) == 1
