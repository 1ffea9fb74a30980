"""Categories and areas, as pages use them."""

from flask import Flask

from c4s.core.changes import TAXONOMY
from c4s.core.units import unit_of_work
from c4s.taxonomy import actions
from c4s.taxonomy import queries as taxonomy
from tests.builders import ABERDARE, postcodes


def test_terms_below_a_term_are_in_the_alphabet_of_the_language(site: Flask) -> None:
    areas = taxonomy.areas()
    top = areas.by_code["aberdare-hirwaun"]
    for language in ("cy", "en"):
        below = areas.children(top.id, language)
        assert [term.sort.spoken(language)[0] for term in below] == sorted(
            term.sort.spoken(language)[0] for term in below
        )
        assert {term.parent_id for term in below} == {top.id}
        assert top in areas.children(None, language)


def test_a_term_knows_the_line_above_it_and_those_below(site: Flask) -> None:
    categories = taxonomy.categories()
    cafes, food = categories.by_code["food-cafes"], categories.by_code["food"]
    assert categories.with_parents(cafes) == [cafes, food]
    assert categories.with_parents(food) == [food]
    below = categories.with_children(food)
    assert below[0] is food and cafes in below and categories.by_code["care"] not in below


def test_lists_are_read_once_until_they_change(site: Flask, statements: list[str]) -> None:
    first = taxonomy.categories(), taxonomy.areas()
    statements.clear()
    assert (taxonomy.categories(), taxonomy.areas()) == first
    assert taxonomy.categories() is first[0] and taxonomy.areas() is first[1]
    assert statements == []
    _publish()
    assert taxonomy.categories() is not first[0]


@unit_of_work
def _publish() -> None:
    actions.publish(TAXONOMY)


def test_where_a_postcode_is(site: Flask) -> None:
    postcodes()
    assert (taxonomy.position("CF44 7AA"), taxonomy.position("CF99 9ZZ")) == (ABERDARE[1:], None)
    assert taxonomy.positions({"CF44 7AA", "CF99 9ZZ"}) == {"CF44 7AA": ABERDARE[1:]}
    assert taxonomy.positions(set()) == {}


def test_a_postcode_is_looked_up_once_until_the_list_changes(site: Flask, statements: list[str]) -> None:
    postcodes(("CF44 7AA", 51.5, -3.5))
    assert taxonomy.position("CF44 7AA") == (51.5, -3.5)
    statements.clear()
    assert (taxonomy.position("CF44 7AA"), statements) == ((51.5, -3.5), [])
    postcodes(ABERDARE)
    assert taxonomy.position("CF44 7AA") == ABERDARE[1:]
