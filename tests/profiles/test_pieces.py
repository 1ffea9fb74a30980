"""Services, pictures and joint work in the draft of a profile: who may, what changes, and what does not."""

from datetime import timedelta

import pytest

from c4s.audit.trail import history_of
from c4s.backoffice.commands import tonight
from c4s.businesses.rules import WhyNot as BusinessWhyNot
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.throttle import TooMany
from c4s.directory import picturing
from c4s.directory.rules import PictureRole
from c4s.i18n.bilingual import Bilingual
from c4s.moderation import actions as moderation
from c4s.moderation.rules import WhyNot as VersionWhyNot
from c4s.profiles import content, pieces, pieces_rules, rules
from c4s.profiles import pictures as kept_pictures
from c4s.profiles.pieces_rules import MOST_PHOTOS, MOST_SERVICES, UPLOADS, Did, WhyNot
from c4s.profiles.rules import JOINT, PICTURE
from c4s.profiles.rules import SERVICE as PREFIX
from tests.accounts.builders import a_person
from tests.builders import a_supplier
from tests.businesses.builders import joined
from tests.profiles.builders import again, live
from tests.profiles.pieces_builders import (
    SERVICE,
    a_file,
    a_picture,
    an_entry,
    current,
    found,
    joint_work,
    number_of_files,
    pictures,
    published,
)

PHOTO, LOGO = PictureRole.PHOTO, PictureRole.LOGO
ALT = Bilingual("Torth", "A loaf")
WHAT = Bilingual("Priodas", "A wedding")


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def huw(site):
    return a_person("huw")


@pytest.fixture
def entry(nia):
    return an_entry(nia)


@pytest.fixture
def other(huw):
    return an_entry(huw, "Caffi’r Bont")


def why_not(action, *given, **facts):
    db.session.rollback()
    with pytest.raises(Refused) as refusal:
        action(*given, **facts)
    return refusal.value.reason


def keys(entry, prefix=PREFIX):
    return [one.key for one in pieces_rules.pieces(current(entry[1]), prefix)]


# ---- Services ----


def test_a_service_is_in_the_draft_and_readers_see_it_once_it_is_published(entry, nia):
    key = pieces.add_service(*entry, SERVICE, by_id=nia.id)
    assert current(entry[1])[PREFIX + key] == {**SERVICE, "position": 1}
    assert (PREFIX + key in live(entry[1]), again(entry[1]).shown.get("services", [])) == (False, [])
    assert [row["name"]["cy"] for row in published(entry[1], nia).shown["services"]] == ["Cacennau"]


def test_services_keep_their_order_and_change_places(entry, nia):
    first, second, third = (pieces.add_service(*entry, SERVICE, by_id=nia.id) for _ in range(3))
    assert keys(entry) == [first, second, third]
    pieces.move(*entry, PREFIX, third, -1, by_id=nia.id)
    pieces.move(*entry, PREFIX, first, 1, by_id=nia.id)
    assert keys(entry) == [third, first, second]
    pieces.move(*entry, PREFIX, third, -1, by_id=nia.id)
    pieces.move(*entry, PREFIX, second, 1, by_id=nia.id)
    assert keys(entry) == [third, first, second]


def test_a_service_is_changed_in_its_place_and_taken_out(entry, nia):
    first, second = (pieces.add_service(*entry, SERVICE, by_id=nia.id) for _ in range(2))
    seen = rules.marks(current(entry[1]), [PREFIX + first])
    pieces.change_service(*entry, first, {**SERVICE, "direct_payments": True}, seen=seen, by_id=nia.id)
    assert current(entry[1])[PREFIX + first] == {**SERVICE, "direct_payments": True, "position": 1}
    pieces.remove(*entry, PREFIX, first, by_id=nia.id)
    assert keys(entry) == [second]


def test_two_who_change_one_service_at_once_do_not_undo_each_other(entry, nia):
    key = pieces.add_service(*entry, SERVICE, by_id=nia.id)
    seen = rules.marks(current(entry[1]), [PREFIX + key])
    pieces.change_service(*entry, key, {**SERVICE, "areas": ["porth"]}, seen=seen, by_id=nia.id)
    late = {**SERVICE, "direct_payments": True}
    reason = why_not(pieces.change_service, *entry, key, late, seen=seen, by_id=nia.id)
    assert (reason, current(entry[1])[PREFIX + key]["areas"]) == (rules.WhyNot.SAVED_MEANWHILE, ["porth"])


