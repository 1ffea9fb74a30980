"""Programs are told what is wrong in their own form, whatever it is and wherever: never with a page."""

import json
import logging
from typing import Any

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, ServiceUnavailable, TooManyRequests

from c4s.core.errors import Busy
from c4s.open_data import phrases, queries
from c4s.open_data.contract import BASE
from c4s.web import errors
from tests.conftest import said
from tests.open_data.reading import hold
from tests.visitor import Visitor


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """What goes wrong on purpose is not printed."""
    caplog.set_level(logging.CRITICAL)


def told(visitor: Visitor, status: int, path: str, method: str = "GET", **more: Any) -> dict[str, Any]:
    """What is said to be wrong, if it is said as programs, caches and scripts of other sites need it."""
    response = visitor.ask(method, path, **more)
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert response.headers.getlist("Access-Control-Allow-Origin") == ["*"]
    assert response.headers.getlist("Cross-Origin-Resource-Policy") == ["cross-origin"]
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    assert "Set-Cookie" not in response.headers
    problem: dict[str, Any] = json.loads(response.get_data())
    hold("problem", problem)
    assert problem["status"] == status
    return {**problem, "headers": response.headers}


RAISED: dict[int, Exception] = {
    413: RequestEntityTooLarge(),
    429: TooManyRequests(retry_after=60),
    500: ZeroDivisionError(),
    502: type("BadGateway", (HTTPException,), {"code": 502})(),
    503: Busy(),
}
TITLES = {
    413: "What you sent is too large",
    429: "Too many tries",
    500: "Sorry, there is a problem with the service",
    502: "Sorry, there is a problem with the service",
    503: "The service is busy",
}


@pytest.mark.parametrize("status", RAISED)
@pytest.mark.parametrize("asked", ["cy", "en"])
def test_whatever_goes_wrong_is_told_in_the_language_that_was_asked_for(
    visitor: Visitor, site: Flask, monkeypatch: pytest.MonkeyPatch, status: int, asked: str
) -> None:
    def fail(*_: object) -> None:
        raise RAISED[status]

    monkeypatch.setattr(queries, "services", fail)
    problem = told(visitor, status, f"{BASE}/services?language={asked}")
    assert problem["title"] == said(asked, TITLES[status])
    assert problem["headers"]["Content-Language"] == asked
    assert problem["headers"].get("Retry-After") == {429: "60", 503: "5"}.get(status)
    assert ("detail" in problem) == (status in phrases.LATER)
    assert "ZeroDivision" not in json.dumps(problem["title"])


def test_whoever_asked_for_no_language_is_told_in_both(
    visitor: Visitor, site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ServiceUnavailable

    monkeypatch.setattr(queries, "services", fail)
    problem = told(visitor, 503, f"{BASE}/services")
    assert problem["title"] == " / ".join(said(code, TITLES[503]) for code in ("cy", "en"))
    assert problem["headers"]["Content-Language"] == "cy, en"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "PROPFIND"])
def test_a_method_that_would_change_something_is_told_which_ones_there_are(
    visitor: Visitor, site: Flask, method: str
) -> None:
    problem = told(visitor, 405, f"{BASE}/services?language=cy", method)
    assert problem["headers"]["Allow"] == "GET, HEAD, OPTIONS"
    assert problem["title"] == said("cy", "This address can only be read")


@pytest.mark.parametrize(
    "path", ["/api/", "/api/nothing", f"{BASE}/nothing", f"{BASE}/services/x", "/api/cy/cyfeiriadur"]
)
def test_an_address_for_programs_that_leads_nowhere_is_no_page(visitor: Visitor, site: Flask, path: str) -> None:
    assert told(visitor, 404, f"{path}?language=en")["title"] == "There is no such thing here, or no longer"


def test_an_address_that_is_too_long_is_told_so_to_programs(visitor: Visitor, site: Flask) -> None:
    told(visitor, 414, f"{BASE}/services?search={'a' * errors.LONGEST_ADDRESS}")


def test_a_post_is_refused_in_the_form_of_programs(visitor: Visitor, site: Flask) -> None:
    response = visitor.ask("POST", f"{BASE}/services", data={"a": "b"})
    told(visitor, response.status_code, f"{BASE}/services", "POST", data={"a": "b"})
    assert response.status_code in (403, 405)


def test_another_name_for_the_site_is_refused_in_the_form_of_programs(visitor: Visitor, site: Flask) -> None:
    told(visitor, 400, f"{BASE}/services", headers={"Host": "evil.example"})


def test_pages_for_people_stay_pages(visitor: Visitor, site: Flask) -> None:
    for path in ("/en/nothing", "/apinothing", "/en/open-data/nothing"):
        response = visitor.ask("GET", path)
        assert (response.status_code, response.mimetype) == (404, "text/html")
        assert "Access-Control-Allow-Origin" not in response.headers
