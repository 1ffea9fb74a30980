"""Letters, put into words now and sent later: booked and told, or neither."""

from dataclasses import dataclass
from typing import Any

from flask import current_app

from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.text import shorten, tidy
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import speaking
from c4s.mail.models import Channel, LetterState, OutgoingLetter

SUBJECT = "Subject: "
LONGEST_NAME = 60  # characters of a display name; longer ones break some readers
LONGEST_SUBJECT = 400
ENGLISH_BELOW, BETWEEN = "(English below)\n\n", f"\n\n{'-' * 60}\n\n"
"""What stands before the Welsh of a letter in both languages, and between it and the English."""


@dataclass(frozen=True)
class Recipient:
    """Whom a letter is for, how it reaches them, and in which language: ``cy``, ``en`` or ``both``."""

    name: str
    address: str
    language: str = "both"
    channel: Channel = Channel.EMAIL


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a letter, as text."""

    name: str
    type: str
    content: str


class NoSubject(Exception):
    """A letter's template must begin with one line ``Subject: …`` and a blank one."""


def words(letter: str, language: str, **facts: Any) -> tuple[str, str]:
    """The subject and the body of a letter, in one language or, for ``both``, in Welsh and then in English."""
    if language == "both":
        welsh, english = (words(letter, code, in_both=True, **facts) for code in ("cy", "en"))
        subject = welsh[0] if welsh[0] == english[0] else f"{welsh[0]} | {english[0]}"
        return subject, f"{ENGLISH_BELOW}{welsh[1]}{BETWEEN}{english[1]}"
    with speaking(language):
        capability, name = letter.split("/")
        # Not render_template: what pages are given (their address, the switch) needs a request; the worker has none.
        template = current_app.jinja_env.get_template(f"{capability}/letters/{name}.txt")
        text = template.render(letter_language=language, **facts)
    first, _, body = text.partition("\n")
    if not first.startswith(SUBJECT):
        raise NoSubject(letter)
    return tidy(first.removeprefix(SUBJECT)), body.strip()


def parts(letter: OutgoingLetter) -> list[tuple[str, str, str]]:
    """A letter as it goes on paper: the language, the subject and the words, for each language that it is in."""
    if letter.language != "both":
        return [(letter.language, letter.subject, letter.body)]
    welsh, _, english = letter.body.removeprefix(ENGLISH_BELOW).partition(BETWEEN)
    first, _, second = letter.subject.partition(" | ")
    return [("cy", first, welsh), ("en", second or first, english)]


def shown_name(to: Recipient) -> str:
    """The name of somebody as it stands on a letter."""
    return tidy(to.name)[:LONGEST_NAME]


def post(
    letter: str,
    *,
    to: Recipient,
    about: tuple[str, int] | None = None,
    attachment: Attachment | None = None,
    reply_to: str = "",
    unsubscribe: str = "",
    **facts: Any,
) -> OutgoingLetter:
    """Put a letter in the outbox, inside the caller's unit of work.

    Args:
        letter: the template, such as ``events/place_booked``.
        about: kind and id of what it tells of, so that staff can find it.
        unsubscribe: for a letter that people may have too many of, the address that ends them without a question.
        facts: what the template's words need; addresses in it come from ``addresses.link``. The one called ``link`` is
            for e-mail alone: on paper and on the phone it is empty, and the template says what to do without it. So
            that is what the address of a page for which one must sign in is called.
    """
    if to.channel != Channel.EMAIL and "link" in facts:
        facts["link"] = Bilingual()
    subject, body = words(letter, to.language, to=to, **facts)
    outgoing = OutgoingLetter(
        letter=letter,
        channel=to.channel,
        to_name=shown_name(to),
        to_address=to.address,
        reply_to=reply_to,
        unsubscribe=unsubscribe,
        language=to.language,
        subject=shorten(subject, LONGEST_SUBJECT),
        body=body + "\n",
        attachment_name=attachment.name if attachment else "",
        attachment_type=attachment.type if attachment else "",
        attachment=attachment.content if attachment else "",
        state=LetterState.QUEUED if to.channel == Channel.EMAIL else LetterState.TO_PRINT,
        due_at=now(),
        created_at=now(),
        about_kind=about[0] if about else "",
        about_id=about[1] if about else None,
    )
    db.session.add(outgoing)
    return outgoing
