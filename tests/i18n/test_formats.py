"""Dates, times, counts and distances, on UK time."""

from datetime import UTC, date, datetime

import pytest

from c4s.i18n import formats
from c4s.i18n.languages import speaking

pytestmark = pytest.mark.either_database


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "welsh", "english"),
    [
        (date(2026, 2, 12), "dydd Iau 12 Chwefror 2026", "Thursday 12 February 2026"),
        (date(2026, 3, 3), "dydd Mawrth 3 Mawrth 2026", "Tuesday 3 March 2026"),
        (date(2026, 3, 1), "dydd Sul 1 Mawrth 2026", "Sunday 1 March 2026"),
        (date(2026, 8, 24), "dydd Llun 24 Awst 2026", "Monday 24 August 2026"),
        (date(2026, 12, 4), "dydd Gwener 4 Rhagfyr 2026", "Friday 4 December 2026"),
        (date(2028, 2, 29), "dydd Mawrth 29 Chwefror 2028", "Tuesday 29 February 2028"),
        # A moment is told as the day it is in Wales.
        (utc(2026, 12, 31, 23, 59, 59), "dydd Iau 31 Rhagfyr 2026", "Thursday 31 December 2026"),
        (utc(2027, 1, 1, 0, 0), "dydd Gwener 1 Ionawr 2027", "Friday 1 January 2027"),
        (utc(2026, 6, 30, 23, 0), "dydd Mercher 1 Gorffennaf 2026", "Wednesday 1 July 2026"),
        (utc(2026, 6, 30, 22, 59), "dydd Mawrth 30 Mehefin 2026", "Tuesday 30 June 2026"),
    ],
)
def test_a_day_is_told_in_full(day, welsh, english):
    assert (formats.long_date(day, "cy"), formats.long_date(day, "en")) == (welsh, english)


@pytest.mark.parametrize(
    ("number", "welsh", "english"),
    [
        (1, "12 Ionawr 2026", "12 January 2026"),
        (2, "12 Chwefror 2026", "12 February 2026"),
        (3, "12 Mawrth 2026", "12 March 2026"),
        (4, "12 Ebrill 2026", "12 April 2026"),
        (5, "12 Mai 2026", "12 May 2026"),
        (6, "12 Mehefin 2026", "12 June 2026"),
        (7, "12 Gorffennaf 2026", "12 July 2026"),
        (8, "12 Awst 2026", "12 August 2026"),
        (9, "12 Medi 2026", "12 September 2026"),
        (10, "12 Hydref 2026", "12 October 2026"),
        (11, "12 Tachwedd 2026", "12 November 2026"),
        (12, "12 Rhagfyr 2026", "12 December 2026"),
    ],
)
def test_every_month_has_its_name(number, welsh, english):
    day = date(2026, number, 12)
    assert (formats.plain_date(day, "cy"), formats.plain_date(day, "en")) == (welsh, english)


def test_every_day_has_its_name():
    week = [date(2026, 11, 23 + number) for number in range(7)]
    assert [formats.day_name(day, "cy") for day in week] == [
        "dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener", "dydd Sadwrn", "dydd Sul",
    ]  # fmt: skip
    assert [formats.day_name(day, "en") for day in week] == [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]  # fmt: skip


def test_every_month_has_a_short_name_without_a_stop():
    months = [date(2026, number, 1) for number in range(1, 13)]
    assert [formats.short_month(day, "cy") for day in months] == [
        "Ion", "Chwef", "Maw", "Ebr", "Mai", "Meh", "Gorff", "Awst", "Medi", "Hyd", "Tach", "Rhag",
    ]  # fmt: skip
    assert [formats.short_month(day, "en") for day in months] == [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "clock"),
    [
        (utc(2026, 2, 12, 14, 30), "14:30"),
        (utc(2026, 7, 12, 13, 5), "14:05"),
        (utc(2026, 2, 12, 0, 0), "00:00"),
        (utc(2026, 2, 12, 12, 0), "12:00"),
        (utc(2026, 7, 12, 23, 0), "00:00"),
        (utc(2026, 3, 29, 0, 59), "00:59"),  # the clocks go on
        (utc(2026, 3, 29, 1, 0), "02:00"),
        (utc(2026, 10, 25, 0, 30), "01:30"),  # the clocks go back
        (utc(2026, 10, 25, 1, 30), "01:30"),
    ],
)
def test_the_time_is_that_of_a_clock_in_wales(moment, clock):
    assert formats.clock_time(moment) == clock


