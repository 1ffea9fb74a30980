"""Writing to us, told in Welsh and in English."""

import pytest
from sqlalchemy import select

from c4s.audit.models import Entry
from c4s.core.db import db
from c4s.mail import delivery
from c4s.mail.models import OutgoingLetter
from c4s.pages import actions
from c4s.pages.actions import MESSAGES_PER_NETWORK
from tests.conftest import said
from tests.visitor import PREFIXES, Visitor, the_other, words

pytestmark = pytest.mark.pages

CONTACT = {"cy": "/cy/cysylltu", "en": "/en/contact"}
THANKS = {"cy": "/cy/cysylltu/diolch", "en": "/en/contact/thanks"}
MESSAGE = {
    "name": "Siân Tŷ",
    "email": "sian@example.cymru",
    "subject": "event",
    "language": "cy",
    "words": "Helo,\n\nOes lle i gadair olwyn?\n- un\n- dau",
}
SUBJECT = "Training or an event"
TOO_MANY = "Too many forms have been sent in a short time. Phone us, or send yours again after this time:"


def outbox():
    db.session.rollback()
    return list(db.session.scalars(select(OutgoingLetter).order_by(OutgoingLetter.id)))


@pytest.fixture
def at_check(visitor, language):
    """Somebody who has filled in the form and reads it again."""
    visitor.open(CONTACT[language])
    visitor.send(**MESSAGE)
    return visitor


def test_the_whole_way(visitor, language, letters):
    page = visitor.open(CONTACT[language])
    form_heading = page.h1
    page = visitor.send(422, **{**MESSAGE, "email": "sian"})
    assert (page.h1, page.title.startswith(PREFIXES[language]), len(page.errors)) == (form_heading, True, 1)
    page = visitor.send(email=MESSAGE["email"])
    assert page.h1 != form_heading
    answers = [words(tag) for tag in page.soup.select("dl.answers dd:not(.act)")]
    assert answers[:3] == [MESSAGE["name"], MESSAGE["email"], said(language, SUBJECT)]
    assert outbox() == []
    page = visitor.send()
    assert (page.address, page.status) == (THANKS[language], 200)
    letter = outbox()[0]
    assert (letter.to_address, letter.reply_to, letter.language) == (
        "helo@example.wales",
        "sian@example.cymru",
        "both",
    )
    assert [MESSAGE["words"] in letter.body, said("cy", SUBJECT) in letter.body, SUBJECT in letter.body] == [True] * 3
    delivery.send_due()
    assert [(str(one["Reply-To"]), str(one["To"])) for one in letters] == [
        ("sian@example.cymru", "Connect4Success <helo@example.wales>")
    ]
    assert [(one.actor, one.action) for one in db.session.scalars(select(Entry))] == [
        ("visitor", "contact.message_sent")
    ]


def test_nothing_of_a_message_is_kept_in_the_trail(at_check):
    at_check.send()
    assert [one.facts for one in db.session.scalars(select(Entry))] == [{}]


def test_reading_the_thanks_again_sends_nothing_again(at_check):
    at_check.send()
    at_check.open(at_check.page.address)
    assert len(outbox()) == 1


def test_the_same_form_sent_twice_sends_one_message(at_check, language):
    check = at_check.page
    at_check.send()
    at_check.page = check
    assert (at_check.send().address, len(outbox())) == (THANKS[language], 1)


def test_the_same_form_with_other_words_is_refused_kindly_and_keeps_them(at_check):
    check = at_check.page
    at_check.send()
    at_check.page = check
    page = at_check.send(422, words="Rhywbeth arall")
    assert (len(page.errors), page.values()["words"], len(outbox())) == (1, "Rhywbeth arall", 1)


@pytest.mark.either_database
@pytest.mark.parametrize("field", ["name", "email", "subject", "language", "words"])
def test_every_answer_can_be_changed_on_its_own(at_check, field):
    page = at_check.send(press=("_change", field))
    kept = {name: str(page.values()[name]).replace("\r\n", "\n") for name in MESSAGE}
    assert (kept, page.errors, outbox()) == (MESSAGE, [], [])
    at_check.send()
    at_check.send()
    assert len(outbox()) == 1


@pytest.mark.either_database
def test_each_change_button_says_what_it_changes(at_check):
    names = [words(button) for button in at_check.page.soup.select("button[name=_change]")]
    assert (len(names), len(set(names))) == (5, 5)


@pytest.mark.either_database
def test_on_the_check_page_the_main_button_comes_first_and_keeps_everything(at_check, language):
    first = at_check.page.form().select("button")[0]
    assert first.get("name") is None
    page = at_check.say_it_in(the_other(language))
    assert page.soup.select("dl.answers")
    at_check.send()
    assert len(outbox()) == 1


@pytest.mark.either_database
def test_a_check_page_that_somebody_made_up_goes_back_to_the_form(visitor, language):
    visitor.open(CONTACT[language])
    page = visitor.send(422, **{**MESSAGE, "subject": "made-up", "_step": "send"})
    assert (len(page.errors), outbox()) == (1, [])


def many_messages(language):
    """As many messages as one network may send."""
    for number in range(MESSAGES_PER_NETWORK):
        actions.send_message(
            key=f"the-key-of-form-{number}",
            network="192.0.2.0/24",
            name="Nia",
            email="nia@example.cymru",
            topic=SUBJECT,
            language=language,
            words="Helo",
        )


def test_too_many_messages_from_one_network_are_refused_kindly(site, language, clock):
    many_messages(language)
    somebody = Visitor(site, network="192.0.2.200")
    somebody.open(CONTACT[language])
    somebody.send(**MESSAGE)
    page = somebody.send(429)
    until = {"cy": "dydd Llun 23 Tachwedd 2026, 10:00", "en": "Monday 23 November 2026, 10:00"}[language]
    assert page.errors == [f"{said(language, TOO_MANY)} {until}"]
    assert page.response.headers["Retry-After"] == "3600"
    assert {name: str(page.values()[name]).replace("\r\n", "\n") for name in MESSAGE} == MESSAGE
    elsewhere = Visitor(site, network="198.51.100.1")
    elsewhere.open(CONTACT[language])
    elsewhere.send(**MESSAGE)
    assert (elsewhere.send().address, len(outbox())) == (THANKS[language], MESSAGES_PER_NETWORK + 1)
    clock.shift(3600)  # what was refused is sent an hour later
    somebody.send()
    assert (somebody.send().address, len(outbox())) == (THANKS[language], MESSAGES_PER_NETWORK + 2)


@pytest.mark.either_database
def test_people_without_email_are_told_how_to_reach_us(visitor, language):
    page = visitor.open(CONTACT[language])
    assert page.links()["01632 960 100"] == "tel:01632960100"
    assert "CF37 1AA" in page.main


def test_people_who_only_want_the_number_find_it_before_the_form(visitor, language):
    page = visitor.open(CONTACT[language])
    number, form = page.soup.select_one('main a[href="tel:01632960100"]'), page.form()
    assert (number in form.find_all_previous("a"), page.soup.select("main aside")) == (True, [])
