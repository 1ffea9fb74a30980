"""The second step: what each action changes, which letter it posts, what the trail says, and what it refuses."""

from datetime import timedelta

import pytest

from c4s.accounts import actions, codes, night, queries, rules, second_factor
from c4s.accounts.models import RecoveryCode, SecondFactor, SecondFactorRenewal
from c4s.accounts.rules import WhyNot
from c4s.audit import trail
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.throttle import TooMany
from c4s.core.units import unit_of_work
from c4s.web.rights import Who
from tests.accounts.builders import (
    HERE,
    KEY,
    PASSWORD,
    a_member_of_staff,
    a_person,
    a_sign_in,
    again,
    code_now,
    give_second_factor,
    kinds_of_letters_to,
    letters_to,
    set_roles,
    token_to,
)
from tests.accounts.rows import DAY, NIA, later, links, number_of, sign_ins, story_of, suspend
from tests.conftest import at_once
from tests.refusals import why_not

HALF_MINUTE = timedelta(seconds=30)
NETWORK = "192.0.2.0/24"


def with_second_factor(who="nia", **facts):
    """Somebody with a second step, half signed in: themselves and the number of the sign-in."""
    person = a_person(who, **facts)
    give_second_factor(person)
    person = again(person.id)
    return person, number_of(a_sign_in(person, is_whole=False))


def waiting(person):
    return codes.sealed(codes.WAITING, person.id, KEY)


def rows(model):
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(model).all()


def set_up(person, *, code=None):
    token = a_sign_in(again(person.id))
    shown = {"keep": number_of(token), "current": code_now()}
    return second_factor.set_up(person.id, waiting(person), code or code_now(), **shown)


# ---- Setting it up ----


def test_nia_sets_up_a_second_step_with_a_first_code_and_gets_ten_codes_on_paper(site):
    nia = a_person()
    elsewhere, here = a_sign_in(nia), a_sign_in(nia)
    number = number_of(here)
    token, on_paper = second_factor.set_up(nia.id, waiting(nia), code_now(), keep=number)
    nia = again(nia.id)
    assert (nia.has_second_factor, nia.second_factor.last_step) == (True, rules.step_of(nia.second_factor.confirmed_at))
    assert (len(on_paper), queries.recovery_codes_left(nia.id)) == (10, 10)
    assert [queries.live_sign_in(old) for old in (elsewhere, here)] == [None, None]
    assert (number_of(token), sign_ins()[0].second_factor_at is not None) == (number, True)
    assert kinds_of_letters_to(NIA)[-1] == "second_factor_is_set"
    assert story_of(nia.id)[-1] == "set_second_factor"


def test_neither_the_key_nor_a_code_on_paper_is_in_the_database(site):
    nia = a_person()
    _, on_paper = set_up(nia)
    [factor] = rows(SecondFactor)
    kept = factor.secret + "".join(one.code_hash for one in rows(RecoveryCode))
    assert [word for word in (KEY, *on_paper, *(one.replace("-", "") for one in on_paper)) if word in kept] == []
    assert codes.unsealed(codes.KEPT, nia.id, factor.secret) == KEY


def test_a_first_code_that_is_wrong_sets_up_nothing(site):
    nia = a_person()
    number = number_of(a_sign_in(nia))
    assert why_not(second_factor.set_up, nia.id, waiting(nia), "000000", keep=number) == WhyNot.CODE_WRONG
    assert (rows(SecondFactor), rows(RecoveryCode)) == ([], [])


def test_a_key_that_was_made_for_another_or_an_hour_ago_sets_up_nothing(site):
    nia, mair = a_person(), a_person("mair")
    number, old = number_of(a_sign_in(nia)), waiting(nia)
    assert why_not(second_factor.set_up, nia.id, waiting(mair), code_now(), keep=number) == WhyNot.KEY_GONE
    with later(timedelta(minutes=61)):
        assert why_not(second_factor.set_up, nia.id, old, code_now(), keep=number) == WhyNot.KEY_GONE
    assert rows(SecondFactor) == []


