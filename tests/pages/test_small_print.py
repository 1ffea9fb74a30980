"""The small print: the same in both languages, and true."""

from datetime import date

import pytest

from c4s.businesses import rules as businesses
from c4s.buyers import rules as buyers
from c4s.cases import rules as cases
from c4s.core.config import ROOT
from c4s.directory import rules as directory
from c4s.freshness import rules as freshness
from c4s.mail.delivery import KEEP_WORDS
from c4s.pages.views import LAST_TESTED
from c4s.reports import rules as reports
from tests.house.every_page import address_of
from tests.visitor import HEADINGS, words

pytestmark = pytest.mark.either_database

PROSE = {
    "pages.about": "about",
    "pages.how_we_work": "how-we-work",
    "pages.accessibility": "accessibility",
    "pages.privacy": "privacy",
    "pages.cookies": "cookies",
    "pages.welsh_language": "welsh-language",
    "pages.terms": "terms",
}
STATUTORY = [
    "How accessible this website is",
    "Feedback and contact information",
    "Enforcement procedure",
    "Technical information about this website’s accessibility",
    "Compliance status",
    "Non-accessible content",
    "Disproportionate burden",
    "Preparation of this statement",
]
"""The parts that the law asks of an accessibility statement (Directive 2016/2102, model statement)."""


def outline(page):
    return [tag.name for tag in page.soup.main.find_all(HEADINGS)]


def parts(page):
    """How many of each thing, and the size of each table and list."""
    prose = page.soup.select_one(".prose")
    return {
        "tables": [[len(row.select("th, td")) for row in table.select("tr")] for table in prose.select("table")],
        "lists": [(one.name, len(one.select("li"))) for one in prose.select("ul, ol")],
        "facts": [len(one.select("dt")) for one in prose.select("dl")],
        "links": len(prose.select("a")),
    }


def where_it_leads(site, address):
    """A link, whatever language it is in: the page it opens, or the address elsewhere."""
    if not address.startswith("/"):
        return address
    return site.url_map.bind("site").match(address)[0]


@pytest.mark.parametrize("endpoint", PROSE)
def test_both_languages_say_the_same_things_in_the_same_order(visitor, endpoint):
    welsh = visitor.open(address_of(visitor.site, endpoint, "cy"))
    english = visitor.switch_language()
    assert (outline(welsh), parts(welsh)) == (outline(english), parts(english))
    leads = [
        [where_it_leads(visitor.site, str(link["href"])) for link in page.soup.select(".prose a")]
        for page in (welsh, english)
    ]
    # A body that speaks Welsh has a Welsh address: only addresses of our own must be the same.
    assert [one for one in leads[0] if "://" not in one] == [one for one in leads[1] if "://" not in one]


@pytest.mark.parametrize("endpoint", PROSE)
def test_every_page_has_something_to_say_and_no_gap_left_to_fill(visitor, language, endpoint):
    page = visitor.open(address_of(visitor.site, endpoint, language))
    text = page.main.lower()
    assert len(text.split()) > 100
    assert [one for one in ("lorem", "todo", "tbc", "xxx", "[", "i’w gadarnhau") if one in text] == []


@pytest.mark.parametrize("endpoint", PROSE)
def test_a_table_has_two_columns_for_on_a_telephone_the_second_stands_under_the_first(visitor, language, endpoint):
    tables = parts(visitor.open(address_of(visitor.site, endpoint, language)))["tables"]
    assert [row for table in tables for row in table if row != 2] == []


def test_the_page_about_us_is_called_the_same_wherever_it_is_named(visitor, language):
    address, name = {"cy": ("/cy/amdanom-ni", "Amdanom ni"), "en": ("/en/about", "About us")}[language]
    page = visitor.open(address)
    in_footer = [words(link) for link in page.soup.select("footer a") if link["href"] == address]
    assert (page.h1, in_footer) == (name, [name])


def test_the_foot_leaves_the_dots_between_its_facts_to_the_style_which_hides_them_at_the_ends_of_lines(visitor):
    foot = visitor.open("/en/about").soup.select_one("footer .end")
    assert ("·" in words(foot), [words(fact) for fact in foot.select("span:not(.paper)")]) == (
        False,
        ["Connect4Success", "Rhondda Cynon Taf", "Phone: 01632 960 100"],
    )


def test_every_prose_file_has_a_page():
    files = {path.name.split(".")[0] for path in (ROOT / "templates" / "pages" / "prose").iterdir()}
    assert files == set(PROSE.values())


def test_the_statement_has_the_parts_that_the_law_asks_for_and_a_true_date(visitor):
    page = visitor.open("/en/accessibility")
    headings = [words(tag) for tag in page.soup.select(".prose h2, .prose h3")]
    assert [one for one in STATUTORY if one not in headings] == []
    assert f"{LAST_TESTED.day} {LAST_TESTED:%B %Y}" in page.main


def test_the_statement_is_not_older_than_a_year():
    assert 0 <= (date.today() - LAST_TESTED).days <= 365


def test_what_the_privacy_notice_says_of_letters_is_what_is_done(visitor):
    assert KEEP_WORDS.days == 30
    assert "30" in visitor.open("/en/privacy").main and "30" in visitor.switch_language().main


def test_what_the_privacy_notice_says_of_requests_and_complaints_is_what_is_done(visitor):
    assert (buyers.KEEP_REQUESTS.days, cases.KEEP_ANSWERED.days) == (365, 730)
    kept = {words(row.th): words(row.td) for row in visitor.open("/en/privacy").soup.select("tr") if row.td}
    assert kept["A request to buy for a public body"].endswith("12 months after that")
    assert kept["A request or a complaint about your information"] == "2 years after our answer"


def test_what_the_privacy_notice_says_of_businesses_is_what_is_done(visitor):
    assert (businesses.INVITED_FOR.days, directory.KEEP_CLAIMS.days) == (7, 365)
    kept = {words(row.th): words(row.td) for row in visitor.open("/en/privacy").soup.select("tr") if row.td}
    assert kept["An invitation to speak for a business"] == "7 days"
    assert kept["A claim to an entry in the directory"].endswith("12 months after that")
    assert kept["In that claim: how we can tell that it is yours"].startswith("12 months after we decide")


def test_what_the_privacy_notice_says_of_reports_and_of_codes_on_paper_is_what_is_done(visitor):
    assert (reports.KEEP_ANSWERED.days, freshness.KEEP_CODES.days) == (365, 400)
    kept = {words(row.th): words(row.td) for row in visitor.open("/en/privacy").soup.select("tr") if row.td}
    wrong = "12 months after our answer. If the entry has gone by then, we keep its name with it"
    assert kept["What you tell us is wrong with an entry"] == wrong
    why = kept["What you tell us is wrong with an entry, and your name and e-mail address if you give them"]
    assert why.endswith("The business may read your words, but never sees who you are")
    assert kept["The code in a letter that asks whether an entry is still right"] == "400 days"


def test_the_cookies_page_names_the_one_cookie_there_is(visitor, language):
    visitor.open("/en/contact")
    assert [cookie.key for cookie in visitor.client._cookies.values()] == ["c4s"]
    assert "c4s" in visitor.open({"cy": "/cy/cwcis", "en": "/en/cookies"}[language]).main


def test_what_only_the_owner_knows_comes_from_the_settings(visitor, language):
    page = visitor.open({"cy": "/cy/preifatrwydd", "en": "/en/privacy"}[language])
    settings = visitor.site.extensions["c4s.settings"]
    assert [one in page.main for one in (settings.controller, settings.contact_email, "CF37 1AA")] == [True] * 3
