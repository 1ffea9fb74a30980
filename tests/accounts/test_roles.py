"""Who works here and who may not enter: what each action changes, who is told, what the trail says."""

import pytest
from flask.testing import FlaskCliRunner

from c4s.accounts import actions, night, queries, roles, second_factor
from c4s.accounts.models import SecondFactorRenewal
from c4s.accounts.rules import PersonState, WhyNot
from c4s.audit import trail
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.web.rights import ROLES, Who
from tests.accounts.builders import (
    HERE,
    PASSWORD,
    a_member_of_staff,
    a_person,
    a_sign_in,
    again,
    enter,
    give_second_factor,
    kinds_of_letters_to,
    letters_to,
    set_roles,
    token_to,
)
from tests.accounts.rows import DAY, MAIR, NIA, later, links, people, sign_ins, signed_in, story_of, suspend
from tests.conftest import at_once
from tests.refusals import why_not

NONE = frozenset()
ADMINISTRATOR, EDITOR, HELPER, MODERATOR = (
    frozenset({who}) for who in (Who.ADMINISTRATOR, Who.EDITOR, Who.HELPER, Who.MODERATOR)
)


def mair(*also):
    return a_member_of_staff("mair", Who.ADMINISTRATOR, *also)


# ---- Roles ----


def test_an_administrator_gives_roles_and_everything_of_before_is_ended(site):
    nia, by = a_person(language_written="en", password=PASSWORD), mair()
    token = a_sign_in(nia)
    actions.ask_for_link(NIA)
    roles.change_roles(nia.id, EDITOR | HELPER, by_id=by.id)
    nia = again(nia.id)
    assert (nia.roles, nia.has_password, nia.staff_hours) == (EDITOR | HELPER, False, 1)
    assert (queries.live_sign_in(token), [one for one in links() if one.person_id == nia.id]) == (None, [])
    entry = trail.history_of("person", nia.id)[-1]
    assert (entry.action, entry.actor) == ("person.changed_roles", f"person:{by.id}")
    assert entry.facts == {"before": [], "after": ["editor", "helper"]}
    letter = letters_to(NIA)[-1]
    assert letter.letter == "accounts/roles_were_changed"
    assert ("- Editor\n- Helper\n" in letter.body, "removed your password" in letter.body) == (True, True)


def test_who_is_a_member_of_staff_already_keeps_their_password(site):
    nia, by = a_member_of_staff("nia", Who.EDITOR), mair()
    signed = a_sign_in(nia)
    actions.set_password(nia.id, "three sheep upon a green hill", keep=queries.live_sign_in(signed).id)
    roles.change_roles(nia.id, MODERATOR, by_id=by.id)
    assert (again(nia.id).roles, again(nia.id).has_password) == (MODERATOR, True)
    assert "password" not in letters_to(NIA)[-1].body


def test_who_no_longer_works_here_is_told_so_and_keeps_their_account(site):
    nia, by = a_member_of_staff("nia", Who.EDITOR, language_written="en"), mair()
    token = a_sign_in(nia)
    roles.change_roles(nia.id, NONE, by_id=by.id)
    assert (again(nia.id).roles, again(nia.id).state, queries.live_sign_in(token)) == (NONE, PersonState.ACTIVE, None)
    assert "no longer a member of staff" in letters_to(NIA)[-1].body


def test_the_same_roles_again_change_nothing(site):
    nia, by = a_member_of_staff("nia", Who.EDITOR), mair()
    token = a_sign_in(nia)
    before = kinds_of_letters_to(NIA)
    roles.change_roles(nia.id, EDITOR, by_id=by.id)
    assert (queries.live_sign_in(token) is not None, kinds_of_letters_to(NIA)) == (True, before)


@pytest.mark.parametrize("role", [role for role in ROLES if role != Who.ADMINISTRATOR])
def test_nobody_but_an_administrator_changes_roles(site, role):
    mair()
    nia, huw = a_person(), a_member_of_staff("huw", role)
    assert why_not(roles.change_roles, nia.id, EDITOR, by_id=huw.id) == WhyNot.NOT_ALLOWED
    assert why_not(roles.change_roles, nia.id, EDITOR, by_id=nia.id) == WhyNot.NOT_ALLOWED
    assert again(nia.id).roles == NONE