def test_another_key_takes_the_place_of_the_one_before_and_so_do_the_codes_on_paper(site):
    nia = a_person()
    _, before = set_up(nia)
    key = codes.new_key()
    with later(HALF_MINUTE):
        number = number_of(a_sign_in(again(nia.id)))
        sealed = codes.sealed(codes.WAITING, nia.id, key)
        token, _ = second_factor.set_up(nia.id, sealed, code_now(key=key), keep=number, current=code_now())
    with later(2 * HALF_MINUTE):
        shown = {"sign_in_id": number_of(token)}
        assert why_not(second_factor.show_code, nia.id, code_now(), **shown) == WhyNot.CODE_WRONG
        assert why_not(second_factor.show_recovery_code, nia.id, before[0], **shown) == WhyNot.CODE_WRONG
        assert second_factor.show_code(nia.id, code_now(key=key), **shown)
    assert len(rows(RecoveryCode)) == 10


def test_new_codes_on_paper_take_the_place_of_all_before(site):
    nia = a_person()
    _, before = set_up(nia)
    after = second_factor.make_recovery_codes(nia.id, before[1])
    number = number_of(a_sign_in(again(nia.id), is_whole=False))
    assert set(before) & set(after) == set()
    assert why_not(second_factor.show_recovery_code, nia.id, before[0], sign_in_id=number) == WhyNot.CODE_WRONG
    assert second_factor.show_recovery_code(nia.id, after[0], sign_in_id=number)
    assert "recovery_codes_are_new" in kinds_of_letters_to(NIA)
    assert "made_recovery_codes" in story_of(nia.id)


def test_nobody_without_a_second_step_gets_codes_on_paper(site):
    assert why_not(second_factor.make_recovery_codes, a_person().id, "") == WhyNot.NOT_THIS_STATE


@pytest.mark.parametrize("shown", ["", "000000", "the first code again", "ABCD-EFGH"])
def test_a_second_step_is_replaced_by_nobody_who_cannot_show_the_one_there_is(site, shown):
    nia = a_person()
    first = code_now()
    _, before = set_up(nia)
    key, number = codes.new_key(), number_of(a_sign_in(again(nia.id)))
    sealed = codes.sealed(codes.WAITING, nia.id, key)
    current = first if shown == "the first code again" else shown
    new = {"keep": number, "current": current}
    assert why_not(second_factor.set_up, nia.id, sealed, code_now(key=key), **new) == WhyNot.CURRENT_CODE_WRONG
    assert why_not(second_factor.make_recovery_codes, nia.id, current) == WhyNot.CURRENT_CODE_WRONG
    [factor] = rows(SecondFactor)
    assert codes.unsealed(codes.KEPT, nia.id, factor.secret) == KEY
    assert {one.code_hash for one in rows(RecoveryCode)} == {codes.recovery_digest(one) for one in before}
    assert story_of(nia.id).count("failed_sign_in") == 1  # told once an hour


def test_who_has_lost_the_telephone_sets_up_another_with_a_code_on_paper(site):
    nia = a_person()
    _, before = set_up(nia)
    key, number = codes.new_key(), number_of(a_sign_in(again(nia.id)))
    sealed = codes.sealed(codes.WAITING, nia.id, key)
    assert second_factor.set_up(nia.id, sealed, code_now(key=key), keep=number, current=before[3])
    assert codes.unsealed(codes.KEPT, nia.id, rows(SecondFactor)[0].secret) == key


def test_tries_to_show_the_one_there_is_are_counted_with_all_others(site):
    nia, number = with_second_factor()
    for _ in range(rules.CODES_TRIED):
        why_not(second_factor.make_recovery_codes, nia.id, "000000")
    assert why_not(second_factor.show_code, nia.id, code_now(), sign_in_id=number) == TooMany.TOO_MANY


# ---- Showing once more who one is ----


