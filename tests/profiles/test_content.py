"""What a profile is on its way to readers and back: nothing is lost, added or changed."""

from datetime import date

import pytest

from c4s.core.db import db
from c4s.directory import filing
from c4s.directory.models import Claim, JointWork, Picture, Service
from c4s.directory.rules import JointWorkState, SupplierStatus
from c4s.i18n.languages import speaking
from c4s.profiles import content
from c4s.search import queries as searching
from c4s.taxonomy import queries as taxonomy
from tests.accounts.builders import a_person
from tests.builders import a_supplier, both, postcodes
from tests.businesses.builders import a_business
from tests.profiles.builders import FULL, WHOLE, again, live, with_parts

PUBLISHED = (
    *("name", "name_cy", "sort_name", "summary", "description", "area_id", "address", "town", "postcode"),
    *("home_based", "latitude", "longitude", "serves_in_welsh", "serves_in_english", "size", "legal_form"),
    *("social_enterprise", "micro_enterprise", "website", "phone", "email", "hours", "access_notes", "status"),
    *("claim", "source", "source_id", "source_url", "source_date", "source_digest", "gone_on", "confirmed_on"),
    *("company_number", "charity_number", "team_languages", "wants", "could", "wont", "buys_locally"),
    *("can_take_work", "personal_care", "ciw_number", "ciw_why_none", "safeguarding_contact", "shown"),
    *("taken_down_at", "archived_on", "messages_off_at", "business_id"),
)


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def business(nia):
    return a_business(nia)


def everything(supplier_id):
    """All that a supplier is, but for when it was last changed."""
    supplier = again(supplier_id)
    rows = [
        (one.key, one.position, one.name, one.description, one.price_guide, one.areas, one.capacity, one.capacity_on)
        for one in db.session.query(Service).filter_by(supplier_id=supplier_id).order_by(Service.key)
    ]
    pictures = [
        (one.token, one.is_live, one.alt, one.position)
        for one in db.session.query(Picture).filter_by(supplier_id=supplier_id).order_by(Picture.token)
    ]
    joint = [
        (one.key, one.with_id, one.what, one.year, one.state)
        for one in db.session.query(JointWork).filter_by(supplier_id=supplier_id)
    ]
    links = [sorted(one.code for one in terms) for terms in (supplier.categories, supplier.areas_served)]
    return {name: getattr(supplier, name) for name in PUBLISHED}, rows, pictures, joint, links


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"categories": ("food", "food-makers"), "served": ("aberdare", "pontypridd")},
        {
            "town": "Pontypridd",
            "postcode": "CF37 1AA",
            "latitude": 51.61,
            "longitude": -3.3,
            "website": "http://x.wales",
        },
        {"home_based": True, "town": "Aberdâr", "address": ("1 Stryd Fawr",), "postcode": "CF44 7AA"},
        {"sort_name": "Ban|gor", "micro_enterprise": True, "phone": "+44 1443 960100"},
        {
            "description": both("Un.\n\n\n\nDau.  ", "One."),
            "hours": both("", "9 to 5"),
            "welsh": True,
            "english": False,
        },
    ],
    ids=["bare", "filed", "placed", "home", "odd", "words"],
)
def test_publishing_what_is_published_changes_nothing(site, facts):
    postcodes()
    supplier = a_supplier("Becws y Bont", claim=Claim.IMPORTED, **facts)
    with_parts(supplier.id, a_supplier("Y Parti Arall").id)
    content.showing.renew([supplier.id])
    before = everything(supplier.id)
    content.publish(supplier.id, live(supplier.id), 0)
    assert everything(supplier.id) == before


def test_all_that_is_published_comes_back_as_it_was_written(site, business, nia):
    postcodes()
    supplier = a_supplier("Hen enw", claim=Claim.IMPORTED)
    other = a_supplier("Y Parti Arall")
    with_parts(supplier.id, other.id)
    parts = {name: value for name, value in live(supplier.id).items() if ":" in name}
    assert sorted(parts) == ["joint:j1", "picture:seen-picture", "service:s1"]
    service = {**parts["service:s1"], "position": 2, "category": "food-makers"}
    whole = {**FULL, **parts, "service:s1": service, "service:s2": {**service, "position": 1}}
    content.publish(supplier.id, whole, nia.id)
    assert live(supplier.id) == whole


