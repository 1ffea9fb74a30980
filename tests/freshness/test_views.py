"""The pages on which people and staff say whether an entry is still right, in both languages."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from c4s.audit import trail
from c4s.core import tokens
from c4s.core.db import db
from c4s.directory.models import Claim
from c4s.directory.rules import SupplierStatus
from c4s.freshness import actions, letters, phrases, queries, rules
from c4s.freshness.rules import Heard, Shown
from c4s.i18n.languages import speaking
from c4s.mail import delivery
from c4s.mail.models import Channel
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, enter
from tests.businesses.builders import EDITOR, joined
from tests.conftest import said
from tests.freshness.builders import (
    a_kept_entry,
    again,
    changed,
    code_in,
    kinds_of_letters,
    letters_about,
    path_in,
    story_of,
)
from tests.freshness.test_actions import with_elin
from tests.house.every_page import address_of

pytestmark = pytest.mark.pages

ROUND = date(2026, 1, 15)
TODAY = date(2026, 11, 23)


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def gwen(site):
    return a_member_of_staff("gwen", Who.HELPER)


@pytest.fixture
def entry(nia):
    return a_kept_entry(nia, email="felin@example.cymru")


def asked(entry, language="en"):
    """Where the letter of nine months leads."""
    actions.send_due()
    return path_in(letters_about(entry)[0], language)


# ---- By a letter ----


def test_the_link_of_a_letter_asks_and_one_press_answers(visitor, entry, language):
    page = visitor.open(asked(entry, language))
    assert page.h1 == said(language, "Is your entry still right?")
    assert "Siop y Felin" in page.main
    assert again(entry.id).confirmed_on == ROUND
    page = visitor.send()
    assert page.h1 == said(language, "Thank you for your answer")
    assert {"cy": "23 Tachwedd 2026", "en": "23 November 2026"}[language] in page.main
    assert again(entry.id).confirmed_on == TODAY


def test_opening_the_link_changes_nothing_and_nobody_keeps_the_page(visitor, entry):
    address = asked(entry)
    before = story_of(entry)
    for _ in range(2):
        page = visitor.open(address)
    assert (page.response.headers["Cache-Control"], page.response.headers["X-Robots-Tag"]) == ("no-store", "noindex")
    assert (again(entry.id).confirmed_on, story_of(entry)) == (ROUND, before)
    assert "felin@example.cymru" not in page.html and "nia@example.cymru" not in page.html


def test_the_page_that_stayed_open_and_the_link_of_last_year_say_thanks(visitor, entry):
    address = asked(entry)
    visitor.open(address)
    actions.confirm(entry.id, person_id=tokens.read(letters.PURPOSE, address.rpartition("/")[2])[1])
    assert visitor.send().h1 == "Thank you for your answer"
    with time_machine.travel(datetime(2027, 12, 1, tzinfo=UTC), tick=False):
        page = visitor.open(address)
        assert page.soup.select("main form") == []
    assert again(entry.id).confirmed_on == TODAY


def test_what_has_changed_is_changed_by_those_who_sign_in(visitor, entry, nia):
    page = visitor.open(asked(entry))
    link = page.links()["Something has changed: sign in and change it"]
    assert visitor.open(link).h1 == "Sign in"
    enter(visitor, nia)
    assert "Siop y Felin" in visitor.open(link).main


def test_that_the_business_has_closed_is_asked_once_more(visitor, entry, language):
    address = asked(entry, language)
    visitor.open(address)
    page = visitor.follow(said(language, "The business has closed for good"))
    assert page.h1 == said(language, "Has the business closed for good?")
    assert again(entry.id).status == SupplierStatus.ACTIVE
    page = visitor.send()
    assert page.h1 == said(language, "The entry says that the business has closed")
    assert again(entry.id).status == SupplierStatus.CLOSED
    assert kinds_of_letters(entry) == ["still_right", "closed"]
    assert visitor.open(f"{address}/{'wedi-cau' if language == 'cy' else 'closed'}").h1 == page.h1


def test_an_editor_is_told_that_an_owner_can_say_that_it_has_closed(visitor, entry, nia, language):
    huw = a_person("huw")
    joined(entry.business_id, nia, huw, EDITOR)
    token = letters.token(entry.id, huw.id, ROUND)
    address = address_of(visitor.site, "freshness.answer", language, token=token)
    closing = address_of(visitor.site, "freshness.closed", language, token=token)
    page = visitor.open(address)
    assert said(language, "If the business has closed for good, an owner of it can say so.") in page.main
    assert said(language, "The business has closed for good") not in page.main
    assert visitor.open(closing).h1 == page.h1
    visitor.open(address)
    visitor.ask("POST", closing, data=dict(visitor.page.values()))
    assert again(entry.id).status == SupplierStatus.ACTIVE


def test_a_page_that_stayed_open_while_the_business_closed_says_so(visitor, entry, nia):
    address = asked(entry)
    visitor.open(address)
    actions.close(entry.id, person_id=nia.id, counted_from=ROUND)
    assert visitor.send().h1 == "The entry says that the business has closed"


def test_a_link_of_somebody_else_and_one_that_was_altered_lead_nowhere(visitor, entry, nia, language):
    huw = a_person("huw")
    good = letters.token(entry.id, nia.id, ROUND)
    for bad in (letters.token(entry.id, huw.id, ROUND), letters.token(9_999, nia.id, ROUND), f"{good}x", "x"):
        visitor.open(address_of(visitor.site, "freshness.answer", language, token=bad), 404)
        visitor.open(address_of(visitor.site, "freshness.closed", language, token=bad), 404)
    changed(entry.id, business_id=None)
    visitor.open(address_of(visitor.site, "freshness.answer", language, token=good), 404)


def test_the_page_of_an_entry_that_left_the_lists_brings_it_back(visitor, entry):
    address = asked(entry)
    changed(entry.id, archived_on=TODAY)
    assert "No longer in the lists" in visitor.open(address).main
    visitor.send()
    assert again(entry.id).is_listed


# ---- By a code ----


def test_a_code_from_paper_leads_to_the_same_page(visitor, nia, language):
    entry, _ = with_elin(nia)
    actions.send_due()
    [letter] = [one for one in letters_about(entry) if one.channel == Channel.POST]
    visitor.open(address_of(visitor.site, "freshness.code", language))
    page = visitor.send(code=code_in(letter).lower().replace("-", " "))
    assert page.h1 == said(language, "Is your entry still right?")
    visitor.send()
    assert again(entry.id).confirmed_on == TODAY


def test_a_code_that_is_wrong_or_missing_is_said_beside_its_box(visitor, language):
    visitor.open(address_of(visitor.site, "freshness.code", language))
    assert visitor.send(422).errors == [said(language, "Enter the code from our letter")]
    page = visitor.send(422, code="K7QM-4RTX-9CDF")
    assert page.errors == [said(language, "We do not know this code. Look at your letter again, or phone us.")]
    assert page.values()["code"] == "K7QM-4RTX-9CDF"


def test_whoever_tries_too_many_codes_is_told_when_to_come_back(visitor):
    visitor.open("/en/still-right")
    for _ in range(rules.CODES_PER_NETWORK):
        visitor.send(422, code="K7QM-4RTX-9CDF")
    page = visitor.send(429, code="K7QM-4RTX-9CDF")
    assert int(page.response.headers["Retry-After"]) > 0


# ---- Signed in ----


def test_somebody_who_is_signed_in_confirms_the_entry_of_their_business(visitor, entry, nia, language):
    of = {"business_id": entry.business_id, "supplier_id": entry.id}
    enter(visitor, nia)
    visitor.open(address_of(visitor.site, "freshness.confirm", language, **of))
    page = visitor.send()
    assert said(language, "Thank you. Readers see today’s date beside the entry.") in page.main
    assert again(entry.id).confirmed_on == TODAY


def test_the_list_of_tasks_leads_to_it(visitor, entry, nia, language):
    of = {"business_id": entry.business_id, "supplier_id": entry.id}
    enter(visitor, nia)
    visitor.open(address_of(visitor.site, "profiles.tasks", language, **of))
    assert visitor.follow(said(language, "Is the entry still right?")).h1 == said(language, "Is the entry still right?")


def test_nobody_confirms_the_entry_of_another_business(visitor, entry, nia):
    huw = a_person("huw")
    other = a_kept_entry(huw, "Siop Huw")
    enter(visitor, nia)
    for of in (
        {"business_id": entry.business_id, "supplier_id": other.id},
        {"business_id": other.business_id, "supplier_id": other.id},
    ):
        visitor.open(address_of(visitor.site, "freshness.confirm", "en", **of), 404)


def test_an_entry_that_nobody_sees_yet_is_not_asked_about_on_the_list_of_its_business(visitor, language, nia):
    lines = []
    for status in (SupplierStatus.ACTIVE, SupplierStatus.UNPUBLISHED):
        entry = a_kept_entry(nia, f"Siop {status}", status=status)
        of = {"business_id": entry.business_id, "supplier_id": entry.id}
        enter(visitor, nia)
        visitor.open(address_of(visitor.site, "profiles.tasks", language, **of))
        lines.append(address_of(visitor.site, "freshness.confirm", language, **of) in visitor.page.links().values())
    assert lines == [True, False]


def test_a_closed_entry_is_not_confirmed(visitor, entry, nia):
    enter(visitor, nia)
    of = {"business_id": entry.business_id, "supplier_id": entry.id}
    visitor.open(address_of(visitor.site, "freshness.confirm", "en", **of))
    changed(entry.id, status=SupplierStatus.CLOSED)
    assert "The entry says that the business has closed" in visitor.send().main
    assert again(entry.id).confirmed_on == ROUND


# ---- Staff ----


def test_staff_see_what_is_stale_and_whom_to_ring(visitor, gwen, entry, language):
    a_kept_entry(None, "Siop wag", phone="01632 960 444")
    actions.send_due()
    enter(visitor, gwen)
    page = visitor.open(address_of(visitor.site, "stale.index", language))
    assert f"{said(language, '9 months or more without an answer')}: 1" in page.main
    assert "Siop y Felin" in page.main and "Nia" in page.main
    page = visitor.follow(f"{said(language, 'Nobody whom we can ask')}: 1")
    assert "Siop wag" in page.main and "01632 960 444" in page.main
    listed = [one for one in story_of_lists() if one == (f"person:{gwen.id}", "entries.freshness_listed")]
    assert len(listed) >= 2


def story_of_lists():
    db.session.rollback()
    return [(entry.actor, entry.action) for entry in trail.history_of("entries", 0)]


def test_a_list_without_anything_says_so_and_a_strange_one_is_the_first(visitor, gwen, language):
    enter(visitor, gwen)
    address = address_of(visitor.site, "stale.index", language)
    for shown in Shown:
        page = visitor.open(f"{address}?list={shown}")
        assert page.soup.select_one("main h2").get_text() == said_of(shown, language)
    assert visitor.open(f"{address}?list=x").soup.select_one("main h2").get_text() == said_of(Shown.FIRST, language)


def said_of(shown, language):
    with speaking(language):
        return str(phrases.SHOWN[shown])


def test_a_list_is_a_file_too(visitor, gwen, entry, language):
    changed(entry.id, name="=Siop", phone="01632 960 444")
    actions.send_due()
    enter(visitor, gwen)
    response = visitor.ask("GET", address_of(visitor.site, "stale.as_csv", language))
    lines = response.get_data().decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("'=Siop,2026-01-15,2027-05-15,") and lines[1].endswith(",01632 960 444,Nia")
    assert story_of_lists() == [(f"person:{gwen.id}", "entries.freshness_exported")]


def test_staff_note_what_they_hear(visitor, gwen, entry, language):
    enter(visitor, gwen)
    address = address_of(visitor.site, "stale.show", language, supplier_id=entry.id)
    visitor.open(address)
    assert visitor.send(422).errors == [
        said(language, "Choose what you heard"),
        said(language, "Write who told you, and how you know that it is them"),
    ]
    page = visitor.send(heard=Heard.RIGHT.value, reason="Nia, ar y rhif yn y cofnod.")
    assert said(language, "Thank you. Readers see today’s date beside the entry.") in page.main
    assert again(entry.id).confirmed_on == TODAY
    page = visitor.send(422, heard=Heard.NOBODY.value, reason="Neb.")
    assert page.errors == [said(language, "There is somebody whom our letters reach: let them answer")]
    assert (f"person:{gwen.id}", "entry.freshness_looked") in story_of(entry)


def test_whoever_speaks_for_a_business_leaves_it_to_a_colleague_to_note_what_was_heard_of_it(
    visitor, gwen, nia, language
):
    entry = a_kept_entry(nia)
    joined(entry.business_id, nia, gwen)
    enter(visitor, gwen)
    visitor.open(address_of(visitor.site, "stale.show", language, supplier_id=entry.id))
    page = visitor.send(422, heard=Heard.CLOSED.value, reason="Fi fy hun.")
    assert page.errors == [said(language, "This business is yours too. Another member of staff must do this")]


def test_an_entry_that_no_business_keeps_has_nothing_to_note(visitor, gwen, site):
    imported = a_kept_entry(None, claim=Claim.IMPORTED)
    enter(visitor, gwen)
    page = visitor.open(address_of(visitor.site, "stale.show", "en", supplier_id=imported.id))
    assert page.soup.select("main form") == []
    visitor.open(address_of(visitor.site, "stale.show", "en", supplier_id=999_999), 404)


def test_what_is_about_to_leave_the_lists_waits_on_the_desk(visitor, gwen, nia, language):
    entry = a_kept_entry(nia)
    a_kept_entry(None, "Siop wag")
    with time_machine.travel(datetime(2027, 5, 8, 9, tzinfo=UTC), tick=False):
        actions.send_due()
        delivery.send_due()
        enter(visitor, gwen)
        page = visitor.open(address_of(visitor.site, "backoffice.desk", language))
        assert said(language, "Entries that somebody must ring about") in page.main
        waiting = {
            name: f"{name} : {said(language, 'Entries that somebody must ring about')}"
            for name in ("Siop wag", "Siop y Felin")
        }
        assert set(waiting.values()) <= set(page.links())
        visitor.follow(waiting["Siop y Felin"])
    assert entry.name in visitor.page.main


def test_only_those_who_keep_entries_fresh_enter(visitor, entry):
    enter(visitor, a_member_of_staff("mair", Who.EDITOR))
    for endpoint, values in (("stale.index", {}), ("stale.as_csv", {}), ("stale.show", {"supplier_id": entry.id})):
        visitor.open(address_of(visitor.site, endpoint, "en", **values), 403)


def test_lists_ask_the_database_as_much_however_long_they_are(visitor, gwen, nia, statements):
    enter(visitor, gwen)
    address = address_of(visitor.site, "stale.index", "en")

    def work():
        statements.clear()
        visitor.ask("GET", address)
        return len(statements)

    a_kept_entry(nia, "Siop 0")
    visitor.open(address)
    one = work()
    for number in range(1, 6):
        a_kept_entry(nia, f"Siop {number}")
    assert work() == one
    assert queries.numbers(TODAY)[Shown.FIRST] == 6