def test_who_stopped_being_an_administrator_a_moment_ago_changes_nothing(site):
    mair()
    nia, huw = a_person(), a_member_of_staff("huw", Who.ADMINISTRATOR)
    set_roles(huw, Who.EDITOR)
    assert why_not(roles.change_roles, nia.id, EDITOR, by_id=huw.id) == WhyNot.NOT_ALLOWED
    set_roles(huw, Who.ADMINISTRATOR)
    suspend(huw)
    assert why_not(roles.change_roles, nia.id, EDITOR, by_id=huw.id) == WhyNot.NOT_ALLOWED


def test_an_administrator_gives_themselves_no_more_rights_but_may_give_some_up(site):
    by = mair()
    a_member_of_staff("huw", Who.ADMINISTRATOR)
    assert why_not(roles.change_roles, by.id, ADMINISTRATOR | EDITOR, by_id=by.id) == WhyNot.ONESELF
    roles.change_roles(by.id, NONE, by_id=by.id)
    assert again(by.id).roles == NONE


def test_the_last_administrator_stays_one(site):
    by = mair()
    suspend(a_member_of_staff("huw", Who.ADMINISTRATOR))
    assert why_not(roles.change_roles, by.id, NONE, by_id=by.id) == WhyNot.LAST_ADMINISTRATOR
    assert again(by.id).roles == ADMINISTRATOR


def test_of_two_administrators_who_give_it_up_at_once_one_stays(site):
    two = [mair(), a_member_of_staff("huw", Who.ADMINISTRATOR)]

    def gives_up(person_id):
        try:
            roles.change_roles(person_id, NONE, by_id=person_id)
        except Refused as refusal:
            return str(refusal.reason)
        return "gone"

    found = at_once(site, *[lambda person_id=one.id: gives_up(person_id) for one in two])
    assert sorted(found) == ["gone", "last_administrator"]
    db.session.rollback()
    assert len(queries.administrators()) == 1


def test_of_two_administrators_who_take_it_from_each_other_at_once_one_stays(site):
    one, two = mair(), a_member_of_staff("huw", Who.ADMINISTRATOR)

    def takes(person_id, by_id):
        try:
            roles.change_roles(person_id, NONE, by_id=by_id)
        except Refused as refusal:
            return str(refusal.reason)
        return "gone"

    found = at_once(site, lambda: takes(one.id, two.id), lambda: takes(two.id, one.id))
    assert sorted(found) == ["gone", "not_allowed"]
    db.session.rollback()
    assert len(queries.administrators()) == 1


def test_the_last_administrator_cannot_close_their_account_before_somebody_else_is_one(site):
    by, huw = mair(), a_member_of_staff("huw", Who.EDITOR)
    assert why_not(actions.ask_to_close, by.id) == WhyNot.STILL_NEEDED
    roles.change_roles(huw.id, ADMINISTRATOR, by_id=by.id)
    actions.ask_to_close(by.id)
    assert why_not(actions.ask_to_close, huw.id) == WhyNot.STILL_NEEDED  # the other one is leaving
    assert again(by.id).state == PersonState.CLOSING


@pytest.mark.pages
def test_the_last_administrator_is_told_what_to_do_first(visitor, language):
    enter(visitor, mair())
    page = visitor.open({"cy": "/cy/cyfrif/cau", "en": "/en/account/close"}[language])
    assert {"cy": "/cy/staff/pobl", "en": "/en/staff/people"}[language] in page.links().values()


def test_what_is_no_role_is_given_to_nobody(site):
    nia, by = a_person(), mair()
    assert why_not(roles.change_roles, nia.id, frozenset({Who.BUYER}), by_id=by.id) == WhyNot.NOT_ALLOWED
    assert again(nia.id).roles == NONE


def test_roles_are_given_to_open_accounts_but_taken_from_any(site):
    by, nia = mair(), a_member_of_staff("nia", Who.EDITOR)
    suspend(nia)
    assert why_not(roles.change_roles, nia.id, EDITOR | HELPER, by_id=by.id) == WhyNot.NOT_THIS_STATE
    roles.change_roles(nia.id, NONE, by_id=by.id)
    assert again(nia.id).roles == NONE


