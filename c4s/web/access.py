"""Who may enter, declared on every page and refused where it is not."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, request

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
