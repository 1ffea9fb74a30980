"""The pages about attendance and certificates, as each kind of person opens them, in both languages."""

import re
import zlib
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from c4s.attendance import actions, letters, rules
from c4s.audit import trail
from c4s.core.db import db
from c4s.events import signing_up
from c4s.events.models import Booking
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel
from c4s.web import pdf
from tests import parts
from tests.accounts.builders import again, enter
from tests.attendance.builders import (
    a_certificate,
    a_course,
    an_editor,
    an_event_today,
    came,
    certificates,
    register,
)
from tests.conftest import said
from tests.events.builders import TITLE, a_sign_up, booked, by_phone, last_letter
from tests.house.every_page import address_of
from tests.visitor import Visitor, the_other

pytestmark = pytest.mark.pages


@pytest.fixture
def mair(site):
    return an_editor()


@pytest.fixture
def desk(site, mair):
    return enter(Visitor(site), again(mair))


def tick(page, name):
    """The value of the box beside a name."""
    label = next(one for one in page.soup.select("main .choice label") if name in one.get_text())
    return str(page.soup.find(id=label["for"])["value"])


def ticked(page):
    return [str(box["value"]) for box in page.soup.select("main input[name=came][checked]")]


def address(site, event, language, page="show", **more):
    return address_of(site, f"attendance.{page}", language, event_id=event.id, **more)


# ---- Who came ----


def test_mair_ticks_who_came_on_her_phone_and_corrects_it(desk, language):
    event = an_event_today()
    answer = signing_up.book_place(event.id, a_sign_up("nia", others=("Ann", "Bob")))
    signing_up.prove(answer.booking_id)
    booked(event, "huw")
    page = desk.open(address(desk.site, event, language))
    assert page.h1 == said(language, "Attendance")
    assert (ticked(page), page.main.count("Bob")) == ([], 1)
    page = desk.send(came=[tick(page, "Nia"), tick(page, "Ann")])
    assert said(language, "The attendance has been saved.") in page.main
    assert register(event) == {"Huw": [], "Nia": ["Nia", "Ann"]}
    assert sorted(ticked(page)) == sorted([tick(page, "Nia"), tick(page, "Ann")])
    facts = [dd.get_text() for dd in page.soup.select("main .facts dd")]
    assert facts == ["4", "2", "2"]
    was = [str(box["value"]) for box in page.soup.select("main input[name=was]")]
    desk.send(came=[tick(page, "Ann"), tick(page, "Huw")], was=was)
    assert register(event) == {"Huw": ["Huw"], "Nia": ["Ann"]}


def test_everybody_came_is_one_button_and_nothing_ticked_is_lost_with_the_language(desk, language):
    event = an_event_today()
    booked(event, "nia"), booked(event, "huw")
    page = desk.open(address(desk.site, event, language))
    page = desk.send(came=[tick(page, "Huw")], press=("_language", the_other(language)))
    assert (page.language, ticked(page)) == (the_other(language), [tick(page, "Huw")])
    assert register(event) == {"Huw": None, "Nia": None}
    desk.send(press=("everybody", "y"))
    assert register(event) == {"Huw": ["Huw"], "Nia": ["Nia"]}


def test_each_session_of_a_course_has_a_page_and_none_can_be_filled_in_too_early(desk, mair, language, clock):
    course, sessions = a_course()
    booked(course, "nia")
    page = desk.open(address(desk.site, course, language))
    desk.send(came=[tick(page, "Nia")])
    assert register(course, sessions[0]) == {"Nia": ["Nia"]}
    page = desk.open(address(desk.site, course, language, session=sessions[1]))
    assert said(language, "You can record who comes from the day of the session on.") in page.main
    assert page.soup.select("main form[method=post]") == []
    clock.shift(timedelta(weeks=1))
    enter(desk, again(mair))
    page = desk.open(address(desk.site, course, language))  # the latest that has come
    assert (len(page.soup.select("main input[name=came]")), ticked(page)) == (1, [])
    desk.send(came=[tick(page, "Nia")])
    assert register(course, sessions[1]) == {"Nia": ["Nia"]}
    desk.open(address(desk.site, course, language, session=999), 404)
    desk.open(address(desk.site, an_event_today(), language, session=sessions[0]), 404)


def test_an_event_that_was_called_off_meanwhile_is_said_and_nothing_is_kept(desk, language):
    event = an_event_today()
    booked(event, "nia")
    page = desk.open(address(desk.site, event, language))
    box = tick(page, "Nia")
    from_before = page.values()
    actions.unit_of_work(lambda: setattr(db.session.get_one(type(event), event.id), "state", "cancelled"))()
    answer = desk.ask("POST", address(desk.site, event, language), data={**from_before, "came": box})
    assert answer.status_code == 409
    assert register(event) == {"Nia": None}


