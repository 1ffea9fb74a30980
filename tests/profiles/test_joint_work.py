"""Joint work: the other business is asked, says whether it is so, and can take its word back."""

from functools import partial
from threading import Event
from time import sleep

import pytest

from c4s.audit.trail import history_of
from c4s.businesses import actions as businesses
from c4s.businesses.rules import WhyNot as BusinessWhyNot
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.directory import showing
from c4s.directory.models import Supplier
from c4s.directory.rules import JointWorkState, SupplierStatus
from c4s.i18n.bilingual import Bilingual
from c4s.profiles import content, data, pieces, rules
from c4s.profiles import joint_work as working
from c4s.profiles.pieces_rules import Did, WhyNot
from c4s.profiles.rules import JOINT
from tests.accounts.builders import a_person, letters_to
from tests.businesses.builders import a_business, joined
from tests.conftest import NOW, at_once
from tests.profiles.builders import again
from tests.profiles.pieces_builders import an_entry, current, found, joint_work, published

NIA, HUW, MALI = "nia@example.cymru", "huw@example.cymru", "mali@example.cymru"
WHAT = Bilingual("Priodas fawr", "A big wedding")


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def huw(site):
    return a_person("huw")


@pytest.fixture
def entry(nia):
    return an_entry(nia)


@pytest.fixture
def other(huw):
    business_id, supplier_id = an_entry(huw, "Caffi’r Bont")
    joined(business_id, huw, a_person("mali"))
    return business_id, supplier_id


@pytest.fixture
def key(entry, other, nia):
    """The key of joint work that has gone live, and of which the other business was asked."""
    key = pieces.add_joint_work(*entry, other[1], WHAT, 2025, by_id=nia.id)
    published(entry[1], nia)
    return key


def answer(other, by, is_so=True, **facts):
    [row] = joint_work()
    given = {"is_so": is_so, "seen": working.mark(row), "by_id": by.id, **facts}
    db.session.rollback()
    working.answer(*other, row.id, **given)


def why_not(*given, **facts):
    with pytest.raises(Refused) as refusal:
        answer(*given, **facts)
    db.session.rollback()
    return refusal.value.reason


def kinds(address):
    return [letter.letter for letter in letters_to(address) if letter.letter.startswith("profiles/")]


def shown(supplier_id):
    """What readers see of the joint work of a supplier today."""
    parts = showing.shown(again(supplier_id), NOW.date())
    return [(one.names.en, one.what.en, one.year) for part in parts if "joint" in part.template for one in part.facts]


def test_everybody_of_the_other_business_is_asked_and_readers_see_nothing_yet(entry, other, key, site):
    [row] = joint_work()
    assert (row.state, row.with_id, row.what) == (JointWorkState.WAITING, other[1], WHAT)
    assert (kinds(HUW), kinds(MALI), kinds(NIA)) == (["profiles/joint_work_asked"], ["profiles/joint_work_asked"], [])
    letter = letters_to(HUW)[-1].body
    assert ("Priodas fawr" in letter, "A big wedding" in letter, "2025" in letter) == (True, True, True)
    assert f"/en/account/businesses/{other[0]}/profile/{other[1]}/joint-work/others" in letter
    assert (shown(entry[1]), found("wedding")) == ([], [])


def test_what_is_confirmed_is_shown_found_and_told(entry, other, key, huw):
    answer(other, huw)
    [row] = joint_work()
    assert (row.state, row.answered_by_id, row.answered_at) == (JointWorkState.CONFIRMED, huw.id, NOW)
    assert (shown(entry[1]), found("wedding")) == ([("Caffi’r Bont", "A big wedding", 2025)], [entry[1]])
    assert kinds(NIA) == ["profiles/joint_work_answered"]
    assert [one.action for one in history_of("joint_work", row.id)] == [Did.JOINT_CONFIRMED]


def test_the_same_answer_twice_is_one(entry, other, key, huw):
    answer(other, huw)
    answer(other, huw)
    assert (kinds(NIA), len(history_of("joint_work", joint_work()[0].id))) == (["profiles/joint_work_answered"], 1)


