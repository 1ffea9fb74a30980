"""A supplier's own page."""

from datetime import date

import pytest

from c4s.directory.models import Claim
from c4s.directory.rules import LegalForm, SizeBand, SupplierStatus
from tests.builders import a_supplier, both, postcodes
from tests.visitor import Page, Visitor, words

pytestmark = pytest.mark.pages

ROOT = {"cy": "/cy/cyfeiriadur", "en": "/en/directory"}


def show(visitor: Visitor, number: int, language: str = "en") -> Page:
    return visitor.open(f"{ROOT[language]}/{number}")


def facts(page: Page) -> dict[str, str]:
    return {
        words(term): words(term.find_next("dd"))
        for panel in page.soup.select("dl.facts")
        for term in panel.select("dt")
    }


def microdata(page: Page) -> dict[str, str]:
    return {
        str(tag["itemprop"]): str(tag.get("content") or tag.get("href"))
        for tag in page.soup.select("meta[itemprop], link[itemprop]")
    }


def test_a_full_entry_says_all_that_it_has(visitor: Visitor, language: str) -> None:
    one = a_supplier(
        "Bakehouse",
        name_cy="Becws",
        summary=both("Bara ffres.", "Fresh bread."),
        description=both("Bara bob bore.\n\n- bara brown\n- bara gwyn", "Bread each morning.\n\n- brown\n- white"),
        categories=("food-makers",),
        address=("1 Mill Street", "Trallwn"),
        town="Pontypridd",
        postcode="CF37 1AA",
        website="https://becws.example.cymru/bara",
        phone="01632 960001",
        email="becws@example.cymru",
        hours=both("9 tan 5", "9 to 5"),
        access_notes=both("Mae ramp.", "There is a ramp."),
        welsh=True,
        size=SizeBand.MICRO,
        legal_form=LegalForm.CO_OPERATIVE,
        social_enterprise=True,
        served=("porth",),
        confirmed_on=date(2026, 10, 1),
    )
    page = show(visitor, one.id, language)
    name = {"cy": "Becws", "en": "Bakehouse"}[language]
    assert page.h1 == name
    assert page.address == f"{ROOT[language]}/{one.id}-{name.lower()}"
    assert set(facts(page).values()) >= {
        "01632 960001",
        "becws.example.cymru/bara",
        {"cy": "Y Porth", "en": "Porth"}[language],
    }
    assert "1 Mill Street Trallwn Pontypridd CF37 1AA" in facts(page).values()
    assert [words(item) for item in page.soup.select('[itemprop="description"] li')] == {
        "cy": ["bara brown", "bara gwyn"], "en": ["brown", "white"],
    }[language]  # fmt: skip
    link = page.soup.select_one('dl.facts a[href^="https://becws"]')
    assert link["rel"] == ["nofollow", "ugc", "noopener"]
    assert microdata(page) == {
        "name": name,
        "url": "https://becws.example.cymru/bara",
        "telephone": "01632 960001",
        "streetAddress": "1 Mill Street, Trallwn",
        "postalCode": "CF37 1AA",
        "addressLocality": "Pontypridd",
        "addressCountry": "GB",
    }
    assert page.soup.select_one('[itemtype="https://schema.org/LocalBusiness"]')


def test_an_entry_with_nothing_but_a_name_is_a_page_too(visitor: Visitor, language: str) -> None:
    one = a_supplier("Gwynfa", english=True)
    page = show(visitor, one.id, language)
    assert (page.h1, list(facts(page))) == ("Gwynfa", [{"cy": "Ieithoedd", "en": "Languages"}[language]])


def test_the_number_decides_and_a_stale_name_is_put_right(visitor: Visitor) -> None:
    one = a_supplier("Becws")
    for stale in (f"{one.id}", f"{one.id}-hen-enw", f"{one.id}-"):
        response = visitor.ask("GET", f"/en/directory/{stale}?from=a")
        assert (response.status_code, response.headers["Location"]) == (301, f"/en/directory/{one.id}-becws?from=a")
    for nobody in ("0", "999999", "4294967296", "9999999999", "1x", "x"):
        visitor.open(f"/en/directory/{nobody}", status=404)


