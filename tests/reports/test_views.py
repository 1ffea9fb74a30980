"""The pages on which readers say that something is wrong, and staff deal with it, in both languages."""

from datetime import UTC, datetime

import pytest
import time_machine

from c4s.accounts import data
from c4s.accounts.models import Person
from c4s.businesses import actions as businesses
from c4s.businesses.queries import roles_in
from c4s.core import tokens
from c4s.core.db import db
from c4s.directory.models import Claim
from c4s.directory.rules import SupplierStatus
from c4s.i18n.bilingual import Bilingual
from c4s.reports import actions
from c4s.reports.models import Report
from c4s.reports.rules import Outcome, ReportKind, ReportState
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, enter
from tests.accounts.builders import again as person_again
from tests.builders import a_supplier
from tests.businesses.builders import joined
from tests.conftest import NOW, said
from tests.freshness.builders import a_kept_entry, changed
from tests.house.every_page import address_of
from tests.reports.builders import NIA, WORDS, a_report, again, letters_about, number_of_reports, story_of
from tests.visitor import words

pytestmark = pytest.mark.pages

TYPED = {"subject": "out_of_date", "words": WORDS, "name": "Nia", "email": NIA, "language": "cy"}
ANSWER = Bilingual("Mae’r rhif yn iawn nawr.", "The number is right now.")


@pytest.fixture
def entry(site):
    return a_kept_entry(a_person("huw"))


@pytest.fixture
def mair(site):
    return a_member_of_staff("mair", Who.MODERATOR, name="Mair")


def form_of(visitor, entry, language="en"):
    return address_of(visitor.site, "reports.tell", language, supplier_id=f"{entry.id}-siop-y-felin")


def the_report():
    db.session.rollback()
    return db.session.query(Report).one()


# ---- Telling ----


def test_anybody_says_what_is_wrong_checks_it_and_is_told_the_reference(visitor, entry, language):
    visitor.open(form_of(visitor, entry, language))
    page = visitor.send(**TYPED)
    assert number_of_reports() == 0
    told = [words(value) for value in page.soup.select(".answers dd:not(.act)")]
    assert told == [said(language, "Something in it is out of date"), WORDS, "Nia", NIA, said(language, "Welsh")]
    page = visitor.send()
    report = the_report()
    assert (report.kind, report.words, report.email, report.language_written) == (
        ReportKind.OUT_OF_DATE,
        WORDS,
        NIA,
        "cy",
    )
    assert (report.asked_in, report.person_id) == (language, None)
    assert page.h1 == said(language, "Thank you for telling us")
    assert report.reference in page.main
    assert {"cy": "Dydd Llun 7 Rhagfyr 2026", "en": "Monday 7 December 2026"}[language] in page.main
    visitor.open(page.address)
    assert number_of_reports() == 1


def test_nobody_needs_to_leave_a_name_or_an_address(visitor, entry, language):
    visitor.open(form_of(visitor, entry, language))
    page = visitor.send(subject="closed", words=WORDS)
    assert said(language, "Not provided") in page.main
    page = visitor.send()
    assert the_report().email == ""
    assert the_report().reference in page.main


def test_what_is_missing_is_said_and_nothing_typed_is_lost(visitor, entry, language):
    visitor.open(form_of(visitor, entry, language))
    page = visitor.send(422, name="Nia", email=NIA)
    assert page.errors == [
        said(language, "Choose what is wrong"),
        said(language, "Write what should be put right"),
        said(language, "Choose the language for our messages to you"),
    ]
    assert (page.values()["name"], page.values()["email"]) == ("Nia", NIA)
    page = visitor.send(422, **{**TYPED, "words": "x" * 3_001, "name": "x" * 201, "email": "nia"})
    assert len(page.errors) == 3


def test_the_other_language_keeps_what_was_typed_on_both_pages(visitor, entry):
    visitor.open(form_of(visitor, entry))
    visitor.send(**TYPED)
    page = visitor.send(press=("_language", "cy"))
    assert (page.language, page.values()["words"], page.values()["subject"]) == ("cy", WORDS, "out_of_date")
    visitor.send()
    assert (the_report().asked_in, number_of_reports()) == ("cy", 1)


def test_an_answer_can_be_changed_from_the_check_page(visitor, entry):
    visitor.open(form_of(visitor, entry))
    visitor.send(**TYPED)
    page = visitor.send(press=("_change", "words"))
    assert (page.h1, page.values()["words"]) == ("Something is wrong here", WORDS)


def test_machines_are_refused_and_people_try_again(visitor, entry):
    visitor.open(form_of(visitor, entry))
    visitor.send(422, **TYPED, website_address="https://spam.example")
    assert number_of_reports() == 0


