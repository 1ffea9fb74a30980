"""How a supplier is filed: under which letter, in which area, and by which words and facets it is found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select

from c4s.core.changes import PAGES, publish
from c4s.core.clock import now
from c4s.core.db import db
from c4s.core.text import fold
from c4s.core.units import unit_of_work
from c4s.directory import phrases
from c4s.directory.models import Claim, Network, Supplier, supplier_area, supplier_category, supplier_network
from c4s.directory.rules import LegalForm
from c4s.i18n import alphabet, formats
from c4s.i18n.bilingual import Bilingual, in_both
from c4s.i18n.languages import LANGUAGES
from c4s.search import index
from c4s.search.index import Document
from c4s.taxonomy import queries as taxonomy
from c4s.taxonomy.queries import Term, Terms

KIND = "supplier"
AT_ONCE = 500
FAR = 0.0013  # square of a distance in degrees, about four kilometres


PARTS = "c4s.directory.filed_parts"
Facets = Callable[[Sequence[Mapping[str, Any]], date], Iterable[str]]
Texts = Callable[[Sequence[Mapping[str, Any]]], Iterable[tuple[str, str]]]


def register(app: Flask, name: str, facets: Facets, texts: Texts) -> None:
    """File suppliers also by what a part of their page says (see ``showing.Part``)."""
    app.extensions.setdefault(PARTS, []).append((name, facets, texts))


@dataclass(frozen=True)
class Filed:
    """The parts of a supplier that decide where it is found."""

    supplier_id: int
    name: str
    name_cy: str
    sort_name: str
    summary: Bilingual
    description: Bilingual
    town: str
    category_ids: tuple[int, ...]
    area_id: int | None
    served_ids: tuple[int, ...]
    latitude: float | None
    longitude: float | None
    serves_in_welsh: bool
    serves_in_english: bool
    social_enterprise: bool
    micro_enterprise: bool
    legal_form: LegalForm | None
    is_listed: bool
    is_imported: bool
    can_take_work: bool = False
    network_ids: tuple[int, ...] = ()
    more_names: tuple[str, ...] = ()
    """Of its networks, and of the languages of its team."""
    more_facets: tuple[str, ...] = ()
    """What the parts of its page are found by (see ``register``)."""
    more_texts: tuple[tuple[str, str], ...] = ()


@lru_cache(1_024)
def sorting(name: str, name_cy: str, sort_name: str) -> dict[str, str]:
    """The stored keys by which lists are ordered, for each language."""
    welsh, english = name_cy or sort_name or name, sort_name or name
    return {"sort_cy": alphabet.sort_key(welsh, "cy")[:500], "sort_en": alphabet.sort_key(english, "en")[:500]}


def area_of(lines: Iterable[str], position: tuple[float, float] | None, areas: Terms) -> Term | None:
    """The area an address lies in: by a line that is an area's name, else by the nearest centre within four km.

    Args:
        lines: the address, the most telling line first.
        position: latitude and longitude, where known.
    """
    found = [areas.by_words[fold(line)] for line in lines if fold(line) in areas.by_words]
    for term in found:
        if term.parent_id is not None:
            return term
    if position:
        centres = [
            ((t.latitude - position[0]) ** 2 + ((t.longitude - position[1]) * 0.62) ** 2, t.id)
            for t in areas.by_id.values()
            if t.latitude is not None and t.longitude is not None and t.parent_id is not None
        ]
        if centres and min(centres)[0] < FAR:
            return areas.by_id[min(centres)[1]]
    return found[0] if found else None


def place_of(
    lines: Iterable[str], position: tuple[float, float] | None, areas: Terms, *, home_based: bool
) -> tuple[Term | None, tuple[float, float] | None]:
    """The area of a supplier, and the position from which distances are counted: the middle of the area when no other
    is known, and for every home, whose street a distance would give away.

    Args:
        lines: the address, the most telling line first.
        position: latitude and longitude, where known.
    """
    area = area_of(lines, position, areas)
    if position is not None and not home_based:
        return area, position
    if area is None or area.latitude is None or area.longitude is None:
        return area, None
    return area, (area.latitude, area.longitude)


def letters(name: str, name_cy: str, sort_name: str) -> tuple[str, ...]:
    """The codes of the letters that a supplier is filed under, one for each language."""
    filed_as = {"cy": name_cy or sort_name or name, "en": sort_name or name}
    return tuple(letter_facet(alphabet.initial(text, language), language) for language, text in filed_as.items())


def letter_facet(letter: str, language: str) -> str:
    """The code that suppliers carry who are filed under a letter of a language's alphabet."""
    return f"i{language}{letter.lower() if letter.isalpha() else 0}"


def main_of(categories: Iterable[Term]) -> Term | None:
    """The one of a supplier's categories under which its page stands: the narrowest, then the first of the list."""
    return min(categories, key=lambda term: (term.parent_id is None, term.id), default=None)


def facets(filed: Filed, categories: Terms, areas: Terms) -> tuple[str, ...]:
    """The codes that filters go by, the main category and the area first."""
    codes = [
        f"c{term.id}"
        for category_id in filed.category_ids
        for term in categories.with_parents(categories.by_id[category_id])
    ]
    places = [filed.area_id] if filed.area_id else []
    codes += [
        f"a{term.id}" for area_id in (*places, *filed.served_ids) for term in areas.with_parents(areas.by_id[area_id])
    ]
    kinds = {
        "lcy": filed.serves_in_welsh,
        "len": filed.serves_in_english,
        "ksocial": filed.social_enterprise,
        "kmicro": filed.micro_enterprise,
        "kcooperative": filed.legal_form == LegalForm.CO_OPERATIVE,
        "kcharity": filed.legal_form == LegalForm.CHARITY,
        "kclaimed": not filed.is_imported,
        "mnow": filed.can_take_work,
    }
    codes += [f"n{network_id}" for network_id in filed.network_ids]
    codes += filed.more_facets
    codes += letters(filed.name, filed.name_cy, filed.sort_name)
    return tuple(dict.fromkeys([*codes, *(code for code, is_so in kinds.items() if is_so)]))


