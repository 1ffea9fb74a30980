"""The pages of speed networking, as staff and those who took part open them, in both languages."""

import pytest

from c4s.audit import trail
from c4s.core import tokens
from c4s.core.db import db
from c4s.events.rules import EventKind
from c4s.mail.models import Channel
from c4s.speed_networking import actions, queries
from c4s.speed_networking.letters import token
from c4s.speed_networking.rules import Did, Presence, Side
from tests.accounts.builders import enter
from tests.conftest import said
from tests.events.builders import an_event, booked
from tests.house.every_page import address_of
from tests.speed_networking.builders import (
    SIDES,
    an_editor,
    an_evening,
    change,
    finished,
    letters,
    people,
    planned,
    rota_of,
    set_up,
)
from tests.visitor import Visitor

pytestmark = pytest.mark.pages


@pytest.fixture
def mair(site):
    return an_editor()


def at(visitor, language, name, event, **values):
    return visitor.open(address_of(visitor.site, f"rotas.{name}", language, event_id=event.id, **values))


# ---- Staff ----


def test_staff_set_it_up_make_the_rota_and_read_what_the_check_found(visitor, mair, language):
    event = an_evening()
    enter(visitor, mair)
    page = at(visitor, language, "index", event)
    assert said(language, "The speed networking has not been set up yet.") in page.main
    visitor.follow(said(language, "Set up the speed networking"))
    page = visitor.send(422, rounds="13", minutes="x", tables="", side_one_cy="Busnesau")
    assert len(page.errors) == 3 and page.values()["side_one_cy"] == "Busnesau"
    page = visitor.send(422, rounds="3", minutes="5", tables="3")
    assert page.errors == [said(language, "Name both sides in both languages, or leave all four boxes empty")]
    page = visitor.send(side_one_cy="")
    assert said(language, "The speed networking is set up.") in page.main
    visitor.follow(said(language, "Make the rota"))
    visitor.send(422, seed="0")
    page = visitor.send(seed="42")
    for sentence in ("The rota is ready.", "The rota keeps every rule.", "Nobody meets the same person twice"):
        assert said(language, sentence) in page.main
    assert (rota_of(event).seed, len(page.soup.select("table"))) == (42, 4)  # three rounds, and the people


def test_staff_say_what_the_rota_is_to_know_of_somebody(visitor, mair, language):
    event = an_evening("nia", "ifan", "elin")
    set_up(event, mair, **SIDES)
    found = people(event)
    enter(visitor, mair)
    at(visitor, language, "person", event, person_id=found["Nia"].id)
    ifan, elin = str(found["Ifan"].id), str(found["Elin"].id)
    assert visitor.send(422).errors == [said(language, "Choose a side")]
    typed = {"side": "one", "speaks_welsh": "y", "fixed_table": "9"}
    page = visitor.send(422, **typed, wants=ifan, must_nots=ifan)
    assert page.errors == [said(language, "The same person is chosen in both lists: leave them in one")]
    page = visitor.send(422, must_nots=elin)
    assert page.errors == [said(language, "There is no table with this number")]
    page = visitor.send(fixed_table="2")
    guest = next(guest for guest in queries.guests(rota_of(event)) if guest.number == found["Nia"].id)
    assert (guest.side, guest.speaks_welsh, guest.fixed_table) == (Side.ONE, True, 2)
    assert (guest.wants, guest.must_nots) == (frozenset({int(ifan)}), frozenset({int(elin)}))
    change(found["Ifan"], mair, side=Side.OTHER, presence=Presence.AWAY)
    page = at(visitor, language, "index", event)
    for words in (getattr(SIDES["side_one"], language), said(language, "Not in the room")):
        assert words in page.main
    # Somebody without a side: the rota waits for them.
    visitor.follow(said(language, "Make the rota"))
    assert visitor.send(422).errors == [said(language, "Choose a side for everybody first")]


