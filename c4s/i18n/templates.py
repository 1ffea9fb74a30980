"""Templates, compiled once for each language, with what never changes put in place.

A page has a hundred fixed words and addresses. Looking each up at every visit would cost more than all else on
the page; so ``{{ _("Directory") }}`` and ``{{ url_for("directory.index") }}`` become plain text when a template is
compiled. Whatever depends on a value is left as it was written.
"""

from collections.abc import Callable, MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import BaseLoader, Template, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from c4s.i18n import addresses
from c4s.i18n.languages import LANGUAGES, current_language


class BilingualEnvironment(Environment):
    """Jinja, knowing each template twice: ``pages/home.html`` is ``cy/pages/home.html`` or ``en/pages/home.html``."""

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        self.ready: dict[tuple[str, str], Template] = {}
        if self.loader:
            self.loader = _InALanguage(self.loader)

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """A template in the language being spoken, or in that of the template that asks for it."""
        if isinstance(name, Template):
            return name
        language = parent.partition("/")[0] if parent else current_language()
        template = self.ready.get((language, name))
        if template is None or globals or self.auto_reload:
            template = super().get_template(f"{language}/{name}", None, globals)
            self.ready[language, name] = template
        return template

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names all templates know: one dictionary for all, which is much quicker than one laid over another."""
        return super().make_globals(d) if d else self.globals

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        language, _, _ = (name or "").partition("/")
        if language in LANGUAGES:
            is_html = self.autoescape(name) if callable(self.autoescape) else self.autoescape
            _PutInPlace(self.app, language, Markup if is_html else str).visit(source)  # type: ignore[arg-type]
        return super()._generate(source, name, filename, defer_init)


class _InALanguage(BaseLoader):
    """Reads the one file there is for both languages."""

    def __init__(self, files: BaseLoader) -> None:
        self.files = files

    def get_source(self, environment: Any, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        return self.files.get_source(environment, template.partition("/")[2])


class _PutInPlace(NodeTransformer):
    """Turns calls that can only ever give one answer into that answer."""

    def __init__(self, app: Flask, language: str, kind: type[str]) -> None:
        words = app.extensions["babel"].instance.words.spoken[language]
        self.known: dict[str, Callable[[str], str]] = {
            "_": lambda message: kind(words.gettext(message)) % {},
            "url_for": lambda endpoint: addresses.path(app, endpoint, language),
            "asset": lambda name: app.jinja_env.globals["asset"](name),  # type: ignore[operator]
        }

    def visit_Call(self, call: nodes.Call) -> nodes.Expr:  # noqa: N802 (the name is Jinja's)
        self.generic_visit(call)
        match call:
            case nodes.Call(
                node=nodes.Name(name=name),
                args=[nodes.Const(value=str(value))],
                kwargs=[],
                dyn_args=None,
                dyn_kwargs=None,
            ) if name in self.known:
                return nodes.Const(self.known[name](value), lineno=call.lineno, environment=call.environment)
        return call
