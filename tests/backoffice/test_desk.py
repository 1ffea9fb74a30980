"""The staff desk: what waits for whom, and for how long in each language."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from c4s.backoffice import phrases, waiting
from c4s.backoffice.waiting import Due, Figures
from c4s.core.clock import now
from c4s.i18n.catalogues import review_count
from c4s.i18n.languages import speaking
from c4s.mail.models import Channel
from c4s.web.desk import QUEUES, Queue, Waits
from c4s.web.rights import RIGHTS, Right, Who
from tests.accounts.builders import a_member_of_staff, a_person, enter, entered
from tests.conftest import NOW
from tests.visitor import words

DESK = {"cy": "/cy/staff", "en": "/en/staff"}
DAY = timedelta(days=1)
pages = pytest.mark.pages


def waits(language, days, **more):
    return Waits("Nia", "/en/staff/x", NOW - days * DAY, language, **more)


@pytest.mark.parametrize(
    ("what", "welsh", "english"),
    [
        ([], Figures(0, 0, 0), Figures(0, 0, 0)),
        ([waits("cy", 3)], Figures(1, 3, 3), Figures(0, 0, 0)),
        ([waits("both", 2)], Figures(1, 2, 2), Figures(1, 2, 2)),
        ([waits("cy", 9), waits("cy", 1), waits("cy", 2), waits("en", 4)], Figures(3, 2, 9), Figures(1, 4, 4)),
        ([waits("en", 1), waits("en", 5)], Figures(0, 0, 0), Figures(2, 1, 5)),
        ([waits("en", -1)], Figures(0, 0, 0), Figures(1, 0, 0)),
    ],
)
@pytest.mark.either_database
def test_what_is_wanted_in_both_languages_counts_for_each(what, welsh, english):
    assert waiting.figures(what, NOW) == {"cy": welsh, "en": english}


@pytest.mark.parametrize(
    ("day", "how"),
    [(date(2026, 11, 22), Due.OVERDUE), (date(2026, 11, 23), Due.TODAY), (date(2026, 11, 24), Due.LATER)],
)
@pytest.mark.either_database
def test_a_day_is_over_today_or_to_come(day, how):
    assert waiting.due(day, date(2026, 11, 23)) == how
    assert how in phrases.DUE


@pages
def test_the_desk_shows_what_waits_the_oldest_first_with_both_languages_side_by_side(visitor, language, clock):
    entered("elin", language_written="cy")
    clock.shift(3 * DAY)
    entered("ifor", language_written="en")
    enter(visitor, a_member_of_staff("mair", Who.HELPER))
    page = visitor.open(DESK[language])
    title = {"cy": "Llythyrau i’w hargraffu a’u postio", "en": "Letters to print and post"}[language]
    [row] = [row for row in page.soup.select("tbody tr") if words(row.th) == title]
    figures = [[int(number) for number in re.findall(r"\d+", words(cell))] for cell in row.select("td")]
    assert figures == [[1, 3, 3], [1, 0, 0]]
    assert [words(link).partition(" (")[0] for link in page.soup.select("main ol a")] == ["Elin", "Ifor"]


@pages
@pytest.mark.parametrize("role", [Who.EDITOR, Who.MODERATOR, Who.HELPER, Who.ADMINISTRATOR])
def test_everybody_sees_the_queues_of_their_own_rights_and_no_other(visitor, role):
    entered("elin")
    enter(visitor, a_member_of_staff("mair", role))
    page = visitor.open(DESK["en"])
    with speaking("en"):
        queues = [str(queue.title) for queue in visitor.site.extensions[QUEUES] if role in RIGHTS[queue.right].who]
    assert [words(head) for head in page.soup.select("tbody th")] == queues


@pages
def test_somebody_who_is_no_member_of_staff_is_told_that_they_may_not(visitor):
    enter(visitor, a_person("nia"))
    assert visitor.ask("GET", DESK["en"]).status_code == 403
    assert visitor.site.test_client().get(DESK["en"]).status_code == 303


@pages
def test_the_account_page_leads_staff_to_the_desk_and_nobody_else(visitor, language):
    link = {"cy": "Desg y staff", "en": "Staff desk"}[language]
    account = {"cy": "/cy/cyfrif", "en": "/en/account"}[language]
    enter(visitor, a_person("nia"))
    assert link not in visitor.open(account).links()
    enter(visitor, a_member_of_staff("mair", Who.EDITOR))
    assert visitor.open(account).links()[link] == DESK[language]


@pages
def test_a_day_that_is_over_is_said_in_words(visitor, monkeypatch):
    late = replace(waits("cy", 40), due_at=now() - 9 * DAY)
    queue = Queue("late", Right.WORK_AT_DESK, "Ciw", "backoffice.desk", lambda: [late])
    monkeypatch.setitem(visitor.site.extensions, QUEUES, [queue])
    enter(visitor, a_member_of_staff("mair", Who.EDITOR))
    answer = visitor.ask("GET", DESK["en"]).get_data(as_text=True)
    assert "Late: it should have been done by: Saturday 14 November 2026" in answer


@pages
def test_how_much_welsh_nobody_has_checked_is_said(visitor):
    enter(visitor, a_member_of_staff("mair", Who.EDITOR))
    reviewed, total = review_count()
    assert f"Messages that no person has checked yet: {total - reviewed}. All messages: {total}." in re_spaced(
        visitor.open(DESK["en"]).main
    )


def re_spaced(text):
    return text.replace(" .", ".")


@pages
def test_the_desk_asks_the_same_of_the_database_however_much_waits(visitor, statements):
    helper = a_member_of_staff("mair", Who.HELPER, Who.MODERATOR, Who.ADMINISTRATOR)
    enter(visitor, helper)
    asked = []
    for number in (2, 12):
        for at in range(number):
            entered(f"wil{at}", Channel.PHONE, key=f"the-key-of-the-form-{number}-{at}", by=helper)
        statements.clear()
        visitor.ask("GET", DESK["en"])
        asked.append(len(statements))
    assert asked[0] == asked[1]
