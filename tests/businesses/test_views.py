"""The pages of businesses, as people go through them, in both languages."""

import pytest

from c4s.accounts import actions as accounts
from c4s.accounts import data
from c4s.accounts.rules import Lane
from c4s.businesses import actions, phrases
from c4s.businesses.models import Business
from c4s.businesses.rules import Did, WhyNot
from c4s.core.db import db
from c4s.i18n.languages import speaking
from tests.accounts.builders import a_person, enter, letters_to, link_to, registered, token_to
from tests.businesses.builders import (
    EDITOR,
    OWNER,
    a_business,
    invitations,
    joined,
    number_of_businesses,
    roles,
)
from tests.conftest import said
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

NIA, HUW = "nia@example.cymru", "huw@example.cymru"
MINE = {"cy": "/cy/cyfrif/busnesau", "en": "/en/account/businesses"}
NEW = {"cy": "/cy/cyfrif/busnesau/newydd", "en": "/en/account/businesses/new"}
DETAILS = {"business_name": "Becws y Bont", "kind": "business"}


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def huw(site):
    return a_person("huw")


def told(language, did):
    with speaking(language):
        return str(phrases.OUTCOME[did])


def at(business, page="", language="en"):
    return f"{MINE[language]}/{business}{page}"


# ---- Registering as a business ----


@pytest.mark.parametrize(
    ("lane", "paths", "leads_to"),
    [
        (Lane.RESIDENT, {"cy": "preswylydd", "en": "resident"}, {"cy": "/cy/cyfrif", "en": "/en/account"}),
        (Lane.BUSINESS, {"cy": "busnes", "en": "business"}, NEW),
        (
            Lane.PUBLIC_BODY,
            {"cy": "corff-cyhoeddus", "en": "public-body"},
            {"cy": "/cy/cyfrif/prynwr", "en": "/en/account/buyer"},
        ),
    ],
)
def test_each_lane_asks_who_somebody_is_and_the_rest_once_the_address_is_proved(
    visitor, language, lane, paths, leads_to
):
    address = {"cy": "/cy/cofrestru", "en": "/en/register"}[language]
    page = visitor.open(address)
    assert f"{address}/{paths[language]}" in page.links().values()
    visitor.open(f"{address}/{paths[language]}")
    visitor.send(name="Siân", email="sian@example.cymru", language_written=language, language_spoken="cy", over_16="y")
    visitor.open(link_to("sian@example.cymru", language))
    page = visitor.send()
    assert page.address.partition("?")[0] == leads_to[language]
    assert accounts.queries.person_by_email("sian@example.cymru").lane == lane


def test_the_lane_is_the_one_of_the_page_and_not_what_somebody_sends(visitor):
    visitor.open("/en/register/resident")
    visitor.send(
        name="Siân",
        email="sian@example.cymru",
        language_written="cy",
        language_spoken="cy",
        over_16="y",
        lane="public_body",
        is_buyer="1",
        state="active",
    )
    found = accounts.queries.person_by_email("sian@example.cymru")
    assert (found.lane, found.is_buyer, found.state) == (Lane.RESIDENT, False, "unproved")


def test_who_registers_again_in_another_lane_is_what_was_said_last(site):
    registered("nia")
    registered("nia", lane=Lane.BUSINESS)
    assert accounts.queries.person_by_email(NIA).lane == Lane.BUSINESS


# ---- Adding ----


def test_nia_adds_a_business_and_sees_it(visitor, nia, language):
    enter(visitor, nia).open(MINE[language])
    page = visitor.follow(said(language, "Add a business"))
    assert page.address == NEW[language]
    page = visitor.send(**DETAILS, company_number="1234567", postcode="cf371aa", website="becws.cymru")
    assert (page.h1, told(language, Did.ADDED) in page.main) == ("Becws y Bont", True)
    for part in ("01234567", "CF37 1AA", "https://becws.cymru", "Nia", NIA):
        assert part in page.main
    assert "Becws y Bont" in visitor.open(MINE[language]).links()


def test_what_is_wrong_is_said_beside_its_box_and_nothing_is_lost(visitor, nia, language):
    enter(visitor, nia).open(NEW[language])
    typed = {"company_number": "12", "charity_number": "x", "postcode": "CF", "website": "becws"}
    page = visitor.send(422, business_name="", **typed)
    assert len(page.errors) == 6
    assert {name: page.values()[name] for name in typed} == typed
    assert number_of_businesses() == 0


def test_a_business_alike_is_asked_about_without_a_word_of_who_has_it(visitor, nia, huw, language):
    a_business(huw, "Enw Cudd", website="https://becws.cymru")
    enter(visitor, nia).open(NEW[language])
    page = visitor.send(**DETAILS, website="www.becws.cymru")
    assert page.h1 == said(language, "This business may be here already")
    assert [hidden for hidden in ("Huw", HUW, "Enw Cudd") if hidden in page.html] == []
    assert number_of_businesses() == 1
    page = visitor.send(press=("_step", "ask"))
    assert (page.address, told(language, Did.ASKED_TO_JOIN) in page.main) == (MINE[language], True)
    assert (letters_to(HUW)[-1].letter, number_of_businesses()) == ("businesses/may_i_join", 1)


