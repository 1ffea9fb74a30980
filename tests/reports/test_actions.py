"""What each action changes, which letters it posts, what the trail says."""

from datetime import date, timedelta

import pytest
import time_machine

from c4s.accounts import actions as accounts
from c4s.accounts import night
from c4s.accounts.rules import WhyNot as NotNow
from c4s.businesses import actions as businesses
from c4s.core.db import db
from c4s.core.once import NotAgain
from c4s.core.throttle import TooMany
from c4s.directory.models import Supplier
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel
from c4s.reports import actions, data, queries, rules
from c4s.reports.models import ReportNote
from c4s.reports.rules import KEEP_ANSWERED, Outcome, ReportKind, ReportState, WhyNot
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person
from tests.businesses.builders import joined
from tests.conftest import NOW, at_once
from tests.freshness.builders import a_kept_entry, changed
from tests.freshness.test_actions import with_elin
from tests.refusals import why_not
from tests.reports.builders import NIA, WORDS, a_report, again, letters_about, number_of_reports, story_of

ANSWER = Bilingual("Mae’r rhif yn iawn nawr.", "The number is right now.")


@pytest.fixture
def huw(site):
    return a_person("huw")


@pytest.fixture
def entry(huw):
    return a_kept_entry(huw)


@pytest.fixture
def mair(site):
    return a_member_of_staff("mair", Who.MODERATOR)


def sent(report):
    return [(letter.letter.removeprefix("reports/"), letter.to_address) for letter in letters_about(report)]


# ---- Telling ----


def test_a_report_has_a_reference_and_a_day_and_reaches_the_reader_and_the_business(site, entry, huw):
    report = a_report(entry)
    assert (report.state, report.told_at, report.due_on, report.asked_in) == (
        ReportState.OPEN,
        NOW,
        date(2026, 12, 7),
        "cy",
    )
    assert sent(report) == [("received", NIA), ("to_business", huw.email)]
    first, second = letters_about(report)
    assert report.reference in first.body and "7 December 2026" in first.body
    assert WORDS in second.body
    assert story_of(report) == [("visitor", "report.told")]


def test_the_business_never_learns_who_told_us(site, entry):
    [_, letter] = letters_about(a_report(entry, name="Gwenhwyfar", email="gwen.unig@example.cymru"))
    for secret in ("Gwenhwyfar", "gwen.unig", "example.cymru"):
        assert secret not in letter.body + letter.subject + letter.reply_to
    assert letter.to_name == "Huw"


def test_what_a_stranger_typed_is_not_sent_to_an_address_that_may_not_be_theirs(site, entry, huw):
    letter = letters_about(a_report(entry, name="Gwobr i chi", words="Prynwch hwn"))[0]
    assert "Gwobr" not in letter.body + letter.to_name and "Prynwch" not in letter.body
    known = letters_about(a_report(entry, name="Huw", email=huw.email, person_id=huw.id))[0]
    assert known.to_name == "Huw"


@pytest.mark.parametrize("kind", sorted(rules.FOR_STAFF_ALONE))
def test_what_is_offensive_or_breaks_the_code_is_for_staff_alone(site, entry, kind):
    assert sent(a_report(entry, kind)) == [("received", NIA)]


def test_whoever_leaves_no_address_is_written_to_no_more(site, entry, huw):
    report = a_report(entry, name="", email="", language="cy")
    assert (report.language_written, sent(report)) == ("", [("to_business", huw.email)])


def test_those_of_the_business_without_email_have_a_letter_on_paper_without_a_link(site, huw):
    entry, _ = with_elin(huw)
    [letter] = [one for one in letters_about(a_report(entry)) if one.channel == Channel.POST]
    assert WORDS in letter.body and "/profile/" not in letter.body and "/proffil/" not in letter.body


def test_an_entry_that_nobody_keeps_is_for_staff(site):
    assert sent(a_report(a_kept_entry(None))) == [("received", NIA)]


def test_the_same_form_sent_twice_is_one_report(site, entry):
    key = "k" * 20
    first, second = a_report(entry, key=key), a_report(entry, key=key)
    assert (first.id, number_of_reports(), len(letters_about(first))) == (second.id, 1, 2)
    assert why_not(a_report, entry, key=key, words="Arall") == NotAgain.ANOTHER_BODY


def test_two_at_once_with_one_key_are_one_report(site, entry):
    number = entry.id
    at_once(site, *[lambda: a_report(db.session.get_one(Supplier, number), key="k" * 20).id] * 2)
    assert number_of_reports() == 1