def document(filed: Filed, categories: Terms, areas: Terms) -> Document:
    """What the index keeps of a supplier: words of both languages together, so that either finds the same."""
    names = [filed.town]
    for category_id in filed.category_ids:
        term = categories.by_id[category_id]
        names += [term.name.cy, term.name.en, *term.synonyms]
    if filed.area_id:
        for term in areas.with_parents(areas.by_id[filed.area_id]):
            names += [term.name.cy, term.name.en]
    names += filed.more_names
    for area_id in filed.served_ids:
        names += [areas.by_id[area_id].name.cy, areas.by_id[area_id].name.en]
    texts = (
        (filed.summary.cy, "cy"),
        (filed.description.cy, "cy"),
        (filed.summary.en, "en"),
        (filed.description.en, "en"),
        *filed.more_texts,
    )
    keys = sorting(filed.name, filed.name_cy, filed.sort_name)
    return Document(
        kind=KIND,
        record_id=filed.supplier_id,
        titles=tuple(name for name in (filed.name, filed.name_cy) if name),
        names=tuple(dict.fromkeys(name for name in names if name)),
        texts=tuple((text, language) for text, language in texts if text),
        facets=facets(filed, categories, areas),
        sort_cy=keys["sort_cy"],
        sort_en=keys["sort_en"],
        latitude=filed.latitude,
        longitude=filed.longitude,
    )


def filed(
    supplier: Supplier,
    category_ids: Iterable[int],
    served_ids: Iterable[int],
    network_ids: Iterable[int],
    named: Mapping[int, tuple[str, str]] = MappingProxyType({}),
) -> Filed:
    """The parts of a stored supplier that decide where it is found.

    Args:
        named: the names of networks, by their numbers.
    """
    today = formats.uk(now()).date()
    parts = [(supplier.shown.get(name, ()), *rest) for name, *rest in current_app.extensions.get(PARTS, ())]
    network_ids = tuple(network_ids)
    their_names = [name for one in network_ids for name in named.get(one, ())]
    words = (supplier.wants, supplier.could, supplier.buys_locally)
    return Filed(
        supplier_id=supplier.id,
        name=supplier.name,
        name_cy=supplier.name_cy,
        sort_name=supplier.sort_name,
        summary=supplier.summary,
        description=supplier.description,
        town=supplier.town,
        category_ids=tuple(category_ids),
        area_id=supplier.area_id,
        served_ids=tuple(served_ids),
        latitude=supplier.latitude,
        longitude=supplier.longitude,
        serves_in_welsh=supplier.serves_in_welsh,
        serves_in_english=supplier.serves_in_english,
        social_enterprise=supplier.social_enterprise,
        micro_enterprise=supplier.micro_enterprise,
        legal_form=supplier.legal_form,
        is_listed=supplier.is_listed,
        is_imported=supplier.claim == Claim.IMPORTED,
        can_take_work=bool(supplier.can_take_work),
        network_ids=network_ids,
        more_names=(*their_names, *_names_of_languages(tuple(supplier.team_languages))),
        more_facets=tuple(code for rows, facets, _ in parts for code in facets(rows, today)),
        more_texts=(
            *((getattr(text, code), code) for text in words for code in LANGUAGES),
            *(text for rows, _, texts in parts for text in texts(rows)),
        ),
    )


@lru_cache(1_024)
def _names_of_languages(codes: tuple[str, ...]) -> tuple[str, ...]:
    names = [in_both(partial(phrases.language_name, code)) for code in codes]
    return tuple(name for one in names for name in (one.cy, one.en))


def names_of_networks() -> dict[int, tuple[str, str]]:
    """The names of the networks that still meet, by their numbers: asked of the database, for one may have been named
    in this very unit of work."""
    found = db.session.execute(select(Network.id, Network.name).where(Network.ended_on.is_(None)))
    return {one.id: (one.name.cy, one.name.en) for one in found}


@unit_of_work
def refile(supplier_ids: Iterable[int] | None = None) -> int:
    """Make the index say what the directory says, for some suppliers or for all. Says how many were looked at."""
    categories, areas = taxonomy.categories(), taxonomy.areas()
    query = select(Supplier).order_by(Supplier.id)
    if supplier_ids is not None:
        query = query.where(Supplier.id.in_(list(supplier_ids)))
    number, named = 0, names_of_networks()
    for part in db.session.scalars(query.execution_options(yield_per=AT_ONCE)).partitions(AT_ONCE):
        ids = [supplier.id for supplier in part]
        links: dict[str, dict[int, list[int]]] = {"c": {}, "a": {}, "n": {}}
        for name, table in (("c", supplier_category), ("a", supplier_area), ("n", supplier_network)):
            for supplier_id, other_id in db.session.execute(select(table).where(table.c.supplier_id.in_(ids))):
                links[name].setdefault(supplier_id, []).append(other_id)
        papers = [
            filed(s, links["c"].get(s.id, ()), links["a"].get(s.id, ()), links["n"].get(s.id, ()), named) for s in part
        ]
        index.put(document(one, categories, areas) for one in papers if one.is_listed)
        index.remove(KIND, [one.supplier_id for one in papers if not one.is_listed])
        number += len(ids)
    publish(PAGES)
    return number
