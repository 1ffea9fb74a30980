"""An evening of speed networking: Eleri runs it, six people take part, and two of them meet again."""

import re
from datetime import timedelta

import pytest

from c4s.core.clock import now
from c4s.core.db import db
from c4s.events.rules import EventKind
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_sign_in
from tests.browser.machine import Town
from tests.browser.reader import Reader
from tests.events.builders import an_event, booked
from tests.journeys.conftest import EVENTS, Post, Somebody, words_of

pytestmark = pytest.mark.browser


def an_evening(town: Town, people: dict[str, str], language: str) -> int:
    """An event at which these people have places; they are written to in one language."""
    with town.site.app_context():
        starts = now() + timedelta(days=14, minutes=5 * next(EVENTS))
        event = an_event(kind=EventKind.SPEED_NETWORKING, capacity=6, starts_at=starts)
        for name, who in people.items():
            booked(event, who, name=name, language_written=language)
        number = event.id
        db.session.remove()
    return number


def at_the_desk(reader: Reader, town: Town, who: str) -> None:
    """The reader runs events, and has signed in with both steps."""
    with town.site.app_context():
        token = a_sign_in(a_member_of_staff(who, Who.EDITOR))
        db.session.remove()
    signer = town.site.session_interface.get_signing_serializer(town.site)
    value = signer.dumps({"_user_id": token, "_fresh": True})
    reader.context.add_cookies([{"name": "c4s", "value": value, "url": town.root}])


def test_six_people_meet_each_other_and_two_of_them_again(
    somebody: Somebody, post: Post, town: Town, language: str
) -> None:
    names = {
        f"{name} {language.upper()}": f"{name.lower()}.cyflym.{language}"
        for name in "Nia Ifan Elin Gwyn Mari Huw".split()
    }
    event = an_evening(town, names, language)
    first, second = list(names)[:2]

    # Eleri sets it up, mends what she mistyped, and makes the rota.
    eleri = somebody()
    at_the_desk(eleri, town, f"eleri.{language}.cyflym")
    eleri.open(town.address("rotas.index", language, event_id=event))
    eleri.follow("Set up the speed networking")
    eleri.fill(rounds="5", minutes="4", tables="x")
    eleri.press()
    assert (eleri.status, len(eleri.errors), eleri.focus()) == (422, 1, "error-summary")
    eleri.fill(tables="3")
    eleri.press()
    eleri.follow("Make the rota")
    eleri.press()
    assert eleri.words("The rota keeps every rule.") in eleri.main

    # Everybody has a timetable of their own to print, in which they meet the five others.
    eleri.follow("A timetable for each person")
    assert eleri.page.locator(".sheet").count() == 6
    mine = eleri.page.locator(".sheet").first.inner_text()
    assert [name for name in names if name not in mine] == []
    eleri.follow("Speed networking")

    # Round by round the evening goes by, and ends.
    for _round in range(5):
        eleri.use(eleri.page.locator("main .acts .btn").first)
    eleri.press("End it and ask whom people would like to meet again")
    assert eleri.words("People who have answered") in eleri.main

    # Two of them choose each other; nobody hears anything until both have.
    def chooses(chooser: str, chosen: str, reach: str) -> Reader:
        [letter] = post.to(f"{names[chooser]}@example.cymru")[-1:]
        found = re.search(r"http://\S+/(?:cwrdd-eto|meet-again)/\S+", words_of(letter))
        assert found is not None
        reader = somebody()
        reader.open(found[0])
        assert reader.heading == reader.words("Meet again")
        reader.page.locator("label", has_text=chosen).click()
        reader.press()
        assert (reader.status, reader.focus()) == (422, "error-summary")
        reader.fill(reach=reach)
        reader.press()
        assert reader.words("Thank you. We have your answer.") in reader.main
        return reader

    early = chooses(first, second, "01632 960 001")
    assert early.words("You both want to meet again") not in early.main
    late = chooses(second, first, "ifan@example.cymru")
    assert late.words("You both want to meet again") in late.main and "01632 960 001" in late.main
    for told, (other, reach) in {first: (second, "ifan@example.cymru"), second: (first, "01632 960 001")}.items():
        letter = words_of(post.last_to(f"{names[told]}@example.cymru"))
        assert other in letter and reach in letter

    # Eleri sees how many, and never who.
    eleri.open(town.address("rotas.index", language, event_id=event))
    counts = eleri.page.locator("main dl").first.inner_text().split()
    assert [word for word in counts if word.isdigit()] == ["15", "6", "2", "1"]
    assert "01632 960 001" not in eleri.main