def test_what_is_declined_is_never_shown_and_a_word_can_be_taken_back(entry, other, key, huw):
    answer(other, huw, False)
    assert (joint_work()[0].state, shown(entry[1])) == (JointWorkState.DECLINED, [])
    answer(other, huw)
    assert len(shown(entry[1])) == 1
    answer(other, huw, False)
    assert (shown(entry[1]), found("wedding"), kinds(NIA)) == ([], [], ["profiles/joint_work_answered"] * 3)


def test_other_words_are_asked_about_again_and_the_same_words_are_not(entry, other, key, nia, huw):
    answer(other, huw)
    published(entry[1], nia)
    assert (joint_work()[0].state, kinds(HUW)) == (JointWorkState.CONFIRMED, ["profiles/joint_work_asked"])
    seen = rules.marks(current(entry[1]), [JOINT + key])
    pieces.change_joint_work(*entry, key, Bilingual("Y cyfan", "All of it"), 2025, seen=seen, by_id=nia.id)
    assert len(shown(entry[1])) == 1  # as it was confirmed, until the new words are live
    published(entry[1], nia)
    assert (joint_work()[0].state, shown(entry[1])) == (JointWorkState.WAITING, [])
    assert kinds(HUW) == ["profiles/joint_work_asked"] * 2


def test_an_answer_is_to_the_words_that_were_read(entry, other, key, nia, huw):
    old = working.mark(joint_work()[0])
    seen = rules.marks(current(entry[1]), [JOINT + key])
    pieces.change_joint_work(*entry, key, Bilingual("Y cyfan", "All of it"), 2025, seen=seen, by_id=nia.id)
    published(entry[1], nia)
    assert (why_not(other, huw, seen=old), joint_work()[0].state) == (WhyNot.SAID_ANEW, JointWorkState.WAITING)


def test_nobody_answers_for_another_business(entry, other, key, nia):
    dewi = a_person("dewi")
    theirs = an_entry(dewi, "Siop Dewi")
    assert why_not(other, dewi) == BusinessWhyNot.NOT_THERE
    assert why_not(theirs, dewi) == WhyNot.GONE
    assert why_not((theirs[0], other[1]), dewi) == WhyNot.GONE
    assert why_not(entry, nia) == WhyNot.GONE  # who says it cannot confirm it
    assert joint_work()[0].state == JointWorkState.WAITING


@unit_of_work
def become(supplier_id, **facts):
    supplier = db.session.get_one(Supplier, supplier_id)
    for name, value in facts.items():
        setattr(supplier, name, value)


@pytest.mark.parametrize(
    "facts",
    [{"taken_down_at": NOW}, {"status": SupplierStatus.CLOSED}, {"gone_on": NOW.date()}, {"archived_on": NOW.date()}],
)
def test_work_with_somebody_whom_readers_cannot_find_is_not_shown(entry, other, key, huw, facts):
    answer(other, huw)
    db.session.rollback()
    become(other[1], **facts)
    assert shown(entry[1]) == []
    become(other[1], **{**dict.fromkeys(facts), **({"status": SupplierStatus.ACTIVE} if "status" in facts else {})})
    assert len(shown(entry[1])) == 1


def test_what_waits_is_counted_and_comes_first(entry, other, key, nia, huw):
    second = pieces.add_joint_work(*entry, other[1], Bilingual("Ffair", "A fair"), None, by_id=nia.id)
    answer(other, huw)
    published(entry[1], nia)
    db.session.rollback()
    rows = [(row.key, row.state, who.id) for row, who in working.asked_of(other[1])]
    waiting, confirmed = JointWorkState.WAITING, JointWorkState.CONFIRMED
    assert rows == [(second, waiting, entry[1]), (key, confirmed, entry[1])]
    assert (working.number_to_answer(other[1]), working.number_to_answer(entry[1])) == (1, 0)


