"""What drafts and the running of events say, in words of both languages."""

from c4s.i18n.speech import lazy_gettext as _l
from c4s.programme.rules import Did, Every, Lack, WhyNot

TEXT = {
    "title": (_l("Title in Welsh"), _l("Title in English")),
    "summary": (_l("Summary in Welsh"), _l("Summary in English")),
    "description": (_l("Description in Welsh"), _l("Description in English")),
    "audience": (_l("Who it is for, in Welsh"), _l("Who it is for, in English")),
    "cost": (_l("Cost in Welsh"), _l("Cost in English")),
    "network": (_l("Network in Welsh"), _l("Network in English")),
    "joining_notes": (_l("Notes before they come, in Welsh"), _l("Notes before they come, in English")),
    "welsh_offer": (_l("The Welsh offer, in Welsh"), _l("The Welsh offer, in English")),
}
"""The texts of an event: what the Welsh and what the English of each is called."""
LACK = {
    Lack.TEXT: _l("Write this before you publish"),
    Lack.STALE: _l("The other language has changed. Change this too, or tick below that it is still right"),
    Lack.WELSH_OFFER: _l("The event is in English only. Say why, and how people can ask for it in Welsh"),
    Lack.START: _l("Enter the day and the time when it starts"),
    Lack.END: _l("Enter the time when it ends"),
    Lack.OVER: _l("It would be over already. Enter a day to come"),
    Lack.ENDS_FIRST: _l("It must end after it starts"),
    Lack.CLOSES_LATE: _l("Sign-up must close before the event starts, or when it starts"),
    Lack.OPENS_LATE: _l("Sign-up must open before it closes"),
    Lack.CAPACITY: _l("Enter how many places there are"),
    Lack.PARTY: _l("This must not be more than all the places"),
    Lack.PLACE: _l("Choose a venue, or tick that it is online"),
    Lack.ADDRESS: _l("Enter the address of the online meeting"),
    Lack.SLOTS: _l("Enter the times that people can choose"),
    Lack.SESSION_OUTSIDE: _l("Each must be between the start and the end of the event"),
    Lack.INTERPRETER_LATE: _l("The last day to book an interpreter must be before the event"),
}
WHY_NOT = {
    WhyNot.SAVED_MEANWHILE: _l(
        "Somebody else has saved this since you opened it. What you wrote is still here. Look at what they wrote in"
        " another window first: if you save again, yours replaces it."
    ),
    WhyNot.LACKS: _l("Something is missing, so this cannot be published yet"),
    WhyNot.REASON_NEEDED: _l("Write the reason: everybody is told in the language they read"),
    WhyNot.NOT_THIS_STATE: _l("This cannot be done with the event as it is now"),
    WhyNot.EVENT_OVER: _l("The time of the event has passed. Give it a new date first"),
    WhyNot.SLOT_TAKEN: _l("Somebody has a time that you have taken away. Move them first"),
    WhyNot.NO_START: _l("Enter the start and the end of the first date, and save the draft"),
    WhyNot.TOO_SOON: _l("Enter a time that is still to come"),
}
EVERY = {
    Every.WEEK: _l("Every week"),
    Every.FORTNIGHT: _l("Every fortnight"),
    Every.MONTH: _l("Every month, on the same date"),
}
KIND_OF_THING = {
    "event_draft": _l("Draft of an event"),
    "venue": _l("Venue"),
}
"""What the trail calls what we look after."""
DID = {
    Did.DRAFTED: _l("Began a draft"),
    Did.SAVED: _l("Saved a draft"),
    Did.DELETED: _l("Deleted a draft"),
    Did.TIMED: _l("Chose a time for the draft to be published"),
    Did.UNTIMED: _l("Took back the time for the draft to be published"),
    Did.SERIES_MADE: _l("Made a series of drafts"),
    Did.IMPORTED: _l("Made a draft from a calendar file"),
    Did.PUBLISHED: _l("Published the event"),
    Did.CHANGED: _l("Changed the event"),
    Did.MOVED: _l("Changed the event, and told people"),
    Did.POSTPONED: _l("Postponed the event"),
    Did.CANCELLED: _l("Cancelled the event"),
    Did.RESTORED: _l("Restored the event"),
    Did.VENUE_ADDED: _l("Added a venue"),
    Did.VENUE_CHANGED: _l("Changed a venue"),
}
OUTCOME = {
    Did.SAVED: _l("The draft is saved."),
    Did.DRAFTED: _l("This is a new draft. Only staff see it until you publish it."),
    Did.DELETED: _l("The draft is deleted."),
    Did.TIMED: _l("The draft will be published at the time you chose."),
    Did.UNTIMED: _l("The draft waits until you publish it."),
    Did.SERIES_MADE: _l("The drafts of the series are made."),
    Did.IMPORTED: _l("The file has been read."),
    Did.PUBLISHED: _l("The event is published."),
    Did.POSTPONED: _l("The event is postponed, and messages to everybody are on their way."),
    Did.CANCELLED: _l("The event is cancelled, and messages to everybody are on their way."),
    Did.RESTORED: _l("The event goes ahead again, and messages to everybody are on their way."),
    Did.VENUE_ADDED: _l("The venue is added."),
    Did.VENUE_CHANGED: _l("The venue is changed."),
}
"""What a member of staff is told once of what they have just done."""
