"""What may be said and seen, until when it counts, and when somebody is reminded: no database."""

from datetime import date, timedelta

import pytest

from c4s.core.errors import Refused
from c4s.quality import rules
from c4s.quality.rules import ASKS, DbsLevel, FactKind, FactStanding, Given, WhyNot

pytestmark = pytest.mark.either_database

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
SAYS, SHOWN = FactStanding.SAYS, FactStanding.SHOWN


def why_not(kind, standing, given):
    with pytest.raises(Refused) as refusal:
        rules.may_stand(kind, standing, given, TODAY)
    return refusal.value.reason, refusal.value.facts.get("box")


def whole(kind):
    """What a fact of a kind needs, and no more."""
    asks = ASKS[kind]
    return Given(
        level=DbsLevel.ENHANCED if asks.level else None,
        issued_on=TODAY - 30 * DAY if asks.issue else None,
        expires_on=TODAY + 30 * DAY if asks.expiry else None,
    )


@pytest.mark.parametrize("kind", FactKind)
def test_every_kind_can_be_seen_by_staff_and_all_but_care_registration_be_said(kind):
    rules.may_stand(kind, SHOWN, whole(kind), TODAY)
    if kind == FactKind.CIW_REGISTERED:
        assert why_not(kind, SAYS, whole(kind)) == (WhyNot.NOT_SAID_HERE, None)
    else:
        rules.may_stand(kind, SAYS, whole(kind), TODAY)


@pytest.mark.parametrize(
    ("kind", "given", "reason", "box"),
    [
        (FactKind.DBS, Given(issued_on=TODAY), WhyNot.LEVEL_NEEDED, "level"),
        (FactKind.FIRST_AID, Given(level=DbsLevel.BASIC, issued_on=TODAY), WhyNot.LEVEL_NEEDED, "level"),
        (FactKind.DBS, Given(level=DbsLevel.BASIC), WhyNot.ISSUE_NEEDED, "issued_on"),
        (FactKind.FIRST_AID, Given(issued_on=TODAY + DAY), WhyNot.ISSUED_LATER, "issued_on"),
        (FactKind.FIRST_AID, Given(issued_on=date(1975, 1, 1)), WhyNot.TOO_OLD, "issued_on"),
        (FactKind.FIRST_AID, Given(issued_on=date(2023, 11, 22)), WhyNot.EXPIRED, "issued_on"),
        (FactKind.PUBLIC_LIABILITY, Given(), WhyNot.EXPIRY_NEEDED, "expires_on"),
        (FactKind.PUBLIC_LIABILITY, Given(expires_on=TODAY - DAY), WhyNot.EXPIRED, "expires_on"),
        (FactKind.PUBLIC_LIABILITY, Given(expires_on=date(2036, 11, 24)), WhyNot.TOO_FAR, "expires_on"),
        (FactKind.PUBLIC_LIABILITY, Given(None, "Best in Wales", None, TODAY), WhyNot.NUMBER_WRONG, "detail"),
        (FactKind.PUBLIC_LIABILITY, Given(None, "AB123456", None, TODAY), WhyNot.NUMBER_WRONG, "detail"),
        (FactKind.DBS, Given(DbsLevel.BASIC, "001234567890", TODAY), WhyNot.NUMBER_WRONG, "detail"),
        (FactKind.DATA_PROTECTION_REGISTERED, Given(detail="Very good"), WhyNot.NUMBER_WRONG, "detail"),
        (FactKind.DATA_PROTECTION_REGISTERED, Given(detail="01632960001"), WhyNot.NUMBER_WRONG, "detail"),
    ],
)
def test_a_fact_has_what_belongs_to_its_kind_and_nothing_else(kind, given, reason, box):
    assert why_not(kind, SHOWN, given) == (reason, box)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (FactKind.DATA_PROTECTION_REGISTERED, " za 123456 ", "ZA123456"),
        (FactKind.DATA_PROTECTION_REGISTERED, "Z1234567", "Z1234567"),
        (FactKind.DATA_PROTECTION_REGISTERED, "ZA12345", ""),
        (FactKind.SOCIAL_CARE_WALES_REGISTERED, "w/1234567", "W/1234567"),
        (FactKind.SOCIAL_CARE_WALES_REGISTERED, "W1234567", "W/1234567"),
        (FactKind.SOCIAL_CARE_WALES_REGISTERED, "W/1234567 call me", ""),
        (FactKind.DBS, "001234567890", ""),
        (FactKind.PUBLIC_LIABILITY, "ZA123456", ""),
    ],
)
def test_a_registration_number_is_kept_as_its_register_writes_it_and_of_a_dbs_check_none(kind, typed, kept):
    assert rules.number_of(kind, typed) == kept


def test_nothing_counts_for_ever():
    assert rules.last_day(FactKind.PUBLIC_LIABILITY, Given(expires_on=TODAY), TODAY) == TODAY
    assert rules.last_day(FactKind.DBS, Given(issued_on=date(2024, 2, 29)), TODAY) == date(2027, 2, 28)
    assert rules.last_day(FactKind.HMRC_REGISTERED, Given(), TODAY) == date(2027, 11, 23)


def test_a_fact_counts_on_its_last_day_and_not_on_the_next():
    assert [rules.is_past(TODAY, TODAY + days * DAY) for days in (-1, 0, 1)] == [False, False, True]


@pytest.mark.parametrize(
    ("days_left", "said_days_ago", "due"),
    [
        (31, 100, None),
        (30, 100, 30),
        (29, 100, 30),  # the machine was off on the day
        (8, 100, 30),
        (7, 100, 7),
        (0, 100, 7),
        (-1, 100, None),
        (20, 5, None),  # they knew it when they said it
        (20, 20, 30),
        (30, 0, None),
        (7, 0, None),
        (6, 1, None),
        (5, 3, 7),
    ],
)
def test_a_business_is_reminded_thirty_and_seven_days_before_unless_it_knows(days_left, said_days_ago, due):
    assert rules.reminder_due(TODAY + days_left * DAY, TODAY - said_days_ago * DAY, TODAY) == due


@pytest.mark.parametrize(
    ("is_kept", "is_ones_own", "reason"),
    [(True, False, None), (False, False, WhyNot.NOT_KEPT), (True, True, WhyNot.ONES_OWN)],
)
def test_nobody_sees_evidence_of_their_own_business_or_of_an_entry_that_nobody_keeps(is_kept, is_ones_own, reason):
    if reason is None:
        rules.may_see(is_kept=is_kept, is_ones_own=is_ones_own)
        return
    with pytest.raises(Refused) as refusal:
        rules.may_see(is_kept=is_kept, is_ones_own=is_ones_own)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("read", "current", "reason"), [(2, 2, None), (1, 2, WhyNot.NEWER_CODE), (0, None, WhyNot.NO_CODE)]
)
def test_only_the_version_that_counts_is_signed(read, current, reason):
    if reason is None:
        rules.may_sign(read, current)
        return
    with pytest.raises(Refused) as refusal:
        rules.may_sign(read, current)
    assert refusal.value.reason == reason
