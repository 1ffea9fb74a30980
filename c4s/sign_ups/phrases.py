"""What the desk of sign-ups says, in words of both languages."""

from c4s.events import rules as event_rules
from c4s.events.rules import BookingState
from c4s.i18n.speech import lazy_gettext as _l
from c4s.sign_ups.rules import Audience, Did, Shown, WhyNot

STATE = {
    BookingState.CONFIRMED: _l("Has a place"),
    BookingState.OFFERED: _l("Has been offered a place"),
    BookingState.WAITING: _l("On the waiting list"),
    BookingState.CANCELLED: _l("Has given up the place"),
    BookingState.LAPSED: _l("Released, because the time had passed"),
}
"""How a sign-up stands, as staff read it."""
SHOWN = {
    Shown.CONFIRMED: _l("Has a place"),
    Shown.OFFERED: _l("Has been offered a place"),
    Shown.WAITING: _l("On the waiting list"),
    Shown.ENDED: _l("Given up or released"),
    Shown.NEEDS: _l("Has told us their needs"),
    Shown.WELSH: _l("Would like to use Welsh"),
}
AUDIENCE = {
    Audience.HAVE_A_PLACE: _l("Everybody with a place"),
    Audience.WAIT: _l("Everybody on the waiting list"),
    Audience.NEEDS: _l("Those with a place who have told us their needs"),
    Audience.SESSION: _l("Those with an appointment at one time"),
}
WHY_NOT = {
    WhyNot.NOT_IN_BOTH_LANGUAGES: _l("Write the subject and the message in Welsh and in English"),
    WhyNot.NOBODY: _l("There is nobody to write to. Choose other people."),
    WhyNot.NO_INTERPRETER_NEEDED: _l("Things have changed since you opened this page. No interpreter is needed now."),
}
MISSING = {
    ("subject", "cy"): _l("Write the subject in Welsh"),
    ("subject", "en"): _l("Write the subject in English"),
    ("body", "cy"): _l("Write the message in Welsh"),
    ("body", "en"): _l("Write the message in English"),
}
"""What is still to be written, by box and language."""
DID = {
    Did.LISTED: _l("Looked at the list of sign-ups"),
    Did.LOOKED_AT: _l("Looked at a sign-up"),
    Did.PRINTED: _l("Printed a list or badges of an event"),
    Did.EXPORTED: _l("Downloaded the sign-ups as a file"),
    Did.WROTE: _l("Wrote to those who signed up"),
    Did.SENT_AGAIN: _l("Sent the letter about a place again"),
    Did.INTERPRETER_BOOKED: _l("Booked an interpreter"),
}
OUTCOME = {
    event_rules.Did.CONFIRMED: _l("They have a place, and we have told them."),
    event_rules.Did.JOINED_WAITING_LIST: _l("They are on the waiting list, and we have told them."),
    event_rules.Did.OFFERED: _l("There is room for some of them. We have offered it to them."),
    event_rules.Did.ACCEPTED: _l("The place is theirs. We have told them."),
    event_rules.Did.DECLINED: _l("The place goes to the next person."),
    event_rules.Did.CHANGED: _l("The details have been changed."),
    event_rules.Did.CANCELLED: _l("Their place has been given up. We have told them."),
    event_rules.Did.GAVE_UP_SOME: _l("Some of the places have been given up. We have told them."),
    event_rules.Did.SLOT_CHOSEN: _l("They have another time. We have told them."),
    event_rules.Did.MOVED: _l("They have a place at this event instead. We have told them."),
    Did.SENT_AGAIN: _l("The letter is on its way again. By post or phone, it waits in the queue of letters and calls."),
    Did.INTERPRETER_BOOKED: _l("Thank you. The task is done."),
    Did.WROTE: _l("The message is on its way."),
}
"""What a member of staff is told once, after doing something."""
QUEUE = _l("Interpreters to book")
SIGN_UPS = _l("Sign-ups")
MESSAGES = _l("Messages")
SHEET = _l("Sign-in sheet")
BADGES = _l("Name badges")
