"""The pages on which a business keeps its profile, in both languages."""

import pytest

from c4s.core.db import db
from c4s.directory.models import Supplier
from c4s.i18n.languages import speaking, the_other
from c4s.moderation import actions as moderation
from c4s.moderation import rules as moderation_rules
from c4s.moderation.reading import Decision
from c4s.moderation.rules import Verdict
from c4s.profiles import actions, content, phrases, queries
from c4s.profiles.rules import Outcome, Section, SectionState
from tests.accounts.builders import a_member_of_staff, a_person, enter
from tests.businesses.builders import a_business, joined
from tests.conftest import said
from tests.profiles.builders import FULL, again, decided, live, with_parts, written
from tests.visitor import Visitor, words

pytestmark = pytest.mark.pages

SLUGS = {
    "cy": dict(zip(Section, ("pwy", "beth", "ble", "cysylltu", "gydag-eraill", "gofal"), strict=True)),
    "en": dict(zip(Section, ("who", "what", "where", "contact", "together", "care"), strict=True)),
}
PAGES = {
    "cy": {"check": "gwirio", "preview": "rhagolwg", "withdraw": "tynnu-yn-ol", "discard": "dileu", "new": "newydd"},
    "en": {"check": "check", "preview": "preview", "withdraw": "withdraw", "discard": "discard", "new": "new"},
}


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def business(nia):
    return a_business(nia)


@pytest.fixture
def entry(business, nia):
    return actions.make(business, by_id=nia.id)


@pytest.fixture
def published(business, entry, nia):
    """The entry as readers see it."""
    actions.save(business, entry, FULL, by_id=nia.id)
    moderation.publish_now(content.NAME, entry, queries.current(again(entry)), by_id=a_person("carys").id)
    moderation.discard(content.NAME, entry, by_id=nia.id)
    db.session.rollback()
    return entry


@pytest.fixture
def at_home(visitor, nia):
    return enter(visitor, nia)


def root(business, language):
    return {
        "cy": f"/cy/cyfrif/busnesau/{business}/proffil",
        "en": f"/en/account/businesses/{business}/profile",
    }[language]


def at(business, entry, language, page=None):
    slug = {**SLUGS[language], **PAGES[language]}[page] if page else ""
    return f"{root(business, language)}/{entry}" + (f"/{slug}" if slug else "")


def told(language, outcome):
    with speaking(language):
        return str(phrases.OUTCOME[outcome])


def spoken(language, phrase):
    with speaking(language):
        return str(phrase)


def draft(entry):
    return queries.current(again(entry))


def test_a_business_without_an_entry_is_led_to_making_one(at_home, business, language):
    path = {"cy": "/cy/cyfrif/busnesau/{}/cofnod", "en": "/en/account/businesses/{}/entry"}[language]
    page = at_home.open(path.format(business))
    at_home.open(page.links()[said(language, "Make a new entry")])
    page = at_home.send()
    assert told(language, Outcome.MADE) in page.main
    entry = db.session.query(Supplier).one()
    assert at_home.page.address == at(business, entry.id, language)
    page = at_home.open(path.format(business))
    assert said(language, "Make a new entry") not in page.links()
    assert any(href == at(business, entry.id, language) for href in page.links().values())
    assert said(language, "Not yet published") in page.main


def test_a_second_entry_is_refused(at_home, business, entry, language):
    at_home.open(f"{root(business, language)}/{PAGES[language]['new']}")
    assert len(at_home.send(422).errors) == 1


def test_the_list_says_how_far_each_section_has_got(at_home, business, entry, language):
    page = at_home.open(at(business, entry, language))
    with speaking(language):
        for section in Section:
            assert str(phrases.SECTION[section]) in page.links()
        assert str(phrases.SECTION_STATE[SectionState.NOT_STARTED]) in page.main


def test_languages_that_few_speak_are_folded_away_until_one_is_ticked(at_home, business, entry, nia, language):
    def folded():
        page = at_home.open(at(business, entry, language, Section.WHO))
        [rest] = page.soup.select("fieldset details")
        assert rest.find("input", value="pl") and not rest.find("input", value="cy")
        return not rest.has_attr("open")

    assert folded()
    actions.save(business, entry, {"team_languages": ["cy", "pl"]}, by_id=nia.id)
    assert not folded()


