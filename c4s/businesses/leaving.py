"""What ties somebody who speaks for businesses to the site, when they close their account."""

from collections.abc import Sequence

from c4s.accounts.leaving import Tie, Ties
from c4s.businesses import actions, phrases, queries, rules


def _ties(person_id: int) -> Sequence[Tie]:
    found = []
    for membership in queries.memberships_of(person_id):
        roles = queries.roles_in(membership.business_id)
        held_back = rules.holds_back(roles, person_id)
        if held_back or rules.goes_with(roles, person_id):
            page = {"business_id": membership.business_id}
            found.append(Tie(membership.business.name, "businesses.show", page, held_back))
    return found


TIES = Ties(actions.left, _ties, held_back=phrases.HELD_BACK, go=phrases.GO)
