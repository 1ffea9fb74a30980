"""Decisions about accounts, with no site around them."""

from datetime import UTC, datetime, timedelta

import pytest

from c4s.accounts import rules
from c4s.accounts.rules import LINK_LIFE, OPENED_IN, PersonState, Purpose, WhyNot
from c4s.core.errors import Refused
from c4s.core.text import mailbox
from c4s.web.rights import ROLES, Who

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def why_not(password: str) -> WhyNot | None:
    try:
        rules.may_be_a_password(password)
    except Refused as refusal:
        return WhyNot(refusal.reason)
    return None


def test_a_password_has_at_least_twelve_characters_and_at_most_128():
    assert [why_not("x" * length) for length in (0, 11, 12, 128, 129)] == [
        WhyNot.PASSWORD_SHORT,
        WhyNot.PASSWORD_SHORT,
        None,
        None,
        WhyNot.PASSWORD_LONG,
    ]


def test_characters_count_and_not_bytes_up_to_a_kilobyte():
    assert (why_not("ŵ" * 12), why_not("ŵ" * 128)) == (None, None)
    family = "👨‍👩‍👧‍👦"  # seven characters that look like one, of twenty-five bytes
    assert (why_not(family * 2), why_not(family * 18)) == (None, None)
    assert why_not("😀" * 128) is None  # 512 bytes
    assert not rules.is_too_long("😀" * 128)


def test_letters_that_come_in_two_parts_count_once():
    assert why_not("w\u0302" * 11) == WhyNot.PASSWORD_SHORT
    assert rules.as_kept("w\u0302" * 12) == "ŵ" * 12


def test_no_kind_of_character_is_asked_for_and_none_refused():
    assert [why_not(text) for text in ("aaaaaaaaaaaa", "            ", "123456789012", "ŵŷâêîôûïöäëü", "\t" * 12)] == [
        None
    ] * 5


@pytest.mark.parametrize(
    ("since_begun", "since_used", "over"),
    [
        (timedelta(days=2), timedelta(hours=23, minutes=59), False),
        (timedelta(days=2), timedelta(hours=24), True),
        (timedelta(days=30) - timedelta(seconds=1), timedelta(0), False),
        (timedelta(days=30), timedelta(0), True),
    ],
)
def test_a_sign_in_ends_after_a_day_unused_and_after_thirty_days_at_the_latest(since_begun, since_used, over):
    assert rules.is_over(NOON - since_begun, NOON - since_used, NOON) == over


def test_who_one_is_counts_as_just_shown_for_five_minutes():
    seconds = [0, 299, 300]
    assert [rules.is_recent(NOON - timedelta(seconds=one), NOON) for one in seconds] == [True, True, False]


def test_only_open_and_closing_accounts_can_be_signed_in_to():
    assert [state for state in PersonState if rules.may_sign_in(state)] == [PersonState.ACTIVE, PersonState.CLOSING]


def test_every_purpose_has_a_life_and_states_and_signing_in_the_shortest():
    assert list(LINK_LIFE) == list(OPENED_IN) == list(Purpose)
    assert {str(one): life.total_seconds() / 3600 for one, life in LINK_LIFE.items()} == {
        "prove": 24,
        "sign_in": 1,
        "change_email": 24,
        "confirm": 1,
        "claim_account": 90 * 24,
        "claim_email": 24,
    }


def test_an_address_is_the_same_whatever_its_case_and_whatever_follows_a_plus():
    assert rules.email_key(" Siôn@Example.CYMRU ") == "siôn@example.cymru"
    assert mailbox("Nia+books@Example.cymru") == mailbox("nia@example.cymru") == "nia@example.cymru"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0", "Firefox, Android"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("curl/8", ""),
        ("", ""),
        ("<script>Firefox/" * 5_000, "Firefox"),
    ],
)
def test_of_a_browser_only_its_own_name_and_that_of_the_machine_are_kept(agent, words):
    assert rules.browser_words(agent) == words


