"""What each action changes, which letter it posts, what the trail says."""

from datetime import timedelta

import pytest
import time_machine

from c4s.accounts import actions as accounts
from c4s.accounts import night, queries
from c4s.accounts.rules import PersonState
from c4s.accounts.rules import WhyNot as NotNow
from c4s.buyers import actions, data
from c4s.buyers import queries as buyers
from c4s.buyers.models import BuyerRequest
from c4s.buyers.rules import KEEP_REQUESTS, Ready, RequestState, WhyNot
from c4s.core.throttle import TooMany
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel
from c4s.web.rights import Who
from tests.accounts import rows
from tests.accounts.builders import (
    a_member_of_staff,
    a_person,
    a_sign_in,
    entered,
    letters_to,
    reads,
    set_roles,
    token_to,
)
from tests.accounts.builders import again as person_again
from tests.accounts.rows import NIA
from tests.buyers.builders import WORDS, again, asked, story_of
from tests.conftest import NOW, at_once
from tests.refusals import why_not

NO = Bilingual("Dim digon.", "Not enough.")


@pytest.fixture
def nia(site):
    return a_person("nia", name="Nia")


@pytest.fixture
def mair(site):
    return a_member_of_staff("mair")


def last_letter():
    return letters_to(NIA)[-1]


# ---- Asking ----


def test_nia_asks_and_it_waits_for_staff(nia):
    request = asked(nia)
    assert (request.state, request.organisation, request.position, request.evidence, request.created_at) == (
        RequestState.WAITING,
        *WORDS.values(),
        NOW,
    )
    assert story_of(request.id) == [(f"person:{nia.id}", "buyer.asked")]
    assert person_again(nia.id).is_buyer is False


def test_the_same_words_twice_are_one_request_and_others_are_refused_while_it_waits(nia):
    assert asked(nia).id == asked(nia).id
    assert why_not(asked, nia, organisation="Bwrdd y Bryniau") == WhyNot.ALREADY_WAITING
    assert len(buyers.requests_of(nia.id)) == 1


def test_two_who_ask_at_once_from_one_account_ask_once(site, nia):
    person_id = nia.id
    found = at_once(site, *[lambda: actions.ask(person_id, **WORDS)] * 2)
    assert (found, len(buyers.requests_of(person_id))) == ([None, None], 1)


def test_a_request_that_is_withdrawn_makes_room_for_another(nia):
    first = asked(nia)
    for _ in range(2):
        actions.withdraw(nia.id)
    second = asked(nia, organisation="Bwrdd y Bryniau")
    assert (again(first.id).state, again(second.id).state) == (RequestState.WITHDRAWN, RequestState.WAITING)
    assert [what for _, what in story_of(first.id)] == ["buyer.asked", "buyer.withdrew"]


def test_nobody_asks_more_than_five_times_a_day(nia):
    for _ in range(5):
        asked(nia)
        actions.withdraw(nia.id)
    assert why_not(asked, nia) == TooMany.TOO_MANY


# ---- Deciding ----


def test_who_is_granted_the_rights_has_them_is_told_and_signs_in_again(nia, mair):
    request, token = asked(nia), a_sign_in(nia)
    for _ in range(2):
        actions.grant(request.id, by_id=mair.id)
    assert person_again(nia.id).is_buyer is True
    assert queries.live_sign_in(token) is None
    assert (again(request.id).state, again(request.id).decided_by_id) == (RequestState.GRANTED, mair.id)
    assert [one.letter for one in letters_to(NIA)].count("buyers/granted") == 1
    assert "Cyngor y Bryniau" in last_letter().body
    assert story_of(request.id)[1:] == [(f"person:{mair.id}", "buyer.granted")]
    assert why_not(asked, nia) == WhyNot.ALREADY_BUYER


def test_who_is_refused_is_told_why_stays_signed_in_and_can_ask_again(nia, mair):
    request, token = asked(nia), a_sign_in(nia)
    actions.refuse(request.id, [Ready.NOT_PUBLIC], NO, by_id=mair.id)
    told = again(request.id).reason
    assert told.cy == "Dydy’r sefydliad sydd ar eich cais ddim yn gorff cyhoeddus.\n\nDim digon."
    assert told.en == "The organisation you named is not a public body.\n\nNot enough."
    assert (last_letter().letter, last_letter().language) == ("buyers/refused", "both")
    assert [words in last_letter().body for words in ("Dim digon.", "Not enough.")] == [True, True]
    assert (person_again(nia.id).is_buyer, queries.live_sign_in(token) is None) == (False, False)
    assert asked(nia).state == RequestState.WAITING


