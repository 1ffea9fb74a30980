"""The pages on which staff write an entry down for Mair, who has no e-mail: begun, written, submitted and read."""

import pytest

from c4s.accounts import queries as people
from c4s.businesses import queries as businesses
from c4s.core.db import db
from c4s.directory import queries as entries
from c4s.i18n.languages import speaking, the_other
from c4s.moderation import phrases as moderation
from c4s.moderation import queries as versions
from c4s.moderation.reading import Decision
from c4s.moderation.rules import Reason, Verdict
from c4s.moderation.rules import WhyNot as NotModerated
from c4s.on_behalf import phrases, words_phrases
from c4s.on_behalf.rules import WhyNot
from c4s.profiles import actions as profiles
from c4s.profiles import content, queries
from c4s.profiles import phrases as profiles_phrases
from c4s.profiles.rules import Outcome, Section
from c4s.profiles.rules import WhyNot as NotSaved
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, enter, entered
from tests.businesses.builders import a_business
from tests.conftest import said
from tests.house.every_page import address_of
from tests.on_behalf.builders import EDITOR, letters_of, speaks_for, supplier, with_elin
from tests.profiles.builders import decided, live
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

PAGES = ("tasks", *Section, "check", "withdraw")


@pytest.fixture
def gwen(site):
    """She writes entries down; she may moderate too."""
    return a_member_of_staff("gwen", Who.ADMINISTRATOR)


def spoken(language, message):
    with speaking(language):
        return str(message)


def numbers(person, entry):
    """What the addresses of the pages need."""
    db.session.rollback()
    [one] = businesses.memberships_of(person.id)
    return {"person_id": person.id, "membership_id": one.id, "supplier_id": entry[1]}


def about(page, name):
    """The link of a page to what is about something of this name."""
    return next(label for label in page.links() if label.startswith(name))


def test_an_entry_for_mair_is_begun_written_checked_and_read_by_a_colleague(site, visitor, gwen, language):
    """Staff have registered her; her shop is in no list. All of it is done on the telephone."""
    mair = entered("mair", by=gwen)
    business = a_business(mair, "Siop Mair", website="", postcode="")
    [one] = businesses.memberships_of(mair.id)
    of_it = {"person_id": mair.id, "membership_id": one.id}
    enter(visitor, gwen).open(address_of(site, "beginnings.entry", language, **of_it))
    visitor.follow(spoken(language, words_phrases.MAKE))
    assert visitor.send(422).errors == [said(language, "Choose how they reached us")]
    page = visitor.send(came_by="phone")
    assert spoken(language, words_phrases.OUTCOME[Outcome.MADE]) in page.main
    [entry] = entries.entries_of(business)
    sections = [spoken(language, profiles_phrases.SECTION[section]) for section in Section]
    assert [label for label in page.links() if label in sections] == sections

    # What she does, in her own words in both languages side by side; then where, as one goes on.
    page = visitor.follow(spoken(language, profiles_phrases.SECTION[Section.WHAT]))
    assert page.values()["came_by"] == "phone"
    page = visitor.send(summary_cy="Gwnïo a thrwsio.", summary_en="Sewing and mending.", categories=["food-makers"])
    assert page.h1 == spoken(language, profiles_phrases.SECTION[Section.WHERE])
    assert spoken(language, words_phrases.OUTCOME[Outcome.SAVED]) in page.main
    page = visitor.send(press=("then", "list"), town="Aberdâr")
    assert page.h1 == spoken(language, words_phrases.WRITE)

    # Something is missing still, and the page leads to its very box.
    page = visitor.follow(spoken(language, words_phrases.SUBMIT))
    lack = spoken(language, profiles_phrases.MISSING["website"])
    assert lack in page.links() and page.soup.select("main form") == []
    visitor.follow(lack)
    visitor.send(press=("then", "list"), phone="01443 960 200")
    page = visitor.follow(spoken(language, words_phrases.SUBMIT))
    assert all(one in page.main for one in ("Gwnïo a thrwsio.", "Sewing and mending.", "01443 960200"))
    page = visitor.send()
    assert spoken(language, words_phrases.OUTCOME[Outcome.SUBMITTED]) in page.main
    [letter] = letters_of(people.find_people("Mair", most=5).people[0])
    assert letter.letter == "on_behalf/submitted" and "Gwnïo a thrwsio." in letter.body

    # Gwen sees in the queue that it is for a colleague, and nothing that she could press.
    page = visitor.open(address_of(site, "moderation.index", language))
    assert said(language, "A colleague: you wrote some of this down, or registered its author") in page.main
    page = visitor.follow(about(page, "Siop Mair"))
    assert spoken(language, moderation.WHY_NOT[NotModerated.ENTERED_IT]) in page.main
    assert page.soup.select("main form") == []

    # The colleague accepts it.
    other = enter(Visitor(site), a_member_of_staff("lowri", Who.MODERATOR))
    page = other.open(address_of(site, "moderation.index", language))
    assert said(language, "A colleague: you wrote some of this down, or registered its author") not in page.main
    page = other.follow(about(page, "Siop Mair"))
    assert f"{said(language, 'Entered by')} {said(language, 'Account')} {gwen.id}" in page.main
    verdicts = {tag["name"]: "accepted" for tag in page.soup.select("main input[type=radio][value=accepted]")}
    other.send(**verdicts)
    assert live(entry.id)["summary"] == {"cy": "Gwnïo a thrwsio.", "en": "Sewing and mending."}


