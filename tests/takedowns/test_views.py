"""The pages on which staff hide entries and answer appeals, and the one on which a business sees why."""

import pytest

from c4s.accounts.rules import CameBy
from c4s.audit.trail import Entered
from c4s.businesses import actions as businesses
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory.models import Supplier
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import speaking
from c4s.takedowns import actions, phrases
from c4s.takedowns.rules import Did, Ground, Outcome, WhyNot
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, enter, reads
from tests.builders import a_supplier
from tests.businesses.builders import a_business, joined
from tests.conftest import said
from tests.house.every_page import address_of
from tests.takedowns.builders import entry, give, hidden, kept, times

pytestmark = pytest.mark.pages

WORDS = {"words_cy": "Mae’r pris yn anghywir.", "words_en": "The price is wrong."}
SORRY = Bilingual("Roedden ni’n anghywir.", "We were wrong.")


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def mair(site):
    return a_member_of_staff("mair")


@pytest.fixture
def lowri(site):
    return a_member_of_staff("lowri", Who.ADMINISTRATOR)


@pytest.fixture
def becws(nia):
    return kept(nia)


def told(language, did):
    with speaking(language):
        return str(phrases.OUTCOME[did])


def why(language, reason):
    with speaking(language):
        return str(phrases.WHY_NOT[reason])


def tool(visitor, language, supplier_id):
    return address_of(visitor.site, "hiding.show", language, supplier_id=supplier_id)


def mine(visitor, language, becws):
    business_id, supplier_id = becws
    return address_of(visitor.site, "takedowns.show", language, business_id=business_id, supplier_id=supplier_id)


def test_mair_reads_what_hiding_does_before_she_hides_an_entry(visitor, language, becws, mair):
    enter(visitor, mair).open(tool(visitor, language, becws[1]))
    assert visitor.send(422).errors == [said(language, "Choose why the entry is hidden")]
    page = visitor.send(ground="misleading", **WORDS)
    assert page.h1 == said(language, "Check before you hide the entry")
    assert times(becws[1]) == []
    page = visitor.send(press=("_language", {"cy": "en", "en": "cy"}[language]))
    assert page.h1 == said({"cy": "en", "en": "cy"}[language], "Check before you hide the entry")
    page = visitor.send(press=("_language", language))
    page = visitor.send()
    assert told(language, Did.HIDDEN) in page.main
    assert [one.ground for one in times(becws[1])] == [Ground.MISLEADING]


def test_the_list_of_a_business_leads_to_hiding_once_it_happened(visitor, language, becws, nia, mair):
    """Whoever fills in a profile for the first time is not told of it."""
    business_id, supplier_id = becws
    address = {
        "cy": f"/cy/cyfrif/busnesau/{business_id}/proffil/{supplier_id}",
        "en": f"/en/account/businesses/{business_id}/profile/{supplier_id}",
    }[language]
    line = said(language, "Hiding of the entry by our staff")
    enter(visitor, nia)
    assert line not in visitor.open(address).links()
    hidden(supplier_id, mair)
    assert said(language, "Hidden by our staff") in visitor.open(address).main
    assert visitor.follow(line).links()[said(language, "Back")] == address


def test_what_was_typed_is_not_lost_on_the_way_back_from_the_check(visitor, language, becws, mair):
    enter(visitor, mair).open(tool(visitor, language, becws[1]))
    visitor.send(ground="misleading", **WORDS)
    page = visitor.send(press=("_change", "ground"))
    assert page.h1 == said(language, "Hide the entry")
    values = page.values()
    assert (values["ground"], values["words_cy"], values["_act"]) == ("misleading", WORDS["words_cy"], "check")


def test_a_language_that_is_missing_is_asked_for_before_the_check(visitor, language, becws, mair):
    enter(visitor, mair).open(tool(visitor, language, becws[1]))
    page = visitor.send(422, ground="other", words_cy="", words_en="The price is wrong.")
    assert page.errors == [said(language, "Write it in Welsh: this person reads it in Welsh")]
    assert page.values()["words_en"] == "The price is wrong."


