"""Writing to a supplier, whose address nobody sees."""

from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select

from c4s.audit.models import Entry
from c4s.core.db import db
from c4s.directory import actions
from c4s.directory.models import Supplier
from c4s.mail.delivery import send_due
from c4s.mail.models import OutgoingLetter
from tests.builders import a_supplier
from tests.visitor import Visitor, words

pytestmark = pytest.mark.pages

FORM = {"cy": "/cy/cyfeiriadur/{}-becws/neges", "en": "/en/directory/{}-becws/message"}
TYPED = {
    "name": "Siân ap Rhŷs",
    "email": "sian@example.cymru",
    "language": "cy",
    "words": "Bore da.\n\nDeg torth ar gyfer dydd Gwener, os gwelwch yn dda.",
}
MANY_WORDS = "x" * 3_001


@pytest.fixture
def baker(site: Flask) -> Supplier:
    return a_supplier("Becws", email="becws@example.cymru")


def form_of(baker: Supplier, language: str = "en") -> str:
    return FORM[language].format(baker.id)


def waiting() -> list[OutgoingLetter]:
    db.session.expire_all()
    return list(db.session.scalars(select(OutgoingLetter).order_by(OutgoingLetter.id)))


def test_a_message_is_written_checked_and_sent_once(
    visitor: Visitor, baker: Supplier, letters: list[EmailMessage], language: str
) -> None:
    visitor.open(form_of(baker, language))
    page = visitor.send(**TYPED)
    assert waiting() == []
    told = [words(value) for value in page.soup.select(".answers dd:not(.act)")]
    assert told[:2] == ["Siân ap Rhŷs", "sian@example.cymru"]
    assert told[2] == {"cy": "Cymraeg", "en": "Welsh"}[language]
    page = visitor.send()
    assert page.h1 == {"cy": "Mae eich neges ar ei ffordd", "en": "Your message is on its way"}[language]
    assert page.response.request.method == "GET"
    assert len(waiting()) == 1
    assert "becws@example.cymru" not in page.html


def test_the_letter_is_in_both_languages_and_is_answered_straight_to_whoever_wrote(
    visitor: Visitor, baker: Supplier, letters: list[EmailMessage]
) -> None:
    visitor.open(form_of(baker))
    visitor.send(**TYPED)
    visitor.send()
    db.session.rollback()
    send_due()
    (letter,) = letters
    assert "becws@example.cymru" in letter["To"] and letter["Reply-To"] == "sian@example.cymru"
    body = letter.get_content()
    assert body.count("Deg torth ar gyfer dydd Gwener, os gwelwch yn dda.") == 2
    assert body.index("Enw: Siân ap Rhŷs") < body.index("Name: Siân ap Rhŷs")
    assert "sian@example.cymru" in body and "becws@example.cymru" not in body


def test_the_trail_knows_that_a_message_was_sent_and_nothing_of_what_it_said(visitor: Visitor, baker: Supplier) -> None:
    visitor.open(form_of(baker))
    visitor.send(**TYPED)
    visitor.send()
    (entry,) = [one for one in db.session.scalars(select(Entry)) if one.action == actions.Did.SENT_ENQUIRY]
    assert (entry.subject_kind, entry.subject_id, entry.actor, entry.facts) == ("supplier", baker.id, "visitor", {})


def test_the_same_message_sent_twice_goes_once(visitor: Visitor, baker: Supplier) -> None:
    visitor.open(form_of(baker))
    visitor.send(**TYPED)
    values = visitor.page.values()
    for _ in range(2):
        response = visitor.ask("POST", form_of(baker), data=values)
        assert response.status_code == 303
    assert len(waiting()) == 1
    response = visitor.ask("POST", form_of(baker), data={**values, "words": "Something else."})
    assert response.status_code == 422
    assert len(waiting()) == 1


def test_an_error_keeps_everything_that_was_typed(visitor: Visitor, baker: Supplier, language: str) -> None:
    visitor.open(form_of(baker, language))
    page = visitor.send(status=422, **{**TYPED, "email": "sian@", "language": None})
    assert len(page.errors) == 2
    values = page.values()
    assert (values["name"], values["email"], values["words"]) == (TYPED["name"], "sian@", TYPED["words"])
    page = visitor.send(status=422, name="", email="", language=None, words="")
    assert len(page.errors) == 4
    page = visitor.send(status=422, **{**TYPED, "words": MANY_WORDS})
    assert (len(page.errors), page.values()["words"]) == (1, MANY_WORDS)
    assert waiting() == []


