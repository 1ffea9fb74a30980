"""What accounts say, in words of both languages."""

from dataclasses import dataclass

from c4s.accounts.rules import CameBy, Did, Lane, PersonState, Purpose, WhyNot
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.phrases import CHANNEL as CHANNEL
from c4s.mail.phrases import SPOKEN as SPOKEN
from c4s.mail.phrases import WRITTEN as WRITTEN
from c4s.web.rights import Who

LANE = {
    Lane.RESIDENT: _l("A resident or supporter"),
    Lane.BUSINESS: _l("A business or social enterprise"),
    Lane.PUBLIC_BODY: _l("A public body"),
}
ROLE = {
    Who.EDITOR: _l("Editor"),
    Who.MODERATOR: _l("Moderator"),
    Who.CARE_MODERATOR: _l("Moderator of care services"),
    Who.HELPER: _l("Helper"),
    Who.ADMINISTRATOR: _l("Administrator"),
}
CAME_BY = {
    CameBy.PHONE: _l("On the phone"),
    CameBy.PAPER: _l("On a paper form"),
    CameBy.FACE_TO_FACE: _l("Face to face"),
}
KIND = {
    "person": _l("Account"),
}
"""What the trail calls what we look after."""
STATE = {
    PersonState.UNPROVED: _l("The email address is not confirmed yet"),
    PersonState.ACTIVE: _l("The account is open"),
    PersonState.SUSPENDED: _l("The account is suspended"),
    PersonState.CLOSING: _l("The account is closing"),
    PersonState.CLOSED: _l("The account has closed"),
}
WHY_NOT = {
    WhyNot.LINK_NOT_VALID: _l("This link does not work any more"),
    WhyNot.WRONG: _l("The email address or the password is not right. Check both, or sign in with an email link."),
    WhyNot.PASSWORD_SHORT: _l("Your password must be 12 characters or more"),
    WhyNot.PASSWORD_LONG: _l("Your password must be 128 characters or fewer"),
    WhyNot.PASSWORD_KNOWN: _l("This password is too easy to guess. Choose words that have nothing to do with you"),
    WhyNot.SAME_EMAIL: _l("This is your email address already. Enter another one"),
    WhyNot.NOT_THIS_STATE: _l("Things have changed since you opened this page"),
    WhyNot.STILL_NEEDED: _l("Something must be handed over before the account can close"),
    WhyNot.PASSWORD_SHORT_OF_STAFF: _l(
        "Your password must be 15 characters or more, because you are a member of staff"
    ),
    WhyNot.CODE_WRONG: _l("This code is not right, or it has been used already. Wait for the next one, and enter that"),
    WhyNot.KEY_GONE: _l("This key is too old. Scan the new one, and enter a code from your app"),
    WhyNot.FACTOR_NEEDED: _l("Your work on this site needs the second step, so you cannot turn it off"),
    WhyNot.NOT_ALLOWED: _l("You do not have the right to do this"),
    WhyNot.ONESELF: _l("You cannot do this for yourself. Ask another member of staff"),
    WhyNot.THE_SAME_TWO: _l("You asked for this yourself, so another member of staff must agree"),
    WhyNot.LAST_ADMINISTRATOR: _l("There is no other administrator. Make somebody else one first"),
    WhyNot.REASON_NEEDED: _l("Give a reason"),
    WhyNot.EMAIL_NEEDED: _l("This person has no confirmed email address. A member of staff must have one"),
    WhyNot.CURRENT_CODE_WRONG: _l(
        "The code of your second step is not right, or it has been used already. Wait for the next one, or enter a"
        " recovery code"
    ),
}
DID = {
    Did.REGISTERED: _l("Created the account"),
    Did.PROVED: _l("Confirmed the email address"),
    Did.SIGNED_IN: _l("Signed in"),
    Did.SIGNED_OUT: _l("Signed out"),
    Did.ENDED_SIGN_INS: _l("Signed out in other places"),
    Did.CHANGED_DETAILS: _l("Changed the name or the languages"),
    Did.CHANGED_EMAIL: _l("Changed the email address"),
    Did.SET_PASSWORD: _l("Set a password"),
    Did.REMOVED_PASSWORD: _l("Removed the password"),
    Did.ASKED_TO_CLOSE: _l("Asked to close the account"),
    Did.STAYED: _l("Kept the account after all"),
    Did.CLOSED: _l("Closed the account"),
    Did.DOWNLOADED: _l("Opened or downloaded what we keep"),
    Did.FAILED_SIGN_IN: _l("Tried to sign in without success"),
    Did.SHOWED_SECOND_FACTOR: _l("Signed in with the second step"),
    Did.USED_RECOVERY_CODE: _l("Signed in with a recovery code"),
    Did.SET_SECOND_FACTOR: _l("Set up the second step for signing in"),
    Did.REMOVED_SECOND_FACTOR: _l("Turned off the second step for signing in"),
    Did.MADE_RECOVERY_CODES: _l("Made new recovery codes"),
    Did.ASKED_FOR_RENEWAL: _l("Asked for the second step to be set up again"),
    Did.TOOK_RENEWAL_BACK: _l("Withdrew the request to set up the second step again"),
    Did.RENEWED_SECOND_FACTOR: _l("Removed the second step, so that it can be set up again"),
    Did.CHANGED_HOURS: _l("Chose how long to stay signed in"),
    Did.CHANGED_ROLES: _l("Changed the roles as staff"),
    Did.SUSPENDED: _l("Suspended the account"),
    Did.RESTORED: _l("Restored the account"),
    Did.ENTERED: _l("Registered somebody who has no email"),
    Did.MADE_CLAIM_CODE: _l("Made a new code for claiming the account"),
    Did.CLAIMED: _l("Claimed the account, and gave an email address"),
    Did.LOOKED_AT: _l("Looked at the account as staff"),
    Did.SEARCHED: _l("Searched for people"),
}
OUTCOME = {
    Did.PROVED: _l("Welcome. Your email address is confirmed, and your account is open."),
    Did.CLAIMED: _l("Welcome. The account is yours to use, and we write to your email address from now on."),
    Did.ENDED_SIGN_INS: _l("You are signed out there."),
    Did.CHANGED_DETAILS: _l("Your details have been changed."),
    Did.CHANGED_EMAIL: _l("Your email address has been changed."),
    Did.SET_PASSWORD: _l("Your password is set. You have been signed out in every other place."),
    Did.REMOVED_PASSWORD: _l("Your password is gone. You sign in with an email link from now on."),
    Did.STAYED: _l("Welcome back. Your account stays open."),
    Did.SET_SECOND_FACTOR: _l("The second step is set up already. If you have no recovery codes, make new ones."),
    Did.REMOVED_SECOND_FACTOR: _l("The second step is turned off. You have been signed out in every other place."),
    Did.CHANGED_HOURS: _l("We will keep you signed in for as long as you chose."),
}
"""What somebody is told once, after doing something."""
ONLY_ADMINISTRATOR = _l("You are the only administrator of this site. Give somebody else that role first:")
"""What is said to somebody who would close their account, and leave nobody who can give roles."""
HOURS = {1: _l("1 hour"), 10: _l("10 hours")}
"""How long members of staff may stay signed in, in words."""
STAFF_OUTCOME = {
    Did.ENTERED: _l("The account is open. A letter or a message with the code is waiting in the queue."),
    Did.ASKED_TO_CLOSE: _l("The account is closing. A letter or a message that says so is waiting in the queue."),
    Did.STAYED: _l("The account stays open. A letter or a message that says so is waiting in the queue."),
    Did.MADE_CLAIM_CODE: _l("There is a new code. The letter or message with it is waiting in the queue."),
    Did.SUSPENDED: _l("The account has been suspended, and we have told the person."),
    Did.RESTORED: _l("The account is open again, and we have told the person."),
    Did.CHANGED_ROLES: _l("The roles have been changed, and we have told the person."),
    Did.ASKED_FOR_RENEWAL: _l("You have asked for this. Now another member of staff must agree."),
    Did.TOOK_RENEWAL_BACK: _l("The request has been withdrawn."),
    Did.RENEWED_SECOND_FACTOR: _l("The second step is gone. We have written to its owner, who can set up a new one."),
}
"""What a member of staff is told once, after doing something to somebody's account."""


