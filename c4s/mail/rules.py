"""What is done with letters, and what can be wrong with one: plain Python."""

import re
from enum import StrEnum


class Did(StrEnum):
    """What the trail says was done with a letter."""

    LOOKED_AT = "letter.looked_at"
    LISTED = "letter.listed"
    POSTED = "letter.posted"
    READ_OUT = "letter.read_out"
    PRINTED = "letter.printed"
    TRIED_AGAIN = "letter.tried_again"
    WITHDRAWN = "letter.withdrawn"


class Trouble(StrEnum):
    """Why a letter did not go, as far as the mail server's words tell."""

    ADDRESS = "address"
    NO_ANSWER = "no_answer"
    SERVER = "server"
    OURS = "ours"


_ADDRESS = re.compile(r"SMTPRecipientsRefused|IDNAError|InvalidCodepoint|\b5[05][0-9] 5\.1\.")
_NO_ANSWER = re.compile(
    r"Timeout|timed out|gaierror|Connection|SMTPConnectError|SMTPServerDisconnected|OSError|SSL", re.IGNORECASE
)
_SERVER = re.compile(r"SMTP")


def trouble(problem: str) -> Trouble:
    """What was wrong, of what the machine wrote down; the last try's."""
    for words, kind in ((_ADDRESS, Trouble.ADDRESS), (_NO_ANSWER, Trouble.NO_ANSWER), (_SERVER, Trouble.SERVER)):
        if words.search(problem):
            return kind
    return Trouble.OURS
