"""What speed networking keeps about somebody who has an account, and about those whom they brought along.

Whom somebody must not meet is not among it: staff were told it in confidence, often by the other one, and to show it
would tell on them. Nor is who wishes to meet them, or would like to do so again: that is for the other one to say.
"""

from collections.abc import Sequence

from c4s.accounts import data
from c4s.accounts.data import Part, Record
from c4s.accounts.models import Person
from c4s.i18n import formats
from c4s.i18n.languages import current_language
from c4s.i18n.speech import gettext as _
from c4s.i18n.speech import lazy_gettext as _l
from c4s.mail.phrases import SPOKEN
from c4s.speed_networking import queries
from c4s.speed_networking.models import RotaPerson
from c4s.speed_networking.rules import WishKind


def _meetings(one: RotaPerson) -> str:
    """Where they sat, and with whom, round by round."""
    known = {other.id: other.name for other in queries.people(one.rota_id)}
    lines = []
    for number, meetings in enumerate(queries.plan(one.rota).rounds, 1):
        for meeting in meetings:
            if one.id in meeting.people:
                [other] = meeting.people - {one.id}
                lines.append(f"{_('Round')} {number}, {_('Table')} {meeting.table}: {known[other]}")
    return "; ".join(lines)


def _names(one: RotaPerson, numbers: frozenset[int]) -> str:
    return ", ".join(other.name for other in queries.people(one.rota_id) if other.id in numbers)


def _whole(key: str, label: object, value: int | None) -> data.Fact:
    return data.Fact(key, label, value, "" if value is None else formats.count(value))


def _parts(person: Person) -> Sequence[Record]:
    language = current_language()
    return [
        [
            data.text("event", _l("Event"), one.rota.event.title.spoken(language)[0]),
            data.text("name", _l("Name"), one.name),
            data.text("side", _l("Side"), one.side or "", one.rota.side_name(one.side).spoken(language)[0]),
            data.Fact(
                "speaks_welsh",
                _l("Your language at the event"),
                one.speaks_welsh,
                SPOKEN["cy" if one.speaks_welsh else "en"],
            ),
            _whole("fixed_table", _l("A table of their own"), one.fixed_table),
            _whole("arrives", _l("There from round"), one.arrives),
            _whole("leaves", _l("There until round"), one.leaves),
            data.text(
                "wants",
                _l("Wished to meet"),
                _names(one, queries.wishes(one.rota_id, WishKind.WANT).get(one.id, frozenset())),
            ),
            data.text("meetings", _l("Meetings"), _meetings(one)),
            data.moment("answered_at", _l("Said whom they would like to meet again"), one.answered_at),
            data.text("again", _l("Would like to meet again"), _names(one, queries.wanted_again(one.id))),
            data.text("reach", _l("How others may reach them"), one.reach),
        ]
        for one in queries.parts_of(person.email_key)
    ]


PART = Part("speed_networking", _l("Speed networking"), _parts)
