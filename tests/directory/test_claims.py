"""A business says that an entry is its own, and staff decide: what changes, who is told, what the trail says."""

from datetime import date, timedelta

import pytest

from c4s.accounts import actions as accounts
from c4s.accounts import night
from c4s.accounts.models import Person
from c4s.accounts.rules import PersonState
from c4s.accounts.rules import WhyNot as NotNow
from c4s.audit import trail
from c4s.businesses import actions as businesses
from c4s.businesses.rules import WhyNot as BusinessWhyNot
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.throttle import TooMany
from c4s.core.units import unit_of_work
from c4s.directory import claiming, importing, queries, rules
from c4s.directory.models import Claim, EntryClaim
from c4s.directory.rules import ClaimState, WhyNot
from c4s.i18n.bilingual import Bilingual
from c4s.search import queries as searching
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, letters_to, set_roles
from tests.builders import SOURCE, a_record, a_supplier
from tests.businesses.builders import EDITOR, OWNER, a_business, joined
from tests.conftest import NOW, at_once
from tests.refusals import why_not

DAY = timedelta(days=1)
NIA, HUW = "nia@example.cymru", "huw@example.cymru"
WHY = Bilingual("Dyw’r enw ddim yr un.", "The name is not the same.")


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def huw(site):
    return a_person("huw", language_written="en")


@pytest.fixture
def mair(site):
    return a_member_of_staff("mair")


@pytest.fixture
def entry(site):
    return a_supplier("Becws y Bont", claim=Claim.IMPORTED, postcode="CF37 1AA").id


def claims():
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.query(EntryClaim).order_by(EntryClaim.id))


def states():
    return [str(one.state) for one in claims()]


def asked(person, entry, business=None, evidence="Ein henw ni sydd ar y drws."):
    """Somebody claims an entry for a business of theirs. Returns the numbers of the business and the claim."""
    business = business or a_business(person)
    claiming.ask(business, entry, evidence, by_id=person.id)
    return business, claims()[-1].id


def supplier(number):
    db.session.rollback()
    db.session.expire_all()
    return queries.supplier(number)


def story_of(claim):
    return [one.action.removeprefix("claim.") for one in trail.history_of("entry_claim", claim)]


# ---- The rules ----


@pytest.mark.either_database
@pytest.mark.parametrize(
    ("is_taken", "is_waiting", "reason"),
    [
        (False, False, None),
        (True, False, WhyNot.ALREADY_TAKEN),
        (False, True, WhyNot.ALREADY_WAITING),
        (True, True, WhyNot.ALREADY_TAKEN),
    ],
)
def test_an_entry_is_claimed_once_and_by_nobody_when_it_is_taken(is_taken, is_waiting, reason):
    if reason is None:
        rules.may_claim(is_taken=is_taken, is_waiting=is_waiting)
    else:
        assert why_not(rules.may_claim, is_taken=is_taken, is_waiting=is_waiting) == reason


@pytest.mark.either_database
@pytest.mark.parametrize("state", ClaimState)
@pytest.mark.parametrize("is_ones_own", [True, False])
@pytest.mark.parametrize("has_entered_it", [True, False])
def test_only_a_claim_that_waits_is_decided_and_nobody_decides_their_own_or_what_they_wrote_down(
    state, is_ones_own, has_entered_it
):
    facts = {"is_ones_own": is_ones_own, "has_entered_it": has_entered_it}
    if is_ones_own:
        assert why_not(rules.may_decide, state, **facts) == WhyNot.ONES_OWN
    elif has_entered_it:
        assert why_not(rules.may_decide, state, **facts) == WhyNot.ENTERED_IT
    elif state == ClaimState.WAITING:
        rules.may_decide(state, **facts)
    else:
        assert why_not(rules.may_decide, state, **facts) == WhyNot.NOT_WAITING


# ---- Asking ----


def test_a_claim_waits_with_its_evidence(nia, entry):
    business, claim = asked(nia, entry)
    [found] = claims()
    assert (found.supplier_id, found.business_id, found.person_id, found.state) == (
        entry,
        business,
        nia.id,
        ClaimState.WAITING,
    )
    assert (found.evidence, found.created_at) == ("Ein henw ni sydd ar y drws.", NOW)
    assert story_of(claim) == ["made"]
    assert supplier(entry).business_id is None


def test_the_same_claim_twice_is_one_and_another_while_it_waits_is_refused(nia, entry):
    business, _ = asked(nia, entry)
    claiming.ask(business, entry, "Ein henw ni sydd ar y drws.", by_id=nia.id)
    assert why_not(claiming.ask, business, entry, "Other words", by_id=nia.id) == WhyNot.ALREADY_WAITING
    assert len(claims()) == 1