def test_a_name_in_no_latin_letter_has_an_address_all_the_same(visitor: Visitor) -> None:
    one = a_supplier("مخبز", source_id="x")
    assert show(visitor, one.id).h1 == "مخبز"


# -- whose words these are -----------------------------------------------------------------------------------------


def test_an_imported_entry_says_where_it_is_from_and_that_nobody_checked_it(visitor: Visitor, language: str) -> None:
    one = a_supplier(
        "Caffi",
        claim=Claim.IMPORTED,
        source="fhrs",
        source_id="7",
        source_url="https://ratings.food.gov.uk/business/7",
        source_date=date(2026, 11, 13),
    )
    page = show(visitor, one.id, language)
    told = facts(page)
    sure = {
        "cy": "Heb ei hawlio eto: does neb o’r busnes wedi gwirio’r cofnod hwn",
        "en": "Not yet claimed: nobody from the business has checked this entry",
    }
    assert sure[language] in page.main
    assert {"cy": "13 Tachwedd 2026", "en": "13 November 2026"}[language] in told.values()
    assert page.soup.select_one('a[href="https://ratings.food.gov.uk/business/7"]')
    assert not {"Ieithoedd", "Languages"} & set(told)  # a source that does not say is not quoted as saying
    index = visitor.open(ROOT[language])
    assert {"cy": "Heb ei hawlio eto", "en": "Not yet claimed"}[language] in words(index.soup.select_one("ul.cards"))


def test_a_claimed_entry_says_when_it_was_confirmed_and_nothing_of_a_source(visitor: Visitor) -> None:
    one = a_supplier("Caffi", confirmed_on=date(2026, 10, 1), source_url="https://example.com/list")
    page = show(visitor, one.id)
    assert facts(page)["Confirmed on"] == "1 October 2026"
    assert "Source" not in facts(page) and "Not yet claimed" not in page.main


def test_an_invented_business_says_that_it_is(visitor: Visitor) -> None:
    kept = a_supplier("Siop", claim=Claim.CLAIMED, source="demonstration")
    for one in (a_supplier("Caffi", claim=Claim.DEMONSTRATION), kept):
        assert "This business is invented, for demonstration." in show(visitor, one.id).main


@pytest.mark.parametrize(
    ("gone", "status", "said"),
    [
        (date(2026, 9, 1), SupplierStatus.ACTIVE, "1 September 2026"),
        (None, SupplierStatus.CLOSED, "The business has closed."),
    ],
)
def test_the_page_of_one_who_is_no_longer_listed_stays_and_says_so(
    visitor: Visitor, gone: date | None, status: SupplierStatus, said: str
) -> None:
    one = a_supplier("Caffi", email="caffi@example.cymru", status=status, gone_on=gone, claim=Claim.IMPORTED)
    page = show(visitor, one.id)
    notice = words(page.soup.select_one(".notice"))
    assert "This entry is no longer listed." in notice and said in notice
    assert not page.soup.select('a[href*="message"]')
    visitor.open(f"/en/directory/{one.id}-caffi/message", status=404)


def test_one_closed_for_a_time_says_so_and_is_still_written_to(visitor: Visitor) -> None:
    one = a_supplier("Caffi", email="caffi@example.cymru", status=SupplierStatus.TEMPORARILY_CLOSED)
    page = show(visitor, one.id)
    assert "Closed for a time" in words(page.soup.select_one(".notice"))
    assert page.soup.select('a[href*="message"]')


# -- languages -----------------------------------------------------------------------------------------------------


