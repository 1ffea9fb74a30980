"""Mair has only a phone: our staff register her, add her business, claim its entry and sign the code for her."""

import pytest

from c4s.accounts import queries as people
from c4s.accounts.rules import CameBy
from c4s.accounts.rules import Did as Seen
from c4s.audit import trail
from c4s.businesses import queries as businesses
from c4s.businesses.rules import WhyNot as BusinessWhyNot
from c4s.core.db import db
from c4s.directory import claiming
from c4s.directory import phrases as directory
from c4s.directory import queries as entries
from c4s.directory.models import Claim
from c4s.directory.rules import ClaimState, SupplierStatus, WhyNot
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import speaking
from c4s.mail.models import Channel, LetterState
from c4s.on_behalf import phrases
from c4s.on_behalf.rules import Outcome
from c4s.on_behalf.rules import WhyNot as NotForThem
from c4s.quality import queries as code
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, enter, entered, letters_to
from tests.builders import a_supplier
from tests.businesses.builders import a_business, roles
from tests.conftest import said
from tests.directory.builders import changed
from tests.house.every_page import address_of
from tests.on_behalf.builders import EDITOR, letters_of, speaks_for
from tests.profiles.pieces_builders import an_entry
from tests.quality.builders import a_code

pytestmark = pytest.mark.pages

BAKERY = {"business_name": "Becws Mair", "kind": "sole_trader", "postcode": "CF37 1AA"}


@pytest.fixture
def gwen(site):
    return a_member_of_staff("gwen", Who.HELPER)


def words(language, message):
    with speaking(language):
        return str(message)


def of(person, membership=None):
    """The numbers in the addresses of the pages about somebody, and a business of theirs."""
    return {"person_id": person.id, **({"membership_id": membership} if membership else {})}


def test_mair_has_only_a_phone_and_her_business_comes_to_sign_the_code(site, visitor, gwen, language):
    """From the account to the signature by pages alone; another member of staff agrees to the claim."""
    a_code()
    bakery = a_supplier("Becws Mair", claim=Claim.IMPORTED, postcode="CF37 1AA", categories=("food-makers",))
    supplier_id, done = bakery.id, words(language, phrases.OUTCOME[Outcome.DONE])

    # Mair rings, and Gwen opens an account for her.
    enter(visitor, gwen).open(address_of(site, "staff.enter", language))
    visitor.send(
        came_by="phone",
        lane="business",
        name="Mair",
        channel="post",
        postal_address="3 Stryd y Felin\nPontypridd\nCF37 1AA",
        language_written=language,
        language_spoken="cy",
        over_16="y",
        agrees="y",
    )
    [mair] = people.find_people("Mair", most=5).people

    # From the page of the account Gwen adds her business: she owns it.
    visitor.follow(words(language, phrases.BUSINESSES))
    visitor.follow(words(language, phrases.ADD))
    page = visitor.send(came_by="phone", **BAKERY)
    assert (page.h1, done in page.main) == ("Becws Mair", True)
    [claimable] = [text for text in page.links() if text.startswith(words(language, phrases.CLAIM))]

    # The directory has an entry of that name and postcode, from a list. Gwen claims it.
    visitor.follow(claimable)
    page = visitor.send(evidence="Mae ei rhif ffôn ar y drws.", came_by="phone")
    assert done in page.main and words(language, directory.CLAIM_STATE[ClaimState.WAITING]) in page.main
    [claim] = entries.claims_by(mair.id)
    assert (claim.entered_by_id, claim.came_by, claim.supplier_id) == (gwen.id, CameBy.PHONE, supplier_id)

    # Huw of our staff reads how it came to us, and agrees.
    enter(visitor, a_member_of_staff("huw", Who.MODERATOR))
    page = visitor.open(address_of(site, "claim_checks.show", language, claim_id=claim.id))
    assert said(language, "On the phone") in page.main and f"{said(language, 'Account')} {gwen.id}" in page.main
    visitor.send(decision="grant")

    # Gwen goes from Mair's page to the entry, and signs the code for her.
    enter(visitor, gwen).open(address_of(site, "staff.person", language, person_id=mair.id))
    visitor.follow(words(language, phrases.BUSINESSES))
    visitor.follow("Becws Mair")
    visitor.follow(f"{words(language, phrases.TOOL)}: Becws Mair")
    visitor.follow(said(language, "Sign the code of conduct"))
    page = visitor.send(person=str(mair.id), came_by="phone", language="cy", is_agreed="y")
    assert done in page.main
    [signature] = code.signatures(claim.business_id)
    assert (signature.person_id, signature.is_owner) == (mair.id, True)

    # Of each she has a letter on paper, in her language.
    added, claimed, granted, signed = letters_of(people.find_people("Mair", most=5).people[0])
    assert [one.letter for one in (added, claimed, granted, signed)] == [
        *("on_behalf/done", "on_behalf/done", "directory/claim_granted", "on_behalf/done")
    ]
    for one in (added, claimed, granted, signed):
        assert (one.channel, one.state, one.language) == (Channel.POST, LetterState.TO_PRINT, language)
    assert "Becws Mair" in added.body and "CF37 1AA" in added.body
    assert "Mae ei rhif ffôn ar y drws." in claimed.body
    page = visitor.open(address_of(site, "letters.waiting", language))
    assert page.main.count("Mair") >= 5


