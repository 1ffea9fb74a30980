"""What waits, what was returned and what is hidden is nowhere that a visitor can look; what is published is."""

import pytest

from c4s.core.db import db
from c4s.directory.models import Supplier
from c4s.i18n.bilingual import Bilingual
from c4s.moderation import actions as moderation
from c4s.moderation.rules import Verdict
from c4s.profiles import actions as profiles
from c4s.takedowns import actions as takedowns
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person
from tests.businesses.builders import a_business
from tests.conftest import NOW
from tests.directory.builders import a_network
from tests.house import planted
from tests.takedowns.builders import hidden, kept

pytestmark = pytest.mark.pages


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def mair(site):
    return a_member_of_staff("mair", Who.MODERATOR, Who.CARE_MODERATOR)


def live_entry(nia):
    """An entry that readers see, without a mark."""
    return kept(nia, "Becws y Bont", categories=("creative-design",), town="Pontypridd", phone="01632 960 111")[1]


def new_entry(nia):
    """An entry that nobody has seen yet."""
    db.session.rollback()
    return profiles.make(a_business(nia, "Siop Newydd"), by_id=nia.id)


def draft(entry, nia, mair):
    planted.write(entry, nia)


def submitted(entry, nia, mair):
    planted.submit(entry, nia)


def withdrawn(entry, nia, mair):
    planted.submit(entry, nia)
    moderation.withdraw("profile", entry, by_id=nia.id)


def returned(entry, nia, mair):
    planted.decide(planted.submit(entry, nia), mair, Verdict.RETURNED)


def published(entry, nia, mair):
    planted.decide(planted.submit(entry, nia), mair, Verdict.ACCEPTED)


def planted_in(entry, nia, mair, how):
    planted.with_picture(entry, NOW)
    how(entry, nia, mair)
    assert planted.is_planted(entry)


CONTROL = {
    *("directory.show", "directory.index", "directory.as_csv", "directory.as_json", "directory.category"),
    *("directory.area", "directory.letter", "directory.network", "printing.area", "printing.network", "picture"),
    *("shortlists.show", "shortlists.leaflet", "shortlists.compare", "pages.sitemap_part", "reports.tell"),
    *("open_referral.services", "open_referral.service", "open_data.as_csv"),
}
"""Pages on which what is published is found: each would show what is not, if anything did."""


def test_what_is_published_is_found_wherever_a_visitor_looks(site, visitor, nia, mair):
    entry = live_entry(nia)
    network = a_network(entry)
    planted_in(entry, nia, mair, published)
    assert planted.seen(site, entry, network, planted.services_in_api(visitor)) >= CONTROL


@pytest.mark.parametrize("how", [draft, submitted, withdrawn, returned], ids=lambda how: how.__name__)
def test_what_waits_for_a_live_entry_is_nowhere(site, visitor, nia, mair, how):
    entry = live_entry(nia)
    network = a_network(entry)
    planted_in(entry, nia, mair, how)
    assert planted.seen(site, entry, network, planted.services_in_api(visitor)) == set()


@pytest.mark.parametrize("how", [draft, submitted, returned], ids=lambda how: how.__name__)
def test_an_entry_that_was_never_published_is_nowhere(site, visitor, nia, mair, how):
    entry = new_entry(nia)
    network = a_network(entry)
    planted_in(entry, nia, mair, how)
    assert planted.seen(site, entry, network, planted.services_in_api(visitor)) == set()


def test_a_hidden_entry_is_nowhere_and_is_found_again_when_it_is_shown_again(site, visitor, nia, mair):
    entry = live_entry(nia)
    network = a_network(entry)
    planted_in(entry, nia, mair, published)
    uuids = planted.services_in_api(visitor)
    assert uuids
    hidden(entry, mair)
    assert planted.seen(site, entry, network, uuids) == set()
    for address in (f"/cy/cyfeiriadur/{entry}", f"/en/directory/{entry}"):
        assert visitor.ask("GET", address).status_code == 410
    takedowns.restore(entry, Bilingual("Yn iawn.", "All right."), by_id=mair.id)
    assert planted.seen(site, entry, network, uuids) >= CONTROL


def test_the_mark_is_in_every_text_of_a_profile(site, nia, mair):
    """A field that is added one day is planted too, or this says so."""
    from_form = {
        *("legal_form", "size", "company_number", "charity_number", "social_enterprise", "team_languages"),
        *("home_based", "serves_in_english", "ciw_why_none", "networks"),
    }
    entry = live_entry(nia)
    live = planted.KIND.live(entry)
    assert set(live) - set(planted.content()) == from_form
    assert db.session.get_one(Supplier, entry).name == "Becws y Bont"
