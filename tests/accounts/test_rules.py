"""Decisions about accounts, with no site around them."""

from datetime import UTC, datetime, timedelta

import pytest

from c4s.accounts import rules
from c4s.accounts.rules import LINK_LIFE, OPENED_IN, PersonState, Purpose, WhyNot
from c4s.core.errors import Refused
from c4s.core.text import mailbox

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