def test_what_somebody_asked_for_goes_with_their_roles(site):
    by, huw, nia = mair(), a_member_of_staff("huw", Who.EDITOR), a_person()
    give_second_factor(nia)
    second_factor.ask_for_renewal(nia.id, "x", by_id=huw.id)
    roles.change_roles(huw.id, NONE, by_id=by.id)
    assert db.session.query(SecondFactorRenewal).all() == []


# ---- Suspended and restored ----


def test_an_account_is_suspended_with_a_reason_and_its_owner_is_told(site):
    nia, huw = a_person(language_written="en", password=PASSWORD), a_member_of_staff("huw", Who.MODERATOR)
    token = a_sign_in(nia)
    actions.ask_for_link(NIA)
    link = token_to(NIA)
    roles.suspend(nia.id, "Messages to others", by_id=huw.id)
    assert (again(nia.id).state, queries.live_sign_in(token)) == (PersonState.SUSPENDED, None)
    assert why_not(actions.sign_in_by_link, link, **HERE) == WhyNot.LINK_NOT_VALID
    assert why_not(actions.sign_in_by_password, NIA, PASSWORD, **HERE) == WhyNot.WRONG
    assert letters_to(NIA)[-1].letter == "accounts/you_are_suspended"
    assert "Messages to others" in letters_to(NIA)[-1].body
    entry = next(one for one in trail.history_of("person", nia.id) if one.action == "person.suspended")
    assert (entry.actor, entry.reason) == (f"person:{huw.id}", "Messages to others")


def test_an_account_that_is_restored_is_open_again_and_its_owner_is_told(site):
    nia, huw = a_person(language_written="en"), a_member_of_staff("huw", Who.MODERATOR)
    roles.suspend(nia.id, "Messages", by_id=huw.id)
    roles.restore(nia.id, "It was somebody else", by_id=huw.id)
    assert (again(nia.id).state, story_of(nia.id)[-1]) == (PersonState.ACTIVE, "restored")
    assert letters_to(NIA)[-1].letter == "accounts/you_are_restored"
    assert "It was somebody else" in letters_to(NIA)[-1].body
    assert signed_in(again(nia.id))


def test_an_account_that_was_closing_goes_on_closing_when_it_is_restored(site):
    nia, huw = a_person(), a_member_of_staff("huw", Who.MODERATOR)
    actions.ask_to_close(nia.id)
    roles.suspend(nia.id, "Messages", by_id=huw.id)
    with later(3 * DAY):
        roles.restore(nia.id, "It may close", by_id=huw.id)
        assert again(nia.id).state == PersonState.CLOSING
    with later(15 * DAY):
        assert night.forget_old()["accounts closed"] == 1


def test_nobody_is_idle_for_the_time_in_which_they_were_suspended(site):
    nia, huw = a_person(), a_member_of_staff("huw", Who.MODERATOR)
    roles.suspend(nia.id, "Messages", by_id=huw.id)
    with later(800 * DAY):
        roles.restore(nia.id, "At last", by_id=huw.id)
        assert night.forget_old()["accounts warned"] == 1  # Huw, not Nia


@pytest.mark.parametrize("action", [roles.suspend, roles.restore])
def test_nobody_does_it_to_themselves_or_without_a_reason_or_without_the_right(site, action):
    nia, by = a_person(), mair()
    helper = a_member_of_staff("huw", Who.HELPER)
    assert why_not(action, by.id, "Me", by_id=by.id) == WhyNot.ONESELF
    assert why_not(action, nia.id, "  ", by_id=by.id) == WhyNot.REASON_NEEDED
    assert why_not(action, nia.id, "No right", by_id=helper.id) == WhyNot.NOT_ALLOWED
    assert again(nia.id).state == PersonState.ACTIVE


def test_a_member_of_staff_is_suspended_and_restored_by_an_administrator_alone(site):
    by, huw, nia = mair(), a_member_of_staff("huw", Who.MODERATOR), a_member_of_staff("nia", Who.HELPER)
    assert why_not(roles.suspend, nia.id, "x", by_id=huw.id) == WhyNot.NOT_ALLOWED
    roles.suspend(nia.id, "x", by_id=by.id)
    assert why_not(roles.restore, nia.id, "x", by_id=huw.id) == WhyNot.NOT_ALLOWED
    roles.restore(nia.id, "x", by_id=by.id)
    assert again(nia.id).state == PersonState.ACTIVE