def test_a_business_like_one_that_is_here_is_added_only_if_it_is_another(site, visitor, gwen, language):
    """What they said goes along, also through a change of language and a change of the details."""
    huw = a_person("huw")
    a_business(huw, "Becws Mair", postcode="CF37 1AA")
    mair = entered("mair", by=gwen)
    enter(visitor, gwen).open(address_of(site, "beginnings.add", language, **of(mair)))
    page = visitor.send(came_by="paper", **BAKERY)
    assert page.h1 == said(language, "This business may be here already")
    assert "huw@example.cymru" not in page.html
    other = {"cy": "en", "en": "cy"}[language]
    assert visitor.say_it_in(other).h1 == said(other, "This business may be here already")
    page = visitor.send(press=("_change", "business_name"))
    assert {name: page.values()[name] for name in BAKERY} == BAKERY and page.values()["came_by"] == "paper"
    visitor.send(came_by="paper", **BAKERY)
    page = visitor.send(press=("_step", "another"))
    assert words(other, phrases.OUTCOME[Outcome.DONE]) in page.main
    [mine] = businesses.memberships_of(mair.id)
    [entry] = [one for one in trail.history_of("business", mine.business_id) if one.action == "business.added"]
    assert (entry.actor, entry.facts["person"], entry.facts["came_by"]) == (f"person:{gwen.id}", mair.id, "paper")
    assert entry.facts["alike"] == ["name_and_postcode"]


def test_nothing_is_added_or_claimed_until_it_is_said_how_the_word_came(site, visitor, gwen, language):
    mair, entry = entered("mair", by=gwen), a_supplier("Becws y Bont", claim=Claim.IMPORTED).id
    enter(visitor, gwen).open(address_of(site, "beginnings.add", language, **of(mair)))
    how = said(language, "Choose how they reached us")
    assert visitor.send(422, **BAKERY).errors == [how]
    assert visitor.send(422, came_by="pigeon").errors[-1] == how
    visitor.send(came_by="phone")
    [mine] = businesses.memberships_of(mair.id)
    visitor.open(address_of(site, "beginnings.claim", language, **of(mair, mine.id), supplier_id=entry))
    wrong = [said(language, "Write how we can tell that it is their business"), how]
    assert visitor.send(422).errors == wrong
    assert entries.claims_by(mair.id) == []


