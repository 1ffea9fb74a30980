"""How people are reached and in which language, in words of both."""

from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.models import Channel
from c4s.mail.rules import Did, Trouble

CHANNEL = {
    Channel.EMAIL: _l("By email"),
    Channel.POST: _l("By post"),
    Channel.PHONE: _l("By phone"),
}
WRITTEN = {
    "cy": _l("Welsh"),
    "en": _l("English"),
    "both": _l("Welsh and English"),
}
SPOKEN = {
    "cy": _l("Welsh"),
    "en": _l("English"),
}
DID = {
    Did.LOOKED_AT: _l("Looked at a letter"),
    Did.LISTED: _l("Looked at a list of messages"),
    Did.POSTED: _l("Posted a letter"),
    Did.READ_OUT: _l("Read a message out on the phone"),
    Did.PRINTED: _l("Wrote a letter to a file for printing"),
    Did.TRIED_AGAIN: _l("Tried to send an email again"),
    Did.WITHDRAWN: _l("Withdrew a message that had not been sent"),
}
KIND = {
    "letter": _l("Message"),
}
TROUBLE = {
    Trouble.ADDRESS: _l("The other mail server says that there is no such address, or refuses messages to it."),
    Trouble.NO_ANSWER: _l("The mail server could not be reached."),
    Trouble.SERVER: _l("The mail server did not take the message."),
    Trouble.OURS: _l("Something went wrong on this site."),
}
QUEUE = {
    "post": _l("Letters to print and post"),
    "phone": _l("Messages to read out on the phone"),
    "failed": _l("Emails that could not be sent"),
}
OUTCOME = {
    Did.POSTED: _l("The letters have been marked as posted."),
    Did.READ_OUT: _l("The message has been marked as read out."),
    Did.TRIED_AGAIN: _l("The message will be tried again in a moment."),
    Did.WITHDRAWN: _l("The message has been withdrawn. Nobody will try to send it again."),
}
"""What somebody is told once, after doing something."""