def test_what_was_checked_can_be_changed(visitor: Visitor, baker: Supplier, language: str) -> None:
    visitor.open(form_of(baker, language))
    visitor.send(**TYPED)
    page = visitor.send(press=("_change", "words"))
    values = page.values()
    assert {name: values[name] for name in TYPED} == TYPED
    page = visitor.send(words="Deuddeg torth.")
    assert "Deuddeg torth." in page.main
    visitor.send()
    assert "Deuddeg torth." in waiting()[0].body


def test_changing_the_language_keeps_everything_on_both_pages(visitor: Visitor, baker: Supplier, language: str) -> None:
    other = {"cy": "en", "en": "cy"}[language]
    visitor.open(form_of(baker, language))
    page = visitor.send(press=("_language", other), **{**TYPED, "email": "not yet"})
    assert (page.language, page.errors) == (other, [])
    assert {name: page.values()[name] for name in TYPED} == {**TYPED, "email": "not yet"}
    visitor.send(email=TYPED["email"])
    first = visitor.page.h1
    page = visitor.send(press=("_language", language))
    assert (page.language, page.h1 != first) == (language, True)
    assert {name: page.values()[name] for name in TYPED} == TYPED
    assert waiting() == []
    visitor.send()
    assert len(waiting()) == 1


def test_nobody_is_written_to_who_has_no_email_address(visitor: Visitor) -> None:
    one = a_supplier("Becws")
    for language in ("cy", "en"):
        visitor.open(form_of(one, language), status=404)
    assert visitor.ask("POST", form_of(one), data=TYPED).status_code == 404
    assert not visitor.open(f"/en/directory/{one.id}").soup.select('a[href$="/message"]')


def test_too_many_messages_from_one_network_are_refused_and_kept_on_the_page(site: Flask, baker: Supplier) -> None:
    visitor = Visitor(site, network="192.0.2.9")
    for number in range(actions.MESSAGES_PER_NETWORK):
        visitor.open(form_of(baker))
        visitor.send(**{**TYPED, "words": f"Message {number}"})
        visitor.send()
    visitor.open(form_of(baker))
    visitor.send(**TYPED)
    page = visitor.send(status=429)
    assert (len(page.errors), page.response.headers["Retry-After"]) == (1, "3600")
    assert page.values()["words"] == TYPED["words"]
    assert len(waiting()) == actions.MESSAGES_PER_NETWORK
    other = Visitor(site, network="198.51.100.1")
    other.open(form_of(baker))
    other.send(**TYPED)
    other.send()
    assert len(waiting()) == actions.MESSAGES_PER_NETWORK + 1


def test_too_many_messages_to_one_supplier_are_refused(
    visitor: Visitor, baker: Supplier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MESSAGES_PER_SUPPLIER", 1)
    for status in (200, 429):
        visitor.open(form_of(baker))
        visitor.send(**TYPED)
        visitor.send(status=status)
    assert len(waiting()) == 1


def test_a_message_is_only_words(visitor: Visitor, baker: Supplier) -> None:
    visitor.open(form_of(baker))
    page = visitor.send(**{**TYPED, "name": "<b>Siân</b>", "words": "<script>alert(1)</script> ${7*7}"})
    assert not page.soup.select("main b, script")
    assert "${7*7}" in page.main
    visitor.send()
    assert "<script>alert(1)</script> ${7*7}" in waiting()[0].body


def test_a_header_cannot_be_smuggled_in_through_a_name(visitor: Visitor, baker: Supplier) -> None:
    visitor.open(form_of(baker))
    visitor.send(**{**TYPED, "name": "Siân\r\nBcc: all@example.com"})
    visitor.send()
    assert "Siân Bcc: all@example.com" in waiting()[0].body


def test_a_post_from_elsewhere_or_without_our_token_sends_nothing(visitor: Visitor, baker: Supplier) -> None:
    visitor.open(form_of(baker))
    visitor.send(**TYPED)
    values = visitor.page.values()
    elsewhere = visitor.ask("POST", form_of(baker), data=values, headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 403
    without = visitor.ask("POST", form_of(baker), data={**values, "csrf_token": "x"})
    assert without.status_code == 422
    assert waiting() == []