@pytest.mark.parametrize(("language", "other"), [("cy", "en"), ("en", "cy")])
def test_a_reason_is_in_the_language_of_the_one_who_is_told(site, mair, language, other):
    request = asked(reads(a_person("nia"), language))
    actions.refuse(request.id, [Ready.NOT_KNOWN], NO, by_id=mair.id)
    told = again(request.id).reason
    assert (getattr(told, other), last_letter().language) == ("", language)
    assert getattr(NO, language) in last_letter().body and getattr(NO, other) not in last_letter().body


def test_who_has_no_email_is_told_on_paper(mair):
    elin = entered("elin")
    request = asked(elin)
    actions.refuse(request.id, [Ready.NOT_KNOWN], NO, by_id=mair.id)
    letter = letters_to(elin.postal_address)[-1]
    assert (letter.letter, letter.channel, letter.to_name) == ("buyers/refused", Channel.POST, "Elin")


def test_a_refusal_needs_a_reason_and_changes_nothing_without_one(nia, mair):
    request = asked(nia)
    assert why_not(actions.refuse, request.id, [], Bilingual(), by_id=mair.id) == WhyNot.REASON_NEEDED
    assert why_not(actions.refuse, request.id, [], Bilingual(cy="Na."), by_id=mair.id) == WhyNot.REASON_NEEDED
    half = (request.id, [Ready.NOT_KNOWN], Bilingual(cy="Na."))
    assert why_not(actions.refuse, *half, by_id=mair.id) == WhyNot.REASON_NEEDED
    assert (again(request.id).state, letters_to(nia.email)) == (RequestState.WAITING, [])


def test_a_colleague_who_comes_second_is_told_and_changes_nothing(nia, mair):
    request, eleri = asked(nia), a_member_of_staff("eleri")
    actions.grant(request.id, by_id=mair.id)
    assert why_not(actions.refuse, request.id, [Ready.NOT_KNOWN], NO, by_id=eleri.id) == WhyNot.NOT_WAITING
    assert why_not(actions.grant, request.id, by_id=eleri.id) == WhyNot.NOT_WAITING
    assert (again(request.id).decided_by_id, person_again(nia.id).is_buyer) == (mair.id, True)


def test_of_two_who_decide_at_once_one_decides(site, nia, mair):
    request_id, mair_id, eleri_id = asked(nia).id, mair.id, a_member_of_staff("eleri").id
    found = at_once(
        site,
        lambda: actions.grant(request_id, by_id=mair_id),
        lambda: actions.refuse(request_id, [Ready.NOT_KNOWN], NO, by_id=eleri_id),
    )
    assert sorted(str(one) for one in found) == ["None", "not_waiting"]
    assert [one.letter.startswith("buyers/") for one in letters_to(NIA)].count(True) == 1


def test_nobody_decides_their_own_request(mair):
    request = asked(mair)
    assert why_not(actions.grant, request.id, by_id=mair.id) == WhyNot.ONES_OWN
    assert why_not(actions.refuse, request.id, [Ready.NOT_KNOWN], NO, by_id=mair.id) == WhyNot.ONES_OWN
    assert (again(request.id).state, person_again(mair.id).is_buyer) == (RequestState.WAITING, False)


def test_nothing_is_decided_about_somebody_who_is_suspended(nia, mair):
    request = asked(nia)
    rows.suspend(nia)
    assert why_not(actions.grant, request.id, by_id=mair.id) == WhyNot.ACCOUNT_NOT_OPEN
    assert person_again(nia.id).is_buyer is False


def test_who_may_decide_no_more_decides_nothing_on_a_page_that_is_still_open(nia, mair):
    request = asked(nia)
    set_roles(mair, Who.HELPER)
    assert why_not(actions.grant, request.id, by_id=mair.id) == NotNow.NOT_ALLOWED
    assert why_not(actions.refuse, request.id, [Ready.NOT_KNOWN], NO, by_id=mair.id) == NotNow.NOT_ALLOWED
    assert why_not(actions.end, request.id, NO, by_id=mair.id) == NotNow.NOT_ALLOWED
    assert (again(request.id).state, person_again(nia.id).is_buyer) == (RequestState.WAITING, False)


def test_rights_are_taken_away_from_somebody_who_is_suspended_too(nia, mair):
    request = asked(nia)
    actions.grant(request.id, by_id=mair.id)
    rows.suspend(nia)
    actions.end(request.id, NO, by_id=mair.id)
    assert (again(request.id).state, person_again(nia.id).is_buyer) == (RequestState.ENDED, False)
    assert last_letter().letter == "buyers/ended"


def test_rights_that_are_taken_away_are_gone_at_once_with_a_reason(nia, mair):
    request = asked(nia)
    actions.grant(request.id, by_id=mair.id)
    token = a_sign_in(person_again(nia.id))
    assert why_not(actions.end, request.id, Bilingual(), by_id=mair.id) == WhyNot.REASON_NEEDED
    for _ in range(2):
        actions.end(request.id, NO, by_id=mair.id)
    assert (person_again(nia.id).is_buyer, queries.live_sign_in(token)) == (False, None)
    assert (again(request.id).state, again(request.id).reason) == (RequestState.ENDED, NO)
    assert [one.letter for one in letters_to(NIA)].count("buyers/ended") == 1
    assert asked(nia).state == RequestState.WAITING


