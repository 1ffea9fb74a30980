"""The weekly letter, and the address that ends it."""

from collections.abc import Sequence
from dataclasses import dataclass

from c4s.accounts.models import Person
from c4s.core import tokens
from c4s.directory.models import Supplier
from c4s.events.models import Event
from c4s.i18n import addresses, formats
from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import LANGUAGES
from c4s.i18n.references import reference
from c4s.mail import outbox
from c4s.mail.outbox import Recipient
from c4s.news import rules


@dataclass(frozen=True)
class Item:
    """One thing that is new: what it is called, more about it, and where to read on."""

    name: Bilingual
    more: Bilingual
    link: Bilingual


def weekly(person: Person, events: Sequence[Event], suppliers: Sequence[Supplier]) -> None:
    """What is new since the last letter.

    Args:
        events, suppliers: one more than a letter tells of, if there are more.
    """
    outbox.post(
        "news/weekly",
        to=Recipient(person.name, person.email, person.language_written),
        about=("person", person.id),
        unsubscribe=_stop(person, "en" if person.language_written == "en" else "cy"),
        name=person.name,
        events=[
            Item(
                event.title,
                Bilingual(
                    *(formats.at_start(formats.span(event.starts_at, event.ends_at, code)) for code in LANGUAGES)
                ),
                _link("events.show", "event_id", event.id, event.title),
            )
            for event in events[: rules.MOST]
        ],
        more_events=len(events) > rules.MOST,
        businesses=[
            Item(one.names, one.summary, _link("directory.show", "supplier_id", one.id, one.names))
            for one in suppliers[: rules.MOST]
        ],
        more_businesses=len(suppliers) > rules.MOST,
        events_page=addresses.links("events.index"),
        directory_page=addresses.links("directory.index"),
        choose_page=addresses.links("news.choose"),
        stop_page=Bilingual(*(_stop(person, code) for code in LANGUAGES)),
    )


def stop_token(person_id: int) -> str:
    """What ends somebody's news without a question; it works for as long as they may have a letter with it."""
    return tokens.sign("news", person_id)


def _stop(person: Person, language: str) -> str:
    return addresses.link("news.stop", language, token=stop_token(person.id))


def _link(endpoint: str, key: str, number: int, name: Bilingual) -> Bilingual:
    return Bilingual(
        *(addresses.link(endpoint, code, **{key: reference(number, name.spoken(code)[0])}) for code in LANGUAGES)
    )
