"""Nia has been to a workshop: Gwen ticks her at the door, she gets her certificate, a stranger checks it, and she says
what she thought of it, once."""

import re

import pytest

from c4s.core.db import db
from c4s.events import signing_up
from c4s.events.models import Booking
from c4s.feedback import letters
from c4s.feedback.models import Feedback
from c4s.i18n.bilingual import Bilingual
from tests.attendance.builders import over
from tests.browser.machine import Town
from tests.events.builders import a_sign_up, an_event, by_phone
from tests.journeys.conftest import Post, Somebody, words_of
from tests.journeys.test_without_email import at_the_desk

pytestmark = pytest.mark.browser


def a_workshop(town: Town, email: str, language: str) -> tuple[int, str]:
    """One that was over half an hour ago, and at which Nia and somebody else had places; its number, and the address
    of the page on which Nia says what she thought."""
    with town.site.app_context():
        # Of a title of its own in each language: both are over at once, and the town’s list names them side by side.
        event = an_event(capacity=5, title=Bilingual(f"Ar ben {language}", f"Over now {language}"))
        nia = signing_up.book_place(
            event.id, a_sign_up("nia", name="Nia Wyn", address=email, language_written=language)
        ).booking_id
        signing_up.prove(nia)
        signing_up.book_place(event.id, by_phone({"cy": 801, "en": 802}[language]))
        over(event.id)
        link = letters.address(db.session.get_one(Booking, nia))
        assert link is not None
        found = event.id, getattr(link, language)
        db.session.remove()
    return found


def number_of_answers(town: Town, event: int) -> int:
    with town.site.app_context():
        number = db.session.query(Feedback).filter_by(event_id=event).count()
        db.session.remove()
    return number


def test_nia_is_ticked_at_the_door_gets_a_certificate_and_says_what_she_thought(
    somebody: Somebody, post: Post, town: Town, language: str
) -> None:
    other = {"cy": "en", "en": "cy"}[language]
    email = f"nia.wyn.{language}@example.cymru"
    event, feedback = a_workshop(town, email, language)

    # Gwen has the register on her phone: she ticks Nia with her thumb, and saves.
    gwen = somebody()
    gwen.at(width=320, height=640)
    at_the_desk(gwen, town, f"gwen.{language}.door")
    gwen.open(town.address("attendance.show", language, event_id=event))
    gwen.page.locator("main .choice label", has_text="Nia Wyn").click()
    gwen.press("Save")
    assert gwen.words("The attendance has been saved.") in gwen.main
    boxes = gwen.page.locator("main input[name=came]")
    assert sorted(box.is_checked() for box in boxes.all()) == [False, True]

    # Only those who came are offered a certificate.
    gwen.follow("Certificates of attendance")
    assert gwen.page.locator("main input[name=chosen]").count() == 1
    gwen.press("Issue the certificates")
    assert gwen.words("The certificates have been issued, and everybody is told.") in gwen.main

    # Nia opens hers from the letter; it is one sheet of paper, in both languages.
    letter = words_of(post.last_to(email))
    path = {"cy": "/cy/fy-nhystysgrif/", "en": "/en/my-certificate/"}[language]
    link = re.search(rf"http://\S+{path}\S+", letter)
    assert link is not None
    nia = somebody()
    nia.open(link[0])
    assert nia.heading == nia.words("Your certificate of attendance")
    assert [words in nia.main for words in ("Nia Wyn", "Tystysgrif presenoldeb", "Certificate of attendance")] == [
        True
    ] * 3
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", nia.page.pdf(format="A4"))) == 1

    # An employer types the code, without its hyphens.
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", letter)
    assert code is not None
    employer = somebody()
    employer.open(town.address("certificates.check", language))
    employer.fill(code=code[0].replace("-", "").lower())
    employer.press("Check the certificate")
    assert employer.heading == employer.words("We issued this certificate")
    assert "Nia Wyn" in employer.main

    # Nia says what she thought, changing language half-way; the link works once.
    nia.open(feedback)
    nia.fill(useful="very", next_step="Gwefan newydd.")
    nia.say_it_in(other)
    assert nia.values()["next_step"] == "Gwefan newydd."
    nia.say_it_in(language)
    nia.press("Send my answers")
    assert nia.heading == nia.words("Thank you for your answers")
    nia.open(feedback)
    assert nia.heading == nia.words("You have answered already")
    assert number_of_answers(town, event) == 1
