"""What businesses say, in words of both languages."""

from c4s.accounts.phrases import Press
from c4s.businesses.rules import BusinessKind, Did, MemberRole, WhyNot
from c4s.i18n.speech import lazy_gettext as _l

KIND = {
    BusinessKind.BUSINESS: _l("A business"),
    BusinessKind.SOCIAL_ENTERPRISE: _l("A social enterprise or a charity"),
    BusinessKind.SOLE_TRADER: _l("I work for myself"),
    BusinessKind.STARTING: _l("I am thinking of starting a business"),
}
KIND_OF = {
    BusinessKind.BUSINESS: _l("Business"),
    BusinessKind.SOCIAL_ENTERPRISE: _l("Social enterprise or charity"),
    BusinessKind.SOLE_TRADER: _l("A person who works for themselves"),
    BusinessKind.STARTING: _l("About to start"),
}
"""The same as others say it."""
ROLE = {
    MemberRole.OWNER: _l("Owner"),
    MemberRole.EDITOR: _l("Editor of the details"),
}
ROLE_MEANS = {
    MemberRole.OWNER: _l("Owner: changes the details, and decides who else speaks for the business"),
    MemberRole.EDITOR: _l("Editor: changes the details"),
}
WHY_NOT = {
    WhyNot.NOT_THERE: _l("This is no longer there"),
    WhyNot.NOT_YOURS: _l("Only an owner of the business can do this"),
    WhyNot.LAST_OWNER: _l("A business always has an owner. Make somebody else an owner first"),
    WhyNot.ALREADY_IN: _l("This person speaks for the business already"),
    WhyNot.INVITATION_NOT_VALID: _l("This invitation does not work"),
}
DID = {
    Did.ADDED: _l("Added the business"),
    Did.CHANGED_DETAILS: _l("Changed the details of the business"),
    Did.ASKED_TO_JOIN: _l("Asked to speak for the business"),
    Did.INVITED: _l("Invited somebody to speak for the business"),
    Did.TOOK_INVITATION_BACK: _l("Withdrew an invitation"),
    Did.JOINED: _l("Began to speak for the business"),
    Did.LET_IN: _l("Let somebody without email speak for the business"),
    Did.CHANGED_ROLE: _l("Changed somebody’s role in the business"),
    Did.REMOVED: _l("Removed somebody from the business"),
    Did.LEFT: _l("Left the business"),
    Did.HANDED_OVER: _l("Handed the business over"),
    Did.CLOSED: _l("Took the business off the site"),
}
TRAIL_KIND = {
    "business": _l("A business"),
}
"""What it was done to."""
OUTCOME = {
    Did.ADDED: _l("Your business has been added. You are its owner."),
    Did.CHANGED_DETAILS: _l("The details have been changed."),
    Did.ASKED_TO_JOIN: _l("We have written to the owner. They can send you an invitation by email."),
    Did.INVITED: _l("We have sent the invitation. It can be accepted for 7 days."),
    Did.TOOK_INVITATION_BACK: _l("The invitation has been withdrawn."),
    Did.JOINED: _l("Welcome. You speak for this business now."),
    Did.LET_IN: _l("This person speaks for your business from now on."),
    Did.CHANGED_ROLE: _l("The role has been changed."),
    Did.REMOVED: _l("This person no longer speaks for the business."),
    Did.LEFT: _l("You no longer speak for that business."),
    Did.HANDED_OVER: _l("The business has a new owner. You are an editor now."),
    Did.CLOSED: _l("The business has been taken off the site."),
}
"""What somebody is told once, after doing something."""

JOIN = Press(
    _l("Accept the invitation"),
    _l("Press the button, and you speak for this business. You can leave whenever you like."),
    _l("Accept the invitation"),
)
LEAVE = Press(
    _l("Leave the business"),
    _l("You will no longer see or change its details. Its owners are told."),
    _l("Leave the business"),
)
TAKE_BACK = Press(
    _l("Withdraw the invitation"),
    _l("The link in the email stops working."),
    _l("Withdraw the invitation"),
)
CLOSE = Press(
    _l("Take the business off the site"),
    _l(
        "Its details, its people and its invitations are deleted, and so is an entry that it made here. An entry from"
        " a public list stays, and nobody keeps it any more. What readers told us is wrong with its entry stays with"
        " us, and so does the record that our staff hid it. Everybody who speaks for the business is told."
    ),
    _l("Take the business off the site"),
)
HELD_BACK = _l("Others speak for these businesses too, and you are the only owner. Hand each one over first:")
"""Why an account cannot be closed yet."""
GO = _l("these businesses, for which nobody else speaks:")
"""What goes with an account."""
