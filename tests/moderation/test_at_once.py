"""Two at the same moment: one of them wins, and the other is told so."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import update

from c4s.core import units
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.moderation import actions, reading, steps
from c4s.moderation.models import Revision
from c4s.moderation.rules import RevisionState, WhyNot
from tests.accounts.builders import a_member_of_staff, a_person, letters_to
from tests.conftest import at_once
from tests.moderation.builders import BOARD, FULL, YES, a_board, found, live, published, read, states, submitted

NIA = "nia@example.cymru"


@pytest.fixture
def meet(monkeypatch):
    """Two who decide meet where both have read that nobody has decided yet, if nothing keeps them apart.

    Takes how many seconds the first waits for the second: few where it cannot come, many where it does.
    """

    def begin(patience):
        both, digest = Barrier(2), reading.digest

        def when_both_are_there(*versions):
            with suppress(BrokenBarrierError):
                both.wait(patience)
            return digest(*versions)

        monkeypatch.setattr(reading, "digest", when_both_are_there)

    return begin


def decide_twice(site, nia, mair, meet):
    """Two moderators accept one change at once; gives what each was told."""
    gwil = a_member_of_staff("gwil")
    revision = submitted(a_board(nia, content=FULL), nia, phone="01632 960 002")
    mark = read(revision)
    numbers = (mair.id, gwil.id)
    db.session.remove()
    meet()
    acts = [
        lambda by_id=by_id: str(actions.decide(revision, {"phone": YES}, by_id=by_id, read=mark)) for by_id in numbers
    ]
    answers = at_once(site, *acts)
    return revision, [answer.reason if isinstance(answer, Refused) else str(answer) for answer in answers]


def test_of_two_moderators_who_decide_at_once_exactly_one_does(site, nia, mair, meet):
    revision, answers = decide_twice(site, nia, mair, lambda: meet(0.5))
    assert sorted(answers) == [WhyNot.ALREADY_DECIDED, "published"]
    assert len(published) == len(letters_to(NIA)) == 1
    assert found(revision).state == "published"


def test_without_the_locks_they_would_meet(site, nia, mair, meet, monkeypatch):
    """The race above is one: take away what decides it, and the second is told nothing of the first."""

    def close(revision, step, by_id):
        values = {"state": RevisionState.PUBLISHED, "decided_by_id": by_id}
        db.session.execute(update(Revision).where(Revision.id == revision.id).values(**values))

    monkeypatch.setattr(units, "_begin", lambda session: session.expire_all())
    monkeypatch.setattr(steps, "held", lambda model, number: db.session.get_one(model, number))
    monkeypatch.setattr(actions, "_close", close)
    _, answers = decide_twice(site, nia, mair, lambda: meet(20))
    assert WhyNot.ALREADY_DECIDED not in answers


def test_of_two_who_begin_at_once_one_finds_what_the_other_began(site, nia):
    huw = a_person("huw")
    board = a_board(nia, huw, content=FULL)
    numbers = (nia.id, huw.id)
    db.session.remove()
    acts = [lambda by_id=by_id: actions.begin(BOARD, board, by_id=by_id).id for by_id in numbers]
    answers = at_once(site, *acts)
    assert len(set(answers)) == 1, answers
    assert states(board) == [(1, "published"), (2, "draft")]


def test_two_who_save_at_once_both_keep_what_they_wrote(site, nia):
    huw = a_person("huw")
    board = a_board(nia, huw, content=FULL)
    values = [(nia.id, {"phone": "01632 960 002"}), (huw.id, {"name": "Bwrdd Newydd"})]
    db.session.remove()
    acts = [lambda by_id=by_id, said=said: actions.save(BOARD, board, said, by_id=by_id).id for by_id, said in values]
    answers = at_once(site, *acts)
    assert found(answers[0]).content == {**FULL, "phone": "01632 960 002", "name": "Bwrdd Newydd"}


def test_staff_who_write_and_a_moderator_who_decides_at_once_lose_nothing(site, nia, mair):
    gwil = a_member_of_staff("gwil")
    board = a_board(nia, content=FULL)
    revision = submitted(board, nia, phone="01632 960 002")
    mark = read(revision)
    mair_id, gwil_id = mair.id, gwil.id
    db.session.remove()
    answers = at_once(
        site,
        lambda: str(actions.decide(revision, {"phone": YES}, by_id=mair_id, read=mark)),
        lambda: actions.publish_now(BOARD, board, {"name": "Bwrdd Newydd"}, by_id=gwil_id).number,
    )
    decided = not isinstance(answers[0], Refused)
    assert decided or answers[0].reason == WhyNot.CHANGED_MEANWHILE
    assert live(board) == {**FULL, "name": "Bwrdd Newydd", "phone": "01632 960 002" if decided else FULL["phone"]}