def test_a_course_without_anybody_says_so(desk, language):
    page = desk.open(address(desk.site, an_event_today(), language))
    assert said(language, "Nobody has a place.") in page.main


# ---- Certificates, at the desk ----


def test_mair_issues_certificates_to_those_she_chooses_and_prints_them(desk, mair, language, clock):
    event = an_event_today()
    nia, huw = booked(event, "nia"), booked(event, "huw")
    elin = signing_up.book_place(event.id, a_sign_up("elin", channel=Channel.POST, address="1 Stryd y Bont")).booking_id
    page = desk.open(address(desk.site, event, language, "certificates"))
    assert said(language, "Certificates can be issued when the event is over.") in page.main
    clock.move_to(event.ends_at)
    enter(desk, again(mair))
    page = desk.open(address(desk.site, event, language, "certificates"))
    assert said(language, "Nobody has recorded attendance yet.") in page.main
    came(nia, huw, db.session.get_one(Booking, elin), by_id=mair)
    page = desk.open(address(desk.site, event, language, "certificates"))
    page = desk.send(422, chosen=[])
    assert page.errors == [said(language, "Choose at least one person")]
    boxes = {name: tick(page, name) for name in ("Nia", "Elin")}
    page = desk.send(chosen=list(boxes.values()))
    assert said(language, "The certificates have been issued, and everybody is told.") in page.main
    assert [one.name for one in certificates()] == ["Elin", "Nia"]
    page = desk.follow(said(language, "Print all of them"))
    sheets = page.soup.select(".certificate")
    assert [sheet.select_one(".who").get_text() for sheet in sheets] == ["Elin", "Nia"]
    assert [TITLE.cy in sheets[0].get_text(), TITLE.en in sheets[0].get_text()] == [True, True]
    assert ["2 awr" in sheets[0].get_text(), "2 hours" in sheets[0].get_text()] == [True, True]
    desk.open(address(desk.site, event, language, "certificates"))
    assert trail.history_of("event", event.id)[-1].action == "attendance.looked"
    page = desk.follow(said(language, "Print those of people without email"))
    assert [sheet.select_one(".who").get_text() for sheet in page.soup.select(".certificate")] == ["Elin"]


def test_a_certificate_is_withdrawn_with_a_reason_that_its_owner_reads(desk, site, language):
    certificate = a_certificate()
    withdraw = address_of(site, "attendance.withdraw", language, certificate_id=certificate.id)
    desk.open(withdraw)
    page = desk.send(422)
    assert len(page.errors) == 1
    page = desk.send(words_en="A wrong name.")
    assert said(language, "The certificate has been withdrawn.") in page.main
    stranger = Visitor(site)
    assert "/my-certificate/" not in last_letter("nia@example.cymru").body
    page = stranger.open(address_of(site, "certificates.checked", language, code=certificate.code))
    assert page.h1 == said(language, "This certificate has been withdrawn")
    assert "Nia" not in page.main
    page = desk.open(withdraw)
    assert said(language, "This certificate has been withdrawn already") in page.main


# ---- Certificates, for everybody ----


def test_the_link_in_the_letter_opens_the_certificate_and_no_other_does(site, visitor, language):
    certificate = a_certificate(language_written=language)
    links = re.findall(r"https?://[^/\s]+(/\S+)", last_letter("nia@example.cymru").body)
    path = {"cy": "/cy/fy-nhystysgrif/", "en": "/en/my-certificate/"}[language]
    [mine] = [urlsplit(one).path for one in links if one.startswith(path)]
    page = visitor.open(mine)
    assert (certificate.code in page.main, "Nia" in page.main) == (True, True)
    assert TITLE.cy in page.main and TITLE.en in page.main
    visitor.open(mine.replace(".", ".x"), 404)
    actions.withdraw(certificate.id, Bilingual("Na.", "No."), languages="both", by_id=an_editor())
    page = visitor.open(mine)
    assert page.soup.select(".certificate") == []
    assert getattr(Bilingual("Na.", "No."), language) in page.main


