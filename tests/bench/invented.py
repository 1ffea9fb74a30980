"""Invented suppliers by the thousand, in both languages, and the questions asked of them.

Nothing is left to chance: number 17 is always the same.
"""

import random
import tomllib
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from c4s.directory.reading import Reading, Reject, SupplierRecord
from c4s.directory.reading.records import Remarks
from c4s.i18n.bilingual import Bilingual
from c4s.taxonomy.actions import AREAS, CATEGORIES

FIRST = "Aber Bryn Coed Dôl Eithin Ffynnon Glas Hafod Llwyn Maes Nant Pant Rhos Tal Waun Ynys Craig Gelli".split()
SECOND = "deri mawr newydd uchaf isaf goch wen ddu felin hir las fechan helyg gwyn celyn onn teg".split()
WHAT = (
    "Services Crafts Partners Works Workshop House Company Cwmni Gwasanaethau Gweithdy Crefftau Menter Canolfan".split()
)
SAID = {
    "cy": (
        "Rydyn ni’n cynnig gwasanaeth o safon", "Busnes teuluol ers ugain mlynedd", "Gwaith i gartrefi a busnesau",
        "Rydyn ni’n cyflogi pobl leol", "Prisiau teg a gwaith gonest", "Ffoniwch am sgwrs cyn dechrau",
        "Mae gennym ni dystysgrifau ac yswiriant", "Rydyn ni’n gweithio gyda’r nos ac ar benwythnosau",
        "Cyngor am ddim ar ynni a choed", "Hyfforddiant i bobl ifanc a phrentisiaid",
        "Danfon am ddim o fewn deg milltir",
        "Offer ar gael i’w logi", "Rydyn ni’n ailgylchu popeth y gallwn ni", "Croeso i grwpiau ac ysgolion",
        "Defnyddio cynnyrch lleol bob dydd", "Gwaith brys yr un diwrnod",
    ),
    "en": (
        "We offer a service of quality", "A family business for twenty years", "Work for homes and businesses",
        "We employ local people", "Fair prices and honest work", "Ring us for a talk before you begin",
        "We hold certificates and insurance", "We work in the evening and at weekends",
        "Free advice on energy and timber", "Training for young people and apprentices",
        "Free delivery within ten miles",
        "Equipment to hire", "We recycle all that we can", "Groups and schools are welcome",
        "Local produce used every day", "Emergency work on the same day",
    ),
}  # fmt: skip
POSTCODES = {"CF37 9AA": (51.600, -3.342), "CF44 9AA": (51.714, -3.446), "CF40 9AA": (51.628, -3.454)}

PARAMETERS = (
    "q=service",
    "q=gwasanaethau",
    "q=plumber",
    "q=gofal+cartref",
    "q=timber",
    "q=ynys+celyn",
    "q=hyfforddiant+pobl+ifanc+prentisiaid",
    "q=bontypridd",
    "category=care",
    "q=cleaning&area=pontypridd",
    "q=gofal&category=care&language=cy",
    "kind=social&q=family",
    "near=CF37+9AA&within=5",
    "q=caffi&near=CF44+9AA",
    "q=business&sort=name",
)
"""Fifteen ordinary questions: broad, narrow and rare words, both languages, a mutation, filters, places."""
BARE = (
    "service", "gwasanaeth", "plumbing", "gofal cartref", "timber", "ynys celyn", "hyfforddiant pobl ifanc prentisiaid",
    "Pontypridd", "care", "cleaning Pontypridd", "gofal care", "family", "Pontypridd work", "caffis Aberdare",
    "business",
)  # fmt: skip
"""The same, as near as one box of words can ask them."""
SLIP = "q=plumbr"
"""A slip of the keyboard: nothing is found, and the nearest word is offered."""


def _entries(file: Path, name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))[name]
    return [entry for entry in entries if entry.get("parent")]


def suppliers(number: int) -> Iterator[SupplierRecord]:
    """So many suppliers: a name, one or two categories, a town, some eighty words."""
    dice = random.Random(17)
    categories, areas = _entries(CATEGORIES, "category"), _entries(AREAS, "area")
    for this in range(number):
        area = dice.choice(areas)
        chosen = dice.sample(categories, dice.choice((1, 1, 2)))
        said = dice.sample(range(len(SAID["cy"])), 6)
        name = f"{dice.choice(FIRST)} {dice.choice(SECOND)} {dice.choice(WHAT)} {this}"
        summary = Bilingual(
            f"{chosen[0]['name_cy']} {area['in_cy']}: {SAID['cy'][said[0]].lower()}.",
            f"{chosen[0]['name_en']} {area['in_en']}: {SAID['en'][said[0]].lower()}.",
        )
        description = Bilingual(
            *(". ".join(SAID[language][place] for place in said[1:]) + "." for language in ("cy", "en"))
        )
        yield SupplierRecord(
            source="bench",
            source_id=str(this),
            name=name,
            summary=summary,
            description=description if this % 10 else Bilingual(en=description.en),
            categories=tuple(category["code"] for category in chosen),
            address=(f"{this % 90 + 1} {dice.choice(FIRST)} Street",),
            town=area["name_en"],
            latitude=area["latitude"] + dice.uniform(-0.01, 0.01),
            longitude=area["longitude"] + dice.uniform(-0.01, 0.01),
            phone=f"01632 960{this % 1000:03}",
            email=f"post{this}@example.wales",
            welsh=this % 3 == 0,
            english=True,
            social_enterprise=this % 7 == 0,
            micro_enterprise=this % 4 == 0,
            source_date=date(2026, 11, 1),
        )


def reading(number: int) -> Reading[SupplierRecord]:
    """The same as a file that is being read."""

    def entries() -> Iterator[SupplierRecord | Reject]:
        yield from suppliers(number)

    return Reading("bench", Remarks(), None, entries(), BytesIO(), True)  # type: ignore[arg-type]


def hygiene_file(file: Path, number: int) -> None:
    """So many businesses in the layout of the Food Standards Agency's open data."""
    kinds = ("1", "5", "7", "4613", "7839", "7840", "7841", "7842", "7843", "7844", "7845")
    with file.open("w", encoding="utf-8") as out:
        out.write(
            '<?xml version="1.0" encoding="utf-8"?><FHRSEstablishment><Header><ExtractDate>2026-11-01</ExtractDate>'
            f"<ItemCount>{number}</ItemCount><ReturnCode>Success</ReturnCode></Header><EstablishmentCollection>\n"
        )
        for this, record in enumerate(suppliers(number)):
            out.write(
                f"<EstablishmentDetail><FHRSID>{this + 1}</FHRSID><BusinessName>{record.name}</BusinessName>"
                f"<BusinessType>Other</BusinessType><BusinessTypeID>{kinds[this % len(kinds)]}</BusinessTypeID>"
                f"<AddressLine1>{record.address[0]}</AddressLine1><AddressLine2>{record.town}</AddressLine2>"
                f"<PostCode>CF37 9AA</PostCode><RatingValue>5</RatingValue><RatingDate>2026-01-01</RatingDate>"
                f"<LocalAuthorityCode>555</LocalAuthorityCode><Geocode><Longitude>{record.longitude:.6f}</Longitude>"
                f"<Latitude>{record.latitude:.6f}</Latitude></Geocode></EstablishmentDetail>\n"
            )
        out.write("</EstablishmentCollection></FHRSEstablishment>\n")