def test_rounds_are_marked_as_done_and_the_end_asks_everybody(visitor, mair, language):
    event = an_evening("nia", "ifan", "elin", "gwyn")
    planned(event, mair, rounds=2)
    enter(visitor, mair)
    at(visitor, language, "index", event)
    for number in (1, 2):
        page = visitor.send(press=("_act", f"round-{number}"))
        assert said(language, "The round has been marked as done.") in page.main
    page = visitor.send(press=("_act", "close"))
    assert said(language, "Pairs who both want to meet again") in page.main
    assert len(letters("whom_again")) == 4 and page.soup.select("main form") == []
    assert visitor.open(f"{page.address}/people/1" if language == "en" else f"{page.address}/pobl/1").status == 200
    assert visitor.send(422).errors == [said(language, "The speed networking has ended, so this cannot be changed now")]


def test_who_has_signed_up_since_is_told_of_and_gathered(visitor, mair, language):
    event = an_evening("nia", "ifan")
    planned(event, mair)
    booked(event, "sara")
    enter(visitor, mair)
    page = at(visitor, language, "index", event)
    assert "Sara" not in page.main
    page = visitor.send(press=("_act", "gather"))
    assert "Sara" in page.main and said(language, "The list of people is up to date.") in page.main


def test_other_events_and_people_of_other_rotas_have_no_such_pages(visitor, mair):
    workshop, event, other = an_event(), an_evening("nia", "ifan"), an_evening("elin", "huw")
    finished(event, mair, rounds=1)
    finished(other, mair, rounds=1)
    enter(visitor, mair)
    base = "/en/staff/events/{}/speed-networking{}"
    stranger = people(other)["Elin"].id
    for address in (
        *(base.format(workshop.id, end) for end in ("", "/set-up", "/make-rota", "/wall-plan", "/people/1")),
        base.format(event.id, f"/people/{stranger}"),
        base.format(event.id, f"/people/{stranger}/meet-again"),
        base.format(event.id, f"/people/{people(event)['Nia'].id}/meet-again"),  # she has e-mail
        base.format(987_654, ""),
    ):
        visitor.open(address, 404)


def test_every_look_at_who_takes_part_is_in_the_trail(visitor, mair):
    event = an_evening("nia", "ifan")
    planned(event, mair)
    enter(visitor, mair)

    def looks():
        history = trail.history_of("event", event.id)
        return [one.actor for one in history if one.action == Did.LOOKED]

    base = f"/en/staff/events/{event.id}/speed-networking"
    for number, end in enumerate(
        ("", f"/people/{people(event)['Nia'].id}", "/timetables", "/table-cards", "/wall-plan")
    ):
        assert visitor.ask("GET", base + end).status_code == 200, end
        db.session.rollback()
        assert looks() == [trail.person(mair.id)] * (number + 1), end
    visitor.ask("GET", f"{base}/set-up")
    assert len(looks()) == 5


# ---- Paper ----


def test_paper_shows_tables_and_names_each_in_its_language_and_nothing_of_wishes(visitor, mair, language):
    event = an_evening("nia", "ifan", "elin")
    booked(event, "gwyn", language_written="cy")
    booked(event, "mari", language_written="both")
    set_up(event, mair, rounds=4, tables=2)
    found = people(event)
    change(found["Nia"], mair, must_nots=frozenset({found["Ifan"].id}), wants=frozenset({found["Gwyn"].id}))
    actions.make(event.id, by_id=mair.id, seed=3)
    enter(visitor, mair)
    page = at(visitor, language, "timetables", event)
    sheets = {(sheet.h2.get_text(), sheet["lang"]): sheet.get_text() for sheet in page.soup.select(".sheet")}
    languages = {"Nia": "en", "Ifan": "en", "Elin": "en", "Gwyn": "cy"}
    assert set(sheets) == {*languages.items(), ("Mari", "cy"), ("Mari", "en")}
    assert said("cy", "Your timetable") in sheets["Gwyn", "cy"]
    assert "Ifan" not in sheets["Nia", "en"] and "Nia" not in sheets["Ifan", "en"]
    cards = at(visitor, language, "table_cards", event)
    assert len(cards.soup.select(".sheet")) == 2
    plan = at(visitor, language, "wall_plan", event)
    assert len(plan.soup.select("tbody tr")) == 5
    for paper in (page, cards, plan):
        for words in ("They must not meet", "They wish to meet"):
            assert said(language, words) not in paper.main


