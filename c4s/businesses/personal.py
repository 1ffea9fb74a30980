"""What businesses keep about somebody who has an account."""

from collections.abc import Sequence

from c4s.accounts import data
from c4s.accounts.data import Part, Record
from c4s.accounts.models import Person
from c4s.businesses import phrases, queries
from c4s.i18n.speech import lazy_gettext as _l


def _businesses(person: Person) -> Sequence[Record]:
    return [
        [
            data.text("name", _l("Business"), one.business.name),
            data.text("role", _l("Your role"), one.role, phrases.ROLE[one.role]),
            data.moment("since", _l("Since"), one.since),
            data.text("kind", _l("Kind of business"), one.business.kind, phrases.KIND_OF[one.business.kind]),
            data.text("company_number", _l("Company number"), one.business.company_number),
            data.text("charity_number", _l("Charity number"), one.business.charity_number),
            data.text("postcode", _l("Postcode"), one.business.postcode),
            data.text("website", _l("Website"), one.business.website),
            data.moment("created_at", _l("Business added"), one.business.created_at),
        ]
        for one in queries.memberships_of(person.id)
    ]


def _invitations(person: Person) -> Sequence[Record]:
    return [
        [
            data.text("business", _l("Business"), one.business.name),
            data.text("email", _l("Email address"), one.email),
            data.text("role", _l("Your role"), one.role, phrases.ROLE[one.role]),
            data.moment("created_at", _l("Invited"), one.created_at),
            data.moment("expires_at", _l("The invitation ends"), one.expires_at),
        ]
        for one in queries.invitations_to(person)
    ]


BUSINESSES = Part("businesses", _l("Your businesses"), _businesses)
INVITATIONS = Part("invitations", _l("Invitations to speak for a business"), _invitations)