def test_there_is_room_for_twenty_services_and_no_more(entry, nia):
    for _ in range(MOST_SERVICES):
        pieces.add_service(*entry, SERVICE, by_id=nia.id)
    assert why_not(pieces.add_service, *entry, SERVICE, by_id=nia.id) == WhyNot.TOO_MANY_SERVICES
    assert len(keys(entry)) == MOST_SERVICES


def test_nothing_is_changed_while_a_moderator_reads(entry, nia):
    key = pieces.add_service(*entry, SERVICE, by_id=nia.id)
    token = a_picture(entry, nia)
    content_of = current(entry[1])
    moderation.save(content.NAME, entry[1], {"summary": {"cy": "Bara.", "en": ""}}, by_id=nia.id)
    moderation.submit(content.NAME, entry[1], by_id=nia.id)
    for action, given in (
        (pieces.add_service, (SERVICE,)),
        (pieces.remove, (PREFIX, key)),
        (pieces.remove, (PICTURE, token)),
    ):
        assert why_not(action, *entry, *given, by_id=nia.id) == VersionWhyNot.SUBMITTED
    assert {name for name in current(entry[1]) if ":" in name} == {name for name in content_of if ":" in name}


def test_services_are_found_by_their_words_categories_areas_and_direct_payments(entry, nia):
    before = (found("priodas"), found("", "mdirect"))
    value = {**SERVICE, "description": {"cy": "Priodasau.", "en": ""}, "direct_payments": True}
    pieces.add_service(*entry, value, by_id=nia.id)
    assert (found("priodas"), found("", "mdirect")) == before == ([], [])
    published(entry[1], nia)
    assert (found("priodas"), found("", "mdirect")) == ([entry[1]], [entry[1]])


# ---- Pictures ----


def test_a_picture_is_kept_before_it_is_in_any_draft_and_goes_after_a_day_if_it_comes_into_none(entry, nia, clock):
    token = pieces.keep_picture(*entry, picturing.drawn(a_file(), PHOTO), by_id=nia.id)
    assert (pictures(), number_of_files(), keys(entry, PICTURE)) == ([token], 4, [])
    assert kept_pictures.forget_unused(now() + timedelta(hours=23)) == 0
    clock.shift(timedelta(hours=25))
    assert tonight()["pictures"] == 1
    assert (pictures(), number_of_files()) == ([], 0)


def test_a_picture_is_in_the_draft_and_readers_see_it_once_it_is_published(entry, nia):
    token = a_picture(entry, nia)
    assert current(entry[1])[PICTURE + token] == {
        "role": "photo",
        "alt": {"cy": "Torth", "en": "A loaf"},
        "position": 1,
    }
    assert [entry.action for entry in history_of("supplier", entry[1])] == [Did.PICTURE_SENT]
    [row] = published(entry[1], nia).shown["photos"]
    assert (row["token"], row["widths"], row["alt"]) == (token, [480, 960], {"cy": "Torth", "en": "A loaf"})


def test_one_logo_and_six_photographs_and_no_more(entry, nia):
    a_picture(entry, nia, LOGO)
    for _ in range(MOST_PHOTOS):
        a_picture(entry, nia)
    for role, reason in ((LOGO, WhyNot.HAS_LOGO), (PHOTO, WhyNot.TOO_MANY_PHOTOS)):
        token = pieces.keep_picture(*entry, picturing.drawn(a_file(), role), by_id=nia.id)
        assert why_not(pieces.add_picture, *entry, token, role, ALT, by_id=nia.id) == reason
    assert len(keys(entry, PICTURE)) == 7


def test_a_picture_is_described_anew_and_another_put_in_its_place(entry, nia):
    first, second = a_picture(entry, nia), a_picture(entry, nia)
    seen = rules.marks(current(entry[1]), [PICTURE + first])
    pieces.change_picture(*entry, first, Bilingual("Torth wen", ""), seen=seen, by_id=nia.id)
    assert current(entry[1])[PICTURE + first]["alt"] == {"cy": "Torth wen", "en": ""}
    another = pieces.keep_picture(*entry, picturing.drawn(a_file(), PHOTO), by_id=nia.id)
    pieces.change_picture(*entry, first, ALT, seen="", replacement=another, by_id=nia.id)
    assert keys(entry, PICTURE) == [another, second]


