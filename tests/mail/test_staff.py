"""Letters that need people: on paper, on the phone, and those that would not go."""

import re
from datetime import timedelta

import pytest

from c4s.audit import trail
from c4s.core.config import ROOT
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.mail import delivery, outbox, rules
from c4s.mail.delivery import KEEP_WORDS, LEASE
from c4s.mail.models import Channel, LetterState, OutgoingLetter
from c4s.mail.rules import Did, Trouble
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, enter, entered, letters_to
from tests.visitor import words

LETTERS = {"cy": "/cy/staff/llythyrau", "en": "/en/staff/letters"}
pages = pytest.mark.pages


@pytest.fixture
def gwen(visitor):
    """A helper, who is signed in."""
    person = a_member_of_staff("gwen", Who.HELPER)
    enter(visitor, person)
    return person


def last(person):
    return letters_to(person.postal_address or person.phone)[-1]


def told(letter_id):
    db.session.rollback()
    return [(entry.action, entry.actor) for entry in trail.history_of("letter", letter_id)]


@unit_of_work
def spoilt(letter_id, problem="SMTPRecipientsRefused: 550 5.1.1 unknown"):
    letter = db.session.get_one(OutgoingLetter, letter_id)
    letter.channel, letter.state, letter.problem, letter.attempts = Channel.EMAIL, LetterState.FAILED, problem, 7


# ---- What is wrong, and marking ----


@pytest.mark.either_database
@pytest.mark.parametrize(
    ("problem", "trouble"),
    [
        ("SMTPRecipientsRefused: {'nia@example.cymru': (550, b'5.1.1 User unknown')}", Trouble.ADDRESS),
        ("IDNAError: Empty Label", Trouble.ADDRESS),
        ("TimeoutError: timed out", Trouble.NO_ANSWER),
        ("gaierror: [Errno -2] Name or service not known", Trouble.NO_ANSWER),
        ("ConnectionRefusedError: [Errno 111] Connection refused", Trouble.NO_ANSWER),
        ("SMTPServerDisconnected: Connection unexpectedly closed", Trouble.NO_ANSWER),
        ("SMTPAuthenticationError: (535, b'no')", Trouble.SERVER),
        ("SMTPDataError: (554, b'spam')", Trouble.SERVER),
        (delivery.DIED, Trouble.OURS),
        ("KeyError: 'x'", Trouble.OURS),
        ("", Trouble.OURS),
    ],
)
def test_what_the_machine_said_is_put_into_words_of_people(problem, trouble):
    assert rules.trouble(problem) == trouble


def test_letters_are_marked_once_and_the_trail_says_by_whom(site):
    elin = entered("elin")
    number = last(elin).id
    assert [delivery.mark_printed([number, number], Did.POSTED, by="person:7") for _ in range(2)] == [1, 0]
    assert told(number) == [(Did.POSTED, "person:7")]
    assert last(elin).state == LetterState.PRINTED


def test_an_e_mail_is_never_marked_as_posted(site):
    elin = entered("elin")
    number = last(elin).id
    spoilt(number)
    assert (delivery.mark_printed([number], Did.POSTED, by="person:7"), told(number)) == (0, [])


def test_a_failed_letter_is_tried_again_or_withdrawn_once(site):
    number = last(entered("elin")).id
    assert (delivery.retry(number, by="person:7"), delivery.withdraw(number, by="person:7")) == (False, False)
    spoilt(number)
    assert [delivery.withdraw(number, by="person:7") for _ in range(2)] == [True, False]
    assert (delivery.retry(number, by="person:7"), told(number)) == (False, [(Did.WITHDRAWN, "person:7")])


def test_a_letter_whose_words_are_forgotten_is_not_sent_again(site, clock):
    number = last(entered("elin")).id
    spoilt(number)
    clock.shift(KEEP_WORDS + LEASE)
    delivery.purge()
    assert delivery.retry(number, by="person:7") is False


def test_a_letter_in_both_languages_comes_apart_where_it_was_put_together(site):
    (welsh, first, cy), (english, second, en) = outbox.parts(last(entered("elin")))
    assert (welsh, english, first, second) == ("cy", "en", "Mae eich cyfrif ar agor", "Your account is open")
    assert (cy.startswith("Annwyl Elin"), en.startswith("Dear Elin"), "Dear" in cy) == (True, True, False)
    alone = outbox.parts(last(entered("ifor", Channel.PHONE, language_written="cy")))
    assert [part[0] for part in alone] == ["cy"]


