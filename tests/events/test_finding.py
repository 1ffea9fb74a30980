"""Finding an event: by theme, by day, in a month on the wall; and what its page says."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from icalendar import Calendar

from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.events import listing, queries
from c4s.events.models import Event
from c4s.events.months import Month
from c4s.events.rules import DeliveryLanguage, EventKind, EventState
from c4s.i18n.bilingual import Bilingual
from c4s.taxonomy import queries as taxonomy
from tests.conftest import NOW, said
from tests.events.builders import a_venue, an_event, booked
from tests.visitor import words

pytestmark = pytest.mark.pages

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LIST = {"cy": "/cy/digwyddiadau", "en": "/en/events"}
PAST = {"cy": "/cy/digwyddiadau/gorffennol", "en": "/en/events/past"}
WALL = {"cy": "/cy/digwyddiadau/calendr", "en": "/en/events/calendar"}


def called(name: str, **facts):
    return an_event(title=Bilingual(name, name), **facts)


def titles(page) -> list[str]:
    return [words(link) for link in page.soup.select(".events a")]


def theme(code: str) -> int:
    return taxonomy.categories().by_code[code].id


@unit_of_work
def changed(event: Event, **facts) -> None:
    row = db.session.get_one(Event, event.id)
    for name, value in facts.items():
        setattr(row, name, value)


# ---- Lists ----


def test_a_list_is_narrowed_by_theme_and_a_theme_has_those_below_it_too(site, visitor, language):
    called("A", category_ids=[theme("care-at-home"), theme("care-companionship")])
    called("B", category_ids=[theme("care"), theme("food")])
    called("C", kind=EventKind.COURSE)
    for when in (LIST, PAST):
        if when is PAST:
            for event in db.session.query(Event).all():
                changed(event, starts_at=NOW - 9 * DAY, closes_at=NOW - 9 * DAY, ends_at=NOW - 9 * DAY + HOUR)

        def found(query, when=when):
            return sorted(titles(visitor.open(when[language] + query)))

        assert found("") == ["A", "B", "C"]
        assert (found("?theme=care"), found("?theme=food"), found("?theme=care-at-home")) == (["A", "B"], ["B"], ["A"])
        assert (found("?theme=nonsense"), found("?theme=care&kind=course")) == (["A", "B", "C"], [])
        page = visitor.open(when[language] + "?kind=workshop&theme=care-at-home")
        chips = {words(link): link["href"] for link in page.soup.select(".chosen a")}
        assert sorted(chips.values()) == [when[language] + "?kind=workshop", when[language] + "?theme=care-at-home"]
        name = taxonomy.categories().by_code["care"].name.spoken(language)[0]
        counts = [words(link) for link in visitor.open(when[language]).soup.select(".filter a")]
        assert f"{name} (2)" in counts  # A is under two themes of care, and counts once


def test_a_list_is_narrowed_to_days_as_people_write_them(site, visitor, language):
    called("Monday", starts_at=datetime(2026, 12, 7, 0, 0, tzinfo=UTC))
    called("Tuesday", starts_at=datetime(2026, 12, 8, 23, 59, tzinfo=UTC))
    called("In summer", starts_at=datetime(2027, 6, 30, 23, 0, tzinfo=UTC))  # the first of July in Wales
    for query, found in {
        "?since=8/12/2026": ["Tuesday", "In summer"],
        "?until=2026-12-07": ["Monday"],
        "?since=7+Rhagfyr+2026&until=8+Dec+2026": ["Monday", "Tuesday"],
        "?since=1/7/2027": ["In summer"],
        "?until=30/6/2027&kind=workshop": ["Monday", "Tuesday"],
        "?since=&until=": ["Monday", "Tuesday", "In summer"],
    }.items():
        assert titles(visitor.open(LIST[language] + query)) == found, query
    page = visitor.open(LIST[language] + "?since=7+Rhagfyr+2026&kind=workshop")
    assert page.soup.select_one("#since")["value"] == "7 Rhagfyr 2026"
    kept = {box["name"]: box["value"] for box in page.soup.select("main form input[type=hidden]")}
    assert kept == {"kind": "workshop"}
    feed = LIST[language] + {"cy": "/calendr.ics", "en": "/calendar.ics"}[language]
    assert page.soup.select_one('a[href^="webcal:"]')["href"].endswith(f"{feed}?kind=workshop&since=2026-12-07")
    over = visitor.open(PAST[language] + "?until=1/11/2026&kind=workshop")
    assert over.soup.select_one('a[href^="webcal:"]')["href"].endswith(f"{feed}?kind=workshop")
    assert over.links()[said(language, "Events to come")] == LIST[language] + "?kind=workshop"
    assert words(page.soup.select_one(".chosen li:last-of-type")).endswith(
        {"cy": "7 Rhagfyr 2026", "en": "7 December 2026"}[language]
    )


@pytest.mark.parametrize("when", [LIST, PAST], ids=["to come", "past"])
def test_a_day_that_is_none_is_said_beside_its_box_and_nothing_is_lost(site, visitor, language, when):
    called("A")
    page = visitor.open(when[language] + "?since=31/2/2027&until=12/2026&kind=workshop", 422)
    assert page.errors == [said(language, f"Enter the {which} day like 14/01/2027") for which in ("first", "last")]
    values = {box["name"]: box["value"] for box in page.soup.select("main form input")}
    assert values == {"kind": "workshop", "since": "31/2/2027", "until": "12/2026"}
    assert titles(page) == (["A"] if when is LIST else [])
    page = visitor.open(when[language] + "?since=8/12/2026&until=7/12/2026", 422)
    assert page.errors == [said(language, "Enter a last day that is not before the first day")]
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert visitor.open(page.switch, 422).errors == [
        said(visitor.page.language, "Enter a last day that is not before the first day")
    ]


def test_a_feed_is_narrowed_by_theme_and_by_day(site, visitor):
    event = called("A", category_ids=[theme("care-at-home")])
    called("B", category_ids=[theme("care-at-home")], starts_at=NOW + 40 * DAY)
    called("C")
    answer = visitor.open("/en/events/calendar.ics?theme=care&until=20/12/2026").response
    [entry] = Calendar.from_ical(answer.data).walk("VEVENT")
    assert (str(entry["UID"]), entry["CATEGORIES"].cats) == (f"event-{event.id}@127.0.0.1", ["Care at home"])
    assert visitor.ask("GET", "/en/events/calendar.ics?since=nonsense").status_code == 200
    for end in ("31/12/9999", "1/1/0001"):  # no day comes after the last one, nor before the first
        assert visitor.ask("GET", f"/en/events?since={end}&until={end}").status_code == 422
        assert visitor.ask("GET", f"/en/events/calendar.ics?until={end}").status_code == 200


def test_events_are_counted_anew_when_one_changes_and_not_when_a_place_is_taken(site, visitor, statements):
    event = called("A", capacity=5)

    def counted() -> tuple[bool, str]:
        statements.clear()
        page = visitor.open("/en/events")
        return any("UNION ALL" in one for one in statements), words(page.soup.select_one(".filter a"))

    assert [counted(), counted()] == [(True, "Workshop (1)"), (False, "Workshop (1)")]
    booked(event)
    assert counted() == (False, "Workshop (1)")
    called("B")
    assert counted() == (True, "Workshop (2)")
    changed(event, kind=EventKind.COURSE)
    assert counted() == (True, "Course (1)")
    with time_machine.travel(NOW + 30 * DAY, tick=False):
        assert "Events found: 0" in visitor.open("/en/events").main


# ---- A month on the wall ----


@pytest.mark.either_database
def test_a_month_has_whole_weeks_from_monday(site):
    weeks = Month(2026, 2).weeks()
    assert [day and day.day for day in weeks[0]] == [None] * 6 + [1]
    assert [day and day.day for day in weeks[-1]] == [23, 24, 25, 26, 27, 28, None]
    assert {len(week) for week in weeks} == {7}
    assert [Month(2026, 1).later(n) for n in (-1, 0, 11, 12)] == [
        Month(2025, 12),
        Month(2026, 1),
        Month(2026, 12),
        Month(2027, 1),
    ]
    assert (Month(2028, 2).first, Month(2028, 2).last) == (date(2028, 2, 1), date(2028, 2, 29))


def test_a_month_is_a_table_of_its_days_with_their_events(site, visitor, language):
    late = called("L", starts_at=datetime(2026, 12, 7, 18, tzinfo=UTC))
    called("E", starts_at=datetime(2026, 12, 7, 9, tzinfo=UTC), kind=EventKind.COURSE)
    gone = called("G", starts_at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    changed(gone, state=EventState.CANCELLED)
    called("D", starts_at=datetime(2026, 12, 8, 9, tzinfo=UTC), state=EventState.DRAFT)
    called("J", starts_at=datetime(2027, 1, 1, 0, 0, tzinfo=UTC))
    starts = datetime(2026, 11, 30, 10, tzinfo=UTC)
    times = [(starts + n * 7 * DAY, starts + n * 7 * DAY + HOUR) for n in range(3)]
    called("K", kind=EventKind.COURSE, starts_at=starts, ends_at=times[-1][1], sessions=times)
    page = visitor.open(f"{WALL[language]}/2026/12")
    heads = [words(head) for head in page.soup.select("thead th[scope=col]")]
    first, last = {"cy": ("Dydd Llun", "Dydd Sul"), "en": ("Monday", "Sunday")}[language]
    assert (len(heads), heads[0], heads[-1]) == (7, first, last)
    assert [len(row.select("td")) for row in page.soup.select("tbody tr")] == [7] * 5
    days = {words(cell.p): [words(item) for item in cell.select("li")] for cell in page.soup.select("td:has(li)")}
    seventh, fourteenth, end = {
        "cy": ("Dydd Llun 7", "Dydd Llun 14", "Dydd Iau 31"),
        "en": ("Monday 7", "Monday 14", "Thursday 31"),
    }[language]
    assert days == {
        seventh: ["09:00 E", "10:00 K", "18:00 L"],
        fourteenth: ["10:00 K"],
        end: [f"23:30 G {said(language, 'Cancelled')}"],
    }
    assert len(page.soup.select("td p")) == 31
    assert words(page.soup.caption) == page.h1 == {"cy": "Rhagfyr 2026", "en": "December 2026"}[language]
    link = page.soup.select_one(f"#e7x{late.id}")
    assert link["href"] == f"{LIST[language]}/{late.id}-l"
    assert link["aria-labelledby"] == f"e7x{late.id} d7"  # a title may come again on another day
    assert "X-Robots-Tag" not in page.response.headers
    narrowed = visitor.open(f"{WALL[language]}/2026/12?kind=workshop&since=2026-12-31")
    assert [words(item) for item in narrowed.soup.select("td li a")] == ["18:00 L", "23:30 G"]
    assert [link["href"] for link in narrowed.soup.select(".chosen a")] == [f"{WALL[language]}/2026/12"]
    as_list = narrowed.links()[said(language, "See as a list, and narrow it")]
    assert as_list == LIST[language] + "?kind=workshop"
    back = visitor.open(as_list).links()[said(language, "See the month as a calendar")]
    assert back == f"{WALL[language]}/2026/12?kind=workshop"
    visitor.open(f"{WALL[language]}/2026/12?kind=workshop")
    visitor.switch_language()


def test_a_full_day_of_a_month_shows_the_first_few_and_leads_to_all_of_them(site, visitor, language):
    hours = [datetime(2026, 12, 7, hour, tzinfo=UTC) for hour in range(9, 9 + listing.PER_DAY + 2)]
    for number, starts_at in enumerate(hours):
        called(f"E{number}", starts_at=starts_at)
    starts = datetime(2026, 11, 30, 20, tzinfo=UTC)
    times = [(starts + n * 7 * DAY, starts + n * 7 * DAY + HOUR) for n in range(3)]
    called("K", kind=EventKind.COURSE, starts_at=starts, ends_at=times[-1][1], sessions=times)
    address = f"{WALL[language]}/2026/12"
    page = visitor.open(address)
    label, link = said(language, "All events of this day"), page.soup.select_one("#w7")
    assert [words(item) for item in page.soup.select("td li")] == [
        *(f"{hour.hour:02}:00 E{number}" for number, hour in enumerate(hours[: listing.PER_DAY])),
        f"{label}: {len(hours) + 1}",
        "20:00 K",
    ]
    assert (link["href"], link["aria-labelledby"]) == (f"{address}?day=7#d7", "w7 d7")
    assert "X-Robots-Tag" not in page.response.headers
    whole = visitor.open(f"{address}?day=7")
    cells = {words(cell.p): [words(item) for item in cell.select("li")] for cell in whole.soup.select("td:has(li)")}
    shown = next(items for day, items in cells.items() if day.endswith(" 7"))
    assert [item[6:] for item in shown] == [*(f"E{number}" for number in range(len(hours))), "K"]
    assert whole.response.headers["X-Robots-Tag"] == "noindex"
    narrowed = visitor.open(f"{address}?kind=workshop")
    assert narrowed.soup.select_one("#w7")["href"] == f"{address}?kind=workshop&day=7#d7"
    for nonsense in ("x", "0", "32", "-7", "²"):
        assert visitor.open(f"{address}?day={nonsense}").soup.select_one("#w7")


def test_what_is_written_of_a_month_is_bounded_however_many_events_there_are(site, visitor, statements):
    def asked():
        statements.clear()
        page = visitor.open("/en/events/calendar/2026/12?held_in=bilingual")
        return len(page.soup.select("td li")), len(statements)

    for number in range(listing.PER_DAY + 1):
        called(f"A{number}", starts_at=datetime(2026, 12, 7, 9, number, tzinfo=UTC))
    before = asked()
    for number in range(20):
        called(f"B{number}", starts_at=datetime(2026, 12, 7, 10, number, tzinfo=UTC))
    assert asked() == before
    assert before[0] == listing.PER_DAY + 1


def test_a_month_is_found_in_indexes_by_its_days(site):
    if db.engine.dialect.name != "sqlite":
        return  # PostgreSQL takes the way that it thinks shortest, which in an empty table is no index
    values = {"since": datetime(2026, 12, 1, tzinfo=UTC), "until": datetime(2027, 1, 1, tzinfo=UTC)}
    for part in queries.IN_MONTH:
        told = part.params(values).compile(db.engine, compile_kwargs={"literal_binds": True})
        plan = [row[3] for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {told}")]
        first = next(line for line in plan if line.startswith(("SCAN", "SEARCH")))
        assert first.endswith(("(starts_at>? AND starts_at<?)", "(state=? AND starts_at>? AND starts_at<?)")), plan


def test_the_months_around_are_led_to_where_there_is_anything_and_no_page_is_without_end(site, visitor, language):
    def around(year, month, query=""):
        page = visitor.open(f"{WALL[language]}/{year}/{month}{query}")
        led = [link["href"].removeprefix(WALL[language]) for link in page.soup.select("nav.pages a")]
        return led, page.response.headers.get("X-Robots-Tag")

    assert around(2026, 11) == ([], "noindex")
    called("T", starts_at=NOW - 60 * DAY)
    called("S", starts_at=NOW + 90 * DAY, kind=EventKind.COURSE)
    assert around(2026, 11) == (["/2026/10", "/2026/12"], "noindex")
    assert around(2026, 9) == (["/2026/10"], None)
    assert around(2026, 10) == (["/2026/9", "/2026/11"], "noindex")
    assert around(2027, 2) == (["/2027/1"], None)
    assert around(2026, 11, "?kind=course") == (["/2026/12?kind=course"], "noindex")
    assert [around(*far)[1] for far in ((2025, 11), (2027, 11))] == ["noindex", "noindex"]
    past = visitor.open(f"{WALL[language]}/2026/9").links()[said(language, "See as a list, and narrow it")]
    assert past == PAST[language]
    for far in ("2025/10", "2027/12", "2026/13", "2026/0", "9999/12", "0/1", "2026/x"):
        visitor.open(f"{WALL[language]}/{far}", 404)


# ---- One event ----


def test_a_course_shows_every_date_its_themes_its_series_and_how_many_may_come_together(site, visitor, language):
    starts = datetime(2026, 12, 7, 10, tzinfo=UTC)
    times = [(starts + n * 7 * DAY, starts + n * 7 * DAY + HOUR) for n in range(3)]
    facts = {"kind": EventKind.COURSE, "series": "welding", "venue_id": a_venue().id}
    event = an_event(
        **facts,
        starts_at=starts,
        ends_at=times[-1][1],
        sessions=times,
        capacity=8,
        party_limit=4,
        category_ids=[theme("care-at-home")],
        network=Bilingual("Rhwydwaith Gofal y Cwm", "The Valley Care Network"),
    )
    other = an_event(**facts, starts_at=starts + 70 * DAY)
    an_event(**facts, starts_at=NOW - 70 * DAY)
    page = visitor.open(
        f"{LIST[language]}/{event.id}-{ {'cy': 'dechrau-busnes', 'en': 'starting-a-business'}[language] }"
    )
    dates = [words(item) for item in page.soup.select("dl.facts li")]
    assert (
        dates
        == {
            "cy": [f"Dydd Llun {day} Rhagfyr 2026, 10:00–11:00" for day in (7, 14, 21)],
            "en": [f"Monday {day} December 2026, 10:00–11:00" for day in (7, 14, 21)],
        }[language]
    )
    name = taxonomy.categories().by_code["care-at-home"].name.spoken(language)[0]
    assert page.links()[name] == LIST[language] + "?theme=care-at-home"
    assert event.network.spoken(language)[0] in page.main
    assert f"{said(language, 'Most people in one sign-up')} 4" in page.main
    others = [link["href"] for link in page.soup.select("main li a[href]") if f"/{other.id}-" in link["href"]]
    assert len(others) == 1
    assert [one for one in page.soup.select("main ul li a") if "2026" in words(one) and "Medi" in words(one)] == []


def test_an_advice_session_says_how_many_appointments_there_are_and_how_many_are_left(site, visitor, language):
    starts = NOW + 14 * DAY
    times = [(starts + n * HOUR, starts + (n + 1) * HOUR) for n in range(5)]
    event = called("A", kind=EventKind.ADVICE_SURGERY, sessions=times, capacity=5)
    page = visitor.open(f"{LIST[language]}/{event.id}-a")
    assert f"{said(language, 'Appointments in all')} 5" in page.main
    assert f"{said(language, 'Places left')} 5" in page.main


@pytest.mark.parametrize("state", [EventState.CANCELLED, EventState.POSTPONED])
def test_an_event_that_is_called_off_or_put_off_says_so_and_why(site, visitor, language, state):
    event = called("A")
    changed(event, state=state, notice=Bilingual("Mae’r neuadd ar gau.", "The hall is closed."))
    page = visitor.open(f"{LIST[language]}/{event.id}-a")
    sentence = {"cancelled": "This event has been cancelled", "postponed": "This event has been postponed"}[state]
    assert said(language, sentence) in page.main
    assert event.notice.spoken(language)[0] in page.main
    schema = {"cancelled": "EventCancelled", "postponed": "EventPostponed"}[state]
    assert page.soup.select_one("[itemprop=eventStatus]")["href"] == f"https://schema.org/{schema}"
    assert (said(language, "New date to follow") in page.main) == (state == EventState.POSTPONED)
    tag = {"cancelled": "Cancelled", "postponed": "Postponed"}[state]
    assert said(language, tag) in visitor.open(LIST[language]).main
    feed = visitor.open(LIST[language] + {"cy": "/calendr.ics", "en": "/calendar.ics"}[language]).response
    [entry] = Calendar.from_ical(feed.data).walk("VEVENT")
    assert str(entry["STATUS"]) == {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}[state]


def test_an_event_that_was_changed_says_what_has_changed(site, visitor, language):
    event = called("A")
    changed(event, notice=Bilingual("Awr yn hwyrach.", "An hour later."))
    page = visitor.open(f"{LIST[language]}/{event.id}-a")
    assert said(language, "What has changed") in page.main and event.notice.spoken(language)[0] in page.main


def test_an_english_event_says_how_a_wish_for_welsh_is_met(site, visitor, language):
    event = called(
        "A",
        delivery_language=DeliveryLanguage.EN,
        welsh_offer=Bilingual("Gofynnwch am sesiwn yn Gymraeg.", "Ask for a session in Welsh."),
        welsh_wishes_for_interpreter=3,
        interpreter_by=NOW + 3 * DAY,
    )
    address = f"{LIST[language]}/{event.id}-a"
    promise = said(
        language,
        "Tell us when you sign up if you would like to use Welsh. We book an interpreter if enough people ask.",
    )
    page = visitor.open(address)
    assert promise in page.main and f"{said(language, 'People needed')}: 3" in page.main
    changed(event, interpreter_booked_at=NOW)
    page = visitor.open(address)
    assert promise not in page.main
    assert said(language, "There will be an interpreter between Welsh and English.") in page.main
    changed(event, interpreter_booked_at=None, interpreter_by=NOW - DAY)
    assert promise not in visitor.open(address).main
    changed(event, interpreter_by=NOW + DAY, state=EventState.POSTPONED)  # nobody can sign up, so nobody can ask
    assert promise not in visitor.open(address).main


def test_lists_months_and_events_ask_the_same_few_things_however_much_there_is(site, visitor, statements):
    care = [theme("care-at-home"), theme("food")]
    starts = NOW + 14 * DAY
    times = [(starts + n * DAY, starts + n * DAY + HOUR) for n in range(4)]
    facts = {
        "kind": EventKind.COURSE,
        "sessions": times,
        "category_ids": care,
        "series": "x",
        "area_id": 1,
        "capacity": 50,
    }
    event = called("A", **facts, venue_id=a_venue().id)
    pages = {
        "/en/events": 5,
        "/en/events?theme=care&since=1/12/2026&held_in=bilingual": 5,
        "/en/events/past?theme=care": 5,
        "/en/events/calendar/2026/12?theme=care": 5,
        f"/en/events/{event.id}-a": 6,
    }
    asked: dict[str, list[int]] = {address: [] for address in pages}
    for more in (1, 12):
        for number in range(more):
            one = called(f"B{more}x{number}", **facts, venue_id=a_venue().id)
            booked(one, f"person{number}")
            called(f"C{more}x{number}", starts_at=NOW - (number + 2) * DAY, category_ids=care)
        for address in pages:
            visitor.ask("GET", address)
            statements.clear()
            visitor.ask("GET", address)
            asked[address].append(len([one for one in statements if one.startswith(("SELECT", "WITH"))]))
    assert {address: counts for address, counts in asked.items() if len(set(counts)) > 1} == {}
    assert {address: counts for address, counts in asked.items() if counts[0] > pages[address]} == {}
