"""The pages about buyer rights, as each kind of person opens them, in both languages."""

import pytest
from sqlalchemy import func, select

from c4s.buyers import actions
from c4s.buyers.models import BuyerRequest
from c4s.buyers.rules import Ready, RequestState
from c4s.core.db import db
from c4s.i18n.bilingual import Bilingual
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, enter, reads
from tests.accounts.builders import again as person_again
from tests.buyers.builders import WORDS, again, asked, story_of
from tests.conftest import said
from tests.house.every_page import address_of
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

NO = Bilingual("Dim digon.", "Not enough.")
REASON_NEEDED = "Choose a reason or write one: the person is told why"


@pytest.fixture
def nia(site):
    return a_person("nia", name="Nia")


@pytest.fixture
def mair(site):
    return a_member_of_staff("mair", name="Mair")


def page_of(site, language, request=None):
    if request is None:
        return address_of(site, "buyers.ask", language)
    return address_of(site, "buyer_checks.show", language, request_id=request.id)


# ---- The one who asks ----


def test_nia_asks_sees_that_it_waits_and_withdraws_it(visitor, nia, language):
    enter(visitor, nia)
    visitor.open(page_of(visitor.site, language))
    page = visitor.send(**WORDS)
    assert said(language, "We have your request. We write to you when we have checked it.") in page.main
    assert [word in page.main for word in WORDS.values()] == [True] * 3
    page = visitor.send()
    assert said(language, "Your request is withdrawn.") in page.main
    assert page.values()["organisation"] == WORDS["organisation"]  # to correct, and ask again


def test_what_is_missing_is_said_beside_its_box_and_nothing_typed_is_lost(visitor, nia, language):
    enter(visitor, nia)
    visitor.open(page_of(visitor.site, language))
    page = visitor.send(422, organisation="", position="Caffael")
    assert page.errors == [said(language, "Enter the name of the public body")]
    assert page.values()["position"] == "Caffael"
    page = visitor.say_it_in({"cy": "en", "en": "cy"}[language])
    assert page.errors == []


def test_who_was_refused_reads_why_and_finds_what_they_wrote_to_correct_it(visitor, nia, mair, language):
    actions.refuse(asked(nia).id, [Ready.NOT_REACHED], NO, by_id=mair.id)
    enter(visitor, nia)
    page = visitor.open(page_of(visitor.site, language))
    assert said(language, "We could not reach anybody at the organisation to ask about you.") in page.main
    assert getattr(NO, language) in page.main
    assert {name: page.values()[name] for name in WORDS} == WORDS
    visitor.send(evidence="Ffoniwch 01632 960 555.")
    assert db.session.scalar(select(func.count(BuyerRequest.id))) == 2


def test_who_has_the_rights_is_told_so_and_asked_nothing(visitor, nia, mair, language):
    actions.grant(asked(nia).id, by_id=mair.id)
    enter(visitor, person_again(nia.id))
    page = visitor.open(page_of(visitor.site, language))
    assert said(language, "Our staff have checked that you buy for a public body.") in page.main
    assert page.soup.select("main form") == []


def test_nobody_makes_themselves_a_buyer_by_a_form(visitor, nia):
    enter(visitor, nia)
    visitor.open(page_of(visitor.site, "en"))
    visitor.send(**WORDS, is_buyer="y", state="granted", decided_by_id="1", person_id="999")
    request = db.session.scalars(select(BuyerRequest)).one()
    assert (request.person_id, request.state, request.decided_by_id) == (nia.id, RequestState.WAITING, None)
    assert person_again(nia.id).is_buyer is False


# ---- Staff ----


def test_mair_finds_the_request_reads_it_and_agrees(visitor, nia, mair, language):
    request = asked(nia)
    enter(visitor, mair)
    visitor.open(address_of(visitor.site, "buyer_checks.index", language))
    page = visitor.follow(f"{WORDS['organisation']} : Nia")
    assert [word in page.main for word in (*WORDS.values(), "Nia", "nia@example.cymru")] == [True] * 5
    page = visitor.send(decision="grant")
    assert said(language, "Buyer rights are given, and the person has been told.") in page.main
    assert (again(request.id).state, person_again(nia.id).is_buyer) == (RequestState.GRANTED, True)
    assert (f"person:{mair.id}", "buyer.looked") in story_of(request.id)


