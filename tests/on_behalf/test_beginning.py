"""Somebody without e-mail comes to speak for a business through our staff: what changes, and who is told."""

import pytest

from c4s.accounts.rules import CameBy
from c4s.accounts.rules import WhyNot as NotNow
from c4s.businesses import queries as businesses
from c4s.businesses.rules import BusinessKind, Likeness, MemberRole
from c4s.businesses.rules import Did as Joined
from c4s.businesses.rules import WhyNot as NotJoined
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.directory import claiming
from c4s.directory import queries as directory
from c4s.directory import rules as claims
from c4s.directory.models import Claim
from c4s.directory.rules import ClaimState
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel, LetterState
from c4s.on_behalf import beginning
from c4s.on_behalf.rules import WhyNot
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, again, entered, letters_to
from tests.builders import a_supplier
from tests.businesses.builders import a_business, details, roles
from tests.conftest import NOW, at_once
from tests.on_behalf.builders import EDITOR, OWNER, at_the_word, done_for, held_in_turn, letters_of, speaks_for, told

KEY = "the-key-of-a-form-of-staff"
CAFE = details("Caffi Mair", kind=BusinessKind.SOLE_TRADER, postcode="CF37 1AA", company_number="01234567")


@pytest.fixture
def gwen(site):
    return a_member_of_staff("gwen", Who.HELPER)


@pytest.fixture
def rhian(site):
    """Another helper than ``gwen``."""
    return a_member_of_staff("rhian", Who.HELPER)


@pytest.fixture
def mair(gwen):
    return entered("mair", by=gwen)


def why_not(action, *given, **facts):
    with pytest.raises(Refused) as refusal:
        action(*given, **facts)
    db.session.rollback()
    return refusal.value.reason


def letter_to(person):
    """The last letter to somebody; it waits to be printed."""
    letter = letters_of(again(person.id))[-1]
    assert (letter.channel, letter.state) == (Channel.POST, LetterState.TO_PRINT)
    return letter


@unit_of_work
def unseen_since_last_year(person):
    found = again(person.id)
    found.last_seen_at, found.warned_at = NOW.replace(year=2025), NOW


# ---- Adding ----


def test_mair_owns_what_staff_add_at_her_word_and_has_it_on_paper(gwen, mair):
    unseen_since_last_year(mair)
    answer = beginning.add_business(mair.id, CAFE, key=KEY, entered=at_the_word(gwen, CameBy.PAPER))
    number = answer.business_id
    assert answer.is_new and roles(number) == {mair.id: "owner"}
    found = businesses.business(number)
    assert (found.name, found.kind, found.company_number) == ("Caffi Mair", BusinessKind.SOLE_TRADER, "01234567")
    letter = letter_to(mair)
    assert (letter.letter, letter.about_kind, letter.about_id) == ("on_behalf/done", "business", number)
    for said in ("Caffi Mair", "01234567", "CF37 1AA", "Ar ffurflen bapur", "On a paper form"):
        assert said in letter.body
    assert "Gwefan" not in letter.body  # of which she said nothing
    assert done_for(mair) == [(f"person:{gwen.id}", Joined.ADDED, "paper", None)]
    assert told("business", number, Joined.ADDED) == [(f"person:{gwen.id}", mair.id, "paper")]
    assert (again(mair.id).last_seen_at.date(), again(mair.id).warned_at) == (NOW.date(), None)


def test_a_second_press_adds_no_other_and_tells_nobody_again(site, gwen, mair):
    def press():
        return beginning.add_business(mair.id, CAFE, key=KEY, entered=at_the_word(gwen))

    answers = [*at_once(site, press, press), press()]
    assert len({one.business_id for one in answers}) == 1
    assert sorted(one.is_new for one in answers) == [False, False, True]
    assert len(letters_of(again(mair.id))) == 1


def test_one_like_it_is_told_and_added_only_if_it_is_another(gwen, mair):
    a_business(a_person("huw"), "Caffi Mair", postcode="CF37 1AA")
    entry = {"key": KEY, "entered": at_the_word(gwen)}
    answer = beginning.add_business(mair.id, CAFE, **entry)
    assert (answer.business_id, answer.alike) == (None, {Likeness.NAME_AND_POSTCODE})
    assert (businesses.memberships_of(mair.id), letters_of(again(mair.id))) == ([], [])
    assert beginning.add_business(mair.id, CAFE, **entry, is_another=True).is_new


