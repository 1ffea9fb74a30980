"""What somebody is given of the versions that they began."""

from sqlalchemy import update

from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.i18n.languages import speaking
from c4s.moderation import actions
from c4s.moderation.data import VERSIONS
from tests.accounts.builders import a_person
from tests.moderation.builders import BOARD, FULL, TABLE, a_board


def told(person):
    """The words of each version that somebody is given."""
    db.session.rollback()
    with speaking("en"):
        return [next(fact.value for fact in record if fact.key == "words") for record in VERSIONS.load(person)]


@unit_of_work
def _kept_by(board, *people):
    db.session.execute(update(TABLE).where(TABLE.c.id == board).values(people=[one.id for one in people]))


def test_whoever_left_is_not_given_what_others_wrote_in_the_draft_that_they_had_begun(site):
    nia, huw = a_person("nia"), a_person("huw")
    board = a_board(nia, content=FULL)
    actions.save(BOARD, board, {"phone": "01632 960 002"}, by_id=nia.id)
    assert "01632 960 002" in told(nia)[0]
    _kept_by(board, huw)
    actions.save(BOARD, board, {"phone": "01632 960 003"}, by_id=huw.id)
    assert told(nia) == []
