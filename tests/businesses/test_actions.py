"""What each action changes, which letters it posts, what the trail says."""

from datetime import timedelta

import pytest
import time_machine

from c4s.accounts import actions as accounts
from c4s.accounts import night
from c4s.accounts import rules as accounts_rules
from c4s.accounts.rules import digest
from c4s.audit import trail
from c4s.businesses import actions, queries, rules
from c4s.businesses.models import Business, Invitation
from c4s.businesses.rules import Likeness, MemberRole, WhyNot
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.throttle import TooMany
from c4s.core.units import unit_of_work
from tests.accounts.builders import a_person, again, letters_to, registered, token_to
from tests.accounts.rows import suspend
from tests.businesses.builders import (
    EDITOR,
    OWNER,
    a_business,
    details,
    invitations,
    joined,
    number_of_businesses,
    roles,
)
from tests.conftest import NOW, at_once

DAY = timedelta(days=1)
NIA, HUW, MAIR = (f"{who}@example.cymru" for who in ("nia", "huw", "mair"))


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def huw(site):
    return a_person("huw")


@pytest.fixture
def mair(site):
    return a_person("mair")


def why_not(action, *given, **facts):
    with pytest.raises(Refused) as refusal:
        action(*given, **facts)
    db.session.rollback()
    return refusal.value.reason


def story_of(business_id):
    """What the trail says of a business, without the first word."""
    return [entry.action.removeprefix("business.") for entry in trail.history_of("business", business_id)]


def last_letter_to(address):
    letter = letters_to(address)[-1]
    return letter.letter, letter.body


def about_businesses(address):
    return [one.letter.removeprefix("businesses/") for one in letters_to(address) if one.letter[:10] == "businesses"]


# ---- Adding ----


def test_who_adds_a_business_owns_it(nia):
    answer = actions.add(nia.id, details(website="https://www.becws.cymru", postcode="CF37 1AA"), key="k" * 16)
    found = db.session.get_one(Business, answer.business_id)
    assert (found.name, found.name_key, found.domain, found.created_at) == (
        "Becws y Bont",
        "becws y bont",
        "becws.cymru",
        NOW,
    )
    assert roles(found.id) == {nia.id: "owner"}
    assert story_of(found.id) == ["added"]


def test_a_form_that_is_sent_twice_adds_one_business(nia):
    first, second = (actions.add(nia.id, details(), key="k" * 16) for _ in range(2))
    assert (first.business_id, number_of_businesses()) == (second.business_id, 1)
    assert (first.is_new, second.is_new) == (True, False)


def test_a_form_that_is_sent_twice_at_once_adds_one_business(site, nia):
    answers = at_once(site, *[lambda: actions.add(nia.id, details(), key="k" * 16)] * 3)
    assert (len({one.business_id for one in answers}), number_of_businesses()) == (1, 1)
    assert sorted(one.is_new for one in answers) == [False, False, True]


ALIKE = [
    ({"company_number": "01234567"}, {"company_number": "01234567"}, Likeness.COMPANY_NUMBER),
    ({"charity_number": "123456"}, {"charity_number": "123456"}, Likeness.CHARITY_NUMBER),
    ({"website": "https://www.becws.cymru"}, {"website": "http://becws.cymru/en"}, Likeness.DOMAIN),
    ({"postcode": "CF37 1AA"}, {"postcode": "CF37 1AA", "name": "BECWS Y BONT CYF"}, Likeness.NAME_AND_POSTCODE),
]


@pytest.mark.parametrize(("there", "given", "likeness"), ALIKE, ids=[str(one[2]) for one in ALIKE])
def test_a_business_like_one_of_somebody_else_is_not_added_unless_they_say_that_it_is_another(
    nia, huw, there, given, likeness
):
    a_business(huw, **there)
    asked = details(**{"name": "Another", **given})
    assert actions.add(nia.id, asked, key="k" * 16) == actions.Answer(None, frozenset({likeness}))
    assert number_of_businesses() == 1
    assert actions.add(nia.id, asked, key="k" * 16, is_another=True).business_id is not None
    assert number_of_businesses() == 2


