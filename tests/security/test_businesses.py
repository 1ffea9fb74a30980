"""Businesses: nobody sees or changes one that they do not speak for, whatever they ask and send."""

import pytest

from c4s.accounts import queries
from c4s.businesses import actions
from c4s.core.db import Base, db
from c4s.directory import claiming
from c4s.directory import queries as entries
from c4s.directory.models import Claim
from tests.accounts.builders import a_member_of_staff, a_person, enter, letters_to, link_to
from tests.builders import a_supplier
from tests.businesses.builders import EDITOR, a_business, invitations, joined, roles
from tests.house.every_page import address_of

pytestmark = pytest.mark.pages

FOR_OWNERS = {
    "businesses.invite": {"email": "mallory@example.cymru", "role": "owner"},
    "businesses.member": {"role": "editor"},
    "businesses.take_back": {},
    "businesses.hand_over": {"person": "1"},
    "businesses.close": {},
    "claims.claim": {"evidence": "Mine."},
    "claims.withdraw": {},
}
FOR_MEMBERS = {
    "businesses.show": {},
    "businesses.details": {"business_name": "Mine now", "kind": "business"},
    "businesses.leave": {},
    "claims.entry": {},
}
"""Every page with a business in its address, and what somebody would send to it."""
ONLY_READ = ("businesses.show", "claims.entry")


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def huw(site):
    return a_person("huw")


@pytest.fixture
def places(nia):
    """Nia’s business, with an invitation, a claim, and an entry that may be claimed."""
    business = a_business(nia)
    actions.invite(business, "elin@example.cymru", EDITOR, by_id=nia.id)
    claimed, free = (a_supplier(name, claim=Claim.IMPORTED).id for name in ("Becws", "Caffi"))
    claiming.ask(business, claimed, "Ein henw ni.", by_id=nia.id)
    return {
        "business_id": business,
        "person_id": nia.id,
        "invitation_id": invitations(business)[0].id,
        "claim_id": entries.claims_of(business)[0].id,
        "supplier_id": free,
    }


def address(site, endpoint, places, **changed):
    """A page of the business; values that its address has no place for are left out."""
    wanted = next(rule.arguments for rule in site.url_map.iter_rules() if rule.endpoint == endpoint)
    values = {name: value for name, value in {**places, **changed}.items() if name in wanted}
    return address_of(site, endpoint, "en", **values)


def everything():
    """All that the database has of businesses, claims and letters."""
    db.session.rollback()
    tables = ("business", "membership", "invitation", "entry_claim", "outgoing_letter", "supplier")
    return {name: [tuple(row) for row in db.session.execute(Base.metadata.tables[name].select())] for name in tables}


def post(visitor, page, sent):
    """Send a form with a token that is right, as a page that was open before would."""
    visitor.open("/en/account/details")
    token = visitor.page.values()["csrf_token"]
    return visitor.ask("POST", page, data={"csrf_token": token, **sent})


def test_every_page_about_a_business_itself_is_in_these_tables(site):
    """What is about its entry is tried in ``tests/house/test_two_tenants.py``, with everything else of a business."""
    found = {rule.endpoint for rule in site.url_map.iter_rules() if "business_id" in rule.arguments}
    assert {one for one in found if one.startswith(("businesses.", "claims."))} == {*FOR_OWNERS, *FOR_MEMBERS}


@pytest.mark.parametrize("endpoint", [*FOR_OWNERS, *FOR_MEMBERS])
def test_a_business_of_others_is_the_same_404_as_one_that_is_not_there(visitor, places, huw, endpoint):
    before = everything()
    enter(visitor, huw)
    sent = {**FOR_OWNERS, **FOR_MEMBERS}[endpoint]
    no_post = 405 if endpoint in ONLY_READ else 404
    for number in (places["business_id"], 404, 2**40, 2**70):
        page = address(visitor.site, endpoint, places, business_id=number)
        assert (visitor.ask("GET", page).status_code, post(visitor, page, sent).status_code) == (404, no_post)
    assert everything() == before


@pytest.mark.parametrize("endpoint", [*FOR_OWNERS, *FOR_MEMBERS])
def test_no_role_of_staff_opens_a_business(visitor, places, endpoint):
    enter(visitor, a_member_of_staff("mair"))
    assert visitor.ask("GET", address(visitor.site, endpoint, places)).status_code == 404


@pytest.mark.parametrize("endpoint", FOR_OWNERS)
def test_an_editor_may_not_open_or_send_the_pages_of_an_owner(visitor, places, nia, huw, endpoint):
    joined(places["business_id"], nia, huw)
    before = everything()
    enter(visitor, huw)
    page = address(visitor.site, endpoint, places)
    assert (visitor.ask("GET", page).status_code, post(visitor, page, FOR_OWNERS[endpoint]).status_code) == (403, 403)
    assert everything() == before


