"""A program that reads the directory, and holds every answer to the standard."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from c4s.open_data.contract import BASE
from tests.visitor import Visitor

SCHEMA = Path(__file__).parent / "schema"
OF_PATH = {
    "": "about",
    "services": "service",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}


@cache
def schemas() -> dict[str, Any]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(SCHEMA.glob("*.json"))}


@cache
def validator(name: str) -> Draft202012Validator:
    registry = Registry().with_resources((one["$id"], Resource.from_contents(one)) for one in schemas().values())
    schema = schemas()[name]
    return Draft202012Validator(schema, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


def hold(name: str, told: Any) -> None:
    """The standard finds nothing wrong with what was told."""
    wrong = [f"{'/'.join(map(str, one.absolute_path))}: {one.message}" for one in validator(name).iter_errors(told)]
    assert wrong == []


def read(visitor: Visitor, path: str, status: int = 200) -> Any:
    """What an address tells, held to the schema of what is there."""
    response = visitor.ask("GET", BASE + path)
    assert response.status_code == status, response.get_data(as_text=True)
    told = json.loads(response.get_data())
    if status != 200:
        assert response.mimetype == "application/problem+json"
        hold("problem", told)
        return told
    assert response.mimetype == "application/json"
    place, _, question = path.strip("/").partition("?")
    kind, _, one = place.partition("/")
    if kind not in OF_PATH:
        return told
    if kind and not one:
        hold("page", told)
        for thing in told["contents"]:
            hold("minimal" if "minimal=true" in question else OF_PATH[kind], thing)
    else:
        hold(OF_PATH[kind], told)
    return told


def contents(visitor: Visitor, path: str) -> list[dict[str, Any]]:
    """The things on a page of a list."""
    found: list[dict[str, Any]] = read(visitor, path)["contents"]
    return found


def names(visitor: Visitor, question: str = "") -> list[str]:
    """What the services on a page are called."""
    return [one["name"] for one in contents(visitor, f"/services{question}")]