def test_another_business_alike_is_added_when_somebody_says_so(visitor, nia, huw):
    a_business(huw, website="https://becws.cymru")
    enter(visitor, nia).open(NEW["en"])
    visitor.send(**DETAILS, website="www.becws.cymru")
    page = visitor.send(press=("_step", "another"))
    assert (page.h1, number_of_businesses()) == ("Becws y Bont", 2)


def test_the_question_is_asked_in_the_other_language_and_nothing_is_lost(visitor, nia, huw):
    a_business(huw, website="https://becws.cymru")
    enter(visitor, nia).open(NEW["en"])
    visitor.send(**DETAILS, website="www.becws.cymru")
    page = visitor.send(press=("_language", "cy"))
    assert (page.address, page.h1) == (NEW["cy"], said("cy", "This business may be here already"))
    assert page.values()["business_name"] == "Becws y Bont"
    assert number_of_businesses() == 1


def test_the_answers_can_be_changed_after_the_question(visitor, nia, huw):
    a_business(huw, website="https://becws.cymru")
    enter(visitor, nia).open(NEW["en"])
    visitor.send(**DETAILS, website="www.becws.cymru")
    page = visitor.send(press=("_change", "business_name"))
    assert (page.h1, page.values()["business_name"]) == ("Add a business", "Becws y Bont")


# ---- Looking after it ----


def test_an_owner_changes_the_details(visitor, nia, language):
    business = a_business(nia)
    enter(visitor, nia).open(at(business, {"cy": "/manylion", "en": "/details"}[language], language))
    page = visitor.send(business_name="Becws Newydd")
    assert (page.h1, told(language, Did.CHANGED_DETAILS) in page.main) == ("Becws Newydd", True)


def test_an_owner_invites_and_the_invited_accepts(site, visitor, nia, huw, language):
    business = a_business(nia)
    enter(visitor, nia).open(at(business, language=language))
    page = visitor.follow(said(language, "Invite somebody"))
    assert said(language, "If they have no email, phone us. Our staff ask them too, and let them in at your word.") in (
        page.main
    )
    page = visitor.send(their_email=HUW, role="editor")
    assert (HUW in page.main, told(language, Did.INVITED) in page.main) == (True, True)
    other = enter(Visitor(site), huw)
    page = other.open(link_to(HUW, language))
    assert ("Becws y Bont" in page.main, roles(business)) == (True, {nia.id: "owner"})
    page = other.send()
    assert (page.h1, told(language, Did.JOINED) in page.main) == ("Becws y Bont", True)
    assert roles(business) == {nia.id: "owner", huw.id: "editor"}
    assert said(language, "Invite somebody") not in page.links()


def test_somebody_without_an_account_registers_and_comes_back_by_the_link(visitor, nia):
    business = a_business(nia)
    actions.invite(business, HUW, EDITOR, by_id=nia.id)
    link = link_to(HUW)
    assert visitor.open(link).h1 == "Sign in"
    person = a_person("huw")
    enter(visitor, person).open(link)
    visitor.send()
    assert roles(business)[person.id] == "editor"


def test_an_invitation_to_another_address_looks_like_one_that_is_not_there(site, visitor, nia, huw):
    business = a_business(nia)
    actions.invite(business, HUW, EDITOR, by_id=nia.id)
    enter(visitor, a_person("mair"))
    answers = [visitor.open(address, 410).main for address in (link_to(HUW), "/en/account/invitation/made-up")]
    assert answers[0] == answers[1]
    assert "Becws" not in answers[0]


def test_a_name_that_strangers_would_be_sent_as_a_link_is_refused_and_stays_in_its_box(visitor, nia, language):
    enter(visitor, nia).open(NEW[language])
    page = visitor.send(422, business_name="Gwobr: www.example.cymru", kind="business")
    sentence = "Enter the name without a web address or an email address"
    assert (said(language, sentence) in page.main, page.values()["business_name"]) == (
        True,
        "Gwobr: www.example.cymru",
    )
    assert number_of_businesses() == 0


def test_an_invitation_is_taken_back_from_its_page(visitor, nia, language):
    business = a_business(nia)
    actions.invite(business, HUW, EDITOR, by_id=nia.id)
    enter(visitor, nia)
    path = {"cy": "/gwahoddiadau", "en": "/invitations"}[language]
    visitor.open(at(business, f"{path}/{invitations(business)[0].id}", language))
    page = visitor.send()
    assert (told(language, Did.TOOK_INVITATION_BACK) in page.main, invitations(business)) == (True, [])


def test_an_owner_changes_a_role_and_removes_somebody(visitor, nia, huw, language):
    business = a_business(nia)
    joined(business, nia, huw)
    page = at(business, {"cy": f"/pobl/{huw.id}", "en": f"/people/{huw.id}"}[language], language)
    enter(visitor, nia).open(page)
    assert told(language, Did.CHANGED_ROLE) in visitor.send(role="owner").main
    assert roles(business)[huw.id] == "owner"
    visitor.open(page)
    assert told(language, Did.REMOVED) in visitor.send(_act="remove").main
    assert roles(business) == {nia.id: "owner"}


