"""Certificates as they look, and the letters that tell of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from c4s.attendance import phrases, queries
from c4s.attendance.models import Certificate
from c4s.core import tokens
from c4s.events import letters
from c4s.events.models import Event
from c4s.i18n import addresses, formats
from c4s.i18n.bilingual import Bilingual, in_both
from c4s.i18n.languages import LANGUAGES, speaking
from c4s.mail.models import Channel

NOTHING = Bilingual()


@dataclass(frozen=True)
class Side:
    """What a certificate says in one language.

    Attributes:
        facts: what each is called, and what it is.
        check: where anybody can check it, in words and as an address.
    """

    language: str
    heading: str
    facts: list[tuple[str, str]]
    check: tuple[str, str]


@dataclass(frozen=True)
class Paper:
    """A certificate as it is printed: both languages on one sheet."""

    code: str
    name: str
    sides: list[Side]


def dates(event: Event) -> Bilingual:
    """When an event was held: a day and its hours, or the first and the last day of a course."""
    all_of_them = queries.sittings(event)
    if len(all_of_them) == 1:
        [one] = all_of_them
        return in_both(lambda: formats.at_start(formats.span(one.starts_at, one.ends_at)))
    first, last = all_of_them[0].starts_at, all_of_them[-1].starts_at
    return in_both(lambda: f"{formats.plain_date(first)} – {formats.plain_date(last)}")


def paper(certificate: Certificate, when: Bilingual) -> Paper:
    """A certificate as it is printed.

    Args:
        when: the ``dates`` of its event.
    """
    event, sides = certificate.event, []
    for code in LANGUAGES:
        with speaking(code):
            place = event.venue_name.spoken(code)[0] or (str(phrases.ONLINE) if event.online else "")
            values = (
                (phrases.EVENT, event.title.spoken(code)[0]),
                (phrases.WHEN, getattr(when, code)),
                (phrases.PLACE, place),
                (phrases.TIME_THERE, phrases.duration(certificate.minutes)),
                (phrases.ISSUED_ON, formats.plain_date(certificate.issued_at, code)),
            )
            facts = [(str(label), value) for label, value in values if value]
            check = str(phrases.CHECK_IT_AT), addresses.link("certificates.check", code)
            sides.append(Side(code, str(phrases.CERTIFICATE), facts, check))
    return Paper(certificate.code, certificate.name, sides)


def certificate_token(certificate: Certificate) -> str:
    """What opens somebody's certificate for printing. Its code is part of it: a number may come round again."""
    return tokens.sign("certificate", certificate.id, certificate.code)


def certificate_ready(certificates: Sequence[Certificate]) -> None:
    """Those of one sign-up who came have their certificates."""
    booking = certificates[0].booking
    if booking is None:
        return
    has_link = booking.channel == Channel.EMAIL
    letters.post_about(
        "attendance/certificate_ready",
        booking,
        certificates=[
            (
                one.name,
                one.code,
                addresses.links("certificates.mine", token=certificate_token(one)) if has_link else NOTHING,
            )
            for one in certificates
        ],
        check_page=addresses.links("certificates.check"),
    )


def certificate_withdrawn(certificate: Certificate) -> None:
    """A certificate no longer holds good; why, in the languages in which it was written."""
    booking = certificate.booking
    if booking is None:
        return
    why = certificate.why_withdrawn
    letters.post_about(
        "attendance/certificate_withdrawn", booking, who=certificate.name, code=certificate.code, why=why
    )