def test_a_description_in_the_other_language_is_marked_and_announced(visitor: Visitor) -> None:
    welsh = a_supplier("Gwynfa", description=both("Bara bob bore.", ""), summary=both("Bara.", ""))
    english = a_supplier("Bronfa", description=both("", "Bread each morning."), hours=both("", "9 to 5"))
    page = show(visitor, welsh.id, "en")
    assert "This description is only available in Welsh." in page.main
    assert [words(tag) for tag in page.soup.select('main [lang="cy"]')] == ["Bara.", "Bara bob bore."]
    page = show(visitor, english.id, "cy")
    assert [words(tag) for tag in page.soup.select('main [lang="en"]')] == ["Bread each morning.", "9 to 5"]
    assert not show(visitor, welsh.id, "cy").soup.select("main [lang]")
    assert not show(visitor, welsh.id, "en").soup.select("meta[name=description]")


# -- what is never shown -------------------------------------------------------------------------------------------

SECRETS = ("9 Gwernifor Row", "Gwernifor", "CF37 1AA", "CF37", "51.6015", "-3.3424", "cartref@example.cymru")


def test_a_home_and_an_email_address_are_shown_nowhere(visitor: Visitor) -> None:
    postcodes()
    one = a_supplier(
        "Gwaith Llaw",
        home_based=True,
        address=("9 Gwernifor Row",),
        town="Pontypridd",
        postcode="CF37 1AA",
        latitude=51.6015,
        longitude=-3.3424,
        email="cartref@example.cymru",
        phone="07700 900001",
        categories=("creative-crafts",),
    )
    addresses = [
        address
        for language in ("cy", "en")
        for address in (
            f"{ROOT[language]}/{one.id}-gwaith-llaw",
            ROOT[language],
            f"{ROOT[language]}?q=gwaith",
            f"{ROOT[language]}.csv",
            f"{ROOT[language]}.json",
            f"{ROOT[language]}/{one.id}-gwaith-llaw/" + {"cy": "neges", "en": "message"}[language],
            {"cy": "/cy/", "en": "/en/"}[language],
        )
    ]
    for address in addresses:
        response = visitor.ask("GET", address)
        assert (address, response.status_code) == (address, 200)
        body = response.get_data(as_text=True)
        assert (address, [secret for secret in SECRETS if secret in body]) == (address, [])
    assert "Pontypridd" in show(visitor, one.id).main


# -- whatever somebody typed ---------------------------------------------------------------------------------------


def test_nothing_that_somebody_typed_is_ever_markup(visitor: Visitor) -> None:
    attack = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7999*7}}${7999*7}'
    one = a_supplier(
        attack,
        source_id="attack",
        name_cy=attack,
        summary=both(attack, attack),
        description=both(f"- {attack}\n\njavascript:alert(3)", attack),
        address=(attack,),
        town=attack[:100],
        phone=attack[:40],
        website="javascript:alert(4)",
        source_url="javascript:alert(5)",
        email="attack@example.com",
        hours=both(attack, attack),
        access_notes=both(attack, attack),
        claim=Claim.IMPORTED,
    )
    for language in ("cy", "en"):
        for address in (
            f"{ROOT[language]}/{one.id}",
            f"{ROOT[language]}?q=img+onerror",
            f"{ROOT[language]}/{one.id}/" + {"cy": "neges", "en": "message"}[language],
        ):
            response = visitor.ask("GET", address)
            if response.status_code == 301:
                response = visitor.ask("GET", response.headers["Location"])
            assert (address, response.status_code) == (address, 200)
            page = Page(response, address)
            assert (address, page.soup.select("script, img, [onerror], [src]")) == (address, [])
            assert (address, page.soup.select('[href^="javascript:" i], [content^="javascript:" i]')) == (address, [])
            assert "{{7999*7}}" in page.html
            assert "55993" not in page.html
    assert "javascript:alert(4)" not in visitor.ask("GET", "/en/directory.json").get_data(as_text=True)
    assert "javascript:alert(4)" not in visitor.ask("GET", "/en/directory.csv").get_data(as_text=True)


def test_an_unchanged_page_is_not_sent_again(visitor: Visitor) -> None:
    one = a_supplier("Caffi")
    address = f"/en/directory/{one.id}-caffi"
    first = visitor.ask("GET", address)
    assert "Set-Cookie" not in first.headers
    again = visitor.ask("GET", address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    a_supplier("Caffi", summary=both("Te.", "Tea."))
    assert visitor.ask("GET", address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
