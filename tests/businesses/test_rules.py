"""What is typed of a business, and who may be what to it: truth tables."""

import pytest

from c4s.businesses import rules
from c4s.businesses.rules import MemberRole, WhyNot
from c4s.core.errors import Refused

pytestmark = pytest.mark.either_database

OWNER, EDITOR = MemberRole.OWNER, MemberRole.EDITOR
NIA, HUW, MAIR = 1, 2, 3


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("01234567", "01234567"),
        ("1234567", "01234567"),
        (" 0123 4567 ", "01234567"),
        ("sc123456", "SC123456"),
        ("SC 1234", "SC001234"),
        ("oc-301234", "OC301234"),
        ("NI012345", "NI012345"),
        ("R0000123", "R0000123"),
        ("IP12345R", "IP12345R"),
        ("SP1234RS", ""),
        ("12", ""),
        ("XX123456", ""),
        ("123456789", ""),
        ("SC1234567", ""),
        ("00000000", ""),
        ("", ""),
        ("٠١٢٣٤٥٦٧", ""),
        ("Becws", ""),
    ],
)
def test_a_company_number_is_kept_as_companies_house_writes_it(typed, number):
    assert rules.company_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("123456", "123456"),
        ("1 123 456", "1123456"),
        ("sc012345", "SC012345"),
        ("NIC 100123", "NIC100123"),
        ("12345", ""),
        ("012345", ""),
        ("12345678", ""),
        ("", ""),
    ],
)
def test_a_charity_number_is_kept_as_its_regulator_writes_it(typed, number):
    assert rules.charity_number(typed) == number


@pytest.mark.parametrize(
    ("name", "holds_one"),
    [
        ("Becws y Bont", False),
        ("Siop.cymru", False),
        ("Ewch i https://example.cymru", True),
        ("WWW.example.cymru", True),
        ("Ysgrifennwch at nia@example.cymru", True),
    ],
)
def test_a_name_that_holds_an_address_is_told_from_others(name, holds_one):
    assert rules.holds_an_address(name) is holds_one


@pytest.mark.parametrize(
    ("typed", "address", "domain"),
    [
        ("becws.cymru", "https://becws.cymru", "becws.cymru"),
        ("https://www.Becws.cymru/amdanom", "https://www.Becws.cymru/amdanom", "becws.cymru"),
        ("http://becws.example.wales:8080", "http://becws.example.wales:8080", "becws.example.wales"),
        ("tŷbara.cymru", "https://tŷbara.cymru", "xn--tbara-nhb.cymru"),
        ("https://www.facebook.com/becws", "https://www.facebook.com/becws", ""),
        ("becws.wixsite.com", "https://becws.wixsite.com", ""),
        ("notfacebook.com", "https://notfacebook.com", "notfacebook.com"),
        ("javascript:alert(1)", "", ""),
        ("ftp://becws.cymru", "", ""),
        ("https://nia:secret@becws.cymru", "", ""),
        ("https://becws.cymru/a b", "", ""),
        ("https://becws.cymru\\@evil.example", "", ""),
        ("becws", "", ""),
        ("127.0.0.1", "", ""),
        ("https://", "", ""),
        ("https://[::1", "", ""),
        ("", "", ""),
    ],
)
def test_a_website_is_kept_as_an_address_and_known_by_its_domain(typed, address, domain):
    assert (rules.website(typed), rules.domain_of(rules.website(typed))) == (address, domain)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Becws y Bont Cyf", "becws y bont limited", True),
        ("Tŷ’r Coed", "TYR COED", True),
        ("Cyf", "Ltd", False),
        ("Becws y Bont", "Becws y Porth", False),
    ],
)
def test_two_spellings_of_a_name_are_one(one, other, same):
    assert (rules.name_key(one) == rules.name_key(other)) is same


@pytest.mark.parametrize(
    ("roles", "person", "role", "after"),
    [
        ({NIA: OWNER}, NIA, OWNER, {NIA: OWNER}),
        ({NIA: OWNER}, NIA, EDITOR, WhyNot.LAST_OWNER),
        ({NIA: OWNER}, NIA, None, WhyNot.LAST_OWNER),
        ({NIA: OWNER, HUW: EDITOR}, NIA, None, WhyNot.LAST_OWNER),
        ({NIA: OWNER, HUW: EDITOR}, NIA, EDITOR, WhyNot.LAST_OWNER),
        ({NIA: OWNER, HUW: EDITOR}, HUW, None, {NIA: OWNER}),
        ({NIA: OWNER, HUW: EDITOR}, HUW, OWNER, {NIA: OWNER, HUW: OWNER}),
        ({NIA: OWNER, HUW: OWNER}, NIA, None, {HUW: OWNER}),
        ({NIA: OWNER, HUW: OWNER}, NIA, EDITOR, {HUW: OWNER, NIA: EDITOR}),
        ({NIA: OWNER}, MAIR, EDITOR, WhyNot.NOT_THERE),
        ({NIA: OWNER}, MAIR, None, WhyNot.NOT_THERE),
    ],
)
def test_a_business_is_never_without_an_owner(roles, person, role, after):
    if isinstance(after, dict):
        assert rules.would_be(roles, person, role) == after
        return
    with pytest.raises(Refused) as refusal:
        rules.would_be(roles, person, role)
    assert refusal.value.reason == after


@pytest.mark.parametrize(
    ("roles", "holds_back", "goes"),
    [
        ({NIA: OWNER}, False, True),
        ({NIA: OWNER, HUW: EDITOR}, True, False),
        ({NIA: OWNER, HUW: OWNER}, False, False),
        ({NIA: EDITOR, HUW: OWNER}, False, False),
        ({HUW: OWNER}, False, False),
    ],
)
def test_who_leaves_the_site_leaves_nobody_without_an_owner(roles, holds_back, goes):
    assert (rules.holds_back(roles, NIA), rules.goes_with(roles, NIA)) == (holds_back, goes)