@pytest.mark.parametrize(
    ("there", "given"),
    [
        ({}, {}),
        ({"postcode": "CF37 1AA"}, {"postcode": "CF44 7AA"}),
        ({"postcode": "CF37 1AA"}, {}),
        ({"website": "https://facebook.com/a"}, {"website": "https://facebook.com/b"}),
        ({"company_number": "01234567"}, {"company_number": "01234568"}),
    ],
)
def test_a_business_that_shares_nothing_but_its_name_is_added(nia, huw, there, given):
    a_business(huw, **there)
    assert actions.add(nia.id, details(**given), key="k" * 16).business_id is not None


def test_a_second_business_of_ones_own_is_added_without_a_question(nia):
    a_business(nia, website="https://becws.cymru")
    assert actions.add(nia.id, details("Siop y Bont", website="https://becws.cymru"), key="k" * 16).business_id


def test_nobody_adds_businesses_without_end(nia):
    for number in range(20):
        actions.add(nia.id, details(f"Busnes {number}"), key=f"{number:016}")
    assert why_not(actions.add, nia.id, details("One more"), key="k" * 16) == TooMany.TOO_MANY


def test_the_owners_of_a_business_alike_are_asked_to_let_somebody_in_and_nobody_else_is(nia, huw, mair):
    business = a_business(huw, website="https://becws.cymru")
    joined(business, huw, mair)
    before = len(letters_to(MAIR))
    actions.ask_to_join(nia.id, details(website="https://becws.cymru"))
    letter, body = last_letter_to(HUW)
    assert (letter, "Nia" in body, NIA in body) == ("businesses/may_i_join", True, True)
    assert len(letters_to(MAIR)) == before
    assert (roles(business).get(nia.id), story_of(business)[-1]) == (None, "asked_to_join")


def test_a_business_is_not_asked_without_end_and_its_asker_is_not_told(site, huw):
    a_business(huw, website="https://becws.cymru")
    for number in range(7):
        actions.ask_to_join(a_person(f"p{number}").id, details(website="https://becws.cymru"))
    assert about_businesses(HUW).count("may_i_join") == 5


def test_one_person_does_not_ask_without_end(nia):
    for _ in range(5):
        actions.ask_to_join(nia.id, details())
    assert why_not(actions.ask_to_join, nia.id, details()) == TooMany.TOO_MANY


def test_an_editor_changes_the_details_and_the_trail_keeps_which(nia, huw):
    business = a_business(nia)
    joined(business, nia, huw)
    actions.change_details(business, details("Becws Newydd", website="https://newydd.cymru"), by_id=huw.id)
    found = db.session.get_one(Business, business)
    assert (found.name, found.name_key, found.domain) == ("Becws Newydd", "becws newydd", "newydd.cymru")
    entry = trail.history_of("business", business)[-1]
    assert (entry.action, entry.actor, entry.facts) == (
        "business.changed_details",
        f"person:{huw.id}",
        {"fields": ["name", "website"]},
    )


# ---- Inviting ----


def test_an_invitation_makes_somebody_what_it_says_once_they_accept_it(nia, huw):
    business = a_business(nia)
    actions.invite(business, "Huw@Example.cymru", OWNER, by_id=nia.id)
    [invitation] = invitations(business)
    assert (invitation.email_key, invitation.expires_at) == (HUW, NOW + 7 * DAY)
    assert roles(business) == {nia.id: "owner"}
    letter = letters_to("Huw@Example.cymru")[-1]
    assert (letter.letter, letter.language) == ("businesses/invited", "both")
    assert actions.join(token_to("Huw@Example.cymru"), person_id=huw.id) == business
    assert (roles(business), invitations(business)) == ({nia.id: "owner", huw.id: "owner"}, [])
    assert last_letter_to(NIA)[0] == "businesses/people_changed"
    assert story_of(business) == ["added", "invited", "joined"]


def test_the_database_keeps_a_digest_of_the_link_alone(nia):
    business = a_business(nia)
    actions.invite(business, HUW, EDITOR, by_id=nia.id)
    assert invitations(business)[0].token_hash == digest(token_to(HUW))