@dataclass(frozen=True)
class LaneWords:
    """What a lane is called, what it is for, and what follows."""

    choice: object
    means: object
    heading: object
    lead: object


LANES = {
    Lane.RESIDENT: LaneWords(
        LANE[Lane.RESIDENT],
        _l("I live or work here, or I want to know what is going on. I see my places at events in one list."),
        _l("Create an account as a resident or supporter"),
        _l("With an account you see your places in one list, and we write to you in your language."),
    ),
    Lane.BUSINESS: LaneWords(
        LANE[Lane.BUSINESS],
        _l("I speak for a business, a social enterprise or a charity, or I am thinking of starting one."),
        _l("Create an account for a business"),
        _l("First we ask about you. When your email address is confirmed, you tell us about the business."),
    ),
    Lane.PUBLIC_BODY: LaneWords(
        LANE[Lane.PUBLIC_BODY],
        _l("I work for a council, a health board or another public body, and look for suppliers."),
        _l("Create an account for a public body"),
        _l(
            "First we ask about you. When your email address is confirmed, you tell us where you work, and our staff"
            " check it."
        ),
    ),
}
"""The ways to register, in the order in which they are offered."""


@dataclass(frozen=True)
class Press:
    """What a page with one button says."""

    heading: object
    words: object
    button: object