def test_what_was_typed_is_lost_by_no_mistake_and_no_change_of_language(site, visitor, gwen, language):
    entry, _, elin = with_elin()
    where = numbers(elin, entry)
    enter(visitor, gwen).open(address_of(site, "entry_words.what", language, **where))
    how = said(language, "Choose how they reached us")
    assert visitor.send(422, summary_cy="Bara da.").errors == [how]
    page = visitor.say_it_in(the_other(language))
    assert page.values()["summary_cy"] == "Bara da."
    assert visitor.send(422, came_by="pigeon").errors == [said(the_other(language), "Choose how they reached us")]
    visitor.send(came_by="paper")
    assert queries.current(supplier(entry))["summary"]["cy"] == "Bara da."
    visitor.open(address_of(site, "entry_words.contact", language, **where))
    page = visitor.send(422, came_by="paper", website="dim byd", phone="01443 960 200")
    assert page.values()["phone"] == "01443 960200"
    assert len(page.errors) == 1


def test_what_somebody_else_saved_meanwhile_is_shown_beside_it(site, visitor, gwen, language):
    entry, nia, elin = with_elin()
    enter(visitor, gwen).open(address_of(site, "entry_words.contact", language, **numbers(elin, entry)))
    profiles.save(*entry, {"phone": "01443 960 333"}, by_id=nia.id)
    page = visitor.send(422, phone="01443 960 200", came_by="phone")
    assert page.errors == [spoken(language, words_phrases.REFUSED[NotSaved.SAVED_MEANWHILE])]
    assert "01443 960 333" in page.main and page.values()["phone"] == "01443 960200"
    visitor.send()
    assert queries.current(supplier(entry))["phone"] == "01443 960200"


def test_nothing_is_written_while_it_waits_until_it_is_taken_back(site, visitor, gwen, language):
    entry, nia, elin = with_elin()
    where = numbers(elin, entry)
    enter(visitor, gwen).open(address_of(site, "entry_words.what", language, **where))
    profiles.save(*entry, {"description": {"cy": "Bara.", "en": ""}}, by_id=nia.id)
    profiles.submit(*entry, by_id=nia.id)
    page = visitor.send(422, summary_cy="Torthau.", came_by="phone")
    assert spoken(language, words_phrases.REFUSED[NotModerated.SUBMITTED]) in page.errors
    assert page.values()["summary_cy"] == "Torthau."
    page = visitor.open(address_of(site, "entry_words.what", language, **where))
    assert page.soup.select("main form") == [] and "Bara." in page.main
    visitor.follow(spoken(language, words_phrases.WITHDRAW))
    assert visitor.send(422).errors == [said(language, "Choose how they reached us")]
    page = visitor.send(came_by="phone")
    assert spoken(language, words_phrases.OUTCOME[Outcome.WITHDRAWN]) in page.main
    assert queries.written(supplier(entry)).is_draft


