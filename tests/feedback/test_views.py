"""The pages about feedback, as each kind of person opens them, in both languages."""

import csv
import io

import pytest

from c4s.audit import trail
from c4s.core import tokens
from c4s.feedback import letters
from c4s.feedback.rules import OPEN_FOR, Pace, Useful, Welcome
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, enter
from tests.conftest import said
from tests.events.builders import booked
from tests.feedback.builders import an_event_soon, answers, booking, say, sign_ups
from tests.house.every_page import address_of
from tests.visitor import Visitor, the_other

pytestmark = pytest.mark.pages

MARKUP = "<b>Diolch</b> =1+1"


def page_for(site, language, number):
    return address_of(site, "feedback.give", language, token=letters.feedback_token(booking(number)))


def results_of(site, language, event, page="show"):
    return address_of(site, f"feedback_results.{page}", language, event_id=event.id)


def editor(site):
    return enter(Visitor(site), a_member_of_staff("mair", Who.EDITOR))


def test_nia_answers_by_her_link_once_and_nothing_typed_is_lost(visitor, language, clock):
    event = an_event_soon()
    [nia] = sign_ups(event, 1)
    address = page_for(visitor.site, language, nia)
    assert visitor.open(address).h1 == said(language, "The event is not over yet")
    clock.move_to(event.ends_at)
    page = visitor.open(address)
    assert page.h1 == said(language, "Tell us what you thought of the event")
    page = visitor.send(422, name="Nia")
    assert page.errors == [said(language, "Answer at least one question")]
    assert page.values()["name"] == "Nia"
    page = visitor.send(422, more="x" * 2_001, useful="very")
    assert (len(page.errors), page.values()["useful"]) == (1, "very")
    page = visitor.send(press=("_language", the_other(language)), more="Diolch.", useful="very")
    assert (page.values()["more"], page.values()["useful"]) == ("Diolch.", "very")
    page = visitor.open(address)
    page = visitor.send(useful="very", pace="nonsense", welcome="partly", next_step="Gwefan.")
    assert page.h1 == said(language, "Thank you for your answers")
    [answer] = answers()
    assert (answer.useful, answer.pace, answer.welcome, answer.next_step, answer.name, answer.language) == (
        *(Useful.VERY, None, Welcome.PARTLY, "Gwefan.", "", language),
    )
    page = visitor.open(address)
    assert page.h1 == said(language, "You have answered already")
    clock.move_to(event.ends_at + OPEN_FOR)
    assert visitor.open(address).h1 == said(language, "The time for answering has passed")


def test_a_second_click_is_thanked_and_keeps_nothing(visitor, clock):
    event = an_event_soon()
    [nia] = sign_ups(event, 1)
    clock.move_to(event.ends_at)
    page = visitor.open(page_for(visitor.site, "en", nia))
    filled = {**page.values(), "useful": "very"}
    first, second = (visitor.ask("POST", page.address, data=filled) for _ in range(2))
    assert (first.status_code, second.status_code, len(answers())) == (303, 200, 1)


def test_only_a_link_of_ours_opens_the_page(visitor, clock):
    event = an_event_soon()
    nia = booked(event)
    clock.move_to(event.ends_at)
    for token in (tokens.sign("booking", nia.id, nia.reference), tokens.sign("feedback", nia.id, "K7QM-4RTX"), "x"):
        visitor.open(address_of(visitor.site, "feedback.give", "en", token=token), 404)


def test_mair_sees_numbers_bars_and_words_from_five_answers_on(site, language, clock):
    event = an_event_soon()
    people = sign_ups(event, 13)
    clock.move_to(event.ends_at)
    say(people[:4], more=MARKUP, pace=Pace.RIGHT)
    mair = editor(site)
    page = mair.open(results_of(site, language, event))
    few = "Fewer than five people have answered. Results are shown from five on, so that nobody can tell who said what."
    assert (said(language, few) in page.main, "Diolch" in page.main) == (True, False)
    assert mair.ask("GET", results_of(site, language, event, "as_csv")).status_code == 404
    say(people[4:8], language="cy")
    say(people[8:13], language="cy", name="Huw Prys", more="Da iawn.")
    page = mair.open(results_of(site, language, event))
    useful = page.soup.select("main tbody")[0].select("tr")
    assert [row.td.get_text(" ", strip=True) for row in useful] == [
        "13",
        *[said(language, "Fewer than five")] * 3,
    ]  # 4 in English: nothing by language
    assert [len(row.select("svg path")) for row in useful] == [2, 1, 1, 1]
    assert [page.main.count(words) for words in ("<b>Diolch</b>", "Huw Prys")] == [4, 5]
    assert "2026" not in page.main.partition(said(language, "Answers, at least"))[2]
    assert [one.action for one in trail.history_of("event", event.id)][-2:] == ["feedback.looked"] * 2


def test_the_file_says_no_more_than_the_page_and_is_safe_to_open(site, language, clock):
    event = an_event_soon()
    people = sign_ups(event, 11)
    clock.move_to(event.ends_at)
    say(people[:5], more="=1+1")
    say(people[5:], language="cy")
    answer = editor(site).ask("GET", results_of(site, language, event, "as_csv"))
    head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert head == [said(language, word) for word in ("Question", "Answer", "Number", "Welsh", "English", "Name")]
    assert rows[0][1:] == [said(language, "Very useful"), "11", "6", "5", ""]
    assert rows[1][2:] == [*[said(language, "Fewer than five")] * 3, ""]
    assert [row[1] for row in rows if row[0] == said(language, "What else would you like to tell us?")] == ["'=1+1"] * 5
    assert "attachment" in answer.headers["Content-Disposition"]


def test_whoever_has_only_a_phone_answers_through_a_colleague_at_the_desk(site, language, clock):
    event, other = an_event_soon(), an_event_soon()
    [ifor], [elin] = sign_ups(event, 1), sign_ups(other, 1, 50)
    wrong, right = booking(elin).reference, booking(ifor).reference
    clock.move_to(event.ends_at)
    gwen = enter(Visitor(site), a_member_of_staff("gwen", Who.HELPER))
    gwen.open(results_of(site, language, event, "by_phone"))
    page = gwen.send(422, reference=wrong)
    no_such = "There is no place with this reference at this event. Check it, and enter it again."
    assert page.errors == [said(language, no_such)]
    page = gwen.send(reference=right.lower().replace("-", " "))
    assert page.h1 == said(language, "Tell us what you thought of the event")
    gwen.send(useful="very")
    assert len(answers()) == 1
    assert [one.action for one in trail.history_of("event", event.id)][-1] == "feedback.asked"