# ---- Another address ----


def moved(person, email):
    accounts.ask_to_change_email(person.id, email)
    accounts.change_email(token_to(email))


def test_rights_end_with_the_address_they_were_checked_by_and_are_checked_again(nia, mair):
    request = asked(nia)
    actions.grant(request.id, by_id=mair.id)
    moved(nia, "nia@arall.cymru")
    waits = buyers.last_of(nia.id)
    assert (again(request.id).state, person_again(nia.id).is_buyer) == (RequestState.ENDED, False)
    assert "Mae eich cyfeiriad e-bost wedi newid" in again(request.id).reason.cy
    waits = again(waits.id)
    assert (waits.state, waits.organisation, waits.position, waits.evidence) == (
        RequestState.WAITING,
        WORDS["organisation"],
        WORDS["position"],
        "nia@arall.cymru",
    )
    letter = letters_to("nia@arall.cymru")[-1]
    assert (letter.letter, "Cyngor y Bryniau" in letter.body) == ("buyers/checked_again", True)
    assert [one.id for one in buyers.waiting()] == [waits.id]
    assert (story_of(request.id)[-1], story_of(waits.id)) == (
        (f"person:{nia.id}", "buyer.ended"),
        [(f"person:{nia.id}", "buyer.asked")],
    )


def test_rights_stay_with_another_address_at_the_same_organisation(nia, mair):
    request = asked(nia)
    actions.grant(request.id, by_id=mair.id)
    moved(nia, "caffael@EXAMPLE.cymru")
    assert (again(request.id).state, person_again(nia.id).is_buyer) == (RequestState.GRANTED, True)


def test_another_address_changes_nothing_for_who_has_no_rights(nia):
    request = asked(nia)
    moved(nia, "nia@arall.cymru")
    assert (again(request.id).state, len(buyers.requests_of(nia.id))) == (RequestState.WAITING, 1)


# ---- Keeping and forgetting ----


def test_the_night_forgets_requests_a_year_after_they_came_to_nothing(nia, mair):
    refused = asked(nia)
    actions.refuse(refused.id, [Ready.NOT_KNOWN], Bilingual(), by_id=mair.id)
    waits = asked(nia, position="Arall")
    assert actions.forget_old(NOW + KEEP_REQUESTS - timedelta(seconds=1)) == 0
    assert [actions.forget_old(NOW + KEEP_REQUESTS) for _ in range(2)] == [1, 0]
    assert [one.id for one in buyers.requests_of(nia.id)] == [waits.id]


def test_a_request_that_gave_rights_is_kept_while_they_last(nia, mair):
    request = asked(nia)
    actions.grant(request.id, by_id=mair.id)
    assert actions.forget_old(NOW + 3 * KEEP_REQUESTS) == 0


def test_who_closes_their_account_leaves_no_request_behind(nia, mair):
    asked(nia)
    accounts.ask_to_close(nia.id)
    with time_machine.travel(NOW + timedelta(days=15), tick=False):
        assert night.forget_old()["accounts closed"] == 1
    assert (person_again(nia.id).state, list(buyers.requests_of(nia.id))) == (PersonState.CLOSED, [])


def test_what_is_kept_of_ones_requests_is_there_to_read_and_nothing_of_others(nia, mair):
    asked(nia)
    asked(mair, organisation="Bwrdd arall")
    [[organisation, *_, asked_at, decided_at]] = data.PART.load(person_again(nia.id))
    assert (organisation.value, asked_at.value, decided_at.value) == ("Cyngor y Bryniau", NOW.isoformat(), None)


def test_the_desk_shows_what_waits_oldest_first_in_one_question(site, nia, mair, statements):
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        asked(nia)
    asked(mair, organisation="Bwrdd arall")
    del statements[:]
    with site.test_request_context("/cy/staff"):
        found = data.QUEUE.load()
    assert [one.name for one in found] == ["Bwrdd arall: Mair", "Cyngor y Bryniau: Nia"]
    assert (found[0].address, found[0].language, found[0].since) == ("/cy/staff/prynwyr/2", "both", NOW)
    assert len(statements) == 1


def test_a_new_column_must_be_shown_to_its_owner_or_said_why_not(nia):
    asked(nia)
    [record] = data.PART.load(person_again(nia.id))
    not_shown = {"id", "person_id", "decided_by_id", "turn"}  # numbers of ours, and which member of staff it was
    in_two_columns = {"reason_cy", "reason_en"}
    columns = {column.name for column in BuyerRequest.__table__.columns}
    assert len(record) == len(columns - not_shown - in_two_columns) + 1