def test_there_is_no_form_for_whoever_can_sign_in_nor_for_ones_own_business(site, visitor, gwen, language):
    mair, huw = entered("mair", by=gwen), a_person("huw")
    theirs, his = a_business(mair, "Becws Mair"), a_business(huw, "Siop Huw")
    entry = a_supplier("Becws y Bont", claim=Claim.IMPORTED).id
    [one], [other] = businesses.memberships_of(mair.id), businesses.memberships_of(huw.id)
    enter(visitor, gwen)
    for endpoint in ("index", "add", "entry", "claim"):
        numbers = of(huw, other.id) if endpoint in ("entry", "claim") else of(huw)
        numbers |= {"supplier_id": entry} if endpoint == "claim" else {}
        page = visitor.open(address_of(site, f"beginnings.{endpoint}", language, **numbers))
        assert (words(language, phrases.CAN_DO_IT) in page.main, page.soup.select("main form")) == (True, [])
    visitor.open(address_of(site, "beginnings.claim", language, **of(mair, one.id), supplier_id=entry))
    speaks_for(theirs, gwen, EDITOR)
    page = visitor.send(409, evidence="Fi.", came_by="phone")
    own = words(language, phrases.WHY_NOT[NotForThem.ONES_OWN])
    assert (own in page.main, page.soup.select("main form")) == (True, [])
    page = visitor.open(address_of(site, "beginnings.entry", language, **of(mair, one.id)))
    assert (own in page.main, page.soup.select("main form")) == (True, [])
    assert (roles(his), entries.waiting_claims()) == ({huw.id: "owner"}, [])


def test_the_numbers_of_two_people_open_nothing_together_and_no_entry_that_readers_do_not_see(site, visitor, gwen):
    mair, huw = entered("mair", by=gwen), a_person("huw")
    a_business(mair), a_business(huw)
    [mine], [his] = businesses.memberships_of(mair.id), businesses.memberships_of(huw.id)
    entry, draft = a_supplier("Becws y Bont", claim=Claim.IMPORTED).id, a_supplier("Drafft").id
    changed(draft, status=SupplierStatus.UNPUBLISHED)
    enter(visitor, gwen)
    for membership, supplier in ((his.id, entry), (404, entry), (mine.id, draft), (mine.id, 404)):
        numbers = {**of(mair, membership), "supplier_id": supplier}
        visitor.open(address_of(site, "beginnings.claim", "cy", **numbers), 404)
    visitor.open(address_of(site, "beginnings.entry", "cy", **of(mair, his.id)), 404)
    visitor.open(address_of(site, "beginnings.index", "cy", person_id=404), 404)
    visitor.open(address_of(site, "beginnings.claim", "cy", **of(mair, mine.id), supplier_id=entry))


def test_an_editor_claims_nothing_through_staff_and_nobody_a_taken_entry(site, visitor, gwen, language):
    huw, mair, elin = a_person("huw"), entered("mair", by=gwen), entered("elin", by=gwen)
    kept = an_entry(huw, "Siop Huw")
    speaks_for(kept[0], elin, EDITOR)
    a_business(mair)
    entry = a_supplier("Becws y Bont", claim=Claim.IMPORTED).id
    [hers], [mine] = businesses.memberships_of(elin.id), businesses.memberships_of(mair.id)
    enter(visitor, gwen).open(address_of(site, "beginnings.claim", language, **of(elin, hers.id), supplier_id=entry))
    for_owners = words(language, phrases.REFUSED[BusinessWhyNot.NOT_YOURS])
    assert visitor.send(422, evidence="Fi.", came_by="phone").errors == [for_owners]
    visitor.open(address_of(site, "beginnings.claim", language, **of(mair, mine.id), supplier_id=kept[1]))
    taken = words(language, phrases.REFUSED[WhyNot.ALREADY_TAKEN])
    assert visitor.send(422, evidence="Fi.", came_by="phone").errors == [taken]


def test_who_looks_at_these_pages_is_in_the_trail(site, visitor, gwen):
    mair = entered("mair", by=gwen)
    enter(visitor, gwen).open(address_of(site, "beginnings.index", "en", **of(mair)))
    db.session.rollback()
    looks = [one.actor for one in trail.history_of("person", mair.id) if one.action == Seen.LOOKED_AT]
    assert set(looks) == {f"person:{gwen.id}"}


