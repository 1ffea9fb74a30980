"""What each action changes, which letter it posts, what the trail says."""

from datetime import timedelta

import pytest

from c4s.accounts import actions, passwords, queries, rules
from c4s.accounts.models import Person
from c4s.accounts.rules import PersonState, Purpose, WhyNot
from c4s.core import once
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.throttle import TooMany
from c4s.core.units import unit_of_work
from tests.accounts.builders import (
    HERE,
    PASSWORD,
    a_person,
    again,
    kinds_of_letters_to,
    letters_to,
    link_to,
    registered,
    token_to,
    who_registered,
)
from tests.accounts.rows import (
    DAY,
    MAIR,
    NIA,
    kept_forms,
    later,
    links,
    number_of,
    people,
    sign_ins,
    signed_in,
    story_of,
    suspend,
    unproved,
)
from tests.conftest import NOW, at_once
from tests.refusals import why_not

HOUR = timedelta(hours=1)
NETWORK = "192.0.2.0/24"


# ---- Registering ----


def test_nia_asks_for_an_account_and_gets_a_letter_with_a_link(site):
    nia = unproved(name="Nia", language_written="cy", language_spoken="en", asked_in="en")
    assert (nia.state, nia.name, nia.email, nia.proved_at) == (PersonState.UNPROVED, "Nia", NIA, None)
    assert (nia.language_written, nia.language_spoken, nia.asked_in, nia.asked_at) == ("cy", "en", "en", NOW)
    assert (nia.over_16_at, nia.created_at, nia.has_password) == (NOW, NOW, False)
    assert kinds_of_letters_to(NIA) == ["prove_your_address"]
    assert story_of(nia.id) == ["registered"]
    [link] = links()
    assert (link.purpose, link.person_id, link.email, link.expires_at) == (Purpose.PROVE, nia.id, NIA, NOW + DAY)


def test_no_token_is_kept_anywhere_but_in_the_letter(site):
    unproved()
    token = token_to(NIA)
    [link] = links()
    assert (link.token_hash, len(token)) == (rules.digest(token), 43)
    assert token not in (link.token_hash, link.bound)


def test_who_has_an_account_is_told_and_nothing_changes(site):
    nia = who_registered(name="Nia")
    registered(name="Mallory", language_written="en", asked_in="en")
    [now] = people()
    assert (now.name, now.language_written, now.state) == ("Nia", "both", PersonState.ACTIVE)
    assert kinds_of_letters_to(NIA) == ["prove_your_address", "you_have_an_account"]
    assert "Mallory" not in letters_to(NIA)[-1].body + letters_to(NIA)[-1].to_name
    assert letters_to(NIA)[-1].language == "both"
    assert story_of(nia.id) == ["registered", "proved", "signed_in", "signed_out"]


def test_an_address_written_otherwise_is_the_same_account(site):
    a_person()
    registered(email="NIA@Example.Cymru")
    assert [one.email for one in people()] == [NIA]
    assert kinds_of_letters_to(NIA)[-1] == "you_have_an_account"


def test_who_asks_again_before_proving_the_address_gets_a_newer_link_and_the_older_one_is_dead(site):
    unproved(name="Somebody", language_written="en")
    first = token_to(NIA)
    nia = unproved(name="Nia", language_written="both")
    second = token_to(NIA)
    assert (nia.name, nia.language_written, len(people())) == ("Nia", "both", 1)
    assert why_not(actions.prove, first, **HERE) == WhyNot.LINK_NOT_VALID
    assert number_of(actions.prove(second, **HERE))


def test_the_same_form_sent_twice_is_one_request_with_one_letter(site):
    for _ in range(2):
        registered(key="k" * 20)
    assert kinds_of_letters_to(NIA) == ["prove_your_address"]
    assert why_not(registered, "mair", key="k" * 20) == once.NotAgain.ANOTHER_BODY


def test_an_address_gets_five_letters_an_hour_and_whoever_asks_is_told_nothing(site):
    for _ in range(7):
        registered()
    registered(email="nia+1@example.cymru")  # the same letter box
    assert kinds_of_letters_to(NIA) == ["prove_your_address"] * 5
    for _ in range(7):
        actions.ask_for_link(NIA)  # counted apart
    assert kinds_of_letters_to(NIA) == ["prove_your_address"] * 10
    assert len(people()) == 1
    with later(HOUR):
        actions.ask_for_link(NIA)
    assert len(letters_to(NIA)) == 11


