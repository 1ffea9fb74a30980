"""Addresses are compiled when a page leads to them, and are the ones that Werkzeug would have made."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import BuildError, Map, MapAdapter, Rule

from c4s.web.routing import LateRule

pytestmark = pytest.mark.either_database

ADDRESSES = [
    ("/cy/cyfeiriadur", "plain", {}),
    ("/cy/digwyddiadau/<int:number>", "number", {}),
    ("/cy/<path:file>/llun", "file", {}),
    ("/cy/tudalen", "first", {"number": 1}),
    ("/cy/<word>/<int:number>", "both", {}),
]


def adapter(kind: type[Rule]) -> MapAdapter:
    rules = [kind(path, endpoint=name, defaults=given or None) for path, name, given in ADDRESSES]
    return Map(rules).bind("c4s.example")


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that Werkzeug has compiled, as often as it has."""
    paths: list[str] = []
    as_it_is = Rule._compile_builder

    def note(rule: Rule, append_unknown: bool = True) -> Any:
        paths.append(rule.rule)
        return as_it_is(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", note)
    return paths


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("plain", {}),
        ("plain", {"q": "tŷ bach", "page": 2}),
        ("number", {"number": 7}),
        ("number", {"number": 7, "rule": "a value of this name", "values": ["x", "y"]}),
        ("file", {"file": "a/b ŵ?.svg"}),
        ("first", {}),
        ("first", {"number": 1, "q": "&"}),
        ("both", {"word": "caffi", "number": 3, "self": "this"}),
    ],
)
def test_a_link_is_the_one_that_werkzeug_makes(name: str, values: dict[str, Any]) -> None:
    late, plain = adapter(LateRule), adapter(Rule)
    wanted = plain.build(name, values)
    assert [late.build(name, values), late.build(name, values)] == [wanted, wanted]
    assert late.build(name, values, append_unknown=False) == plain.build(name, values, append_unknown=False)


def test_what_is_missing_is_missed() -> None:
    with pytest.raises(BuildError):
        adapter(LateRule).build("number", {})


def test_nothing_is_compiled_before_a_page_leads_there_and_then_once(compiled: list[str]) -> None:
    late = adapter(LateRule)
    assert compiled == []
    assert [late.build("number", {"number": number}) for number in (1, 2)] == [
        "/cy/digwyddiadau/1",
        "/cy/digwyddiadau/2",
    ]
    assert compiled == ["/cy/digwyddiadau/<int:number>"]


def test_every_address_of_the_site_is_late(house: Flask) -> None:
    assert {type(rule) for rule in house.url_map.iter_rules()} == {LateRule}
