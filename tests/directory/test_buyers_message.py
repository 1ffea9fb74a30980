"""Somebody who buys for a public body, as our staff have checked, writes to a supplier, who is told so."""

from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select

from c4s.accounts.models import Person
from c4s.audit import trail
from c4s.buyers import actions as buyers
from c4s.buyers import queries as requests
from c4s.core.db import db
from c4s.core.once import NotAgain
from c4s.directory import actions
from c4s.directory.models import Supplier
from c4s.directory.rules import WhyNot
from c4s.i18n.bilingual import Bilingual
from c4s.mail.delivery import send_due
from c4s.mail.models import OutgoingLetter
from tests.accounts.builders import a_member_of_staff, a_person, enter
from tests.builders import a_supplier
from tests.buyers.builders import a_buyer, asked
from tests.refusals import why_not
from tests.visitor import Visitor

FORM = {"cy": "/cy/cyfeiriadur/{}-becws/neges-prynwr", "en": "/en/directory/{}-becws/buyer-message"}
SAID = {"language": "cy", "words": "Deg torth bob dydd, os gwelwch yn dda."}
KEY = {"key": "the-key-of-one-form-only", "network": "192.0.2.1"}


@pytest.fixture
def baker(site: Flask) -> Supplier:
    return a_supplier("Becws", email="becws@example.cymru")


@pytest.fixture
def rhian(site: Flask) -> Person:
    return a_buyer(name="Rhian Puw")


def form_of(baker: Supplier, language: str = "en") -> str:
    return FORM[language].format(baker.id)


def end_rights(person: Person) -> None:
    granted = requests.granted_to(person.id)
    assert granted is not None
    buyers.end(granted.id, Bilingual("Swydd arall", "Another job"), by_id=a_member_of_staff("olga").id)
    db.session.rollback()


def letters_to_becws() -> list[OutgoingLetter]:
    db.session.rollback()
    return list(db.session.scalars(select(OutgoingLetter).where(OutgoingLetter.to_address == "becws@example.cymru")))


def test_the_supplier_is_told_for_whom_they_buy_and_that_it_was_checked(
    baker: Supplier, rhian: Person, letters: list[EmailMessage]
) -> None:
    for _ in range(2):
        actions.send_buyers_enquiry(baker.id, **KEY, **SAID, by_id=rhian.id)
    (waiting,) = letters_to_becws()
    send_due()
    letter = letters[-1]
    assert letter["Reply-To"] == "rhian@example.cymru"
    body = letter.get_content()
    for part in (
        "Enw: Rhian Puw",
        "Name: Rhian Puw",
        "Public body: Cyngor y Bryniau",
        "Corff cyhoeddus: Cyngor y Bryniau",
    ):
        assert part in body
    assert "Our staff have checked that this person buys" in body and "We did not check who they are" not in body
    assert body.count(SAID["words"]) == 2
    (entry,) = trail.history_of("supplier", baker.id)
    assert (entry.action, entry.actor, entry.facts) == ("supplier.enquiry_sent", trail.person(rhian.id), {})
    given = {**KEY, **SAID, "words": "Naw torth."}
    assert why_not(actions.send_buyers_enquiry, baker.id, **given, by_id=rhian.id) == NotAgain.ANOTHER_BODY
    assert [one.id for one in letters_to_becws()] == [waiting.id]


def test_a_visitor_s_message_says_nothing_of_a_public_body(baker: Supplier) -> None:
    actions.send_enquiry(baker.id, **KEY, **SAID, name="Siân", email="sian@example.cymru")
    body = letters_to_becws()[0].body
    assert (
        "We did not check who they are" in body and "Public body" not in body and "Our staff have checked" not in body
    )


def test_nobody_is_vouched_for_who_has_no_rights_or_has_them_no_more(baker: Supplier, rhian: Person) -> None:
    gwyn = a_person("gwyn")
    asked(gwyn)
    assert why_not(actions.send_buyers_enquiry, baker.id, **KEY, **SAID, by_id=gwyn.id) == WhyNot.NO_BUYER
    db.session.rollback()
    end_rights(rhian)
    assert why_not(actions.send_buyers_enquiry, baker.id, **KEY, **SAID, by_id=rhian.id) == WhyNot.NO_BUYER
    assert letters_to_becws() == []


@pytest.mark.pages
def test_a_buyer_writes_checks_and_sends(visitor: Visitor, baker: Supplier, rhian: Person, language: str) -> None:
    enter(visitor, rhian)
    visitor.open(form_of(baker, language))
    assert "Cyngor y Bryniau" in visitor.page.main and "rhian@example.cymru" in visitor.page.main
    page = visitor.send(status=422, words="")
    assert len(page.errors) == 2
    visitor.say_it_in({"cy": "en", "en": "cy"}[language])
    visitor.say_it_in(language)
    page = visitor.send(**SAID)
    assert SAID["words"] in page.main and "Cyngor y Bryniau" in page.main and letters_to_becws() == []
    page = visitor.send(press=("_change", "words"))
    assert page.values()["words"] == SAID["words"]
    visitor.send()
    page = visitor.send()
    assert page.h1 == {"cy": "Mae eich neges ar ei ffordd", "en": "Your message is on its way"}[language]
    assert len(letters_to_becws()) == 1


@pytest.mark.pages
def test_a_buyer_writes_in_no_other_name(visitor: Visitor, baker: Supplier, rhian: Person) -> None:
    enter(visitor, rhian)
    visitor.open(form_of(baker))
    visitor.send(**SAID, name="Y Prif Weinidog", email="arall@example.cymru", body_name="Senedd")
    visitor.send(name="Y Prif Weinidog", email="arall@example.cymru", body_name="Senedd")
    (letter,) = letters_to_becws()
    assert letter.reply_to == "rhian@example.cymru"
    assert "Prif Weinidog" not in letter.body and "Senedd" not in letter.body


@pytest.mark.pages
def test_the_page_is_for_buyers_with_a_second_step(visitor: Visitor, baker: Supplier, rhian: Person) -> None:
    everybodys = form_of(baker).replace("buyer-message", "message")
    assert form_of(baker) not in visitor.open(everybodys).links().values()
    assert visitor.ask("GET", form_of(baker)).headers["Location"].startswith("/en/sign-in?next=")
    enter(visitor, a_person("gwyn"))
    visitor.open(form_of(baker), status=403)
    ceri = a_person("ceri")
    buyers.grant(asked(ceri).id, by_id=a_member_of_staff("ann").id)
    enter(visitor, ceri)
    assert visitor.ask("GET", form_of(baker)).headers["Location"].startswith("/en/account/second-step")
    enter(visitor, rhian).open(everybodys)
    assert visitor.follow("Send a message as a buyer").address == form_of(baker)
    visitor.send(**SAID)
    end_rights(rhian)
    assert visitor.send().address.startswith("/en/sign-in?next=")
    assert letters_to_becws() == []


@pytest.mark.pages
def test_a_buyer_finds_no_form_where_there_is_none(visitor: Visitor, rhian: Person) -> None:
    enter(visitor, rhian)
    quiet = a_supplier("Becws")
    visitor.open(form_of(quiet), status=404)
    visitor.open("/en/directory/999999-becws/buyer-message", status=404)