# ---- The pages ----


@pages
def test_letters_are_shown_printed_and_marked(visitor, gwen, language):
    elin = entered("elin", by=gwen)
    visitor.open(LETTERS[language])
    page = visitor.open(f"{LETTERS[language]}/{'argraffu' if language == 'cy' else 'print'}?letter={last(elin).id}")
    sheets = page.soup.select("main .letter")
    address = sheets[0].select("address")[1].get_text()
    assert (len(sheets), address.split("\n")) == (1, ["Elin", *elin.postal_address.split("\n")])
    assert [part["lang"] for part in sheets[0].select("div[lang]")] == ["cy", "en"]
    assert last(elin).state == LetterState.TO_PRINT
    page = visitor.send()
    assert (last(elin).state, page.address) == (LetterState.PRINTED, LETTERS[language])
    assert [did for did in told(last(elin).id) if did[0] == Did.POSTED] == [(Did.POSTED, f"person:{gwen.id}")]
    assert (Did.LOOKED_AT, f"person:{gwen.id}") in told(last(elin).id)


@pages
def test_only_the_letters_that_were_shown_are_marked(visitor, gwen):
    elin = entered("elin", by=gwen)
    visitor.open(f"{LETTERS['en']}/print?letter={last(elin).id}")
    ifor = entered("ifor", by=gwen, address="2 Heol y Felin\nPontypridd\nCF37 1AB")  # it came while the printer ran
    visitor.send()
    assert (last(elin).state, last(ifor).state) == (LetterState.PRINTED, LetterState.TO_PRINT)


@pages
def test_what_is_chosen_is_what_is_printed_and_nothing_chosen_leads_back(visitor, gwen):
    elin, ifor = entered("elin", by=gwen), entered("ifor", Channel.PHONE, by=gwen)
    assert visitor.open(f"{LETTERS['en']}/print").address == LETTERS["en"]
    for nonsense in ("x", "9999999999999", "-1", str(last(ifor).id)):
        assert visitor.open(f"{LETTERS['en']}/print?letter={nonsense}").address == LETTERS["en"]
    page = visitor.open(LETTERS["en"])
    ticks = page.soup.select("main input[type=checkbox]")
    assert [(tick["value"], tick.has_attr("checked")) for tick in ticks] == [(str(last(elin).id), True)]


@pages
def test_the_address_stands_where_the_window_of_an_envelope_is(visitor, gwen):
    """DL, as in the stylesheet of letters: the paper itself begins 20 mm from each edge."""
    style = (ROOT / "static" / "css" / "paper.css").read_text()
    assert "@page { size: A4; margin: 20mm; }" in style
    rule = re.search(r"\.letter address \{ position: absolute;([^}]*)\}", style)[1]
    assert dict(re.findall(r"([a-z]+): (\d+)(?:mm)?;", rule)) == {
        "top": "25",
        "left": "0",
        "width": "90",
        "height": "35",
    }
    page = visitor.open(f"{LETTERS['en']}/print?letter={last(entered('elin', by=gwen)).id}")
    sheet = [str(link["href"]) for link in page.soup.select("link[rel=stylesheet]")][-1]
    assert re.fullmatch(r"/static/paper-[0-9a-f]{10}\.css", sheet)
    assert visitor.ask("GET", sheet).status_code == 200


@pages
def test_a_message_is_read_out_once(visitor, gwen, language):
    ifor = entered("ifor", Channel.PHONE, by=gwen)
    address = f"{LETTERS[language]}/{last(ifor).id}"
    page = visitor.open(address)
    assert (ifor.phone in page.main, last(ifor).state) == (True, LetterState.TO_PRINT)
    assert [section["lang"] for section in page.soup.select("main section[lang]")] == ["cy", "en"]
    last_lines = [section.select("p")[-2].select("br") for section in page.soup.select("main section[lang]")]
    assert all(last_lines)  # a list of facts is read out line by line
    visitor.send()
    assert last(ifor).state == LetterState.PRINTED
    assert (Did.READ_OUT, f"person:{gwen.id}") in told(last(ifor).id)
    assert visitor.open(address).address == LETTERS[language]


@pages
def test_a_letter_for_the_post_or_one_that_is_not_there_is_not_read_out(visitor, gwen):
    for number in (last(entered("elin", by=gwen)).id, 9999):
        assert visitor.ask("GET", f"{LETTERS['en']}/{number}").status_code == 404


