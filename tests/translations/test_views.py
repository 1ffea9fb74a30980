"""The pages on which a business asks for its words in the other language, and staff write them."""

import pytest

from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import speaking
from c4s.moderation import actions as moderation
from c4s.translations import phrases
from c4s.translations.rules import Did, WhyNot, WishState
from c4s.web.rights import Who
from tests.accounts.builders import a_member_of_staff, a_person, enter
from tests.businesses.builders import joined
from tests.conftest import said
from tests.house.every_page import address_of
from tests.translations.builders import an_entry, entry, wished, wishes

pytestmark = pytest.mark.pages


@pytest.fixture
def nia(site):
    return a_person("nia")


@pytest.fixture
def sioned(site):
    return a_member_of_staff("sioned", Who.EDITOR)


@pytest.fixture
def becws(nia):
    return an_entry(nia)


def told(language, did):
    with speaking(language):
        return str(phrases.OUTCOME[did])


def why(language, reason):
    with speaking(language):
        return str(phrases.WHY_NOT[reason])


def mine(visitor, language, becws):
    place = {"business_id": becws[0], "supplier_id": becws[1]}
    return address_of(visitor.site, "translations.show", language, **place)


def work(visitor, language, wish):
    return address_of(visitor.site, "translating.show", language, wish_id=wish.id)


def box(page):
    """The name of the only box for words."""
    [name] = [name for name in page.values() if name.startswith("words_")]
    return name


def test_nia_sees_what_is_missing_asks_and_withdraws(visitor, language, becws, nia):
    page = enter(visitor, nia).open(mine(visitor, language, becws))
    assert f"({said(language, 'English')})" in page.main
    assert told(language, Did.ASKED) in visitor.send().main
    assert [one.state for one in wishes()] == [WishState.WAITING]
    assert told(language, Did.WITHDREW) in visitor.send().main
    assert [one.state for one in wishes()] == [WishState.WITHDRAWN]


def test_where_nothing_is_missing_there_is_no_button(visitor, language, nia):
    place = an_entry(nia, summary=Bilingual("Bara.", "Bread."))
    page = enter(visitor, nia).open(mine(visitor, language, place))
    assert page.soup.select("main form[method=post]") == []


def test_sioned_finds_the_wish_saves_as_she_goes_and_publishes(visitor, language, becws, nia, sioned):
    wished(nia, becws)
    enter(visitor, sioned).open(address_of(visitor.site, "backoffice.desk", language))
    page = visitor.follow(said(language, "Words wanted in the other language"))
    [link] = [address for text, address in page.links().items() if text.startswith("Becws y Bont")]
    page = visitor.open(link)
    name = box(page)
    assert page.soup.select_one("main blockquote")["lang"] == "cy"
    page = visitor.send(press=("_act", "save"), **{name: "Bread"})
    assert told(language, Did.SAVED) in page.main and page.values()[name] == "Bread"
    assert entry(becws[1]).summary.en == ""
    page = visitor.send(**{name: "Bread every morning."})
    assert told(language, Did.DONE) in page.main
    assert entry(becws[1]).summary.en == "Bread every morning."


def test_what_is_left_out_is_asked_for_beside_its_box_and_nothing_is_lost(visitor, language, nia, sioned):
    place = an_entry(nia, hours=Bilingual("Bob dydd", ""))
    page = enter(visitor, sioned).open(work(visitor, language, wished(nia, place)))
    first, second = (name for name in page.values() if name.startswith("words_"))
    page = visitor.send(422, **{first: "Bread.", second: ""})
    assert page.errors == [why(language, WhyNot.INCOMPLETE)]
    assert page.values()[first] == "Bread."


def test_words_that_are_too_long_are_refused_beside_their_box(visitor, language, becws, nia, sioned):
    page = enter(visitor, sioned).open(work(visitor, language, wished(nia, becws)))
    page = visitor.send(422, **{box(page): "x" * 301})
    assert page.errors == [f"{said(language, 'Write this in fewer characters. There is room for:')} 300"]


def test_when_the_business_has_changed_its_words_they_are_read_again(visitor, language, becws, nia, sioned):
    page = enter(visitor, sioned).open(work(visitor, language, wished(nia, becws)))
    name = box(page)
    moderation.save("profile", becws[1], {"summary": {"cy": "Bara newydd.", "en": ""}}, by_id=nia.id)
    page = visitor.send(422, **{name: "Bread."})
    assert page.errors == [why(language, WhyNot.CHANGED_MEANWHILE)]
    assert "Bara newydd." in page.main and page.values()[name] == "Bread."
    assert told(language, Did.DONE) in visitor.send(**{name: "New bread."}).main


def test_nobody_is_given_boxes_for_their_own_business_or_for_what_is_over(visitor, language, becws, nia, sioned):
    wish = wished(nia, becws)
    lowri = a_member_of_staff("lowri", Who.ADMINISTRATOR)
    joined(becws[0], nia, lowri)
    page = enter(visitor, lowri).open(work(visitor, language, wish))
    assert why(language, WhyNot.ONES_OWN) in page.main and page.soup.select("main form[method=post]") == []
    enter(visitor, sioned).open(work(visitor, language, wish))
    name = box(visitor.page)
    enter(visitor, nia).open(mine(visitor, language, becws))
    visitor.send()
    enter(visitor, sioned)
    answer = visitor.ask("GET", work(visitor, language, wish))
    assert name not in answer.text


def test_the_list_is_narrowed_by_language(visitor, language, becws, nia, sioned):
    wished(nia, becws)
    at = address_of(visitor.site, "translating.index", language)
    enter(visitor, sioned)
    assert "Becws y Bont" in visitor.open(f"{at}?into=en").main
    assert "Becws y Bont" not in visitor.open(f"{at}?into=cy").main
    assert "Becws y Bont" in visitor.open(f"{at}?into=fr").main


def test_a_wish_that_is_not_there_has_no_page(visitor, sioned):
    enter(visitor, sioned)
    for number in (99, 10**12):
        assert visitor.ask("GET", f"/en/staff/translations/{number}").status_code == 404
