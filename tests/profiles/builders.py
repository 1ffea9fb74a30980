"""Profiles, and those who write them, with obvious defaults."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory.models import JointWork, Picture, Service, Supplier
from c4s.directory.rules import Capacity, JointWorkState, PictureRole
from c4s.i18n.bilingual import Bilingual
from c4s.moderation import actions as moderation
from c4s.moderation import queries as versions
from c4s.moderation import reading
from c4s.moderation.reading import Decision
from c4s.profiles import actions, content, rules
from tests.conftest import NOW

WHOLE: dict[str, Any] = {
    "name": "Becws y Bont",
    "summary": {"cy": "Bara a chacennau.", "en": "Bread and cakes."},
    "categories": ["food-makers"],
    "town": "Pontypridd",
    "phone": "01443 960 100",
}
"""What a profile cannot be without."""
FULL: dict[str, Any] = {
    **WHOLE,
    "name_cy": "Becws y Bont Fawr",
    "legal_form": "sole_trader",
    "size": "micro",
    "company_number": "01234567",
    "charity_number": "1234567",
    "social_enterprise": True,
    "team_languages": ["cy", "pl"],
    "description": {"cy": "Pobi bob bore.", "en": ""},
    "address": ["1 Stryd Fawr"],
    "postcode": "CF37 1AA",
    "home_based": False,
    "areas_served": ["aberdare", "pontypridd"],
    "website": "https://becws.example.cymru",
    "email": "becws@example.cymru",
    "hours": {"cy": "Naw tan bump", "en": "Nine to five"},
    "access_notes": {"cy": "Gwastad", "en": "Level"},
    "serves_in_welsh": True,
    "serves_in_english": True,
    "wants": {"cy": "Mwy o briodasau", "en": "More weddings"},
    "could": {"cy": "", "en": "Hotels"},
    "wont": {"cy": "Dim cig", "en": "No meat"},
    "buys_locally": {"cy": "Blawd", "en": "Flour"},
    "networks": [],
    "personal_care": "no",
    "ciw_number": "",
    "ciw_why_none": {"cy": "", "en": ""},
    "safeguarding_contact": "",
}


def written(business_id: int, supplier_id: int, by_id: int, **values: Any) -> None:
    """Somebody of a business has saved what a profile cannot be without, or other values."""
    db.session.rollback()
    actions.save(business_id, supplier_id, values or WHOLE, by_id=by_id)


def again(supplier_id: int) -> Supplier:
    """A supplier as the database has it."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Supplier, supplier_id)


def live(supplier_id: int) -> dict[str, Any]:
    return content.live(again(supplier_id))


def decided(supplier_id: int, by_id: int, but: Mapping[str, Decision] | None = None) -> None:
    """A moderator accepts every field of what waits, but for what is said of some."""
    db.session.rollback()
    waits = versions.open_revision(content.NAME, supplier_id)
    assert waits is not None
    before = reading.plain(content.live_of(supplier_id))
    said = dict.fromkeys(rules.changed(before, waits.content), reading.ACCEPTED) | dict(but or {})
    moderation.decide(waits.id, said, by_id=by_id, read=reading.digest(before, waits.content))
    db.session.rollback()


@unit_of_work
def with_parts(supplier_id: int, other_id: int) -> None:
    """Give a supplier a service, a picture that is live and one that is not, and joint work that was confirmed."""
    db.session.add(
        Service(
            supplier_id=supplier_id,
            key="s1",
            position=1,
            name=Bilingual("Cacennau", "Cakes"),
            description=Bilingual("I bob achlysur", ""),
            price_guide=Bilingual("O £10", "From £10"),
            areas=["aberdare"],
            serves_in_welsh=True,
            serves_in_english=True,
            direct_payments=False,
            capacity=Capacity.FULL,
            capacity_on=date(2026, 11, 1),
            updated_at=NOW,
        )
    )
    for token, is_live in (("seen-picture", True), ("new-picture", False)):
        db.session.add(
            Picture(
                token=token,
                supplier_id=supplier_id,
                role=PictureRole.PHOTO,
                width=960,
                height=640,
                alt=Bilingual("Torth", "A loaf"),
                position=1,
                is_live=is_live,
                created_at=NOW,
            )
        )
    db.session.add(
        JointWork(
            supplier_id=supplier_id,
            key="j1",
            with_id=other_id,
            what=Bilingual("Priodas", "A wedding"),
            year=2025,
            state=JointWorkState.CONFIRMED,
            asked_at=NOW,
        )
    )
