"""What feedback keeps about somebody who has an account: that they gave some, never which."""

from collections.abc import Sequence

from c4s.accounts import data
from c4s.accounts.data import Part, Record
from c4s.accounts.models import Person
from c4s.events import queries as events
from c4s.feedback import queries
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l


def _given(person: Person) -> Sequence[Record]:
    bookings = {one.id: one for one in events.bookings_of(person.email_key)}
    return [
        [data.text("event", _l("Event"), bookings[number].event.title.spoken(current_language())[0])]
        for number in queries.given_by(list(bookings))
    ]


PART = Part("feedback_given", _l("Events of which you have told us what you thought"), _given)
