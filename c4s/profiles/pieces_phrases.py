"""What pages of services, pictures, joint work and of what is live at once say, in words of both languages."""

from enum import StrEnum

from c4s.accounts.phrases import Press
from c4s.directory.rules import Capacity, JointWorkState, PictureRole
from c4s.i18n.speech import lazy_gettext as _l
from c4s.profiles.pieces_rules import Did, Outcome, WhyNot

SERVICES = _l("Your services")
PICTURES = _l("Your pictures")
JOINT_WORK = _l("Work that you did with others")
ASKED = _l("Work that others say they did with you")
NOW = _l("Room for work, messages, closing and opening")
TEXT = {
    "name": _l("Name of the service"),
    "description": _l("What it is"),
    "price_guide": _l("Guide to the price"),
    "alt": _l("What the picture shows"),
    "what": _l("What you did together"),
}
"""What texts are called that are written once in each language."""
HINT = {
    "name": _l("A few words that customers would use."),
    "description": _l("What you do, for whom, and what is not part of it: about 80 words."),
    "price_guide": _l("Such as a price for an hour, or from where prices begin."),
    "alt": _l(
        "For people who cannot see it: what matters in it, in one sentence, about 15 words. For a logo, the name on it."
    ),
    "what": _l("One or two sentences, about 30 words. The other business is asked whether it is so."),
}
CAPACITY = {
    Capacity.NOW: _l("Room now"),
    Capacity.SOON: _l("Room soon"),
    Capacity.FULL: _l("Full at the moment"),
}
ROLE = {
    PictureRole.LOGO: _l("Logo"),
    PictureRole.PHOTO: _l("Photograph"),
}
JOINT_STATE = {
    JointWorkState.WAITING: _l("Waiting for the other business"),
    JointWorkState.CONFIRMED: _l("Confirmed by the other business"),
    JointWorkState.DECLINED: _l("Not confirmed by the other business"),
}
JOINT_ANSWER = {
    JointWorkState.WAITING: _l("Waiting for your answer"),
    JointWorkState.CONFIRMED: _l("You confirmed it, and readers see it"),
    JointWorkState.DECLINED: _l("You did not confirm it, and readers do not see it"),
}
"""The same as the other business reads it."""
NOT_ASKED = _l("Not yet asked: the other business is asked once our staff have read it")
WHY_NOT = {
    WhyNot.GONE: _l("This is no longer there"),
    WhyNot.TOO_MANY_SERVICES: _l("There are 20 services already. Remove one first"),
    WhyNot.TOO_MANY_PHOTOS: _l("There are six photographs already. Remove one first"),
    WhyNot.HAS_LOGO: _l("There is a logo already. Change that one"),
    WhyNot.TOO_MANY_JOINT: _l("There are 20 pieces of joint work already. Remove one first"),
    WhyNot.NOT_THAT_PARTY: _l("This business cannot be named: it is yours, or nobody there can say whether it is so"),
    WhyNot.SAID_ANEW: _l("The other business says something else now. Read it, and answer again"),
    WhyNot.NOT_NOW: _l("This cannot be done as things are now"),
}
DID = {
    Did.SAID_NOW: _l("Changed what is shown at once of an entry"),
    Did.PAUSED: _l("Closed a business for a time"),
    Did.CLOSED: _l("Closed a business for good"),
    Did.REOPENED: _l("Opened a business again"),
    Did.JOINT_CONFIRMED: _l("Confirmed joint work"),
    Did.JOINT_DECLINED: _l("Did not confirm joint work"),
    Did.PICTURE_SENT: _l("Sent a picture for an entry"),
}
TRAIL_KIND = {
    "joint_work": _l("Joint work"),
}
"""What it was done to."""
SAVED: dict[StrEnum, object] = {
    Outcome.SERVICE_SAVED: _l(
        "The service has been saved. Readers see it once you submit it and our staff have read it."
    ),
    Outcome.SERVICE_REMOVED: _l("The service has been taken out of your draft."),
    Outcome.PICTURE_SAVED: _l(
        "The picture has been saved. Readers see it once you submit it and our staff have seen it."
    ),
    Outcome.PICTURE_REMOVED: _l("The picture has been taken out of your draft."),
    Outcome.JOINT_SAVED: _l("The joint work has been saved. Once our staff have read it, we ask the other business."),
    Outcome.JOINT_REMOVED: _l("The joint work has been taken out of your draft."),
    Outcome.MOVED: _l("The order has been changed in your draft."),
}
OUTCOME: dict[StrEnum, object] = {
    **SAVED,
    Did.SAID_NOW: _l("Saved. It shows at once wherever readers see the entry."),
    Did.PAUSED: _l("Readers see that you are closed for a time. Everybody who speaks for the business is told."),
    Did.CLOSED: _l(
        "Readers see that you have closed, and lists leave you out. Everybody who speaks for the business is told."
    ),
    Did.REOPENED: _l("Readers see that you are open. Everybody who speaks for the business is told."),
    Did.JOINT_CONFIRMED: _l("You confirmed it. Readers see it now, and the other business is told."),
    Did.JOINT_DECLINED: _l("Readers do not see it. The other business is told."),
}
"""What somebody is told once, after doing something."""
CAN_TAKE_WORK = {
    "yes": _l("Yes, we can take on work"),
    "no": _l("No, we cannot take on work"),
    "": _l("We would rather not say"),
}
NO_CAPACITY = _l("We would rather not say")
NOW_STATE = {
    True: _l("You say that you can take on work now"),
    False: _l("You say that you cannot take on work now"),
    None: _l("You have not said whether you can take on work now"),
}
REMOVE_SERVICE = Press(
    _l("Remove the service"),
    _l("It is taken out of your draft. Readers see it until you submit the change and our staff have read it."),
    _l("Remove the service"),
)
REMOVE_PICTURE = Press(
    _l("Remove the picture"),
    _l("It is taken out of your draft. Readers see it until you submit the change and our staff have seen it."),
    _l("Remove the picture"),
)
REMOVE_JOINT = Press(
    _l("Remove the joint work"),
    _l("It is taken out of your draft. Readers see it until you submit the change and our staff have read it."),
    _l("Remove the joint work"),
)
PAUSE = Press(
    _l("Close for a time"),
    _l(
        "Your entry stays in lists and in searches, and says that you are closed for a time. Everybody who speaks for"
        " the business is told. You can open again whenever you like."
    ),
    _l("Close for a time"),
)
CLOSE = Press(
    _l("Close for good"),
    _l(
        "Lists and searches leave your entry out, nobody can write to you through it, and its page says that the"
        " business has closed. Nothing is deleted. Everybody who speaks for the business is told. An owner can open it"
        " again."
    ),
    _l("Close for good"),
)
REOPEN = Press(
    _l("Open again"),
    _l("Your entry says that you are open, as before. Everybody who speaks for the business is told."),
    _l("Open again"),
)
PRESS = {Did.PAUSED: PAUSE, Did.CLOSED: CLOSE, Did.REOPENED: REOPEN}
TO_ANSWER = _l("Another business waits for your answer")
ALL_ANSWERED = _l("Nobody waits for your answer")