def test_somebody_who_was_removed_gets_nothing_from_a_page_that_is_still_open(visitor, places, nia, huw):
    business = places["business_id"]
    joined(business, nia, huw)
    enter(visitor, huw).open(address(visitor.site, "businesses.details", places))
    actions.remove(business, huw.id, by_id=nia.id)
    before = everything()
    visitor.send(404, business_name="Mine now")
    assert everything() == before


@pytest.mark.parametrize("endpoint", ["businesses.member", "businesses.take_back", "claims.withdraw"])
def test_what_is_anothers_is_not_reached_through_ones_own_business(visitor, places, huw, endpoint):
    his = a_business(huw, "Siop Huw")
    before = everything()
    enter(visitor, huw)
    page = address(visitor.site, endpoint, places, business_id=his)
    sent = {**FOR_OWNERS[endpoint], "_act": "remove"}
    assert (visitor.ask("GET", page).status_code, post(visitor, page, sent).status_code) == (404, 404)
    assert everything() == before


def test_an_invitation_to_another_address_is_refused(visitor, places, huw):
    link = link_to("elin@example.cymru")
    enter(visitor, huw)
    assert (visitor.ask("GET", link).status_code, post(visitor, link, {}).status_code) == (410, 410)
    assert huw.id not in roles(places["business_id"])


def test_a_replayed_invitation_is_refused(visitor, places, nia, huw):
    joined(places["business_id"], nia, huw)
    link = link_to("huw@example.cymru")
    actions.leave(places["business_id"], by_id=huw.id)
    enter(visitor, huw)
    assert (visitor.ask("GET", link).status_code, post(visitor, link, {}).status_code) == (410, 410)
    assert huw.id not in roles(places["business_id"])


def test_the_link_of_an_invitation_is_good_for_nothing_else(visitor, places):
    token = link_to("elin@example.cymru").rpartition("/")[2]
    for page in ("account/prove", "sign-in/link", "account/email"):
        assert visitor.ask("GET", f"/en/{page}/{token}").status_code == 410


def test_nobody_gives_themselves_more_than_a_form_has_boxes_for(visitor, nia, huw):
    business = a_business(nia)
    joined(business, nia, huw)
    enter(visitor, huw)
    page = f"/en/account/businesses/{business}/details"
    sent = {"role": "owner", "owner": str(huw.id), "person_id": str(huw.id), "business_id": "1", "turn": "9", "id": "9"}
    assert post(visitor, page, {"business_name": "Becws", "kind": "business", **sent}).status_code == 303
    assert roles(business) == {nia.id: "owner", huw.id: "editor"}


def test_an_invitation_is_for_the_role_that_its_letter_says(visitor, nia, huw):
    business = a_business(nia)
    actions.invite(business, "huw@example.cymru", EDITOR, by_id=nia.id)
    enter(visitor, huw).open(link_to("huw@example.cymru"))
    visitor.send(role="owner", business_id="2", person_id=str(nia.id))
    assert roles(business) == {nia.id: "owner", huw.id: "editor"}


def test_a_role_that_does_not_exist_is_no_role(visitor, nia):
    business = a_business(nia)
    enter(visitor, nia).open(f"/en/account/businesses/{business}/invite")
    assert len(visitor.send(422, their_email="x@example.cymru", role="administrator").errors) == 1
    assert letters_to("x@example.cymru") == []


def test_a_business_is_handed_over_only_by_who_has_just_shown_who_they_are(visitor, nia, huw, clock):
    business = a_business(nia)
    joined(business, nia, huw)
    enter(visitor, nia)
    clock.shift(6 * 60)
    for page in ("hand-over", "close"):
        response = visitor.ask("GET", f"/en/account/businesses/{business}/{page}")
        assert (response.status_code, "/en/account/confirm" in response.headers["Location"]) == (303, True)


def test_a_claim_is_decided_by_staff_who_check_claims_and_by_nobody_else(visitor, places, nia):
    page = f"/en/staff/claims/{places['claim_id']}"
    enter(visitor, nia)
    assert (visitor.ask("GET", page).status_code, post(visitor, page, {"decision": "grant"}).status_code) == (403, 403)
    assert visitor.ask("GET", "/en/staff/claims").status_code == 403
    assert queries.person_by_email("nia@example.cymru").roles == frozenset()
    assert entries.claims_of(places["business_id"])[0].state == "waiting"
