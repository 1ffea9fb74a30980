"""Staff do what Elin asks, who has no e-mail: what changes, what she is told, and what the trail says."""

from functools import partial

import pytest

from c4s.accounts.models import Person
from c4s.accounts.rules import CameBy
from c4s.accounts.rules import WhyNot as NotNow
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.directory import rules as directory
from c4s.directory.rules import JointWorkState, SupplierStatus
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel, LetterState
from c4s.on_behalf import actions
from c4s.on_behalf.rules import WhyNot
from c4s.profiles import joint_work, now, pieces, pieces_rules
from c4s.profiles.pieces_rules import Did
from c4s.quality import queries as code
from c4s.quality import rules as quality
from c4s.takedowns import actions as hiding
from c4s.takedowns import data
from c4s.takedowns import rules as takedowns
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, again, letters_to
from tests.conftest import NOW
from tests.on_behalf.builders import (
    EDITOR,
    WHAT,
    at_the_word,
    done_for,
    held_in_turn,
    letters_of,
    speaks_for,
    supplier,
    told,
    with_all_to_do,
    with_elin,
)
from tests.profiles.pieces_builders import an_entry, published
from tests.profiles.pieces_builders import joint_work as rows
from tests.quality.builders import a_code, loaded, the_next_code
from tests.takedowns.builders import hidden, times


@pytest.fixture
def gwen(site):
    return a_member_of_staff("gwen", Who.HELPER)


@pytest.fixture
def mair(site):
    return a_member_of_staff("mair", Who.MODERATOR)


def why_not(action, *given, **facts):
    with pytest.raises(Refused) as refusal:
        action(*given, **facts)
    db.session.rollback()
    return refusal.value.reason


# ---- The four ----


def test_staff_appeal_in_elins_words_and_she_has_them_on_paper(gwen, mair):
    entry, nia, elin = with_elin()
    hidden(entry[1], mair)
    facts = {"person_id": elin.id, "entered": at_the_word(gwen)}
    assert actions.appeal(entry[1], "Mae’r pris yn iawn.", **facts)
    [takedown] = times(entry[1])
    assert (takedown.appeal, takedown.appealed_by_id, takedown.appealed_at) == ("Mae’r pris yn iawn.", elin.id, NOW)
    assert takedown.business_id == entry[0]
    letter = letters_of(elin)[-1]
    assert (letter.letter, letter.channel, letter.state) == ("on_behalf/done", Channel.POST, LetterState.TO_PRINT)
    assert "Mae’r pris yn iawn." in letter.body and "Ar y ffôn" in letter.body and "On the phone" in letter.body
    assert told("supplier", entry[1], takedowns.Did.APPEALED) == [(f"person:{gwen.id}", elin.id, "phone")]
    number = len(letters_of(elin))
    assert not actions.appeal(entry[1], "Mae’r pris yn iawn.", **facts)  # the same again
    assert (len(letters_of(elin)), len(letters_to(nia.email))) == (number, 1)
    again_refused = why_not(actions.appeal, entry[1], "Eto.", **facts)
    assert again_refused == takedowns.WhyNot.ALREADY_APPEALED


def test_words_of_several_lines_stand_apart_from_what_else_the_letter_says(gwen, mair):
    entry, _, elin = with_elin()
    hidden(entry[1], mair)
    actions.appeal(entry[1], "Un.\n\nDau.\nTri.", person_id=elin.id, entered=at_the_word(gwen))
    body = letters_of(elin)[-1].body
    assert "Entry: Becws y Bont\nYour appeal:\nUn.\n\nDau.\nTri.\n\nHow you reached us: On the phone\n" in body


def test_whoever_wrote_an_appeal_down_does_not_answer_it_and_whoever_hid_the_entry_writes_none_down(mair):
    entry, _, elin = with_elin()
    both, other = (a_member_of_staff(who, Who.ADMINISTRATOR) for who in ("rhys", "lowri"))
    hidden(entry[1], both)
    reason = why_not(actions.appeal, entry[1], "Na.", person_id=elin.id, entered=at_the_word(both))
    assert (reason, times(entry[1])[0].appealed_at) == (WhyNot.HID_IT, None)
    assert actions.appeal(entry[1], "Na.", person_id=elin.id, entered=at_the_word(other, CameBy.PAPER))
    [takedown] = times(entry[1])
    assert (takedown.entered_by_id, takedown.came_by) == (other.id, CameBy.PAPER)
    stands = Bilingual("Na.", "No.")
    answer = partial(hiding.answer, takedown.id, takedowns.Outcome.LIFTED, stands)
    assert why_not(answer, by_id=other.id) == takedowns.WhyNot.ENTERED_IT
    [record] = data.PART.load(again(elin.id))
    assert ("came_by", "paper") in [(fact.key, fact.value) for fact in record]
    answer(by_id=mair.id)
    assert times(entry[1])[0].answered_by_id == mair.id