def test_the_last_owner_is_told_why_they_cannot_step_down_or_leave(visitor, nia, huw, language):
    business = a_business(nia)
    joined(business, nia, huw)
    with speaking(language):
        why = str(phrases.WHY_NOT[WhyNot.LAST_OWNER])
    enter(visitor, nia)
    visitor.open(at(business, {"cy": f"/pobl/{nia.id}", "en": f"/people/{nia.id}"}[language], language))
    assert visitor.send(422, role="editor").errors == [why]
    visitor.open(at(business, {"cy": "/gadael", "en": "/leave"}[language], language))
    assert visitor.send(422).errors == [why]
    assert roles(business)[nia.id] == "owner"


def test_an_editor_leaves(visitor, nia, huw, language):
    business = a_business(nia)
    joined(business, nia, huw)
    enter(visitor, huw).open(at(business, {"cy": "/gadael", "en": "/leave"}[language], language))
    page = visitor.send()
    assert (page.address, told(language, Did.LEFT) in page.main) == (MINE[language], True)
    assert roles(business) == {nia.id: "owner"}


def test_an_owner_hands_the_business_over(visitor, nia, huw, language):
    business = a_business(nia)
    joined(business, nia, huw)
    enter(visitor, nia).open(at(business, {"cy": "/trosglwyddo", "en": "/hand-over"}[language], language))
    assert len(visitor.send(422).errors) == 1
    page = visitor.send(person=str(huw.id))
    assert told(language, Did.HANDED_OVER) in page.main
    assert roles(business) == {nia.id: "editor", huw.id: "owner"}


def test_a_business_with_one_person_is_handed_to_nobody_before_they_are_invited(visitor, nia, language):
    business = a_business(nia)
    enter(visitor, nia).open(at(business, {"cy": "/trosglwyddo", "en": "/hand-over"}[language], language))
    assert said(language, "Invite somebody") in visitor.page.links()


def test_an_owner_takes_the_business_off_the_site(visitor, nia, language):
    business = a_business(nia)
    enter(visitor, nia).open(at(business, {"cy": "/cau", "en": "/close"}[language], language))
    page = visitor.send()
    assert (page.address, told(language, Did.CLOSED) in page.main, number_of_businesses()) == (MINE[language], True, 0)


def test_the_page_for_closing_an_account_says_what_must_be_handed_over_first_and_what_goes(visitor, nia, huw, language):
    alone, shared = a_business(nia, "Siop Nia"), a_business(nia, "Becws Pawb")
    joined(shared, nia, huw)
    close = {"cy": "/cy/cyfrif/cau", "en": "/en/account/close"}[language]
    page = enter(visitor, nia).open(close)
    assert (page.links()["Becws Pawb"], "Siop Nia" in page.main) == (at(shared, language=language), False)
    assert said(language, "Close your account") not in [str(one) for one in page.soup.select("main button")]
    actions.hand_over(shared, huw.id, by_id=nia.id)
    page = visitor.open(close)
    assert page.links()["Siop Nia"] == at(alone, language=language)
    visitor.send()
    assert accounts.queries.person_by_email(NIA).closing_at is not None


def test_a_page_of_a_business_asks_the_database_as_often_for_many_people_as_for_few(visitor, nia, statements):
    business = a_business(nia)
    numbers = []
    for more in ((), ("p1", "p2", "p3", "p4")):
        for who in more:
            joined(business, nia, a_person(who))
        enter(visitor, nia)
        visitor.open(at(business))
        statements.clear()
        visitor.open(at(business))
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


def test_nothing_of_a_business_is_in_a_public_page(visitor, nia):
    a_business(nia, "Enw Cudd")
    for address in ("/en/directory", "/en/directory?q=cudd", "/en/"):
        assert "Enw Cudd" not in visitor.open(address).html.replace("q=cudd", "")


def test_my_data_has_my_businesses_and_what_i_am_invited_to_and_nothing_of_others(site, nia, huw):
    mine, his = a_business(nia, "Siop Nia", website="https://nia.cymru"), a_business(huw, "Siop Huw")
    actions.invite(his, NIA, OWNER, by_id=huw.id)
    actions.invite(mine, "dirgel@example.cymru", EDITOR, by_id=nia.id)
    from_data = accounts_data(nia)
    assert [one["name"] for one in from_data["businesses"]] == ["Siop Nia"]
    assert [one["business"] for one in from_data["invitations"]] == ["Siop Huw"]
    assert [hidden for hidden in ("dirgel@", HUW, token_to(NIA)) if hidden in str(from_data)] == []


def accounts_data(person):
    db.session.rollback()
    return data.as_json(db.session.merge(person))


def test_the_name_of_a_business_is_only_text(visitor, nia):
    business = a_business(nia, '<img src=x onerror="x">')
    page = enter(visitor, nia).open(at(business))
    assert page.soup.select("main img") == []
    assert db.session.get_one(Business, business).name == page.h1