def test_only_the_languages_that_people_read_are_asked_for(visitor, becws, nia, mair):
    reads(nia, "en")
    page = enter(visitor, mair).open(tool(visitor, "en", becws[1]))
    assert "words_cy" not in page.values()
    visitor.send(ground="other", words_en="The price is wrong.")
    visitor.send()
    assert times(becws[1])[0].reason == Bilingual("", "The price is wrong.")


def test_an_entry_without_a_business_is_hidden_with_words_in_either_language(visitor, language, mair):
    supplier_id = a_supplier("Siop heb neb").id
    enter(visitor, mair).open(tool(visitor, language, supplier_id))
    page = visitor.send(422, ground="other")
    assert page.errors == [said(language, "Write it in Welsh or in English")]
    visitor.send(ground="other", words_en="A dispute.")
    visitor.send()
    assert entry(supplier_id).taken_down_at is not None


def test_a_second_member_of_staff_who_hides_it_too_is_told_so(visitor, language, becws, mair, lowri):
    enter(visitor, mair).open(tool(visitor, language, becws[1]))
    visitor.send(ground="danger", **WORDS)
    hidden(becws[1], lowri)
    assert why(language, WhyNot.ALREADY_HIDDEN) in visitor.send(409).main


def test_mair_shows_an_entry_again_and_says_why(visitor, language, becws, mair):
    hidden(becws[1], mair)
    page = enter(visitor, mair).open(tool(visitor, language, becws[1]))
    assert page.h1 == said(language, "Show the entry again")
    assert len(visitor.send(422).errors) == 2
    page = visitor.send(**WORDS)
    assert told(language, Did.RESTORED) in page.main
    assert (entry(becws[1]).is_listed, page.h1) == (True, said(language, "Hide the entry"))


def test_nia_sees_why_appeals_once_and_sees_what_was_decided(visitor, language, becws, nia, mair, lowri):
    page = enter(visitor, nia).open(mine(visitor, language, becws))
    assert page.h1 == said(language, "This entry is not hidden")
    takedown = hidden(becws[1], mair)
    page = visitor.open(mine(visitor, language, becws))
    assert page.h1 == said(language, "Our staff have hidden this entry")
    assert WORDS[f"words_{language}"] in page.main and mair.name not in page.main
    assert visitor.send(422).errors == [said(language, "Write why the entry should be shown again")]
    page = visitor.send(words="Mae’r pris yn gywir.")
    assert told(language, Did.APPEALED) in page.main and "Mae’r pris yn gywir." in page.main
    assert page.soup.select("main form[method=post]") == []
    actions.answer(takedown.id, Outcome.LIFTED, SORRY, by_id=lowri.id)
    page = visitor.open(mine(visitor, language, becws))
    assert page.h1 == said(language, "This entry is not hidden")
    assert {"cy": SORRY.cy, "en": SORRY.en}[language] in page.main


def test_an_editor_may_appeal_and_a_late_second_appeal_is_told_kindly(visitor, language, becws, nia, mair):
    huw = a_person("huw")
    joined(becws[0], nia, huw)
    hidden(becws[1], mair)
    enter(visitor, huw).open(mine(visitor, language, becws))
    actions.appeal(*becws, "Fi oedd gyntaf.", by_id=nia.id)
    assert why(language, WhyNot.ALREADY_APPEALED) in visitor.send(409, words="A fi.").main


def test_another_business_that_has_the_entry_since_does_not_read_the_appeal(visitor, becws, nia, mair):
    hidden(becws[1], mair)
    actions.appeal(*becws, "Ein cyfrinach ni.", by_id=nia.id)
    huw = a_person("huw")
    other = a_business(huw, "Siop Huw")
    give(becws[1], other)
    page = enter(visitor, huw).open(mine(visitor, "cy", (other, becws[1])))
    assert "Ein cyfrinach ni." not in page.main


