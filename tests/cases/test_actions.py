"""What each action changes, which letter it posts, what the trail says."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from c4s.accounts.rules import WhyNot as NotNow
from c4s.cases import actions, data, queries
from c4s.cases.models import Case
from c4s.cases.rules import KEEP_ANSWERED, CaseKind, CaseState, WhyNot
from c4s.core.once import NotAgain
from c4s.core.throttle import TooMany
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel, LetterState
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, set_roles
from tests.cases.builders import NIA, a_case, again, letters_about, story_of
from tests.conftest import NOW, at_once
from tests.refusals import why_not

ANSWER = Bilingual("Dyma’r copi.", "Here is the copy.")
DAY = timedelta(days=1)


@pytest.fixture
def mair(site):
    return a_member_of_staff("mair", Who.ADMINISTRATOR)


# ---- Asking ----


def test_a_request_makes_a_case_with_its_day_and_is_acknowledged_at_once(site):
    case = a_case()
    assert (case.state, case.received_at, case.acknowledged_at) == (CaseState.OPEN, NOW, NOW)
    assert (case.due_on, case.person_id) == (date(2026, 12, 23), None)
    [letter] = letters_about(case.id)
    assert (letter.letter, letter.to_address, letter.language) == ("cases/received", NIA, "both")
    assert [words in letter.body for words in (case.reference, "23 Rhagfyr 2026", "23 December 2026")] == [True] * 3
    assert story_of(case.id) == [("visitor", "case.opened")]


def test_what_a_stranger_typed_as_a_name_is_not_sent_to_an_address_that_may_not_be_theirs(site):
    nia = a_person("nia", name="Nia")
    [letter] = letters_about(a_case(name="Gwobr i chi").id)
    assert "Gwobr" not in letter.body + letter.to_name
    [letter] = letters_about(a_case(person_id=nia.id).id)
    assert ("Nia" in letter.body, letter.to_name) == (True, "Nia")
    [letter] = letters_about(a_case(person_id=nia.id, address="arall@example.cymru").id)
    assert "Nia" not in letter.body


def test_the_day_counts_as_it_is_in_wales(site):
    with time_machine.travel(datetime(2026, 7, 30, 23, 30, tzinfo=UTC), tick=False):  # half past midnight there
        assert a_case().due_on == date(2026, 8, 31)


def test_an_answer_by_post_is_acknowledged_by_post(site):
    case = a_case(channel=Channel.POST, address="1 Stryd Fawr\nCF37 1AA", language_written="cy")
    [letter] = letters_about(case.id)
    assert (letter.channel, letter.state, letter.language) == (Channel.POST, LetterState.TO_PRINT, "cy")
    assert "23 Rhagfyr 2026" in letter.body and "December" not in letter.body


def test_the_same_form_sent_twice_is_one_case(site):
    first, second = (a_case(key="k" * 20) for _ in range(2))
    assert (first.id, len(letters_about(first.id))) == (second.id, 1)
    assert why_not(a_case, key="k" * 20, words="Arall") == NotAgain.ANOTHER_BODY


def test_two_forms_at_once_with_one_key_are_one_case(site):
    found = at_once(site, *[lambda: a_case(key="k" * 20).id] * 2)
    assert found[0] == found[1]


def test_one_address_is_written_to_five_times_an_hour_and_one_network_asks_ten_times(site):
    for _ in range(5):
        a_case(network="192.0.2.0/24")
    assert why_not(a_case, network="192.0.2.0/24") == TooMany.TOO_MANY
    for number in range(5):
        a_case(address=f"{number}@example.cymru", network="192.0.2.0/24")
    assert why_not(a_case, address="x@example.cymru", network="192.0.2.0/24") == TooMany.TOO_MANY
    a_case(address="x@example.cymru", network="198.51.100.0/24")


def entered(by, received_on=date(2026, 11, 23), **facts):
    given = {
        "kind": CaseKind.ERASURE,
        "name": "Nia",
        "channel": Channel.POST,
        "address": "1 Stryd y Felin\nCF37 1AA",
        "language_written": "cy",
        "words": "Fy enw.",
        "key": "k",
    }
    return actions.enter_case(**{**given, "received_on": received_on, "by_id": by.id, **facts})


def test_what_came_by_phone_or_on_paper_has_a_month_from_the_day_on_which_it_came(site):
    helper = a_member_of_staff("alun", Who.HELPER)
    case = again(entered(helper, date(2026, 11, 9)))
    assert (case.state, case.received_at, case.due_on) == (
        CaseState.OPEN,
        datetime(2026, 11, 9, 12, tzinfo=UTC),
        date(2026, 12, 9),
    )
    assert (case.acknowledged_at, case.person_id) == (NOW, None)
    [letter] = letters_about(case.id)
    assert (letter.letter, letter.state, "Nia" in letter.body) == ("cases/received", LetterState.TO_PRINT, True)
    assert story_of(case.id) == [(f"person:{helper.id}", "case.entered")]
    assert entered(helper, date(2026, 11, 9)) == case.id
    assert why_not(entered, helper, date(2026, 11, 9), words="Arall.") == NotAgain.ANOTHER_BODY


def test_no_request_came_after_today_or_long_ago_and_only_staff_enter_one(site):
    helper = a_member_of_staff("alun", Who.HELPER)
    assert why_not(entered, helper, date(2026, 11, 24)) == WhyNot.NOT_COME_YET
    assert why_not(entered, helper, date(2026, 9, 23)) == WhyNot.CAME_LONG_AGO
    assert again(entered(helper, date(2026, 9, 24))).due_on == date(2026, 10, 24)
    assert why_not(entered, a_person("nia"), key="n") == NotNow.NOT_ALLOWED


def test_no_two_cases_have_one_reference(site):
    cases = [a_case(address=f"{number}@example.cymru") for number in range(20)]
    assert len({case.reference for case in cases}) == 20


# ---- Answering ----


def test_an_answer_reaches_the_one_who_asked_in_their_languages(site, mair):
    case = a_case()
    for _ in range(2):
        actions.answer(case.id, ANSWER, by_id=mair.id)
    now = again(case.id)
    assert (now.state, now.answer, now.answered_at, now.answered_by_id) == (CaseState.ANSWERED, ANSWER, NOW, mair.id)
    _, letter = letters_about(case.id)
    assert (letter.letter, letter.language) == ("cases/answered", "both")
    assert [words in letter.body for words in (ANSWER.cy, ANSWER.en, case.reference)] == [True] * 3
    assert story_of(case.id)[1:] == [(f"person:{mair.id}", "case.answered")]


@pytest.mark.parametrize(
    ("language", "words", "is_enough"),
    [
        ("cy", Bilingual(cy="Iawn."), True),
        ("cy", Bilingual(en="Yes."), False),
        ("en", Bilingual(en="Yes."), True),
        ("both", Bilingual(cy="Iawn."), False),
        ("both", ANSWER, True),
        ("both", Bilingual(), False),
    ],
)
def test_an_answer_is_in_every_language_that_somebody_reads(site, mair, language, words, is_enough):
    case = a_case(language_written=language)
    if is_enough:
        actions.answer(case.id, words, by_id=mair.id)
    else:
        assert why_not(actions.answer, case.id, words, by_id=mair.id) == WhyNot.WORDS_NEEDED
    assert (again(case.id).state == CaseState.ANSWERED, len(letters_about(case.id))) == (is_enough, 1 + is_enough)


def test_nobody_answers_their_own_and_nobody_answers_twice(site, mair):
    own, case = a_case(person_id=mair.id), a_case()
    assert why_not(actions.answer, own.id, ANSWER, by_id=mair.id) == WhyNot.ONES_OWN
    assert why_not(actions.take_longer, own.id, ANSWER, by_id=mair.id) == WhyNot.ONES_OWN
    eleri = a_member_of_staff("eleri", Who.ADMINISTRATOR)
    actions.answer(case.id, ANSWER, by_id=mair.id)
    assert why_not(actions.answer, case.id, ANSWER, by_id=eleri.id) == WhyNot.ALREADY_ANSWERED
    assert why_not(actions.answer, case.id, Bilingual("Na.", "No."), by_id=mair.id) == WhyNot.ALREADY_ANSWERED


def test_who_may_answer_no_more_answers_nothing_on_a_page_that_is_still_open(site, mair):
    case = a_case()
    set_roles(mair, Who.MODERATOR)
    assert why_not(actions.answer, case.id, ANSWER, by_id=mair.id) == NotNow.NOT_ALLOWED
    assert why_not(actions.take_longer, case.id, ANSWER, by_id=mair.id) == NotNow.NOT_ALLOWED
    assert (again(case.id).state, again(case.id).extended_at) == (CaseState.OPEN, None)


def test_of_two_who_answer_at_once_one_answers(site, mair):
    case_id, mair_id, eleri_id = a_case().id, mair.id, a_member_of_staff("eleri", Who.ADMINISTRATOR).id
    found = at_once(site, *[lambda who=who: actions.answer(case_id, ANSWER, by_id=who) for who in (mair_id, eleri_id)])
    assert sorted(str(one) for one in found) == ["None", "already_answered"]
    assert len(letters_about(case_id)) == 2


def test_a_request_that_takes_longer_has_a_later_day_and_says_why(site, mair):
    case = a_case()
    actions.take_longer(case.id, ANSWER, by_id=mair.id)
    now = again(case.id)
    assert (now.due_on, now.extended_at, now.why_longer) == (date(2027, 2, 23), NOW, ANSWER)
    letter = letters_about(case.id)[-1]
    assert (letter.letter, ANSWER.cy in letter.body) == ("cases/takes_longer", True)
    assert "23 Chwefror 2027" in letter.body
    assert why_not(actions.take_longer, case.id, ANSWER, by_id=mair.id) == WhyNot.ALREADY_LONGER


def test_a_complaint_takes_no_longer_and_nothing_does_after_its_day(site, mair):
    complaint, case = a_case(kind=CaseKind.COMPLAINT), a_case()
    assert why_not(actions.take_longer, complaint.id, ANSWER, by_id=mair.id) == WhyNot.COMPLAINT
    with time_machine.travel(NOW + 31 * DAY, tick=False):
        assert why_not(actions.take_longer, case.id, ANSWER, by_id=mair.id) == WhyNot.TOO_LATE
    assert again(case.id).due_on == date(2026, 12, 23)


# ---- Lists, and forgetting ----


def test_what_waits_is_sorted_by_its_day(site, mair):
    first = a_case(words="Cyntaf")
    with time_machine.travel(NOW + DAY, tick=False):
        second = a_case(words="Ail")
    actions.take_longer(first.id, ANSWER, by_id=mair.id)
    assert [case.id for case in queries.still_open()] == [second.id, first.id]


def test_the_desk_shows_the_oldest_first_with_its_day(site, statements):
    a_case(name="Mair")
    del statements[:]
    with site.test_request_context("/cy/staff"):
        [found] = data.QUEUE.load()
    assert (found.since, found.language, found.address) == (NOW, "both", "/cy/staff/achosion/1")
    assert (found.name.endswith(": Mair"), found.due_at.date(), len(statements)) == (True, date(2026, 12, 23), 1)


def test_the_night_forgets_a_case_two_years_after_its_answer_and_never_an_open_one(site, mair):
    open_one, answered = a_case().id, a_case().id
    actions.answer(answered, ANSWER, by_id=mair.id)
    assert actions.forget_old(NOW + KEEP_ANSWERED - timedelta(seconds=1)) == 0
    assert [actions.forget_old(NOW + KEEP_ANSWERED) for _ in range(2)] == [1, 0]
    assert (queries.case(answered), again(open_one).state) == (None, CaseState.OPEN)


def test_what_is_kept_of_ones_cases_is_there_to_read_and_nothing_of_others(site):
    nia, mair = a_person("nia"), a_person("ifan")
    a_case(person_id=nia.id, words="Fy ngeiriau i")
    a_case(person_id=mair.id, words="Geiriau rhywun arall")
    a_case(words="Geiriau neb")
    [record] = data.PART.load(nia)
    assert {fact.key: fact.value for fact in record}["words"] == "Fy ngeiriau i"


def test_a_new_column_must_be_shown_to_its_owner_or_said_why_not(site):
    nia = a_person("nia")
    a_case(person_id=nia.id)
    [record] = data.PART.load(nia)
    not_shown = {"id", "person_id", "answered_by_id", "turn"}  # numbers of ours, and which member of staff it was
    in_two_columns = {"why_longer_cy", "why_longer_en", "answer_cy", "answer_en"}
    columns = {column.name for column in Case.__table__.columns}
    assert len(record) == len(columns - not_shown - in_two_columns) + 2