def test_what_a_link_is_bound_to_changes_with_the_address_and_with_the_password():
    assert len({rules.bound("a", ""), rules.bound("a", "x"), rules.bound("b", ""), rules.bound("a\nx", "")}) == 4


def test_the_day_of_a_moment_is_its_midnight():
    assert rules.day_of(NOON + timedelta(minutes=1, microseconds=5)) == NOON - timedelta(hours=12)


# ---- Members of staff, and second steps ----


def reason_of(rule, *given, **facts) -> WhyNot | None:
    try:
        rule(*given, **facts)
    except Refused as refusal:
        return WhyNot(refusal.reason)
    return None


@pytest.mark.parametrize(
    ("length", "is_staff", "why"),
    [
        (12, False, None),
        (12, True, WhyNot.PASSWORD_SHORT_OF_STAFF),
        (14, True, WhyNot.PASSWORD_SHORT_OF_STAFF),
        (15, True, None),
        (128, True, None),
        (129, True, WhyNot.PASSWORD_LONG),
    ],
)
def test_members_of_staff_need_fifteen_characters(length, is_staff, why):
    assert reason_of(rules.may_be_a_password, "x" * length, is_staff=is_staff) == why


HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("hours", "begun", "used", "over"),
    [
        (1, 2 * HOUR, HOUR - SECOND, False),
        (1, 2 * HOUR, HOUR, True),
        (10, 11 * HOUR, 10 * HOUR - SECOND, False),
        (10, 11 * HOUR, 10 * HOUR, True),
        (1, 12 * HOUR - SECOND, timedelta(0), False),
        (1, 12 * HOUR, timedelta(0), True),
        (10, 12 * HOUR - SECOND, timedelta(0), False),
        (10, 12 * HOUR, timedelta(0), True),
        (0, 12 * HOUR, 10 * HOUR, False),
    ],
)
def test_members_of_staff_stay_signed_in_for_an_hour_or_ten_and_for_twelve_at_most(hours, begun, used, over):
    assert rules.is_over(NOON - begun, NOON - used, NOON, hours) == over


def test_a_sign_in_is_noted_often_enough_for_its_hour():
    assert HOUR * rules.STAFF_HOURS[0] >= rules.NOTED_EVERY_OF_STAFF * 60
    assert rules.STAFF_HOURS[1] >= 10 * rules.STAFF_HOURS[0]  # WCAG 2.2.1: adjustable to ten times the time


@pytest.mark.parametrize(
    ("last", "steps"), [(0, [-1, 0, 1]), (-2, [-1, 0, 1]), (-1, [0, 1]), (0.5, [1]), (1, []), (5, [])]
)
def test_codes_of_three_half_minutes_are_taken_and_none_from_before_the_last(last, steps):
    here = rules.step_of(NOON)
    last_step = {0: 0, 0.5: here}.get(last, here + last)
    assert rules.steps_taken(NOON, last_step) == [here + step for step in steps]


def test_a_half_minute_begins_with_the_minute_and_in_its_middle():
    here = rules.step_of(NOON)
    assert [rules.step_of(NOON + seconds * SECOND) - here for seconds in (-1, 0, 29, 30, 59, 60)] == [-1, 0, 0, 1, 1, 2]


@pytest.mark.parametrize(
    ("standings", "why"),
    [
        ({Who.SIGNED_IN}, None),
        ({Who.SIGNED_IN, Who.BUSINESS_OWNER}, None),
        *[({Who.SIGNED_IN, who}, WhyNot.FACTOR_NEEDED) for who in (*ROLES, Who.BUYER)],
    ],
)
def test_those_who_have_rights_over_others_cannot_do_without_a_second_step(standings, why):
    assert reason_of(rules.may_turn_off, frozenset(standings)) == why


MAIR, HUW, NIA = 1, 2, 3


@pytest.mark.parametrize(
    ("asker", "person", "reason", "why"),
    [
        (MAIR, NIA, "She rang", None),
        (NIA, NIA, "She rang", WhyNot.ONESELF),
        (MAIR, NIA, "", WhyNot.REASON_NEEDED),
        (MAIR, NIA, " \n", WhyNot.REASON_NEEDED),
    ],
)
def test_who_may_ask_for_a_renewal(asker, person, reason, why):
    assert reason_of(rules.may_ask_for_renewal, asker, person, reason) == why


