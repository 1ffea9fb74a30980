"""Pages for when something is wrong, in the language of the address."""

import logging
import string
from collections.abc import Callable
from urllib.parse import quote

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request
from flask.globals import request_ctx
from flask.sansio.app import App
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError, TooManyRequests

from c4s.core.errors import Busy
from c4s.i18n import addresses
from c4s.i18n.languages import language_of
from c4s.i18n.speech import lazy_gettext as _l

log = logging.getLogger("c4s")

WORDS = {
    400: (
        _l("The page could not read what you sent"),
        _l("Go back, check what you sent and try again."),
    ),
    403: (
        _l("You cannot open this page"),
        _l("You may not have permission, or the form was sent from another site."),
    ),
    404: (
        _l("Page not found"),
        _l("Check the address. The page may have moved or been taken down."),
    ),
    405: (
        _l("This page cannot do that"),
        _l("Go back and use the links and buttons on the page."),
    ),
    409: (
        _l("This form was already used"),
        _l("The answers you sent differ from those we took the first time. Start again with a new form."),
    ),
    410: (
        _l("This page has gone"),
        _l("What was here has been taken down."),
    ),
    413: (
        _l("What you sent is too large"),
        _l("Make the text or the file smaller and send it again."),
    ),
    414: (
        _l("The address is too long"),
        _l("Use fewer words and try again."),
    ),
    415: (
        _l("What you sent is in a format we do not accept"),
        _l("Go back and use the form on the page."),
    ),
    422: (
        _l("Something in your answers is not right"),
        _l("Go back, check your answers and send them again."),
    ),
    429: (
        _l("Too many tries"),
        _l("Wait for a while and try again. If it is urgent, phone us."),
    ),
    500: (
        _l("Sorry, there is a problem with the service"),
        _l("Nothing was saved. Try again later, or phone us."),
    ),
    503: (
        _l("The service is busy"),
        _l("Nothing was saved. Wait for a moment and try again."),
    ),
}
LONGEST_ADDRESS = 16_000  # characters, after the server's own limit
OTHERWISE = "c4s.web.errors.otherwise"
PRINTABLE = string.punctuation  # of a query, kept as it came; letters and digits always are


def answer_otherwise(app: App, start: str, answer: Callable[[int], Response]) -> None:
    """Say what is wrong in another form than a page, for those who read none.

    Args:
        start: of the addresses that it is about.
        answer: makes the answer for a status.
    """
    app.extensions.setdefault(OTHERWISE, {})[start] = answer


def _otherwise() -> Callable[[int], Response] | None:
    """What answers in place of a page at the address that was asked for."""
    found = current_app.extensions.get(OTHERWISE, {}).items()
    return next((answer for start, answer in found if request.path.startswith(start)), None)


def page(status: int) -> Response:
    """The page for one status, with the switch to the other language and a way back; or what answers in its place."""
    otherwise = _otherwise()
    if otherwise:
        response = otherwise(status)
        response.headers["Cache-Control"] = "no-store"
        return response
    g.language = g.get("language") or language_of(request.path) or "cy"
    known = status if status in WORDS else 400 if status < 500 else 500
    heading, advice = WORDS[known]
    response = make_response(
        render_template("errors/error.html", status=known, error_heading=heading, advice=advice), status
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def install(app: Flask) -> None:
    """Answer whatever goes wrong with a page of ours, in the language of the address."""

    @app.before_request
    def read_any_bytes() -> None:
        """Escape bytes that should have come escaped: if they are no UTF-8, Werkzeug could read no query at all."""
        if not request.query_string.isascii():
            request.query_string = quote(request.query_string, safe=PRINTABLE).encode()

    @app.before_request
    def limit_address() -> Response | None:
        return page(414) if len(request.full_path) > LONGEST_ADDRESS else None

    @app.errorhandler(HTTPException)
    def known(problem: HTTPException) -> Response | HTTPException:
        status = problem.code or 500
        if status < 400:
            return problem
        if isinstance(problem, SecurityError):
            # Asked under a foreign name, Flask makes no addresses at all; the page's own lead home.
            request_ctx.url_adapter = current_app.url_map.bind("site")
        if status == 404 and request.method in ("GET", "HEAD") and not _otherwise():
            meant = addresses.meant_address(request.path)
            if meant:
                return redirect(meant, 308)  # type: ignore[return-value]
        response = page(status)
        if isinstance(problem, MethodNotAllowed) and problem.valid_methods:
            response.headers["Allow"] = ", ".join(sorted(problem.valid_methods))
        if isinstance(problem, TooManyRequests) and problem.retry_after:
            response.headers["Retry-After"] = str(problem.retry_after)
        return response

    @app.errorhandler(Busy)
    def busy(problem: Busy) -> Response:
        response = page(503)
        response.headers["Retry-After"] = "5"
        return response

    @app.errorhandler(Exception)
    def unknown(problem: Exception) -> Response:
        log.exception("Unforeseen problem at %s", request.endpoint)
        return page(500)
