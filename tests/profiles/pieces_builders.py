"""Services, pictures and joint work of profiles, with obvious defaults."""

import io
from typing import Any

from PIL import Image

from c4s.accounts.models import Person
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.directory import filing, picturing
from c4s.directory.models import Claim, JointWork, Picture, PictureFile, Supplier
from c4s.directory.rules import PictureRole
from c4s.i18n.bilingual import Bilingual
from c4s.moderation import actions as moderation
from c4s.moderation import queries as versions
from c4s.profiles import content, pieces, queries
from c4s.search import queries as searching
from tests.builders import a_supplier
from tests.businesses.builders import a_business
from tests.profiles.builders import again

SERVICE: dict[str, Any] = {
    "name": {"cy": "Cacennau", "en": "Cakes"},
    "description": {"cy": "I bob achlysur.", "en": "For every occasion."},
    "price_guide": {"cy": "O £10", "en": "From £10"},
    "category": "food-makers",
    "areas": [],
    "serves_in_welsh": True,
    "serves_in_english": True,
    "direct_payments": False,
}


def a_file(kind: str = "PNG", size: tuple[int, int] = (1_200, 800), colour: str = "green") -> bytes:
    """The bytes of a picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


def an_entry(owner: Person, name: str = "Becws y Bont", **facts: Any) -> tuple[int, int]:
    """A business and its entry, which readers see: their numbers."""
    business_id = a_business(owner, name)
    supplier_id = a_supplier(name, categories=("food-makers",), town="Pontypridd", phone="01443 960 100", **facts).id
    given(supplier_id, business_id)
    return business_id, supplier_id


@unit_of_work
def given(supplier_id: int, business_id: int) -> None:
    """An entry is a business's from now on."""
    supplier = db.session.get_one(Supplier, supplier_id)
    supplier.business_id, supplier.claim = business_id, Claim.CLAIMED


def current(supplier_id: int) -> dict[str, Any]:
    """What is being written of a profile."""
    return queries.current(again(supplier_id))


def published(supplier_id: int, by: Person) -> Supplier:
    """Readers see what was being written from here on."""
    content.publish(supplier_id, current(supplier_id), by.id)
    db.session.rollback()
    if versions.open_revision(content.NAME, supplier_id):
        moderation.discard(content.NAME, supplier_id, by_id=by.id)
    return again(supplier_id)


def a_picture(
    entry: tuple[int, int],
    by: Person,
    role: PictureRole = PictureRole.PHOTO,
    alt: Bilingual = Bilingual("Torth", "A loaf"),
) -> str:
    """A picture in the draft of an entry: its token."""
    db.session.rollback()
    token = pieces.keep_picture(*entry, picturing.drawn(a_file(), role), by_id=by.id)
    pieces.add_picture(*entry, token, role, alt, by_id=by.id)
    return token


def pictures() -> list[str]:
    """The tokens of every picture there is."""
    db.session.rollback()
    return [row[0] for row in db.session.query(Picture.token).order_by(Picture.id)]


def number_of_files() -> int:
    db.session.rollback()
    return db.session.query(PictureFile).count()


def joint_work() -> list[JointWork]:
    """All of it, as the database has it."""
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.query(JointWork).order_by(JointWork.id))


def found(words: str = "", *facets: str) -> list[int]:
    """The suppliers that a search finds, by words and by facets."""
    db.session.rollback()
    groups = tuple((facet[0], (facet,)) for facet in facets)
    question = searching.Question(filing.KIND, words=words, groups=groups, language="cy", page=1, size=50)
    return [hit.record_id for hit in searching.find(question).hits]