def test_what_is_done_is_not_done_again(site):
    nia, huw = a_person(), a_member_of_staff("huw", Who.MODERATOR)
    assert why_not(roles.restore, nia.id, "x", by_id=huw.id) == WhyNot.NOT_THIS_STATE
    roles.suspend(nia.id, "x", by_id=huw.id)
    assert why_not(roles.suspend, nia.id, "x", by_id=huw.id) == WhyNot.NOT_THIS_STATE
    assert kinds_of_letters_to(NIA).count("you_are_suspended") == 1


# ---- Hours ----


def test_a_member_of_staff_chooses_ten_hours_and_nobody_else_chooses_any(site):
    nia, huw = a_person(), a_member_of_staff("huw")
    for _ in range(2):
        roles.choose_hours(huw.id, 10)
    assert (again(huw.id).staff_hours, story_of(huw.id).count("changed_hours")) == (10, 1)
    assert why_not(roles.choose_hours, huw.id, 24) == WhyNot.NOT_ALLOWED
    assert why_not(roles.choose_hours, nia.id, 10) == WhyNot.NOT_ALLOWED


def test_members_of_staff_need_a_longer_password(site):
    huw = a_member_of_staff("huw")
    number = queries.live_sign_in(a_sign_in(huw)).id
    assert why_not(actions.set_password, huw.id, "pysgod lleuad7", keep=number) == WhyNot.PASSWORD_SHORT_OF_STAFF
    actions.set_password(huw.id, "pysgod lleuad 7", keep=number)
    assert again(huw.id).has_password


# ---- The first administrator ----


def make(site, *words):
    runner: FlaskCliRunner = site.test_cli_runner()
    return runner.invoke(args=["accounts", "create-administrator", *words])


def test_the_first_administrator_is_made_from_the_command_line_and_opens_a_letter(site):
    done = make(site, MAIR, "--name", "Mair Rees")
    assert done.exit_code == 0, done.output
    assert MAIR in done.output
    [person] = people()
    assert (person.state, person.name, person.roles) == (PersonState.UNPROVED, "Mair Rees", ADMINISTRATOR)
    assert (person.language_written, person.language_spoken) == ("both", "cy")
    assert kinds_of_letters_to(MAIR) == ["prove_your_address"]
    actions.prove(token_to(MAIR), **HERE)
    assert again(person.id).state == PersonState.ACTIVE
    assert [entry.actor for entry in trail.history_of("person", person.id)][:2] == ["command", "command"]


def test_doing_it_again_sends_the_letter_again_and_no_more(site):
    for _ in range(2):
        assert make(site, MAIR, "--name", "Mair Rees").exit_code == 0
    assert (len(people()), story_of(people()[0].id)) == (1, ["registered", "changed_roles"])
    assert kinds_of_letters_to(MAIR) == ["prove_your_address"] * 2


def test_somebody_with_an_account_is_raised_and_keeps_their_name(site):
    nia = a_person(password=PASSWORD)
    token = a_sign_in(nia)
    assert make(site, NIA, "--name", "Somebody").exit_code == 0
    nia = again(nia.id)
    assert (nia.name, nia.roles, nia.has_password, sign_ins()) == ("Nia", ADMINISTRATOR, False, [])
    assert queries.live_sign_in(token) is None
    assert kinds_of_letters_to(NIA)[-2:] == ["roles_were_changed", "sign_in_link"]


def test_there_is_a_first_administrator_only_once_unless_another_is_asked_for(site):
    mair()
    done = make(site, NIA, "--name", "Nia")
    assert (done.exit_code, "--another" in done.output, len(people())) == (1, True, 1)
    assert make(site, NIA, "--name", "Nia", "--another").exit_code == 0
    assert len(queries.administrators()) == 2


@pytest.mark.parametrize("address", ["", "nobody", "nia@localhost"])
def test_what_is_no_address_makes_no_administrator(site, address):
    assert make(site, address, "--name", "Nia").exit_code == 2
    assert people() == []


def test_a_suspended_account_is_not_raised(site):
    suspend(a_person())
    assert make(site, NIA, "--name", "Nia").exit_code == 1
    assert again(people()[0].id).roles == NONE