def test_a_replayed_invitation_does_nothing(nia, huw):
    business = a_business(nia)
    joined(business, nia, huw)
    token = token_to(HUW)
    actions.leave(business, by_id=huw.id)
    assert why_not(actions.join, token, person_id=huw.id) == WhyNot.INVITATION_NOT_VALID
    assert roles(business) == {nia.id: "owner"}


def test_the_invitation_of_another_address_does_nothing(nia, huw, mair):
    business = a_business(nia)
    actions.invite(business, HUW, EDITOR, by_id=nia.id)
    assert why_not(actions.join, token_to(HUW), person_id=mair.id) == WhyNot.INVITATION_NOT_VALID
    assert (roles(business), len(invitations(business))) == ({nia.id: "owner"}, 1)


def test_an_invitation_works_for_seven_days(nia, huw, clock):
    business = a_business(nia)
    actions.invite(business, HUW, EDITOR, by_id=nia.id)
    clock.shift(7 * DAY)
    assert why_not(actions.join, token_to(HUW), person_id=huw.id) == WhyNot.INVITATION_NOT_VALID


def test_an_invitation_that_ended_is_forgotten_at_night(nia, clock):
    business = a_business(nia)
    actions.invite(business, HUW, EDITOR, by_id=nia.id)
    clock.shift(6 * DAY)
    actions.invite(business, MAIR, EDITOR, by_id=nia.id)
    clock.shift(DAY)
    assert (actions.forget_old(), actions.forget_old()) == (1, 0)
    assert [one.email for one in invitations(business)] == [MAIR]


def test_a_newer_invitation_takes_the_place_of_an_older_one(nia, huw):
    business = a_business(nia)
    actions.invite(business, HUW, OWNER, by_id=nia.id)
    first = token_to(HUW)
    actions.invite(business, HUW, EDITOR, by_id=nia.id)
    assert why_not(actions.join, first, person_id=huw.id) == WhyNot.INVITATION_NOT_VALID
    actions.join(token_to(HUW), person_id=huw.id)
    assert roles(business)[huw.id] == "editor"


def test_an_invitation_that_is_taken_back_does_nothing_and_no_further_letter_leaves(nia, huw):
    business = a_business(nia)
    actions.invite(business, HUW, EDITOR, by_id=nia.id)
    token = token_to(HUW)
    actions.take_back(business, invitations(business)[0].id, by_id=nia.id)
    assert about_businesses(HUW) == ["invited"]
    assert why_not(actions.join, token, person_id=huw.id) == WhyNot.INVITATION_NOT_VALID
    assert story_of(business)[-1] == "took_invitation_back"


def test_the_invitation_of_another_business_cannot_be_taken_back(nia, huw):
    mine, other = a_business(nia), a_business(huw, "Siop Huw")
    actions.invite(other, MAIR, EDITOR, by_id=huw.id)
    assert why_not(actions.take_back, mine, invitations(other)[0].id, by_id=nia.id) == WhyNot.NOT_THERE
    assert len(invitations(other)) == 1


def test_nobody_is_invited_who_is_there_already(nia, huw):
    business = a_business(nia)
    joined(business, nia, huw)
    assert why_not(actions.invite, business, HUW.upper(), EDITOR, by_id=nia.id) == WhyNot.ALREADY_IN


def test_one_address_is_not_written_to_without_end(nia):
    business = a_business(nia)
    for _ in range(5):
        actions.invite(business, HUW, EDITOR, by_id=nia.id)
    assert why_not(actions.invite, business, "huw+2@example.cymru", EDITOR, by_id=nia.id) == TooMany.TOO_MANY


def test_one_person_invites_twenty_times_a_day_whatever_the_business(nia):
    first, second = a_business(nia), a_business(nia, "Siop y Bont")
    for number in range(20):
        actions.invite(first if number % 2 else second, f"p{number}@example.cymru", EDITOR, by_id=nia.id)
    assert why_not(actions.invite, first, HUW, EDITOR, by_id=nia.id) == TooMany.TOO_MANY