@pytest.mark.parametrize("reader", ["cy", "en", "both"])
def test_there_is_a_box_for_each_language_that_the_other_one_reads(visitor, nia, mair, reader):
    request = asked(reads(nia, reader))
    enter(visitor, mair)
    page = visitor.open(page_of(visitor.site, "en", request))
    wanted = {"cy": ["words_cy"], "en": ["words_en"], "both": ["words_cy", "words_en"]}[reader]
    assert [box["name"] for box in page.soup.select("main textarea")] == wanted


def test_a_refusal_without_a_reason_is_sent_back_and_one_with_a_reason_is_told(visitor, nia, mair, language):
    request = asked(nia)
    enter(visitor, mair)
    visitor.open(page_of(visitor.site, language, request))
    page = visitor.send(422, decision="")
    assert page.errors == [said(language, "Choose whether to give the rights or to refuse")]
    page = visitor.send(422, decision="refuse")
    assert page.errors == [said(language, REASON_NEEDED)]
    page = visitor.send(422, decision="refuse", words_cy="Na.")
    assert page.errors == [said(language, "Write it in English: this person reads it in English")]
    assert (page.values()["decision"], page.values()["words_cy"]) == ("refuse", "Na.")
    assert again(request.id).state == RequestState.WAITING
    page = visitor.send(decision="refuse", words_cy="Na.", words_en="No.", ready=["not_public", "not_known"])
    assert said(language, "The request is refused, and the person has been told why.") in page.main
    told = ["The organisation you named is not a public body.", "The organisation told us that you do not buy for it."]
    assert again(request.id).reason.en.split("\n\n") == [*told, "No."]


def test_a_reason_that_nobody_offered_counts_for_nothing(visitor, nia, mair):
    request = asked(nia)
    enter(visitor, mair)
    visitor.open(page_of(visitor.site, "en", request))
    visitor.send(422, decision="refuse", ready=["made-up"])
    assert again(request.id).state == RequestState.WAITING


@pytest.mark.parametrize("decision", ["grant", "refuse"])
def test_a_colleague_who_clicks_second_is_told_kindly(visitor, nia, mair, decision, language):
    request = asked(nia)
    enter(visitor, a_member_of_staff("eleri"))
    visitor.open(page_of(visitor.site, language, request))
    actions.grant(request.id, by_id=mair.id)
    page = visitor.send(409, decision=decision, words_cy="Na.", words_en="No.")
    words = "This request is not waiting any more: a colleague has decided it, or it was withdrawn"
    assert said(language, words) in page.main
    assert again(request.id).decided_by_id == mair.id


def test_rights_are_taken_away_with_a_reason(visitor, nia, mair, language):
    request = asked(nia)
    actions.grant(request.id, by_id=mair.id)
    enter(visitor, mair)
    visitor.open(page_of(visitor.site, language, request))
    page = visitor.send(422)
    assert len(page.errors) == 2
    page = visitor.send(words_cy="Wedi gadael.", words_en="Has left.")
    assert said(language, "The rights are taken away, and the person has been told why.") in page.main
    assert person_again(nia.id).is_buyer is False
    page = visitor.open(page_of(visitor.site, language, request))
    assert page.soup.select("main form") == []


@pytest.mark.parametrize("role", [Who.EDITOR, Who.HELPER])
def test_other_members_of_staff_and_people_without_a_role_may_not_open_requests(site, nia, role):
    request = asked(nia)
    for person in (a_member_of_staff("eleri", role), nia):
        visitor = enter(Visitor(site), person)
        for page in ("/en/staff/buyers", page_of(site, "en", request)):
            assert visitor.ask("GET", page).status_code == 403
        assert visitor.ask("POST", page, data={"decision": "grant"}).status_code == 403
    assert again(request.id).state == RequestState.WAITING


def test_a_request_that_there_is_not_is_no_page(visitor, mair):
    enter(visitor, mair)
    visitor.open("/en/staff/buyers/999", 404)
    visitor.open(f"/en/staff/buyers/{2**63}", 404)


def test_a_list_of_many_asks_no_more_questions_than_one_of_few(visitor, mair, statements):
    enter(visitor, mair)
    asked(a_person("un"))
    visitor.open("/en/staff/buyers")
    few = _questions(visitor, statements)
    for number in range(8):
        request = asked(a_person(f"person{number}"))
        if number % 2:
            actions.grant(request.id, by_id=mair.id)
    assert _questions(visitor, statements) == few


def _questions(visitor, statements):
    del statements[:]
    assert visitor.ask("GET", "/en/staff/buyers").status_code == 200
    return len(statements)
