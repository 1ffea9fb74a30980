"""Addresses that cost nothing until a page leads to them."""

from collections.abc import Callable

from werkzeug.routing import Rule


class LateRule(Rule):
    """An address that Werkzeug compiles when it is first written into a page.

    Werkzeug compiles two functions for every address as the site starts, for links with and without further values:
    with some 600 addresses a quarter of the time that the site takes to load, though a page leads to a few dozen.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, /, **values: object) -> tuple[str, str]:
            if not compiled:
                compiled.append(super(LateRule, self)._compile_builder(append_unknown))
            return compiled[0](rule, **values)

        return build