def test_one_business_invites_twenty_times_a_day_whoever_owns_it(nia, huw):
    business = a_business(nia)
    joined(business, nia, huw, OWNER)
    for number in range(19):
        actions.invite(business, f"p{number}@example.cymru", EDITOR, by_id=(nia, huw)[number % 2].id)
    assert why_not(actions.invite, business, MAIR, EDITOR, by_id=huw.id) == TooMany.TOO_MANY


def test_all_together_invite_only_so_often_in_a_day(nia, huw, monkeypatch):
    monkeypatch.setattr(rules, "INVITED_ON_SITE", 1)
    actions.invite(a_business(nia), MAIR, EDITOR, by_id=nia.id)
    business = a_business(huw, "Siop Huw")
    assert why_not(actions.invite, business, MAIR, EDITOR, by_id=huw.id) == TooMany.TOO_MANY


def _leaves(business, nia, huw):
    actions.leave(business, by_id=huw.id)


def _is_removed(business, nia, huw):
    actions.remove(business, huw.id, by_id=nia.id)


def _is_made_an_editor(business, nia, huw):
    actions.change_role(business, huw.id, EDITOR, by_id=nia.id)


def _hands_over(business, nia, huw):
    actions.hand_over(business, nia.id, by_id=huw.id)


def _closes_the_account(business, nia, huw):
    accounts.ask_to_close(huw.id)
    with time_machine.travel(NOW + 15 * DAY, tick=False):
        night.forget_old()


@pytest.mark.parametrize("ends", [_leaves, _is_removed, _is_made_an_editor, _hands_over, _closes_the_account])
def test_the_invitations_of_an_owner_end_when_they_own_the_business_no_more(nia, huw, mair, ends):
    business = a_business(nia)
    joined(business, nia, huw, OWNER)
    actions.invite(business, MAIR, OWNER, by_id=huw.id)
    actions.invite(business, "eleri@example.cymru", EDITOR, by_id=nia.id)
    token = token_to(MAIR)
    ends(business, nia, huw)
    assert [one.email for one in invitations(business)] == ["eleri@example.cymru"]
    assert why_not(actions.join, token, person_id=mair.id) == WhyNot.INVITATION_NOT_VALID


def test_an_invitation_whose_sender_owns_the_business_no_more_does_nothing(nia, huw, mair):
    business = a_business(nia)
    joined(business, nia, huw)
    actions.invite(business, MAIR, OWNER, by_id=nia.id)
    _sent_by(invitations(business)[0].id, huw.id)
    assert why_not(actions.join, token_to(MAIR), person_id=mair.id) == WhyNot.INVITATION_NOT_VALID
    assert (mair.id in roles(business), len(invitations(business))) == (False, 1)


@unit_of_work
def _sent_by(invitation_id, person_id):
    db.session.get_one(Invitation, invitation_id).invited_by_id = person_id


def test_an_invitation_is_sent_alike_to_those_who_have_an_account_and_those_who_have_none(nia, huw, statements):
    business, asked = a_business(nia), []
    for address in (HUW, "nobody@example.cymru"):
        statements.clear()
        actions.invite(business, address, EDITOR, by_id=nia.id)
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_a_suspended_person_cannot_accept(nia, huw):
    business = a_business(nia)
    actions.invite(business, HUW, EDITOR, by_id=nia.id)
    suspend(huw)
    assert why_not(actions.join, token_to(HUW), person_id=huw.id) == accounts_rules.WhyNot.NOT_THIS_STATE


# ---- Roles ----


def test_an_owner_makes_an_editor_an_owner_and_both_are_told(nia, huw):
    business = a_business(nia)
    joined(business, nia, huw)
    actions.change_role(business, huw.id, OWNER, by_id=nia.id)
    assert roles(business) == {nia.id: "owner", huw.id: "owner"}
    assert (about_businesses(HUW)[-1], about_businesses(NIA)[-1]) == ("your_role", "people_changed")
    assert story_of(business)[-1] == "changed_role"


def test_the_same_role_again_changes_nothing(nia):
    business = a_business(nia)
    actions.change_role(business, nia.id, OWNER, by_id=nia.id)
    assert (story_of(business), about_businesses(NIA)) == (["added"], [])


