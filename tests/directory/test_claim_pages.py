"""The pages on which a business claims its entry, and those on which staff check it, in both languages."""

import pytest

from c4s.audit.trail import history_of as history
from c4s.core.db import db
from c4s.directory import claiming, phrases, queries
from c4s.directory.models import Claim
from c4s.directory.rules import Did, WhyNot
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import speaking
from tests.accounts.builders import a_member_of_staff, a_person, enter, letters_to
from tests.builders import a_supplier
from tests.businesses.builders import OWNER, a_business, joined
from tests.conftest import said

pytestmark = pytest.mark.pages

NIA = "nia@example.cymru"
DESK = {"cy": "/cy/staff/hawliadau", "en": "/en/staff/claims"}


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def mair(site):
    return a_member_of_staff("mair")


@pytest.fixture
def entry(site):
    return a_supplier("Becws y Bont", claim=Claim.IMPORTED, postcode="CF37 1AA", town="Pontypridd").id


@pytest.fixture
def business(nia):
    return a_business(nia, postcode="CF37 1AA")


@pytest.fixture
def claim(nia, business, entry):
    claiming.ask(business, entry, "Ein henw ni sydd ar y drws.", by_id=nia.id)
    return queries.claims_of(business)[0].id


def told(language, did):
    with speaking(language):
        return str(phrases.OUTCOME[did])


def why(language, reason):
    with speaking(language):
        return str(phrases.WHY_NOT[reason])


def at(business, page="", language="en"):
    path = {"cy": "/cy/cyfrif/busnesau", "en": "/en/account/businesses"}[language]
    return f"{path}/{business}/{ {'cy': 'cofnod', 'en': 'entry'}[language] }{page}"


def links_of(page):
    """Addresses of the links in the main part of a page."""
    return [str(link["href"]) for link in page.soup.select("main a[href]")]


def test_nia_finds_her_entry_claims_it_and_sees_that_it_waits(visitor, nia, business, entry, language):
    page = enter(visitor, nia).open(at(business, language=language))
    assert "Becws y Bont" in page.links()
    assert at(business, f"/{entry}", language) in links_of(page)
    visitor.open(at(business, f"/{entry}", language))
    assert len(visitor.send(422, evidence="").errors) == 1
    page = visitor.send(evidence="Ein henw ni sydd ar y drws.")
    with speaking(language):
        waits = str(phrases.CLAIM_STATE["waiting"])
    assert (told(language, Did.CLAIMED) in page.main, waits in page.main) == (True, True)
    assert (
        said(language, "We found no entry with your name and postcode, or with your website. Search for the name.")
        not in page.main
    )
    assert at(business, f"/{entry}", language) not in links_of(page)


def test_an_entry_is_found_by_its_name(visitor, nia, entry, language):
    business = a_business(nia, "Rhywbeth arall")
    page = enter(visitor, nia).open(at(business, language=language))
    assert "Becws y Bont" not in page.links()
    page = visitor.open(at(business, "?q=becws", language))
    assert "Becws y Bont" in page.links()


def test_an_entry_that_a_business_keeps_is_not_offered(visitor, nia, business):
    a_supplier("Becws y Bont a’r Porth", claim=Claim.CLAIMED, postcode="CF37 1AA")
    page = enter(visitor, nia).open(at(business))
    assert "Becws y Bont a’r Porth" not in page.main


def test_a_claim_is_withdrawn(visitor, nia, business, claim, language):
    path = {"cy": "/cy/cyfrif/busnesau", "en": "/en/account/businesses"}[language]
    name = {"cy": "hawliadau", "en": "claims"}[language]
    enter(visitor, nia).open(f"{path}/{business}/{name}/{claim}")
    assert told(language, Did.WITHDREW) in visitor.send().main
    assert queries.claims_of(business)[0].state == "withdrawn"


def test_an_editor_sees_the_entry_and_claims_nothing(visitor, nia, business, entry):
    huw = a_person("huw")
    joined(business, nia, huw)
    page = enter(visitor, huw).open(at(business))
    assert ("Becws y Bont" in page.links(), at(business, f"/{entry}") in links_of(page)) == (True, False)


def test_the_public_page_of_an_entry_that_nobody_keeps_leads_to_claiming_it(visitor, nia, business, entry, language):
    page = visitor.open({"cy": f"/cy/cyfeiriadur/{entry}", "en": f"/en/directory/{entry}"}[language])
    link = said(language, "Is this your business? Claim it")
    choose = page.links()[link]
    assert visitor.open(choose).h1 == said(language, "Sign in")
    page = enter(visitor, nia).open(choose)
    assert page.links()["Becws y Bont"] == at(business, f"/{entry}", language)


def test_the_public_page_of_an_entry_that_a_business_keeps_does_not(visitor, nia, entry, claim, mair):
    claiming.grant(claim, by_id=mair.id)
    page = visitor.open(f"/en/directory/{entry}")
    assert ("Is this your business? Claim it" in page.links(), "Not yet claimed" in page.main) == (False, False)
    page = enter(visitor, nia).open(f"/en/account/claim-entry/{entry}")
    assert why("en", WhyNot.ALREADY_TAKEN) in page.main


