"""What requests to be a buyer say, in words of both languages."""

from c4s.buyers.rules import Did, Ready, RequestState, WhyNot
from c4s.i18n.speech import lazy_gettext as _l

STATE = {
    RequestState.WAITING: _l("Waiting for our staff"),
    RequestState.GRANTED: _l("Agreed"),
    RequestState.REFUSED: _l("Not agreed"),
    RequestState.WITHDRAWN: _l("Withdrawn"),
    RequestState.ENDED: _l("Agreed earlier, and ended since"),
}
READY = {
    Ready.NOT_REACHED: _l("We could not reach anybody at the organisation to ask about you."),
    Ready.NOT_KNOWN: _l("The organisation told us that you do not buy for it."),
    Ready.NOT_PUBLIC: _l("The organisation you named is not a public body."),
    Ready.HOW_TO_CHECK: _l("We need to know how we can check what you wrote. Give us a work email or phone number."),
}
MOVED = _l("Your email address has changed, and is no longer at the organisation that we checked.")
"""Why rights ended by themselves."""
WHY_NOT = {
    WhyNot.ALREADY_BUYER: _l("You have buyer rights already"),
    WhyNot.ALREADY_WAITING: _l("Your earlier request is still waiting. Withdraw it first, if you want to change it"),
    WhyNot.NOT_WAITING: _l("This request is not waiting any more: a colleague has decided it, or it was withdrawn"),
    WhyNot.NOT_GRANTED: _l("There are no rights to take away any more: a colleague has done it, or they ended"),
    WhyNot.ONES_OWN: _l("This is about your own account: a colleague must decide it"),
    WhyNot.REASON_NEEDED: _l("Choose a reason or write one: the person is told why"),
    WhyNot.ACCOUNT_NOT_OPEN: _l("The account of this person is not open, so nothing can be decided"),
}
DID = {
    Did.ASKED: _l("Asked for buyer rights"),
    Did.WITHDREW: _l("Withdrew the request for buyer rights"),
    Did.LOOKED: _l("Looked at a request for buyer rights"),
    Did.GRANTED: _l("Gave buyer rights"),
    Did.REFUSED: _l("Refused buyer rights"),
    Did.ENDED: _l("Took buyer rights away"),
}
OUTCOME = {
    Did.ASKED: _l("We have your request. We write to you when we have checked it."),
    Did.WITHDREW: _l("Your request is withdrawn."),
    Did.GRANTED: _l("Buyer rights are given, and the person has been told."),
    Did.REFUSED: _l("The request is refused, and the person has been told why."),
    Did.ENDED: _l("The rights are taken away, and the person has been told why."),
}
"""What somebody is told once, after doing something."""
KIND = {"buyer_request": _l("A request for buyer rights")}
"""What the trail calls the thing that it tells of."""
