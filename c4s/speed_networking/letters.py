"""Letters after the last round."""

from collections.abc import Sequence

from c4s.core import tokens
from c4s.events import letters
from c4s.i18n import addresses
from c4s.speed_networking.models import RotaPerson


def token(person: RotaPerson) -> str:
    """What opens somebody's page. The reference of their booking is part of it: a number may come round again."""
    return tokens.sign("meet-again", person.id, person.booking.reference)


def whom_again(person: RotaPerson, met: Sequence[RotaPerson]) -> None:
    """Whom would they like to meet again? Whoever has no link reads whom they have met, to tell us by phone."""
    names = [other.name for other in met]
    link = addresses.links("meeting_again.answer", token=token(person))
    letters.post_about("speed_networking/whom_again", person.booking, who=person.brought, link=link, names=names)


def both_said_yes(person: RotaPerson, other: RotaPerson) -> None:
    """Somebody whom they would like to meet again says the same: who, and how to reach them."""
    letters.post_about(
        "speed_networking/both_said_yes",
        person.booking,
        who=person.brought,
        other_name=other.name,
        reach=other.reach,
    )