def test_one_address_one_network_and_one_entry_have_their_limits(site, entry):
    for _ in range(rules.PER_ADDRESS):
        a_report(entry)
    assert why_not(a_report, entry) == TooMany.TOO_MANY
    for number in range(rules.PER_NETWORK - rules.PER_ADDRESS):
        a_report(entry, email=f"{number}@example.cymru")
    assert why_not(a_report, entry, email="") == TooMany.TOO_MANY
    for number in range(rules.PER_ENTRY - rules.PER_NETWORK):
        a_report(entry, email="", network=f"198.51.{number}.0/24")
    assert why_not(a_report, entry, email="", network="203.0.113.0/24") == TooMany.TOO_MANY
    assert number_of_reports() == rules.PER_ENTRY


# ---- Dealing with it ----


def test_staff_answer_and_the_reader_is_told_in_their_languages(site, entry, mair):
    report = a_report(entry)
    assert why_not(actions.answer, report.id, Outcome.PUT_RIGHT, Bilingual("Iawn", ""), by_id=mair.id) == (
        WhyNot.WORDS_NEEDED
    )
    for _ in range(2):
        actions.answer(report.id, Outcome.PUT_RIGHT, ANSWER, by_id=mair.id)
    report = again(report.id)
    assert (report.state, report.outcome, report.answered_at) == (ReportState.ANSWERED, Outcome.PUT_RIGHT, NOW)
    assert sent(report)[2:] == [("answered", NIA)]
    assert ANSWER.cy in letters_about(report)[-1].body and ANSWER.en in letters_about(report)[-1].body
    assert story_of(report)[-1] == (f"person:{mair.id}", "report.answered")


def test_whoever_left_no_address_needs_no_words(site, entry, mair):
    report = a_report(entry, email="")
    actions.answer(report.id, Outcome.NOTHING_WRONG, Bilingual(), by_id=mair.id)
    assert (again(report.id).outcome, len(sent(report))) == (Outcome.NOTHING_WRONG, 1)


def test_a_colleagues_late_answer_is_refused(site, entry, mair):
    other, report = a_member_of_staff("eleri", Who.ADMINISTRATOR), a_report(entry)
    actions.answer(report.id, Outcome.PUT_RIGHT, ANSWER, by_id=mair.id)
    assert why_not(actions.answer, report.id, Outcome.NOTHING_WRONG, ANSWER, by_id=other.id) == WhyNot.ALREADY_ANSWERED
    assert why_not(actions.note, report.id, "Hwyr.", by_id=other.id) == WhyNot.ALREADY_ANSWERED


def test_nobody_deals_with_what_they_said_or_with_a_business_of_theirs(site, entry, huw, mair):
    own = a_report(entry, person_id=mair.id)
    assert why_not(actions.answer, own.id, Outcome.PUT_RIGHT, ANSWER, by_id=mair.id) == WhyNot.ONES_OWN
    joined(entry.business_id, huw, mair)
    theirs = a_report(entry)
    assert why_not(actions.answer, theirs.id, Outcome.PUT_RIGHT, ANSWER, by_id=mair.id) == WhyNot.ONES_OWN
    assert why_not(actions.note, theirs.id, "Fi.", by_id=mair.id) == WhyNot.ONES_OWN


def test_only_those_who_answer_reports_do(site, entry):
    helper, report = a_member_of_staff("gwen", Who.HELPER), a_report(entry)
    assert why_not(actions.answer, report.id, Outcome.PUT_RIGHT, ANSWER, by_id=helper.id) == NotNow.NOT_ALLOWED
    assert why_not(actions.note, report.id, "Fi.", by_id=helper.id) == NotNow.NOT_ALLOWED


def test_a_note_is_for_colleagues_and_is_written_once(site, entry, mair):
    report = a_report(entry)
    for words in ("Ffoniais i.", "Ffoniais i.", "Dim ateb."):
        actions.note(report.id, words, by_id=mair.id)
    report = queries.report(report.id)
    assert [(note.words, note.by.name, note.at) for note in report.notes] == [
        ("Ffoniais i.", "Mair", NOW),
        ("Dim ateb.", "Mair", NOW),
    ]
    assert len(letters_about(report)) == 2


def test_a_report_is_forgotten_a_year_after_its_answer_with_its_notes(site, entry, mair):
    report = a_report(entry)
    a_report(entry, key="an-open-one-is-kept-for-as-long-as")
    actions.note(report.id, "Ffoniais i.", by_id=mair.id)
    actions.answer(report.id, Outcome.PUT_RIGHT, ANSWER, by_id=mair.id)
    with time_machine.travel(NOW + KEEP_ANSWERED - timedelta(seconds=1), tick=False):
        assert actions.forget_old() == 0
    with time_machine.travel(NOW + KEEP_ANSWERED, tick=False):
        assert (actions.forget_old(), actions.forget_old()) == (1, 0)
    assert (number_of_reports(), db.session.query(ReportNote).count()) == (1, 0)


