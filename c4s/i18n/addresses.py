"""Two addresses for every page, and the way from the one to the other."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Flask, current_app, g, request, url_for
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError

from c4s.i18n.bilingual import Bilingual
from c4s.i18n.languages import LANGUAGES, language_of, the_other

LANGUAGE = "page_language"
"""The name under which routes carry the language; not ``language``, which pages may want for a filter."""
STEERING = ("_", ".")
"""How names begin that would steer ``url_for``, or what Werkzeug makes addresses with: its own has a ``.self``."""

Access = Callable[[], bool]
View = Callable[..., Any]


class BilingualBlueprint(Blueprint):
    """A blueprint whose pages have a Welsh and an English address, and say who may enter."""

    def page(
        self,
        *,
        cy: str,
        en: str,
        access: Access,
        methods: Iterable[str] = ("GET",),
        is_public: bool = False,
    ) -> Callable[[View], View]:
        """Register a view under both addresses.

        Args:
            cy, en: the addresses after ``/cy`` and ``/en``.
            access: who may enter; forgetting it is a ``TypeError`` when the site starts.
            is_public: the answer is the same for everyone, so any cache may keep it.
        """

        def register(view: View) -> View:
            view.access = access  # type: ignore[attr-defined]
            view.is_public = is_public  # type: ignore[attr-defined]
            for language, path in (("cy", cy), ("en", en)):
                self.add_url_rule(
                    f"/{language}{path}",
                    view.__name__,
                    view,
                    methods=list(methods),
                    defaults={LANGUAGE: language},
                )
            return view

        return register


def install(app: Flask) -> None:
    """Teach the site to read the language from an address and to keep it in the addresses it makes."""
    app.url_map.strict_slashes = False

    @app.url_value_preprocessor
    def read_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.language = (values or {}).pop(LANGUAGE, None) or language_of(request.path) or "cy"

    @app.url_defaults
    def keep_language(endpoint: str, values: dict[str, Any]) -> None:
        if LANGUAGE not in values and app.url_map.is_endpoint_expecting(endpoint, LANGUAGE):
            values[LANGUAGE] = g.get("language", "cy")


def query() -> dict[str, list[str]]:
    """What the address asks after its question mark, without what would steer ``url_for`` itself."""
    taken = {"endpoint", LANGUAGE, *(request.view_args or {})}
    given = request.args.to_dict(flat=False)
    return {name: values for name, values in given.items() if name not in taken and not name.startswith(STEERING)}


def here_in(language: str) -> str:
    """This page in the given language, with its query and page number; the home page where there is none."""
    if request.endpoint and request.url_rule and LANGUAGE in (request.url_rule.defaults or {}):
        values = {**query(), **(request.view_args or {}), **g.get("references", {}).get(language, {})}
        values[LANGUAGE] = language
        try:
            return request_ctx.url_adapter.build(request.endpoint, values)  # type: ignore[union-attr]
        except BuildError:
            pass
    return url_for("pages.home", page_language=language)


def root() -> str:
    """The address of the site itself, without a slash at the end."""
    return str(current_app.config["SITE_ADDRESS"]).rstrip("/")


def link(endpoint: str, language: str, **values: Any) -> str:
    """A full address for a letter: on the site's own address, in a named language, needing no request."""
    return root() + path(current_app, endpoint, language, **values)


def links(endpoint: str, **values: Any) -> Bilingual:
    """A full address in each language, for a letter that may be read in both."""
    return Bilingual(*(link(endpoint, code, **values) for code in LANGUAGES))


def path(app: Flask, endpoint: str, language: str, **values: Any) -> str:
    """An address on this site, without its host: in a named language, and needing no request."""
    if app.url_map.is_endpoint_expecting(endpoint, LANGUAGE):
        values[LANGUAGE] = language
    return app.url_map.bind("site").build(endpoint, values, force_external=False)


def meant_address(path: str) -> str | None:
    """The right address for one that mixes languages, such as /en/cyfeiriadur; None if it means nothing.

    Rebuilt from the site's own routes, so that nothing a stranger typed is echoed into a redirect.
    """
    language = language_of(path)
    if language is None:
        return None
    other = "/" + the_other(language) + path[len("/cy") :]
    try:
        endpoint, values = current_app.url_map.bind("site").match(other, method="GET")
    except HTTPException:
        return None
    given = urlencode(query(), doseq=True)
    address = url_for(endpoint, **{**values, LANGUAGE: language})
    return f"{address}?{given}" if given else address


def alternates() -> dict[str, str]:
    """Full addresses of this page in both languages, for search engines."""
    return {code: root() + here_in(code) for code in LANGUAGES}
