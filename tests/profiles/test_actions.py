"""What a business does with its profile: who may, what changes, and what goes with the business."""

import pytest

from c4s.audit.trail import history_of
from c4s.businesses import actions as businesses
from c4s.businesses.rules import BusinessKind
from c4s.businesses.rules import WhyNot as BusinessWhyNot
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import filing
from c4s.directory.models import Claim, JointWork, Picture, Supplier
from c4s.directory.rules import SupplierStatus
from c4s.i18n.languages import speaking
from c4s.moderation import actions as moderation
from c4s.moderation import queries as versions
from c4s.moderation.models import Revision
from c4s.moderation.rules import RevisionState
from c4s.moderation.rules import WhyNot as VersionWhyNot
from c4s.profiles import actions, content, queries, rules
from c4s.profiles.rules import Did, WhyNot
from c4s.search import queries as searching
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, letters_to
from tests.builders import a_supplier
from tests.businesses.builders import a_business, joined
from tests.conftest import at_once
from tests.profiles.builders import WHOLE, again, decided, live, with_parts, written
from tests.refusals import why_not


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def business(nia):
    return a_business(nia, postcode="CF37 1AA", website="https://becws.example.cymru", kind=BusinessKind.SOLE_TRADER)


@pytest.fixture
def entry(business, nia):
    return actions.make(business, by_id=nia.id)


def current(entry):
    return queries.current(again(entry))


def found(words):
    question = searching.Question(filing.KIND, words=words, language="cy", page=1, size=5)
    return [hit.record_id for hit in searching.find(question).hits]


@unit_of_work
def _claimed(supplier_id, business_id):
    supplier = db.session.get_one(Supplier, supplier_id)
    supplier.business_id, supplier.claim = business_id, Claim.CLAIMED


@pytest.fixture
def claimed(business):
    """An entry from a list, which the business has claimed."""
    number = a_supplier("Hen Fecws", claim=Claim.IMPORTED, town="Treorci").id
    _claimed(number, business)
    return number


def test_a_new_entry_begins_with_what_its_business_has_told_and_readers_see_nothing(entry):
    supplier, draft = again(entry), current(entry)
    assert (supplier.status, supplier.has_page, supplier.is_listed) == (SupplierStatus.UNPUBLISHED, False, False)
    told = ("name", "legal_form", "postcode", "website", "serves_in_english")
    assert [draft[name] for name in told] == [
        "Becws y Bont",
        "sole_trader",
        "CF37 1AA",
        "https://becws.example.cymru",
        True,
    ]
    assert found("becws") == []
    assert [one.action for one in history_of("supplier", entry)] == [Did.MADE]


def test_a_business_with_an_entry_makes_no_other(business, entry, nia):
    assert why_not(actions.make, business, by_id=nia.id) == WhyNot.HAS_ONE


def test_two_clicks_at_once_make_one_entry(site, business, nia):
    person_id = nia.id
    db.session.remove()
    made = at_once(site, *[lambda: actions.make(business, by_id=person_id)] * 2)
    assert sorted(isinstance(one, int) for one in made) == [False, True]
    assert db.session.query(Supplier).count() == 1


def test_only_those_who_speak_for_the_business_write(business, entry, nia):
    huw, stranger = a_person("huw"), a_person("gwen")
    joined(business, nia, huw)
    assert actions.save(business, entry, {"town": "Treorci"}, by_id=huw.id)
    for action, facts in ((actions.save, {"values": WHOLE}), (actions.submit, {}), (actions.discard, {})):
        assert why_not(action, business, entry, by_id=stranger.id, **facts) == BusinessWhyNot.NOT_THERE
    assert why_not(actions.make, business, by_id=huw.id) == BusinessWhyNot.NOT_YOURS


def test_nobody_writes_to_the_entry_of_another_business(entry, nia):
    other = a_business(nia, "Siop arall")
    for action, facts in ((actions.save, {"values": WHOLE}), (actions.withdraw, {}), (actions.submit, {})):
        assert why_not(action, other, entry, by_id=nia.id, **facts) == WhyNot.NO_SUCH_ENTRY


def test_what_is_saved_is_a_draft_and_readers_see_what_they_saw(business, claimed, nia):
    before = live(claimed)
    assert actions.save(business, claimed, {"town": "Aberdâr"}, by_id=nia.id)
    assert (live(claimed), current(claimed)["town"]) == (before, "Aberdâr")


def test_saving_what_is_there_already_begins_nothing(business, claimed, nia):
    assert not actions.save(business, claimed, {"town": "Treorci"}, by_id=nia.id)
    assert db.session.query(Revision).count() == 0


def test_what_another_saved_meanwhile_in_other_fields_stays(business, claimed, nia):
    seen = rules.marks(current(claimed), ["town", "phone"])
    actions.save(business, claimed, {"phone": "01443 960 100"}, by_id=nia.id)
    actions.save(business, claimed, {"town": "Aberdâr", "phone": ""}, by_id=nia.id, seen=seen)
    draft = current(claimed)
    assert (draft["town"], draft["phone"]) == ("Aberdâr", "01443 960 100")


def test_what_another_saved_meanwhile_in_the_same_field_is_not_overwritten_unseen(business, claimed, nia):
    seen = rules.marks(current(claimed), ["town"])
    actions.save(business, claimed, {"town": "Aberdâr"}, by_id=nia.id)
    assert (
        why_not(actions.save, business, claimed, {"town": "Porth"}, by_id=nia.id, seen=seen) == WhyNot.SAVED_MEANWHILE
    )
    assert current(claimed)["town"] == "Aberdâr"


