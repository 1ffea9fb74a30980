"""The pages about cases, as each kind of person opens them, in both languages."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from c4s.cases import actions
from c4s.cases.models import Case
from c4s.cases.rules import CaseKind, CaseState
from c4s.core import tokens
from c4s.core.db import db
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, enter
from tests.cases.builders import NIA, a_case, again, letters_about, story_of
from tests.conftest import NOW, said
from tests.house.every_page import address_of
from tests.visitor import Visitor

pytestmark = pytest.mark.pages

FILLED = {
    "kind": "erasure",
    "words": "Fy nghyfrif.",
    "name": "Nia",
    "channel": "email",
    "email": NIA,
    "language_written": "cy",
}
ANSWER = Bilingual("Dyma’r copi.", "Here is the copy.")


@pytest.fixture
def mair(site):
    return a_member_of_staff("mair", Who.ADMINISTRATOR, name="Mair")


def the_case():
    db.session.rollback()
    return db.session.scalars(select(Case)).one()


# ---- Asking ----


def test_anybody_asks_and_is_told_the_reference_and_the_day(visitor, language):
    visitor.open(address_of(visitor.site, "cases.ask", language))
    page = visitor.send(**FILLED)
    case = the_case()
    assert (case.kind, case.channel, case.address, case.language_written) == (
        CaseKind.ERASURE,
        Channel.EMAIL,
        NIA,
        "cy",
    )
    assert case.reference in page.main
    assert {"cy": "Dydd Mercher 23 Rhagfyr 2026", "en": "Wednesday 23 December 2026"}[language] in page.main


def test_the_way_that_is_chosen_needs_its_box_and_no_other(visitor, language):
    visitor.open(address_of(visitor.site, "cases.ask", language))
    page = visitor.send(422, **{**FILLED, "channel": "post"})
    assert page.errors == [said(language, "Enter your postal address")]
    assert page.values()["words"] == FILLED["words"]
    visitor.send(**{**FILLED, "channel": "post", "postal_address": "1 Stryd Fawr", "email": "not an address"})
    assert (the_case().channel, the_case().address) == (Channel.POST, "1 Stryd Fawr")


def test_an_empty_form_says_what_is_missing_and_makes_no_case(visitor, language):
    visitor.open(address_of(visitor.site, "cases.ask", language))
    page = visitor.send(422)
    assert len(page.errors) == 5
    assert db.session.scalars(select(Case)).all() == []
    assert visitor.say_it_in({"cy": "en", "en": "cy"}[language]).errors == []


def test_nobody_asks_by_phone_for_an_answer_is_written(visitor):
    visitor.open("/en/your-data")
    visitor.send(422, **{**FILLED, "channel": "phone", "phone": "01632 960 555"})


def test_who_is_signed_in_need_not_type_what_we_know(visitor):
    nia = a_person("nia", name="Nia")
    enter(visitor, nia)
    page = visitor.open("/en/your-data")
    known = page.values()
    assert (known["name"], known["email"], known["channel"], known["language_written"]) == ("Nia", NIA, "email", "both")
    visitor.send(kind="access", words="Everything.")
    assert the_case().person_id == nia.id


def test_who_has_shown_only_half_of_who_they_are_is_nobody_here(visitor, mair):
    enter(visitor, mair, is_whole=False)
    assert visitor.open("/en/your-data").values()["name"] == ""
    visitor.send(**FILLED)
    assert the_case().person_id is None


def test_a_form_cannot_say_whose_it_is_or_that_it_is_answered(visitor):
    nia = a_person("nia")
    visitor.open("/en/your-data")
    visitor.send(**FILLED, person_id=str(nia.id), state="answered", due_on="2030-01-01", reference="D-AAAA-AAAA")
    case = the_case()
    assert (case.person_id, case.state, str(case.due_on)) == (None, CaseState.OPEN, "2026-12-23")
    assert case.reference != "D-AAAA-AAAA"


def test_the_page_of_thanks_opens_with_its_own_token_alone(visitor):
    case = a_case()
    for token in ("made-up", tokens.sign("booked", case.id), tokens.sign("case", 999), tokens.sign("case", "x")):
        visitor.open(f"/en/your-data/thanks/{token}", 404)
    visitor.open(f"/en/your-data/thanks/{tokens.sign('case', case.id)}")


# ---- One's own ----


def test_people_see_their_own_cases_and_answers_and_no_others(visitor, mair, language):
    nia, ifan = a_person("nia"), a_person("ifan")
    case = a_case(person_id=nia.id, words="Fy ngeiriau")
    a_case(person_id=ifan.id, words="Geiriau Ifan")
    actions.answer(case.id, ANSWER, by_id=mair.id)
    enter(visitor, nia)
    page = visitor.open(address_of(visitor.site, "cases.mine", language))
    shown = ("Fy ngeiriau", case.reference, getattr(ANSWER, language), "Geiriau Ifan")
    assert [one in page.main for one in shown] == [True, True, True, False]


def test_who_has_sent_none_is_told_so(visitor, language):
    enter(visitor, a_person("nia"))
    page = visitor.open(address_of(visitor.site, "cases.mine", language))
    assert said(language, "You have sent none.") in page.main


# ---- Staff ----


def test_an_administrator_reads_a_case_and_answers_it(visitor, mair, language):
    case = a_case()
    enter(visitor, mair)
    visitor.open(address_of(visitor.site, "case_work.index", language))
    page = visitor.follow(case.reference)
    assert case.words in page.main
    assert (f"person:{mair.id}", "case.looked") in story_of(case.id)
    page = visitor.send(422, words_cy=ANSWER.cy)
    assert page.errors == [said(language, "Write it in English: this person reads it in English")]
    page = visitor.send(words_cy=ANSWER.cy, words_en=ANSWER.en)
    assert said(language, "The answer is on its way.") in page.main
    assert again(case.id).answer == ANSWER
    page = visitor.open(address_of(visitor.site, "case_work.show", language, case_id=case.id))
    assert (page.soup.select("main form"), getattr(ANSWER, language) in page.main) == ([], True)


def test_every_look_is_in_the_trail(visitor, mair):
    case = a_case()
    enter(visitor, mair)
    for _ in range(2):
        visitor.ask("GET", f"/en/staff/cases/{case.id}")
    assert [what for _, what in story_of(case.id)] == ["case.opened", "case.looked", "case.looked"]


def test_what_is_overdue_says_so_in_words(visitor, mair, language):
    a_case()
    word = said(language, "Overdue")
    for days, expected in ((30, False), (31, True)):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            enter(visitor, mair)
            page = visitor.open(address_of(visitor.site, "case_work.index", language))
            assert (word in [cell.get_text() for cell in page.soup.select("dd strong")]) == expected


def test_two_months_more_are_taken_on_a_page_of_their_own(visitor, mair, language):
    case = a_case()
    enter(visitor, mair)
    visitor.open(address_of(visitor.site, "case_work.show", language, case_id=case.id))
    visitor.follow(said(language, "It takes longer: ask for two months more"))
    page = visitor.send(words_cy="Mae llawer.", words_en="There is much.")
    assert said(language, "There are two months more, and the person has been told why.") in page.main
    assert str(again(case.id).due_on) == "2027-02-23"
    assert len(letters_about(case.id)) == 2
    assert said(language, "It takes longer: ask for two months more") not in page.links()


def test_a_complaint_has_no_link_for_more_time_and_its_page_refuses(visitor, mair):
    case = a_case(kind=CaseKind.COMPLAINT)
    enter(visitor, mair)
    page = visitor.open(f"/en/staff/cases/{case.id}")
    assert "It takes longer: ask for two months more" not in page.links()
    visitor.open(f"/en/staff/cases/{case.id}/more-time")
    page = visitor.send(409, words_cy="Mwy.", words_en="More.")
    assert "The law gives no longer time for a complaint" in page.main


def test_a_colleague_who_answers_second_is_told_kindly(visitor, mair, language):
    case = a_case()
    enter(visitor, a_member_of_staff("eleri", Who.ADMINISTRATOR))
    visitor.open(address_of(visitor.site, "case_work.show", language, case_id=case.id))
    actions.answer(case.id, ANSWER, by_id=mair.id)
    page = visitor.send(409, words_cy="Arall.", words_en="Another.")
    assert said(language, "A colleague has answered this already") in page.main
    assert again(case.id).answer == ANSWER


def test_any_member_of_staff_takes_a_request_in_that_came_on_paper(visitor, language):
    enter(visitor, a_member_of_staff("alun", Who.HELPER))
    visitor.open(address_of(visitor.site, "case_work.enter", language))
    filled = {**FILLED, "channel": "post", "email": "", "postal_address": "1 Stryd y Felin\nCF37 1AA"}
    page = visitor.send(**{**filled, "received_on": "dim syniad"}, status=422)
    assert page.values()["postal_address"] == filled["postal_address"]
    assert page.errors == [said(language, "Enter a day like 14/01/2027")]
    page = visitor.send(**{**filled, "received_on": "1 Ionawr 2026"}, status=422)
    assert page.errors == [said(language, "The day on which it came cannot be more than 60 days ago")]
    page = visitor.send(**{**filled, "received_on": "9 Tachwedd 2026"})
    case = the_case()
    assert (case.channel, str(case.due_on)) == (Channel.POST, "2026-12-09")
    assert case.reference in page.main
    assert said(language, "The request is here, and we are writing to the person to say so.") in page.main


@pytest.mark.parametrize("role", [Who.EDITOR, Who.HELPER, Who.MODERATOR])
def test_nobody_but_an_administrator_opens_cases(site, role):
    case = a_case()
    for person in (a_member_of_staff("eleri", role), a_person("nia")):
        visitor = enter(Visitor(site), person)
        for page in ("", f"/{case.id}", f"/{case.id}/more-time"):
            assert visitor.ask("GET", f"/en/staff/cases{page}").status_code == 403
        assert visitor.ask("POST", f"/en/staff/cases/{case.id}", data={"words_cy": "Na."}).status_code == 403
    assert (again(case.id).state, len(story_of(case.id))) == (CaseState.OPEN, 1)


def test_a_case_that_there_is_not_is_no_page(visitor, mair):
    enter(visitor, mair)
    visitor.open("/en/staff/cases/999", 404)
    visitor.open(f"/en/staff/cases/{2**63}", 404)
    visitor.open("/en/staff/cases/999/more-time", 404)


def test_a_list_of_many_asks_no_more_questions_than_one_of_few(visitor, mair, statements):
    enter(visitor, mair)
    a_case()
    visitor.open("/en/staff/cases")
    few = _questions(visitor, statements)
    for number in range(8):
        case = a_case(address=f"{number}@example.cymru")
        if number % 2:
            actions.answer(case.id, ANSWER, by_id=mair.id)
    assert _questions(visitor, statements) == few


def _questions(visitor, statements):
    del statements[:]
    assert visitor.ask("GET", "/en/staff/cases").status_code == 200
    return len(statements)