PROVE = Press(
    _l("Confirm your email address"),
    _l("If this address is yours, press the button. Your account opens, and you are signed in."),
    _l("Confirm my email address"),
)
SIGN_IN_BY_LINK = Press(
    _l("Sign in to your account"),
    _l("Press the button to sign in, in this browser. The link works once."),
    _l("Sign in"),
)
CHANGE_EMAIL = Press(
    _l("Confirm your new email address"),
    _l("Press the button, and we write to this address from now on. In every other place you are signed out."),
    _l("Confirm my email address"),
)
CONFIRM_BY_LINK = Press(
    _l("Confirm through the email link"),
    _l("Press the button to go on where you were."),
    _l("Continue"),
)
SIGN_OUT = Press(
    _l("Sign out"),
    _l("After this, nobody can open your account in this browser without signing in."),
    _l("Sign out"),
)
NEW_CODE = Press(
    _l("New code for claiming the account"),
    _l("Press the button, and a message with a new code waits in the queue. The code before it stops working."),
    _l("Make a new code"),
)
CLOSE = Press(
    _l("Close the account"),
    _l("Do this only if the person asked for it. We erase the account after two weeks, and tell them so."),
    _l("Close the account"),
)
KEEP = Press(
    _l("Keep the account"),
    _l("The account stays open, with all that is in it, and we tell the person."),
    _l("Keep the account"),
)
SUSPEND = Press(
    _l("Suspend the account"),
    _l("The person is signed out everywhere, and cannot sign in until the account is restored. We tell them why."),
    _l("Suspend the account"),
)
RESTORE = Press(
    _l("Restore the account"),
    _l("The person can sign in again. We tell them why."),
    _l("Restore the account"),
)
CHANGE_ROLES = Press(
    _l("Change the roles"),
    _l("The person is signed out everywhere, and we tell them. Without a role, they are no longer a member of staff."),
    _l("Save the roles"),
)
CLAIM = Press(
    _l("Confirm that the account is yours"),
    _l("Press the button, and we write to this email address from now on. You are signed in here."),
    _l("Claim my account"),
)
STAY = Press(
    _l("Keep your account"),
    _l("Your account stays open, with all that is in it."),
    _l("Keep my account"),
)

NEW_RECOVERY_CODES = Press(
    _l("Make new recovery codes"),
    _l("Press the button for ten new codes. The codes that you have now stop working."),
    _l("Make new codes"),
)


@dataclass(frozen=True)
class Sent:
    """What a page says after an email with a link."""

    about: object
    told: object
    works_for: object


SENT = {
    Purpose.PROVE: Sent(
        _l("Create an account"),
        _l("We have sent an email to:"),
        _l("The link works for 24 hours."),
    ),
    Purpose.SIGN_IN: Sent(
        _l("Sign in"),
        _l("If there is an account with this address, we have sent an email to it:"),
        _l("The link works for 60 minutes."),
    ),
    Purpose.CHANGE_EMAIL: Sent(
        _l("Change your email address"),
        _l("We have sent an email to:"),
        _l("The link works for 24 hours."),
    ),
    Purpose.CLAIM_EMAIL: Sent(
        _l("Claim your account"),
        _l("If the code is right, we have sent an email to:"),
        _l("The link works for 24 hours."),
    ),
    Purpose.CONFIRM: Sent(
        _l("Confirm that it is you"),
        _l("We have sent an email to:"),
        _l("The link works for 60 minutes, in this browser."),
    ),
}
