"""Letters from the front door."""

from c4s.mail import outbox


def message(*, to: str, organisation: str, name: str, email: str, topic: object, language: str, words: str) -> None:
    """A visitor's message for the people who run the site, in both languages."""
    outbox.post(
        "pages/message",
        to=outbox.Recipient(organisation, to),
        reply_to=email,
        name=name,
        email=email,
        topic=topic,
        wished=language,
        words=words,
    )