def test_before_there_is_a_rota_paper_says_so(visitor, mair, language):
    event = an_evening("nia", "ifan")
    set_up(event, mair)
    enter(visitor, mair)
    for name in ("timetables", "table_cards", "wall_plan"):
        assert said(language, "Make the rota first") in at(visitor, language, name, event).main


# ---- Meeting again ----


def test_people_say_whom_they_would_like_to_meet_again_and_see_who_says_the_same(visitor, mair, language):
    event = an_evening("nia", "ifan", "elin")
    finished(event, mair, rounds=3)
    found = people(event)
    nia, ifan = found["Nia"], found["Ifan"]
    address = address_of(visitor.site, "meeting_again.answer", language, token=token(nia))
    page = visitor.open(address)
    assert [box["value"] for box in page.soup.select("input[name=others]")] and "Ifan" in page.main
    page = visitor.send(422, others=str(ifan.id), reach="")
    assert page.errors == [said(language, "Say how they can reach you, or choose nobody")]
    page = visitor.send(others=str(ifan.id), reach="01632 960 001")
    assert said(language, "Thank you. We have your answer.") in page.main
    assert said(language, "You both want to meet again") not in page.main
    actions.say_whom_again(ifan.id, frozenset({nia.id}), "ifan@example.cymru")
    page = visitor.open(address)
    assert said(language, "You both want to meet again") in page.main and "ifan@example.cymru" in page.main


def test_the_link_opens_with_its_own_token_alone_and_only_afterwards(visitor, mair):
    event = an_evening("nia", "ifan")
    planned(event, mair)
    one = people(event)["Nia"]
    early = token(one)
    wrong = (early, "made-up", tokens.sign("booking", one.id, one.booking.reference), tokens.sign("meet-again", one.id))
    for given in (*wrong, tokens.sign("meet-again", 999, "x")):
        visitor.open(f"/en/meet-again/{given}", 404)
    finished(event, mair)
    visitor.open(f"/en/meet-again/{early}")


def test_staff_type_in_the_answer_of_somebody_without_email_and_see_none_that_was_given(visitor, mair, language):
    event = an_evening("nia")
    booked(event, "gwyn", channel=Channel.PHONE, address="01632 960 123")
    finished(event, mair, rounds=1)
    found = people(event)
    actions.say_whom_again(found["Nia"].id, frozenset({found["Gwyn"].id}), "nia@example.cymru")
    enter(visitor, mair)
    page = at(visitor, language, "index", event)
    visitor.follow(f"{said(language, 'Type in the answer')}: Gwyn")
    assert "nia@example.cymru" not in visitor.page.main
    page = visitor.send(others=str(found["Nia"].id), reach="01632 960 123")
    assert len(letters("both_said_yes")) == 2
    assert "01632 960 123" not in page.main and said(language, "Type in the answer") not in page.main
    address = address_of(visitor.site, "rotas.answer_for", language, event_id=event.id, person_id=found["Gwyn"].id)
    page = visitor.open(address)
    assert page.soup.select("input[checked]") == []
    assert visitor.send(422).errors == [said(language, "We have this person’s answer already")]


def test_no_page_asks_the_database_more_often_as_people_grow(site, mair, statements):
    editor, found = Visitor(site), {}
    enter(editor, mair)
    for number in (2, 8):
        event = an_event(kind=EventKind.SPEED_NETWORKING, capacity=40)
        for one in range(number):
            booked(event, f"person {one}", channel=Channel.PHONE, address=f"01632 960 12{one}")
        finished(event, mair, rounds=1)
        for page in ("index", "timetables", "table_cards", "wall_plan"):
            address = address_of(site, f"rotas.{page}", "en", event_id=event.id)
            del statements[:]
            assert editor.ask("GET", address).status_code == 200
            found.setdefault(page, []).append(len(statements))
    assert {page: numbers for page, numbers in found.items() if numbers[1] > numbers[0]} == {}


def test_a_visitor_who_is_not_signed_in_is_led_to_where_they_can_be(site, mair):
    event = an_evening("nia", "ifan")
    planned(event, mair)
    page = Visitor(site).open(f"/en/staff/events/{event.id}/speed-networking/timetables")
    assert "Ifan" not in page.main