def test_a_network_registers_twenty_addresses_an_hour(site):
    for number in range(rules.REGISTER_PER_NETWORK):
        registered(f"n{number}", network=NETWORK)
    assert why_not(registered, "nia", network=NETWORK) == TooMany.TOO_MANY
    assert kinds_of_letters_to(NIA) == []
    registered("nia", network="198.51.100.0/24")
    assert kinds_of_letters_to(NIA) == ["prove_your_address"]


def test_two_who_register_one_address_at_once_make_one_account(site):
    found = at_once(site, *[lambda: registered(asked_in="cy") for _ in range(3)])
    assert found == [NIA] * 3
    assert (len(people()), len(links())) == (1, 1)


# ---- Proving and signing in by a link ----


def test_who_opens_the_letter_has_an_account_and_is_signed_in(site):
    nia = unproved()
    token = actions.prove(token_to(NIA), browser="Firefox, Android", network=NETWORK)
    found = queries.live_sign_in(token)
    assert (found.person_id, found.browser, found.network) == (nia.id, "Firefox, Android", NETWORK)
    assert (found.created_at, found.last_used_at, found.confirmed_at) == (NOW, NOW, NOW)
    assert (again(nia.id).state, again(nia.id).proved_at) == (PersonState.ACTIVE, NOW)
    assert story_of(nia.id) == ["registered", "proved", "signed_in"]
    assert sign_ins()[0].token_hash == rules.digest(token)


@pytest.mark.parametrize("purpose", [Purpose.PROVE, Purpose.SIGN_IN, Purpose.CHANGE_EMAIL, Purpose.CONFIRM])
def test_a_link_is_good_for_its_one_purpose_for_one_use_and_for_its_time(site, purpose):
    """Every purpose by every door; then twice by its own; then too late."""
    nia = unproved() if purpose == Purpose.PROVE else a_person()
    _, here = signed_in(nia) if purpose != Purpose.PROVE else ("", 0)
    ask = {
        Purpose.PROVE: lambda: actions.ask_for_link(NIA),
        Purpose.SIGN_IN: lambda: actions.ask_for_link(NIA),
        Purpose.CHANGE_EMAIL: lambda: actions.ask_to_change_email(nia.id, "new@example.cymru"),
        Purpose.CONFIRM: lambda: actions.send_confirm_link(nia.id),
    }[purpose]
    doors = {
        Purpose.PROVE: lambda token: actions.prove(token, **HERE),
        Purpose.SIGN_IN: lambda token: actions.sign_in_by_link(token, **HERE),
        Purpose.CONFIRM: lambda token: actions.confirm_by_link(here, token),
        Purpose.CHANGE_EMAIL: lambda token: actions.change_email(token, keep=here),
    }
    own = doors.pop(purpose)
    sent_to = "new@example.cymru" if purpose == Purpose.CHANGE_EMAIL else NIA
    ask()
    too_late = token_to(sent_to)
    with later(rules.LINK_LIFE[purpose]):
        assert queries.valid_link(purpose, too_late) is None
        assert why_not(own, too_late) == WhyNot.LINK_NOT_VALID
    ask()
    token = token_to(sent_to)
    assert why_not(own, too_late) == WhyNot.LINK_NOT_VALID  # a newer one took its place
    assert [why_not(door, token) for door in doors.values()] == [WhyNot.LINK_NOT_VALID] * 3
    for wrong in ("", "x", token + "=", token[:-1], token.swapcase(), "\ud800", "ŵ" * 43):
        assert why_not(own, wrong) == WhyNot.LINK_NOT_VALID
    assert queries.valid_link(purpose, token).person_id == nia.id
    own(token)
    assert queries.valid_link(purpose, token) is None
    assert why_not(own, token) == WhyNot.LINK_NOT_VALID


def test_of_two_who_open_one_link_at_once_one_comes_in(site):
    a_person()
    actions.ask_for_link(NIA)
    token = token_to(NIA)
    found = at_once(site, *[lambda: actions.sign_in_by_link(token, **HERE) for _ in range(4)])
    assert sorted(isinstance(one, str) for one in found) == [False, False, False, True]
    assert {one.reason for one in found if not isinstance(one, str)} == {WhyNot.LINK_NOT_VALID}
    assert len(sign_ins()) == 1