def test_who_has_a_second_step_shows_it_too_when_asked_once_more_who_they_are(site):
    nia, _ = with_second_factor(password=PASSWORD)
    here = number_of(a_sign_in(nia))
    ways = [lambda code: actions.confirm_by_password(here, PASSWORD, code)]
    actions.send_confirm_link(nia.id)
    token = token_to(NIA)
    ways.append(lambda code: actions.confirm_by_link(here, token, code))
    with later(10 * HALF_MINUTE):
        for way in ways:
            assert [why_not(way, wrong) for wrong in ("", "000000")] == [WhyNot.CURRENT_CODE_WRONG] * 2
        assert sign_ins()[-1].confirmed_at < now()
        assert "failed_sign_in" in story_of(nia.id)
        assert ways[0](code_now())
        assert sign_ins()[-1].confirmed_at == now()
    with later(11 * HALF_MINUTE):
        assert ways[1](code_now())
        assert sign_ins()[-1].confirmed_at == now()


def test_who_shows_a_code_on_paper_is_told_how_many_are_left(site):
    nia = a_person(password=PASSWORD)
    _, on_paper = set_up(nia)
    here = number_of(a_sign_in(again(nia.id)))
    assert actions.confirm_by_password(here, PASSWORD, on_paper[0])
    assert (queries.recovery_codes_left(nia.id), kinds_of_letters_to(NIA)[-1]) == (9, "recovery_code_was_used")


# ---- Showing it ----


def test_a_code_of_the_app_makes_a_sign_in_whole_and_turns_its_token(site):
    nia, number = with_second_factor()
    token = second_factor.show_code(nia.id, code_now(), sign_in_id=number)
    [sign_in] = sign_ins()
    assert (number_of(token), sign_in.second_factor_at is not None) == (number, True)
    assert sign_in.token_hash == rules.digest(token)
    assert story_of(nia.id)[-1] == "showed_second_factor"


def test_a_code_that_was_shown_before_is_worth_nothing_nor_is_one_from_before_it(site):
    nia, number = with_second_factor()
    second_factor.show_code(nia.id, code_now(), sign_in_id=number)
    assert why_not(second_factor.show_code, nia.id, code_now(), sign_in_id=number) == WhyNot.CODE_WRONG
    assert why_not(second_factor.show_code, nia.id, code_now(-1), sign_in_id=number) == WhyNot.CODE_WRONG
    assert second_factor.show_code(nia.id, code_now(1), sign_in_id=number)


def test_of_two_who_show_one_code_at_once_one_is_refused(site):
    nia, number = with_second_factor()
    found = at_once(
        site, *[lambda: why_not_or_token(second_factor.show_code, nia.id, code_now(), number) for _ in range(2)]
    )
    assert sorted(found) == ["code_wrong", "token"]


def test_of_two_who_show_one_code_on_paper_at_once_one_is_refused(site):
    nia = a_person()
    _, on_paper = set_up(nia)
    number = number_of(a_sign_in(again(nia.id), is_whole=False))
    found = at_once(
        site, *[lambda: why_not_or_token(second_factor.show_recovery_code, nia.id, on_paper[0], number)] * 2
    )
    assert sorted(found) == ["code_wrong", "token"]
    assert kinds_of_letters_to(NIA).count("recovery_code_was_used") == 1


def why_not_or_token(action, person_id, code, number):
    try:
        action(person_id, code, sign_in_id=number)
    except rules.Refused as refusal:
        return str(refusal.reason)
    return "token"


def test_the_code_of_another_person_is_worth_nothing(site):
    nia, number = with_second_factor()
    mair = a_person("mair")
    key = codes.new_key()
    other = number_of(a_sign_in(mair))
    sealed = codes.sealed(codes.WAITING, mair.id, key)
    _, on_paper = second_factor.set_up(mair.id, sealed, code_now(key=key), keep=other)
    with later(HALF_MINUTE):
        assert why_not(second_factor.show_code, nia.id, code_now(key=key), sign_in_id=number) == WhyNot.CODE_WRONG
    assert why_not(second_factor.show_recovery_code, nia.id, on_paper[0], sign_in_id=number) == WhyNot.CODE_WRONG
    assert queries.recovery_codes_left(mair.id) == 10


