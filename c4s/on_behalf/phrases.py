"""What the pages say on which staff do something for somebody without e-mail, in words of both languages."""

from typing import Any

from c4s.businesses import phrases as businesses
from c4s.businesses import rules as businesses_rules
from c4s.businesses.rules import Details
from c4s.directory import phrases as directory
from c4s.directory import rules as directory_rules
from c4s.directory.rules import JointWorkState
from c4s.i18n.speech import lazy_gettext as _l
from c4s.on_behalf import words_phrases
from c4s.on_behalf.rules import Deed, Did, Outcome, WhyNot
from c4s.profiles import pieces_phrases, pieces_rules
from c4s.quality import phrases as quality
from c4s.quality import rules as quality_rules
from c4s.takedowns import phrases as takedowns
from c4s.takedowns import rules as takedowns_rules

TOOL = _l("For somebody without email")
BUSINESSES = _l("Businesses of this person")
ADD = _l("Add a business for this person")
CLAIM = _l("Claim the entry for them")
WITHDRAW = _l("Withdraw the claim for them")
DEED = {
    Deed.APPEAL: _l("Appeal against hiding the entry"),
    Deed.REOPEN: pieces_phrases.REOPEN.heading,
    Deed.ANSWER: _l("Answer what others say they did with the business"),
    Deed.SIGN: _l("Sign the code of conduct"),
}
WHY_NOT = {
    WhyNot.NOT_THERE: _l("No business keeps this entry, so nobody can ask you for anything"),
    WhyNot.ONES_OWN: _l("This business is yours too. Another member of staff must do this"),
    WhyNot.NOT_FOR_THEM: _l("This person does not speak for the business, or can sign in. Choose again"),
    WhyNot.HID_IT: _l("You hid this entry yourself. Another member of staff must write the appeal down"),
    WhyNot.NO_SUCH_NEWCOMER: _l("Enter the number and the name of an open account without email, as its page has them"),
    WhyNot.REGISTERED_THEM: _l("You registered the person to let in. Another member of staff must do this"),
    WhyNot.EDITORS_ALONE: _l("An owner with email makes somebody an owner on their own page. Choose editor"),
    WhyNot.OTHER_CLAIM: _l(
        "You wrote down another claim to this entry, registered whoever makes it, or your business claims it. Another"
        " member of staff must do this"
    ),
}
LET_IN = _l("Let somebody else without email speak for it")
CAN_DO_IT = _l("This person can sign in and does it there, or their account is not open.")
REFUSED: dict[Any, object] = {
    **WHY_NOT,
    takedowns_rules.WhyNot.NOT_HIDDEN: takedowns.WHY_NOT[takedowns_rules.WhyNot.NOT_HIDDEN],
    takedowns_rules.WhyNot.ALREADY_APPEALED: _l("The business has appealed already, and our staff will answer"),
    **{
        reason: businesses.WHY_NOT[reason]
        for reason in (businesses_rules.WhyNot.NOT_YOURS, businesses_rules.WhyNot.ALREADY_IN)
    },
    **{
        reason: directory.WHY_NOT[reason]
        for reason in (directory_rules.WhyNot.FOR_OWNERS, directory_rules.WhyNot.NOT_WAITING)
    },
    directory_rules.WhyNot.ALREADY_TAKEN: _l("A business keeps this entry already"),
    directory_rules.WhyNot.ALREADY_WAITING: _l(
        "The business has claimed this entry already, and our staff will check it"
    ),
    **{
        reason: pieces_phrases.WHY_NOT[reason]
        for reason in (pieces_rules.WhyNot.GONE, pieces_rules.WhyNot.SAID_ANEW, pieces_rules.WhyNot.NOT_NOW)
    },
    **words_phrases.REFUSED,
    **{reason: quality.WHY_NOT[reason] for reason in (quality_rules.WhyNot.NO_CODE, quality_rules.WhyNot.NEWER_CODE)},
}
"""The same, and why the person could not do it either."""
NOTHING_TO_ANSWER = _l("There is nothing here for you to answer")
NOBODY = _l("Everybody of this business who has an account can sign in, and does it there.")
DID = {
    Did.LOOKED: _l("Looked at who of a business has no email"),
    Did.ASKED: _l("Did something for a business at this person’s word"),
}
OUTCOME = {
    Outcome.DONE: _l("Done. The message that tells the person is waiting to be posted or read out."),
    Outcome.LET_IN: _l(
        "Done. The owner is told by email. The message that tells the other person is waiting to be posted or read out."
    ),
    Outcome.WAS_SO: _l("It was so already, and nothing has changed."),
}
"""What a member of staff is told once, after doing something."""
ANSWER = {
    JointWorkState.WAITING: _l("Waiting for their answer"),
    JointWorkState.CONFIRMED: _l("They confirmed it, and readers see it"),
    JointWorkState.DECLINED: _l("They did not confirm it, and readers do not see it"),
}
"""What a business has said about joint work."""
IS_SO = {
    "yes": _l("That it is so"),
    "no": _l("That it is not so, or that they take their word back"),
}
ADDED = businesses.OUTCOME[businesses_rules.Did.ADDED]
EVIDENCE = _l("What you said of it")
TOLD = {
    Deed.APPEAL: takedowns.OUTCOME[takedowns_rules.Did.APPEALED],
    Deed.REOPEN: pieces_phrases.OUTCOME[pieces_rules.Did.REOPENED],
    Deed.SIGN: quality.OUTCOME[quality_rules.Did.SIGNED],
}
TOLD_OF_JOINT_WORK = {
    JointWorkState.CONFIRMED: pieces_phrases.OUTCOME[pieces_rules.Did.JOINT_CONFIRMED],
    JointWorkState.DECLINED: pieces_phrases.OUTCOME[pieces_rules.Did.JOINT_DECLINED],
}
"""What somebody is told who did it without us; the letter says the same."""


def details(given: Details) -> list[tuple[object, object]]:
    """What somebody said of their business, as their letter repeats it: a label and the words, where there are any."""
    said = [
        (_l("Business"), given.name),
        (_l("Kind of business"), businesses.KIND_OF[given.kind]),
        (_l("Company number"), given.company_number),
        (_l("Charity number"), given.charity_number),
        (_l("Postcode"), given.postcode),
        (_l("Website"), given.website),
    ]
    return [(label, words) for label, words in said if words]