def test_nothing_is_added_for_whoever_can_do_it_nor_by_whoever_may_not(gwen, mair):
    huw, closed = a_person("huw"), entered("elin", by=gwen)
    suspended(closed)
    for person in (huw, closed):
        reason = why_not(beginning.add_business, person.id, CAFE, key=KEY, entered=at_the_word(gwen))
        assert reason == WhyNot.NOT_FOR_THEM
    assert why_not(beginning.add_business, gwen.id, CAFE, key=KEY, entered=at_the_word(gwen)) == WhyNot.ONES_OWN
    assert why_not(beginning.add_business, 404, CAFE, key=KEY, entered=at_the_word(gwen)) == WhyNot.NOT_THERE
    for staff in (a_member_of_staff("rhys", Who.MODERATOR), huw, mair):
        reason = why_not(beginning.add_business, mair.id, CAFE, key=KEY, entered=at_the_word(staff))
        assert reason == NotNow.NOT_ALLOWED
    assert businesses.memberships_of(mair.id) == []


@unit_of_work
def suspended(person):
    again(person.id).state = "suspended"


# ---- Claiming ----


def claimed(gwen, mair, evidence="Mae ei rhif ffôn ar y drws."):
    """Staff claim an entry for a business of hers: the numbers of business, entry and claim."""
    business, entry = a_business(mair), a_supplier("Becws y Bont", claim=Claim.IMPORTED).id
    facts = {"person_id": mair.id, "entered": at_the_word(gwen)}
    assert beginning.claim(business, entry, evidence, **facts)
    assert not beginning.claim(business, entry, evidence, **facts)
    return business, entry, directory.claims_of(business)[0].id


def test_a_claim_waits_says_who_wrote_it_down_and_is_told_once(gwen, mair):
    business, entry, number = claimed(gwen, mair)
    [claim] = directory.waiting_claims(entry)
    assert (claim.business_id, claim.person_id, claim.state) == (business, mair.id, ClaimState.WAITING)
    assert (claim.entered_by_id, claim.came_by) == (gwen.id, CameBy.PHONE)
    [letter] = letters_of(again(mair.id))
    assert "Mae ei rhif ffôn ar y drws." in letter.body and "Becws y Bont" in letter.body
    assert done_for(mair)[0] == (f"person:{gwen.id}", claims.Did.CLAIMED, "phone", business)
    assert told("entry_claim", number, claims.Did.CLAIMED) == [(f"person:{gwen.id}", mair.id, "phone")]


def test_whoever_wrote_a_claim_down_does_not_decide_it_and_another_does(mair):
    both = a_member_of_staff("rhys", Who.ADMINISTRATOR)  # may write claims down, and decide them
    business, entry, number = claimed(both, mair)
    why = Bilingual("Na.", "No.")
    assert why_not(claiming.grant, number, by_id=both.id) == claims.WhyNot.ENTERED_IT
    assert why_not(claiming.refuse, number, why, by_id=both.id) == claims.WhyNot.ENTERED_IT
    assert directory.supplier(entry).business_id is None
    claiming.grant(number, by_id=a_member_of_staff("huw", Who.MODERATOR).id)
    db.session.rollback()
    assert directory.supplier(entry).business_id == business
    assert letter_to(mair).letter == "directory/claim_granted"


def test_whoever_registered_somebody_does_not_decide_what_they_claim(site):
    rhys, other = (a_member_of_staff(who, Who.ADMINISTRATOR) for who in ("rhys", "lowri"))
    _, entry, number = claimed(other, entered("mair", by=rhys))
    assert why_not(claiming.grant, number, by_id=rhys.id) == claims.WhyNot.ENTERED_IT
    assert directory.supplier(entry).business_id is None
    huw, no = a_person("huw"), Bilingual("Na.", "No.")
    claiming.ask(theirs := a_business(huw, "Siop Huw"), entry, "Ni biau hwn.", by_id=huw.id)
    number = directory.claims_of(theirs)[0].id  # to refuse it makes way for hers
    assert why_not(claiming.refuse, number, no, by_id=rhys.id) == claims.WhyNot.ENTERED_IT