def test_readers_find_what_was_published_by_its_words_and_its_place(site):
    postcodes()
    supplier = a_supplier("Hen enw")
    content.publish(supplier.id, {**FULL, "address": ["1 Stryd Fawr"]}, 0)
    found = searching.find(searching.Question(filing.KIND, words="priodasau becws bara", language="cy", page=1, size=5))
    hits = searching.find(searching.Question(filing.KIND, words="cacennau", language="cy", page=1, size=5)).hits
    assert [hit.record_id for hit in hits] == [supplier.id], found
    supplier = again(supplier.id)
    assert (supplier.area.code, supplier.latitude, supplier.micro_enterprise) == ("pontypridd", 51.6015, True)


def test_a_home_is_placed_at_the_middle_of_its_area(site):
    postcodes()
    supplier = a_supplier("Hen enw")
    content.publish(supplier.id, {**FULL, "home_based": True, "address": []}, 0)
    supplier, area = again(supplier.id), taxonomy.areas().by_code["pontypridd"]
    assert (supplier.latitude, supplier.longitude) == (area.latitude, area.longitude)
    assert supplier.address == []


def test_room_for_work_is_not_a_part_of_the_profile_and_stays(site):
    supplier = a_supplier("Becws y Bont")
    with_parts(supplier.id, a_supplier("Y Parti Arall").id)
    service = {**live(supplier.id)["service:s1"], "name": {"cy": "Bara", "en": "Bread"}}
    content.publish(supplier.id, {**live(supplier.id), "service:s1": service}, 0)
    found = db.session.query(Service).one()
    assert (found.name.en, found.capacity, found.capacity_on) == ("Bread", "full", date(2026, 11, 1))


def test_what_is_left_out_goes_and_a_picture_is_seen_no_more(site):
    supplier = a_supplier("Becws y Bont")
    with_parts(supplier.id, a_supplier("Y Parti Arall").id)
    content.publish(supplier.id, {name: value for name, value in live(supplier.id).items() if ":" not in name}, 0)
    _, services, pictures, joint, _ = everything(supplier.id)
    assert (services, joint, [one[1] for one in pictures]) == ([], [], [False, False])


def test_a_picture_that_was_accepted_is_seen(site):
    supplier = a_supplier("Becws y Bont")
    with_parts(supplier.id, a_supplier("Y Parti Arall").id)
    picture = {"role": "photo", "alt": {"cy": "Pobydd", "en": "A baker"}, "position": 3}
    content.publish(supplier.id, {**live(supplier.id), "picture:new-picture": picture}, 0)
    assert live(supplier.id)["picture:new-picture"] == picture


def test_joint_work_waits_again_when_its_words_change_and_for_nothing_else(site):
    supplier = a_supplier("Becws y Bont")
    with_parts(supplier.id, a_supplier("Y Parti Arall").id)
    content.publish(supplier.id, {**live(supplier.id), "town": "Aberdâr"}, 0)
    assert db.session.query(JointWork).one().state == JointWorkState.CONFIRMED
    said = {**live(supplier.id)["joint:j1"], "year": 2024}
    content.publish(supplier.id, {**live(supplier.id), "joint:j1": said}, 0)
    assert db.session.query(JointWork).one().state == JointWorkState.WAITING


def test_joint_work_with_an_entry_that_has_gone_is_left_out(site):
    supplier = a_supplier("Becws y Bont")
    said = {"supplier_id": supplier.id + 99, "what": {"cy": "Priodas", "en": ""}, "year": None}
    content.publish(supplier.id, {**live(supplier.id), "joint:j9": said}, 0)
    assert db.session.query(JointWork).count() == 0


def test_words_of_the_business_confirm_its_entry_and_those_of_staff_do_not(site, business, nia):
    supplier_id = a_supplier("Becws y Bont", confirmed_on=date(2025, 1, 2)).id
    _given_to(supplier_id, business)
    content.publish(supplier_id, {**live(supplier_id), "town": "Aberdâr"}, a_person("mair").id)
    assert again(supplier_id).confirmed_on == date(2025, 1, 2)
    content.publish(supplier_id, {**live(supplier_id), "town": "Treorci"}, nia.id)
    assert again(supplier_id).confirmed_on == date(2026, 11, 23)