def test_a_stranger_who_asks_for_a_link_causes_nothing(site):
    assert actions.ask_for_link("nobody@example.cymru", network=NETWORK) is None
    assert (people(), links(), letters_to("nobody@example.cymru")) == ([], [], [])


def test_a_stranger_s_request_is_as_much_work_as_an_owner_s(site, statements):
    """Whoever has the address, the same is written; what must not stay is taken back."""

    def written_by(action):
        statements.clear()
        action()
        return sorted(one.split()[2] for one in statements if one.startswith("INSERT"))

    a_person()
    unproved("ifan")
    link = [
        written_by(lambda who=who: actions.ask_for_link(f"{who}@example.cymru", network=NETWORK))
        for who in ("nia", "ifan", "nobody")
    ]
    register = [written_by(lambda who=who: registered(who, network=NETWORK)) for who in ("nia", "mair")]
    assert (link[0] == link[1] == link[2], register[0] == register[1]) == (True, True)
    assert {"outgoing_letter", "one_time_link", "person"} < set(link[2])
    assert [one.email for one in people()] == [NIA, "ifan@example.cymru", MAIR]
    assert kinds_of_letters_to("nobody@example.cymru") == []


def test_the_way_back_travels_in_the_letter(site):
    a_person()
    actions.ask_for_link(NIA, back="abc.def")
    assert link_to(NIA).endswith("?next=abc.def")


def test_a_suspended_account_gets_a_letter_that_says_so_and_no_link(site):
    nia = a_person(password=PASSWORD)
    token, _ = signed_in(nia)
    actions.ask_for_link(NIA)
    link = token_to(NIA)
    suspend(nia)
    assert queries.live_sign_in(token) is None
    assert why_not(actions.sign_in_by_link, link, **HERE) == WhyNot.LINK_NOT_VALID
    assert why_not(actions.sign_in_by_password, NIA, PASSWORD, **HERE) == WhyNot.WRONG
    with later(HOUR):
        actions.ask_for_link(NIA)
    assert kinds_of_letters_to(NIA)[-1] == "account_suspended"
    assert why_not(
        actions.change_details, nia.id, name="", language_written="cy", language_spoken="cy", asked_in="cy"
    ) == (WhyNot.NOT_THIS_STATE)


def test_signing_in_notes_the_day_and_not_the_hour(site):
    nia = a_person()
    with later(3 * DAY):
        signed_in(nia)
        assert again(nia.id).last_seen_at == rules.day_of(NOW) + 3 * DAY


# ---- Passwords ----


def test_who_has_a_password_signs_in_with_it(site):
    nia = a_person(password=PASSWORD)
    token = actions.sign_in_by_password(" NIA@example.cymru", PASSWORD, browser="Edge, Windows", network=NETWORK)
    assert queries.live_sign_in(token).person_id == nia.id
    assert again(nia.id).password_hash.startswith("$argon2id$")