def test_whoever_wrote_one_claim_down_decides_no_other_to_the_same_entry(mair):
    both, huw = a_member_of_staff("rhys", Who.ADMINISTRATOR), a_person("huw")
    _, entry, first = claimed(both, mair)
    claiming.ask(theirs := a_business(huw, "Siop Huw"), entry, "Ni biau hwn.", by_id=huw.id)
    number = directory.claims_of(theirs)[0].id
    no = Bilingual("Na.", "No.")
    assert why_not(claiming.refuse, number, no, by_id=both.id) == claims.WhyNot.ENTERED_IT
    assert why_not(claiming.grant, number, by_id=both.id) == claims.WhyNot.ENTERED_IT
    claiming.refuse(first, no, by_id=a_member_of_staff("lowri", Who.MODERATOR).id)
    claiming.grant(number, by_id=both.id)  # theirs waits no more
    db.session.rollback()
    assert directory.supplier(entry).business_id == theirs


def test_nothing_is_claimed_for_ones_own_business_or_for_whoever_does_not_own_it(gwen, mair):
    business, entry = a_business(a_person("huw")), a_supplier("Becws y Bont", claim=Claim.IMPORTED).id
    facts = {"person_id": mair.id, "entered": at_the_word(gwen)}
    assert why_not(beginning.claim, business, entry, "x", **facts) == WhyNot.NOT_FOR_THEM
    speaks_for(business, mair, EDITOR)
    assert why_not(beginning.claim, business, entry, "x", **facts) == NotJoined.NOT_YOURS
    assert why_not(beginning.claim, 404, entry, "x", **facts) == WhyNot.NOT_THERE
    speaks_for(business, gwen, EDITOR)
    assert why_not(beginning.claim, business, entry, "x", **facts) == WhyNot.ONES_OWN
    may_not = {"person_id": mair.id, "entered": at_the_word(a_member_of_staff("rhys", Who.MODERATOR))}
    assert why_not(beginning.claim, business, entry, "x", **may_not) == NotNow.NOT_ALLOWED
    assert directory.waiting_claims() == []


# ---- Withdrawing a claim ----


def withdrawn(gwen, mair, business, number):
    beginning.withdraw(business, number, person_id=mair.id, entered=at_the_word(gwen))


def test_mair_thinks_again_and_staff_withdraw_what_they_wrote_down_and_she_is_told(gwen, mair):
    business, entry, number = claimed(gwen, mair)
    withdrawn(gwen, mair, business, number)
    assert (directory.waiting_claims(entry), directory.claim(number).state) == ([], ClaimState.WITHDRAWN)
    letter = letter_to(mair)
    assert (letter.letter, letter.about_kind, letter.about_id) == ("on_behalf/done", "business", business)
    assert "Becws y Bont" in letter.body and "Your claim has been withdrawn." in letter.body
    assert done_for(mair)[-1] == (f"person:{gwen.id}", claims.Did.WITHDREW, "phone", business)
    assert told("entry_claim", number, claims.Did.WITHDREW) == [(f"person:{gwen.id}", mair.id, "phone")]
    facts = {"person_id": mair.id, "entered": at_the_word(gwen)}
    assert why_not(beginning.withdraw, business, number, **facts) == claims.WhyNot.NOT_WAITING
    assert letter_to(mair).id == letter.id


def test_nobody_withdraws_the_claim_of_another_business_nor_for_whoever_does_not_own_it(gwen, mair):
    business, entry, number = claimed(gwen, mair)
    elin, huw = entered("elin", by=gwen), a_person("huw")
    other = a_business(elin, "Siop Elin")
    facts = {"person_id": elin.id, "entered": at_the_word(gwen)}
    assert why_not(beginning.withdraw, other, number, **facts) == claims.WhyNot.NO_SUCH_ENTRY
    assert why_not(beginning.withdraw, business, number, **facts) == WhyNot.NOT_FOR_THEM
    speaks_for(business, elin, EDITOR)
    assert why_not(beginning.withdraw, business, number, **facts) == NotJoined.NOT_YOURS
    speaks_for(business, huw, OWNER)
    theirs = {"person_id": huw.id, "entered": at_the_word(gwen)}
    assert why_not(beginning.withdraw, business, number, **theirs) == WhyNot.NOT_FOR_THEM  # he does it himself
    may_not = {"person_id": mair.id, "entered": at_the_word(a_member_of_staff("rhys", Who.MODERATOR))}
    assert why_not(beginning.withdraw, business, number, **may_not) == NotNow.NOT_ALLOWED
    assert [one.id for one in directory.waiting_claims(entry)] == [number]