def test_the_key_of_another_person_put_into_ones_own_row_opens_nothing(site):
    nia, number = with_second_factor()
    mair, _ = with_second_factor("mair")

    @unit_of_work
    def swap():
        db.session.get(SecondFactor, nia.id).secret = db.session.get(SecondFactor, mair.id).secret

    swap()
    assert why_not(second_factor.show_code, nia.id, code_now(), sign_in_id=number) == WhyNot.CODE_WRONG


def test_a_sign_in_of_another_person_is_not_made_whole(site):
    nia, _ = with_second_factor()
    _, number = with_second_factor("mair")
    assert why_not(second_factor.show_code, nia.id, code_now(), sign_in_id=number) == WhyNot.NOT_THIS_STATE
    assert [one.second_factor_at for one in sign_ins()] == [None, None]


def test_a_code_on_paper_works_once_and_its_owner_is_told_how_many_are_left(site):
    nia = a_person(language_written="en")
    _, on_paper = set_up(nia)
    number = number_of(a_sign_in(again(nia.id), is_whole=False))
    token = second_factor.show_recovery_code(nia.id, on_paper[3].lower().replace("-", " "), sign_in_id=number)
    assert why_not(second_factor.show_recovery_code, nia.id, on_paper[3], sign_in_id=number) == WhyNot.CODE_WRONG
    assert (number_of(token), queries.recovery_codes_left(nia.id)) == (number, 9)
    assert kinds_of_letters_to(NIA)[-1] == "recovery_code_was_used"
    assert "Recovery codes left: 9" in letters_to(NIA)[-1].body
    assert "used_recovery_code" in story_of(nia.id)


