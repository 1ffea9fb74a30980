"""Loading the lists: from files of ours for categories and areas, from open data for postcodes."""

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select

from c4s.core.changes import PAGES, TAXONOMY, publish
from c4s.core.db import db
from c4s.core.units import unit_of_work
from c4s.i18n.alphabet import sort_key
from c4s.i18n.bilingual import Bilingual
from c4s.taxonomy.models import Area, Category, Postcode

DATA = Path(__file__).parent / "data"
CATEGORIES = DATA / "categories.toml"
AREAS = DATA / "areas-rhondda-cynon-taf.toml"
BATCH = 1_000
T = TypeVar("T", Category, Area)


class WrongList(Exception):
    """A file of categories or areas contradicts itself; the message says where."""


def _entries(file: Path, name: str) -> list[dict[str, Any]]:
    try:
        entries: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))[name]
    except (KeyError, OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise WrongList(f"{file.name}: {problem!r}") from problem
    codes = [entry.get("code", "") for entry in entries]
    parents = {entry["code"] for entry in entries if not entry.get("parent")}
    for entry in entries:
        if not entry.get("code") or not entry.get("name_cy") or not entry.get("name_en"):
            raise WrongList(f"{file.name}: an entry needs a code and a name in both languages: {entry}")
        if codes.count(entry["code"]) > 1:
            raise WrongList(f"{file.name}: twice the same code: {entry['code']}")
        if entry.get("parent") and entry["parent"] not in parents:
            raise WrongList(f"{file.name}: {entry['code']} lies under {entry['parent']}, which is not at the top")
    return sorted(entries, key=lambda entry: bool(entry.get("parent")))


@unit_of_work
def load_categories(file: Path = CATEGORIES) -> int:
    """Add or renew the categories of a file; those it does not name stay. Says how many it has.

    Raises:
        WrongList: nothing is loaded.
    """

    def facts(entry: dict[str, Any]) -> dict[str, Any]:
        return {
            "synonyms": [*entry.get("synonyms_cy", ()), *entry.get("synonyms_en", ())],
            "cpv": list(entry.get("cpv", ())),
            "sic": list(entry.get("sic", ())),
        }

    return _load(Category, _entries(file, "category"), facts)


@unit_of_work
def load_areas(file: Path = AREAS) -> int:
    """Add or renew the areas of a file; those it does not name stay. Says how many it has.

    Raises:
        WrongList: nothing is loaded.
    """

    def facts(entry: dict[str, Any]) -> dict[str, Any]:
        return {
            "inside": Bilingual(entry.get("in_cy", ""), entry.get("in_en", "")),
            "also": list(entry.get("also", ())),
            "latitude": entry.get("latitude"),
            "longitude": entry.get("longitude"),
        }

    return _load(Area, _entries(file, "area"), facts)


def _load(model: type[T], entries: list[dict[str, Any]], facts: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Add or renew a row for each entry, parents first; ``facts`` says what the rows of this model have besides."""
    known = {row.code: row for row in db.session.scalars(select(model))}
    for entry in entries:
        code, parent = entry["code"], entry.get("parent")
        values = {
            "parent_id": known[parent].id if parent else None,
            "name": Bilingual(entry["name_cy"], entry["name_en"]),
            "sort_cy": sort_key(entry.get("sort_cy") or entry["name_cy"], "cy"),
            "sort_en": sort_key(entry.get("sort_en") or entry["name_en"], "en"),
            **facts(entry),
        }
        if code in known:
            for name, value in values.items():
                setattr(known[code], name, value)
        else:
            known[code] = model(code=code, **values)
            db.session.add(known[code])
        db.session.flush()
    return len(entries)


@unit_of_work
def replace_postcodes(rows: Iterable[dict[str, Any]]) -> int:
    """Replace the whole list of postcodes, all or nothing. Says how many there are.

    Args:
        rows: values by column of ``Postcode``, each postcode once.
    """
    db.session.execute(delete(Postcode))
    number, batch = 0, []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            db.session.execute(insert(Postcode), batch)
            number, batch = number + len(batch), []
    if batch:
        db.session.execute(insert(Postcode), batch)
    publish(PAGES, TAXONOMY)
    return number + len(batch)