@pytest.mark.parametrize("section", Section)
def test_every_section_is_saved_and_opens_again_as_it_was(at_home, business, entry, nia, language, section):
    actions.save(business, entry, {name: FULL[name] for name in content.rules.FIELDS[section]}, by_id=nia.id)
    before = draft(entry)
    at_home.open(at(business, entry, language, section))
    page = at_home.ask("POST", at(business, entry, language, section), data=all_values(at_home.page))
    assert page.status_code == 303
    assert draft(entry) == before


def all_values(page):
    """What the form would send, all ticks of one name with it."""
    found = {**page.values()}
    for box in page.form().select("input[type=checkbox][checked]"):
        name = str(box["name"])
        found[name] = [str(one["value"]) for one in page.form().select(f'input[name="{name}"][checked]')]
    return found


def test_a_section_is_saved_incomplete_and_leads_to_the_next(at_home, business, entry, language):
    at_home.open(at(business, entry, language, Section.WHO))
    page = at_home.send(business_name="Becws y Bont Newydd")
    assert (draft(entry)["name"], page.h1) == ("Becws y Bont Newydd", spoken(language, phrases.SECTION[Section.WHAT]))
    assert told(language, Outcome.SAVED) in page.main
    page = at_home.send(press=("then", "list"), summary_cy="Bara")
    assert page.address == at(business, entry, language)
    assert draft(entry)["summary"] == {"cy": "Bara", "en": ""}


def test_the_boxes_of_the_page_s_own_language_come_first(at_home, business, entry, language):
    page = at_home.open(at(business, entry, language, Section.WHAT))
    boxes = [str(box["name"]) for box in page.form().select("textarea")]
    other = the_other(language)
    names = ("summary", "description")
    assert boxes == [f"{name}_{code}" for name in names for code in (language, other)]


def test_a_bad_value_is_said_beside_its_box_and_nothing_typed_is_lost(at_home, business, entry, language):
    at_home.open(at(business, entry, language, Section.CONTACT))
    page = at_home.send(422, phone="123", website="dim gwefan", hours_cy="Naw tan bump")
    assert len(page.errors) == 2
    assert [page.values()[name] for name in ("phone", "website", "hours_cy")] == ["123", "dim gwefan", "Naw tan bump"]
    assert draft(entry)["hours"] == {"cy": "", "en": ""}
    page = at_home.send(422, hours_cy="x" * 501, phone="", website="")
    assert len(page.errors) == 1


def test_what_is_typed_stays_when_the_language_changes(at_home, business, entry, language):
    at_home.open(at(business, entry, language, Section.TOGETHER))
    at_home.page.form()
    page = at_home.send(press=("_language", the_other(language)), wants_cy="Mwy o briodasau")
    assert (page.language, page.values()["wants_cy"]) == (the_other(language), "Mwy o briodasau")
    assert draft(entry)["wants"] == {"cy": "", "en": ""}


def test_too_many_categories_are_refused(at_home, business, entry, language):
    at_home.open(at(business, entry, language, Section.WHAT))
    many = list(content.taxonomy.categories().by_code)[:11]
    page = at_home.send(422, categories=many)
    assert len(page.errors) == 1


def test_the_address_of_a_home_is_not_kept(at_home, business, entry, language):
    at_home.open(at(business, entry, language, Section.WHERE))
    at_home.send(address="1 Stryd Fawr\nY Graig", town="Pontypridd", home_based="y")
    assert (draft(entry)["address"], draft(entry)["town"]) == ([], "Pontypridd")


def test_two_of_a_business_who_write_at_once_lose_nothing(site, at_home, business, entry, nia, language):
    huw = a_person("huw")
    joined(business, nia, huw)
    other = enter(Visitor(site), huw)
    for one in (at_home, other):
        one.open(at(business, entry, language, Section.WHAT))
    other.send(summary_cy="Bara", description_en="Baked every morning.")
    page = at_home.send(422, summary_cy="Cacennau")
    assert (page.values()["summary_cy"], "Bara" in page.main) == ("Cacennau", True)
    assert draft(entry)["summary"]["cy"] == "Bara"
    at_home.send()
    assert (draft(entry)["summary"]["cy"], draft(entry)["description"]["en"]) == ("Cacennau", "Baked every morning.")


