"""The pages on which staff look after sign-ups, in both languages."""

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from c4s.audit import trail
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.events import actions as event_actions
from c4s.events.models import Booking
from c4s.events.rules import BookingState, EventKind
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel, OutgoingLetter
from c4s.sign_ups import queries
from c4s.sign_ups.rules import Did
from tests.accounts.builders import enter
from tests.conftest import said
from tests.events.builders import a_sign_up, an_event, booked, by_phone, states, story_of
from tests.sign_ups.builders import (
    added,
    an_advice_session,
    gwen,
    in_english,
    mair,
    set_event,
    welsh_by_post,
    with_times,
)
from tests.visitor import words

pytestmark = pytest.mark.pages

PHONED = {
    "name": "Elin Ŵyn",
    "channel": "phone",
    "phone": "01632 960 001",
    "language_written": "cy",
    "language_spoken": "cy",
    "needs": "Dolen sain",
    "consent": "y",
}
MESSAGE = {
    "audience": "have_a_place",
    "subject_cy": "Ystafell arall",
    "subject_en": "Another room",
    "body_cy": "Ewch i’r llofft.\n\nDiolch.",
    "body_en": "Go upstairs.\n\nThanks.",
}
ENDINGS = {
    "new": "newydd",
    "change": "newid",
    "cancel": "canslo",
    "part": "rhan",
    "move": "symud",
    "time": "amser",
    "messages": "negeseuon",
    "messages/new": "negeseuon/newydd",
    "sign-in-sheet": "taflen-lofnodi",
    "badges": "bathodynnau",
}


def at(event, language="en", rest="", of_event=""):
    """The list of an event, or a page under it; or, ``of_event``, one beside it."""
    root = {"cy": f"/cy/staff/digwyddiadau/{event.id}", "en": f"/en/staff/events/{event.id}"}[language]
    if of_event:
        return f"{root}/{ENDINGS[of_event] if language == 'cy' else of_event}"
    list_of = f"{root}/{ {'cy': 'lleoedd', 'en': 'sign-ups'}[language] }"
    number, _, ending = rest.rpartition("/")
    if ending in ENDINGS and language == "cy":
        rest = f"{number}/{ENDINGS[ending]}"
    return f"{list_of}/{rest}" if rest and not rest.startswith(("?", ".")) else list_of + rest


def names(page):
    return [words(link) for link in page.soup.select("main section h3 a span[translate]")]


def did(event):
    db.session.rollback()
    return [(one.actor, one.action, one.facts) for one in trail.history_of("event", event.id)]


@pytest.fixture
def desk(visitor):
    """A helper is signed in."""
    person = gwen()
    enter(visitor, person)
    return person


@pytest.fixture
def editor(visitor):
    """An editor is signed in."""
    person = mair()
    enter(visitor, person)
    return person


@unit_of_work
def many(event, start, stop):
    """So many more people, written straight into the table: each third of them waits, speaks Welsh and has a need."""
    for number in range(start, stop):
        third = number % 3 == 0
        db.session.add(
            Booking(
                reference=f"R{number:07}",
                event_id=event.id,
                state=BookingState.WAITING if third else BookingState.CONFIRMED,
                name=f"Person {number}",
                channel=Channel.PHONE,
                phone=f"01632 {number:06}",
                language_written="cy",
                language_spoken="cy" if third else "en",
                asked_in="cy",
                others=["Ifor"] if number % 5 == 0 else [],
                party=2 if number % 5 == 0 else 1,
                joined_at=now() + timedelta(seconds=number),
                proved_at=now(),
            )
        )


# ---- The list ----


def test_the_list_says_of_everybody_how_they_stand_and_what_to_know(visitor, desk, language):
    event = an_event(capacity=3)
    set_event(event, party_limit=2)
    nia = booked(event, "nia", needs="Dolen sain", others=("Siân Jones",))
    elin = added(event, welsh_by_post(), desk)
    huw = added(event, a_sign_up("huw", language_spoken="cy"), desk)
    page = visitor.open(at(event, language))
    assert names(page) == ["Nia", "Elin Ŵyn", "Huw"]  # by state, then as they came
    for known in (nia.reference, "Siân Jones", "Dolen sain", elin.postal_address.splitlines()[1], huw.email, "Gwen"):
        assert known in page.main
    waits = said(language, "Number on the waiting list")
    assert page.main.count(f"{waits} : 1") + page.main.count(f"{waits}: 1") == 1
    totals = [words(dd) for dd in page.soup.select("main > div > dl.facts dd")]
    assert totals == ["3", "3", "1", "1", "2"]


