"""Leaving, and what the night forgets and closes."""

from datetime import timedelta

from c4s.accounts import actions, entering, night, queries
from c4s.accounts.rules import PersonState, WhyNot
from c4s.core.errors import Refused
from c4s.core.units import unit_of_work
from c4s.mail import delivery, outbox
from c4s.mail.models import LetterState
from c4s.mail.outbox import Recipient
from c4s.web.rights import Who
from tests.accounts.builders import (
    HERE,
    PASSWORD,
    a_person,
    again,
    entered,
    kinds_of_letters_to,
    letters_to,
    set_roles,
    who_registered,
)
from tests.accounts.rows import (
    DAY,
    MAIR,
    NIA,
    kept_forms,
    later,
    links,
    people,
    sign_ins,
    signed_in,
    story_of,
    suspend,
    unproved,
)
from tests.conftest import NOW, at_once
from tests.refusals import why_not

# ---- Leaving ----


def test_who_closes_their_account_is_signed_out_everywhere_and_can_come_back_for_two_weeks(site):
    nia = a_person(password=PASSWORD)
    token, _ = signed_in(nia)
    for _ in range(2):
        actions.ask_to_close(nia.id)
    now = again(nia.id)
    assert (now.state, now.closing_at, now.name) == (PersonState.CLOSING, NOW + 14 * DAY, "Nia")
    assert (queries.live_sign_in(token), kinds_of_letters_to(NIA).count("account_is_closing")) == (None, 1)
    with later(13 * DAY):
        assert night.forget_old()["accounts closed"] == 0
        actions.sign_in_by_password(NIA, PASSWORD, **HERE)
        for _ in range(2):
            actions.stay(nia.id)
    assert (again(nia.id).state, again(nia.id).closing_at) == (PersonState.ACTIVE, None)
    assert story_of(nia.id)[-3:] == ["asked_to_close", "signed_in", "stayed"]
    with later(20 * DAY):
        assert night.forget_old()["accounts closed"] == 0


def test_after_two_weeks_nothing_of_them_is_left_but_the_number_and_the_address_is_free(site):
    nia = a_person(password=PASSWORD, name="Nia Pritchard")
    actions.ask_to_close(nia.id)
    with later(14 * DAY):
        actions.ask_for_link(NIA)
        assert [night.forget_old()["accounts closed"] for _ in range(2)] == [1, 0]
        now = again(nia.id)
        assert (now.state, now.name, now.email, now.email_key, now.password_hash) == (
            PersonState.CLOSED,
            "",
            "",
            "",
            "",
        )
        assert (now.proved_at, now.closing_at, links(), sign_ins()) == (None, None, [], [])
        assert why_not(actions.stay, nia.id) == WhyNot.NOT_THIS_STATE
        assert story_of(nia.id)[-1] == "closed"
    with later(15 * DAY):
        new = a_person()
        assert new.id != nia.id


def test_two_closed_accounts_stand_side_by_side(site):
    for who in ("nia", "mair"):
        actions.ask_to_close(a_person(who).id)
    with later(15 * DAY):
        assert night.forget_old()["accounts closed"] == 2


# ---- The night ----


def test_an_account_that_nobody_proved_is_forgotten_after_a_week(site):
    unproved()
    a_person("mair")
    with later(6 * DAY):
        assert night.forget_old()["unproved accounts"] == 0
        assert len(people()) == 2
    with later(7 * DAY + timedelta(seconds=1)):
        assert [night.forget_old()["unproved accounts"] for _ in range(2)] == [1, 0]
    assert [one.email for one in people()] == [MAIR]


def test_what_has_ended_is_forgotten_in_the_night(site):
    signed_in(a_person())
    actions.ask_for_link(NIA)
    actions.keep_form("/cy/x", "name=Nia")
    with later(timedelta(hours=23)):
        assert {name: number for name, number in night.forget_old().items() if number} == {"links": 1}
    with later(DAY):
        found = night.forget_old()
        assert (found["sign-ins"], found["kept forms"]) == (1, 1)
        assert (links(), sign_ins(), kept_forms()) == ([], [], [])


def test_an_account_that_nobody_uses_is_closed_after_two_years_and_a_letter(site):
    nia = a_person()
    with later(699 * DAY):
        assert night.forget_old()["accounts warned"] == 0
    with later(700 * DAY):
        assert [night.forget_old()["accounts warned"] for _ in range(2)] == [1, 0]
        assert kinds_of_letters_to(NIA)[-1] == "account_will_close"
    with later(729 * DAY):
        assert night.forget_old()["idle accounts closing"] == 0
    with later(730 * DAY):
        assert [night.forget_old()["idle accounts closing"] for _ in range(2)] == [1, 0]
        assert (again(nia.id).state, kinds_of_letters_to(NIA)[-1]) == (PersonState.CLOSING, "account_is_closing")
    with later(744 * DAY):
        assert night.forget_old()["accounts closed"] == 1