@content.unit_of_work
def _given_to(supplier_id, business_id, **values):
    supplier = db.session.get_one(content.Supplier, supplier_id)
    supplier.business_id = business_id
    for name, value in values.items():
        setattr(supplier, name, value)


def test_an_entry_that_was_archived_is_listed_again_once_its_business_writes(site, business, nia):
    supplier_id = a_supplier("Becws y Bont").id
    _given_to(supplier_id, business, archived_on=date(2026, 1, 1))
    content.publish(supplier_id, {**live(supplier_id), "town": "Treorci"}, nia.id)
    assert again(supplier_id).is_listed


def test_a_new_entry_has_nothing_published_until_something_is(site, business, nia):
    supplier_id = a_supplier("Becws y Bont").id
    _given_to(supplier_id, business, status=SupplierStatus.UNPUBLISHED)
    assert live(supplier_id) == content.empty()
    content.publish(supplier_id, {**content.empty(), **WHOLE}, nia.id)
    assert (again(supplier_id).status, live(supplier_id)["town"]) == (SupplierStatus.ACTIVE, "Pontypridd")


@pytest.mark.parametrize(
    ("name", "value", "welsh", "english"),
    [
        ("summary", {"cy": "Bara", "en": ""}, "Bara", ""),
        ("town", "Aberdâr", "Aberdâr", "Aberdâr"),
        ("address", ["1 Stryd Fawr", "Y Graig"], "1 Stryd Fawr\nY Graig", "1 Stryd Fawr\nY Graig"),
        ("legal_form", "charity", "Elusen", "Charity"),
        ("legal_form", "", "", ""),
        ("team_languages", ["cy", "pl"], "Cymraeg\nPwyleg", "Welsh\nPolish"),
        ("networks", ["gone"], "gone", "gone"),
        ("town", None, "", ""),
    ],
)
def test_moderators_read_every_value_in_words(site, name, value, welsh, english):
    said = content.say(name, value).words
    assert (said.cy, said.en) == (welsh, english)


def test_moderators_read_a_service_and_joint_work_as_lines(site):
    supplier = a_supplier("Becws y Bont")
    with_parts(supplier.id, a_supplier("Y Parti Arall").id)
    found = live(supplier.id)
    lines = content.say("service:s1", found["service:s1"]).words.en.splitlines()
    assert lines[0] == "Cakes"
    assert "Price guide: From £10" in lines
    joint = content.say("joint:j1", found["joint:j1"]).words.cy.splitlines()
    assert joint[:2] == ["Priodas", "Busnes: Y Parti Arall"]
    with site.test_request_context():
        assert "seen-picture" in content.say("picture:seen-picture", found["picture:seen-picture"]).picture


def test_fields_come_in_the_order_in_which_people_read_and_care_needs_a_right(site):
    supplier = a_supplier("Becws y Bont")
    with_parts(supplier.id, a_supplier("Y Parti Arall").id)
    fields = content.fields(content.empty(), live(supplier.id))
    names = [field.name for field in fields]
    assert names[:6] == ["name", "name_cy", "summary", "description", "categories", "service:s1"]
    assert set(names) == set(live(supplier.id))
    assert {field.name for field in fields if field.right} == set(content.rules.CARE)
    with speaking("en"):
        assert str(fields[5].label) == "Service: Cakes"


def test_a_preview_shows_what_would_be_and_writes_nothing(site, language):
    supplier = a_supplier("Becws y Bont")
    with_parts(supplier.id, a_supplier("Y Parti Arall").id)
    before = everything(supplier.id)
    with site.test_request_context(), speaking(language):
        page = content.preview(supplier.id, {**live(supplier.id), "name": "Becws y Dyfodol", "name_cy": ""})
    assert "Becws y Dyfodol" in page
    assert everything(supplier.id) == before


def test_an_entry_is_called_by_its_name_in_the_language_that_is_spoken(site):
    one, other = a_supplier("Two Chairs", name_cy="Dwy Gadair").id, a_supplier("Becws").id
    for code, expected in (("cy", "Dwy Gadair"), ("en", "Two Chairs")):
        with speaking(code):
            assert content.names([one, other]) == {one: expected, other: "Becws"}