def test_mair_lets_elin_in_by_her_number_and_her_name(site, visitor, gwen, language):
    rhian = a_member_of_staff("rhian", Who.HELPER)
    mair, elin, mali = (entered(who, by=by) for who, by in (("mair", gwen), ("elin", rhian), ("mali", gwen)))
    business = a_business(mair, "Becws Mair")
    [mine] = businesses.memberships_of(mair.id)
    enter(visitor, gwen).open(address_of(site, "beginnings.entry", language, **of(mair, mine.id)))
    visitor.follow(words(language, phrases.LET_IN))
    given = {"account": str(elin.id), "person_name": "Elin", "role": "editor", "is_agreed": "y", "came_by": "phone"}
    for left_out, english in (
        ("account", "Enter the number of the account in digits, such as 123"),
        ("person_name", "Enter the name of this person"),
        ("role", "Select what they may do"),
        ("is_agreed", "Tick the box once you have asked this person too"),
        ("came_by", "Choose how they reached us"),
    ):
        page = visitor.open(address_of(site, "beginnings.let_in", language, **of(mair, mine.id)))
        less = {name: value for name, value in given.items() if name != left_out}
        assert visitor.send(422, **less).errors == [said(language, english)]
    page = visitor.send(422, **{**given, "account": "x1"})
    assert page.errors == [said(language, "Enter the number of the account in digits, such as 123")]
    page = visitor.send(422, **{**given, "person_name": "Eleri"})
    assert page.errors == [words(language, phrases.WHY_NOT[NotForThem.NO_SUCH_NEWCOMER])]
    page = visitor.send(422, **{**given, "account": str(mali.id), "person_name": "Mali"})
    assert page.errors == [words(language, phrases.WHY_NOT[NotForThem.REGISTERED_THEM])]
    assert roles(business) == {mair.id: "owner"}
    assert words(language, phrases.OUTCOME[Outcome.DONE]) in visitor.send(**given).main
    assert roles(business) == {mair.id: "owner", elin.id: "editor"}
    visitor.open(address_of(site, "beginnings.let_in", language, **of(mair, mine.id)))
    assert words(language, phrases.OUTCOME[Outcome.WAS_SO]) in visitor.send(**given).main
    visitor.open(address_of(site, "beginnings.let_in", language, **of(mair, mine.id)))
    already = words(language, phrases.REFUSED[BusinessWhyNot.ALREADY_IN])
    assert visitor.send(422, **{**given, "role": "owner"}).errors == [already]


def test_mair_thinks_again_and_gwen_withdraws_her_claim_from_the_page_that_lists_it(site, visitor, gwen, language):
    mair, entry = entered("mair", by=gwen), a_supplier("Becws y Bont", claim=Claim.IMPORTED).id
    business = a_business(mair, "Becws Mair")
    claiming.ask(business, entry, "Mae fy rhif ffôn ar y drws.", by_id=mair.id)
    [mine], [claim] = businesses.memberships_of(mair.id), entries.claims_of(business)
    here = address_of(site, "beginnings.entry", language, **of(mair, mine.id))
    [link] = [
        text
        for text in enter(visitor, gwen).open(here).links()
        if text.startswith(words(language, directory.WITHDRAW.heading))
    ]
    visitor.follow(link)
    assert visitor.send(422).errors == [said(language, "Choose how they reached us")]
    assert entries.waiting_claims(entry)
    page = visitor.send(came_by="phone")
    assert words(language, phrases.OUTCOME[Outcome.DONE]) in page.main
    assert words(language, directory.CLAIM_STATE[ClaimState.WITHDRAWN]) in page.main and link not in page.links()
    assert [one.letter for one in letters_of(mair)] == ["on_behalf/done"]
    page = visitor.open(address_of(site, "beginnings.withdraw", language, **of(mair, mine.id), claim_id=claim.id))
    gone = words(language, directory.WHY_NOT[WhyNot.NOT_WAITING])
    assert (gone in page.main, page.soup.select("main form")) == (True, [])
    for number in (404, claim.id):
        other = entered(f"elin{number}", by=gwen)
        a_business(other, f"Siop {number}")
        [theirs] = businesses.memberships_of(other.id)
        away = address_of(site, "beginnings.withdraw", language, **of(other, theirs.id), claim_id=number)
        visitor.open(away, 404)