def test_every_look_at_the_list_and_at_somebody_is_in_the_trail_with_needs_or_without(visitor, desk):
    event = an_event(capacity=3)
    nia = booked(event, needs="Dolen sain")
    elin = added(event, welsh_by_post(), desk)
    visitor.ask("GET", at(event))
    visitor.ask("GET", at(event, rest="?q=elin"))
    by = f"person:{desk.id}"
    looks = [(actor, facts["number"], facts["needs"]) for actor, action, facts in did(event) if action == Did.LISTED]
    assert looks == [(by, 2, 1), (by, 1, 0)]
    visitor.ask("GET", at(event, rest=str(nia.id)))
    visitor.ask("GET", at(event, rest=f"{nia.id}/change"))
    visitor.ask("GET", at(event, rest=str(elin.id)))
    for booking, needs in ((nia, [True, True]), (elin, [False])):
        history = trail.history_of("booking", booking.id)
        assert [one.facts["needs"] for one in history if one.action == Did.LOOKED_AT] == needs


def test_the_list_is_narrowed_and_searched(visitor, desk, language):
    event = an_event(capacity=2)
    set_event(event, party_limit=2)
    nia = booked(event, needs="Dolen sain")
    gone = booked(event, "ifan")
    event_actions.cancel(gone.id)
    added(event, welsh_by_post(), desk)
    added(event, welsh_by_post("huw", others=("Mair Ap Rhys",)), desk)
    everybody = ["Nia", "Elin Ŵyn", "Huw Ŵyn", "Ifan"]
    for asked, found in (
        ("", everybody),
        ("?show=confirmed", everybody[:2]),
        ("?show=waiting", ["Huw Ŵyn"]),
        ("?show=ended", ["Ifan"]),
        ("?show=needs", ["Nia"]),
        ("?show=welsh", ["Elin Ŵyn", "Huw Ŵyn"]),
        ("?show=nonsense", everybody),
        ("?q=wyn", ["Elin Ŵyn", "Huw Ŵyn"]),
        ("?q=WYN+elin", ["Elin Ŵyn"]),
        ("?q=rhys", ["Huw Ŵyn"]),
        ("?q=wyn&show=waiting", ["Huw Ŵyn"]),
        (f"?q={nia.reference.lower().replace('-', '+')}", ["Nia"]),
        ("?q=nobody", []),
        ("?q=%25", []),
    ):
        assert names(visitor.open(at(event, language, asked))) == found, asked


def test_long_lists_come_in_pages_and_a_page_too_far_leads_to_the_first(visitor, desk):
    event = an_event(capacity=200)
    many(event, 1, 121)
    shown = [names(visitor.open(at(event, rest=f"?page={number}"))) for number in (1, 2, 3)]
    assert [len(one) for one in shown] == [50, 50, 20]
    assert len({name for one in shown for name in one}) == 120
    assert names(visitor.open(at(event, rest="?page=4"))) == shown[0]


def test_no_page_asks_the_database_more_often_as_sign_ups_grow(visitor, editor, statements):
    event, other = in_english(capacity=2_000), an_event(capacity=2_000)
    one = booked(event).id
    many(other, 2_001, 2_101)
    pages = [
        *("/en/staff/sign-ups", at(event), at(event, rest="?show=waiting"), at(event, rest="?q=person")),
        *(at(event, of_event=page) for page in ("messages", "messages/new", "sign-in-sheet", "badges")),
        *(at(event, rest=page) for page in ("new", ".csv", ".xlsx", f"{one}", f"{one}/change", f"{one}/move")),
    ]
    found = {page: [] for page in pages}
    for start, stop in ((1, 101), (101, 1_001)):
        many(event, start, stop)
        for page in pages:
            del statements[:]
            assert visitor.ask("GET", page).status_code == 200, page
            found[page].append(len(statements))
    assert {page: numbers for page, numbers in found.items() if numbers[1] > min(20, numbers[0])} == {}