def test_too_many_are_told_when_to_come_back(visitor, entry):
    for number in range(10):
        a_report(entry, email=f"{number}@example.cymru")
    visitor.open(form_of(visitor, entry))
    visitor.send(**TYPED)
    page = visitor.send(429)
    assert int(page.response.headers["Retry-After"]) > 0
    assert page.values()["words"] == WORDS


def test_whoever_is_signed_in_finds_themselves_filled_in_and_their_report_in_their_data(visitor, entry, language):
    nia = a_person("nia", name="Nia")
    enter(visitor, nia)
    page = visitor.open(form_of(visitor, entry, language))
    assert (page.values()["name"], page.values()["email"], page.values()["language"]) == ("Nia", nia.email, "both")
    visitor.send(subject="other", words=WORDS)
    visitor.send()
    report = the_report()
    assert report.person_id == nia.id
    assert "Nia" in letters_about(report)[0].body
    with visitor.site.test_request_context(f"/{language}/"):
        [kept] = data.as_json(person_again(nia.id))["reports"]
    assert (kept["reference"], kept["words"], kept["state"]) == (report.reference, WORDS, "open")


def test_there_is_a_form_for_every_page_that_readers_find_and_for_no_other(visitor, entry, language):
    visitor.open(form_of(visitor, a_supplier("Agored", claim=Claim.IMPORTED), language))
    changed(entry.id, status=SupplierStatus.CLOSED)
    visitor.open(form_of(visitor, entry, language))
    changed(entry.id, status=SupplierStatus.UNPUBLISHED)
    visitor.open(form_of(visitor, entry, language), 404)
    changed(entry.id, status=SupplierStatus.ACTIVE, taken_down_at=NOW)
    visitor.open(form_of(visitor, entry, language), 404)
    visitor.open(address_of(visitor.site, "reports.tell", language, supplier_id="999999"), 404)


def test_an_address_with_the_wrong_name_leads_to_the_right_one(visitor, entry):
    visitor.open(address_of(visitor.site, "reports.tell", "en", supplier_id=f"{entry.id}-rhywbeth"))
    assert visitor.page.address.endswith(f"/{entry.id}-siop-y-felin/something-wrong")


def test_the_page_of_an_entry_leads_to_the_form(visitor, entry, language):
    visitor.open(address_of(visitor.site, "directory.show", language, supplier_id=f"{entry.id}-siop-y-felin"))
    assert visitor.follow(said(language, "Something is wrong here")).h1 == said(language, "Something is wrong here")


def test_the_page_of_thanks_opens_for_its_own_token_alone(visitor, entry, language):
    a_report(entry)
    for token in ("x", tokens.sign("report", "another-key"), tokens.sign("case", 1)):
        visitor.open(address_of(visitor.site, "reports.told", language, token=token), 404)


# ---- Staff ----


def test_staff_read_answer_and_close_a_report(visitor, entry, mair, language):
    report = a_report(entry)
    enter(visitor, mair)
    visitor.open(address_of(visitor.site, "backoffice.desk", language))
    title = said(language, "Reports that something is wrong with an entry")
    visitor.follow(f"{report.reference}: {entry.name} : {title}")
    assert WORDS in visitor.page.main and NIA in visitor.page.main
    assert visitor.send(422, words_cy="Iawn").errors == [said(language, "Choose what came of it")]
    assert len(visitor.send(422, outcome=Outcome.PUT_RIGHT.value).errors) == 1
    page = visitor.send(outcome=Outcome.PUT_RIGHT.value, words_cy=ANSWER.cy, words_en=ANSWER.en)
    assert said(language, "The report is closed. Whoever left an address is being told.") in page.main
    assert again(report.id).state == ReportState.ANSWERED
    page = visitor.follow(report.reference)
    assert page.soup.select("main form") == []
    assert {"cy": ANSWER.cy, "en": ANSWER.en}[language] in page.main
    assert (f"person:{mair.id}", "report.looked") in story_of(report)


def test_staff_write_notes_for_one_another(visitor, entry, mair, language):
    report = a_report(entry)
    enter(visitor, mair)
    visitor.open(address_of(visitor.site, "report_work.show", language, report_id=report.id))
    values = {"csrf_token": visitor.page.values()["csrf_token"], "_act": "note"}
    response = visitor.ask("POST", visitor.page.address, data={**values, "note": ""})
    assert response.status_code == 422 and said(language, "Write the note") in response.text
    response = visitor.ask("POST", visitor.page.address, data={**values, "note": "Ffoniais i."})
    assert response.status_code == 303
    page = visitor.open(visitor.page.address)
    assert "Ffoniais i." in page.main and said(language, "Your note is here.") in page.main


