"""Who can sign in to a demonstration: people invented, whose passwords and keys everybody may know; and their
neighbours, who have no password and sign in by a link, as everybody can."""

from dataclasses import dataclass

from c4s.web.rights import ROLES, Who

NAME = "Siân ap Rhŷs"
EMAIL = "sian.aprhys@example.cymru"
PASSWORD = "tair cath ar bont y glaw"


@dataclass(frozen=True)
class Colleague:
    """A member of staff.

    Attributes:
        key: of their second step, as an app would have it.
    """

    name: str
    email: str
    password: str
    key: str
    roles: tuple[Who, ...]


@dataclass(frozen=True)
class Neighbour:
    """Somebody who speaks for businesses, or buys from them.

    Attributes:
        language: that they read and speak.
        suppliers: the keys of the entries that their businesses keep.
        is_locked: their account is, so that letters reach nobody.
    """

    name: str
    email: str
    language: str
    suppliers: tuple[str, ...]
    is_locked: bool = False


STAFF = (
    Colleague(
        "Gwenllian Tudful",
        "gwenllian.tudful@example.cymru",
        "pedair gwylan dros do sinc",
        "MRSW2Z3FORUGC5DFNRWGC3TBNVSXG2LH",
        ROLES,
    ),
    Colleague(
        "Heledd Gwernant",
        "heledd.gwernant@example.cymru",
        "chwe draig dan fwrdd crwn",
        "NBSWYZLEMRTXOZLSNZQW45DDGRZWG2LH",
        (Who.MODERATOR, Who.CARE_MODERATOR),
    ),
    Colleague(
        "Osian Dryw",
        "osian.dryw@example.cymru",
        "pum mochyn mewn cwch papur",
        "ONUWO3TFMRSW2Z3FORUGC5DFNRWGC3TB",
        (Who.HELPER,),
    ),
)
"""Three: some things need a second pair of eyes, and what is said of care somebody who knows its law."""
EVERYTHING, CARE = (one.email for one in STAFF[:2])
BUSINESSES = (
    ("dwy-gadair", "Ein busnes ni yw hwn: mae fy rhif i ar gefn ein taflenni.", True),
    ("kettle-and-keys", "Mae’r rhif ffôn yn y cofnod yn fy nghyrraedd i: gofynnwch am Siân.", False),
)
"""What the first of them speaks for: the key of a supplier, the evidence of the claim, and whether staff have agreed;
else it waits for them."""
NEIGHBOURS = (
    Neighbour(
        "Iolo Brynmawr",
        "iolo.brynmawr@example.cymru",
        "cy",
        ("robin-ar-y-rhiniog", "pum-corn-pres", "crochendyr-ddraenen-ddu"),
    ),
    Neighbour("Carwen Haf", "carwen.haf@example.cymru", "cy", ("cydweithfa-ofal-ffynnon-oer",)),
    Neighbour(
        "Della Rowe",
        "della.rowe@example.wales",
        "en",
        ("gerddi-rhaca-arian", "ripple-and-rook", "two-ladders"),
    ),
    Neighbour("Tomos Cefni", "tomos.cefni@example.cymru", "cy", ()),
    Neighbour("Nest Aber", "nest.aber@example.wales", "en", ("bubble-and-bramble",), is_locked=True),
)