def test_somebody_who_is_removed_speaks_for_the_business_no_more_and_is_told(nia, huw):
    business = a_business(nia)
    joined(business, nia, huw)
    actions.remove(business, huw.id, by_id=nia.id)
    assert roles(business) == {nia.id: "owner"}
    letter, body = last_letter_to(HUW)
    assert (letter, "no longer speak" in body) == ("businesses/your_role", True)


def test_the_last_owner_can_neither_leave_nor_step_down_nor_be_removed(nia, huw):
    business = a_business(nia)
    joined(business, nia, huw)
    assert [
        why_not(actions.leave, business, by_id=nia.id),
        why_not(actions.change_role, business, nia.id, EDITOR, by_id=nia.id),
        why_not(actions.remove, business, nia.id, by_id=nia.id),
    ] == [WhyNot.LAST_OWNER] * 3
    assert roles(business) == {nia.id: "owner", huw.id: "editor"}


def test_two_owners_who_leave_at_once_do_not_both_leave(site, nia, huw):
    business = a_business(nia)
    joined(business, nia, huw, OWNER)
    answers = at_once(
        site, lambda: actions.leave(business, by_id=nia.id), lambda: actions.leave(business, by_id=huw.id)
    )
    refused = [one.reason for one in answers if isinstance(one, Refused)]
    assert (refused, list(roles(business).values())) == ([WhyNot.LAST_OWNER], ["owner"])


def test_two_owners_who_remove_each_other_at_once_do_not_both_succeed(site, nia, huw):
    business = a_business(nia)
    joined(business, nia, huw, OWNER)
    answers = at_once(
        site,
        lambda: actions.remove(business, huw.id, by_id=nia.id),
        lambda: actions.remove(business, nia.id, by_id=huw.id),
    )
    refused = [one.reason for one in answers if isinstance(one, Refused)]
    assert (refused, list(roles(business).values())) == ([WhyNot.NOT_THERE], ["owner"])


def test_an_invitation_that_is_accepted_and_taken_back_at_once_is_one_or_the_other(site, nia, huw):
    business = a_business(nia)
    actions.invite(business, HUW, EDITOR, by_id=nia.id)
    token, number = token_to(HUW), invitations(business)[0].id
    at_once(
        site,
        lambda: actions.join(token, person_id=huw.id),
        lambda: actions.take_back(business, number, by_id=nia.id),
    )
    was_taken_back = "took_invitation_back" in story_of(business)
    assert (huw.id in roles(business)) is not was_taken_back


def test_a_business_is_handed_over(nia, huw):
    business = a_business(nia)
    joined(business, nia, huw)
    actions.hand_over(business, huw.id, by_id=nia.id)
    assert roles(business) == {nia.id: "editor", huw.id: "owner"}
    assert (about_businesses(NIA)[-1], about_businesses(HUW)[-1]) == ("your_role", "your_role")
    assert story_of(business)[-1] == "handed_over"


def test_a_business_is_handed_to_nobody_who_does_not_speak_for_it(nia, huw):
    business = a_business(nia)
    for person in (nia, huw):
        assert why_not(actions.hand_over, business, person.id, by_id=nia.id) == WhyNot.NOT_THERE


FOR_OWNERS = {
    "invite": lambda business, one, by: actions.invite(business, MAIR, MemberRole.OWNER, by_id=by),
    "take_back": lambda business, one, by: actions.take_back(business, 1, by_id=by),
    "change_role": lambda business, one, by: actions.change_role(business, by, OWNER, by_id=by),
    "remove": lambda business, one, by: actions.remove(business, one, by_id=by),
    "hand_over": lambda business, one, by: actions.hand_over(business, by, by_id=by),
    "close": lambda business, one, by: actions.close(business, by_id=by),
}
FOR_MEMBERS = {
    "change_details": lambda business, one, by: actions.change_details(business, details("Mine now"), by_id=by),
    "leave": lambda business, one, by: actions.leave(business, by_id=by),
}


@pytest.mark.parametrize("name", FOR_OWNERS)
def test_an_editor_does_nothing_that_is_for_owners(nia, huw, name):
    business = a_business(nia)
    joined(business, nia, huw)
    before = roles(business), story_of(business)
    assert why_not(FOR_OWNERS[name], business, nia.id, huw.id) == WhyNot.NOT_YOURS
    assert (roles(business), story_of(business)) == before