def test_staff_open_a_paused_business_again_and_everybody_of_it_is_told(gwen):
    entry, nia, elin = with_elin(role=EDITOR)
    now.close_or_open(*entry, Did.PAUSED, by_id=nia.id)
    facts = {"person_id": elin.id, "entered": at_the_word(gwen, CameBy.FACE_TO_FACE)}
    assert actions.reopen(entry[1], **facts)
    assert supplier(entry).status == SupplierStatus.ACTIVE
    assert [one.letter for one in letters_of(elin)] == ["profiles/paused", "profiles/reopened", "on_behalf/done"]
    letter = letters_of(elin)[-1]
    assert letter.state == LetterState.TO_PRINT and "Becws y Bont" in letter.body and "Wyneb yn wyneb" in letter.body
    assert letters_to(nia.email)[-1].letter == "profiles/reopened"
    assert told("supplier", entry[1], Did.REOPENED) == [(f"person:{gwen.id}", elin.id, "face_to_face")]
    assert not actions.reopen(entry[1], **facts)
    now.close_or_open(*entry, Did.CLOSED, by_id=nia.id)  # for good: an editor cannot, by whichever door
    assert why_not(actions.reopen, entry[1], **facts) == directory.WhyNot.FOR_OWNERS


def test_staff_confirm_joint_work_for_elin_and_take_her_word_back(gwen):
    entry, _, elin = with_elin("Caffi’r Bont")
    huw = a_person("huw")
    other = an_entry(huw, "Becws Huw")
    pieces.add_joint_work(*other, entry[1], WHAT, 2025, by_id=huw.id)
    published(other[1], huw)
    [row] = rows()
    row_id, seen = row.id, joint_work.mark(row)
    facts = {"seen": seen, "person_id": elin.id, "entered": at_the_word(gwen, CameBy.PAPER)}
    assert actions.answer(entry[1], row_id, is_so=True, **facts)
    [row] = rows()
    assert (row.state, row.answered_by_id) == (JointWorkState.CONFIRMED, elin.id)
    assert letters_to(huw.email)[-1].letter == "profiles/joint_work_answered"
    letter = letters_of(elin)[-1]
    assert letter.letter == "on_behalf/done"
    assert all(words in letter.body for words in ("Becws Huw", WHAT.cy, WHAT.en, "Ar ffurflen bapur"))
    assert told("joint_work", row_id, Did.JOINT_CONFIRMED) == [(f"person:{gwen.id}", elin.id, "paper")]
    assert not actions.answer(entry[1], row_id, is_so=True, **facts)
    assert actions.answer(entry[1], row_id, is_so=False, **facts)
    assert rows()[0].state == JointWorkState.DECLINED
    anew = {**facts, "seen": "other words"}
    assert why_not(actions.answer, entry[1], row_id, is_so=True, **anew) == pieces_rules.WhyNot.SAID_ANEW


def test_staff_sign_for_elin_and_the_signature_says_how_she_told_them(gwen):
    entry, _, elin = with_elin()
    a_code()
    facts = {"person_id": elin.id, "entered": at_the_word(gwen, CameBy.PAPER)}
    assert actions.sign(entry[1], 1, "cy", **facts)
    [signature] = code.signatures(entry[0])
    assert (signature.person_id, signature.version.number, signature.language) == (elin.id, 1, "cy")
    assert (signature.is_owner, signature.signed_at, signature.came_by) == (True, NOW, CameBy.PAPER)
    assert loaded(entry[1]).signed is not None
    letter = letters_of(elin)[-1]
    assert letter.letter == "on_behalf/done" and "Iaith y darllen: Cymraeg" in letter.body
    assert "Version: 1" in letter.body
    assert told("business", entry[0], quality.Did.SIGNED) == [(f"person:{gwen.id}", elin.id, "paper")]
    number = len(letters_of(elin))
    assert not actions.sign(entry[1], 1, "en", **facts)
    assert (len(letters_of(elin)), len(code.signatures(entry[0]))) == (number, 1)
    the_next_code(a_member_of_staff("rhys", Who.ADMINISTRATOR))
    assert why_not(actions.sign, entry[1], 1, "cy", **facts) == quality.WhyNot.NEWER_CODE


