"""A page of a long list, with the addresses of the others."""

from contextlib import contextmanager

import pytest
from flask import g

from c4s.web.paging import Page, page_asked_for

pytestmark = pytest.mark.either_database


@contextmanager
def at(site, address):
    """Inside a request for an address, as its view would be."""
    with site.test_request_context(address):
        site.preprocess_request()
        g.language = address[1:3]
        yield


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("", 1),
        ("?page=1", 1),
        ("?page=7", 7),
        ("?page=999999", 999999),
        ("?page=0", 1),
        ("?page=-3", 1),
        ("?page=1000000", 1),
        ("?page=two", 1),
        ("?page=", 1),
        ("?page=1.5", 1),
        ("?page=%C2%B2", 1),
        ("?page=%D9%A3", 1),
        ("?page=3&page=4", 3),
    ],
)
def test_the_number_of_a_page_is_read_and_nonsense_is_the_first(site, asked, number):
    with at(site, f"/en/directory{asked}"):
        assert page_asked_for() == number


def test_the_other_pages_keep_what_is_asked(site):
    with at(site, "/cy/cyfeiriadur?q=t%C5%B7&category=a&category=b&page=2"):
        page = Page(2, 3)
        assert (page.previous, page.next) == (
            "/cy/cyfeiriadur?q=t%C5%B7&category=a&category=b",
            "/cy/cyfeiriadur?q=t%C5%B7&category=a&category=b&page=3",
        )


def test_nothing_that_is_asked_steers_the_addresses(site):
    with at(site, "/en/directory?endpoint=x&_external=1&_anchor=y&page_language=cy"):
        assert Page(1, 2).next == "/en/directory?page=2"


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 10, [1, 2, 3, 10]),
        (5, 10, [1, 3, 4, 5, 6, 7, 10]),
        (10, 10, [1, 8, 9, 10]),
    ],
)
def test_the_first_the_last_and_the_nearest_pages_are_offered(site, number, pages, shown):
    with at(site, "/en/directory"):
        page = Page(number, pages)
        assert [one for one, _ in page.numbers] == shown
        assert dict(page.numbers)[1] == "/en/directory"
        assert (page.previous is None, page.next is None) == (number == 1, number == pages)


@pytest.mark.parametrize(
    ("total", "number", "pages", "is_too_far"),
    [
        (0, 1, 1, False),
        (0, 2, 1, True),
        (20, 1, 1, False),
        (20, 2, 1, True),
        (21, 2, 2, False),
        (10_000, 500, 500, False),
        (10_001, 500, 500, False),
        (10_001, 501, 500, True),
    ],
)
def test_a_list_has_as_many_pages_as_it_needs_one_at_least_and_five_hundred_at_most(total, number, pages, is_too_far):
    page = Page.of(total, number, 20)
    assert (page.number, page.pages, page.is_too_far) == (number, pages, is_too_far)


def test_a_page_too_far_leads_to_the_first_for_now(site):
    with at(site, "/cy/cyfeiriadur?q=te&page=9"):
        answer = Page.of(20, 9, 20).lead_to_first()
        assert (answer.status_code, answer.location) == (302, "/cy/cyfeiriadur?q=te")