def test_a_picture_of_another_entry_or_for_another_use_cannot_be_put_in(entry, other, nia, huw):
    theirs = a_picture(other, huw)
    logo = pieces.keep_picture(*entry, picturing.drawn(a_file(), LOGO), by_id=nia.id)
    for token in (theirs, logo, "none"):
        assert why_not(pieces.add_picture, *entry, token, PHOTO, ALT, by_id=nia.id) == WhyNot.GONE
    assert keys(entry, PICTURE) == []


def test_of_an_address_that_no_database_can_look_for_there_is_no_picture(entry, nia):
    token = a_picture(entry, nia)
    assert kept_pictures.kept(token, 960, "webp") is not None
    for strange in ((token, 10**30, "webp"), (f"{token}\0", 960, "webp"), (token, 960, "webp\0")):
        assert kept_pictures.kept(*strange) is None


def test_so_many_pictures_a_day_and_no_more(entry, nia):
    for _ in range(UPLOADS):
        pieces.count_picture(*entry, by_id=nia.id)
    assert why_not(pieces.count_picture, *entry, by_id=nia.id) == TooMany.TOO_MANY


def test_pictures_stay_as_long_as_a_version_that_can_come_back_shows_them(entry, nia):
    late = now() + timedelta(days=2)
    drafted = a_picture(entry, nia)
    assert kept_pictures.forget_unused(late) == 0
    published(entry[1], nia)
    moderation.publish_now(content.NAME, entry[1], {"town": "Aberdâr"}, by_id=nia.id)  # a version of its own shows it
    pieces.remove(*entry, PICTURE, drafted, by_id=nia.id)
    published(entry[1], nia)
    assert (again(entry[1]).shown["photos"], kept_pictures.forget_unused(late), pictures()) == ([], 0, [drafted])
    moderation.forget(content.NAME, [entry[1]])
    assert (kept_pictures.forget_unused(late), pictures()) == (1, [])


def test_who_takes_a_picture_out_of_a_draft_leaves_nothing_behind(entry, nia):
    token = a_picture(entry, nia)
    pieces.remove(*entry, PICTURE, token, by_id=nia.id)
    assert (kept_pictures.forget_unused(now() + timedelta(days=2)), pictures(), number_of_files()) == (1, [], 0)


# ---- Joint work ----


def test_joint_work_names_a_listed_business_that_keeps_its_entry(entry, other, nia):
    key = pieces.add_joint_work(*entry, other[1], WHAT, 2025, by_id=nia.id)
    said = {"supplier_id": other[1], "what": {"cy": "Priodas", "en": "A wedding"}, "year": 2025}
    assert (current(entry[1])[JOINT + key], joint_work()) == (said, [])
    seen = rules.marks(current(entry[1]), [JOINT + key])
    pieces.change_joint_work(*entry, key, Bilingual("Dwy briodas", ""), None, seen=seen, by_id=nia.id)
    assert current(entry[1])[JOINT + key] == {**said, "what": {"cy": "Dwy briodas", "en": ""}, "year": None}


def test_nobody_can_be_named_who_could_not_say_whether_it_is_so(entry, nia, site):
    nobody, unlisted = a_supplier("Neb").id, 999
    for number in (entry[1], nobody, unlisted):
        assert why_not(pieces.add_joint_work, *entry, number, WHAT, None, by_id=nia.id) == WhyNot.NOT_THAT_PARTY
    assert keys(entry, JOINT) == []


# ---- Whose they are ----


def test_an_editor_may_and_strangers_are_told_that_there_is_nothing(entry, other, nia, huw):
    mali = a_person("mali")
    joined(entry[0], nia, mali)
    key = pieces.add_service(*entry, SERVICE, by_id=mali.id)
    token = a_picture(entry, mali)
    before = current(entry[1])
    for action, given in (
        (pieces.add_service, (SERVICE,)),
        (pieces.remove, (PREFIX, key)),
        (pieces.move, (PREFIX, key, 1)),
        (pieces.keep_picture, (picturing.drawn(a_file(), PHOTO),)),
        (pieces.add_picture, (token, PHOTO, ALT)),
        (pieces.remove, (PICTURE, token)),
        (pieces.add_joint_work, (other[1], WHAT, None)),
    ):
        assert why_not(action, *entry, *given, by_id=huw.id) == BusinessWhyNot.NOT_THERE
        assert why_not(action, other[0], entry[1], *given, by_id=huw.id) == WhyNot.GONE  # his business, her entry
    assert current(entry[1]) == before
