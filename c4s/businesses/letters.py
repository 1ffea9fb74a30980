"""Letters about businesses: each is put into words in the unit of work that it tells of."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from c4s.accounts.letters import recipient
from c4s.accounts.models import Person
from c4s.businesses import phrases
from c4s.businesses.models import Business, Invitation
from c4s.businesses.rules import MemberRole
from c4s.i18n import addresses
from c4s.mail import outbox
from c4s.mail.outbox import Recipient


def invited(invitation: Invitation, token: str, until: datetime) -> None:
    """Somebody is asked to speak for a business.

    In both languages, whether or not the address has an account: who invites must not learn of it from the time that
    it takes.
    """
    outbox.post(
        "businesses/invited",
        to=Recipient("", invitation.email, "both"),
        about=("business", invitation.business_id),
        name="",
        business=invitation.business,
        role=phrases.ROLE[invitation.role],
        link=addresses.links("businesses.accept", token=token),
        register_link=addresses.links("accounts.register"),
        until=until,
    )


def may_i_join(owners: Iterable[Person], business: Business, asker: Person) -> None:
    """Somebody who added a business like this one asks its owners to be let in."""
    for owner in owners:
        _post(
            "may_i_join",
            owner,
            business,
            who=asker.name,
            email=asker.email,
            phone_of=asker.phone,
            link=addresses.links("businesses.invite", business_id=business.id),
        )


def your_role(person: Person, business: Business, role: MemberRole | None) -> None:
    """To somebody whose role has changed: what they are to the business now; None for nothing any more."""
    link = addresses.links("businesses.show", business_id=business.id) if role else addresses.links("businesses.index")
    _post("your_role", person, business, role=phrases.ROLE[role] if role else "", link=link)


def people_changed(owners: Iterable[Person], business: Business, who: Person, role: MemberRole | None) -> None:
    """To the owners: what somebody is to the business now; None for nothing any more."""
    for owner in owners:
        _post(
            "people_changed",
            owner,
            business,
            who=who.name,
            role=phrases.ROLE[role] if role else "",
            link=addresses.links("businesses.show", business_id=business.id),
        )


def business_closed(people: Iterable[Person], business: Business) -> None:
    """To everybody who spoke for a business: it is no longer on the site."""
    for person in people:
        _post("business_closed", person, business, link=addresses.links("pages.contact"))


def _post(letter: str, person: Person, business: Business, **facts: Any) -> None:
    outbox.post(
        f"businesses/{letter}",
        to=recipient(person),
        about=("business", business.id),
        name=person.name,
        business=business,
        **facts,
    )