# ---- When the entry goes ----


def gone(entry, huw):
    """The business takes itself off the site, and with it the entry that it made."""
    changed(entry.id, source="profile", name_cy="Siop y Felin Fach")
    businesses.close(entry.business_id, by_id=huw.id)
    assert db.session.query(Supplier).count() == 0


def test_a_business_that_deletes_its_entry_deletes_nothing_that_was_said_of_it(site, entry, huw, mair):
    report, name = a_report(entry), entry.name
    actions.note(report.id, "Ffoniais i.", by_id=mair.id)
    gone(entry, huw)
    report = again(report.id)
    assert (report.supplier, report.names, report.words) == (None, Bilingual("Siop y Felin Fach", name), WORDS)
    assert [one.id for one in queries.still_open()] == [report.id]
    actions.answer(report.id, Outcome.NOTHING_WRONG, ANSWER, by_id=mair.id)
    letter = letters_about(report)[-1]
    assert (letter.letter, letter.to_address, name in letter.body) == ("reports/answered", NIA, True)
    with time_machine.travel(NOW + KEEP_ANSWERED, tick=False):
        assert (actions.forget_old(), number_of_reports(), db.session.query(ReportNote).count()) == (1, 0, 0)


def test_whoever_spoke_for_an_entry_that_went_still_never_learns_who_told_us(site, entry, huw, mair):
    joined(entry.business_id, huw, mair)
    report = a_report(entry)
    gone(entry, huw)
    assert queries.is_ones_own(again(report.id), mair.id)
    assert why_not(actions.answer, report.id, Outcome.NOTHING_WRONG, ANSWER, by_id=mair.id) == WhyNot.ONES_OWN
    other = a_member_of_staff("lowri", Who.MODERATOR)
    actions.answer(report.id, Outcome.NOTHING_WRONG, ANSWER, by_id=other.id)


def test_whoever_leaves_a_business_reads_nothing_that_was_said_of_it_before(site, entry, huw, mair):
    joined(entry.business_id, huw, mair)
    report = a_report(entry)
    businesses.leave(entry.business_id, by_id=mair.id)
    assert queries.is_ones_own(again(report.id), mair.id)
    assert not queries.is_ones_own(again(a_report(entry).id), mair.id)


def test_whoever_spoke_for_a_business_that_let_its_entry_go_still_never_learns_who_told_us(site, entry, huw, mair):
    report = a_report(entry)
    joined(entry.business_id, huw, mair)
    businesses.close(entry.business_id, by_id=huw.id)
    assert again(report.id).supplier.business_id is None
    assert queries.is_ones_own(again(report.id), mair.id)
    assert not queries.is_ones_own(again(report.id), a_member_of_staff("lowri", Who.MODERATOR).id)


def test_what_somebody_told_us_of_an_entry_that_went_is_among_their_data(site, entry, huw):
    nia = a_person("nia")
    a_report(entry, person_id=nia.id)
    gone(entry, huw)
    [record] = data.PART.load(nia)
    assert {one.key: one.value for one in record}["entry"] == "Siop y Felin Fach"


def test_every_kind_can_be_told(site, entry):
    assert {a_report(entry, kind, email="").kind for kind in ReportKind} == set(ReportKind)


def test_of_an_answered_report_nothing_says_who_told_us_once_they_have_closed_their_account(site, entry, huw, mair):
    nia = a_person("nia")
    told = {"person_id": nia.id, "email": "nia@example.cymru"}
    first, late = a_report(entry, **told), a_report(entry, **told)
    actions.answer(first.id, Outcome.PUT_RIGHT, ANSWER, by_id=mair.id)
    accounts.ask_to_close(nia.id)
    with time_machine.travel(NOW + timedelta(days=15), tick=False):
        night.forget_old()
        assert [(again(one.id).name, again(one.id).email == "") for one in (first, late)] == [
            ("", True),
            ("Nia", False),
        ]
        actions.answer(late.id, Outcome.PUT_RIGHT, ANSWER, by_id=mair.id)
        actions.forget_old()
        assert (again(late.id).name, again(late.id).email, again(late.id).words) == ("", "", WORDS)


def test_what_a_member_of_staff_noted_of_reports_is_among_their_data(site, entry, mair):
    actions.note(a_report(entry).id, "Ffoniais i.", by_id=mair.id)
    [record] = data.NOTES.load(mair)
    assert {one.key: one.value for one in record} == {"note": "Ffoniais i.", "written_at": NOW.isoformat()}