def test_whoever_comes_back_after_the_warning_keeps_their_account(site):
    nia = a_person()
    with later(701 * DAY):
        night.forget_old()
        signed_in(nia)
        assert again(nia.id).warned_at is None
    with later(731 * DAY):
        assert night.forget_old()["idle accounts closing"] == 0
    assert again(nia.id).state == PersonState.ACTIVE


def test_nobody_is_closed_without_a_month_s_warning_even_if_no_night_was_worked(site):
    a_person()
    with later(1_000 * DAY):
        found = night.forget_old()
        assert (found["accounts warned"], found["idle accounts closing"]) == (1, 0)
    with later(1_029 * DAY):
        assert night.forget_old()["idle accounts closing"] == 0
    with later(1_030 * DAY):
        assert night.forget_old()["idle accounts closing"] == 1


def test_the_last_administrator_stays_and_stays_warned_however_long_nobody_comes(site):
    nia, mair = a_person(), a_person("mair")
    set_roles(nia, Who.ADMINISTRATOR)
    set_roles(mair, Who.ADMINISTRATOR)
    with later(700 * DAY):
        assert night.forget_old()["accounts warned"] == 2
    with later(731 * DAY):
        assert [night.forget_old()["idle accounts closing"] for _ in range(2)] == [1, 0]
        states = {again(nia.id).state, again(mair.id).state}
        assert states == {PersonState.ACTIVE, PersonState.CLOSING}
        stays = nia if again(nia.id).state == PersonState.ACTIVE else mair
        assert again(stays.id).warned_at is not None


def test_of_two_last_administrators_who_close_at_once_one_stays(site):
    both = [a_person(), a_person("mair")]
    for person in both:
        set_roles(person, Who.ADMINISTRATOR)

    def close(person_id):
        try:
            actions.ask_to_close(person_id)
        except Refused as refusal:
            return refusal.reason
        return "closing"

    numbers = [person.id for person in both]
    done = at_once(site, *[lambda number=number: close(number) for number in numbers])
    assert sorted(map(str, done)) == ["closing", "still_needed"]


def test_an_account_that_was_closing_when_it_was_suspended_is_closed_on_its_day(site):
    nia = a_person()
    actions.ask_to_close(nia.id)
    suspend(nia)
    with later(13 * DAY):
        assert night.forget_old()["accounts closed"] == 0
    with later(14 * DAY):
        assert night.forget_old()["accounts closed"] == 1
        assert again(nia.id).state == PersonState.CLOSED


def test_a_suspended_account_that_nobody_uses_is_closed_too_and_lets_nobody_in_meanwhile(site):
    nia = a_person(language_written="en")
    suspend(nia)
    with later(700 * DAY):
        assert night.forget_old()["accounts warned"] == 1
        assert "Your account is suspended. To keep it" in letters_to(NIA)[-1].body
    with later(730 * DAY):
        assert [night.forget_old()["idle accounts closing"] for _ in range(2)] == [1, 0]
        assert (again(nia.id).state, kinds_of_letters_to(NIA)[-1]) == (PersonState.SUSPENDED, "account_is_closing")
        assert "Your account is suspended. To keep it" in letters_to(NIA)[-1].body
    with later(744 * DAY):
        assert night.forget_old()["accounts closed"] == 1


@unit_of_work
def _written(to):
    outbox.post("accounts/account_was_claimed", to=to, about=("booking", 7), name=to.name)


def test_with_an_account_go_the_words_of_its_letters_and_those_not_sent_never_go(site):
    nia, elin = a_person(), entered("elin")
    at_home = elin.postal_address
    _written(Recipient("Nia", NIA))
    delivery.send_due()
    actions.ask_for_link(NIA)
    _written(Recipient("Nia", NIA))
    for name in ("Somebody else", "Elin"):
        _written(Recipient(name, at_home, channel=elin.channel))
    helper = queries.person_by_email("gwen@example.cymru")
    actions.ask_to_close(nia.id)
    entering.close(elin.id, by_id=helper.id)
    with later(14 * DAY):
        assert night.forget_old()["accounts closed"] == 2
        left = [one for one in letters_to("") if one.body or one.to_name or one.subject]
        states = {one.state for one in letters_to("")}
        assert (left, states) == ([], {LetterState.SENT, LetterState.WITHDRAWN})
        assert (letters_to(NIA), [one.to_name for one in letters_to(at_home)]) == ([], ["Somebody else"])


def test_a_letter_that_was_being_sent_when_the_account_closed_is_not_tried_again_without_its_words(site):
    nia = who_registered()
    number = letters_to(NIA)[-1].id
    assert delivery._claim(number)
    actions.ask_to_close(nia.id)
    with later(14 * DAY):
        night.forget_old()
        delivery._was_not_sent(number, 1, "refused")
        [letter] = [one for one in letters_to("") if one.id == number]
        assert (letter.state, letter.body) == (LetterState.WITHDRAWN, "")
