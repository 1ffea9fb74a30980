"""Two hundred deaths, half of the server and half of the worker, while people sign up."""

from tests.bench.figures import Bench, Figure, Target
from tests.conftest import close, made_on
from tests.races.killing import Death
from tests.races.surviving import survived

KILLS = 100  # of each half
NONE = Target(must=0, aim=0, at_most=True)


def kills(bench: Bench) -> list[Figure]:
    """Server and worker are killed at random moments; what people were told is compared with what is left"""
    number = KILLS // 10 if bench.quick else KILLS
    for old in bench.folder.glob("kills*"):
        old.unlink()
    address = f"sqlite:///{bench.folder / 'kills.sqlite3'}"
    site = made_on(address)
    found = survived(site, Death(address, str(bench.folder / "kills.ledger"), kills=number, seed=2026))
    close(site)
    told = f"{found.told:,} people told, {found.letters:,} letters, {2 * number} deaths"
    again = Target(must=number, aim=number, at_most=True)
    return [
        Figure("not as people were told", "; ".join(found.wrong[:5]) or told, len(found.wrong), target=NONE),
        Figure("letters sent once more", f"{found.sent_again}", found.sent_again, target=again),
    ]
