"""What speed networking says, in words of both languages."""

from c4s.i18n.speech import lazy_gettext as _l
from c4s.speed_networking.checker import Rule
from c4s.speed_networking.rules import Did, Presence, WhyNot

PRESENCE = {
    Presence.HERE: _l("In the room"),
    Presence.AWAY: _l("Not in the room"),
}
RULE = {
    Rule.KNOWN: _l("Everybody in the rounds to come is in the room"),
    Rule.ONCE_A_ROUND: _l("Nobody has two meetings in one round"),
    Rule.ONE_MEETING_A_TABLE: _l("No table has two meetings in one round"),
    Rule.NEVER_TWICE: _l("Nobody meets the same person twice"),
    Rule.ACROSS_SIDES: _l("People meet only the other side"),
    Rule.MUST_NOTS: _l("Nobody meets a person they must not meet"),
    Rule.OWN_TABLE: _l("People with a table of their own sit at it"),
    Rule.NO_EMPTY_TABLE: _l("No two people sit out when they could meet at an empty table"),
    Rule.FAIR_BREAKS: _l("The breaks are shared fairly"),
    Rule.WELSH: _l("People who speak Welsh meet another person who does, where that is possible"),
}
WHY_NOT = {
    WhyNot.BEGUN: _l("The first round is over, so this cannot be changed now"),
    WhyNot.CLOSED: _l("The speed networking has ended, so this cannot be changed now"),
    WhyNot.NOT_CLOSED: _l("The speed networking has not ended yet"),
    WhyNot.NO_ROTA: _l("Make the rota first"),
    WhyNot.TOO_FEW: _l("A rota needs at least two people"),
    WhyNot.TOO_MANY: _l("A rota can have up to 60 people"),
    WhyNot.NO_SIDE: _l("Choose a side for everybody first"),
    WhyNot.TABLE_TAKEN: _l("Another person has this table: choose a different one"),
    WhyNot.NO_SUCH_TABLE: _l("There is no table with this number"),
    WhyNot.WISH_AND_MUST_NOT: _l("The same person is chosen in both lists: leave them in one"),
    WhyNot.REACH_NEEDED: _l("Say how they can reach you, or choose nobody"),
    WhyNot.ANSWERED: _l("We have this person’s answer already"),
    WhyNot.SIDE_NAMES_NEEDED: _l("Name both sides in both languages, or leave all four boxes empty"),
}
DID = {
    Did.SET_UP: _l("Arranged the speed networking"),
    Did.CHANGED_PERSON: _l("Changed what the rota knows about a person"),
    Did.GATHERED: _l("Brought the list of people in the rota up to date"),
    Did.MADE: _l("Made the rota"),
    Did.ROUND_DONE: _l("Marked a round as done"),
    Did.CLOSED: _l("Ended the speed networking"),
    Did.SAID_WHOM_AGAIN: _l("Said whom they would like to meet again"),
    Did.LOOKED: _l("Looked at who takes part in speed networking"),
}
OUTCOME = {
    Did.SET_UP: _l("The speed networking is set up."),
    Did.CHANGED_PERSON: _l("The details have been changed. Make the rota again to use them."),
    Did.GATHERED: _l("The list of people is up to date."),
    Did.MADE: _l("The rota is ready."),
    Did.ROUND_DONE: _l("The round has been marked as done."),
    Did.CLOSED: _l("The speed networking has ended. We have asked everybody whom they would like to meet again."),
    Did.SAID_WHOM_AGAIN: _l("Thank you. We have your answer."),
}
"""What somebody is told once, after doing something."""