def test_six_codes_are_tried_in_a_quarter_of_an_hour_and_no_more_whichever_they_are(site):
    nia, number = with_second_factor()
    for _ in range(rules.CODES_TRIED // 2):
        assert why_not(second_factor.show_code, nia.id, "000000", sign_in_id=number) == WhyNot.CODE_WRONG
        assert why_not(second_factor.show_recovery_code, nia.id, "A", sign_in_id=number) == WhyNot.CODE_WRONG
    assert why_not(second_factor.show_code, nia.id, code_now(), sign_in_id=number) == TooMany.TOO_MANY
    with later(rules.CODES_WINDOW):
        assert second_factor.show_code(nia.id, code_now(), sign_in_id=number)


def test_one_network_tries_so_many_codes_and_no_more(site, monkeypatch):
    monkeypatch.setattr(rules, "TRIES_PER_NETWORK", 1)
    nia, number = with_second_factor()
    mair, other = with_second_factor("mair")
    shown = {"sign_in_id": number, "network": NETWORK}
    assert why_not(second_factor.show_code, nia.id, "000000", **shown) == WhyNot.CODE_WRONG
    shown["sign_in_id"] = other
    assert why_not(second_factor.show_code, mair.id, code_now(), **shown) == TooMany.TOO_MANY


def test_the_whole_site_tries_so_many_codes_and_no_more(site, monkeypatch):
    monkeypatch.setattr(rules, "TRIES_ON_SITE", 1)
    nia, number = with_second_factor()
    assert why_not(second_factor.show_code, nia.id, "0", sign_in_id=number, network="a") == WhyNot.CODE_WRONG
    assert why_not(second_factor.show_code, nia.id, "0", sign_in_id=number, network="b") == TooMany.TOO_MANY


def test_codes_that_fail_are_in_the_trail_once_an_hour(site):
    nia, number = with_second_factor()
    for _ in range(3):
        why_not(second_factor.show_code, nia.id, "000000", sign_in_id=number)
    assert story_of(nia.id).count("failed_sign_in") == 1
    with later(timedelta(hours=1)):
        why_not(second_factor.show_code, nia.id, "000000", sign_in_id=number)
    assert story_of(nia.id).count("failed_sign_in") == 2


def test_who_was_suspended_meanwhile_shows_a_code_for_nothing(site):
    nia, number = with_second_factor()
    suspend(nia)
    assert why_not(second_factor.show_code, nia.id, code_now(), sign_in_id=number) == WhyNot.NOT_THIS_STATE


def test_each_code_that_is_taken_seals_the_key_anew_for_a_change_of_the_sites_own(site):
    nia, number = with_second_factor()
    [before] = [one.secret for one in rows(SecondFactor)]
    second_factor.show_code(nia.id, code_now(), sign_in_id=number)
    [after] = [one.secret for one in rows(SecondFactor)]
    assert (before != after, codes.unsealed(codes.KEPT, nia.id, after)) == (True, KEY)


def test_a_new_password_does_not_do_away_with_the_second_step(site):
    nia, number = with_second_factor(password=PASSWORD)
    actions.set_password(nia.id, "another sheep on the hill 9", keep=number)
    token = actions.sign_in_by_password(NIA, "another sheep on the hill 9", **HERE)
    found = queries.live_sign_in(token)
    assert (found.second_factor_at, found.person.has_second_factor) == (None, True)


# ---- Doing without it ----


def test_a_resident_turns_the_second_step_off_with_a_code(site):
    nia, _ = with_second_factor()
    elsewhere, here = a_sign_in(nia), a_sign_in(nia)
    number = number_of(here)
    token = second_factor.turn_off(nia.id, code_now(), keep=number)
    assert (again(nia.id).has_second_factor, rows(RecoveryCode), number_of(token)) == (False, [], number)
    assert queries.live_sign_in(elsewhere) is None
    assert kinds_of_letters_to(NIA)[-1] == "second_factor_is_gone"
    assert story_of(nia.id)[-1] == "removed_second_factor"


def test_it_is_not_turned_off_without_a_code(site):
    nia, number = with_second_factor()
    assert why_not(second_factor.turn_off, nia.id, "000000", keep=number) == WhyNot.CODE_WRONG
    assert again(nia.id).has_second_factor


@pytest.mark.parametrize("kind", ["staff", "buyer"])
def test_those_who_need_it_cannot_turn_it_off(site, kind):
    nia, number = with_second_factor()

    @unit_of_work
    def becomes_a_buyer():
        again(nia.id).is_buyer = True

    if kind == "staff":
        set_roles(nia, Who.EDITOR)
    else:
        becomes_a_buyer()
    assert why_not(second_factor.turn_off, nia.id, code_now(), keep=number) == WhyNot.FACTOR_NEEDED
    assert again(nia.id).has_second_factor


# ---- When it is lost ----


def test_two_members_of_staff_take_a_lost_second_step_away_together(site):
    nia, _ = with_second_factor()
    token = a_sign_in(nia)
    actions.ask_for_link(NIA)
    mair, huw = a_member_of_staff("mair", Who.HELPER), a_member_of_staff("huw", Who.EDITOR)
    second_factor.ask_for_renewal(nia.id, "She rang from the number we have", by_id=mair.id)
    assert again(nia.id).has_second_factor
    second_factor.agree_to_renewal(nia.id, by_id=huw.id)
    assert (again(nia.id).has_second_factor, rows(SecondFactorRenewal)) == (False, [])
    assert (queries.live_sign_in(token), [one for one in links() if one.person_id == nia.id]) == (None, [])
    assert kinds_of_letters_to(NIA)[-1] == "second_factor_is_gone"
    asked, agreed = trail.history_of("person", nia.id)[-2:]
    assert (asked.actor, asked.reason) == (f"person:{mair.id}", "She rang from the number we have")
    assert (agreed.actor, agreed.facts) == (f"person:{huw.id}", {"asked_by": mair.id})


def test_who_asked_cannot_agree_as_well_nor_can_the_one_whom_it_is_about(site):
    nia, mair = a_member_of_staff("nia"), a_member_of_staff("mair")
    second_factor.ask_for_renewal(nia.id, "She rang", by_id=mair.id)
    assert why_not(second_factor.agree_to_renewal, nia.id, by_id=mair.id) == WhyNot.THE_SAME_TWO
    assert why_not(second_factor.agree_to_renewal, nia.id, by_id=nia.id) == WhyNot.ONESELF
    assert again(nia.id).has_second_factor


def test_nobody_asks_for_themselves_nor_without_a_reason(site):
    nia, mair = a_member_of_staff("nia"), a_member_of_staff("mair")
    assert why_not(second_factor.ask_for_renewal, nia.id, "Me", by_id=nia.id) == WhyNot.ONESELF
    assert why_not(second_factor.ask_for_renewal, nia.id, "  ", by_id=mair.id) == WhyNot.REASON_NEEDED
    assert rows(SecondFactorRenewal) == []


def test_who_is_no_member_of_staff_any_more_neither_asks_nor_agrees_nor_withdraws(site):
    nia, _ = with_second_factor()
    mair, huw = a_member_of_staff("mair"), a_member_of_staff("huw")
    second_factor.ask_for_renewal(nia.id, "She rang", by_id=mair.id)
    set_roles(huw)
    for action in (second_factor.agree_to_renewal, second_factor.take_renewal_back):
        assert why_not(action, nia.id, by_id=huw.id) == WhyNot.NOT_ALLOWED
    assert why_not(second_factor.ask_for_renewal, nia.id, "She rang", by_id=huw.id) == WhyNot.NOT_ALLOWED
    assert again(nia.id).has_second_factor


def test_what_was_asked_by_somebody_who_no_longer_works_here_is_not_agreed_to(site):
    nia, _ = with_second_factor()
    mair, huw = a_member_of_staff("mair"), a_member_of_staff("huw")
    second_factor.ask_for_renewal(nia.id, "She rang", by_id=mair.id)
    suspend(mair)
    assert why_not(second_factor.agree_to_renewal, nia.id, by_id=huw.id) == WhyNot.NOT_ALLOWED
    assert again(nia.id).has_second_factor


def test_a_request_that_is_withdrawn_is_not_agreed_to_and_a_second_one_changes_nothing(site):
    nia, _ = with_second_factor()
    mair, huw = a_member_of_staff("mair"), a_member_of_staff("huw")
    for reason in ("She rang", "She wrote"):
        second_factor.ask_for_renewal(nia.id, reason, by_id=mair.id)
    assert [one.reason for one in queries.renewals()] == ["She rang"]
    for _ in range(2):
        second_factor.take_renewal_back(nia.id, by_id=huw.id)
    assert story_of(nia.id).count("took_renewal_back") == 1
    assert why_not(second_factor.agree_to_renewal, nia.id, by_id=huw.id) == WhyNot.NOT_THIS_STATE
    assert again(nia.id).has_second_factor


def test_there_is_nothing_to_take_away_from_somebody_without_a_second_step(site):
    mair = a_member_of_staff("mair")
    assert why_not(second_factor.ask_for_renewal, a_person().id, "x", by_id=mair.id) == WhyNot.NOT_THIS_STATE


def test_setting_it_up_again_answers_what_was_asked(site):
    nia, _ = with_second_factor()
    mair = a_member_of_staff("mair")
    second_factor.ask_for_renewal(nia.id, "She rang", by_id=mair.id)
    set_up(nia)
    assert rows(SecondFactorRenewal) == []


def test_the_second_step_and_its_codes_go_with_the_account(site):
    nia = a_person()
    set_up(nia)
    mair, huw = a_member_of_staff("mair"), a_member_of_staff("huw")
    second_factor.ask_for_renewal(nia.id, "She rang", by_id=mair.id)
    second_factor.ask_for_renewal(huw.id, "He rang", by_id=mair.id)
    for leaves in (nia, mair):
        actions.ask_to_close(leaves.id)
    with later(15 * DAY):
        night.forget_old()
    assert [one.person_id for one in rows(SecondFactor)] == [huw.id]
    assert (rows(RecoveryCode), rows(SecondFactorRenewal)) == ([], [])
