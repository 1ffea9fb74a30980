"""For whom staff do something: every case."""

import pytest

from c4s.businesses.rules import MemberRole
from c4s.core.errors import Refused
from c4s.on_behalf import rules
from c4s.on_behalf.rules import WhyNot


@pytest.mark.parametrize(
    ("has_email", "is_open", "needs"), [(False, True, True), (True, True, False), (False, False, False)]
)
def test_only_whoever_has_an_account_and_no_email_needs_staff(has_email, is_open, needs):
    assert rules.needs_staff(has_email=has_email, is_open=is_open) is needs


@pytest.mark.parametrize(
    ("is_ones_own", "needs_us", "why_not"),
    [
        (False, True, None),
        (True, True, WhyNot.ONES_OWN),
        (True, False, WhyNot.ONES_OWN),
        (False, False, WhyNot.NOT_FOR_THEM),
    ],
)
def test_staff_act_for_whoever_needs_them_and_never_for_their_own_business(is_ones_own, needs_us, why_not):
    if why_not is None:
        rules.may_act(is_ones_own=is_ones_own, needs_us=needs_us)
        return
    with pytest.raises(Refused) as refusal:
        rules.may_act(is_ones_own=is_ones_own, needs_us=needs_us)
    assert refusal.value.reason == why_not


@pytest.mark.parametrize("role", MemberRole)
@pytest.mark.parametrize("can_sign_in", [True, False])
def test_only_an_owner_without_email_makes_an_owner_through_staff(role, can_sign_in):
    def let_in(registered):
        rules.may_let_in(role, can_sign_in=can_sign_in, has_registered_them=registered)

    if can_sign_in and role == MemberRole.OWNER:
        with pytest.raises(Refused) as refusal:
            let_in(False)
        assert refusal.value.reason == WhyNot.EDITORS_ALONE
    else:
        let_in(False)
    with pytest.raises(Refused) as refusal:
        let_in(True)
    assert refusal.value.reason == WhyNot.REGISTERED_THEM