# ---- Somebody phones ----


def test_somebody_who_phones_is_signed_up_and_nothing_typed_is_lost(visitor, desk, language):
    event = an_event(capacity=1)
    visitor.open(at(event, language, "new"))
    page = visitor.send(422, **{**PHONED, "phone": "", "consent": None})
    assert len(page.errors) == 2 and page.values()["name"] == "Elin Ŵyn"
    page = visitor.say_it_in({"cy": "en", "en": "cy"}[language])
    visitor.say_it_in(language)
    page = visitor.send(**PHONED)
    booking = db.session.query(Booking).one()
    assert page.address == at(event, language, str(booking.id))
    assert said(language, "They have a place, and we have told them.") in page.main
    assert "Dolen sain" in page.main and "Gwen" in page.main
    assert (booking.channel, booking.entered_by_id, booking.is_proved) == (Channel.PHONE, desk.id, True)

    # The next one waits, and hears which turn they have.
    visitor.open(at(event, language, "new"))
    page = visitor.send(**{**PHONED, "name": "Ifor Wyn", "needs": "", "consent": None})
    turn = said(language, "Number on the waiting list")
    assert said(language, "They are on the waiting list, and we have told them.") in page.main
    assert f"{turn}: 1" in page.main


def test_an_address_that_has_a_place_leads_to_that_place(visitor, desk, language):
    event = an_event(capacity=2)
    nia = booked(event)
    visitor.open(at(event, language, "new"))
    page = visitor.send(422, **{**PHONED, "channel": "email", "email": "NIA@example.cymru"})
    assert page.links()[said(language, "See the place that this address has")] == at(event, language, str(nia.id))


def test_a_reference_read_out_on_the_phone_leads_to_its_place(visitor, desk, language):
    event = an_event()
    nia = booked(event)
    everything = {"cy": "/cy/staff/lleoedd", "en": "/en/staff/sign-ups"}[language]
    page = visitor.open(f"{everything}?reference={nia.reference.lower().replace('-', '%20')}")
    assert page.address == at(event, language, str(nia.id))
    page = visitor.open(f"{everything}?reference=K7QM-4RTX")
    assert said(language, "No place has this reference. Check it with the person who gave it to you.") in page.main
    assert at(event, language) in page.links().values()
    past = an_event(starts_at=now() - timedelta(days=3), title=Bilingual("Hen gwrs", "An old course"))
    page = visitor.open(f"{everything}?past=1")
    assert [*page.links().values()].count(at(past, language)) == 1 and at(event, language) not in page.links().values()


# ---- One sign-up ----


def test_an_offer_is_accepted_and_declined_on_the_phone(visitor, desk, language):
    for act, says in (
        ("accept", "The place is theirs. We have told them."),
        ("decline", "The place goes to the next person."),
    ):
        event = an_event(capacity=1)
        first, elin = added(event, a_sign_up(), desk), added(event, welsh_by_post(), desk)
        event_actions.cancel(first.id)
        page = visitor.open(at(event, language, str(elin.id)))
        assert said(language, "They accept the place") in page.main
        page = visitor.send(_act=act)
        assert said(language, says) in page.main
        # Somebody else was quicker: the page says so, and nothing changes.
        before = story_of(elin)
        token = visitor.open(at(an_event(), language, "new")).values()["csrf_token"]
        late = visitor.ask("POST", at(event, language, str(elin.id)), data={"_act": act, "csrf_token": token})
        assert late.status_code == 409
        assert [one for one in story_of(elin) if one[1] != Did.LOOKED_AT] == [
            one for one in before if one[1] != Did.LOOKED_AT
        ]