@pytest.mark.parametrize(
    ("address", "password"),
    [
        (NIA, PASSWORD + "x"),
        (NIA, ""),
        (NIA, "x" * 10_000),
        ("nobody@example.cymru", PASSWORD),
        (MAIR, ""),  # has no password
        (MAIR, PASSWORD),
        ("", PASSWORD),
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same_and_one_hash_is_tried(site, monkeypatch, address, password):
    a_person(password=PASSWORD)
    a_person("mair")
    tried = []
    honest = passwords.fits
    monkeypatch.setattr(passwords, "fits", lambda *given: tried.append(given) or honest(*given))
    assert why_not(actions.sign_in_by_password, address, password, **HERE) == WhyNot.WRONG
    assert (len(tried), sign_ins()) == (1, [])


def test_after_ten_tries_nobody_s_password_is_tried_for_a_while_but_a_link_still_works(site):
    nia = a_person(password=PASSWORD)
    wrong = {"browser": "", "network": ""}
    for address in (NIA, "nobody@example.cymru"):
        assert [why_not(actions.sign_in_by_password, address, "no", **wrong) for _ in range(11)] == [
            *[WhyNot.WRONG] * 10,
            TooMany.TOO_MANY,
        ]
    with pytest.raises(Refused) as refusal:
        actions.sign_in_by_password(NIA, PASSWORD, **wrong)
    assert refusal.value.facts["until"] - NOW <= timedelta(minutes=15)
    assert signed_in(nia)
    with later(timedelta(minutes=15)):
        assert actions.sign_in_by_password(NIA, PASSWORD, **wrong)


def test_one_network_tries_sixty_passwords_in_a_quarter_of_an_hour(site, monkeypatch):
    monkeypatch.setattr(rules, "TRIES_PER_NETWORK", 3)
    found = [why_not(actions.sign_in_by_password, f"n{number}@example.cymru", "x", **HERE) for number in range(4)]
    assert found == [*[WhyNot.WRONG] * 3, TooMany.TOO_MANY]


def test_a_password_kept_in_a_weaker_way_is_kept_anew_at_the_next_sign_in(site):
    nia = a_person()
    weaker = passwords.PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)

    @unit_of_work
    def weaken():
        db.session.get_one(Person, nia.id).password_hash = weaker

    weaken()
    actions.sign_in_by_password(NIA, PASSWORD, **HERE)
    kept = again(nia.id).password_hash
    assert (kept == weaker, passwords.needs_hashing_again(kept), passwords.fits(PASSWORD, kept)) == (False, False, True)


def test_a_new_password_ends_every_other_sign_in_every_link_and_the_old_token(site):
    nia = a_person()
    elsewhere, _ = signed_in(nia)
    token, here = signed_in(nia)
    with later(HOUR):
        actions.ask_for_link(NIA)
        link = token_to(NIA)
        new = actions.set_password(nia.id, PASSWORD, keep=here)
        assert [queries.live_sign_in(one) is None for one in (elsewhere, token)] == [True, True]
        assert number_of(new) == here
        assert why_not(actions.sign_in_by_link, link, **HERE) == WhyNot.LINK_NOT_VALID
    assert kinds_of_letters_to(NIA)[-1] == "password_was_changed"
    assert PASSWORD not in letters_to(NIA)[-1].body
    assert (again(nia.id).password_changed_at, story_of(nia.id)[-1]) == (NOW + HOUR, "set_password")


def test_a_link_asked_for_before_the_password_changed_is_dead_even_if_it_were_left(site):
    nia = a_person()

    @unit_of_work
    def change():
        db.session.get_one(Person, nia.id).password_hash = "other"

    actions.ask_for_link(NIA)
    change()
    assert queries.valid_link(Purpose.SIGN_IN, token_to(NIA)) is None


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", WhyNot.PASSWORD_SHORT),
        ("x" * 129, WhyNot.PASSWORD_LONG),
        ("password1234", WhyNot.PASSWORD_KNOWN),
        ("nia@example.cymru", WhyNot.PASSWORD_KNOWN),
    ],
)
def test_a_password_that_will_not_do_changes_nothing(site, password, reason):
    nia = a_person()
    _, here = signed_in(nia)
    assert why_not(actions.set_password, nia.id, password, keep=here) == reason
    assert (again(nia.id).has_password, len(sign_ins())) == (False, 1)


def test_a_password_can_be_taken_away_and_then_only_links_work(site):
    nia = a_person(password=PASSWORD)
    _, here = signed_in(nia)
    number = number_of(actions.remove_password(nia.id, keep=here))
    assert (number, again(nia.id).has_password) == (here, False)
    assert why_not(actions.sign_in_by_password, NIA, PASSWORD, **HERE) == WhyNot.WRONG
    assert (kinds_of_letters_to(NIA)[-1], story_of(nia.id)[-2:]) == (
        "password_was_changed",
        ["removed_password", "failed_sign_in"],
    )


def test_a_password_is_set_only_from_a_sign_in_of_ones_own(site):
    nia, mair = a_person(), a_person("mair")
    _, hers = signed_in(mair)
    assert why_not(actions.set_password, nia.id, PASSWORD, keep=hers) == WhyNot.NOT_THIS_STATE
    assert not again(nia.id).has_password


# ---- Showing once more who one is ----


