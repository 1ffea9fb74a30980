"""Who is asked when, once; what answers change, and what nobody’s answer changes."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from c4s.accounts.models import Person
from c4s.accounts.rules import PersonState
from c4s.accounts.rules import WhyNot as NotNow
from c4s.businesses.models import Business
from c4s.businesses.steps import let_in
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.throttle import TooMany
from c4s.core.units import unit_of_work
from c4s.directory import claiming
from c4s.directory import queries as directory
from c4s.directory.filing import KIND
from c4s.directory.models import Claim
from c4s.directory.rules import SupplierStatus
from c4s.directory.rules import WhyNot as DirectoryWhyNot
from c4s.freshness import actions, queries, rules
from c4s.freshness.rules import Did, Heard, Shown, WhyNot
from c4s.mail import delivery
from c4s.mail.models import Channel, LetterState
from c4s.search import queries as searching
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, entered, reads
from tests.accounts.builders import again as person_again
from tests.builders import a_supplier
from tests.businesses.builders import EDITOR, a_business, joined
from tests.conftest import at_once
from tests.freshness.builders import (
    a_kept_entry,
    again,
    changed,
    code_in,
    kinds_of_letters,
    letters_about,
    number_of_codes,
    stages,
    story_of,
)
from tests.refusals import why_not

ROUND = date(2026, 1, 15)
HERE = "192.0.2.0/24"


def on(year, month, day, hour=4):
    """That day, in the small hours, with the clock stopped."""
    return time_machine.travel(datetime(year, month, day, hour, tzinfo=UTC), tick=False)


def is_found(supplier):
    db.session.rollback()
    return supplier.id in [hit.record_id for hit in searching.find(searching.Question(KIND)).hits]


@unit_of_work
def set_state(person, state):
    db.session.get_one(Person, person.id).state = state


@pytest.fixture
def nia(site):
    return a_person("nia")


# ---- Asking ----


def test_everybody_of_a_business_is_asked_after_nine_months_each_in_their_language(site, nia):
    entry = a_kept_entry(nia)
    joined(entry.business_id, nia, a_person("huw"))
    reads(nia, "cy")
    with on(2026, 10, 14):
        assert actions.send_due() == 0
    with on(2026, 10, 15):
        assert actions.send_due() == 1
    first, second = sorted(letters_about(entry), key=lambda letter: letter.to_address)
    assert (first.to_address, first.language, second.to_address, second.language) == (
        "huw@example.cymru",
        "both",
        "nia@example.cymru",
        "cy",
    )
    assert "/cy/dal-yn-gywir/" in second.body and "/en/still-right/" not in second.body
    assert "15 Ionawr 2026" in second.body
    assert (stages(entry), story_of(entry)) == (["first"], [("worker", "entry.asked_whether_right")])


def test_each_letter_of_a_round_is_posted_once_however_often_the_worker_begins_again(site, nia):
    entry = a_kept_entry(nia)
    for day in (date(2026, 10, 15), date(2026, 12, 1), date(2027, 4, 15), date(2027, 5, 8), date(2027, 5, 9)):
        with on(day.year, day.month, day.day):
            for _ in range(2):
                actions.send_due()
    assert stages(entry) == ["first", "second", "last"]
    assert len(letters_about(entry)) == 3


def test_two_workers_at_once_post_one_letter(site, nia):
    entry = a_kept_entry(nia)
    with on(2026, 10, 15):
        assert sorted(at_once(site, *[actions.send_due] * 2)) == [0, 1]
    assert len(letters_about(entry)) == 1


def test_the_day_begins_as_it_does_in_wales(site, nia):
    entry = a_kept_entry(nia, confirmed_on=date(2025, 10, 25))  # nine months later it is summer
    with time_machine.travel(datetime(2026, 7, 24, 22, 59, tzinfo=UTC), tick=False):
        assert actions.send_due() == 0
    with time_machine.travel(datetime(2026, 7, 24, 23, 1, tzinfo=UTC), tick=False):  # a minute past midnight there
        assert actions.send_due() == 1
    assert stages(entry) == ["first"]


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2026, 10, 25)])
def test_on_the_days_on_which_the_clock_changes_letters_go_as_on_every_other(site, nia, day):
    entry = a_kept_entry(nia, confirmed_on=rules.months_after(day, -9))
    for hour in (0, 1, 2, 3, 23):
        with on(day.year, day.month, day.day, hour):
            actions.send_due()
    assert (stages(entry), len(letters_about(entry))) == (["first"], 1)


def test_an_entry_without_a_day_counts_from_when_it_was_made(site, nia):
    entry = a_kept_entry(nia, confirmed_on=None, made_on=date(2026, 2, 1))
    with on(2026, 10, 31):
        assert actions.send_due() == 0
    with on(2026, 11, 1):
        assert actions.send_due() == 1
    assert stages(entry) == ["first"]


def test_an_entry_that_was_claimed_lately_counts_from_then(site, nia):
    entry = a_supplier("Hen siop", claim=Claim.IMPORTED, confirmed_on=date(2024, 1, 1))
    business = a_business(nia, "Hen siop")
    claiming.ask(business, entry.id, "Fi biau hi.", by_id=nia.id)
    claiming.grant(directory.claims_of(business)[0].id, by_id=a_member_of_staff("mair").id)
    with on(2027, 8, 22):
        assert actions.send_due() == 0
    with on(2027, 8, 23):
        assert actions.send_due() == 1
    assert stages(entry) == ["first"]


@pytest.mark.parametrize(
    "values",
    [
        {"claim": Claim.IMPORTED},
        {"claim": Claim.DEMONSTRATION},
        {"status": SupplierStatus.UNPUBLISHED},
        {"status": SupplierStatus.CLOSED},
        {"gone_on": ROUND},
        {"taken_down_at": datetime(2026, 2, 1, tzinfo=UTC)},
        {"archived_on": ROUND},
    ],
)
def test_nobody_is_asked_about_what_is_not_listed_or_not_theirs(site, nia, values):
    a_kept_entry(nia, **values)
    with on(2026, 12, 15):
        assert actions.send_due() == 0


def test_they_are_asked_about_an_entry_that_is_closed_for_a_time(site, nia):
    a_kept_entry(nia, status=SupplierStatus.TEMPORARILY_CLOSED)
    with on(2026, 12, 15):
        assert actions.send_due() == 1


def test_those_whose_account_is_suspended_or_closing_are_not_asked(site, nia):
    entry = a_kept_entry(nia)
    huw = a_person("huw")
    joined(entry.business_id, nia, huw)
    set_state(huw, PersonState.SUSPENDED)
    with on(2026, 12, 15):
        actions.send_due()
    assert [letter.to_address for letter in letters_about(entry)] == [nia.email]


def test_what_goes_wrong_with_one_entry_undoes_nothing_of_another(site, nia, monkeypatch, caplog):
    bad, good = a_kept_entry(nia, "Un"), a_kept_entry(nia, "Dau")
    post = actions.letters.still_right

    def fails(person, supplier, *given, **facts):
        if supplier.id == bad.id:
            raise RuntimeError("Dim papur")
        post(person, supplier, *given, **facts)

    monkeypatch.setattr(actions.letters, "still_right", fails)
    with on(2026, 12, 15):
        assert actions.send_due() == 1
    assert (stages(bad), stages(good)) == ([], ["first"])
    assert f"Nobody was asked about entry {bad.id}" in caplog.text


# ---- On paper ----


def with_elin(nia):
    """An entry for which Elin, who has no e-mail, answers besides Nia."""
    entry, elin = a_kept_entry(nia), entered("elin")

    @unit_of_work
    def join():
        let_in(db.session.get_one(Business, entry.business_id), db.session.get_one(Person, elin.id), EDITOR)

    join()
    return entry, person_again(elin.id)


def test_those_without_email_have_a_letter_to_print_with_a_code_and_no_link(site, nia):
    entry, elin = with_elin(nia)
    with on(2026, 10, 15):
        actions.send_due()
        [letter] = [one for one in letters_about(entry) if one.channel == Channel.POST]
        assert (letter.state, letter.to_address) == (LetterState.TO_PRINT, elin.postal_address)
        assert "/still-right/" not in letter.body and letter.body.count(code_in(letter)) == 2
        token = actions.try_code(code_in(letter).lower().replace("-", " "), network=HERE)
    assert token == actions.letters.token(entry.id, elin.id, ROUND)


def test_a_code_is_kept_as_a_digest_that_is_worth_nothing_without_the_sites_key(site, nia):
    entry, _ = with_elin(nia)
    with on(2026, 10, 15):
        actions.send_due()
    [letter] = [one for one in letters_about(entry) if one.channel == Channel.POST]
    plain = rules.plain(code_in(letter))
    assert queries.code([plain]) is None
    site.config["SECRET_KEY_FALLBACKS"], before = [site.config["SECRET_KEY"]], site.config["SECRET_KEY_FALLBACKS"]
    site.config["SECRET_KEY"], key = "another-key-of-the-site-" + "y" * 32, site.config["SECRET_KEY"]
    try:
        assert actions.try_code(plain, network=HERE) is not None  # while the former key is still believed
        site.config["SECRET_KEY_FALLBACKS"] = []
        assert actions.try_code(plain, network=HERE) is None
    finally:
        site.config["SECRET_KEY"], site.config["SECRET_KEY_FALLBACKS"] = key, before


def test_wrong_codes_count_and_a_network_has_twenty_tries_an_hour(site):
    for _ in range(rules.CODES_PER_NETWORK):
        assert actions.try_code("K7QM-4RTX-9CDF", network=HERE) is None
    assert why_not(actions.try_code, "K7QM-4RTX-9CDF", network=HERE) == TooMany.TOO_MANY
    assert actions.try_code("K7QM-4RTX-9CDF", network="198.51.100.0/24") is None


def test_codes_are_forgotten_when_they_have_done_their_work(site, nia):
    with_elin(nia)
    with on(2026, 10, 15):
        actions.send_due()
    assert number_of_codes() == 1
    with on(2027, 11, 19):
        assert actions.forget_old() == 0
    with on(2027, 11, 20):
        assert (actions.forget_old(), actions.forget_old()) == (1, 0)


# ---- Leaving the lists ----


def night(*day):
    """What the worker does in one night; letters by e-mail leave the house in the morning."""
    with on(*day):
        done = actions.archive_due(), actions.send_due()
        delivery.send_due()
    return done


def test_lists_leave_an_entry_out_after_sixteen_months_and_its_page_stays(site, nia):
    entry = a_kept_entry(nia)
    for day in ((2026, 10, 15), (2027, 4, 15), (2027, 5, 8)):
        assert night(*day) == (0, 1)
    letter = letters_about(entry)[-1]
    assert "15 Mai 2027" in letter.body and "15 May 2027" in letter.body
    assert night(2027, 5, 14) == (0, 0)
    assert is_found(entry)
    assert night(2027, 5, 15) == (1, 0)
    entry = again(entry.id)
    assert (entry.archived_on, entry.is_listed, entry.has_page) == (date(2027, 5, 15), False, True)
    assert not is_found(entry)
    assert kinds_of_letters(entry) == ["still_right"] * 3 + ["archived"]
    assert night(2027, 5, 16) == (0, 0)
    assert story_of(entry)[-1] == ("worker", "entry.archived")


def test_an_entry_is_never_left_out_without_a_week_to_answer_however_long_the_site_was_away(site, nia):
    entry = a_kept_entry(nia)
    assert night(2028, 1, 1) == (0, 1)
    assert (stages(entry), "8 January 2028" in letters_about(entry)[0].body) == (["last"], True)
    assert night(2028, 1, 7) == (0, 0)
    assert night(2028, 1, 8) == (1, 0)


def test_an_entry_stays_while_the_last_letter_waits_for_staff_to_post_it(site, nia):
    entry, _ = with_elin(nia)
    assert night(2027, 5, 8) == (0, 1)
    assert night(2027, 6, 8) == (0, 0)
    [paper] = [one for one in letters_about(entry) if one.channel == Channel.POST]
    with on(2027, 6, 9):
        delivery.mark_printed([paper.id])
    assert night(2027, 6, 15) == (0, 0)
    assert night(2027, 6, 16) == (1, 0)
    assert again(entry.id).archived_on == date(2027, 6, 16)


def test_an_entry_of_which_nobody_can_be_asked_stays_listed_and_is_for_staff(site, nia):
    entry = a_kept_entry(None)
    for day in ((2026, 10, 15), (2027, 5, 8), (2028, 5, 15)):
        assert night(*day) == (0, 0)
    assert again(entry.id).is_listed
    day = date(2028, 5, 15)
    assert [one.supplier.id for one in queries.listed(Shown.NOBODY, day)] == [entry.id]
    assert queries.numbers(day) == {**dict.fromkeys(Shown, 0), Shown.NOBODY: 1}


# ---- Answers ----


def test_an_answer_sets_the_day_and_begins_a_new_round(site, nia):
    entry = a_kept_entry(nia)
    with on(2026, 10, 15):
        actions.send_due()
        actions.confirm(entry.id, person_id=nia.id, counted_from=ROUND)
    assert again(entry.id).confirmed_on == date(2026, 10, 15)
    assert story_of(entry)[-1] == (f"person:{nia.id}", "entry.confirmed")
    assert night(2027, 7, 14) == (0, 0)
    assert night(2027, 7, 15) == (0, 1)
    assert stages(entry) == ["first", "first"]


def test_an_answer_brings_an_entry_back_to_the_lists_at_once(site, nia):
    entry = a_kept_entry(nia)
    night(2027, 5, 8)
    night(2027, 5, 15)
    with on(2027, 9, 1):
        actions.confirm(entry.id, person_id=nia.id, counted_from=ROUND)
    assert (again(entry.id).archived_on, is_found(entry)) == (None, True)


def test_a_second_click_and_an_old_letter_change_nothing(site, nia):
    entry = a_kept_entry(nia)
    with on(2026, 10, 15):
        for _ in range(2):
            actions.confirm(entry.id, person_id=nia.id, counted_from=ROUND)
    with on(2026, 12, 1):
        actions.confirm(entry.id, person_id=nia.id, counted_from=ROUND)
        actions.close(entry.id, person_id=nia.id, counted_from=ROUND)
    entry = again(entry.id)
    assert (entry.confirmed_on, entry.status) == (date(2026, 10, 15), SupplierStatus.ACTIVE)
    assert [what for _, what in story_of(entry)] == ["entry.confirmed"]


def test_whoever_is_signed_in_confirms_whenever_they_like(site, nia):
    entry = a_kept_entry(nia)
    with on(2026, 3, 1):
        actions.confirm(entry.id, person_id=nia.id)
    assert again(entry.id).confirmed_on == date(2026, 3, 1)


def test_a_business_that_closed_leaves_the_lists_and_everybody_is_told(site, nia):
    entry = a_kept_entry(nia)
    joined(entry.business_id, nia, a_person("huw"))
    with on(2026, 10, 15):
        for _ in range(2):
            actions.close(entry.id, person_id=nia.id, counted_from=ROUND)
    entry = again(entry.id)
    assert (entry.status, entry.confirmed_on, is_found(entry)) == (SupplierStatus.CLOSED, date(2026, 10, 15), False)
    assert sorted((one.letter, one.to_address) for one in letters_about(entry)) == [
        ("directory/closed", "huw@example.cymru"),
        ("directory/closed", "nia@example.cymru"),
    ]
    assert why_not(actions.confirm, entry.id, person_id=nia.id) == WhyNot.ALREADY_CLOSED
    assert night(2027, 12, 1) == (0, 0)


def test_by_a_letter_too_an_owner_alone_says_that_the_business_has_closed(site, nia):
    entry, huw = a_kept_entry(nia), a_person("huw")
    joined(entry.business_id, nia, huw, EDITOR)
    reason = why_not(actions.close, entry.id, person_id=huw.id, counted_from=ROUND)
    assert (reason, again(entry.id).status) == (DirectoryWhyNot.FOR_OWNERS, SupplierStatus.ACTIVE)
    actions.close(entry.id, person_id=nia.id, counted_from=ROUND)
    actions.close(entry.id, person_id=huw.id, counted_from=ROUND)  # late, and changes nothing
    assert again(entry.id).status == SupplierStatus.CLOSED


def test_nobody_answers_for_an_entry_of_another_business(site, nia):
    entry, huw = a_kept_entry(nia), a_person("huw")
    a_business(huw, "Siop Huw")
    for act, facts in ((actions.confirm, {}), (actions.confirm, {"counted_from": ROUND})):
        assert why_not(act, entry.id, person_id=huw.id, **facts) == WhyNot.NOT_THERE
    assert why_not(actions.close, entry.id, person_id=huw.id, counted_from=ROUND) == WhyNot.NOT_THERE
    assert why_not(actions.confirm, 999_999, person_id=huw.id) == WhyNot.NOT_THERE
    changed(entry.id, business_id=None)
    assert why_not(actions.confirm, entry.id, person_id=nia.id) == WhyNot.NOT_THERE


# ---- Staff ----


def test_staff_note_what_they_hear_by_phone(site, nia):
    gwen = a_member_of_staff("gwen", Who.HELPER)
    entry = a_kept_entry(nia)
    with on(2026, 12, 1):
        assert actions.heard(entry.id, Heard.RIGHT, "Nia, ar y ffôn.", by_id=gwen.id) == Did.CONFIRMED
    assert again(entry.id).confirmed_on == date(2026, 12, 1)
    assert story_of(entry) == [(f"person:{gwen.id}", "entry.confirmed")]
    assert actions.heard(entry.id, Heard.CLOSED, "Nia, ar y ffôn.", by_id=gwen.id) == Did.CLOSED
    assert kinds_of_letters(entry) == ["closed"]


def test_staff_leave_out_of_the_lists_what_nobody_can_be_asked_about_and_bring_it_back(site, nia):
    gwen = a_member_of_staff("gwen", Who.HELPER)
    asked, unasked = a_kept_entry(nia), a_kept_entry(None, "Siop wag")
    assert why_not(actions.heard, asked.id, Heard.NOBODY, "Neb.", by_id=gwen.id) == WhyNot.CAN_BE_ASKED
    assert actions.heard(unasked.id, Heard.NOBODY, "Neb yn ateb.", by_id=gwen.id) == Did.ARCHIVED
    assert not is_found(unasked)
    actions.heard(unasked.id, Heard.RIGHT, "Ffoniodd rhywun.", by_id=gwen.id)
    assert is_found(unasked)


def test_only_those_who_keep_entries_fresh_note_anything_and_only_of_entries_that_are_kept(site, nia):
    gwen, editor = a_member_of_staff("gwen", Who.HELPER), a_member_of_staff("mair", Who.EDITOR)
    entry, imported = a_kept_entry(nia), a_kept_entry(None, "Siop wag", claim=Claim.IMPORTED)
    assert why_not(actions.heard, entry.id, Heard.RIGHT, "Nia.", by_id=editor.id) == NotNow.NOT_ALLOWED
    assert why_not(actions.heard, imported.id, Heard.RIGHT, "Nia.", by_id=gwen.id) == WhyNot.NOT_THERE
    assert why_not(actions.heard, 999_999, Heard.RIGHT, "Nia.", by_id=gwen.id) == WhyNot.NOT_THERE


def test_no_member_of_staff_notes_what_they_heard_of_a_business_of_theirs(site, nia):
    gwen = a_member_of_staff("gwen", Who.HELPER)
    entry = a_kept_entry(nia)
    joined(entry.business_id, nia, gwen, EDITOR)
    for what in Heard:
        assert why_not(actions.heard, entry.id, what, "Fi fy hun.", by_id=gwen.id) == WhyNot.ONES_OWN
    assert again(entry.id).status == SupplierStatus.ACTIVE


# ---- What staff see ----


def test_lists_of_staff_hold_each_entry_once_by_its_age(site, nia):
    day = date(2027, 5, 10)
    wanted = {
        Shown.FIRST: (date(2026, 8, 10), date(2026, 2, 11)),
        Shown.SECOND: (date(2026, 2, 10), date(2026, 1, 18)),
        Shown.LAST: (date(2026, 1, 17), date(2020, 1, 1)),
    }
    fresh = a_kept_entry(nia, "Newydd", confirmed_on=date(2026, 8, 11))
    entries = {
        shown: [a_kept_entry(nia, f"{shown} {number}", confirmed_on=at).id for number, at in enumerate(days)]
        for shown, days in wanted.items()
    }
    old = a_kept_entry(nia, "Hen", archived_on=ROUND)
    found = {shown: [one.supplier.id for one in queries.listed(shown, day)] for shown in Shown}
    assert found == {
        **{shown: ids[::-1] for shown, ids in entries.items()},  # the oldest first
        Shown.NOBODY: [],
        Shown.ARCHIVED: [old.id],
    }
    assert fresh.id not in [number for numbers in found.values() for number in numbers]
    assert queries.numbers(day) == {shown: len(ids) for shown, ids in found.items()}


def test_however_many_entries_are_stale_the_questions_are_as_many(site, nia, statements):
    for number in range(3):
        a_kept_entry(nia, f"Siop {number}")
    db.session.rollback()
    statements.clear()
    assert len(queries.to_ask(date(2026, 12, 1))) == 3
    assert queries.numbers(date(2026, 12, 1))[Shown.FIRST] == 3
    assert len(statements) == 4


def test_refusals_do_not_leave_half_of_anything(site, nia):
    entry = a_kept_entry(nia)
    with pytest.raises(Refused):
        actions.heard(entry.id, Heard.RIGHT, "", by_id=a_member_of_staff("gwen", Who.HELPER).id)
    assert (again(entry.id).confirmed_on, story_of(entry)) == (ROUND, [])


def test_today_is_the_day_in_wales(site):
    assert queries.today() == date(2026, 11, 23)
    with time_machine.travel(datetime(2026, 7, 24, 23, 30, tzinfo=UTC), tick=False):
        assert queries.today() == date(2026, 7, 25)