def test_the_same_claim_twice_at_once_is_one(site, nia, entry):
    business = a_business(nia)
    at_once(site, *[lambda: claiming.ask(business, entry, "The same", by_id=nia.id)] * 2)
    assert states() == ["waiting"]


def test_an_entry_that_a_business_keeps_is_not_claimed(nia, site):
    kept = a_supplier("Caffi’r Gornel", claim=Claim.CLAIMED).id
    assert why_not(claiming.ask, a_business(nia), kept, "Ours", by_id=nia.id) == WhyNot.ALREADY_TAKEN


def test_an_entry_that_is_not_there_is_not_claimed(nia):
    assert why_not(claiming.ask, a_business(nia), 404, "Ours", by_id=nia.id) == WhyNot.NO_SUCH_ENTRY


def test_only_an_owner_claims_and_withdraws_and_nobody_for_a_business_of_others(nia, huw, entry):
    business, claim = asked(nia, entry)
    for action, given in ((claiming.ask, (business, entry, "x")), (claiming.withdraw, (business, claim))):
        assert why_not(action, *given, by_id=huw.id) == BusinessWhyNot.NOT_THERE
    joined(business, nia, huw, EDITOR)
    for action, given in ((claiming.ask, (business, entry, "x")), (claiming.withdraw, (business, claim))):
        assert why_not(action, *given, by_id=huw.id) == BusinessWhyNot.NOT_YOURS
    assert states() == ["waiting"]


def test_the_claim_of_another_business_is_not_withdrawn(nia, huw, entry):
    _, claim = asked(nia, entry)
    assert why_not(claiming.withdraw, a_business(huw), claim, by_id=huw.id) == WhyNot.NO_SUCH_ENTRY
    assert states() == ["waiting"]


def test_a_claim_is_withdrawn_while_it_waits_and_made_again(nia, entry, mair):
    business, claim = asked(nia, entry)
    claiming.withdraw(business, claim, by_id=nia.id)
    assert why_not(claiming.grant, claim, by_id=mair.id) == WhyNot.NOT_WAITING
    asked(nia, entry, business)
    assert states() == ["withdrawn", "waiting"]
    assert story_of(claim) == ["made", "withdrew"]


def test_nobody_claims_without_end(nia, site):
    business = a_business(nia)
    entries = [a_supplier(f"Siop {number}", claim=Claim.IMPORTED).id for number in range(11)]
    for number in entries[:10]:
        asked(nia, number, business)
    assert why_not(claiming.ask, business, entries[10], "Ours", by_id=nia.id) == TooMany.TOO_MANY


# ---- Deciding ----


def test_an_entry_belongs_to_a_business_once_staff_agree_and_it_is_told(nia, entry, mair):
    business, claim = asked(nia, entry)
    claiming.grant(claim, by_id=mair.id)
    [found] = claims()
    assert (found.state, found.decided_by_id, found.decided_at) == (ClaimState.GRANTED, mair.id, NOW)
    assert (supplier(entry).business_id, supplier(entry).claim) == (business, Claim.CLAIMED)
    letter = letters_to(NIA)[-1]
    assert (letter.letter, letter.language, letter.about_id) == ("directory/claim_granted", "both", business)
    assert story_of(claim) == ["made", "granted"]
    assert [one.id for one in queries.entries_of(business)] == [entry]


def test_an_entry_that_a_business_keeps_is_found_as_one(nia, entry, mair):
    question = searching.Question("supplier", groups=(("kind", ("kclaimed",)),), language="en", page=1, size=5)
    assert searching.find(question).hits == []
    claiming.grant(asked(nia, entry)[1], by_id=mair.id)
    assert [hit.record_id for hit in searching.find(question).hits] == [entry]


def test_the_second_click_of_one_member_changes_nothing_and_anothers_is_told(nia, entry, mair):
    _, claim = asked(nia, entry)
    claiming.grant(claim, by_id=mair.id)
    before = len(letters_to(NIA))
    claiming.grant(claim, by_id=mair.id)
    other = a_member_of_staff("elen")
    assert why_not(claiming.grant, claim, by_id=other.id) == WhyNot.NOT_WAITING
    assert why_not(claiming.refuse, claim, WHY, by_id=other.id) == WhyNot.NOT_WAITING
    assert len(letters_to(NIA)) == before