def test_the_password_confirms_who_one_is_and_the_token_turns(site):
    nia = a_person(password=PASSWORD)
    token, here = signed_in(nia)
    with later(HOUR):
        assert why_not(actions.confirm_by_password, here, "wrong") == WhyNot.WRONG
        new = actions.confirm_by_password(here, PASSWORD)
        found = queries.live_sign_in(new)
        assert (found.id, found.confirmed_at, found.created_at) == (here, NOW + HOUR, NOW)
        assert queries.live_sign_in(token) is None


def test_ten_wrong_passwords_end_the_tries_to_confirm_too(site):
    nia = a_person(password=PASSWORD)
    _, here = signed_in(nia)
    tries = [why_not(actions.confirm_by_password, here, "wrong") for _ in range(11)]
    assert tries == [*[WhyNot.WRONG] * 10, TooMany.TOO_MANY]


def test_a_letter_confirms_who_one_is_in_ones_own_sign_in_alone(site):
    nia, mair = a_person(), a_person("mair")
    _, here = signed_in(nia)
    _, hers = signed_in(mair)
    actions.send_confirm_link(nia.id, back="abc.def")
    assert kinds_of_letters_to(NIA)[-1] == "confirm_who_you_are"
    assert link_to(NIA).endswith("?next=abc.def")
    token = link_to(NIA).partition("?")[0].rpartition("/")[2]
    assert why_not(actions.confirm_by_link, hers, token) == WhyNot.LINK_NOT_VALID
    with later(timedelta(minutes=30)):
        new = actions.confirm_by_link(here, token)
        assert queries.live_sign_in(new).confirmed_at == NOW + timedelta(minutes=30)


def test_a_sign_in_that_has_ended_confirms_nothing(site):
    a_person(password=PASSWORD)
    assert why_not(actions.confirm_by_password, 999, PASSWORD) == WhyNot.WRONG


# ---- Where somebody is signed in ----


def test_a_sign_in_that_was_ended_is_ended_whatever_the_browser_holds(site):
    nia = a_person()
    token, here = signed_in(nia)
    for _ in range(2):
        actions.sign_out(here)
    assert (queries.live_sign_in(token), story_of(nia.id)[-2:]) == (None, ["signed_in", "signed_out"])


def test_nobody_ends_another_s_sign_in(site):
    nia, mair = a_person(), a_person("mair")
    token, here = signed_in(nia)
    _, hers = signed_in(mair)
    actions.end_sign_in(mair.id, here)
    actions.end_all_others(mair.id, hers)
    assert number_of(token) == here
    actions.end_sign_in(nia.id, here)
    assert (queries.live_sign_in(token), story_of(nia.id)[-1]) == (None, "ended_sign_ins")


def test_all_others_end_and_this_one_stays(site):
    nia = a_person()
    for _ in range(2):
        signed_in(nia)
    token, here = signed_in(nia)
    assert (actions.end_all_others(nia.id, here), actions.end_all_others(nia.id, here)) == (2, 0)
    assert ([one.id for one in queries.sign_ins_of(nia.id)], number_of(token)) == ([here], here)


def test_a_sign_in_ends_by_itself_after_a_day_or_a_month(site):
    token, number = signed_in(a_person())
    with later(timedelta(hours=23)):
        actions.note_use(number)
    with later(timedelta(hours=46)):
        assert number_of(token) == number
    with later(timedelta(hours=47)):
        assert queries.live_sign_in(token) is None
    for day in range(30):
        with later(day * DAY + timedelta(hours=23)):
            actions.note_use(number)
    with later(30 * DAY - timedelta(minutes=1)):
        assert number_of(token) == number
    with later(30 * DAY):
        assert (queries.live_sign_in(token), list(queries.sign_ins_of(1))) == (None, [])


# ---- Details ----


def test_the_trail_says_which_details_changed_and_not_what_they_were(site):
    nia = a_person()
    with later(HOUR):
        given = {"name": "Nia Haf", "language_written": "en", "language_spoken": "cy", "asked_in": "en"}
        actions.change_details(nia.id, **given)
        actions.change_details(nia.id, **given)
    now = again(nia.id)
    assert (now.name, now.language_written, now.asked_in, now.asked_at) == ("Nia Haf", "en", "en", NOW + HOUR)
    assert story_of(nia.id).count("changed_details") == 1


