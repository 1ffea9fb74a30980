"""The interface for machines, described for programs: OpenAPI 3.1."""

from typing import Any

from c4s.open_data.data import licence
from c4s.open_data.phrases import ABOUT
from c4s.open_data.rules import (
    AT_LOCATIONS,
    FARTHEST,
    LANGUAGES,
    LIST,
    MOST_PER_PAGE,
    NEAREST,
    PER_PAGE,
    SERVICES,
    UNHELD,
)

FOR_PROGRAMS = "/api/"
"""How every address begins at which nobody is answered with a page."""
BASE = f"{FOR_PROGRAMS}open-referral"
STANDARD, PROFILE = "HSDS-UK-3.0", "https://docs.openreferraluk.org/en/latest/"
VERSION = "1.0.0"
"""Of this interface: the first number rises with a change that programs would stumble over."""

Thing = dict[str, Any]
TEXT: Thing = {"type": "string"}
UUID: Thing = {"type": "string", "format": "uuid"}
YES: Thing = {"type": "boolean", "default": False}
PARAMETERS: dict[str, tuple[Thing, str]] = {
    "page": ({"type": "integer", "minimum": 1, "default": 1}, "Which page."),
    "per_page": (
        {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
        "How many to a page.",
    ),
    "language": (
        {"type": "string", "enum": [*LANGUAGES], "default": "en"},
        "The language of the standard's own fields; x_texts has both.",
    ),
    "format": ({"type": "string", "enum": ["json"], "default": "json"}, "The only format there is."),
    "search": (TEXT, "Words, in either language."),
    "taxonomy_term_id": (UUID, "A category; those below it count too."),
    "taxonomy_id": (UUID, "A list of categories: services that are in any of them."),
    "organization_id": (UUID, "A supplier."),
    "modified_after": ({"type": "string", "format": "date-time"}, "What has changed at that moment or since."),
    "postcode": (TEXT, "Services near a postcode, the nearest first."),
    "proximity": (
        {"type": "integer", "minimum": NEAREST, "maximum": FARTHEST},
        "How near, in metres; needs a postcode.",
    ),
    "full": (YES, "Everything about each service."),
    "minimal": (YES, "Identifiers and dates only."),
    **dict.fromkeys(UNHELD, (TEXT, "A filter of the standard by what no entry here says: nothing answers to it.")),
}
SCHEMAS: dict[str, Thing] = {
    "Service": {
        "type": "object",
        "description": "A service of the UK profile; fields that begin with x_ are this site's own.",
        "required": ["id", "name", "status", "url", "organization", "last_modified"],
        "properties": {
            "id": UUID,
            "name": TEXT,
            "description": TEXT,
            "url": {"type": "string", "format": "uri"},
            "status": {"type": "string", "enum": ["active", "inactive", "defunct", "temporarily closed"]},
            "assured_date": {"type": "string", "format": "date"},
            "last_modified": {"type": "string", "format": "date-time"},
            "organization": {"type": "object"},
            "x_language": {"type": "string", "enum": [*LANGUAGES]},
            "x_texts": {"type": "object"},
            "x_licence": {"type": "object"},
        },
    },
    "ServiceAtLocation": {
        "type": "object",
        "required": ["id", "service", "location"],
        "properties": {
            "id": UUID,
            "service": {"$ref": "#/components/schemas/Service"},
            "location": {"type": "object"},
        },
    },
    "Taxonomy": {
        "type": "object",
        "required": ["id", "name", "description"],
        "properties": {"id": UUID, "name": TEXT, "description": TEXT},
    },
    "TaxonomyTerm": {
        "type": "object",
        "required": ["id", "name", "description", "taxonomy"],
        "properties": {"id": UUID, "name": TEXT, "term": TEXT, "parent_id": UUID, "taxonomy": TEXT},
    },
    "Page": {
        "type": "object",
        "required": ["total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty"],
        "properties": {
            **{key: {"type": "integer"} for key in ("total_items", "total_pages", "page_number", "size")},
            **{key: {"type": "boolean"} for key in ("first_page", "last_page", "empty")},
        },
    },
    "Problem": {
        "type": "object",
        "description": "What is wrong (RFC 9457).",
        "required": ["title", "status"],
        "properties": {"title": TEXT, "status": {"type": "integer"}, "detail": TEXT, "parameter": TEXT},
    },
}
OF_LISTS = (
    ("services", "Service", "Services", SERVICES),
    ("service_at_locations", "ServiceAtLocation", "Services with the places where they are", AT_LOCATIONS),
    ("taxonomies", "Taxonomy", "Lists of categories", LIST),
    ("taxonomy_terms", "TaxonomyTerm", "Categories", (*LIST, "taxonomy_id")),
)


def document(site: str) -> Thing:
    """The description of the interface of a site.

    Args:
        site: its address, without a slash at the end.
    """
    paths: Thing = {"/": {"get": _question("What this interface is", "about", {"type": "object"}, ["language"])}}
    for name, schema, title, parameters in OF_LISTS:
        one = {"$ref": f"#/components/schemas/{schema}"}
        page: Thing = {
            "allOf": [
                {"$ref": "#/components/schemas/Page"},
                {"type": "object", "properties": {"contents": {"type": "array", "items": one}}},
            ]
        }
        paths[f"/{name}"] = {"get": _question(title, f"list_{name}", page, [*parameters])}
        which = {"name": "id", "in": "path", "required": True, "schema": UUID}
        paths[f"/{name}/{{id}}"] = {
            "parameters": [which],
            "get": _question(f"{title}: one of them", f"one_of_{name}", one, ["language"], can_be_missing=True),
        }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Open Referral UK",
            "version": VERSION,
            "description": str(ABOUT),
            "license": licence("en"),
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "externalDocs": {"description": "The UK profile of HSDS 3.0", "url": PROFILE},
        "servers": [{"url": site + BASE}],
        "paths": paths,
        "components": {
            "schemas": SCHEMAS,
            "parameters": {
                name: {"name": name, "in": "query", "required": False, "description": about, "schema": schema}
                for name, (schema, about) in PARAMETERS.items()
            },
        },
    }


def _question(
    title: str, operation: str, schema: Thing, parameters: list[str], *, can_be_missing: bool = False
) -> Thing:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answers: Thing = {
        "200": {"description": title, "content": {"application/json": {"schema": schema}}},
        "304": {"description": "Nothing has changed since the ETag that was sent along."},
        "400": {"description": "A parameter cannot be read; the answer says which.", "content": problem},
        "default": {"description": "Something else is wrong; 429 and 503 pass with time.", "content": problem},
    }
    if can_be_missing:
        answers["404"] = {"description": "There is no such thing, or no longer.", "content": problem}
    return {
        "summary": title,
        "operationId": operation,
        "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in parameters],
        "responses": answers,
    }
