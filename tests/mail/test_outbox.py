"""Letters, put into words now and sent later."""

from dataclasses import replace

import pytest
from flask import g
from jinja2 import DictLoader
from sqlalchemy import func, select

from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import current_language, speaking
from c4s.mail import outbox
from c4s.mail.models import Channel, LetterState, OutgoingLetter
from c4s.mail.outbox import Attachment, NoSubject
from c4s.pages.forms import SUBJECTS
from tests.conftest import NOW, said
from tests.core.conftest import Mood
from tests.events.builders import an_event, booked, last_letter
from tests.mail.writing import FACTS, SIAN, kept, write

ENGLISH = "Message from the contact page"


def test_a_letter_is_in_the_language_of_whom_it_is_for(site):
    found = {}
    for language in ("cy", "en"):
        letter = kept(write(replace(SIAN, language=language)))
        found[language] = (letter.subject, letter.language, "Enw: Mair" in letter.body, "Name: Mair" in letter.body)
    assert found == {"cy": (said("cy", ENGLISH), "cy", True, False), "en": (ENGLISH, "en", False, True)}


def test_a_letter_for_somebody_whose_language_is_not_known_is_in_both_welsh_first(site):
    letter = kept(write(replace(SIAN, language="both")))
    assert (letter.subject, letter.language) == (f"{said('cy', ENGLISH)} | {ENGLISH}", "both")
    assert letter.body.startswith("(English below)\n\n")
    assert 0 < letter.body.index("Enw: Mair") < letter.body.index("-" * 60) < letter.body.index("Name: Mair")


@pytest.mark.parametrize("page", ["cy", "en"])
def test_the_language_of_the_page_is_neither_here_nor_there(site, page):
    with site.test_request_context(f"/{page}/"):
        g.language = page
        subjects = [kept(write(replace(SIAN, language=language))).subject for language in ("cy", "en")]
        assert (subjects, current_language()) == ([said("cy", ENGLISH), ENGLISH], page)


def test_words_that_know_both_languages_are_said_in_the_letters_own(site):
    with speaking("cy"):
        letter = kept(write(replace(SIAN, language="en"), topic=SUBJECTS["event"]))
    assert "Training or an event" in letter.body


def test_a_letter_is_put_into_words_at_once(site):
    letter = kept(write())
    assert (letter.state, letter.created_at, letter.due_at, letter.attempts) == (LetterState.QUEUED, NOW, NOW, 0)
    assert FACTS["words"] in letter.body


def test_what_is_undone_sends_no_letter(site):
    @unit_of_work
    def write_and_refuse():
        write()
        raise Refused(Mood.CROSS)

    with pytest.raises(Refused):
        write_and_refuse()
    assert db.session.scalar(select(func.count()).select_from(OutgoingLetter)) == 0


def test_a_letter_outside_a_unit_of_work_is_refused(site):
    outbox.post("pages/message", to=SIAN, **FACTS)
    with pytest.raises(RuntimeError):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize(
    ("channel", "address"), [(Channel.POST, "1 Stryd y Bont\nPontypridd"), (Channel.PHONE, "01632 960123")]
)
def test_a_letter_for_somebody_without_email_waits_for_paper(site, channel, address):
    letter = kept(write(replace(SIAN, channel=channel, address=address)))
    assert (letter.state, letter.to_address) == (LetterState.TO_PRINT, address)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Siân\r\nBcc: all@example.cymru", "Siân Bcc: all@example.cymru"),
        ("Si\u202eân\x00", "Siân"),
        ("a" * 61, "a" * 60),
    ],
)
def test_a_name_on_an_envelope_is_one_tidy_short_line(site, typed, name):
    assert kept(write(replace(SIAN, name=typed))).to_name == name


def test_a_subject_is_one_line_and_fits_however_long_the_names_are(site):
    event = an_event(title=Bilingual("Ŵ" * 200, "Y" * 200))
    booked(event, "nia", language_written="both")
    letter = last_letter("nia@example.cymru")
    assert (len(letter.subject) <= 400, "\n" in letter.subject, letter.language) == (True, False, "both")


def test_a_letter_knows_what_it_is_about_and_what_goes_with_it(site):
    @unit_of_work
    def write_with_all():
        return outbox.post(
            "pages/message",
            to=SIAN,
            about=("booking", 7),
            attachment=Attachment("bara.txt", "text/plain; charset=utf-8", "Bara ŵy"),
            reply_to="mair@example.cymru",
            **FACTS,
        )

    letter = write_with_all()
    assert (letter.about_kind, letter.about_id, letter.reply_to) == ("booking", 7, "mair@example.cymru")
    assert (letter.attachment_name, letter.attachment_type, letter.attachment) == (
        "bara.txt",
        "text/plain; charset=utf-8",
        "Bara ŵy",
    )


@pytest.mark.parametrize("text", ["Helo\n", "\nSubject: Helo\n", "subject: Helo\n\nBara"])
def test_a_letter_without_a_subject_is_not_written(site, monkeypatch, text):
    monkeypatch.setattr(site.jinja_env, "loader", DictLoader({"cy/pages/letters/odd.txt": text}))
    with pytest.raises(NoSubject):
        outbox.words("pages/odd", "cy")


def test_what_people_type_is_not_turned_into_html(site):
    assert "<b>Bara</b> & llaeth" in kept(write(words="<b>Bara</b> & llaeth")).body
