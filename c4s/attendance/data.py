"""What is kept about the coming of somebody who has an account, and of their certificates."""

from collections.abc import Sequence

from c4s.accounts import data
from c4s.accounts.data import Fact, Part, Record
from c4s.accounts.models import Person
from c4s.attendance import queries
from c4s.events import bookings
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l


def _attendance(person: Person) -> Sequence[Record]:
    theirs = {one.id: one for one in bookings.of_address(person.email_key)}
    return [
        [
            data.text("event", _l("Event"), theirs[row.booking_id].event.title.spoken(current_language())[0]),
            data.moment("starts_at", _l("Starts"), one.starts_at if one else theirs[row.booking_id].starts_at),
            Fact("came", _l("How many came"), row.came, str(row.came)),
            data.text("names", _l("Who came"), ", ".join(row.names)),
            data.moment("recorded_at", _l("Recorded"), row.recorded_at),
        ]
        for row, one in queries.attendance_of(list(theirs))
    ]


def _certificates(person: Person) -> Sequence[Record]:
    theirs = [one.id for one in bookings.of_address(person.email_key)]
    return [
        [
            data.text("name", _l("Name"), one.name),
            data.text("event", _l("Event"), one.event.title.spoken(current_language())[0]),
            data.text("code", _l("Code"), one.code),
            Fact("minutes", _l("Minutes attended"), one.minutes, str(one.minutes)),
            data.moment("issued_at", _l("Issued on"), one.issued_at),
            data.moment("withdrawn_at", _l("Withdrawn on"), one.withdrawn_at),
            data.text("why_withdrawn", _l("Why it was withdrawn"), one.why_withdrawn.spoken(current_language())[0]),
        ]
        for one in queries.certificates_of(theirs)
    ]


ATTENDANCE = Part("attendance", _l("Whether you came"), _attendance)
CERTIFICATES = Part("certificates", _l("Your certificates of attendance"), _certificates)