def test_nobody_makes_way_for_another_claim_that_they_wrote_down_or_that_is_of_their_business(gwen, rhian, mair):
    business, entry, number = claimed(rhian, mair)
    elin = entered("elin", by=rhian)
    beginning.claim(a_business(elin, "Siop Elin"), entry, "Ni biau hwn.", person_id=elin.id, entered=at_the_word(gwen))
    facts = {"person_id": mair.id, "entered": at_the_word(gwen)}
    assert why_not(beginning.withdraw, business, number, **facts) == WhyNot.OTHER_CLAIM
    lowri = a_member_of_staff("lowri", Who.HELPER)
    speaks_for(directory.waiting_claims(entry)[1].business_id, lowri, EDITOR)
    facts["entered"] = at_the_word(lowri)
    assert why_not(beginning.withdraw, business, number, **facts) == WhyNot.OTHER_CLAIM
    facts["entered"] = at_the_word(rhian)  # who registered Elin
    assert why_not(beginning.withdraw, business, number, **facts) == WhyNot.OTHER_CLAIM
    assert len(directory.waiting_claims(entry)) == 2
    withdrawn(a_member_of_staff("catrin", Who.HELPER), mair, business, number)
    assert [one.person_id for one in directory.waiting_claims(entry)] == [elin.id]


# ---- Letting in ----


def test_an_owner_without_email_lets_in_another_and_all_have_it_in_writing(gwen, rhian, mair):
    elin, huw = entered("elin", by=rhian, address="9 Heol y Parc\nPontypridd\nCF37 1AB"), a_person("huw")
    business = a_business(mair)
    speaks_for(business, huw, OWNER)
    facts = {"person_id": mair.id, "entered": at_the_word(gwen)}
    beginning.let_in(business, elin.id, "  élin ", MemberRole.EDITOR, **facts)
    assert roles(business)[elin.id] == "editor"
    assert letter_to(elin).letter == "businesses/your_role"
    assert letter_to(mair).letter == "on_behalf/done" and "Elin" in letter_to(mair).body
    assert [one.letter for one in letters_to(huw.email)] == ["businesses/people_changed"]
    assert told("business", business, Joined.LET_IN) == [(f"person:{gwen.id}", mair.id, "phone")]
    by = f"person:{gwen.id}"
    assert done_for(mair) == [(by, Joined.LET_IN, "phone", business)]
    assert done_for(elin) == [(by, Joined.LET_IN, "phone", business)]
    before = len(letters_of(again(mair.id))), len(letters_of(again(elin.id)))
    assert not beginning.let_in(business, elin.id, "Elin", EDITOR, **facts)  # pressed twice
    assert (len(letters_of(again(mair.id))), len(letters_of(again(elin.id)))) == before
    assert why_not(beginning.let_in, business, elin.id, "Elin", OWNER, **facts) == NotJoined.ALREADY_IN


def test_of_two_people_the_lower_number_is_held_first_and_the_business_after_both(monkeypatch, gwen, rhian, mair):
    elin, business = entered("elin", by=rhian), a_business(mair)
    held = held_in_turn(monkeypatch)
    beginning.let_in(business, elin.id, "Elin", EDITOR, person_id=mair.id, entered=at_the_word(gwen))
    assert mair.id < elin.id
    assert held[:2] == [("person", mair.id), ("person", elin.id)]
    assert [table for table, _ in held].index("business") > 1


def test_nobody_lets_in_whom_they_registered_themself(gwen, rhian, mair):
    elin, business = entered("elin", by=gwen), a_business(mair)
    given = (business, elin.id, "Elin", EDITOR)
    refused = why_not(beginning.let_in, *given, person_id=mair.id, entered=at_the_word(gwen))
    assert (refused, roles(business)) == (WhyNot.REGISTERED_THEM, {mair.id: "owner"})
    beginning.let_in(*given, person_id=mair.id, entered=at_the_word(rhian))
    assert roles(business)[elin.id] == "editor"