def test_what_is_missing_leads_to_the_very_box(at_home, business, entry, language):
    page = at_home.open(at(business, entry, language, "check"))
    with speaking(language):
        missing = {name: str(phrases.MISSING[name]) for name in ("summary", "categories", "town")}
    links = page.links()
    for name, box in (("summary", f"summary_{language}"), ("categories", "categories-0"), ("town", "town")):
        page = at_home.open(links[missing[name]])
        assert links[missing[name]].endswith(f"#{box}")
        assert page.soup.find(id=box) is not None


def test_what_is_complete_is_submitted_and_waits_with_its_place_in_the_queue(at_home, business, entry, nia, language):
    written(business, entry, nia.id)
    page = at_home.open(at(business, entry, language, "check"))
    assert "Bara a chacennau." in page.main
    page = at_home.send()
    assert told(language, Outcome.SUBMITTED) in page.main
    assert said(language, "Place in the queue") in page.main
    page = at_home.open(at(business, entry, language, Section.WHAT))
    assert page.soup.select("main form") == []
    assert "Bara a chacennau." in page.main
    at_home.open(at(business, entry, language, "withdraw"))
    page = at_home.send()
    assert told(language, Outcome.WITHDRAWN) in page.main
    assert not queries.written(again(entry)).is_waiting


def test_a_page_that_was_open_while_it_was_submitted_says_so_and_keeps_what_was_typed(
    at_home, business, entry, nia, language
):
    written(business, entry, nia.id)
    at_home.open(at(business, entry, language, Section.WHAT))
    actions.submit(business, entry, by_id=nia.id)
    page = at_home.send(422, summary_cy="Cacennau")
    assert (len(page.errors), page.values()["summary_cy"]) == (1, "Cacennau")


def test_words_of_a_moderator_for_which_there_is_no_room_are_made_shorter_before_they_are_submitted(
    at_home, business, published, nia, language
):
    actions.save(business, published, {"name": "Y gorau!"}, by_id=nia.id)
    actions.submit(business, published, by_id=nia.id)
    decided(published, a_member_of_staff("mair").id, {"name": suggestion("x" * 201)})
    actions.save(business, published, {}, by_id=nia.id, taking=["name"])
    page = at_home.open(at(business, published, language, "check"))
    assert page.soup.select("main form") == []
    assert any(address.endswith("#business_name") for address in page.links().values())


def test_nothing_is_submitted_that_readers_see_already(at_home, business, published, language):
    page = at_home.open(at(business, published, language, "check"))
    assert page.soup.select("main form") == []
    assert said(language, "Readers see all of it already: there is nothing to submit.") in page.main


def test_changes_are_deleted_after_a_page_that_asks(at_home, business, published, nia, language):
    actions.save(business, published, {"town": "Aberdâr"}, by_id=nia.id)
    at_home.open(at(business, published, language, "discard"))
    page = at_home.send()
    assert told(language, Outcome.DISCARDED) in page.main
    assert draft(published)["town"] == "Pontypridd"


def test_the_preview_shows_what_readers_will_see_in_either_language_and_they_do_not_see_it(
    site, at_home, business, published, nia, language
):
    actions.save(business, published, {"summary": {"cy": "Bara newydd.", "en": "New bread."}}, by_id=nia.id)
    page = at_home.open(at(business, published, language, "preview"))
    words_in = {"cy": "Bara newydd.", "en": "New bread."}
    assert words_in[language] in page.main
    page = at_home.switch_language()
    assert words_in[the_other(language)] in page.main
    assert page.response.headers["Cache-Control"] == "no-store"
    assert live(published)["summary"] == FULL["summary"]
    public = Visitor(site).open({"cy": f"/cy/cyfeiriadur/{published}", "en": f"/en/directory/{published}"}[language])
    assert "newydd" not in public.main