def test_a_report_about_an_entry_that_is_no_longer_there_is_read_and_answered(visitor, entry, mair, language):
    report = a_report(entry)
    changed(entry.id, source="profile")
    [owner] = roles_in(entry.business_id)
    businesses.close(entry.business_id, by_id=owner)
    enter(visitor, mair)
    gone = said(language, "The entry is no longer there.")
    page = visitor.open(address_of(visitor.site, "report_work.index", language))
    assert ("Siop y Felin" in page.main, gone in page.main) == (True, True)
    page = visitor.follow(report.reference)
    assert (gone in page.main, WORDS in page.main) == (True, True)
    assert not [link for link in page.soup.select("main a[href]") if f"/{entry.id}" in link["href"]]
    visitor.send(outcome=Outcome.NOTHING_WRONG.value, words_cy=ANSWER.cy, words_en=ANSWER.en)
    assert again(report.id).state == ReportState.ANSWERED


def test_a_report_without_an_address_asks_for_no_words(visitor, entry, mair):
    report = a_report(entry, email="")
    enter(visitor, mair)
    page = visitor.open(address_of(visitor.site, "report_work.show", "en", report_id=report.id))
    assert "They want no answer." in page.main and page.soup.select("[name=words_cy]") == []
    visitor.send(outcome=Outcome.NOTHING_WRONG.value)
    assert again(report.id).outcome == Outcome.NOTHING_WRONG


def test_a_late_click_is_told_kindly(visitor, entry, mair, language):
    report = a_report(entry, email="")
    enter(visitor, mair)
    visitor.open(address_of(visitor.site, "report_work.show", language, report_id=report.id))
    other = a_member_of_staff("eleri", Who.ADMINISTRATOR)
    actions.answer(report.id, Outcome.PUT_RIGHT, Bilingual(), by_id=other.id)
    page = visitor.send(409, outcome=Outcome.NOTHING_WRONG.value)
    assert said(language, "A colleague has answered this already") in page.main


def test_reports_are_listed_by_their_day_and_about_each_entry(visitor, entry, mair, language):
    first, other = a_report(entry), a_report(a_supplier("Arall", claim=Claim.IMPORTED))
    actions.answer(other.id, Outcome.CANNOT_TELL, ANSWER, by_id=mair.id)
    with time_machine.travel(datetime(2026, 12, 8, 9, tzinfo=UTC), tick=False):
        enter(visitor, mair)
        page = visitor.open(address_of(visitor.site, "report_work.index", language))
    assert said(language, "Overdue") in page.main
    assert page.main.index(first.reference) < page.main.index(other.reference)
    enter(visitor, mair)
    page = visitor.open(address_of(visitor.site, "report_work.of_entry", language, supplier_id=entry.id))
    assert first.reference in page.main and other.reference not in page.main
    empty = a_supplier("Gwag", claim=Claim.IMPORTED)
    page = visitor.open(address_of(visitor.site, "report_work.of_entry", language, supplier_id=empty.id))
    assert said(language, "Nobody has said that anything is wrong with this entry.") in page.main


def test_only_those_who_answer_reports_enter(visitor, entry):
    report = a_report(entry)
    enter(visitor, a_member_of_staff("gwen", Who.HELPER))
    for endpoint, values in (
        ("report_work.index", {}),
        ("report_work.show", {"report_id": report.id}),
        ("report_work.of_entry", {"supplier_id": entry.id}),
    ):
        visitor.open(address_of(visitor.site, endpoint, "en", **values), 403)


def test_lists_ask_the_database_as_much_however_long_they_are(visitor, entry, mair, statements):
    enter(visitor, mair)
    address = address_of(visitor.site, "report_work.index", "en")

    def work():
        statements.clear()
        visitor.ask("GET", address)
        return len(statements)

    a_report(entry)
    visitor.open(address)
    one = work()
    for number in range(5):
        a_report(a_supplier(f"Siop {number}", claim=Claim.IMPORTED), email="")
    assert work() == one


def test_a_member_of_staff_does_not_learn_who_told_us_of_a_business_of_theirs(visitor, entry, mair):
    huw = db.session.query(Person).filter_by(id=next(iter(roles_in(entry.business_id)))).one()
    report = a_report(entry, ReportKind.CONDUCT)
    joined(entry.business_id, huw, mair)
    enter(visitor, mair)
    visitor.open(address_of(visitor.site, "report_work.show", "en", report_id=report.id), 403)
    for endpoint, values in (("report_work.index", {}), ("report_work.of_entry", {"supplier_id": entry.id})):
        page = visitor.open(address_of(visitor.site, endpoint, "en", **values))
        assert report.reference not in page.main
    assert (f"person:{mair.id}", "report.looked") not in story_of(report)