def test_what_a_moderator_returned_is_asked_again_with_the_words_that_they_suggest(site, visitor, gwen, language):
    entry, _, elin = with_elin()
    where = numbers(elin, entry)
    enter(visitor, gwen).open(address_of(site, "entry_words.what", language, **where))
    visitor.send(summary_cy="Bara.", summary_en="Bread.", came_by="phone")
    visitor.open(address_of(site, "entry_words.check", language, **where))
    visitor.send(came_by="phone")
    theirs = {"cy": "Bara ffres.", "en": "Fresh bread."}
    returned = Decision(Verdict.SUGGESTED, phrase=Reason.UNCLEAR, suggestion=theirs)
    decided(entry[1], a_member_of_staff("lowri", Who.MODERATOR).id, {"summary": returned})
    visitor.open(address_of(site, "entry_words.tasks", language, **where))
    label = spoken(language, profiles_phrases.FIELD["summary"])
    page = visitor.follow(f"{label} , {said(language, 'returned')}")
    assert "Bara ffres." in page.main and "Fresh bread." in page.main
    visitor.send(use_summary="y", came_by="phone")
    assert queries.current(supplier(entry))["summary"] == theirs


def test_the_pages_of_an_entry_lead_to_one_another_from_both_sides(site, visitor, gwen, language):
    entry, _, elin = with_elin()
    where = numbers(elin, entry)
    enter(visitor, gwen).open(address_of(site, "on_behalf.index", language, supplier_id=entry[1]))
    page = visitor.follow(f"{spoken(language, words_phrases.WRITE)}: Elin")
    assert page.h1 == spoken(language, words_phrases.WRITE)
    of_it = {"person_id": elin.id, "membership_id": where["membership_id"]}
    page = visitor.open(address_of(site, "beginnings.entry", language, **of_it))
    page = visitor.follow(f"{spoken(language, words_phrases.WRITE)}: Becws y Bont")
    assert page.h1 == spoken(language, words_phrases.WRITE)


def test_there_is_no_form_for_whoever_can_sign_in_nor_for_ones_own_business(site, visitor, gwen, language):
    entry, nia, elin = with_elin()
    profiles.save(*entry, {"summary": {"cy": "Bara.", "en": ""}}, by_id=nia.id)
    hers = numbers(nia, entry)
    enter(visitor, gwen)
    for name in PAGES:
        page = visitor.open(address_of(site, f"entry_words.{name}", language, **hers))
        assert (spoken(language, phrases.CAN_DO_IT) in page.main, page.soup.select("main form")) == (True, [])
    visitor.open(address_of(site, "entry_words.check", language, **numbers(elin, entry)))
    speaks_for(entry[0], gwen, EDITOR)
    page = visitor.send(409, came_by="phone")
    assert spoken(language, phrases.WHY_NOT[WhyNot.ONES_OWN]) in page.main
    assert versions.open_revision(content.NAME, entry[1]).submitted_at is None


def test_numbers_that_do_not_belong_together_open_nothing(site, visitor, gwen):
    entry, _, elin = with_elin()
    other, nia, _ = with_elin("Siop Huw", who="carys", without="mali")
    mine, huw = numbers(elin, entry), a_person("huw")
    theirs = numbers(nia, other)
    enter(visitor, gwen)
    for name in PAGES:
        for mixed in (
            {**mine, "supplier_id": other[1]},
            {**mine, "supplier_id": 404},
            {**mine, "membership_id": theirs["membership_id"]},
            {**mine, "person_id": huw.id},
            {**mine, "person_id": 404},
        ):
            visitor.open(address_of(site, f"entry_words.{name}", "cy", **mixed), 404)
