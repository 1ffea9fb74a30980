"""What events say, in words of both languages."""

from c4s.events.rules import (
    BookingState,
    DeliveryLanguage,
    Did,
    EventKind,
    EventState,
    HeldIn,
    MaterialsLanguage,
    WhyNot,
)
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.phrases import CHANNEL as CHANNEL
from c4s.mail.phrases import SPOKEN as SPOKEN
from c4s.mail.phrases import WRITTEN as WRITTEN

KIND = {
    EventKind.COURSE: _l("Course"),
    EventKind.WORKSHOP: _l("Workshop"),
    EventKind.NETWORKING: _l("Networking event"),
    EventKind.SPEED_NETWORKING: _l("Speed networking"),
    EventKind.NETWORK_MEETING: _l("Network meeting"),
    EventKind.ADVICE_SURGERY: _l("Advice session"),
}
EVENT_STATE = {
    EventState.DRAFT: _l("Draft event"),
    EventState.PUBLISHED: _l("Going ahead"),
    EventState.POSTPONED: _l("This event has been postponed"),
    EventState.CANCELLED: _l("This event has been cancelled"),
}
DELIVERY = {
    DeliveryLanguage.CY: _l("Held in Welsh"),
    DeliveryLanguage.EN: _l("Held in English"),
    DeliveryLanguage.BILINGUAL: _l("Held in Welsh and English"),
    DeliveryLanguage.INTERPRETED: _l("Held in Welsh, with translation into English"),
}
HELD_IN = {
    HeldIn.WELSH: _l("In Welsh"),
    HeldIn.BILINGUAL: _l("Bilingual or interpreted"),
    HeldIn.ENGLISH: _l("In English"),
}
MATERIALS = {
    MaterialsLanguage.CY: _l("In Welsh"),
    MaterialsLanguage.EN: _l("In English"),
    MaterialsLanguage.BILINGUAL: _l("In Welsh and English"),
}
TIMES = _l("Appointment times")
"""What staff call the day of an advice surgery."""
KIND_OF_THING = {
    "event": _l("Event"),
    "booking": _l("Place at an event"),
}
"""What the trail calls what we look after."""
BOOKING_STATE = {
    BookingState.CONFIRMED: _l("You have a place"),
    BookingState.WAITING: _l("You are on the waiting list"),
    BookingState.OFFERED: _l("A place is free for you"),
    BookingState.CANCELLED: _l("Your place has been cancelled"),
    BookingState.LAPSED: _l("The time to accept this place has passed"),
}
PLACES_OFFERED = _l("Places are free for you")
"""The same to several people who come together."""
BOOKING_STATE_UNPROVED = {
    BookingState.CONFIRMED: _l("We are keeping a place for you"),
    BookingState.WAITING: _l("We are keeping your turn on the waiting list"),
    BookingState.OFFERED: _l("A place is free for you"),
    BookingState.LAPSED: _l("The time to confirm your email address has passed"),
}
WHY_NOT = {
    WhyNot.CLOSED: (
        _l("Sign-up for this event has closed"),
        _l("Phone us to ask whether there is still a place, or look for another event."),
    ),
    WhyNot.NOT_YET_OPEN: (
        _l("Sign-up for this event has not opened yet"),
        _l("Come back when it opens."),
    ),
    WhyNot.CANCELLED: (
        _l("This event has been cancelled"),
        _l("Look for another event, or phone us to ask whether it will be held later."),
    ),
    WhyNot.POSTPONED: (
        _l("This event has been postponed"),
        _l("We will tell everybody who has a place when we know the new date."),
    ),
    WhyNot.OVER: (
        _l("This event is over"),
        _l("Look for another event."),
    ),
    WhyNot.ALREADY_BOOKED: (
        _l("This email address has a newer place at this event"),
        _l("Use the link in our latest message to you."),
    ),
    WhyNot.OFFER_LAPSED: (
        _l("The time to accept this place has passed"),
        _l("The place has gone to the next person. You can sign up again."),
    ),
    WhyNot.NOT_THIS_STATE: (
        _l("Things have changed since you opened this page"),
        _l("Check below how things are now."),
    ),
    WhyNot.NOT_IN_BOTH_LANGUAGES: (
        _l("The event is not complete in both languages"),
        _l("Write each text in Welsh and in English before you publish the event."),
    ),
    WhyNot.NO_WELSH_OFFER: (
        _l("The event is in English only, and does not say why"),
        _l("Say how people can ask for it in Welsh before you publish the event."),
    ),
    WhyNot.FEWER_THAN_TAKEN: (
        _l("More places than that have been taken"),
        _l("Enter a number that leaves everybody their place."),
    ),
    WhyNot.FULL: (
        _l("There are not enough places"),
        _l("Choose another event or date."),
    ),
    WhyNot.PARTY_TOO_LARGE: (
        _l("You have named more people than there are places for"),
        _l("Name fewer people."),
    ),
    WhyNot.SLOT_TAKEN: (
        _l("The time that you chose has been taken"),
        _l("Choose another time."),
    ),
    WhyNot.NO_SLOT_CHOSEN: (
        _l("No time has been chosen"),
        _l("Choose a time that is free."),
    ),
    WhyNot.NOT_PROVED: (
        _l("The email address is not confirmed yet"),
        _l("It is confirmed with the link in our message."),
    ),
}
DID = {
    Did.EVENT_CREATED: _l("Created the event"),
    Did.CAPACITY_CHANGED: _l("Changed the number of places"),
    Did.CONFIRMED: _l("Took a place"),
    Did.JOINED_WAITING_LIST: _l("Joined the waiting list"),
    Did.PROVED: _l("Confirmed the address"),
    Did.CAME_BACK: _l("Confirmed the address late, and joined again"),
    Did.OFFERED: _l("Offered a place"),
    Did.ACCEPTED: _l("Accepted the place offered"),
    Did.DECLINED: _l("Declined the place offered"),
    Did.CHANGED: _l("Changed the details"),
    Did.CANCELLED: _l("Gave up the place"),
    Did.LEFT_WAITING_LIST: _l("Left the waiting list"),
    Did.GAVE_UP_SOME: _l("Gave up some of the places"),
    Did.MOVED: _l("Moved to another event"),
    Did.SLOT_CHOSEN: _l("Chose another time"),
    Did.LAPSED: _l("Released the place, because the time had passed"),
    Did.LOOKED_AT_TIMES: _l("Looked at who has which time"),
}
OUTCOME = {
    Did.CONFIRMED: _l("Thank you. We have sent you a message about it."),
    Did.OFFERED: _l("Thank you. There are fewer places than you asked for: choose who comes."),
    Did.JOINED_WAITING_LIST: _l("Thank you. We will tell you when there is a place for you."),
    Did.PROVED: _l("Thank you. Your email address is confirmed."),
    Did.CAME_BACK: _l("Thank you. The time to confirm had passed, so we looked again for a place for you."),
    Did.ACCEPTED: _l("Thank you. The place is yours."),
    Did.DECLINED: _l("Thank you. The place goes to the next person."),
    Did.CHANGED: _l("Your details have been changed."),
    Did.CANCELLED: _l("You have given up your place."),
    Did.LEFT_WAITING_LIST: _l("You have left the waiting list."),
    Did.GAVE_UP_SOME: _l("Thank you for telling us. The list of who comes has been changed."),
    Did.SLOT_CHOSEN: _l("You have chosen another time."),
}
"""What somebody is told once, after doing something on the page of their place."""
