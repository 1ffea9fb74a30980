"""What feedback says, in words of both languages."""

from collections.abc import Mapping
from typing import Any

from c4s.feedback.rules import Did, Pace, Useful, Welcome, WhyNot
from c4s.i18n.speech import lazy_gettext as _l

USEFUL = {
    Useful.VERY: _l("Very useful"),
    Useful.FAIRLY: _l("Fairly useful"),
    Useful.NOT_VERY: _l("Not very useful"),
    Useful.NOT_AT_ALL: _l("Not useful at all"),
}
PACE = {
    Pace.TOO_SLOW: _l("Too slow"),
    Pace.RIGHT: _l("About right"),
    Pace.TOO_FAST: _l("Too fast"),
}
WELCOME = {
    Welcome.THROUGHOUT: _l("I could use it throughout"),
    Welcome.PARTLY: _l("I could use it some of the time"),
    Welcome.NOT_AT_ALL: _l("I could not use it"),
}
QUESTION = {
    "useful": _l("How useful was the event to you?"),
    "pace": _l("How was the pace?"),
    "welcome": _l("Could you use the language you wanted, Welsh or English?"),
    "next_step": _l("What will you do next, after the event?"),
    "more": _l("What else would you like to tell us?"),
}
ANSWER: Mapping[str, Mapping[Any, object]] = {"useful": USEFUL, "pace": PACE, "welcome": WELCOME}
LANGUAGE = {"cy": _l("Welsh"), "en": _l("English")}
TOOL = _l("Feedback")
BY_PHONE = _l("Feedback by phone")
NO_SUCH_REFERENCE = _l("There is no place with this reference at this event. Check it, and enter it again.")
GIVE = _l("Tell us what you thought of the event")
WHY_NOT = {
    WhyNot.NOT_OVER: (
        _l("The event is not over yet"),
        _l("Come back after the event, with the same link."),
    ),
    WhyNot.CLOSED: (
        _l("The time for answering has passed"),
        _l("You are still welcome to write to us or phone us."),
    ),
    WhyNot.NO_PLACE: (
        _l("These questions are for people who came"),
        _l("You had no place at the event, or the event was not held."),
    ),
    WhyNot.ALREADY_GIVEN: (
        _l("You have answered already"),
        _l("Thank you. Each sign-up can answer once, and we cannot tell which answer is yours."),
    ),
    WhyNot.NOTHING_SAID: (
        _l("Answer at least one question"),
        _l("Choose the questions that you would like to answer."),
    ),
}
"""Why somebody cannot answer, and what they can do."""
DID = {
    Did.LOOKED: _l("Looked at what people thought of an event"),
    Did.EXPORTED: _l("Downloaded what people thought of an event"),
    Did.ASKED: _l("Opened the questions about an event, to ask them on the phone"),
}