@pytest.mark.parametrize(
    ("agreer", "asked_by", "person", "why"),
    [
        (HUW, MAIR, NIA, None),
        (MAIR, MAIR, NIA, WhyNot.THE_SAME_TWO),
        (NIA, MAIR, NIA, WhyNot.ONESELF),
        (NIA, NIA, NIA, WhyNot.ONESELF),
    ],
)
def test_who_may_agree_to_a_renewal(agreer, asked_by, person, why):
    assert reason_of(rules.may_agree_to_renewal, agreer, asked_by, person) == why


NONE, EDITOR, ADMINISTRATOR = frozenset(), frozenset({Who.EDITOR}), frozenset({Who.ADMINISTRATOR})


@pytest.mark.parametrize(
    ("has", "wanted", "is_oneself", "is_open", "others", "why"),
    [
        (NONE, EDITOR, False, True, 0, None),
        (NONE, ADMINISTRATOR, False, True, 0, None),
        (EDITOR, NONE, False, True, 0, None),
        (NONE, frozenset({Who.BUYER}), False, True, 1, WhyNot.NOT_ALLOWED),
        (NONE, frozenset({Who.BUSINESS_OWNER}), False, True, 1, WhyNot.NOT_ALLOWED),
        (NONE, EDITOR, False, False, 1, WhyNot.NOT_THIS_STATE),
        (EDITOR, NONE, False, False, 1, None),
        (ADMINISTRATOR, ADMINISTRATOR | EDITOR, True, True, 1, WhyNot.ONESELF),
        (ADMINISTRATOR, EDITOR, True, True, 1, WhyNot.ONESELF),
        (ADMINISTRATOR | EDITOR, ADMINISTRATOR, True, True, 0, None),
        (ADMINISTRATOR, NONE, True, True, 1, None),
        (ADMINISTRATOR, NONE, True, True, 0, WhyNot.LAST_ADMINISTRATOR),
        (ADMINISTRATOR, EDITOR, False, True, 0, WhyNot.LAST_ADMINISTRATOR),
        (ADMINISTRATOR, EDITOR, False, True, 1, None),
    ],
)
def test_who_may_be_given_which_roles(has, wanted, is_oneself, is_open, others, why):
    facts = {"has": has, "wanted": wanted, "is_oneself": is_oneself, "is_open": is_open, "others": others}
    assert reason_of(rules.may_change_roles, **facts, has_email=True) == why
    # Without a confirmed address nobody is given more; to take roles away, none is needed.
    more = wanted - has and why in (None, WhyNot.LAST_ADMINISTRATOR)
    without = WhyNot.EMAIL_NEEDED if more else why
    assert reason_of(rules.may_change_roles, **facts, has_email=False) == without


@pytest.mark.parametrize(
    ("by", "roles", "is_oneself", "others", "reason", "why"),
    [
        ({Who.MODERATOR}, NONE, False, 1, "x", None),
        ({Who.MODERATOR}, NONE, False, 1, " ", WhyNot.REASON_NEEDED),
        ({Who.MODERATOR}, NONE, True, 1, "x", WhyNot.ONESELF),
        ({Who.MODERATOR}, EDITOR, False, 1, "x", WhyNot.NOT_ALLOWED),
        (ADMINISTRATOR, EDITOR, False, 1, "x", None),
        (ADMINISTRATOR, ADMINISTRATOR, False, 1, "x", None),
        (ADMINISTRATOR, ADMINISTRATOR, False, 0, "x", WhyNot.LAST_ADMINISTRATOR),
    ],
)
def test_who_may_suspend_whom(by, roles, is_oneself, others, reason, why):
    facts = {"by": frozenset(by), "roles": roles, "is_oneself": is_oneself, "others": others, "reason": reason}
    assert reason_of(rules.may_suspend, **facts) == why
