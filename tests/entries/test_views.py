"""The pages of staff about entries and networks, in both languages."""

import pytest

from c4s.entries import phrases
from c4s.entries.rules import Did, Standing
from c4s.i18n.languages import speaking
from c4s.moderation import actions as moderation
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, enter
from tests.builders import a_supplier
from tests.conftest import said
from tests.entries.builders import ABOUT, NAME, a_network, again, one_of_each, put_in
from tests.house.every_page import address_of
from tests.takedowns.builders import hidden, kept

pytestmark = pytest.mark.pages


@pytest.fixture
def mair(site):
    return a_member_of_staff("mair")


@pytest.fixture
def sioned(site):
    return a_member_of_staff("sioned", Who.EDITOR)


def words(language, table, member):
    with speaking(language):
        return str(table[member])


def one(visitor, language, supplier_id):
    return address_of(visitor.site, "entries.show", language, supplier_id=supplier_id)


def test_any_entry_is_found_from_the_desk_and_narrowed_down_by_its_state(visitor, language, mair):
    one_of_each()
    enter(visitor, mair).open(address_of(visitor.site, "backoffice.desk", language))
    page = visitor.follow(said(language, "Entries"))
    for standing in Standing:
        page = visitor.open(f"{page.address.partition('?')[0]}?standing={standing.value}&q=siop")
        [heading] = [tag.get_text(strip=True) for tag in page.soup.select("main section h2")]
        assert heading.startswith(f"Siop {standing.value}")
        assert words(language, phrases.STANDING, standing) in page.main


def test_a_state_that_there_is_not_narrows_nothing(visitor, mair):
    a_supplier("Siop y Felin")
    page = enter(visitor, mair).open("/en/staff/entries?standing=nothing&page=0&q=%00")
    assert "Siop y Felin" in page.main


def test_an_entry_that_readers_see_nothing_of_has_a_page_for_staff(visitor, language, mair):
    for standing, number in one_of_each().items():
        page = enter(visitor, mair).open(one(visitor, language, number))
        assert words(language, phrases.STANDING, standing) in page.main
        leads_out = said(language, "The entry as readers see it") in page.links()
        assert leads_out == (standing not in (Standing.UNPUBLISHED, Standing.TAKEN_DOWN))


def test_the_page_says_what_is_live_who_speaks_for_it_and_what_was_done(visitor, language, mair):
    _, supplier_id = kept(a_person("nia", name="Nia Prys"), phone="01632 960 111")
    change = {"summary": {"cy": "Bara newydd.", "en": "New bread."}}
    moderation.publish_now("profile", supplier_id, change, by_id=mair.id, reason="Sillafu.")
    hidden(supplier_id, mair)
    versions = said(language, "Every version, and who decided on it")
    assert versions not in enter(visitor, mair).open(one(visitor, language, a_supplier("Siop arall").id)).links()
    page = visitor.open(one(visitor, language, supplier_id))
    assert visitor.ask("GET", page.links()[versions]).status_code == 200
    assert all(here in page.main for here in ("Bara newydd.", "New bread.", "01632 960 111", "Sillafu."))
    assert any("Nia Prys" in link for link in page.links())
    done = [item.get_text() for item in page.soup.select("main ul li")]
    assert any(said(language, "Hid an entry from readers") in item for item in done)


def test_who_may_not_find_people_sees_the_business_and_none_of_its_people(visitor, sioned):
    _, supplier_id = kept(a_person("nia", name="Nia Prys"))
    page = enter(visitor, sioned).open(one(visitor, "en", supplier_id))
    assert ("Becws y Bont" in page.main, "Nia Prys" in page.html) == (True, False)


def test_each_member_of_staff_sees_the_ways_that_they_have_a_right_to(visitor, language, mair, sioned):
    supplier_id = a_supplier().id
    hide = said(language, "Hide or show")
    assert hide in enter(visitor, mair).open(one(visitor, language, supplier_id)).links()
    assert hide not in enter(visitor, sioned).open(one(visitor, language, supplier_id)).links()


def test_an_entry_that_is_not_there_has_no_page(visitor, mair):
    enter(visitor, mair)
    for number in (99, 10**12):
        assert visitor.ask("GET", f"/en/staff/entries/{number}").status_code == 404


# ---- Networks ----


def test_sioned_names_a_network_in_both_languages(visitor, language, sioned):
    enter(visitor, sioned).open(address_of(visitor.site, "networks.index_of_networks", language))
    visitor.follow(said(language, "Name a network"))
    assert len(visitor.send(422).errors) == 4
    assert len(visitor.send(422, name_cy=NAME.cy, about_cy=ABOUT.cy).errors) == 2
    page = visitor.send(name_cy=NAME.cy, name_en=NAME.en, about_cy=ABOUT.cy, about_en=ABOUT.en)
    assert words(language, phrases.OUTCOME, Did.NAMED) in page.main
    assert {"cy": NAME.cy, "en": NAME.en}[language] in page.links()


def test_a_name_that_is_taken_is_refused_beside_its_box(visitor, language, sioned):
    a_network(sioned)
    enter(visitor, sioned).open(address_of(visitor.site, "networks.add", language))
    page = visitor.send(422, name_cy=NAME.cy, name_en="Other", about_cy=ABOUT.cy, about_en=ABOUT.en)
    assert page.errors == [said(language, "There is a network with this name already")]
    assert page.values()["name_en"] == "Other"


def test_a_network_is_changed_and_says_how_many_are_in_it(visitor, language, sioned):
    number = a_network(sioned)
    put_in(number, a_supplier("Un").id, a_supplier("Dau").id)
    page = enter(visitor, sioned).open(address_of(visitor.site, "networks.index_of_networks", language))
    assert f"{said(language, 'Entries in it')}: 2" in page.main
    visitor.follow({"cy": NAME.cy, "en": NAME.en}[language])
    page = visitor.send(name_cy="Bwyd Da")
    assert words(language, phrases.OUTCOME, Did.CHANGED) in page.main
    assert again(number).name.cy == "Bwyd Da"


def test_a_network_ends_and_begins_again_by_a_button(visitor, language, sioned):
    number = a_network(sioned)
    at = address_of(visitor.site, "networks.end", language, network_id=number)
    assert enter(visitor, sioned).open(at).h1 == said(language, "End the network")
    assert words(language, phrases.OUTCOME, Did.ENDED) in visitor.send().main
    assert again(number).ended_on is not None
    assert visitor.open(at).h1 == said(language, "Let the network begin again")
    assert words(language, phrases.OUTCOME, Did.BEGAN_AGAIN) in visitor.send().main
    assert again(number).ended_on is None


def test_networks_are_named_by_those_who_may(visitor, mair):
    enter(visitor, mair)
    for page in ("networks", "networks/new", "networks/1", "networks/1/end"):
        assert visitor.ask("GET", f"/en/staff/{page}").status_code == 403