def test_whoever_likes_the_preview_goes_on_to_check_and_submit(site, at_home, business, published, nia, language):
    words = said(language, "Check and submit")
    assert words not in at_home.open(at(business, published, language, "preview")).main  # there is nothing to submit
    actions.save(business, published, {"town": "Aberdâr"}, by_id=nia.id)
    page = at_home.open(at(business, published, language, "preview"))
    assert page.main.count(words) == 2  # before the page, and where it ends
    assert at_home.follow(words).address.endswith(at(business, published, language, "check"))
    at_home.send()
    assert words not in at_home.open(at(business, published, language, "preview")).main  # it waits


def test_what_is_in_one_language_alone_is_listed(at_home, business, published, language):
    page = at_home.open(at(business, published, language))
    with speaking(language):
        assert str(phrases.FIELD["could"]) in page.main
        assert str(phrases.ONLY_IN["en"]) in page.main


def suggestion(words):
    return Decision(Verdict.SUGGESTED, phrase=moderation_rules.Reason.UNCLEAR, suggestion=words)


def test_a_returned_field_stands_beside_the_words_of_the_moderator_whose_own_can_be_used(
    at_home, business, published, nia, language
):
    mine = {"summary": {"cy": "Y gorau!", "en": "The best!"}, "town": "Aberdâr"}
    actions.save(business, published, mine, by_id=nia.id)
    actions.submit(business, published, by_id=nia.id)
    theirs = {"cy": "Bara ffres.", "en": "Fresh bread."}
    decided(published, a_member_of_staff("mair").id, {"summary": suggestion(theirs)})
    assert live(published)["town"] == "Aberdâr"

    page = at_home.open(at(business, published, language))
    with speaking(language):
        assert str(phrases.SECTION_STATE[SectionState.RETURNED]) in page.main
    page = at_home.open(at(business, published, language, Section.WHAT))
    assert (theirs[language] in page.main, page.values()[f"summary_{language}"]) == (True, mine["summary"][language])
    spoken_of = {str(one.get("lang")): one.text for one in page.soup.select("main .notice p[data-any-language]")}
    assert {code: spoken_of[code] for code in theirs} == theirs
    at_home.send(use_summary="y", description_en="Baked every morning.")
    found = draft(published)
    assert (found["summary"], found["description"]["en"]) == (theirs, "Baked every morning.")
    page = at_home.open(at(business, published, language, Section.WHAT))
    assert "use_summary" not in page.html


def test_nobody_learns_the_name_of_a_new_entry_by_its_number(site, entry, language):
    gwen = a_person("gwen")
    theirs, path = a_business(gwen, "Siop arall"), {"cy": "/cy/cyfrif", "en": "/en/account"}[language]
    stranger = enter(Visitor(site), gwen)
    claim = {"cy": f"busnesau/{theirs}/cofnod/{entry}", "en": f"businesses/{theirs}/entry/{entry}"}[language]
    stranger.open(f"{path}/{claim}", 404)
    stranger.open(f"{path}/{ {'cy': 'hawlio-cofnod', 'en': 'claim-entry'}[language] }/{entry}", 404)


def test_somebody_else_s_profile_is_not_there(at_home, nia, entry, language):
    other = a_business(a_person("gwen"), "Siop arall")
    mine = a_business(nia, "Siop Nia")
    for page in (None, *Section, *(name for name in PAGES[language] if name != "new")):
        at_home.open(at(other, entry, language, page), 404)
        at_home.open(at(mine, entry, language, page), 404)


def test_pictures_that_wait_are_in_the_preview_by_their_private_addresses(at_home, business, published, nia):
    with_parts(published, published)
    alt = {"cy": "Torth newydd", "en": "A new loaf"}
    picture = {"role": "photo", "alt": alt, "position": 1}
    actions.save(business, published, {"picture:new-picture": picture}, by_id=nia.id)
    page = at_home.open(at(business, published, "en", "preview"))
    sources = [str(image["src"]) for image in page.soup.select("main img")]
    assert [source for source in sources if source.startswith("/pictures/new-picture")] == []
    assert words(page.soup.title)
