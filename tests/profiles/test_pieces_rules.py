"""How pieces of a profile are ordered and moved, how many there may be, and how a business closes and opens."""

from itertools import product

import pytest

from c4s.core.errors import Refused
from c4s.directory.rules import PictureRole, SupplierStatus
from c4s.profiles import pieces_rules
from c4s.profiles.pieces_rules import Did, WhyNot
from c4s.profiles.rules import JOINT, PICTURE, SERVICE
from tests.refusals import why_not

ACTIVE, PAUSED, CLOSED = SupplierStatus.ACTIVE, SupplierStatus.TEMPORARILY_CLOSED, SupplierStatus.CLOSED


def content(**positions):
    return {"name": "Becws", **{SERVICE + key: {"position": number} for key, number in positions.items()}}


def keys(found, prefix=SERVICE):
    return [one.key for one in pieces_rules.pieces(found, prefix)]


def test_pieces_come_in_their_order_and_those_of_other_kinds_not_at_all():
    assert keys({**content(a=3, b=1, c=2), PICTURE + "d": {"position": 0}}) == ["b", "c", "a"]
    joint = {JOINT + key: {"year": year} for key, year in {"a": None, "b": 2020, "c": 2025}.items()}
    assert keys(joint, JOINT) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("key", "step", "after"),
    [("a", 1, "bac"), ("c", -1, "acb"), ("b", -1, "bac"), ("a", -1, "abc"), ("c", 1, "abc")],
)
@pytest.mark.parametrize("positions", [(1, 2, 3), (2, 5, 9), (1, 1, 1)])
def test_a_piece_changes_places_with_its_neighbour(key, step, after, positions):
    before = content(**dict(zip("abc", positions, strict=True)))
    assert keys({**before, **pieces_rules.moved(before, SERVICE, key, step)}) == list(after)


def test_a_logo_stands_in_no_row_with_photographs():
    roles = {"a": "photo", "b": "logo", "c": "photo"}
    before = {PICTURE + key: {"role": role, "position": number} for number, (key, role) in enumerate(roles.items())}
    after = {**before, **pieces_rules.moved(before, PICTURE, "c", -1)}
    assert [one.key for one in pieces_rules.photos(after)] == ["c", "a"]
    assert pieces_rules.moved(before, PICTURE, "b", 1) == {}


def test_what_is_gone_is_neither_found_nor_moved():
    assert why_not(pieces_rules.piece, content(a=1), SERVICE, "b") == WhyNot.GONE
    assert why_not(pieces_rules.moved, content(a=1), SERVICE, "b", 1) == WhyNot.GONE


def test_a_new_piece_stands_last():
    assert pieces_rules.next_position(content(a=4, b=2), SERVICE) == 5
    assert pieces_rules.next_position({}, SERVICE) == 1


def test_one_logo_and_six_photographs():
    logo = {PICTURE + "l": {"role": "logo", "position": 1}}
    photos = {f"{PICTURE}{number}": {"role": "photo", "position": number} for number in range(6)}
    pieces_rules.may_add_picture(logo, PictureRole.PHOTO)
    pieces_rules.may_add_picture(photos, PictureRole.LOGO)
    assert why_not(pieces_rules.may_add_picture, logo, PictureRole.LOGO) == WhyNot.HAS_LOGO
    assert why_not(pieces_rules.may_add_picture, photos, PictureRole.PHOTO) == WhyNot.TOO_MANY_PHOTOS


def test_only_a_listed_business_of_others_that_somebody_keeps_can_be_named():
    for is_oneself, is_listed, is_kept in product((True, False), repeat=3):
        facts = {"is_oneself": is_oneself, "is_listed": is_listed, "is_kept": is_kept}
        if (is_oneself, is_listed, is_kept) == (False, True, True):
            pieces_rules.may_name(**facts)
        else:
            assert why_not(pieces_rules.may_name, **facts) == WhyNot.NOT_THAT_PARTY


def test_where_a_business_is_after_it_has_closed_or_opened():
    found = {}
    for did, status in product((Did.PAUSED, Did.CLOSED, Did.REOPENED), SupplierStatus):
        try:
            found[did, status] = pieces_rules.status_after(status, did)
        except Refused as refusal:
            assert refusal.reason == WhyNot.NOT_NOW
    assert found == {
        (Did.PAUSED, ACTIVE): PAUSED,
        (Did.PAUSED, PAUSED): PAUSED,
        (Did.CLOSED, ACTIVE): CLOSED,
        (Did.CLOSED, PAUSED): CLOSED,
        (Did.CLOSED, CLOSED): CLOSED,
        (Did.REOPENED, PAUSED): ACTIVE,
        (Did.REOPENED, CLOSED): ACTIVE,
        (Did.REOPENED, ACTIVE): ACTIVE,
    }