def test_what_is_incomplete_is_not_submitted(business, entry, nia):
    assert why_not(actions.submit, business, entry, by_id=nia.id) == VersionWhyNot.INCOMPLETE


def test_what_waits_is_not_changed_until_it_is_withdrawn(business, entry, nia):
    written(business, entry, nia.id)
    actions.submit(business, entry, by_id=nia.id)
    assert why_not(actions.save, business, entry, {"town": "Porth"}, by_id=nia.id) == VersionWhyNot.SUBMITTED
    actions.withdraw(business, entry, by_id=nia.id)
    assert actions.save(business, entry, {"town": "Porth"}, by_id=nia.id)
    assert queries.written(again(entry)).state == RevisionState.DRAFT


def test_what_is_accepted_goes_live_and_is_found(business, entry, nia):
    written(business, entry, nia.id)
    moderation.publish_now(content.NAME, entry, current(entry), by_id=a_person("mair").id)
    assert (again(entry).status, again(entry).town) == (SupplierStatus.ACTIVE, "Pontypridd")
    assert found("becws") == [entry]


def test_to_delete_the_changes_of_a_published_entry_leaves_it(business, claimed, nia):
    actions.save(business, claimed, {"town": "Aberdâr"}, by_id=nia.id)
    assert actions.discard(business, claimed, by_id=nia.id)
    assert current(claimed) == live(claimed)


def test_to_delete_a_new_entry_of_which_nothing_was_published_leaves_nothing(business, entry, nia):
    assert not actions.discard(business, entry, by_id=nia.id)
    assert (db.session.query(Supplier).count(), db.session.query(Revision).count()) == (0, 0)
    assert actions.make(business, by_id=nia.id)


def test_with_a_business_go_the_entry_that_it_made_and_all_its_versions(business, entry, nia):
    written(business, entry, nia.id)
    moderation.publish_now(content.NAME, entry, current(entry), by_id=nia.id)
    partner = a_supplier("Y Parti Arall").id
    with_parts(partner, entry)
    with_parts_of(entry)
    businesses.close(business, by_id=nia.id)
    assert [one.id for one in db.session.query(Supplier)] == [partner]
    assert (db.session.query(Revision).count(), db.session.query(JointWork).count()) == (0, 0)
    assert (found("becws"), db.session.query(Picture).filter_by(supplier_id=entry).count()) == ([], 0)


@unit_of_work
def with_parts_of(supplier_id):
    for number, is_live in ((1, True), (2, False)):
        picture = Picture(
            token=f"of-{supplier_id}-{number}",
            supplier_id=supplier_id,
            role="photo",
            width=1,
            height=1,
            alt=content.Bilingual(),
            is_live=is_live,
            created_at=content.now(),
        )
        db.session.add(picture)


def test_an_entry_that_a_business_claimed_says_again_what_its_list_said_when_the_business_goes(business, claimed, nia):
    before = live(claimed)
    own = {"phone": "07700 900 982", "safeguarding_contact": "Nia 07700 900 982"}
    written(business, claimed, nia.id, **{**WHOLE, **own})
    with_parts_of(claimed)
    picture = {"role": "photo", "alt": {"cy": "Nia", "en": "Nia"}, "position": 1}
    written(business, claimed, nia.id, **{f"picture:of-{claimed}-2": picture})
    actions.submit(business, claimed, by_id=nia.id)
    decided(claimed, a_member_of_staff("gofal", Who.CARE_MODERATOR).id)
    assert live(claimed)["safeguarding_contact"] == "Nia 07700 900 982"
    businesses.close(business, by_id=nia.id)
    assert live(claimed) == before
    supplier = again(claimed)
    assert (supplier.claim, supplier.is_listed, supplier.confirmed_on) == (Claim.IMPORTED, True, None)
    assert (db.session.query(Picture).count(), db.session.query(Revision).count()) == (0, 0)


def test_an_entry_that_a_business_claimed_outlives_it_without_what_nobody_has_read(business, claimed, nia):
    with_parts_of(claimed)
    actions.save(business, claimed, {"town": "Aberdâr"}, by_id=nia.id)
    businesses.close(business, by_id=nia.id)
    supplier = again(claimed)
    assert (supplier.claim, supplier.business_id, supplier.town) == (Claim.IMPORTED, None, "Treorci")
    assert versions.open_revision(content.NAME, claimed) is None
    assert [one.is_live for one in db.session.query(Picture)] == [True]
    assert found("hen fecws") == [claimed]


@pytest.mark.parametrize("spoken", ["cy", "en"])
def test_a_letter_calls_an_entry_as_its_reader_does_whatever_staff_speak(site, spoken):
    entry, mair = a_supplier("Old Bakery", name_cy="Hen Fecws").id, a_member_of_staff("mair", Who.MODERATOR)
    huw = a_person("huw", language_written="en" if spoken == "cy" else "cy")
    _claimed(entry, a_business(huw))
    with speaking(spoken):
        moderation.publish_now(content.NAME, entry, {"phone": "01443 960 222"}, by_id=mair.id)
    [letter] = letters_to(huw.email)
    assert ("Hen Fecws" in letter.body, "Old Bakery" in letter.body) == (spoken == "en", spoken == "cy")
