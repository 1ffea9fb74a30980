"""Every member of every enum of events can be said."""

import pytest

from c4s.events import phrases, rules
from c4s.i18n.languages import speaking
from c4s.mail.models import Channel

SAID = [
    (rules.EventKind, phrases.KIND),
    (rules.EventState, phrases.EVENT_STATE),
    (rules.DeliveryLanguage, phrases.DELIVERY),
    (rules.HeldIn, phrases.HELD_IN),
    (rules.MaterialsLanguage, phrases.MATERIALS),
    (rules.BookingState, phrases.BOOKING_STATE),
    (rules.WhyNot, phrases.WHY_NOT),
    (rules.Did, phrases.DID),
    (Channel, phrases.CHANNEL),
]


@pytest.mark.parametrize(("members", "words"), SAID, ids=lambda one: getattr(one, "__name__", ""))
def test_every_member_has_words_in_both_languages(site, language, members, words):
    assert set(words) == set(members)
    with speaking(language):
        for said in words.values():
            for sentence in said if isinstance(said, tuple) else (said,):
                assert str(sentence).strip() != ""


def test_every_way_of_looking_leads_to_events_held_that_way():
    assert {way for ways in rules.DELIVERED.values() for way in ways} == set(rules.DeliveryLanguage)
    assert set(rules.DELIVERED) == set(rules.HeldIn)


def test_every_state_that_an_unproved_place_can_have_has_words_of_its_own():
    assert set(phrases.BOOKING_STATE_UNPROVED) == set(rules.BookingState) - {rules.BookingState.CANCELLED}