def test_of_a_party_as_many_as_there_are_places_for_come_when_they_say_so(visitor, desk, language):
    event = an_event(capacity=3)
    set_event(event, party_limit=4)
    added(event, a_sign_up(), desk)
    party = added(event, welsh_by_post(others=("Ifor", "Non", "Siân"), part_ok=True), desk)
    assert (party.state, party.party, party.asked) == (BookingState.OFFERED, 2, 4)
    page = visitor.open(at(event, language, str(party.id)))
    ticks = [tick["value"] for tick in page.soup.select("input[name=others]")]
    assert [tick.partition(" ")[2] for tick in ticks] == ["Ifor", "Non", "Siân"]
    page = visitor.send(422, others=ticks)
    assert len(page.errors) == 1
    page = visitor.send(others=ticks[1:2])
    assert said(language, "The place is theirs. We have told them.") in page.main
    assert "Non" in page.main and "Ifor" not in page.main and "Siân" not in page.main


def test_a_place_is_changed_given_up_in_part_and_given_up(visitor, desk, language):
    event = an_event(capacity=5)
    set_event(event, party_limit=4)
    elin = added(event, welsh_by_post(others=("Ifor", "Non", "Ifor")), desk)
    address = at(event, language, str(elin.id))
    visitor.open(at(event, language, f"{elin.id}/change"))
    page = visitor.send(422, others="Ifor\nNon")
    assert page.values()["others"] == "Ifor\nNon"
    page = visitor.send(name="Elin Jones", others="Ifor\nNon\nSiân", language_written="both")
    assert page.address == address and "Elin Jones" in page.main and "Ifor, Non, Siân" in page.main
    visitor.open(at(event, language, f"{elin.id}/part"))
    page = visitor.send(others=["1 Non"])
    assert said(language, "Some of the places have been given up. We have told them.") in page.main
    assert "Siân" not in page.main
    visitor.open(at(event, language, f"{elin.id}/cancel"))
    page = visitor.send()
    assert said(language, "Their place has been given up. We have told them.") in page.main
    # Nothing is left to be done with it.
    for ending in ("change", "part", "cancel", "move"):
        answer = visitor.ask("GET", at(event, language, f"{elin.id}/{ending}"))
        assert (answer.status_code, answer.location) == (303, address), ending
    assert [who for who, _ in story_of(elin)] == [f"person:{desk.id}"] * len(story_of(elin))


def test_somebody_is_moved_and_dates_of_the_same_series_come_first(visitor, desk, language):
    here = an_event(title=Bilingual("Cyfres", "Series"))
    soon = an_event(starts_at=now() + timedelta(days=2), title=Bilingual("Yn fuan", "Soon"))
    later = an_event(starts_at=now() + timedelta(days=30), title=Bilingual("Cyfres", "Series"))
    an_event(kind=EventKind.NETWORKING, title=Bilingual("Arall", "Other"))
    booked(an_event(), "huw")  # full
    for one in (here, later):
        set_event(one, series="same")
    elin = added(here, welsh_by_post(), desk)
    page = visitor.open(at(here, language, f"{elin.id}/move"))
    assert [tick["value"] for tick in page.soup.select("input[name=to]")] == [str(later.id), str(soon.id)]
    assert len(visitor.send(422).errors) == 1
    page = visitor.send(to=str(later.id))
    there = db.session.query(Booking).filter_by(event_id=later.id).one()
    assert page.address == at(later, language, str(there.id))
    assert said(language, "They have a place at this event instead. We have told them.") in page.main


def test_times_of_an_advice_session_are_swapped_and_the_day_is_a_table(visitor, desk, language):
    event, times = an_advice_session()
    elin = added(event, welsh_by_post(session_id=times[0]), desk)
    added(event, a_sign_up("huw", session_id=times[1]), desk)
    page = visitor.open(at(event, language, f"{elin.id}/time"))
    assert [tick["value"] for tick in page.soup.select("input[name=session_id]")] == [str(times[2])]
    assert said(language, "They have another time. We have told them.") in visitor.send(session_id=str(times[2])).main
    page = visitor.open(at(event, language, of_event="sign-in-sheet"))
    rows = [[words(cell) for cell in row.select("th, td")][:2] for row in page.soup.select("tbody tr")]
    assert rows == [["10:00–10:30", ""], ["10:30–11:00", "Huw"], ["11:00–11:30", "Elin Ŵyn Cymraeg"]]