def test_a_claim_that_was_refused_to_an_entry_that_is_gone_leads_nowhere(site, visitor, gwen, language):
    mair, entry = entered("mair", by=gwen), a_supplier("Becws y Bont", claim=Claim.IMPORTED).id
    business = a_business(mair, "Becws Mair")
    claiming.ask(business, entry, "Fi.", by_id=mair.id)
    [mine], [claim] = businesses.memberships_of(mair.id), entries.claims_of(business)
    claiming.refuse(claim.id, Bilingual("Na.", "No."), by_id=a_member_of_staff("huw", Who.MODERATOR).id)
    here = address_of(site, "beginnings.entry", language, **of(mair, mine.id))
    again = said(language, "Correct the claim and ask again")
    page = enter(visitor, gwen).open(here)
    assert [text for text in page.links() if text.startswith(again)] != []
    changed(entry, status=SupplierStatus.UNPUBLISHED)
    assert [text for text in visitor.open(here).links() if text.startswith(again)] == []


def test_gwen_lets_elin_in_at_the_word_of_huw_who_has_email(site, visitor, gwen, language):
    """From the page of his account; he makes her an owner himself, if he wants that."""
    huw, elin = a_person("huw"), entered("elin", by=a_member_of_staff("rhian", Who.HELPER))
    business = a_business(huw, "Siop Huw")
    enter(visitor, gwen).open(address_of(site, "staff.person", language, person_id=huw.id))
    page = visitor.follow(words(language, phrases.BUSINESSES))
    assert words(language, phrases.CAN_DO_IT) in page.main
    page = visitor.follow(f"{words(language, phrases.LET_IN)}: Siop Huw")
    assert "role" not in page.values() and page.soup.select("input[name=role]") == []
    given = {"account": str(elin.id), "person_name": "Elin", "is_agreed": "y"}
    assert visitor.send(422, **given).errors == [said(language, "Choose how they reached us")]
    page = visitor.send(came_by="phone", **given)
    assert page.h1 == words(language, phrases.BUSINESSES)
    assert words(language, phrases.OUTCOME[Outcome.LET_IN]) in page.main
    assert roles(business) == {huw.id: "owner", elin.id: "editor"}
    assert "on_behalf/done" in [one.letter for one in letters_to(huw.email)]


def test_what_is_no_business_of_theirs_to_give_is_not_offered_to_whoever_has_email(site, visitor, gwen, language):
    huw, mair = a_person("huw"), entered("mair", by=gwen)
    speaks_for(a_business(mair, "Becws Mair"), huw, EDITOR)
    [his] = businesses.memberships_of(huw.id)
    page = enter(visitor, gwen).open(address_of(site, "beginnings.index", language, **of(huw)))
    assert "Becws Mair" not in page.main
    visitor.open(address_of(site, "beginnings.let_in", language, **of(huw, his.id)))
    speaks_for(his.business_id, gwen, EDITOR)
    page = visitor.send(409, account="1", person_name="Elin", is_agreed="y", came_by="phone")
    assert words(language, phrases.WHY_NOT[NotForThem.ONES_OWN]) in page.main


def test_the_page_of_mair_leads_to_the_letter_that_tells_her_what_was_done(site, visitor, gwen, language):
    """Letters about her business are hers too; those of somebody else at the same door are not."""
    mair = entered("mair", by=gwen)
    entered("mali", by=gwen, address=mair.postal_address)
    enter(visitor, gwen).open(address_of(site, "beginnings.add", language, **of(mair)))
    visitor.send(came_by="phone", **BAKERY)
    visitor.open(address_of(site, "staff.person", language, person_id=mair.id))
    page = visitor.follow(f"{said(language, 'Print the letters that are waiting for them')}: 2")
    assert "Becws Mair" in page.main and "Mali" not in page.main
