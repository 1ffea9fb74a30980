"""What staff do about networks: each verb is one unit of work."""

from datetime import datetime

from sqlalchemy import func, select, update

from c4s.accounts import steps
from c4s.audit import trail
from c4s.core.clock import now
from c4s.core.db import db, rows_changed
from c4s.core.errors import Refused
from c4s.core.text import fold, slug
from c4s.core.units import held, unit_of_work
from c4s.directory import showing
from c4s.directory.models import Network
from c4s.entries import queries, rules
from c4s.entries.rules import Did, WhyNot
from c4s.i18n import formats
from c4s.i18n.bilingual import Bilingual
from c4s.web.rights import Right

KIND = "network"
LONGEST_CODE = 60
AT_ONCE = 100
"""Members of a network that are filed anew in one unit of work."""


@unit_of_work
def name_network(name: Bilingual, about: Bilingual, *, by_id: int) -> int:
    """Name a network in both languages; its code is made of the English name, once, and stays when the name changes.

    Returns:
        the number of the network.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NAME_TAKEN``.
    """
    steps.must_have(Right.NAME_NETWORKS, by_id)
    rules.must_be_new(_is_taken(name))
    network = Network(code=_code(name), name=name, about=about)
    db.session.add(network)
    db.session.flush()
    _record(Did.NAMED, network, by_id)
    return network.id


@unit_of_work
def change_network(network_id: int, name: Bilingual, about: Bilingual, *, by_id: int) -> None:
    """Call a network otherwise, or say otherwise what it does. The same again changes nothing.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NOT_THERE``, ``NAME_TAKEN``.
    """
    steps.must_have(Right.NAME_NETWORKS, by_id)
    network = _held(network_id)
    if (network.name, network.about) == (name, about):
        return
    rules.must_be_new(_is_taken(name, but=network_id))
    if network.name != name:
        network.renamed_at = now()
    network.name, network.about = name, about
    _record(Did.CHANGED, network, by_id)


@unit_of_work
def end_network(network_id: int, *, by_id: int) -> None:
    """A network meets no more: nobody can be put into it, and lists leave it out. Doing it again changes nothing.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NOT_THERE``.
    """
    steps.must_have(Right.NAME_NETWORKS, by_id)
    network = _held(network_id)
    if network.ended_on is None:
        network.ended_on, network.renamed_at = formats.uk(now()).date(), now()
        _record(Did.ENDED, network, by_id)


@unit_of_work
def begin_again(network_id: int, *, by_id: int) -> None:
    """A network that had ended meets again; those who were in it are. Doing it again changes nothing.

    Raises:
        Refused: accounts’ ``NOT_ALLOWED`` when ``by_id`` may not; ``NOT_THERE``.
    """
    steps.must_have(Right.NAME_NETWORKS, by_id)
    network = _held(network_id)
    if network.ended_on is not None:
        network.ended_on, network.renamed_at = None, now()
        _record(Did.BEGAN_AGAIN, network, by_id)


def file_renamed() -> int:
    """Let searches find the members of networks by the names that these have now. Pages say them at once; this is begun
    within a minute, and again it changes nothing.

    Some members at a time are a unit of work: a network may have very many, and nobody else may wait for all.

    Returns:
        how many members were filed anew.
    """
    filed = 0
    for network_id, renamed_at in queries.renamed():
        members = queries.members_of(network_id)
        for start in range(0, len(members), AT_ONCE):
            showing.renew(members[start : start + AT_ONCE])
        filed += len(members)
        _filed(network_id, renamed_at)
    return filed


@unit_of_work
def _filed(network_id: int, renamed_at: datetime) -> None:
    """Its members are filed anew; not if it was renamed once more meanwhile."""
    same = (Network.id == network_id, Network.renamed_at == renamed_at)
    rows_changed(update(Network).where(*same).values(renamed_at=None))


def _held(network_id: int) -> Network:
    if queries.network(network_id) is None:
        raise Refused(WhyNot.NOT_THERE)
    return held(Network, network_id)


def _is_taken(name: Bilingual, but: int | None = None) -> bool:
    """Whether another network has one of these names, however it is written."""
    mine = {fold(name.cy), fold(name.en)}
    others = [one for one in queries.networks() if one.id != but]
    return any(not mine.isdisjoint((fold(one.name.cy), fold(one.name.en))) for one in others)


def _code(name: Bilingual) -> str:
    """A code that no network has: the English name, and a number where that alone is taken or has no letters."""
    stem = slug(name.en)[: LONGEST_CODE - 4].rstrip("-") or KIND
    codes = set(db.session.scalars(select(Network.code).where(Network.code.startswith(stem, autoescape=True))))
    number = db.session.scalar(select(func.count()).select_from(Network)) or 0
    ways = (stem, *(f"{stem}-{count}" for count in range(2, number + 3)))
    return next(one for one in ways if one not in codes)


def _record(did: Did, network: Network, by_id: int) -> None:
    trail.record(did, KIND, network.id, by=trail.person(by_id), code=network.code)
