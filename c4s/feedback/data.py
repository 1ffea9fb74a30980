"""What feedback keeps about somebody who has an account: that they gave some, never which."""

from collections.abc import Sequence

from c4s.accounts import data
from c4s.accounts.data import Part, Record
from c4s.accounts.models import Person
from c4s.events import bookings
from c4s.feedback import queries
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l


def _given(person: Person) -> Sequence[Record]:
    theirs = {one.id: one for one in bookings.of_address(person.email_key)}
    return [
        [data.text("event", _l("Event"), theirs[number].event.title.spoken(current_language())[0])]
        for number in queries.given_by(list(theirs))
    ]


PART = Part("feedback_given", _l("Events of which you have told us what you thought"), _given)
