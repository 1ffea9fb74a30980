"""A page of a long list, with the addresses of the others."""

from dataclasses import dataclass
from functools import cached_property

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from c4s.i18n import addresses

LAST = 500


@dataclass(frozen=True)
class Page:
    """Where we are in a list: page ``number`` of ``pages``, counted from 1."""

    number: int
    pages: int

    @classmethod
    def of(cls, total: int, number: int, size: int) -> "Page":
        """Page ``number`` of a list of ``total``, ``size`` to a page; nobody reads on beyond the ``LAST``."""
        return cls(number, min(LAST, max(1, -(-total // size))))

    @property
    def is_too_far(self) -> bool:
        """There is no such page: its visitor is led to the first."""
        return self.number > self.pages

    def lead_to_first(self) -> Response:
        """The answer where the page is too far: 302, for by tomorrow the list may be as long."""
        return redirect(self.address(1), 302)

    def address(self, number: int) -> str:
        """This same list at another page; the first needs no number."""
        if number == 1:
            return self._first
        return f"{self._first}{'&' if '?' in self._first else '?'}page={number}"

    @cached_property
    def _first(self) -> str:
        values = {**addresses.query(), **(request.view_args or {})}
        values.pop("page", None)
        return url_for(str(request.endpoint), **values)

    @property
    def previous(self) -> str | None:
        return self.address(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        return self.address(self.number + 1) if self.number < self.pages else None

    @cached_property
    def numbers(self) -> list[tuple[int, str]]:
        """The first, the last, and those around this one."""
        wanted = {1, self.pages, *range(self.number - 2, self.number + 3)}
        return [(n, self.address(n)) for n in sorted(wanted) if 1 <= n <= self.pages]


def page_asked_for() -> int:
    """The page number in the address; 1 for none and for nonsense."""
    given = request.args.get("page", "1")
    return max(1, int(given)) if given.isascii() and given.isdecimal() and len(given) < 7 else 1
