"""Who may enter, declared on every page and refused where it is not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request

from c4s.web.rights import RIGHTS, Allowed, Right

GET_AND_POST = ("GET", "POST")
"""How a page with a form is asked for."""

View = TypeVar("View", bound=Callable[..., Any])


def EVERYONE() -> bool:  # noqa: N802 (it stands in decorators as a name for people)
    """Anybody at all, without being known."""
    return True


def open_to_all(*, is_public: bool = False) -> Callable[[View], View]:
    """Declare access for an address without a language: a picture, a map of the site, a list for machines.

    Args:
        is_public: the answer is the same for everyone, so any cache may keep it.
    """

    def declare(view: View) -> View:
        view.access = EVERYONE  # type: ignore[attr-defined]
        view.is_public = is_public  # type: ignore[attr-defined]
        return view

    return declare


@dataclass(frozen=True)
class May:
    """Those who have a right of the table; whoever knows people has told us how to ask (``guarded_by``)."""

    right: Right

    def __call__(self) -> bool:
        guard: Callable[[Allowed], bool] = current_app.extensions["c4s.guard"]
        return guard(RIGHTS[self.right])


def guarded_by(app: Flask, guard: Callable[[Allowed], bool]) -> None:
    """Tell pages who knows whether the one who asks has a right: True, False, or an answer of its own, raised."""
    app.extensions["c4s.guard"] = guard


def known_by(app: Flask, number: Callable[[], int]) -> None:
    """Tell pages of the lower floors, which know nobody, who can say the number of the one who is signed in."""
    app.extensions["c4s.visitor"] = number


def visitor_id() -> int:
    """The number of the one who is signed in, on a page that is for people who are."""
    number: Callable[[], int] = current_app.extensions["c4s.visitor"]
    return number()


class Undeclared(Exception):
    """A page was added without saying who may enter; it answers nobody."""


def install(app: Flask) -> None:
    """Guard every request: an endpoint with no declared access is an error, never a leak."""

    @app.before_request
    def guard() -> None:
        if request.endpoint is None:
            return
        view = app.view_functions[request.endpoint]
        access = getattr(view, "access", None)
        if access is None:
            raise Undeclared(request.endpoint)
        if not access():
            abort(403)
