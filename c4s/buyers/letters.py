"""Letters about requests to be a buyer."""

from typing import Any

from c4s.accounts.letters import recipient
from c4s.accounts.models import Person
from c4s.buyers.models import BuyerRequest
from c4s.i18n import addresses
from c4s.i18n.bilingual import Bilingual
from c4s.mail import outbox


def granted(request: BuyerRequest) -> None:
    """Somebody has buyer rights from now on."""
    _post("granted", request, link=addresses.links("accounts.sign_in"))


def refused(request: BuyerRequest) -> None:
    """A request was refused: why, and where to correct it and ask again."""
    _post("refused", request, link=addresses.links("buyers.ask"), why=request.reason)


def ended(request: BuyerRequest) -> None:
    """The rights were taken away: why."""
    _post("ended", request, link=addresses.links("pages.contact"), why=request.reason)


def checked_again(request: BuyerRequest, why: Bilingual) -> None:
    """Rights ended by themselves, and this request waits in their place."""
    _post("checked_again", request, link=addresses.links("buyers.ask"), why=why)


def _post(letter: str, request: BuyerRequest, **facts: Any) -> None:
    person: Person = request.person
    outbox.post(
        f"buyers/{letter}",
        to=recipient(person),
        about=("person", person.id),
        name=person.name,
        body_name=request.organisation,
        **facts,
    )
