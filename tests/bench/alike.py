"""Whether the time that an answer takes tells who has an account."""

from collections.abc import Callable
from datetime import timedelta
from time import perf_counter

from c4s.accounts import actions, passwords, rules
from c4s.accounts.models import Person
from c4s.accounts.rules import Lane, PersonState
from c4s.core import throttle
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.errors import Refused
from c4s.core.migrating import migrate
from c4s.core.units import unit_of_work
from tests.bench import filled
from tests.bench.figures import Bench, Figure, Target
from tests.bench.load import middle

PAIRS = 200
NEARLY_THE_SAME = Target(must=5, good=3, aim=3, at_most=True)
HERE = {"browser": "Firefox, Linux", "network": "192.0.2.0/24"}
WISHES = {"language_written": "both", "language_spoken": "cy", "asked_in": "cy"}


@unit_of_work
def _person(address: str, password_hash: str) -> int:
    moment = now()
    person = Person(
        lane=Lane.RESIDENT,
        state=PersonState.ACTIVE,
        name="Somebody",
        email=address,
        email_key=rules.email_key(address),
        **WISHES,
        asked_at=moment,
        over_16_at=moment,
        proved_at=moment,
        password_hash=password_hash,
        created_at=moment,
        last_seen_at=rules.day_of(moment),
    )
    db.session.add(person)
    db.session.flush()
    return person.id


@unit_of_work
def _forget_counts() -> None:
    throttle.forget_old(now() + timedelta(days=2))


def _try_password(address: str) -> None:
    try:
        actions.sign_in_by_password(address, "a password that is wrong", **HERE)
    except Refused:
        return


def _time(ask: Callable[[str], object], address: str) -> float:
    _forget_counts()
    db.session.remove()
    began = perf_counter()
    ask(address)
    return (perf_counter() - began) * 1_000


def alike(bench: Bench) -> list[Figure]:
    """What is asked for a known and for an unknown address, in turn: by how many per cent the medians differ"""
    pairs = PAIRS // 5 if bench.quick else PAIRS
    file = bench.folder / "alike.sqlite3"
    file.unlink(missing_ok=True)
    figures = []
    with filled.site(file):
        migrate()
        password_hash = passwords.hashed("pysgod melyn dan y lleuad 7")
        asker = _person("asker@example.cymru", password_hash)
        asked: dict[str, Callable[[str], object]] = {
            "register": lambda address: actions.register(name="Nia", email=address, network="192.0.2.0/24", **WISHES),
            "link": lambda address: actions.ask_for_link(address, network="192.0.2.0/24"),
            "password": _try_password,
            "change of email": lambda address: actions.ask_to_change_email(asker, address, network="192.0.2.0/24"),
        }
        for word, (name, ask) in enumerate(asked.items()):
            known, unknown = [], []
            for number in range(pairs):
                there, nowhere = (f"{who}{word}{number:04}@example.cymru" for who in ("known", "other"))
                _person(there, password_hash)
                turns = [(known, there), (unknown, nowhere)]
                for times, address in turns if number % 2 else reversed(turns):
                    times.append(_time(ask, address))
            first, second = middle(known), middle(unknown)
            said = f"known {first:.2f}, unknown {second:.2f} ms; {pairs} pairs"
            figures.append(Figure(name, said, abs(first - second) / second * 100, target=NEARLY_THE_SAME))
    return figures
