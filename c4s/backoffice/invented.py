"""Who can sign in to a demonstration: people invented, whose passwords and keys everybody may know."""

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


STAFF = (
    Colleague(
        "Gwenllian Tudful",
        "gwenllian.tudful@example.cymru",
        "pedair gwylan dros do sinc",
        "MRSW2Z3FORUGC5DFNRWGC3TBNVSXG2LH",
        ROLES,
    ),
    Colleague(
        "Osian Dryw",
        "osian.dryw@example.cymru",
        "pum mochyn mewn cwch papur",
        "ONUWO3TFMRSW2Z3FORUGC5DFNRWGC3TB",
        (Who.HELPER,),
    ),
)
"""Two, for some things need a second pair of eyes."""
BUSINESSES = (
    ("dwy-gadair", ""),
    ("kettle-and-keys", "Mae’r rhif ffôn yn y cofnod yn fy nghyrraedd i: gofynnwch am Siân."),
)
"""What the first of them speaks for: the key of a supplier, and the evidence of a claim that waits for staff; none for
an entry that is kept already."""