def test_the_certificate_is_a_pdf_for_screen_readers_too(site, visitor, language):
    parts.require(pdf.is_possible() or None, parts.GET_PDF)
    certificate = a_certificate()
    mine = address_of(site, "certificates.mine", language, token=letters.certificate_token(certificate))
    visitor.open(mine)
    file = visitor.ask("GET", visitor.page.links()[said(language, "The certificate as a PDF file")])
    assert (file.status_code, file.mimetype, file.data[:5]) == (200, "application/pdf", b"%PDF-")
    packed = re.findall(rb"stream\n(.*?)\nendstream", file.data, re.DOTALL)
    inside = file.data + b"".join(zlib.decompress(one) for one in packed if one[:1] == b"\x78")
    assert [words in inside for words in (b"pdfuaid", b"/MarkInfo", b"/StructTreeRoot", b"/DisplayDocTitle")] == [
        True
    ] * 4
    assert f"/Lang ({language})".encode() in inside
    assert len(re.findall(rb"/Type ?/Page\b(?!s)", inside)) == 1


def test_where_no_pdf_can_be_made_there_is_no_link_to_one(site, visitor, language, monkeypatch):
    monkeypatch.setattr(pdf, "is_possible", lambda: False)
    mine = address_of(site, "certificates.mine", language, token=letters.certificate_token(a_certificate()))
    page = visitor.open(mine + "?pdf=1")
    assert said(language, "The certificate as a PDF file") not in page.links()
    with pytest.raises(LookupError):
        monkeypatch.setattr(pdf, "_maker", lambda: None)
        pdf.made("")


def test_a_network_that_asks_for_many_pdfs_gets_the_page_to_print(site, visitor, language, monkeypatch):
    monkeypatch.setattr(rules, "PDFS", 1)
    monkeypatch.setattr(pdf, "is_possible", lambda: True)
    monkeypatch.setattr(pdf, "made", lambda html: b"%PDF-")
    mine = address_of(site, "certificates.mine", language, token=letters.certificate_token(a_certificate()))
    assert visitor.ask("GET", f"{mine}?pdf=1").mimetype == "application/pdf"
    page = visitor.open(f"{mine}?pdf=1")
    assert page.soup.select(".certificate") and said(language, "The certificate as a PDF file") not in page.links()


def test_anybody_checks_a_code_however_they_type_it(site, visitor, language):
    certificate = a_certificate()
    visitor.open(address_of(site, "certificates.check", language))
    page = visitor.send(422, code="")
    assert page.errors == [said(language, "Enter the code on the certificate")]
    page = visitor.send(422, code="K7QM")
    assert page.errors == [said(language, "A code has twelve letters and digits. Check it, and enter it again.")]
    page = visitor.say_it_in(the_other(language))
    visitor.say_it_in(language)
    page = visitor.send(code=certificate.code.lower().replace("-", " "))
    assert page.h1 == said(language, "We issued this certificate")
    assert [words in page.main for words in ("Nia", getattr(TITLE, language), certificate.code)] == [True] * 3
    page = visitor.open(address_of(site, "certificates.checked", language, code="3333-3333-3333"), 404)
    assert page.h1 == said(language, "There is no certificate with this code")
    assert "no-store" in page.response.headers["Cache-Control"]
    page = visitor.open(address_of(site, "certificates.checked", language, code="Ring 0900 1234"), 404)
    assert "0900" not in page.main  # nobody puts words of theirs on a page of ours


def test_too_many_codes_from_one_network_wait(site, visitor, language, monkeypatch):
    monkeypatch.setattr(rules, "LOOK_UPS", 1)
    certificate = a_certificate()
    wrong = address_of(site, "certificates.checked", language, code="3333-3333-3333")
    assert visitor.ask("GET", wrong).status_code == 404
    page = visitor.open(address_of(site, "certificates.checked", language, code=certificate.code), 429)
    assert "Nia" not in page.main
    assert int(page.response.headers["Retry-After"]) > 0


def test_the_number_of_statements_of_a_register_does_not_grow(desk, mair, statements):
    event = an_event_today()
    numbers = []
    for more in (2, 8):
        for number in range(more):
            signing_up.book_place(event.id, by_phone(100 * more + number))
        before = len(statements)
        desk.open(address(desk.site, event, "en"))
        numbers.append(len(statements) - before)
    assert numbers[0] == numbers[1]


def test_a_hall_of_two_hundred_and_forty_is_saved_in_one_go(desk):
    event = an_event_today(capacity=240)
    for number in range(60):
        one = {"channel": Channel.PHONE, "address": f"01632 960{number:03}", "others": ("Ann", "Bob", "Cai")}
        signing_up.book_place(event.id, a_sign_up(f"person {number}", **one))
    page = desk.open(address(desk.site, event, "cy"))
    values = [str(box["value"]) for box in page.soup.select("main input[name=came]")]
    desk.send(came=values[:200])
    page = desk.send(came=values[:210], was=values[:200])
    assert [dd.get_text() for dd in page.soup.select("main .facts dd")] == ["240", "210", "30"]
