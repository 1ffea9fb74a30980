"""What accounts say, in words of both languages."""

from dataclasses import dataclass

from c4s.accounts.rules import Did, PersonState, Purpose, WhyNot
from c4s.i18n.speech import lazy_gettext as _l

WRITTEN = {
    "cy": _l("Welsh"),
    "en": _l("English"),
    "both": _l("Welsh and English"),
}
SPOKEN = {
    "cy": _l("Welsh"),
    "en": _l("English"),
}
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
}
OUTCOME = {
    Did.PROVED: _l("Welcome. Your email address is confirmed, and your account is open."),
    Did.ENDED_SIGN_INS: _l("You are signed out there."),
    Did.CHANGED_DETAILS: _l("Your details have been changed."),
    Did.CHANGED_EMAIL: _l("Your email address has been changed."),
    Did.SET_PASSWORD: _l("Your password is set. You have been signed out in every other place."),
    Did.REMOVED_PASSWORD: _l("Your password is gone. You sign in with an email link from now on."),
    Did.STAYED: _l("Welcome back. Your account stays open."),
}
"""What somebody is told once, after doing something."""


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
STAY = Press(
    _l("Keep your account"),
    _l("Your account stays open, with all that is in it."),
    _l("Keep my account"),
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
    Purpose.CONFIRM: Sent(
        _l("Confirm that it is you"),
        _l("We have sent an email to:"),
        _l("The link works for 60 minutes, in this browser."),
    ),
}