def test_a_sign_up_of_another_event_is_not_there(visitor, desk):
    here, there = an_event(), an_event()
    nia = booked(here)
    for ending in ("", "/change", "/cancel", "/part", "/move", "/time"):
        assert visitor.ask("GET", at(there, rest=f"{nia.id}{ending}")).status_code == 404, ending
    paper = visitor.open(at(here, rest=f"{nia.id}/cancel")).values()
    assert visitor.ask("POST", at(there, rest=f"{nia.id}/cancel"), data=paper).status_code == 404
    assert states(here) == [BookingState.CONFIRMED]


# ---- Interpreters ----


def test_the_desk_shows_which_event_needs_an_interpreter_until_one_is_booked(visitor, editor, language):
    event = in_english()
    for who in ("elin", "ifor"):
        added(event, welsh_by_post(who), editor)
    staff = f"/{language}/staff"
    title = {"cy": "Dechrau busnes", "en": "Starting a business"}[language]
    [link] = [address for words, address in visitor.open(staff).links().items() if words.startswith(title)]
    assert link == at(event, language)
    visitor.open(at(event, language))
    page = visitor.send()
    assert said(language, "Thank you. The task is done.") in page.main
    assert not page.soup.select("main form[method=post]")
    assert [words for words in visitor.open(staff).links() if words.startswith(title)] == []


# ---- Messages ----


def test_a_message_is_read_in_both_languages_and_counted_before_it_goes(visitor, editor, language):
    event = an_event(capacity=3)
    booked(event, language_written="both")
    added(event, welsh_by_post(), editor)
    visitor.open(at(event, language, of_event="messages/new"))
    page = visitor.send(422, **{**MESSAGE, "body_cy": ""})
    assert page.errors == [said(language, "Write the message in Welsh")]
    page = visitor.send(**MESSAGE)
    assert page.h1 == said(language, "Check your message")
    for text in ("Ystafell arall", "Another room", "Ewch i’r llofft.", "Go upstairs."):
        assert text in page.main
    counted = [words(dd) for dd in page.soup.select("main dl.facts dd")]
    assert counted[1:] == ["2", "1", "1", "1", "1"]  # letters; by language; by channel
    assert db.session.query(OutgoingLetter).filter_by(letter="sign_ups/event_message").count() == 0
    page = visitor.say_it_in({"cy": "en", "en": "cy"}[language])
    visitor.say_it_in(language)
    # Back to the form with every word, and on again.
    page = visitor.send(press=("_change", "body_cy"))
    assert page.values()["body_cy"] == MESSAGE["body_cy"]
    visitor.send()
    sent = visitor.page.values()
    page = visitor.send()
    assert said(language, "The message is on its way.") in page.main
    assert "Ystafell arall" in page.main and "Mair" in page.main
    # The back button and the button once more: nobody gets it twice.
    again = visitor.ask("POST", at(event, language, of_event="messages/new"), data=sent)
    assert again.status_code == 303
    assert db.session.query(OutgoingLetter).filter_by(letter="sign_ups/event_message").count() == 2


def test_a_message_to_nobody_is_not_checked_and_a_helper_writes_none(visitor, editor, language):
    event = an_event()
    booked(event)
    visitor.open(at(event, language, of_event="messages/new"))
    page = visitor.send(422, **{**MESSAGE, "audience": "wait"})
    assert page.errors == [said(language, "There is nobody to write to. Choose other people.")]
    helper = type(visitor)(visitor.site)
    enter(helper, gwen())
    assert helper.ask("GET", at(event, language, of_event="messages")).status_code == 403
    assert said(language, "Messages") not in helper.open(at(event, language)).links()


# ---- Files ----

NASTY = ('=HYPERLINK("http://evil.example")', "+44", "-1+1", "@SUM(A1)", "＝1+1", "\t=1", "'=1+1")