def test_nobody_is_let_in_but_by_an_owner_and_under_the_right_name(gwen, rhian, mair):
    elin, huw, business = entered("elin", by=rhian), a_person("huw"), a_business(mair)
    facts = {"person_id": mair.id, "entered": at_the_word(gwen)}
    for number, name in ((elin.id, "Eleri"), (huw.id, "Huw"), (404, "Elin")):
        assert why_not(beginning.let_in, business, number, name, EDITOR, **facts) == WhyNot.NO_SUCH_NEWCOMER
    assert why_not(beginning.let_in, business, gwen.id, "Gwen", OWNER, **facts) == WhyNot.ONES_OWN
    with_email = a_business(huw, "Siop Huw")
    speaks_for(with_email, mair, EDITOR)
    assert why_not(beginning.let_in, with_email, elin.id, "Elin", EDITOR, **facts) == NotJoined.NOT_YOURS
    may_not = {"person_id": mair.id, "entered": at_the_word(a_member_of_staff("rhys", Who.MODERATOR))}
    assert why_not(beginning.let_in, business, elin.id, "Elin", EDITOR, **may_not) == NotNow.NOT_ALLOWED
    assert elin.id not in {**roles(business), **roles(with_email)}


def test_at_the_word_of_an_owner_with_email_elin_edits_and_the_owner_sees_it_in_the_mail(gwen, rhian):
    elin, huw, nia = entered("elin", by=rhian), a_person("huw"), a_person("nia")
    business = a_business(huw, "Siop Huw")
    speaks_for(business, nia, OWNER)
    unseen_since_last_year(huw)
    facts = {"person_id": huw.id, "entered": at_the_word(gwen)}
    assert beginning.let_in(business, elin.id, "Elin", EDITOR, **facts)
    assert roles(business)[elin.id] == "editor"
    [letter] = letters_to(huw.email)
    assert (letter.letter, letter.channel, letter.state) == ("on_behalf/done", Channel.EMAIL, LetterState.QUEUED)
    assert "Elin" in letter.body and f"/account/businesses/{business}" in letter.body
    assert [one.letter for one in letters_to(nia.email)] == ["businesses/people_changed"]
    assert letter_to(elin).letter == "businesses/your_role"
    assert told("business", business, Joined.LET_IN) == [(f"person:{gwen.id}", huw.id, "phone")]
    assert done_for(huw) == [(f"person:{gwen.id}", Joined.LET_IN, "phone", business)]
    assert again(huw.id).last_seen_at.year == 2025  # the day on which he signed in
    assert not beginning.let_in(business, elin.id, "Elin", EDITOR, **facts)
    assert len(letters_to(huw.email)) == 1


def test_the_word_of_an_owner_with_email_makes_nobody_an_owner_and_lets_in_nobody_whom_the_helper_registered(
    gwen, rhian
):
    elin, huw = entered("elin", by=rhian), a_person("huw")
    business = a_business(huw, "Siop Huw")
    word = {"person_id": huw.id, "entered": at_the_word(gwen)}
    assert why_not(beginning.let_in, business, elin.id, "Elin", OWNER, **word) == WhyNot.EDITORS_ALONE
    registered = {"person_id": huw.id, "entered": at_the_word(rhian)}
    assert why_not(beginning.let_in, business, elin.id, "Elin", EDITOR, **registered) == WhyNot.REGISTERED_THEM
    with_email = a_person("nia")
    assert why_not(beginning.let_in, business, with_email.id, "Nia", EDITOR, **word) == WhyNot.NO_SUCH_NEWCOMER
    speaks_for(business, with_email, EDITOR)
    editor = {"person_id": with_email.id, "entered": at_the_word(gwen)}
    assert why_not(beginning.let_in, business, elin.id, "Elin", EDITOR, **editor) == NotJoined.NOT_YOURS
    suspended(huw)
    assert why_not(beginning.let_in, business, elin.id, "Elin", EDITOR, **word) == WhyNot.NOT_FOR_THEM
    assert (elin.id in roles(business), letters_to(huw.email)) == (False, [])