def test_an_appeal_waits_on_the_desk_and_is_answered_by_somebody_else(visitor, language, becws, nia, mair, lowri):
    takedown = hidden(becws[1], mair)
    actions.appeal(*becws, "Mae’r pris yn gywir.", by_id=nia.id)
    at = address_of(visitor.site, "hiding.appeal", language, takedown_id=takedown.id)
    page = enter(visitor, mair).open(at)
    assert why(language, WhyNot.ONES_OWN_DECISION) in page.main
    assert page.soup.select("main form[method=post]") == []
    page = enter(visitor, lowri).open(address_of(visitor.site, "backoffice.desk", language))
    visitor.follow(f"Becws y Bont : {said(language, 'Appeals against hiding an entry')}")
    assert visitor.send(422).errors == [said(language, "Choose whether the entry stays hidden")]
    assert len(visitor.send(422, outcome="lifted").errors) == 2
    page = visitor.send(outcome="lifted", words_cy=SORRY.cy, words_en=SORRY.en)
    assert told(language, Did.LIFTED) in page.main
    assert entry(becws[1]).is_listed


def test_whoever_wrote_an_appeal_down_reads_that_a_colleague_answers_it(visitor, language, becws, nia, mair, lowri):
    takedown = hidden(becws[1], mair)
    actions.appeal(*becws, "Na.", by_id=nia.id, entered=Entered(lowri.id, CameBy.PHONE))
    at = address_of(visitor.site, "hiding.appeal", language, takedown_id=takedown.id)
    page = enter(visitor, lowri).open(at)
    assert why(language, WhyNot.ENTERED_IT) in page.main
    assert page.soup.select("main form[method=post]") == []
    page = visitor.open(address_of(visitor.site, "hiding.appeals", language))
    assert said(language, "A colleague: you wrote this appeal down, or registered whoever makes it") in page.main
    page = enter(visitor, a_member_of_staff("moses")).open(at)
    for words in ("Told to our staff", "On the phone"):
        assert said(language, words) in page.main
    assert f"{said(language, 'Account')} {lowri.id}" in page.main
    assert len(page.soup.select("main form[method=post]")) == 1


def test_staff_still_see_that_an_entry_was_hidden_which_is_no_longer_there(visitor, language, becws, nia, mair, lowri):
    takedown = hidden(becws[1], mair)
    actions.appeal(*becws, "Mae’r pris yn gywir.", by_id=nia.id)
    deleted(becws, nia)
    page = enter(visitor, lowri).open(address_of(visitor.site, "hiding.appeals", language))
    for words in ("Nothing is waiting.", "Hidden entries that are no longer there", "No longer there since"):
        assert said(language, words) in page.main
    assert ("Becws y Bont" in page.main, "Mae’r pris yn gywir." in page.main) == (True, True)
    page = visitor.open(address_of(visitor.site, "hiding.appeal", language, takedown_id=takedown.id))
    assert said(language, "The entry is no longer there.") in page.main
    assert page.soup.select("main form[method=post]") == []
    assert f"/{becws[1]}/" not in " ".join(link["href"] for link in page.soup.select("main a[href]"))


def deleted(becws, owner):
    """The business takes itself off the site, and with it the entry that it made."""

    @unit_of_work
    def made_here():
        db.session.get_one(Supplier, becws[1]).source = "profile"

    made_here()
    businesses.close(becws[0], by_id=owner.id)


def test_an_appeal_that_is_not_there_has_no_page(visitor, becws, mair):
    takedown = hidden(becws[1], mair)
    enter(visitor, mair)
    for number in (takedown.id, 99, 10**12):
        assert visitor.ask("GET", f"/en/staff/appeals/{number}").status_code == 404