def test_files_have_everybody_and_no_needs_and_nothing_that_a_spreadsheet_would_run(visitor, editor, language):
    event = an_event(capacity=20)
    set_event(event, party_limit=2)
    for number, name in enumerate(NASTY):
        added(event, a_sign_up(f"x{number}", name=name, others=(name,), needs="Dolen sain"), editor)
    expected = len(NASTY)
    as_csv = visitor.ask("GET", at(event, language, ".csv"))
    rows = list(csv.reader(io.StringIO(as_csv.data.decode("utf-8-sig"))))
    assert len(rows) == 1 + expected and {len(row) for row in rows} == {15}
    risky = tuple("=+-@\t\r＝＋－＠")
    assert [cell for row in rows for cell in row if cell.startswith(risky)] == []
    as_xlsx = visitor.ask("GET", at(event, language, ".xlsx"))
    cells = [cell for row in load_workbook(io.BytesIO(as_xlsx.data)).active.iter_rows() for cell in row]
    assert len(cells) == 15 * (1 + expected)
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert {cell.value for cell in cells} >= {NASTY[0], "+44", "＝1+1"}
    assert [cell.value for cell in cells if str(cell.value).startswith(risky) and not cell.quotePrefix] == []
    assert "Dolen sain" not in as_csv.data.decode() and "Dolen sain" not in {cell.value for cell in cells}
    exports = [(actor, facts) for actor, action, facts in did(event) if action == Did.EXPORTED]
    by = f"person:{editor.id}"
    assert exports == [(by, {"form": form, "number": expected}) for form in ("csv", "xlsx")]
    names = {"cy": "cofrestriadau", "en": "sign-ups"}[language]
    assert as_csv.headers["Content-Disposition"] == f'attachment; filename="{names}-{event.id}.csv"'


# ---- Paper ----


def test_the_sheet_has_everybody_to_sign_for_each_sitting_and_nothing_that_they_need(visitor, desk, language):
    event = an_event(kind=EventKind.COURSE, capacity=9)
    set_event(event, party_limit=2)
    with_times(event, 2)
    booked(event, "nia", needs="Dolen sain")
    added(event, welsh_by_post(others=("Chwaer Elin",)), desk)
    booked(event, "ifan", proved=False, name="Cynon")
    page = visitor.open(at(event, language, of_event="sign-in-sheet"))
    sheets = page.soup.select("section.sheet")
    assert len(sheets) == 2 and "last" in sheets[1]["class"] and "last" not in sheets[0]["class"]
    rows = [words(row.select_one("th")) for row in sheets[0].select("tbody tr") if row.select_one("th")]
    first = {"cy": ["Cynon", "Chwaer Elin"], "en": ["Chwaer Elin", "Cynon"]}[language]
    assert [row.partition(" Yng")[0] for row in rows] == [*first, "Elin Ŵyn Cymraeg", "Nia"]
    heads = [words(head) for head in sheets[0].select("thead th")]
    assert heads == ["Enw / Name", "Llofnod / Signature"]  # in both languages, for people of both sign it
    assert "Dolen sain" not in page.html
    assert [action for _, action, _ in did(event)][-1] == Did.PRINTED


def test_there_is_a_badge_for_everybody_with_a_mark_for_those_who_wish_to_speak_welsh(visitor, desk, language):
    event = an_event(capacity=3)
    set_event(event, party_limit=2)
    booked(event)
    added(event, welsh_by_post(others=("Ifor",)), desk)
    added(event, by_phone(1), desk)  # waits
    page = visitor.open(at(event, language, of_event="badges"))
    badges = [(words(one.select_one(".who")), bool(one.select_one(".tag"))) for one in page.soup.select(".badge")]
    assert badges == [("Elin Ŵyn", True), ("Ifor", False), ("Nia", False)]
    titles = [words(part) for part in page.soup.select_one(".badge .of").select("span")]
    assert titles == ["Dechrau busnes", "Starting a business"]


def test_what_is_listed_in_a_file_and_at_the_door_is_who_has_a_place(visitor, editor):
    event = an_event(capacity=1)
    nia = booked(event)
    event_actions.cancel(nia.id)
    elin = added(event, welsh_by_post(), editor)
    assert [one.id for one in queries.with_a_place(event.id)] == [elin.id]
    assert [one.booking.id for one in queries.everybody(event.id)] == [elin.id, nia.id]
