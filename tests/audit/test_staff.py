"""The trail as those see it who may read it."""

import csv
import io
from datetime import date, timedelta

import pytest

from c4s.audit import trail, words
from c4s.audit.trail import Asked, Did
from c4s.core.clock import now
from c4s.core.units import unit_of_work
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, enter, who_registered
from tests.conftest import NOW
from tests.house.test_phrases import every_enum
from tests.visitor import words as words_of

TRAIL = {"cy": "/cy/staff/hanes", "en": "/en/staff/trail"}
pages = pytest.mark.pages


@pytest.fixture
def mair(visitor):
    """An administrator, who is signed in."""
    person = a_member_of_staff("mair", Who.ADMINISTRATOR)
    enter(visitor, person)
    return person


@unit_of_work
def tell(action="bread.baked", kind="bread", subject=7, by="visitor", reason="", **facts):
    trail.record(action, kind, subject, by=by, reason=reason, **facts)


def rows(page):
    return [[words_of(cell) for cell in row.select("th, td")] for row in page.soup.select("main tbody tr")]


def test_entries_are_found_by_person_kind_code_and_day(site, clock):
    tell()
    tell(by="person:7")
    tell(kind="person", subject=7)
    clock.shift(timedelta(days=2))
    tell(action="bread.eaten")
    found = {
        Asked(): 4,
        Asked(person=7): 2,
        Asked(kind="bread"): 3,
        Asked(action="bread.eaten"): 1,
        Asked(kind="bread", thing=7): 3,
        Asked(kind="bread", thing=8): 0,
        Asked(but="bread.baked"): 1,
        Asked(since=date(2026, 11, 24)): 1,
        Asked(until=date(2026, 11, 23)): 3,
        Asked(since=date(2026, 11, 23), until=date(2026, 11, 23)): 3,
        Asked(person=7, kind="person"): 1,
    }
    assert {asked: trail.number_of(asked) for asked in found} == found
    assert [entry.action for entry in trail.entries(Asked(), most=2)] == ["bread.eaten", "bread.baked"]
    assert len(trail.entries(Asked(), skip=3, most=50)) == 1


@pages
def test_what_was_done_is_said_in_words_and_unknown_codes_as_they_are(visitor, mair, language):
    nia = who_registered("nia")
    tell(action="bread.baked", kind="bread", by="miller")
    page = visitor.open(f"{TRAIL[language]}?person={nia.id}")
    said = " ".join(row[1] for row in rows(page))
    assert {"cy": "Wedi creu’r cyfrif", "en": "Created the account"}[language] in said
    page = visitor.open(TRAIL[language])
    codes = [words_of(code) for code in page.soup.select("main tbody code[lang=en]")]
    assert {"bread.baked", "bread", "miller"} <= set(codes)


@pages
def test_every_look_and_every_file_is_told_in_the_trail_with_what_was_asked(visitor, mair):
    visitor.ask("GET", f"{TRAIL['en']}?person=7&since=2026-11-01")
    visitor.ask("GET", f"{TRAIL['en']}.csv?kind=person")
    looks = [(one.action, one.actor, one.facts["asked"]) for one in trail.entries(Asked(kind="trail"), most=9)]
    assert looks == [
        (Did.EXPORTED, f"person:{mair.id}", {"kind": "person"}),
        (Did.LOOKED_AT, f"person:{mair.id}", {"person": "7", "since": "2026-11-01"}),
    ]


@pages
def test_nonsense_in_the_address_narrows_nothing(visitor, mair):
    tell()
    page = visitor.open(f"{TRAIL['en']}?person=x&since=yesterday&until=2026-99-99&kind=%00&page=abc")
    assert len([row for row in rows(page) if row[1].startswith("bread.baked")]) == 1


@pages
def test_long_lists_have_pages_and_ask_no_more_of_the_database(visitor, mair, statements):
    asked = []
    for number in (3, 60):
        for _ in range(number):
            tell()
        statements.clear()
        visitor.ask("GET", f"{TRAIL['en']}?kind=bread")
        asked.append(len(statements))
    assert asked[0] == asked[1]
    assert len(rows(visitor.open(f"{TRAIL['en']}?kind=bread"))) == 50
    assert len(rows(visitor.follow("Next page"))) == 13


@pages
def test_the_file_has_what_the_page_has_and_no_formula(visitor, mair, language):
    tell(reason='=HYPERLINK("https://example.com")', sort="@brith")
    answer = visitor.ask("GET", f"{TRAIL[language]}.csv?kind=bread")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    head, row = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert (len(head), row[3], row[6]) == (8, "bread.baked", '\'=HYPERLINK("https://example.com")')
    assert row[7] == "sort: @brith"
    name = {"cy": "cofnod.csv", "en": "record.csv"}[language]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


@pages
@pytest.mark.parametrize("role", [Who.EDITOR, Who.MODERATOR, Who.HELPER])
def test_only_an_administrator_reads_the_trail(visitor, role):
    enter(visitor, a_member_of_staff("mair", role))
    for end in ("", ".csv"):
        assert visitor.ask("GET", TRAIL["en"] + end).status_code == 403
    assert trail.number_of(Asked(kind="trail")) == 0


@pytest.mark.either_database
def test_no_two_things_that_can_be_done_share_a_code(site):
    words.register(site, {"house.painted": "Painted"}, {})
    with pytest.raises(ValueError, match=r"house\.painted"):
        words.register(site, {"house.painted": "Sold"}, {})
    del site.extensions[words.ACTIONS]["house.painted"]


@pytest.mark.either_database
def test_everything_that_any_capability_does_has_words(site):
    """What a capability forgot to register in ``site.py`` would be shown as a code."""
    known, done = words.actions(), [kind for kind in every_enum() if kind.__name__ == "Did"]
    missing = [str(member) for kind in done for member in kind if str(member) not in known]
    assert len(done) > 3
    assert missing == []


# ---- How long it is kept ----


def test_signing_in_and_out_is_forgotten_after_a_year_and_all_else_after_six(site, clock):
    # The database has a clock of its own, which no test can stop: an entry is old by the real one.
    for years, subject in ((7, 1), (2, 2), (0, 3)):
        clock.move_to(NOW - timedelta(days=366 * years))
        tell(action="person.signed_in", kind="person", subject=subject)
        tell(kind="bread", subject=subject)
    clock.move_to(NOW)
    assert trail.forget_old(now()) == 3
    assert trail.forget_old(now()) == 0
    left = [(one.subject_kind, one.subject_id) for one in trail.entries(Asked(), most=9)]
    assert left == [("bread", 3), ("person", 3), ("bread", 2)]


@pytest.mark.either_database
def test_the_entries_that_go_after_a_year_are_those_of_signing_in(site, visitor):
    known = {str(code) for code in words.actions()}
    assert set(trail.OF_SECURITY) <= known
