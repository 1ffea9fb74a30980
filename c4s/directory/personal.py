"""What the directory keeps about somebody who has an account: the entries that they claimed for a business."""

from collections.abc import Sequence

from c4s.accounts import data
from c4s.accounts.data import Part, Record
from c4s.accounts.models import Person
from c4s.accounts.phrases import CAME_BY
from c4s.directory import phrases, queries
from c4s.i18n.languages import current_language
from c4s.i18n.speech import lazy_gettext as _l

TOLD_TO_STAFF = _l("Told to our staff")


def _claims(person: Person) -> Sequence[Record]:
    return [
        [
            data.text("entry", _l("Entry"), one.supplier.names.spoken(current_language())[0]),
            data.text("business", _l("Business"), one.business.name),
            data.text("evidence", _l("What you wrote"), one.evidence),
            data.text("came_by", TOLD_TO_STAFF, one.came_by or "", CAME_BY[one.came_by] if one.came_by else ""),
            data.text("state", _l("State of the claim"), one.state, phrases.CLAIM_STATE[one.state]),
            data.text("reason", _l("The reason we gave"), one.reason.spoken(current_language())[0]),
            data.moment("claimed_at", _l("Claimed"), one.created_at),
            data.moment("decided_at", _l("Decided"), one.decided_at),
        ]
        for one in queries.claims_by(person.id)
    ]


CLAIMS = Part("claims", _l("Entries of the directory that you claimed"), _claims)