def test_other_claims_to_the_same_entry_are_refused_and_told_why(nia, huw, entry, mair):
    _, first = asked(nia, entry)
    _, second = asked(huw, entry)
    claiming.grant(first, by_id=mair.id)
    assert states() == ["granted", "refused"]
    letter = letters_to(HUW)[-1]
    assert (letter.letter, "another business" in letter.body) == ("directory/claim_refused", True)
    assert claims()[1].reason.is_complete
    assert story_of(second) == ["made", "refused"]


def test_two_claims_to_one_entry_that_are_agreed_at_once_give_it_to_one(site, nia, huw, entry, mair):
    (one, first), (other, second) = asked(nia, entry), asked(huw, entry)
    at_once(site, lambda: claiming.grant(first, by_id=mair.id), lambda: claiming.grant(second, by_id=mair.id))
    assert sorted(states()) == ["granted", "refused"]
    granted = next(found.business_id for found in claims() if found.state == ClaimState.GRANTED)
    assert (supplier(entry).business_id, granted in (one, other)) == (granted, True)


def test_nobody_decides_a_claim_of_a_business_that_they_speak_for(nia, entry, mair):
    business, claim = asked(nia, entry)
    joined(business, nia, mair, EDITOR)
    assert why_not(claiming.grant, claim, by_id=mair.id) == WhyNot.ONES_OWN
    assert why_not(claiming.refuse, claim, WHY, by_id=mair.id) == WhyNot.ONES_OWN


def test_nobody_decides_a_claim_that_they_made_even_after_leaving(nia, entry, mair):
    business = a_business(nia)
    joined(business, nia, mair, OWNER)
    _, claim = asked(mair, entry, business)
    businesses.leave(business, by_id=mair.id)
    assert why_not(claiming.grant, claim, by_id=mair.id) == WhyNot.ONES_OWN


def test_a_refusal_needs_a_reason_in_the_languages_of_those_who_are_told(nia, huw, entry, mair):
    _, claim = asked(nia, entry)
    with pytest.raises(Refused) as refusal:
        claiming.refuse(claim, Bilingual(en="No."), by_id=mair.id)
    assert (refusal.value.reason, refusal.value.facts) == (WhyNot.REASON_NEEDED, {"languages": ("cy",)})
    db.session.rollback()
    _, english = asked(huw, entry)
    claiming.refuse(english, Bilingual(en="No."), by_id=mair.id)
    assert states() == ["waiting", "refused"]


def test_who_is_refused_reads_why_and_asks_again(nia, entry, mair):
    business, claim = asked(nia, entry)
    claiming.refuse(claim, WHY, by_id=mair.id)
    letter = letters_to(NIA)[-1]
    assert letter.letter == "directory/claim_refused"
    assert (WHY.cy in letter.body, WHY.en in letter.body) == (True, True)
    assert trail.history_of("entry_claim", claim)[-1].reason == WHY.en
    asked(nia, entry, business, "Gweler ein gwefan.")
    assert states() == ["refused", "waiting"]


def test_the_owners_are_told_and_the_one_who_asked_and_no_other_editor(nia, huw, entry, mair):
    business = a_business(nia)
    joined(business, nia, huw, OWNER)
    gwen = a_person("gwen")
    joined(business, nia, gwen)
    _, claim = asked(huw, entry, business)
    claiming.grant(claim, by_id=mair.id)
    told = [letters_to(f"{who}@example.cymru")[-1].letter for who in ("nia", "huw", "gwen")]
    assert told == ["directory/claim_granted", "directory/claim_granted", "businesses/invited"]


# ---- The importer ----


def test_an_entry_that_is_claimed_keeps_its_own_words_and_only_its_day_moves_on(nia, entry, mair):
    claiming.grant(asked(nia, entry)[1], by_id=mair.id)
    record = a_record("Another name", source_id="becws-y-bont", phone="01632 960 999", source_date=date(2026, 12, 1))
    work = importing._Import(SOURCE, importing.Report())
    importing.unit_of_work(work.take)([record])
    found = supplier(entry)
    assert (found.name, found.phone, found.claim, found.source_date) == (
        "Becws y Bont",
        "",
        Claim.CLAIMED,
        date(2026, 12, 1),
    )
    assert (work.report.unchanged, work.report.changed) == (1, 0)


# ---- When somebody goes ----


def test_a_business_that_closes_leaves_its_entry_to_be_claimed_by_others(nia, huw, entry, mair):
    business, claim = asked(nia, entry)
    claiming.grant(claim, by_id=mair.id)
    businesses.close(business, by_id=nia.id)
    found = supplier(entry)
    assert (found.business_id, found.claim, found.is_taken, claims()) == (None, Claim.IMPORTED, False, [])
    asked(huw, entry)
    assert states() == ["waiting"]