def test_nobody_of_staff_confirms_what_their_own_business_says(gwen):
    entry, _, elin = with_elin("Caffi’r Bont")
    huw = a_person("huw")
    other = an_entry(huw, "Becws Huw")
    pieces.add_joint_work(*other, entry[1], WHAT, 2025, by_id=huw.id)
    published(other[1], huw)
    speaks_for(other[0], gwen, EDITOR)
    [row] = rows()
    facts = {"seen": joint_work.mark(row), "person_id": elin.id, "entered": at_the_word(gwen)}
    for is_so in (True, False):
        assert why_not(actions.answer, entry[1], row.id, is_so=is_so, **facts) == WhyNot.ONES_OWN
    assert (rows()[0].state, letters_of(elin)[-1].letter) == (JointWorkState.WAITING, "profiles/joint_work_asked")


# ---- Who, and for whom ----


def all_four(entry, person, entered):
    """Each of the four, ready to be done."""
    facts = {"person_id": person.id, "entered": entered}
    return [
        partial(actions.appeal, entry[1], "Na.", **facts),
        partial(actions.reopen, entry[1], **facts),
        partial(actions.answer, entry[1], 1, is_so=True, seen="", **facts),
        partial(actions.sign, entry[1], 1, "cy", **facts),
    ]


def test_nothing_is_done_for_ones_own_business_or_for_whoever_can_do_it_themself(gwen):
    entry, nia, elin = with_elin()
    _, _, other = with_elin("Siop Huw", who="huw", without="mali")
    now.close_or_open(*entry, Did.PAUSED, by_id=nia.id)
    for person in (nia, other):  # she has e-mail; the other speaks for another business
        for act in all_four(entry, person, at_the_word(gwen)):
            assert why_not(act) == WhyNot.NOT_FOR_THEM
    speaks_for(entry[0], gwen, EDITOR)
    for act in all_four(entry, elin, at_the_word(gwen)):
        assert why_not(act) == WhyNot.ONES_OWN
    assert supplier(entry).status == SupplierStatus.TEMPORARILY_CLOSED


def test_whoever_may_not_register_people_does_nothing_for_them(mair):
    entry, nia, elin = with_elin()
    for staff in (mair, nia, elin):
        for act in all_four(entry, elin, at_the_word(staff)):
            assert why_not(act) == NotNow.NOT_ALLOWED


def test_nobody_asks_for_an_entry_that_no_business_keeps(gwen):
    entry, _, elin = with_elin()
    for act in all_four((entry[0], 999_999), elin, at_the_word(gwen)):
        assert why_not(act) == WhyNot.NOT_THERE


@unit_of_work
def unseen_since_last_year(person_id):
    person = db.session.get_one(Person, person_id)
    person.last_seen_at, person.warned_at = NOW.replace(year=2025), NOW


def test_whoever_looks_for_a_person_in_the_trail_finds_what_was_done_at_their_word(gwen, mair):
    entry, nia, elin = with_elin()
    with_all_to_do(entry, nia, mair)
    [row] = rows()
    facts = {"person_id": elin.id, "entered": at_the_word(gwen)}
    assert actions.appeal(entry[1], "Na.", **facts)
    assert actions.reopen(entry[1], **facts)
    assert actions.answer(entry[1], row.id, is_so=False, seen=joint_work.mark(row), **facts)
    assert actions.sign(entry[1], 1, "cy", **facts)
    deeds = [takedowns.Did.APPEALED, Did.REOPENED, Did.JOINT_DECLINED, quality.Did.SIGNED]
    assert done_for(elin) == [(f"person:{gwen.id}", deed, "phone", entry[0]) for deed in deeds]
    assert done_for(nia) == []


def test_a_person_is_held_before_their_business_and_asked_for_as_they_are_then(monkeypatch, gwen):
    entry, nia, elin = with_elin()
    now.close_or_open(*entry, Did.PAUSED, by_id=nia.id)
    facts = {"person_id": elin.id, "entered": at_the_word(gwen)}
    with monkeypatch.context() as patch:
        held_in_turn(patch, meanwhile={"email": "elin@example.cymru", "email_key": "elin@example.cymru"})
        assert why_not(actions.reopen, entry[1], **facts) == WhyNot.NOT_FOR_THEM
    held = held_in_turn(monkeypatch)
    assert actions.reopen(entry[1], **facts)
    assert held == [("person", elin.id), ("business", entry[0])]


def test_whoever_asks_has_been_in_touch_today(gwen):
    entry, nia, elin = with_elin()
    now.close_or_open(*entry, Did.PAUSED, by_id=nia.id)
    unseen_since_last_year(elin.id)
    actions.reopen(entry[1], person_id=elin.id, entered=at_the_word(gwen))
    seen = again(elin.id)
    assert (seen.last_seen_at.date(), seen.warned_at) == (NOW.date(), None)