def test_who_has_no_business_is_led_to_adding_one(visitor, entry, language):
    enter(visitor, a_person("huw"))
    page = visitor.open({"cy": f"/cy/cyfrif/hawlio-cofnod/{entry}", "en": f"/en/account/claim-entry/{entry}"}[language])
    assert said(language, "Add a business") in page.links()


def test_staff_see_both_sides_and_agree(visitor, business, claim, mair, language):
    page = enter(visitor, mair).open(DESK[language])
    assert ("Becws y Bont" in page.main, page.h1) == (True, said(language, "Claims to entries of the directory"))
    page = visitor.open(f"{DESK[language]}/{claim}")
    for part in ("Ein henw ni sydd ar y drws.", "CF37 1AA", "Nia", NIA):
        assert part in page.main
    assert len(visitor.send(422).errors) == 1
    page = visitor.send(decision="grant")
    assert (page.address, told(language, Did.GRANTED) in page.main) == (DESK[language], True)
    assert queries.entries_of(business) != []


def test_staff_refuse_with_a_reason_in_every_language_of_those_who_are_told(visitor, business, claim, mair, language):
    enter(visitor, mair).open(f"{DESK[language]}/{claim}")
    page = visitor.send(422, decision="refuse", words_en="The name is not the same.")
    assert (len(page.errors), page.values()["words_en"]) == (1, "The name is not the same.")
    page = visitor.send(words_cy="Dyw’r enw ddim yr un.")
    assert told(language, Did.REFUSED) in page.main
    assert "Dyw’r enw ddim yr un." in letters_to(NIA)[-1].body


def test_who_was_refused_sees_why_and_corrects_the_claim(visitor, nia, business, entry, claim, mair):
    claiming.refuse(claim, Bilingual("Na.", "The name is not the same."), by_id=mair.id)
    page = enter(visitor, nia).open(at(business))
    assert "The name is not the same." in page.main
    assert at(business, f"/{entry}") in links_of(page)


def test_a_colleague_who_comes_second_is_told_kindly(visitor, claim, mair, language):
    enter(visitor, mair).open(f"{DESK[language]}/{claim}")
    claiming.grant(claim, by_id=a_member_of_staff("elen").id)
    page = visitor.send(409, decision="grant")
    assert (why(language, WhyNot.NOT_WAITING) in page.main, page.soup.select("main form")) == (True, [])


def test_nobody_decides_the_claim_of_their_own_business(visitor, nia, business, claim, mair, language):
    joined(business, nia, mair)
    enter(visitor, mair).open(f"{DESK[language]}/{claim}")
    assert why(language, WhyNot.ONES_OWN) in visitor.send(409, decision="grant").main


def test_every_look_at_a_claim_is_in_the_trail(visitor, claim, mair, site):
    from_before = len(trail_of(claim))
    enter(visitor, mair).open(f"/en/staff/claims/{claim}")
    assert trail_of(claim)[from_before:] == [("claim.looked", f"person:{mair.id}")]


def trail_of(claim):
    return [(one.action, one.actor) for one in history("entry_claim", claim)]


def test_a_claim_that_is_not_there_is_404(visitor, mair):
    enter(visitor, mair)
    for number in (404, 2**40, 2**70):
        assert visitor.ask("GET", f"/en/staff/claims/{number}").status_code == 404


def test_a_claim_waits_on_the_desk_in_the_language_of_who_asked(visitor, claim, mair, language):
    page = enter(visitor, mair).open({"cy": "/cy/staff", "en": "/en/staff"}[language])
    assert f"{DESK[language]}/{claim}" in page.links().values()


def test_a_claim_waits_in_the_language_of_its_letters_and_not_of_the_one_who_asked(visitor, site, entry, mair):
    huw = a_person("huw", language_written="en")
    business = a_business(huw)
    claiming.ask(business, entry, "Look above our door.", by_id=huw.id)
    enter(visitor, mair)
    shown = [visitor.open(DESK["en"]).soup.select("main section dd")[1].text]
    joined(business, huw, a_person("nia"), OWNER)
    shown.append(visitor.open(DESK["en"]).soup.select("main section dd")[1].text)
    assert shown == ["English", "Welsh and English"]


def test_the_list_of_claims_asks_the_same_of_the_database_however_many_wait(visitor, nia, claim, mair, statements):
    enter(visitor, mair)
    numbers = []
    for name in ("Y Gegin Fach", "Siop Sgidiau"):
        huw = a_person(name.split()[0].lower())
        claiming.ask(a_business(huw, name), a_supplier(name, claim=Claim.IMPORTED).id, "Gweler.", by_id=huw.id)
        db.session.expunge_all()
        statements.clear()
        visitor.open(DESK["en"])
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]