def test_a_new_address_is_used_once_it_is_proved_and_the_old_one_is_told_twice(site):
    nia = a_person(password=PASSWORD)
    elsewhere, _ = signed_in(nia)
    token, here = signed_in(nia)
    actions.ask_to_change_email(nia.id, "Nia.Haf@example.wales")
    assert again(nia.id).email == NIA
    assert kinds_of_letters_to(NIA)[-1] == "email_is_changing"
    assert kinds_of_letters_to("Nia.Haf@example.wales") == ["confirm_new_address"]
    actions.change_email(token_to("Nia.Haf@example.wales"), keep=here)
    now = again(nia.id)
    assert (now.email, now.email_key) == ("Nia.Haf@example.wales", "nia.haf@example.wales")
    assert (kinds_of_letters_to(NIA)[-1], story_of(nia.id)[-1]) == ("email_was_changed", "changed_email")
    assert (queries.live_sign_in(elsewhere), number_of(token)) == (None, here)
    assert actions.sign_in_by_password("nia.haf@example.wales", PASSWORD, **HERE)
    assert why_not(actions.sign_in_by_password, NIA, PASSWORD, **HERE) == WhyNot.WRONG


def test_an_address_of_another_s_stays_theirs_and_they_are_told(site):
    nia = a_person()
    a_person("mair")
    actions.ask_to_change_email(nia.id, MAIR)
    assert kinds_of_letters_to(MAIR)[-1] == "you_have_an_account"
    assert kinds_of_letters_to(NIA)[-1] == "email_is_changing"
    assert [one.purpose for one in links() if one.purpose == Purpose.CHANGE_EMAIL] == []


def test_an_address_that_became_another_s_meanwhile_cannot_be_taken(site):
    nia = a_person()
    actions.ask_to_change_email(nia.id, MAIR)
    link = token_to(MAIR)
    mair = a_person("mair")
    assert why_not(actions.change_email, link) == WhyNot.LINK_NOT_VALID
    assert (again(nia.id).email, again(mair.id).email) == (NIA, MAIR)


def test_who_never_proved_an_address_does_not_keep_it_from_its_owner(site):
    nia = a_person()
    unproved("mair")
    actions.ask_to_change_email(nia.id, MAIR)
    actions.change_email(token_to(MAIR))
    assert [(one.id, one.email) for one in people()] == [(nia.id, MAIR)]


def test_ones_own_address_is_no_new_one(site):
    nia = a_person()
    assert why_not(actions.ask_to_change_email, nia.id, "NIA@example.cymru") == WhyNot.SAME_EMAIL


def test_the_letters_that_one_person_may_cause_are_counted(site):
    nia = a_person()
    for number in range(rules.ASKED):
        actions.ask_to_change_email(nia.id, f"n{number}@example.cymru")
    assert why_not(actions.ask_to_change_email, nia.id, "more@example.cymru") == TooMany.TOO_MANY
    for _ in range(rules.ASKED):
        actions.send_confirm_link(nia.id)  # counted apart
    assert why_not(actions.send_confirm_link, nia.id) == TooMany.TOO_MANY


# ---- What somebody sent before they signed in ----


def test_a_form_is_kept_for_a_day_and_for_the_one_who_has_its_token(site):
    token = actions.keep_form("/cy/cyfrif/manylion", "name=Nia")
    found = queries.kept_form(token)
    assert (found.address, found.body, found.token_hash) == ("/cy/cyfrif/manylion", "name=Nia", rules.digest(token))
    assert queries.kept_form("x") is None
    with later(DAY):
        assert queries.kept_form(token) is None
    actions.drop_form(token)
    assert queries.kept_form(token) is None


def test_too_much_is_not_kept_and_not_too_often(site, monkeypatch):
    assert actions.keep_form("/cy/x", "x" * (actions.LONGEST_KEPT + 1)) == ""
    assert actions.keep_form("/" + "x" * 500, "x") == ""
    monkeypatch.setattr(rules, "KEPT_PER_NETWORK", 2)
    for _ in range(2):
        assert actions.keep_form("/cy/x", "x", network=NETWORK)
    assert why_not(actions.keep_form, "/cy/x", "x", network=NETWORK) == TooMany.TOO_MANY
    assert len(kept_forms()) == 2


# ---- All that we keep ----


def test_a_download_is_noted(site):
    nia = a_person()
    actions.downloaded(nia.id)
    assert story_of(nia.id)[-1] == "downloaded"
