"""Letters after the last round."""

from collections.abc import Sequence

from c4s.core import tokens
from c4s.events import letters
from c4s.i18n import addresses
from c4s.i18n.bilingual import Bilingual
from c4s.mail.models import Channel
from c4s.speed_networking.models import RotaPerson


def token(person: RotaPerson) -> str:
    """What opens somebody's page. The reference of their booking is part of it: a number may come round again."""
    return tokens.sign("meet-again", person.id, person.booking.reference)


def link(person: RotaPerson) -> Bilingual:
    """Where somebody says whom they would like to meet again; nowhere for whoever has no e-mail."""
    if person.booking.channel != Channel.EMAIL:
        return Bilingual()
    return addresses.links("meeting_again.answer", token=token(person))


def whom_again(person: RotaPerson, met: Sequence[RotaPerson]) -> None:
    """Whom would they like to meet again? Whoever has no link reads whom they have met, to tell us by phone."""
    names = [other.name for other in met]
    letters.post_about(
        "speed_networking/whom_again", person.booking, who=person.brought, link=link(person), names=names
    )


def both_said_yes(person: RotaPerson, other: RotaPerson) -> None:
    """Somebody whom they would like to meet again says the same: who, and how to reach them."""
    letters.post_about(
        "speed_networking/both_said_yes",
        person.booking,
        who=person.brought,
        other_name=other.name,
        reach=other.reach,
    )