@pytest.mark.parametrize("is_so", [True, False])
def test_the_word_of_a_business_ends_when_it_leaves_the_site(entry, other, key, huw, is_so):
    answer(other, huw, is_so)
    db.session.rollback()
    businesses.close(other[0], by_id=huw.id)
    [row] = joint_work()
    assert (row.state, row.answered_at, row.answered_by_id) == (JointWorkState.WAITING, None, None)
    assert again(other[1]).is_listed  # its list still has it; nobody speaks for it
    assert (shown(entry[1]), found("wedding")) == ([], [])
    assert kinds(NIA) == ["profiles/joint_work_answered", *(["profiles/joint_work_ended"] if is_so else [])]


def test_whoever_keeps_the_entry_after_that_is_asked_and_says_for_themselves(entry, other, key, huw):
    answer(other, huw)
    db.session.rollback()
    businesses.close(other[0], by_id=huw.id)
    dewi = a_person("dewi")
    theirs = (a_business(dewi, "Caffi Dewi"), other[1])
    become(other[1], business_id=theirs[0])
    assert working.number_to_answer(other[1]) == 1
    answer(theirs, dewi)
    assert shown(entry[1]) == [("Caffi’r Bont", "A big wedding", 2025)]


def test_those_who_say_it_are_told_when_the_entry_that_confirmed_it_is_deleted(entry, other, key, huw):
    answer(other, huw)
    become(other[1], source="profile")
    businesses.close(other[0], by_id=huw.id)
    assert (joint_work(), shown(entry[1]), found("wedding")) == ([], [], [])
    assert kinds(NIA) == ["profiles/joint_work_answered", "profiles/joint_work_ended"]
    letter = letters_to(NIA)[-1]
    assert ("Caffi’r Bont" in letter.body, "A big wedding" in letter.body) == (True, True)


def test_a_business_may_leave_while_another_takes_back_what_it_said_of_both(
    site, entry, other, key, nia, huw, monkeypatch
):
    answer(other, huw)
    pieces.remove(*entry, JOINT, key, by_id=nia.id)
    words, nia_id, huw_id = current(entry[1]), nia.id, huw.id
    db.session.remove()
    is_out, renew = Event(), showing.renew

    def slowly(*given):
        renew(*given)
        if not is_out.is_set():
            is_out.set()
            sleep(0.3)  # the other begins to leave meanwhile

    monkeypatch.setattr(showing, "renew", slowly)
    take_back = partial(content.publish, entry[1], words, nia_id)
    leave = partial(businesses.close, other[0], by_id=huw_id)
    assert at_once(site, take_back, lambda: is_out.wait(5) and leave()) == [None, None]
    assert (joint_work(), shown(entry[1])) == ([], [])


def test_the_people_of_all_who_say_it_are_read_at_once(entry, other, key, huw, statements):
    def asked():
        for row in joint_work():
            working.answer(*other, row.id, is_so=True, seen=working.mark(row), by_id=huw.id)
        statements.clear()
        unit_of_work(lambda: working.words_end([db.session.get_one(Supplier, other[1])]))()
        return sum("FROM membership" in one for one in statements)

    few, dewi = asked(), a_person("dewi")
    theirs = an_entry(dewi, "Siop Dewi")
    pieces.add_joint_work(*theirs, other[1], WHAT, 2024, by_id=dewi.id)
    published(theirs[1], dewi)
    assert (few, asked()) == (1, 1)
    assert kinds("dewi@example.cymru") == ["profiles/joint_work_answered", "profiles/joint_work_ended"]


def test_joint_work_that_is_taken_out_is_gone(entry, other, key, nia, huw):
    answer(other, huw)
    pieces.remove(*entry, JOINT, key, by_id=nia.id)
    assert len(shown(entry[1])) == 1
    published(entry[1], nia)
    assert (joint_work(), shown(entry[1]), found("wedding")) == ([], [], [])


def test_what_somebody_answered_for_their_business_is_among_their_data_and_of_nobody_else(key, other, nia, huw):
    answer(other, huw)
    [record] = data.JOINT_WORK.load(huw)
    kept = {one.key: one.value for one in record}
    assert (kept["what"], kept["answer"], kept["answered_at"]) == (WHAT.cy, "confirmed", NOW.isoformat())
    assert data.JOINT_WORK.load(nia) == []