@pages
@pytest.mark.parametrize(
    ("end", "state"),
    [({"cy": "", "en": ""}, "to_print"), ({"cy": "/heb-fynd", "en": "/not-sent"}, "failed")],
)
def test_a_look_at_a_list_of_letters_is_told_in_the_trail(visitor, gwen, language, end, state):
    spoilt(last(entered("elin", by=gwen)).id)
    entered("ifor", by=gwen, address="2 Heol y Felin\nPontypridd\nCF37 1AB")
    visitor.ask("GET", LETTERS[language] + end[language])
    db.session.rollback()
    [look] = trail.entries(trail.Asked(action=Did.LISTED), most=9)
    assert (look.actor, look.facts) == (f"person:{gwen.id}", {"state": state, "number": 1})


@pages
def test_what_would_not_go_is_tried_again_or_withdrawn(visitor, gwen, language):
    elin, ifor = entered("elin", by=gwen), entered("ifor", Channel.PHONE, by=gwen)
    numbers = [last(elin).id, last(ifor).id]
    for number in numbers:
        spoilt(number)
    page = visitor.open(f"{LETTERS[language]}/{'heb-fynd' if language == 'cy' else 'not-sent'}")
    assert len(page.soup.select("main section")) == 2
    token = page.values()["csrf_token"]
    for number, act in zip(numbers, ("retry", "withdraw"), strict=True):
        visitor.ask("POST", page.address, data={"csrf_token": token, "letter": number, "_act": act})
    db.session.rollback()
    states = [db.session.get_one(OutgoingLetter, number).state for number in numbers]
    assert states == [LetterState.QUEUED, LetterState.WITHDRAWN]


@pages
@pytest.mark.parametrize("role", [Who.EDITOR, Who.MODERATOR])
def test_who_may_not_post_letters_sees_and_changes_none(visitor, role):
    elin = entered("elin")
    number = last(elin).id
    enter(visitor, a_member_of_staff("mair", role))
    for end in ("", f"/print?letter={number}", f"/{number}", "/not-sent"):
        assert visitor.ask("GET", LETTERS["en"] + end).status_code == 403
    for end in ("/print", "/not-sent"):
        data = {"letter": number, "_act": "withdraw"}
        assert visitor.ask("POST", LETTERS["en"] + end, data=data).status_code == 403
    assert last(elin).state == LetterState.TO_PRINT


@pages
def test_a_post_without_a_token_marks_nothing(visitor, gwen):
    elin = entered("elin", by=gwen)
    answer = visitor.ask("POST", f"{LETTERS['en']}/print", data={"letter": last(elin).id})
    assert (answer.status_code, last(elin).state) == (422, LetterState.TO_PRINT)


@pages
def test_names_of_people_are_words_and_never_markup(visitor, gwen):
    elin = entered("elin", by=gwen, name="<b>Elin</b> & Siân")
    page = visitor.open(f"{LETTERS['en']}/print?letter={last(elin).id}")
    assert (page.soup.select("main b"), "<b>Elin</b> & Siân" in words(page.soup.select(".letter address")[1])) == (
        [],
        True,
    )


def test_the_body_of_a_posted_letter_is_forgotten_after_thirty_days(site, clock):
    elin = entered("elin")
    number = last(elin).id
    delivery.mark_printed([number], Did.POSTED, by="person:7")
    clock.shift(timedelta(days=31))
    delivery.purge()
    db.session.rollback()
    letter = db.session.get_one(OutgoingLetter, number)
    assert (letter.body, letter.to_address, letter.state) == ("", "", LetterState.PRINTED)


@pages
def test_a_list_of_letters_reads_none_of_their_words(visitor, gwen, statements):
    post, phone, failing = entered("elin", by=gwen), entered("ifor", Channel.PHONE, by=gwen), entered("mari", by=gwen)
    spoilt(last(failing).id)
    numbers = [last(post).id, last(phone).id]
    db.session.rollback()
    db.session.expunge_all()
    statements.clear()
    visitor.open("/en/staff")
    visitor.open(LETTERS["en"])
    assert [one for one in statements if "outgoing_letter.body" in one] == []
    answers = [visitor.ask("GET", f"{LETTERS['en']}/{number}") for number in (*numbers, 2**70)]
    assert [answer.status_code for answer in answers] == [404, 200, 404]
