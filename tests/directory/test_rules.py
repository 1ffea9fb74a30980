"""What the directory decides by itself: as tables."""

import pytest

from c4s.core.errors import Refused
from c4s.directory.rules import SupplierStatus, WhyNot, may_set_status

pytestmark = pytest.mark.either_database

UNPUBLISHED, ACTIVE, PAUSED, CLOSED = SupplierStatus
FOR_OWNERS = {
    *((UNPUBLISHED, CLOSED), (ACTIVE, CLOSED), (PAUSED, CLOSED)),
    *((CLOSED, UNPUBLISHED), (CLOSED, ACTIVE), (CLOSED, PAUSED)),
}
"""From what to what an owner alone brings an entry."""


@pytest.mark.parametrize("before", SupplierStatus)
@pytest.mark.parametrize("after", SupplierStatus)
@pytest.mark.parametrize("is_owner", [True, False])
def test_an_owner_alone_closes_for_good_and_opens_after_that(before, after, is_owner):
    if is_owner or (before, after) not in FOR_OWNERS:
        may_set_status(before, after, is_owner=is_owner)
        return
    with pytest.raises(Refused) as refusal:
        may_set_status(before, after, is_owner=is_owner)
    assert refusal.value.reason == WhyNot.FOR_OWNERS