@pytest.mark.parametrize(
    ("starts", "ends", "welsh", "english"),
    [
        (
            utc(2026, 12, 4, 10, 0),
            utc(2026, 12, 4, 12, 30),
            "dydd Gwener 4 Rhagfyr 2026, 10:00–12:30",
            "Friday 4 December 2026, 10:00–12:30",
        ),
        (
            utc(2026, 12, 31, 22, 0),
            utc(2027, 1, 1, 1, 0),
            "dydd Iau 31 Rhagfyr 2026, 22:00 – dydd Gwener 1 Ionawr 2027, 01:00",
            "Thursday 31 December 2026, 22:00 – Friday 1 January 2027, 01:00",
        ),
        (  # one day in UTC, two in Wales
            utc(2026, 6, 30, 22, 0),
            utc(2026, 6, 30, 23, 30),
            "dydd Mawrth 30 Mehefin 2026, 23:00 – dydd Mercher 1 Gorffennaf 2026, 00:30",
            "Tuesday 30 June 2026, 23:00 – Wednesday 1 July 2026, 00:30",
        ),
        (  # across the change of the clocks
            utc(2026, 3, 29, 0, 30),
            utc(2026, 3, 29, 1, 30),
            "dydd Sul 29 Mawrth 2026, 00:30–02:30",
            "Sunday 29 March 2026, 00:30–02:30",
        ),
    ],
)
def test_from_when_to_when(starts, ends, welsh, english):
    assert (formats.span(starts, ends, "cy"), formats.span(starts, ends, "en")) == (welsh, english)


def test_the_language_is_that_of_the_page_unless_one_is_named(site):
    moment = utc(2026, 2, 12, 14, 30)
    with speaking("en"):
        assert formats.date_and_time(moment) == "Thursday 12 February 2026, 14:30"
    with speaking("cy"):
        assert formats.date_and_time(moment) == "dydd Iau 12 Chwefror 2026, 14:30"
        assert formats.date_and_time(moment, "en") == "Thursday 12 February 2026, 14:30"


@pytest.mark.parametrize(
    ("words", "first"), [("dydd Iau 12 Chwefror 2026", "Dydd Iau 12 Chwefror 2026"), ("12 May", "12 May"), ("", "")]
)
def test_a_date_that_begins_a_line_has_a_capital(words, first):
    assert formats.at_start(words) == first


@pytest.mark.parametrize(("number", "written"), [(0, "0"), (999, "999"), (1724, "1,724"), (1000000, "1,000,000")])
def test_a_count_is_written_with_commas(number, written):
    assert formats.count(number) == written


@pytest.mark.parametrize(
    ("kilometres", "written"),
    [(0.0, "0.0 km"), (3.24, "3.2 km"), (9.94, "9.9 km"), (9.96, "10 km"), (10.0, "10 km"), (13.6, "14 km")],
)
def test_a_distance_is_as_exact_as_it_needs_to_be(kilometres, written):
    assert formats.distance(kilometres) == written


@pytest.mark.parametrize(
    "typed",
    [
        *("7/12/2026", " 07.12.2026 ", "7-12-2026", "7 12 2026", "2026-12-07"),
        *("7 Rhagfyr 2026", "7 RHAG 2026", "7 december 2026", "07 Dec 2026"),
    ],
)
def test_a_day_is_read_as_people_write_it_in_either_language(typed):
    assert formats.read_day(typed) == date(2026, 12, 7)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "31/2/2027",
        "7/12",
        "7/12/26",
        "12/13/2026",
        "7/12/2026x",
        "0/1/2027",
        "1/1/0000",
        "٧/12/2026",
        "31/12/9999",
        "1/1/1",
    ],
)
def test_what_is_no_day_is_none(typed):
    assert formats.read_day(typed) is None