def test_what_somebody_wrote_as_evidence_goes_with_their_account_once_it_is_decided(nia, huw, entry, mair, clock):
    business = a_business(nia)
    joined(business, nia, huw, OWNER)
    _, claim = asked(nia, entry, business)
    claiming.grant(claim, by_id=mair.id)
    accounts.ask_to_close(nia.id)
    clock.shift(15 * DAY)
    night.forget_old()
    assert [one.evidence for one in claims()] == [""]
    assert supplier(entry).business_id == business


@pytest.mark.parametrize("is_granted", [True, False])
def test_evidence_that_waited_longer_than_its_writer_goes_when_the_claim_is_decided(
    nia, huw, entry, mair, clock, is_granted
):
    business, claim = asked(nia, entry)
    joined(business, nia, huw, OWNER)
    accounts.ask_to_close(nia.id)
    clock.shift(15 * DAY)
    night.forget_old()
    assert claims()[0].evidence != ""
    if is_granted:
        claiming.grant(claim, by_id=mair.id)
    else:
        claiming.refuse(claim, WHY, by_id=mair.id)
    assert claims()[0].evidence == ""


def test_evidence_of_a_claim_that_was_granted_goes_a_year_later_and_the_claim_stays(nia, entry, mair, clock):
    claiming.grant(asked(nia, entry)[1], by_id=mair.id)
    clock.shift(rules.KEEP_CLAIMS - DAY)
    assert (claiming.forget_old(), claims()[0].evidence) == (0, "Ein henw ni sydd ar y drws.")
    clock.shift(DAY)
    assert [claiming.forget_old(), claiming.forget_old()] == [1, 0]
    assert (claims()[0].evidence, states()) == ("", ["granted"])


def test_the_night_forgets_evidence_of_those_who_have_gone_that_was_decided_since(nia, entry, mair):
    claiming.grant(asked(nia, entry)[1], by_id=mair.id)
    _has_gone(nia.id)
    assert [claiming.forget_old(), claiming.forget_old(), claims()[0].evidence] == [1, 0, ""]


@unit_of_work
def _has_gone(person_id):
    db.session.get_one(Person, person_id).state = PersonState.CLOSED


def test_who_may_decide_no_more_decides_nothing_on_a_page_that_is_still_open(nia, entry, mair):
    claim = asked(nia, entry)[1]
    set_roles(mair, Who.HELPER)
    assert why_not(claiming.grant, claim, by_id=mair.id) == NotNow.NOT_ALLOWED
    assert why_not(claiming.refuse, claim, WHY, by_id=mair.id) == NotNow.NOT_ALLOWED
    assert (states(), supplier(entry).business_id) == (["waiting"], None)


def test_claims_that_came_to_nothing_are_forgotten_after_a_year(nia, huw, entry, mair, clock):
    business, claim = asked(nia, entry)
    claiming.refuse(claim, WHY, by_id=mair.id)
    asked(nia, entry, business)
    clock.shift(364 * DAY)
    assert claiming.forget_old() == 0
    clock.shift(DAY)
    assert (claiming.forget_old(), claiming.forget_old(), states()) == (1, 0, ["waiting"])


# ---- Finding one's entry ----


@pytest.mark.parametrize(
    ("of_entry", "of_business", "is_likely"),
    [
        ({"postcode": "CF37 1AA"}, {"postcode": "CF37 1AA"}, True),
        ({"postcode": "CF37 1AA", "name": "Becws y Bont Cyf"}, {"postcode": "CF37 1AA"}, True),
        ({"postcode": "CF37 1AA", "name": "Becws"}, {"postcode": "CF37 1AA"}, True),
        ({"postcode": "CF37 1AA", "name": "Caffi"}, {"postcode": "CF37 1AA"}, False),
        ({"postcode": "CF44 7AA"}, {"postcode": "CF37 1AA"}, False),
        ({"website": "http://www.becws.cymru/x", "name": "Caffi"}, {"website": "https://becws.cymru"}, True),
        ({"website": "http://notbecws.cymru", "name": "Caffi"}, {"website": "https://becws.cymru"}, False),
        ({}, {}, False),
    ],
)
def test_entries_with_ones_website_or_ones_name_and_postcode_are_likely(nia, of_entry, of_business, is_likely):
    a_supplier(**{"name": "Becws y Bont", "claim": Claim.IMPORTED, **of_entry})
    found = queries.likely_entries(businesses.queries.business(a_business(nia, **of_business)))
    assert bool(found) is is_likely