@pytest.mark.parametrize("name", [*FOR_OWNERS, *FOR_MEMBERS])
def test_a_business_of_others_is_no_business_at_all(nia, huw, name):
    business = a_business(nia)
    action = {**FOR_OWNERS, **FOR_MEMBERS}[name]
    before = roles(business), story_of(business)
    assert why_not(action, business, nia.id, huw.id) == why_not(action, 404, nia.id, huw.id) == WhyNot.NOT_THERE
    assert (roles(business), story_of(business)) == before


# ---- The end ----


def test_a_business_that_is_closed_leaves_nothing_and_everybody_is_told(nia, huw):
    business = a_business(nia)
    joined(business, nia, huw)
    actions.invite(business, MAIR, EDITOR, by_id=nia.id)
    actions.close(business, by_id=nia.id)
    assert (number_of_businesses(), roles(business), invitations(business)) == (0, {}, [])
    assert (about_businesses(NIA)[-1], about_businesses(HUW)[-1]) == ("business_closed", "business_closed")
    assert story_of(business)[-1] == "closed"


def test_an_account_does_not_close_while_others_would_be_left_without_an_owner(nia, huw):
    business = a_business(nia)
    joined(business, nia, huw)
    assert why_not(accounts.ask_to_close, nia.id) == accounts_rules.WhyNot.STILL_NEEDED
    assert again(nia.id).state == accounts_rules.PersonState.ACTIVE
    actions.hand_over(business, huw.id, by_id=nia.id)
    accounts.ask_to_close(nia.id)
    assert again(nia.id).state == accounts_rules.PersonState.CLOSING


def closed(person, clock):
    """Somebody asks to leave, and the nights pass."""
    accounts.ask_to_close(person.id)
    clock.shift(15 * DAY)
    night.forget_old()
    return again(person.id)


def test_a_business_for_which_nobody_else_speaks_goes_with_the_account(nia, clock):
    business = a_business(nia)
    assert closed(nia, clock).state == accounts_rules.PersonState.CLOSED
    assert (number_of_businesses(), story_of(business)[-1]) == (0, "closed")


def test_an_editor_who_closes_an_account_leaves_the_business_and_its_owner_is_told(nia, huw, clock):
    business = a_business(nia)
    joined(business, nia, huw)
    closed(huw, clock)
    assert roles(business) == {nia.id: "owner"}
    letter, body = last_letter_to(NIA)
    assert (letter, "Huw" in body) == ("businesses/people_changed", True)


@unit_of_work
def idle(person):
    """Nobody has used this account for two years, and they were told so."""
    found = db.session.merge(person)
    found.last_seen_at, found.warned_at = NOW - 800 * DAY, NOW - 60 * DAY


def test_when_an_idle_owner_goes_the_one_who_was_there_longest_owns_the_business_and_is_told(nia, huw, mair, clock):
    business = a_business(nia)
    joined(business, nia, huw)
    clock.shift(DAY)
    joined(business, nia, mair)
    idle(again(nia.id))
    night.forget_old()
    clock.shift(15 * DAY)
    night.forget_old()
    assert again(nia.id).state == accounts_rules.PersonState.CLOSED
    assert roles(business) == {huw.id: "owner", mair.id: "editor"}
    assert "your_role" in about_businesses(HUW)
    assert "your_role" not in about_businesses(MAIR)


def test_an_account_that_never_came_about_has_no_business(site):
    address = registered("ifan")
    person = accounts.queries.person_by_email(address)
    with pytest.raises(Refused):
        actions.add(person.id, details(), key="k" * 16)


# ---- Asking ----


def test_businesses_are_listed_by_name_and_only_ones_own(nia, huw):
    for name in ("Siop", "Becws"):
        a_business(nia, name)
    a_business(huw, "Arall")
    assert [one.business.name for one in queries.memberships_of(nia.id)] == ["Becws", "Siop"]


def test_a_number_too_large_for_the_database_is_no_business(nia):
    assert queries.standings(nia.id, 2**63) == frozenset()
